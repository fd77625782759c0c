"""Views: what documents and pages are given is plain values, frozen, made of nothing of the model."""

import datetime as dt
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from memory import real_project, small_project
from small import load_small

from generator.make.artefacts import list_artefacts
from generator.model.provision import Located
from generator.project import Readers
from generator.views.opendata import view_json
from generator.views.site import view_reference

ROOT = Path(__file__).parent.parent


def strange(value, where="view"):
    """Every place in a value that is not plain: text, number, date, tuple, mapping of texts, frozen dataclass."""
    if value is None or isinstance(value, str) or type(value) in (int, bool, float, dt.date):
        return
    if is_dataclass(value) and not isinstance(value, type) and value.__dataclass_params__.frozen:
        for field in fields(value):
            yield from strange(getattr(value, field.name), f"{where}.{field.name}")
    elif isinstance(value, tuple | list):
        for index, item in enumerate(value):
            yield from strange(item, f"{where}[{index}]")
    elif type(value) is dict:
        for key, item in value.items():
            yield from strange(item, f"{where}[{key!r}]") if type(key) is str else [f"{where}: {key!r}"]
    else:
        yield f"{where}: {type(value).__name__}"


def lists_in(value, where="view"):
    """Every list in a view: what is frozen holds tuples."""
    if is_dataclass(value):
        for field in fields(value):
            yield from lists_in(getattr(value, field.name), f"{where}.{field.name}")
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from lists_in(item, f"{where}[{index}]")
    elif isinstance(value, list | dict | set):
        yield where


def views_of(project):
    """Every view of the table of artefacts, with a name; a page's by its parts."""
    for row in list_artefacts(project):
        view = row.view()
        for name, value in view.items() if row.press == "page" else (("", view),):
            if row.press not in ("json", "asset") and name != "jsonld":
                yield f"{row.path} {name}", value


@pytest.fixture(scope="module", params=["small", "internal", "public"])
def given(request):
    """A project: another plan, or the real one for either audience."""
    if request.param == "small":
        return small_project()
    return real_project(readers=Readers(request.param))


def test_views_are_plain_values(given):
    """No record, no plan and nothing that can change is in any view: it could be written down as it is."""
    found = [place for name, view in views_of(given) for place in (*strange(view, name), *lists_in(view, name))]
    assert not found


def test_json_is_plain_values(given):
    """plan.json is made of JSON's own values."""
    assert not list(strange(view_json(given.plan)))


def test_a_record_in_a_view_would_be_seen():
    """Negative control: a record of the model, alone or inside a frozen value, is found; so is a list."""
    plan = load_small().plan
    located = plan.located[0]
    assert isinstance(located, Located) and list(strange(located))
    assert list(strange(((plan.head,),))) == ["view[0][0]: PlanHead"]
    assert list(lists_in(((["x"],),))) == ["view[0][0]"]


def test_links_lead_to_sheets_that_are_there():
    """A place links to its agency's sheet only if the agency has one."""
    places = """places:
  - {id: san-truong, name: sân trường, kind: area, agency: thu-vien}
  - {id: cong-truong, name: cổng trường, kind: area, agency: truong-ban-mai}
"""
    pages = view_reference(load_small({"places.yml": places}).plan)
    places = next(page.places for page in pages if page.places)
    assert [place.agency_href for place in places] == ["co-quan/thu-vien/", ""]


def test_what_every_page_knows_is_made_once():
    """All pages are handed the same view of the site; none makes it anew."""
    sites = [row.view()["site"] for row in list_artefacts(small_project()) if row.press == "page"]
    assert len(sites) > 5 and all(site is sites[0] for site in sites)


def test_templates_put_no_rows_together():
    """What is shown, and to whom, is decided in views: a template that fills lists or mends words is logic."""
    for path in sorted((ROOT / "site_templates").rglob("*.j2")):
        text = path.read_text(encoding="utf-8")
        assert ".append(" not in text and 'selectattr("designations")' not in text, path.name
