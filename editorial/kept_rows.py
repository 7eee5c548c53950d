"""A kept row as bytes: the one text of its columns, whose hash the log holds.

An empty column (NULL) is left out, so that a column that a later migration adds leaves
older hashes as they are. A kept table gains no other kind of column, and loses none.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.db import models


def name(model: type[models.Model], pk: object) -> str:
    """Return how the log names a row: table and key, as in conditions_edition:12."""
    return f"{model._meta.db_table}:{pk}"


def sha256(values: Mapping[str, Any]) -> str:
    """Return the hash of a row, given its columns as `QuerySet.values()` gives them."""
    return hashlib.sha256(text(values).encode()).hexdigest()


def text(values: Mapping[str, Any]) -> str:
    """Return the row's one text. No word is normalised: the hash is of what is stored.

    Raises TypeError for a type of which no kept table has a column.
    """
    present = {column: value for column, value in values.items() if value is not None}
    return _ENCODER.encode(present)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"A kept row has no {type(value).__name__}.")


# Made once: a check of the whole database encodes every row of it.
_ENCODER = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
)
