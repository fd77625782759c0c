"""The rooms of generator/: a package imports only from those below it. README's Architecture shows the same table."""

import ast
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "generator"
ROOMS = (
    "cli",
    "build",
    "make",
    "project",
    "write",
    "views",
    "rules",
    "read",
    "publish",
    "model",
    "words",
    "program",
    "diagnostics",
)


def modules():
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        if not name.endswith(("__init__", "__main__")):
            yield name, path


def imports(path):
    """The generator modules that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("generator"):
            inner = node.module.removeprefix("generator").lstrip(".")
            for alias in node.names:
                whole = f"{inner}.{alias.name}".lstrip(".")
                found = PACKAGE / whole.replace(".", "/")
                yield whole if found.with_suffix(".py").exists() or found.is_dir() else inner
        elif isinstance(node, ast.Import):
            yield from (a.name.removeprefix("generator.") for a in node.names if a.name.startswith("generator."))


def room_of(name):
    return ROOMS.index(name.split(".")[0])


def test_every_package_is_a_room():
    """A new package is put into the table before it lands; a new module needs no line."""
    assert {name.split(".")[0] for name, _ in modules()} == set(ROOMS)


def test_imports_go_down():
    """No module imports from a room above its own."""
    wrong = {
        (name, other) for name, path in modules() for other in imports(path) if other and room_of(other) < room_of(name)
    }
    assert wrong == set()


def test_the_test_sees_imports():
    """Negative control: the imports of the top module are found."""
    assert "cli.help" in set(imports(PACKAGE / "cli" / "main.py"))
