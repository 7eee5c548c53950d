from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from conditions import content
from conditions.models import Edition, Publication
from editorial import (
    catalogue,
    clock,
    publishing,
    rules,
    signoff,
    statement,
    workflow,
)
from editorial.identity import Claim
from editorial.manuscript import Manuscript
from editorial.models import ChangeType, RefusedSigning, SigningAttempt, SignOff
from editorial.rules import MoveRefused
from editorial.states import Status
from tests.builders import (
    BODY,
    PASSWORD,
    Desk,
    fresh,
    make_reviewer,
    page,
    sign,
    tamper,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def test_signing_writes_the_edition_and_makes_it_live(desk):
    summary = desk.reviewed()

    edition = page(summary).live_edition
    assert (summary.status, edition.number) == (Status.REVIEWED, 1)
    assert edition.read_content()["body"] == BODY


def test_the_date_is_the_signatures_own_in_the_sites_zone(desk, settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    with clock.moved_to(datetime(2026, 5, 7, 13, 30, tzinfo=UTC)):
        summary = desk.reviewed()

    record = page(summary).live_edition.read_record()
    assert record["signed_on"] == "2026-05-08"
    assert record["signatures"][0]["at"] == "2026-05-08T01:30:00+12:00"
    assert record["signatures"][0]["zone"] == "Pacific/Auckland"


def test_the_record_holds_what_21_cfr_11_50_asks_for(desk):
    summary = desk.in_review()
    desk.sign(summary, interests="Advised a maker of splints in 2025.")

    signature = page(summary).live_edition.read_record()["signatures"][0]

    assert signature["name"] == "Dr Ines Falk"
    assert signature["meaning"] == signoff.MEANING
    assert signature["attestation"] == signoff.ATTESTATION
    assert signature["interests"] == "Advised a maker of splints in 2025."


def test_the_record_names_the_exact_text_and_the_revision_read(desk):
    summary = desk.in_review()
    read = fresh(summary).revision
    desk.sign(summary)

    given, edition = SignOff.objects.get(), Edition.objects.get()

    assert given.revision_read.revision == read
    assert given.content_sha256 == edition.content_sha256
    assert edition.read_record()["content_sha256"] == edition.content_sha256
    assert content.sha256(edition.content) == edition.content_sha256


def test_a_later_change_of_the_byline_changes_no_signature(desk):
    summary = desk.reviewed()
    byline = desk.reviewer.reviewer_account.reviewer
    byline.printed_name, byline._history_user = "Dr Ines Novak", desk.editor
    byline.save()

    record = page(summary).live_edition.read_record()

    assert record["signatures"][0]["name"] == "Dr Ines Falk"


def test_a_later_change_of_the_catalogue_changes_no_edition(desk):
    summary = desk.reviewed()
    before = page(summary).live_edition.content
    for entry, field in ((desk.condition, "name"), (desk.sources[0], "title")):
        setattr(entry, field, "renamed")
        entry._history_user = desk.editor
        entry.save()

    assert Edition.objects.get().content == before


def test_a_text_that_moved_since_it_was_shown_is_not_signed(desk):
    summary = desk.in_review()
    shown = Manuscript(summary).sha256
    workflow.request_changes(
        summary, by=desk.reviewer, reasons=["unclear"], note="One more source."
    )
    desk.revise(summary, "Another text [@gard-poh].")
    workflow.submit_for_review(summary, by=desk.writer)

    with pytest.raises(signoff.TextMoved, match="Nothing was signed"):
        sign(summary, by=desk.reviewer, content_sha256=shown)

    assert not SignOff.objects.exists()
    assert fresh(summary).status == Status.IN_REVIEW


def test_a_source_that_changed_since_the_text_was_shown_moves_the_text(desk):
    summary = desk.in_review()
    shown = Manuscript(summary).sha256
    desk.sources[1].title, desk.sources[1]._history_user = "POH today", desk.editor
    desk.sources[1].save()

    with pytest.raises(signoff.TextMoved):
        sign(summary, by=desk.reviewer, content_sha256=shown)


def test_a_wrong_password_signs_nothing_and_is_recorded(desk):
    summary = desk.in_review()

    with pytest.raises(signoff.NotIdentified):
        sign(summary, by=desk.reviewer, password="guess")

    refused = RefusedSigning.objects.get()
    assert (refused.by, refused.wrong_password) == (desk.reviewer, True)
    assert not SignOff.objects.exists()


def lock(desk, summary):
    for _ in range(5):
        with pytest.raises(signoff.NotIdentified):
            sign(summary, by=desk.reviewer, password="guess")


def test_five_wrong_passwords_lock_that_persons_signing(desk):
    summary = desk.in_review()
    lock(desk, summary)

    with pytest.raises(MoveRefused, match="locked until"):
        sign(summary, by=desk.reviewer)


def test_a_screen_hears_of_the_lock_before_anything_is_typed(desk):
    summary = desk.in_review()
    lock(desk, summary)

    assert "locked until" in rules.why_not("sign_off", summary, desk.reviewer)


def test_a_reviewer_who_needs_a_second_factor_and_has_none_does_not_sign(
    desk, settings
):
    settings.REQUIRE_SECOND_FACTOR = True

    with pytest.raises(MoveRefused, match="Set up a second factor first"):
        sign(desk.in_review(), by=desk.reviewer)


def test_who_is_locked_is_not_told_whether_a_password_was_right(desk):
    summary = desk.in_review()
    lock(desk, summary)

    with pytest.raises(MoveRefused, match="locked until") as refused:
        sign(summary, by=desk.reviewer, password="guess")

    assert not isinstance(refused.value, signoff.NotIdentified)


def test_guesses_made_at_once_count_each_other(desk):
    """Each is written before it is checked: the right one comes too late as well."""
    summary = desk.in_review()
    for _ in range(5):
        SigningAttempt.objects.create(by=desk.reviewer, at=clock.now())

    with pytest.raises(MoveRefused, match="locked until"):
        sign(summary, by=desk.reviewer)

    assert not SignOff.objects.exists()


def test_a_right_password_leaves_no_attempt(desk):
    summary = desk.reviewed()
    for _ in range(5):
        summary = desk.sign(workflow.recheck(summary, by=desk.editor))

    assert not SigningAttempt.objects.exists()


def test_another_reviewer_signs_while_the_first_is_locked(desk):
    summary = desk.in_review()
    lock(desk, summary)

    other = make_reviewer("jon", "Jon Berg")

    assert desk.sign(summary, by=other).status == Status.REVIEWED


def test_the_lock_opens_after_fifteen_minutes(desk):
    summary = desk.in_review()
    with clock.moved_to(clock.now() - timedelta(minutes=15, seconds=1)):
        lock(desk, summary)

    assert desk.sign(summary).status == Status.REVIEWED


def test_refused_attempts_while_locked_do_not_prolong_the_lock(desk):
    summary = desk.in_review()
    with clock.moved_to(clock.now() - timedelta(minutes=15, seconds=1)):
        lock(desk, summary)
    with (
        clock.moved_to(clock.now() - timedelta(minutes=1)),
        pytest.raises(MoveRefused, match="locked until"),
    ):
        sign(summary, by=desk.reviewer)

    assert desk.sign(summary).status == Status.REVIEWED


def test_a_signature_in_the_future_is_refused_in_words_and_recorded(desk):
    summary = desk.in_review()

    with (
        clock.moved_to(clock.now() + timedelta(days=1)),
        pytest.raises(MoveRefused, match="a clock is wrong"),
    ):
        sign(summary, by=desk.reviewer)

    assert not SignOff.objects.exists()
    assert "a clock is wrong" in RefusedSigning.objects.get().reason


def test_a_refusal_for_lack_of_role_is_recorded(desk):
    summary = desk.in_review()

    with pytest.raises(PermissionDenied):
        sign(summary, by=desk.writer)

    assert RefusedSigning.objects.get().by == desk.writer


def test_a_credential_that_lapsed_yesterday_does_not_sign(desk):
    lapsed = make_reviewer("old", "Olga Lapsed", days=-1)

    with pytest.raises(MoveRefused, match="Your credential lapsed on"):
        sign(desk.in_review(), by=lapsed)


def test_a_credential_signs_on_its_last_day(desk):
    last_day = make_reviewer("old", "Olga Lapsing", days=0)

    assert desk.sign(desk.in_review(), by=last_day).status == Status.REVIEWED


def test_an_unverified_credential_does_not_sign(desk):
    unverified = make_reviewer("new", "Nora New", verified=False)

    with pytest.raises(MoveRefused, match="not verified yet"):
        sign(desk.in_review(), by=unverified)


def test_the_first_edition_is_called_so_whatever_the_reviewer_says(desk):
    summary = desk.in_review()

    given = sign(summary, by=desk.reviewer, change_type="correction")

    assert given.change_type == ChangeType.FIRST_EDITION


def test_the_same_text_again_is_reviewed_without_change(desk):
    summary = desk.reviewed()
    workflow.recheck(summary, by=desk.editor)

    summary = desk.sign(summary)

    record = page(summary).live_edition.read_record()
    assert (record["edition"], record["change_type"]) == (2, "no_change")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"change_type": ""}, "what kind of change"),
        ({"change_type": "first_edition"}, "what kind of change"),
        ({"change_type": "no_change"}, "what kind of change"),
        ({"note": "Short."}, "10 to 300 characters"),
        ({"note": "x" * 301}, "10 to 300 characters"),
        ({"days": 0}, "after today"),
        ({"days": 367}, "12 months at most"),
    ],
)
def test_a_new_text_is_signed_with_a_full_statement(desk, said, sentence):
    summary = workflow.start_revision(desk.reviewed(), by=desk.writer)
    desk.revise(summary, "A second text [@gard-poh].")
    summary = workflow.submit_for_review(summary, by=desk.writer)

    with pytest.raises(MoveRefused, match=sentence):
        sign(summary, by=desk.reviewer, **said)

    assert Edition.objects.count() == 1


def test_two_signatures_where_the_question_asks_for_two():
    desk = Desk(signatures=2)
    second = make_reviewer("jon", "Jon Berg")
    summary = desk.sign(desk.in_review())
    assert (summary.status, page(summary)) == (Status.IN_REVIEW, None)

    summary = desk.sign(summary, by=second)

    record = page(summary).live_edition.read_record()
    assert summary.status == Status.REVIEWED
    assert [s["name"] for s in record["signatures"]] == ["Dr Ines Falk", "Dr Jon Berg"]


def test_one_person_does_not_give_both_signatures():
    desk = Desk(signatures=2)
    summary = desk.sign(desk.in_review())

    with pytest.raises(MoveRefused, match="signed this text already"):
        sign(summary, by=desk.reviewer)


def test_a_signature_on_another_text_does_not_count_for_this_one():
    desk = Desk(signatures=2)
    second = make_reviewer("jon", "Jon Berg")
    summary = desk.sign(desk.in_review())
    workflow.recall(summary, by=desk.writer, reason="A slip.")
    desk.revise(summary, "Another text [@gard-poh].")
    summary = workflow.submit_for_review(summary, by=desk.writer)

    summary = desk.sign(summary, by=second)

    assert (summary.status, page(summary)) == (Status.IN_REVIEW, None)


def test_signing_waits_where_publication_does(desk, settings):
    settings.PUBLISH_ON_SIGN_OFF = False

    summary = desk.reviewed()

    assert summary.status == Status.REVIEWED
    assert page(summary).live_edition is None
    assert not Publication.objects.exists()


def test_a_withdrawn_page_stays_withdrawn_when_a_new_text_is_signed(desk):
    summary = desk.withdrawn()

    summary = desk.new_edition(summary, "A mended text [@gard-poh].")

    assert page(summary).live_edition is None
    assert Edition.objects.count() == 2


def test_the_live_edition_stays_public_while_the_next_is_drafted(desk):
    summary = desk.reviewed()
    live = page(summary).live_edition
    workflow.start_revision(summary, by=desk.writer)
    desk.revise(summary, "Not signed by anybody.")

    assert page(summary).live_edition == live
    assert page(summary).live_edition.read_content()["body"] == BODY


def test_a_text_scheduled_before_it_was_signed_waits_for_its_hour(desk):
    summary = desk.in_review()
    at = clock.now() + timedelta(days=2)
    publishing.schedule(summary, by=desk.editor, at=at)

    summary = desk.sign(summary)

    assert page(summary).live_edition is None
    with clock.moved_to(at):
        assert len(publishing.publish_due()) == 1
    assert page(summary).live_edition.number == 1


def test_who_wrote_it_is_frozen_in_order(desk):
    summary = desk.draft()
    desk.revise(summary, "Words of the editor [@gard-poh].", by=desk.editor)
    summary = workflow.submit_for_review(summary, by=desk.writer)

    frozen = page(desk.sign(summary)).live_edition.read_content()

    assert frozen["authors"] == ["Tomás Rey", "Maren Holt"]


def test_nothing_is_signed_on_top_of_an_edition_that_was_altered(desk):
    summary = workflow.recheck(desk.reviewed(), by=desk.editor)
    tamper("UPDATE conditions_edition SET content = '{}'")

    with pytest.raises(MoveRefused, match="An earlier edition was altered"):
        sign(summary, by=desk.reviewer)

    assert "altered" in RefusedSigning.objects.get().reason


def test_a_credential_keeps_its_history(desk):
    account = desk.reviewer.reviewer_account

    assert account.history.get().history_user.username == "people"


def test_the_date_and_the_time_are_of_one_moment(desk, monkeypatch):
    """Else a signature a moment before midnight would carry the next day's date."""
    moments = iter(
        datetime(2026, 5, 8, 23, 59, 59, tzinfo=UTC) + timedelta(milliseconds=n * 300)
        for n in range(1000)
    )
    summary = desk.in_review()
    monkeypatch.setattr(clock, "now", lambda: next(moments))

    desk.sign(summary)

    record = Edition.objects.get().read_record()
    assert record["signatures"][0]["at"].startswith(record["signed_on"])


def test_what_a_question_asks_of_a_text_is_asked_again_at_the_signature(desk, settings):
    summary = desk.in_review()
    desk.question.fewest_sources = 9
    catalogue.save(desk.question, by=desk.editor)
    settings.PREFLIGHT_RULES = ""

    with pytest.raises(MoveRefused, match="Cite at least 9"):
        sign(summary, by=desk.reviewer)


def test_another_evidence_date_than_the_screens_is_not_signed(desk):
    summary = desk.in_review(evidence_searched_on=date(2026, 1, 2))
    said = statement.Statement(
        interests="",
        evidence_searched_on=date(2025, 1, 2),
        review_due_on=clock.today() + timedelta(days=300),
    )

    with pytest.raises(signoff.TextMoved):
        signoff.sign_off(
            summary,
            by=desk.reviewer,
            claim=Claim(PASSWORD),
            content_sha256=Manuscript(summary).sha256,
            statement=said,
        )


def test_a_signature_of_an_earlier_round_counts_no_longer():
    desk = Desk(signatures=2)
    second = make_reviewer("jon", "Jon Berg")
    summary = desk.sign(desk.in_review())
    workflow.request_changes(
        summary, by=second, reasons=["unclear"], note="The dose is wrong!"
    )
    summary = workflow.submit_for_review(summary, by=desk.writer)

    summary = desk.sign(summary, by=second)
    assert (summary.status, page(summary)) == (Status.IN_REVIEW, None)

    assert desk.sign(summary).status == Status.REVIEWED


def test_an_earlier_signer_who_may_not_sign_now_completes_nothing():
    desk = Desk(signatures=2)
    second = make_reviewer("jon", "Jon Berg")
    summary = desk.sign(desk.in_review())
    desk.reviewer.is_active = False
    desk.reviewer.save()

    with pytest.raises(MoveRefused, match="Ines Falk’s signature counts no longer"):
        sign(summary, by=second)

    assert not Edition.objects.exists()


def test_of_two_reviewers_readers_get_the_graver_word_and_the_earlier_date():
    desk = Desk(signatures=2)
    second = make_reviewer("jon", "Jon Berg")
    summary = desk.sign(desk.sign(desk.in_review()), by=second)
    summary = workflow.start_revision(summary, by=desk.writer)
    desk.revise(summary, "Another text [@gard-poh].")
    summary = workflow.submit_for_review(summary, by=desk.writer)
    desk.sign(summary, change_type="correction", note="The dose was wrong.", days=30)

    desk.sign(summary, by=second, change_type="wording", note="Plainer words.", days=90)

    record = page(summary).live_edition.read_record()
    assert record["change_type"] == "correction"
    assert record["note"] == "The dose was wrong. Plainer words."
    assert record["review_due_on"] == str(clock.today() + timedelta(days=30))
