"""The desk's screens are open to everybody, in both colours, at both widths."""

import re

import pytest

from tests.browser.looking import (
    ENLARGED,
    barriers,
    overflow,
    overflow_of_large_text,
    too_wide,
)
from tests.browser.ticking import tick_all

CATALOGUE = "/admin/conditions"
# What is shown, to whom, and where; {fop-outlook} is that summary's own path.
SCREENS = {
    "desk-of-writer": ("writer", "/admin/"),
    "desk-of-reviewer": ("reviewer", "/admin/"),
    "desk-of-editor": ("editor", "/admin/"),
    "desk-of-people": ("people", "/admin/"),
    "summaries": ("editor", "/admin/editorial/summary/"),
    "summaries-of-reviewer": ("reviewer", "/admin/editorial/summary/?q=POH"),
    "summaries-filtered": ("editor", "/admin/editorial/summary/?state=reviewed&q=POH"),
    "summaries-none": ("writer", "/admin/editorial/summary/?q=nothing+at+all"),
    "queue": ("editor", "/admin/editorial/summary/?due=overdue"),
    "coverage": ("editor", "/admin/coverage/"),
    "coverage-none": ("reviewer", "/admin/coverage/?letter=X"),
    "reports": ("editor", "/admin/reports/"),
    "mails": ("people", "/admin/mails/"),
    "your-mails": ("writer", "/accounts/mails/"),
    "start": ("writer", "/admin/editorial/summary/add/"),
    "write": ("writer", "{fop-outlook}/change/"),
    "write-revision": ("writer2", "{fop-causes}/change/"),
    "read-locked": ("writer", "{fop-what-to-avoid}/change/"),
    "read-signed": ("writer", "{fop-research}/change/"),
    "read-set-aside": ("editor", "{poh-outlook}/change/"),
    "comments": ("writer", "{fop-research}/comments/"),
    "timeline": ("writer", "{fop-research}/history/"),
    "timeline-of-withdrawn": ("editor", "{poh-how-common}/history/"),
    "revision": ("editor", "{fop-causes}/history/4/"),
    "compare": ("writer", "{fop-research}/history/compare/?a=1&b=4"),
    "review-first": ("reviewer", "{fop-what-to-avoid}/review/"),
    "review-second-signature": ("reviewer", "{poh-treatment}/review/"),
    "review-changed": ("reviewer2", "{fop-causes}/review/"),
    "review-as-writer": ("writer", "{fop-research}/review/"),
    "move-submit": ("writer", "{fop-outlook}/moves/submit_for_review/"),
    "move-request-changes": ("reviewer", "{fop-what-to-avoid}/moves/request_changes/"),
    "move-claim": ("reviewer2", "{fop-what-to-avoid}/moves/assign/"),
    "move-assign": ("editor", "{fop-what-to-avoid}/moves/assign/"),
    "move-schedule": ("editor", "{fop-how-common}/moves/schedule/"),
    "move-recheck": ("editor", "{fop-research}/moves/recheck/"),
    "move-withdraw": ("editor", "{fop-research}/moves/withdraw/"),
    "move-refused": ("editor", "{fop-outlook}/moves/withdraw/"),
    "conditions": ("editor", f"{CATALOGUE}/condition/"),
    "condition": ("editor", f"{CATALOGUE}/condition/2/change/"),
    "condition-read": ("writer", f"{CATALOGUE}/condition/2/change/"),
    "condition-new": ("editor", f"{CATALOGUE}/condition/add/"),
    "condition-history": ("editor", f"{CATALOGUE}/condition/2/history/"),
    "questions": ("editor", f"{CATALOGUE}/question/"),
    "question": ("editor", f"{CATALOGUE}/question/1/change/"),
    "sources": ("writer", f"{CATALOGUE}/source/"),
    "source": ("writer", f"{CATALOGUE}/source/1/change/"),
    "source-read": ("reviewer", f"{CATALOGUE}/source/1/change/"),
    "sources-cited-nowhere": ("writer", f"{CATALOGUE}/source/?cited=no"),
    "source-new": ("writer", f"{CATALOGUE}/source/add/"),
    "reviewers": ("editor", f"{CATALOGUE}/reviewer/"),
    "reviewer": ("editor", f"{CATALOGUE}/reviewer/1/change/"),
    "people": ("people", "/admin/editorial/user/"),
    "invite": ("people", "/admin/editorial/user/add/"),
    "credential": ("people", "/admin/editorial/user/2/change/"),
    "person-oneself": ("people", "/admin/editorial/user/6/change/"),
    "hand-over-of-reviewer": ("people", "/admin/editorial/user/2/hand-over/"),
    "hand-over-of-writer": ("people", "/admin/editorial/user/1/hand-over/"),
    "hand-over-of-editor": ("people", "/admin/editorial/user/3/hand-over/"),
    "left-behind-none": ("editor", "/admin/editorial/summary/left-behind/"),
    "password-change": ("writer", "/admin/password_change/"),
    "account": ("writer", "/accounts/"),
    "login": (None, "/admin/login/"),
    "password-reset": (None, "/accounts/password-reset/"),
    "password-reset-sent": (None, "/accounts/password-reset/sent/"),
    "password-reset-by-old-link": (None, "/accounts/password-reset/Mg/set-password/"),
}


@pytest.mark.parametrize("name", SCREENS)
def test_desk_is_open_to_everybody(name, person, stranger, summaries):
    who, address = SCREENS[name]
    visitor = person(who) if who else stranger

    visitor.open(address.format_map(summaries))

    assert overflow(visitor.page, 390) == 0
    assert overflow(visitor.page, ENLARGED) == 0
    assert overflow_of_large_text(visitor.page) == 0
    assert barriers(visitor, name) == []


def test_login_that_failed_is_open_to_everybody(stranger):
    stranger.open("/admin/login/")
    stranger.fill("Username", "writer")
    stranger.fill("Password", "not this")

    stranger.press("Log in")

    assert stranger.sees("This username and this password do not belong together.")
    assert overflow(stranger.page, 390) == 0
    assert barriers(stranger, "login-failed") == []


def test_preview_is_open_to_everybody(person, summaries):
    writer = person("writer")
    writer.open(f"{summaries['fop-outlook']}/change/")

    writer.press("Preview")

    shown = writer.page.frame_locator("iframe.preview")
    assert shown.get_by_text("Draft: not reviewed").is_visible()
    assert overflow(writer.page, 390) == 0
    assert too_wide(writer.page.frames[1]) == 0
    assert barriers(writer, "preview") == []


def test_incomplete_sign_off_is_open_to_everybody(person, summaries):
    reviewer = person("reviewer")
    reviewer.open(f"{summaries['fop-what-to-avoid']}/review/")
    tick_all(reviewer)

    reviewer.press("Sign and publish")

    assert reviewer.sees("Nothing was signed: mend what is marked below.")
    assert overflow(reviewer.page, 390) == 0
    assert barriers(reviewer, "sign-off-incomplete") == []


def test_incomplete_move_is_open_to_everybody(person, summaries):
    editor = person("editor")
    editor.open(f"{summaries['fop-research']}/moves/withdraw/")

    editor.press("Withdraw from readers")

    assert editor.page.title().startswith("Not done: ")
    assert overflow(editor.page, 390) == 0
    assert barriers(editor, "move-incomplete") == []


def test_incomplete_entry_is_open_to_everybody(person):
    editor = person("editor")
    editor.open(f"{CATALOGUE}/condition/add/")

    editor.press("Save")

    assert editor.sees("Nothing is saved yet: mend what is marked below.")
    assert overflow(editor.page, 390) == 0
    assert barriers(editor, "condition-incomplete") == []


def test_refused_role_is_open_to_everybody(person):
    writer = person("writer")

    writer.open("/admin/editorial/user/add/", status=403)

    assert writer.sees("This is not yours to do")
    assert overflow(writer.page, 390) == 0
    assert barriers(writer, "forbidden") == []


def test_invitation_is_open_to_everybody(person, stranger, site):
    people = person("people")
    people.open("/admin/editorial/user/add/")
    people.fill("Username", "guest")
    people.fill("First name", "Nour")
    people.fill("Last name", "Haddad")
    people.fill("Mail address", "guest@example.org")
    people.page.get_by_label("Writer").check()
    people.press("Invite")

    link = re.search(r"http://\S+/accounts/invitation/\S+", site.printed.read_text())[0]
    stranger.open(link)

    assert stranger.sees("Choose your password")
    assert overflow(stranger.page, 390) == 0
    assert barriers(stranger, "invitation") == []
