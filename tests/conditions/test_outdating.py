"""Each act has printed anew what it changes, and nothing else."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from conditions import outdating, press
from conditions.models import Printed, Reviewer
from conditions.sheets import Head
from editorial import catalogue, publishing, workflow
from tests import builders
from tests.builders import BODY, Desk
from tests.readers import EVERYWHERE, FEED, HUB, LISTS, PAGE, PARTS

ALPHA = "/conditions/alpha/"
OTHER = f"{ALPHA}research/"


@pytest.fixture
def desk(db):
    """Two pages of two conditions, everything printed."""
    desk = Desk()
    desk.first = desk.new_edition(desk.live(), f"{BODY}\n- braces")
    first = desk.condition
    desk.condition = builders.make_condition(
        desk.editor, slug="alpha", name="alpha", genes=["ACVR1"]
    )
    desk.live()
    desk.condition = first
    print_all()
    return desk


def print_all():
    return [*press.print_waiting()]


def waiting():
    return {*press.waiting().values_list("address", flat=True)}


def test_a_publication_outdates_its_page_and_the_lists_that_tell_of_it(desk):
    desk.new_edition(desk.first, f"{BODY}\n- splints")

    new = {f"{PAGE}editions/3/{b}" for b in outdating.OF_AN_EDITION}
    # The page itself was printed in the act.
    assert waiting() == {*EVERYWHERE, *new} - {PAGE}


def test_a_withdrawal_outdates_the_same(desk):
    publishing.withdraw(desk.first, by=desk.editor, reason="A doubt.", note="We check.")

    assert waiting() == {*EVERYWHERE} - {PAGE}
    assert Head.read(Printed.objects.get(pk=PAGE).head).status == 410


def test_the_profile_of_who_signed_the_edition_before_is_outdated_too(desk):
    omar = builders.make_reviewer("omar", "Omar Haddad")
    draft = workflow.start_revision(desk.first, by=desk.writer)
    draft = desk.revise(draft, f"{BODY}\n- splints")
    desk.sign(workflow.submit_for_review(draft, by=desk.writer), by=omar)

    assert {"/reviewers/ines/", "/reviewers/omar/"} <= waiting()


def test_a_byline_outdates_its_profile(desk):
    byline = Reviewer.objects.get(slug="ines")
    byline.biography = "She sees people with rare diseases of the bone."
    catalogue.save(byline, by=desk.editor)

    assert waiting() == {"/reviewers/ines/"}


def test_the_order_of_a_question_outdates_the_lists(desk):
    desk.question.order += 1
    catalogue.save(desk.question, by=desk.editor)

    of_alpha = ("/conditions/alpha/", "/feeds/alpha.atom")
    assert waiting() == {*LISTS, *PARTS, HUB, FEED, *of_alpha, "/reviewers/ines/"}


def test_a_retraction_outdates_every_page_that_cites_the_source(desk):
    paper = desk.sources[0]
    paper.retracted_on = date(2026, 4, 1)
    catalogue.save(paper, by=desk.editor)

    first = (f"editions/1/{b}" for b in outdating.OF_AN_EDITION)
    below = (*outdating.OF_A_PAGE, *first)
    second = {f"{PAGE}editions/2/{b}" for b in outdating.OF_AN_EDITION}
    assert waiting() == {*second, *(p + b for p in (PAGE, OTHER) for b in below)}


def test_a_word_of_the_catalogue_that_is_frozen_in_pages_outdates_none(desk):
    desk.condition.synonyms = ["another name"]
    catalogue.save(desk.condition, by=desk.editor)
    paper = desk.sources[0]
    paper.title = "Another title"
    catalogue.save(paper, by=desk.editor)

    assert waiting() == set()


def test_a_publication_outdates_the_hubs_of_conditions_with_the_same_gene(desk):
    share_a_gene(desk)
    print_all()
    desk.new_edition(desk.first, f"{BODY}\n- splints")

    assert {HUB, ALPHA} <= waiting()


def test_a_gene_outdates_the_hubs_of_those_that_have_it_or_had_it(desk):
    share_a_gene(desk)
    shared = waiting()
    print_all()
    desk.condition.genes = []
    catalogue.save(desk.condition, by=desk.editor)

    assert shared == waiting() == {HUB, ALPHA}


def share_a_gene(desk):
    desk.condition.genes = ["GNAS", "ACVR1"]
    catalogue.save(desk.condition, by=desk.editor)


def test_an_act_that_fails_outdates_nothing(desk):
    said = {"by": desk.editor, "reason": "A doubt.", "note": "We check."}
    with transaction.atomic():
        publishing.withdraw(desk.first, **said)
        transaction.set_rollback(True)

    assert waiting() == set()


def test_every_address_is_entered_for_a_site_that_was_filled_without_the_press(desk):
    builders.unprint()

    outdating.enter_all()
    found = {*print_all()}

    assert {*EVERYWHERE, OTHER, "/robots.txt"} <= found
    assert press.count() == len(found)


def test_publishing_costs_the_same_statements_with_one_page_as_with_three(
    desk, django_assert_max_num_queries
):

    def publish():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            publishing.reinstate(desk.first, by=desk.editor, reason="No doubt.")
        return len(asked)

    withdrawn = {"by": desk.editor, "reason": "A doubt.", "note": "We check."}
    publishing.withdraw(desk.first, **withdrawn)
    few = publish()
    for name in ("beta", "gamma"):
        desk.condition = builders.make_condition(desk.editor, slug=name, name=name)
        desk.live()
    publishing.withdraw(desk.first, **withdrawn)

    assert publish() == few
