"""What writers do, at the desk and by files."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from editorial import importing, settling, workflow, writing
from editorial.importing.draft import PREFIX, Draft, Given, Named
from editorial.models import LostText
from tests.state_machine.acting import Acting, begun
from tests.state_machine.terms import EDITOR, WRITER
from tests.state_machine.words import KNOWN, people, stale, typed, writers


class Writers(Acting):
    """They write, merge, bring back and send on."""

    @rule(who=writers, words=st.none() | typed)
    def start(self, who, words):
        person, model = self.people[who], self.model
        expected = model.foretell("start", person)
        text = words and self.text(words)
        do = self.verb(
            writing.start, self.world.desk.condition, self.question, who, text=text
        )
        outcome = self.typed_late(do, who, words, 0)
        assert outcome == expected, ("start", who, outcome, expected)
        self.world.done["start", outcome] += 1
        if outcome == "done":
            self.summary, model.aside = self.value, False
            evidence = None if words else ...
            model.write("start", person, words=words, evidence=evidence)
            model.status = "draft"

    @precondition(begun)
    @rule(who=writers, words=typed, late=stale)
    def revise(self, who, words, late):
        model, person = self.model, self.people[who]
        seen = max(model.revision - late, 0)
        expected = model.foretell("revise", person, typed=(words, None), seen=seen)
        before = self.rows()
        do = self.verb(
            writing.revise, self.summary, who, text=self.text(words), against=seen
        )
        outcome = self.typed_late(do, who, words, seen)
        if outcome == "done" and self.rows() == before:
            outcome = "same"
        assert outcome == expected, ("revise", who, outcome, expected)
        self.world.done["revise", outcome] += 1
        if outcome == "done":
            model.write("revise", person, words=words, evidence=None)
        if outcome == "refused":
            assert self.kept_somewhere(who, words), "a text is lost"

    def kept_somewhere(self, who, words):
        return any((one.by, one.words) == (who, words) for one in self.model.kept)

    @precondition(lambda self: self.model.kept and self.summary)
    @rule(who=writers, which=st.integers(0, 99), leave=st.booleans())
    def merge(self, who, which, leave):
        model, person = self.model, self.people[who]
        kept = model.kept[which % len(model.kept)]
        lost, seen = LostText.objects.get(pk=kept.number), model.revision
        if leave:
            do = self.verb(writing.leave_out, lost, who, against=seen, reason="Said.")
            if self.act("leave_out", who, do, kept=kept):
                said = settling.leaving_out(lost, "Said.")
                model.write("revise", person, reason=said)
            return
        reason = settling.merging(lost, "")
        text = self.text(kept.words)
        do = self.verb(
            writing.revise, self.summary, who, text=text, against=seen, reason=reason
        )
        told = {"typed": (kept.words, None), "seen": seen}
        if model.foretell("revise", person, **told) == "refused":
            return  # as `revise` shows
        if self.act("revise", who, do, **told):
            typed = {"words": kept.words, "evidence": None}
            model.write("revise", person, reason=reason, **typed)

    @precondition(begun)
    @rule(who=writers, number=st.integers(0, 99), late=stale)
    def restore(self, who, number, late):
        model = self.model
        number = number % model.revision + 1
        seen = max(model.revision - late, 0)
        do = self.verb(
            writing.restore, self.summary, who, revision=number, against=seen
        )
        if self.act("restore", who, do, number=number, seen=seen):
            words = model.revisions[number - 1].words
            model.write("restore", self.people[who], words=words)

    @precondition(begun)
    @rule(who=writers, late=stale)
    def set_aside(self, who, late):
        if self.move("set_aside", who, writing.set_aside, late, reason="Doubled."):
            self.model.write("set_aside", self.people[who])
            self.model.aside = True

    @precondition(begun)
    @rule(who=writers, late=stale)
    def submit(self, who, late):
        model, act = self.model, workflow.submit_for_review
        fore = {"keys": self.keys, "known": KNOWN}
        if self.move("submit_for_review", who, act, late, fore):
            model.write("submit_for_review", self.people[who])
            model.round = []

    @precondition(begun)
    @rule(who=people, late=stale)
    def recall(self, who, late):
        if self.move("recall", who, workflow.recall, late, reason="A slip."):
            self.model.recall(self.people[who], "A slip.")

    @precondition(begun)
    @rule(who=writers, late=stale)
    def start_revision(self, who, late):
        act = workflow.start_revision
        if self.move("start_revision", who, act, late):
            self.model.write("start_revision", self.people[who])

    @rule(who=writers, words=typed)
    def import_a_file(self, who, words):
        """A file is a text of its own; over a person's words it is left alone."""
        model, person = self.model, self.people[who]
        desk, slug = self.world.desk, {"slug": self.question.slug}
        draft = Draft(
            file="poh.md",
            reason=f"{PREFIX}poh.md.",
            subject=Named(Given({"slug": desk.condition.slug}, 1), Given(slug, 1)),
            text={"short_answer": words[0], "body": words[1]},
        )
        outcome = importing.bring_in(draft, by=self.users[who])
        expected = self.imported(person, words)
        self.world.done["import", str(outcome.kind)] += 1
        assert str(outcome.kind) == expected, (outcome, expected)
        if expected == "start":
            self.summary = outcome.summary
            model.write("start", person, words=words, evidence=None, reason=PREFIX)
            model.status = "draft"
        elif expected == "revise":
            model.write("revise", person, words=words, reason=PREFIX)

    def imported(self, person, words):
        model = self.model
        if not person.roles & {WRITER, EDITOR}:
            return "refused"
        if not model.status:
            return "start"
        if model.aside or model.status not in ("draft", "changes_requested"):
            return "left alone"
        if model.now.words == words:
            return "unchanged"
        moves = ("start", "revise", "restore")
        last = [row for row in model.revisions if row.move in moves][-1]
        return "revise" if last.reason.startswith(PREFIX) else "left alone"
