"""Every page of the demonstration and of its desk is valid HTML, to the Nu checker.

It reads what the server sends, each document once; the style sheets too.
"""

import json
import os
import shutil
import subprocess
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.template.loader import render_to_string

from editorial import front_door
from editorial.environment import BASE_DIR
from tests.browser.test_desk import SCREENS
from tests.browser.test_pages import PAGES
from tests.browser.visiting import password_of
from tests.conftest import Answer
from tests.crawling import Reader, crawl
from tests.walking import Walker

CHECKER = BASE_DIR / "tests/browser/node_modules/vnu-jar/build/dist/vnu.jar"
OF_ERRORS = ("400", "403", "403_csrf", "404", "500", "503")

# What the checker finds and we keep, word for word, each with its reason.
KEPT = {
    "An “aria-disabled” attribute whose value is “true” should not be specified on an "
    "“a” element that has an “href” attribute.": "A greyed move stays reachable: its "
    "page says in full why it is refused.",
}
CONTAINER = "Browsers have had container queries since 2023; the checker knows none."
KEPT_IN_STYLE = {
    "CSS: “container-type”: Property “container-type” doesn't exist.": CONTAINER,
    "CSS: Unrecognized at-rule “@container”": CONTAINER,
    "CSS: “field-sizing”: Property “field-sizing” doesn't exist.": "A field grows with "
    "its text where the browser can; it scrolls where not.",
}


@pytest.fixture(scope="session")
def check():
    """Runs the checker over files; returns each finding as (file, message)."""
    missing = [
        what
        for what, there in (("java", shutil.which("java")), (CHECKER, CHECKER.exists()))
        if not there
    ]
    if missing:
        said = f"!!! SKIPPED: the HTML checker needs {missing[0]}: see `make checker`"
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(said)
        pytest.skip(said)

    def check(*what):
        said = subprocess.run(
            ["java", "-jar", CHECKER, "--format", "json", "--exit-zero-always", *what],
            check=True,
            capture_output=True,
            text=True,
        ).stderr
        return [
            (Path(urlsplit(one["url"]).path), one["message"])
            for one in json.loads(said)["messages"]
        ]

    return check


@pytest.fixture
def walker(site):
    """Makes walkers of the served site: `walker("editor")` has logged in."""
    host = urlsplit(site.address).netloc

    def visit(address, method="GET", body=b"", **environ):
        connection = HTTPConnection(host, timeout=30)
        headers = {
            name.removeprefix("HTTP_").replace("_", "-"): value
            for name, value in environ.items()
        }
        connection.request(method, address, body or None, headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return Answer(answer.status, answer.msg, body)

    def walker(who=None):
        walker = Walker(visit, origin=site.address)
        if who:
            walker.log_in(who, password_of(who))
        return walker

    return walker


def findings(check, folder, documents, kept=KEPT):
    """Check documents by name, each text once; return what is not kept, by name."""
    names = {}
    for name, html in documents:
        names.setdefault(html, name)
    for number, html in enumerate(names):
        (folder / f"{number}.html").write_text(html)
    named = dict(enumerate(names.values()))
    return sorted(
        {
            f"{named[int(path.stem)]}: {message}"
            for path, message in check(folder)
            if message not in kept
        }
    )


def documents(found):
    """The document at an address, and those in its frames."""
    yield found.address, found.html
    for frame in Reader(found.html).frames:
        yield f"{found.address}, in its frame", frame


def of_role(role, summaries):
    """Where a role's crawl begins: the desk, and its screens that are listed."""
    addresses = [address for who, address in SCREENS.values() if who == role]
    return [address.format_map(summaries) for address in addresses] or ["/admin/"]


def test_every_public_page_is_valid(check, walker, tmp_path, summaries):
    starts = [*PAGES.values(), *of_role(None, summaries)]
    found = [one for one in crawl(walker(), *starts) if one.html]

    assert findings(check, tmp_path, [d for one in found for d in documents(one)]) == []
    assert {200, 404, 410} == {one.status for one in found}
    assert len(found) > 25


def test_every_page_of_an_error_is_valid(check, tmp_path):
    pages = [(f"{name}.html", render_to_string(f"{name}.html")) for name in OF_ERRORS]
    pages.append(("front_door.AWAY", front_door.AWAY))

    assert findings(check, tmp_path, pages) == []


@pytest.mark.parametrize("role", ["writer", "reviewer", "editor", "people"])
def test_every_screen_of_a_role_is_valid(check, walker, tmp_path, summaries, role):
    starts = ["/admin/", *of_role(role, summaries)]
    found = [one for one in crawl(walker(role), *starts) if one.html]

    assert findings(check, tmp_path, [d for one in found for d in documents(one)]) == []
    assert len(found) > 8


# The form that is sent, by whom, where, and with what.
SENT = {
    "preview": ("writer", "{fop-outlook}/change/", {"preview": "1"}),
    "login": (None, "/admin/login/", {"username": "writer", "password": "not this"}),
    "entry": ("editor", "/admin/conditions/condition/add/", {"slug": "", "name": ""}),
    "move": ("editor", "{fop-research}/moves/withdraw/", {"reason": ""}),
    "sign-off": ("reviewer", "{fop-what-to-avoid}/review/", {"password": ""}),
    "invitation": ("people", "/admin/editorial/user/add/", {"username": ""}),
}


@pytest.mark.parametrize("name", SENT)
def test_what_a_form_answers_is_valid(check, walker, tmp_path, summaries, name):
    who, address, typed = SENT[name]
    person = walker(who)
    person.go(address.format_map(summaries))

    person.submit(**typed)

    answer = [(name, person.text), *((name, f) for f in Reader(person.text).frames)]
    assert findings(check, tmp_path, answer) == []


def test_every_style_sheet_of_ours_is_valid(check):
    sheets = [
        path
        for root in ("conditions", "editorial")
        for path in (BASE_DIR / root / "static").rglob("*.css")
    ]

    assert [
        f"{path.name}: {message}"
        for path, message in check("--css", *sheets)
        if message not in KEPT_IN_STYLE
    ] == []
    assert len(sheets) > 1
