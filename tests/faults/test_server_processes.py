"""A process of the server is killed, as the kernel does when memory runs out."""

import time

import psutil

from tests.faults.load import READ, Load
from tests.faults.wholeness import half_done


def workers(site):
    return psutil.Process(site.process.pid).children()


def answers(site, path):
    """The status, or 0 where the connection broke with the process that had it."""
    try:
        return site.status(path)
    except OSError:
        return 0


def test_a_killed_process_of_the_server_is_replaced(site):
    before = {worker.pid for worker in workers(site)}
    for worker in workers(site):
        worker.kill()
    killed = time.monotonic()
    while any(answers(site, path) != 200 for path in (*READ, "/readyz")):
        assert time.monotonic() - killed < site.ready_within
        time.sleep(0.05)

    assert not before & {worker.pid for worker in workers(site)}


def test_a_process_killed_under_load_loses_nothing_that_was_kept(site):
    with Load(site) as load:
        for _ in range(3):
            load.wait_for_a_save()
            workers(site)[0].kill()
            time.sleep(1)
        load.wait_for_another(200)

    assert load.writer.lost() == []
    assert half_done() == []


def test_a_process_that_was_stopped_answers_late_and_loses_nothing(site):
    with Load(site) as load:
        load.wait_for_another(200)
        stopped = workers(site)[0]
        stopped.suspend()
        time.sleep(3)
        stopped.resume()
        assert site.seconds_until_ready() < site.ready_within
        load.wait_for_another(200)

    assert load.strange == set()
    assert load.writer.lost() == []
    assert half_done() == []


def test_a_process_that_hangs_is_killed_and_replaced_as_any_other(site):
    hangs = workers(site)[0]
    hangs.suspend()
    hangs.kill()
    killed = time.monotonic()
    while any(answers(site, path) != 200 for path in READ * 3):
        assert time.monotonic() - killed < site.ready_within
        time.sleep(0.05)
