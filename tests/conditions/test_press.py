"""The press: what is printed is that of the acts before it, or is not kept."""

from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError

from conditions import press
from conditions.models import Printed
from conditions.sheets import Head
from editorial import clock, publishing
from tests import builders
from tests.builders import Desk, tamper
from tests.readers import PAGE


@pytest.fixture
def desk(db):
    desk = Desk()
    desk.summary = desk.live()
    return desk


def meanwhile(monkeypatch, act):
    """Let something happen after an answer was made and before it is kept."""
    compose = press.compose

    def later(*made):
        monkeypatch.setattr(press, "compose", compose)
        act()
        return compose(*made)

    monkeypatch.setattr(press, "compose", later)


@pytest.mark.parametrize("entered", [True, False])
def test_an_answer_that_was_outdated_while_it_was_made_is_not_kept(
    desk, visit, monkeypatch, entered
):
    if not entered:
        builders.unprint()
    said = {"by": desk.editor, "reason": "A doubt.", "note": "We check."}
    meanwhile(monkeypatch, lambda: publishing.withdraw(desk.summary, **said))

    first = visit(f"{PAGE}index.md")

    assert first.status == 200  # it was made before the act
    assert visit(f"{PAGE}index.md").status == 410
    assert visit(f"{PAGE}index.md").status == 410


def test_there_and_back_again_leaves_no_answer_of_between(desk, visit, monkeypatch):
    builders.unprint()
    said = {"by": desk.editor, "reason": "A doubt."}
    publishing.withdraw(desk.summary, **said, note="We check.")
    builders.unprint()
    meanwhile(monkeypatch, lambda: publishing.reinstate(desk.summary, **said))

    assert visit(f"{PAGE}index.md").status == 410
    assert [visit(f"{PAGE}index.md").status for _ in range(3)] == [200] * 3


def test_who_cannot_print_now_is_answered_all_the_same(desk, visit, monkeypatch):
    def held(*sheets):
        raise OperationalError("database is locked")

    monkeypatch.setattr(press, "keep", held)

    assert visit(f"{PAGE}index.md").status == 200
    assert not Printed.objects.get(pk=f"{PAGE}index.md").body


def test_a_fault_of_the_press_hinders_no_publication(desk, visit, monkeypatch, caplog):
    with monkeypatch.context() as broken:
        broken.setattr(press, "compose", lambda *made: 1 / 0)
        said = {"by": desk.editor, "reason": "A doubt."}
        publishing.withdraw(desk.summary, **said, note="We check.")

    assert f"{PAGE} is neither printed nor found yet" in caplog.text
    assert visit(PAGE).status == 410


def test_a_page_that_is_not_as_signed_is_not_printed(desk):
    builders.unprint()
    tamper("UPDATE conditions_edition SET content = replace(content, 'bone', 'bo')")
    press.outdating.enter_all()

    printed = {*press.print_waiting()}

    assert PAGE in printed  # tried, and answered with 503
    assert not Printed.objects.filter(pk=PAGE).exists()
    assert not press.waiting().exists()


def test_what_says_the_same_was_printed_when_it_was_first_said(desk, visit):
    first = visit(PAGE)

    with time_machine.travel(clock.now() + timedelta(hours=3)):
        press.outdating.everything()
        [*press.print_waiting()]

        assert visit(PAGE).headers.items() == first.headers.items()


def test_what_says_something_else_is_of_a_later_second(desk, visit):
    first = visit(PAGE).headers["Last-Modified"]
    publishing.withdraw(desk.summary, by=desk.editor, reason="A.", note="We check.")
    publishing.reinstate(desk.summary, by=desk.editor, reason="No doubt.")
    gone_between = Head.read(Printed.objects.get(pk=PAGE).head).printed_on

    assert first < gone_between  # of one day, so the texts compare as the times


def test_printing_is_resumed_where_it_stopped(desk):
    builders.unprint()
    press.outdating.enter_all()
    every = press.waiting().count()
    first = next(press.print_waiting())

    rest = [*press.print_waiting()]

    assert first not in rest
    assert len(rest) == every - 1


FORGED = {"body": b"forged"}
OF_ANOTHER_KEY = f"another1:{'7' * 64}"


@pytest.mark.parametrize(
    ("found", "altered"),
    [
        (FORGED, True),
        (FORGED | {"code": OF_ANOTHER_KEY}, True),
        (FORGED | {"imprint": "of older code"}, True),
        # Printed by older code, under a key that was changed since.
        (FORGED | {"code": OF_ANOTHER_KEY, "imprint": "of older code"}, False),
        # Never printed yet.
        ({"body": b"", "printing": None}, False),
        ({}, False),
    ],
)
def test_a_row_that_somebody_else_wrote_is_noticed(desk, visit, found, altered):
    Printed.objects.filter(pk=PAGE).update(**found)

    visit(PAGE)

    assert bool(Printed.objects.get(pk=PAGE).altered_at) is altered
