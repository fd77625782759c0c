"""“có liên quan” after a name limits that name, and no other."""

import pytest

from generator.words.limits import limited_targets
from generator.words.links import parse_text

SBN, UBND = "[các Sở, ban, ngành](group:sbn)", "[Ủy ban nhân dân các huyện](group:huyen)"


@pytest.mark.parametrize(
    ("source", "limited"),
    [
        (f"phối hợp với {SBN} có liên quan, {UBND} thực hiện", {"sbn"}),
        (f"phối hợp với {SBN} liên quan.", {"sbn"}),
        (f"phối hợp với {SBN}, {UBND} có liên quan", {"huyen"}),
        (f"*phối hợp với {SBN}* có liên quan", {"sbn"}),
        ("[Sở Y tế, Sở Nội vụ](agency:y-te,noi-vu) có liên quan", {"y-te", "noi-vu"}),
        # nothing is limited: words between, words of the name itself, words of another name, another kind of thing
        (f"phối hợp với {SBN} để xử lý việc có liên quan", set()),
        ("với [các cơ quan có liên quan](group:lien-quan) thực hiện", set()),
        (f"{SBN} liên quanh", set()),
        ("[Nghị định thư](instrument:ndt) có liên quan", set()),
        (f"có liên quan {SBN}", set()),
        ("", set()),
    ],
)
def test_who_is_limited(source, limited):
    """Only the name that the words directly follow."""
    assert limited_targets(parse_text(source)) == limited
