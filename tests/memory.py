"""A project opened and made in memory: no folder is read, none is written."""

from functools import cache

from small import small_tree
from topics import DATA, ROOT

from generator.make.edition import compare
from generator.make.press import Workshop, make
from generator.project import Project, Readers
from generator.read.tree import DictTree
from generator.write.site.webpage import PageFacts

PUBLIC = Readers()
NOTHING = DictTree({}, "content")
CONTENT = {
    p.relative_to(ROOT / "content").as_posix(): p.read_bytes() for p in (ROOT / "content").rglob("*") if p.is_file()
}


class Memory(dict):
    """Outputs by path."""

    def put(self, path, content):
        self[path] = content

    read = dict.__getitem__


def small_project(files=None, content=NOTHING, readers=PUBLIC, **changes):
    """The small plan, with files or pieces of them replaced as in `small_tree`."""
    return Project.open(small_tree(files, **changes), content, readers)


def real_project(*, topic=(), data=(), new=None, content=None, readers=PUBLIC):
    """The real project; `topic` are (old, new) in one topic, `data` are (file, old, new), `new` files that it lacks."""
    from topics import TOPIC

    files, articles = {**DATA, **(new or {})}, {**CONTENT, **(content or {})}
    for old, new in topic:
        assert old in articles[TOPIC].decode(), old
        articles[TOPIC] = articles[TOPIC].decode().replace(old, new, 1).encode()
    for name, old, new in data:
        assert old in files[name], old
        files[name] = files[name].replace(old, new, 1)
    return Project.open(DictTree(files), DictTree(articles, "content"), readers)


def made(project, wanted=lambda row: True):
    """The outputs of a project that are wanted, with all that they hold, by path."""
    rows = compare(project, None, {}).rows
    known = {row.path: row for row in rows}
    paths, waiting = set(), [row.path for row in rows if wanted(row)]
    while waiting:
        path = waiting.pop()
        if path not in paths:
            paths.add(path)
            waiting += known[path].inputs
    stale = [row for row in rows if row.path in paths]
    outputs = Memory()
    make(Workshop(project, stale, 1), stale, outputs, PageFacts(), lambda what, done, total: None)
    return outputs


@cache
def real():
    """The real project as it is."""
    return real_project()
