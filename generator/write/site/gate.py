"""The gate every site passes before it is published: each link and anchor resolves, nothing asks another host. Pure."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from generator.write.site.webpage import Reference, WebPage

_CSS_ADDRESS = re.compile(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""")
_JS_ADDRESS = re.compile(r"""["'`]((?:https?:|wss?:)?//[a-zA-Z0-9][^"'`\s]*)""")
CHECKED_TEXTS = (".css", ".js", ".svg")
_NAMESPACES = "http://www.w3.org/"  # names, never fetched


@dataclass(frozen=True)
class Fault:
    """What is wrong with a file of the site: its path, the line in it (0: the whole file), the text at fault, why."""

    path: str
    line: int
    written: str
    why: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.why}" if self.line else f"{self.path}: {self.why}"


def check_site(
    pages: Mapping[str, WebPage], others: Mapping[str, str | None], link_hosts: Collection[str], base: str = "/"
) -> list[Fault]:
    """What is wrong with a built site, in Vietnamese; empty if nothing is.

    `pages` are the pages by path; `others` all other files, with their text if they are CSS, scripts or SVG.
    A link may lead to a host of `link_hosts` or below it; nothing may be loaded from any host. `base` is the
    site's own path, which only the error page uses.
    """
    ids = {path: Counter(page.ids) for path, page in pages.items()}
    faults: list[Fault] = []
    for path, page in pages.items():
        repeated = {name: count for name, count in ids[path].items() if count > 1}
        faults += (Fault(path, 0, name, f"mã '{name}' có {count} lần") for name, count in repeated.items())
        for reference in page.references:
            for address in _addresses(reference):
                whys = _check_address(path, reference, address, ids, others, link_hosts, base)
                faults += (Fault(path, reference.line, address, why) for why in whys)
        for style in page.styles:
            hosts = _css_hosts(style)
            faults += (Fault(path, 0, address, f"kiểu dáng tải từ nơi khác: {address}") for address in hosts)
    for path, text in others.items():
        if text is not None:
            hosts = _text_hosts(path, text)
            faults += (Fault(path, 0, address, f"tải từ nơi khác: {address}") for address in hosts)
    return faults


def _check_address(
    path: str,
    reference: Reference,
    address: str,
    ids: Mapping[str, Collection[str]],
    others: Collection[str],
    link_hosts: Collection[str],
    base: str,
) -> Iterator[str]:
    try:
        parts = urlsplit(address)
    except ValueError:
        yield f"địa chỉ hỏng: {address}"
        return
    if parts.scheme or parts.netloc:
        yield from _check_outside(reference, address, link_hosts)
    elif address.startswith("/") and path != "404.html":
        yield f"liên kết tuyệt đối, hỏng khi site nằm trong thư mục con: {address}"
    else:
        inside = address.removeprefix(base) if path == "404.html" else address
        yield from _check_inside(path, inside, ids, others)


def _addresses(reference: Reference) -> list[str]:
    if reference.attribute == "srcset":
        return [part.split()[0] for part in reference.value.split(",") if part.strip()]
    return [reference.value.strip()]


def _check_outside(reference: Reference, address: str, link_hosts: Collection[str]) -> Iterator[str]:
    parts = urlsplit(address)
    if reference.tag == "a" and parts.scheme in ("tel", "mailto"):
        return
    if reference.tag == "link" and reference.rel == "canonical":
        return
    if reference.tag == "img" and parts.scheme == "data":
        return
    host = parts.hostname or ""
    listed = any(host == known or host.endswith(f".{known}") for known in link_hosts)
    if reference.tag != "a":
        yield f"<{reference.tag}> tải từ nơi khác: {address[:200]}"
    elif parts.scheme != "https" or not listed:
        yield f"liên kết ra ngoài danh sách cho phép (link_hosts trong data/site.yml): {address[:200]}"


def _check_inside(
    path: str, address: str, ids: Mapping[str, Collection[str]], others: Collection[str]
) -> Iterator[str]:
    parts = urlsplit(address)
    target = path
    if parts.path:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
        target = "" if target == "." else target
        if target.startswith(".."):
            yield f"liên kết ra khỏi site: {address}"
            return
    elif path == "404.html":
        target = path if parts.fragment else ""
    if target not in ids and target not in others:
        target = posixpath.join(target, "index.html") if target else "index.html"
    if target not in ids and target not in others:
        yield f"không có trang '{address}'"
    elif parts.fragment and target in ids and unquote(parts.fragment) not in ids[target]:
        yield f"không có mục '#{unquote(parts.fragment)}' trong '{target}'"


def _css_hosts(text: str) -> Iterator[str]:
    for match in _CSS_ADDRESS.finditer(text):
        address = (match[1] or match[2]).strip()
        if not address.startswith(("data:", "#")) and (urlsplit(address).scheme or urlsplit(address).netloc):
            yield address[:200]


def _text_hosts(path: str, text: str) -> Iterator[str]:
    if path.endswith(".css"):
        yield from _css_hosts(text)
        return
    for match in _JS_ADDRESS.finditer(text):
        if not match[1].startswith(_NAMESPACES):
            yield match[1][:200]
