"""Countersign’s side: a fresh copy of the demonstration, and who is sent to it."""

import shutil
from contextlib import contextmanager
from urllib.request import urlopen

from playwright.sync_api import expect

from tests.benchmarks.beside_wagtail.counting import PATIENCE, Person
from tests.browser.serving import demonstration
from tests.browser.visiting import password_of

RESEARCH = (
    "What are the most promising research directions for fibrodysplasia ossificans "
    "progressiva?"
)
RESEARCH_PAGE = "/conditions/fibrodysplasia-ossificans-progressiva/research/"
SUMMARY = "/admin/editorial/summary"


def made(folder):
    """Fill the demonstration once; every site after it begins with a copy."""
    with demonstration(folder, WEB_CONCURRENCY="1"):
        pass
    return folder / "db.sqlite3"


@contextmanager
def countersign(folder, copied):
    """A site as it was on its first day, served by one worker of two threads."""
    folder.mkdir()
    shutil.copy(copied, folder / "db.sqlite3")
    with demonstration(folder, WEB_CONCURRENCY="1") as site:
        yield site


def person(browser, site, username):
    return Person(browser, site, username, enter="Log in")


def read(site, path):
    """A page as the public gets it."""
    with urlopen(f"{site.address}{path}") as answer:
        return answer.read().decode()


def edit(writer, number, was, becomes):
    """Change words of the body, and save."""
    writer.open(f"{SUMMARY}/{number}/change/")
    body = writer.page.get_by_label("Body", exact=True)
    body.fill(body.input_value().replace(was, becomes, 1))
    writer.go(writer.role("button", "Save"))


def begin_revision(writer, number):
    writer.open(f"{SUMMARY}/{number}/moves/start_revision/")
    writer.go(writer.role("button", "Start a revision"))


def submit(writer, number):
    writer.open(f"{SUMMARY}/{number}/moves/submit_for_review/")
    writer.go(writer.role("button", "Submit for review"))
    assert writer.sees("Submitted for review.")


def tick(reviewer):
    """Tick each passage as read, and wait until every tick is saved."""
    boxes = reviewer.page.locator("[name=read]")
    for box in boxes.all()[::-1]:
        reviewer.click(box)
    expect(boxes).to_have_count(0, timeout=PATIENCE)


def state_and_sign(reviewer, username):
    """Say that there is no interest, type the password, and sign."""
    reviewer.click(reviewer.role("radio", "None"))
    reviewer.fill(
        reviewer.page.get_by_label("Your password", exact=True), password_of(username)
    )
    reviewer.go(reviewer.role("button", "Sign and publish"))
