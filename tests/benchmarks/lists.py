"""How long the desk's lists, its home, its grid and its reports take on a large site.

    .venv/bin/python tests/benchmarks/lists.py [CONDITIONS] [QUESTIONS]
    .venv/bin/python tests/postgres.py .venv/bin/python tests/benchmarks/lists.py

Asked on a site of 10 conditions and 10 questions first, then on the large one: how many
queries each screen takes must be the same on both. The sites are made by bulk insert
with the guards away; nobody could sign or verify there. Exit code 1 where they differ.
"""

import os
import sys
import tempfile
import time
from datetime import timedelta
from itertools import product
from pathlib import Path

ROOT = Path(__file__).parents[2]
SMALL, LARGE = (10, 10), (2_000, 30)
REVISIONS_EACH = 10
BATCH = 500
SCREENS = {
    "home": "/admin/",
    "summaries": "/admin/editorial/summary/",
    "in review": "/admin/editorial/summary/?state=in_review",
    "overdue": "/admin/editorial/summary/?due=overdue",
    "due in 90 days": "/admin/editorial/summary/?due=90",
    "lapsing": "/admin/editorial/summary/?lapsing=90",
    "withdrawn": "/admin/editorial/summary/?public=withdrawn",
    "grid": "/admin/coverage/",
    "grid, a letter": "/admin/coverage/?letter=D",
    "reports": "/admin/reports/",
    "corrections": "/corrections/",
}


def fill(conditions, questions):
    """Make a site; return its editor."""
    from django.db import connection, transaction

    from editorial import guards
    from tests.builders import Desk, make_question

    desk = Desk()
    first = desk.live()
    for number in range(questions - 1):
        asked = f"Question {number} about {{condition}}?"
        make_question(desk.editor, slug=f"question-{number}", pattern=asked)
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        guards.drop()
        write(first, named(desk.condition, conditions - 1))
        guards.install()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return desk.editor


def bulk(rows):
    """Insert rows past the manager that keeps people from doing so."""
    from django.db.models import QuerySet

    rows = list(rows)
    return QuerySet(type(rows[0])).bulk_create(rows, batch_size=BATCH) if rows else []


def named(pattern, count):
    from conditions.models import Condition

    return bulk(
        Condition(slug=f"c-{number}", name=f"{'abcdefgh'[number % 8]}isorder {number}")
        for number in range(count)
    )


def write(first, conditions):
    """Write a summary, its revisions and a signed page for each answer there is not."""
    from conditions.models import Question
    from editorial.models import Summary

    states = ("reviewed",) * 7 + ("in_review", "changes_requested", "draft")
    questions = list(Question.objects.all())
    answers = list(enumerate(product(conditions, questions)))
    for start in range(0, len(answers), 10 * BATCH):
        part = answers[start : start + 10 * BATCH]
        rows = bulk(
            Summary(
                condition=condition,
                question=question,
                short_answer=first.short_answer,
                body=first.body,
                status=states[number % 10],
                move="revise",
                wrote_text=True,
                revision=REVISIONS_EACH,
            )
            for number, (condition, question) in part
        )
        read = revisions(first, rows)
        sign(first, [number for number, _ in part], rows, read)


def revisions(first, rows):
    """Write the revisions of summaries; return the newest of each."""
    history = type(first).history.model
    by = first.history.earliest()
    moves = ("start", *["revise"] * (REVISIONS_EACH - 3), "submit_for_review")
    moves = (*moves, "sign_off")
    made = bulk(
        history(
            **{f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
            | {"revision": number + 1, "move": move, "wrote_text": number < 8},
            history_date=by.history_date - timedelta(days=row.pk % 300),
            history_type="~",
            history_user_id=by.history_user_id,
        )
        for row in rows
        for number, move in enumerate(moves)
    )
    return made[REVISIONS_EACH - 1 :: REVISIONS_EACH]


def sign(first, numbers, rows, read):
    """Copy the real edition and its sign-off for nine in ten of the summaries."""
    from conditions.models import Edition, Page, Publication, PublicationKind

    signed = first.sign_offs.get()
    real = Edition.objects.earliest("pk")
    every = zip(numbers, rows, read, strict=True)
    there = [(number, row, one) for number, row, one in every if number % 11]
    pages = bulk(Page(condition=s.condition, question=s.question) for _, s, _ in there)
    editions = bulk(edition(real, page) for page in pages)
    bulk(
        sign_off(signed, number, row, one, made)
        for (number, row, one), made in zip(there, editions, strict=True)
    )
    acts = [
        Publication(
            page=page,
            number=1,
            kind=PublicationKind.PUBLISHED,
            edition=made,
            at=signed.signed_at,
        )
        for page, made in zip(pages, editions, strict=True)
    ]
    gone = {page.pk for page in pages[::50]}
    acts += [
        Publication(
            page=act.page,
            number=2,
            kind=PublicationKind.WITHDRAWN,
            edition=act.edition,
            at=act.at,
            note="We check it.",
        )
        for act in acts
        if act.page_id in gone
    ]
    bulk(acts)
    put_live([(p, e) for p, e in zip(pages, editions, strict=True) if p.pk not in gone])


def put_live(pairs):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE conditions_page SET live_edition_id = %s WHERE id = %s",
            [(made.pk, page.pk) for page, made in pairs],
        )


def edition(real, page):
    from conditions import content
    from conditions.models import Edition

    words, record = content.parse(real.content), content.parse(real.record)
    words["condition"] |= {"slug": page.condition.slug, "name": page.condition.name}
    words["question"] |= {
        "slug": page.question.slug,
        "text": page.question.asked_of(page.condition),
    }
    text = content.canonical(words)
    record |= {"address": page.address, "content_sha256": content.sha256(text)}
    if page.pk % 20 == 0:
        record |= {"change_type": "correction"}
    said = content.canonical(record)
    return Edition(
        page=page,
        number=1,
        content=text,
        content_sha256=content.sha256(text),
        record=said,
        record_sha256=content.sha256(said),
    )


def sign_off(signed, number, row, read, made):
    from editorial import clock
    from editorial.models import SignOff

    names = [field.attname for field in signed._meta.concrete_fields]
    fields = {name: getattr(signed, name) for name in names}
    due = clock.today() + timedelta(days=number * 7 % 700 - 20)
    return SignOff(
        **fields
        | {
            "id": None,
            "summary_id": row.pk,
            "revision_read_id": read.pk,
            "content_sha256": made.content_sha256,
            "review_due_on": due,
            "lapses_on": due + timedelta(days=3) if number % 5 == 0 else None,
        }
    )


class Counted:
    """Notes how long each query took; with SLOWEST in the environment, tells of it."""

    def __init__(self):
        self.seconds = []

    def __call__(self, execute, sql, params, many, context):
        started = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.seconds.append(time.perf_counter() - started)
            if self.seconds[-1] > float(os.environ.get("SLOWEST") or 3600):
                print(f"{self.seconds[-1]:.2f} s: {sql}\n", file=sys.stderr)


def asked(editor):
    """Return, for each screen, its queries, its bytes and the best of three times."""
    from django.db import connection
    from django.test import Client

    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(editor)
    found = {}
    for name, address in SCREENS.items():
        with connection.execute_wrapper(counted := Counted()):
            answer = client.get(address)
        assert answer.status_code == 200, (name, answer.status_code)
        times = []
        for _ in range(3):
            started = time.perf_counter()
            client.get(address)
            times.append(time.perf_counter() - started)
        found[name] = (len(counted.seconds), len(answer.content), min(times))
    return found


def main(large):
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory(prefix="lists") as folder:
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        results = []
        for size in (SMALL, large):
            results.append(measured(size, folder))
    return told(*results)


def measured(size, folder):
    import django
    from django.core.management import call_command
    from django.db import connection

    if not django.apps.apps.ready:
        django.setup()
    connection.close()
    if connection.vendor == "sqlite":
        name = str(Path(folder) / f"{size[0]}.sqlite3")
        connection.settings_dict["NAME"] = name
    call_command("migrate", verbosity=0)
    editor = fill(*size)
    return asked(editor)


def told(small, large):
    differ = False
    print("screen              queries      KB     small     large   ratio")
    for name in SCREENS:
        (few, _, quick), (many, size, slow) = small[name], large[name]
        differ = differ or few != many
        queries = f"{few}" if few == many else f"{few} → {many}"
        print(
            f"{name:18} {queries:>9} {size / 1000:7.0f} {quick * 1000:6.0f} ms "
            f"{slow * 1000:6.0f} ms {slow / quick:7.1f}"
        )
    return int(differ)


if __name__ == "__main__":
    given = tuple(int(word) for word in sys.argv[1:])
    sys.exit(main(given if len(given) == 2 else LARGE))
