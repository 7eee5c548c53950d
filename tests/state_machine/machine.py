"""Everybody does anything at any time, and the laws must hold after every act.

Each example runs in a savepoint of a newsroom that was made once; the newsroom's clock
is moved on a little by every act, and far by some.
"""

from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, run_state_machine_as_test

from editorial import clock
from tests.state_machine.intruders import Intruders
from tests.state_machine.leading import Leading
from tests.state_machine.looking import Looking
from tests.state_machine.surroundings import Surroundings
from tests.state_machine.terms import WHO

STEPS_AN_EXAMPLE = 50
# How many times as many steps may be taken until each verb was done.
MORE = 4


class Newsroom(Leading, Surroundings, Intruders, Looking):
    """All of them, on a question that requires one signature or two."""

    @initialize(two=st.booleans(), publishes=st.booleans())
    def choose_a_question(self, two, publishes):
        self.publish_with_the_signature(publishes)
        self.question = self.world.two if two else self.world.desk.question
        self.model.required = 2 if two else 1

    def teardown(self):
        try:
            self.history_is_whole_and_as_it_was_written()
            self.readers_see_the_live_edition()
        finally:
            clock._moved_to.reset(self.clock)
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)


def run(world, steps, *, seed=None, room=Newsroom):
    """Run the machine for about so many steps; raise what it finds."""
    machine = type("Machine", (room,), {"world": world})
    if seed is not None:
        machine._hypothesis_internal_use_seed = seed
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=max(steps // STEPS_AN_EXAMPLE, 1),
            stateful_step_count=STEPS_AN_EXAMPLE,
            deadline=None,
            report_multiple_bugs=False,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )


def run_until_each_is_done(world, steps):
    """Run it; then go on, with other seeds, while some verb was never yet done."""
    run(world, steps)
    for seed in range(1, MORE + 1):
        if not undone(world):
            return
        run(world, steps, seed=seed)


def undone(world):
    return {verb for verb in WHO if not world.done[verb, "done"]}


def table(world):
    """Yield a line for each verb: how often it was done, refused and denied."""
    yield f"{'':<18}{'done':>7}{'same':>7}{'refused':>9}{'denied':>8}"
    for verb in WHO:
        done, same, refused, denied = (
            world.done[verb, what] for what in ("done", "same", "refused", "denied")
        )
        yield f"{verb:<18}{done:>7}{same:>7}{refused:>9}{denied:>8}"
