"""How long acts of the desk take beside Wagtail's, each in a process of its own.

    PYTHONPATH=. .venv/bin/python tests/benchmarks/acts.py

Ours and theirs take turns, for ROUNDS, on core 0, where the database's server stands
too: where it stands on the other, most of an act is the waking of a core for each
statement. Not the same work: ours writes history, log, Merkle tree, signature, edition,
proof and the printed page, under guards; Wagtail's writes revision, log entries, the
reference index and the search index. What a person does is compared: a draft is saved;
a text is saved and made public, by whoever may, with a password checked beforehand on
both sides; its history is looked at.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks import chart
from tests.benchmarks.beside_wagtail.wagtail_serving import BIN, PROJECT, installed
from tests.benchmarks.processes import keep_on
from tests.benchmarks.sites import PYTHON, ROOT, database

ROUNDS = int(os.environ.get("ROUNDS", "5"))
NAMES = {
    "saved": "a draft is saved",
    "published": "saved, and published",
    "signed": "signed (nothing like it there)",
    "history": "its history, of 500 revisions",
}


def main():
    installed()
    keep_on(0)
    found = {"ours": {}, "theirs": {}}
    with tempfile.TemporaryDirectory(prefix="acts") as folder:
        sides = [side(Path(folder)) for side in (ours, theirs)]
        for _ in range(ROUNDS):
            for name, (command, how) in zip(found, sides, strict=True):
                said = subprocess.run(command, check=True, capture_output=True, **how)
                for act, taken in json.loads(said.stdout).items():
                    found[name].setdefault(act, []).extend(taken)
    told(found)


def ours(folder):
    environment = os.environ | {"DATABASE_URL": database(folder, "acts_ours")}
    command = [PYTHON, "-m", "tests.benchmarks.our_acts"]
    return command, {"cwd": ROOT, "env": environment}


def theirs(folder):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "answers.settings",
        "DATABASE_URL": database(folder, "acts_theirs"),
        "SECRET_KEY": "measured " * 8,
        "WAGTAIL_FOLDER": str(folder),
    }
    how = {"cwd": PROJECT, "env": environment}
    for command in ("migrate", "fill --pages=20", "collectstatic --no-input"):
        whole = [BIN / "python", "manage.py", *command.split(), "--verbosity=0"]
        subprocess.run(whole, check=True, stdout=subprocess.DEVNULL, **how)
    return [BIN / "python", "manage.py", "measure"], how


def told(found):
    engine = os.environ.get("DATABASE_URL", "sqlite").partition(":")[0]
    engine = "PostgreSQL" if engine.startswith("postgres") else "SQLite"
    print(
        f"{engine}: median milliseconds of an act, ours and Wagtail 8's, and the ratio"
    )
    chart.keep(
        f"acts-{engine.lower()}",
        f"Acts of the desk, on {engine}",
        "microseconds",
        [*rows(found)],
    )
    for act, name in NAMES.items():
        ours = statistics.median(found["ours"][act]) * 1000
        beside = ""
        if act in found["theirs"]:
            theirs = statistics.median(found["theirs"][act]) * 1000
            beside = f"{theirs:7.1f}  {ours / theirs:.2f}"
        print(f"  {name:31} {ours:7.1f} {beside}")


def rows(found):
    """Yield each act that has a counterpart, theirs and ours, in microseconds."""
    for act, taken in found["theirs"].items():
        theirs = chart.Measured(f"Wagtail 8: {NAMES[act]}", _micro(taken))
        yield theirs._replace(beside=theirs)
        yield chart.Measured(NAMES[act], _micro(found["ours"][act]), theirs)


def _micro(seconds):
    return [one * 1e6 for one in seconds]


if __name__ == "__main__":
    sys.exit(main())
