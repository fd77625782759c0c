"""The awareness materials in memory: topics with their articles, channels and readers, looked up by id. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from generator.model.article import Block
from generator.model.topic import AudienceGroup, Channel, Locality, Speech, Topic


@dataclass(frozen=True)
class Change:
    """Something that a review rests on and that is no longer what was reviewed. `what` and `why` are Vietnamese."""

    kind: str
    id: str
    what: str
    why: str


@dataclass(frozen=True)
class ReviewState:
    """What a topic's review is worth now: an approval holds as long as what was approved does.

    `sealed` is false for an approval without seals, or with an older program's: nobody knows what was approved.
    """

    approved: bool
    changes: tuple[Change, ...] = ()
    sealed: bool = True

    @property
    def stale(self) -> bool:
        """True if what the topic rests on, or the topic itself, has changed since it was approved."""
        return bool(self.changes)


@dataclass(frozen=True)
class AuthoredTopic:
    """A topic: the front matter, the article as blocks, bare words and source, and the line where it begins."""

    id: str
    topic: Topic
    blocks: tuple[Block, ...]
    plain: str
    source: str = ""
    body_line: int = 1


@dataclass(frozen=True)
class Awareness:
    """All of it: what channels.yml, audiences.yml, speech.yml, local.yml and content/tuyen-truyen/ hold."""

    topics: tuple[AuthoredTopic, ...] = ()
    channels: tuple[Channel, ...] = ()
    audiences: tuple[AudienceGroup, ...] = ()
    speech: Speech | None = None
    localities: tuple[Locality, ...] = ()
    reviews: Mapping[str, ReviewState] = field(default_factory=dict)

    @cached_property
    def channel(self) -> dict[str, Channel]:
        """Channels by id."""
        return {c.id: c for c in self.channels}

    @cached_property
    def audience(self) -> dict[str, AudienceGroup]:
        """Groups of readers by id."""
        return {a.id: a for a in self.audiences}

    def among(self, *, approved_only: bool, internal: bool) -> tuple[AuthoredTopic, ...]:
        """The topics that a build shows."""
        return tuple(
            t
            for t in self.topics
            if (internal or t.topic.audience == "public") and (self.reviews[t.id].approved or not approved_only)
        )
