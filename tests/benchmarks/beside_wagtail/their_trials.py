"""What Wagtail does where two people cross, read off its screens and public pages.

Each trial returns a sentence made of what was seen; none is judged.
"""

import time

from tests.benchmarks.beside_wagtail.their_site import (
    SETTLED,
    act,
    answered,
    dialogs,
    heading,
    listed,
    open_editor,
    person,
    public,
    save_draft,
    short_answer,
    submit,
    told,
    waiting,
)

FIRST, SECOND = "The words of the first.", "The title of the second"
APPROVE = "Approve and Publish"
SEEN, UNSEEN = "What the reviewer has read.", "What nobody has read."


def lost_update(browser, site, number, *, pause):
    """Two open a page; the editor saves the first’s short answer, the second a title.

    The second presses “Save draft” after that pause.
    """
    first, second, moderator = (
        person(browser, site, who) for who in ("author", "author2", "moderator")
    )
    for one in (first, second):
        open_editor(one, number)
    with first.page.expect_response(lambda one: one.url.endswith("/edit/")):
        short_answer(first).fill(FIRST)
    saved = time.monotonic()
    heading(second).fill(SECOND)
    second.page.wait_for_timeout(pause)
    after = time.monotonic() - saved
    said = save_over(second)
    open_editor(moderator, number)
    act(moderator, "Publish")
    kept = public(site, number) == FIRST
    for one in (first, second, moderator):
        one.leave()
    warned = f"warned: “{said}”" if said else "no warning"
    fate = "are public too" if kept else "are gone from the published page"
    return f"{after:.0f} s later {warned}; once saved, the first’s words {fate}"


def save_over(second):
    """Press “Save draft”, and again in the dialog if one opens; what that said."""
    second.page.locator("footer").get_by_role("button", name="Save draft").click()
    answered(second)
    said = dialogs(second)
    second.picture(f"wagtail-lost-update-{len(said)}")
    if said:
        dialog = second.page.get_by_role("dialog").filter(visible=True)
        with second.page.expect_navigation():
            dialog.get_by_role("button", name="Save draft").click()
    second.page.wait_for_load_state("networkidle")
    return said[0].partition(" Save draft")[0] if said else ""


def edit_after_reading(browser, site, number, *, by):
    """One reviewer reads the comparison; the text changes; they approve in that tab."""
    author, reviewer = (person(browser, site, who) for who in ("author", "moderator"))
    submit(author, number, SEEN)
    reviewer.home()
    compare = waiting(reviewer, number, "Compare with live version")
    read_aside(reviewer, compare.get_attribute("href"))
    by(browser, site, author, number)
    reviewer.go(reviewer.role("button", "Approve"))
    said = told(reviewer) or "nothing"
    reviewer.picture(f"wagtail-{by.__name__}")
    for one in (author, reviewer):
        one.leave()
    return f"{whose(site, number)}; the reviewer is told: {said}"


def read_aside(reviewer, address):
    """Read the comparison in a tab of its own; the first tab stays as it is."""
    beside = reviewer.page.context.new_page()
    beside.goto(address)
    assert SEEN in beside.locator("main").inner_text()
    beside.close()


def colleague(browser, site, author, number):
    """Another moderator may edit what is in moderation, and saves."""
    other = person(browser, site, "moderator2")
    open_editor(other, number)
    short_answer(other).fill(UNSEEN)
    save_draft(other)
    other.leave()


def withdrawn_and_sent_again(browser, site, author, number):
    """The author takes it back, changes it, and submits it again."""
    open_editor(author, number)
    footer = author.page.locator("footer")
    if not footer.get_by_role("button", name="Cancel workflow").first.is_visible():
        footer.get_by_role("button", name="More actions").click()
    footer.get_by_role("button", name="Cancel workflow").first.click()
    confirm = author.page.get_by_role("dialog").get_by_role("button", name="Yes")
    if confirm.count():
        with author.page.expect_navigation():
            confirm.first.click()
    author.page.wait_for_load_state("networkidle")
    submit(author, number, UNSEEN)


def edit_behind_the_editor(browser, site, number):
    """The same with the whole text open in the editor, and approved there."""
    author, reviewer = (person(browser, site, who) for who in ("author", "moderator"))
    submit(author, number, SEEN)
    open_editor(reviewer, number)
    colleague(browser, site, author, number)
    footer = reviewer.page.locator("footer")
    footer.get_by_role("button", name="More actions").click()
    footer.get_by_role("button", name=APPROVE, exact=True).click()
    answered(reviewer)
    said = told(reviewer) or "nothing"
    reviewer.picture("wagtail-behind-the-editor")
    if dialogs(reviewer):
        dialog = reviewer.page.get_by_role("dialog").filter(visible=True)
        with reviewer.page.expect_navigation():
            dialog.get_by_role("button", name=APPROVE, exact=True).click()
    for one in (author, reviewer):
        one.leave()
    return f"{whose(site, number)}; before it, the reviewer is told: {said}"


def whose(site, number):
    """Whose words the public reads, of a text that one reviewer has read."""
    return {
        SEEN: "public: the text that was read (the colleague’s edit is not in it)",
        UNSEEN: "public: a text that its approver never saw",
    }.get(public(site, number), "public: the old text; nothing was published")


def self_approval(browser, site, number, username):
    """One person writes, submits and approves."""
    one, words = person(browser, site, username), f"Approved by {username} alone."
    submit(one, number, words)
    one.home()
    one.go(waiting(one, number, "Approve"))
    one.leave()
    return published_alone(site, number, words)


def publish_without_review(browser, site, number):
    """A moderator writes and publishes, with no workflow at all."""
    one, words = person(browser, site, "moderator"), "Published by one alone."
    open_editor(one, number)
    short_answer(one).fill(words)
    one.page.wait_for_timeout(SETTLED)
    act(one, "Publish")
    one.leave()
    return published_alone(site, number, words)


def published_alone(site, number, words):
    """Say whether the words of one person are public with nobody else’s consent."""
    return (
        "published, by its only author"
        if public(site, number) == words
        else "not published"
    )


def published_without_change(browser, site, number):
    """What is kept of a page that is published again as it is."""
    moderator = person(browser, site, "moderator")
    open_editor(moderator, number)
    act(moderator, "Publish")
    moderator.open(f"{listed(number)}/history/")
    newest = moderator.page.locator("main table tbody tr").first.inner_text()
    moderator.picture("wagtail-history")
    moderator.leave()
    return f"the page’s history says: “{' '.join(newest.split())}”"
