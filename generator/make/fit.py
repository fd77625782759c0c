"""What would be found out only while printing → findings with their places: text too long for its paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from generator.diagnostics import Diagnostic
from generator.make.artefact import Artefact
from generator.make.topics import FormKind, form_at
from generator.model.topic import Topic
from generator.project import Project
from generator.rules.topics import over
from generator.write.typst.layout import Fit, LayoutWriter


def check_fit(project: Project, rows: Iterable[Artefact], layout: LayoutWriter) -> Iterator[Diagnostic]:
    """The forms whose text is too long for their paper, by how much, with the field that fills most of it."""
    topics = {topic.id: topic for topic in project.topics}
    for row in rows:
        found = form_at(row.path) if row.press == "layout" else None
        if found:
            topic, kind, place = topics[found[0]], *found[1:]
            for fit in layout.form(row.form.template, row.view()).measure():
                if fit.over:
                    span = project.found.span(topic, _culprit(topic.topic, kind.fields[fit.part], fit))
                    yield Diagnostic(span, "does-not-fit", _too_long(kind, place, fit))


def _culprit(topic: Topic, fields: Sequence[str], fit: Fit) -> str:
    """The field with the longest word if a word is too wide, else the one with the most text."""
    texts = {name: str(getattr(topic, name)) for name in fields}
    if fit.wide > fit.width:
        return max(fields, key=lambda name: max(map(len, texts[name].split())))
    return max(fields, key=lambda name: len(texts[name]))


def _too_long(kind: FormKind, place: str, fit: Fit) -> str:
    name = kind.label[:1].lower() + kind.label[1:] + (f" của '{place}'" if place else "")
    where = f"{name}, {fit.part}" if fit.part else name
    if fit.wide > fit.width:
        return f"{where}: có chữ liền quá dài, {over(fit.wide, fit.width)} so với bề ngang khổ giấy"
    return f"{where}: chữ {over(fit.needed, fit.room)} so với khổ giấy"
