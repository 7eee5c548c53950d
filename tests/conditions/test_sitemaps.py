"""The sitemap: what is live, each address with the moment of its signature."""

from datetime import datetime
from xml.etree import ElementTree

import pytest

from conditions import outdating
from editorial import publishing
from editorial.models import Summary
from tests import builders
from tests.builders import BODY, Desk, tamper
from tests.readers import HUB, PAGE

INDEX, LISTS = "/sitemap.xml", "/sitemap-lists.xml"
PAGES, HUBS = "/conditions/sitemap-pages-{}.xml", "/conditions/sitemap-hubs-{}.xml"
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SITE = "http://127.0.0.1:8000"


@pytest.fixture
def desk(db):
    return Desk()


def read(visit, address):
    """Return the parts or the addresses of a sitemap, each with when it changed."""
    answer = visit(address)
    assert (answer.status, answer.headers["Content-Type"]) == (
        200,
        "application/xml; charset=utf-8",
    )
    return entries(answer.body)


def entries(xml):
    top = ElementTree.fromstring(xml)
    outer, inner = top.tag, {one.tag for one in top}
    assert (outer, inner) in (
        (f"{NAMESPACE}sitemapindex", {f"{NAMESPACE}sitemap"}),
        (f"{NAMESPACE}urlset", {f"{NAMESPACE}url"}),
    )
    found = {}
    for one in top:
        loc = one.findtext(f"{NAMESPACE}loc")
        assert loc.startswith(SITE)
        said = one.findtext(f"{NAMESPACE}lastmod")
        found[loc.removeprefix(SITE)] = said and datetime.fromisoformat(said)
    return found


def part_of(pattern, pk):
    return pattern.format((pk - 1) // outdating.IDS_IN_A_PART + 1)


def parts(summary):
    page = builders.page(summary)
    return part_of(PAGES, page.pk), part_of(HUBS, page.condition_id)


def signed_at(summary):
    return summary.sign_offs.latest("pk").signed_at.replace(microsecond=0)


def another(desk, name):
    desk.condition = builders.make_condition(desk.editor, slug=name, name=name)
    return desk.live()


def test_a_live_page_and_its_hub_stand_there_with_the_time_of_the_signature(
    desk, visit
):
    summary = desk.live()
    pages, hubs = parts(summary)

    assert read(visit, pages) == {PAGE: signed_at(summary)}
    assert read(visit, hubs) == {HUB: signed_at(summary)}


def test_the_index_leads_to_each_part_with_the_time_of_its_last_act(desk, visit):
    summary = desk.live()
    at = builders.page(summary).publications.get().at.replace(microsecond=0)

    assert read(visit, INDEX) == {LISTS: None, **dict.fromkeys(parts(summary), at)}


def test_a_new_edition_moves_the_time_and_an_earlier_edition_is_not_listed(desk, visit):
    summary = desk.new_edition(desk.live(), f"{BODY}\n- braces")
    pages, _ = parts(summary)

    assert read(visit, pages) == {PAGE: signed_at(summary)}


def test_a_hub_has_the_time_of_the_newest_signature_of_its_pages(desk, visit):
    desk.live()
    desk.question = builders.make_question(
        desk.editor, slug="cause", pattern="Cause of {condition}?"
    )
    newest = desk.live()
    pages, hubs = parts(newest)

    assert read(visit, hubs) == {HUB: signed_at(newest)}
    assert read(visit, pages).keys() == {PAGE, f"{HUB}cause/"}


def test_a_part_holds_the_ids_of_its_range_alone(desk, visit, monkeypatch):
    monkeypatch.setattr("conditions.sitemaps.IDS_IN_A_PART", 1)
    monkeypatch.setattr("conditions.outdating.IDS_IN_A_PART", 1)
    first, second = builders.page(desk.live()), builders.page(another(desk, "alpha"))

    assert read(visit, PAGES.format(first.pk)).keys() == {first.address}
    assert read(visit, PAGES.format(second.pk)).keys() == {second.address}
    assert {PAGES.format(one.pk) for one in (first, second)} <= read(
        visit, INDEX
    ).keys()


def test_a_withdrawn_page_is_in_no_part_and_a_part_of_none_is_not_found(desk, visit):
    summary = desk.withdrawn()

    assert [visit(address).status for address in parts(summary)] == [404, 404]
    assert read(visit, INDEX).keys() == {LISTS}


def test_a_withdrawal_is_told_by_the_index(desk, visit):
    desk.live()
    other = another(desk, "alpha")
    publishing.withdraw(other, by=desk.editor, reason="A slip.", note="We check it.")
    at = builders.page(other).publications.last().at.replace(microsecond=0)

    assert read(visit, INDEX)[parts(other)[0]] == at


def test_what_cannot_be_verified_is_left_out(desk, visit, caplog):
    desk.live()
    other = another(desk, "alpha")
    tamper(
        "UPDATE conditions_edition SET record = replace(record, 'alpha', 'beta')"
        " WHERE id = %s",
        builders.page(other).live_edition_id,
    )

    assert read(visit, parts(other)[0]).keys() == {PAGE}


def test_the_lists_that_lead_to_pages_have_the_time_of_the_newest_signature(
    desk, visit
):
    empty = read(visit, LISTS)
    summary = desk.live()

    assert set(empty.values()) == {None}
    at = signed_at(summary)
    assert read(visit, LISTS) == {
        "/": at,
        "/conditions/": at,
        "/corrections/": None,
        "/about/review-process/": None,
    }


def test_every_address_in_it_can_be_read(desk, visit):
    summary = desk.live()

    for part in read(visit, INDEX):
        assert {visit(one).status for one in read(visit, part)} == {200}
    assert visit(parts(summary)[0].replace("1.xml", "01.xml")).status == 404
    assert visit(PAGES.format(999_999_999)).status == 404


def test_signs_of_markup_in_the_sites_address_break_nothing(desk, visit, settings):
    settings.SITE_URL = f"{SITE}/a&b"
    desk.live()

    assert f"{SITE}/a&amp;b/conditions/" in visit(LISTS).body.decode()
    assert f"/a&b{HUB}" in read(visit, parts(Summary.objects.get())[1])


@pytest.mark.parametrize(("which", "queries"), [(0, 1), (1, 1)])
def test_a_part_costs_one_query_however_many_pages(
    desk, client, django_assert_num_queries, which, queries
):
    for name in ("alpha", "beta", "gamma"):
        summary = another(desk, name)
        address = parts(summary)[which]
        with django_assert_num_queries(queries):
            xml = client.get(address).content

    assert len(entries(xml)) == 3


def test_the_index_and_the_lists_cost_the_same_queries_too(
    desk, client, django_assert_num_queries
):
    for name in ("alpha", "beta", "gamma"):
        another(desk, name)
        with django_assert_num_queries(2):
            client.get(INDEX)
        with django_assert_num_queries(1):
            client.get(LISTS)
