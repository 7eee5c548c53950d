"""Nobody learns from the ways in who has an account: not by words, not by time."""

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.utils.http import urlsafe_base64_encode

from editorial import accounts
from editorial.models import User
from editorial.states import Role
from tests.builders import make_user, make_writer, verify
from tests.matrix.test_tells_nothing import settled
from tests.walking import Walker

pytestmark = pytest.mark.django_db

HERE = "tests.test_tells_no_account"
NAMES = ("tomas", "guest", "shut", "invited", "nobody-here")


class Counted(MD5PasswordHasher):
    """A hasher that says how often it worked."""

    times = 0

    def encode(self, password, salt):
        Counted.times += 1
        return super().encode(password, salt)


@pytest.fixture
def people(settings):
    """One of each kind of account; nobody-here has none."""
    settings.PASSWORD_HASHERS = [f"{HERE}.Counted"]
    root = make_user("people", superuser=True)
    make_writer(), make_user("guest")
    accounts.set_active(make_writer("shut"), False, by=root)
    names = {"first_name": "Ivo", "last_name": "Ek", "email": "invited@example.org"}
    accounts.make(username="invited", **names, roles=[Role.WRITER], by=root)


def tried(visit, address, **typed):
    """Send a form as a stranger; return all that they saw, without what they typed."""
    walker = Walker(visit)
    walker.go(address)
    status = walker.submit(**typed)
    said = settled(walker.text + str(walker.answer.headers))
    for word in typed.values():
        said = said.replace(word, "…")
    return walker.address, status, said


def test_a_wrong_password_is_answered_alike_for_every_name(people, visit):
    answers = {
        name: tried(visit, "/admin/login/", username=name, password="wrong")
        for name in NAMES
    }

    assert set(map(str, answers.values())) == {str(answers["nobody-here"])}
    assert "wrong" not in answers["tomas"][2]


@pytest.mark.parametrize("name", NAMES)
def test_the_hasher_works_as_often_for_every_name(people, visit, name):
    walker = Walker(visit)
    walker.go("/admin/login/")
    Counted.times = 0

    walker.submit(username=name, password="wrong")

    assert Counted.times == 1


def test_a_forgotten_password_is_answered_alike_for_every_address(people, visit):
    answers = {
        name: tried(visit, "/accounts/password-reset/", email=f"{name}@example.org")
        for name in NAMES
    }

    assert set(map(str, answers.values())) == {str(answers["nobody-here"])}


@pytest.mark.parametrize("kind", ["password-reset", "invitation"])
def test_a_forged_link_is_answered_alike_for_every_account(people, visit, kind):
    pks = [*User.objects.values_list("pk", flat=True), 999_999]
    answers = set()
    for pk in pks:
        uid = urlsafe_base64_encode(str(pk).encode())
        address = f"/accounts/{kind}/{uid}/c0ffee-{'0' * 32}/"
        answer = visit(address)
        said = answer.body.decode() + str(answer.headers)
        answers.add((answer.status, settled(said.replace(address, "/…"))))

    assert len(answers) == 1


def test_a_reviewer_who_signed_nothing_public_has_no_profile(visit):
    verify(make_writer("ada"))

    there, nowhere = (visit(f"/reviewers/{slug}/") for slug in ("ada", "eve"))

    assert there.status == nowhere.status == 404
    assert there.body == nowhere.body
