"""A large site: people, catalogue, and an answer of so many revisions to each question.

`verify` finds it good: its rows are written in bulk, past the guards, into the log.
"""

from datetime import timedelta
from itertools import islice, product

from django.db import connection, transaction
from django.utils import timezone

from conditions.models import Condition, Question, Source
from editorial import clock
from editorial.models import User
from tests.benchmarks.day_to_day import happen
from tests.benchmarks.pressing import Answer, Press
from tests.builders import (
    Desk,
    make_condition,
    make_question,
    make_reviewer,
    make_writer,
    record,
)

SPAN = timedelta(days=500)  # in which all of it was written
BATCH = 500  # answers, written in one transaction
PEOPLE = 5  # of each role
SHORT = "People with {name} ask this often. *Care* aims at symptoms, and helps most."
BODY = "\n\n".join(
    (
        "## What is known",
        "Most people with the condition inherit the changed copy of a gene from one "
        "parent, and the signs differ a great deal between the people of one family. "
        "Doctors follow children twice a year, and adults when something changes.",
        "- physiotherapy keeps joints moving",
        "Studies are small, since the condition is rare. What they have in common is "
        "that early care kept more people at work and at school than late care did. "
        "A registry in which families can enrol collects what happens over the years.",
        "The first long observation of the condition was made with patients",
    )
)


def fill(conditions, questions, revisions=10):
    """Make a site of so many conditions, questions, and revisions of each answer.

    Returns its desk, with an editor, a writer and a reviewer. The newest revision is
    of this minute, the oldest of 500 days ago.
    """
    began = timezone.now() - SPAN
    with clock.moved_to(began - timedelta(days=1)), transaction.atomic():
        desk = Desk()
        writers = [desk.writer, *(make_writer(f"writer{n}") for n in range(1, PEOPLE))]
        signers = [
            desk.reviewer,
            *(make_reviewer(f"reviewer{n}") for n in range(1, PEOPLE)),
        ]
        catalogue(desk, conditions, questions)
    total = conditions * questions
    step = SPAN / (total * revisions + 1)
    moments = (began + step * n for n in range(1, total * revisions + 1))
    press = Press(moments, editor=desk.editor, words=(SHORT, BODY))
    waiting = answers(writers, signers, revisions)
    while some := list(islice(waiting, BATCH)):
        press.write(some)
    press.sheet.close()
    with transaction.atomic():
        happen(desk, *writers[-2:])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return desk


def filled():
    """Return the desk of a site that was filled before; None where there is none."""
    if not User.objects.exists():
        return None
    desk = Desk.__new__(Desk)
    names = {"writer": "tomas", "reviewer": "ines", "editor": "maren"}
    for role, name in names.items():
        setattr(desk, role, User.objects.get(username=name))
    desk.condition = Condition.objects.order_by("pk").first()
    return desk


def catalogue(desk, conditions, questions):
    """Add to the desk's own condition and question, one source a condition."""
    for number in range(1, conditions):
        name = f"{'abcdefgh'[number % 8]}isorder {number}"
        genes = [f"GEN{number // 3}"]  # shared by three, as hubs tell
        make_condition(desk.editor, slug=f"c-{number}", name=name, genes=genes)
    for number in range(1, questions):
        asked = f"Question {number} about {{condition}}?"
        make_question(desk.editor, slug=f"question-{number}", pattern=asked)
    for number in range(conditions):
        web = {"kind": "web", "url": f"https://example.org/{number}", "year": 2020}
        source = Source(key=f"study-{number}", title=f"Study {number}", **web)
        record(source, desk.editor)


def answers(writers, signers, revisions):
    """Yield an answer to each question about each condition."""
    sources = Source.objects.filter(key__startswith="study-").order_by("pk")
    about = list(zip(Condition.objects.order_by("pk"), sources, strict=True))
    asked = list(Question.objects.order_by("pk"))
    today = clock.today()
    for number, ((condition, source), question) in enumerate(product(about, asked)):
        yield Answer(
            number=number,
            condition=condition,
            question=question,
            source=source,
            moves=moves(number, revisions),
            writer=writers[(number + number // 10) % PEOPLE],
            reviewer=signers[number // PEOPLE % PEOPLE],
            due_on=today + timedelta(days=number * 7 % 700 - 20),
            is_published=number % 211 != 5 or number % 53 == 2,
        )


def moves(number, revisions):
    """Return what is done with an answer: a walk of that many revisions.

    Seven in ten are reviewed, the others in work again; one in eleven never signed.
    """
    signed = ["submit_for_review", "sign_off"]
    again = ["start_revision", "revise"]
    end = {
        6: [*signed, *again, *signed],
        7: [*signed, *again, "submit_for_review"],
        8: [*signed, *again, "submit_for_review", "request_changes"],
        9: [*signed, *again],
    }.get(number % 10, signed)
    if number % 10 == 7 and number % 3:
        end = [*end, "assign"]
    if number % 53 == 2 and end is signed:
        end = [*signed, "withdraw"]
    if number % 11 == 0:
        end = [] if number % 10 in (6, 9) else end[len(signed) + len(again) :]
    first = ["start", *["revise"] * (revisions - 1 - len(end))]
    return [*first, *end]
