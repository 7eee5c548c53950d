"""Who signs as which byline: nobody says so of themselves."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from conditions.models import Reviewer
from editorial import clock, credentials
from editorial.models import LogEntry, ReviewerAccount
from editorial.states import Role
from tests.builders import (
    make_editor,
    make_reviewer,
    make_user,
    make_writer,
    record,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_editor()


def doctor(username="jonas"):
    return make_user(username, Role.MEDICAL_REVIEWER, name="Jonas Adeyemi")


def byline(by, slug="jonas"):
    fields = {"slug": slug, "printed_name": "Dr Jonas Adeyemi", "profession": "GP"}
    return record(Reviewer(**fields), by)


def in_days(days):
    return clock.today() + timedelta(days=days)


def test_editor_pairs_an_account_which_is_not_verified_by_that(editor):
    account = credentials.pair(doctor(), byline(editor), by=editor)

    assert (account.verified_at, account.may_sign_on(clock.today())) == (None, False)
    assert ReviewerAccount.history.get().history_user == editor


def test_verifying_names_the_verifier_and_the_moment(editor):
    account = credentials.pair(doctor(), byline(editor), by=editor)

    row = credentials.verify(account, by=editor, expires_on=in_days(365))

    assert (row.verified_by, row.expires_on) == (editor, in_days(365))
    assert clock.now() - row.verified_at < timedelta(seconds=5)
    assert row.may_sign_on(in_days(365))


def test_a_writer_pairs_nobody(editor):
    with pytest.raises(PermissionDenied):
        credentials.pair(doctor(), byline(editor), by=make_writer())


def test_a_superuser_whose_account_is_shut_may_nothing_here():
    root = make_user("root", superuser=True)
    root.is_active = False
    root.save()

    assert not credentials.may(root)


def test_who_is_no_reviewer_any_more_is_not_verified(editor):
    user = doctor()
    account = credentials.pair(user, byline(editor), by=editor)
    user.groups.clear()

    with pytest.raises(ValidationError):
        credentials.verify(account, by=editor, expires_on=in_days(365))


def test_superuser_verifies_too(editor):
    account = credentials.pair(doctor(), byline(editor), by=editor)
    root = make_user("root", superuser=True)

    row = credentials.verify(account, by=root, expires_on=in_days(1))

    assert row.verified_by == root


@pytest.mark.parametrize("make", [make_writer, make_reviewer])
def test_writer_and_reviewer_verify_nothing(editor, make):
    account = credentials.pair(doctor(), byline(editor), by=editor)

    with pytest.raises(PermissionDenied, match="Only an editor or a superuser"):
        credentials.verify(account, by=make(), expires_on=in_days(365))


def test_editor_who_reviews_too_does_not_verify_their_own_credential(editor):
    both = make_reviewer("both", roles=[Role.EDITOR], verified=False)

    with pytest.raises(ValidationError, match="Nobody verifies their own"):
        credentials.verify(both.reviewer_account, by=both, expires_on=in_days(365))


def test_editor_who_reviews_too_does_not_choose_their_own_byline(editor):
    both = make_user("both", Role.EDITOR, Role.MEDICAL_REVIEWER)

    with pytest.raises(ValidationError, match="Nobody chooses their own byline"):
        credentials.pair(both, byline(editor), by=both)


@pytest.mark.parametrize("days", [0, -1])
def test_credential_is_verified_until_a_day_to_come(editor, days):
    account = credentials.pair(doctor(), byline(editor), by=editor)

    with pytest.raises(ValidationError, match="Give a day to come"):
        credentials.verify(account, by=editor, expires_on=in_days(days))


def test_lapsed_credential_is_renewed(editor):
    account = make_reviewer(days=-1).reviewer_account

    row = credentials.verify(account, by=editor, expires_on=in_days(365))

    assert row.may_sign_on(clock.today())
    assert ReviewerAccount.history.count() == 2


def test_another_byline_takes_the_verification_away(editor):
    user = make_reviewer()

    row = credentials.pair(user, byline(editor), by=editor)

    assert (row.verified_by, row.verified_at, row.expires_on) == (None, None, None)


def test_the_same_byline_again_changes_nothing(editor):
    user = make_reviewer()

    row = credentials.pair(user, user.reviewer_account.reviewer, by=editor)

    assert row.verified_at
    assert ReviewerAccount.history.count() == 1


def test_one_byline_is_signed_by_one_account(editor):
    taken = make_reviewer().reviewer_account.reviewer

    with pytest.raises(ValidationError, match="Ines Falk signs as Dr Ines Falk, MD"):
        credentials.pair(doctor(), taken, by=editor)


def test_account_without_the_role_has_no_byline(editor):
    with pytest.raises(ValidationError, match="is no medical reviewer"):
        credentials.pair(make_writer(), byline(editor), by=editor)


def test_credential_whose_byline_was_changed_meanwhile_is_looked_at_again(editor):
    looked_at = make_reviewer().reviewer_account
    credentials.pair(looked_at.user, byline(editor), by=editor)

    with pytest.raises(ValidationError, match="The byline was changed a moment ago"):
        credentials.verify(looked_at, by=editor, expires_on=in_days(365))


def lapses():
    entries = LogEntry.objects.filter(act="credential_lapsed")
    return [json.loads(one.entry) for one in entries]


def test_a_credential_that_lapses_is_in_the_log_once(time_machine):
    ines = make_reviewer(days=30)
    until = str(ines.reviewer_account.expires_on)
    assert list(credentials.note_lapsed()) == []
    time_machine.move_to(timezone.now() + timedelta(days=31))

    assert list(credentials.note_lapsed()) == [
        f"the credential of ines lapsed after {until}"
    ]
    assert list(credentials.note_lapsed()) == []
    assert [one["facts"] for one in lapses()] == [{"valid_until": until}]
    assert lapses()[0]["about"] == f"revieweraccount:{ines.reviewer_account.pk}"


def test_a_credential_that_lapses_again_is_in_the_log_again(time_machine):
    account = make_reviewer(days=30).reviewer_account
    time_machine.move_to(timezone.now() + timedelta(days=31))
    list(credentials.note_lapsed())
    credentials.verify(account, by=make_editor(), expires_on=in_days(10))
    time_machine.move_to(timezone.now() + timedelta(days=11))

    assert len(list(credentials.note_lapsed())) == 1
    assert len(lapses()) == 2


def test_a_credential_that_was_never_verified_lapses_never(time_machine):
    make_reviewer(verified=False)
    time_machine.move_to(timezone.now() + timedelta(days=4000))

    assert list(credentials.note_lapsed()) == []
