"""Whom what is done to a text concerns: who writes it, who signed it, who edits.

Reads only; nobody whose account is shut or whose role is gone.
"""

from django.db.models import QuerySet

from editorial import manuscript, open_work, roles
from editorial.models import SignOff, Summary, User
from editorial.states import Role


def writers(summary: Summary) -> list[User]:
    """Return whose text it is; the editors, where all of them have gone."""
    writing = roles.holders(*open_work.WRITING)
    named = only(summary.assigned_writer, writing)
    wrote = [person.pk for person in manuscript.authors(summary)]
    return named or list(writing.filter(pk__in=wrote)) or editors()


def only(person: User | None, people: QuerySet[User]) -> list[User]:
    """Return the person, if they are one of the people still."""
    return list(people.filter(pk=person.pk)) if person else []


def signers(summary: Summary) -> list[User]:
    """Return who signed the newest edition and still reviews."""
    newest = manuscript.newest_edition(summary)
    number = newest.number if newest else 0
    given = SignOff.objects.filter(summary=summary, edition_number=number)
    reviewers = roles.holders(Role.MEDICAL_REVIEWER)
    return list(reviewers.filter(pk__in=given.order_by().values("signer")))


def editors() -> list[User]:
    """Return who answers for all pages."""
    return list(roles.holders(Role.EDITOR))
