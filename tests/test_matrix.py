"""The responsibility matrix and the printed table: parts as the plan gives them, no agency lost, nothing read only by sight."""

import pytest
from small import load_small

from generator.read.plan import load_plan
from generator.read.tree import DiskTree
from generator.views.matrix import view_annex, view_matrix


@pytest.fixture(scope="module")
def plan(root):
    return load_plan(DiskTree(root / "data")).plan


@pytest.fixture(scope="module")
def matrix(plan):
    return view_matrix(plan)


def cell(matrix, row, agency):
    """The cell of a row and an agency, wherever the agency's column is."""
    column = next(n for n, c in enumerate(matrix.columns) if agency in c.ids)
    return next(r for r in matrix.rows if r.id == row).cells[column]


@pytest.mark.parametrize(
    ("row", "agency", "codes", "words"),
    [
        # V.7: the border guard leads with two districts, named; the Sở through their group; the others not at all.
        ("v-7-1a", "bo-chi-huy-bdbp", ("CT", "PH"), "chủ trì, phối hợp"),
        ("v-7-1a", "ubnd-huyen-ea-sup", ("PH",), "phối hợp"),
        ("v-7-1a", "so-tu-phap", ("PH",), "phối hợp, khi có liên quan (qua nhóm các Sở, ban, ngành)"),
        ("v-7-1a", "ubnd-huyen-lak", (), ""),
        # V.11: a request, not an order
        ("v-11-1c", "mttq-tinh", ("PH", "GS"), "được đề nghị phối hợp, giám sát"),
        ("v-11-1c", "cong-an-tinh", ("PH",), "phối hợp"),
        # VI.4: who reports, to whom, and through whom
        ("vi-4-1a", "ubnd-huyen-lak", ("BC",), "báo cáo (qua nhóm Ủy ban nhân dân các huyện, thị xã, thành phố)"),
        ("vi-4-1a", "ban-chu-nhiem", ("NN",), "nơi nhận"),
        ("vi-4-1a", "phong-cshs", ("NN",), "nơi nhận"),
        ("vi-4-1a", "mttq-tinh", (), ""),
        # Tasks of III and IV: by whose duty they are carried out, whole or in part
        (
            "iv-5-1a",
            "so-lao-dong",
            ("CT", "PH", "CĐ", "TH"),
            "chủ trì, phối hợp, chỉ đạo, thực hiện theo khoản 3 Mục V",
        ),
        ("iii-1-1a", "so-tu-phap", ("TH",), "thực hiện theo khoản 5 Mục V, một phần"),
        # Nobody is named for the protection of witnesses: V.1 gives the police the lead of the whole plan
        ("iv-2-2a", "cong-an-tinh", ("GC",), "giao chung: chủ trì cả văn bản theo khoản 1 Mục V"),
        ("iv-2-2a", "ubnd-huyen-lak", (), ""),
        # VI.1: the provincial committee directs its agencies; they receive nothing
        ("vi-1-1a", "so-tu-phap", ("ĐCĐ",), "được chỉ đạo (qua nhóm các cơ quan thuộc Ủy ban nhân dân tỉnh)"),
    ],
)
def test_parts(matrix, row, agency, codes, words):
    """An agency's part in a row, in codes and in words."""
    found = cell(matrix, row, agency)
    assert (found.codes, found.words) == (codes, words)


def test_every_task_and_duty_has_its_row(plan, matrix):
    """Nothing of III to VI is left out, nothing stands twice, in the plan's order."""
    wanted = [i.statement.id for i in plan.located if i.statement.task or i.statement.is_duty]
    assert [row.id for row in matrix.rows] == wanted
    assert len(wanted) == len(set(wanted))


def test_agencies_with_the_same_parts_share_a_column(plan, matrix):
    """Thirteen districts have the same parts; the two that V.7 names keep their own; together they lose nothing."""
    sizes = {len(c.ids): c for c in matrix.columns if len(c.ids) > 1}
    assert list(sizes) == [13] and sizes[13].short_name.endswith("(13 đơn vị còn lại)")
    assert {i for c in matrix.columns for i in c.ids} >= set(plan.sheet_agencies)
    apart = view_matrix(plan, together=False)
    for agency in plan.sheet_agencies:
        for row in ("v-1-2a", "v-7-1a", "vi-6-1a"):
            assert cell(matrix, row, agency) == cell(apart, row, agency)


def test_groups_that_nobody_lists_have_a_column(matrix):
    """“đoàn thể” must write a programme (VI.6), whoever they are."""
    assert cell(matrix, "vi-6-1a", "doan-the").codes == ("TH",)


def test_codes_have_words(matrix):
    """Every code is explained, every cell with codes can be heard."""
    legend = dict(matrix.legend)
    cells = [c for row in matrix.rows for c in row.cells]
    assert all(bool(c.codes) == bool(c.words) and set(c.codes) <= set(legend) for c in cells)


def test_what_is_asked_is_marked(matrix):
    """V.13 asks the court, VI.6 charges the departments; who is named in both ways is marked only for what is asked."""
    assert cell(matrix, "v-13-1a", "tand-tinh").shown == "ĐN: TH"
    assert cell(matrix, "vi-6-1a", "so-tu-phap").shown == "TH"
    assert cell(matrix, "v-11-1c", "mttq-tinh").shown == "ĐN: PH, GS"
    assert dict(matrix.legend)["ĐN"]


BOTH = """id: c-2
number: "2"
heading: Phân công
paragraphs:
  - id: c-2-1
    statements:
      - {text: Thư viện bày sách., id: c-2-1a, by: [thu-vien], role: [carry-out], implements: [c-1-1a]}
      - {text: Đề nghị Thư viện giám sát., id: c-2-1b, by: [thu-vien], role: [supervise], force: request, implements: [c-1-1a]}
      - {text: "Trường chủ trì, phối hợp với [Đội thiếu niên](agency:doi-thieu-nien) liên quan.", id: c-2-1c, by: [truong-ban-mai], role: [lead, coordinate], with: [doi-thieu-nien], over: [thu-vien], whole: true, tail: để vui}
"""  # fmt: skip
LOOSE = """id: c-1
number: "1"
heading: Nội dung
paragraphs:
  - id: c-1-1
    statements:
      - {text: Trưng bày sách, id: c-1-1a, task: Trưng bày sách}
      - {text: đọc to., id: c-1-1b, task: Đọc to, lead_in: tổ chức các buổi}
"""


def test_another_plan_says_the_same_in_its_words():
    """Charged and asked in one cell; concerned partners; who is directed; who leads the whole has what nobody has."""
    plan = load_small({"sections/1.yml": LOOSE, "sections/2.yml": BOTH}).plan
    matrix = view_matrix(plan)
    assert cell(matrix, "c-1-1a", "thu-vien").shown == "TH; ĐN: GS"
    assert cell(matrix, "c-1-1a", "truong-ban-mai").codes == ()
    assert cell(matrix, "c-1-1b", "truong-ban-mai").codes == ("GC",)
    assert cell(matrix, "c-2-1c", "doi-thieu-nien").words == "phối hợp, khi có liên quan"
    assert cell(matrix, "c-2-1c", "thu-vien").words == "được chỉ đạo"
    tasks, duties = view_annex(plan).parts
    assert [row.by_names for row in tasks.rows] == [
        "Thư viện; Thư viện (được đề nghị)", "Trường Tiểu học Ban Mai (giao chung, khoản 2)",
    ]  # fmt: skip
    assert [row.content for row in tasks.rows] == ["Trưng bày sách", "[Tổ chức các buổi] đọc to."]
    assert duties.title == "Nhiệm vụ giao, đề nghị ở Mục 2. Phân công"
    last = duties.rows[-1]
    assert last.with_names == "Đội thiếu niên có liên quan. Chỉ đạo: Thư viện"
    assert last.content.endswith("liên quan. [để vui]")


def test_annex_says_who_does_what(plan):
    """The table lists tasks with who carries them out, then duties; a task that only the whole covers says so."""
    parts = view_annex(plan).parts
    rows = {(part.tasks, row.citation.short, row.content): row for part in parts for row in part.rows}
    assert len(rows) == len(plan.tasks) + len(plan.duties)
    lead = next(r for p in parts if not p.tasks for r in p.rows if r.citation.short == "V.3")
    assert lead.by_names == "Sở Lao động - Thương binh và Xã hội (chủ trì, phối hợp, chỉ đạo, thực hiện)"
    asked = next(r for p in parts for r in p.rows if not p.tasks and r.citation.short == "V.12")
    assert asked.by_names == "Viện kiểm sát nhân dân tỉnh Đắk Lắk (đề nghị phối hợp)"
    unowned = next(r for p in parts for r in p.rows if p.tasks and "dẫn độ" in r.content)
    assert unowned.by_names == "Công an tỉnh Đắk Lắk (giao chung, khoản 1 Mục V)"
    assert unowned.content == "[Phối hợp thực hiện các hoạt động] dẫn độ tội phạm."
    assert lead.with_names == "các Sở, ban, ngành có liên quan"
    assert "Nhiệm vụ giao, đề nghị ở Mục V. PHÂN CÔNG TRÁCH NHIỆM" in {part.title for part in parts}
    assert all(row.content[:1] == "[" or row.content[:1].isupper() for part in parts for row in part.rows)


def test_annex_head(plan):
    """The table is the editor's and says so; an unknown number and date stay blank, known ones are printed."""
    view = view_annex(plan)
    assert "Phụ lục" not in view.title + view.heading
    assert " ".join(view.basis.split()) == (
        "(Người biên tập lập từ Kế hoạch số /KH-UBND ngày tháng năm của Ủy ban nhân dân tỉnh Đắk Lắk; "
        "không phải phụ lục của Kế hoạch)"
    )
    assert "số 05/KH-THBM ngày 05 tháng 01 năm 2026 của Trường Tiểu học Ban Mai;" in view_annex(load_small().plan).basis
