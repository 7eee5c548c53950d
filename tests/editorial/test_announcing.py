"""What was done is mailed, once, to those whom it concerns and to nobody else."""

from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from post_office.models import STATUS, Email

from editorial import (
    accounts,
    announcing,
    clock,
    handing_over,
    log,
    mail,
    publishing,
    rounds,
    workflow,
    writing,
)
from editorial.models import Job, Kind, LogEntry, Mail
from editorial.open_work import of as open_work_of
from tests.announced import told
from tests.builders import Desk, fresh, make_editor, make_reviewer, make_writer, tamper

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    desk = Desk()
    told()
    return desk


def test_a_submitted_text_is_told_to_the_reviewers_who_could_sign_it(desk):
    make_reviewer("noor", "Noor Aziz")
    make_reviewer("lapsed", "Lapsed Person", verified=False)

    desk.in_review()

    assert told() == [("submitted", "ines"), ("submitted", "noor")]


def test_it_is_told_to_the_one_who_is_asked_alone(desk):
    make_reviewer("noor", "Noor Aziz")
    summary = desk.draft()
    workflow.assign(summary, by=desk.editor, reviewer=desk.reviewer)
    assert told() == [("assigned", "ines")]

    workflow.submit_for_review(fresh(summary), by=desk.writer)

    assert told() == [("submitted", "ines")]


def test_where_nobody_could_sign_it_the_editors_are_told(desk):
    desk.reviewer.groups.clear()

    desk.in_review()

    assert told() == [("submitted", "maren")]


def test_a_reviewer_who_claims_a_review_is_not_told_of_it(desk):
    summary = desk.in_review()
    told()

    workflow.assign(summary, by=desk.reviewer, reviewer=desk.reviewer)

    assert told() == []


def test_a_text_that_is_sent_back_is_told_to_who_wrote_it(desk):
    desk.changes_requested()

    assert told() == [("changes_requested", "tomas")]


def test_where_its_writers_have_gone_the_editors_are_told(desk):
    desk.writer.groups.clear()
    desk.editor.groups.clear()
    desk.writer = make_writer("lea", "Lea Brandt")
    make_editor("sam", "Sam Okoro")
    desk.changes_requested()
    desk.writer.groups.clear()

    assert told() == [("changes_requested", "sam")]


def test_a_signature_that_publishes_is_told_as_one_thing(desk):
    desk.live()

    assert told() == [("published", "tomas")]


def test_a_signed_text_that_waits_is_told_to_editors_too(desk, settings):
    settings.PUBLISH_ON_SIGN_OFF = False
    summary = desk.reviewed()
    assert told() == [("signed", "maren"), ("signed", "tomas")]

    publishing.publish(summary, by=desk.editor)

    assert told() == [("published", "ines"), ("published", "tomas")]


def test_the_first_of_two_signatures_is_told_to_who_gives_the_second():
    desk = Desk(signatures=2)
    make_reviewer("noor", "Noor Aziz")
    summary = desk.in_review()
    told()

    desk.sign(summary)

    assert told() == [("submitted", "noor")]


def test_a_withdrawn_page_is_told_to_who_wrote_signed_and_edits(desk):
    make_editor("sam", "Sam Okoro")
    desk.withdrawn()

    assert told() == [
        ("withdrawn", "ines"),
        ("withdrawn", "sam"),
        ("withdrawn", "tomas"),
    ]


def test_a_page_that_is_put_back_is_told(desk):
    summary = desk.withdrawn()
    told()

    publishing.reinstate(summary, by=desk.editor, reason="It was right.", note="Right.")

    assert told() == [("published", "ines"), ("published", "tomas")]


def test_work_that_is_handed_over_is_told_to_who_has_it_now(desk):
    lea, people = make_writer("lea", "Lea Brandt"), make_editor("sam", "Sam Okoro")
    people.is_superuser = True
    people.save()
    desk.draft()
    told()

    handing_over.give(
        desk.writer,
        by=people,
        writer=lea,
        shut=True,
        seen=open_work_of(desk.writer, leaving=True).seen,
    )

    assert ("assigned", "lea") in told()


def test_what_is_no_longer_so_is_told_to_nobody(desk):
    workflow.recall(desk.in_review(), by=desk.writer, reason="A mistake.")

    assert told() == []


def test_what_was_done_twice_is_told_once(desk):
    summary = workflow.recall(desk.in_review(), by=desk.writer, reason="A mistake.")
    workflow.submit_for_review(summary, by=desk.writer)

    assert told() == [("submitted", "ines")]


def test_a_second_round_tells_nothing_again(desk):
    desk.in_review()

    assert told() == [("submitted", "ines")]
    assert told() == []


def test_nobody_is_told_twice_of_an_entry_by_a_worker_that_forgot_it(desk):
    desk.in_review()
    told()
    rounds.came_to(rounds.held(announcing.JOB), 0)

    assert told() == []


def test_what_was_done_long_ago_is_told_to_nobody(desk):
    desk.in_review()

    with time_machine.travel(clock.now() + timedelta(days=4), tick=True):
        assert told() == []


def test_a_text_that_was_set_aside_is_told_to_nobody(desk):
    summary = desk.draft()
    workflow.assign(summary, by=desk.editor, reviewer=desk.reviewer)
    writing.set_aside(fresh(summary), by=desk.writer, reason="Begun twice.")

    assert told() == []


def test_nobody_is_mailed_whose_account_is_shut_or_has_no_address(desk):
    noor = make_reviewer("noor", "Noor Aziz")
    desk.reviewer.email = ""
    desk.reviewer.save()
    accounts.set_active(noor, False, by=noor.reviewer_account.verified_by)

    desk.in_review()

    assert told() == []


def test_a_kind_that_somebody_does_without_is_not_mailed_to_them(desk):
    mail.choose(desk.reviewer, without=[Kind.SUBMITTED], digest="never")

    desk.in_review()

    assert told() == []


def test_a_database_of_before_mails_nobody_of_its_past(desk):
    desk.in_review()
    Job.objects.all().delete()
    migration = import_module("editorial.migrations.0015_mails")

    migration.begin_here(apps, None)

    assert rounds.position(announcing.JOB) == log.size()
    assert told() == []


EVERY_KIND = ("submitted", "changes_requested", "published", "withdrawn", "assigned")


@pytest.fixture
def mails_of_all_kinds(desk, settings):
    summary = desk.draft()
    workflow.assign(
        summary, by=desk.editor, reviewer=desk.reviewer, wanted_by=clock.today()
    )
    told()
    summary = workflow.submit_for_review(fresh(summary), by=desk.writer)
    told()
    workflow.request_changes(
        summary, by=desk.reviewer, reasons=["unclear"], note="Cite the registry."
    )
    told()
    summary = workflow.submit_for_review(fresh(summary), by=desk.writer)
    desk.sign(summary)
    told()
    publishing.withdraw(
        fresh(summary), by=desk.editor, reason="A wrong dose.", note="We check it."
    )
    told()
    return list(Email.objects.order_by("pk"))


def test_a_mail_says_what_to_do_and_has_one_link(mails_of_all_kinds):
    kinds = set(Mail.objects.values_list("kind", flat=True))

    assert kinds >= {*EVERY_KIND}
    for one in mails_of_all_kinds:
        assert one.message.count("http") == 1
        assert "/admin/editorial/summary/" in one.message
        assert one.status == STATUS.queued
        assert one.message_id


def test_no_mail_says_what_a_text_is_about_or_any_of_its_words(mails_of_all_kinds):
    for one in mails_of_all_kinds:
        words = f"{one.subject}\n{one.message}".lower()
        for secret in (
            *("osseous", "poh", "research", "gnas", "bone", "dose", "registry"),
            *("check it", "inherit"),
        ):
            assert secret not in words


def test_what_somebody_typed_is_no_template_of_a_mail(desk):
    desk.writer.first_name = "{{ 7|add:7 }}{% debug %}"
    desk.writer.save()

    desk.in_review()
    told()

    assert "{{ 7|add:7 }}{% debug %}" in Email.objects.get().message


def test_an_entry_that_cannot_be_told_holds_up_none_after_it(desk, caplog):
    summary = desk.in_review()
    desk.sign(summary)
    first = LogEntry.objects.get(act="submit_for_review").number
    tamper(f"UPDATE editorial_logentry SET entry = '' WHERE number = {first}")

    assert told() == [("published", "tomas")]
    assert f"Entry {first} of the log is told to nobody." in caplog.text


def test_a_step_that_fails_leaves_no_mail_and_is_done_again(desk, monkeypatch):
    desk.in_review()
    monkeypatch.setattr(rounds, "came_to", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        list(announcing.tell())
    monkeypatch.undo()

    assert Mail.objects.count() == Email.objects.count() == 0
    assert told() == [("submitted", "ines")]
