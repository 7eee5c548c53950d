"""What medical reviewers do: they take a text on, ask for more, and sign it."""

from django.core.exceptions import PermissionDenied
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from editorial import workflow
from editorial.rules import MoveRefused
from tests import builders
from tests.builders import sign
from tests.state_machine.acting import Acting, begun
from tests.state_machine.terms import REVIEW
from tests.state_machine.words import NOTE, editors, people, reviewers, stale


class Reviewers(Acting):
    """They sign what they read, and nothing else."""

    @precondition(begun)
    @rule(who=reviewers, to=st.none() | people, late=stale)
    def assign(self, who, to, late):
        fore = {"to": self.people[to] if to else None}
        reviewer = self.users[to] if to else None
        if self.move("assign", who, workflow.assign, late, fore, reviewer=reviewer):
            self.model.write("assign", self.people[who])
            self.model.reviewer = to or ""

    @precondition(begun)
    @rule(who=reviewers, late=stale)
    def request_changes(self, who, late):
        act = workflow.request_changes
        told = {"note": "More.", "reasons": ["unclear"]}
        if self.move("request_changes", who, act, late, **told):
            self.model.write("request_changes", self.people[who], reason="More.")

    @precondition(begun)
    @rule(who=editors, late=stale, searched=st.booleans())
    def recheck(self, who, late, searched):
        day = self.now.date() if searched else None
        act, told = workflow.recheck, {"evidence_searched_on": day}
        if self.move("recheck", who, act, late, **told):
            evidence = day if searched else ...
            self.model.write("recheck", self.people[who], evidence=evidence)
            self.model.round = []

    @precondition(lambda self: self.model.status == REVIEW)
    @rule(who=reviewers)
    def guess(self, who):
        """After so many wrong passwords the right one is refused too."""
        for _ in range(5):
            self.sign_off(who, "password")
        self.sign_off(who, "")

    @precondition(begun)
    @rule(who=reviewers, wrong=st.sampled_from(("",) * 12 + ("text", "password")))
    def sign_off(self, who, wrong):
        model, person = self.model, self.people[who]
        told = self.told()
        sha256 = told["sha256"]
        shown = "0" * 64 if wrong == "text" else sha256
        password = "guessed" if wrong == "password" else builders.PASSWORD
        told["shown"] = shown
        expected = model.foretell("sign_off", person, **told)
        if self.is_locked(person):
            expected = "refused"
        elif wrong == "password":
            person.guesses.append(self.now)
            expected = "refused"
        # A guess stays written where the signature is refused: no savepoint here.
        try:
            given = sign(
                self.summary,
                by=self.users[who],
                password=password,
                note=NOTE,
                content_sha256=shown,
            )
            outcome = "done"
        except PermissionDenied:
            outcome = "denied"
        except MoveRefused:
            outcome = "refused"
        self.world.done["sign_off", outcome] += 1
        assert outcome == expected, ("sign_off", who, wrong, outcome, expected)
        if outcome == "done":
            assert given.signed_at == self.now, "the date is not the signature's"
            model.sign(
                person,
                sha256=sha256,
                keys=self.keys,
                now=self.now,
                note=NOTE,
                publishes=self.publishes,
            )
