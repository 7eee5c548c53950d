"""A browser, the site that it visits, and who sits in front of it."""

import os

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.serving import demonstration
from tests.browser.visiting import Visitor

# A browser that asks nobody on the net for anything, and runs as root in a container.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    with demonstration(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory):
    """Another site, which the days that people play may leave their traces in."""
    with demonstration(tmp_path_factory.mktemp("newsroom")) as site:
        yield site


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"], args=ARGUMENTS
        )
        yield browser
        browser.close()


@pytest.fixture
def arrive(browser, site):
    """Makes visitors: `arrive(java_script_enabled=False)`; none may meet a fault."""
    visitors = []

    def arrive(**options):
        context = browser.new_context(base_url=site.address, **options)
        context.set_default_timeout(10_000)
        visitors.append(Visitor(context.new_page(), site.address))
        return visitors[-1]

    yield arrive
    faults = [fault for visitor in visitors for fault in visitor.faults]
    for visitor in visitors:
        visitor.page.context.close()
    assert faults == []


@pytest.fixture
def stranger(arrive):
    return arrive()


@pytest.fixture(scope="session")
def sessions():
    """The cookies of whoever has logged in already, by username."""
    return {}


@pytest.fixture(scope="session")
def newsroom_sessions():
    return {}


@pytest.fixture
def person(arrive, sessions):
    """A colleague at the desk: `person("writer")`, logged in through the form once."""

    def person(username):
        if username in sessions:
            return arrive(storage_state=sessions[username])
        visitor = arrive()
        visitor.log_in(username)
        sessions[username] = visitor.page.context.storage_state()
        return visitor

    return person


@pytest.fixture
def summaries(site):
    """The path of every summary at the desk: `summaries["fop-outlook"]`."""
    return {
        name: f"/admin/editorial/summary/{number}"
        for name, number in site.numbers().items()
    }


@pytest.fixture
def open_text(person, summaries):
    """The address of a text that is open for changes."""
    path = summaries["poh-causes"]
    writer = person("writer")
    writer.open(f"{path}/change/")
    if not writer.page.locator("#writing").count():
        writer.open(f"{path}/moves/start_revision/")
        writer.press("Start a revision")
    return f"{path}/change/"
