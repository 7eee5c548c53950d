"""How an act is done and compared with what the model foretells."""

from collections import Counter

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from hypothesis.stateful import RuleBasedStateMachine

from conditions.models import Edition, Publication
from editorial import clock, writing
from editorial.manuscript import Manuscript
from editorial.models import LogEntry, LostText, Schedule, SignOff, Summary
from editorial.rules import MoveRefused
from editorial.writing import Text
from tests import builders
from tests.state_machine.model import Model
from tests.state_machine.terms import LOCKED_FOR, Kept
from tests.state_machine.words import BODIES, KNOWN
from tests.state_machine.world import BEGINNING

ALL_ROWS = "SELECT " + ", ".join(
    f"(SELECT COUNT(*) FROM {model._meta.db_table})"
    for model in (
        *(Summary.history.model, SignOff, Edition, Publication, LostText),
        *(Schedule, LogEntry),
    )
)


def begun(room):
    return room.summary is not None


class Acting(RuleBasedStateMachine):
    """One answer, its model and its clock; whoever runs it sets `world`."""

    world = None

    def __init__(self):
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        world = self.world
        self.users, self.people = world.users, world.model_people()
        self.model, self.summary, self.hashes = Model(), None, []
        self.question = world.desk.question
        self.model.edits = [
            (entry, "maren", 0) for entry in ("condition", "question", *KNOWN)
        ]
        self.now, self.names = BEGINNING, Counter()
        self.clock = clock._moved_to.set(self.now)

    def act(self, verb, who, do, **told):
        """Do an act; compare what came of it with what the model says."""
        person = self.people[who]
        expected = self.model.foretell(verb, person, **told)
        before = self.rows()
        outcome = self.outcome(do)
        if outcome == "done" and expected == "same" and self.rows() == before:
            outcome = "same"
        self.world.done[verb, outcome] += 1
        assert outcome == expected, (verb, who, told, outcome, expected)
        if outcome != "done" and verb not in ("revise", "start", "sign_off"):
            assert self.rows() == before, (verb, who, "left something behind")
        return outcome == "done"

    def outcome(self, do):
        try:
            with transaction.atomic():
                self.value = do()
        except PermissionDenied:
            return "denied"
        except writing.Conflict as conflict:
            raise AssertionError("a conflict left its savepoint") from conflict
        except (MoveRefused, ValidationError):
            return "refused"
        return "done"

    def rows(self):
        """Return how much there is of everything that an act can write."""
        with connection.cursor() as cursor:
            cursor.execute(ALL_ROWS)
            return cursor.fetchone()

    def typed_late(self, do, who, words, against):
        """Do an act whose text is kept where it loses; say what became of it."""

        def kept_or_done():
            try:
                return do()
            except writing.Conflict as conflict:
                return conflict

        outcome = self.outcome(kept_or_done)
        if outcome == "done" and isinstance(self.value, writing.Conflict):
            outcome, lost = "refused", self.value.lost
            known = [one.number for one in self.model.kept]
            if lost.pk not in known:
                kept = Kept(lost.pk, who, against, words, self.model.at)
                self.model.kept.append(kept)
            assert (lost.short_answer, lost.body, lost.by.username) == (*words, who)
        return outcome

    def verb(self, verb, *args, **told):
        *args, who = args
        return lambda: verb(*args, by=self.users[who], **told)

    def move(self, verb, who, act, seen=None, foretold=(), **told):
        """Do one of the moves that write no words; say whether it was done."""
        model = self.model
        if seen is not None:
            told["seen"] = seen = max(model.revision - seen, 0)
        do = self.verb(act, self.summary, who, **told)
        return self.act(verb, who, do, seen=seen, **dict(foretold))

    def text(self, words):
        return Text(short_answer=words[0], body=words[1])

    @property
    def keys(self):
        return BODIES[self.model.now.words[1]]

    def told(self):
        """Return what the model has to know of the world around the text."""
        begins = self.summary is None
        sha256 = "" if begins else Manuscript(builders.fresh(self.summary)).sha256
        keys = frozenset() if begins else self.keys
        return {
            **{"today": self.now.date(), "keys": keys, "known": KNOWN},
            **{"sha256": sha256, "shown": sha256, "people": self.people, "to": None},
        }

    def is_locked(self, person):
        lately = [one for one in person.guesses if one > self.now - LOCKED_FOR]
        return len(lately) >= 5
