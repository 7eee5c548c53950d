"""Wagtail in an environment of its own, filled and served as our own site is."""

import os
import secrets
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from editorial.environment import BASE_DIR
from tests.browser.serving import free_port, wait_for

PROJECT = Path(__file__).parents[1] / "wagtail_site"
PINS = PROJECT / "requirements.txt"
CACHE = PROJECT / "requirements-cache.txt"
HOME = BASE_DIR / "var" / "wagtail"
BIN = HOME / "bin"


@dataclass(frozen=True)
class Site:
    """Where the site is, and the number of the process that serves it."""

    address: str
    server: int

    def read(self, path):
        """A page as the public gets it."""
        with urlopen(f"{self.address}{path}") as answer:
            return answer.read().decode()


def installed():
    """Make the environment, unless it is there with exactly these pins."""
    mark, pins = HOME / "installed.txt", PINS.read_text() + CACHE.read_text()
    if mark.is_file() and mark.read_text() == pins:
        return
    print(f"Installing Wagtail into {HOME.relative_to(BASE_DIR)}/ …", file=sys.stderr)
    subprocess.run([sys.executable, "-m", "venv", "--clear", HOME], check=True)
    pip = [BIN / "python", "-m", "pip", "install", "--quiet", "--require-hashes"]
    quiet = {"env": os.environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}}
    subprocess.run([*pip, "-r", PINS], check=True, **quiet)
    subprocess.run([*pip, "--no-deps", "-r", CACHE], check=True, **quiet)
    mark.write_text(pins)


@contextmanager
def wagtail(folder, *, pages, **settings):
    """A site in `folder` with that many answers, served while it lasts."""
    installed()
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "answers.settings",
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "SITE_URL": address,
        "WAGTAIL_FOLDER": str(folder),
        **settings,
    }
    how = {"cwd": PROJECT, "env": environment}
    for command in ("migrate", f"fill --pages={pages}", "collectstatic --no-input"):
        whole = [BIN / "python", "manage.py", *command.split(), "--verbosity=0"]
        subprocess.run(whole, check=True, stdout=subprocess.DEVNULL, **how)
    with (folder / "printed").open("w") as printed:
        server = subprocess.Popen(
            [BIN / "granian", *served_at(port)],
            stdout=printed,
            stderr=subprocess.STDOUT,
            **how,
        )
        try:
            wait_for(f"{address}/answer-1/", server)
            yield Site(address, server.pid)
        finally:
            server.terminate()
            server.wait(timeout=20)


def served_at(port):
    """One worker of two threads, as `serve` starts with WEB_CONCURRENCY=1."""
    options = {
        "interface": "wsgi",
        "http": "1",
        "host": "127.0.0.1",
        "port": str(port),
        "workers": "1",
        "blocking-threads": "2",
        "log-level": "warning",
    }
    pairs = [f"--{name}={value}" for name, value in options.items()]
    return [*pairs, "--no-ws", "answers.wsgi:application"]
