"""Before and after a site has an address: who may find it, what servers say of it, what unpacks from the zip."""

import base64
import contextlib
import gzip
import hashlib
import json
import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
import zipfile
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
import yaml
from browser import ROOT, opened, search
from lxml import etree, html
from memory import PUBLIC, real, real_project

from generator.make.artefacts import list_artefacts
from generator.make.site import markdown_of, site_policy, theme_of
from generator.model.topics import ReviewState
from generator.program import TEMPLATES
from generator.project import Readers
from generator.views.labels import mark_of
from generator.write.site.crawlers import write_robots, write_sitemap
from generator.write.site.policy import FRAMES
from generator.write.site.theme import WHOLE, render_pages
from generator.write.templates import Renderer

ADDRESS = "https://ke-hoach.daklak.gov.vn/an-ninh/"
SITE_YML = ("site.yml", "https://ke-hoach.example/", ADDRESS)


PAGES = ("", "ke-hoach/", "tuyen-truyen/gia-danh-cong-an/")


def told(folder, readers=PUBLIC, approve=False, address=True):
    """What search engines and servers are told, and three pages, of the real project, by path in the site."""
    project = real_project(data=[SITE_YML] if address else [], readers=readers)
    if approve:
        awareness = project.found.awareness
        reviews = {**awareness.reviews, "gia-danh-cong-an": ReviewState(approved=True)}
        project = replace(project, found=replace(project.found, awareness=replace(awareness, reviews=reviews)))
    rows = {row.path.removeprefix("site/"): row for row in list_artefacts(project) if row.part == "site"}
    every = {path: markdown_of(row.path) for path, row in rows.items() if row.press == "page"}
    renderer = Renderer(TEMPLATES, mark_of(readers.audience))
    pages = {
        every[f"{page}index.html"]: renderer.render(
            rows[f"{page}index.html"].form.template, **rows[f"{page}index.html"].view()
        )
        for page in PAGES
    }
    made = render_pages(theme_of(project, list(every.values())), pages, list(every.values()), WHOLE, folder)
    files = {name: rows[name].view() for name in ("robots.txt", "sitemap.xml", "_headers", ".htaccess") if name in rows}
    return {path: content.decode() for path, content in (made | files).items()}


@pytest.fixture(scope="module")
def addressed(tmp_path_factory):
    """With an address, and one topic approved."""
    return told(tmp_path_factory.mktemp("addressed"), approve=True)


def head(page):
    """A page's head."""
    return html.fromstring(page).find("head")


def is_hidden(page):
    """True if search engines are told to leave a page alone."""
    return [meta.get("content") for meta in head(page).findall("meta[@name='robots']")] == ["noindex"]


def test_with_an_address_pages_say_where_they_stand(addressed):
    """Canonical address, title and description for who shares them; the feed; a topic's card."""
    for path in ("", "ke-hoach/", "tuyen-truyen/gia-danh-cong-an/"):
        page = addressed[f"{path}index.html"]
        said = {meta.get("property"): meta.get("content") for meta in head(page).findall("meta[@property]")}
        assert head(page).find("link[@rel='canonical']").get("href") == said["og:url"] == ADDRESS + path
        assert said["og:title"] and said["og:description"] and not is_hidden(page)
    front = next(topic.topic for topic in real().topics if topic.id == "gia-danh-cong-an")
    assert (said["og:title"], said["og:description"], said["og:image:alt"]) == (
        front.title,
        front.message,
        front.picture_alt,
    )
    assert said["og:image"] == f"{ADDRESS}tai-ve/tuyen-truyen/gia-danh-cong-an/the-chia-se.png"


def test_the_plan_says_what_it_is(addressed):
    """For machines: a legal text, of whom, for which years (schema.org); what is unknown is left out."""
    (data,) = html.fromstring(addressed["ke-hoach/index.html"]).xpath("//script[@type='application/ld+json']/text()")
    said = yaml.safe_load(data)
    assert said["@type"] == "Legislation" and said["temporalCoverage"] == "2017/2020"
    assert (
        said["legislationPassedBy"]["name"] == "Ủy ban nhân dân tỉnh Đắk Lắk" and said["url"] == f"{ADDRESS}ke-hoach/"
    )
    assert "legislationIdentifier" not in said


def test_the_sitemap_has_every_page_but_drafts(addressed):
    """The approved topic is there, the nine drafts are not; every address is below the site's."""
    found = [place.text for place in etree.fromstring(addressed["sitemap.xml"].encode()).iter("{*}loc")]
    topics = [place for place in found if re.search(r"/tuyen-truyen/[a-z-]+/$", place)]
    assert topics == [f"{ADDRESS}tuyen-truyen/gia-danh-cong-an/"]
    assert {ADDRESS, f"{ADDRESS}ke-hoach/", f"{ADDRESS}co-quan/so-tu-phap/"} <= set(found) and len(found) > 50
    assert addressed["robots.txt"].splitlines()[-1] == f"Sitemap: {ADDRESS}sitemap.xml"


def test_a_draft_is_not_to_be_found(tmp_path):
    """A topic that nobody approved says noindex, also with an address."""
    pages = told(tmp_path)
    assert is_hidden(pages["tuyen-truyen/gia-danh-cong-an/index.html"]) and not is_hidden(pages["ke-hoach/index.html"])


@pytest.mark.parametrize("how", ["placeholder", "internal"])
def test_without_an_address_or_inside_nothing_is_to_be_found(how, tmp_path):
    """noindex on every page, no canonical address, no sitemap."""
    pages = told(
        tmp_path, address=how == "internal", readers=Readers(audience="internal" if how == "internal" else "public")
    )
    assert all(is_hidden(page) for path, page in pages.items() if path.endswith(".html"))
    assert "sitemap.xml" not in pages and "Sitemap" not in pages["robots.txt"]
    if how == "placeholder":
        assert head(pages["ke-hoach/index.html"]).find("link[@rel='canonical']") is None
        assert "ke-hoach.example" not in "".join(pages.values())


def test_addresses_in_a_sitemap_are_escaped():
    """What XML or a URL could misread is written out."""
    made_ = write_sitemap("https://a.vn/", ["b/?x=1&y", "đ/"], "2026-11-25").decode()
    assert "https://a.vn/b/%3Fx%3D1%26y" in made_ and "https://a.vn/%C4%91/" in made_
    assert write_robots("") == b"User-agent: *\nAllow: /\n"


def test_the_error_page_has_its_own_title_and_finds(browser, real_build):
    """Title, issuer and search on the page for addresses that lead nowhere, at any depth."""
    with _nginx(real_build / "site") as site, opened(browser, f"{site}khong/co/trang-nay/") as page:
        assert page.title().startswith("Không có trang này") and "Đắk Lắk" in page.inner_text(".brand")
        page.locator("main [data-open-search]").click()
        assert search(page, "ma túy")[1]


# What the servers say


def test_every_server_says_the_same_policy(addressed, root):
    """The pages' own policy, and that no page stands in a frame, in the files for nginx, Apache and `_headers`."""
    policy = f"{site_policy()}; {FRAMES}"
    for text in (addressed["_headers"], addressed[".htaccess"], (root / "deploy" / "nginx.conf").read_text()):
        assert policy in text
    for path, page in addressed.items():
        if path.endswith(".html"):
            assert head(page).find("meta[@http-equiv='Content-Security-Policy']").get("content") == site_policy()
    assert "ErrorDocument 404 /an-ninh/404.html" in addressed[".htaccess"]


def test_the_policy_stops_a_script_that_was_put_in(browser, real_build, tmp_path):
    """A script inside a page that is not the theme's own does not run, though all of the page's own does."""
    page = (real_build / "site" / "404.html").read_text(encoding="utf-8")
    (tmp_path / "index.html").write_text(page.replace("</body>", "<script>document.title = 'x'</script></body>"))
    with opened(browser, (tmp_path / "index.html").as_uri(), bypass_csp=False) as shown:
        assert (
            shown.title().startswith("Không có trang này")
            and shown.evaluate("document.documentElement.className") == "js"
        )


@contextlib.contextmanager
def _nginx(folder):
    """Debian's nginx with the file that is offered for it, on a free port, while the block lasts."""
    root = folder.parent / "nginx"
    root.mkdir(exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    text = text.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("    listen [::]:80;\n", "")
    text = text.replace("/srv/ke-hoach/site", str(folder))
    own = f"pid {root}/pid;\nerror_log {root}/error.log;\nevents {{}}\nhttp {{\naccess_log off;\n"
    paths = "".join(
        f"{kind}_temp_path {root}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (root / "nginx.conf").write_text(f"daemon off;\nuser root;\n{own}{paths}{text}}}\n", encoding="utf-8")
    server = subprocess.Popen(["nginx", "-e", f"{root}/error.log", "-c", f"{root}/nginx.conf"], stderr=subprocess.PIPE)
    try:
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.1):
                break
            assert server.poll() is None, server.stderr.read().decode()
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait()


def _ask(address, **headers):
    request = urllib.request.Request(address, headers=headers)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, dict(answer.headers), answer.url
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.url


def test_debians_nginx_serves_the_site(browser, real_build, program):
    """With the file that is offered: headers, redirects, errors, caching, compression, kinds; and Chromium finds no fault."""
    program("nginx")
    with _nginx(real_build / "site") as site:
        status, headers, _ = _ask(f"{site}ke-hoach/", **{"Accept-Encoding": "gzip"})
        assert status == 200 and headers["Content-Type"] == "text/html; charset=utf-8"
        assert headers["Content-Encoding"] == "gzip" and headers["Cache-Control"] == "no-cache" and headers["ETag"]
        assert FRAMES in headers["Content-Security-Policy"] and headers["X-Content-Type-Options"] == "nosniff"
        assert _ask(f"{site}ke-hoach/", **{"If-None-Match": headers["ETag"], "Accept-Encoding": "gzip"})[0] == 304
        assert _ask(f"{site}assets/site.css")[1]["Cache-Control"] == "max-age=3600"
        assert _ask(f"{site}ke-hoach")[2] == f"{site}ke-hoach/"
        assert [_ask(f"{site}{gone}")[0] for gone in ("khong-co/", ".htaccess", "_headers", "tai-ve/")] == [404] * 4
        kinds = {name: _ask(f"{site}tai-ve/{name}")[1]["Content-Type"] for name in ("ke-hoach.docx", "ke-hoach.pdf")}
        assert kinds["ke-hoach.pdf"] == "application/pdf" and kinds["ke-hoach.docx"].endswith(
            "wordprocessingml.document"
        )
        with opened(browser, site, 390, bypass_csp=False) as page:
            said = []
            page.on("console", lambda message: said.append(message.text))
            for path in (
                "",
                "phan-cong/",
                "co-quan-toi/",
                "tuyen-truyen/ma-tuy/",
                "tim-kiem/?q=ma+t%C3%BAy",
                "du-lieu-mo/",
            ):
                page.goto(site + path)
                page.wait_for_load_state("networkidle")
            assert page.locator("article").count() == 1
            assert (said, page.faults) == ([], []) and all(urlsplit(a).hostname == "127.0.0.1" for a in page.asked)


@pytest.mark.parametrize("name", ["gitlab-ci.yml", "github-pages.yml"])
def test_the_files_for_pages_can_be_read(root, name):
    """They are YAML, build with the README's command and publish build/site."""
    text = (root / "deploy" / name).read_text(encoding="utf-8")
    assert yaml.safe_load(text) and "make build" in text and "build/site" in text


# What unpacks from the zip


def test_the_zip_unpacks_into_one_folder_with_one_page_to_open(browser, real_build, tmp_path):
    """Beside the folder stands the page to open, and it leads to the first page; what is for servers is not in it."""
    with zipfile.ZipFile(real_build / "site.zip") as archive:
        names = archive.namelist()
        archive.extractall(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["MỞ TRANG NÀY.html", "trang-web"]
    assert not [name for name in names if name.endswith((".htaccess", "_headers", "robots.txt", "404.html"))]
    with opened(browser, (tmp_path / "MỞ TRANG NÀY.html").as_uri(), 390) as page:
        page.wait_for_url("**/trang-web/index.html")
        assert page.locator(".doors a").count() >= 10 and page.faults == []


def test_a_copied_link_leads_where_one_is(browser, real_build):
    """While the site has no address, the address to share is the one in the browser."""
    with _nginx(real_build / "site") as site, opened(browser, f"{site}tuyen-truyen/ma-tuy/", 390) as page:
        page.evaluate("navigator.clipboard.writeText = text => { document.title = text; return Promise.resolve(); }")
        page.locator("[data-share-copy-link]").click()
        page.wait_for_function("document.title.includes('tuyen-truyen')")
        assert page.title() == f"{site}tuyen-truyen/ma-tuy/"


def test_the_scheme_script_is_the_one_the_policy_knows(real_build):
    """Every page's inline script has the digest in its policy; pages hold no other script, style or handler."""
    for file in (real_build / "site").rglob("*.html"):
        page = html.fromstring(file.read_text(encoding="utf-8"))
        inline = [s.text for s in page.iter("script") if not s.get("src") and s.get("type") != "application/ld+json"]
        assert len(inline) == 1, file
        assert not page.xpath("//style | //@style | //@*[starts-with(name(), 'on')]"), file
    digest = base64.b64encode(hashlib.sha256(inline[0].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in site_policy()


# What every page is


def faults_by_validator(folder, java, root):
    """What the Nu HTML checker calls an error in the pages below a folder."""
    jar = root / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = [java, "-jar", str(jar), "--skip-non-html", "--errors-only", "--format", "json", str(folder)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    found = json.loads(run.stderr)["messages"]
    return [f"{message.get('url', '')}: {message['message']}"[-300:] for message in found]


def test_every_page_is_valid_html(real_build, small_build, root, program, tmp_path):
    """No error by the Nu HTML checker on any page of two plans' sites; a page with one has it found."""
    java = program("java")
    assert faults_by_validator(real_build / "site", java, root) == []
    assert faults_by_validator(small_build / "site", java, root) == []
    page = (real_build / "site" / "404.html").read_text(encoding="utf-8")
    (tmp_path / "404.html").write_text(page.replace("<h1", '<h1 id="menu"', 1), encoding="utf-8")
    assert len(faults_by_validator(tmp_path, java, root)) == 2


def test_the_first_page_is_light(browser, real_build):
    """At most 20 KB gzipped in 5 requests, all that a browser asks for on the first visit."""
    with _nginx(real_build / "site") as site, opened(browser, site, 390) as page:
        page.wait_for_load_state("networkidle")
        paths = [urlsplit(address).path.strip("/") or "index.html" for address in page.asked]
        size = sum(len(gzip.compress((real_build / "site" / path).read_bytes(), 6)) for path in paths)
        print(f"first page: {size / 1024:.1f} KB, {len(paths)} requests: {paths}")
        assert size <= 20 * 1024 and len(paths) <= 5
