"""A signature waits for the last passage; a tick is of exact words."""

import pytest
from django.core.exceptions import PermissionDenied

from conditions import content
from editorial import catalogue, next_review, reading, signoff, workflow
from editorial.dossier import Dossier
from editorial.identity import Claim
from editorial.manuscript import Manuscript
from editorial.models import LogEntry, Reading, SignOff
from editorial.rules import MoveRefused
from editorial.statement import Statement
from tests.builders import BODY, PASSWORD, Desk, fresh, make_reviewer, read, tamper

pytestmark = pytest.mark.django_db
MORE = "Surgery can help [@gard-poh]."
AND = "A gene test takes 3 weeks [@gard-poh]."


@pytest.fixture
def desk():
    return Desk()


def second_edition(desk, *passages):
    """Return a live page's next text in review, with passages added at its end."""
    summary = workflow.start_revision(desk.live(), by=desk.writer)
    return rewritten(desk, summary, *passages)


def rewritten(desk, summary, *passages):
    desk.revise(summary, "\n\n".join((BODY, *passages)))
    return workflow.submit_for_review(fresh(summary), by=desk.writer)


def sign_unread(summary, by):
    """Press the button, whatever was read."""
    return signoff.sign_off(
        summary,
        by=by,
        claim=Claim(PASSWORD),
        content_sha256=Manuscript(fresh(summary)).sha256,
        statement=Statement(
            interests="",
            evidence_searched_on=None,
            review_due_on=next_review.limit(summary).on,
            change_type="wording",
            note="Said in other words.",
        ),
    )


def asked(summary):
    return reading.asked(Dossier(fresh(summary)))


def left(summary, by):
    return len(reading.unread(Dossier(fresh(summary)), by))


def tick(summary, by, *passages):
    return reading.tick(summary, by=by, passages=passages)


# The rule


def test_a_signature_waits_for_the_last_changed_passage(desk):
    summary = second_edition(desk, MORE, AND)
    first, last = asked(summary)

    with pytest.raises(MoveRefused, match="2 changed passages are not ticked as read"):
        sign_unread(summary, desk.reviewer)
    tick(summary, desk.reviewer, first)
    with pytest.raises(MoveRefused, match="One changed passage is not ticked as read"):
        sign_unread(summary, desk.reviewer)
    tick(summary, desk.reviewer, last)

    assert sign_unread(summary, desk.reviewer) == SignOff.objects.latest("pk")


def test_a_first_edition_is_read_passage_by_passage(desk):
    summary = desk.in_review()

    with pytest.raises(MoveRefused, match="4 passages are not ticked as read"):
        sign_unread(summary, desk.reviewer)


def test_a_heading_is_read_with_what_follows_it_and_the_rest_as_one(desk):
    words = Manuscript(desk.in_review()).content

    short, first, items, around = reading.whole(words)

    assert short == ("Short answer", "", words["short_answer"])
    assert first[2].startswith("## What scientists are studying\n\nMost people")
    assert items[2].startswith("- physiotherapy")
    assert "Paternally inherited inactivating mutations" in around[2]
    assert words["disclaimer"] in around[2]


@pytest.mark.parametrize(
    ("blocks", "parted"),
    [
        ([], []),
        (["a", "b"], [(0, 1), (1, 2)]),
        (["## a", "### b", "c"], [(0, 3)]),
        (["a", "## b"], [(0, 1), (1, 2)]),
    ],
)
def test_passages_end_where_no_heading_stands_alone(blocks, parted):
    assert reading.passages(blocks) == parted


def test_an_unchanged_text_waits_for_nothing(desk):
    summary = workflow.recheck(desk.live(), by=desk.editor)

    assert asked(summary) == []
    assert sign_unread(summary, desk.reviewer).change_type == "no_change"


def test_words_of_the_catalogue_are_read_too(desk):
    summary = workflow.recheck(desk.live(), by=desk.editor)
    desk.sources[1].title = "Another title altogether"
    catalogue.save(desk.sources[1], by=desk.editor)

    assert len(asked(summary)) == 1


def test_a_text_that_moved_says_so_before_it_speaks_of_ticks(desk):
    summary = second_edition(desk, MORE)
    shown = Manuscript(summary).sha256
    workflow.recall(summary, by=desk.writer, reason="One more.")
    summary = rewritten(desk, fresh(summary), AND)

    with pytest.raises(signoff.TextMoved):
        signoff.sign_off(
            summary,
            by=desk.reviewer,
            claim=Claim(PASSWORD),
            content_sha256=shown,
            statement=Statement(
                interests="",
                evidence_searched_on=None,
                review_due_on=next_review.limit(summary).on,
            ),
        )


def test_beside_an_altered_edition_nothing_counts_as_read(desk):
    summary = second_edition(desk, MORE)
    tamper("UPDATE conditions_edition SET content = '{}'")

    why = reading.why_unread(Dossier(fresh(summary)), desk.reviewer)

    assert why.startswith("An earlier edition was altered:")


# A tick


def test_a_tick_falls_when_its_passage_changes_and_stays_elsewhere(desk):
    summary = second_edition(desk, MORE, AND)
    read(summary, by=desk.reviewer)
    workflow.request_changes(
        summary, by=desk.reviewer, reasons=["unclear"], note="How long?"
    )

    # Another week, a new passage before both, and their order turned round.
    changed = AND.replace("3", "4")
    summary = rewritten(desk, fresh(summary), "It is rare.", changed, MORE)

    assert len(asked(summary)) == 3
    assert left(summary, desk.reviewer) == 2


def test_the_same_passage_twice_is_read_twice(desk):
    summary = second_edition(desk, MORE, MORE)
    one, other = asked(summary)

    tick(summary, desk.reviewer, one)

    assert one != other
    assert left(summary, desk.reviewer) == 1


def test_the_same_words_in_another_part_are_another_passage():
    short, body = reading.keys([("Short answer", "", "Rest."), ("Body", "", "Rest.")])

    assert short != body


def test_what_was_taken_out_is_no_tick_of_what_was_put_in():
    assert len(set(reading.keys([("Body", "a", ""), ("Body", "", "a")]))) == 2


def test_a_tick_is_of_one_reviewer(desk):
    other = make_reviewer("jon", "Jon Berg")
    summary = second_edition(desk, MORE)
    read(summary, by=desk.reviewer)

    assert (left(summary, desk.reviewer), left(summary, other)) == (0, 1)


def test_a_tick_of_words_that_stand_nowhere_counts_nothing(desk):
    summary = second_edition(desk, MORE)

    assert tick(summary, desk.reviewer, content.sha256("nothing"), "") == 0
    assert not Reading.objects.filter(by=desk.reviewer, at__gt=summary_at(summary))


def summary_at(summary):
    return summary.history.first().history_date


def test_a_passage_is_ticked_once(desk):
    summary = second_edition(desk, MORE)
    read(summary, by=desk.reviewer)
    rows = Reading.objects.count()

    assert tick(summary, desk.reviewer, *asked(summary)) == 0
    assert Reading.objects.count() == rows


def test_a_tick_is_in_the_log_with_its_row(desk):
    summary = second_edition(desk, MORE)
    read(summary, by=desk.reviewer)

    entry = LogEntry.objects.latest("number")

    assert (entry.act, entry.about) == ("passages_read", f"summary:{summary.pk}")
    assert entry.row == f"editorial_reading:{Reading.objects.latest('pk').pk}"


@pytest.mark.parametrize("who", ["writer", "editor"])
def test_only_medical_reviewers_tick(desk, who):
    summary = desk.in_review()

    with pytest.raises(PermissionDenied):
        tick(summary, getattr(desk, who), *asked(summary))


def test_nothing_is_ticked_but_in_review(desk):
    summary = desk.draft()

    assert tick(summary, desk.reviewer, *asked(summary)) == 0
    assert not Reading.objects.exists()
