"""Every verb × state × page × person, against the table of the design, written out."""

from datetime import timedelta
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from editorial import clock, publishing, workflow, writing
from editorial.rules import MoveRefused
from tests.builders import BODY, Desk, fresh, make_user, sign

pytestmark = pytest.mark.django_db

DRAFT, REVIEW, CHANGES, REVIEWED = states = (
    "draft",
    "in_review",
    "changes_requested",
    "reviewed",
)
NONE, SIGNED, LIVE, WITHDRAWN = pages = ("none", "signed", "live", "withdrawn")
WRITER, REVIEWER, EDITOR = "writer", "reviewer", "editor"
PEOPLE = (WRITER, REVIEWER, EDITOR, "superuser", "nobody")

# A reviewed text has an edition, so it is never without a page.
PAIRS = [pair for pair in product(states, pages) if pair != (REVIEWED, NONE)]

# verb: (who may, in which states, while the page is …)
TABLE = {
    "start": ({WRITER, EDITOR}, (), pages),
    "revise": ({WRITER, EDITOR}, (DRAFT, CHANGES), pages),
    "restore": ({WRITER, EDITOR}, (DRAFT, CHANGES), pages),
    "set_aside": ({WRITER, EDITOR}, (DRAFT,), (NONE,)),
    "assign": ({REVIEWER, EDITOR}, states, pages),
    "schedule": ({EDITOR}, states, pages),
    "submit_for_review": ({WRITER, EDITOR}, (DRAFT, CHANGES), pages),
    "recall": ({WRITER, REVIEWER, EDITOR}, (REVIEW,), pages),
    "request_changes": ({REVIEWER}, (REVIEW,), pages),
    "sign_off": ({REVIEWER}, (REVIEW,), pages),
    "start_revision": ({WRITER, EDITOR}, (REVIEWED,), pages),
    "recheck": ({REVIEWER, EDITOR}, (REVIEWED,), pages),
    "publish": ({EDITOR}, states, (SIGNED,)),
    "withdraw": ({REVIEWER, EDITOR}, states, (LIVE,)),
    "reinstate": ({EDITOR}, states, (WITHDRAWN,)),
}


def act(desk, verb, summary, person):
    by = {"by": person}
    acts = {
        "start": lambda: writing.start(summary.condition, summary.question, **by),
        "revise": lambda: desk.revise(summary, "Other words.", **by),
        "restore": lambda: writing.restore(
            summary, revision=1, against=summary.revision, **by
        ),
        "set_aside": lambda: writing.set_aside(summary, reason="Doubled.", **by),
        "assign": lambda: workflow.assign(summary, reviewer=desk.reviewer, **by),
        "schedule": lambda: publishing.schedule(
            summary, at=clock.now() + timedelta(days=1), **by
        ),
        "submit_for_review": lambda: workflow.submit_for_review(summary, **by),
        "recall": lambda: workflow.recall(summary, reason="A slip.", **by),
        "request_changes": lambda: workflow.request_changes(
            summary, reasons=["unclear"], note="No", **by
        ),
        "sign_off": lambda: sign(summary, **by),
        "start_revision": lambda: workflow.start_revision(summary, **by),
        "recheck": lambda: workflow.recheck(summary, **by),
        "publish": lambda: publishing.publish(summary, **by),
        "withdraw": lambda: publishing.withdraw(summary, reason="r", note="n", **by),
        "reinstate": lambda: publishing.reinstate(summary, reason="r", **by),
    }
    return acts[verb]()


def built(desk, settings, state, page):
    """Bring a summary and its page where they should be, through the real verbs."""
    settings.PUBLISH_ON_SIGN_OFF = page != SIGNED
    summary = desk.revise(desk.draft(body="Old words."), BODY)
    if page != NONE:
        summary = desk.sign(workflow.submit_for_review(summary, by=desk.writer))
    if page == WITHDRAWN:
        publishing.withdraw(summary, by=desk.editor, reason="r", note="n")
    if page != NONE and state != REVIEWED:
        summary = workflow.start_revision(summary, by=desk.writer)
    if state in (REVIEW, CHANGES):
        summary = workflow.submit_for_review(summary, by=desk.writer)
    if state == CHANGES:
        summary = workflow.request_changes(
            summary, by=desk.reviewer, reasons=["unclear"], note="More."
        )
    return fresh(summary)


def outcome(desk, verb, summary, person):
    try:
        with transaction.atomic():
            act(desk, verb, summary, person)
            transaction.set_rollback(True)
    except PermissionDenied:
        return "denied"
    except MoveRefused as refusal:
        alone = str(refusal).startswith("The database refused")
        return "refused by the database alone" if alone else "refused"
    return "done"


def expected(verb, state, page, who):
    people, in_states, on_pages = TABLE[verb]
    if who not in people:
        return "denied"
    if (verb, who) == ("recall", REVIEWER):
        return "refused"  # they did not submit it
    return "done" if state in in_states and page in on_pages else "refused"


@pytest.mark.parametrize(("state", "page"), PAIRS)
def test_each_verb_is_done_refused_or_denied_as_the_table_says(settings, state, page):
    desk = Desk()
    people = {
        WRITER: desk.writer,
        REVIEWER: desk.reviewer,
        EDITOR: desk.editor,
        "superuser": make_user("root", superuser=True),
        "nobody": make_user("guest"),
    }
    summary = built(desk, settings, state, page)
    cells = [(verb, who) for verb in TABLE for who in PEOPLE]

    found = {cell: outcome(desk, cell[0], summary, people[cell[1]]) for cell in cells}

    assert summary.status == state
    assert found == {(v, who): expected(v, state, page, who) for v, who in cells}
