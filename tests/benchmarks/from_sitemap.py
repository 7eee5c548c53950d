"""Follows every link of a large public site from its sitemap, beside a small one.

    PYTHONPATH=. .venv/bin/python tests/benchmarks/from_sitemap.py [PAGES]

No link may be broken, and a page may show no text but those that were signed for it:
exit code 1 else. Told are the times of each kind of address, read again when all are
printed, of a publication and of a search, as ratios of both sites. About 100,000 pages
unless told; that takes two hours on two cores. KEEP=folder keeps the sites there, with
what was crawled of them, and goes on from what it finds.
"""

import json
import logging
import os
import re
import sys
import tempfile
from collections import defaultdict
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from random import Random
from statistics import median
from typing import NamedTuple

from tests.benchmarks.our_acts import timed

QUESTIONS, SMALL = 20, 200
REVISIONS = 7  # the fewest that the site can be written with
TIMES = 15  # of each act
SOME = 200  # addresses of a kind that are read again
TOLD = 25_000  # addresses, after which it is said how far it came
CORES = os.cpu_count() or 1
AT_ONCE = 200  # addresses that a process is sent
LOC = re.compile(r"<loc>https?://[^/<]+([^<]*)</loc>")
LINK = re.compile(r'<(?:a|link) [^>]*href="(?:https?://127\.0\.0\.1:8000)?(/[^"#?]*)')
TEXT = re.compile(r"This is text (\d+)\.")
PAGE = re.compile(r"(/conditions/[^/]+/[^/]+/)(.*)")
NUMBER = re.compile(r"\d+")
SEARCHED = ("bisorder 7", "question 7 disorder", "physiotherapy", "hetreoplasia")


class Seen(NamedTuple):
    """What came of an address: the links and the texts that its answer has."""

    address: str
    status: int
    links: set[str]
    texts: set[str]


def open_site(name):
    """Let a process of its own ask the site whose database this is."""
    import django
    from django.db import connection

    django.setup()
    logging.disable(logging.WARNING)
    connection.settings_dict["NAME"] = name
    from tests.conftest import visiting

    global ask
    ask = visiting().__enter__()


def visit(addresses):
    return [_seen(address) for address in addresses]


def _seen(address):
    answer = ask(address)
    body = answer.body.decode()
    links = {*LOC.findall(body), *LINK.findall(body)}
    links = {one for one in links if not one.startswith(("/static/", "/admin/"))}
    return Seen(address, answer.status, links, {*TEXT.findall(body)})


class Crawl:
    """Every address that the sitemap and links lead to: its answer and its time."""

    def __init__(self, name):
        self.name, self.journal = name, Path(f"{name}.crawled")
        self.known, self.seen, self.faults = set(), set(), []
        self.texts = signed_texts()

    def run(self):
        """Crawl the site of that database, a process a core; go on where one ended."""
        self.known |= {"/", "/sitemap.xml", "/robots.txt"}
        before = self.journal.read_text() if self.journal.exists() else ""
        for line in before.splitlines(keepends=True):
            if line.endswith("]\n"):  # one that was killed may have written a part
                self._judge(Seen(*json.loads(line)))
        self.waiting = sorted(self.known - self.seen)
        with self.journal.open("a", buffering=1) as journal:
            journal.write("" if before.endswith("\n") else "\n")
            self._run(journal)
        return self

    def _run(self, journal):
        # Anew, and not forked: what is open here belongs to this process.
        how = {"mp_context": get_context("spawn"), "initargs": (self.name,)}
        with ProcessPoolExecutor(CORES, initializer=open_site, **how) as cores:
            going = set()
            while going or self.waiting:
                while self.waiting and len(going) < 2 * CORES:
                    going.add(cores.submit(visit, self._some()))
                done, going = wait(going, return_when=FIRST_COMPLETED)
                for one in done:
                    for seen in one.result():
                        self._take(seen, journal)

    def _some(self):
        some = self.waiting[-AT_ONCE:]
        del self.waiting[-AT_ONCE:]
        return some

    def _take(self, seen, journal):
        """Write down an answer with the links that are new, and judge it."""
        new = sorted(seen.links - self.known)
        self.waiting += new
        whole = seen._replace(links=new, texts=sorted(seen.texts))
        journal.write(json.dumps(whole) + "\n")
        self._judge(seen)
        if len(self.seen) % TOLD == 0:
            print(
                f"{len(self.seen):,} of {len(self.known):,} addresses that are known, "
                f"{len(self.faults)} faults",
                flush=True,
            )

    def _judge(self, seen):
        self.seen.add(seen.address)
        self.known |= {*seen.links}
        if seen.status not in (200, 410):
            self.faults.append(f"{seen.address}: {seen.status}")
        place = PAGE.match(seen.address)
        signed = self.texts.get(place[1], set()) if place else set()
        if other := {*seen.texts} - signed:
            self.faults.append(f"{seen.address} shows what nobody signed: {other}")


def signed_texts():
    """Return by the address of a page the numbers of its texts that were public."""
    from conditions.models import Publication

    found = defaultdict(set)
    acts = Publication.objects.select_related("page__condition", "page__question")
    for act in acts.select_related("edition").iterator(500):
        body = json.loads(act.edition.content)["body"]
        found[act.page.address] |= {*TEXT.findall(body)}
    return found


def kind(address):
    """Return what sort of address it is: whose page it is does not matter."""
    place = PAGE.match(address)
    if place:
        return f"a page: {NUMBER.sub('1', place[2])}"
    first, _, rest = address[1:].partition("/")
    return f"/{first}/…" if rest else f"/{first}"


def measured(size):
    """Make a site; return its faults, and the median seconds of whatever is done."""
    from django.core.management import call_command
    from django.db import connection

    from conditions import outdating
    from tests.benchmarks.large_site import fill, filled

    call_command("migrate", verbosity=0)
    desk = filled()
    if not desk:
        desk = fill(*size, REVISIONS)
        outdating.enter_all()
        call_command("reindex", verbosity=0)
    name = str(connection.settings_dict["NAME"])
    connection.close()
    crawl = Crawl(name).run()
    told = read_again(name, crawl.seen)
    told |= {"a publication": published(desk), "a search": searched()}
    print(f"{len(crawl.known):,} addresses, {len(crawl.texts):,} pages", flush=True)
    return crawl.faults, told


def read_again(name, addresses):
    """Return by kind the median seconds of reading some of the addresses, all printed.

    What a crawl reads first is printed by that, and on the larger site waits for it.
    """
    open_site(name)
    of_a_kind = defaultdict(list)
    for address in sorted(addresses):
        of_a_kind[kind(address)].append(address)
    told = {}
    for sort, found in of_a_kind.items():
        some = Random(1).sample(found, min(SOME, len(found)))
        visit(some)
        told[sort] = median(timed(partial(ask, one))[0] for one in some)
    return told


def published(desk):
    """Return the median seconds of a publication, of a page that is new each time."""
    from django.conf import settings

    from conditions.models import Question
    from editorial import publishing
    from tests.builders import make_question

    settings.PUBLISH_ON_SIGN_OFF = False
    taken, there = [], Question.objects.count()
    for number in range(there, there + TIMES):
        asked = f"What is {{condition}}, timed for the {number}th time?"
        desk.question = make_question(
            desk.editor, slug=f"timed-{number}", pattern=asked
        )
        summary = desk.in_review()
        desk.sign(summary)
        taken.append(timed(partial(publishing.publish, summary, by=desk.editor))[0])
    return median(taken)


def searched():
    from conditions import search

    taken = [timed(partial(search.find, typed))[0] for typed in SEARCHED * TIMES]
    return median(taken)


def main(pages):
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    from tests.benchmarks.lists import database

    sites = []
    with tempfile.TemporaryDirectory(prefix="crawled") as folder:
        folder = os.environ.get("KEEP") or folder
        for number in (SMALL, pages):
            size = (number // QUESTIONS, QUESTIONS)
            with database(size, folder):
                sites.append(measured(size))
    (few, small), (many, large) = sites
    for name in sorted(large):
        before, after = small.get(name, 0) * 1000, large[name] * 1000
        ratio = f"{after / before:6.2f}" if before else "     –"
        print(f"  {name:28} {before:8.2f} ms {after:8.2f} ms {ratio}")
    print("\n".join([*few, *many][:50]) or "No link is broken, no draft is read.")
    return int(bool(few or many))


if __name__ == "__main__":
    sys.exit(main(int((*sys.argv[1:], 100_000)[0])))
