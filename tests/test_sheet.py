"""What stands on agencies' sheets, as read in the plan's text by hand; never copied from the program's output."""

import datetime as dt
import io
import json
import subprocess
import zipfile
from dataclasses import replace

import pdfplumber
import pytest
from click.testing import CliRunner
from lxml import etree
from small import FILES, load_small

from generator.cli.main import kehoach
from generator.model.plan import paragraph_text
from generator.read.plan import load_plan
from generator.read.profile import read_profile
from generator.read.tree import DiskTree
from generator.views.coverage import view_coverage
from generator.views.nodes import cite_provision, excerpt_inlines
from generator.views.sheet import view_sheet
from generator.write.docx.docx import Source, write_docx
from generator.write.templates import Renderer
from generator.write.typst.pdf import PdfPress

MOMENT = dt.datetime(2026, 11, 25, tzinfo=dt.UTC)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

# Every "Sở, ban, ngành" and district: one plan of its own (II.1 and VI.6 speak of it), and reports (VI.4, last part).
PLAN, REPORTS = ["ii-1-1b", "vi-6-1a"], ["vi-4-1a", "vi-cuoi-1a"]
# V.1, V.3, V.4, V.6, V.7 and V.9 name "các Sở, ban, ngành có liên quan" as partners: only who is concerned takes part.
# VI.1: the Committee directs "các cơ quan thuộc Ủy ban nhân dân tỉnh".
SO_TU_PHAP = {
    "assigned": ["v-5-1a", "v-5-1b", "v-5-1c"],  # V.5: three tasks between semicolons
    "plan": PLAN,
    "reporting": REPORTS,
    "concerned": ["v-1-2a", "v-3-1a", "v-4-1a", "v-6-1a", "v-7-1a", "v-9-1a"],
    "directed": ["vi-1-1a"],
}
# A district's People's Committee is addressed by V.10's heading, through its group; V.1 names the group as a partner,
# without a limit.
DISTRICT = {
    "assigned": ["v-10-1a", "v-10-1b", "v-10-2a"], "plan": PLAN, "reporting": REPORTS, "coordinates": ["v-1-2a"],
}  # fmt: skip
# V.7 names Buôn Đôn and Ea Súp beside the border guard.
EA_SUP = {**DISTRICT, "coordinates": ["v-1-2a", "v-7-1a"]}
# V.7: four tasks; the joint meetings are one of them. IV.3 (last bullet) says its patrols again. It belongs to the army:
# one of "các Sở, ban, ngành" (groups.yml says why), not of the bodies "thuộc Ủy ban nhân dân tỉnh" of VI.1.
BO_DOI_BIEN_PHONG = {
    "assigned": ["v-7-1a", "v-7-1b", "v-7-1c", "v-7-2a"],
    "plan": PLAN,
    "reporting": REPORTS,
    "concerned": ["v-1-2a", "v-3-1a", "v-4-1a", "v-6-1a", "v-9-1a"],
}
# V.11 requests three things; nothing else in II, V or VI names the Front. II.1, VI.4 and VI.6 do not.
MAT_TRAN = {"requested": ["v-11-1a", "v-11-1b", "v-11-1c"]}
# V.1 makes it the standing body; the last part has it follow and advise; the reports of VI.4 and of the last part come
# through it. Nobody is told to hold the reviews of VI.4: who collects and advises is one of those who answer for them.
PHONG_CSHS = {
    "assigned": ["v-1-1b", "vi-cuoi-1b"],
    "answers": ["vi-4-2a", "vi-4-2b"],
    "relays": ["vi-4-1a", "vi-cuoi-1a"],
}
# V.1: advise on founding the board, lead the whole, report reviews; VI.3: guide and supervise, report. V.6 names it
# apart from the limited group, V.9 too; V.11 and V.12 request the Front and the procuracy to work with it. II.1 founds
# the board and VI.4 orders the reviews without saying who.
CONG_AN = {
    "assigned": ["v-1-1a", "v-1-2a", "vi-3-1a"],
    "plan": PLAN,
    "reporting": ["v-1-2b", "vi-3-1b", *REPORTS],
    "answers": ["ii-1-1a", "vi-4-2a", "vi-4-2b"],
    "concerned": ["v-3-1a", "v-4-1a", "v-7-1a"],
    "coordinates": ["v-6-1a", "v-9-1a", "v-11-1c", "v-12-1a"],
}
# VI.6 names the mass organisations, and no other clause gives them anything.
DOAN_THE = {"plan": ["vi-6-1a"]}
# VI.1 directs; it founds the board on the advice of V.1; V.2, V.1, VI.2 and the last part advise it.
UBND_TINH = {
    "assigned": ["vi-1-1a"],
    "reporting": ["vi-cuoi-1c"],
    "answers": ["ii-1-1a", "vi-4-2a", "vi-4-2b"],
    "receives": ["v-1-1a", "v-2-1a", "vi-2-1a", "vi-cuoi-1b"],
}
SHEETS = {
    "so-tu-phap": SO_TU_PHAP,
    "ubnd-huyen-ea-sup": EA_SUP,
    "ubnd-tp-buon-ma-thuot": DISTRICT,
    "bo-chi-huy-bdbp": BO_DOI_BIEN_PHONG,
    "mttq-tinh": MAT_TRAN,
    "to-chuc-thanh-vien-mttq": MAT_TRAN,
    "phong-cshs": PHONG_CSHS,
    "cong-an-tinh": CONG_AN,
    "doan-the": DOAN_THE,
    "ubnd-tinh": UBND_TINH,
}


@pytest.fixture(scope="module")
def plan(root):
    return load_plan(DiskTree(root / "data")).plan


@pytest.fixture(scope="module")
def papers(plan, root):
    """Every sheet, as DOCX and PDF by its id."""
    renderer, profile = Renderer(root / "site_templates"), read_profile(root / "site_templates/profiles/nd30-2020.yml")
    ids = (*plan.sheet_agencies, *plan.sheet_groups)
    sources = [Source(i, renderer.render("documents/sheet.html.j2", view=view_sheet(plan, i))) for i in ids]
    made = write_docx(sources, profile, int(MOMENT.timestamp()))
    with PdfPress(profile, MOMENT, 0) as press:
        return {m.id: (m.docx, press.submit(m.ast)()) for m in made}


def texts(pdf):
    """The words of each page, in the order in which they stand, with single spaces."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return [" ".join(page.extract_text().split()) for page in document.pages]


def words(pdf):
    return " ".join(texts(pdf))


@pytest.mark.parametrize("agency", SHEETS)
def test_sheet_holds_exactly_these_clauses(plan, agency):
    """Nothing is missing, nothing is another's, and each duty stands in the part where it belongs."""
    view = view_sheet(plan, agency)
    found = {s.key: [duty.id for duty in s.items] for s in view.sections}
    found |= {"answers": [a.id for a in view.answers]} if view.answers else {}
    assert found | {way: [o.id for o in others] for way, others in view.others_by_way.items()} == SHEETS[agency]


def test_no_duty_stands_twice_on_a_sheet(plan):
    """Named and in a group, or partner and reporter: a duty is on a sheet once."""
    for agency in plan.sheet_agencies:
        view = view_sheet(plan, agency)
        ids = [duty.id for duty in (*view.duties, *view.others)]
        assert len(ids) == len(set(ids)), agency


def test_every_duty_reaches_a_sheet_or_is_listed_as_unowned(plan):
    """No duty is lost between the plan and the sheets; the dated ones that nobody owns reach those who answer."""
    sheets = [view_sheet(plan, actor) for actor in (*plan.sheet_agencies, *plan.sheet_groups)]
    reached = {d.id for s in sheets for duty in s.duties for d in (duty, *())} | {
        o.id for s in sheets for o in s.others
    }
    folded = {"iv-3-5a"}  # said with V.7's patrols
    rules = {rule.key: {f.about for f in rule.findings} for rule in view_coverage(plan).rules}
    unreached = {item.statement.id for item in plan.duties} - reached - folded
    assert unreached == rules["duty-without-owner"] == {"ii-1-1a", "ii-2-1a", "vi-4-2a", "vi-4-2b"}
    assert {a.id for s in sheets for a in s.answers} == {"ii-1-1a", "vi-4-2a", "vi-4-2b"}


def test_the_same_work_is_told_once(plan):
    """The border guard's patrols stand in V.7 and in IV.3: one row, with both places."""
    (patrols,) = [duty for duty in view_sheet(plan, "bo-chi-huy-bdbp").duties if duty.id == "v-7-1b"]
    assert [place.text for place in patrols.also] == ["gạch đầu dòng thứ 5 khoản 3 Mục IV"]


def test_requests_are_never_shown_as_orders(plan, papers):
    """The Front, its members, the procuracy and the court are asked: everything on their sheets says so."""
    for actor in ("mttq-tinh", "to-chuc-thanh-vien-mttq", "vks-tinh", "tand-tinh"):
        duties = view_sheet(plan, actor).duties
        assert duties and all(duty.requested and duty.force_label == "Đề nghị" for duty in duties), actor
        said = words(papers[actor][1])
        assert "Nhiệm vụ được đề nghị Kế hoạch đề nghị, không giao." in said and "Nhiệm vụ được giao" not in said
    assert "MTTQ tỉnh, các tổ chức thành viên (khoản 11 Mục V, đề nghị)" in words(papers["cong-an-tinh"][1])


def test_a_limit_is_kept_wherever_a_group_is_named(plan):
    """V.3 names only "các Sở, ban, ngành có liên quan"; V.1 names the districts without a limit."""
    (duty,) = [d for d in view_sheet(plan, "so-lao-dong").duties if d.id == "v-3-1a"]
    assert duty.with_names == "các Sở, ban, ngành có liên quan"
    (duty,) = [d for d in view_sheet(plan, "cong-an-tinh").duties if d.id == "v-1-2a"]
    assert duty.with_names == "các Sở, ban, ngành có liên quan; Ủy ban nhân dân các huyện, thị xã, thành phố"


def test_group_duties_name_their_group(plan, papers):
    """A duty through a group says through which; that the plan does not list the group is said once."""
    sections = {s.key: s.items for s in view_sheet(plan, "so-tu-phap").sections}
    assert {duty.through for duty in sections["plan"]} == {"các Sở, ban, ngành"}
    assert "Kế hoạch không liệt kê các Sở, ban, ngành; các cơ quan, đơn vị, địa phương gồm những ai" in words(
        papers["so-tu-phap"][1]
    )
    assert "không liệt kê" not in words(papers["vks-tinh"][1])


def test_reports_say_where_and_by_which_way(plan):
    """The quarterly report goes to the Ban Chủ nhiệm through the standing body; the closing paragraph has the address."""
    sections = {s.key: s.items for s in view_sheet(plan, "ubnd-tp-buon-ma-thuot").sections}
    quarterly, closing = sections["reporting"]
    assert quarterly.to_names == "Ban Chủ nhiệm thực hiện Đề án"
    assert quarterly.via_names == "Phòng Cảnh sát hình sự - Công an tỉnh Đắk Lắk"
    assert closing.address == "số 58 Nguyễn Tất Thành, thành phố Buôn Ma Thuột"
    assert closing.deadline_note.startswith("Định kỳ là hàng quý theo khoản 4 Mục VI; đột xuất")


def test_dates(plan):
    """Phase 1 for the plan, each quarter a report; the police also answer for the reviews that nobody was given."""

    def dates(agency):
        return {d.when: [(what, place.short) for what, place in d.work] for d in view_sheet(plan, agency).dates}

    assert dates("so-tu-phap") == {
        "2017 - 2018": [("Lập kế hoạch", "II.1")],
        "Định kỳ hàng quý, 2017 - 2020": [("Báo cáo", "VI.4")],
    }
    police = dates("cong-an-tinh")
    assert police["Hàng năm, 2017 - 2020"] == [("Sơ kết", "VI.4")]
    assert police["Cuối năm 2020"] == [("Tổng kết", "VI.4")]
    assert [place for _, place in police["2017 - 2018"]] == ["V.1", "II.1", "II.1"]
    assert dates("mttq-tinh") == {}


def test_why_somebody_answers(plan):
    """Both clauses are named: the one that gives the work to nobody, and those that give reports to the police."""
    reviews = {a.id: a.because for a in view_sheet(plan, "cong-an-tinh").answers}
    assert reviews["vi-4-2a"] == (
        "Khoản 4 Mục VI không ghi ai làm; khoản 1 Mục V giao cơ quan này báo cáo; khoản 3 Mục VI giao cơ quan này báo cáo."
    )
    committee = {a.id: a.because for a in view_sheet(plan, "ubnd-tinh").answers}
    assert committee["ii-1-1a"].endswith("khoản 1 Mục V giao Công an tỉnh tham mưu cho cơ quan này.")


def test_a_statement_cut_out_of_its_sentence_can_be_read_alone(plan):
    """What it needs of its sentence stands beside it in brackets, in the sentence's own words."""
    said = {
        item.statement.id: "".join(inline.text for inline in excerpt_inlines(item.statement, plan))
        for item in plan.located
        if item.statement.id
    }
    assert said["iii-2-1c"] == "[Phối hợp thực hiện các hoạt động] dẫn độ tội phạm."
    assert said["v-2-1a"].endswith("kinh phí từ ngân sách [để thực hiện các nhiệm vụ, giải pháp của Kế hoạch.]")
    assert said["v-5-1c"] == "Thực hiện các hoạt động tư vấn, trợ giúp pháp lý."
    assert "[do đồng chí Phó Giám đốc" in said["v-1-1a"]


def test_what_a_sheet_prints_is_the_plans_own_words(plan):
    """Without the capital and the full stop that reading alone needs, each is words of its paragraph, context too."""
    paragraphs = {
        statement.id: paragraph_text(paragraph).reading()
        for chain in plan.clause.values()
        for paragraph in chain[-1].paragraphs
        for statement in paragraph.statements
    }
    for actor in (*plan.sheet_agencies, *plan.sheet_groups):
        view = view_sheet(plan, actor)
        for shown in (*view.duties, *view.answers):
            whole = paragraphs[shown.id].lower()
            own = "".join(i.text for i in shown.inlines if i.kind != "context").strip().removesuffix(".")
            assert own.lower() in whole, shown.id
            for context in (i.text.strip(" []") for i in shown.inlines if i.kind == "context"):
                assert all(piece.strip().lower() in whole for piece in context.split("…")), shown.id
            assert shown.inlines[0].text.lstrip("[")[0].isupper(), shown.id


def test_places_of_a_border_district(plan):
    """Ea Súp is a key area (IV.1), on the border routes (IV.1), and at the border (V.7)."""
    (place,) = view_sheet(plan, "ubnd-huyen-ea-sup").places
    found = [(label, citation.href.partition("#")[2]) for label, citation in place.designations]
    assert found == [
        ("Địa bàn trọng điểm", "iv-1-3"),
        ("Tuyến trọng điểm (tuyến biên giới)", "iv-1-2-3"),
        ("Khu vực biên giới", "v-7-1"),
    ]


def test_places_of_a_district_that_the_plan_does_not_name(plan):
    """IV.1 makes the centres of all districts key areas; that routes begin in a district makes it no route."""
    (place,) = view_sheet(plan, "ubnd-huyen-lak").places
    assert [label for label, _ in place.designations] == ["Địa bàn trọng điểm (trung tâm huyện)"]


def test_seats_in_the_steering_body(plan):
    """V.1: the police are named apart from the group, whose members sit only if concerned; the districts do not sit."""

    def seats(agency):
        return [(m.role, m.through) for m in view_sheet(plan, agency).memberships]

    assert seats("phong-cshs") == [("Phó Trưởng ban", "")]
    assert seats("so-tu-phap") == [("Thành viên, nếu có liên quan", "các Sở, ban, ngành")]
    assert seats("ubnd-huyen-ea-sup") == []
    assert seats("cong-an-tinh") == [("Trưởng ban", "")]


def test_targets_are_shown_to_know_and_only_where_the_whole_plan_is_led(plan, papers):
    """Section I gives the targets to nobody; who leads the whole plan reads them, as something to know."""
    having = [actor for actor in plan.sheet_agencies if view_sheet(plan, actor).targets]
    assert having == ["cong-an-tinh"] and len(view_sheet(plan, "cong-an-tinh").targets) == 6
    assert not view_sheet(plan, "cong-an-tinh").targets_given
    assert "Chỉ tiêu (để biết)" in words(papers["cong-an-tinh"][1])


def test_a_target_in_a_duty_is_given():
    """Where the duty's own words hold the target, nobody is told that it is only to know."""
    target = "targets:\n  - {id: t, indicator: x, clause: c-2, operator: greater-than, lower: 75, text: trên 75}\n"
    words_of_it = (
        FILES["sections/2.yml"]
        .replace("bày sách", "bày [trên 75](target:t) cuốn")
        .replace("        implements", "        targets: [t]\n        implements")
    )
    view = view_sheet(load_small({"sections/2.yml": words_of_it, "targets.yml": target}).plan, "thu-vien")
    assert (len(view.targets), view.targets_given) == (1, True)


def test_what_a_receiver_is_called(plan):
    """Reports are received, advice is given to somebody, and the rest is only sent."""
    addressed = [duty for duty in view_sheet(plan, "ubnd-huyen-ea-sup").duties if duty.to_names]
    labels = {duty.citation.short: duty.to_label for duty in addressed}
    assert labels == {"V.10": "Gửi đến", "VI.4": "Nơi nhận báo cáo", "VI (phần cuối)": "Nơi nhận báo cáo"}


def test_bullets_are_cited_as_a_reader_counts_them(plan):
    """A plus under the second dash does not count as a dash; the dash after it is the third."""
    assert cite_provision(plan, "iv-1-2-3").text == "dấu cộng thứ 3 gạch đầu dòng thứ 2 khoản 1 Mục IV"
    assert cite_provision(plan, "iv-1-2-3").short == "IV.1, gạch 2, cộng 3"
    assert cite_provision(plan, "iv-1-3").text == "gạch đầu dòng thứ 3 khoản 1 Mục IV"


# On paper


def pages(pdf):
    return len(texts(pdf))


MOST = {"cong-an-tinh": 4}  # pages; everybody else's sheet has at most two


def test_sheets_are_short(papers):
    """What is its own on the first page, the working table on the second; Công an tỉnh may have four."""
    for actor, (_, pdf) in papers.items():
        assert pages(pdf) <= MOST.get(actor, 2), actor
    first = texts(papers["so-tu-phap"][1])[0]
    order = [
        "Nhiệm vụ được giao",
        "Kế hoạch, chương trình phải lập",
        "Báo cáo",
        "Các mốc thời gian",
        "Khi có liên quan",
    ]
    assert [first.index(title) for title in order] == sorted(first.index(title) for title in order)
    assert "Bảng theo dõi thực hiện" not in first


def test_no_page_is_nearly_empty(papers):
    """Few duties leave room for their table below them; a table on a page of its own has more than ten lines there."""
    for actor in ("doan-the", "vks-tinh", "tand-tinh", "mttq-tinh", "to-chuc-thanh-vien-mttq"):
        assert pages(papers[actor][1]) == 1, actor
    for actor, (_, pdf) in papers.items():
        with pdfplumber.open(io.BytesIO(pdf)) as document:
            last = document.pages[-1]
            assert len(last.extract_text_lines()) > 10 or len(document.pages) == 1, actor


def test_word_files_have_as_few_pages(papers, program, tmp_path):
    """LibreOffice lays out the Word files of seven kinds in as many pages as the PDFs have."""
    kinds = (
        "so-tu-phap",
        "so-tai-chinh",
        "ubnd-huyen-ea-sup",
        "bo-chi-huy-bdbp",
        "cong-an-tinh",
        "vks-tinh",
        "doan-the",
    )
    for actor in kinds:
        (tmp_path / f"{actor}.docx").write_bytes(papers[actor][0])
    command = [
        program("soffice"),
        f"-env:UserInstallation={(tmp_path / 'home').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    files = [str(tmp_path / f"{actor}.docx") for actor in kinds]
    subprocess.run([*command, "--outdir", str(tmp_path), *files], check=True, capture_output=True, timeout=120)
    found = {actor: pages((tmp_path / f"{actor}.pdf").read_bytes()) for actor in kinds}
    assert found == {actor: pages(papers[actor][1]) for actor in kinds}


def test_the_working_table_has_room_to_write(papers):
    """Who, when and what came of it: 25 mm at least each, the result more than 40."""
    with zipfile.ZipFile(io.BytesIO(papers["so-tu-phap"][0])) as archive:
        tree = etree.fromstring(archive.read("word/document.xml"))
    *_, table = tree.iterfind(f".//{W}tbl")
    *_, who, when, result = [int(col.get(f"{W}w")) * 25.4 / 1440 for col in table.iterfind(f"{W}tblGrid/{W}gridCol")]
    assert who >= 25 and when >= 25 and result >= 40, (who, when, result)


def test_misprints_read_anew_are_marked(papers):
    """Whoever compares with the signed paper sees which word was read anew, and what stood there."""
    assert "Mondulkiri [bản nhận được: “Mondulakiri”]" in words(papers["bo-chi-huy-bdbp"][1])
    assert "tuyên truyền [bản nhận được: “truyền truyền”]" in words(papers["tand-tinh"][1])
    assert "nguyên văn" not in words(papers["tand-tinh"][1])


def test_italics_are_the_editors(papers):
    """VI.4 has italics of its own: on a sheet they stand upright, so that italics mean the editor."""
    with zipfile.ZipFile(io.BytesIO(papers["so-tu-phap"][0])) as archive:
        tree = etree.fromstring(archive.read("word/document.xml"))
    runs = [(run.find(f"{W}rPr/{W}i") is not None, "".join(run.itertext())) for run in tree.iter(f"{W}r")]
    said = {text: italic for italic, text in runs}
    (via,) = [text for text in said if "qua Cơ quan thường trực" in text and "địa chỉ" not in text]
    assert not said[via]
    assert any(italic and "khoản 4 Mục VI" in text for italic, text in runs)


def test_a_group_has_a_sheet_to_hand_on(papers):
    """Who is addressed only as a group gets a sheet with a blank for the name."""
    for actor in ("doan-the", "to-chuc-thanh-vien-mttq", "so-ban-nganh-khac"):
        assert "…………" in words(papers[actor][1])
    assert "…………" not in words(papers["so-tu-phap"][1])


def test_what_a_name_may_mean_too_is_said(plan, papers):
    """“Đoàn thể” of VI.6 and “các cơ quan, đơn vị” at the end of VI may mean the Front: neither charged with it nor silent."""
    view = view_sheet(plan, "mttq-tinh")
    assert [(name, [place.text for place in places]) for name, places in view.perhaps] == [
        ("các cơ quan, đơn vị, địa phương", ["phần cuối Mục VI"]), ("đoàn thể", ["khoản 6 Mục VI"]),
    ]  # fmt: skip
    assert {section.key for section in view.sections} == {"requested"}
    assert "Kế hoạch không nói rõ “đoàn thể” ở khoản 6 Mục VI có gồm nơi này không." in words(papers["mttq-tinh"][1])
    assert view_sheet(plan, "so-tu-phap").perhaps == ()


# The day on which a plan is looked at


DEADLINES = """deadlines:
  - {id: quy, label: hằng quý, kind: recurring, every: quarter, from: 2026, to: 2027, day: unspecified, applies_to: report, clause: c-2}
office: {working_day: last-working-day-of-period, label: do cơ quan đặt}
"""
DUTY = '      - {id: r-1, by: [thu-vien], role: [report], deadline: quy, text: "[Thư viện](agency:thu-vien) báo cáo [hằng quý](deadline:quy)"}\n'


@pytest.mark.parametrize(
    ("today", "due"),
    [(None, ""), (dt.date(2026, 9, 1), "30/9/2026"), (dt.date(2026, 9, 30), "30/9/2026"), (dt.date(2026, 10, 1), "31/12/2026"),
     (dt.date(2028, 1, 1), "")],
)  # fmt: skip
def test_what_is_due_next_is_counted_from_the_day_that_was_named(today, due):
    """Never from the clock: without a day nothing is due next; after the last one neither."""
    body = FILES["sections/2.yml"].replace('      - "."\n', f'      - ". "\n{DUTY}      - "."\n')
    plan = load_small({"sections/2.yml": body, "deadlines.yml": DEADLINES}).plan
    (date,) = view_sheet(replace(plan, today=today), "thu-vien").dates
    assert (date.when, date.next) == ("Hằng quý, 2026 - 2027", due)


def test_a_plan_whose_term_is_over_says_so_once(plan, papers):
    """The edition is of 2026, the term ended in 2020; on a day within it nothing is said."""
    said = words(papers["so-tu-phap"][1])
    assert said.count("Thời kỳ thực hiện Kế hoạch này (2017 - 2020) đã hết; nội dung này để tra cứu.") == 1
    found = CliRunner().invoke(kehoach, ["sheet", "so-tu-phap", "--today", "2018-03-01", "--json"])
    sheet = json.loads(found.output)
    assert sheet["ended"] == ""
    assert {d["when"]: d["next"] for d in sheet["dates"]}["Định kỳ hàng quý, 2017 - 2020"] == "30/3/2018"


def test_the_command_tells_all_that_the_paper_tells():
    """Composition, context, notes and what is carried out are not lost to machines."""
    found = json.loads(CliRunner().invoke(kehoach, ["sheet", "ban-chu-nhiem", "--json"]).output)
    assert [seat["role"] for seat in found["composition"]] == ["Trưởng ban", "Phó Trưởng ban", *["Thành viên"] * 3]
    (advice,) = [d for s in found["sections"] for d in s["items"] if d["id"] == "vi-cuoi-1b"]
    assert advice["note"].startswith("Chủ thể suy ra") and advice["excerpt"].startswith("[Kế hoạch triển khai")
    assert CliRunner().invoke(kehoach, ["sheet", "doan-te"]).exit_code == 2
