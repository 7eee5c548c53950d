"""How PostgreSQL copies itself while others write, and is filled from such a copy.

By its own pg_dump and pg_restore. They learn where the database is, and the password,
from their environment: a command line is for everybody on the machine to read.
"""

from pathlib import Path

import psycopg
from django.db import connection
from psycopg.conninfo import make_conninfo

from editorial.backups import log_head, programs
from editorial.backups.progress import Progress
from editorial.verifying import snapshot
from editorial.verifying.heads import Head

SUFFIX = "pgdump"
LONGEST_LOCK = "60s"  # somebody migrates; better to say so than to wait for ever


def write(path: Path, progress: Progress) -> Head | None:
    """Copy the database as one transaction sees it, its triggers too.

    Return the head of the log as that same transaction sees it. How large the copy
    becomes is not known before, and no progress is told.
    """
    with snapshot(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        (moment,) = cursor.fetchone()
        _run(
            *("pg_dump", "--format=custom", "--no-password", f"--snapshot={moment}"),
            *(f"--lock-wait-timeout={LONGEST_LOCK}", f"--file={path}"),
        )
        if log_head.TABLE not in connection.introspection.table_names(cursor):
            return None
        cursor.execute(log_head.SIZE)
        (size,) = cursor.fetchone()
        return log_head.head(size, _nodes)


def _nodes(number: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute(log_head.NODES + "%s", [number])
        (nodes,) = cursor.fetchone()
    return nodes


def is_empty() -> bool:
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor, include_views=True)


def read(path: Path, progress: Progress) -> None:
    """Fill the database in one transaction; everything is its own role's then.

    Triggers come after the rows, each ENABLE ALWAYS as it was.
    """
    _run(
        *("pg_restore", "--single-transaction", "--exit-on-error", "--no-password"),
        *("--no-owner", "--no-privileges", f"--dbname={_name()}", str(path)),
    )


def _name() -> str:
    connection.ensure_connection()
    return make_conninfo(dbname=connection.connection.info.dbname)


def _run(program: str, *options: str) -> None:
    connection.ensure_connection()
    programs.run(
        program,
        *options,
        server=connection.get_database_version()[0],
        environment=_environment(),
    )


def _environment() -> dict[str, str]:
    """Return what our own connection is made with, as libpq's variables name it."""
    info = connection.connection.info
    # What our libpq chose where the settings do not say: theirs may choose otherwise.
    chosen = {"host": info.host, "port": info.port, "user": info.user}
    params = {**connection.get_connection_params(), **chosen}
    return {
        known.envvar.decode(): str(params[name])
        for known in psycopg.pq.Conninfo.get_defaults()
        if known.envvar and params.get(name := known.keyword.decode())
    }
