"""`verify` holds accounts against the log, and signers against it as it was then."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group

from editorial import accounts, clock, credentials, log, verifying
from editorial.models import LogEntry, ReviewerAccount, SignOff, User
from editorial.states import Role
from tests.builders import make_reviewer, make_writer, record
from tests.tampering.populating import unguarded_desk
from tests.tampering.rebuilding import run

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def desk(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), unguarded_desk() as desk:
        yield desk


@pytest.fixture
def root():
    return User.objects.get(username="people")


def findings():
    found = verifying.verify().found.findings
    return {kind: f.sentence for kind, f in found.items() if kind != "guards"}


def give(user, role):
    run(
        "INSERT INTO editorial_user_groups (user_id, group_id) VALUES (%s, %s)",
        *(user.pk, Group.objects.get(name=role.value).pk),
    )


def names(user):
    return {name: getattr(user, name) for name in ("first_name", "last_name", "email")}


def test_a_role_that_somebody_gave_themself_is_named(desk):
    give(desk.writer, Role.EDITOR)

    assert findings() == {
        "account_rights": f"editorial_user:{desk.writer.pk} (tomas) is “writer and "
        "editor”, but the log says “writer”."
    }


def test_a_role_that_was_taken_past_the_desk_is_named(desk):
    run("DELETE FROM editorial_user_groups WHERE user_id = %s", desk.writer.pk)

    assert "is “no role”, but the log says “writer”." in findings()["account_rights"]


def test_a_shut_account_that_was_opened_past_the_desk_is_named(desk, root):
    accounts.set_active(desk.writer, False, by=root)
    run("UPDATE editorial_user SET is_active = %s", True)

    assert "but the log says “writer, shut”" in findings()["account_rights"]


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("is_superuser", True, "“writer, a superuser”"),
        ("is_staff", False, "“writer, kept from the desk”"),
        ("is_active", False, "“writer, shut”"),
    ],
)
def test_a_mark_that_was_changed_past_the_desk_is_named(desk, column, value, told):
    run(f"UPDATE editorial_user SET {column} = %s WHERE username = 'tomas'", value)

    assert told in findings()["account_rights"]


def test_groups_whose_names_were_swapped_are_found(desk):
    for old, new in (("Editors", "x"), ("Writers", "Editors"), ("x", "Writers")):
        run("UPDATE auth_group SET name = %s WHERE name = %s", new, old)

    assert "is “editor”, but the log says “writer”" in findings()["account_rights"]


def test_an_account_that_was_made_past_the_desk_is_named(desk):
    User.objects.create_superuser("mallory")

    assert "(mallory) is “no role, a superuser”" in findings()["account_untold"]


def test_an_account_that_is_gone_is_named(root):
    gone = make_writer("gone")
    run("DELETE FROM editorial_user_groups WHERE user_id = %s", gone.pk)
    run("DELETE FROM editorial_user WHERE id = %s", gone.pk)

    assert f"editorial_user:{gone.pk} is gone" in findings()["account_gone"]


def test_a_change_at_the_desk_does_not_hide_a_role_from_before(desk, root):
    give(desk.writer, Role.EDITOR)
    both = [Role.WRITER, Role.EDITOR]
    other = names(desk.writer) | {"last_name": "Reyes"}

    accounts.change(desk.writer, **other, roles=both, by=root)
    accounts.set_active(desk.writer, False, by=root)

    assert "is “writer and editor, shut”" in findings()["account_rights"]


def test_a_role_that_no_entry_gave_and_the_desk_took_is_a_note(desk, root):
    give(desk.writer, Role.EDITOR)

    same = names(desk.writer)
    accounts.change(desk.writer, **same, roles=[Role.WRITER], by=root)

    found = verifying.verify().found
    assert found.findings.keys() == {"guards"}
    said = found.notes["rights_between"].sentence
    assert "“writer and editor”, which no entry" in said


def test_a_signature_outlives_the_role_the_account_and_the_credential(desk, root):
    desk.live()
    held = ReviewerAccount.objects.get(user=desk.reviewer)
    credentials.take_back(held, by=root)
    accounts.change(desk.reviewer, **names(desk.reviewer), roles=[], by=root)
    accounts.set_active(desk.reviewer, False, by=root)

    assert findings() == {}


def test_a_signature_outlives_the_day_of_its_credential(desk, time_machine):
    desk.live()
    time_machine.move_to(clock.now() + timedelta(days=701))

    assert findings() == {}


def test_a_signature_by_somebody_who_had_the_role_no_longer_is_named(desk, root):
    other = make_reviewer("noor", "Noor Aziz")
    accounts.change(other, **names(other), roles=[Role.WRITER], by=root)
    desk.live()
    accounts.change(other, **names(other), roles=[Role.MEDICAL_REVIEWER], by=root)

    run("UPDATE editorial_signoff SET signer_id = %s", other.pk)

    assert "who was “writer” then: no medical reviewer" in findings()["sign_off_role"]


@pytest.mark.parametrize("superuser", [False, True])
def test_a_signature_by_an_account_that_was_no_reviewers_is_named(desk, superuser):
    other = make_reviewer("noor", "Noor Aziz")
    log.enter(
        "account",
        by=None,
        about=other,
        after={"superuser": True} if superuser else {"active": False},
    )
    desk.live()

    run("UPDATE editorial_signoff SET signer_id = %s", other.pk)

    assert "sign_off_role" in findings()


@pytest.mark.parametrize(
    ("credential", "why"),
    [
        ({"verified": False}, "had no verified credential then"),
        ({"days": -1}, "had a credential that was valid until"),
        ({}, "signed as ines, and was verified as another"),
    ],
)
def test_a_signature_without_a_credential_of_that_day_is_named(desk, credential, why):
    other = make_reviewer("noor", "Noor Aziz", **credential)
    desk.live()

    run("UPDATE editorial_signoff SET signer_id = %s", other.pk)

    assert why in findings()["sign_off_credential"]


def test_a_credential_that_was_verified_after_the_signature_is_none(desk):
    other = make_reviewer("noor", "Noor Aziz", verified=False)
    desk.live()
    held = ReviewerAccount.objects.get(user=other)
    until = clock.today() + timedelta(days=30)
    credentials.verify(held, by=desk.editor, expires_on=until)

    run("UPDATE editorial_signoff SET signer_id = %s", other.pk)

    assert "had no verified credential" in findings()["sign_off_credential"]


def test_a_first_signer_is_asked_for_again_when_the_second_has_signed(desk, root):
    desk.question.signatures_required = 2
    record(desk.question, desk.editor)
    second = make_reviewer("noor", "Noor Aziz")
    summary = desk.sign(desk.in_review())
    accounts.change(desk.reviewer, **names(desk.reviewer), roles=[], by=root)
    accounts.change(
        desk.reviewer, **names(desk.reviewer), roles=[Role.MEDICAL_REVIEWER], by=root
    )
    desk.sign(summary, by=second)
    first = SignOff.objects.order_by("pk")[0]
    assert findings() == {}

    # As if the role had not come back before the edition was written.
    back = LogEntry.objects.filter(about=f"user:{desk.reviewer.pk}").last()
    old, new = '"after":{"roles":["Medical reviewers"]', '"after":{"roles":[]'
    run(
        "UPDATE editorial_logentry SET entry = replace(entry, %s, %s) "
        "WHERE number = %s",
        *(old, new, back.number),
    )

    assert f"editorial_signoff:{first.pk}" in findings()["sign_off_role"]


def test_a_signature_from_before_the_log_told_of_roles_is_a_note(desk):
    desk.live()
    about = f"user:{desk.reviewer.pk}"
    run(
        "UPDATE editorial_logentry SET entry = replace(entry, %s, %s) WHERE about = %s",
        *('"after"', '"since"', about),
    )

    report = verifying.verify()

    assert "sign_off_role" not in report.found.findings
    assert "cannot tell whether" in report.found.notes["signed_before"].sentence
