"""The files of a site → the same site as a zip that works from file://, on any stick. Same files, same bytes.

It unpacks into one folder; beside it stands the one page that a reader has to find.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from urllib.parse import urlsplit

from generator.words.html import rewrite_links

_FIRST_TIME = (1980, 1, 1, 0, 0, 0)
FOLDER = "trang-web"
START = "MỞ TRANG NÀY.html"
_PACKED = (".docx", ".xlsx", ".pdf", ".png", ".gz")  # to deflate them again costs time and gives nothing


def write_zip(paths: Mapping[str, str], read: Callable[[str], bytes]) -> bytes:
    """A zip to unpack anywhere, links to folders made links to files; `read` gives the bytes of a value of `paths`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, START, _START_PAGE.encode())
        for name in sorted(paths):
            content = read(paths[name])
            if name.endswith(".html"):
                content = rewrite_links(content.decode(), link_to_file).encode()
            _add(archive, f"{FOLDER}/{name}", content)
    return buffer.getvalue()


def pack(files: Iterable[tuple[str, str]], read: Callable[[str], bytes]) -> bytes:
    """A zip of files as they are: `files` are their paths and their names in it, `read` gives the bytes of a path."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, name in files:
            _add(archive, name, read(path))
    return buffer.getvalue()


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _FIRST_TIME)
    entry.compress_type = zipfile.ZIP_STORED if name.endswith(_PACKED) else zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)


_START_PAGE = f"""<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="refresh" content="0; url={FOLDER}/index.html">
<title>Mở trang</title>
</head>
<body>
<p><a href="{FOLDER}/index.html">Mở trang</a></p>
<p>Không mở được thì giải nén cả tệp zip trước: trang cần thư mục {FOLDER} ở cạnh tệp này.</p>
</body>
</html>
"""


@lru_cache(maxsize=65536)  # most links stand on every page
def link_to_file(address: str) -> str:
    """A link to a folder of the site as a link to the page in it; any other address as it is."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path:
        return address
    if parts.path.endswith("/") or parts.path.rsplit("/", 1)[-1] in (".", ".."):
        return parts._replace(path=f"{parts.path.rstrip('/')}/index.html").geturl()
    return address
