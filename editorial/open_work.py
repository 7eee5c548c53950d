"""Who has which text open: to review, to write on, to publish. Reads only.

A colleague whose account is shut, or whose role is gone, holds nothing: what is theirs
on paper counts as nobody's. As many queries for one text as for all.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from conditions import content
from editorial import clock, roles, settling
from editorial.models import LostText, Schedule, Summary, User
from editorial.states import Role, Status

WRITING = (Role.WRITER, Role.EDITOR)
TO_WRITE = (Status.DRAFT, Status.CHANGES_REQUESTED)
OPEN = (*TO_WRITE, Status.IN_REVIEW)
# Of thousands of texts only what a list of them shows is read, mostly from an index.
SHOWN = (
    *("language", "status", "set_aside", "assigned_reviewer", "assigned_writer"),
    *("condition__name", "question__pattern"),
)


@dataclass(frozen=True)
class Planned:
    """A publication that will fail once its editor is none."""

    summary: Summary
    at: datetime
    edition: int | None  # None: still to be signed


@dataclass(frozen=True)
class OpenWork:
    """What a person leaves behind; `shared` are texts that a colleague writes too."""

    reviews: list[Summary] = field(default_factory=list)
    texts: list[Summary] = field(default_factory=list)
    shared: list[Summary] = field(default_factory=list)
    planned: list[Planned] = field(default_factory=list)
    kept: list[LostText] = field(default_factory=list)

    @property
    def seen(self) -> str:
        """Return a word that differs once what is to be handed over differs."""
        return ";".join(map(_fingerprint, (self.reviews, self.texts)))

    def __bool__(self) -> bool:
        return bool(self.reviews or self.texts or self.planned)


def _fingerprint(texts: list[Summary]) -> str:
    keys = ",".join(str(one.pk) for one in texts)
    return keys and content.sha256(keys)


def no_reviewer() -> Q:
    """Select the summaries that nobody who could do it is asked to review."""
    asked = Q(assigned_reviewer__in=roles.holders(Role.MEDICAL_REVIEWER).values("pk"))
    return Q(assigned_reviewer=None) | ~asked


def writing() -> QuerySet[Any]:
    """Return the revisions by which people wrote a text, or opened it to write."""
    rows = Summary.history.model.objects
    return rows.filter(Q(wrote_text=True) | Q(move="start"))


def written_by(people: QuerySet[User]) -> Q:
    """Select the summaries that one of the people writes on.

    Those they were named for; and of those that nobody is named for, or somebody who
    left, the ones that they started or wrote in.
    """
    named = Q(assigned_writer__in=people.values("pk"))
    return named | (_no_writer_named() & _wrote(people))


def no_writer() -> Q:
    """Select the summaries that nobody writes on: all their writers have left."""
    return _no_writer_named() & ~_wrote(roles.holders(*WRITING))


def reviews(person: User) -> QuerySet[Summary]:
    """Return the texts in work that the person is asked to review."""
    return _open().filter(assigned_reviewer=person)


def of(person: User, *, leaving: bool) -> OpenWork:
    """Return what a person has open: all of it when they leave the newsroom.

    Else what their roles do not cover any more.
    """
    held = frozenset() if leaving else roles.roles_of(person)
    texts, shared = ([], []) if held & set(WRITING) else _texts(person)
    return OpenWork(
        reviews=[] if Role.MEDICAL_REVIEWER in held else _listed(reviews(person)),
        texts=texts,
        shared=shared,
        planned=[] if Role.EDITOR in held else sorted(_planned(person), key=_when),
        kept=_kept(person) if leaving else [],
    )


def counts() -> dict[int, int]:
    """Return how many texts each person has open, to review or to write on."""
    named = _open().exclude(_no_writer_named())
    wrote = writing().filter(id__in=_open().filter(_no_writer_named()).values("pk"))
    found: dict[int, int] = {}
    for rows, who, what in (
        (_open().exclude(assigned_reviewer=None), "assigned_reviewer", "pk"),
        (named, "assigned_writer", "pk"),
        (wrote, "history_user", "id"),
    ):
        # An order of its own would split the groups.
        grouped = rows.order_by().values(who).annotate(n=Count(what, distinct=True))
        for pk, number in grouped.values_list(who, "n"):
            found[pk] = found.get(pk, 0) + number
    return found


def _no_writer_named() -> Q:
    named = Q(assigned_writer__in=roles.holders(*WRITING).values("pk"))
    return Q(assigned_writer=None) | ~named


def _wrote(people: QuerySet[User]) -> Q:
    # Asked of each summary: the list of all that they ever wrote in is far longer.
    rows = writing().filter(id=OuterRef("pk"), history_user__in=people.values("pk"))
    return Q(Exists(rows))


def _open() -> QuerySet[Summary]:
    # SQLite finds no `NOT set_aside` in the index of what the queues ask.
    return Summary.objects.filter(set_aside__in=(False,), status__in=OPEN)


def _listed(rows: QuerySet[Any]) -> list[Any]:
    rows = rows.select_related("condition", "question").only(*SHOWN)
    return list(rows.order_by("condition__name", "question__order", "pk"))


def _texts(person: User) -> tuple[list[Summary], list[Summary]]:
    """Return the texts that nobody else writes on, and those that stay with others."""
    alone: list[Summary] = []
    shared: list[Summary] = []
    colleagues = roles.holders(*WRITING).exclude(pk=person.pk)
    rows = _open().filter(written_by(User.objects.filter(pk=person.pk)))
    for text in _listed(rows.annotate(others=_wrote(colleagues))):
        theirs = text.others and text.assigned_writer_id != person.pk
        (shared if theirs else alone).append(text)
    return alone, shared


def _when(planned: Planned) -> datetime:
    return planned.at


def _planned(person: User) -> Iterator[Planned]:
    plans = Schedule.objects.filter(set_by=person).annotate(about=_summary_of_a_plan())
    rows = list(plans.values_list("about", "publish_at", "edition__number"))
    # Asked by key: a plan may be carried out between the two questions.
    summaries = {one.pk: one for one in _about({about for about, _, _ in rows})}
    for about, moment, number in rows:
        yield Planned(summaries[about], moment, number)
    # Times set for a text that is not signed yet: its signature makes the plan.
    setters = Summary.history.filter(id=OuterRef("pk"), move="schedule")
    last = Subquery(setters.order_by("-revision").values("history_user_id")[:1])
    waiting = _open().filter(publish_not_before__gt=clock.now())
    mine = waiting.annotate(set_by=last).filter(set_by=person.pk)
    for summary in _about(mine.values("pk")):
        if at := summary.publish_not_before:
            yield Planned(summary, at, None)


def _summary_of_a_plan() -> Subquery:
    names = ("condition", "question", "language")
    same = {name: OuterRef(f"edition__page__{name}") for name in names}
    return Subquery(Summary.objects.filter(**same).values("pk")[:1])


def _about(keys: Any) -> QuerySet[Summary]:
    rows = Summary.objects.filter(pk__in=keys).only(*SHOWN, "publish_not_before")
    return rows.select_related("condition", "question")


def _kept(person: User) -> list[LostText]:
    texts = settling.with_settlement(LostText.objects.filter(by=person))
    waiting = texts.filter(settled_in=None)
    named = waiting.select_related("summary__condition", "summary__question")
    return list(named.order_by("summary_id", "-pk"))
