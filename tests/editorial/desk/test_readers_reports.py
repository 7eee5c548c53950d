"""The screens of readers' reports: the list, and the form by which one is decided."""

import pytest
from django.core import mail

from conditions.models import Edition, Report
from editorial import triage
from editorial.desk.home.queues_waiting import A_LOOK
from editorial.desk.readers.queue import A_PAGE
from editorial.models import Decision, Triage
from tests.builders import PASSWORD, Desk, make_report
from tests.walking import Walker

LIST = "/admin/editorial/summary/readers-reports/"


@pytest.fixture
def desk(db):
    desk = Desk()
    desk.summary = desk.live()
    desk.edition = Edition.objects.get()
    return desk


@pytest.fixture
def editor(desk, visit):
    walker = Walker(visit)
    walker.log_in("maren", PASSWORD)
    return walker


def shown(walker, address):
    walker.go(address)
    return walker.text


def test_a_report_waits_on_the_home_and_in_the_list(desk, editor):
    make_report(desk.edition, words="A dose is missing.")

    assert "Reported" in shown(editor, "/admin/")
    assert "A dose is missing." in shown(editor, LIST)


def test_a_decision_leaves_the_list_and_answers_the_reader(desk, editor):
    report = make_report(desk.edition, address="reader@example.org")
    editor.go(f"{LIST}{report.pk}/")

    editor.submit(decision="next_review", reason="See the source.", answer="Thanks.")

    assert "No report waits." in shown(editor, LIST)
    assert "See the source." in shown(editor, f"{LIST}?done")
    assert len(mail.outbox) == 1
    assert Report.objects.get().address == ""
    text = f"/admin/editorial/summary/{desk.summary.pk}/"
    assert "Readers reported" in shown(editor, f"{text}review/")
    assert "Readers reported" in shown(editor, f"{text}change/")


def test_a_writer_reads_the_report_and_finds_no_link_that_refuses_them(desk, visit):
    report = make_report(desk.edition, words="A dose is missing.")
    triage.decide(
        report, by=desk.editor, decision=Decision.REVISION, reason="It is true."
    )
    tomas = Walker(visit)
    tomas.log_in("tomas", PASSWORD)

    for screen in ("change", "review"):
        text = shown(tomas, f"/admin/editorial/summary/{desk.summary.pk}/{screen}/")
        assert "A dose is missing." in text
        assert LIST not in text


def test_a_preview_asks_no_reader_for_a_report(desk, editor):
    text = shown(editor, f"/admin/editorial/summary/{desk.summary.pk}/review/")

    assert "Who checked this page" in text
    assert "wrong or unclear" not in text


def test_a_form_that_is_not_complete_keeps_what_was_typed(desk, editor):
    report = make_report(desk.edition)
    editor.go(f"{LIST}{report.pk}/")

    editor.submit(reason="Because it is so.")

    assert "Choose what becomes of it." in editor.text
    assert "Because it is so." in editor.text
    assert not Triage.objects.exists()


def test_a_colleague_who_was_first_is_named(desk, editor):
    report = make_report(desk.edition)
    editor.go(f"{LIST}{report.pk}/")
    said = {"decision": Decision.NOT_AN_ERROR, "reason": "It is right."}
    triage.decide(report, by=desk.reviewer, **said)

    editor.submit(decision="next_review", reason="See the source.")

    assert "Ines Falk decided on it already" in editor.text
    assert "See the source." in editor.text


@pytest.mark.parametrize("reports", [1, 5])
def test_the_list_asks_as_often_for_one_report_as_for_five(
    desk, editor, reports, django_assert_num_queries
):
    for _ in range(reports):
        make_report(desk.edition)
    editor.go(LIST)

    with django_assert_num_queries(6):
        editor.go(LIST)


def test_the_home_reads_the_first_of_many_and_counts_them_all(desk, client):
    for _ in range(A_LOOK + 1):
        make_report(desk.edition)
    client.force_login(desk.editor)

    groups = client.get("/admin/").context["groups"]

    (found,) = [group for group in groups if group.name == "reports"]
    assert (len(found.rows), found.total) == (A_LOOK, A_LOOK + 1)


def test_a_long_list_is_led_through_page_by_page(desk, editor):
    for _ in range(A_PAGE + 1):
        decided = make_report(desk.edition)
        said = {"decision": Decision.NOT_AN_ERROR, "reason": "It is right."}
        triage.decide(decided, by=desk.reviewer, **said)

    assert 'href="?done&amp;p=2"' in shown(editor, f"{LIST}?done")
    assert 'href="?done&amp;p=1"' in shown(editor, f"{LIST}?done&p=2")
