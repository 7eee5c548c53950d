"""What preflight holds back from a signature, and the reasons in the record of one."""

import json

import pytest

from editorial import catalogue, clock, workflow
from editorial.checks import ruleset
from editorial.models import LogEntry, SignOff, WrittenReason
from editorial.rules import MoveRefused
from tests.builders import (
    LENIENT,
    WHY,
    Desk,
    make_reviewer,
    page,
    reasons_for,
    sign,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_rules")]


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def waiting(desk):
    """A text that was submitted before the rules asked for a reason."""
    return desk.let_through()


def record(summary):
    return page(summary).live_edition.read_record()


def test_what_blocks_by_now_is_not_signed(desk):
    summary = workflow.submit_for_review(desk.sound(), by=desk.writer)
    source = desk.sources[0]
    source.retracted_on = clock.today()
    catalogue.save(source, by=desk.editor)

    with pytest.raises(MoveRefused) as refusal:
        sign(summary, by=desk.reviewer)

    said = str(refusal.value)
    assert "was retracted on" in said
    assert said.endswith("Request changes, so that its writers can mend it.")
    assert not SignOff.objects.exists()


def test_a_finding_without_a_reason_is_not_signed(desk, waiting):
    with pytest.raises(MoveRefused, match="Preflight needs a reason from you"):
        sign(waiting, by=desk.reviewer)


def test_a_reviewer_may_write_the_reason_that_is_missing(desk, waiting):
    sign(waiting, by=desk.reviewer, reasons=reasons_for(waiting))

    row = WrittenReason.objects.get()
    assert (row.by, row.reason, row.revision) == (desk.reviewer, WHY, waiting.revision)
    (told,) = record(waiting)["reasons"]
    assert told["by"] == desk.reviewer.printed_name


def test_a_signers_reason_is_in_the_log_in_front_of_the_signature(desk, waiting):
    sign(waiting, by=desk.reviewer, reasons=reasons_for(waiting))

    acts = LogEntry.objects.order_by("-number").values_list("act", flat=True)
    assert list(acts[:5])[::-1][:2] == ["reason", "signed"]


def test_a_refused_signature_leaves_no_reason(desk, waiting):
    said = reasons_for(waiting)

    with pytest.raises(MoveRefused, match="is due after today"):
        sign(waiting, by=desk.reviewer, reasons=said, days=9_000)

    assert not WrittenReason.objects.exists()


def test_the_second_signer_finds_the_reason_of_the_first(waiting, desk):
    desk.question.signatures_required = 2
    catalogue.save(desk.question, by=desk.editor)
    sign(waiting, by=desk.reviewer, reasons=reasons_for(waiting))

    sign(waiting, by=make_reviewer("noor", "Noor Aziz"))

    assert len(record(waiting)["reasons"]) == WrittenReason.objects.count() == 1


def test_a_reason_of_the_writer_is_enough_to_sign(desk):
    sign(desk.reasoned(), by=desk.reviewer)

    assert WrittenReason.objects.count() == 1


def test_the_record_has_each_reason_word_for_word(desk):
    summary = desk.sign(desk.reasoned())

    assert record(summary)["reasons"] == [
        {
            "code": "P22",
            "field": "body",
            "words": "5 mg",
            "message": WrittenReason.objects.get().message,
            "reason": WHY,
            "by": desk.writer.printed_name,
        }
    ]


def test_the_record_leaves_out_a_reason_whose_words_are_gone(desk):
    summary = desk.sign(desk.reasoned())
    summary = desk.new_edition(summary, "Two [@pmid:11784876].")

    assert WrittenReason.objects.exists()
    assert record(summary)["reasons"] == []


def test_readers_find_the_reasons_in_the_review_record(desk, visit):
    summary = desk.sign(desk.reasoned())

    told = json.loads(visit(f"{page(summary).address}review.json").body)

    assert [one["reason"] for one in told["record"]["reasons"]] == [WHY]


def test_the_record_names_the_rules_under_which_it_was_signed(desk, settings):
    first = desk.sign(workflow.submit_for_review(desk.sound(), by=desk.writer))
    assert record(first)["rules_sha256"] == ruleset.sha256()

    settings.PREFLIGHT_RULES = LENIENT
    desk.new_edition(first, "Two [@pmid:11784876].")

    assert record(first)["rules_sha256"] == ruleset.sha256(LENIENT)
    assert ruleset.sha256(LENIENT) != ruleset.sha256()
