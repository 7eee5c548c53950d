"""Lets Django find the desk's screens; each module of `desk` registers its own."""

from editorial.desk import catalogue, people, summaries  # noqa: F401
