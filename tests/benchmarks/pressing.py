"""Summaries with their revisions, written many at a time.

Every row passes every guard and is entered in the log, as the verbs write them:
`verify` finds it good. Left out is what the verbs alone ask: roles, rules, preflight.
"""

from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db import transaction

from editorial import clock, log
from editorial.checks import ruleset
from editorial.models import Summary
from editorial.states import MOVES
from tests.benchmarks.sheet import Sheet
from tests.benchmarks.signing import publish, sign

WRITING = ("start", "revise")


@dataclass
class Answer:
    """One summary to be: what is done with it in turn, and by whom."""

    number: int
    condition: object
    question: object
    source: object
    moves: list[str]
    writer: object
    reviewer: object
    due_on: date
    is_published: bool = True
    row: object = None
    page: object = None
    editions: list = field(default_factory=list)
    acts: int = 0
    read: int = 0  # the key of its newest revision


class Press:
    """Writes answers; `moments` are when each thing in turn was done.

    `words` are a short answer and a body, which gets its revision's number.
    """

    def __init__(self, moments, *, editor, words):
        self.moments, self.editor, self.words = moments, editor, words
        self.rules_sha256 = ruleset.sha256(settings.PREFLIGHT_RULES)
        self.sheet = Sheet()

    def write(self, answers):
        """Write a batch in one transaction: the first move of each, then the second.

        One after the other, since a guard lets in a revision only of the summary as it
        stands.
        """
        with transaction.atomic():
            self.sheet.tree = log.Tree(log.size())
            for rank in range(max(len(one.moves) for one in answers)):
                for one in answers:
                    if rank < len(one.moves):
                        self._do(one, one.moves[rank])
                self.sheet.store()

    def _do(self, one, move):
        moment = next(self.moments)
        with clock.moved_to(moment):
            if move == "sign_off":
                sign(one, moment, self.sheet, self.rules_sha256)
            elif move == "withdraw":
                publish(one, moment, self.sheet, "withdrawn", by=self.editor)
            self._revise(one, move, moment)

    def _revise(self, one, move, moment):
        if move == "start":
            one.row = self._begun(one, moment)
        row, by = one.row, self._doer(one, move)
        row.revision += 1
        row.move, row.wrote_text = move, move in WRITING
        row.status = MOVES[move].target or row.status
        if row.wrote_text:
            cited = f"{self.words[1]} [@{one.source.key}]"
            row.body = f"{cited}\n\nThis is text {row.revision}."
        if move == "assign":
            row.assigned_reviewer = one.reviewer
        if move != "start":
            self.sheet.steer(row)
        one.read = self._recorded(row, moment, by)

    def _begun(self, one, moment):
        return self.sheet.row(
            Summary,
            condition=one.condition,
            question=one.question,
            short_answer=self.words[0].format(name=one.condition.name),
            evidence_searched_on=moment.date(),
        )

    def _recorded(self, row, moment, by):
        fields = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
        written = self.sheet.row(
            Summary.history.model,
            **fields,
            history_date=moment,
            history_type="+" if row.revision == 1 else "~",
            history_change_reason="",
            history_user_id=by.pk,
        )
        self.sheet.enter(row.move, by, row, written)
        return written.pk

    def _doer(self, one, move):
        if move in ("sign_off", "request_changes"):
            return one.reviewer
        return self.editor if move in ("assign", "withdraw") else one.writer
