"""How much of the processor a server has taken, and on which core it stands."""

import os
from contextlib import suppress
from pathlib import Path

import psycopg

TICKS = os.sysconf("SC_CLK_TCK")


def postgres():
    """Return the process of the database's server, as a list: SQLite has none."""
    url = os.environ.get("DATABASE_URL", "sqlite")
    if url.startswith("sqlite"):
        return []
    with psycopg.connect(url) as connection:
        backend = connection.info.backend_pid
        return [int(Path(f"/proc/{backend}/stat").read_text().split()[3])]


def cpu_seconds(root):
    """The seconds of a process and of all under it, those that have ended included."""
    return sum(ticks for _, ticks in _under(root)) / TICKS


def keep_on(core):
    """Keep this process and the database's on one core, with all that they start."""
    for root in (os.getpid(), *postgres()):
        for one, _ in _under(root):
            with suppress(ProcessLookupError):  # it has ended meanwhile
                os.sched_setaffinity(one, {core})


def children(process):
    """Yield the processes that one has started itself."""
    for started in Path(f"/proc/{process}/task").glob("*/children"):
        yield from map(int, started.read_text().split())


def _under(root):
    """A process and all under it, each with its ticks."""
    table = dict(_everything())
    wanted = [root]
    while wanted:
        parent = wanted.pop()
        yield parent, table[parent][1]
        wanted += [one for one, (above, _) in table.items() if above == parent]


def _everything():
    """Each process with its parent and its ticks."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                stat = (folder / "stat").read_text()
            except (FileNotFoundError, ProcessLookupError):
                continue  # it has ended meanwhile
            # The name may hold blanks and brackets; what follows it may not.
            fields = stat.rpartition(")")[2].split()
            ticks = sum(map(int, fields[11:15]))
            yield int(folder.name), (int(fields[1]), ticks)
