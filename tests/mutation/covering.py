"""Which test runs which line: recorded once, and asked for each mutant.

A test that runs the line of a check is the likeliest to miss it when it is gone, and of
those the quickest comes first.
"""

import json
from pathlib import Path

import pytest

from tests.mutation.mutants import ROOT, Mutant

SLOW = "tests/matrix/"


class Recorder:
    """A plugin of pytest: notes the lines of some modules that each test runs."""

    def __init__(self, modules: list[str]) -> None:
        import coverage

        self.modules, self.seconds = modules, {}
        self.coverage = coverage.Coverage(
            data_file=None,
            config_file=False,
            include=[str(ROOT / path) for path in modules],
        )
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

    def write(self, into: Path) -> None:
        self.coverage.stop()
        data, lines = self.coverage.get_data(), {}
        for path in self.modules:
            ran = data.contexts_by_lineno(str(ROOT / path))
            lines[path] = {line: [one for one in by if one] for line, by in ran.items()}
        into.write_text(json.dumps({"lines": lines, "seconds": self.seconds}))


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
