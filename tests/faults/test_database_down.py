"""PostgreSQL is killed while people read and write, and comes back."""

import os
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import connection

from editorial import clock
from editorial.models import Schedule
from tests.databases import on_sqlite, working_on
from tests.faults.load import Load, Writer
from tests.faults.postgresql import own_postgresql
from tests.faults.sites import (
    A_PAGE,
    a_worker,
    is_clear,
    manage,
    served,
)
from tests.faults.wholeness import half_done

ROUNDS = int(os.environ.get("ROUNDS", "3"))

AT_WORK = "SELECT 1 FROM pg_stat_activity WHERE application_name = 'worker'"

pytestmark = pytest.mark.skipif(
    on_sqlite(), reason="SQLite is a file, and not a server"
)


@pytest.fixture
def instance(tmp_path_factory):
    # Short, since a socket's path may have 107 characters.
    with (
        TemporaryDirectory(prefix="pg", dir="/tmp") as folder,
        own_postgresql(
            Path(folder) / "data", tmp_path_factory.getbasetemp()
        ) as instance,
    ):
        yield instance


@pytest.fixture
def site(db, filled, instance):
    done = manage(instance.url, "restore", str(filled))
    assert not done.returncode, done.stderr
    with served(instance.url) as site, working_on(instance.url):
        yield site


def test_while_it_is_down_everybody_is_told_so(instance, site):
    writer = Writer(site)
    writer.open()
    instance.kill()

    asked = {path: site.visit(path) for path in (A_PAGE, "/", f"{A_PAGE}review.json")}
    writer.send("Typed while the database was away.")

    assert [path for path, answer in asked.items() if not is_clear(answer)] == []
    assert is_clear(writer.walker.answer)
    assert "Typed while the database was away." in writer.walker.text
    assert writer.walker.go("/admin/") == 503
    assert site.status("/readyz") == 503
    assert site.status("/healthz") == 200
    instance.start()
    assert site.seconds_until_ready() < site.ready_within


def test_a_server_killed_under_load_loses_nothing_it_acknowledged(instance, site):
    waits = []
    with Load(site) as load:
        for _ in range(ROUNDS):
            load.wait_for_a_save()
            instance.kill()
            load.wait_for_another(503)
            instance.start()
            waits.append(site.seconds_until_ready())
        load.wait_for_another(200)

    connection.close()  # this process's own was cut too
    assert load.strange == set()
    assert max(waits) < site.ready_within
    assert load.writer.lost() == []
    assert half_done() == []


def test_a_worker_outlives_its_database(instance, site):
    worker = a_worker(f"{instance.url}&application_name=worker", "--every=0.2")
    try:
        wait_for_the_worker()
        instance.kill()
        time.sleep(1)
        instance.start()
        connection.close()
        planned = Schedule.objects.get()
        Schedule.objects.update(publish_at=clock.now())
        line = what_it_published(worker)
    finally:
        worker.terminate()
        worker.communicate()

    assert planned.edition.page.address in line
    assert worker.returncode == 0


def what_it_published(worker):
    """Return the worker's line of a publication; it prints answers between its acts."""
    return next(
        line for line in worker.stdout if line.endswith(": edition 1 published\n")
    )


def wait_for_the_worker(patience=60):
    """Return once it has asked the database for work."""
    until = time.monotonic() + patience
    with connection.cursor() as cursor:
        while not cursor.execute(AT_WORK).fetchone():
            assert time.monotonic() < until, "no worker is at work"
            time.sleep(0.1)
