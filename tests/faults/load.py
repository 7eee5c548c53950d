"""Readers and a writer who do not pause, and what each was answered."""

import threading
import time

from conditions import markup
from editorial.models import Summary
from editorial.states import Status
from tests.faults.sites import A_PAGE, is_clear

READ = (A_PAGE, "/", "/conditions/", f"{A_PAGE}review.json")


class Writer:
    """Somebody at the desk, and the texts that they were told to be kept."""

    def __init__(self, site):
        open_for_writing = Summary.objects.filter(
            status=Status.DRAFT, set_aside=False
        ).exclude(body="")
        self.pk = open_for_writing.values_list("pk", flat=True)[0]
        self.form = f"/admin/editorial/summary/{self.pk}/change/"
        self.walker, self.kept, self.turn = site.walker("writer"), [], 0

    def move_to(self, site):
        """Go on at another server of the same database, under the same login."""
        self.walker._visit, self.walker.origin = site.visit, site.address

    def save(self):
        """Type another text and save it; return the last answer."""
        self.turn += 1
        typed = f"Typed in turn {self.turn}."
        if self.walker.go(self.form) == 200 and self.send(typed) == 200:
            self.kept.append(typed)
        return self.walker.answer

    def open(self):
        assert self.walker.go(self.form) == 200

    def send(self, typed):
        # A day on which evidence was searched is refused by a clock that is behind it.
        return self.walker.submit(body=typed, evidence_searched_on="")

    def lost(self):
        """Return what they were told to be kept, and is in no revision."""
        bodies = set(Summary.history.filter(id=self.pk).values_list("body", flat=True))
        return [text for text in self.kept if markup.normalise(text) not in bodies]


class Load:
    """Two readers and a writer in threads of their own, while the block lasts."""

    def __init__(self, site):
        self.site, self.writer = site, Writer(site)
        self.answers, self.strange = {200: 0, 503: 0}, set()
        self._over = threading.Event()

    def __enter__(self):
        jobs = (self._read, self._read, self._write)
        self._threads = [threading.Thread(target=job) for job in jobs]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error):
        self._over.set()
        for thread in self._threads:
            thread.join()

    def wait_for_another(self, status, patience=20):
        """Return once somebody is answered so again."""
        before, until = self.answers[status], time.monotonic() + patience
        while self.answers[status] == before:
            assert time.monotonic() < until, f"nobody is answered {status}"
            time.sleep(0.01)

    def wait_for_a_save(self, patience=60):
        """Return once the writer is told of another text that it is kept."""
        before, until = len(self.writer.kept), time.monotonic() + patience
        while len(self.writer.kept) == before:
            assert time.monotonic() < until, "no save is answered 200"
            time.sleep(0.01)

    def _read(self):
        while not self._over.is_set():
            for path in READ:
                self._note(path, lambda path=path: self.site.visit(path))

    def _write(self):
        while not self._over.is_set():
            self._note("a save", self.writer.save)

    def _note(self, what, ask):
        try:
            answer = ask()
        except Exception as error:
            self.strange.add(f"{what}: {error!r}")
            return
        if answer.status == 200 or is_clear(answer):
            self.answers[answer.status] += 1
        else:
            self.strange.add(f"{what}: {answer.status} {answer.body[:200]}")
