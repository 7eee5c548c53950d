"""The log of corrections, as readers see it."""

import pytest

from conditions import views
from editorial import publishing
from tests.builders import Desk, fresh, tamper
from tests.correcting import NOTE, another, correct
from tests.readers import HUB, PAGE, parse

LOG = "/corrections/"


@pytest.fixture
def desk(db):
    return Desk()


def told(visit, address=LOG):
    """Return the words of each correction, in their order."""
    return [one.words for one in parse(visit(address)).all("li") if one.all("h2")]


def test_a_correction_says_what_was_wrong_where_and_when(desk, visit):
    summary = correct(desk, desk.live())

    (one,) = told(visit)
    links = [a.attrs["href"] for a in parse(visit(LOG)).all("a")]

    assert NOTE in one
    assert "What are the most promising research directions" in one
    day = summary.sign_offs.latest("pk").signed_at.date()
    assert f'<time datetime="{day.isoformat()}">' in visit(LOG).body.decode()
    assert {PAGE, f"{PAGE}editions/2/", HUB} <= set(links)
    assert visit(f"{PAGE}editions/2/").status == 200


@pytest.mark.parametrize("kind", ["new_evidence", "wording"])
def test_another_kind_of_change_is_no_correction(desk, visit, kind):
    note = 'It said "change_type":"correction" before.'
    correct(desk, desk.live(), kind=kind, note=note)

    assert told(visit) == []
    assert "No page has been corrected yet." in visit(LOG).body.decode()


def test_a_correction_stays_listed_after_the_next_edition(desk, visit):
    summary = correct(desk, desk.live())
    correct(
        desk,
        summary,
        kind="wording",
        note="Said in plainer words.",
        body="New [@gard-poh].",
    )

    assert [NOTE in one for one in told(visit)] == [True]


def test_a_correction_that_was_never_public_is_not_listed(desk, visit, settings):
    summary = desk.live()
    settings.PUBLISH_ON_SIGN_OFF = False
    correct(desk, summary)

    assert told(visit) == []


def test_a_page_that_is_withdrawn_is_not_listed_until_it_is_back(desk, visit):
    summary = correct(desk, desk.live())
    publishing.withdraw(summary, by=desk.editor, reason="A slip.", note="We check it.")
    gone = told(visit)

    publishing.reinstate(fresh(summary), by=desk.editor, reason="All is well.")

    assert (gone, len(told(visit))) == ([], 1)


def test_the_newest_correction_stands_first_and_the_rest_on_pages(
    desk, visit, monkeypatch
):
    monkeypatch.setattr(views, "CORRECTIONS", 2)
    for name in ("alpha", "beta", "gamma"):
        correct(desk, another(desk, name), note=f"Corrected about {name}.")

    pages = [told(visit, f"{LOG}{page}") for page in ("", "?p=2", "?p=9", "?p=x")]

    assert [len(one) for one in pages] == [2, 1, 1, 2]
    assert "gamma" in pages[0][0]
    assert "beta" in pages[0][1]
    assert "alpha" in pages[1][0]
    assert 'href="?p=2" rel="next"' in visit(LOG).body.decode()


def test_a_correction_that_was_altered_is_left_out_and_reported(desk, visit, caplog):
    correct(desk, desk.live())
    tamper("UPDATE conditions_edition SET content = replace(content, 'Most', 'Few')")

    assert told(visit) == []
    assert "is left out of a list" in caplog.text


def test_the_footer_of_every_page_leads_there(desk, visit):
    desk.live()

    for address in ("/", PAGE, LOG):
        assert f'href="{LOG}">Corrections</a>' in visit(address).body.decode()


def test_the_log_costs_the_same_queries_for_one_as_for_three(
    desk, client, django_assert_num_queries
):
    for name in ("alpha", "beta", "gamma"):
        correct(desk, another(desk, name))

        with django_assert_num_queries(2):
            client.get(LOG)
