"""The mutation gate: takes each check out in turn, and names those that no test misses.

Run by `make mutants`. What stands in functions is judged warm (warm.py). What that
leaves, and what its tests did not notice there, is judged cold: everything heavy is
imported once, here, and each mutant is a fork in which its module is imported without
the check, with the cells of the table that are asked for the module.

The guards of the database are not judged here: test_no_guard_is_dead of
tests/attack/test_attacks.py takes out each of them, on both engines.

python -m tests.mutation.gate [PATTERNS…]  only mutants whose name matches one of them
"""

import importlib
import json
import os
import re
import sys
import tempfile
import time
from functools import partial
from importlib.machinery import PathFinder, SourceFileLoader
from pathlib import Path

from tests.mutation import mutants, verdicts
from tests.mutation.equivalent import EQUIVALENT
from tests.mutation.forks import fork, own_database, verdict, wait_for
from tests.mutation.mapped import cells_of, killers_of
from tests.mutation.mutants import ROOT, Mutant
from tests.mutation.warm import Judge, files_of

WORKERS = int(os.environ.get("WORKERS", 0)) or os.cpu_count() or 1
# What every fork needs, and no module of ours among it.
HEAVY = (
    *(
        "pytest",
        "markdown_it",
        "nh3",
        "yaml",
        "environs",
        "psycopg",
        "whitenoise.middleware",
    ),
    *("django.core.handlers.wsgi", "django.contrib.admin", "django.forms"),
    *("django.template.loader_tags", "django.test", "django.db.migrations.executor"),
)
QUIET = ("-x", "-q", "--no-header", "-p", "no:cacheprovider", "-p", "no:xdist")


class Mutated(SourceFileLoader):
    """Loads a module without one of its checks."""

    mutant: Mutant

    def get_code(self, fullname):
        return compile(self.mutant.tree(), self.path, "exec")


class Finder(PathFinder):
    mutant: Mutant

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        spec = super().find_spec(fullname, path, target)
        if spec and spec.origin == str(ROOT / cls.mutant.path):
            spec.loader = Mutated(fullname, spec.origin)
            spec.loader.mutant = cls.mutant
        return spec


def main(patterns: list[str]) -> int:
    for name in HEAVY:
        importlib.import_module(name)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PYTEST_DEBUG_TEMPROOT"] = folder
        prepared = Path(folder) / "prepared.sqlite3"
        prepare(prepared)
        chosen = [
            one
            for one in mutants.found()
            if any(re.search(words, one.name) for words in patterns or [""])
        ]
        equal = [one for one in chosen if one.plain_name in EQUIVALENT]
        before = verdicts.killed_before(chosen)
        left = [one for one in chosen if one not in equal and one not in before]
        alive, cold = judge_warm(left, prepared)
        alive += judge_cold(cold, prepared)
    print(
        f"\n{len(chosen)} mutants: {len(left) - len(alive)} killed, "
        f"{len(before)} killed before, {len(equal)} equivalent, {len(alive)} alive"
    )
    print("\n".join(alive))
    return 1 if alive else 0


def prepare(place: Path) -> None:
    """Make a migrated database for the forks to copy."""

    def make():
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command
        from django.db import connection

        settings.DATABASES["default"]["NAME"] = str(place)
        connection.settings_dict["NAME"] = str(place)
        call_command("migrate", verbosity=0)
        connection.close()

    if wait_for(fork(make, place.with_suffix(".out"))):
        sys.exit(place.with_suffix(".out").read_text())


def judge_warm(chosen: list[Mutant], prepared: Path) -> tuple[list[str], list[Mutant]]:
    """Judge in forks of a process that has imported all.

    Return the names of those that are alive or hung, and what has to be judged cold.
    """
    files = sorted({file for one in chosen for file in files_of(one)})
    if not files:
        return [], chosen
    own = os.fdopen(os.dup(1), "w")
    judge = Judge(chosen, prepared, WORKERS, partial(print, file=own, flush=True))
    out = prepared.with_name("warm.out")
    if wait_for(fork(lambda: pytest_run([*files, "-s"], prepared, judge), out, 0)):
        sys.exit(f"The tests were not judged:\n{out.read_text()[-4000:]}")
    left = json.loads(prepared.with_name("left.json").read_text())
    alive = [name for name, word in left.items() if word != "cold"]
    return alive, [one for one in chosen if left.get(one.name) == "cold"]


def judge_cold(chosen: list[Mutant], prepared: Path) -> list[str]:
    """Judge each in a process that imports its module; name those not killed."""
    running, alive, waiting, began = {}, [], list(chosen), 0
    while waiting or running:
        while waiting and len(running) < WORKERS:
            mutant, began = waiting.pop(0), began + 1
            out = prepared.with_name(f"{began}.cold")
            act = partial(imported_without, mutant, prepared)
            running[fork(act, out)] = mutant, out, time.monotonic()
        pid, status = os.wait()
        mutant, out, since = running.pop(pid)
        word, by = verdict(status, out)
        if word == "killed":
            verdicts.keep(mutant)
        else:
            alive.append(mutant.name)
        print(verdicts.line(word, since, mutant, by), flush=True)
    return alive


def imported_without(mutant: Mutant, prepared: Path) -> int:
    Finder.mutant = mutant
    sys.meta_path.insert(0, Finder)
    os.environ["CELLS"] = cells_of(mutant.path)
    return pytest_run([*killers_of(mutant.path)], prepared)


def pytest_run(args: list[str], prepared: Path, *plugins: object) -> int:
    import pytest

    os.environ.pop("DATABASE_URL", None)  # PostgreSQL has no part here
    with own_database(prepared):
        return int(pytest.main([*QUIET, "--reuse-db", *args], [*plugins]))


if __name__ == "__main__":
    began = time.monotonic()
    code = main(sys.argv[1:])
    print(f"{time.monotonic() - began:.0f} s")
    sys.exit(code)
