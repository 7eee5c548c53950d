"""How long `backup` and `restore` take over 100,000 revisions, and how large a copy is.

    .venv/bin/python tests/benchmarks/copying.py [REVISIONS]
    .venv/bin/python tests/postgres.py .venv/bin/python tests/benchmarks/copying.py

The site is made as that of verifying.py. `restore` verifies every row: both are told.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]


def timed(what, act):
    before = time.perf_counter()
    done = act()
    print(f"  {what:<8} {time.perf_counter() - before:6.1f} s", flush=True)
    return done


def main(revisions):
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory(prefix="copying") as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/db.sqlite3")
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        import django

        django.setup()
        from django.db import connection

        from editorial import backups, verifying
        from tests.benchmarks.verifying import fill
        from tests.databases import elsewhere

        fill(revisions)
        print(f"{connection.vendor}, {revisions} revisions:", flush=True)
        copy = timed("backup", lambda: backups.back_up(Path(folder)))
        print(f"  {copy.stat().st_size / 1e6:.0f} MB", flush=True)
        with elsewhere(f"{folder}/new.sqlite3"):
            timed("restore", lambda: backups.restore(copy))
            timed("verify", verifying.verify)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 100_000)
