"""The table of printed documents: for each kind its template, its view, which ones there are and where they go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from generator.plan import Plan
from generator.views.plan import view_plan
from generator.views.sheet import view_sheet


@dataclass(frozen=True)
class DocumentKind:
    """A kind of document. `path` is below build/documents, without extension; `{id}` is the document's id."""

    name: str
    label: str
    template: str
    path: str
    ids: Callable[[Plan], tuple[str, ...]]
    view: Callable[[Plan, str], Any]
    formats: tuple[str, ...] = ("docx", "pdf")
    landscape: bool = False


@dataclass(frozen=True)
class Document:
    """One document to be made."""

    kind: DocumentKind
    id: str

    @property
    def path(self) -> str:
        """Where it goes, below build/documents, without extension."""
        return self.kind.path.format(id=self.id)


DOCUMENTS: tuple[DocumentKind, ...] = (
    DocumentKind(
        name="plan",
        label="Kế hoạch",
        template="documents/plan.html.j2",
        path="ke-hoach",
        ids=lambda plan: (plan.head.id,),
        view=lambda plan, _: view_plan(plan),
    ),
    DocumentKind(
        name="sheet",
        label="Phiếu trách nhiệm",
        template="documents/sheet.html.j2",
        path="co-quan/{id}",
        ids=lambda plan: plan.sheet_agencies,
        view=view_sheet,
        landscape=True,
    ),
)


def list_documents(plan: Plan) -> Iterator[Document]:
    """Every document of a plan, in the order of the table."""
    for kind in DOCUMENTS:
        for identity in kind.ids(plan):
            yield Document(kind, identity)
