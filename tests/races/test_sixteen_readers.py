"""Sixteen readers while a page is withdrawn, put back and published again and again.

`TRIALS` says how often. An answer that was asked for after an act was over is never of
before that act, and no answer is of two.
"""

import gzip
import hashlib
import logging
import os
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from editorial import publishing
from tests.builders import BODY, Desk
from tests.readers import HUB, PAGE

TRIALS = int(os.environ.get("TRIALS", "15"))
READERS = 16
# Acts on one page; a round begins with another site, since every answer of Django's
# reads all acts of its page.
A_ROUND = 250
ROUNDS = [min(A_ROUND, TRIALS - done) for done in range(0, TRIALS, A_ROUND)]
A_PAUSE = 0.01  # seconds between two reads, or Python lets nobody else act
AN_EDITION = 7  # trials, and then there is a new text
ADDRESSES = (PAGE, f"{PAGE}index.md", HUB)
MARK = re.compile(rb"zq\d+zq")


class Page:
    """A page, what each act made of it, and which act began and which is over."""

    def __init__(self):
        self.desk = Desk()
        self.summary = self.desk.live(body=f"{BODY}\n\nWords zq0zq.")
        self.states, self.over = [(200, b"zq0zq")], 0

    def act(self, number):
        """Do one act; the state that it leads to may be seen from now on."""
        status, mark = self.states[-1]
        by, why = self.desk.editor, "A reason."
        if status == 410:
            self.states.append((200, mark))
            publishing.reinstate(self.summary, by=by, reason=why)
        elif number % AN_EDITION == 0:
            mark = f"zq{number}zq".encode()
            self.states.append((200, mark))
            text = f"{BODY}\n\nWords {mark.decode()}."
            self.summary = self.desk.new_edition(self.summary, text)
        else:
            self.states.append((410, mark))
            publishing.withdraw(self.summary, by=by, reason=why, note=f"Note {number}.")
        self.over = len(self.states) - 1

    def faults(self, address, answer, first, last):
        """Say what is wrong with an answer that was read from one act to another."""
        seen = self.states[first : last + 1]
        if answer.status not in (200, 404, 410):
            yield answer.status
        if answer.status != 404 and not is_whole(answer):
            yield "not the bytes that its tag names"
        if address == HUB:
            statuses = {{410: 404}.get(status, 200) for status, _ in seen}
            if answer.status not in statuses:
                yield f"{answer.status} where it was {statuses}"
            return
        marks = {*MARK.findall(answer.body)}
        shown = [(status, mark if status == 200 else b"") for status, mark in seen]
        if (answer.status, b"".join(marks)) not in shown:
            yield f"{answer.status} with {marks} where it was {shown}"


def is_whole(answer):
    """Say whether a body is the very one that its tag was given for.

    A tag is of the compressed body, which is the same for the same words.
    """
    made = hashlib.sha256(gzip.compress(answer.body, 6, mtime=0)).hexdigest()
    return answer.headers["ETag"] == f'"{made[:32]}-plain"'


@pytest.fixture
def page(committed, settings):
    settings.PUBLISH_ON_SIGN_OFF = True
    return Page()


@pytest.fixture
def unlogged():
    """What is logged of each answer pytest keeps until the end: gigabytes of it."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.usefixtures("unlogged")
@pytest.mark.parametrize("trials", ROUNDS)
def test_no_answer_is_older_than_the_act_before_it(page, visit, capsys, trials):
    stop, found, reads, printed = threading.Event(), [], [], []

    def read(number):
        count = 0
        while not stop.is_set():
            address = ADDRESSES[(number + count) % len(ADDRESSES)]
            first = page.over
            answer = visit(address, HTTP_ACCEPT_ENCODING="identity")
            last = len(page.states) - 1
            found.extend(
                (address, f) for f in page.faults(address, answer, first, last)
            )
            printed.append("X-Request-ID" not in answer.headers)
            count += 1
            time.sleep(A_PAUSE)
        reads.append(count)
        connections.close_all()

    began = time.monotonic()
    with ThreadPoolExecutor(READERS) as readers:
        going = [readers.submit(read, number) for number in range(READERS)]
        try:
            for number in range(1, trials + 1):
                page.act(number)
        finally:
            stop.set()
        for one in going:
            one.result()

    with capsys.disabled():
        print(
            f"\n{connection.vendor}: {trials} acts under {READERS} readers, "
            f"{sum(reads)} reads, {sum(printed)} of them printed, {len(found)} wrong, "
            f"{time.monotonic() - began:.0f} s"
        )
    assert found == []
    assert sum(printed) > 0
