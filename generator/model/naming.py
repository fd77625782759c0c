"""Every way in which a text may name a record. Pure."""

from __future__ import annotations

from generator.model import types as model

Named = model.Agency | model.Group | model.Instrument | model.Place | model.Deadline | model.Target


def names_of(record: Named) -> tuple[str, ...]:
    """Every way a record may be named in a text: its name, short name and aliases; a target by its words."""
    match record:
        case model.Target():
            return (record.text, record.indicator)
        case model.Deadline():
            return (record.label, *record.aliases)
        case model.Agency() | model.Instrument():
            short = (record.short_name,) if record.short_name else ()
            return (record.name, *short, *record.aliases)
        case _:
            return (record.name, *record.aliases)


def same_name(label: str, name: str) -> bool:
    """True if they differ in nothing but the case of the first letter."""
    return label[1:] == name[1:] and label[:1].lower() == name[:1].lower()


def name_in(label: str, record: Named) -> str | None:
    """The longest name of a record that stands in a label which names several things, as it stands there."""
    for name in sorted(names_of(record), key=len, reverse=True):
        for written in (name, name[:1].lower() + name[1:], name[:1].upper() + name[1:]):
            if written in label:
                return written
    return None
