"""The list of checks, and how one joins it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from editorial.checks.finding import Mark
from editorial.checks.ruleset import Rule
from editorial.checks.text import Text

Run = Callable[[Text, Rule], Iterator[Mark]]


@dataclass(frozen=True)
class Check:
    """One check: its code, what it asks for in one line, and how it looks."""

    code: str
    asks: str
    run: Run


CHECKS: dict[str, Check] = {}


def check(code: str) -> Callable[[Run], Run]:
    """Enter a function under a code; the first line of its docstring says what it asks.

    It takes a text and its rule, and yields a mark for each fault, in reading order.
    """

    def enter(run: Run) -> Run:
        if code in CHECKS:
            raise ValueError(f"Two checks are called {code}.")
        asks = (run.__doc__ or "").strip().split("\n")[0]
        CHECKS[code] = Check(code, asks, run)
        return run

    return enter
