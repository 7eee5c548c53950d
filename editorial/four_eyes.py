"""Law 4: nobody signs a text that they wrote any part of.

Reads only; the one place that says whether a person's own words stand in a text.
"""

from datetime import datetime

from conditions.models import Condition, Question, Source
from editorial.manuscript import Manuscript, editions_of
from editorial.models import SignOff, Summary, User


def own_words(summary: Summary, user: User) -> str:
    """Return a sentence naming the user's part in the text, or "" when there is none.

    Counted from the last completed sign-off of a different text, so that having the
    same text signed again by a colleague does not wash its author clean.
    """
    last = last_sign_off_of_another_text(summary)
    revision, moment = (
        (last.revision_read.revision, last.signed_at) if last else (0, None)
    )
    if wrote_since(summary, user, revision):
        return "You wrote part of this text, so another medical reviewer must sign it."
    for model, ids, thing in (
        (Condition, [summary.condition_id], "the condition’s entry"),
        (Question, [summary.question_id], "the question"),
        (Source, [s.pk for s in Manuscript(summary).sources], "a source it cites"),
    ):
        if _edited_since(model, ids, user, moment):
            return f"You edited {thing}, so another medical reviewer must sign it."
    return ""


def wrote_since(summary: Summary, user: User, revision: int) -> bool:
    """Say whether the user wrote words of the text after that revision."""
    return summary.history.filter(
        wrote_text=True, history_user=user, revision__gt=revision
    ).exists()


def last_sign_off_of_another_text(summary: Summary) -> SignOff | None:
    """Return the last signature of the newest edition with other words, or None."""
    for edition in editions_of(summary):
        signed = edition.read_content()
        if (signed["short_answer"], signed["body"]) != (
            summary.short_answer,
            summary.body,
        ):
            return (
                SignOff.objects.filter(
                    summary=summary,
                    edition_number=edition.number,
                    content_sha256=edition.content_sha256,
                )
                .select_related("revision_read")
                .latest("pk")
            )
    return None


def _edited_since(
    model: type[Condition] | type[Question] | type[Source],
    ids: list[int],
    user: User,
    moment: datetime | None,
) -> bool:
    rows = model.history.filter(id__in=ids, history_user=user)
    return (rows.filter(history_date__gt=moment) if moment else rows).exists()
