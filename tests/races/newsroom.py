"""A newsroom in a hurry: acts on one summary, each on what its person saw before."""

import re
from datetime import timedelta

from conditions import content
from conditions.models import Edition, Publication, PublicationKind
from editorial import clock, publishing, workflow, writing
from editorial.manuscript import Manuscript, page_of
from editorial.models import LostText, SignOff
from tests.builders import BODY, Desk, fresh, make_condition, make_reviewer, sign
from tests.builders import make_writer as writer
from tests.races.racing import Act

ADDRESSES = ("", "index.md", "review.json", "editions/")
NOTE = "A check."
MARK = re.compile(r"zq\d+zq")


class Newsroom(Desk):
    """One of each and a few more; `choice` is random.Random of the test's seed."""

    def __init__(self, choice):
        super().__init__()
        self.choice = choice
        self.writers = [self.writer, writer("lea", "Lea Brandt"), self.editor]
        self.reviewers = [self.reviewer, make_reviewer("jon", "Jon Berg")]
        self.typed, self.marks, self.answers = [], {}, 0

    def begin(self):
        """Begin an answer that no reader has seen."""
        self.answers += 1
        name = f"condition-{self.answers}"
        self.condition = make_condition(
            self.editor, slug=name, name=name, abbreviation="", identifiers=[]
        )
        self.states, self.typed = [], []
        self.summary = self.draft(body=self.words())
        self.note(0)
        return self.summary

    @property
    def address(self):
        return f"/conditions/{self.condition.slug}/{self.question.slug}/"

    def words(self):
        mark = f"zq{self.answers:04}{len(self.typed):06}zq"
        self.typed.append(mark)
        return f"{BODY}\n\nWords {mark}."

    def act(self):
        """Return one act at random, on what its person sees now."""
        row = fresh(self.summary)
        names = {
            "draft": ("revise", "revise", "submit", "submit", "restore"),
            "changes_requested": ("revise", "submit"),
            "in_review": ("sign", "sign", "sign", "recall", "request_changes"),
            "reviewed": ("recheck", "start_revision", "start_revision"),
        }[row.status]
        page = page_of(row)
        names += ("withdraw",) if page and page.live_edition_id else ("reinstate",)
        names += ("publish",) if page else ()
        names += ("revise", "sign", "schedule", "worker")
        name = self.choice.choice(names)
        return Act(name, getattr(self, name)(row))

    def revise(self, row):
        by, text = self.choice.choice(self.writers), self.text(self.words())
        return lambda: writing.revise(row, by=by, text=text, against=row.revision)

    def restore(self, row):
        number, by = self.choice.randint(1, row.revision), self.editor
        return lambda: writing.restore(
            row, by=by, revision=number, against=row.revision
        )

    def submit(self, row):
        by = self.choice.choice(self.writers)
        return lambda: workflow.submit_for_review(row, by=by, seen=row.revision)

    def recall(self, row):
        return lambda: workflow.recall(row, by=self.editor, reason="A slip.")

    def request_changes(self, row):
        by = self.choice.choice(self.reviewers)
        return lambda: workflow.request_changes(
            row, by=by, reasons=["unclear"], note="More."
        )

    def start_revision(self, row):
        return lambda: workflow.start_revision(row, by=self.writer)

    def recheck(self, row):
        return lambda: workflow.recheck(row, by=self.editor, seen=row.revision)

    def sign(self, row):
        by, shown = self.choice.choice(self.reviewers), Manuscript(row).sha256
        return lambda: sign(row, by=by, content_sha256=shown)

    def publish(self, row):
        return lambda: publishing.publish(row, by=self.editor, seen=row.revision)

    def withdraw(self, row):
        by = self.choice.choice((*self.reviewers, self.editor))
        return lambda: publishing.withdraw(row, by=by, reason="r", note=NOTE)

    def reinstate(self, row):
        return lambda: publishing.reinstate(row, by=self.editor, reason="Right.")

    def schedule(self, row):
        at = clock.now() + timedelta(milliseconds=self.choice.choice((30, 86_400_000)))
        return lambda: publishing.schedule(row, by=self.editor, at=at)

    def worker(self, row):
        return publishing.publish_due

    def read(self, visit):
        """Return a reader of one of the page's addresses."""
        address = self.address + self.choice.choice(ADDRESSES)
        return Act(address, lambda: visit(address), reads=True)

    def note(self, step, point="ended"):
        """Write down what is public after a step in which somebody committed."""
        if point in ("committed", "ended"):
            self.states.append((step, self.public()))

    def public(self):
        page = {"page__condition": self.condition, "page__question": self.question}
        acts = Publication.objects.filter(**page).order_by("-number")
        newest = acts.values_list("kind", "edition")[:1]
        for kind, edition in newest:
            if kind == PublicationKind.WITHDRAWN:
                return 410, ""
            return 200, self.mark(edition)
        return 404, ""

    def mark(self, pk):
        """Return the word that tells an edition from every other."""
        if pk not in self.marks:
            signed = Edition.objects.get(pk=pk).read_content()
            self.marks[pk] = MARK.search(signed["body"])[0]
        return self.marks[pk]

    def while_reading(self, act):
        """Return what was public at some moment between a read's begin and its end."""
        before = [state for step, state in self.states if step <= act.began]
        within = [s for step, s in self.states if act.began < step <= act.ended]
        return {before[-1], *within}

    # What must hold, whatever the order was

    def unsigned(self, act):
        """Return what a reader was shown that was not the live text, or nothing."""
        answer = act.value
        marks = sorted(set(MARK.findall(answer.body.decode())))
        if act.name.endswith("editions/"):
            shown = (answer.status, "")
            allowed = {(status, "") for status, _ in self.while_reading(act)}
        else:
            shown = (answer.status, *(marks or [""]))
            allowed = self.while_reading(act)
        if answer.status == 410 and NOTE not in answer.body.decode():
            shown = (410, "without the note of the withdrawal")
        return [] if shown in allowed else [(act.name, shown, allowed)]

    def lost(self):
        """Return each text typed that stands neither in history nor among the kept."""
        rows = fresh(self.summary).history.values_list("body", flat=True)
        kept = LostText.objects.values_list("body", flat=True)
        there = set(MARK.findall(" ".join((*rows, *kept))))
        return [mark for mark in self.typed if mark not in there]

    def signed_twice(self):
        """Return the editions that have not the one signature which made them."""
        page, found = page_of(self.summary), []
        given = SignOff.objects.filter(summary=self.summary).order_by("pk")
        numbers = [one.edition_number for one in given]
        editions = page.editions.order_by("number") if page else ()
        for edition, one in zip(editions, given, strict=True):
            record = content.parse(edition.record)
            read = content.parse(edition.content)["body"] == one.revision_read.body
            if not read or len(record["signatures"]) != 1:
                found.append(edition.number)
        return found + [n for n in set(numbers) if numbers.count(n) > 1]

    def gaps(self):
        rows = fresh(self.summary).history.order_by("revision")
        numbers = list(rows.values_list("revision", flat=True))
        return numbers != list(range(1, len(numbers) + 1))
