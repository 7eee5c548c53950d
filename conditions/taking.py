"""Takes a printed row from the database: the one SELECT that a reader costs.

Asked of the driver itself, on Django's own connection of this thread: the cursors of
Django cost as much as the answer, and psycopg's five times as much.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any
from weakref import WeakSet

from django.db import DEFAULT_DB_ALIAS, Error, connections
from psycopg import generators
from psycopg.errors import InvalidSqlStatementName, error_from_result
from psycopg.pq import ExecStatus, TransactionStatus

from conditions.imprint import imprint
from conditions.sheets import Sheet

# Only the printing that is wanted; with the live edition as it is now, so that none
# outlives what it was made from: whoever forgot to ask for a new one, or put an old row
# back.
SELECT = (
    "SELECT printed.page, live.live_edition_id, printed.true_until,"
    " printed.head, printed.body, printed.code FROM conditions_printed printed"
    " LEFT JOIN conditions_page live ON live.id = printed.page"
    " WHERE printed.printing = printed.wanted AND printed.address = "
)
ASKED = f"{SELECT}$1".encode()
NAME = b"conditions_taking"  # of the statement that PostgreSQL prepares
BINARY = 1
# How each column is read of what PostgreSQL sends.
READERS: tuple[Callable[[bytes], Any], ...] = (
    *(int.from_bytes, int.from_bytes, int.from_bytes),
    *(bytes.decode, bytes, bytes.decode),
)
_prepared: WeakSet[Any] = WeakSet()


def take(address: str) -> Sheet | None:
    """Return what is printed of an address as a sheet of now; None where nothing is.

    Its live edition and imprint are not the row's, but those that it must be of: the
    code holds for no others. Raises django.db.Error.
    """
    own: Any = connections[DEFAULT_DB_ALIAS]
    if not own.connection:
        own.ensure_connection()
    ask = _of_sqlite if own.vendor == "sqlite" else _of_postgresql
    try:
        row = ask(own.connection, address)
    except own.Database.Error as error:
        raise Error(*error.args) from error
    if not row:
        return None
    page, live, true_until, head, body, code = row
    return Sheet(address, page, live, true_until, imprint(), head, body, code)


def _of_sqlite(connection: Any, address: str) -> Any:
    return connection.execute(f"{SELECT}?", (address,)).fetchone()


def _of_postgresql(connection: Any, address: str) -> list[Any] | None:
    """Ask, waiting as long as the connection is told to.

    With a prepared statement, unless a pooler forbids it: and where a transaction is
    open, which no reader's is, a statement that is gone would end it.
    """
    asked, given = connection.pgconn, [address.encode()]
    if (
        connection.prepare_threshold is None
        or asked.transaction_status != TransactionStatus.IDLE
    ):
        asked.send_query_params(ASKED, given, None, None, BINARY)
        found = _answer(connection, ExecStatus.TUPLES_OK)
    else:
        found = _prepared_answer(connection, given)
    if not found.ntuples:
        return None
    cells = (found.get_value(0, at) for at in range(len(READERS)))
    return [
        None if cell is None else read(cell)
        for read, cell in zip(READERS, cells, strict=True)
    ]


def _prepared_answer(connection: Any, given: list[bytes]) -> Any:
    """Ask with the prepared statement; psycopg drops all after a transaction fails."""
    asked = connection.pgconn
    if connection in _prepared:
        asked.send_query_prepared(NAME, given, None, BINARY)
        with suppress(InvalidSqlStatementName):
            return _answer(connection, ExecStatus.TUPLES_OK)
    asked.send_prepare(NAME, ASKED)
    _answer(connection, ExecStatus.COMMAND_OK)
    _prepared.add(connection)
    asked.send_query_prepared(NAME, given, None, BINARY)
    return _answer(connection, ExecStatus.TUPLES_OK)


def _answer(connection: Any, wanted: ExecStatus) -> Any:
    (result,) = connection.wait(generators.execute(connection.pgconn))
    if result.status != wanted:
        raise error_from_result(result)
    return result
