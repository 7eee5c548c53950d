"""The mutation gate: takes each check out in turn, and names those that no test misses.

Run by `make mutants`. Everything heavy is imported once, here; each mutant is a fork of
this process, in which the module is imported without the check.

python -m tests.mutation.gate [WORDS…]   only mutants whose name has one of the words,
                                       and no look first at whether the tests pass
"""

import importlib
import os
import shutil
import signal
import sys
import tempfile
import time
from importlib.machinery import PathFinder, SourceFileLoader
from pathlib import Path

from tests.mutation import mutants
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


def main(words: list[str]) -> int:
    for name in HEAVY:
        importlib.import_module(name)
    with tempfile.TemporaryDirectory() as folder:
        prepared = Path(folder) / "prepared.sqlite3"
        every = [*mutants.found(), *mutants.of_guards(prepare(prepared))]
        chosen = [m for m in every if not words or any(w in m.name for w in words)]
        if not words:
            baseline(chosen, prepared)
        return tell(chosen, run(chosen, prepared))


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


def baseline(chosen: list[Mutant], prepared: Path) -> None:
    """Stop unless the tests pass while nothing is taken out."""
    files = sorted({file for one in chosen for file in killers_of(one.path)})
    outs = {}
    for n in range(WORKERS):
        out = prepared.with_name(f"{n}.baseline")
        part = files[n::WORKERS]
        outs[fork(lambda p=part: pytest_run(p, prepared) if p else 0, out)] = out
    for pid, out in outs.items():
        if wait_for(pid):
            sys.exit(f"The tests fail before anything is taken out:\n{out.read_text()}")


def run(chosen: list[Mutant], prepared: Path) -> dict[str, str]:
    """Return what became of each mutant, some at a time."""
    running, became = {}, {}
    waiting = sorted(chosen, key=lambda one: one.path)
    while waiting or running:
        while waiting and len(running) < WORKERS:
            mutant = waiting.pop(0)
            out = prepared.with_name(f"{len(became) + len(running)}.out")
            running[fork(lambda m=mutant: mutated(m, prepared), out)] = mutant, out
        pid, status = os.wait()
        mutant, out = running.pop(pid)
        became[mutant.name] = verdict(status, out)
        print(f"{became[mutant.name]:9} {mutant.name}", flush=True)
    return became


def mutated(mutant: Mutant, prepared: Path) -> int:
    Finder.mutant = mutant
    sys.meta_path.insert(0, Finder)
    os.environ["CELLS"] = cells_of(mutant.path)
    files = killers_of(mutant.path)
    return pytest_run(files, prepared) if files else 0


def pytest_run(files, prepared: Path) -> int:
    import pytest

    # Named for the process, as tests/settings.py names it; PostgreSQL has no part here.
    os.environ.pop("DATABASE_URL", None)
    database = ROOT / "var" / f"tests-{os.getpid()}.sqlite3"
    database.parent.mkdir(exist_ok=True)
    shutil.copy(prepared, database)
    try:
        return int(pytest.main([*QUIET, "--reuse-db", *files]))
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


def verdict(status: int, out: Path) -> str:
    """Killed by a test that failed; by hanging; or not at all."""
    if os.WIFSIGNALED(status):
        return "hung"
    code = os.WEXITSTATUS(status)
    said = out.read_text()
    if code not in (0, 1):
        return "killed" if "error" in said.lower() else "strange"
    return "killed" if code else "SURVIVED"


def tell(chosen: list[Mutant], became: dict[str, str]) -> int:
    alive = [one.name for one in chosen if became[one.name] in ("SURVIVED", "strange")]
    print(f"\n{len(chosen)} mutants, {len(alive)} alive")
    print("\n".join(alive))
    return 1 if alive else 0


if __name__ == "__main__":
    began = time.monotonic()
    code = main(sys.argv[1:])
    print(f"{time.monotonic() - began:.0f} s")
    sys.exit(code)
