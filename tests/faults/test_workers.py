"""Two workers at once, one killed half-way: each publication happens once."""

import random
import time
from datetime import timedelta

import pytest

from conditions.models import Publication
from editorial import clock, publishing
from editorial.models import Schedule
from tests.builders import Desk, make_question
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
    assert sum(out.count("published") for out, _ in said) == PAGES
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
