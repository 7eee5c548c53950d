"""What a save costs with guards, with the log, and with neither, as ratios: make bench.

The saves take turns, so that what else the machine does falls on all of them alike.
"""

import os
import statistics
import sys
import time
from itertools import product

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
SAVES = int(os.environ.get("SAVES", "200"))
AT_A_TIME = 20
WITH = list(product((False, True), repeat=2))  # guards, log


def main():
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import get_runner, setup_test_environment

    setup_test_environment()
    runner = get_runner(django.conf.settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        times = measured(saver())
    finally:
        runner.teardown_databases(databases)
    told(connection.vendor, times)


def saver():
    """Return what saves another text of the same draft."""
    from tests.builders import Desk

    desk = Desk()
    summary, turn = desk.draft(), iter(range(10**9))
    return lambda: desk.revise(summary, f"Text {next(turn)} [@gard-poh].")


def measured(save):
    from editorial import guards, log

    times, enter = {which: [] for which in WITH}, log.enter
    for turn in range(SAVES // AT_A_TIME):
        for guarded, logged in WITH[turn % 4 :] + WITH[: turn % 4]:
            guards.install() if guarded else guards.drop()
            log.enter = enter if logged else lambda *told, **facts: None
            save()  # the first after a change of schema prepares its statements
            times[guarded, logged] += [timed(save) for _ in range(AT_A_TIME)]
    return times


def timed(act):
    before = time.perf_counter()
    act()
    return time.perf_counter() - before


def told(vendor, times):
    bare = statistics.median(times[False, False])
    print(f"{vendor}: median of {len(times[False, False])} saves each, in milliseconds")
    for (guarded, logged), taken in times.items():
        what = " and ".join(["guards"] * guarded + ["log"] * logged) or "neither"
        median, slow = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
        print(
            f"  {what:<15} {median * 1000:7.2f}, ratio {median / bare:.2f}"
            f" (95 %: {slow * 1000:.2f})"
        )


if __name__ == "__main__":
    sys.exit(main())
