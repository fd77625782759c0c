"""A place's own papers: who hands them out, whom to call, where to go; made when asked for, kept while they are right."""

import io
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
import zipfile

import pytest
from memory import made, real_project
from topics import IDS, ROOT

from generator.build import Options, build
from generator.diagnostics import DataError
from generator.make.artefacts import list_artefacts
from generator.make.fit import check_fit
from generator.make.press import Workshop
from generator.make.topics import FORMS, places_in

LOCAL = """localities:
  - id: xa-a
    name: "xã A 2"
    office: "Công an xã A 2"
    phone: "0262 3852 113"
    address: "Trụ sở Công an xã A 2"
    source: "Công an xã A 2, thử"
    confirmed_on: 2026-11-01
  - id: xa-b
    name: "xã Bình"
    office: "Công an xã Bình"
    phone: "0262 3852 999"
    source: "thử"
    confirmed_on: unknown
"""
LOUD = "documents/tuyen-truyen/ma-tuy/dia-phuong"
TOPICS = ("ma-tuy.md", "hinh/ma-tuy.yml")


@pytest.fixture(scope="module")
def places():
    return real_project(new={"local.yml": LOCAL})


@pytest.fixture(scope="module")
def outputs(places):
    """The forms of one topic for two places, and the first place's zip with all that it holds."""
    wanted = re.compile(rf"{LOUD}/|documents/dia-phuong/xa-a.zip")
    return made(places.for_places(["tat-ca"]), lambda row: wanted.match(row.path))


def test_they_are_made_when_asked_for(places):
    """Nobody pays for a hundred communes to correct a clause; those that the last build holds stay in it."""

    def rows(project):
        return {row.path for row in list_artefacts(project) if "dia-phuong" in row.path}

    assert rows(places) == set()
    one = rows(places.for_places(["xa-a"]))
    assert len(one) == len(IDS) * len(FORMS) + 1 and places_in(one) == {"xa-a"}
    assert rows(places.for_places([], ["xa-a", "gone"])) == one
    assert places_in(rows(places.for_places(["tat-ca"]))) == {"xa-a", "xa-b"}


@pytest.mark.parametrize("data, hint", [({"local.yml": LOCAL}, "có phải 'xa-a'?"), ({}, "chưa có nơi nào được ghi")])
def test_a_place_that_nobody_knows(data, hint):
    """Said with what was perhaps meant, or that there is none."""
    with pytest.raises(DataError) as error:
        real_project(new=data).for_places(["xa-aa"])
    assert "unknown-place" in str(error.value) and hint in str(error.value)


@pytest.mark.parametrize(
    "old, new, code",
    [
        ("id: xa-b", "id: xa-a", "repeated-id"),
        ('phone: "0262 3852 999"', 'phone: "gọi anh Ba"', "bad-phone"),
        ('    source: "thử"\n', "", "missing-field"),
    ],
)
def test_the_file_is_read_strictly(old, new, code):
    """Two places of one name, a telephone that is none, a fact without a source."""
    with pytest.raises(DataError) as error:
        real_project(new={"local.yml": LOCAL.replace(old, new)})
    assert re.search(rf"local.yml:\d+:\d+: lỗi\[{code}\]", str(error.value))


def test_what_a_place_is_called_can_be_said(places):
    """A name that the loudspeaker cannot read is found in the file of places, what all scripts share in speech.yml, once."""
    said = real_project(new={"local.yml": LOCAL.replace("xã Bình", "TTXVN")})
    greeting = ("speech.yml", 'greeting: "', 'greeting: "TTBATL. ')
    asked = ("speech.yml", 'repeat: "', 'repeat: "3.5 ')
    both = real_project(new={"local.yml": LOCAL}, data=[greeting, asked])
    found = [[f"{d.span.file}:{d.code}" for d in project.warnings] for project in (places, said, both)]
    assert found == [[], ["data/local.yml:unspoken"], ["data/speech.yml:unspoken"] * 2]


def test_the_longest_place_fits_every_form(places):
    """A name, an office and an address as long as the file allows, on the forms of every topic."""
    long = LOCAL.replace("Công an xã Bình", "Công an xã " + "Dài " * 8 + "M").replace("xã Bình", "xã " + "Dài " * 10)
    long = long.replace("confirmed_on: unknown", 'confirmed_on: 2026-11-01\n    address: "' + "Trụ sở " * 12 + 'ấp 12"')
    project = real_project(new={"local.yml": long}).for_places(["xa-b"])
    rows = [row for row in list_artefacts(project) if "/dia-phuong/xa-b/" in row.path]
    assert len([row for row in rows if row.press == "layout"]) == 11 * len(IDS)
    assert list(check_fit(project, rows, Workshop(project, rows, 1).layout)) == []


@pytest.mark.parametrize("file", ["to-roi.pdf", "ap-phich.pdf", "ap-phich-a4.pdf", "ap-phich-xen.pdf"])
def test_print_names_the_office(outputs, program, tmp_path, file):
    """Its telephone if the office has confirmed it; else a line to write on, and the number is nowhere."""
    told = {}
    for place in ("xa-a", "xa-b"):
        (tmp_path / file).write_bytes(outputs[f"{LOUD}/{place}/{file}"])
        told[place] = subprocess.run(
            [program("pdftotext"), "-layout", tmp_path / file, "-"], check=True, capture_output=True, text=True
        ).stdout
    assert "Công an xã A 2" in told["xa-a"] and "0262 3852 113" in told["xa-a"]
    assert "Công an xã Bình" in told["xa-b"] and "3852" not in told["xa-b"] and "....." in told["xa-b"]
    assert ("Trụ sở Công an xã A 2" in told["xa-a"]) == (file == "to-roi.pdf")


def test_the_word_leaflet_is_filled(outputs):
    """Its fields hold what is known, and ask for what is not."""

    def fields(place):
        with zipfile.ZipFile(io.BytesIO(outputs[f"{LOUD}/{place}/to-roi.docx"])) as archive:
            root = ET.fromstring(archive.read("word/document.xml"))
        w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
        return ["".join(t.text for t in control.iter(f"{w}t")) for control in root.iter(f"{w}sdt")]

    assert fields("xa-a") == ["Công an xã A 2", "0262 3852 113"]
    assert fields("xa-b") == ["Công an xã Bình", "ghi số điện thoại"]


def test_the_station_says_who_it_is(outputs):
    """In words, before the greeting; for one reader, for two and for a machine."""
    said = "Đây là Đài truyền thanh xã A hai, chuyên mục An ninh trật tự."
    text = outputs[f"{LOUD}/xa-a/loa.txt"].decode("utf-8-sig").split("\r\n")
    assert next(line for line in text if line and not line.startswith("[")) == said
    assert f"<s>{said}</s>" in outputs[f"{LOUD}/xa-a/loa.ssml"].decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(outputs[f"{LOUD}/xa-a/loa-dai.docx"])) as archive:
        assert said in archive.read("word/document.xml").decode()


def test_all_of_a_place_is_one_zip(outputs):
    """A folder a topic, and in it what stands below documents/, the same bytes."""
    with zipfile.ZipFile(io.BytesIO(outputs["documents/dia-phuong/xa-a.zip"])) as archive:
        assert len(archive.namelist()) == len(IDS) * len(FORMS)
        assert {name.partition("/")[0] for name in archive.namelist()} == set(IDS)
        assert archive.read("ma-tuy/to-roi.pdf") == outputs[f"{LOUD}/xa-a/to-roi.pdf"]


def test_a_build_keeps_the_places_that_it_holds(tmp_path):
    """`--for` adds one; the next build without it makes again what a change touched, and only that."""
    data, content = tmp_path / "data", tmp_path / "content"
    shutil.copytree(ROOT / "data", data)
    for name in TOPICS:
        target = content / "tuyen-truyen" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "content" / "tuyen-truyen" / name, target)
    (data / "local.yml").write_text(LOCAL, encoding="utf-8")
    options = Options(data, content, tmp_path / "out")

    def local(report):
        return sorted(path for path in report.made if "dia-phuong" in path)

    assert local(build(options)) == []
    added = build(Options(data, content, tmp_path / "out", places=("xa-a",)))
    assert len(local(added)) == len(FORMS) + 1 == len(added.made)
    assert build(options).made == {} and (tmp_path / "out" / LOUD / "xa-a" / "loa.txt").exists()
    (data / "local.yml").write_text(LOCAL.replace("Trụ sở Công an xã A 2", "Nhà văn hóa thôn 3"), encoding="utf-8")
    moved = local(build(options))
    assert f"{LOUD}/xa-a/to-roi.pdf" in moved and "documents/dia-phuong/xa-a.zip" in moved
    assert f"{LOUD}/xa-a/loa.txt" not in moved
    (data / "local.yml").unlink()
    assert all("dia-phuong" in path for path in build(options).removed)
    assert not (tmp_path / "out" / "documents" / "dia-phuong").exists()
