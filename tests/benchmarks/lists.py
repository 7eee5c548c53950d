"""How long the screens that show many things take on a large site.

    .venv/bin/python tests/benchmarks/lists.py [CONDITIONS QUESTIONS [REVISIONS]]
    .venv/bin/python tests/postgres.py .venv/bin/python tests/benchmarks/lists.py

Asked on a site of 10 conditions and 10 questions first, then on the large one: how many
queries each screen takes must be the same on both. Exit code 1 where they differ.
`verify` must find both sites good. SLOWEST=0.5 tells of queries over half a second,
ONLY=home of screens with that word; KEEP=folder keeps the sites of SQLite there, and
takes those that it finds.
"""

import os
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
SMALL, LARGE = (10, 10), (2_000, 30)


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


def asked():
    """Return by person and screen its queries, bytes and the best of three times."""
    from tests.benchmarks.screens import addresses

    clients, found = _clients(), {}
    for who, name, address in addresses():
        if os.environ.get("ONLY", "") in f"{who}: {name}":
            found[who, name] = _measured(clients[who], address)
    return found


def _clients():
    from django.test import Client

    from editorial.models import User

    names = {"editor": "maren", "writer": "tomas", "reviewer": "ines"}
    clients = {"reader": Client(HTTP_HOST="127.0.0.1")}
    for who, username in {**names, "people": "people"}.items():
        clients[who] = Client(HTTP_HOST="127.0.0.1")
        clients[who].force_login(User.objects.get(username=username))
    return clients


def _measured(client, address):
    from django.db import connection

    with connection.execute_wrapper(counted := Counted()):
        answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    times = []
    for _ in range(3):
        started = time.perf_counter()
        client.get(address)
        times.append(time.perf_counter() - started)
    return len(counted.seconds), len(answer.content), min(times)


def main(large):
    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    with tempfile.TemporaryDirectory(prefix="lists") as folder:
        results, folder = [], os.environ.get("KEEP") or folder
        for size in (SMALL, large):
            with database(size, folder):
                results.append(_site(size))
    return told(*results)


@contextmanager
def database(size, folder):
    """Let there be an empty database of that size’s own while it is needed."""
    import django
    from django.apps import apps
    from django.db import connection

    if not apps.ready:
        django.setup()
    connection.close()
    named = connection.settings_dict
    if connection.vendor == "sqlite":
        named["NAME"] = str(Path(folder) / f"{size[0]}.sqlite3")
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE lists_{size[0]}")
    connection.close()
    was, named["NAME"] = named["NAME"], f"lists_{size[0]}"
    yield
    connection.close()
    named["NAME"] = was


def _site(size):
    from django.core.management import call_command

    from editorial.models import User
    from tests.benchmarks.large_site import fill

    call_command("migrate", verbosity=0)
    if not User.objects.exists():
        fill(*size)
    found = asked()
    call_command("verify")
    return found


def told(small, large):
    differ = False
    print(
        "screen                              queries      KB     small     large  ratio"
    )
    for screen in small:
        (few, _, quick), (many, size, slow) = small[screen], large[screen]
        differ = differ or few != many
        queries = f"{few}" if few == many else f"{few} → {many}"
        print(
            f"{': '.join(screen):34} {queries:>9} {size / 1000:7.0f} "
            f"{quick * 1000:6.0f} ms {slow * 1000:6.0f} ms {slow / quick:6.1f}"
        )
    return int(differ)


if __name__ == "__main__":
    given = tuple(int(word) for word in sys.argv[1:])
    sys.exit(main(given if len(given) >= 2 else LARGE))
