"""`check` warns where public records share a run of words with what is internal."""

import re

import pytest
from small import FILES, load_small
from test_hiding import AGENCIES, RICH, SIGNATURE, TWO, hide
from topics import DATA, findings

from generator.rules.plan import check_plan


def leaks(files=None):
    found = check_plan(load_small({**RICH, **(files or {})}, plan_yml=SIGNATURE))
    return [(d.span.file, d.span.line, d.severity, d.message) for d in found if d.code == "internal-words"]


def test_nothing_internal_gives_no_warning():
    """Neither the small plan nor the rich one has anything to give away."""
    assert leaks() == []
    assert not [d for d in check_plan(load_small(FILES)) if d.code == "internal-words"]


def test_a_note_with_hidden_words_is_named_with_its_place_and_the_words():
    """The note of a public agency quotes five words of an internal statement."""
    files = {
        "agencies.yml": AGENCIES.replace("Quản lý chung cả đợt", "Thầy hiệu trưởng giữ riêng chìa khóa tủ"),
        "sections/2.yml": hide(TWO, "giữ riêng chìa khóa"), "source.yml": 'received: {file: x.txt, sha256: "0"}\n',
    }  # fmt: skip
    files["deadlines.yml"] = RICH["deadlines.yml"].replace(", note: Khi giữ riêng chìa khóa tủ sắt", "")
    ((file, line, severity, message),) = leaks(files)
    assert (file, line, severity) == ("data/agencies.yml", 2, "warning")
    assert message == "'note' có chữ chỉ phần nội bộ mới có: 'giữ riêng chìa khóa tủ'; bản công khai sẽ bỏ ô này"


def test_the_head_cannot_lose_what_it_needs():
    """A required word of the head stays, and the warning says so."""
    files = {"sections/2.yml": hide(TWO, "giữ riêng chìa khóa")}
    head = (SIGNATURE[0], SIGNATURE[1].replace("unknowns:", "unknowns: []\nx:").split("x:")[0])
    loaded = load_small(
        {
            **RICH,
            **files,
            "plan.yml": FILES["plan.yml"].replace(*head).replace("Nơi nhận:", "Nơi giữ riêng chìa khóa tủ:"),
        }
    )
    found = [d for d in check_plan(loaded) if d.code == "internal-words" and d.span.file == "data/plan.yml"]
    assert [d.message.split("; ")[1] for d in found] == ["bản công khai không bỏ được chỗ này"]


def test_an_alias_that_an_internal_link_forces_is_no_fault():
    """It is left out of the public's plan without a word: the links' labels must be declared."""
    files = {"sections/2.yml": hide(TWO, "giữ riêng chìa khóa")}
    assert not any(file == "data/agencies.yml" for file, *_ in leaks(files))


def test_a_common_phrase_is_no_warning():
    """Four words are met by chance."""
    files = {
        "agencies.yml": AGENCIES.replace("Quản lý chung cả đợt", "Thầy giữ riêng chìa khóa"),
        "sections/2.yml": hide(TWO, "giữ riêng chìa khóa"),
    }
    assert not any(file == "data/agencies.yml" for file, *_ in leaks(files))


@pytest.mark.parametrize("place", ["share", "article"])
def test_a_public_topic_that_tells_what_a_clause_hides_is_named(place):
    """In a field or in the article; the same topic marked internal is none's business."""
    hide_it = ("sections/06-vi.yml", "heading:", "audience: internal\nheading:")
    words = next(line for line in DATA["sections/06-vi.yml"].split("text:")[1].splitlines() if len(line.split()) > 8)
    told = re.sub(r"\[([^]]*)\]\([^)]*\)|[\[\]()]", r"\1", words).strip()
    topic = ('share: "', f'share: "{told} ') if place == "share" else ("\n---\n", f"\n---\n{told}\n\n")

    def leaks_of(*changes):
        return [f for f in findings(data=[hide_it], topic=changes) if f.startswith("internal-words")]

    assert len(leaks_of(topic)) == len(leaks_of()) + 1
    assert len(leaks_of(topic, ("audiences:", "audience: internal\naudiences:"))) == len(leaks_of())
