"""Two workers at once, one killed half-way: each publication and mail happens once."""

import random
import re
import time
from datetime import timedelta

import pytest
from post_office.models import STATUS, Email

from conditions.models import Publication
from editorial import clock, mail, publishing
from editorial.models import Kind, Schedule
from tests.builders import Desk, make_question, make_writer
from tests.faults.sites import a_worker
from tests.faults.wholeness import half_done

PAGES = 12


@pytest.fixture
def due(database):
    """Signed editions whose hour has come, each waiting for a worker."""
    desk = Desk()
    later = clock.now() + timedelta(hours=1)
    for number in range(PAGES):
        desk.question = make_question(
            desk.editor,
            slug=f"question-{number}",
            pattern=f"What is the {number}th of {{condition}}?",
        )
        summary = desk.in_review()
        publishing.schedule(summary, by=desk.editor, at=later)
        desk.sign(summary)
    assert Schedule.objects.update(publish_at=clock.now()) == PAGES
    return database


def test_two_workers_at_once_publish_each_page_once(due):
    workers = [a_worker(due, "--once") for _ in range(3)]
    said = [worker.communicate(timeout=60) for worker in workers]

    assert [worker.returncode for worker in workers] == [0, 0, 0]
    assert sum(out.count(": edition 1 published") for out, _ in said) == PAGES
    assert Publication.objects.count() == PAGES
    assert not Schedule.objects.exists()
    assert half_done() == []


def test_what_a_killed_worker_left_the_next_one_does(due):
    worker = a_worker(due)
    assert worker.stdout.readline()  # it is at work
    time.sleep(random.uniform(0, 0.05))
    worker.kill()
    worker.communicate()
    assert half_done() == []

    next_one = a_worker(due, "--once")
    next_one.communicate(timeout=60)

    assert next_one.returncode == 0
    assert Publication.objects.count() == PAGES
    assert not Schedule.objects.exists()
    assert half_done() == []


MAILS = 40


@pytest.fixture
def queued(database):
    """Mails that wait for a worker; these workers print what they send."""
    user = make_writer()
    for number in range(MAILS):
        words = {"count": 1, "link": "http://x/"}
        mail.queue(Kind.DUE, user, occasion=f"due:{number}", **words)
    return database


def sent(out):
    """The numbers of the mails that a worker sent, as it printed them."""
    return re.findall(r"^Message-ID: (<.+>)$", out, re.MULTILINE)


def test_two_workers_at_once_send_each_mail_once(queued):
    workers = [a_worker(queued, "--once") for _ in range(3)]
    said = [worker.communicate(timeout=60) for worker in workers]

    numbers = [number for out, _ in said for number in sent(out)]
    assert len(numbers) == len(set(numbers)) == MAILS
    assert {*Email.objects.values_list("status", flat=True)} == {STATUS.sent}


def test_of_a_killed_worker_one_mail_at_most_is_sent_again_with_its_number(queued):
    worker = a_worker(queued)
    read = []
    while len(sent("".join(read))) < 5:
        read.append(worker.stdout.readline())
    time.sleep(random.uniform(0, 0.05))
    worker.kill()
    first = sent("".join(read) + worker.communicate()[0])

    out, _ = a_worker(queued, "--once").communicate(timeout=60)

    assert len(first) < MAILS
    assert len({*first, *sent(out)}) == MAILS
    assert len(first) + len(sent(out)) <= MAILS + 1
