"""The workflow against a model of it; `STEPS` says for how long."""

import os
import time

import pytest
from django.db import connection

from tests.state_machine import machine


@pytest.fixture
def world(db, visit, settings):
    world = machine.World(visit)
    world.settings = settings
    return world


def test_the_workflow_does_what_its_model_says(world, capsys):
    began, steps = time.monotonic(), int(os.environ.get("STEPS", "2000"))

    machine.run(world, steps)

    seconds = time.monotonic() - began
    with capsys.disabled():
        print(
            f"\n{connection.vendor}: {world.steps} steps in {seconds:.0f} s, "
            f"{world.steps / seconds:.0f} a second"
        )
        if os.environ.get("VERBOSE"):
            print(sorted(world.done.items()))
