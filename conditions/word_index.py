"""Asks the index of words, in SQLite's FTS5 or PostgreSQL's tsvector.

The only room with their SQL. A row is of one edition, and each question joins the pages
that show that very edition: a row of any other can never be found.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db import connection

from conditions.planned import here, planned

MOST = 1000  # editions that are counted, and that one can leaf through
RANKED = 5000  # matches that PostgreSQL ranks: each costs it a read of all its words
_PLACES = 4  # of one word in one part: more make a page no better an answer

_LAST_PLACE = 16383  # that a tsvector can tell


class Entry(NamedTuple):
    """The finished words of one edition, in the order of their weight."""

    edition: int
    names: Sequence[str]
    question: Sequence[str]
    short_answer: Sequence[str]
    body: Sequence[str]


class _Fts5:
    signs = ("AND", "OR")
    quoted = '"{}"'
    put = (
        "INSERT OR REPLACE INTO conditions_words "
        "(rowid, names, question, short_answer, body) VALUES (%s, %s, %s, %s, %s)"
    )
    drop = "DELETE FROM conditions_words WHERE rowid = %s"
    # In the order of the rank, so that the pages of those shown alone are looked up.
    _match = (
        "FROM conditions_words w CROSS JOIN conditions_page p "
        "ON p.live_edition_id = w.rowid WHERE conditions_words MATCH %(asked)s"
    )
    count = f"SELECT COUNT(*) FROM (SELECT 1 {_match} LIMIT {MOST + 1}) f"
    ranked = (
        f"SELECT w.rowid {_match} AND rank MATCH 'bm25(8.0, 4.0, 2.0, 1.0)' "
        "ORDER BY rank LIMIT %(most)s OFFSET %(first)s"
    )

    @staticmethod
    def row(entry: Entry) -> list[int | str]:
        return [entry.edition, *(" ".join(part) for part in entry[1:])]


class _Tsvector:
    signs = ("&", "|")
    quoted = "'{}'"
    put = (
        "INSERT INTO conditions_words (edition, words) VALUES (%s, %s::tsvector) "
        "ON CONFLICT (edition) DO UPDATE SET words = EXCLUDED.words"
    )
    drop = "DELETE FROM conditions_words WHERE edition = %s"
    _match = (
        "FROM conditions_words w JOIN conditions_page p "
        "ON p.live_edition_id = w.edition WHERE w.words @@ %(asked)s::tsquery"
    )
    count = f"SELECT COUNT(*) FROM (SELECT 1 {_match} LIMIT {MOST + 1}) f"
    ranked = (
        f"SELECT edition FROM (SELECT w.edition, w.words {_match} LIMIT {RANKED}) f "
        "ORDER BY ts_rank(words, %(asked)s::tsquery) DESC, edition "
        "LIMIT %(most)s OFFSET %(first)s"
    )

    @staticmethod
    def row(entry: Entry) -> list[int | str]:
        return [entry.edition, _vector(entry)]


def put(entry: Entry) -> None:
    """Enter the words of an edition; those that were there before go."""
    engine = _engine()
    _run(engine.put, engine.row(entry))


def drop(editions: Iterable[int]) -> None:
    """Take editions out."""
    for edition in editions:
        _run(_engine().drop, [edition])


def clear() -> None:
    """Take everything out."""
    _run("DELETE FROM conditions_words", [])


def count(words: Sequence[str]) -> int:
    """Return how many live editions have all of the words; MOST + 1 where more have."""
    found = _found(_engine().count, words, some=False) if words else [(0,)]
    return int(found[0][0])


def ranked(
    words: Sequence[str], *, some: bool = False, first: int = 0, most: int
) -> list[int]:
    """Return live editions that have all of the words, or some, the best first."""
    if not words:
        return []
    found = _found(_engine().ranked, words, some, first=first, most=most)
    return [edition for (edition,) in found]


def asked(words: Sequence[str], *, some: bool = False) -> str:
    """Return finished words as the engine is asked for all of them, or for some.

    Each is quoted, and a finished word has no sign that could end the quotes.
    """
    engine = _engine()
    quoted = [engine.quoted.replace("{}", word) for word in words]
    return f" {engine.signs[some]} ".join(quoted)


def _found(
    sql: str, words: Sequence[str], some: bool, **more: int
) -> list[tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"asked": asked(words, some=some), **more})
        return cursor.fetchall()


def _engine() -> type[_Fts5] | type[_Tsvector]:
    return _Fts5 if connection.vendor == "sqlite" else _Tsvector


def _run(sql: str, values: list[int | str]) -> None:
    with planned(here()) as cursor:
        cursor.execute(sql, values)


def _vector(entry: Entry) -> str:
    """Return the words with their places and weights, as a tsvector is written."""
    places: dict[str, list[str]] = {}
    parts = zip("ABCD", entry[1:], strict=True)
    weighed = [(weight, word) for weight, part in parts for word in part]
    had = Counter[tuple[str, str]]()
    for place, (weight, word) in enumerate(weighed, 1):
        had[weight, word] += 1
        if had[weight, word] <= _PLACES:
            at = min(place, _LAST_PLACE)
            places.setdefault(word, []).append(f"{at}{weight}")
    return " ".join(f"'{word}':{','.join(at)}" for word, at in places.items())
