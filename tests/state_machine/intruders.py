"""Somebody writes past the verbs, in raw SQL: whatever the moment, it is refused.

What is tried is what `tests/attack` tries, each attack false in one thing alone; here
on the rows that chance has left behind.
"""

from types import SimpleNamespace

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import DatabaseError, connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from editorial import guards
from editorial.rules import MoveRefused
from tests.attack.arena import Undo
from tests.attack.attacks import all_attacks
from tests.builders import fresh, settle
from tests.state_machine.acting import Acting, begun
from tests.state_machine.terms import DRAFT, REVIEW
from tests.state_machine.words import KNOWN

# They count their days from today; the newsroom's clock is years behind.
OF_TODAY = ("a sign-off of tomorrow", "a lapsed credential signs")
NOT_NOW = (
    *(AttributeError, AssertionError, ObjectDoesNotExist),
    *(MoveRefused, PermissionDenied),
)
OF_PAGES = ("conditions_page", "conditions_publication")


class Intruders(Acting):
    """They have the password of the database, and no role at the desk."""

    @precondition(begun)
    @rule(dice=st.integers(0, 9_999))
    def intrude(self, dice):
        tables = sorted({guard.table for guard in guards.guards()})
        self.intrude_into(tables[dice % len(tables)])

    def intrude_into(self, table):
        """Try all that is against the guards of one table."""
        names = {guard.name for guard in guards.guards() if guard.table == table}
        world = self.at_hand(table)
        with connection.cursor() as cursor:
            settle(cursor)  # what was done before is as good as committed
        for attack in all_attacks():
            if attack.guard in names and self.is_false_now(attack):
                said = self.attacked(attack, world)
                self.world.done[attack.guard, said] += 1
                assert said != "done", f"{attack.name}: nothing refused it"

    def attacked(self, attack, world):
        """Return what came of it; "not now" where a row or a signer is missing."""
        try:
            with connection.cursor() as cursor, transaction.atomic():
                attack.do(world)
                settle(cursor)
                raise Undo
        except NOT_NOW:
            return "not now"
        except DatabaseError:
            return "refused"
        except Undo:
            return "done"

    def at_hand(self, table):
        """Return the summary, under the name that tells an attack what it is now."""
        model, row = self.model, fresh(self.summary)
        found = SimpleNamespace(desk=self.world.desk)
        if table in OF_PAGES:
            questions = {self.world.two.pk, self.world.desk.question.pk}
            (other,) = questions - {row.question_id}
            found.draft = SimpleNamespace(question_id=other)
            if model.live == len(model.editions) > 1:
                found.ready = row
            if model.withdrawn:
                found.withdrawn = row
        elif model.status == DRAFT and not model.aside:
            found.draft = row
        elif model.status == REVIEW and self.can_be_signed():
            found.ready = row
        return found

    def can_be_signed(self):
        """Say whether one signature of the desk's reviewer makes a live edition."""
        model, reviewer = self.model, self.people[self.world.desk.reviewer.username]
        return (
            model.foretell("sign_off", reviewer, **self.told()) == "done"
            and not self.is_locked(reviewer)
            and (model.required, self.publishes) == (1, True)
            and model.editions
            and not (model.withdrawn or model.not_before)
        )

    def is_false_now(self, attack):
        """Say whether an attack would be false in anything, as the rows are now."""
        rule = attack.guard.rpartition("_")[2]
        if rule == "sources":  # the newest edit is of a source that is cited
            return self.model.status and self.keys == KNOWN
        if rule == "wrote":
            last = self.model.other_edition()
            return self.model.wrote_since("tomas", last.read if last else 0)
        return attack.name not in OF_TODAY and self.model.acts < 8
