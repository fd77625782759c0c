"""What is read from a built page: sections without the words that are not its own, and links changed in place."""

from generator.words.html import rewrite_links
from generator.write.site.webpage import read_page

PAGE = """<!doctype html><html><head><title>Trang &amp; tên</title></head><body><nav><h2 id="menu">Menu</h2></nav>
<article><h1 id="top">Kế hoạch</h1><p>Mở đầu</p>
<h2 id="v">V. Phân công <a data-extra href="#v">Liên kết</a></h2>
<h3 id="v-1">1. Sở <b>Tư</b> pháp</h3><p>tuyên truyền<span data-extra> (bản gốc in: <i>truyền</i>)</span>, vận động.</p><p>Câu hai.</p>
<h3 id="v-2" data-extra>Khoản 2</h3><p>Không tiêu đề</p><script>let x = "chữ"</script>
<h2 id="vi">VI</h2></article><footer>Chân trang</footer></body></html>"""


def test_sections_know_the_headings_above():
    """Each section has its own text and the headings over it, outermost first."""
    sections = read_page(PAGE).sections
    assert [(s.anchor, s.above, s.heading, s.text) for s in sections] == [
        ("top", (), "Kế hoạch", "Mở đầu"),
        ("v", ("Kế hoạch",), "V. Phân công Liên kết", ""),
        ("v-1", ("Kế hoạch", "V. Phân công Liên kết"), "1. Sở Tư pháp", "tuyên truyền, vận động. Câu hai."),
        ("v-2", ("Kế hoạch", "V. Phân công Liên kết"), "Khoản 2", "Không tiêu đề"),
        ("vi", ("Kế hoạch",), "VI", ""),
    ]


def test_title_ids_and_references():
    """The title is read with its characters, and every address with its line."""
    page = read_page(PAGE)
    assert page.title == "Trang & tên"
    assert page.ids == ("menu", "top", "v", "v-1", "v-2", "vi")
    assert [(r.tag, r.attribute, r.value, r.line) for r in page.references] == [("a", "href", "#v", 3)]


def test_links_change_in_tags_only():
    """Only the href attribute of a tag changes; the same letters in a text or another attribute stay."""
    html = """<p title='href="a/"'>href="a/" <a class=x href="a/">a</a> <a href='a/'>b</a>\n<a href=a/>c</a><a href="z">d</a></p>"""
    changed = rewrite_links(html, lambda href: "b/?q=1&r=2" if href == "a/" else href)
    new = 'href="b/?q=1&amp;r=2"'
    assert (
        changed
        == f"""<p title='href="a/"'>href="a/" <a class=x {new}>a</a> <a {new}>b</a>\n<a {new}>c</a><a href="z">d</a></p>"""
    )
