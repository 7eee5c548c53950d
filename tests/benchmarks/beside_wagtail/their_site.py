"""Wagtail’s side: who is sent to it, and what they do there that is not counted."""

from playwright.sync_api import expect

from tests.benchmarks.beside_wagtail.counting import PATIENCE, Person

SETTLED = 3_000  # milliseconds: its editor saves by itself half a second after a key
MENU = "More actions"


def person(browser, site, username):
    return Person(browser, site, username, enter="Sign in")


def title(number):
    return f"What is known about condition {number}?"


def listed(number, nth=3):
    """The address at the desk: the first answer is the page after root and home."""
    return f"/admin/pages/{number + nth - 1}"


def open_editor(who, number):
    """The page in its editor, when that has come to rest."""
    who.open(f"{listed(number)}/edit/")
    who.page.wait_for_load_state("networkidle")


def short_answer(who):
    return who.page.get_by_role("textbox", name="Short answer*", exact=True)


def heading(who):
    """The page’s own title: each reference has a field of that name too."""
    return who.page.get_by_role("textbox", name="Title*", exact=True).first


def edit(who, number, words):
    """Type another short answer, and let the editor save it."""
    open_editor(who, number)
    short_answer(who).fill(words)
    who.page.wait_for_timeout(SETTLED)


def act(who, name):
    """Open the menu beside “Save draft” and take one of its actions."""
    footer = who.page.locator("footer")
    who.click(footer.get_by_role("button", name=MENU))
    who.go(footer.get_by_role("button", name=name, exact=True))


def save_draft(who):
    who.go(who.page.locator("footer").get_by_role("button", name="Save draft"))


def submit(author, number, words):
    """Change the short answer and send it to the moderators."""
    edit(author, number, words)
    act(author, "Submit to Moderators approval")
    assert author.sees("has been submitted for moderation")


def waiting(reviewer, number, name):
    """An entry in the menu of a row under “Awaiting your review”, its menu opened."""
    panel = reviewer.page.locator("#awaiting-review-section")
    row = panel.get_by_role("row").filter(has_text=title(number))
    reviewer.click(row.get_by_role("button").last)
    found = reviewer.page.get_by_role("button", name=name, exact=True)
    found = found.or_(reviewer.page.get_by_role("link", name=name, exact=True))
    expect(found.first).to_be_visible(timeout=PATIENCE)
    return found.first


def public(site, number):
    """The short answer that the public reads."""
    page = site.read(f"/answer-{number}/")
    return page.partition('<p class="short">')[2].partition("</p>")[0]


def answered(who):
    """Wait for what an act brings: a dialog, or a bar at the top of the next page."""
    dialog = who.page.get_by_role("dialog").filter(visible=True)
    dialog.or_(who.page.locator(".messages li")).first.wait_for()


def told(who):
    """What the page says after an act: in dialogs, and in the bar at its top."""
    bars = who.page.locator(".messages li").all_inner_texts()
    return " ".join([*dialogs(who), *(" ".join(bar.split()) for bar in bars)])


def dialogs(who):
    """What the dialogs say that stand open."""
    shown = who.page.get_by_role("dialog").all()
    return [" ".join(one.inner_text().split()) for one in shown if one.is_visible()]
