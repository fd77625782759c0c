"""A document's AST (as the DOCX writer gives it) → PDF: tagged, PDF/A-2a and PDF/UA-1, the profile's face embedded."""

import re
from datetime import datetime
from pathlib import Path

import typst

from generator.profile import Profile

_TEMPLATE = Path(__file__).resolve().parents[2] / "site_templates" / "print" / "document.typ"
_MISSING_GLYPH = re.compile(r'the text `"(.+)"` could not be displayed with font `"(.+)"`')


class PdfError(Exception):
    """A document could not be set; the text says why."""


class PdfWriter:
    """Sets documents in one profile, reusing the compiler and its fonts. `timestamp` is the only time in the files."""

    def __init__(self, profile: Profile, timestamp: datetime) -> None:
        self._profile = profile.to_json()
        self._timestamp = timestamp
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[profile.font_folder()]
        )
        self._compiler = typst.Compiler(_TEMPLATE, root=_TEMPLATE.parent, font_paths=fonts)

    def write(self, ast: bytes) -> bytes:
        """The PDF of a document's AST. Raises PdfError, naming the character where the face lacks one."""
        inputs = {"ast": ast.decode("utf-8"), "profile": self._profile}
        try:
            pdf = self._compiler.compile(
                format="pdf", sys_inputs=inputs, pdf_standards=["a-2a", "ua-1"], timestamp=self._timestamp
            )
        except typst.TypstError as error:
            raise PdfError(_explained(str(error))) from None
        assert isinstance(pdf, bytes)  # one format, one file
        return pdf


def _explained(message: str) -> str:
    missing = _MISSING_GLYPH.search(message)
    if missing is None:
        return message
    codes = ", ".join(f"{c} (U+{ord(c):04X})" for c in missing[1])
    return f"phông {missing[2]} không có chữ {codes}"
