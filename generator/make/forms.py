"""The table of a topic's forms, and topics → files: leaflet, poster, script, card, texts, and all leaflets in one.

Drawings come in as SVG by file name. A form whose text does not fit its paper is a finding, never a file.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from generator.diagnostics import DataError, Diagnostic, has_errors
from generator.make.pages import AwarenessPages
from generator.make.printing import Progress
from generator.model.plan import Plan
from generator.model.topic import Topic
from generator.publish.transaction import write_file
from generator.read.plan import Loaded
from generator.read.profile import Profile, read_profile
from generator.read.topics import LoadedAwareness, load_awareness
from generator.read.tree import DiskTree
from generator.read.yaml import read_yaml
from generator.rules.topics import check_awareness, over
from generator.views.topic import Address, TopicView, view_audience, view_topic
from generator.write.docx.docx import Source, write_docx
from generator.write.templates import Renderer
from generator.write.typst.layout import Fit, Form, LayoutWriter, qr_png, qr_svg

FOLDER = "tuyen-truyen"
BUNDLE = f"{FOLDER}/tat-ca-to-roi.pdf"
_PICTURE_PIXELS = 800
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?(?:/[A-Za-z0-9._~/-]{0,100})?")  # short: it is printed


@dataclass(frozen=True)
class FormKind:
    """A form of a topic: its file, what it is called, and the template or function that makes it.

    `fields` are the topic's fields that fill each part which is measured.
    """

    file: str
    label: str
    kind: Literal["layout", "word", "text"]
    template: str = ""
    profile: str = ""
    pictures: bool = False
    text: Callable[[TopicView], str] | None = None
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def script_text(view: TopicView) -> str:
    """The script as plain text for Notepad: what is not read aloud stands in brackets."""
    notes = [note for note in (view.review.banner, view.review.stale_note) if note]
    notes += [f"Cần xác nhận trước khi đọc: số {', '.join(view.unconfirmed)}"] if view.unconfirmed else []
    unread = [view.title, *notes, f"Thời gian đọc: {view.script.duration}", "Các dòng trong ngoặc vuông không đọc"]
    return "\r\n".join([*(f"[{line}]" for line in unread), "", *view.script.sentences]) + "\r\n"


def share_text(view: TopicView) -> str:
    """The text to share, then the page's address."""
    return f"{view.share}\r\n{view.url}\r\n"


FORMS: tuple[FormKind, ...] = (
    FormKind(
        "to-roi.pdf", "Tờ rơi A5", "layout", "leaflet.typ",
        fields={"trang 1": ("title", "message", "signs"), "trang 2": ("do", "dont", "happened")},
    ),
    FormKind("to-roi.docx", "Tờ rơi A5", "word", "documents/leaflet.html.j2", "to-roi-a5", pictures=True),
    FormKind("ap-phich.pdf", "Áp phích A3", "layout", "poster.typ", fields={"": ("title", "short")}),
    FormKind("loa.docx", "Bài đọc trên loa", "word", "documents/script.html.j2", "bai-doc-a4"),
    FormKind("loa.txt", "Bài đọc trên loa", "text", text=script_text),
    FormKind("the-chia-se.png", "Thẻ chia sẻ", "layout", "card.typ", fields={"": ("title", "message")}),
    FormKind("chia-se.txt", "Lời chia sẻ", "text", text=share_text),
)  # fmt: skip


class Materials:
    """Topics and everything that their forms are made with; a form that was measured is not laid out again.

    `drawings` are SVG by file name; `templates` is site_templates; `moment` is the only time in the files.
    """

    def __init__(
        self,
        views: Sequence[TopicView],
        drawings: Mapping[str, str],
        templates: Path,
        profile: Profile,
        moment: datetime,
    ) -> None:
        self.views = views
        self.drawings = drawings
        self.moment = moment
        self.renderer = Renderer(templates)
        self.profiles = templates / "profiles"
        self.layout = LayoutWriter(profile.font_folder(), moment)
        self._font = profile.fonts.pdf
        self._forms: dict[tuple[str, str], Form] = {}

    def form(self, kind: FormKind, view: TopicView) -> Form:
        """A topic's laid-out form."""
        key = (kind.file, view.id)
        if key not in self._forms:
            self._forms[key] = self._form(kind, [view], view.title)
        return self._forms[key]

    def bundle(self) -> Form:
        """All leaflets in one."""
        return self._form(FORMS[0], self.views, "Tờ rơi tuyên truyền, mọi chủ đề")

    def pictures(self) -> dict[str, dict[str, str]]:
        """Each topic's drawing and QR code as data addresses, by the names that Word templates know them by."""
        return {
            view.id: {
                "picture": _data_address(self.layout.picture(self.drawings[view.picture], _PICTURE_PIXELS)),
                "qr": _data_address(qr_png(view.url)),
            }
            for view in self.views
        }

    def _form(self, kind: FormKind, views: Sequence[TopicView], title: str) -> Form:
        head = {"font": self._font, "title": title, "author": views[0].issuer, "description": views[0].message}
        return self.layout.form(kind.template, {**head, "topics": [self._data(view) for view in views]})

    def _data(self, view: TopicView) -> dict[str, Any]:
        data = asdict(view)
        del data["blocks"]
        return {**data, "picture_svg": self.drawings[view.picture], "qr_svg": qr_svg(view.url)}


def load_topics(
    data: Path, content: Path, loaded: Loaded, drawings: Mapping[str, str]
) -> tuple[LoadedAwareness, list[Diagnostic]]:
    """The awareness materials of a plan, checked but for their layout, and the warnings. Raises DataError."""
    found = load_awareness(DiskTree(data), DiskTree(content), loaded, drawings)
    findings = check_awareness(found, loaded.plan)
    if has_errors(findings):
        raise DataError(findings)
    return found, sorted(findings, key=lambda d: d.span)


def read_drawings(folder: Path) -> dict[str, str]:
    """The drawings of the topics, by file name."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.svg"))}


def read_address(config: Path) -> Address:
    """Where the site will stand, from mkdocs.yml. Raises DataError if it does not say: QR codes need an address."""
    document = read_yaml(config.name, config.read_bytes())
    base = document.data.get("site_url") if isinstance(document.data, dict) else None
    if not base or not _ADDRESS.fullmatch(str(base)):
        message = "chưa có địa chỉ của trang: mã QR và đường dẫn chia sẻ cần 'site_url', như https://…/"
        raise DataError([Diagnostic(document.span(("site_url",)), "missing-address", message)])
    return Address(str(base))


def view_topics(
    found: LoadedAwareness, plan: Plan, address: Address, *, internal: bool, approved_only: bool = False
) -> AwarenessPages:
    """What a build shows: `plan` is the public one or the whole, with `approved_only` no drafts."""
    awareness = found.awareness
    shown = awareness.among(approved_only=approved_only, internal=internal)
    views = tuple(view_topic(topic, plan, awareness, address, internal=internal) for topic in shown)
    return AwarenessPages(address, views, tuple(view_audience(audience, views) for audience in awareness.audiences))


def check_forms(materials: Materials, loaded: LoadedAwareness) -> Iterator[Diagnostic]:
    """The forms whose text is too long for their paper, by how much, with the field that fills most of it."""
    topics = {topic.id: topic for topic in loaded.awareness.topics}
    for view in materials.views:
        for kind in FORMS:
            for fit in materials.form(kind, view).measure() if kind.kind == "layout" else ():
                if fit.over:
                    topic = topics[view.id]
                    span = loaded.span(topic, _culprit(topic.topic, kind.fields[fit.part], fit))
                    yield Diagnostic(span, "does-not-fit", _too_long(kind, fit))


def write_materials(materials: Materials, folder: Path, progress: Progress) -> list[str]:
    """Write every form of every topic below a folder, and the bundle of leaflets; gives their paths."""
    made: list[str] = []
    total = len(materials.views) + 1

    def put(path: str, content: bytes) -> None:
        write_file(folder / path, content)
        made.append(path)

    with ThreadPoolExecutor(max_workers=1) as pandoc:  # it converts while Typst sets
        word = [pandoc.submit(_word_files, materials, kind) for kind in FORMS if kind.kind == "word"]
        for done, view in enumerate(materials.views):
            progress(f"tài liệu tuyên truyền: {view.id}", done, total)
            for kind in FORMS:
                if kind.kind == "layout":
                    form = materials.form(kind, view)
                    put(path_of(view.id, kind), form.png() if kind.file.endswith(".png") else form.pdf())
                elif kind.text is not None:
                    put(path_of(view.id, kind), kind.text(view).encode("utf-8-sig"))
        if materials.views:
            progress("tờ rơi gộp", total - 1, total)
            put(BUNDLE, materials.bundle().pdf())
        for conversion in word:
            for path, content in conversion.result():
                put(path, content)
    progress("tài liệu tuyên truyền", total, total)
    return sorted(made)


def offered_forms(views: Sequence[TopicView]) -> Iterator[tuple[str, str, str]]:
    """Every form as (page on which it is offered, label, path below build/documents)."""
    for view in views:
        for kind in FORMS:
            yield view.page.rstrip("/"), kind.label, path_of(view.id, kind)
    yield FOLDER, "Tờ rơi, mọi chủ đề", BUNDLE


def path_of(topic: str, kind: FormKind) -> str:
    """Where a topic's form goes, below build/documents."""
    return f"{FOLDER}/{topic}/{kind.file}"


def _word_files(materials: Materials, kind: FormKind) -> list[tuple[str, bytes]]:
    pictures = materials.pictures() if kind.pictures else {}
    sources = [
        Source(path_of(view.id, kind), materials.renderer.render(kind.template, view=view, **pictures.get(view.id, {})))
        for view in materials.views
    ]
    profile = read_profile(materials.profiles / f"{kind.profile}.yml")
    converted = write_docx(sources, profile, int(materials.moment.timestamp()))
    return [(document.id, document.docx) for document in converted]


def _data_address(png: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(png).decode()


def _culprit(topic: Topic, fields: Sequence[str], fit: Fit) -> str:
    """The field with the longest word if a word is too wide, else the one with the most text."""
    texts = {name: str(getattr(topic, name)) for name in fields}
    if fit.wide > fit.width:
        return max(fields, key=lambda name: max(map(len, texts[name].split())))
    return max(fields, key=lambda name: len(texts[name]))


def _too_long(kind: FormKind, fit: Fit) -> str:
    name = kind.label[:1].lower() + kind.label[1:]
    where = f"{name}, {fit.part}" if fit.part else name
    if fit.wide > fit.width:
        return f"{where}: có chữ liền quá dài, {over(fit.wide, fit.width)} so với bề ngang khổ giấy"
    return f"{where}: chữ {over(fit.needed, fit.room)} so với khổ giấy"
