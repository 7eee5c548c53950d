"""Each way to write is recorded right, or refused and nothing altered; or is none."""

from collections import Counter
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction

from conditions.write_once import RefusedWrite
from editorial import verifying
from editorial.models import LogEntry
from tests.attack.conftest import TRIED
from tests.attack.paths import Ends, Refused, as_it_stands
from tests.attack.write_paths import WAYS
from tests.builders import settle

# A ValueError comes from Django itself, where a row cannot be recorded.
REFUSALS = (DatabaseError, RefusedWrite, Refused, ValueError)


def done(way, world):
    """Do it as it would be committed; return how it was refused."""
    try:
        way.do(world)
        with transaction.atomic(), connection.cursor() as cursor:
            settle(cursor)
    except REFUSALS as refusal:
        return str(refusal).split("\n")[0] or type(refusal).__name__
    return ""


@contextmanager
def undone(way):
    """Leave nothing behind of a way that writes."""
    if not way.undone:
        yield
        return
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_a_way_to_write_ends_as_the_table_says(world, way):
    before, acts = as_it_stands(), LogEntry.objects.count()
    with undone(way):
        answer = done(way, world)
        TRIED.append(("write path", way.name[:45], f"{way.ends}: {answer}".strip(": ")))
        assert bool(answer) == (way.ends == Ends.REFUSED)
        if way.ends in (Ends.REFUSED, Ends.NO_SUCH_WAY):
            assert as_it_stands() == before
            return
        assert (way.ends == Ends.RECORDED) == (LogEntry.objects.count() > acts)
        found = verifying.verify().found.findings
    assert bool(found) == (way.ends == Ends.NAMED)


@pytest.mark.django_db
def test_the_table_has_every_way_once(world):
    names = Counter(way.name for way in WAYS)

    assert [name for name, count in names.items() if count > 1] == []
    assert len(names) >= 54
    assert verifying.verify().found.findings == {}
