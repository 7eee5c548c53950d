"""A text is sent back for reasons of a short list, which the log keeps."""

import pytest

from conditions import content
from editorial import sending_back, workflow
from editorial.models import LogEntry
from editorial.rules import MoveRefused
from tests.builders import Desk, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def send_back(desk, *why):
    return workflow.request_changes(
        desk.in_review(), by=desk.reviewer, note="Cite it.", reasons=why
    )


@pytest.mark.parametrize("why", [(), ("nonsense",), ("",)])
def test_a_text_is_sent_back_for_a_reason_of_the_list(desk, why):
    with pytest.raises(MoveRefused, match="Choose why: one or more of the reasons"):
        send_back(desk, *why)


def test_the_reasons_stand_in_the_log_in_the_order_of_the_list(desk):
    send_back(desk, "unclear", "evidence_missing", "unclear", "nonsense")

    entry = LogEntry.objects.get(act="request_changes")

    assert content.parse(entry.entry)["facts"] == {
        "reasons": ["evidence_missing", "unclear"]
    }


def test_no_other_move_has_reasons(desk):
    summary = workflow.submit_for_review(
        desk.revise(send_back(desk, "wrong"), "New words [@gard-poh; @pmid:11784876]."),
        by=desk.writer,
    )

    newest = LogEntry.objects.latest("number")

    assert (newest.act, content.parse(newest.entry)["facts"]) == (summary.move, {})


def test_the_reasons_of_each_round_are_read_again(desk):
    first = send_back(desk, "wrong", "harmful").history.first()
    again = workflow.submit_for_review(fresh(first.instance), by=desk.writer)
    workflow.request_changes(again, by=desk.reviewer, note="Still.", reasons=["other"])
    second = fresh(again).history.first()

    assert sending_back.given(again) == {
        first.pk: ["Wrong", "Harmful if misread"],
        second.pk: ["Other"],
    }
    assert sending_back.of(second) == ["Other"]


def test_a_move_of_before_the_list_has_none(desk):
    submitted = desk.in_review().history.first()

    assert sending_back.said(submitted) == []


@pytest.mark.parametrize("screen", ["change", "history"])
def test_the_writer_reads_why(desk, client, screen):
    summary = send_back(desk, "harmful")
    client.force_login(desk.writer)

    page = client.get(f"/admin/editorial/summary/{summary.pk}/{screen}/")

    assert '<span class="state warn">Harmful if misread</span>' in page.content.decode()
