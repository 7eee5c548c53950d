"""Lays what a file says over what the catalogue has; locks that, writes nothing."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError

from conditions.models import Condition, Question, Source
from editorial import catalogue, locks
from editorial.catalogue import Entry
from editorial.importing.draft import Given, ImportProblem, Named
from editorial.models import Summary, User

Found = TypeVar("Found", Condition, Question, Source)


def find(model: type[Found], given: Given) -> Found:
    """Return the entry with that slug or key, or a new one, with the file's fields."""
    name = "key" if model is Source else "slug"
    entry = model.objects.filter(**{name: given.fields[name]}).first() or model()
    for field, value in given.fields.items():
        if field != "identifiers" or not _same(value, getattr(entry, field)):
            setattr(entry, field, value)
    return entry


def hold(named: Named, sources: Iterable[Given]) -> None:
    """Lock whatever there is of what a file is laid over, its summary included."""
    condition = named.condition.fields["slug"]
    question = named.question.fields["slug"]
    locks.held(Condition.objects.filter(slug=condition))
    locks.held(Question.objects.filter(slug=question))
    about = {"condition__slug": condition, "question__slug": question}
    locks.held(Summary.objects.filter(**about))
    keys = [given.fields["key"] for given in sources]
    locks.held(Source.objects.filter(key__in=keys))


def changes(found: Iterable[tuple[Entry, Given]], by: User) -> list[Entry]:
    """Return the entries that the file adds or changes, in the order to save them.

    Raises ImportProblem with the entry's line for a bad value, and PermissionDenied
    where the person may not write entries of that kind.
    """
    changed = []
    for entry, given in found:
        try:
            if entry._state.adding:
                _refuse_second_slug(entry)
            if catalogue.would_change(entry, by=by):
                changed.append(entry)
        except ValidationError as error:
            raise ImportProblem(sentence(error), given.line) from error
        except PermissionDenied as error:
            raise PermissionDenied(f"{error} The file {told([entry])}.") from error
    return changed


def told(changed: Iterable[Entry]) -> str:
    """Return in words what is added and changed: "adds condition fop, 2 sources"."""
    acts = {True: Counter[str](), False: Counter[str]()}
    names = {}
    for entry in changed:
        kind = str(entry._meta.verbose_name)
        acts[entry._state.adding][kind] += 1
        names[kind] = entry.key if isinstance(entry, Source) else entry.slug
    said = []
    for adding, verb in ((True, "adds"), (False, "changes")):
        things = [
            f"{kind} {names[kind]}" if count == 1 else f"{count} {kind}s"
            for kind, count in acts[adding].items()
        ]
        if things:
            said.append(f"{verb} {', '.join(things)}")
    return "; ".join(said)


def sentence(error: ValidationError) -> str:
    """Return what is wrong, each message with the key that it is about."""
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return " ".join(
        message if field == "__all__" else f"{field}: {message}"
        for field, messages in error.message_dict.items()
        for message in messages
    )


def _same(given: list[dict[str, str]], stored: list[dict[str, str]]) -> bool:
    """A file groups identifiers by scheme: their order among schemes says nothing."""
    return _grouped(given) == _grouped(stored)


def _grouped(pairs: list[dict[str, str]]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for pair in pairs:
        groups.setdefault(pair["scheme"], []).append(pair["value"])
    return groups


def _refuse_second_slug(entry: Entry) -> None:
    """Name the slug to write where the catalogue has this entry under another."""
    twins: Any
    if isinstance(entry, Condition):
        twins = Condition.objects.filter(name__iexact=entry.name)
    elif isinstance(entry, Question):
        twins = Question.objects.filter(pattern__iexact=entry.pattern)
    else:
        return
    if twin := twins.exclude(pk=entry.pk).first():
        raise ValidationError(
            f"The catalogue has “{twin}” already: write its slug, {twin.slug}."
        )
