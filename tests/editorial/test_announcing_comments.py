"""A comment is mailed to whose text it is, what came of it to who made it."""

from datetime import timedelta

import pytest
import time_machine
from post_office.models import Email

from editorial import adopting, clock, commenting, mail, writing
from editorial.models import Kind
from tests.announced import told
from tests.builders import Desk, fresh, make_reviewer, make_writer

pytestmark = pytest.mark.django_db
QUOTE = "physiotherapy keeps joints moving"


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def summary(desk):
    summary = desk.in_review()
    told()
    return summary


def say(summary, by, words="Since when?", **more):
    remark = commenting.Remark(words=words, **more)
    return commenting.comment(summary, by=by, remark=remark)


def test_a_comment_is_told_to_whose_text_it_is(desk, summary):
    say(summary, desk.reviewer)

    assert told() == [("commented", "tomas")]


def test_who_comments_on_their_own_text_is_not_told(desk, summary):
    say(summary, desk.writer)

    assert told() == []


def test_many_comments_of_one_person_in_one_hour_are_told_once(desk, summary):
    with time_machine.travel(clock.now().replace(minute=10), tick=True):
        for words in ("One.", "Two."):
            say(summary, desk.reviewer, words)
        first = told()
        say(summary, desk.reviewer, "Three.")
        later = told()
    with time_machine.travel(clock.now() + timedelta(hours=2), tick=True):
        say(summary, desk.reviewer, "Four.")
        last = told()

    assert (first, later, last) == ([("commented", "tomas")], [], first)


def test_another_persons_comment_is_told_too(desk, summary):
    say(summary, desk.reviewer)
    told()

    say(summary, make_reviewer("noor", "Noor Aziz"))

    assert told() == [("commented", "tomas")]


def test_a_comment_that_was_resolved_meanwhile_is_told_to_nobody(desk, summary):
    commenting.resolve(say(summary, desk.reviewer), by=desk.reviewer)

    assert told() == []


def test_one_that_is_open_is_told_though_a_later_one_is_resolved(desk, summary):
    say(summary, desk.reviewer, "One.")
    commenting.resolve(say(summary, desk.reviewer, "Two."), by=desk.reviewer)

    assert told() == [("commented", "tomas")]


def test_an_answer_is_told_to_who_made_the_comment(desk, summary):
    made = say(summary, desk.reviewer)
    told()

    commenting.answer(made, by=desk.writer, words="Since 2019.")

    assert told() == [("answered", "ines")]


def test_what_its_maker_adds_is_told_to_whose_text_it_is(desk, summary):
    with time_machine.travel(clock.now() - timedelta(hours=3), tick=True):
        made = say(summary, desk.reviewer)
        told()

    commenting.answer(made, by=desk.reviewer, words="Of both kinds.")

    assert told() == [("commented", "tomas")]


def test_the_end_of_ones_own_comment_is_told_to_nobody(desk, summary):
    made = say(summary, desk.reviewer)
    told()

    commenting.resolve(made, by=desk.reviewer)

    assert told() == []


def test_words_that_are_used_are_told_to_who_proposed_them(desk):
    summary = desk.draft()
    told()
    made = say(summary, desk.reviewer, quote=QUOTE, suggestion=f"daily {QUOTE}")
    told()

    adopting.adopt(made, by=desk.writer, seen=fresh(summary).revision)

    assert told() == [("answered", "ines")]


def test_who_made_a_comment_and_left_is_not_told_of_its_answer(desk, summary):
    made = say(summary, desk.reviewer)
    told()
    desk.reviewer.groups.clear()

    commenting.answer(made, by=desk.writer, words="Since 2019.")

    assert told() == []


def test_a_colleague_who_writes_it_on_is_told(desk):
    lena = make_writer("lena", "Lena Okafor")
    summary = desk.draft()
    writing.revise(
        summary, by=lena, text=desk.text("Other words [@gard-poh]."), against=1
    )
    told()

    say(fresh(summary), desk.editor)

    assert told() == [("commented", "lena"), ("commented", "tomas")]


@pytest.mark.parametrize("kind", [Kind.COMMENTED, Kind.ANSWERED])
def test_who_does_without_is_not_told(desk, summary, kind):
    for person in (desk.writer, desk.reviewer):
        mail.choose(person, without=[kind], digest="never")
    commenting.answer(say(summary, desk.reviewer), by=desk.writer, words="Since 2019.")

    assert kind not in {kind for kind, _ in told()}


def test_a_comment_on_a_draft_that_was_set_aside_is_told_to_nobody(desk):
    summary = desk.draft()
    told()
    say(summary, desk.reviewer)
    writing.set_aside(fresh(summary), by=desk.writer, reason="Begun twice.")

    assert told() == []


def test_a_mail_of_a_comment_says_what_to_do_and_no_word_of_it(desk, summary):
    commenting.answer(
        say(summary, desk.reviewer, "What of POH?", quote=QUOTE),
        by=desk.writer,
        words="Lanternfish.",
    )
    told()

    mails = list(Email.objects.order_by("-pk")[:2])
    for one in mails:
        words = f"{one.subject}\n{one.message}".lower()
        assert one.message.count("http") == 1
        assert f"/admin/editorial/summary/{summary.pk}/comments/" in one.message
        for secret in ("poh", "lanternfish", "physiotherapy", "osseous", "research"):
            assert secret not in words
    assert {one.subject.split(" at ")[0] for one in mails} == {
        "A comment on a text of yours",
        "Your comment was answered",
    }
