"""The grammar of semantic links."""

import pytest

from generator.words.links import Emphasis, Link, Plain, Sic, TextSyntaxError, join_texts, parse_text


def test_links_emphasis_and_misprints():
    """Each mark of the grammar becomes its node; the label is the text as printed."""
    text = parse_text("*Đối tượng:* [Sở A](agency:so-a) và [hai huyện](agency:h-1,h-2) [tuyên](sic:truyền)")
    assert text.nodes == (
        Emphasis((Plain("Đối tượng:"),)), Plain(" "), Link("agency", ("so-a",), "Sở A"), Plain(" và "),
        Link("agency", ("h-1", "h-2"), "hai huyện"), Plain(" "), Sic("tuyên", "truyền"),
    )  # fmt: skip
    assert text.reading() == "Đối tượng: Sở A và hai huyện tuyên"
    assert text.as_issued() == "Đối tượng: Sở A và hai huyện truyền"


def test_other_markup_is_only_text():
    """HTML, templates, Markdown and Typst marks have no meaning."""
    hostile = "<script>alert(1)</script> {{7*7}}".replace("*", r"\*") + " # $ @ --- ```{=openxml} ]]>".replace(
        "]", r"\]"
    )
    assert parse_text(hostile).reading() == "<script>alert(1)</script> {{7*7}} # $ @ --- ```{=openxml} ]]>"


@pytest.mark.parametrize(
    ("source", "offset"),
    [
        ("a [b", 2), ("a ] b", 2), ("[a](http://x)", 0), ("[a](javascript:b)", 0), ("[a](agency:A B)", 0),
        ("ab *c", 3), ("**chữ đậm**", 0), (r"a \x", 2), ("[](agency:a)", 0), ("[a](sic:)", 0), ("[" * 20, 0), ("[" * 10_000, 0),
        ("[[a](agency:b)](agency:c)", 0),
    ],
)  # fmt: skip
def test_what_is_not_of_the_grammar_is_an_error(source, offset):
    """The error tells where; many open brackets cost no more than one."""
    with pytest.raises(TextSyntaxError) as caught:
        parse_text(source)
    assert caught.value.offset == offset


def test_statements_join_with_a_space_but_not_before_punctuation():
    """A paragraph reads as issued, whatever statements it is cut into."""
    parts = [parse_text(t) for t in ("Chủ trì", "; đồng thời", "báo cáo", ".")]
    assert join_texts(parts).reading() == "Chủ trì; đồng thời báo cáo."
