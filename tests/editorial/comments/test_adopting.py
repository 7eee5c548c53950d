"""Words that a comment proposes, put into the text as the words of who adopts them."""

import pytest
from django.core.exceptions import PermissionDenied

from editorial import adopting, commenting, four_eyes, threads, workflow, writing
from editorial.dossier import Dossier
from editorial.models import LogEntry, LostText
from editorial.rules import MoveRefused
from tests.builders import BODY, fresh, make_writer
from tests.saying import QUOTE, say

pytestmark = pytest.mark.django_db
BETTER = "may keep joints moving"


@pytest.fixture
def proposal(desk, summary):
    return say(summary, by=desk.reviewer, suggestion=BETTER)


def test_the_words_proposed_stand_in_place_of_the_quote_and_nothing_else_moves(
    desk, summary, proposal
):
    adopting.adopt(proposal, by=desk.writer, seen=1)

    row = fresh(summary)
    assert (row.body, row.revision) == (BODY.replace(QUOTE, BETTER), 2)
    assert row.short_answer == summary.short_answer


def test_the_text_is_the_adopters_and_the_record_names_who_proposed_it(
    desk, summary, proposal
):
    lea = make_writer("lea", "Lea Brandt")

    act = adopting.adopt(proposal, by=lea, seen=1)

    newest = fresh(summary).history.first()
    assert (newest.history_user, newest.wrote_text) == (lea, True)
    assert newest.history_change_reason == (
        f"Used the words that Ines Falk proposed in comment no. {proposal.pk}."
    )
    assert (act.by, act.revision, act.comment.by) == (lea, 2, desk.reviewer)
    assert LogEntry.objects.filter(act="comment_adopted", about=f"summary:{summary.pk}")


def test_law_4_counts_who_adopted_and_not_who_proposed(desk, summary, proposal):
    adopting.adopt(proposal, by=desk.editor, seen=1)
    known = Dossier(fresh(summary))

    assert four_eyes.own_words(known, desk.editor)
    assert not four_eyes.own_words(known, desk.reviewer)
    desk.sign(workflow.submit_for_review(summary, by=desk.writer))


def test_advice_is_resolved_by_its_adoption(desk, proposal):
    adopting.adopt(proposal, by=desk.writer, seen=1)

    thread = threads.of_comment(proposal)
    assert (thread.is_open, bool(thread.adopted)) == (False, True)


def test_a_blocking_comment_waits_for_who_made_it(desk, summary):
    theirs = say(summary, by=desk.reviewer, suggestion=BETTER, blocking=True)

    adopting.adopt(theirs, by=desk.editor, seen=1)

    assert threads.of_comment(theirs).blocks


def test_a_blocking_comment_of_ones_own_is_resolved_by_its_adoption(desk, summary):
    own = say(summary, by=desk.writer, suggestion=BETTER, blocking=True)

    adopting.adopt(own, by=desk.writer, seen=1)

    assert not threads.of_comment(own).is_open


def test_a_reviewer_adopts_nothing(desk, summary, proposal):
    with pytest.raises(PermissionDenied):
        adopting.adopt(proposal, by=desk.reviewer, seen=1)

    assert fresh(summary).body == BODY


def test_a_press_on_an_older_revision_is_refused_and_loses_nothing(
    desk, summary, proposal
):
    desk.revise(summary, BODY + " More.", by=desk.editor)

    with pytest.raises(MoveRefused, match="Maren Holt changed this summary at"):
        adopting.adopt(proposal, by=desk.writer, seen=1)
    adopting.adopt(proposal, by=desk.writer, seen=2)

    assert fresh(summary).body == BODY.replace(QUOTE, BETTER) + " More."
    assert not LostText.objects.exists()


def test_the_role_is_asked_before_the_state(desk):
    summary = desk.in_review()
    proposal = say(summary, by=desk.reviewer, suggestion=BETTER)

    with pytest.raises(PermissionDenied):
        adopting.adopt(proposal, by=desk.reviewer, seen=fresh(summary).revision)


@pytest.mark.parametrize("state", ["in_review", "reviewed"])
def test_a_text_that_is_locked_takes_no_words(desk, state):
    summary = getattr(desk, state)()
    proposal = say(summary, by=desk.reviewer, suggestion=BETTER)
    now = fresh(summary).revision

    with pytest.raises(MoveRefused, match="needs one that is a draft or waiting"):
        adopting.adopt(proposal, by=desk.writer, seen=now)

    assert fresh(summary).revision == now


def test_a_text_sent_back_takes_them(desk):
    summary = desk.changes_requested()
    proposal = say(summary, by=desk.reviewer, suggestion=BETTER)

    adopting.adopt(proposal, by=desk.writer, seen=fresh(summary).revision)

    assert BETTER in fresh(summary).body


def test_words_that_are_gone_are_not_replaced(desk, summary, proposal):
    desk.revise(summary, BODY.replace(QUOTE, "helps"))

    with pytest.raises(MoveRefused, match="stands there no longer: the text has"):
        adopting.adopt(proposal, by=desk.writer, seen=2)


def test_words_that_stand_twice_are_not_replaced(desk, summary, proposal):
    body = f"Physiotherapy {QUOTE}. Swimming {QUOTE}. More [@pmid:11784876; @gard-poh]."
    desk.revise(summary, body)

    with pytest.raises(MoveRefused, match="stands more than once now"):
        adopting.adopt(proposal, by=desk.writer, seen=2)

    assert fresh(summary).body == body


def test_a_twin_in_other_surroundings_is_left_as_it_is(desk, summary, proposal):
    desk.revise(summary, f"{BODY}\n\nSwimming {QUOTE} too, says a study.")

    adopting.adopt(proposal, by=desk.writer, seen=2)

    assert fresh(summary).body.endswith(f"Swimming {QUOTE} too, says a study.")
    assert f"physiotherapy {BETTER}" in fresh(summary).body


def test_words_that_would_break_the_text_are_refused_with_the_place(desk, summary):
    proposal = say(
        summary, by=desk.reviewer, suggestion="a [link](http://nowhere.example/) here"
    )

    with pytest.raises(MoveRefused):
        adopting.adopt(proposal, by=desk.writer, seen=1)

    assert threads.of_comment(proposal).is_open


def test_a_second_press_adopts_once_and_a_colleagues_is_told(desk, summary, proposal):
    first = adopting.adopt(proposal, by=desk.writer, seen=1)

    assert adopting.adopt(proposal, by=desk.writer, seen=1) == first
    with pytest.raises(MoveRefused, match="Tomás Rey used these words at"):
        adopting.adopt(proposal, by=desk.editor, seen=2)
    assert fresh(summary).revision == 2


def test_a_comment_without_words_or_resolved_has_nothing_to_adopt(desk, summary):
    bare, done = (say(summary, by=desk.writer, words=words) for words in ("A", "B"))
    proposal = say(summary, by=desk.writer, suggestion=BETTER)
    commenting.resolve(proposal, by=desk.editor)

    for comment, sentence in (
        (bare, "proposes no other words"),
        (proposal, "Maren Holt resolved this comment at .* already. Reopen it first"),
    ):
        with pytest.raises(MoveRefused, match=sentence):
            adopting.adopt(comment, by=desk.writer, seen=1)
    assert done.acts.count() == 0


def test_a_draft_set_aside_takes_no_words(desk, summary, proposal):
    writing.set_aside(summary, by=desk.writer, reason="Doubled.")

    with pytest.raises(MoveRefused, match="set aside"):
        adopting.adopt(proposal, by=desk.writer, seen=2)
