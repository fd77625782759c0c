"""The rows of printed documents: for each kind its template, its view, which ones there are and where they go.

A report form has a row for each period that follows a report, filled with that, beside the blank one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from generator.make.artefact import Artefact, Form, Offer
from generator.model.forms import forms_of
from generator.model.plan import Plan
from generator.model.reports import Report
from generator.views.matrix import view_annex
from generator.views.plan import view_plan
from generator.views.report import agency_of, form_name, report_forms, view_report
from generator.views.sheet import view_sheet
from generator.words.periods import read_period

FOLDER = "documents"
PRESSES = {"docx": "word", "pdf": "paper"}


@dataclass(frozen=True)
class DocumentKind:
    """A kind of document. `path` is below documents/, without extension; `{id}` is the document's id.

    `page` is the page that offers it, if that is not the one at the same path; there `name` tells it from its brothers.
    """

    label: str
    template: str
    path: str
    ids: Callable[[Plan], tuple[str, ...]]
    view: Callable[[Plan, str], Any]
    formats: tuple[str, ...] = ("docx", "pdf")
    landscape: bool = False
    page: str = ""
    name: Callable[[Plan, str], str] = lambda plan, identity: ""


REPORT = "documents/report.html.j2"
DOCUMENTS: tuple[DocumentKind, ...] = (
    DocumentKind(
        label="Kế hoạch",
        template="documents/plan.html.j2",
        path="ke-hoach",
        ids=lambda plan: (plan.head.id,),
        view=lambda plan, _: view_plan(plan),
    ),
    DocumentKind(
        label="Phiếu trách nhiệm",
        template="documents/sheet.html.j2",
        path="co-quan/{id}",
        ids=lambda plan: (*plan.sheet_agencies, *plan.sheet_groups),
        view=view_sheet,
    ),
    DocumentKind(
        label="Mẫu báo cáo",
        template=REPORT,
        path="bao-cao/{id}",
        ids=report_forms,
        view=view_report,
        formats=("docx",),
        page="co-quan/{agency}",
        name=form_name,
    ),
    DocumentKind(
        label="Bảng tổng hợp phân công",
        template="documents/matrix.html.j2",
        path="phu-luc-phan-cong",
        ids=lambda plan: (plan.head.id,) if plan.duties else (),
        view=lambda plan, _: view_annex(plan),
        landscape=True,
        page="phan-cong",
    ),
)


def list_documents(plan: Plan) -> Iterator[Artefact]:
    """Every printed document of a plan, in the order of the table; both formats of one share its view."""
    for kind in DOCUMENTS:
        for identity in kind.ids(plan):
            path = kind.path.format(id=identity)
            view = cache(partial(kind.view, plan, identity))
            form = Form(kind.template, plan.head.profile, kind.landscape)
            name = kind.name(plan, identity)
            page = kind.page.format(agency=agency_of(identity)) or path
            offer = Offer(page, f"{kind.label} ({name})" if name else kind.label)
            for extension in kind.formats:
                yield Artefact(f"{FOLDER}/{path}.{extension}", PRESSES[extension], view, form, (offer,))


def list_prefilled(plan: Plan, reports: Iterable[Report]) -> Iterator[Artefact]:
    """The form of each report that an agency owes next, filled with what it reported last."""
    last: dict[str, Report] = {}
    for report in sorted(reports, key=lambda r: read_period(r.period).order):
        last[report.form] = report
    for identity, form in forms_of(plan).items():
        before = last.get(identity)
        if before is None or form.deadline.kind != "recurring" or form.kind == "at-once":
            continue
        period = read_period(before.period).following
        if form.covers(period, plan):
            path = f"{FOLDER}/bao-cao/{period.id}/{identity}.docx"
            name = form_name(plan, identity) if form.kind != "periodic" else ""
            label = f"Mẫu báo cáo {f'{name}, ' if name else ''}{period.words}, điền sẵn theo kỳ trước"
            view = cache(partial(view_report, plan, identity, before))
            offers = (Offer(f"co-quan/{form.agency}", label),)
            yield Artefact(path, PRESSES["docx"], view, Form(REPORT, plan.head.profile), offers)
