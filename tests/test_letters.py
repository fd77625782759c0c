"""A character that cannot be printed is found where it stands, before anything is made (case 56)."""

import pytest
from small import FILES, load_small
from topics import load_topics, real_plan

from generator.make.glyphs import check_letters
from generator.model.topics import Awareness
from generator.program import PROFILES
from generator.read.profile import read_profile
from generator.read.topics import LoadedAwareness

PROFILE = read_profile(PROFILES / "nd30-2020.yml")


def places(loaded, found):
    return [
        f"{d.span.file.split('/', 1)[-1]}:{d.span.line}:{d.span.column} {d.message}"
        for d in check_letters(loaded, found, PROFILE)
    ]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (
            {"sections_1_yml": ("sân trường", "sân 漢 trường 字")},
            ["sections/1.yml:7:39 phông in Tinos không có chữ 漢 (U+6F22), 字 (U+5B57)"],
        ),
        (
            {"agencies_yml": ("name: Thư viện", "name: Thư viện 📚")},
            ["agencies.yml:6:20 phông in Tinos không có chữ 📚 (U+1F4DA)"],
        ),
        ({"sections_1_yml": ("sân trường", "xã Ea H’leo, ơ̆ ư̆ ê̆ – “Đắk” … ≥ 75%")}, []),
    ],
)
def test_each_place_is_named(change, found):
    """File, line, column and the characters; Vietnamese and Ê Đê letters are there."""
    none = LoadedAwareness(Awareness(), load_small(FILES).spans)
    assert places(load_small(**change), none) == found


def test_a_topic_is_looked_at_too():
    """What is only shared may hold any character, what is printed may not."""
    _, topics = load_topics(topic=[('signs:\n  - "', 'signs:\n  - "😀 '), ('share: "', 'share: "😀 ')])
    assert places(real_plan(), topics) == [
        "tuyen-truyen/gia-danh-cong-an.md:18:6 phông in Tinos không có chữ 😀 (U+1F600)"
    ]
