from datetime import timedelta

import pytest

from conditions.models import Publication
from editorial import clock, publishing, workflow
from editorial.models import Schedule
from editorial.rules import MoveRefused
from editorial.states import Status
from tests.builders import Desk, fresh, make_question, page, tamper

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def by_hand(settings):
    settings.PUBLISH_ON_SIGN_OFF = False


def kinds():
    return list(Publication.objects.order_by("number").values_list("kind", flat=True))


def test_an_editor_publishes_what_was_signed(desk, by_hand):
    summary = desk.reviewed()

    publishing.publish(summary, by=desk.editor)

    assert page(summary).live_edition.number == 1
    assert kinds() == ["published"]


def test_what_is_live_is_not_published_again(desk):
    with pytest.raises(MoveRefused, match="live already"):
        publishing.publish(desk.live(), by=desk.editor)


def test_nothing_is_published_before_it_is_signed(desk):
    with pytest.raises(MoveRefused, match="No edition is signed yet"):
        publishing.publish(desk.in_review(), by=desk.editor)


def test_the_newest_signed_edition_is_published_over_an_older_live_one(desk, settings):
    summary = desk.live()
    settings.PUBLISH_ON_SIGN_OFF = False
    summary = desk.new_edition(summary, "A second text [@gard-poh].")
    assert page(summary).live_edition.number == 1

    publishing.publish(summary, by=desk.editor)

    assert page(summary).live_edition.number == 2


def test_withdrawing_takes_the_page_away_and_keeps_the_state(desk):
    summary = desk.withdrawn()

    assert page(summary).live_edition is None
    assert summary.status == Status.REVIEWED
    assert kinds() == ["published", "withdrawn"]


def test_the_internal_reason_stays_in_the_newsroom(desk):
    summary = desk.withdrawn()

    assert summary.history.first().history_change_reason == "A mistake."
    assert Publication.objects.get(kind="withdrawn").note == "We are checking a dose."


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"reason": "", "note": "n"}, "Say why"),
        ({"reason": "r", "note": " "}, "Write a note to readers"),
    ],
)
def test_withdrawing_says_why_to_both(desk, said, sentence):
    with pytest.raises(MoveRefused, match=sentence):
        publishing.withdraw(desk.live(), by=desk.editor, **said)


def test_the_newest_signed_edition_is_reinstated_not_the_withdrawn_one(desk):
    summary = desk.new_edition(desk.withdrawn(), "A mended text [@gard-poh].")

    publishing.reinstate(summary, by=desk.editor, reason="Mended.")

    assert page(summary).live_edition.number == 2
    assert kinds() == ["published", "withdrawn", "reinstated"]


def planned(desk, days=1):
    summary = desk.reviewed()
    at = clock.now() + timedelta(days=days)
    publishing.schedule(summary, by=desk.editor, at=at)
    return summary, at


def test_a_signed_edition_is_published_at_its_hour_and_not_before(desk, by_hand):
    summary, at = planned(desk)
    assert publishing.publish_due() == []

    with clock.moved_to(at):
        publishing.publish_due()

    assert page(summary).live_edition.number == 1
    assert not Schedule.objects.exists()


def test_publishing_what_is_due_twice_does_it_once(desk, by_hand):
    _, at = planned(desk)
    with clock.moved_to(at):
        publishing.publish_due()

        assert publishing.publish_due() == []

    assert kinds() == ["published"]


def test_a_schedule_in_the_past_is_refused(desk):
    with pytest.raises(MoveRefused, match="has not come yet"):
        publishing.schedule(desk.draft(), by=desk.editor, at=clock.now())


def test_a_schedule_is_taken_back(desk, by_hand):
    summary, _ = planned(desk)

    publishing.schedule(summary, by=desk.editor, at=None)

    assert not Schedule.objects.exists()
    assert fresh(summary).publish_not_before is None


def test_a_newer_sign_off_drops_the_schedule_of_an_older_edition(desk, by_hand):
    with clock.moved_to(clock.now() - timedelta(days=2)):
        summary, _ = planned(desk)

    desk.new_edition(summary, "A second text [@gard-poh].")

    assert not Schedule.objects.exists()


def test_an_editor_who_lost_the_role_publishes_nothing_later(desk, by_hand):
    summary, at = planned(desk)
    desk.editor.groups.clear()

    with clock.moved_to(at):
        lines = publishing.publish_due()

    assert "not published" in lines[0]
    assert page(summary).live_edition is None
    assert "role of editor" in Schedule.objects.get().failure


def test_a_failed_schedule_is_not_tried_for_ever(desk, by_hand):
    _, at = planned(desk)
    desk.editor.groups.clear()
    with clock.moved_to(at):
        publishing.publish_due()

        assert publishing.publish_due() == []


def test_an_edition_that_was_altered_is_not_published(desk, by_hand):
    summary = desk.reviewed()
    tamper("UPDATE conditions_edition SET content = '{}'")

    with pytest.raises(MoveRefused, match="is not what was signed"):
        publishing.publish(summary, by=desk.editor)


def test_an_altered_edition_is_not_published_by_the_worker(desk, by_hand):
    summary, at = planned(desk)
    tamper("UPDATE conditions_edition SET record = '{}'")

    with clock.moved_to(at):
        publishing.publish_due()

    assert page(summary).live_edition is None


def test_withdrawing_forgets_what_was_planned(desk, settings):
    summary = desk.live()
    settings.PUBLISH_ON_SIGN_OFF = False
    summary = desk.new_edition(summary, "A second text [@gard-poh].")
    publishing.schedule(summary, by=desk.editor, at=clock.now() + timedelta(days=1))

    publishing.withdraw(summary, by=desk.reviewer, reason="r", note="n")

    assert not Schedule.objects.exists()


def test_publications_are_numbered_without_gaps(desk):
    summary = desk.withdrawn()
    publishing.reinstate(summary, by=desk.editor, reason="r")
    publishing.withdraw(summary, by=desk.editor, reason="r", note="n")

    numbers = Publication.objects.order_by("pk").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3, 4]


def test_a_lapsed_reviewer_still_withdraws(desk):
    summary = desk.live()
    account = desk.reviewer.reviewer_account
    account.expires_on = clock.today() - timedelta(days=1)
    account._history_user = desk.editor
    account.save()

    publishing.withdraw(summary, by=desk.reviewer, reason="r", note="n")

    assert page(summary).live_edition is None


def test_every_public_act_is_in_the_summarys_history(desk):
    summary = desk.withdrawn()
    publishing.reinstate(summary, by=desk.editor, reason="Mended.")

    moves = summary.history.values_list("move", flat=True)
    assert list(moves[:3]) == ["reinstate", "withdraw", "sign_off"]


def test_a_fault_in_one_schedule_does_not_keep_the_others_waiting(desk, by_hand):
    _, at = planned(desk)
    schedule = Schedule.objects.get()
    other = make_question(desk.editor, slug="what", pattern="What is {condition}?")
    tamper("UPDATE editorial_summary SET question_id = %s", other.pk)

    with clock.moved_to(at):
        assert publishing.publish_due() == [
            f"schedule {schedule.pk}: failed, and is tried again"
        ]


def test_what_was_put_off_while_the_worker_looked_is_not_published(
    desk, by_hand, monkeypatch
):
    summary, at = planned(desk)
    later = at + timedelta(days=30)
    monkeypatch.setattr(
        publishing,
        "lock",
        lambda row: Schedule.objects.update(publish_at=later) and workflow.lock(row),
    )

    with clock.moved_to(at):
        assert "put off" in publishing.publish_due()[0]

    assert page(summary).live_edition is None


def test_withdrawing_forgets_the_time_that_was_set(desk):
    summary = desk.live()
    at = clock.now() + timedelta(days=1)
    publishing.schedule(summary, by=desk.editor, at=at)

    publishing.withdraw(summary, by=desk.editor, reason="r", note="n")

    assert fresh(summary).publish_not_before is None
