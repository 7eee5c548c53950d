"""Processes that judge one mutant each, with a database of their own."""

import os
import re
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.mutation.mutants import ROOT

LONGEST = 600  # seconds; a mutant that hangs was noticed by no test
NO_FUNCTION = 3  # the check stands in no function that is there already


def fork(act: Callable[[], int | None], out: Path, longest: int = LONGEST) -> int:
    """Run an act in a process of its own, writing into a file; return its number."""
    sys.stdout.flush()
    if pid := os.fork():
        return pid
    code = 99
    try:
        with out.open("w") as file:
            os.dup2(file.fileno(), 1)
            os.dup2(file.fileno(), 2)
        signal.alarm(longest)
        code = act() or 0
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def wait_for(pid: int) -> int:
    return os.waitpid(pid, 0)[1]


@contextmanager
def own_database(prepared: Path) -> Iterator[str]:
    """Copy the prepared database for this process, as tests/settings.py names it."""
    database = ROOT / "var" / f"tests-{os.getpid()}.sqlite3"
    database.parent.mkdir(exist_ok=True)
    shutil.copy(prepared, database)
    try:
        yield str(database)
    finally:
        for left in database.parent.glob(f"{database.name}*"):
            left.unlink()


def verdict(status: int, out: Path) -> tuple[str, str]:
    """Say killed, and by which test; cold, to be imported; or that no test did it."""
    if os.WIFSIGNALED(status):
        return "hung", ""
    code, said = os.WEXITSTATUS(status), out.read_text()
    if code == NO_FUNCTION:
        return "cold", ""
    if code == 0:
        return "SURVIVED", ""
    failed = re.search(
        r"^(?:FAILED|ERROR) tests/(?:\S*/)?(.{1,70})", said, re.MULTILINE
    )
    return ("killed", failed[1]) if failed else ("strange", "")
