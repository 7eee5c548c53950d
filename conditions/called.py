"""What conditions are called: the only room that writes and asks the index of names.

A condition is found by the names, genes and identifiers in its live edition signed
last, and only while that edition is live.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from conditions import content, folding, identifiers
from conditions.models import Edition, NameWord, Page, Trigram
from conditions.often import Changed, Given, Often
from conditions.typesetting import other_names

log = logging.getLogger(__name__)

SHORTEST = 4  # letters of a word whose misspelling can be told
# Names that are looked at: a word such as syndrome stands in thousands.
MOST = 100

# By hand: to have the ORM write it takes as long as to find the names of a page.
FIND = """
SELECT n.edition FROM conditions_nameword n
JOIN conditions_page p ON p.live_edition_id = n.edition
WHERE n.stem IN ({}) GROUP BY n.edition, n.name, n.size
HAVING COUNT(DISTINCT n.stem) IN (%s, n.size)
ORDER BY COUNT(DISTINCT n.stem) DESC, n.size, n.edition, n.name LIMIT %s
"""

Name = dict[str, str]  # by what is compared of it, each word as folded


def written(read: dict[str, Any]) -> list[str]:
    """Return the names and genes of a condition, as an edition froze them."""
    words = read["condition"]
    return [words["name"], *other_names(words), *words["genes"]]


def names(read: dict[str, Any]) -> list[Name]:
    """Return all that a condition is called; identifiers as pasted, and as digits."""
    pairs = read["condition"]["identifiers"]
    codes = [{folding.code(pair["scheme"], pair["value"]): ""} for pair in pairs]
    shown = [identifiers.display(pair["scheme"], pair["value"]) for pair in pairs]
    return [*map(_name, (*written(read), *shown)), *codes]


def trigrams(word: str) -> set[str]:
    """Return each three letters that stand together; both ends count as a letter."""
    padded = f" {word} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def enter(condition: int, known: Edition | None = None) -> None:
    """Let a condition be found by the words of its live edition signed last.

    Most editions name it as the one before did: then the same rows are theirs. `known`
    is an edition that was read already, mostly that very one.
    """
    newest = _newest(condition, known)
    found = list(_rows(_names_in(newest))) if newest else []
    of = {"condition": condition, "edition": newest.pk if newest else 0}
    # Fewer where another process enters the condition meanwhile.
    is_same = found and found == _entered(condition=condition)
    if is_same and _now_of(**of) == len(found):
        return
    NameWord.objects.filter(condition=condition).delete()
    NameWord.objects.bulk_create([NameWord(**of, **row) for row in found])
    _learn({row["word"] for row in found})


def _newest(condition: int, known: Edition | None) -> Edition | None:
    last = _signed_last.first(condition=condition)
    if known and known.pk == last:
        return known
    return _edition.first(pk=last) if last else None


@Often
def _signed_last() -> QuerySet[Page, int]:
    of_it = {"condition": Given("condition"), "live_edition__isnull": False}
    live = Page.objects.filter(**of_it).order_by("-live_edition_id")[:1]
    return live.values_list("live_edition", flat=True)


@Often
def _edition() -> QuerySet[Edition]:
    return Edition.objects.filter(pk=Given("pk"))


def _names_in(edition: Edition) -> list[Name]:
    try:
        return names(edition.read_content())
    except content.Altered as error:
        log.error("edition %s names no condition in searches: %s", edition.pk, error)
        return []


@Often
def _entered() -> QuerySet[NameWord, Any]:
    rows = NameWord.objects.filter(condition=Given("condition")).order_by("pk")
    return rows.values("name", "size", "stem", "word")


_now_of = Changed(
    lambda: (
        NameWord.objects.filter(condition=Given("condition")),
        {"edition": Given("edition")},
    )
)


def forget() -> None:
    """Empty the index of names."""
    NameWord.objects.all().delete()
    Trigram.objects.all().delete()


def find(stems: Sequence[str]) -> list[int]:
    """Return live editions with a name that has all of the words, the best first.

    Or with one that stands whole among them: Ménière’s disease in a question about it.
    """
    places = ", ".join(["%s"] * len(stems))
    with connection.cursor() as cursor:
        cursor.execute(FIND.replace("{}", places), [*stems, len(stems), MOST])
        return list(dict.fromkeys(edition for (edition,) in cursor.fetchall()))


def stems(names: Iterable[str]) -> set[str]:
    """Return the words of names or genes, as the index has them."""
    return {stem for name in names for stem in _name(name)}


def having(stems: Iterable[Any]) -> QuerySet[Any, Any]:
    """Select the ids of conditions with one of these words in their names or genes."""
    return NameWord.objects.filter(stem__in=stems).values("condition")


def live() -> QuerySet[NameWord]:
    """Select the words of names in editions that are live."""
    shown = Page.objects.filter(live_edition=OuterRef("edition"))
    return NameWord.objects.filter(Exists(shown))


def _name(words: str) -> Name:
    found = folding.WORD.findall(words)
    return {folding.stem(w): w for one in found for w in folding.words(one)}


def _rows(all_of_it: list[Name]) -> Iterator[dict[str, Any]]:
    for number, name in enumerate(all_of_it):
        for stem, word in name.items():
            yield {"name": number, "size": len(name), "stem": stem, "word": word}


def _learn(words: set[str]) -> None:
    """Enter the letters of words by which a misspelt one is led to them."""
    able = {word for word in words if word.isalpha() and len(word) >= SHORTEST}
    known = Trigram.objects.filter(word__in=able).values_list("word", flat=True)
    Trigram.objects.bulk_create(
        Trigram(letters=letters, word=word)
        for word in sorted(able - {*known})
        for letters in sorted(trigrams(word))
    )
