"""What was sent from a page whose login had lapsed travels through the second step."""

import pytest

from tests.builders import PASSWORD, Desk
from tests.factors import code, give_app
from tests.returning import WORDS, Returner, change, lapse

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def writer(desk, visit):
    return Returner(visit)


def test_a_text_travels_through_the_second_step(desk, writer):
    give_app(desk.writer)
    summary = desk.draft()
    writer.go(change(summary))
    lapse()
    writer.submit(body=WORDS)

    writer.at_the_door()
    assert "One more step" in writer.text
    assert writer.submit(code="000000") == 200
    writer.submit(code=code())

    assert "You are logged in again." in writer.text
    writer.go_on()
    assert writer.hidden("body") == [WORDS]


def test_a_text_outlives_a_second_step_that_took_too_long(desk, writer, time_machine):
    give_app(desk.writer)
    time_machine.move_to("2026-11-21 10:00Z", tick=False)
    writer.go(change(desk.draft()))
    lapse()
    writer.submit(body=WORDS)
    writer.at_the_door()
    time_machine.move_to("2026-11-21 10:16Z", tick=False)

    writer.submit(code=code())
    assert "That took too long. Nothing is lost" in writer.text
    writer.at_the_door()
    writer.submit(code=code())

    writer.go_on()
    assert writer.hidden("body") == [WORDS]


def test_a_code_that_signs_is_never_handed_back(desk, visit):
    give_app(desk.reviewer)
    summary = desk.in_review()
    reviewer = Returner(visit, "ines")
    reviewer.submit(code=code())
    reviewer.go(f"/admin/editorial/summary/{summary.pk}/review/")
    lapse()

    reviewer.submit(password=PASSWORD, one_time_code="246 802")

    assert "You were logged out." in reviewer.text
    assert "246" not in "".join(reviewer.hidden("held-one_time_code"))
    assert "246802" not in reviewer.text
