"""Mutated words through the real forms: none becomes markup, none ends in an error.

Thirty of them, and INPUTS / 100 where those are more: `make soak` takes 1,000. Each
output by itself: test_mutated.py.
"""

import html
import json
import os
from collections import Counter
from urllib.parse import urlencode

import pytest

from tests.builders import BODY, PASSWORD, Desk
from tests.judging import Inventory, Judge
from tests.mutating import mutated
from tests.walking import Forms, Walker

INPUTS = max(int(os.environ.get("INPUTS", "0")) // 100, 30)
FIELDS = ("body", "short_answer", "reason", "drafting_note")
LOOK_EVERY = 10  # saves


class Typist:
    """A writer who types anything, and looks at every screen that shows it."""

    def __init__(self, visit, desk):
        self.form = f"/admin/editorial/summary/{desk.draft().pk}/"
        self.screens = "history/", "history/compare/?a=1&b=2", "history/2/", "change/"
        self.tags, self.scripts, self.walker = {}, {}, Walker(visit)
        self.walker.log_in(desk.writer.username, PASSWORD)

    def learn(self):
        """Look at every screen while all words on it are harmless."""
        self.open("change/")
        self.submit(body=f"{BODY}\n\nTwo [@gard-poh]. cаre", reason="Because.")
        for screen in self.screens:
            self._know(screen, self.open(screen))
        for faulty in ({"body": "# Not taken"}, {"drafting_note": "a" * 301}):
            self._know("change/", self.submit(**faulty))
        self._know("live/", self.live(body=BODY))
        self.open("change/")

    def open(self, screen):
        assert self.walker.go(self.form + screen) == 200
        return self.walker.text

    def submit(self, **words):
        """Send the form that is on the screen; return the page that answers."""
        assert self.walker.submit(**words) == 200
        return self.walker.text

    def live(self, **words):
        """Send what follows the typing; return all the HTML of its answer."""
        walker, kept = self.walker, (self.walker.address, self.walker.answer)
        fields = next(f for f in Forms(walker.text).forms if "body" in f.names).fields
        sent = urlencode({**fields, **words}).encode()
        assert walker._ask(f"{self.form}live/", "POST", sent) == 200
        said = json.loads(walker.text)
        walker.address, walker.answer = kept
        return said["preview"] + said["cited"]

    def _know(self, screen, page):
        for text in (page, html.unescape(page)):
            for tag, names in Inventory(text).tags.items():
                self.tags.setdefault(tag, set()).update(names)
        found = Counter(Judge(page, self.tags).found)
        self.scripts[screen] = max(self.scripts.get(screen, 0), found["a script"])

    def wrong(self, screen, page):
        """Return what a page holds that it does not hold of harmless words."""
        found = Counter(Judge(page, self.tags).found)
        found["a script"] -= self.scripts[screen]
        return [one for one in +found if not one.startswith("href=?")]


@pytest.fixture
def typist(db, visit):
    typist = Typist(visit, Desk())
    typist.learn()
    return typist


def typed(number):
    """Return one field's words as a browser sends them: no half of a pair."""
    words = f"{mutated(number)} canary{number}".encode(errors="replace").decode()
    return {FIELDS[number % len(FIELDS)]: words}


def test_no_mutated_word_that_is_typed_becomes_markup(typist):
    found, shown = [], 0
    for number in range(INPUTS):
        words = typed(number)
        seen = {"live/": typist.live(**words), "change/": typist.submit(**words)}
        shown += f"canary{number}" in seen["change/"]
        if number % LOOK_EVERY == 0:
            seen |= {screen: typist.open(screen) for screen in typist.screens}
        for screen, page in seen.items():
            found += [(number, screen, one) for one in typist.wrong(screen, page)]

    print(f"\n{INPUTS} inputs: {shown} shown again; dangerous: {len(found)}")
    assert found == []
    assert shown > INPUTS / 2
