"""Follows every link of a large public site from its sitemap, beside a small one.

    PYTHONPATH=. .venv/bin/python tests/benchmarks/from_sitemap.py [PAGES]

No link may be broken, and a page may show no text but those that were signed for it:
exit code 1 else. Told are the times of each kind of address, of a publication and of a
search, as ratios of both sites. About 100,000 pages unless told; that takes an hour.
"""

import json
import os
import re
import sys
import tempfile
from collections import defaultdict
from functools import partial
from statistics import median

from tests.benchmarks.our_acts import timed

QUESTIONS, SMALL = 20, 200
REVISIONS = 7  # the fewest that the site can be written with
TIMES = 15  # of each act
LOC = re.compile(r"<loc>https?://[^/<]+([^<]*)</loc>")
LINK = re.compile(r'<(?:a|link) [^>]*href="(?:https?://127\.0\.0\.1:8000)?(/[^"#?]*)')
TEXT = re.compile(r"This is text (\d+)\.")
PAGE = re.compile(r"(/conditions/[^/]+/[^/]+/)(.*)")
NUMBER = re.compile(r"\d+")
SEARCHED = ("bisorder 7", "question 7 disorder", "physiotherapy", "hetreoplasia")


class Crawl:
    """Every address that the sitemap and links lead to: its answer and its time."""

    def __init__(self, ask):
        self.ask, self.known, self.waiting = ask, set(), []
        self.seconds, self.faults = defaultdict(list), []
        self.texts = signed_texts()

    def run(self):
        self._meet(["/", "/sitemap.xml", "/robots.txt"])
        while self.waiting:
            self._visit(self.waiting.pop())
        return self

    def _visit(self, address):
        seconds, answer = timed(partial(self.ask, address))
        body = answer.body.decode()
        self.seconds[kind(address)].append(seconds)
        if answer.status not in (200, 410):
            self.faults.append(f"{address}: {answer.status}")
        self._meet(LOC.findall(body) + LINK.findall(body))
        place = PAGE.match(address)
        signed = self.texts.get(place[1], set()) if place else set()
        if other := {*TEXT.findall(body)} - signed:
            self.faults.append(f"{address} shows a text that nobody signed: {other}")

    def _meet(self, addresses):
        new = {one for one in addresses if not one.startswith(("/static/", "/admin/"))}
        self.waiting += sorted(new - self.known)
        self.known |= new


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

    from conditions import outdating
    from tests.benchmarks.large_site import fill
    from tests.conftest import visiting

    call_command("migrate", verbosity=0)
    desk = fill(*size, REVISIONS)
    outdating.enter_all()
    call_command("reindex", verbosity=0)
    with visiting() as ask:
        crawl = Crawl(ask).run()
    told = {name: median(taken) for name, taken in crawl.seconds.items()}
    told |= {"a publication": published(desk), "a search": searched()}
    print(f"{len(crawl.known):,} addresses, {len(crawl.texts):,} pages", flush=True)
    return crawl.faults, told


def published(desk):
    """Return the median seconds of a publication, of a page that is new each time."""
    from django.conf import settings

    from editorial import publishing
    from tests.builders import make_question

    settings.PUBLISH_ON_SIGN_OFF = False
    taken = []
    for number in range(TIMES):
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
        for number in (SMALL, pages):
            size = (number // QUESTIONS, QUESTIONS)
            with database(size, folder):
                sites.append(measured(size))
    (few, small), (many, large) = sites
    for name in sorted(large):
        before, after = small.get(name, 0) * 1000, large[name] * 1000
        ratio = f"{after / before:6.2f}" if before else "     –"
        print(f"  {name:28} {before:8.1f} ms {after:8.1f} ms {ratio}")
    print("\n".join([*few, *many][:50]) or "No link is broken, no draft is read.")
    return int(bool(few or many))


if __name__ == "__main__":
    sys.exit(main(int((*sys.argv[1:], 100_000)[0])))
