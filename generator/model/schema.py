"""The model → the JSON Schema of each data file, for editors. `python -m generator.model.schema DIR` writes them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from generator.model import topic as awareness
from generator.model import types as model
from generator.model.reports import Report
from generator.model.revision import Revision
from generator.model.scene import Scene
from generator.model.search import SynonymFile
from generator.model.site import SiteSettings

FILES: dict[str, type[model.Record]] = {
    "plan": model.PlanHead,
    "section": model.Clause,
    "agencies": model.AgencyFile,
    "groups": model.GroupFile,
    "targets": model.TargetFile,
    "deadlines": model.DeadlineFile,
    "instruments": model.InstrumentFile,
    "places": model.PlaceFile,
    "source": model.SourceNotes,
    "revision": Revision,
    "report": Report,
    "channels": awareness.ChannelFile,
    "audiences": awareness.AudienceFile,
    "speech": awareness.Speech,
    "local": awareness.LocalFile,
    "site": SiteSettings,
    "synonyms": SynonymFile,
    "scene": Scene,
    "topic": awareness.Topic,
}


def json_schemas() -> dict[str, str]:
    """Each schema's file name and text."""
    return {f"{name}.json": _text(kind) for name, kind in FILES.items()}


def write_schemas(folder: Path) -> None:
    """Write every schema into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in json_schemas().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _text(kind: type[model.Record]) -> str:
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **kind.model_json_schema(by_alias=True)}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    write_schemas(Path(sys.argv[1]))
