"""A topic as its page and its paper forms show it, the readers' pages, and the script as it is read aloud."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from generator.model import types as model
from generator.model.article import Block
from generator.model.plan import Plan, paragraph_text
from generator.model.script import spoken_dialogue, spoken_script, written_script
from generator.model.topic import DRAFT_MARK, AudienceGroup, Channel, Labels, Locality, Speech, Topic
from generator.model.topics import AuthoredTopic, Awareness, ReviewState
from generator.model.walk import is_internal
from generator.views.labels import INTERNAL_MARK
from generator.views.nodes import Citation, cite_provision, href_of
from generator.words.dates import date_text
from generator.words.names import upper_first

TOPIC_PAGE = "tuyen-truyen/"
AUDIENCE_PAGE = "tuyen-truyen/doi-tuong/"
DRAFT = "Bản soạn thảo, chưa được cơ quan tuyên truyền duyệt"
UNCONFIRMED = "cần xác nhận"
_CALLS = 2  # more would push the message off a phone's first screen


@dataclass(frozen=True)
class ReviewView:
    """What a form says of its approval: `banner` is printed on every form, `changes` are for officers only."""

    approved: bool
    banner: str
    line: str
    stale_note: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class ChannelView:
    """Where to report. `href` is a tel: link or empty; `confirmed` says when an office did so, or that none has."""

    id: str
    name: str
    kind: str
    value: str
    note: str
    when: str
    source: str
    confirmed: str
    unconfirmed: bool
    href: str


@dataclass(frozen=True)
class ClauseRef:
    """A provision of the plan that the topic carries out."""

    citation: Citation
    heading: str
    text: str


@dataclass(frozen=True)
class LawView:
    """An article, or a whole instrument where `article` is empty; `url` leads to its text, if that is known."""

    id: str
    article: str
    name: str
    href: str
    url: str


@dataclass(frozen=True)
class LawSource:
    """Where articles were read and on what day, and what to mind; `name` says which of them."""

    name: str
    source: str
    checked_on: str
    note: str


@dataclass(frozen=True)
class LawGroup:
    """Articles of one instrument, or the whole of it: its name, number and date (a whole one is named in `laws`)."""

    within: str
    laws: tuple[LawView, ...]
    sources: tuple[LawSource, ...]


@dataclass(frozen=True)
class ScriptView:
    """The loudspeaker's script: sentences in words as spoken, the message among them, and how long they take.

    `unconfirmed` are the telephone numbers that it says and no office confirmed, as they are dialled.
    """

    sentences: tuple[str, ...]
    message: str
    seconds: int
    duration: str
    unconfirmed: tuple[str, ...]
    station: str
    pause_milliseconds: int


@dataclass(frozen=True)
class DialogueView:
    """The script for two readers: what each says in turn, the first beginning, and how long that takes."""

    turns: tuple[tuple[str, ...], ...]
    seconds: int
    duration: str


@dataclass(frozen=True)
class Address:
    """Where the site stands: `base` is the address that the office gave it; one under .example is a placeholder."""

    base: str

    @property
    def placeholder(self) -> bool:
        """True if no office has given the site an address."""
        return (urlsplit(self.base).hostname or "").endswith(".example")

    @property
    def official(self) -> bool:
        """True if it is a government site's: only there may paper lead readers who are told to mistrust links."""
        return (urlsplit(self.base).hostname or "").endswith(".gov.vn")

    def of(self, path: str) -> str:
        """The absolute address of a page or file of the site."""
        return self.base.rstrip("/") + "/" + path

    def short(self, path: str) -> str:
        """The address as one reads and types it: without scheme and closing slash."""
        return self.of(path).partition("://")[2].rstrip("/")


@dataclass(frozen=True)
class LabelsView:
    """The headings of a topic's lists."""

    signs: str
    do: str
    dont: str
    happened: str
    report: str


@dataclass(frozen=True)
class OfficeView:
    """Who hands a place's own papers out; without `phone` there is a line to write it on."""

    name: str
    phone: str


@dataclass(frozen=True)
class TopicView:
    """A topic with all that any of its forms shows; `unconfirmed` are telephone numbers that no office confirmed.

    `office` is that of the place whose own papers these are.
    `warns` is true if its signs are those of a danger.
    `calls` are the numbers that its page shows before all else: the first of those that may be called, at most two.
    """

    id: str
    title: str
    message: str
    door: str
    aliases: tuple[str, ...]
    review: ReviewView
    audiences: tuple[tuple[str, str], ...]
    signs: tuple[str, ...]
    do: tuple[str, ...]
    dont: tuple[str, ...]
    happened: tuple[str, ...]
    labels: LabelsView
    warns: bool
    colour: str
    call: str
    short_signs: tuple[str, ...]
    short_do: tuple[str, ...]
    short_dont: tuple[str, ...]
    channels: tuple[ChannelView, ...]
    calls: tuple[ChannelView, ...]
    unconfirmed: tuple[str, ...]
    clauses: tuple[ClauseRef, ...]
    laws: tuple[LawGroup, ...]
    law_line: str
    blocks: tuple[Block, ...]
    share: str
    script: ScriptView
    dialogue: DialogueView | None
    picture: str
    picture_alt: str
    page: str
    url: str
    short_url: str
    placeholder: bool
    official: bool
    plan_title: str
    issuer: str
    sender: str
    office: OfficeView | None


@dataclass(frozen=True)
class AudienceView:
    """A page that gathers the topics written for a group of readers."""

    id: str
    name: str
    intro: str
    topics: tuple[TopicView, ...]


@dataclass(frozen=True)
class TopicPages:
    """What the awareness pages show, and where the site will stand."""

    address: Address
    topics: tuple[TopicView, ...] = ()
    audiences: tuple[AudienceView, ...] = ()


@dataclass(frozen=True)
class DrawnTopic:
    """A topic and its drawing as SVG."""

    topic: TopicView
    picture: str


@dataclass(frozen=True)
class Layout:
    """What a form that is laid out shows: topics with their drawings, as SVG, and what its file says of itself."""

    title: str
    author: str
    description: str
    topics: tuple[DrawnTopic, ...]


def view_topic(
    topic: AuthoredTopic,
    plan: Plan,
    awareness: Awareness,
    address: Address,
    *,
    internal: bool = False,
    sender: str | None = None,
    place: Locality | None = None,
) -> TopicView:
    """The view of a topic in a plan, which may be the public one: what is internal is left out then.

    `sender` is who publishes, by default the plan's issuer; `place` the place for which its own papers are made.
    """
    front = topic.topic
    channels = tuple(_channel(c, place) for c in _channels_of(front, awareness))
    path = f"{TOPIC_PAGE}{topic.id}/"
    assert awareness.speech is not None  # load_awareness sees to it
    return TopicView(
        id=topic.id,
        title=front.title,
        message=front.message,
        door=front.door or front.title,
        aliases=front.aliases,
        review=_review(topic, awareness.reviews[topic.id], internal=internal),
        audiences=tuple((a, awareness.audience[a].name) for a in front.audiences),
        signs=front.signs,
        do=front.do,
        dont=front.dont,
        happened=front.happened,
        labels=LabelsView(**front.labels.model_dump()),
        warns=front.labels.signs == Labels().signs,
        colour=front.colour,
        call=front.short.call,
        short_signs=front.short.signs,
        short_do=front.short.do,
        short_dont=front.short.dont,
        channels=channels,
        calls=tuple(channel for channel in channels if channel.href)[:_CALLS],
        unconfirmed=tuple(
            c.value for c in _channels_of(front, awareness) if c.kind == "phone" and c.confirmed_on is None
        ),
        clauses=tuple(_clause(plan, c) for c in front.clauses if c in plan.provisions),
        laws=tuple(_laws(plan, (plan.instrument[i] for i in front.instruments if i in plan.instrument))),
        law_line=_law_line([plan.instrument[i] for i in front.instruments if i in plan.instrument], plan),
        blocks=topic.blocks,
        share=front.share if awareness.reviews[topic.id].approved else DRAFT_MARK + front.share,
        script=_script(front, awareness.speech, awareness.channels, place),
        dialogue=_dialogue(front, awareness.speech, awareness.channels, place),
        picture=front.picture,
        picture_alt=front.picture_alt,
        page=path,
        url=address.of(path),
        short_url=address.short(path),
        placeholder=address.placeholder,
        official=address.official,
        plan_title=plan.head.short_title,
        issuer=plan.agency[plan.head.issuer].name,
        office=OfficeView(place.office, (place.phone or "") if place.confirmed_on else "") if place else None,
        sender=(place and place.office) or sender or plan.agency[plan.head.issuer].name,
    )


def view_audience(audience: AudienceGroup, topics: tuple[TopicView, ...]) -> AudienceView:
    """A group's page; `topics` are all that the build shows."""
    own = tuple(t for t in topics if any(a == audience.id for a, _ in t.audiences))
    return AudienceView(audience.id, audience.name, audience.intro, own)


def _review(topic: AuthoredTopic, state: ReviewState, *, internal: bool) -> ReviewView:
    review = topic.topic.review
    day = date_text(review.on) if review.on else ""
    stale = f"Căn cứ của tài liệu này đã thay đổi sau ngày duyệt ({day})" if state.approved and state.stale else ""
    return ReviewView(
        approved=state.approved,
        banner=_banner(topic.topic, state),
        line=f"{review.by} duyệt ngày {day}" if state.approved else "",
        stale_note=stale,
        changes=tuple((c.what, c.id, c.why) for c in state.changes) if internal else (),
    )


def _banner(front: Topic, state: ReviewState) -> str:
    if is_internal(front):
        return INTERNAL_MARK if state.approved else f"{INTERNAL_MARK}; bản soạn thảo chưa duyệt"
    return "" if state.approved else DRAFT


def _script(topic: Topic, speech: Speech, channels: tuple[Channel, ...], place: Locality | None) -> ScriptView:
    script = spoken_script(topic, speech, channels, place.name if place else "")
    written = " ".join(written_script(topic, speech))
    doubted = {c.value: None for c in channels if c.kind == "phone" and c.confirmed_on is None}
    said = tuple(number for number in doubted if re.search(rf"(?<![\d.,]){number}(?![\d.,]*\d)", written))
    station = "" if place else (speech.station or "").replace("{place}", "." * 24)
    duration, pause = _duration(script.seconds), speech.pause_milliseconds
    return ScriptView(script.sentences, script.message, script.seconds, duration, said, station, pause)


def _dialogue(
    topic: Topic, speech: Speech, channels: tuple[Channel, ...], place: Locality | None
) -> DialogueView | None:
    if speech.dialogue is None:
        return None
    script = spoken_dialogue(topic, speech, speech.dialogue, channels, place.name if place else "")
    return DialogueView(script.turns, script.seconds, _duration(script.seconds))


def _duration(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} phút {rest} giây" if minutes else f"{rest} giây"


def _channels_of(front: Topic, awareness: Awareness) -> list[Channel]:
    return [awareness.channel[identity] for identity in front.channels]


def _channel(channel: Channel, place: Locality | None) -> ChannelView:
    where = place.address if place and place.address and channel.kind == "office" else channel.value
    confirmed = f"xác nhận ngày {date_text(channel.confirmed_on)}" if channel.confirmed_on else UNCONFIRMED
    href = f"tel:{channel.value}" if channel.kind == "phone" else ""
    return ChannelView(
        channel.id, channel.name, channel.kind, where, channel.note or "", channel.when, channel.source,
        confirmed, channel.confirmed_on is None, href,
    )  # fmt: skip


def _clause(plan: Plan, identity: str) -> ClauseRef:
    found = plan.provision(identity)
    if found.statement:
        text = found.statement.text.reading()
    else:
        paragraphs = (found.paragraph,) if found.paragraph else found.clause.paragraphs
        text = " ".join(paragraph_text(p).reading() for p in paragraphs)
    heading = next((c.heading.reading() for c in reversed(found.chain) if c.heading), "")
    return ClauseRef(cite_provision(plan, identity), heading.rstrip(".:"), text)


def _laws(plan: Plan, items: Iterable[model.Instrument]) -> Iterator[LawGroup]:
    grouped: dict[tuple[str, bool], list[model.Instrument]] = {}
    for item in items:
        grouped.setdefault((item.parent or item.id, item.parent is not None), []).append(item)
    for (identity, articles), parts in grouped.items():
        code = plan.instrument[identity]
        read: dict[tuple[str, str, str], list[str]] = {}
        for item in parts:
            read.setdefault(_read_in(item, code), []).append(item.article or "")
        name = code.short_name or code.name
        sources = tuple(
            LawSource(upper_first(_cite_articles(of, name) if articles and len(read) > 1 else name), *origin)
            for origin, of in read.items()
            if origin[0] or origin[2]
        )
        yield LawGroup(_within(code, articles), tuple(_law(plan, item, code) for item in parts), sources)


def _law(plan: Plan, item: model.Instrument, code: model.Instrument) -> LawView:
    url = item.url or code.url or ""
    return LawView(item.id, item.article or "", upper_first(item.name), href_of("instrument", item.id, plan), url)


def _law_line(items: Iterable[model.Instrument], plan: Plan) -> str:
    """The grounds in the fewest words: `Điều 170, 157 Bộ luật Hình sự; Nghị quyết số 173/2024/QH15`."""
    named: dict[str, list[str]] = {}
    for item in items:
        code = plan.instrument[item.parent] if item.parent else item
        articles = named.setdefault(code.short_name or code.name, [])
        articles += [item.article] if item.article else []
    return "; ".join(_cite_articles(articles, name) if articles else name for name, articles in named.items())


def _cite_articles(articles: Iterable[str], name: str) -> str:
    numbers = ", ".join(article.removeprefix("Điều ") for article in articles)
    return f"Điều {numbers} {name}".replace("Điều khoản", "khoản")


def _within(code: model.Instrument, articles: bool) -> str:
    within = [code.name] if articles else []
    within += [f"số {code.number}"] if code.number and code.number not in code.name else []
    within += [f"ngày {date_text(code.date)}"] if code.date and date_text(code.date) not in code.name else []
    return ", ".join(within)


def _read_in(item: model.Instrument, code: model.Instrument) -> tuple[str, str, str]:
    checked = item.checked_on or code.checked_on
    return (
        item.source or code.source or "",
        date_text(checked) if checked else "",
        item.in_force_note or code.in_force_note or "",
    )
