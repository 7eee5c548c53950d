"""How long a search takes beside the bare query of the index, on a site of many pages.

    .venv/bin/python tests/benchmarks/searching.py [PAGES]
    .venv/bin/python tests/postgres.py .venv/bin/python tests/benchmarks/searching.py

Side by side in one run: `search.find`, which counts, verifies and marks, and what the
engine alone takes for the ten best rows of the same words, live or not.
"""

import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
PAGES, QUESTIONS = 5_000, 20
REVISIONS = 7  # the fewest that the site can be written with
ROUNDS = 15
TYPED = {
    "a name": "bisorder 17",
    "an identifier of all pages": "OMIM 166350",
    "two words of a question": "question 7 disorder",
    "a name among words": "early care with bisorder 17",
    "a word on every page": "physiotherapy",
    "five words on every page": "study families early care registry",
    "some of the words": "physiotherapy xyzzy",
    "a misspelt name": "hetreoplasia",
    "nothing": "xyzzy",
}
BARE = {
    "sqlite": "SELECT rowid FROM conditions_words"
    " WHERE conditions_words MATCH %(asked)s"
    " ORDER BY rank LIMIT 10",
    "postgresql": "SELECT edition FROM conditions_words"
    " WHERE words @@ %(asked)s::tsquery"
    " ORDER BY ts_rank(words, %(asked)s::tsquery) DESC LIMIT 10",
}


def run(pages):
    """Fill a database with so many pages, index them, and print the table."""
    from django.core.management import call_command

    from tests.benchmarks.large_site import fill

    call_command("migrate", verbosity=0)
    started = time.perf_counter()
    fill(max(pages // QUESTIONS, 20), QUESTIONS, REVISIONS)
    filled = time.perf_counter()
    call_command("reindex", verbosity=0)
    indexed = time.perf_counter() - filled
    print(f"filled in {filled - started:.0f} s, indexed in {indexed:.0f} s")
    measured()


def measured():
    """Print for each kind of query the times of the bare index and of a search."""
    from django.db import connection

    from conditions.models import Indexed

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{connection.vendor}, {Indexed.objects.count():,} pages")
    print("query                         found      bare   search   ratio")
    bares, searches = 0, 0
    for kind, typed in TYPED.items():
        found, bare, search = _compared(typed)
        _tell(kind, found.total, bare, search)
        bares, searches = bares + bare, searches + search
    _tell("all of these", "", bares, searches)


def _tell(kind, total, bare, search):
    times = f"{bare * 1000:6.1f} ms {search * 1000:5.1f} ms"
    print(f"{kind:28} {total:>6} {times} {search / bare:7.1f}")


def _compared(typed):
    """Return what is found, and the median seconds of both, asked in turn."""
    from django.db import connection

    from conditions import queries, search, word_index

    stems = queries.read(typed).stems
    asked = word_index.asked(stems, some=not word_index.count(stems))
    bare, whole = [], []
    with connection.cursor() as cursor:
        for _ in range(ROUNDS):
            bare.append(_timed(_rows, cursor, asked)[0])
            seconds, found = _timed(search.find, typed)
            whole.append(seconds)
    return found, median(bare), median(whole)


def _rows(cursor, asked):
    cursor.execute(BARE[cursor.db.vendor], {"asked": asked})
    return cursor.fetchall()


def _timed(call, *args):
    started = time.perf_counter()
    made = call(*args)
    return time.perf_counter() - started, made


def main(pages):
    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    with tempfile.TemporaryDirectory(prefix="searching") as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/db.sqlite3")
        import django

        django.setup()
        run(pages)


if __name__ == "__main__":
    main(int((*sys.argv[1:], PAGES)[0]))
