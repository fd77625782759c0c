"""Drawings of content/ → SVG by file name: those drawn whole, and scenes composed of the library's parts.

A scene is a YAML file beside the drawings (model/scene); its drawing has its name with `.svg`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.diagnostics import DataError, Diagnostic, hint_nearest
from generator.model.scene import HEIGHT, WIDTH, Scene
from generator.read.plan import Spans, load_file
from generator.read.tree import SourceTree

FOLDER = "tuyen-truyen/hinh"
_INNER = re.compile(r"<svg\b[^>]*>(.*)</svg>", re.S)
_GRID = 100  # the side of a part's own square


def is_drawing(name: str) -> bool:
    """True for a file of content/ that is a topic's drawing, or the scene that one is composed from."""
    inside = name.startswith(f"{FOLDER}/") and name.count("/") == FOLDER.count("/") + 1
    return inside and name.endswith((".svg", ".yml"))


def read_drawings(content: SourceTree, parts: Mapping[str, str]) -> dict[str, str]:
    """Every drawing; `parts` are SVG by name. Raises DataError for a scene with faults, or one drawn whole as well."""
    errors: list[Diagnostic] = []
    drawn: dict[str, str] = {}
    for name in sorted(filter(is_drawing, content.names())):  # x.svg before x.yml
        key = name.rpartition("/")[2].removesuffix(".yml").removesuffix(".svg") + ".svg"
        if name.endswith(".svg"):
            drawn[key] = content.read(name).decode("utf-8")
            continue
        spans, found = Spans(), list[Diagnostic]()
        scene = load_file(content, name, Scene, spans, found)
        if scene is not None:
            found += _unknown(scene, parts, spans)
            if key in drawn:
                message = f"đã có hình '{key}' vẽ sẵn: bỏ một trong hai"
                found.append(Diagnostic(spans.of(scene), "two-drawings", message))
        if not found:
            drawn[key] = compose(scene, parts)
        errors += found
    if errors:
        raise DataError(errors)
    return dict(sorted(drawn.items()))


def compose(scene: Scene, parts: Mapping[str, str]) -> str:
    """The scene as SVG on a white ground."""
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
    ]
    lines.append(f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>')
    for item in scene.parts:
        scale = f"{item.size / _GRID:g}"
        place = f"translate({item.x + item.size} {item.y}) scale(-{scale} {scale})"
        place = place if item.flip else f"translate({item.x} {item.y}) scale({scale})"
        found = _INNER.search(parts[item.part])
        lines.append(f'<g transform="{place}">{found[1].strip() if found else ""}</g>')
    return "\n".join([*lines, "</svg>\n"])


def _unknown(scene: Scene, parts: Mapping[str, str], spans: Spans) -> list[Diagnostic]:
    wrong = [item for item in scene.parts if item.part not in parts]
    return [
        Diagnostic(
            spans.of(item, "part"), "unknown-part", f"kho mảnh không có '{item.part}'",
            hint_nearest(item.part, parts) or f"các mảnh: {', '.join(sorted(parts))}",
        )
        for item in wrong
    ]  # fmt: skip
