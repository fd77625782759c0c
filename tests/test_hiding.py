"""What is about hidden text is hidden too: names, grounds, notes, counts; and no run of its words is left anywhere."""

import json
import random
from dataclasses import asdict, replace

import pytest
from small import FILES, load_small

from generator.model import types as model
from generator.model.walk import plan_records, walk_records
from generator.rules.hidden import words_of
from generator.rules.public import public_plan
from generator.views.calendar import view_calendar_page
from generator.views.matrix import view_matrix
from generator.views.nodes import cite_provision
from generator.views.opendata import view_json, view_tables
from generator.views.plan import view_plan
from generator.views.sheet import view_sheet
from generator.views.site import view_provenance, view_reference

AGENCIES = """agencies:
  - {id: truong-ban-mai, name: Trường Tiểu học Ban Mai, aliases: [nhà trường], kind: department, note: Quản lý chung cả đợt}
  - {id: thu-vien, name: Thư viện, aliases: [Tổ 7 đặc biệt, phòng đọc sách], kind: department, parent: truong-ban-mai}
  - {id: doi-thieu-nien, name: Đội thiếu niên, kind: front, aliases: [đội của các em]}
  - {id: to-xe, name: Tổ xe đưa đón, kind: department, aliases: [tổ chở sách ban đêm]}
"""
GROUPS = "groups:\n  - {id: cac-to, name: các tổ của trường, members: [thu-vien, to-xe], note: Gồm cả tổ trực}\n"
ONE = """id: c-1
number: "1"
heading: Nội dung
notes: [Khoản này giữ như bản gốc]
paragraphs:
  - id: c-1-1
    statements:
      - {text: Trưng bày sách tại sân trường từ sáng thứ hai, id: c-1-1a, task: Trưng bày sách}
  - id: c-1-2
    marker: "-"
    statements:
      - {text: "Mỗi lớp góp [ít nhất năm cuốn](target:gop-sach) truyện tranh màu", id: c-1-2a, task: Góp truyện}
      - Sách quý thì khóa trong tủ sắt phòng bốn.
  - id: c-1-3
    marker: "-"
    statements: ["Quét dọn [kho nhỏ sau nhà](place:kho) trước giờ mở cửa [hằng quý](deadline:quy)"]
  - id: c-1-4
    marker: "-"
    statements: ["Theo [Thông tư mượn sách](instrument:muon) thì ai cũng được mượn về nhà"]
"""
TWO = """id: c-2
number: "2"
heading: Phân công của [nhà trường](agency:truong-ban-mai)
clauses:
  - id: c-2-1
    number: a
    paragraphs:
      - id: c-2-1-1
        statements:
          - {text: "[Thư viện](agency:thu-vien) chủ trì, cùng [đội của các em](agency:doi-thieu-nien) xếp kệ", id: c-2-1a, by: [thu-vien], role: [lead], with: [doi-thieu-nien], implements: [c-1-1a], deadline: quy}
          - {text: "[Tổ 7 đặc biệt](agency:thu-vien) giữ riêng chìa khóa tủ sắt phòng bốn", id: c-2-1b, by: [thu-vien], role: [carry-out], deadline: nam, targets: [gop-sach], note: Chìa do cô Lan giữ từ trước}
  - id: c-2-2
    number: b
    paragraphs:
      - id: c-2-2-1
        statements:
          - {text: "[Các tổ của trường](group:cac-to) báo cho [tổ chở sách ban đêm](agency:to-xe) số thùng cần đi", id: c-2-2a, by: [cac-to], role: [report], partly: [c-1-2]}
"""
RICH = {
    "agencies.yml": AGENCIES, "groups.yml": GROUPS, "sections/1.yml": ONE, "sections/2.yml": TWO,
    "targets.yml": "targets:\n  - {id: gop-sach, indicator: Số cuốn mỗi lớp góp, clause: c-1-2, operator: none, text: ít nhất năm cuốn, served_by: [c-2-1b], ambiguities: [Chưa rõ truyện tranh màu là gì]}\n",
    "deadlines.yml": """deadlines:
  - {id: quy, label: hằng quý, kind: recurring, every: quarter, applies_to: report, clause: c-1-3}
  - {id: nam, label: cuối năm học, kind: once, year: 2026, applies_to: review, clause: c-2-1b, note: Khi giữ riêng chìa khóa tủ sắt}
""",
    "places.yml": """places:
  - {id: kho, name: kho nhỏ sau nhà, kind: area, note: Trước giờ mở cửa phải quét dọn, designations: [{kind: key-area, clause: c-1-3}]}
  - {id: xa, name: Xã Ban Mai, kind: district, agency: truong-ban-mai, designations: [{kind: border, clause: c-2}]}
""",
    "instruments.yml": "instruments:\n  - {id: muon, kind: thong-tu, name: Thông tư mượn sách, in_force_note: Còn hiệu lực}\n",
    "source.yml": """received: {file: source/x.txt, sha256: "0"}
dropped: [{line: 1, text: vết mực, reason: Cạnh chữ khóa trong tủ sắt phòng bốn}]
joins: [{lines: [1, 2], reason: Ngắt trang ở chỗ báo cho tổ chở sách ban đêm}]
additions: [{text: "./.", where: DOCX, reason: Sau chữ ai cũng được mượn về nhà}]
anomalies:
  - {id: A1, line: "3", as_issued: "cuốn | truyện tranh", reading: cuốn truyện tranh, kind: ngắt trang}
  - {id: A2, line: "4", as_issued: xếp kê, reading: xếp kệ, kind: lỗi chữ, note: Cùng câu với giữ riêng chìa khóa}
""",
}  # fmt: skip
UNKNOWNS = """signature:
  position: HIỆU TRƯỞNG
  name: unknown
unknowns:
  - {id: so-thung, what: Số thùng cần đi, why: Chỉ ghi báo số thùng cần đi khi có xe}
  - {id: ngay, what: Ngày mở cửa, why: Không ghi}
"""
SIGNATURE = ("signature:\n  position: HIỆU TRƯỞNG\n  name: unknown\n", UNKNOWNS)


def rich(files=None, **replaced):
    return load_small({**RICH, **(files or {})}, plan_yml=SIGNATURE, **replaced).plan


def hide(text, trace):
    """The one-line statement, clause or note with `trace`, marked internal."""
    start = text.rindex("{text:", 0, text.index(trace)) + 1
    return f"{text[:start]}audience: internal, {text[start:]}"


def shown_with(trace, section="sections/2.yml", **replaced):
    return public_plan(rich({section: hide(RICH[section], trace)}, **replaced))


def views(plan):
    """Everything that the public can see of a plan, as one text."""
    made = [
        view_json(plan), asdict(view_plan(plan)), asdict(view_matrix(plan)), asdict(view_calendar_page(plan)),
        *map(asdict, view_tables(plan)), *map(asdict, view_reference(plan)),
        [asdict(view) for view in view_provenance(plan)], [asdict(view_sheet(plan, a)) for a in plan.sheet_agencies],
        plan.source.model_dump() if plan.source else None,
    ]  # fmt: skip
    return made


def test_the_rich_plan_shows_everything():
    """Control: with no mark nothing is cut, and what the other tests look for is there."""
    plan = rich()
    assert public_plan(plan) == plan
    everything = str(views(plan))
    for trace in ("Tổ 7 đặc biệt", "cuối năm học", "tủ sắt phòng bốn", "vết mực", "xếp kê", "Số thùng cần đi"):
        assert trace in everything


def test_a_name_that_only_hidden_text_uses_is_not_a_name_of_the_public_record():
    """The alias that the link's label forces goes; the others, used or only for search, stay."""
    assert public_plan(rich()).agency["thu-vien"].aliases == ("Tổ 7 đặc biệt", "phòng đọc sách")
    shown = shown_with("giữ riêng chìa khóa")
    assert shown.agency["thu-vien"].aliases == ("phòng đọc sách",)
    assert shown.agency["doi-thieu-nien"].aliases == ("đội của các em",)


def test_a_short_name_that_only_hidden_text_uses_goes():
    """As an alias does."""
    agencies = AGENCIES.replace("aliases: [Tổ 7 đặc biệt, phòng đọc sách]", "short_name: Tổ 7 đặc biệt")
    files = {"agencies.yml": agencies, "sections/2.yml": hide(TWO, "giữ riêng chìa khóa")}
    assert public_plan(rich(files)).agency["thu-vien"].short_name is None


def test_a_deadline_whose_ground_is_hidden_goes_unless_a_public_duty_names_it():
    """Label and note go with the clause; where a public duty keeps the deadline, only the ground is gone."""
    two = hide(TWO, "giữ riêng chìa khóa").replace("deadline: nam, ", "")
    assert "nam" not in public_plan(rich({"sections/2.yml": two})).deadline
    kept = two.replace("deadline: quy", "deadline: nam")
    deadline = public_plan(rich({"sections/2.yml": kept})).deadline["nam"]
    assert (deadline.label, deadline.clause, deadline.note) == ("cuối năm học", None, None)


def test_a_place_that_only_a_hidden_clause_designates_goes():
    """Name and note too; a place with a committee that is shown stays without the designation."""
    one = ONE.replace("[kho nhỏ sau nhà](place:kho)", "kho").replace(
        "statements: [\"Quét", 'statements: [{audience: internal, text: "Quét').replace("(deadline:quy)\"]", "(deadline:quy)\"}]")  # fmt: skip
    two = TWO.replace("heading: Phân công", "audience: internal\nheading: Phân công")
    shown = public_plan(rich({"sections/1.yml": one}))
    assert "kho" not in shown.place
    shown = public_plan(rich({"sections/2.yml": two}))
    assert shown.place["xa"].designations == ()
    assert shown.place["xa"].agency == "truong-ban-mai"


@pytest.mark.parametrize("trace", ["vết mực", "truyện tranh", "tủ sắt"])
def test_notes_on_the_source_that_quote_a_part_of_hidden_text_go(trace):
    """Dropped words and anomalies, by a run of words or by a short quotation with a page break in it."""
    one = hide(ONE, "Mỗi lớp góp").replace("      - Sách quý", "      - {audience: internal, text: Sách quý").replace(
        "phòng bốn.", "phòng bốn.}")  # fmt: skip
    shown = public_plan(rich({"sections/1.yml": one, "sections/2.yml": hide(TWO, "giữ riêng chìa khóa")}))
    assert trace not in str(views(shown))
    assert [a.id for a in shown.source.anomalies] == []
    assert len(shown.source.additions) == 1


def test_joins_additions_and_unknowns_that_quote_hidden_text_go():
    """The other lists of the editor's are filtered by the same rule, and lose nothing else."""
    shown = shown_with("báo cho")
    assert shown.source.joins == ()
    assert [u.id for u in shown.head.unknowns] == ["ngay"]
    assert len(shown.source.dropped) == len(shown.source.additions) == 1


def test_notes_may_be_marked_by_themselves():
    """A note of a clause, an agency or a target, a gap, an unknown and a remark on the source."""
    marked = "{text: Ghi riêng cho người biên tập, audience: internal}"
    files = {
        "agencies.yml": AGENCIES.replace("note: Quản lý chung cả đợt", f"note: {marked}"),
        "groups.yml": GROUPS.replace("note: Gồm cả tổ trực", f"note: {marked}"),
        "sections/1.yml": ONE.replace("notes: [Khoản này giữ như bản gốc]", f"notes: [{marked}, Còn lại]\ngaps: [{{number: '9', reason: Ghi riêng, audience: internal}}]"),
        "targets.yml": RICH["targets.yml"].replace("[Chưa rõ truyện tranh màu là gì]", f"[{marked}]"),
        "source.yml": RICH["source.yml"].replace("reason: Sau", "audience: internal, reason: Ghi riêng sau"),
    }  # fmt: skip
    plan = rich(files)
    assert str(views(plan)).count("Ghi riêng") > 4
    shown = public_plan(plan)
    assert "Ghi riêng" not in str(views(shown)) + str(shown)
    assert shown.sections[0].notes == ("Còn lại",)
    assert shown.sections[0].gaps == ()


def test_links_in_the_head_to_what_is_gone_are_plain_words():
    """The subject may name a target whose clause is internal: the public plan is still made."""
    subject = ("đọc sách của", "đọc sách [ít nhất năm cuốn](target:gop-sach) của")
    one = hide(ONE, "Mỗi lớp góp").replace("      - Sách quý", "      - {audience: internal, text: Sách quý").replace(
        "phòng bốn.", "phòng bốn.}")  # fmt: skip
    plan = load_small({**RICH, "sections/1.yml": one}, plan_yml=subject).plan
    shown = public_plan(plan)
    assert "gop-sach" not in shown.target
    assert "ít nhất năm cuốn" in view_plan(shown).title + str(view_plan(shown).subject)
    assert [link.scheme for link in shown.head.subject.links()] == ["agency"]


def test_bullets_keep_their_ordinals():
    """The third bullet of the signed plan is cited as the third where the second is hidden."""
    one = ONE.replace('statements: ["Quét', 'statements: [{audience: internal, text: "Quét').replace(
        '(deadline:quy)"]', '(deadline:quy)"}]')  # fmt: skip
    plan = rich({"sections/1.yml": one})
    assert "gạch đầu dòng thứ 3" in cite_provision(plan, "c-1-4").text
    assert cite_provision(public_plan(plan), "c-1-4") == cite_provision(plan, "c-1-4")


def test_a_copy_with_a_misspelt_field_is_refused():
    """A cut that names no field would cut nothing."""
    with pytest.raises(TypeError, match="aliasses"):
        rich().agencies[0].changed(aliasses=())


def test_a_new_field_or_record_is_cut_without_an_edit():
    """Whatever refers to what is gone, or says its words, loses it."""

    class Errand(model.Remark):
        who: model.Annotated[str | None, model.Ref("agency")] = None
        about: tuple[str, ...] = ()

    class NewPlace(model.Place):
        errands: tuple[Errand, ...] = ()

    errands = (
        Errand(who="to-xe", about=("số thùng",)), Errand(who="thu-vien", about=("báo cho tổ chở sách ban đêm", "hỏi")),
    )  # fmt: skip
    plan = rich({"sections/2.yml": hide(TWO, "báo cho"), "groups.yml": GROUPS.replace("thu-vien, ", "")})
    place = NewPlace(**{**dict(plan.place["xa"]), "errands": errands})
    shown = public_plan(replace(plan, places=(place,)))
    assert [(e.who, e.about) for e in shown.places[0].errands] == [("thu-vien", ("hỏi",))]


# Random marks


def marked_at_random(plan, seed):
    """The plan with some statements, clauses, notes and remarks marked, and the words that only they have."""
    chance = random.Random(seed)
    share = chance.choice((0.1, 0.3, 0.6))
    hidden = []

    def mark(record):
        if isinstance(record, model.Statement | model.Clause | model.Remark) and chance.random() < share:
            hidden.append(record)
            return record.changed(audience="internal")
        fields = {}
        for name in type(record).model_fields:
            value = getattr(record, name)
            if isinstance(value, model.Record):
                fields[name] = mark(value)
            elif isinstance(value, tuple) and value and isinstance(value[0], model.Record):
                fields[name] = tuple(mark(item) for item in value)
        return record.changed(**fields)

    sections = tuple(mark(section) for section in plan.sections)
    return replace(plan, sections=sections, head=mark(plan.head)), hidden


def runs(text, size=5):
    words = words_of(text)
    return {words[i : i + size] for i in range(len(words) - size + 1)}


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner)


def texts(plan):
    """The readings of every text and paragraph, and all names."""
    for record in plan_records(plan):
        if isinstance(record, model.Paragraph):
            yield " ".join(s.text.reading() for s in record.statements)
        yield from (str(getattr(record, name, "")) for name in ("name", "label"))
    yield plan.head.subject.reading()
    yield from (item.text.reading() for item in plan.head.recipients.items)
    yield from (c.heading.reading() for s in plan.sections for c in s.walk() if c.heading)


@pytest.mark.parametrize("files", [{}, RICH], ids=["small", "rich"])
@pytest.mark.parametrize("seed", range(60))
def test_no_words_of_what_is_hidden_are_left(files, seed):
    """Whatever is marked: no hidden sentence, and no run of five of its words, is in any view of the public's plan."""
    whole = load_small(files, plan_yml=SIGNATURE).plan if files else load_small(FILES).plan
    plan, hidden = marked_at_random(whole, seed)
    shown = public_plan(plan)
    known = {run for text in texts(shown) for run in runs(text)}
    secret = {
        run for r in hidden for i in walk_records(r) if isinstance(i, model.Statement) for run in runs(i.text.reading())
    }
    secret -= known
    seen = {run for text in strings(json.loads(json.dumps(views(shown), default=str))) for run in runs(text)}
    assert not secret & seen
    again = public_plan(shown)
    assert again == shown
