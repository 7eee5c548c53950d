"""The mutation gate: takes each check out in turn, and names those that no test misses.

Run by `make mutants`. First the tests run with every check in place, and it is noted
which of them runs which line. Everything heavy is imported once, here; each mutant is a
fork of this process, in which the module is imported without the check. The tests that
run its lines are asked first, the others of its module where those notice nothing.

python -m tests.mutation.gate [PATTERNS…]  only mutants whose name matches one of them
"""

import importlib
import os
import re
import shutil
import signal
import sys
import tempfile
import time
from functools import partial
from importlib.machinery import PathFinder, SourceFileLoader
from pathlib import Path

from tests.mutation import mutants, verdicts
from tests.mutation.covering import Chooser, Covering, Recorder
from tests.mutation.equivalent import EQUIVALENT
from tests.mutation.mapped import cells_of, killers_of
from tests.mutation.mutants import ROOT, Mutant

WORKERS = int(os.environ.get("WORKERS", 0)) or os.cpu_count() or 1
LONGEST = 600  # seconds; a mutant that hangs is killed too
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
        prepared = Path(folder) / "prepared.sqlite3"
        every = [*mutants.found(), *mutants.of_guards(prepare(prepared))]
        chosen = [
            one
            for one in every
            if any(re.search(words, one.name) for words in patterns or [""])
        ]
        equal = [one for one in chosen if one.plain_name in EQUIVALENT]
        before = verdicts.killed_before(chosen)
        left = [one for one in chosen if one not in equal and one not in before]
        alive = run(left, baseline(left, prepared), prepared)
    print(
        f"\n{len(chosen)} mutants: {len(left) - len(alive)} killed, "
        f"{len(before)} killed before, {len(equal)} equivalent, {len(alive)} alive"
    )
    print("\n".join(alive))
    return 1 if alive else 0


def prepare(place: Path) -> list[str]:
    """Make a migrated database for the forks to copy; return its guards' names."""
    names = place.with_suffix(".names")

    def make():
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command
        from django.db import connection

        from editorial import guards

        settings.DATABASES["default"]["NAME"] = str(place)
        connection.settings_dict["NAME"] = str(place)
        call_command("migrate", verbosity=0)
        names.write_text("\n".join(guard.name for guard in guards.guards()))
        connection.close()

    if wait_for(fork(make, place.with_suffix(".out"))):
        sys.exit(place.with_suffix(".out").read_text())
    return names.read_text().split()


def baseline(chosen: list[Mutant], prepared: Path) -> Covering:
    """Say which test runs which line; stop unless all pass with nothing taken out."""
    modules = sorted({one.path for one in chosen})
    files = sorted({file for path in modules for file in killers_of(path)})
    outs = {}
    for n in range(WORKERS):
        out, into = (
            prepared.with_name(f"{n}.{kind}") for kind in ("baseline", "lines")
        )
        part, recorder = files[n::WORKERS], Recorder(modules, into)
        outs[fork(lambda p=part, r=recorder: pytest_run(p, prepared, r), out)] = (
            out,
            into,
        )
    for pid, (out, _) in outs.items():
        if wait_for(pid):
            sys.exit(f"The tests fail before anything is taken out:\n{out.read_text()}")
    return Covering([into for _, into in outs.values()])


def run(chosen: list[Mutant], covering: Covering, prepared: Path) -> list[str]:
    """Return the names of those that are alive; say what became of each as it goes."""
    running, alive = {}, []
    waiting = [(one, False) for one in sorted(chosen, key=lambda one: one.path)]
    began = 0
    while waiting or running:
        while waiting and len(running) < WORKERS:
            (mutant, rest), began = waiting.pop(0), began + 1
            tests, out = covering.tests_of(mutant), prepared.with_name(f"{began}.out")
            act = partial(
                mutated, mutant, Chooser(tests, rest=rest or not tests), prepared
            )
            running[fork(act, out)] = mutant, rest or not tests, out, time.monotonic()
        pid, status = os.wait()
        mutant, rest, out, since = running.pop(pid)
        word, by = verdict(status, out)
        if word == "SURVIVED" and not rest:
            waiting.insert(0, (mutant, True))
            continue
        if word in ("SURVIVED", "strange"):
            alive.append(mutant.name)
        elif word == "killed":
            verdicts.keep(mutant)
        seconds = time.monotonic() - since
        print(f"{word:8} {seconds:5.1f} s  {mutant.name}  {by}", flush=True)
    return alive


def mutated(mutant: Mutant, chooser: Chooser, prepared: Path) -> int:
    Finder.mutant = mutant
    sys.meta_path.insert(0, Finder)
    os.environ["CELLS"] = cells_of(mutant.path) if chooser.rest else ""
    files = [*killers_of(mutant.path)]
    if not chooser.rest:
        files = [one for one in files if any(t.startswith(one) for t in chooser.place)]
    return pytest_run(files, prepared, chooser)


def pytest_run(files: list[str], prepared: Path, plugin: object) -> int:
    if not files:
        return 0

    import pytest

    # Named for the process, as tests/settings.py names it; PostgreSQL has no part here.
    os.environ.pop("DATABASE_URL", None)
    database = ROOT / "var" / f"tests-{os.getpid()}.sqlite3"
    database.parent.mkdir(exist_ok=True)
    shutil.copy(prepared, database)
    try:
        return int(pytest.main([*QUIET, "--reuse-db", *files], [plugin]))
    finally:
        for left in database.parent.glob(f"{database.name}*"):
            left.unlink()


def fork(act, out: Path) -> int:
    """Run an act in a process of its own, writing into a file; return its number."""
    sys.stdout.flush()
    if pid := os.fork():
        return pid
    code = 99
    try:
        with out.open("w") as file:
            os.dup2(file.fileno(), 1)
            os.dup2(file.fileno(), 2)
        signal.alarm(0 if "baseline" in out.name else LONGEST)
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


def verdict(status: int, out: Path) -> tuple[str, str]:
    """Killed by which test; by hanging; or not at all."""
    if os.WIFSIGNALED(status):
        return "hung", ""
    code, said = os.WEXITSTATUS(status), out.read_text()
    if code in (0, 5):  # 5: no test was left to run
        return "SURVIVED", ""
    failed = re.search(
        r"^(?:FAILED|ERROR) tests/(?:\S*/)?(.{1,70})", said, re.MULTILINE
    )
    by = failed[1] if failed else ""
    return ("killed" if code == 1 or "error" in said.lower() else "strange"), by


if __name__ == "__main__":
    began = time.monotonic()
    code = main(sys.argv[1:])
    print(f"{time.monotonic() - began:.0f} s")
    sys.exit(code)
