"""Reads a second of server CPU: printed pages, Django, Wagtail, and nginx with a file.

    PYTHONPATH=. .venv/bin/python tests/benchmarks/reading.py

One server at a time is asked, in rounds that take turns; the servers and the database's
stand on core 0, the load on core 1. Ours is what `serve` starts, all others have one
process of two threads as it has, and nginx one of its own. What is divided by is the
CPU time of the whole server, the database's own included, so that other work on the
machine falls out. PAGES, 100000 unless told, is how many pages the larger of our sites
has printed, READS, 1000000, how many it answers while its memory is watched. Needs
nginx and wrk, which it installs where they are missing. What was found is kept in
`measured/`.
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
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks import chart
from tests.benchmarks.beside_wagtail.wagtail_serving import wagtail
from tests.benchmarks.processes import children, cpu_seconds, keep_on, postgres
from tests.benchmarks.sites import database, nginx, ours

SECONDS = int(os.environ.get("SECONDS_EACH", "2"))
ROUNDS = int(os.environ.get("ROUNDS", "5"))
PAGES = int(os.environ.get("PAGES", "100000"))
READS = int(os.environ.get("READS", "1000000"))
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


def install():
    missing = [tool for tool in ("nginx", "wrk") if not shutil.which(tool)]
    if missing:
        print(f"Installing {' and '.join(missing)} …", flush=True)
        apt = ["apt-get", "install", "-qq", "-y", "--no-install-recommends"]
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        subprocess.run([*apt, *missing], check=True, stdout=subprocess.DEVNULL)


def main():
    install()
    keep_on(0)
    with tempfile.TemporaryDirectory(prefix="reading") as folder, ExitStack() as stack:
        servers = list(_servers(Path(folder), stack))
        for _ in range(ROUNDS):
            for server in random.sample(servers, len(servers)):
                ask(server)
        told(servers)
        remembered(servers[1])


def _servers(folder, stack):
    """Start each server; yield them, the one with a file first, the printed next."""
    base = postgres()
    (page, printed), (by_django, django) = stack.enter_context(ours(folder, "few"))
    request = urllib.request.Request(page, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request) as answer:
        body, tag = answer.read(), answer.headers["ETag"]
    file, served = stack.enter_context(nginx(folder, body))
    yield Server("nginx, the compressed file", file, [served])
    yield Server("printed", page, [printed, *base])
    has = [GZIP, f"If-None-Match: {tag}"]
    yield Server("printed, 304", page, [printed, *base], has)
    (page, printed), _ = stack.enter_context(ours(folder, "many", PAGES))
    yield Server(f"printed, of {PAGES} pages", page, [printed, *base])
    yield Server("Django and templates", by_django, [django, *base])
    for name, cached in (("Wagtail 8", "off"), ("Wagtail 8, wagtail-cache", "on")):
        (at := folder / f"wagtail_{cached}").mkdir()
        theirs = {"DATABASE_URL": database(folder, at.name), "CACHED": cached}
        site = stack.enter_context(wagtail(at, pages=20, **theirs))
        yield Server(name, f"{site.address}/answer-1/", [site.server, *base], [])


def remembered(server):
    """Tell how much memory the workers of a server hold after many reads."""
    before = _kilobytes(server)
    hey = ["taskset", "-c", "1", "wrk", "-t1", "-c16", "-H", GZIP]
    reads = 0
    while reads < READS:
        said = subprocess.run(
            [*hey, "-d10s", server.url], capture_output=True, text=True
        )
        reads += int(re.search(r"(\d+) requests in", said.stdout)[1])
    after = _kilobytes(server)
    print(
        f"  memory after {reads} reads more: {after / 1000:.0f} MB, "
        f"{after / before:.3f} of what it was"
    )


def _kilobytes(server):
    workers = children(server.processes[0])
    held = (Path(f"/proc/{one}/smaps_rollup").read_text() for one in workers)
    return sum(int(re.search(r"Pss:\s+(\d+)", one)[1]) for one in held)


def told(servers):
    limit, ours = (statistics.median(server.reads) for server in servers[:2])
    engine = "PostgreSQL" if postgres() else "SQLite"
    print(f"{engine}: reads a second of server CPU; of nginx's; of how many ours is")
    for one in servers:
        middle = statistics.median(one.reads)
        low, high = min(one.reads), max(one.reads)
        beside = f"[{low:.0f}–{high:.0f}]  {middle / limit:.3f}  {ours / middle:.2f}"
        print(f"  {one.name:28} {middle:8.0f} {beside}")
    chart.keep(
        f"reading-{engine.lower()}",
        f"A page read, compressed, on {engine}",
        "reads a second of server CPU",
        [chart.Measured(one.name, one.reads) for one in servers],
    )


if __name__ == "__main__":
    sys.exit(main())
