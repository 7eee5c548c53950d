"""Law 4: nobody signs a text that they wrote any part of.

Reads only; the one place that says whether a person's own words stand in a text.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from conditions import content
from conditions.models import Condition, Question, Source
from conditions.often import Given, Often
from editorial import settling
from editorial.dossier import Dossier
from editorial.models import Drafting, SignOff, Summary, User

Model = type[Condition] | type[Question] | type[Source]


def own_words(known: Dossier, user: User) -> str:
    """Return a sentence naming the user's part in the text, or "" when there is none.

    Counted from the last completed sign-off of a different text, so that having the
    same text signed again by a colleague does not wash its author clean.
    """
    last = last_sign_off_of_another_text(known)
    if _wrote_in(known.summary, user, last):
        return "You wrote part of this text, so another medical reviewer must sign it."
    for model, ids, since, thing in _entries(known, last):
        if _edited_since(model, ids, user, since):
            return f"You edited {thing}, so another medical reviewer must sign it."
    return ""


def bars(known: Dossier, user: User) -> bool:
    """Say whether the user may not sign the text; no, where that cannot be told."""
    try:
        return bool(own_words(known, user))
    except content.Altered:
        return False  # signing is refused then, and says so


def wrote_in(known: Dossier, user: User) -> bool:
    """Say whether the user wrote in the text itself; its entries do not count here."""
    try:
        last = last_sign_off_of_another_text(known)
    except content.Altered:
        last = None  # then all that was ever written counts
    return _wrote_in(known.summary, user, last)


def _wrote_in(summary: Summary, user: User, last: SignOff | None) -> bool:
    after, moment = (last.revision_read.revision, last.signed_at) if last else (0, None)
    if summary.history.filter(move="restore", revision__gt=after).exists():
        # Old words came back, and whoever wrote them wrote part of this text.
        after = 0
    return wrote_since(summary, user, after) or _was_kept(summary, user, after, moment)


def _was_kept(
    summary: Summary, user: User, revision: int, moment: datetime | None
) -> bool:
    """Say whether a colleague may have merged a kept text of the user since then.

    One that was kept long before counts from the revision that took it up.
    """
    lost = summary.lost_texts.filter(by=user)
    if not moment:
        return lost.exists()
    since = Q(at__gt=moment) | Q(settled_in__gt=revision)
    return settling.with_settlement(lost).filter(since).exists()


def wrote_since(summary: Summary, user: User, revision: int) -> bool:
    """Say whether the user wrote public words of the text after that revision.

    A revision that changed only the note on the drafting or the date of the search
    counts: readers see those too.
    """
    return bool(_wrote(summary=summary.pk, user=user.pk, revision=revision))


@Often
def _wrote() -> QuerySet[Any, int]:
    whose = {"id": Given("summary"), "history_user": Given("user")}
    rows = Summary.history.filter(revision__gt=Given("revision"), **whose)
    return rows.filter(typed()).values_list("pk", flat=True)[:1]


def typed() -> Q:
    """Select the revisions by which somebody typed public words of a text."""
    written = Q(wrote_text=True) | Q(move__in=("revise", "restore"))
    return written | _typed_at_start()


def _typed_at_start() -> Q:
    """Tell a draft begun or taken up with another note or date than stood there."""
    names = ("drafting", "drafting_note")
    same = {name: OuterRef(name) for name in ("id", *names)}
    before = Summary.history.model.objects.filter(
        **same, revision=OuterRef("revision") - 1
    )
    date, ours = settling.day("evidence_searched_on"), "evidence_searched_on"
    stood = before.alias(searched=date).filter(searched=settling.day(OuterRef(ours)))
    nothing = {"drafting": Drafting.PERSON, "drafting_note": "", ours: None}
    return Q(move="start") & ~Exists(stood) & ~Q(revision=1, **nothing)


def _entries(
    known: Dossier, last: SignOff | None
) -> Iterator[tuple[Model, list[int], datetime | None, str]]:
    """Yield the entries that the text freezes, and since when an edit of each counts.

    A source that was not signed before counts from its first word.
    """
    summary, moment = known.summary, last.signed_at if last else None
    yield Condition, [summary.condition_id], moment, "the condition’s entry"
    yield Question, [summary.question_id], moment, "the question"
    cited = known.manuscript.sources
    signed: set[str] = set()
    if last:
        signed = _keys_signed(known, last.edition_number)
        old = [source.pk for source in cited if source.key in signed]
        yield Source, old, last.signed_at, "a source it cites"
    new = [source.pk for source in cited if source.key not in signed]
    yield Source, new, None, "a source it cites"


def _keys_signed(known: Dossier, number: int) -> set[str]:
    edition = next(one for one in known.editions if one.number == number)
    return {source["key"] for source in edition.read_content()["sources"]}


def last_sign_off_of_another_text(known: Dossier) -> SignOff | None:
    """Return the last signature of the newest edition with other words, or None."""
    summary = known.summary
    for edition in known.editions:
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
    model: Model,
    ids: list[int],
    user: User,
    moment: datetime | None,
) -> bool:
    rows = model.history.filter(id__in=ids, history_user=user)
    return (rows.filter(history_date__gt=moment) if moment else rows).exists()
