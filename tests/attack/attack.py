"""One attack, and how most are made: a statement, or a signing false in one thing."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection

from tests.attack.arena import forge


@dataclass(frozen=True)
class Attack:
    """`guard` is the name of what refuses it; `only` the engine that it is for."""

    name: str
    guard: str
    do: Callable
    only: str = ""


def sql(statement, *params):
    def do(world):
        with connection.cursor() as cursor:
            cursor.execute(statement, params)
            assert cursor.rowcount, "nothing was attacked"

    return do


def forging(**changed):
    def do(world):
        forge(world, **changed)

    return do
