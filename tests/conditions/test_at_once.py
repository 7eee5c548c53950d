"""A write that waits for nobody."""

import threading
import time

import pytest
from django.db import OperationalError, connection, connections, transaction

from conditions.at_once import at_once
from conditions.models import Printed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def held():
    """A row that somebody else is writing, in another connection."""
    Printed.objects.create(address="/")
    writing, done = threading.Event(), threading.Event()

    def write():
        with transaction.atomic():
            Printed.objects.filter(address="/").update(wanted=7)
            writing.set()
            done.wait(30)
        connections.close_all()

    other = threading.Thread(target=write)
    other.start()
    assert writing.wait(30)
    yield
    done.set()
    other.join()


def test_it_is_written_where_nobody_is_in_the_way():
    with at_once():
        Printed.objects.create(address="/")

    assert Printed.objects.count() == 1


def test_it_is_left_out_where_somebody_is(held):
    began = time.monotonic()
    with pytest.raises(OperationalError), at_once():
        Printed.objects.filter(address="/").update(wanted=3)

    assert time.monotonic() - began < 10  # the usual wait is 20 s


def test_other_writes_wait_as_long_as_ever_afterwards(held):
    with pytest.raises(OperationalError), at_once():
        Printed.objects.filter(address="/").update(wanted=3)

    with connection.cursor() as cursor:
        lite = connection.vendor == "sqlite"
        cursor.execute("PRAGMA busy_timeout" if lite else "SHOW lock_timeout")
        assert cursor.fetchone() == ((20_000,) if lite else ("0",))
