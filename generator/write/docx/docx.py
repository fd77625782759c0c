"""Semantic HTML → DOCX, and the same document's AST as JSON for the PDF. One pandoc process for many documents.

The look comes from the profile alone: its styles, page and header make the reference document that pandoc's writer
takes them from. docx.lua and convert.lua beside this file do the work inside pandoc.
"""

import json
import os
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import pypandoc
import typst

from generator.diagnostics import MakeError
from generator.publish.locking import temporary_folder
from generator.read.profile import Profile
from generator.write.docx.reference import DOCUMENT_TEMPLATE, reference_docx

_CONVERT = Path(__file__).with_name("convert.lua")
_TIMEOUT_SECONDS = 600
_MEASURE = b"""
#let input = json(bytes(sys.inputs.at("measure")))
#let faces = ("regular": ("regular", "normal"), "bold": ("bold", "normal"),
  "regular-italic": ("regular", "italic"), "bold-italic": ("bold", "italic"))
#set text(font: input.font, fallback: false, size: 1000pt, kerning: false, ligatures: false)
#context [#metadata(faces.pairs().map(((name, (weight, style))) => (name, input.characters.clusters().map(c => (c,
  measure(text(weight: weight, style: style, c)).width / 1000pt)).to-dict())).to-dict()) <advances>]
"""


class PandocError(MakeError):
    """A document could not be converted; the text is pandoc's own, after the document's id."""


@dataclass(frozen=True)
class Source:
    """A document to convert: semantic HTML whose classes are blocks of the profile, or an AST made of such."""

    id: str
    html: str
    landscape: bool = False
    ast: str = ""


@dataclass(frozen=True)
class Converted:
    """A document as DOCX, and as pandoc's AST in JSON with what was measured for print."""

    id: str
    docx: bytes
    ast: bytes


def write_docx(sources: Sequence[Source], profile: Profile, epoch: int) -> list[Converted]:
    """Convert the sources in their order. `epoch` is the time written into the files, in seconds since 1970."""
    if not sources:
        return []
    with temporary_folder() as folder:
        job_file = folder / "job.json"
        job_file.write_text(json.dumps(make_job(sources, profile, folder), ensure_ascii=False), encoding="utf-8")
        _run_pandoc(["lua", str(_CONVERT), str(job_file), str(folder)], str(folder), epoch)
        return [
            Converted(source.id, (folder / f"{n}.docx").read_bytes(), (folder / f"{n}.json").read_bytes())
            for n, source in enumerate(sources, 1)
        ]


def read_asts(sources: Sequence[Source], profile: Profile) -> list[bytes]:
    """The sources' ASTs in their order, as JSON, with what was measured for print."""
    with temporary_folder() as folder:
        job_file = folder / "job.json"
        job = {**make_job(sources, profile, folder), "only_ast": True}
        job_file.write_text(json.dumps(job, ensure_ascii=False), encoding="utf-8")
        _run_pandoc(["lua", str(_CONVERT), str(job_file), str(folder)], str(folder))
        return [(folder / f"{n}.json").read_bytes() for n in range(1, len(sources) + 1)]


def make_job(sources: Sequence[Source], profile: Profile, folder: Path) -> dict[str, object]:
    """What convert.lua is told: as JSON, with the reference documents written into the folder."""
    references = {}
    for landscape in sorted({source.landscape for source in sources}):
        for sheet in (False, True):
            name = ("landscape" if landscape else "portrait") + ("-sheet" if sheet else "")
            path = folder / f"{name}.docx"
            path.write_bytes(reference_docx(profile, _pandoc_reference(), landscape=landscape, sheet=sheet))
            references[name] = str(path)
    return {
        "profile": json.loads(profile.to_json()),
        "widths": {"portrait": profile.text_width(), "landscape": profile.text_width(landscape=True)},
        "advances": type_advances(profile, "".join(source.html for source in sources)),
        "template": DOCUMENT_TEMPLATE,
        "references": references,
        "sources": [asdict(source) for source in sources],
    }


def type_advances(profile: Profile, text: str) -> dict[str, dict[str, float]]:
    """Each character's advance in ems, by face, in the face that the PDF embeds (Word's own has the same metrics)."""
    characters = "".join(sorted(set(text)))
    compiler = typst.Compiler(
        _MEASURE,
        font_paths=typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[profile.font_folder()]
        ),
        sys_inputs={"measure": json.dumps({"font": profile.fonts.pdf, "characters": characters})},
    )
    advances: dict[str, dict[str, float]] = json.loads(compiler.query("<advances>", field="value", one=True))
    return advances


def _run_pandoc(arguments: Iterable[str], home: str, epoch: int = 0) -> bytes:
    # A clean environment and an empty home: neither the user's pandoc data nor the time zone may change the bytes.
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ}
    environment = {**kept, "SOURCE_DATE_EPOCH": str(epoch), "LC_ALL": "C.UTF-8", "HOME": home, "APPDATA": home}
    try:
        command = [pypandoc.get_pandoc_path(), *arguments]
        done = subprocess.run(command, capture_output=True, env=environment, timeout=_TIMEOUT_SECONDS, check=False)
    except OSError:
        raise PandocError("không chạy được pandoc: cài lại các gói Python (requirements.lock)") from None
    except subprocess.TimeoutExpired:
        raise PandocError(f"pandoc không trả lời sau {_TIMEOUT_SECONDS} giây") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise PandocError(f"pandoc báo lỗi: {said}" if said else "pandoc bị dừng giữa chừng; chạy lại")
    return done.stdout


@cache
def _pandoc_reference() -> bytes:
    with temporary_folder() as home:
        return _run_pandoc(["--print-default-data-file", "reference.docx"], str(home))
