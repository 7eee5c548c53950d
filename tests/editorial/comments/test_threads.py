"""Comments: what is done with one, who ends it, and what it holds back."""

import pytest

from editorial import (
    commenting,
    rules,
    threads,
    workflow,
)
from editorial.models import ActKind
from editorial.rules import MoveRefused
from tests.builders import (
    BODY,
    fresh,
    make_editor,
    make_question,
    make_reviewer,
    make_writer,
    sign,
)
from tests.saying import say

pytestmark = pytest.mark.django_db


def thread(comment):
    return threads.of_comment(comment)


def test_a_comment_is_answered_resolved_and_reopened(desk):
    comment = say(desk.draft(), by=desk.reviewer)

    commenting.answer(comment, by=desk.writer, words="Since 2019.")
    commenting.resolve(comment, by=desk.reviewer)
    resolved = thread(comment)
    commenting.reopen(comment, by=desk.editor, words="Not in the source.")

    assert (resolved.is_open, thread(comment).is_open) == (False, True)
    assert [(act.number, act.kind, act.by) for act in thread(comment).acts] == [
        (1, ActKind.ANSWERED, desk.writer),
        (2, ActKind.RESOLVED, desk.reviewer),
        (3, ActKind.REOPENED, desk.editor),
    ]


def test_an_answer_ends_nothing_and_opens_nothing(desk):
    comment = say(desk.draft(), by=desk.writer)
    commenting.resolve(comment, by=desk.writer)

    commenting.answer(comment, by=desk.reviewer, words="Thank you.")

    assert not thread(comment).is_open


def test_an_act_pressed_twice_is_done_once(desk):
    comment = say(desk.draft(), by=desk.writer)

    for _ in range(2):
        commenting.answer(comment, by=desk.editor, words="Yes.")
    for _ in range(2):
        commenting.resolve(comment, by=desk.editor, words="Done.")
    for _ in range(2):
        commenting.reopen(comment, by=desk.editor)

    assert comment.acts.count() == 3


def test_what_a_colleague_did_first_is_refused_with_their_name(desk):
    comment = say(desk.draft(), by=desk.writer)
    commenting.resolve(comment, by=desk.editor)

    with pytest.raises(MoveRefused, match="Maren Holt resolved this comment at"):
        commenting.resolve(comment, by=desk.writer)
    commenting.reopen(comment, by=desk.editor)
    with pytest.raises(MoveRefused, match="open already"):
        commenting.reopen(comment, by=desk.writer)


def test_advice_is_resolved_by_whoever_writes_the_text(desk):
    comment = say(desk.draft(), by=desk.reviewer)

    commenting.resolve(comment, by=desk.writer)

    assert not thread(comment).is_open


def test_a_writer_does_not_resolve_the_blocking_comment_of_another(desk):
    comment = say(desk.draft(), by=desk.reviewer, blocking=True)

    for writer in (desk.writer, make_writer("lea", "Lea Brandt")):
        with pytest.raises(MoveRefused, match="resolved by Ines Falk, who made it"):
            commenting.resolve(comment, by=writer)

    assert thread(comment).blocks


@pytest.mark.parametrize("who", ["reviewer", "editor", "maker"])
def test_a_blocking_comment_is_resolved_by(desk, who):
    lea = make_writer("lea", "Lea Brandt")
    people = {"reviewer": desk.reviewer, "editor": desk.editor, "maker": lea}
    comment = say(desk.in_review(), by=lea, blocking=True)

    commenting.resolve(comment, by=people[who])

    assert not thread(comment).is_open


def test_an_editor_who_wrote_in_the_text_does_not_resolve_what_blocks_it(desk):
    summary, other = desk.draft(), make_editor("emil", "Emil Roth")
    desk.revise(summary, BODY + " More.", by=desk.editor)
    comment = say(summary, by=desk.reviewer, blocking=True)

    with pytest.raises(MoveRefused, match="You wrote in this text: Ines Falk"):
        commenting.resolve(comment, by=desk.editor)
    commenting.resolve(comment, by=other)

    assert not thread(comment).is_open


def test_an_open_blocking_comment_holds_a_signature_back_and_says_whose(desk):
    summary = desk.in_review()
    comment = say(summary, by=desk.editor, blocking=True)

    with pytest.raises(MoveRefused) as refused:
        sign(summary, by=desk.reviewer)
    commenting.resolve(comment, by=desk.reviewer)
    desk.sign(summary)

    assert str(refused.value) == (
        "Maren Holt’s blocking comment on “keeps joints moving” is open: it is "
        "resolved first."
    )
    assert fresh(summary).status == "reviewed"


def test_every_blocking_comment_is_counted(desk):
    summary = desk.in_review()
    for words in ("One?", "Two?", "Three?"):
        say(summary, by=desk.editor, words=words, blocking=True)

    why = rules.why_not("sign_off", fresh(summary), desk.reviewer)

    assert why.endswith("is open: it is resolved first. 2 more are open.")


def test_open_advice_holds_nothing_back(desk):
    summary = desk.in_review()
    say(summary, by=desk.editor)

    assert rules.why_not("sign_off", fresh(summary), desk.reviewer) == ""


def test_a_reopened_blocking_comment_holds_the_signature_back_again(desk):
    summary = desk.in_review()
    comment = say(summary, by=desk.editor, blocking=True)
    commenting.resolve(comment, by=desk.reviewer)
    commenting.reopen(comment, by=desk.reviewer)

    assert "blocking comment" in rules.why_not("sign_off", summary, desk.reviewer)


def test_a_blocking_comment_does_not_hold_a_submission_back(desk):
    summary = desk.draft()
    say(summary, by=desk.reviewer, blocking=True)

    assert workflow.submit_for_review(summary, by=desk.writer).status == "in_review"


def test_the_second_signature_is_held_back_as_the_first_one_is(desk, monkeypatch):
    twice = make_question(
        desk.editor, slug="twice", pattern="Who has {condition}?", signatures_required=2
    )
    monkeypatch.setattr(desk, "question", twice)
    summary = desk.sign(desk.in_review())
    say(summary, by=desk.editor, blocking=True)

    with pytest.raises(MoveRefused, match="blocking comment"):
        sign(summary, by=make_reviewer("noor", "Noor Aziz"))
