"""What a save costs with guards and without, as a ratio, in one run: make bench.

The saves take turns, so that what else the machine does falls on both alike.
"""

import os
import statistics
import sys
import time

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
SAVES = int(os.environ.get("SAVES", "200"))


def main():
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import get_runner, setup_test_environment

    from editorial import guards

    setup_test_environment()
    runner = get_runner(django.conf.settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        saved = saver()
        times = {True: [], False: []}
        for turn in range(SAVES // 20):
            for guarded in (turn % 2 == 0, turn % 2 == 1):
                guards.install() if guarded else guards.drop()
                saved()  # the first after a change of schema prepares its statements
                times[guarded] += [timed(saved) for _ in range(20)]
    finally:
        runner.teardown_databases(databases)
    told(connection.vendor, times[True], times[False])


def saver():
    """Return what saves another text of the same draft."""
    from tests.builders import Desk

    desk = Desk()
    summary, turn = desk.draft(), iter(range(10**9))
    return lambda: desk.revise(summary, f"Text {next(turn)} [@gard-poh].")


def timed(act):
    before = time.perf_counter()
    act()
    return time.perf_counter() - before


def told(vendor, guarded, bare):
    ours, theirs = statistics.median(guarded), statistics.median(bare)
    slow = statistics.quantiles(guarded, n=20)[-1]
    print(
        f"{vendor}: a save takes {ours * 1000:.2f} ms with guards, "
        f"{theirs * 1000:.2f} ms without: ratio {ours / theirs:.2f} "
        f"(median of {len(bare)} each; 95 % with guards {slow * 1000:.2f} ms)"
    )


if __name__ == "__main__":
    sys.exit(main())
