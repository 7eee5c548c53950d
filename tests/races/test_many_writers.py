"""Many writers on one text at once: nobody's words are lost, and everybody is told.

`WRITERS` and `EDITS` say how many there are; each has a connection of their own.
"""

import os
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from editorial import writing
from editorial.models import LostText
from editorial.writing import Conflict
from tests.builders import BODY, SHORT, Desk, fresh, make_writer
from tests.returning import Returner, change

WRITERS = int(os.environ.get("WRITERS", "3"))
EDITS = int(os.environ.get("EDITS", "3"))


@pytest.fixture
def desk(committed):
    return Desk()


@pytest.fixture
def writers(desk):
    return [make_writer(f"writer{n}", f"Writer {n}") for n in range(WRITERS)]


def words(writer, number):
    return f"{BODY}\n\nWords zq{writer.username}x{number}zq."


def at_once(work, people):
    """Let everybody work at once; return what came of each of their edits."""
    met = threading.Barrier(len(people))

    def alone(person):
        try:
            return list(work(person, met))
        except BaseException:
            met.abort()  # nobody waits for who will not come
            raise
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(people)) as pool:
        return [one for found in pool.map(alone, people) for one in found]


def look_into_it(summary, writers, told):
    """Say what is lost; every text saved is in history, every other one is kept."""
    bodies = list(fresh(summary).history.values_list("body", flat=True))
    kept = list(LostText.objects.values_list("body", flat=True))
    typed = [words(one, n) for one in writers for n in range(EDITS)]
    assert [text for text in typed if (text in bodies) == (text in kept)] == []
    assert (told.count("saved"), told.count("kept")) == (len(bodies) - 1, len(kept))
    assert len(told) == len(typed)


def test_no_text_is_lost_between_the_verbs(desk, writers, capsys):
    summary = desk.draft()

    def work(writer, met):
        for number in range(EDITS):
            seen = fresh(summary).revision
            met.wait()
            text = desk.text(words(writer, number))
            try:
                writing.revise(summary, by=writer, text=text, against=seen)
                yield "saved"
            except Conflict:
                yield "kept"

    told = at_once(work, writers)

    look_into_it(summary, writers, told)
    tell(told, capsys)


def tell(told, capsys):
    saved, kept = told.count("saved"), told.count("kept")
    with capsys.disabled():
        print(f"\n{connection.vendor}: {saved} texts saved, {kept} kept, 0 lost")
    assert kept >= EDITS


def test_no_text_is_lost_between_the_forms_of_the_desk(desk, writers, visit, capsys):
    summary = desk.draft()

    def work(writer, met):
        person = Returner(visit, writer.username)
        for number in range(EDITS):
            person.go(change(summary))
            met.wait()
            typed = words(writer, number)
            status = person.submit(body=typed, short_answer=SHORT, save="1")
            said = "your text is kept" in person.text
            assert (status, said) in ((200, False), (409, True)), person.text
            yield "kept" if said else "saved"

    told = at_once(work, writers)

    look_into_it(summary, writers, told)
    tell(told, capsys)
