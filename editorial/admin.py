"""Lets Django find the desk's screens; each of these modules registers its own."""

from editorial.desk import summaries  # noqa: F401
from editorial.desk.catalogue import lists  # noqa: F401
from editorial.desk.people import everybody  # noqa: F401
