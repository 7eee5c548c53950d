"""A person at a browser whose every click, field and page is counted; counts only."""

import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar

from tests.benchmarks.processes import cpu_seconds
from tests.browser.looking import HEIGHT, WIDTHS, take_picture

PATIENCE = 60_000  # milliseconds


@dataclass
class Tally:
    """What one way took: the person’s part, and the machine’s in seconds."""

    clicks: int = 0
    fields: int = 0
    pages: int = 0
    requests: int = 0
    wall: float = 0.0
    cpu: float = 0.0


class Person:
    """One tab of somebody logged in, at the home of the desk."""

    # The cookies of whoever has logged in already, by site and username.
    sessions: ClassVar = {}

    def __init__(self, browser, site, username, *, enter):
        context = browser.new_context(
            base_url=site.address,
            viewport={"width": WIDTHS[-1], "height": HEIGHT},
            storage_state=self.sessions.get((site.address, username)),
        )
        context.set_default_timeout(PATIENCE)
        self.site, self.page, self.tally = site, context.new_page(), Tally()
        self._log_in(username, enter)
        self.page.on("request", self._asked)

    def _log_in(self, username, enter):
        """Through the form, unless the desk still knows them."""
        self.page.goto("/admin/")
        if not self.page.get_by_label("Password").count():
            return
        self.page.get_by_label("Username").fill(username)
        self.page.get_by_label("Password").fill(f"{username}-demo-2026")
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=enter).click()
        state = self.page.context.storage_state()
        self.sessions[self.site.address, username] = state

    def _asked(self, request):
        """A page is what the tab itself goes to; where it is sent on, that is one."""
        self.tally.requests += 1
        if request.is_navigation_request() and not request.redirected_from:
            self.tally.pages += request.frame == self.page.main_frame

    def open(self, address):
        """Go to an address, as from a bookmark; for what is not counted."""
        return self.page.goto(address)

    def home(self):
        return self.open("/admin/")

    def click(self, where):
        self.tally.clicks += 1
        where.click()

    def fill(self, where, words):
        """Type into a field, which a click has chosen, as with a mouse."""
        self.tally.clicks += 1
        self.tally.fields += 1
        where.fill(words)

    def choose(self, where, option):
        """Pick from a list: a click opens it, another takes the option."""
        self.tally.clicks += 2
        where.select_option(label=option)

    def go(self, where):
        """Click on what leads to another page, and wait for that."""
        with self.page.expect_navigation():
            self.click(where)

    def role(self, role, name, *, exact=True):
        return self.page.get_by_role(role, name=name, exact=exact).first

    def sees(self, words):
        return self.page.get_by_text(words).first.is_visible()

    def picture(self, name):
        take_picture(self.page, f"beside-{name}")

    @contextmanager
    def counted(self):
        """Count from here on, at a site that has nothing else to do."""
        self.tally = Tally()
        cpu, began = cpu_seconds(self.site.server), time.perf_counter()
        yield self.tally
        self.tally.wall = time.perf_counter() - began
        self.tally.cpu = cpu_seconds(self.site.server) - cpu

    def leave(self):
        self.page.context.close()
