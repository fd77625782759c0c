"""Names in a line: what parts them, and their first letter."""

from generator.words.names import join_names, lower_first, upper_first


def test_names_with_commas_are_parted_by_semicolons():
    """A comma parts names unless one of them has commas of its own."""
    assert join_names(["Sở Tư pháp", "Tòa án"]) == "Sở Tư pháp, Tòa án"
    assert join_names(["các Sở, ban, ngành", "Tòa án"]) == "các Sở, ban, ngành; Tòa án"
    assert join_names([]) == ""


def test_only_the_first_letter_changes():
    """The rest of a phrase stays, marks and capitals included; nothing stays nothing."""
    assert (upper_first("điểm b khoản 1 Mục I"), upper_first("")) == ("Điểm b khoản 1 Mục I", "")
    assert lower_first("Đề án BCA") == "đề án BCA"
