"""`verify` sees one moment of the database, and holds nobody up."""

import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from editorial import log, verifying
from tests.builders import Desk, tamper


def elsewhere(act):
    """Do something on a connection of its own, as another process would."""

    def done():
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(done).result(timeout=30)


@pytest.mark.django_db(transaction=True)
def test_others_write_while_it_reads_and_are_not_seen():
    desk = Desk()
    size = log.size()

    with verifying.snapshot():
        assert log.size() == size
        elsewhere(lambda: log.enter("looked_at", by=desk.editor))
        report = verifying.verify()

    assert report.is_good
    assert report.head.size == size
    assert verifying.verify().head.size == size + 1


@pytest.mark.django_db(transaction=True)
def test_writing_goes_on_as_before_afterwards():
    desk = Desk()
    verifying.verify()

    assert log.enter("looked_at", by=desk.editor).number == log.size()


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.django_db
@pytest.mark.parametrize(("stderr", "bar"), [(Terminal, True), (io.StringIO, False)])
def test_a_bar_of_progress_is_for_a_terminal(stderr, bar, monkeypatch):
    Desk()
    shown = stderr()
    monkeypatch.setattr("sys.stderr", shown)

    call_command("verify", stdout=io.StringIO())

    assert ("rows" in shown.getvalue()) is bar


@pytest.mark.django_db
def test_a_database_without_tables_is_answered_with_a_sentence():
    tamper("ALTER TABLE editorial_logentry RENAME TO away")

    with pytest.raises(CommandError, match=r"did manage\.py migrate run\?"):
        call_command("verify")
