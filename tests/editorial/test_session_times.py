"""A login ends some hours after it, whatever is done; no typed word is lost by that."""

from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from editorial import sessions
from editorial.models import Summary, User
from tests.builders import PASSWORD, Desk
from tests.walking import Walker

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def walker(visit):
    walker = Walker(visit)
    Desk().draft()
    walker.log_in("tomas", PASSWORD)
    return walker


def is_in(walker):
    walker.go("/admin/")
    return walker.address == "/admin/"


def session():
    (one,) = [one for one in Session.objects.all() if SESSION_KEY in one.get_decoded()]
    return one


def write(walker, words):
    """Save the text, which writes to the session; return the status."""
    walker.go(f"/admin/editorial/summary/{Summary.objects.get().pk}/change/")
    return walker.submit(short_answer=words)


def test_a_login_ends_after_its_hours_whatever_is_done(walker, time_machine):
    ends_at = session().expire_date
    for hour in range(11):
        time_machine.move_to(timezone.now() + HOUR, tick=False)
        write(walker, f"Words of hour {hour}.")
        assert is_in(walker)
    assert session().expire_date == pytest.approx(ends_at, abs=timedelta(seconds=2))

    time_machine.move_to(timezone.now() + HOUR, tick=False)

    assert not is_in(walker)


def test_its_hours_are_the_operators(walker, settings, time_machine):
    settings.SESSION_HOURS = 2
    write(walker, "Words of now.")

    time_machine.move_to(timezone.now() + 2.1 * HOUR, tick=False)

    assert not is_in(walker)


def test_who_does_nothing_is_logged_out_sooner_than_long_hours(
    visit, settings, time_machine
):
    settings.SESSION_HOURS = 48
    Desk()
    walker = Walker(visit)
    walker.log_in("tomas", PASSWORD)

    time_machine.move_to(timezone.now() + 12.1 * HOUR, tick=False)

    assert not is_in(walker)


def test_a_text_that_is_sent_after_the_last_hour_is_handed_back(walker, time_machine):
    walker.go(f"/admin/editorial/summary/{Summary.objects.get().pk}/change/")
    time_machine.move_to(timezone.now() + 13 * HOUR, tick=False)

    walker.submit(short_answer="Typed past the last hour.")
    assert "You were logged out. Nothing is lost" in walker.text
    walker.submit(username="tomas", password=PASSWORD)

    assert "Typed past the last hour." in walker.text


def test_a_changed_password_prolongs_no_login(walker, time_machine):
    ends_at = session().expire_date
    time_machine.move_to(timezone.now() + HOUR, tick=False)
    new = "a long and winding sentence"
    walker.go("/admin/password_change/")

    walker.submit(old_password=PASSWORD, new_password1=new, new_password2=new)

    assert session().expire_date == pytest.approx(ends_at, abs=timedelta(seconds=2))


def test_a_session_tells_when_it_began_and_when_it_last_wrote(walker, time_machine):
    began = timezone.now()
    time_machine.move_to(began + HOUR, tick=False)
    write(walker, "Words of an hour later.")

    (place,) = sessions.places(User.objects.get(username="tomas"))

    assert place.began_at == pytest.approx(began, abs=timedelta(seconds=2))
    assert place.wrote_at == pytest.approx(began + HOUR, abs=timedelta(seconds=2))
