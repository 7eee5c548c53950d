"""The workflow against a model of it; `STEPS` says for how long."""

import os
import time

import pytest
from django.db import connection

from tests.state_machine import machine
from tests.state_machine.world import World

# From so many steps on, it goes on until each verb was done.
EVERYTHING = 10_000


@pytest.fixture
def world(db, visit, settings):
    world = World(visit)
    # Once: each override by the fixture lies over the one before, a thousand deep.
    settings.PUBLISH_ON_SIGN_OFF = True
    return world


def test_the_workflow_does_what_its_model_says(world, capsys):
    began, steps = time.monotonic(), int(os.environ.get("STEPS", "1000"))
    run = machine.run_until_each_is_done if steps >= EVERYTHING else machine.run

    run(world, steps)

    seconds = time.monotonic() - began
    with capsys.disabled():
        print(
            f"\n{connection.vendor}: {world.steps} steps in {seconds:.0f} s, "
            f"{world.steps / seconds:.0f} a second"
        )
        if steps >= EVERYTHING:
            print(*machine.table(world), sep="\n")
    assert steps < EVERYTHING or machine.undone(world) == set()
