"""The rows of a topic's forms: leaflet, poster, script, card, texts, and all leaflets in one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from xml.etree import ElementTree

from generator.make.artefact import PLAIN, Artefact, Form, Offer
from generator.model.topic import Locality
from generator.project import Project
from generator.views.topic import Address, DrawnTopic, Layout, TopicPages, TopicView, view_audience, view_topic

FOLDER = "tuyen-truyen"
_SSML = "http://www.w3.org/2001/10/synthesis"
SERIES = "Bộ bốn thẻ"
LOCAL = "dia-phuong"
BUNDLE = f"documents/{FOLDER}/tat-ca-to-roi.pdf"


@dataclass(frozen=True)
class FormKind:
    """A form of a topic: its file, what it is called, who makes it, and the template or function that does.

    `fields` are the topic's fields that fill each part which is measured; `made` says of which topics it is made.
    """

    file: str
    label: str
    press: str
    form: Form = PLAIN
    text: Callable[[TopicView], str] | None = None
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    made: Callable[[TopicView], bool] = lambda view: True


def script_text(view: TopicView) -> str:
    """The script as plain text for Notepad: what is not read aloud stands in brackets."""
    notes = [note for note in (view.review.banner, view.review.stale_note) if note]
    doubted = view.script.unconfirmed if view.review.banner else ()
    notes += [f"Cần xác nhận trước khi đọc: số {', '.join(doubted)}"] if doubted else []
    notes += [f"Lời xướng của đài: {view.script.station}"] if view.script.station else []
    unread = [view.title, *notes, f"Thời gian đọc: {view.script.duration}", "Các dòng trong ngoặc vuông không đọc"]
    return "\r\n".join([*(f"[{line}]" for line in unread), "", *view.script.sentences]) + "\r\n"


def script_ssml(view: TopicView) -> str:
    """The script for a speech engine (W3C SSML 1.1): a sentence each, a pause after it, the message stressed."""
    speak = ElementTree.Element("speak", {"version": "1.1", "xmlns": _SSML, "xml:lang": "vi-VN"})
    for note in (view.review.banner, view.review.stale_note):
        if note:
            speak.append(ElementTree.Comment(note.replace("--", "–")))
    for sentence in view.script.sentences:
        stressed = sentence == view.script.message
        line = ElementTree.SubElement(speak, "s")
        (ElementTree.SubElement(line, "emphasis") if stressed else line).text = sentence
        ElementTree.SubElement(speak, "break", {"time": f"{view.script.pause_milliseconds}ms"})
    speak.text = "\n"
    for line in speak:
        line.tail = "\n"
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(speak, encoding="unicode") + "\n"


def share_text(view: TopicView) -> str:
    """The text to share, then the page's address if it has one."""
    return f"{view.share}\r\n" + ("" if view.placeholder else f"{view.url}\r\n")


FORMS: tuple[FormKind, ...] = (
    FormKind(
        "to-roi.pdf", "Tờ rơi A5", "layout", Form("print/leaflet.typ"),
        fields={"trang 1": ("title", "message", "signs"), "trang 2": ("do", "dont", "happened")},
    ),
    FormKind("to-roi.docx", "Tờ rơi A5", "word", Form("documents/leaflet.html.j2", "to-roi-a5", pictures=True)),
    FormKind("ap-phich.pdf", "Áp phích A3", "layout", Form("print/poster.typ"), fields={"": ("message", "short")}),
    FormKind(
        "ap-phich-a4.pdf", "Áp phích A4", "layout", Form("print/poster-a4.typ"), fields={"": ("message", "short")}
    ),
    FormKind(
        "ap-phich-xen.pdf", "Áp phích A3, có lề xén cho nhà in", "layout", Form("print/poster-bleed.typ"),
        fields={"": ("message", "short")},
    ),
    FormKind("loa.docx", "Bài đọc trên loa", "word", Form("documents/script.html.j2", "bai-doc-a4")),
    FormKind("loa.txt", "Bài đọc trên loa", "text", text=script_text),
    FormKind("loa.ssml", "Bài đọc cho máy đọc", "text", text=script_ssml),
    FormKind(
        "loa-dai.docx", "Bài hai người đọc", "word", Form("documents/dialogue.html.j2", "bai-doc-a4"),
        made=lambda view: view.dialogue is not None,
    ),
    FormKind("the-chia-se.png", "Thẻ chia sẻ", "layout", Form("print/card.typ"), fields={"": ("title", "message")}),
    FormKind("the-vuong.png", "Thẻ vuông", "layout", Form("print/card-square.typ"), fields={"": ("message", "short")}),
    FormKind("the-doc.png", "Thẻ đứng", "layout", Form("print/card-upright.typ"), fields={"": ("message", "short")}),
    FormKind("the-vuong-1.png", SERIES, "layout", Form("print/card-square.typ"), fields={"": ("message", "short")}),
    FormKind("the-vuong-2.png", SERIES, "layout", Form("print/card-2.typ"), fields={"": ("signs",)}),
    FormKind("the-vuong-3.png", SERIES, "layout", Form("print/card-3.typ"), fields={"": ("do", "dont")}),
    FormKind("the-vuong-4.png", SERIES, "layout", Form("print/card-4.typ"), fields={"": ("channels",)}),
    FormKind("chia-se.txt", "Lời chia sẻ", "text", text=share_text),
)  # fmt: skip


def view_topics(project: Project) -> TopicPages:
    """The topics that the project's readers see."""
    awareness, address = project.found.awareness, Address(project.address)
    internal = project.readers.internal
    sender = project.settings.publisher.name
    views = tuple(
        view_topic(topic, project.plan, awareness, address, internal=internal, sender=sender)
        for topic in project.topics
    )
    return TopicPages(address, views, tuple(view_audience(audience, views) for audience in awareness.audiences))


def list_forms(project: Project, views: tuple[TopicView, ...]) -> Iterator[Artefact]:
    """Every form of every topic, and the bundle of leaflets if there are any."""
    drawn = {view.id: _drawn(project, view) for view in views}
    for view in views:
        for kind in (kind for kind in FORMS if kind.made(view)):
            offers = (Offer(view.page.rstrip("/"), kind.label),)
            yield Artefact(path_of(view.id, kind), kind.press, _view(kind, drawn[view.id]), kind.form, offers)
    for place in project.localities:
        yield from _list_local(project, place)
    if views:
        bundle = partial(_layout, tuple(drawn.values()), "Tờ rơi tuyên truyền, mọi chủ đề")
        yield Artefact(BUNDLE, "layout", bundle, FORMS[0].form, (Offer(FOLDER, "Tờ rơi, mọi chủ đề"),))


def _list_local(project: Project, place: Locality) -> Iterator[Artefact]:
    """A place's own forms, and all of them in one zip for whoever hands them out; no page offers them."""
    made = []
    for topic in project.topics:
        view = view_topic(
            topic, project.plan, project.found.awareness, Address(project.address),
            internal=project.readers.internal, place=place,
        )  # fmt: skip
        drawn = _drawn(project, view)
        for kind in (kind for kind in FORMS if kind.made(view)):
            made.append(path_of(view.id, kind, place.id))
            yield Artefact(made[-1], kind.press, _view(kind, drawn), kind.form)
    names = tuple(
        (path, path.removeprefix(f"documents/{FOLDER}/").replace(f"/{LOCAL}/{place.id}", "")) for path in made
    )
    yield Artefact(f"documents/{LOCAL}/{place.id}.zip", "pack", lambda: names, inputs=tuple(made))


def places_in(paths: Iterable[str]) -> set[str]:
    """The places whose own papers are among the files of a build."""
    head = f"documents/{LOCAL}/"
    return {path.removeprefix(head).removesuffix(".zip") for path in paths if path.startswith(head)}


def _drawn(project: Project, view: TopicView) -> DrawnTopic:
    return DrawnTopic(_on_paper(view, project.plan.is_over), project.drawings[view.picture])


def _on_paper(view: TopicView, over: bool) -> TopicView:
    """The topic without what only its page shows, nor clauses of a plan that is over."""
    clauses = () if over else tuple(replace(c, heading="", text="") for c in view.clauses)
    return replace(view, clauses=clauses, blocks=())


def path_of(topic: str, kind: FormKind, place: str = "") -> str:
    """Where a topic's form goes, or that of a place."""
    return f"documents/{FOLDER}/{topic}/" + (f"{LOCAL}/{place}/" if place else "") + kind.file


def form_at(path: str) -> tuple[str, FormKind, str] | None:
    """The topic and the kind of the form at a path, if it is one of a topic's, and the place whose own it is."""
    steps = path.split("/")
    if len(steps) < 4 or steps[1] != FOLDER:
        return None
    place = steps[4] if len(steps) == 6 else ""
    return next(((steps[2], kind, place) for kind in FORMS if path == path_of(steps[2], kind, place)), None)


def _view(kind: FormKind, drawn: DrawnTopic) -> Callable[[], object]:
    if kind.text is not None:
        return partial(kind.text, drawn.topic)
    if kind.press == "layout":
        return partial(_layout, (drawn,), drawn.topic.title)
    return lambda: drawn if kind.form.pictures else drawn.topic


def _layout(topics: tuple[DrawnTopic, ...], title: str) -> Layout:
    first = topics[0].topic
    return Layout(title, first.issuer, first.message, topics)
