"""The table of documents → DOCX and PDF files. Pandoc converts the next batch while Typst sets this one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from itertools import islice
from pathlib import Path

from generator.documents import Document, list_documents
from generator.plan import Plan
from generator.profile import Profile
from generator.publish import write_file
from generator.render import Renderer
from generator.writers.docx import Converted, Source, write_docx
from generator.writers.pdf import PdfWriter

Progress = Callable[[str, int, int], None]
_BATCH = 12  # documents a pandoc process; starting one costs as much as converting two


def print_documents(
    plan: Plan, profile: Profile, renderer: Renderer, folder: Path, epoch: datetime, progress: Progress
) -> list[str]:
    """Write every printed document of a plan below a folder; gives their paths. Raises PandocError or PdfError."""
    documents = tuple(list_documents(plan))
    remaining = iter(documents)
    batches = [batch for _ in documents if (batch := tuple(islice(remaining, _BATCH)))]

    def convert(batch: Sequence[Document]) -> list[Converted]:
        return write_docx([_source(plan, renderer, doc) for doc in batch], profile, int(epoch.timestamp()))

    pdf = PdfWriter(profile, epoch)
    made: list[str] = []
    done = 0
    with ThreadPoolExecutor(max_workers=1) as pandoc:
        pending = [pandoc.submit(convert, batch) for batch in batches]
        try:
            for batch, conversion in zip(batches, pending, strict=True):
                for document, result in zip(batch, conversion.result(), strict=True):
                    progress(f"{document.kind.label}: {document.id}", done, len(documents))
                    made += _write(document, result, pdf, folder)
                    done += 1
        finally:
            pandoc.shutdown(cancel_futures=True)
    progress("tài liệu", done, len(documents))
    return made


def _source(plan: Plan, renderer: Renderer, document: Document) -> Source:
    html = renderer.render(document.kind.template, view=document.kind.view(plan, document.id))
    return Source(document.path, html, document.kind.landscape)


def _write(document: Document, result: Converted, pdf: PdfWriter, folder: Path) -> list[str]:
    contents = {"docx": lambda: result.docx, "pdf": lambda: pdf.write(result.ast)}
    paths = [f"{document.path}.{name}" for name in document.kind.formats]
    for path, name in zip(paths, document.kind.formats, strict=True):
        write_file(folder / path, contents[name]())
    return paths
