"""How long the desk's lists, its home, its grid and its reports take on a large site.

    .venv/bin/python tests/benchmarks/lists.py [CONDITIONS] [QUESTIONS]
    .venv/bin/python tests/postgres.py .venv/bin/python tests/benchmarks/lists.py

Asked on a site of 10 conditions and 10 questions first, then on the large one: how many
queries each screen takes must be the same on both. Exit code 1 where they differ.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
SMALL, LARGE = (10, 10), (2_000, 30)
SCREENS = {
    "home": "/admin/",
    "summaries": "/admin/editorial/summary/",
    "in review": "/admin/editorial/summary/?state=in_review",
    "overdue": "/admin/editorial/summary/?due=overdue",
    "due in 90 days": "/admin/editorial/summary/?due=90",
    "lapsing": "/admin/editorial/summary/?lapsing=90",
    "withdrawn": "/admin/editorial/summary/?public=withdrawn",
    "grid": "/admin/coverage/",
    "grid, a letter": "/admin/coverage/?letter=D",
    "reports": "/admin/reports/",
    "corrections": "/corrections/",
}


class Counted:
    """Notes how long each query took; with SLOWEST in the environment, tells of it."""

    def __init__(self):
        self.seconds = []

    def __call__(self, execute, sql, params, many, context):
        started = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.seconds.append(time.perf_counter() - started)
            if self.seconds[-1] > float(os.environ.get("SLOWEST") or 3600):
                print(f"{self.seconds[-1]:.2f} s: {sql}\n", file=sys.stderr)


def asked(editor):
    """Return, for each screen, its queries, its bytes and the best of three times."""
    from django.db import connection
    from django.test import Client

    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(editor)
    found = {}
    for name, address in SCREENS.items():
        with connection.execute_wrapper(counted := Counted()):
            answer = client.get(address)
        assert answer.status_code == 200, (name, answer.status_code)
        times = []
        for _ in range(3):
            started = time.perf_counter()
            client.get(address)
            times.append(time.perf_counter() - started)
        found[name] = (len(counted.seconds), len(answer.content), min(times))
    return found


def main(large):
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory(prefix="lists") as folder:
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        results = []
        for size in (SMALL, large):
            results.append(measured(size, folder))
    return told(*results)


def measured(size, folder):
    import django
    from django.core.management import call_command
    from django.db import connection

    if not django.apps.apps.ready:
        django.setup()
    connection.close()
    if connection.vendor == "sqlite":
        name = str(Path(folder) / f"{size[0]}.sqlite3")
        connection.settings_dict["NAME"] = name
    call_command("migrate", verbosity=0)
    from tests.benchmarks.large_site import fill

    editor = fill(*size)
    return asked(editor)


def told(small, large):
    differ = False
    print("screen              queries      KB     small     large   ratio")
    for name in SCREENS:
        (few, _, quick), (many, size, slow) = small[name], large[name]
        differ = differ or few != many
        queries = f"{few}" if few == many else f"{few} → {many}"
        print(
            f"{name:18} {queries:>9} {size / 1000:7.0f} {quick * 1000:6.0f} ms "
            f"{slow * 1000:6.0f} ms {slow / quick:7.1f}"
        )
    return int(differ)


if __name__ == "__main__":
    given = tuple(int(word) for word in sys.argv[1:])
    sys.exit(main(given if len(given) == 2 else LARGE))
