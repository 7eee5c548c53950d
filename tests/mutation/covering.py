"""Which test runs which line: recorded once, and asked for each mutant.

A test that runs the line of a check is the likeliest to miss it, and of those the
quickest comes first. What no test runs as it stands (a decorator, a table that is made
at import) has all the tests of its module.
"""

import json
from pathlib import Path

import pytest

from tests.mutation.mutants import ROOT, Mutant

SLOW = ("tests/matrix/", "tests/attack/", "tests/tampering/")


class Recorder:
    """A plugin of pytest: notes the lines of some modules that each test runs."""

    def __init__(self, modules: list[str], into: Path) -> None:
        import coverage

        self.modules, self.into = modules, into
        self.seconds: dict[str, float] = {}
        self.coverage = coverage.Coverage(
            data_file=None,
            config_file=False,
            include=[str(ROOT / path) for path in modules],
        )

    def pytest_sessionstart(self):
        self.coverage.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item):
        self.coverage.switch_context(item.nodeid)
        try:
            return (yield)
        finally:
            self.coverage.switch_context("")

    def pytest_runtest_logreport(self, report):
        before = self.seconds.get(report.nodeid, 0)
        self.seconds[report.nodeid] = before + report.duration

    def pytest_sessionfinish(self):
        self.coverage.stop()
        data = self.coverage.get_data()
        lines = {}
        for path in self.modules:
            ran = data.contexts_by_lineno(str(ROOT / path))
            lines[path] = {line: [one for one in by if one] for line, by in ran.items()}
        self.into.write_text(json.dumps({"lines": lines, "seconds": self.seconds}))


class Covering:
    """What was recorded, by however many processes."""

    def __init__(self, recorded: list[Path]) -> None:
        self.parts = [json.loads(one.read_text()) for one in recorded]

    def tests_of(self, mutant: Mutant) -> list[str]:
        """Return the tests that run the lines of a check, the quickest first."""
        seconds = {}
        for part in self.parts:
            ran = part["lines"].get(mutant.path, {})
            for line in mutant.seen:
                for test in ran.get(str(line), ()):
                    seconds[test] = part["seconds"][test]
        return sorted(seconds, key=lambda test: (test.startswith(SLOW), seconds[test]))


class Chooser:
    """A plugin of pytest: runs these tests in this order, or all but these."""

    def __init__(self, tests: list[str], *, rest: bool) -> None:
        self.place, self.rest = {test: n for n, test in enumerate(tests)}, rest

    def pytest_collection_modifyitems(self, items):
        if self.rest:
            items[:] = [one for one in items if one.nodeid not in self.place]
        else:
            chosen = [one for one in items if one.nodeid in self.place]
            items[:] = sorted(chosen, key=lambda one: self.place[one.nodeid])
