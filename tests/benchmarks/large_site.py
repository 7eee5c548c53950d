"""A large site made by bulk insert, with the guards away while it is made.

Nobody could sign or verify there: the log knows nothing of its rows.
"""

from datetime import timedelta
from itertools import product

REVISIONS_EACH = 10
BATCH = 500


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
