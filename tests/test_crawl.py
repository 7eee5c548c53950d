"""Every link of the site and the desk, with a canary in every text that people type."""

from datetime import timedelta

import pytest

from conditions.models import Reviewer, Source
from editorial import clock, publishing, workflow, writing
from editorial.models import Summary
from editorial.rules import MoveRefused
from tests import builders
from tests.builders import PASSWORD, Desk
from tests.crawling import Reader, crawl
from tests.walking import Walker

pytestmark = pytest.mark.django_db
CANARY = "\"'><x-canary onload=alert(1)>{{7*7}}{% now %}</script>"


@pytest.fixture(scope="module")
def desk(built_once):
    """A newsroom in which everybody types canaries wherever a text is taken."""
    desk = Desk()
    fill_catalogue(desk)
    fill_summaries(desk)
    return desk


def fill_catalogue(desk):
    for person in (desk.writer, desk.editor, desk.reviewer):
        person.last_name = CANARY
        person.save()
    condition, question = desk.condition, desk.question
    condition.name = condition.abbreviation = CANARY[:20]
    condition.synonyms, condition.genes = [CANARY], [CANARY]
    condition.community_name = CANARY
    condition.community_members, condition.community_as_of = 9, clock.today()
    question.pattern = CANARY.replace("{", "[").replace("}", "]") + " {condition}?"
    for source in Source.objects.all():
        source.title = source.authors = source.container = CANARY
        builders.record(source, desk.editor)
    for byline in Reviewer.objects.all():
        for field in ("printed_name", "post_nominals", "profession", "affiliation"):
            setattr(byline, field, CANARY)
        byline.registration_body, byline.registration_number = CANARY, CANARY[:40]
        byline.biography = CANARY
        builders.record(byline, desk.editor)
    builders.record(condition, desk.editor)
    builders.record(question, desk.editor)


def fill_summaries(desk):
    body = f"## {CANARY}\n\n{CANARY} [@gard-poh]\n\n- {CANARY}\n- b [@pmid:11784876]"
    short = f"Short {CANARY}"
    text = desk.text(body, short, drafting_note=CANARY)
    summary = writing.start(desk.condition, desk.question, by=desk.writer, text=text)
    with pytest.raises(MoveRefused):
        writing.revise(summary, by=desk.editor, text=desk.text(body + "!"), against=0)
    summary = workflow.submit_for_review(summary, by=desk.writer, reason=CANARY)
    workflow.request_changes(
        summary, by=desk.reviewer, reasons=["unclear"], note=CANARY
    )
    summary = workflow.submit_for_review(summary, by=desk.writer, reason=CANARY)
    desk.sign(summary, interests=CANARY, note=CANARY)
    publishing.withdraw(summary, by=desk.editor, reason=CANARY, note=CANARY)
    publishing.reinstate(summary, by=desk.editor, reason=CANARY, note=CANARY)
    summary = workflow.start_revision(summary, by=desk.writer, reason=CANARY)
    publishing.schedule(
        summary, by=desk.editor, at=clock.now() + timedelta(days=1), reason=CANARY
    )
    other = builders.make_question(
        desk.editor, slug="what", pattern="What is {condition}?"
    )
    writing.start(desk.condition, other, by=desk.writer, text=text, reason=CANARY)


def walked(walker, *starts):
    """Return each address with what it answers, and what a canary did."""
    found = list(crawl(walker, *starts))
    sprung = [(one.address, tag) for one in found for tag in Reader(one.html).canaries]
    return {one.address: one.status for one in found}, sprung


def faults(seen):
    return {address: status for address, status in seen.items() if status != 200}


def test_a_strangers_every_link_is_answered_and_no_text_becomes_markup(desk, visit):
    seen, sprung = walked(Walker(visit), "/", "/search/?q=short", "/search/?q=canar")

    assert (faults(seen), sprung) == ({}, [])
    assert len(seen) > 8


@pytest.mark.parametrize("who", ["tomas", "ines", "maren", "people"])
def test_a_colleagues_every_link_is_answered_and_no_text_becomes_markup(
    desk, visit, who
):
    walker = Walker(visit)
    walker.log_in(who, PASSWORD)

    seen, sprung = walked(walker, "/admin/")

    assert (faults(seen), sprung) == ({}, [])
    assert len(seen) > 8


def test_a_missing_page_shows_no_markup_of_a_readers_making(desk, visit):
    walker = Walker(visit)

    assert walker.go("/conditions/\"'><x-canary onload=alert(1)>/") == 404
    assert Reader(walker.text).canaries == []


def test_a_withdrawal_note_is_no_markup(desk, visit):
    summary = Summary.objects.get(question=desk.question)
    publishing.withdraw(summary, by=desk.editor, reason="A doubt.", note=CANARY)
    walker = Walker(visit)

    assert walker.go(desk.condition.pages.get().address) == 410
    assert "x-canary" in walker.text
    assert Reader(walker.text).canaries == []
