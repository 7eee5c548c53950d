"""The pages that a reviewer signed, a part at a time on their public profile."""

import pytest

from conditions import views
from tests import builders
from tests.builders import Desk
from tests.readers import parse

PROFILE = "/reviewers/ines/"


@pytest.fixture
def desk(db, monkeypatch):
    monkeypatch.setattr(views, "SIGNED", 2)
    return Desk()


def sign(desk, *names):
    for name in names:
        desk.condition = builders.make_condition(desk.editor, slug=name, name=name)
        desk.live()


def shown(visit, address=PROFILE):
    """Return the conditions of the pages listed, in their order."""
    links = parse(visit(address)).one(aria_labelledby="signed").all("a")
    pages = [a.attrs["href"] for a in links if a.attrs["href"].endswith("/research/")]
    return [address.split("/")[2] for address in pages]


def test_many_pages_are_parted_and_all_are_counted(desk, visit):
    sign(desk, "alpha", "beta", "gamma")

    assert shown(visit) == ["gamma", "beta"]
    assert shown(visit, f"{PROFILE}?p=2") == ["alpha"]
    for address in (PROFILE, f"{PROFILE}?p=2"):
        assert "3 pages are live, the newest first." in visit(address).body.decode()


def test_each_part_leads_to_the_others_and_has_its_own_address(desk, visit):
    sign(desk, "alpha", "beta", "gamma")

    first, last = (parse(visit(a)) for a in (PROFILE, f"{PROFILE}?p=2"))

    assert [a.attrs["href"] for a in first.all("a", rel="next")] == ["?p=2"]
    assert [a.attrs["href"] for a in last.all("a", rel="prev")] == ["?p=1"]
    told = [p.one("link", rel="canonical").attrs["href"] for p in (first, last)]
    assert [one.rpartition("/")[2] for one in told] == ["", "?p=2"]


@pytest.mark.parametrize("asked", ["0", "9999", "x", "-1", ""])
def test_an_odd_number_leads_to_a_part_that_is_there(desk, visit, asked):
    sign(desk, "alpha")

    assert visit(f"{PROFILE}?p={asked}").status == 200


def test_few_pages_are_not_parted(desk, visit):
    sign(desk, "alpha", "beta")

    assert "Page 1 of" not in visit(PROFILE).body.decode()
