"""Runs both, walks every way in both, and prints the comparison as tables.

    CHROMIUM=/usr/bin/chromium .venv/bin/python -m tests.benchmarks.beside_wagtail

Exit code 1 where Countersign did not do all as it must; what Wagtail does is told, and
judged by nobody. SCREENSHOTS=1 keeps pictures of both in var/screenshots.
"""

import argparse
import os
import sys
import tempfile
from functools import partial
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.benchmarks.beside_wagtail import (
    about,
    our_site,
    our_trials,
    our_ways,
    table,
    their_trials,
    their_ways,
)
from tests.benchmarks.beside_wagtail.wagtail_serving import wagtail
from tests.browser.conftest import ARGUMENTS

OURS = {
    "change": "Countersign: one sentence of a live page changed; read, ticked, signed",
    "first": "Countersign: a first edition; every passage read, ticked, signed",
    "unchanged": "Countersign: an overdue page “reviewed without change”",
}
THEIRS = {
    "compared": "Wagtail: the short answer of a live page changed; compared, approved",
    "edited": "Wagtail: the same; opened in the editor, approved",
    "unread": "Wagtail: the same; approved from the home, unread",
    "unchanged": "Wagtail: an ageing page published again as it is; no review is noted",
}
MINUTE = 60
OUR_TRIALS = (
    our_trials.lost_update,
    our_trials.edit_after_reading,
    our_trials.self_approval,
    our_trials.superuser,
    our_trials.reviewed_without_change,
)
WAGTAIL_TRIALS = {
    "at_once": partial(their_trials.lost_update, pause=0),
    "pause": partial(their_trials.lost_update, pause=their_trials.SETTLED),
    "colleague": partial(their_trials.edit_after_reading, by=their_trials.colleague),
    "sent_again": partial(
        their_trials.edit_after_reading, by=their_trials.withdrawn_and_sent_again
    ),
    "editor": their_trials.edit_behind_the_editor,
    "both": partial(their_trials.self_approval, username="both"),
    "root": partial(their_trials.self_approval, username="root"),
    "alone": their_trials.publish_without_review,
    "unchanged": their_trials.published_without_change,
}


def main():
    rounds = asked().rounds
    with (
        tempfile.TemporaryDirectory(prefix="beside") as folder,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"], args=ARGUMENTS
        )
        versions = about.versions(browser.version)
        ours, our_outcomes = countersign(browser, Path(folder), rounds)
        theirs, their_outcomes = of_wagtail(browser, Path(folder), rounds)
        browser.close()
    show(versions, {**ours, **theirs}, our_outcomes, their_outcomes)
    quick = all(one.wall < MINUTE for one in ours[OURS["unchanged"]])
    sys.exit(not (quick and all(held for _, held in our_outcomes.values())))


def asked():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


def countersign(browser, folder, rounds):
    """The trials, and each round of the ways, on a copy of the same first day."""
    (folder / "made").mkdir()
    made, taken = our_site.made(folder / "made"), []
    with our_site.countersign(folder / "trials", made) as site:
        tried = {trial.__name__: trial(browser, site) for trial in OUR_TRIALS}
    for number in range(rounds):
        with our_site.countersign(folder / f"round-{number}", made) as site:
            taken.append(our_ways.ways(browser, site))
    return by_way(taken, OURS), tried


def of_wagtail(browser, folder, rounds):
    """Each trial and each round on a page of its own; the first round only warms."""
    trials = len(WAGTAIL_TRIALS)
    (folder / "wagtail").mkdir()
    with wagtail(folder / "wagtail", pages=trials + 1 + rounds) as site:
        tried = {
            name: trial(browser, site, number)
            for number, (name, trial) in enumerate(WAGTAIL_TRIALS.items(), 1)
        }
        taken = [
            their_ways.ways(browser, site, trials + number)
            for number in range(1, rounds + 2)
        ]
    (folder / "strict").mkdir()
    with wagtail(folder / "strict", pages=1, REAPPROVE="on") as site:
        tried["strict"] = WAGTAIL_TRIALS["colleague"](browser, site, 1)
    return by_way(taken[1:], THEIRS), tried


def by_way(rounds, names):
    """The tallies of every round, by the name that the table gives their way."""
    return {name: [taken[way] for taken in rounds] for way, name in names.items()}


def show(versions, ways, ours, theirs):
    print(versions, "", *table.costs(ways), "", sep="\n")
    said = {name: sentence for name, (sentence, _) in ours.items()}
    print(*table.outcomes(about.rows(said, theirs)), "", about.NOTES, sep="\n")
    for name, (_, held) in ours.items():
        if not held:
            print(f"Countersign did not hold: {name}", file=sys.stderr)


if __name__ == "__main__":
    main()
