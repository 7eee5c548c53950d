"""Databases of their own for what may break one: empty, and gone when it is over."""

import os
import secrets
from contextlib import contextmanager

import psycopg
from django.db import connections
from django.db.utils import load_backend
from psycopg import sql


def on_sqlite():
    return os.environ["DATABASE_URL"].startswith("sqlite")


@contextmanager
def elsewhere(path):
    """Let the process work on a new, empty database: the file `path` on SQLite."""
    kept = connections["default"]
    with new_database(path) as name:
        config = kept.settings_dict | {"NAME": name}
        connections["default"] = load_backend(config["ENGINE"]).DatabaseWrapper(config)
        try:
            yield
        finally:
            connections["default"].close()
            connections["default"] = kept


@contextmanager
def new_database(path):
    """Yield the name of an empty database on the server, or the path itself."""
    if on_sqlite():
        yield str(path)
        return
    name = f"faults_{secrets.token_hex(6)}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        called = sql.Identifier(name)
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(called))
        try:
            yield name
        finally:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
            server.execute(drop.format(called))
