"""The layout profile: read strictly, checked against the decree's own ranges, the only source of dimensions."""

import pytest
from pydantic import ValidationError

from generator.diagnostics import DataError
from generator.read.profile import read_profile


@pytest.fixture
def nd30(root):
    return root / "site_templates" / "profiles" / "nd30-2020.yml"


@pytest.fixture
def changed(nd30, tmp_path):
    """Reads the profile with a piece of its text replaced."""

    def read(old, new):
        text = nd30.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} does not stand exactly once in the profile"
        path = tmp_path / "thu.yml"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return read_profile(path)

    return read


def test_the_page_is_what_the_decree_allows(nd30):
    """A4, and margins within 20–25, 20–25, 30–35 and 15–20 mm."""
    page = read_profile(nd30).page
    assert (page.width, page.height) == (210, 297)
    assert 20 <= page.margins.top <= 25 and 20 <= page.margins.bottom <= 25
    assert 30 <= page.margins.left <= 35 and 15 <= page.margins.right <= 20


def test_the_text_block_turns_with_the_page(nd30):
    """In landscape the margins are those of the reading orientation."""
    profile = read_profile(nd30)
    margins = profile.page.margins
    assert profile.text_width() == 210 - margins.left - margins.right
    assert profile.text_width(landscape=True) == 297 - margins.left - margins.right


def test_the_body_is_set_as_the_decree_says(nd30):
    """Justified, indented 1 or 1.27 cm, at least 6 pt between paragraphs, 13–14 pt, single to one and a half lines."""
    body = read_profile(nd30).blocks["body"]
    assert body.align == "justify" and body.first_indent in (10, 12.7)
    assert body.before + body.after >= 6 and 13 <= body.size <= 14 and 1 <= body.line <= 1.5


def test_titles_of_points_are_not_bold_those_of_clauses_are(nd30):
    """mục and khoản bold, điểm upright."""
    blocks = read_profile(nd30).blocks
    assert [blocks[f"{k}-heading"].bold for k in ("section", "clause", "point")] == [True, True, False]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("left: 30, right: 15}", "left: 25, right: 15}", "lề left 25 mm nằm ngoài khoảng 30–35 mm"),
        ("- [13, 14, 14]", "- [13, 13, 14]", "không đi cùng nhau"),
        ("{style: Quốc hiệu, size: 13", "{style: Quốc hiệu, size: 15", "cỡ chữ 15 không thuộc 12, 13"),
        ("letterhead: {shares: [0.4, 0.6]}", "letterhead: {shares: [0.4, 0.5]}", "tổng các cột phải bằng 1"),
        ("  header: 10 ", "  headre: 10 ", "thể thức không có khóa 'page.headre'"),
        ("  footer: 8\n", "", "thiếu khóa 'page.footer'"),
        ("width: 210", "width: rộng", "'page.width' không nhận giá trị 'rộng'"),
    ],
    ids=["margin", "together", "size", "shares", "unknown key", "missing key", "not a number"],
)
def test_what_the_decree_forbids_is_an_error_with_its_place(changed, old, new, message):
    """A fault names the file, the line and the rule it breaks."""
    with pytest.raises(DataError) as caught:
        changed(old, new)
    assert message in str(caught.value)
    assert all(d.span.file == "thu.yml" for d in caught.value.diagnostics)


def test_a_duplicate_key_is_an_error(changed):
    """The profile is read as strictly as the plan's data."""
    with pytest.raises(DataError, match=r"thu\.yml"):
        changed("  footer: 8\n", "  footer: 8\n  footer: 9\n")


def test_a_profile_cannot_be_changed(nd30):
    """Its types are frozen."""
    with pytest.raises(ValidationError):
        read_profile(nd30).page.margins.left = 99


def test_fonts_not_installed_are_named_with_the_way_to_get_them(changed):
    """A missing face is an error, never another face."""
    profile = changed("folder: node_modules/@expo-google-fonts/tinos", "folder: node_modules/none")
    with pytest.raises(FileNotFoundError, match="npm ci"):
        profile.font_folder()
