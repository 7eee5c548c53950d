"""PostgreSQL hangs: it takes every word, answers none, and cuts no connection."""

import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import connection

from tests.databases import on_sqlite, working_on
from tests.faults.load import READ, Load, Writer
from tests.faults.postgresql import own_postgresql
from tests.faults.sites import READY_WITHIN, is_clear, manage, served
from tests.faults.wholeness import half_done

# A statement, then a new connection, five seconds each; a slow machine has some more.
ANSWERED_WITHIN = 14

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


def timed(act):
    began = time.monotonic()
    return act(), time.monotonic() - began


def at_once(*acts):
    """Do them all at the same time; return what each answered, and in what time."""
    done = []
    threads = [
        threading.Thread(target=lambda act=act: done.append(timed(act))) for act in acts
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answer for answer, _ in done], max(seconds for _, seconds in done)


def test_while_it_hangs_everybody_is_told_so_in_time(instance, site):
    writer = Writer(site)
    writer.open()
    typed = "Typed while the database hung."
    readers = [lambda path=path: site.visit(path) for path in (*READ, *READ)]

    def save():
        writer.send(typed)
        return writer.walker.answer

    with instance.hanging():
        answers, slowest = at_once(*readers, save)
        then, slow = at_once(*readers[: len(READ)])
        alive, unready = site.status("/healthz"), site.status("/readyz")
    seconds = site.seconds_until_ready()

    print(f"\nfirst {slowest:.1f} s, then {slow:.1f} s, ready in {seconds:.1f} s")
    assert len(answers) == len(readers) + 1
    assert [answer for answer in (*answers, *then) if not is_clear(answer)] == []
    assert typed in writer.walker.text
    assert max(slowest, slow) < ANSWERED_WITHIN
    assert (alive, unready) == (200, 503)
    assert seconds < READY_WITHIN
    writer.walker.submit()  # what was handed back
    assert writer.save().status == 200
    assert {path: site.status(path) for path in READ} == dict.fromkeys(READ, 200)


def test_a_server_that_hung_under_load_loses_nothing_it_acknowledged(instance, site):
    with Load(site) as load:
        load.wait_for_another(200)
        with instance.hanging():
            load.wait_for_another(503)
        ready = site.seconds_until_ready()
        load.wait_for_another(200)

    connection.close()
    assert load.strange == set()
    assert ready < READY_WITHIN
    assert load.writer.kept
    assert load.writer.lost() == []
    assert half_done() == []
