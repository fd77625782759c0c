"""Strict loading: every fault of the files is named with file, line and column; nothing else comes out."""

import unicodedata

import pytest
from small import FILES, load_small

from generator.diagnostics import DataError, format_diagnostic
from generator.read.plan import load_plan
from generator.read.tree import DiskTree

AGENCY = "agencies:\n  - id: a\n    name: A\n    kind: department\n"


def findings(files=None, **replace):
    """`code@line:column` of each error of the first file named in `files`, or of all."""
    with pytest.raises(DataError) as caught:
        load_small(files, **replace)
    return [f"{d.code}@{d.span.line}:{d.span.column}" for d in caught.value.diagnostics]


def places(text):
    return {"places.yml": text}


CASES = {
    "1 duplicate key": (places("places:\n  - id: a\n    id: b\n    name: A\n    kind: area\n"), "duplicate-key@3:5"),
    "2 NO is text": (places("places: NO\n"), "wrong-type@1:9"),
    "2 on is no boolean": ({"agencies.yml": AGENCY + "    named: on\n"}, "bad-boolean@5:12"),
    "3 leading zero": (places("places: 0123\n"), "wrong-type@1:9"),
    "5 sexagesimal": (
        {"targets.yml": "targets:\n  - {id: t, indicator: x, clause: c-1, operator: none, baseline: unknown, text: x, lower: 12:30:45}\n"},
        "bad-number@2:91",
    ),
    "6 .nan": (
        {"targets.yml": "targets:\n  - {id: t, indicator: x, clause: c-1, operator: none, text: x, lower: .nan, upper: 1e400}\n"},
        "bad-number@2:72",
    ),
    "7 alias": (places("places: &a []\nmore: *a\n"), "yaml-anchor@1:9"),
    "8 merge key": (places("places:\n  - <<: {id: a}\n"), "yaml-merge@2:5"),
    "9 python tag": (places("places: !!python/object/apply:os.system [ls]\n"), "yaml-tag@1:9"),
    "10 two documents": (places("places: []\n---\nplaces: []\n"), "second-document@2:1"),
    "11 tab indent": (places("places:\n\t- id: a\n"), "yaml-syntax@2:1"),
    "13 U+2028": (places("places:\n  - id: a\n    name: A\u2028B\n    kind: area\n"), "control-character@3:12"),
    "14 NUL": (places("places: \0\n"), "control-character@1:9"),
    "15 invalid UTF-8": ({"places.yml": b"places:\n  - id: \xff\n"}, "invalid-utf8@2:9"),
    "16 deep nesting": (places("[" * 5000), "too-deep@1:61"),
    "17 a 50 MB file": ({"places.yml": b"#" * 50_000_000}, "file-too-large@1:1"),
    "18 empty file": (places(""), "empty-file@1:1"),
    "18 only a comment": (places("# gì đó\n"), "empty-file@1:1"),
    "19 unknown field": (places("places:\n  - id: a\n    nam: A\n    kind: area\n"), "unknown-field@3:5"),
    "20 null required": (places("places:\n  - id: a\n    name:\n    kind: area\n"), "empty-value@3:10"),
    "21 a number in quotes": ({"plan.yml": FILES["plan.yml"].replace("from: 2026", 'from: "2026"')}, "quoted-value@17:9"),
    "22 impossible date": ({"plan.yml": FILES["plan.yml"].replace("edition: 2026-01-05", "edition: 2026-02-30")}, "bad-date@8:10"),
    "23 dangling id": ({"agencies.yml": FILES["agencies.yml"].replace("parent: truong-ban-mai", "parent: truong-ban-mia")}, "unknown-agency@8:13"),
    "25 error on the last line": ({"agencies.yml": FILES["agencies.yml"].rstrip() + "s"}, "not-allowed@11:11"),
    "40 bidi": (places('places:\n  - id: a\n    name: "A\\u202eB"\n    kind: area\n'), "control-character@3:11"),
    "40 zero width": (places("places:\n  - id: a\n    name: A\u200bB\n    kind: area\n"), "control-character@3:12"),
    "40 a variation selector": (places("places:\n  - id: a\n    name: A\ufe0fB\n    kind: area\n"), "control-character@3:12"),
    "41 brackets": ({"sections/1.yml": "id: c-1\nnumber: '1'\nheading: " + "\"" + "[" * 10_000 + "\"\n"}, "link-syntax@3:11"),
    "44 path that leaves": ({"plan.yml": FILES["plan.yml"].replace("sections/1.yml", "../plan.yml")}, "missing-file@23:5"),
    "45 absolute": ({"plan.yml": FILES["plan.yml"].replace("sections/1.yml", "/etc/passwd")}, "missing-file@23:5"),
    "46 a device's name": (places("places:\n  - id: con\n    name: A\n    kind: area\n"), "bad-id@2:9"),
    "49 a long name": (places(f"places:\n  - id: {'a' * 101}\n    name: A\n    kind: area\n"), "bad-id@2:9"),
    "51 empty slug": (places('places:\n  - id: ""\n    name: A\n    kind: area\n'), "bad-id@2:9"),
    "53 empty list": ({"agencies.yml": "agencies: []\n"}, "too-few@1:11"),
    "a phase's id twice": (
        {"plan.yml": FILES["plan.yml"].replace("preamble:", "phases:\n  - {id: p, name: A, from: 2026, to: 2026}\n  - {id: p, name: B, from: 2026, to: 2026}\npreamble:")},
        "repeated-id@21:10",
    ),
    "a year before any plan": ({"plan.yml": FILES["plan.yml"].replace("from: 2026", "from: 1800")}, "out-of-range@17:9"),
    "repeated id": (
        {"agencies.yml": FILES["agencies.yml"] + "  - id: thu-vien\n    name: B\n    kind: front\n"}, "repeated-id@12:9"
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_bad_input_is_named_with_its_place(case):
    """Cases of bad YAML and bad data: the first finding's code, line and column."""
    files, expected = CASES[case]
    assert expected in findings(files)


@pytest.mark.parametrize(
    ("name", "old", "new", "hint"),
    [
        ("agencies_yml", "parent: truong", "parnet: truong", "có phải 'parent'?"),
        (
            "agencies_yml",
            "parent: truong",
            "adress: truong",
            "có phải 'parent'?",
        ),  # not 'address', which other records have
        ("sections_2_yml", "role: [lead", "rol: [lead", "có phải 'role'?"),
        ("plan_yml", "short_title:", "short_titel:", "có phải 'short_title'?"),
    ],
)
def test_an_unknown_key_is_hinted_from_its_own_record(name, old, new, hint):
    """What other records may hold would be wrong again."""
    with pytest.raises(DataError) as caught:
        load_small(**{name: (old, new)})
    found = next(d for d in caught.value.diagnostics if d.code == "unknown-field")
    assert found.hint == hint


@pytest.mark.parametrize("name", ["\ufeffagencies.yml", "crlf"], ids=["BOM", "CRLF"])
def test_windows_files_are_accepted(name):
    """Case 12: a BOM and CRLF line ends are what Windows editors write."""
    text = FILES["agencies.yml"]
    raw = b"\xef\xbb\xbf" + text.encode() if name != "crlf" else text.replace("\n", "\r\n").encode()
    assert load_small({"agencies.yml": raw}).plan.agency["thu-vien"].name == "Thư viện"


def test_scalars_keep_their_letters():
    """Cases 2, 3 and 4: NO, 000123 and 1.10 stay what the clerk wrote."""
    plan = load_small({"places.yml": "places:\n  - {id: a, name: NO, aliases: [000123, 1.10, on], kind: area}\n"}).plan
    assert (plan.places[0].name, *plan.places[0].aliases) == ("NO", "000123", "1.10", "on")


def test_names_are_normalised():
    """NFD in a file is NFC in the model."""
    plan = load_small({"places.yml": "places:\n  - {id: a, name: Hu\u031b\u0301a, kind: area}\n"}).plan
    assert plan.places[0].name == "Hứa"


def test_all_errors_of_all_files_come_at_once():
    """Two faults in one file and one in another are all told."""
    found = findings(
        {"places.yml": "places:\n  - id: A\n    name: B\n    kind: x\n", "groups.yml": "groups:\n  - id: g\n"}
    )
    assert found == ["missing-field@2:5", "bad-id@2:9", "not-allowed@4:11"]


def test_a_message_reads_as_the_style_says():
    """`file:line:column: lỗi[code]: message`, then the hint with the nearest id."""
    with pytest.raises(DataError) as caught:
        load_small(sections_2_yml=("agency:thu-vien", "agency:thu-vein"))
    assert format_diagnostic(caught.value.diagnostics[0]) == (
        "data/sections/2.yml:7:25: lỗi[unknown-agency]: không có cơ quan 'thu-vein'\n  gợi ý: có phải 'thu-vien'?"
    )


def test_a_wrong_item_of_a_list_is_told_by_the_lists_key():
    """`role: [leed]` is about the role, not about item 0."""
    with pytest.raises(DataError) as caught:
        load_small(sections_2_yml=("role: [lead, coordinate]", "role: [leed]"))
    assert "giá trị 'leed' không hợp lệ cho 'role'" in caught.value.diagnostics[0].message


def test_names_with_marks_are_the_same_however_they_are_written(tmp_path):
    """Case 48: a Mac writes the marks of a file's name as characters of their own."""
    for name, text in FILES.items():
        path = tmp_path / unicodedata.normalize("NFD", name.replace("sections/1", "sections/mục một"))
        path.parent.mkdir(exist_ok=True)
        path.write_text(text.replace("sections/1.yml", "sections/mục một.yml"), encoding="utf-8")
    assert [section.id for section in load_plan(DiskTree(tmp_path)).plan.sections] == ["c-1", "c-2"]
