"""The Atom feeds: what was signed, corrected and withdrawn, and when."""

from datetime import datetime
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError

from conditions import feeds
from editorial import publishing
from editorial.models import Summary
from tests import builders
from tests.builders import BODY, Desk, fresh, tamper
from tests.correcting import NOTE, another, correct
from tests.readers import HUB, PAGE, parse

ALL, CORRECTIONS = "/feeds/updates.atom", "/feeds/corrections.atom"
OF_ONE = "/feeds/progressive-osseous-heteroplasia.atom"
ATOM = "{http://www.w3.org/2005/Atom}"
TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
SITE = "http://127.0.0.1:8000"
HOSTILE = "\"'><x-canary onload=alert(1)>&lt;&</entry>]]> שלום 5 µg"


@pytest.fixture
def desk(db):
    return Desk()


class Entry:
    def __init__(self, node):
        self.node = node
        self.title, self.id = said(node, "title"), said(node, "id")
        self.updated = datetime.fromisoformat(said(node, "updated"))
        self.published = datetime.fromisoformat(said(node, "published"))
        (self.summary,) = (one.text for one in node.iter(f"{ATOM}summary"))
        self.link = link(node, "alternate")
        self.kind = node.find(f"{ATOM}category").get("term")


class Read:
    def __init__(self, node):
        self.tag, self.find, self.findall = node.tag, node.find, node.findall
        self.entries = [Entry(one) for one in node.findall(f"{ATOM}entry")]
        self.updated = datetime.fromisoformat(said(node, "updated"))


def said(node, name):
    """Return the words of an element that stands in another exactly once."""
    (one,) = node.findall(f"{ATOM}{name}")
    return one.text


def link(node, rel):
    (one,) = (one for one in node.findall(f"{ATOM}link") if one.get("rel") == rel)
    return one.get("href").removeprefix(SITE)


def read(visit, address=ALL):
    """Return a feed, with its entries, having all that RFC 4287 requires of it."""
    answer = visit(address)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = Read(ElementTree.fromstring(answer.body))
    assert feed.tag == f"{ATOM}feed"
    assert said(feed, "title")
    assert said(feed, "id") == SITE + address
    assert link(feed, "self") == address
    assert feed.find(f"{ATOM}author/{ATOM}name").text == "Rare answers"
    moments = [max(one.updated, one.published) for one in feed.entries]
    assert feed.updated == max(moments, default=feeds.NEVER)
    assert len({one.id for one in feed.entries}) == len(feed.entries)
    return feed


def entries(visit, address=ALL):
    return read(visit, address).entries


def withdraw(desk, summary, note="We check a dose."):
    publishing.withdraw(fresh(summary), by=desk.editor, reason="A doubt.", note=note)


def signed_at(summary):
    return summary.sign_offs.latest("pk").signed_at.replace(microsecond=0)


def test_an_entry_says_what_was_answered_by_whom_and_when_it_was_signed(desk, visit):
    summary = desk.live()

    (one,) = entries(visit)

    assert one.title.startswith("What are the most promising research directions")
    assert one.link == PAGE
    assert one.id == f"{SITE}{PAGE}editions/1/"
    assert one.updated == signed_at(summary)
    assert one.kind == "First edition"
    assert "<em>soft tissue</em> turns into bone" in one.summary
    assert "by Dr Ines Falk, MD" in one.summary
    assert "changes/" not in one.summary
    assert one.node.find(f"{ATOM}author/{ATOM}name").text == "Tomás Rey"


def test_a_new_edition_is_a_new_entry_with_its_kind_its_note_and_its_changes(
    desk, visit
):
    summary = correct(desk, desk.live())

    (one,) = entries(visit)

    assert one.id == f"{SITE}{PAGE}editions/2/"
    assert (one.kind, one.updated) == ("Correction", signed_at(summary))
    assert NOTE in one.summary
    assert f'href="{SITE}{PAGE}editions/2/changes/"' in one.summary


def test_a_withdrawal_is_an_entry_with_the_note_and_ends_the_one_before(desk, visit):
    desk.withdrawn()
    act = builders.page(Summary.objects.get()).publications.last()

    feed = read(visit)
    (one,) = feed.entries
    gone = feed.findall(TOMBSTONE)[0]

    assert (one.title, one.kind) == (f"Withdrawn: {PAGE}", "Withdrawn")
    assert "We are checking a dose." in one.summary
    assert one.updated == act.at
    assert one.id == f"{SITE}{PAGE}editions/1/#withdrawn-2"
    assert gone.get("ref") == f"{SITE}{PAGE}editions/1/"
    assert datetime.fromisoformat(gone.get("when")) == one.updated
    whole = visit(ALL).body.decode()
    assert [w for w in ("turns into bone", "esearch directions") if w in whole] == []


def test_a_page_that_is_put_back_is_an_entry_again(desk, visit):
    summary = desk.withdrawn()
    publishing.reinstate(summary, by=desk.editor, reason="All is well.")

    feed = read(visit)

    (one,) = feed.entries
    assert one.id == f"{SITE}{PAGE}editions/1/#back-3"
    assert one.updated == signed_at(summary)
    assert feed.findall(TOMBSTONE) == []


def test_a_page_that_is_withdrawn_again_ends_the_entry_that_it_came_back_with(
    desk, visit
):
    summary = desk.withdrawn()
    publishing.reinstate(summary, by=desk.editor, reason="All is well.")
    (back,) = entries(visit)
    withdraw(desk, summary)

    gone = [one.get("ref") for one in read(visit).findall(TOMBSTONE)]

    assert back.id in gone
    assert f"{SITE}{PAGE}editions/1/" in gone


def test_the_newest_act_stands_first_also_where_it_was_signed_long_before(
    desk, visit, settings
):
    settings.PUBLISH_ON_SIGN_OFF = False
    early = desk.live()
    settings.PUBLISH_ON_SIGN_OFF = True
    another(desk, "alpha")
    publishing.publish(fresh(early), by=desk.editor)

    assert [one.link for one in entries(visit)] == [PAGE, "/conditions/alpha/research/"]


def test_what_is_signed_and_not_published_is_in_no_feed(desk, visit, settings):
    settings.PUBLISH_ON_SIGN_OFF = False
    desk.live()

    assert entries(visit) == []
    assert visit(OF_ONE).status == 404


def test_a_feed_without_an_entry_is_whole_and_was_never_updated(db, visit):
    for address in (ALL, CORRECTIONS):
        assert read(visit, address).updated == feeds.NEVER


def test_a_feed_holds_the_newest_alone(desk, visit, monkeypatch):
    monkeypatch.setattr(feeds, "MOST", 2)
    for name in ("alpha", "beta", "gamma"):
        correct(desk, another(desk, name))

    for address in (ALL, CORRECTIONS):
        links = [one.link.split("/")[2] for one in entries(visit, address)]
        assert links == ["gamma", "beta"]


def test_a_condition_has_a_feed_of_its_own(desk, visit):
    desk.live()
    another(desk, "alpha")

    feed = read(visit, OF_ONE)

    assert said(feed, "title") == "Progressive osseous heteroplasia – Rare answers"
    assert link(feed, "alternate") == HUB
    assert [one.link for one in feed.entries] == [PAGE]


def test_a_condition_of_which_nothing_was_ever_public_has_none(desk, visit):
    builders.make_condition(desk.editor, slug="alpha", name="alpha")

    assert visit("/feeds/alpha.atom").status == 404
    assert visit("/feeds/none.atom").status == 404


@pytest.mark.parametrize("slug", ["updates", "corrections"])
def test_no_condition_takes_the_address_of_a_feed_of_the_whole_site(desk, slug):
    with pytest.raises(ValidationError, match="is of the whole site"):
        builders.make_condition(desk.editor, slug=slug, name=slug)


def test_who_follows_a_condition_learns_that_all_of_it_was_withdrawn(desk, visit):
    withdraw(desk, desk.live(), "We check a dose.")

    feed = read(visit, OF_ONE)

    assert "We check a dose." in feed.entries[0].summary
    assert said(feed, "title") == f"{HUB} – Rare answers"
    assert "ossifying" not in visit(OF_ONE).body.decode()


def test_a_correction_stays_when_the_next_edition_comes_without_its_old_words(
    desk, visit
):
    summary = correct(desk, desk.live())
    (before,) = entries(visit, CORRECTIONS)
    correct(desk, summary, note="In plainer words.", kind="wording", body=BODY)

    (one,) = entries(visit, CORRECTIONS)

    assert "turns into bone" in before.summary
    assert (one.id, one.updated) == (before.id, before.updated)
    assert NOTE in one.summary
    assert "turns into bone" not in one.summary


def test_only_corrections_of_pages_that_are_live_are_in_their_feed(desk, visit):
    correct(desk, desk.live(), kind="wording")
    other = correct(desk, another(desk, "alpha"))
    found = entries(visit, CORRECTIONS)
    withdraw(desk, other)

    assert [one.link for one in found] == ["/conditions/alpha/research/"]
    assert entries(visit, CORRECTIONS) == []


def test_an_edition_that_was_altered_is_left_out_and_reported(desk, visit, caplog):
    desk.live()
    tamper("UPDATE conditions_edition SET content = replace(content, 'Most', 'Few')")

    assert entries(visit) == []
    assert "is left out of a feed" in caplog.text


def test_hostile_words_are_words(desk, visit, settings):
    settings.SITE_NOTICE = HOSTILE
    desk.condition.name = "poh <b>&"
    builders.record(desk.condition, desk.editor)
    summary = correct(desk, desk.live(), note=HOSTILE)

    for address in (ALL, CORRECTIONS, OF_ONE):
        feed = read(visit, address)
        (one,) = feed.entries
        assert said(feed, "subtitle") == HOSTILE
        assert one.title.endswith("poh <b>&?")
        assert (
            "&lt;x-canary onload=alert(1)&gt;&amp;lt;&amp;&lt;/entry&gt;" in one.summary
        )
        assert "שלום 5 µg" in one.summary
    withdraw(desk, summary, HOSTILE)
    assert "&lt;x-canary" in entries(visit)[0].summary


def test_a_sign_that_xml_cannot_hold_is_replaced(desk, visit):
    desk.withdrawn()
    tamper("UPDATE conditions_publication SET note = %s", "A\x1b\x0b\ufffe B")

    assert "A\ufffd\ufffd\ufffd B" in entries(visit)[0].summary


def test_no_date_of_a_feed_is_that_of_its_printing(desk, visit):
    desk.live()
    first = visit(ALL).body
    builders.unprint()

    assert visit(ALL).body == first


def test_pages_lead_to_the_feeds(desk, visit):
    correct(desk, desk.live())

    def told(address):
        found = parse(visit(address)).all("link", type="application/atom+xml")
        return [one.attrs["href"] for one in found]

    assert told("/") == told("/conditions/") == [ALL]
    assert told(PAGE) == told(HUB) == [OF_ONE, ALL]
    assert told("/corrections/") == [CORRECTIONS, ALL]


@pytest.mark.parametrize(
    ("address", "queries"), [(ALL, 1), (CORRECTIONS, 1), ("/feeds/gamma.atom", 1)]
)
def test_a_feed_costs_one_query_however_many_entries(
    desk, client, django_assert_num_queries, address, queries
):
    for name in ("gamma", "alpha", "beta"):
        correct(desk, another(desk, name))
        with django_assert_num_queries(queries):
            assert client.get(address).status_code == 200
