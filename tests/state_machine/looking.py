"""What is looked at after the acts: the rows, the history, the page and the buttons."""

import hashlib
import json
from datetime import timedelta

from hypothesis.stateful import invariant, precondition, rule

from conditions.models import Edition, Page
from editorial import clock, roles, rules
from editorial.models import Schedule, SignOff, Summary
from editorial.states import MOVES
from tests import builders
from tests.state_machine.acting import Acting, begun
from tests.state_machine.words import AT_WORK, people

ASKED = tuple(name for name in MOVES if name not in ("revise", "restore"))


class Looking(Acting):
    """The laws, asked of the database, of the desk and of the page itself."""

    told_of = 0  # the last revision

    @precondition(begun)
    @invariant()
    def the_desk_says_what_would_become_of_it(self):
        """After every revision somebody else is told, so that everybody is at last."""
        if self.told_of != self.model.revision:
            self.told_of = self.model.revision
            self.ask(AT_WORK[self.told_of % len(AT_WORK)])

    @precondition(begun)
    @rule(who=people)
    def ask(self, who):
        """What the desk says beside each button is what would become of it."""
        summary, told = builders.fresh(self.summary), self.told() | {"asked": True}
        person = self.people[who]
        for verb in ASKED:
            expected = self.model.foretell(verb, person, **told)
            if verb == "sign_off" and self.is_locked(person) and expected == "done":
                expected = "refused"
            assert self.asked(verb, summary, self.users[who]) == expected, (verb, who)

    def asked(self, verb, summary, user):
        if not roles.may(user, MOVES[verb]):
            return "denied"
        return "refused" if rules.why_not(verb, summary, user) else "done"

    @invariant()
    def the_database_is_as_the_model_says(self):
        self.world.steps += 1
        self.model.at += 1
        self.now += timedelta(seconds=1)
        clock._moved_to.set(self.now)
        model = self.model
        if not self.summary:
            return
        fields = ("status", "set_aside", "revision", "short_answer", "body")
        row = Summary.objects.values_list(*fields).get()
        assert row == (model.status, model.aside, model.revision, *model.now.words)
        found = Page.objects.values_list("live_edition__number", flat=True)
        assert (next(iter(found), None) or 0) == model.live
        while len(self.hashes) < model.revision:
            self.hashes.append(self.hashed(len(self.hashes) + 1))

    def hashed(self, number):
        row = self.summary.history.filter(revision=number).values().get()
        return hashlib.sha256(json.dumps(row, default=str).encode()).hexdigest()

    def history_is_whole_and_as_it_was_written(self):
        if not self.summary:
            return
        rows = self.summary.history.order_by("revision").values()
        numbers = [row["revision"] for row in rows]
        assert numbers == list(range(1, self.model.revision + 1))
        written = [
            hashlib.sha256(json.dumps(row, default=str).encode()).hexdigest()
            for row in rows
        ]
        assert written == self.hashes
        for row, told in zip(rows, self.model.revisions, strict=True):
            assert (row["move"], row["wrote_text"]) == (told.move, told.wrote)
        bodies = {row["body"] for row in rows}
        assert {one.words[1] for one in self.model.kept} <= bodies | set(
            self.summary.lost_texts.values_list("body", flat=True)
        )
        assert Edition.objects.count() == len(self.model.editions)
        for plan in Schedule.objects.filter(failure="").select_related("edition"):
            assert (plan.edition.number, plan.publish_at) == self.model.plan[:2]

    @rule()
    def read(self):
        self.readers_see_the_live_edition()

    def readers_see_the_live_edition(self):
        """Laws 1 and 2, through the application itself."""
        desk = self.world.desk
        address = f"/conditions/{desk.condition.slug}/{self.question.slug}/"
        answer = self.world.visit(f"{address}review.json")
        assert answer.status == self.model.public()
        if answer.status == 200:
            said = json.loads(answer.body)
            edition = Edition.objects.get(number=self.model.live)
            signed = SignOff.objects.filter(edition_number=edition.number).last()
            day = signed.signed_at.date().isoformat()
            assert said["content_sha256"] == edition.content_sha256
            words = edition.read_content()
            assert (words["short_answer"], words["body"]) == self.model.editions[
                edition.number - 1
            ].words
            assert (said["last_updated"], said["record"]["signed_on"]) == (day, day)
