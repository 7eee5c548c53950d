"""What happens on a large site beside the texts: comments, reports, mails, mishaps.

By the real verbs, each so often that it grows with the site.
"""

from contextlib import suppress
from datetime import date

from conditions.models import Edition, Question, Report, Source
from editorial import accounts, clock, commenting, log, mail, triage, writing
from editorial.commenting import Remark
from editorial.models import Decision, RefusedSigning, Summary, User
from editorial.states import Status
from tests.builders import record


def happen(desk, writer, leaver):
    """Let each of it happen once in so many summaries; the leaver shuts the door."""
    begun = Summary.objects.filter(status=Status.DRAFT, sign_offs=None)
    for one in _some(begun, 50):
        writing.set_aside(one, by=desk.editor, reason="Nobody asks this.")
    in_review = Summary.objects.filter(status=Status.IN_REVIEW)
    for one in _some(in_review, 10):
        commenting.comment(
            one, by=desk.reviewer, remark=Remark(words="Say it plainer.")
        )
    drafts = Summary.objects.filter(status=Status.DRAFT, set_aside=False)
    for one in _some(drafts, 20):
        _lose(one, desk, writer)
    for one in _some(Summary.objects.all(), 200):
        _refuse(one, desk)
    for one in _some(Summary.objects.all(), 20):
        mail.queue("due", desk.editor, occasion=f"summary {one.pk}")
    _report(desk)
    _change(desk)
    accounts.switch(leaver, False, by=User.objects.get(username="people"))


def _some(rows, every):
    """Return one row in so many, at least one."""
    return rows.in_bulk(
        list(rows.order_by("pk").values_list("pk", flat=True)[::every])
    ).values()


def _lose(one, desk, writer):
    """Type a text against a revision that is long past."""
    with suppress(writing.Conflict):
        writing.revise(one, by=writer, text=desk.text("Another text."), against=1)


def _refuse(one, desk):
    said = {"reason": "The password is wrong.", "wrong_password": True}
    by = desk.reviewer
    row = RefusedSigning.objects.create(summary=one, by=by, at=clock.now(), **said)
    log.enter("signing_refused", by=by, about=one, row=row)


def _report(desk):
    """Let readers report one live edition in forty; decide on every other one."""
    live = _some(Edition.objects.filter(page__live_edition__isnull=False), 40)
    for number, edition in enumerate(live):
        said = {"words": "A dose is missing.", "form": f"form {number}"}
        sent = Report.objects.create(edition=edition, sent_at=clock.now(), **said)
        if number % 2:
            decided = {"decision": Decision.NEXT_REVIEW, "reason": "They are right."}
            triage.decide(sent, by=desk.editor, **decided)


def _change(desk):
    """Reword a question and retract a source under pages that are signed."""
    question = Question.objects.order_by("-pk")[0]
    question.pattern = f"And now, {question.pattern[0].lower()}{question.pattern[1:]}"
    record(question, desk.editor)
    source = Source.objects.order_by("-pk")[0]
    source.retracted_on = date(2026, 1, 1)
    record(source, desk.editor)
