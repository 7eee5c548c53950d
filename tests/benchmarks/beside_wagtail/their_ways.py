"""The ways from "in moderation" to a published page at Wagtail, counted."""

from tests.benchmarks.beside_wagtail.their_site import (
    act,
    person,
    public,
    submit,
    title,
    waiting,
)


def ways(browser, site, number):
    """Walk each way once on one page; {name: tally}."""
    author, moderator = (person(browser, site, who) for who in ("author", "moderator"))
    taken = {}
    for name, way in WAYS.items():
        words = f"Way {name} of page {number}."
        if name != "unchanged":
            submit(author, number, words)
        moderator.home()
        with moderator.counted() as taken[name]:
            way(moderator, number)
        if name != "unchanged":
            assert public(site, number) == words
        moderator.picture(f"wagtail-{name}")
    for one in (author, moderator):
        one.leave()
    return taken


def compared(moderator, number):
    """What changed is read first, and the page approved from the list that it left."""
    moderator.go(waiting(moderator, number, "Compare with live version"))
    moderator.tally.clicks += 1  # the browser’s own button
    moderator.page.go_back()
    moderator.go(waiting(moderator, number, "Approve"))


def unread(moderator, number):
    """From the home alone, which offers it: the text is never shown."""
    moderator.go(waiting(moderator, number, "Approve"))


def edited(moderator, number):
    """The whole text is opened, in the editor, and approved there."""
    moderator.go(moderator.role("link", title(number)))
    act(moderator, "Approve and Publish")


def unchanged(moderator, number):
    """Nothing says “reviewed”: the page is found by its age and published again."""
    moderator.click(moderator.role("button", "Reports"))
    moderator.go(moderator.role("link", "Aging pages"))
    moderator.go(moderator.role("link", title(number)))
    act(moderator, "Publish")


WAYS = {
    "compared": compared,
    "unread": unread,
    "edited": edited,
    "unchanged": unchanged,
}
