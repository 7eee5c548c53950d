"""The server starts on a free port, on a database that is ready, and not otherwise."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from unittest.mock import Mock
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.core.management import CommandError, call_command

from editorial.environment import BASE_DIR
from editorial.management.commands import serve
from tests.benchmarks.processes import children


@pytest.fixture
def taken():
    """A port of this machine that somebody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@pytest.fixture
def free():
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@contextmanager
def served(port, folder):
    """The address of a real server with an empty database, and its process."""
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "DJANGO_SETTINGS_MODULE": "editorial.settings",
        "PORT": str(port),
        "SITE_URL": f"http://127.0.0.1:{port}",
    }
    # An earlier run's static files must not stand in for this one's.
    (BASE_DIR / "var" / "static" / "staticfiles.json").unlink(missing_ok=True)
    manage = [sys.executable, "manage.py"]
    subprocess.run(
        [*manage, "migrate", "-v0"], cwd=BASE_DIR, env=environment, check=True
    )
    serve = [*manage, "serve", "--with-worker"]
    # A session of its own, so that whatever it started can be asked for.
    server = subprocess.Popen(
        serve, cwd=BASE_DIR, env=environment, start_new_session=True
    )
    try:
        yield f"http://127.0.0.1:{port}", server.pid
    finally:
        server.terminate()
        server.wait(timeout=20)
    with pytest.raises(ProcessLookupError):  # no worker of it goes on
        os.killpg(server.pid, 0)


def fetch(address, patience=20):
    """The answer's headers and text, once the server is up."""
    until = time.monotonic() + patience
    while True:
        try:
            with urlopen(address) as answer:
                return answer.headers, answer.read().decode()
        except URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def test_taken_port_is_a_sentence(settings, taken):
    settings.PORT = taken

    with pytest.raises(CommandError) as refusal:
        call_command("serve", "--check")

    assert str(refusal.value) == (
        f"Port {taken} is taken: stop what listens there, or choose another,"
        f" as in PORT={taken + 1} make demo"
    )


def test_free_port_is_nothing_to_speak_of(settings, free, capsys):
    settings.PORT = free

    call_command("serve", "--check")

    assert capsys.readouterr() == ("", "")


def test_address_of_another_machine_is_a_sentence(settings, free):
    settings.PORT = free

    with pytest.raises(CommandError, match=f"^192.0.2.1:{free}: "):
        call_command("serve", "--check", "--host", "192.0.2.1")


def test_server_does_not_start_without_its_database(settings, free, no_database):
    settings.PORT = free

    with pytest.raises(CommandError, match=r"^The database cannot be reached\.$"):
        call_command("serve", skip_checks=True)


def worked(site, patience=20):
    """When the worker ended its last round, once it has."""
    until = time.monotonic() + patience
    while True:
        said = json.loads(fetch(f"{site}/readyz")[1])
        if said["worker"] or time.monotonic() > until:
            return said
        time.sleep(0.1)


def test_server_is_ready_and_its_static_files_never_change(free, tmp_path):
    with served(free, tmp_path) as (site, server):
        ready = worked(site)
        policies = {os.sched_getscheduler(one) for one in children(server)}
        style = re.search(r"/static/[^\"]+\.css", fetch(f"{site}/admin/login/")[1])[0]
        headers = fetch(site + style)[0]

    assert ready["status"] == "ready"
    assert ready["worker"]
    assert os.SCHED_BATCH in policies
    assert re.search(r"\.[0-9a-f]{12}\.css$", style)
    assert headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert headers["X-Frame-Options"] == "DENY"


def test_a_server_starts_where_the_system_allows_no_other_policy(monkeypatch):
    monkeypatch.setattr(os, "sched_setscheduler", Mock(side_effect=PermissionError))

    serve.take_turns()

    os.sched_setscheduler.assert_called_once()


def test_servers_that_start_at_once_write_static_files_one_by_one(
    settings, tmp_path, monkeypatch
):
    settings.STATIC_ROOT = tmp_path / "var" / "static"
    at_work, together = [], []

    def writing(*command, **options):
        at_work.append(command)
        together.append(len(at_work))
        time.sleep(0.02)
        at_work.pop()

    monkeypatch.setattr(serve, "call_command", writing)
    with ThreadPoolExecutor(3) as servers:
        list(servers.map(lambda _: serve.collect(), range(3)))

    assert together == [1, 1, 1]
