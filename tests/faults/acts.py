"""A process that acts without a pause, each act acknowledged as soon as it stands."""

import json
import os
import signal
import time
from contextlib import contextmanager
from itertools import count

from django.db import connections

from editorial import publishing, workflow
from editorial.dossier import Dossier
from editorial.manuscript import page_of
from editorial.models import Summary
from editorial.states import Status
from tests.builders import BODY, Desk, fresh, make_question, make_reviewer, sign


class Newsroom:
    """Two summaries that go round and round, of which one needs two signatures."""

    def __init__(self):
        self.desk = Desk()
        self.second = make_reviewer("omar", "Omar Reyes")
        self.rows = [self.desk.draft().pk]
        self.desk.question = make_question(
            self.desk.editor,
            slug="treatment",
            pattern="How is {condition} treated?",
            signatures_required=2,
        )
        self.rows.append(self.desk.draft().pk)

    def next_act(self, number):
        """Do what comes next for one of them; return what now stands."""
        row = Summary.objects.get(pk=self.rows[number % len(self.rows)])
        made = {
            Status.DRAFT: self._write,
            Status.IN_REVIEW: self._sign,
            Status.REVIEWED: self._publish,
        }[row.status](row, number)
        row = fresh(row)
        return {"summary": row.pk, "revision": row.revision, **(made or {})}

    def _write(self, row, number):
        if row.revision % 4 == 3:
            workflow.submit_for_review(row, by=self.desk.writer)
        else:
            self.desk.revise(row, f"{BODY}\n\nWritten in turn {number}.")

    def _sign(self, row, number):
        given = len(Dossier(row).signatures)
        made = sign(row, by=(self.desk.reviewer, self.second)[given])
        return {"sign_off": made.pk}

    def _publish(self, row, number):
        """Live, withdrawn, live again, then on to the next edition."""
        by = self.desk.editor
        last = page_of(row).publications.last()
        if last.kind == "withdrawn":
            made = publishing.reinstate(row, by=by, reason="Checked.")
        elif last.kind == "published":
            made = publishing.withdraw(row, by=by, reason="A count.", note="Checking.")
        else:
            workflow.start_revision(row, by=self.desk.writer)
            return None
        return {"publication": made.pk}


class Acting:
    """The process, and what it has acknowledged."""

    def __init__(self, pid, pipe):
        self.pid, self.pipe, self.heard = pid, pipe, b""
        self.is_over = False

    def wait(self, acts=1, patience=20):
        """Return once it has acknowledged so many acts."""
        until = time.monotonic() + patience
        while len(self.acknowledged()) < acts:
            assert time.monotonic() < until, "it acknowledges nothing"
            time.sleep(0.005)

    def acknowledged(self):
        """Every act that it said to stand, until now or until its end."""
        while not self.is_over and (piece := self._read()):
            self.heard += piece
        return [json.loads(line) for line in self.heard.split(b"\n")[:-1]]

    def _read(self):
        try:
            return os.read(self.pipe, 1 << 16)
        except BlockingIOError:
            return b""

    def kill(self):
        """End it as the kernel does when memory runs out: at once, wherever it is."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        self.acknowledged()
        os.close(self.pipe)
        self.is_over = True


@contextmanager
def acting(newsroom, start=0):
    """Yield an Acting that is at work until it is killed at the end."""
    connections.close_all()  # what is open would be shared with it
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    if not (pid := os.fork()):
        _act_until_killed(newsroom, start, writing)
    os.close(writing)
    process = Acting(pid, reading)
    try:
        yield process
    finally:
        process.kill()


def _act_until_killed(newsroom, start, pipe):
    try:
        for number in count(start):
            said = newsroom.next_act(number)
            os.write(pipe, json.dumps(said).encode() + b"\n")
    except BaseException as error:
        os.write(pipe, json.dumps({"error": repr(error)}).encode() + b"\n")
        time.sleep(60)
    finally:
        os._exit(1)
