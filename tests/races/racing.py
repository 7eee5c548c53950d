"""Several acts at once, one step at a time, in an order that a seed decides.

Each act runs in a thread with a connection of its own. It stops before it begins to
write, before and after it locks rows, after each statement that a reader sends, and
before and after it commits; there a seeded choice says who goes on. Whoever would only
wait for a lock is not chosen, so that the same seed gives the same order.
"""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from queue import Empty, SimpleQueue

from django.db import connection, connections

from editorial import locks

# A wait that was not foreseen ends when somebody else goes on.
STALLED = 2.0  # seconds
WRITES = ("INSERT", "UPDATE", "DELETE")
HERE = threading.local()


class Deadlock(AssertionError):
    """Everybody waits for a lock that another holds."""


class Act:
    """One act of a race: what came of it, and when it began and ended, in steps."""

    def __init__(self, name, do, *, reads=False):
        self.name, self.do, self.reads = name, do, reads
        self.value = self.error = None
        self.began = self.ended = 0
        self.go = threading.Semaphore(0)


class Runners(ThreadPoolExecutor):
    """Threads that keep their connections from race to race, and close them at last."""

    def __init__(self, number):
        super().__init__(number)
        self.number = number

    def __exit__(self, *error):
        met = threading.Barrier(self.number)

        def leave():
            met.wait()
            connections.close_all()

        for leaving in [self.submit(leave) for _ in range(self.number)]:
            leaving.result()
        return super().__exit__(*error)


class Race:
    """Runs acts against each other; `seen` is told each step and point, if given."""

    def __init__(self, runners, seed, *, seen=None):
        self.runners, self.choice, self.seen = runners, random.Random(seed), seen
        self.arrived, self.owned, self.step = SimpleQueue(), {}, 0
        self.points, self.stalls = [], 0

    def run(self, *acts):
        assert len(acts) <= self.runners.number
        going = [self.runners.submit(self._run, act) for act in acts]
        self._schedule(acts)
        for one in going:
            one.result()
        return acts

    def _schedule(self, acts):
        # Of very unlike pace, so that one may do all its work between two of another.
        self.pace = {act: 20 ** self.choice.uniform(-2, 0) for act in acts}
        running, paused = set(acts), {}
        while running or paused:
            while running:
                try:
                    act, point, wants = self.arrived.get(timeout=STALLED)
                except Empty:
                    if not any(self._is_free(a, w) for a, w in paused.items()):
                        continue
                    self.stalls += 1
                    break
                running.discard(act)
                if point != "ended":
                    paused[act] = wants
                self.step += 1
                self.points.append((act.name, point))
                if point == "ended":
                    act.ended = self.step
                if self.seen:
                    self.seen(self.step, point)
            free = [a for a in acts if a in paused and self._is_free(a, paused[a])]
            if free:
                (act,) = self.choice.choices(free, [self.pace[one] for one in free])
                del paused[act]
                running.add(act)
                act.go.release()
            elif paused and not running:
                raise Deadlock(self.points)

    def _is_free(self, act, wants):
        return all(self.owned.get(row, act) is act for row in wants)

    def at(self, point, wants=()):
        """Stop here until the scheduler says so; the rows wanted are then held."""
        act = HERE.act
        self.arrived.put((act, point, tuple(wants)))
        act.go.acquire()
        for row in wants:
            self.owned[row] = act

    def _release(self):
        for row in [row for row, act in self.owned.items() if act is HERE.act]:
            del self.owned[row]

    def _run(self, act):
        HERE.act, HERE.race = act, self
        try:
            _watch(connections["default"])
            with connection.execute_wrapper(self._statement):
                self.at("ready")
                act.began = self.step
                act.value = act.do()
        except Exception as error:
            act.error = error
        finally:
            self._release()
            HERE.race = None
            self.arrived.put((act, "ended", ()))

    def _statement(self, execute, sql, params, many, context):
        if HERE.act.reads and connection.in_atomic_block:
            return execute(sql, params, many, context)  # it prints, and is not held up
        if HERE.act.reads:
            result = execute(sql, params, many, context)
            self.at("read")
            return result
        if "pg_advisory_xact_lock" in sql:
            self.at("log", ["log"])
        begins = sql.startswith("BEGIN")
        alone = sql.startswith(WRITES) and not connection.in_atomic_block
        if not (begins or alone):
            return execute(sql, params, many, context)
        self.at("write", ["file"] if connection.vendor == "sqlite" else ())
        result = execute(sql, params, many, context)
        if alone:
            self._release()
        return result


locks_held, locks_held_one = locks.held, locks.held_one


def held(rows):
    """Stand in the place of `locks.held`: as it does, with a stop on either side."""
    keys = partial(rows.values_list, "pk", flat=True)
    return _stopping(rows.model, keys, partial(locks_held, rows))


def held_one(model, pk):
    return _stopping(model, lambda: [pk], partial(locks_held_one, model, pk))


def _stopping(model, keys, take):
    race = getattr(HERE, "race", None)
    if race is None:
        return take()
    race.at("lock", [(model.__name__, pk) for pk in keys()])
    found = take()
    race.at("locked")
    return found


def _watch(wrapper):
    """Stop a connection before and after it commits; know when its locks are gone."""
    if "_commit" in vars(wrapper):
        return
    commit, rollback = wrapper._commit, wrapper._rollback

    def committed():
        HERE.race.at("commit")
        commit()
        HERE.race._release()
        HERE.race.at("committed")

    def rolled_back():
        rollback()
        HERE.race._release()

    wrapper._commit, wrapper._rollback = committed, rolled_back
