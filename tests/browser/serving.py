"""The demonstration behind the real server, on a port and a database of its own."""

import os
import secrets
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from editorial.environment import BASE_DIR

NOTICE = "Demonstration: not medically reviewed"
MANAGE = (sys.executable, "manage.py")
SHORT = {
    "fibrodysplasia-ossificans-progressiva": "fop",
    "progressive-osseous-heteroplasia": "poh",
}


@dataclass(frozen=True)
class Site:
    """Where the site is, where its database is, and what the server has printed.

    `environment` is that of its processes, `server` the number of the one that serves.
    """

    address: str
    database: Path
    printed: Path
    environment: dict[str, str]
    server: int | None = None

    def work(self):
        """Let a worker do a round."""
        how = {"cwd": BASE_DIR, "env": self.environment, "check": True}
        subprocess.run([*MANAGE, "worker", "--once"], **how, stdout=subprocess.DEVNULL)

    def numbers(self):
        """The desk's number of every summary, as {"fop-outlook": 8}."""
        return {
            f"{SHORT.get(condition, condition)}-{question}": number
            for number, condition, question in self._read(
                "SELECT s.id, c.slug, q.slug FROM editorial_summary s"
                " JOIN conditions_condition c ON c.id = s.condition_id"
                " JOIN conditions_question q ON q.id = s.question_id"
            )
        }

    def _read(self, query):
        with closing(
            sqlite3.connect(f"{self.database.as_uri()}?mode=ro", uri=True)
        ) as db:
            return db.execute(query).fetchall()


@contextmanager
def demonstration(folder, host="127.0.0.1", **settings):
    """A site in `folder`, filled and served as `make demo` does it, while it lasts."""
    port = free_port()
    address, database = f"http://{host}:{port}", folder / "db.sqlite3"
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{database}",
        "DEBUG": "off",
        "DJANGO_SETTINGS_MODULE": "editorial.settings",
        "EMAIL_URL": "console:",
        "LOG_LEVEL": "WARNING",
        "PORT": str(port),
        "PREFLIGHT_RULES": "",
        "PYTHONUNBUFFERED": "1",
        "REQUIRE_SECOND_FACTOR": "off",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "SITE_NOTICE": NOTICE,
        "SITE_URL": address,
        **settings,
    }
    site = Site(address, database, folder / "printed", environment)
    how = {"cwd": BASE_DIR, "env": environment}
    subprocess.run([*MANAGE, "demo", "--verbosity=0"], check=True, **how)
    site.work()
    with site.printed.open("w") as printed:
        server = subprocess.Popen(
            [*MANAGE, "serve"], stdout=printed, stderr=subprocess.STDOUT, **how
        )
        try:
            wait_for(f"{site.address}/healthz", server)
            yield replace(site, server=server.pid)
        finally:
            server.terminate()
            server.wait(timeout=20)


def free_port():
    """Return a port that no outgoing connection is given before it is listened at.

    Linux gives those from 32,768 on.
    """
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


def wait_for(address, server, patience=30):
    """Return once the address answers; `patience` is in seconds."""
    until = time.monotonic() + patience
    while server.poll() is None and time.monotonic() < until:
        try:
            with urlopen(address):
                return
        except URLError:
            time.sleep(0.1)
    ended = server.poll()
    why = f"not in {patience} s" if ended is None else f"it ended with code {ended}"
    raise AssertionError(f"The server does not answer at {address}: {why}.")
