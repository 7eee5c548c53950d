"""Signing, writing and publishing at once, stopped and let go at every point.

`INTERLEAVINGS` says how many orders are tried, `SEED` where they begin; `MINUTES` goes
on for as long.
"""

import os
import random
import time
from collections import Counter

from django.conf import settings as in_force
from django.core.exceptions import PermissionDenied
from django.db import connection

from editorial.rules import MoveRefused
from tests.races.newsroom import Newsroom
from tests.races.racing import Race

NUMBER = int(os.environ.get("INTERLEAVINGS", "12"))
MINUTES = float(os.environ.get("MINUTES", "0"))
SEED = int(os.environ.get("SEED", "1"))
AN_ANSWER = 10  # races, before another answer is begun


def rounds():
    end, number = time.monotonic() + 60 * MINUTES, 0
    while number < NUMBER or time.monotonic() < end:
        yield number
        number += 1


def test_no_order_shows_an_unsigned_text_signs_twice_or_loses_a_word(
    runners, visit, settings, capsys
):
    # Once: each override by the fixture lies over the one before, a thousand deep.
    settings.PUBLISH_ON_SIGN_OFF = True
    choice = random.Random(SEED)
    room, done, orders, reads, stalls = Newsroom(choice), Counter(), set(), 0, 0
    began = time.monotonic()
    for number in rounds():
        if number % AN_ANSWER == 0:
            room.begin()
        room.states = [(0, room.public())]
        in_force.PUBLISH_ON_SIGN_OFF = choice.random() < 0.7
        race = Race(runners, choice.random(), seen=room.note)
        people = [room.act() for _ in range(3)]
        acts = race.run(*people, *(room.read(visit) for _ in range(2)))

        for act in acts:
            assert act.error is None or isinstance(
                act.error, MoveRefused | PermissionDenied
            ), (number, race.points)
            if act.reads:
                assert room.unsigned(act) == [], (number, race.points)
            else:
                done[act.name, act.error is None] += 1
        assert (room.lost(), room.signed_twice(), room.gaps()) == ([], [], False), (
            number,
            race.points,
        )
        orders.add(tuple(race.points))
        reads += sum(act.reads for act in acts)
        stalls += race.stalls
    seconds, whole = (
        time.monotonic() - began,
        sum(n for (_, ok), n in done.items() if ok),
    )
    with capsys.disabled():
        print(
            f"\n{connection.vendor}: {number + 1} races in {len(orders)} orders, "
            f"{whole} acts done and {done.total() - whole} refused, {reads} reads, "
            f"{stalls} waits not foreseen, {seconds:.0f} s"
        )
