"""The floors of generator/: a module imports only from floors below its own."""

import ast
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "generator"
FLOORS = (
    ("diagnostics", "text", "numbering", "speech"),
    ("scalars", "tree", "webpage"),
    ("model",),
    ("awareness",),
    ("plan", "source", "schema"),
    ("walk", "content", "plaintext"),
    ("load", "audience", "topics"),
    ("check", "seals"),
    ("load_awareness",),
    ("views.labels",),
    ("views.nodes",),
    ("views.sheet", "views.coverage"),
    ("views.plan", "views.site", "views.listing", "views.calendar", "views.topic"),
    ("views.matrix", "check_awareness", "authoring", "handbook"),
    ("views.opendata", "views.report"),
    ("render", "profile", "search", "sitecheck"),
    ("documents", "pages", "letters"),
    (
        "writers.reference",
        "writers.docx",
        "writers.pdf",
        "writers.preview",
        "writers.site",
        "writers.calendar",
        "writers.opendata",
        "writers.layout",
    ),
    ("publish",),
    ("printing", "dataset", "manifest"),
    ("downloads", "materials"),
    ("build",),
    ("serve",),
    ("cli_help", "cli_options"),
    ("cli_topics",),
    ("cli",),
    ("__main__",),
)
SAME_ROOM = {("writers.docx", "writers.reference"), ("writers.preview", "writers.site")}


def modules():
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        if not name.endswith("__init__"):
            yield name, path


def imports(path):
    """The generator modules that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("generator"):
            inner = node.module.removeprefix("generator").lstrip(".")
            for alias in node.names:
                whole = f"{inner}.{alias.name}".lstrip(".")
                yield whole if (PACKAGE / f"{whole.replace('.', '/')}.py").exists() else inner
        elif isinstance(node, ast.Import):
            yield from (a.name.removeprefix("generator.") for a in node.names if a.name.startswith("generator."))


def floor_of(name):
    return next((number for number, names in enumerate(FLOORS) if name in names), None)


def test_every_module_stands_on_a_floor():
    """A new module is put on a floor before it lands."""
    assert [name for name, _ in modules() if floor_of(name) is None] == []


def test_imports_go_down():
    """No module imports from its own floor or above."""
    wrong = [
        f"{name} imports {other}"
        for name, path in modules()
        for other in imports(path)
        if other and floor_of(other) >= floor_of(name) and (name, other) not in SAME_ROOM
    ]
    assert wrong == []


def test_the_test_sees_imports():
    """Negative control: the imports of the top module are found."""
    assert "build" in set(imports(PACKAGE / "cli.py"))
