"""The table of documents → DOCX and PDF files. Pandoc converts the next batch while Typst sets this one,
each in processes of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from itertools import islice
from pathlib import Path

from generator.make.documents import Document, list_documents
from generator.model.plan import Plan
from generator.publish.transaction import write_file
from generator.read.profile import Profile
from generator.write.docx.docx import Converted, Source, write_docx
from generator.write.templates import Renderer
from generator.write.typst.pdf import PdfPress

Progress = Callable[[str, int, int], None]
_BATCH = 12  # documents a pandoc process; starting one costs as much as converting two


def print_documents(
    plan: Plan, profile: Profile, renderer: Renderer, folder: Path, epoch: datetime, progress: Progress, jobs: int = 1
) -> list[str]:
    """Write every printed document of a plan below a folder; gives their paths. Raises PandocError or PdfError."""
    documents = tuple(list_documents(plan))
    remaining = iter(documents)
    batches = [batch for _ in documents if (batch := tuple(islice(remaining, _BATCH)))]

    def convert(batch: Sequence[Document]) -> list[Converted]:
        return write_docx([_source(plan, renderer, doc) for doc in batch], profile, int(epoch.timestamp()))

    made: dict[str, Callable[[], bytes]] = {}
    with PdfPress(profile, epoch, jobs) as press, ThreadPoolExecutor(max_workers=jobs) as pandoc:
        conversions = [pandoc.submit(convert, batch) for batch in batches]
        try:
            for batch, conversion in zip(batches, conversions, strict=True):
                for document, converted in zip(batch, conversion.result(), strict=True):
                    made |= _begin(document, converted, press)
            for done, (path, content) in enumerate(made.items()):
                progress(path, done, len(made))
                write_file(folder / path, content())
        finally:
            pandoc.shutdown(cancel_futures=True)
    progress("tài liệu", len(made), len(made))
    return list(made)


def _source(plan: Plan, renderer: Renderer, document: Document) -> Source:
    html = renderer.render(document.kind.template, view=document.kind.view(plan, document.id))
    return Source(document.path, html, document.kind.landscape)


def _begin(document: Document, converted: Converted, press: PdfPress) -> dict[str, Callable[[], bytes]]:
    """A document's files by path, each with the call that waits for its bytes."""
    begun: dict[str, Callable[[], bytes]] = {}
    for name in document.kind.formats:
        begun[f"{document.path}.{name}"] = press.submit(converted.ast) if name == "pdf" else lambda: converted.docx
    return begun
