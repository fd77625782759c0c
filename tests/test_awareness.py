"""Topics: what is wrong is named with its line; approvals hold as long as what they rest on; nothing without a source."""

import datetime as dt
import io
import re
import shutil

import pdfplumber
import pytest
from browser import opened, served
from memory import PUBLIC, made, real_project
from topics import CONTENT, DATA, DRAWINGS, IDS, ROOT, TOPIC, findings, load_topics

from generator.cli.authoring import AuthoringError, draw_up_approval, new_topic, replace_file
from generator.cli.main import main
from generator.diagnostics import DataError, format_diagnostic
from generator.make.artefacts import list_artefacts
from generator.make.check import check_prints
from generator.make.topics import view_topics
from generator.program import TEMPLATES
from generator.project import Project, Readers
from generator.rules.public import public_plan
from generator.rules.seals import seal_topic
from generator.views.topic import DRAFT, Address, view_topic
from generator.write.templates import Renderer

APPROVAL = '  status: approved\n  by: "Ban Tuyên giáo (thử)"\n  on: 2026-12-01'
PLACE = Address("https://vi-du.example/")
WORDS = " ".join(["từ"] * 600)
LONG_MESSAGE = "Công an không gọi điện đòi tiền. " * 6


def errors(**changes):
    """`code@line:column: message` of each error of loading."""
    with pytest.raises(DataError) as caught:
        load_topics(**changes)
    return [f"{d.code}@{d.span.line}:{d.span.column}" for d in caught.value.diagnostics]


BAD = {
    "a script in the article": ([("## Chuyện thật", "<script>alert(1)</script>\n\n## Chuyện thật")], "raw-html@71:1"),
    "HTML inside a line": ([("Bà hoang mang, liền", "Bà <b onclick=x>hoang</b> mang, liền")], "raw-html@75:1"),
    "a hidden sign by its number": ([("Bà hoang mang, liền", "Bà &#x202e;hoang mang, liền")], "control-character@75:1"),
    "a link of another scheme": ([("Bà hoang mang, liền", "Bà [hoang](javascript:x) mang, liền")], "bad-link@75:1"),
    "an image in the article": ([("Bà hoang mang, liền", "![x](anh/x.png) mang.")], "bad-image@75:1"),
    "a heading of another level": ([("## Chuyện thật", "# Chuyện thật")], "bad-heading@71:1"),
    "an unknown clause": ([("  - iv-2-1", "  - iv-2-99")], "unknown-provision@14:5"),
    "an unknown instrument": ([("  - blhs-174", "  - blhs-999")], "unknown-instrument@16:5"),
    "an unknown channel": ([("  - so-156", "  - so-157")], "unknown-channel@38:5"),
    "an unknown reader": ([("  - thanh-nien", "  - thanh-nein")], "unknown-audience@10:5"),
    "an unknown picture": ([("picture: gia-danh-cong-an.svg", "picture: khong-co.svg")], "unknown-picture@40:10"),
    "a picture elsewhere": ([("picture: gia-danh-cong-an.svg", "picture: ../../x.svg")], "bad-value@40:10"),
    "a message that is too long": ([("Công an không gọi điện đòi chuyển tiền hay mã OTP:", LONG_MESSAGE)], "too-long@3:10"),
    "a share text that is too long": ([("share: \"", "share: \"" + "dài " * 30)], "too-long@42:8"),
    "four short signs": ([('    - "Bắt giữ bí mật"\n', '    - "Bắt giữ bí mật"\n' * 3)], "too-many@60:5"),
    "a call that is too long": ([("call: \"", "call: \"Bà con hãy nhớ ")], "too-long@58:9"),
    "an unknown colour": ([("colour: do", "colour: khac")], "not-allowed@56:9"),
    "an approval by nobody": ([("  status: draft", "  status: approved\n  on: 2026-12-01")], "unsigned-approval@68:3"),
    "an approval on no day": ([("  status: draft", '  status: approved\n  by: "A"\n  on: "hôm qua"')], "quoted-value@70:7"),
    "seals by hand": ([("  status: draft", APPROVAL + "\n  seals: {text: đã duyệt}")], "bad-value@71:17"),
    "an unknown field": ([("signs:", "dau_hieu:")], "unknown-field@17:1"),
    "a missing field": ([("message:", "# message:")], "missing-field@2:1"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_bad_topic_is_named_with_its_place(case):
    """Each fault gives its code, line and column."""
    changes, expected = BAD[case]
    assert expected in errors(topic=changes)


def test_a_message_says_by_how_much():
    """The limit and the share over it."""
    with pytest.raises(DataError) as caught:
        load_topics(topic=[BAD["a message that is too long"][0][0]])
    assert re.search(r"dài \d+ ký tự, quá 140 ký tự \(\d+ %\)", str(caught.value))


def test_a_nearest_id_is_offered():
    """As for the plan's data."""
    with pytest.raises(DataError) as caught:
        load_topics(topic=[("  - so-156", "  - so-157")])
    assert format_diagnostic(caught.value.diagnostics[0]) == (
        f"content/{TOPIC}:38:5: lỗi[unknown-channel]: không có nơi báo tin 'so-157'\n  gợi ý: có phải 'so-156'?"
    )


def test_a_topic_without_front_matter():
    """The fields are missing, not guessed."""
    assert errors(files={TOPIC: "## Bài\n\nChữ.\n"}) == ["missing-front-matter@1:1"]


def test_a_telephone_number_is_a_number():
    """A tel: link must dial."""
    assert errors(data=[("channels.yml", 'value: "113"', 'value: "một một ba"')]) == ["bad-phone@6:5"]


RULES = {
    "an article that nobody declared": ([("Điều 174 Bộ luật", "Điều 175 Bộ luật")], "uncited-article@70"),
    "a penalty": ([("Bà hoang mang, liền", "Tội này bị phạt 10 năm tù.")], "penalty@70"),
    "a long article": ([("Bà hoang mang, liền", WORDS)], "article-too-long@70"),
    "a long script": ([("  - \"Bà con đừng sợ.\"", "".join(f'  - "Câu {WORDS[:60]}."\n' for _ in range(8)).rstrip())], "script-too-long@44"),
    "a word of a list that two readers say": ([("  - \"Không chuyển tiền.\"", "  - \"Không chuyển 3.5 tiền.\"")], "unspoken@28"),
    "a word nobody can say": ([("  - \"Bà con đừng sợ.\"", "  - \"Bà con gọi TTBATL.\"")], "unspoken@47"),
    "a draft's share text": ([("share: \"", "share: \"" + "x" * 80)], "share-too-long@42"),
    "an approval without seals": ([("  status: draft", APPROVAL)], "unsealed-review@68"),
}  # fmt: skip


RULES |= {
    "a line that speaks of a plan that is over": ([("Kể cho con cháu,", "Theo Kế hoạch, kể cho")], "rests-on-ended-plan@24"),
    "nothing but a plan that is over": ([("instruments:\n  - blhs-174", "instruments: []")], "rests-on-ended-plan@15"),
    "a tick before what must not be done": ([("Kể cho con cháu", "Đừng nói với ai")], "tick-beside-dont@24"),
    "a tick on the poster": ([('    - "Tắt máy ngay"', '    - "Không chuyển tiền"')], "tick-beside-dont@58"),
}  # fmt: skip


@pytest.mark.parametrize("case", RULES)
def test_a_rule_finds_its_fault(case):
    """Sources, the law, lengths, speech and reviews: the finding with its line."""
    changes, expected = RULES[case]
    assert expected in findings(topic=changes)


def test_an_instrument_that_was_replaced_is_found():
    """A topic that rests on a part of it is told by what it was replaced, from what day; one that is in force is not named."""
    old = "  - id: luat-53-2024\n"
    new = '    number: "100/2015/QH13"\n'
    assert old in DATA["instruments.yml"]
    data = [("instruments.yml", new, f"{new}    replaced_by: luat-53-2024\n    replaced_on: 2025-07-01\n")]
    assert "replaced-instrument@16" in findings(data=data)


def test_a_source_is_needed():
    """An instrument without a source cannot carry a topic."""
    start = DATA["instruments.yml"].index("- id: blhs-174")
    source = re.search(r"    source: .*\n", DATA["instruments.yml"][start:])[0]
    whole = DATA["instruments.yml"][start:].split("- id:")[1]
    without = [("instruments.yml", f"- id:{whole}", f"- id:{whole.replace(source, '', 1)}")]
    assert "missing-source@16" in findings(data=without)


def test_the_topics_are_clean():
    """Every rule is content with what is written; every topic is a draft."""
    plan, found = load_topics()
    assert len(IDS) >= 10
    assert findings() == []
    assert all(not state.approved for state in found.awareness.reviews.values())
    assert plan.head.id


@pytest.mark.parametrize("topic", IDS)
def test_every_legal_fact_has_a_source(topic):
    """What a topic says of the law traces to instruments.yml, with article, name and where it was read."""
    plan, found = load_topics()
    item = next(t for t in found.awareness.topics if t.id == topic)
    view = view_topic(item, plan, found.awareness, PLACE)
    listed = {law.id: group for group in view.laws for law in group.laws}
    assert set(listed) == set(item.topic.instruments)
    for identity, group in listed.items():
        assert plan.instrument[identity].source in [read.source for read in group.sources]
        if plan.instrument[identity].kind == "article":
            assert re.search("Bộ luật|Luật|Nghị định", group.within)


def test_a_law_is_listed_once():
    """However many days its articles were read on: one heading in the list, and a source with its articles for each day."""
    plan, found = load_topics()
    views = [view_topic(t, plan, found.awareness, PLACE) for t in found.awareness.topics]
    for view in views:
        assert len({group.within for group in view.laws if group.laws[0].article}) == len(
            [group for group in view.laws if group.laws[0].article]
        )
    (code, *_) = next(view for view in views if view.id == "ma-tuy").laws
    assert len(code.laws) == 10 and len(code.sources) > 1
    assert all(re.fullmatch(r"Điều [\da, ]+ Bộ luật Hình sự", read.name) for read in code.sources)


@pytest.mark.parametrize("topic", IDS)
def test_a_script_is_read_in_one_to_two_minutes(topic):
    """Greeting, the message twice, closing; all in words."""
    plan, found = load_topics()
    item = next(t for t in found.awareness.topics if t.id == topic)
    script = view_topic(item, plan, found.awareness, PLACE).script
    assert 60 <= script.seconds <= 120
    assert script.sentences.count(script.message) == 2
    assert script.sentences[0].startswith("Kính thưa")
    assert (
        "113" not in found.awareness.speech.closing or item.topic.closing or script.sentences[-1] == "Số một, một, ba."
    )
    assert not re.search(r"\d", " ".join(script.sentences))


def test_only_numbers_that_are_said_are_to_be_confirmed():
    """The list before the script has what is read aloud, not what stands on paper only."""
    plan, found = load_topics()
    views = {t.id: view_topic(t, plan, found.awareness, PLACE) for t in found.awareness.topics}
    assert views["gia-danh-cong-an"].script.unconfirmed == ("113", "156")
    assert views["gia-danh-cong-an"].unconfirmed == ("113", "156")
    assert views["to-giac-toi-pham"].script.unconfirmed == ("113",)


# Approval -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def office(tmp_path):
    """A copy of the real data and content in which one topic is approved as the command does it."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copytree(ROOT / "content", tmp_path / "content")
    plan, found = load_topics()
    topic = next(t for t in found.awareness.topics if t.id == "gia-danh-cong-an")
    approve(
        tmp_path / "content" / TOPIC,
        'Sở "Thử" — bà B',
        dt.date(2026, 12, 1),
        seal_topic(topic, plan, found.awareness, DRAWINGS),
    )
    return tmp_path


def approve(path, by, on, seals):
    replace_file(path, draw_up_approval(path, by, on, seals))


def state(office, internal=True):
    project = opened_office(office, Readers("internal" if internal else "public"))
    view = next(v for v in view_topics(project).topics if v.id == "gia-danh-cong-an")
    return view.review, [d.message for d in project.warnings]


def opened_office(office, readers=PUBLIC):
    return Project.open(office / "data", office / "content", readers)


def replace(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


def test_an_approval_changes_nothing_but_the_review(office):
    """Every other byte of the file stays, and the file is read again as approved."""
    before, after = CONTENT[TOPIC], (office / "content" / TOPIC).read_text(encoding="utf-8")
    head, tail = before.split("review:\n  status: draft\n")
    assert after.startswith(head) and after.endswith(tail)
    review, warnings = state(office)
    assert (review.approved, review.banner, review.changes, warnings) == (True, "", (), [])
    assert review.line == 'Sở "Thử" — bà B duyệt ngày 01/12/2026'


def test_windows_line_ends_stay(tmp_path):
    """A file from Notepad keeps CRLF and its byte order mark, in the new lines too."""
    path = tmp_path / "a.md"
    path.write_bytes(b"\xef\xbb\xbf" + CONTENT[TOPIC].replace("\n", "\r\n").encode())
    plan, found = load_topics()
    approve(path, "A", dt.date(2026, 12, 1), seal_topic(found.awareness.topics[0], plan, found.awareness, DRAWINGS))
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf---\r\n") and raw.count(b"\n") == raw.count(b"\r\n")


@pytest.mark.parametrize("review", [
    'review:  # chờ duyệt\n  status: draft  # bản đầu\n"share": "Gửi bà con."\n',
    '"review":\n  status: draft\n# ghi chú ở cột đầu\nshare: "Gửi bà con."\n',
    'review: {status: draft}\nshare: "Gửi bà con."\n',
])  # fmt: skip
def test_an_approval_loses_no_field_and_no_comment(tmp_path, review):
    """A quoted key, a comment at the margin, a review on one line: what stands after it is still there, or it is refused."""
    text = re.sub(r'share: "[^\n]*\n', "", CONTENT[TOPIC]).replace("review:\n  status: draft\n", review)
    path = tmp_path / "gia-danh-cong-an.md"
    path.write_text(text, encoding="utf-8")
    plan, found = load_topics()
    approve(path, "A", dt.date(2026, 1, 2), seal_topic(found.awareness.topics[0], plan, found.awareness, DRAWINGS))
    written = path.read_text(encoding="utf-8")
    assert "Gửi bà con." in written and "status: approved" in written.replace('"', "")
    assert [line for line in text.split("\n") if "#" in line and "status" not in line and "review" not in line] == [
        line for line in written.split("\n") if "#" in line and "status" not in line and "review" not in line
    ]


@pytest.mark.parametrize("by, on, message", [
    ("Sở 🏢", "2026-01-02", "phông in không có chữ 🏢"), ("Sở A", "2999-12-31", "chưa tới"), ("Sở A", "0001-01-01", "có trước Kế hoạch"),
])  # fmt: skip
def test_an_approval_that_nobody_can_have_given_is_refused(capsys, by, on, message):
    """Nothing is written that check would refuse then."""
    before = (ROOT / "content" / TOPIC).read_bytes()
    code, out, err = run(capsys, "approve", "gia-danh-cong-an", "--by", by, "--on", on)
    assert (code, out) == (2, "") and message in err
    assert (ROOT / "content" / TOPIC).read_bytes() == before


@pytest.mark.parametrize("file, old, new, why", [
    ("content/tuyen-truyen/hinh/gia-danh-cong-an.yml", "x: 4, y: 14", "x: 5, y: 14", "Hình 'gia-danh-cong-an.svg' đã đổi nét vẽ"),
    ("data/speech.yml", "greeting: \"", "greeting: \"Alô. ", "Lời của loa 'speech.yml' đã đổi lời chào"),
])  # fmt: skip
def test_what_is_printed_or_said_otherwise_is_not_approved(office, file, old, new, why):
    """The drawing and the loudspeaker's greeting are part of what was approved."""
    replace(office / file, old, new)
    review, warnings = state(office)
    assert (review.approved, review.banner) == (False, DRAFT)
    assert any(why in message for message in warnings)


def test_an_approval_without_seals_is_a_draft(office):
    """Nobody knows what was approved."""
    path = office / "content" / TOPIC
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"\n  seals:.*?(?=\n---)", "", text, flags=re.S), encoding="utf-8")
    review, warnings = state(office)
    assert not review.approved and any("chưa có dấu kiểm" in message for message in warnings)


CHANGES = [
    ("data/sections/04-iv.yml", "giả danh Cơ quan Công an", "mạo danh Cơ quan Công an", "'iv-1-1' đã đổi lời văn"),
    ("data/instruments.yml", "number: \"100/2015/QH13\"", "number: \"101/2015/QH13\"", "'blhs-174' đã đổi văn bản chứa nó"),
    ("data/channels.yml", 'value: "156"', 'value: "157"', "'so-156' đã đổi số, địa chỉ"),
]  # fmt: skip


@pytest.mark.parametrize("file, old, new, why", CHANGES)
def test_a_change_below_an_approval_makes_it_stale(office, file, old, new, why):
    """Officers are told what changed and how; the public only that something did."""
    replace(office / file, old, new)
    review, warnings = state(office)
    assert review.approved
    assert any(why in message and message.startswith("cần xem lại") for message in warnings)
    assert len(review.changes) == 1
    public, _ = state(office, internal=False)
    assert public.changes == () and "đã thay đổi sau ngày duyệt (01/12/2026)" in public.stale_note


def test_words_changed_after_the_approval_are_not_approved(office):
    """The approval was of other words: the draft's line is back."""
    replace(office / "content" / TOPIC, "Bà hoang mang", "Bà rất hoang mang")
    review, warnings = state(office)
    assert (review.approved, review.banner) == (False, DRAFT)
    assert any("Bài viết 'gia-danh-cong-an' đã sửa phần bài" in message for message in warnings)


def test_an_internal_topic_says_so_on_every_form(office):
    """The strip that drafts have tells first for whom it is; only the draft's is called a draft."""
    replace(office / "content" / TOPIC, "audiences:", "audience: internal\naudiences:")
    review, _ = state(office)
    assert (review.approved, review.banner) == (False, "Bản nội bộ, không phổ biến; bản soạn thảo chưa duyệt")


def test_only_what_is_approved(office):
    """`approved_only` leaves every draft out."""
    awareness = view_topics(opened_office(office, Readers(approved_only=True)))
    assert [topic.id for topic in awareness.topics] == ["gia-danh-cong-an"]
    assert {a.id for a in awareness.audiences if a.topics} == {"nguoi-cao-tuoi", "nong-dan", "thanh-nien", "bien-gioi"}


def test_drafts_are_marked_one_by_one_only_among_others(office):
    """Where all topics are drafts the page says so once; where one is approved, the others are marked."""
    renderer = Renderer(TEMPLATES, "")
    shown = []
    for project in (real_project(), opened_office(office, PUBLIC)):
        rows = [row for row in list_artefacts(project) if row.path == "site/tuyen-truyen/index.html"]
        shown.append(renderer.render(rows[0].form.template, **rows[0].view()).count('<span class="tag">'))
    assert shown == [0, len(IDS) - 1]


def test_an_internal_topic_is_not_public(office):
    """Nor counted among its readers' topics."""
    replace(office / "content" / TOPIC, "audiences:", "audience: internal\naudiences:")
    public, internal = (view_topics(opened_office(office, Readers(audience))) for audience in ("public", "internal"))
    assert len(internal.topics) == len(public.topics) + 1
    assert all(topic.id != "gia-danh-cong-an" for a in public.audiences for topic in a.topics)


def test_an_internal_clause_is_not_named_in_public():
    """A topic that rests on internal text is public without it; its approval rests on the whole."""
    hidden = [("sections/04-iv.yml", "  - id: iv-1\n", "  - id: iv-1\n    audience: internal\n")]
    plan, found = load_topics(data=hidden)
    topic = next(t for t in found.awareness.topics if t.id == "gia-danh-cong-an")
    public = view_topic(topic, public_plan(plan), found.awareness, PLACE)
    whole = view_topic(topic, plan, found.awareness, PLACE, internal=True)
    assert [c.citation.short for c in whole.clauses] == ["IV.1, gạch 1", "IV.2, gạch 1"]
    assert [c.citation.short for c in public.clauses] == ["IV.2, gạch 1"]
    assert seal_topic(topic, plan, found.awareness, DRAWINGS).clauses.keys() == {"iv-1-1", "iv-2-1"}


# Hostile text -------------------------------------------------------------------------------------------------------

HOSTILE = {
    'title: "Giả danh công an đòi chuyển tiền"': "title: '{{7*7}} \"> <script> alert(1) </script>'",
    '  - "Dọa dính vụ án, gửi “lệnh bắt” qua Zalo, Facebook."': "  - '</textarea><script>alert(2)</script> [x](javascript:alert(3)) ![](x)'",
    '  - "Tắt máy, giữ bình tĩnh."': "  - '#read(\"/etc/passwd\") $x$ *y* _z_ @a {: #nen-lam onclick=alert(4)}'",
    'share: "': 'share: "</textarea><script>alert(5)</script> ',
    'picture_alt: "': "picture_alt: \"' onerror=alert(6) ",
}


def test_hostile_text_stays_text(browser, tmp_path):
    """On the page and on paper it is read as it was written, and nothing of it runs."""
    project = real_project(topic=HOSTILE.items())
    outputs = made(project, lambda row: row.part == "site" or row.path.endswith("/gia-danh-cong-an/to-roi.pdf"))
    for path, content in outputs.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    topic = next(t for t in project.topics if t.id == "gia-danh-cong-an").topic
    with served(tmp_path / "site") as site, opened(browser, f"{site}tuyen-truyen/gia-danh-cong-an/") as page:
        assert page.faults == []
        assert page.locator("h1").inner_text() == topic.title
        assert page.title().startswith(topic.title)
        assert [page.locator(".warn li").nth(1).inner_text(), page.locator(".tick li").first.inner_text()] == [
            topic.signs[1], topic.do[0],
        ]  # fmt: skip
        assert page.input_value("#loi-chia-se").endswith(topic.share)
        assert page.locator(".drawing").get_attribute("alt") == topic.picture_alt
        assert (
            page.locator("article script:not([src]), article a[href^='javascript'], [onclick], [onerror]").count() == 0
        )
    leaflet = outputs["documents/tuyen-truyen/gia-danh-cong-an/to-roi.pdf"]
    with pdfplumber.open(io.BytesIO(leaflet)) as pdf:
        printed = "".join(page.extract_text() for page in pdf.pages)
    assert '#read("/etc/passwd") $x$ *y* _z_' in printed and "root:" not in printed


# Commands -----------------------------------------------------------------------------------------------------------


def run(capsys, *arguments):
    with pytest.raises(SystemExit) as stopped:
        main([str(a) for a in arguments])
    return stopped.value.code, *capsys.readouterr()


def confirm(channels):
    """Some office has confirmed every place to report."""
    text = channels.read_text(encoding="utf-8")
    channels.write_text(text.replace("confirmed_on: unknown", "confirmed_on: 2026-10-30"), encoding="utf-8")


def test_an_open_word_is_not_approved(capsys, tmp_path):
    """Nor a topic that says on paper that something is still to be confirmed."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copytree(ROOT / "content", tmp_path / "content")
    confirm(tmp_path / "data" / "channels.yml")
    replace(tmp_path / "content" / TOPIC, "Tắt máy, giữ bình tĩnh.", "Tắt máy (cần xác nhận).")
    call = ("approve", "gia-danh-cong-an", "--by", "A", "--on", "01/11/2026", "--asked", "--data", tmp_path / "data")
    code, _, err = run(capsys, *call)
    assert code == 1 and "gia-danh-cong-an.md:24:3: lỗi[open-question]" in err


def test_the_command_approves(capsys, tmp_path):
    """The whole way: approve, check, and the build's own eyes."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copytree(ROOT / "content", tmp_path / "content")
    data = tmp_path / "data"
    call = ("approve", "ma-tuy", "--by", "Cơ quan thử", "--on", "01/11/2026", "--data", data)
    before = (tmp_path / "content" / "tuyen-truyen" / "ma-tuy.md").read_bytes()
    code, out, err = run(capsys, *call, "--asked")
    assert code == 1 and "lỗi[unconfirmed-channel]: '113' in trên mọi tờ mà chưa cơ quan nào xác nhận" in err
    confirm(data / "channels.yml")
    code, out, err = run(capsys, *call)
    assert code == 2 and "Bộ luật Hình sự: còn hiệu lực không?" in out and "(113): còn đúng không?" in out
    assert err.endswith("thêm --asked\n")
    assert (tmp_path / "content" / "tuyen-truyen" / "ma-tuy.md").read_bytes() == before
    code, out, _ = run(capsys, *call, "--asked")
    assert code == 0 and out.endswith("Cơ quan thử, ngày 01/11/2026.\n")
    assert run(capsys, "check", "--data", data) == (0, "Dữ liệu hợp lệ: 0 lỗi, 0 cảnh báo.\n", "")
    replace(data / "channels.yml", "Gọi khi việc đang xảy ra", "Gọi lúc việc đang xảy ra")
    code, out, err = run(capsys, "check", "--data", data)
    assert (code, out) == (0, "Dữ liệu hợp lệ: 0 lỗi, 1 cảnh báo.\n")
    assert "cảnh báo[stale-topic]: cần xem lại: Nơi báo tin 'cong-an-113' đã đổi cách dùng" in err


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["approve", "ma-tui", "--by", "A", "--on", "2026-11-01"], "không có chủ đề 'ma-tui'; có phải 'ma-tuy'?"),
        (["approve", "ma-tuy", "--by", " ", "--on", "2026-11-01"], "--by phải là tên cơ quan và người duyệt"),
        (["approve", "ma-tuy", "--by", "A", "--on", "2026-02-30"], "giá trị không hợp lệ cho '--on'"),
        (["new", "topic", "Ma Túy"], "mã 'Ma Túy' không hợp lệ"),
        (["new", "topic", "con"], "mã 'con' không hợp lệ"),
        (["new", "topic", "ma-tuy"], "đã có tệp"),
    ],
)
def test_a_wrong_call_is_refused(capsys, arguments, message):
    """Exit 2, in Vietnamese, and nothing is written."""
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert not (ROOT / "content" / "tuyen-truyen" / "con.md").exists()


@pytest.fixture
def workshop(tmp_path):
    """A copy of data and content in which a new topic may be made."""
    for name in ("data", "content"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def test_a_new_topic_builds_at_once(capsys, workshop):
    """It is a valid draft whose forms fit; only its article is said to be short."""
    code, out, _ = run(capsys, "new", "topic", "phong-chay-rung", "--data", workshop / "data")
    assert code == 0 and "phong-chay-rung.md" in out and "phong-chay-rung.yml" in out
    project = opened_office(workshop)
    check_prints(project)
    assert [d.code for d in project.warnings] == ["rests-on-ended-plan", "article-short"]
    assert len(project.topics) == len(IDS) + 1
    with pytest.raises(AuthoringError):
        new_topic("phong-chay-rung", project, workshop / "content")
