"""The responsibility matrix and the annex: parts as the plan gives them, no agency lost, nothing read only by sight."""

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
        ("v-7-1a", "so-tu-phap", ("PH",), "phối hợp (qua nhóm các Sở, ban, ngành)"),
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
        ("iv-5-1a", "so-lao-dong", ("CT", "PH"), "chủ trì, phối hợp theo khoản 3 Mục V"),
        ("iii-1-1a", "so-tu-phap", ("TH",), "thực hiện theo khoản 5 Mục V, một phần"),
        ("iv-2-2a", "cong-an-tinh", (), ""),
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


def test_annex_says_who_does_what(plan):
    """The annex lists tasks with who carries them out, then duties; what the plan does not say stays empty."""
    parts = view_annex(plan).parts
    rows = {(part.tasks, row.citation.short, row.content[:20]): row for part in parts for row in part.rows}
    assert len(rows) == len(plan.tasks) + len(plan.duties)
    lead = next(r for p in parts if not p.tasks for r in p.rows if r.citation.short == "V.3")
    assert lead.by_names == "Sở Lao động - Thương binh và Xã hội (chủ trì, phối hợp)"
    asked = next(r for p in parts for r in p.rows if not p.tasks and r.citation.short == "V.12")
    assert asked.by_names == "Viện kiểm sát nhân dân tỉnh Đắk Lắk (đề nghị phối hợp)"
    unowned = next(r for p in parts for r in p.rows if p.tasks and "dẫn độ" in r.content)
    assert unowned.by_names == ""


def test_annex_head(plan):
    """The annex names the plan it belongs to; an unknown number and date stay blank, known ones are printed."""
    words = " ".join(view_annex(plan).annex_of.split())
    assert words == "(Kèm theo Kế hoạch số /KH-UBND ngày tháng năm của Ủy ban nhân dân tỉnh Đắk Lắk)"
    small = view_annex(load_small().plan).annex_of
    assert small == "(Kèm theo Kế hoạch số 05/KH-THBM ngày 05 tháng 01 năm 2026 của Trường Tiểu học Ban Mai)"
