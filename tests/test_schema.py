"""The JSON Schemas in data/schema/ are the model's, and every data file names its own."""

import json
import os
import re
from pathlib import Path

import pytest

from generator.model.schema import json_schemas

DATA = Path(__file__).parent.parent / "data"
FILES = sorted(p for p in DATA.rglob("*.yml") if f"revisions{os.sep}" not in str(p) or p.name == "revision.yml")


def test_the_committed_schemas_are_the_models():
    """`make schema` has been run since the model changed."""
    committed = {p.name: p.read_text(encoding="utf-8") for p in (DATA / "schema").glob("*.json")}
    assert committed == json_schemas()


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(DATA).as_posix())
def test_every_file_names_its_schema(path):
    """Editors find the schema from the first line, which must lead to a file."""
    first = path.read_text(encoding="utf-8").split("\n")[0]
    named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert named, first
    assert (path.parent / named[1]).is_file()


def test_every_field_has_a_vietnamese_title():
    """What an editor shows beside a key is for a clerk."""
    for name, text in json_schemas().items():
        schema = json.loads(text)
        for kind in (schema, *schema.get("$defs", {}).values()):
            for key, field in kind.get("properties", {}).items():
                title = field.get("title", "")
                assert title and title.lower() != key.lower().replace("_", " "), f"{name}: {key}"
