"""Of many texts at once, which each reviewer could not sign: law 4, by the rows alone.

Reads only, for a screen that tells how many there are: `rules` asks of each text before
anything is done with it. As many queries for one text as for all. A signature given in
this round is taken to count, though an entry that it froze was changed since.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Exists, F, Max, OuterRef, QuerySet

from conditions import content
from conditions.citations import KEY
from conditions.models import Condition, Edition, Question, Source
from editorial import four_eyes, manuscript, settling
from editorial.models import LostText, SignOff, Summary, User
from editorial.states import INTO_REVIEW

_NEAR = re.compile(rf"@({KEY})")  # what may be a citation, found without parsing


class Since(NamedTuple):
    """From where a text's words count: the last sign-off of other words, if any."""

    revision: int = 0
    at: datetime | None = None
    edition: int | None = None

    def counts(self, moment: datetime) -> bool:
        """Say whether what was done at that moment counts."""
        return self.at is None or moment > self.at


class Texts:
    """The texts asked about, and from where the words of each count."""

    def __init__(self, rows: QuerySet[Summary]) -> None:
        self.rows = rows.order_by()
        self.keys = self.rows.values("pk")
        self._since = _since(self.keys)
        old = Summary.history.filter(id__in=self.keys, move="restore").order_by()
        # Old words came back, and whoever wrote them wrote part of the text.
        self._restored = {
            pk
            for pk, revision in old.values_list("id", "revision")
            if revision > self.since(pk).revision
        }

    def since(self, pk: int) -> Since:
        return self._since.get(pk, Since())

    def after(self, pk: int) -> int:
        """Return the revision after which what was written counts."""
        return 0 if pk in self._restored else self.since(pk).revision


def barred(
    rows: QuerySet[Summary], reviewers: Iterable[User]
) -> dict[int, frozenset[int]]:
    """Return, by the key of each reviewer, the keys of the texts they could not sign.

    That their credentials hold is taken for granted.
    """
    found: dict[int, set[int]] = {one.pk: set() for one in reviewers}
    texts = Texts(rows)
    for look in (_wrote, _kept, _edited_an_entry, _edited_a_source, _signed):
        for who, text in look(texts, list(found)):
            found[who].add(text)
    return {who: frozenset(keys) for who, keys in found.items()}


def _since(keys: QuerySet[Any, Any]) -> dict[int, Since]:
    made = _editions().filter(
        number=OuterRef("edition_number"), content_sha256=OuterRef("content_sha256")
    )
    given = SignOff.objects.filter(summary__in=keys).exclude(
        revision_read__short_answer=F("summary__short_answer"),
        revision_read__body=F("summary__body"),
    )
    given = given.annotate(made=made.values("pk")[:1]).filter(made__isnull=False)
    of = given.order_by("edition_number", "pk").values_list(
        "summary", "revision_read__revision", "signed_at", "made"
    )
    # The last of each stays.
    return {summary: Since(*last) for summary, *last in of}


def _editions() -> QuerySet[Edition]:
    """Select the editions of the page that a signature's summary has."""
    names = ("condition", "question", "language")
    same = {f"page__{name}": OuterRef(f"summary__{name}") for name in names}
    return Edition.objects.filter(**same).order_by()


def _wrote(texts: Texts, people: list[int]) -> Iterator[tuple[int, int]]:
    rows = Summary.history.filter(id__in=texts.keys, history_user__in=people)
    rows = rows.filter(four_eyes.typed()).order_by().values("history_user", "id")
    newest = rows.annotate(newest=Max("revision"))
    for who, text, revision in newest.values_list("history_user", "id", "newest"):
        if revision > texts.after(text):
            yield who, text


def _kept(texts: Texts, people: list[int]) -> Iterator[tuple[int, int]]:
    lost = LostText.objects.filter(summary__in=texts.keys, by__in=people)
    rows = settling.with_settlement(lost).values_list(
        "by", "summary", "at", "settled_in"
    )
    for who, text, at, settled_in in rows:
        if texts.since(text).counts(at) or (settled_in or 0) > texts.after(text):
            yield who, text


def _edited_an_entry(texts: Texts, people: list[int]) -> Iterator[tuple[int, int]]:
    for model, name in ((Condition, "condition"), (Question, "question")):
        theirs = model.history.filter(id__in=texts.rows.values(name))
        edited = _edited(theirs, people)
        for text, entry in texts.rows.values_list("pk", name):
            for who, moment in edited[entry]:
                if texts.since(text).counts(moment):
                    yield who, text


def _edited_a_source(texts: Texts, people: list[int]) -> Iterator[tuple[int, int]]:
    """Yield whoever edited what a text cites; ever, where it was not signed before."""
    edited = _edited(Source.history.all(), people)
    theirs = Source.history.filter(history_user__in=people).order_by()
    sources = Source.objects.filter(pk__in=theirs.values("id"))
    near = dict(sources.values_list("key", "pk"))
    cited = dict(_cited(texts, near))
    before = _keys_signed(texts, cited)
    for text, keys in cited.items():
        for key in keys:
            for who, moment in edited[near[key]]:
                if key not in before[text] or texts.since(text).counts(moment):
                    yield who, text


def _cited(texts: Texts, keys: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the texts that cite some of the keys, each with those that it cites."""
    wanted = frozenset(keys)
    for text, body in texts.rows.values_list("pk", "body"):
        if not wanted.isdisjoint(_NEAR.findall(body)):
            yield text, [key for key in manuscript.cited(body) if key in wanted]


def _keys_signed(texts: Texts, of: Iterable[int]) -> dict[int, set[str]]:
    """Return what the last edition with other words cites, by the key of its text.

    Nothing, where the edition was altered: then every edit counts.
    """
    text_of = {made: text for text in of if (made := texts.since(text).edition)}
    found: dict[int, set[str]] = defaultdict(set)
    for edition in Edition.objects.filter(pk__in=text_of):
        with suppress(content.Altered):
            sources = edition.read_content()["sources"]
            found[text_of[edition.pk]] = {source["key"] for source in sources}
    return found


def _edited(
    history: QuerySet[Any], people: list[int]
) -> dict[int, list[tuple[int, datetime]]]:
    """Return by entry who edited it, each with the moment of their last edit."""
    rows = history.filter(history_user__in=people).order_by()
    last = rows.values("id", "history_user").annotate(last=Max("history_date"))
    found = defaultdict(list)
    for entry, who, moment in last.values_list("id", "history_user", "last"):
        found[entry].append((who, moment))
    return found


def _signed(texts: Texts, people: list[int]) -> Iterator[tuple[int, int]]:
    """Yield whoever signed the very text in this round of review already."""
    later = Summary.history.filter(
        id=OuterRef("summary"),
        move__in=INTO_REVIEW,
        revision__gt=OuterRef("revision_read__revision"),
    )
    made = _editions().filter(number=OuterRef("edition_number"))
    given = SignOff.objects.filter(
        ~Exists(made),
        ~Exists(later),
        summary__in=texts.keys,
        signer__in=people,
        revision_read__short_answer=F("summary__short_answer"),
        revision_read__body=F("summary__body"),
    )
    yield from given.order_by().values_list("signer", "summary")
