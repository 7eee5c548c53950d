"""Judges mutants in forks of a process that has collected all their tests.

First the tests run with every check in place, and it is noted which of them runs which
line. Then, for each mutant, a fork gives the functions of its module the code that they
have without the check. A check that stands in no function is left to the gate.
"""

import gc
import json
import os
import time
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from types import CodeType, FunctionType

import pytest
from django.conf import settings
from django.db import connections

from conditions.often import Written
from tests.mutation import verdicts
from tests.mutation.covering import Covering, Recorder
from tests.mutation.forks import NO_FUNCTION, fork, own_database, verdict, wait_for
from tests.mutation.mapped import MATRIX, cells_of, killers_of
from tests.mutation.mutants import ROOT, Mutant


def files_of(mutant: Mutant) -> list[str]:
    """Return its test files but the table's, of which each module asks other lines."""
    return [file for file in killers_of(mutant.path) if file != MATRIX]


class Judge:
    """A plugin of pytest that judges mutants where the tests would run."""

    def __init__(
        self, chosen: list[Mutant], prepared: Path, workers: int, tell
    ) -> None:
        self.chosen, self.prepared, self.workers = chosen, prepared, workers
        self.tell, self.failed = tell, False

    def pytest_runtest_logreport(self, report):
        if report.failed:
            self.failed = True
            print(f"\nFAILED {report.nodeid}\n{report.longreprtext}", flush=True)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session):
        if session.testsfailed:
            return None  # not even collected: pytest says so
        from django.urls import get_resolver

        assert get_resolver().url_patterns  # imports the views, once for all
        # A check in a question that is written once would be run by one test alone.
        Written.__call__ = lambda self, own: self.write()
        self.items = session.items
        self.set_up(session)
        covering = self.baseline()
        orders = {one.name: self.order(one, covering) for one in self.chosen}
        self.control(orders)
        left = self.prepared.with_name("left.json")
        left.write_text(json.dumps(self.judge(orders)))
        return True

    def set_up(self, session: pytest.Session) -> None:
        """Make ready what lasts a session, above all the database: once for all."""
        ask = (i for i in self.items if i.get_closest_marker("django_db"))
        first = next(ask, self.items[0])
        with own_database(self.prepared) as name:
            work_on(name)
            first.config.hook.pytest_runtest_protocol(item=first, nextitem=session)
            connections["default"].close()
        if self.failed:
            pytest.exit(f"{first.nodeid} fails before anything is taken out")
        self.functions = functions_of({one.path for one in self.chosen})
        gc.freeze()

    def baseline(self) -> Covering:
        files = sorted({_file(item.nodeid) for item in self.items})
        pids, into = [], []
        for n in range(processes := min(self.workers, len(files))):
            mine = set(files[n::processes])
            part = [item for item in self.items if _file(item.nodeid) in mine]
            into.append(self.prepared.with_name(f"{n}.lines"))
            out = self.prepared.with_name(f"{n}.baseline")
            pids.append((fork(partial(self.record, part, into[n]), out, 0), out))
        for pid, out in pids:
            self.must_pass(wait_for(pid), out)
        return Covering(into)

    def record(self, items: list[pytest.Item], into: Path) -> int:
        recorder = Recorder(sorted({one.path for one in self.chosen}))
        items[0].config.pluginmanager.register(recorder)
        code = self.run(items)
        recorder.write(into)
        return code

    def control(self, orders: dict[str, list[pytest.Item]]) -> None:
        """The tests that come first for the mutants pass in that order without any."""
        first = dict.fromkeys(item for order in orders.values() for item in order[:1])
        out = self.prepared.with_name("control.out")
        self.must_pass(wait_for(fork(partial(self.run, list(first)), out, 0)), out)

    def must_pass(self, status: int, out: Path) -> None:
        if status:
            said = f"The tests fail before anything is taken out:\n{out.read_text()}"
            pytest.exit(said, returncode=1)

    def order(self, mutant: Mutant, covering: Covering) -> list[pytest.Item]:
        """Return the tests of a mutant that run its lines; no other can miss them."""
        files, items = files_of(mutant), {item.nodeid: item for item in self.items}
        mine = (one for one in covering.tests_of(mutant) if _file(one) in files)
        return [items[one] for one in mine]

    def judge(self, orders: dict[str, list[pytest.Item]]) -> dict[str, str]:
        """Return what became of those that were not killed; tell of the others."""
        running, left, waiting, began = {}, {}, list(self.chosen), 0
        while waiting or running:
            while waiting and len(running) < self.workers:
                mutant, began = waiting.pop(0), began + 1
                out = self.prepared.with_name(f"{began}.out")
                act = partial(self.without, mutant, orders[mutant.name])
                running[fork(act, out)] = mutant, out, time.monotonic()
            pid, status = os.wait()
            mutant, out, since = running.pop(pid)
            word, by = verdict(status, out)
            if word == "killed":
                verdicts.keep(mutant)
            else:
                if word == "strange" or cells_of(mutant.path):
                    word = "cold"  # cells of the table may notice, or an import
                left[mutant.name] = word
            if word != "cold":
                self.tell(verdicts.line(word, since, mutant, by))
        return left

    def without(self, mutant: Mutant, items: list[pytest.Item]) -> int:
        there = patched(mutant, self.functions[mutant.path])
        return self.run(items) if there else NO_FUNCTION

    def run(self, items: list[pytest.Item]) -> int:
        """Run the tests until one fails; return 1 where one does."""
        with own_database(self.prepared) as name:
            work_on(name)
            for item, following in pairwise([*items, None]):
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                if self.failed:
                    return 1
        return 0


def _file(test: str) -> str:
    return test.partition("::")[0]


def work_on(name: str) -> None:
    """Let the tests of this process work on the database of this file."""
    settings.DATABASES["default"]["TEST"]["NAME"] = name
    connections["default"].settings_dict["TEST"]["NAME"] = name
    connections["default"].settings_dict["NAME"] = name


def functions_of(paths: set[str]) -> dict[str, list[FunctionType]]:
    """Return every function that is there, by the module whose code it runs."""
    found: dict[str, list[FunctionType]] = {path: [] for path in paths}
    for one in gc.get_objects():
        # Its type as it is: a lazy object would look up what it stands for.
        if type(one) is FunctionType:
            path = one.__code__.co_filename.removeprefix(f"{ROOT}/")
            if path in found:
                found[path].append(one)
    return found


def patched(mutant: Mutant, functions: list[FunctionType]) -> bool:
    """Give the module's functions the mutant's code; say whether that was any."""
    path = str(ROOT / mutant.path)
    before = dict(_functions(compile(mutant.source, path, "exec")))
    after = dict(_functions(compile(mutant.tree(), path, "exec")))
    changed = {key: code for key, code in after.items() if code != before.get(key)}
    found = False
    for one in functions:
        code = changed.get(_key(one.__code__))
        if code and len(code.co_freevars) == len(one.__code__.co_freevars):
            one.__code__, found = code, True
    return found


def _functions(code: CodeType) -> Iterator[tuple[tuple[str, int], CodeType]]:
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield _key(one), one
            yield from _functions(one)


def _key(code: CodeType) -> tuple[str, int]:
    return code.co_qualname, code.co_firstlineno
