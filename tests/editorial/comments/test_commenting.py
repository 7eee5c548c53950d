"""Comments: who says what of which words, and where it is told."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from editorial import (
    commenting,
    history,
    limits,
    log,
    threads,
    writing,
)
from editorial.models import Comment, CommentAct, LogEntry
from editorial.rules import MoveRefused
from tests.builders import (
    BODY,
    fresh,
    make_user,
)
from tests.saying import QUOTE, say

pytestmark = pytest.mark.django_db


def thread(comment):
    return threads.of_comment(comment)


def test_everybody_of_the_newsroom_comments(desk):
    summary = desk.in_review()

    for by in (desk.writer, desk.reviewer, desk.editor):
        assert say(summary, by=by).quote == QUOTE

    assert summary.comments.count() == 3


def test_nobody_else_comments(desk):
    summary = desk.draft()

    with pytest.raises(PermissionDenied):
        say(summary, by=make_user("guest"))
    with pytest.raises(PermissionDenied):
        say(summary, by=make_user("root", superuser=True))


def test_a_comment_keeps_its_words_with_those_around_them(desk):
    made = say(desk.draft(), by=desk.reviewer, suggestion="may keep joints moving")

    assert (made.field, made.quote) == ("body", QUOTE)
    assert made.prefix.endswith("- physiotherapy ")
    assert made.suffix.startswith("\n- surgery can help")
    assert (made.revision_seen, made.suggestion) == (1, "may keep joints moving")


def test_a_comment_without_a_quote_is_on_the_whole_or_on_a_field(desk):
    summary = desk.draft()

    assert say(summary, by=desk.writer, quote="").field == "text"
    assert say(summary, by=desk.writer, quote="", field="body").field == "body"


def test_words_that_changed_since_they_were_read_can_still_be_commented_on(desk):
    summary = desk.draft()
    desk.revise(summary, BODY.replace(QUOTE, "helps"))

    made = say(summary, by=desk.reviewer, seen=1)

    assert (made.revision_seen, made.quote) == (1, QUOTE)


@pytest.mark.parametrize("seen", [None, 0, 7, 999_999_999])
def test_a_comment_on_no_such_revision_is_on_the_one_that_stands(desk, seen):
    summary = desk.draft()
    remark = commenting.Remark(words="Since when?", quote=QUOTE)

    made = commenting.comment(summary, by=desk.writer, remark=remark, seen=seen)

    assert made.revision_seen == 1


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"words": "  "}, "Write your comment."),
        ({"quote": "no such words"}, "do not stand there as the text is saved"),
        ({"quote": "the"}, "more than once: quote a few more"),
        ({"quote": QUOTE, "field": "short_answer"}, "do not stand there"),
        ({"quote": "", "suggestion": "x"}, "Quote the words that yours would"),
        ({"suggestion": QUOTE}, "stand there already"),
        ({"words": "x" * (limits.COMMENT + 1)}, "may have 3,000: shorten it"),
        ({"quote": "x" * (limits.QUOTE + 1)}, "may have 1,000: shorten it"),
        ({"suggestion": "x" * (limits.SUGGESTION + 1)}, "may have 2,000: shorten it"),
        ({"words": "a\u200bb"}, "The comment:"),
    ],
)
def test_a_comment_that_cannot_stand_is_refused_with_what_to_do(desk, said, sentence):
    summary = desk.draft()

    with pytest.raises(MoveRefused, match=sentence):
        say(summary, by=desk.writer, **said)

    assert not Comment.objects.exists()


def test_the_same_comment_sent_twice_is_kept_once(desk):
    summary = desk.draft()

    first, second = say(summary, by=desk.writer), say(summary, by=desk.writer)
    commenting.resolve(first, by=desk.writer)
    third = say(summary, by=desk.writer)

    assert (first == second, first == third) == (True, False)


def test_a_draft_set_aside_takes_no_comment(desk):
    summary = desk.draft()
    writing.set_aside(summary, by=desk.writer, reason="Doubled.")

    with pytest.raises(MoveRefused, match="set aside"):
        say(summary, by=desk.writer)


def test_every_act_is_in_the_log_without_a_word_of_the_draft(desk):
    comment = say(desk.draft(), by=desk.reviewer, words="Quillbrush?")
    before = log.size()

    commenting.answer(comment, by=desk.writer, words="Lanternfish.")
    commenting.resolve(comment, by=desk.reviewer)

    entries = LogEntry.objects.filter(number__gte=before)
    acts = [
        f"editorial_commentact:{pk}" for pk in comment.acts.values_list("pk", flat=True)
    ]
    assert [(one.act, one.row) for one in entries] == [
        ("commented", f"editorial_comment:{comment.pk}"),
        ("comment_answered", acts[0]),
        ("comment_resolved", acts[1]),
    ]
    said = " ".join(one.entry for one in entries)
    assert not any(word in said for word in ("Quillbrush", "Lanternfish", "joints"))


def test_a_comment_raises_no_revision_and_writes_no_text(desk):
    summary = desk.draft()

    comment = say(summary, by=desk.reviewer)
    commenting.answer(comment, by=desk.reviewer, words="More.")

    assert fresh(summary).revision == 1


def test_the_history_tells_each_act_in_its_order(desk):
    summary = desk.draft()
    comment = say(summary, by=desk.reviewer, blocking=True)
    commenting.answer(comment, by=desk.writer, words="Since 2019.")
    desk.revise(summary, BODY + " More.")
    commenting.resolve(comment, by=desk.reviewer)

    told = [(e.who, e.what) for e in reversed(history.timeline(fresh(summary)))]

    assert told[1:] == [
        ("Ines Falk", "made a blocking comment on “keeps joints moving”"),
        ("Tomás Rey", "answered Ines Falk’s comment on “keeps joints moving”"),
        ("Tomás Rey", "saved the text"),
        ("Ines Falk", "resolved their own comment on “keeps joints moving”"),
    ]


@pytest.mark.parametrize("count", [1, 500])
def test_threads_are_read_in_two_queries(desk, django_assert_num_queries, count):
    summary = desk.draft()
    row = {"summary": summary, "revision_seen": 1, "field": "text", "blocking": False}
    row |= {"by": desk.writer, "at": summary.history.first().history_date}
    QuerySet(Comment).bulk_create(Comment(**row, words=f"{n}") for n in range(count))
    made = Comment.objects.last()
    CommentAct.objects.create(
        comment=made, number=1, kind="answered", revision=1, by=desk.editor, at=made.at
    )

    with django_assert_num_queries(2):
        found = threads.of(summary)
        assert {one.comment.by.printed_name for one in found} == {"Tomás Rey"}

    assert len(found) == count


def test_an_answer_says_something(desk):
    made = say(desk.draft(), by=desk.reviewer)

    with pytest.raises(MoveRefused, match=r"Write your answer\."):
        commenting.answer(made, by=desk.writer, words=" ")
