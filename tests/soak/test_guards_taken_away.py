"""Without any one guard the machine finds a fault: each is there for something.

After every step all is tried that is against the guards of one table; with one of them
away, something succeeds that the model says must be refused.
"""

import os
from contextlib import suppress

import pytest
from django.db import connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant

from editorial import guards
from tests.builders import settle
from tests.state_machine import machine
from tests.state_machine.words import GOOD
from tests.state_machine.world import World

STEPS = int(os.environ.get("STEPS", "8000"))
NAMES = {guard.name for guard in guards.guards()}
# Taken away alone these let nothing through here: each has a fixed moment of its own in
# `tests/attack`, whose `test_no_guard_is_dead` takes every guard away.
ELSEWHERE = {
    "guard_editorial_signoff_insert_future": (
        "the machine's clock stands years before the engine's"
    ),
    "guard_editorial_signoff_insert_typed": (
        "its signers keep no text that another guard overlooks"
    ),
}
# As little, on PostgreSQL alone: what else refuses it when the transaction ends.
AT_COMMIT = {
    "guard_conditions_edition_delete_kept": (
        "each edition has a proof, whose foreign key refuses it as well"
    ),
    "guard_conditions_page_delete_kept": (
        "each page has an edition, whose foreign key refuses it as well"
    ),
    "guard_editorial_summary_insert_first": (
        "its history begins at 1, and must have come to its revision"
    ),
    "guard_editorial_summary_update_recorded": (
        "its history leaves none out, and must have come to its revision"
    ),
}
# The machine says nothing of a text, no rule of its tests asks for a reason, and no
# reader reports anything to it.
UNSEEN = (
    *("editorial_comment", "editorial_commentact", "editorial_triage"),
    "editorial_writtenreason",
)
TABLES = sorted({guard.table for guard in guards.guards()} - {*UNSEEN})


def besieged(table):
    """Return the machine with an intruder at one table after every step."""

    class Besieged(machine.Newsroom):
        @initialize(far=st.booleans())
        def choose_a_question(self, far):
            super().choose_a_question(two=False, publishes=True)
            if far:
                come_to_a_third_review(self)

        @invariant()
        def it_is_attacked(self):
            if self.summary:
                self.intrude_into(table)

    return Besieged


def come_to_a_third_review(room):
    """Bring a text so far that most of what can be forged is there to be forged."""
    room.start("tomas", GOOD[0])
    for words in (GOOD[2], GOOD[1]):
        room.submit("tomas", 0)
        room.sign_off("ines", "")
        room.start_revision("tomas", 0)
        room.revise("tomas", words, 0)
    room.revise("lea", GOOD[0], 1)  # it loses, and is kept
    room.submit("tomas", 0)


def take_away(guard):
    gone = f"DROP TRIGGER {guard.name}"
    if connection.vendor == "postgresql":
        gone = f"DROP FUNCTION {guard.name}() CASCADE"
    with connection.cursor() as cursor:
        settle(cursor)
        cursor.execute(gone)


def missed(world, guard):
    """Return within how many steps it was missed, or 0 where it was not."""
    before = world.steps
    with transaction.atomic():
        take_away(guard)
        with suppress(AssertionError):
            machine.run(world, STEPS, seed=1, room=besieged(guard.table))
        transaction.set_rollback(True)
    succeeded = {name for name, said in world.done if said == "done"} & NAMES
    world.done.clear()
    return (world.steps - before or 1) if succeeded == {guard.name} else 0


@pytest.mark.parametrize("table", TABLES)
def test_a_guard_that_is_taken_away_is_missed(table, db, visit, settings, capsys):
    world = World(visit)
    # Once: each override by the fixture lies over the one before, a thousand deep.
    settings.PUBLISH_ON_SIGN_OFF = True
    ours = [guard for guard in guards.guards() if guard.table == table]
    elsewhere = ELSEWHERE | (AT_COMMIT if connection.vendor == "postgresql" else {})
    seen = [guard for guard in ours if guard.name not in elsewhere]

    after = {g.name: missed(world, g) for g in seen if g.is_for(connection.vendor)}

    with capsys.disabled():
        for name, steps in after.items():
            print(f"\nwithout {name}: found within {steps} steps", end=" ")
    assert 0 not in after.values()
