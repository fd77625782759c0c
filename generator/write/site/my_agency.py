"""A sheet → what "Cơ quan tôi" shows of it at once, as a script that loads from file:// too. Pure."""

from __future__ import annotations

import json

from generator.views.sheet import SheetView

FOLDER = "co-quan-toi"


def write_brief(sheet: SheetView) -> bytes:
    """The script: name, page, dates (when, what, next day), duties (what, its part and until when, place)."""
    brief = {
        "name": sheet.name,
        "href": f"co-quan/{sheet.id}/",
        "ended": sheet.ended,
        "dates": [[date.when, "; ".join(what for what, _ in date.work), date.next] for date in sheet.dates],
        "duties": [
            [duty.short, " · ".join(filter(None, (duty.role_label, duty.deadline))), duty.citation.href]
            for duty in sheet.duties
        ],
    }
    return f"kehoachAgency({json.dumps(brief, ensure_ascii=False, separators=(',', ':'))});\n".encode()
