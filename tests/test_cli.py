"""The command as a clerk uses it: what it prints, and its exit codes (0 ok, 1 wrong data, 2 wrong call)."""

import json
import shutil

import pytest
from small import FOLDER

from generator.cli.main import main


@pytest.fixture
def data(tmp_path):
    """A copy of the small plan that a test may break."""
    return shutil.copytree(FOLDER, tmp_path / "data")


def run(capsys, *arguments):
    """The exit code and what was printed to the output and as errors."""
    with pytest.raises(SystemExit) as exit_:
        main([str(a) for a in arguments])
    printed = capsys.readouterr()
    return exit_.value.code, printed.out, printed.err


def break_agency(data):
    path = data / "agencies.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("parent: truong", "parent: trong"), encoding="utf-8")


def test_check_says_that_data_are_sound(capsys, data):
    """No findings, exit 0."""
    assert run(capsys, "check", "--data", data) == (0, "Dữ liệu hợp lệ: 0 lỗi, 0 cảnh báo.\n", "")


def test_check_names_file_line_and_column(capsys, data):
    """A wrong id: the place, the message, the nearest id, exit 1."""
    break_agency(data)
    code, out, err = run(capsys, "check", "--data", data)
    assert (code, out) == (1, "")
    assert f"{data.as_posix()}/agencies.yml:8:13: lỗi[unknown-agency]: không có cơ quan 'trong-ban-mai'" in err
    assert "gợi ý: có phải 'truong-ban-mai'?" in err


def test_check_as_json(capsys, data):
    """The same for a machine."""
    break_agency(data)
    code, out, _ = run(capsys, "check", "--data", data, "--json")
    findings = json.loads(out)["findings"]
    assert (code, findings[0]["code"], findings[0]["line"], findings[0]["column"]) == (1, "unknown-agency", 8, 13)


def test_strict_makes_warnings_errors(capsys, data):
    """An orphan is a warning, an error under --strict."""
    (data / "places.yml").write_text("places:\n  - {id: p, name: P, kind: area}\n", encoding="utf-8")
    assert run(capsys, "check", "--data", data)[0] == 0
    assert run(capsys, "check", "--data", data, "--strict")[0] == 1


def test_text_prints_the_plan(capsys, data):
    """The whole text, hostile characters as they are."""
    code, out, _ = run(capsys, "text", "--data", data)
    assert code == 0
    assert "<b>không</b> thu tiền; giá sách $0 & quà @ quầy #1" in out


def test_sheet_prints_what_an_agency_must_do(capsys, data):
    """Verbatim duty, clause, role and partner."""
    code, out, _ = run(capsys, "sheet", "thu-vien", "--data", data)
    assert code == 0
    assert "NHIỆM VỤ ĐƯỢC GIAO\n" in out
    assert "(khoản 2; Chủ trì, phối hợp; Phối hợp với: Đội thiếu niên)" in out
    code, out, _ = run(capsys, "sheet", "thu-vien", "--data", data, "--json")
    assert json.loads(out)["sections"][0]["items"][0]["id"] == "c-2-1a"


CALLS = {
    "unknown option": (["check", "--nope"], "không có tùy chọn '--nope'"),
    "unknown command": (["xay"], "không có lệnh 'xay'"),
    "missing argument": (["sheet"], "thiếu tham số 'agency'"),
    "bad choice": (["build", "--only", "x"], "chọn một trong"),
    "too many arguments": (["check", "x"], "thừa"),
}


@pytest.mark.parametrize("case", CALLS)
def test_a_wrong_call_is_told_in_vietnamese(capsys, case):
    """Exit 2, and no word of English."""
    arguments, message = CALLS[case]
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert not any(word in err for word in ("Error", "Usage", "Got unexpected", "No such"))


def test_an_unknown_agency_is_a_wrong_call(capsys, data):
    """Exit 2, with the nearest id."""
    code, _, err = run(capsys, "sheet", "thu-vein", "--data", data)
    assert code == 2
    assert err == "kehoach: không có cơ quan 'thu-vein'; có phải 'thu-vien'?\n"


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["check", "--help"], ["sheet", "--help"]])
def test_help_is_vietnamese(capsys, arguments):
    """Usage, options and commands have Vietnamese words."""
    code, out, _ = run(capsys, *arguments)
    assert code == 0
    assert "Cách dùng: kehoach" in out
    assert "Hiện phần trợ giúp này." in out
    assert not any(
        word in out for word in ("Usage", "Options:", "Commands", "Show this", "DIRECTORY", "PATH", "[default")
    )


@pytest.mark.parametrize("command", [["text"], ["sheet", "thu-vien"], ["sheet", "thu-vien", "--json"], ["coverage"]])
def test_what_is_internal_is_printed_only_when_asked_for(capsys, data, command):
    """Public unless told; the internal one is said to be so, beside what is printed."""
    section = data / "sections" / "2.yml"
    secret = '- text: Kín thì [Thư viện](agency:thu-vien) giữ\n        id: c-2-1b\n        by: [thu-vien]\n        role: [lead]\n        makes: plan\n        audience: internal\n      - "."'
    section.write_text(section.read_text(encoding="utf-8").replace('- "."', secret), encoding="utf-8")
    code, out, err = run(capsys, *command, "--data", data)
    assert (code, err) == (0, "")
    assert "c-2-1b" not in out and "Kín thì" not in out
    code, inside, err = run(capsys, *command, "--data", data, "--audience", "internal")
    assert (code, err) == (0, "Bản nội bộ, không phổ biến.\n")
    assert inside != out
