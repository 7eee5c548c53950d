"""Conditions, questions, reviewers and sources: the only module that writes them."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from conditions import markup, outdating
from conditions.models import Condition, Question, Reviewer, Source
from editorial import clock, credentials, frozen, limits, locks, log
from editorial.models import ReviewerAccount, User
from editorial.roles import roles_of
from editorial.states import Role

Entry = Condition | Question | Reviewer | Source

_WHO: dict[type[Entry], frozenset[Role]] = {
    Condition: frozenset({Role.EDITOR}),
    Question: frozenset({Role.EDITOR}),
    Reviewer: frozenset({Role.EDITOR}),
    Source: frozenset({Role.EDITOR, Role.WRITER}),
}

# What somebody looked at when they verified that a person may sign under it.
VERIFIED_WORDS = (
    *("printed_name", "post_nominals", "profession", "affiliation"),
    *("registration_body", "registration_number", "orcid"),
)


def may(user: User, model: type[Entry]) -> bool:
    """Say whether one of the user's roles allows writing entries of this kind."""
    return bool(roles_of(user) & _WHO[model])


def require(user: User, model: type[Entry]) -> None:
    """Raise PermissionDenied unless the user may write entries of this kind."""
    if not may(user, model):
        who = "a writer or an editor" if Role.WRITER in _WHO[model] else "an editor"
        raise PermissionDenied(
            f"Only {who} adds or changes a {model._meta.verbose_name}."
        )


def save(entry: Entry, *, by: User, reason: str = "") -> bool:
    """Check and write one entry of the catalogue; say whether anything had changed.

    Raises PermissionDenied without the role, and ValidationError for a value that is
    bad or for a slug that signed pages have in their addresses.
    """
    require(by, type(entry))
    with transaction.atomic():
        before = _locked(entry)
        signing = _signing_as(entry)
        if not _checked(before, entry):
            return False
        _refuse_own_byline(entry, by)
        _write(entry, by, reason)
        if before and isinstance(entry, Reviewer):
            _unverify(before, entry, signing, by)
        if before:
            _tell_readers(before, entry)
    return True


def _tell_readers(before: Entry, entry: Entry) -> None:
    """Have printed anew what shows of an entry how it is today, and not as signed."""
    match before, entry:
        case Reviewer(), Reviewer():
            outdating.reviewer_changed(entry)
        case Condition(), Condition() if before.genes != entry.genes:
            outdating.genes_changed(entry, before.genes)
        case Question(), Question() if before.order != entry.order:
            outdating.order_changed()
        case Source(), Source() if before.retracted_on != entry.retracted_on:
            outdating.retraction_changed(entry.key)


def would_change(entry: Entry, *, by: User) -> bool:
    """Say whether `save` would write anything; raise what it would raise. Reads only.

    Without the role this is refused only where there is something to write.
    """
    before = None if entry._state.adding else type(entry).objects.get(pk=entry.pk)
    if before and values(before) == values(entry):
        return False
    if changed := _checked(before, entry):
        require(by, type(entry))
    return changed


def _refuse_own_byline(entry: Entry, by: User) -> None:
    own = ReviewerAccount.objects.filter(user=by)
    if isinstance(entry, Reviewer) and own.filter(reviewer__pk=entry.pk).exists():
        raise ValidationError("Nobody changes their own byline: ask another editor.")


def _signing_as(entry: Entry) -> list[ReviewerAccount]:
    """Return, held, the credential of whoever signs under a byline."""
    named = isinstance(entry, Reviewer) and entry.pk
    return credentials.held(reviewer=entry) if named else []


def _unverify(
    before: Entry, entry: Reviewer, signing: list[ReviewerAccount], by: User
) -> None:
    """Take back the verification of a byline whose words it was not given for."""
    if any(getattr(before, w, "") != getattr(entry, w, "") for w in VERIFIED_WORDS):
        for account in signing:
            credentials.take_back(account, by=by)


def _checked(before: Entry | None, entry: Entry) -> bool:
    """Say whether an entry that passes every check differs from the stored one."""
    _refuse_unseen(entry)
    _refuse_too_long(entry)
    entry.full_clean()
    if before and values(before) == values(entry):
        return False
    _refuse_moved_address(before, entry)
    return True


def _locked(entry: Entry) -> Entry | None:
    """Return the entry as it is stored, held until the transaction ends."""
    return None if entry._state.adding else locks.held_one(type(entry), entry.pk)


def _write(entry: Any, by: User, reason: str) -> None:
    entry._history_user, entry._history_date = by, clock.now()
    entry._change_reason = reason
    log.hold()  # an import writes many keys, which another may be writing too
    try:
        with transaction.atomic():
            entry.save()
    except IntegrityError as error:
        # full_clean saw no twin: another person's came in between.
        raise ValidationError(
            f"Somebody has just saved a {entry._meta.verbose_name} that clashes with "
            "this one: look at theirs, then save again."
        ) from error
    log.enter("catalogue", by=by, about=entry, row=entry)


def values(entry: Entry) -> dict[str, Any]:
    """Return every stored field of an entry by its name."""
    return {f.attname: getattr(entry, f.attname) for f in entry._meta.concrete_fields}


def _refuse_moved_address(before: Entry | None, entry: Entry) -> None:
    """Keep a slug or key that readers' links and signed texts refer to."""
    if before is None:
        return
    name = "key" if isinstance(before, Source) else "slug"
    was = getattr(before, name)
    if was != getattr(entry, name) and frozen.is_fixed(before):
        what = "texts cite it" if name == "key" else "signed pages have it in them"
        raise ValidationError(
            {name: f"Keep “{was}”: {what}, and links to it must go on working."}
        )


def _refuse_unseen(entry: Entry) -> None:
    """Refuse what no reader sees, such as NUL or a mark that turns words round."""
    for name, value in values(entry).items():
        try:
            for words in _words(value):
                markup.check_visible(words)
        except markup.MarkupError as error:
            raise ValidationError({name: str(error)}) from error


def _refuse_too_long(entry: Entry) -> None:
    """Refuse what no column refuses: long lists, and a biography that is a book."""
    for name, value in values(entry).items():
        if isinstance(value, list) and len(value) > limits.ITEMS:
            raise ValidationError({name: f"Give at most {limits.ITEMS} of them."})
        most = {"biography": limits.BIOGRAPHY}.get(name, limits.ITEM)
        if name == "biography" or isinstance(value, list):
            for words in _words(value):
                if why := limits.too_long(name, words, most):
                    raise ValidationError({name: why})


def _words(value: Any) -> Iterable[str]:
    match value:
        case str():
            yield value
        case list():
            for item in value:
                yield from _words(item)
        case dict():
            yield from _words(list(value.values()))
