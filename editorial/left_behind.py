"""Live pages that the catalogue has left behind, and what of them differs. Reads only.

A page can be out of step only where its condition, its question or a source that it
cites was changed after its edition was signed: those are found by the dates of history,
in one pass, and the content of no other is compared.
"""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice, pairwise
from typing import Any

from django.db.models import Max, Model, Q, QuerySet, Value

from conditions import content
from conditions.models import Condition, Page, Question, Source
from editorial import frozen

# The clocks of two machines differ; a page too many is compared, and is the same.
SLACK = timedelta(minutes=5)
# Of a condition and of a source readers see every field; of a question these.
ASKED = ("slug", "pattern", "offers_trial_search")
KEY = re.compile(r'"key":("(?:[^"\\]|\\.)*")')
BATCH = 500  # rows in memory at a time
MOST = 10_000  # pages: whoever has more of them begins with these


@dataclass(frozen=True)
class Behind:
    """A live page out of step: what differs, and the sources retracted since."""

    page: Page
    differs: list[str]
    retracted: dict[str, date]


def pages() -> list[Behind]:
    """Return every live page whose frozen words are not the catalogue's words now.

    As many queries however many pages there are. What was tampered with is left out:
    it is named elsewhere.
    """
    read = list(_read(_candidates()))
    keys = {one["key"] for _, signed in read for one in signed["sources"]}
    now = {source.key: source for source in Source.objects.filter(key__in=keys)}
    found = (_compared(page, signed, now) for page, signed in read)
    return [one for one in found if one.differs or one.retracted]


def _candidates() -> QuerySet[Page]:
    """Return the live pages of which something was changed since they were signed."""
    return frozen.pages().filter(pk__in=[*islice(_changed_since(), MOST)])


def _changed_since() -> Iterator[int]:
    conditions, sources = _last_changed(Condition, "id"), _last_changed(Source, "key")
    questions = _last_asked_otherwise()
    rows = Page.objects.filter(live_edition__isnull=False)
    if not sources:
        rows = rows.filter(Q(condition__in=conditions) | Q(question__in=questions))
    columns = ("pk", "condition", "question", "live_edition__record")
    # No content is read while no source was ever changed.
    cited = "live_edition__content" if sources else Value("")
    found = rows.order_by("pk").values_list(*columns, cited)
    for page, condition, question, record, words in found.iterator(BATCH):
        moments = [conditions.get(condition), questions.get(question)]
        moments += [sources.get(key) for key in _keys(words)]
        if any(_is_later(moment, record) for moment in moments if moment):
            yield page


def _last_changed(model: Any, name: str) -> dict[Any, datetime]:
    """Return when each entry was last changed, by what names it; few ever are."""
    rows = model.history.filter(history_type="~").order_by()
    return dict(rows.values_list(name).annotate(Max("history_date")))


def _keys(words: str) -> set[str]:
    """Return the keys in a content as it is frozen, without taking it apart."""
    return {json.loads(said) for said in KEY.findall(words)}


def _is_later(moment: datetime, record: str) -> bool:
    """Say whether something was changed after a record's last signature."""
    signed = json.loads(record)["signatures"][-1]["at"]
    return moment > datetime.fromisoformat(signed) - SLACK


def _last_asked_otherwise() -> dict[int, datetime]:
    """Return when the public words of each question were last changed, if ever."""
    rows = Question.history.order_by("id", "history_id")
    found = {}
    for before, row in pairwise(rows.values("id", "history_date", *ASKED)):
        same = all(before[word] == row[word] for word in ASKED)
        if before["id"] == row["id"] and not same:
            found[row["id"]] = row["history_date"]
    return found


def _read(rows: QuerySet[Page]) -> Iterator[tuple[Page, dict[str, Any]]]:
    for page in rows:
        live = page.live_edition
        with suppress(content.Altered):
            if live:
                yield page, live.read_content()


def _compared(page: Page, signed: dict[str, Any], now: dict[str, Source]) -> Behind:
    cited = [now[one["key"]] for one in signed["sources"] if one["key"] in now]
    current = frozen.composed(page, sources=cited)
    sources = {one["key"]: one for one in current["sources"]}
    differs, retracted = list(_entries(signed, current)), {}
    for old in signed["sources"]:
        new = sources.get(old["key"], {})
        words = [word for word in old if old[word] != new.get(word)]
        if "retracted_on" in words and not old["retracted_on"]:
            words.remove("retracted_on")
            retracted[old["key"]] = date.fromisoformat(new["retracted_on"])
        if words:
            differs.append(f"source {old['key']}: {_named(words, Source)}")
    return Behind(page, differs, retracted)


def _entries(signed: dict[str, Any], current: dict[str, Any]) -> Iterator[str]:
    old, new = signed["condition"], current["condition"]
    if words := [word for word in new if old.get(word) != new[word]]:
        yield f"condition: {_named(words, Condition)}"
    if signed["question"]["slug"] != current["question"]["slug"]:
        yield "question: slug"
    # Where the name alone differs, the question differs with it, and is not told twice.
    asked = signed["question"]["text"], current["question"]["text"]
    if asked[0].replace(old["name"], new["name"]) != asked[1]:
        yield "question: its words"
    before, after = signed["take_part"], current["take_part"]
    if bool(before["trial_search"]) != bool(after["trial_search"]):
        yield "question: its search for trials"
    if before["community"] != after["community"]:
        yield "condition: community"


def _named(words: list[str], model: type[Model]) -> str:
    """Return the words' names as the entry's own form has them."""
    labels = {field.name: str(field.verbose_name) for field in model._meta.fields}
    return ", ".join(labels.get(word, word) for word in words)
