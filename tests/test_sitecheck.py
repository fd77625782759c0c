"""The gate: broken links and anchors, repeated ids, and whatever would ask another host."""

import pytest

from generator.write.site.gate import check_site
from generator.write.site.webpage import read_page


def faults(body, others=None, path="a/index.html", hosts=(), base="/"):
    pages = {
        path: read_page(f'<article id="here">{body}</article>'),
        "index.html": read_page('<h1 id="top">Trang đầu</h1>'),
        "b/index.html": read_page('<h1 id="một">B</h1>'),
    }
    return [str(fault) for fault in check_site(pages, {"tai-ve/x.pdf": None, **(others or {})}, hosts, base)]


@pytest.mark.parametrize(
    "body",
    [
        '<a href="../b/">b</a>',
        '<a href="../b/#m%E1%BB%99t">b</a>',
        '<a href="../b/index.html#một">b</a>',
        '<a href="#here">h</a>',
        '<a href="..">home</a>',
        '<a href="../tai-ve/x.pdf">tệp</a>',
        '<a href="tel:113">gọi</a>',
        '<a href="https://vanban.example.vn/1">nguồn</a>',
        '<img src="data:image/png;base64,AA==" alt="">',
        '<link rel="canonical" href="https://site.example/">',
        '<p style="background: url(data:image/png;base64,AA==)">x</p>',
    ],
)
def test_what_is_well_passes(body):
    """Links within the site, files, telephone numbers and listed hosts pass."""
    assert faults(body, hosts=["example.vn"]) == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('<a href="../c/">c</a>', "không có trang '../c/'"),
        ('<a href="../b/#hai">b</a>', "không có mục '#hai'"),
        ('<a href="#nowhere">x</a>', "không có mục '#nowhere'"),
        ('<a href="../../x">x</a>', "ra khỏi site"),
        ('<a href="/b/">b</a>', "liên kết tuyệt đối"),
        ('<a href="javascript:alert(1)">x</a>', "ngoài danh sách"),
        ('<a href="file:///etc/passwd">x</a>', "ngoài danh sách"),
        ('<a href="https://elsewhere.example/">x</a>', "ngoài danh sách"),
        ('<a href="https://evilexample.vn/">x</a>', "ngoài danh sách"),
        ('<a href="http://example.vn/">x</a>', "ngoài danh sách"),
        ('<img src="https://example.vn/a.png" alt="">', "tải từ nơi khác"),
        ('<img srcset="../tai-ve/x.pdf 1x, //cdn.example/a.png 2x" alt="">', "tải từ nơi khác"),
        ('<script src="//cdn.example/x.js"></script>', "tải từ nơi khác"),
        ('<iframe src="https://example.vn/"></iframe>', "tải từ nơi khác"),
        ('<form action="https://example.vn/"></form>', "tải từ nơi khác"),
        ('<style>p { background: url("https://cdn.example/a.png") }</style>', "kiểu dáng tải từ nơi khác"),
        ('<p style="background: url(//cdn.example/a.png)">x</p>', "kiểu dáng tải từ nơi khác"),
        ('<a id="twice"></a><a id="twice"></a>', "'twice' có 2 lần"),
        ('<a href="https://[broken/">x</a>', "địa chỉ hỏng"),
    ],
)
def test_what_is_wrong_is_said(body, said):
    """Each fault is one line with the page and what is wrong."""
    found = faults(body, hosts=["example.vn"])
    assert len(found) == 1 and said in found[0] and found[0].startswith("a/index.html")


@pytest.mark.parametrize(
    ("path", "text", "count"),
    [
        ("x.css", '@import "https://cdn.example/x.css"; p { background: url(assets/a.png) }', 1),
        ("x.css", "p { background: url('data:image/svg+xml;utf8,<svg xmlns=\"http://www.w3.org/2000/svg\"/>') }", 0),
        ("x.js", 'fetch("https://api.example/x") // see https://docs.example', 1),
        ("x.js", 'load("//cdn.example/x.js"); name = "http://www.w3.org/2000/svg"', 1),
        ("x.svg", '<svg xmlns="http://www.w3.org/2000/svg"><image href="https://cdn.example/a.png"/></svg>', 1),
        ("x.svg", '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>', 0),
    ],
)
def test_styles_scripts_and_pictures_ask_nobody(path, text, count):
    """Addresses in CSS, in the strings of scripts and in SVG are found; names of XML and comments are no requests."""
    assert len(faults("", others={path: text})) == count


def test_the_error_page_may_use_the_sites_own_path():
    """404.html is served anywhere, so its links begin at the site's root."""
    assert faults('<a href="/kehoach/b/">b</a> <a href="/kehoach/">đầu</a>', path="404.html", base="/kehoach/") == []
    assert faults('<a href="/kehoach/c/">c</a>', path="404.html", base="/kehoach/") != []
