"""The office's colours: they reach the site, by day and by night, and what cannot be read is refused."""

from itertools import product

import pytest
from memory import made, small_project

from generator.diagnostics import DataError
from generator.make.site import _shades
from generator.model.site import Colours
from generator.words.colour import contrast, mix

NIGHT_PAPER = "#161b22"  # site.css


def looks(site):
    outputs = made(small_project({"site.yml": site} if site else {}), lambda row: "assets/" in row.path)
    return outputs["site/assets/site.css"].decode(), outputs["site/assets/bieu-tuong.svg"].decode()


def test_the_offices_colours_take_the_place_of_the_programs():
    """Style sheet and favicon hold them and their shades at night, and nothing of the program's own is left."""
    own, _ = looks("")
    assert all(shade in own for shade in _shades(Colours()))
    css, icon = looks('colours: {brand: "#00563b", accent: "#8a1538"}\n')
    assert all(colour in css for colour in ("#00563b", mix("#00563b", "#000000", 0.3), "#8a1538")) and "#00563b" in icon
    assert not any(shade in css + icon for shade in _shades(Colours()))


@pytest.mark.parametrize(
    ("value", "code"),
    [("#ffd54f", "pale-colour"), ("red", "bad-colour"), ("#FFF", "bad-colour"), ("x;}", "bad-colour")],
)
def test_a_colour_that_white_cannot_stand_on_is_refused(value, code):
    """With its ratio; and what is no colour."""
    with pytest.raises(DataError, match=rf"data/site.yml:1:18: lỗi\[{code}\]"):
        small_project({"site.yml": f'colours: {{brand: "{value}"}}\n'})


def test_what_reads_by_day_reads_by_night():
    """Every colour of a grid that is accepted has 4.5 : 1 at night too: white on the brand, the accent on the paper."""
    grid = ["#" + "".join(f"{c:02x}" for c in rgb) for rgb in product(range(0, 256, 17), repeat=3)]
    accepted = [colour for colour in grid if contrast(colour, "#ffffff") >= 4.5]
    assert len(accepted) > 1000
    assert min(contrast(mix(colour, "#000000", 0.3), "#ffffff") for colour in accepted) >= 4.5
    assert min(contrast(mix(colour, "#ffffff", 0.55), NIGHT_PAPER) for colour in accepted) >= 4.5


def test_ratios_are_those_of_wcag():
    """Black on white is 21 : 1, and #767676 on white is the known grey of 4.54 : 1."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)
