"""Starts the server; the only place that does."""

import errno
import fcntl
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import (
    BaseCommand,
    CommandError,
    CommandParser,
    call_command,
)
from django.db import connections

from editorial import printing
from editorial.environment import BASE_DIR
from editorial.health import hindrances

# Two, so that a password being hashed or a write being waited for holds no reader up.
THREADS_A_WORKER = 2


class Command(BaseCommand):
    help = "Serves the site on 127.0.0.1 and PORT, with WEB_CONCURRENCY processes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument(
            "--check", action="store_true", help="only say whether the port is free"
        )
        parser.add_argument(
            "--with-worker",
            action="store_true",
            help="run a worker too, which ends with the server",
        )

    def handle(
        self, *, host: str, check: bool, with_worker: bool, **options: Any
    ) -> None:
        refuse_taken_port(host, settings.PORT)
        if check:
            return
        if reasons := hindrances():
            raise CommandError(" ".join(reasons))
        collect()
        for sentence in printing.at_start():
            self.stdout.write(sentence)
        # The workers are copies of this process: none may inherit its connection.
        connections.close_all()
        self.stdout.write(f"Serving {settings.SITE_URL} (Ctrl-C stops it)")
        with a_worker() if with_worker else nullcontext():
            take_turns()
            serve(host)


def collect() -> None:
    """Write the static files, alone: of two at once each would delete the other's.

    As when two servers, each with a database of its own, start in one folder.
    """
    root = Path(settings.STATIC_ROOT)
    root.parent.mkdir(parents=True, exist_ok=True)
    with root.with_suffix(".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        call_command("collectstatic", interactive=False, verbosity=0)


@contextmanager
def a_worker() -> Iterator[None]:
    """Have a worker run beside the server; a site of many machines starts its own.

    Its errors are logged; what it prints would bury the address, or the demo's logins.
    """
    command = [sys.executable, BASE_DIR / "manage.py", "worker"]
    worker = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        worker.terminate()
        worker.wait()


def refuse_taken_port(host: str, port: int) -> None:
    """Asked first, since the server would share the port with another of its kind."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise CommandError(f"{host}:{port}: {error.strerror}.") from None
            raise CommandError(
                f"Port {port} is taken: stop what listens there, or choose another,"
                f" as in PORT={port + 1} make demo"
            ) from None


def take_turns() -> None:
    """Let no thread be interrupted, from here on, for another that is only woken.

    Those of a worker wake for Python's one lock, which the first still holds: to stop
    it for them took two fifths of what a reader costs. Where the system knows no such
    policy, or allows none, they are as they were.
    """
    if policy := getattr(os, "SCHED_BATCH", None):
        with suppress(OSError):
            os.sched_setscheduler(0, policy, os.sched_param(0))


def serve(host: str) -> None:
    """Run until stopped. There is no access log: it would name who reads what."""
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels

    Granian(
        "editorial.wsgi:application",
        address=host,
        port=settings.PORT,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=settings.WEB_CONCURRENCY,
        blocking_threads=THREADS_A_WORKER,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_access=False,
        log_dictconfig=settings.LOGGING,
        log_level=LogLevels(settings.LOG_LEVEL.lower()),
    ).serve()
