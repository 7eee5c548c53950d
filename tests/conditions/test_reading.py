import pytest
from django.db import connection

from conditions.models import Edition, Page, Reviewer
from editorial import publishing, workflow
from tests import builders
from tests.builders import BODY, Desk, record, tamper
from tests.readers import (
    EVERYWHERE,
    HUB,
    LISTS,
    OF_PAGE,
    PAGE,
    PARTS,
    TELL_OF_WITHDRAWALS,
    leaks,
    parse,
    statuses,
)

ZEBRA = f"{BODY}\n- zebrafish regrow bone"


@pytest.fixture
def desk(db):
    return Desk()


def second_page(desk, **fields):
    """A second live page of the same condition, signed after the first."""
    desk.question = builders.make_question(
        desk.editor, slug="treatment", pattern="How is {condition} treated?", **fields
    )
    return desk.live()


@pytest.mark.parametrize("state", ["draft", "in_review", "reviewed"])
def test_what_was_never_published_is_nowhere(desk, visit, settings, state):
    settings.PUBLISH_ON_SIGN_OFF = False
    fields = {"short": "Zebrafish short answer.", "drafting_note": "Zebrafish note."}

    getattr(desk, state)(body=ZEBRA, **fields)

    assert leaks(visit, "ebrafish", desk.condition.name, "research") == []
    assert set(statuses(visit, LISTS)) == {200}
    assert set(statuses(visit, [HUB, "/reviewers/ines/", *OF_PAGE])) == {404}


def test_a_text_sent_back_and_its_note_are_nowhere(desk, visit):
    desk.changes_requested()

    assert leaks(visit, "soft tissue", "cite the registry") == []


def test_the_revision_of_a_live_page_is_nowhere(desk, visit):
    summary = workflow.start_revision(
        desk.live(), by=desk.writer, reason="Zebrafish paper"
    )
    before = {address: visit(address).body for address in EVERYWHERE}

    workflow.submit_for_review(desk.revise(summary, ZEBRA), by=desk.writer)

    assert leaks(visit, "ebrafish") == []
    assert {address: visit(address).body for address in EVERYWHERE} == before


def test_a_newer_edition_that_is_signed_and_not_published_is_nowhere(
    desk, visit, settings
):
    summary = desk.live()
    before = {address: visit(address).body for address in EVERYWHERE}
    settings.PUBLISH_ON_SIGN_OFF = False

    desk.new_edition(summary, ZEBRA)

    secret = Edition.objects.get(number=2)
    assert leaks(visit, "zebrafish", secret.record_sha256, secret.content_sha256) == []
    assert {address: visit(address).body for address in EVERYWHERE} == before
    assert visit(f"{PAGE}editions/2/").status == 404


def test_an_edition_never_published_is_404_when_its_page_is_withdrawn(
    desk, visit, settings
):
    summary = desk.live()
    settings.PUBLISH_ON_SIGN_OFF = False
    desk.new_edition(summary, ZEBRA)
    publishing.withdraw(summary, by=desk.editor, reason="A doubt.", note="We check.")

    answers = [visit(f"{PAGE}editions/{number}/") for number in (1, 2, 3)]

    assert [answer.status for answer in answers] == [410, 404, 404]


def test_an_edition_overtaken_before_it_was_published_is_404_for_ever(
    desk, visit, settings
):
    settings.PUBLISH_ON_SIGN_OFF = False
    summary = desk.new_edition(desk.reviewed(body=ZEBRA), BODY)
    publishing.publish(summary, by=desk.editor)

    assert leaks(visit, "zebrafish") == []
    assert statuses(visit, OF_PAGE) == [
        *[200, 200, 404, 200, 200, 200],
        *[404, 200] * 2,
    ]


def test_a_renamed_catalogue_changes_no_signed_page(desk, visit):
    desk.live()
    before = {address: visit(address).body for address in EVERYWHERE}

    condition, question = desk.condition, desk.question
    condition.name, condition.abbreviation = "zebra disease", "ZD"
    condition.synonyms = condition.genes = ["Zebra"]
    condition.community_name = "Zebra society"
    condition.identifiers = [{"scheme": "orpha", "value": "337"}]
    question.pattern, question.offers_trial_search = "Why {condition}, zebra?", False
    for source in desk.sources:
        source.title = source.authors = source.container = "Zebra paper"
    for thing in (condition, question, *desk.sources):
        record(thing, desk.editor)

    assert leaks(visit, "zebra", "Zebra", "ZD") == []
    assert {address: visit(address).body for address in EVERYWHERE} == before


def test_a_renamed_reviewer_keeps_the_name_that_they_signed_with(desk, visit):
    desk.live()
    byline = Reviewer.objects.get(slug="ines")
    byline.printed_name = "Dr Ines Zebra"
    record(byline, desk.editor)

    assert leaks(visit, "Zebra") == [("/reviewers/ines/", "Zebra")]
    assert "Dr Ines Falk, MD" in parse(visit(PAGE)).text


def test_a_catalogue_entry_with_no_live_page_is_404(desk, visit):
    desk.live()
    builders.make_condition(desk.editor, slug="zebra", name="zebra disease")

    assert visit("/conditions/zebra/").status == 404
    assert leaks(visit, "zebra") == []


def test_a_byline_that_signed_nothing_public_is_404(desk, visit):
    desk.live()
    builders.make_reviewer("jon", "Jon Berg")

    assert visit("/reviewers/jon/").status == 404


def test_a_withdrawn_page_leaves_its_note_and_nothing_else(desk, visit):
    summary = desk.new_edition(desk.live(), f"{BODY}\n- braces")
    publishing.withdraw(
        summary, by=desk.editor, reason="A secret quarrel.", note="We check a dose."
    )

    text = ("soft tissue", "physiotherapy", "braces", "Falk, MD", "GNAS", "quarrel")
    assert set(statuses(visit, OF_PAGE)) == {410}
    assert leaks(visit, *text) == [("/reviewers/ines/", "Falk, MD")]
    assert leaks(visit, "We check a dose.") == [
        (address, "We check a dose.") for address in (*TELL_OF_WITHDRAWALS, *OF_PAGE)
    ]


def test_a_condition_whose_only_page_is_withdrawn_is_404_and_on_no_list(desk, visit):
    desk.withdrawn()

    assert visit(HUB).status == 404
    assert leaks(visit, "progressive osseous", "Progressive osseous") == []
    assert {address for address, _ in leaks(visit, "eteroplasia")} == {
        *TELL_OF_WITHDRAWALS
    }


def test_a_withdrawn_page_leaves_the_lists_to_the_others(desk, visit):
    first = desk.live()
    second_page(desk)
    publishing.withdraw(first, by=desk.editor, reason="A doubt.", note="We check.")

    lists = (*LISTS, *PARTS, HUB, "/reviewers/ines/")
    shown = {a: visit(a).body.decode() for a in lists}

    assert [a for a, body in shown.items() if PAGE in body] == ["/feeds/updates.atom"]
    assert [a for a, body in shown.items() if f"{HUB}treatment/" in body] == [
        "/",
        "/feeds/updates.atom",
        PARTS[0],
        HUB,
        "/reviewers/ines/",
    ]


def test_a_page_put_back_is_public_again_at_every_address(desk, visit):
    summary = desk.new_edition(desk.live(), f"{BODY}\n- braces")
    before = {address: visit(address).body for address in EVERYWHERE}
    publishing.withdraw(summary, by=desk.editor, reason="A doubt.", note="We check.")

    publishing.reinstate(summary, by=desk.editor, reason="No doubt.")

    after = {address: visit(address).body for address in EVERYWHERE}
    told = {*TELL_OF_WITHDRAWALS, "/sitemap.xml"}
    assert {a for a in EVERYWHERE if after[a] != before[a]} <= told


def test_the_names_of_a_hub_are_those_signed_last(desk, visit):
    desk.live()
    desk.condition.synonyms = ["stone skin"]
    record(desk.condition, desk.editor)
    second_page(desk)

    hub, a_to_z = parse(visit(HUB)), parse(visit("/conditions/"))

    assert hub.one(class_="aka").words == "Also called POH, stone skin"
    assert a_to_z.one(class_="aka").words == "POH, stone skin"


def test_a_page_moved_to_another_question_is_not_served(desk, visit):
    desk.live()
    other = builders.make_question(
        desk.editor, slug="cause", pattern="Why {condition}?"
    )
    tamper("UPDATE conditions_page SET question_id = %s", other.pk)

    assert visit(f"{HUB}cause/").status == 503
    assert visit(f"{HUB}cause/editions/1/").status == 503
    assert Page.objects.get().address == f"{HUB}cause/"


def test_a_page_that_is_put_back_while_it_is_read_is_read(desk, visit):
    summary, waiting = desk.withdrawn(), [1]
    builders.unprint()

    def put_back(execute, sql, *rest):
        result = execute(sql, *rest)
        if "conditions_page" in sql and waiting:
            waiting.clear()
            publishing.reinstate(summary, by=desk.editor, reason="It was right.")
        return result

    with connection.execute_wrapper(put_back):
        answer = visit(PAGE)

    assert (answer.status, b"physiotherapy" in answer.body) == (200, True)
