"""Amending commands in Vietnamese: drafted from two texts, worded, read back, and carried out. Pure.

The words are those that Nghị định 34/2016/NĐ-CP (as amended by 154/2020 and 78/2025) has for norms and that official
papers follow: Sửa đổi, Bổ sung … vào sau, Bãi bỏ, Thay thế cụm từ … bằng cụm từ. A command names places as the old
text numbers them, so that the order in which commands are carried out does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from generator.words.difference import compare_texts, moved
from generator.words.numbering import printed_label

_CONTEXT = 4  # syllables that name the place of words which are put in
_CLOSING = tuple(",;:.)…")  # no blank before these
_PHRASES = 2  # so many phrases are replaced one by one; of more, the passage is stated anew
_SHARE = 0.3  # of a passage's characters; where more changes, it is stated anew


@dataclass(frozen=True)
class Line:
    """A printed line: the id of what it is, how it is cited, its words, the clause it stands in.

    `clause` is that clause's citation, `number` its number, `parent` its parent's id; `opens` is its own id if this is
    its first line.
    """

    key: str
    place: str
    text: str
    clause: str = ""
    clause_id: str = ""
    parent: str = ""
    opens: str = ""
    number: str = ""


@dataclass(frozen=True)
class Command:
    """An amending command. `places` are as cited in the old text; `lines` what is put there; `old`, `new` a phrase.

    `name` says what is put in, as the new text numbers it, or the new number.
    """

    kind: str
    places: tuple[str, ...]
    lines: tuple[str, ...] = ()
    old: str = ""
    new: str = ""
    name: str = ""


class AmendmentError(ValueError):
    """A command cannot be read, or not be carried out; the text is Vietnamese."""


# Drafting


def draft(old: Sequence[Line], new: Sequence[Line]) -> tuple[Command, ...]:
    """The commands that make the new text of the old one, in its order; a phrase replaced at many places comes last."""
    before, after = {line.key: line for line in old}, {line.key: line for line in new}
    shifted = moved([k for k in before if k in after], [k for k in after if k in before])
    kept = [line.key for line in new if line.key in before and line.key not in shifted]
    stay = set(kept)
    commands: list[tuple[int, Command]] = []
    position = {line.key: index for index, line in enumerate(old)}
    for key in kept:
        commands += [(position[key], command) for command in _changed(before[key], after[key])]
    commands += [(position[line.key], Command("repeal", (place,))) for line, place in _gone(old, stay)]
    commands += _put_in(old, new, before, stay, position)
    return _gathered(command for _, command in sorted(commands, key=lambda pair: pair[0]))


def _changed(old: Line, new: Line) -> list[Command]:
    if old.text == new.text:
        return []
    if old.opens and old.number != new.number and old.number and new.number:
        label, other = printed_label(old.number), printed_label(new.number)
        if old.text.removeprefix(label) == new.text.removeprefix(other):
            return [Command("renumber", (old.clause,), name=f"{old.clause.split(' ')[0]} {new.number}")]
    phrases = _phrases(old, new)
    return phrases or [Command("restate", (old.place,), (new.text,))]


def _phrases(old: Line, new: Line) -> list[Command]:
    """The phrases that differ, if they are few, short and to be found without doubt."""
    pieces = compare_texts(old.text, new.text)
    changed = sum(len(piece.text) for piece in pieces if piece.kind == "removed")
    found: list[Command] = []
    index, at, start = 0, 0, 0  # the piece, where it begins in the old text, where the last change ended
    while index < len(pieces):
        piece = pieces[index]
        if piece.kind == "same":
            at, index = at + len(piece.text), index + 1
            continue
        gone = piece.text if piece.kind == "removed" else ""
        follows = pieces[index + 1] if gone and index + 1 < len(pieces) else piece
        come = follows.text if follows.kind == "added" else ""
        index += 2 if gone and come else 1
        end = at + len(gone) + (len(pieces[index].text) if index < len(pieces) else 0)
        found.append(_phrase(old, range(at, at + len(gone)), come, range(start, end)))
        at = start = at + len(gone)
    if len(found) > _PHRASES or changed > _SHARE * len(old.text):
        return []
    try:
        carried = apply((read(words_of(command)) for command in found), [old])
    except AmendmentError:  # a phrase with quotation marks of its own, or one that is there twice
        return []
    return found if carried == [new.text] else []


def _phrase(old: Line, gone: range, come: str, around: range) -> Command:
    """One change as a command; a phrase to be replaced takes words from `around` it until it is found once."""
    text = old.text
    removed = text[gone.start : gone.stop]
    if removed.strip() and come.strip():
        first, last = gone.start, gone.stop
        while last - first < around.stop - around.start and not _is_clear(text, first, last):
            first, last = _wider(text, first, last, around)
        before, after = text[first : gone.start], text[gone.stop : last]
        return Command("replace", (old.place,), old=text[first:last].strip(), new=(before + come + after).strip())
    if come.strip():
        words = text[: gone.start].rstrip().split(" ")
        enough = range(min(_CONTEXT, len(words)), len(words) + 1)
        number = next((n for n in enough if _once(words[-n:], text)), len(words))
        return Command("add-phrase", (old.place,), old=" ".join(words[-number:]), new=come.strip())
    return Command("drop-phrase", (old.place,), old=removed.strip())


def _is_clear(text: str, first: int, last: int) -> bool:
    """True for a phrase of whole words, as many as name something, that stands in a text once."""
    whole = text[first - 1 : first].strip() == "" and text[last : last + 1].strip() == ""
    phrase = text[first:last].strip()
    return whole and len(phrase.split()) >= _CONTEXT and text.count(phrase) == 1


def _wider(text: str, first: int, last: int, around: range) -> tuple[int, int]:
    """A phrase with the next word on either side."""
    right = re.compile(r"\S*\s*\S*").match(text, last, around.stop)
    left = re.compile(r"\S*\s*\S*").match(text[around.start : first][::-1])
    return first - (left.end() if left else 0), right.end() if right else last


def _once(words: Sequence[str], text: str) -> bool:
    return text.count(" ".join(words)) == 1


def _gone(old: Sequence[Line], stay: set[str]) -> list[tuple[Line, str]]:
    """What is repealed: a whole clause where all its lines go, else line by line."""
    found: list[tuple[Line, str]] = []
    covered: set[str] = set()
    for line in old:
        if line.key in stay or line.key in covered:
            continue
        whole = [other for other in old if line.opens and _within(other.place, line.clause, other.clause)]
        if whole and not any(other.key in stay for other in whole):
            covered |= {other.key for other in whole}
            found.append((line, line.clause))
        else:
            found.append((line, line.place))
    return found


def _put_in(
    old: Sequence[Line], new: Sequence[Line], before: dict[str, Line], stay: set[str], position: dict[str, int]
) -> list[tuple[int, Command]]:
    found: list[tuple[int, Command]] = []
    clauses = {line.clause_id: line for line in old if line.opens}
    index = 0
    while index < len(new):
        if new[index].key in stay:
            index += 1
            continue
        end = index + 1
        while (
            end < len(new)
            and new[end].key not in stay
            and not (new[end].opens and new[end].parent == new[index].parent)
        ):
            end += 1
        run = new[index:end]
        last = next((line for line in reversed(new[:index]) if line.key in stay), None)
        name = _name_of(run)
        lines = tuple(line.text for line in run)
        if last is None:
            found.append((-1, Command("insert-before", (old[0].place,), lines, name=name)))
        else:
            anchor = _anchor(before[last.key], run[0], old, clauses)
            found.append((position[last.key], Command("insert", (anchor,), lines, name=name)))
        index = end
    return found


def _is_brother(line: Line, first: Line) -> bool:
    """True for the first line of a clause beside the one that a run begins with: it has a command of its own."""
    return bool(line.opens) and line.parent == first.parent


def _anchor(last: Line, first: Line, old: Sequence[Line], clauses: dict[str, Line]) -> str:
    """What a run stands after: for a new clause the brother before it, if all of that one ends here; else the line."""
    if not first.opens:
        return last.place
    at: Line | None = clauses.get(last.clause_id)
    while at is not None and at.parent != first.parent:
        at = clauses.get(at.parent)
    if at is None:
        return last.place
    inside = [line for line in old if _within(line.place, at.clause, line.clause)]
    return at.clause if inside and inside[-1].key == last.key else last.place


def _name_of(run: Sequence[Line]) -> str:
    """What is put in: a clause by its new number, else how many lines of which kind."""
    if run[0].opens:
        return run[0].clause
    kind = "gạch đầu dòng" if run[0].place.startswith("gạch") else "dòng" if not run[0].clause else "đoạn"
    return kind if len(run) == 1 else f"{len(run)} {kind}"


def _gathered(commands: Iterable[Command]) -> tuple[Command, ...]:
    """Commands in their order, the same phrase replaced at many places told once, after all others."""
    first: list[Command] = []
    phrases: dict[tuple[str, str], Command] = {}
    listed = list(commands)
    often = [(c.old, c.new) for c in listed if c.kind == "replace"]
    for command in listed:
        pair = (command.old, command.new)
        if command.kind != "replace" or often.count(pair) < 2:
            first.append(command)
        else:
            known = phrases.get(pair)
            phrases[pair] = replace(command, places=(*known.places, *command.places)) if known else command
    return (*first, *phrases.values())


# In words


def words_of(command: Command) -> str:
    """A command in a sentence, without its full stop; what is quoted stands on lines of its own after it."""
    place = command.places[0]
    quoted = "\n".join(command.lines)
    match command.kind:
        case "restate":
            return f"Sửa đổi {place} như sau:\n“{quoted}”"
        case "insert":
            return f"Bổ sung {command.name} vào sau {place} như sau:\n“{quoted}”"
        case "insert-before":
            return f"Bổ sung {command.name} vào trước {place} như sau:\n“{quoted}”"
        case "repeal":
            return f"Bãi bỏ {place}"
        case "replace":
            return f"Thay thế cụm từ “{command.old}” bằng cụm từ “{command.new}” tại {_SEPARATOR.join(command.places)}"
        case "add-phrase":
            return f"Bổ sung cụm từ “{command.new}” vào sau cụm từ “{command.old}” tại {place}"
        case "drop-phrase":
            return f"Bỏ cụm từ “{command.old}” tại {place}"
        case _:
            return f"Đánh số lại {place} thành {command.name}"


_SEPARATOR = "; "
_OLD, _NEW = r"“(?P<old>[^“”]*)”", r"“(?P<new>[^“”]*)”"
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("replace", re.compile(rf"Thay thế cụm từ {_OLD} bằng cụm từ {_NEW} tại (?P<places>.+)", re.S)),
    ("add-phrase", re.compile(rf"Bổ sung cụm từ {_NEW} vào sau cụm từ {_OLD} tại (?P<place>.+)", re.S)),
    ("drop-phrase", re.compile(rf"Bỏ cụm từ {_OLD} tại (?P<place>.+)", re.S)),
    ("insert", re.compile(r"Bổ sung (?P<name>.+?) vào sau (?P<place>.+?) như sau:\n“(?P<quoted>.*)”", re.S)),
    ("insert-before", re.compile(r"Bổ sung (?P<name>.+?) vào trước (?P<place>.+?) như sau:\n“(?P<quoted>.*)”", re.S)),
    ("restate", re.compile(r"Sửa đổi (?P<place>.+?) như sau:\n“(?P<quoted>.*)”", re.S)),
    ("repeal", re.compile(r"Bãi bỏ (?P<place>.+)", re.S)),
    ("renumber", re.compile(r"Đánh số lại (?P<place>.+?) thành (?P<name>.+)", re.S)),
)  # fmt: skip


def read(sentence: str) -> Command:
    """The command that a sentence gives. Raises AmendmentError for one that is none."""
    for kind, form in _FORMS:
        if match := form.fullmatch(sentence.strip().removesuffix(".") if kind in _WITH_STOP else sentence.strip()):
            said = match.groupdict()
            places = tuple(said["places"].split(_SEPARATOR)) if said.get("places") else (said["place"],)
            lines = tuple(said["quoted"].split("\n")) if said.get("quoted") is not None else ()
            return Command(kind, places, lines, said.get("old") or "", said.get("new") or "", said.get("name") or "")
    raise AmendmentError(f"không hiểu câu sửa đổi: {sentence[:80]}")


_WITH_STOP = ("repeal", "renumber")


# Carrying out


def apply(commands: Iterable[Command], old: Sequence[Line]) -> list[str]:
    """The lines of the text after the commands. Raises AmendmentError for a place or phrase that is not there once."""
    texts: list[str | None] = [line.text for line in old]
    behind: dict[int, list[str]] = {}
    for command in commands:
        for place in command.places:
            at = _indices(place, old)
            match command.kind:
                case "restate":
                    texts[at[0]] = "\n".join(command.lines)
                case "insert":
                    behind.setdefault(at[-1], []).extend(command.lines)
                case "insert-before":
                    behind.setdefault(at[0] - 1, []).extend(command.lines)
                case "repeal":
                    texts = [None if index in at else text for index, text in enumerate(texts)]
                case "renumber":
                    line, number = old[at[0]], command.name.split(" ")[-1]
                    body = line.text.removeprefix(printed_label(line.number))
                    texts[at[0]] = printed_label(number) + body
                case _:
                    texts[at[0]] = _rephrased(command, texts[at[0]] or "", place)
    lines = [*behind.get(-1, ())]
    for index, text in enumerate(texts):
        lines += [text] if text is not None else []
        lines += behind.get(index, ())
    return lines


def _rephrased(command: Command, text: str, place: str) -> str:
    if not command.old or text.count(command.old) != 1:
        raise AmendmentError(f"cụm từ “{command.old}” không có đúng một lần tại {place}")
    if command.kind == "replace":
        return text.replace(command.old, command.new)
    if command.kind == "add-phrase":
        return text.replace(command.old, f"{command.old}{'' if command.new[:1] in _CLOSING else ' '}{command.new}")
    before, after = text.split(command.old)
    return before.removesuffix(" ") + after if before else after.removeprefix(" ")


def _indices(place: str, old: Sequence[Line]) -> list[int]:
    """Where a place is: the line that is cited so, or all lines of the clause."""
    exact = [index for index, line in enumerate(old) if line.place == place]
    if exact:
        return exact
    inside = [index for index, line in enumerate(old) if _within(line.place, place, line.clause)]
    if not inside:
        raise AmendmentError(f"không có {place}")
    return inside


def _within(place: str, clause: str, own: str) -> bool:
    """True for a line of a clause, or of a clause in it: its citation ends with the clause's."""
    return own == clause or own.endswith(f" {clause}") or place == clause
