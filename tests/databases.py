"""Databases of their own for what may break one: empty, and gone when it is over."""

import os
import secrets
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
from django.db import connections
from django.db.utils import load_backend
from psycopg import sql

from editorial import environment


def on_sqlite():
    return os.environ["DATABASE_URL"].startswith("sqlite")


@contextmanager
def elsewhere(path):
    """Let the process work on a new, empty database: the file `path` on SQLite."""
    with new_database(path) as url, working_on(url):
        yield url


@contextmanager
def working_on(url):
    """Let the process work on the database at an address."""
    kept = connections["default"]
    config = kept.settings_dict | environment.database(url)
    connections["default"] = load_backend(config["ENGINE"]).DatabaseWrapper(config)
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = kept


@contextmanager
def new_database(path):
    """Yield the address of an empty database on the server, or of that file."""
    if on_sqlite():
        yield f"sqlite:///{path}"
        return
    server, name = os.environ["DATABASE_URL"], f"faults_{secrets.token_hex(6)}"
    called = sql.Identifier(name)
    with psycopg.connect(server, autocommit=True) as administrator:
        administrator.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(called)
        )
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            administrator.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(called)
            )
