"""The demonstration behind the real server, on a database that is about to break."""

import http.client
import os
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from editorial.environment import BASE_DIR
from tests.browser.serving import MANAGE, free_port, wait_for
from tests.conftest import Answer
from tests.walking import Walker

A_PAGE = "/conditions/progressive-osseous-heteroplasia/causes/"
READY_WITHIN = 5  # seconds


@dataclass
class Site:
    """Where the server is, and how its people reach it."""

    address: str
    process: subprocess.Popen
    url: str
    started: float  # how many seconds the server took to start

    @property
    def ready_within(self):
        """In how many seconds all must be well again; a slow machine is given more."""
        return max(READY_WITHIN, 2 * self.started)

    def visit(self, path, method="GET", body=b"", **environ):
        """Ask as the `visit` of the other tests does, over the network."""
        headers = {
            name.removeprefix("HTTP_").replace("_", "-"): value
            for name, value in environ.items()
            if value
        }
        connection = http.client.HTTPConnection(
            urlsplit(self.address).netloc, timeout=40
        )
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def status(self, path):
        return self.visit(path).status

    def walker(self, username):
        """Somebody who has logged in."""
        walker = Walker(self.visit, self.address)
        assert walker.log_in(username, f"{username}-demo-2026") == 200
        return walker

    def seconds_until_ready(self, patience=30):
        """How long /readyz takes from now on to say that all is well."""
        began = time.monotonic()
        while self.status("/readyz") != 200:
            assert time.monotonic() - began < patience, "never ready again"
            time.sleep(0.05)
        return time.monotonic() - began


def manage(url, *command, **environment):
    """Run one of our commands on a database, and wait for its end."""
    return subprocess.run(
        [*MANAGE, *command],
        cwd=BASE_DIR,
        env=environment_of(url, **environment),
        capture_output=True,
        text=True,
    )


def a_worker(url, *options):
    """Start a worker; who asked for it ends it."""
    return subprocess.Popen(
        [*MANAGE, "worker", *options],
        cwd=BASE_DIR,
        env=environment_of(url),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def served(url, **environment):
    """Yield the Site that serves a database, while it lasts."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    ours = {"PORT": str(port), "SITE_URL": address, **environment}
    began = time.monotonic()
    process = subprocess.Popen(
        [*MANAGE, "serve"],
        cwd=BASE_DIR,
        env=environment_of(url, **ours),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"{address}/healthz", process)
        yield Site(address, process, url, time.monotonic() - began)
    finally:
        process.terminate()
        process.wait(timeout=30)


def environment_of(url, **environment):
    return os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "editorial.settings",
        "EMAIL_URL": "console:",
        "LOG_LEVEL": "CRITICAL",
        "SECRET_KEY": "for tests of faults",
        "WEB_CONCURRENCY": "2",
        **environment,
    }


def is_clear(answer):
    """Say whether an answer is a 503 that a person understands, and nothing more."""
    said = answer.body.decode()
    return (
        answer.status == 503
        and "Traceback" not in said
        and "Error" not in said
        and "again in a minute" in said
        and answer.headers["Retry-After"] == "60"
    )
