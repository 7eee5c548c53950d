"""A signature takes two components where the account has two, given in that act."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command

from editorial import account_notes, identity
from editorial.identity import Assertion
from editorial.manuscript import Manuscript
from editorial.models import RefusedSigning, SigningAttempt, SignOff
from editorial.rules import MoveRefused
from editorial.signoff import NotIdentified
from tests.builders import Desk, make_reviewer, make_user, make_writer, sign
from tests.factors import SECRET, Passkey, code, give_app, recovery_codes

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(settings):
    settings.SITE_URL = Passkey.ORIGIN
    return Desk()


@pytest.fixture
def summary(desk):
    return desk.in_review()


def signed():
    return SignOff.objects.exists()


# With an app


def test_password_and_code_sign(desk, summary):
    give_app(desk.reviewer)

    sign(summary, by=desk.reviewer, code=code())

    assert signed()


@pytest.mark.parametrize("given", ["", "000000", "９" * 6, "x" * 999, "'"])
def test_a_password_without_the_right_code_signs_nothing(desk, summary, given):
    give_app(desk.reviewer)

    with pytest.raises(NotIdentified, match="That code is not right"):
        sign(summary, by=desk.reviewer, code=given)

    assert not signed()
    assert RefusedSigning.objects.get().wrong_password


def test_a_code_without_the_password_signs_nothing_and_is_not_used_up(desk, summary):
    give_app(desk.reviewer)
    with pytest.raises(NotIdentified, match="not your password"):
        sign(summary, by=desk.reviewer, password="guess", code=code())

    sign(summary, by=desk.reviewer, code=code())

    assert signed()


def test_a_code_signs_once_for_as_long_as_it_lives(time_machine):
    desk = Desk(signatures=2)
    one = give_app(desk.reviewer)
    summary = desk.in_review()
    time_machine.move_to("2026-11-21 10:00:05Z", tick=False)
    shown = code()
    sign(summary, by=one, code=shown)
    time_machine.move_to("2026-11-21 10:00:40Z", tick=False)

    with pytest.raises(NotIdentified):
        sign(summary, by=one, code=shown)


def test_a_code_of_somebody_else_signs_nothing(desk, summary):
    give_app(desk.reviewer)
    give_app(desk.writer, SECRET[::-1])

    with pytest.raises(NotIdentified):
        sign(summary, by=desk.reviewer, code=code(SECRET[::-1]))


def test_a_recovery_code_signs_once(desk, summary):
    one = recovery_codes(give_app(desk.reviewer))[0]
    sign(summary, by=desk.reviewer, code=one)

    assert identity.use_code(desk.reviewer, one) is None


def test_five_wrong_codes_lock_signing(desk, summary):
    give_app(desk.reviewer)
    for _ in range(5):
        with pytest.raises(NotIdentified):
            sign(summary, by=desk.reviewer, code="000000")

    with pytest.raises(MoveRefused, match="Five wrong passwords or codes"):
        sign(summary, by=desk.reviewer, code=code())

    assert SigningAttempt.objects.count() == 5


def test_recovery_codes_that_were_left_over_ask_nobody_for_a_code(desk, summary):
    give_app(desk.reviewer)
    desk.reviewer.authenticator_set.filter(type="totp").delete()

    sign(summary, by=desk.reviewer)

    assert signed()


# With a passkey


def asked(user, summary):
    return identity.challenge(user, Manuscript(summary).sha256)


def test_password_and_passkey_sign(desk, summary):
    key = Passkey().give(desk.reviewer)
    options, state = asked(desk.reviewer, summary)

    answer = Assertion(key.answer(options), state)
    sign(summary, by=desk.reviewer, passkey=answer)

    assert signed()


def test_a_passkey_needs_the_password_too(desk, summary):
    key = Passkey().give(desk.reviewer)
    options, state = asked(desk.reviewer, summary)

    with pytest.raises(NotIdentified, match="not your password"):
        sign(
            summary,
            by=desk.reviewer,
            password="guess",
            passkey=Assertion(key.answer(options), state),
        )


def test_an_answer_to_another_question_signs_nothing(desk, summary):
    key = Passkey().give(desk.reviewer)
    options, _ = asked(desk.reviewer, summary)
    _, another = asked(desk.reviewer, summary)

    for state in (another, None):
        with pytest.raises(NotIdentified, match="did not answer for this very text"):
            sign(
                summary,
                by=desk.reviewer,
                passkey=Assertion(key.answer(options), state),
            )


def test_a_strangers_passkey_signs_nothing(desk, summary):
    Passkey().give(desk.reviewer)
    stranger = Passkey().give(desk.writer)
    options, state = asked(desk.reviewer, summary)

    with pytest.raises(NotIdentified):
        sign(
            summary,
            by=desk.reviewer,
            passkey=Assertion(stranger.answer(options), state),
        )


@pytest.mark.parametrize(
    "answer", [{}, [], None, "x", 1, {"id": 1}, {"id": "é", "response": []}]
)
def test_an_odd_answer_signs_nothing(desk, summary, answer):
    Passkey().give(desk.reviewer)
    _, state = asked(desk.reviewer, summary)

    with pytest.raises(NotIdentified):
        sign(summary, by=desk.reviewer, passkey=Assertion(answer, state))


# Where it is required


def test_a_reviewer_without_the_second_factor_that_is_required_signs_nothing(
    desk, summary, settings
):
    settings.REQUIRE_SECOND_FACTOR = True

    with pytest.raises(MoveRefused, match="Set up a second factor first"):
        sign(summary, by=desk.reviewer)

    give_app(desk.reviewer)
    sign(summary, by=desk.reviewer, code=code())
    assert signed()


def test_roles_say_who_needs_one(settings):
    settings.REQUIRE_SECOND_FACTOR = True
    root, writer = make_user("root", superuser=True), make_writer()

    assert identity.needs_second_factor(make_reviewer())
    assert identity.needs_second_factor(root)
    assert not identity.needs_second_factor(writer)
    assert not identity.needs_second_factor(give_app(root))


# Who has lost theirs


@pytest.fixture
def root():
    return make_user("root", superuser=True)


def test_a_superuser_takes_a_lost_second_factor_away(root, mailoutbox):
    user = give_app(make_writer())

    assert identity.take_away(user, by=root)

    assert not user.authenticator_set.exists()
    assert account_notes.of(user)[0].change_message == identity.RESET
    assert mailoutbox[0].to == ["tomas@example.org"]
    assert "took the second factor" in mailoutbox[0].body
    assert not identity.take_away(user, by=root)


def test_nobody_else_takes_one_away_and_nobody_their_own(root):
    user = give_app(make_writer())
    with pytest.raises(PermissionDenied):
        identity.take_away(user, by=make_reviewer())
    with pytest.raises(ValidationError, match="ask a colleague"):
        identity.take_away(give_app(root), by=root)

    assert user.authenticator_set.count() == 2


def test_an_operator_takes_the_only_superusers_away(root, capsys):
    give_app(root)

    call_command("take_second_factor", "root")

    assert not identity.has_second_factor(root)
    assert "Taken away." in capsys.readouterr().out
    assert "on the server" in account_notes.of(root)[0].change_message
    for name in ("root", "nobody"):
        with pytest.raises(CommandError, match=name):
            call_command("take_second_factor", name)


# What a stolen backup tells


def test_a_stolen_backup_holds_no_secret_in_the_clear(settings):
    user = give_app(make_writer())
    kept = str([row.data for row in user.authenticator_set.all()])
    assert SECRET not in kept

    settings.SECRET_KEY = "another"

    assert identity.use_code(user, code()) is None
