"""Open data: complete, the same as the plan, safe to open in a spreadsheet, with no trace of what is internal."""

import csv
import datetime as dt
import io
import json
import zipfile

import openpyxl
import pytest
from small import load_small

from generator.make.pages import open_data_addresses
from generator.read.plan import load_plan
from generator.read.tree import DiskTree
from generator.rules.public import public_plan
from generator.views.opendata import (
    view_agencies,
    view_duties,
    view_groups,
    view_json,
    view_jsonld,
    view_matrix_table,
    view_tables,
)
from generator.write.tables import SheetOfCells, guarded, write_csv, write_json, write_xlsx

MOMENT = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def plan(root):
    return load_plan(DiskTree(root / "data")).plan


def read_csv(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def as_csv(table):
    return write_csv([c.name for c in table.columns], table.rows)


def test_duties_hold_every_duty_with_its_words(plan):
    """One row a duty, the text as in the plan, the partners by id and name."""
    content = as_csv(view_duties(plan))
    rows = read_csv(content)
    assert content.startswith(b"\xef\xbb\xbf")
    assert [r["id"] for r in rows] == [i.statement.id for i in plan.duties]
    assert [r["text"] for r in rows] == [i.statement.text.reading() for i in plan.duties]
    border = next(r for r in rows if r["id"] == "v-7-1a")
    assert border["with"] == "so-ban-nganh; ubnd-huyen-buon-don; ubnd-huyen-ea-sup"
    assert (border["clause"], border["role_names"], border["force"]) == ("V.7", "Chủ trì, phối hợp", "Giao")


def test_agencies_hold_every_agency(plan):
    """One row an agency; what is not from the plan's text says where it is from."""
    rows = {r["id"]: r for r in read_csv(as_csv(view_agencies(plan)))}
    assert set(rows) == set(plan.agency)
    assert rows["ubnd-huyen-lak"]["named"] == "không" and rows["ubnd-huyen-lak"]["source"]
    assert rows["so-tu-phap"]["named"] == "có" and rows["so-tu-phap"]["page"] == "co-quan/so-tu-phap/"


def test_every_code_can_be_looked_up(plan):
    """Whoever does, helps, is directed or receives is a row of agencies.csv or groups.csv; tasks are in plan.json."""
    actors = {r["id"] for table in (view_agencies(plan), view_groups(plan)) for r in read_csv(as_csv(table))}
    inner = json.dumps(view_json(plan)["clauses"])
    for row in read_csv(as_csv(view_duties(plan))):
        for column in ("by", "with", "over", "to", "via"):
            assert set(filter(None, row[column].split("; "))) <= actors, (row["id"], column)
        for column in ("implements", "partly", "answered_by"):
            assert all(f'"id": "{code}"' in inner for code in filter(None, row[column].split("; ")))
    told = {c.name: c.description for c in view_duties(plan).columns}
    assert all("agencies.csv" in told[c] and "groups.csv" in told[c] for c in ("by", "with", "over", "to", "via"))
    assert "plan.json" in told["implements"] and "plan.json" in told["partly"]


def test_groups_hold_every_group(plan):
    """One row a group; who is in it, and what it may include besides."""
    rows = {r["id"]: r for r in read_csv(as_csv(view_groups(plan)))}
    assert set(rows) == set(plan.group)
    assert rows["ubnd-cap-huyen"]["members"].count(";") == 14 and rows["ubnd-cap-huyen"]["open"] == "không"
    assert rows["doan-the"]["members"] == "" and rows["doan-the"]["may_include"] == "mttq-tinh; to-chuc-thanh-vien-mttq"


def test_duties_say_what_the_text_does_not(plan):
    """Nobody is charged where nobody is named; misprints, inferred subjects and whom a duty directs are columns."""
    rows = {r["id"]: r for r in read_csv(as_csv(view_duties(plan)))}
    assert {i for i, r in rows.items() if not r["force"]} == {"ii-1-1a", "ii-2-1a", "vi-4-2a", "vi-4-2b"}
    assert rows["v-12-1a"]["force"] == "Đề nghị"
    assert "tiến hành quyền công tố" in rows["v-12-1a"]["text_as_issued"]
    assert "thực hành quyền công tố" in rows["v-12-1a"]["text"]
    assert rows["vi-1-1a"]["over"] == "co-quan-thuoc-ubnd-tinh"
    assert {i for i, r in rows.items() if r["by_named"] == "không"} == {"vi-cuoi-1b", "vi-cuoi-1c"}
    assert {i for i, r in rows.items() if r["whole"] == "có"} == {"v-1-2a", "v-9-1a", "v-10-1a", "v-11-1a"}


def test_every_column_is_documented(plan):
    """The page and the files have the columns from one table; each says what it holds."""
    for table in view_tables(plan):
        assert all(c.name and c.title and c.description for c in table.columns)
        assert all(len(row) == len(table.columns) for row in table.rows)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_runs(start):
    """A cell that a spreadsheet would take for a formula is text, in CSV and in XLSX."""
    hostile = f"{start}cmd|' /C calc'!A0"
    assert read_csv(write_csv(["a"], [[hostile]]))[0]["a"] == f"'{hostile}"
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx([SheetOfCells("t", ["a"], [[hostile]])], "t", "a", MOMENT)))
    cell = book["t"]["A2"]
    assert cell.data_type == "s" and cell.quotePrefix and "cmd" in cell.value


def test_ordinary_cells_are_left_alone():
    """Only the first character can make a formula."""
    assert [guarded(c) for c in ("a=b", "3 - 5%", "", "Cư M'gar")] == ["a=b", "3 - 5%", "", "Cư M'gar"]


def test_workbooks_are_the_same_bytes(plan):
    """No clock in them, neither in a part nor in the archive."""
    table, legend = view_matrix_table(plan)

    def make():
        sheets = [SheetOfCells(t.title, [c.title for c in t.columns], t.rows, 2) for t in (table, legend)]
        return write_xlsx(sheets, "Ma trận", "Ủy ban", MOMENT)

    first = make()
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert b"2026-11-22T00:00:00Z</dcterms:modified>" in archive.read("docProps/core.xml")
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert first == make()


def test_matrix_workbook_has_every_agency_apart(plan):
    """In the workbook no column stands for several agencies; its header and first columns stay in view."""
    table, _ = view_matrix_table(plan)
    sheet = SheetOfCells(table.title, [c.title for c in table.columns], table.rows, 2)
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx([sheet], "t", "a", MOMENT)))
    page = book["Ma trận"]
    header = [cell.value for cell in page[1]]
    assert page.freeze_panes == "C2" and page.auto_filter.ref.startswith("A1:")
    assert {"Sở Tư pháp", "UBND huyện Lắk"} <= set(header) and len(header) == len(set(header))
    lead = next(row for row in page.iter_rows(min_row=2, values_only=True) if row[0] == "khoản 3 Mục V")
    assert lead[header.index("Sở LĐ-TB&XH")] == "CT, PH, CĐ, TH"  # "Chủ trì, phối hợp với … chỉ đạo, tổ chức"


def test_the_workbook_never_passes_a_request_off_as_an_order(plan):
    """V.11 and V.12 ask: their cells say so, and the sheet of codes explains it with every other code that occurs."""
    table, legend = view_matrix_table(plan)
    column = {c.name: n for n, c in enumerate(table.columns)}
    asked = next(row for row in table.rows if row[0] == "khoản 12 Mục V" and "trao đổi" in row[1])
    assert asked[column["vks-tinh"]] == "ĐN: PH" and asked[column["cong-an-tinh"]] == "PH"
    charged = next(row for row in table.rows if row[0] == "khoản 1 Mục VI")
    assert (charged[column["ubnd-tinh"]], charged[column["so-tu-phap"]]) == ("CĐ", "ĐCĐ")
    meanings = dict(legend.rows)
    assert meanings["ĐN"] == "Được đề nghị, không phải được giao" and {"ĐCĐ", "GC", "NN"} <= set(meanings)


def test_json_holds_the_whole_plan(plan):
    """Every sentence of every clause is in plan.json, misprints with both readings."""
    data = json.loads(write_json(view_json(plan)))

    def texts(value):
        if isinstance(value, dict):
            yield from [value["text"]] if "text" in value else []
            for inner in value.values():
                yield from texts(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from texts(inner)

    found = [t if isinstance(t, str) else t["reading"] for t in texts(data["clauses"])]
    assert found == [i.statement.text.reading() for i in plan.located]
    assert "chuyên hóa" in json.dumps(data["clauses"], ensure_ascii=False)
    assert data["targets"][0]["lower"] == 3


def test_no_trace_of_what_is_internal():
    """A statement marked internal leaves neither its words nor its id nor the word in any file."""
    plan = load_small(
        sections_1_yml=("        task: Trưng bày sách", "        task: Trưng bày sách\n        audience: internal")
    ).plan
    plan = public_plan(plan)
    table, _ = view_matrix_table(plan)
    files = [as_csv(each) for each in (*view_tables(plan), table)]
    files += [write_json(view_json(plan)), write_json(view_jsonld(plan))]
    for content in files:
        for trace in ("internal", "audience", "c-1-1a", "Trưng bày"):
            assert trace not in content.decode(), trace


def test_description_by_schema_org(plan):
    """The description names the data, their period and each file, and the plan's issuer as the plan's, not as theirs."""
    data = json.loads(write_json(view_jsonld(plan)))
    assert (data["@type"], data["temporalCoverage"]) == ("Dataset", "2017/2020")
    assert {"duties.csv", "plan.json"} <= {file["contentUrl"] for file in data["distribution"]}
    assert {"@type": "GovernmentOrganization", "identifier": "so-tu-phap", "name": "Sở Tư pháp"} in data["about"]
    assert not {"creator", "variableMeasured", "license", "url"} & set(data)
    issuer = {"@type": "GovernmentOrganization", "name": "Ủy ban nhân dân tỉnh Đắk Lắk"}
    assert data["sourceOrganization"] == issuer == data["isBasedOn"]["publisher"]
    assert data["isBasedOn"]["name"].startswith("Kế hoạch Triển khai thực hiện Đề án")


def test_the_description_has_addresses_once_the_site_has_one(plan):
    """Until an office gives the site an address none is made up; then the page and the files have theirs."""
    assert open_data_addresses("https://ke-hoach.example/") == ("", "")
    data = view_jsonld(plan, *open_data_addresses("https://daklak.gov.vn/kh"))
    assert data["url"] == "https://daklak.gov.vn/kh/du-lieu-mo/"
    assert data["distribution"][0]["contentUrl"] == "https://daklak.gov.vn/kh/tai-ve/du-lieu-mo/duties.csv"
