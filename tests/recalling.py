"""A newsroom is built by the real verbs once a process; from then on it is recalled.

Recalled: the same rows are inserted again, through the same guards, which takes a
twentieth of the time. Only into the database that it was learnt in, where that has
neither people nor a log, and only on the same day: otherwise the verbs are asked.
"""

import re
from copy import deepcopy
from datetime import timedelta
from functools import wraps

from django.apps import apps
from django.db import connection, transaction
from django.db.models.sql import InsertQuery

from editorial import clock

EMPTY = (
    "SELECT NOT EXISTS (SELECT 1 FROM editorial_user) "
    "AND NOT EXISTS (SELECT 1 FROM editorial_logentry)"
)
LONG = timedelta(hours=1)
_learnt = {}


def recalled(build):
    """Let a method that fills a database, and its own attributes, be recalled."""

    @wraps(build)
    def recall(self, **asked):
        moment, statements, made = _learnt.get(_key(asked), (None, (), {}))
        if not moment or not _lately(moment) or not _empty():
            return build(self, **asked)
        with transaction.atomic(savepoint=False), connection.cursor() as cursor:
            for sql, params in statements:
                cursor.execute(sql, params)
        vars(self).update(deepcopy(made))

    return recall


def learn(make, **asked):
    """Make it by the verbs, keep how, and leave the database as it was."""
    tables, moment = {}, clock.now()

    def note(execute, sql, *others):
        if found := re.match(r'INSERT INTO "(\w+)"', sql):
            tables[found[1]] = True
        return execute(sql, *others)

    with transaction.atomic():
        with connection.execute_wrapper(note):
            made = make(**asked)
        statements = [one for model in _models(tables) for one in _inserts(model)]
        _learnt[_key(asked)] = moment, statements, vars(made)
        transaction.set_rollback(True)


def _key(asked):
    return connection.settings_dict["NAME"], *asked.items()


def _lately(moment):
    now = clock.now()
    same_day = clock.local(now).date() == clock.local(moment).date()
    return same_day and timedelta() <= now - moment < LONG


def _empty():
    with connection.cursor() as cursor:
        cursor.execute(EMPTY)
        return cursor.fetchone()[0]


def _models(tables):
    models = {m._meta.db_table: m for m in apps.get_models(include_auto_created=True)}
    return [models[table] for table in tables]


def _inserts(model):
    """Return what inserts all rows of a table, in the order in which they came."""
    query = InsertQuery(model)
    rows = list(model._base_manager.order_by("pk"))
    query.insert_values(model._meta.concrete_fields, rows, raw=True)
    return query.get_compiler(connection=connection).as_sql()
