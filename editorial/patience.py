"""How long a request waits for PostgreSQL, so that one that hangs is one that is away.

It sends no answer and cuts no connection: nothing but a clock of ours ends the wait.
Only the way in for requests asks for this: a command may wait as long as it needs.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.backends.signals import connection_created

SECONDS = 5  # no statement of a request takes as many tenths


def begin() -> None:
    """Bound every statement of the connections that this process makes from now on."""
    connection_created.connect(_bound)


def _bound(connection: Any, **kwargs: Any) -> None:
    if connection.vendor == "postgresql":
        ours = connection.connection
        ours.wait = partial(_answer, ours, ours.wait)


def _answer(ours: Any, wait: Callable[..., Any], statement: Any, **how: Any) -> Any:
    """Return what the server answers; raise OperationalError if it does not in time.

    Who was waited for in vain is not asked again: not even to roll back.
    """
    from psycopg import OperationalError, pq

    try:
        return wait(statement, **{"timeout": SECONDS, **how})
    except OperationalError:
        if ours.pgconn.transaction_status == pq.TransactionStatus.ACTIVE:
            ours.close()
        raise
