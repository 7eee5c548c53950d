"""Reads a second of server CPU: printed pages, Django, and nginx with the same file.

    PYTHONPATH=. .venv/bin/python tests/benchmarks/reading.py

One server at a time is asked, in rounds that take turns; the server stands on core 0,
the load on core 1. What is divided by is the CPU time of the whole server, the
database's own included, so that other work on the machine falls out. Needs nginx and
wrk, which it installs where they are missing.
"""

import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from tests.benchmarks.processes import cpu_seconds
from tests.browser.serving import wait_for

ROOT = Path(__file__).parents[2]
PYTHON = str(ROOT / ".venv/bin/python")
SECONDS = int(os.environ.get("SECONDS_EACH", "2"))
ROUNDS = int(os.environ.get("ROUNDS", "5"))
PAGE = "/conditions/fibrodysplasia-ossificans-progressiva/research/"
GZIP = "Accept-Encoding: gzip"


@dataclass
class Server:
    """What is asked: its address, its processes, and what was measured of it."""

    name: str
    url: str
    processes: list[int]
    headers: list[str] = field(default_factory=lambda: [GZIP])
    reads: list[float] = field(default_factory=list)

    def cpu(self):
        """Return the seconds of CPU that its processes and their children have used."""
        return sum(map(cpu_seconds, self.processes))


def ask(server):
    """Load a server for a while; note its reads per second of its CPU."""
    before = server.cpu()
    wrk = ["taskset", "-c", "1", "wrk", "-t1", "-c16", f"-d{SECONDS}s"]
    for header in server.headers:
        wrk += ["-H", header]
    told = subprocess.run([*wrk, server.url], capture_output=True, text=True)
    if told.returncode:
        raise SystemExit(f"{server.name}: {told.stdout}{told.stderr}")
    said = told.stdout
    assert "Non-2xx" not in said or "If-None-Match" in str(server.headers), said
    reads = int(re.search(r"(\d+) requests in", said)[1])
    server.reads.append(reads / (server.cpu() - before))


@contextmanager
def running(command, url, **environment):
    """Run a server on core 0 until the block ends; yield its process."""
    command = ["taskset", "-c", "0", *command]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(
        command, cwd=ROOT, env=os.environ | environment, **quiet
    ) as server:
        try:
            wait_for(url, server)
            yield server.pid
        finally:
            server.terminate()


def granian(application, port):
    words = f"--interface wsgi --workers 1 --blocking-threads 1 --http 1 --port {port}"
    return [str(ROOT / ".venv/bin/granian"), *words.split(), application]


@contextmanager
def ours(folder):
    """Serve the demonstration: printed, and by Django alone."""
    port = 8971
    site = {
        "DATABASE_URL": os.environ.get("DATABASE_URL", f"sqlite:///{folder}/site.db"),
        "SECRET_KEY": "measured " * 8,
        "SITE_URL": f"http://127.0.0.1:{port}",
        "SITE_NOTICE": "Demonstration: not medically reviewed",
        "REQUIRE_SECOND_FACTOR": "off",
        "LOG_LEVEL": "WARNING",
        "EMAIL_URL": "console:",
    }
    for command in ("migrate", "collectstatic --no-input", "demo", "reprint"):
        subprocess.run(
            [PYTHON, "manage.py", *command.split()],
            **{"cwd": ROOT, "env": os.environ | site, "check": True},
            stdout=subprocess.DEVNULL,
        )
    with ExitStack() as stack:
        pids = []
        for way, at in (("application", port), ("django_application", port + 1)):
            command = granian(f"editorial.wsgi:{way}", at)
            url = f"http://127.0.0.1:{at}{PAGE}"
            pids.append(stack.enter_context(running(command, url, **site)))
        yield port, pids


@contextmanager
def nginx(folder, body):
    """Serve one file that is compressed already, as nginx does best."""
    port, at = 8973, Path(folder) / "www" / "page"
    at.mkdir(parents=True)
    (at / "index.html.gz").write_bytes(body)
    (at / "index.html").write_bytes(b"")
    config = Path(folder) / "nginx.conf"
    config.write_text(
        f"""user root; daemon off; worker_processes 1; pid {folder}/nginx.pid;
        error_log stderr; events {{ worker_connections 256; }}
        http {{ access_log off; gzip_static on; keepalive_requests 1000000;
        default_type text/html; server {{ listen 127.0.0.1:{port};
        root {folder}/www; }} }}"""
    )
    url = f"http://127.0.0.1:{port}/page/index.html"
    with running(["nginx", "-c", str(config)], url) as pid:
        yield url, pid


def postgres():
    """Return the process of the database server, if there is one."""
    url = os.environ.get("DATABASE_URL", "sqlite")
    if url.startswith("sqlite"):
        return []
    with psycopg.connect(url) as connection:
        backend = connection.info.backend_pid
        return [int(Path(f"/proc/{backend}/stat").read_text().split()[3])]


def install():
    missing = [tool for tool in ("nginx", "wrk") if not shutil.which(tool)]
    if missing:
        print(f"Installing {' and '.join(missing)} …", flush=True)
        apt = ["apt-get", "install", "-qq", "-y", "--no-install-recommends"]
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        subprocess.run([*apt, *missing], check=True, stdout=subprocess.DEVNULL)


def main():
    install()
    with tempfile.TemporaryDirectory(prefix="reading") as folder, ExitStack() as stack:
        port, (printed, django) = stack.enter_context(ours(folder))
        page = f"http://127.0.0.1:{port}{PAGE}"
        request = urllib.request.Request(page, headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(request) as answer:
            body, tag = answer.read(), answer.headers["ETag"]
        file, served = stack.enter_context(nginx(folder, body))
        has = [GZIP, f"If-None-Match: {tag}"]
        by_django = page.replace(str(port), str(port + 1))
        base = postgres()
        servers = [
            Server("nginx, the compressed file", file, [served]),
            Server("printed", page, [printed, *base]),
            Server("printed, 304", page, [printed, *base], has),
            Server("Django and templates", by_django, [django, *base]),
        ]
        for _ in range(ROUNDS):
            for server in random.sample(servers, len(servers)):
                ask(server)
    told(servers, len(body))


def told(servers, size):
    limit = statistics.median(servers[0].reads)
    engine = "PostgreSQL" if postgres() else "SQLite"
    print(f"{engine}: reads a second of server CPU, of {size} bytes of gzip")
    for one in servers:
        middle = statistics.median(one.reads)
        low, high = min(one.reads), max(one.reads)
        beside = f"[{low:.0f}–{high:.0f}]  {middle / limit:.3f}"
        print(f"  {one.name:28} {middle:8.0f} {beside}")


if __name__ == "__main__":
    sys.exit(main())
