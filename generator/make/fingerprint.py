"""A row of the table → its fingerprint: a digest of all that its bytes are made from, the same in every run.

A view is a frozen value of plain parts; anything else in it (a record of the model, a set, an object) is a bug.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from generator import program
from generator.make.artefact import PLAIN, Artefact, Form

_ATOMS = frozenset({str, int, float, bool, type(None)})
_LENGTH = 16  # hexadecimal digits: what two of some thousand values do not share by chance
_JINJA_FILES = re.compile(r'\{%-?\s*(?:extends|include|import|from)\s+"([^"]+)"')  # a test holds it to Jinja's own
_TYPST_FILES = re.compile(r'(?:import|include|read|json|image)\(?\s*"([^":@]+)"')


def digest(value: Any) -> str:
    """The digest of a plain value. Raises TypeError, naming the type, for what is none."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()[:_LENGTH]


def canonical(value: Any) -> str:
    """A plain value as text: equal values give equal texts, values of different shape or type different ones."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    """A value as JSON holds it; by its exact type, since millions of parts are read in a build."""
    kind: type = type(value)
    if kind in _ATOMS:
        return value
    if kind is tuple or kind is list:
        return [item if type(item) in _ATOMS else _plain(item) for item in value]
    if (names := _field_names(kind)) is not None:
        return {"": kind.__name__, **{name: _plain(getattr(value, name)) for name in names}}
    return _plain_other(value)


@cache
def _field_names(kind: type) -> tuple[str, ...] | None:
    """The fields of a kind of record; None for what is no record."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else None


def _plain_other(value: Any) -> Any:
    if isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {"": "mapping", "items": [[_plain(key), _plain(item)] for key, item in value.items()]}
    if isinstance(value, bytes):
        return {"": "bytes", "sha256": hashlib.sha256(value).hexdigest()}
    if isinstance(value, dt.date | dt.datetime | Decimal):
        return {"": type(value).__name__, "text": str(value)}
    raise TypeError(f"a view holds a {type(value).__module__}.{type(value).__qualname__}, which is no plain value")


@dataclass(frozen=True)
class Fingerprint:
    """What a row is made from: the whole as one digest, and its parts by name (view, form, inputs)."""

    whole: str
    parts: Mapping[str, str]


class Fingerprints:
    """The fingerprints of the rows of one build; `shared` is what all files are made with (program, tools, readers)."""

    def __init__(self, shared: Mapping[str, str], theme: object) -> None:
        self._shared = digest(dict(shared))
        self._theme = digest(theme)
        self._templates = TemplateDigests(program.TEMPLATES)
        self._profiles: dict[str, str] = {}
        self._forms: dict[tuple[Form, str], str] = {}
        self._views: dict[int, tuple[object, str]] = {}
        self._found: dict[str, Fingerprint] = {}

    def add(self, row: Artefact) -> Fingerprint:
        """A row's fingerprint; those of its inputs must have been added before."""
        parts = {"view": self._view(row.view())}
        if row.form != PLAIN or row.press in ("page", "whole"):
            parts["form"] = self._form(row)
        if row.inputs:
            parts["inputs"] = digest(tuple(self._found[path].whole for path in row.inputs))
        copied = row.press in ("asset", "copy")  # the bytes of what they are, whoever copies them
        whole = digest((row.press, parts, "" if copied else self._shared))
        self._found[row.path] = Fingerprint(whole, parts)
        return self._found[row.path]

    def _form(self, row: Artefact) -> str:
        key = row.form, row.press
        if key not in self._forms:
            self._forms[key] = self._digest_form(row)
        return self._forms[key]

    def _digest_form(self, row: Artefact) -> str:
        form = row.form
        template = self._templates.of(form.template) if form.template else ""
        if row.press == "paper":
            template += self._templates.of("print/document.typ")
        theme = self._theme if row.press in ("page", "whole") else ""
        return digest((template, self._profile(form.profile), form.landscape, theme))

    def _profile(self, name: str) -> str:
        if name not in self._profiles:
            self._profiles[name] = digest((program.PROFILES / f"{name}.yml").read_bytes()) if name else ""
        return self._profiles[name]

    def _view(self, view: Any) -> str:
        """The digest of a view; a part that several rows share is read once."""
        if isinstance(view, Mapping):
            return digest({key: self._view(value) for key, value in view.items()})
        if not is_dataclass(view) and not isinstance(view, tuple):
            return digest(view)
        if id(view) not in self._views:
            self._views[id(view)] = (view, digest(view))  # kept alive, so that its id stays its own
        return self._views[id(view)][1]


class TemplateDigests:
    """The digests of the templates below a folder, each with all that it extends, includes or imports; read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._digests: dict[str, str] = {}

    def of(self, name: str) -> str:
        """The digest of a template, named below the folder, and its closure."""
        if name not in self._digests:
            parts = template_closure(self._root, name)
            self._digests[name] = digest(tuple((part, (self._root / part).read_bytes()) for part in parts))
        return self._digests[name]


def template_closure(root: Path, name: str) -> tuple[str, ...]:
    """A template and the templates that it needs, as names below `root`, sorted."""
    needed, waiting = set[str](), [name]
    while waiting:
        part = waiting.pop()
        if part not in needed:
            needed.add(part)
            waiting += _named_in(root, part)
    return tuple(sorted(needed))


def _named_in(root: Path, name: str) -> list[str]:
    text = (root / name).read_text(encoding="utf-8")
    if name.endswith(".typ"):
        beside = [(Path(name).parent / other).as_posix() for other in _TYPST_FILES.findall(text)]
        return [other for other in beside if (root / other).is_file()]
    return _JINJA_FILES.findall(text)
