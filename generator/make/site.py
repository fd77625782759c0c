"""The rows of the site besides its pages: files that it offers, drawings, looks, scripts, the zip."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from urllib.parse import urlsplit

from generator import program
from generator.make.artefact import SITE_ZIP, Artefact
from generator.make.pages import DOWNLOADS, FOLDER
from generator.model.site import Colours
from generator.project import Project
from generator.read.yaml import read_yaml
from generator.views.revisions import CHANGES_PAGE, atom, view_revisions
from generator.views.sheet import view_sheet
from generator.views.topic import Address, TopicPages
from generator.words.colour import mix
from generator.write.site.crawlers import write_robots, write_sitemap
from generator.write.site.my_agency import FOLDER as MY_AGENCY
from generator.write.site.my_agency import write_brief
from generator.write.site.policy import FRAMES, write_policy
from generator.write.site.theme import WHOLE, Theme
from generator.write.templates import Renderer

_OPEN_DATA = f"{DOWNLOADS}/du-lieu-mo"
_COLOURED = ("site.css", "bieu-tuong.svg")
_STYLES = ("base", "frame", "site", "awareness", "coordination", "print")  # what comes later wins
STYLE_SHEET = "assets/site.css"
_SERVERS = {"_headers": "server/headers.j2", ".htaccess": "server/htaccess.j2"}
_COMMENT = re.compile(r"/\*.*?\*/", re.S)
NOT_IN_ZIP = ("404.html", "robots.txt", "sitemap.xml", "_headers", ".htaccess")  # of use on a web server only


def list_offered(made: Iterable[Artefact]) -> Iterator[Artefact]:
    """The files that pages offer, as they stand in the site."""
    for row in made:
        if row.offered:
            folder, _, rest = row.path.partition("/")
            path = f"{FOLDER}/{_OPEN_DATA if folder == 'open-data' else DOWNLOADS}/{rest}"
            yield Artefact(path, "copy", lambda: None, offered=row.offered, inputs=(row.path,))


def list_assets(project: Project) -> Iterator[Artefact]:
    """Drawings, the handbook's pictures, the style sheet, scripts, what "Cơ quan tôi" shows of each agency."""
    drawings = dict.fromkeys(topic.topic.picture for topic in project.topics)
    files = {f"{FOLDER}/tuyen-truyen/hinh/{name}": project.drawings[name].encode() for name in drawings}
    files |= {f"{FOLDER}/{path}": png for path, png in project.screenshots.items()}
    files |= {f"{FOLDER}/assets/{p.name}": p.read_bytes() for p in sorted(program.ASSETS.iterdir()) if p.is_file()}
    files[f"{FOLDER}/{STYLE_SHEET}"] = _style_sheet()
    for name in _COLOURED:
        files[f"{FOLDER}/assets/{name}"] = _coloured(files[f"{FOLDER}/assets/{name}"], project.settings.colours)
    for actor in (*project.plan.sheet_agencies, *project.plan.sheet_groups):
        files[f"{FOLDER}/{MY_AGENCY}/{actor}.js"] = write_brief(view_sheet(project.plan, actor))
    if revisions := view_revisions(project.steps):
        updated = f"{project.plan.head.edition:%Y-%m-%d}T00:00:00Z"
        feed = atom(revisions, project.plan.head.short_title, project.address.rstrip("/") + "/", updated)
        files[f"{FOLDER}/{CHANGES_PAGE}atom.xml"] = feed
    for path, content in files.items():
        yield Artefact(path, "asset", partial(bytes, content))


def _style_sheet() -> bytes:
    """One file for all pages, so that none waits for a second; comments and indentation left out."""
    sources = (program.STYLES / f"{name}.css" for name in _STYLES)
    text = _COMMENT.sub("", "".join(source.read_text(encoding="utf-8") for source in sources))
    return "\n".join(line.strip() for line in text.splitlines() if line.strip()).encode()


def _coloured(file: bytes, colours: Colours) -> bytes:
    """A style sheet or drawing with the office's colours, by day and by night, in place of the program's own."""
    for old, new in zip(_shades(Colours()), _shades(colours), strict=True):
        file = file.replace(old.encode(), new.encode())
    return file


def _shades(colours: Colours) -> tuple[str, ...]:
    """By day and by night; with so much white in it, what white stands on shows at night."""
    brand, accent = colours.brand, colours.accent
    return brand, mix(brand, "#000000", 0.3), accent, mix(accent, "#ffffff", 0.55)


def list_whole(pages: Sequence[Artefact], rest: Sequence[Artefact]) -> Iterator[Artefact]:
    """What is made of all pages together besides the search index; `rest` are the site's other rows."""
    markdown = tuple(page.path.removeprefix(f"{FOLDER}/") for page in pages)
    for name in WHOLE:
        yield Artefact(f"{FOLDER}/{name}", "whole", lambda: markdown)
    inside = sorted(row.path for row in (*pages, *rest))
    yield Artefact(SITE_ZIP, "zip", lambda: None, inputs=tuple(inside))


def list_told(project: Project, awareness: TopicPages, pages: Iterable[Artefact]) -> Iterator[Artefact]:
    """What search engines and web servers are told; a sitemap only where the site has an address, without drafts."""
    address = Address(project.address)
    base = "" if address.placeholder or project.readers.internal else address.of("")
    told = {"robots.txt": write_robots(base)}
    if base:
        drafts = {f"{FOLDER}/{topic.page}index.html" for topic in awareness.topics if not topic.review.approved}
        paths = [
            row.path.removeprefix(f"{FOLDER}/").removesuffix("index.html") for row in pages if row.path not in drafts
        ]
        told["sitemap.xml"] = write_sitemap(base, sorted(paths), f"{project.plan.head.edition:%Y-%m-%d}")
    path = urlsplit(project.address).path or "/"
    known = {"policy": f"{site_policy()}; {FRAMES}", "base": path if path.endswith("/") else f"{path}/"}
    for name, template in _SERVERS.items():
        told[name] = Renderer(program.TEMPLATES).render(template, **known).encode()
    for name, content in told.items():
        yield Artefact(f"{FOLDER}/{name}", "asset", partial(bytes, content))


def site_policy() -> str:
    """The Content-Security-Policy of every page; the one script inside a page is a part of the theme."""
    script = (program.THEME / "partials" / "scheme.js").read_text(encoding="utf-8")
    return write_policy(script.removesuffix("\n"))  # as Jinja includes it


def theme_of(project: Project, markdown: Sequence[str]) -> Theme:
    """The look of a project's site; `markdown` are all its pages, of which the main ones are in the menu."""
    settings = project.settings
    menu = read_yaml(program.CONFIG.name, program.CONFIG.read_bytes()).data["nav"]
    nav = [entry for entry in menu if all(path in markdown for path in entry.values())]
    shown = {
        "site_name": settings.name or project.plan.head.short_title,
        "site_url": settings.address,
        "nav": nav,
        "extra": {
            "publisher": settings.publisher.model_dump(),
            "issuer": project.plan.agency[project.plan.head.issuer].name,
            "placeholder": Address(settings.address).placeholder,
            "changes": CHANGES_PAGE,
            "policy": site_policy(),
        },
    }
    return Theme(program.CONFIG, program.THEME, shown, int(project.moment.timestamp()))


def theme_digest(project: Project, rows: Sequence[Artefact]) -> tuple[object, ...]:
    """What the look of every page rests on besides the page itself."""
    markdown = [markdown_of(row.path) for row in rows if row.press == "page"]
    theme = theme_of(project, markdown)
    files = sorted(path for path in program.THEME.rglob("*") if path.is_file())
    overrides = tuple((path.relative_to(program.THEME).as_posix(), path.read_bytes()) for path in files)
    return theme.settings, theme.epoch, program.CONFIG.read_bytes(), overrides


def markdown_of(path: str) -> str:
    """The Markdown file, among mkdocs' documents, of a page's row."""
    return path.removeprefix(f"{FOLDER}/").removesuffix(".html") + ".md"
