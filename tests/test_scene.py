"""Scenes: drawings composed of the library's parts, and what is wrong in one, by its place."""

import re
import xml.etree.ElementTree as ET

import pytest
from topics import DRAWINGS, ROOT

from generator.diagnostics import DataError
from generator.program import scene_parts
from generator.read.scene import FOLDER, read_drawings
from generator.read.tree import DictTree

SVG = "{http://www.w3.org/2000/svg}"
PARTS = scene_parts()
ONE = "parts:\n  - {part: nguoi, x: 10, y: 20, size: 200}\n"


def drawn(files):
    return read_drawings(DictTree({f"{FOLDER}/{name}": text for name, text in files.items()}, "content"), PARTS)


def faults(files):
    with pytest.raises(DataError) as caught:
        drawn(files)
    return [f"{d.code}@{d.span.line}:{d.span.column}" for d in caught.value.diagnostics]


@pytest.mark.parametrize("part", PARTS)
def test_a_part_stands_on_the_grid(part):
    """Each is a square of 100 units, names no other file, and has no id that two of them could share."""
    root = ET.fromstring(PARTS[part])
    assert root.get("viewBox") == "0 0 100 100"
    assert not re.search(r"href|url[(]|<style|<script| id=", PARTS[part])


def test_a_scene_is_drawn_from_back_to_front():
    """Each part where it is put and as large as it is said; one that is turned looks the other way in the same square."""
    files = {"a.yml": ONE + "  - {part: nha, x: 100, y: 50, size: 150, flip: true}\n"}
    root = ET.fromstring(drawn(files)["a.svg"])
    assert root.get("viewBox") == "0 0 400 300"
    assert [group.get("transform") for group in root.findall(f"{SVG}g")] == [
        "translate(10 20) scale(2)", "translate(250 50) scale(-1.5 1.5)",
    ]  # fmt: skip
    assert all(len(group) for group in root.findall(f"{SVG}g"))


def test_a_drawing_may_be_whole():
    """An SVG of the office's own stays as it is."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300"/>'
    assert drawn({"a.svg": svg, "b.yml": ONE}).keys() == {"a.svg", "b.svg"}
    assert drawn({"a.svg": svg})["a.svg"] == svg


@pytest.mark.parametrize("files, expected", [
    ({"a.yml": ONE.replace("nguoi", "nguoj")}, "unknown-part@2:12"),
    ({"a.yml": ONE.replace("x: 10", "x: 300")}, "bad-scene@2:5"),
    ({"a.yml": ONE.replace("size: 200", "size: 10")}, "bad-scene@2:5"),
    ({"a.yml": "parts: []\n"}, "too-few@1:8"),
    ({"a.yml": ONE + "mau: do\n"}, "unknown-field@3:1"),
    ({"a.yml": ONE, "a.svg": "<svg/>"}, "two-drawings@1:1"),
])  # fmt: skip
def test_a_fault_has_its_place(files, expected):
    """File, line and column; nothing is drawn."""
    assert expected in faults(files)


def test_a_slip_is_told_the_nearest_part():
    """As for every name."""
    with pytest.raises(DataError, match="kho mảnh không có 'nguoj'\n  gợi ý: có phải 'nguoi'"):
        drawn({"a.yml": ONE.replace("nguoi", "nguoj")})


def test_most_topics_need_no_artist():
    """The plan's own drawings: eight are scenes, and every one is SVG that can be read."""
    scenes = list((ROOT / "content" / FOLDER).glob("*.yml"))
    assert len(scenes) >= 8 and all(f"{path.stem}.svg" in DRAWINGS for path in scenes)
    assert all(ET.fromstring(svg).tag == f"{SVG}svg" for svg in DRAWINGS.values())
