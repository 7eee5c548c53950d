"""The ways from "in review" to a signed page at Countersign, counted."""

from tests.benchmarks.beside_wagtail.our_site import (
    RESEARCH,
    RESEARCH_PAGE,
    begin_revision,
    edit,
    person,
    read,
    state_and_sign,
    submit,
    tick,
)

FOP = "fibrodysplasia ossificans progressiva"
AVOID = f"What should people with {FOP} avoid?"
WHAT_IS_IT = f"What is {FOP}?"
WAS, BECOMES = "we found", "we have found"


def ways(browser, site):
    """Walk each way once, when the server is warm; {name: tally}."""
    writer, reviewer = (person(browser, site, who) for who in ("writer", "reviewer"))
    numbers = site.numbers()
    change(writer, reviewer, numbers["fop-what-is-it"], WHAT_IS_IT, ("rare", "scarce"))
    taken = {
        "change": change(
            writer, reviewer, numbers["fop-research"], RESEARCH, (WAS, BECOMES)
        ),
        "first": first(reviewer, numbers["fop-what-to-avoid"]),
        "unchanged": unchanged(reviewer),
    }
    assert BECOMES in read(site, RESEARCH_PAGE)
    for one in (writer, reviewer):
        one.leave()
    return taken


def change(writer, reviewer, number, title, words):
    """One sentence of a live page was changed: it is read and signed."""
    begin_revision(writer, number)
    edit(writer, number, *words)
    submit(writer, number)
    reviewer.home()
    with reviewer.counted() as tally:
        reviewer.go(reviewer.role("link", title))
        tick(reviewer)
        reviewer.picture("ours-ticked")
        label = reviewer.page.get_by_label
        reviewer.choose(label("What kind of change is it?"), "Wording")
        reviewer.fill(label("What changed, for readers"), "One sentence is clearer.")
        state_and_sign(reviewer, "reviewer")
    assert reviewer.sees("is live now.")
    reviewer.picture("ours-signed")
    return tally


def first(reviewer, number):
    """A text that was never public: every passage of it is read and signed."""
    reviewer.home()
    with reviewer.counted() as tally:
        reviewer.go(reviewer.role("link", AVOID))
        tick(reviewer)
        state_and_sign(reviewer, "reviewer")
    assert reviewer.sees("Signed: edition 1 is live now."), number
    return tally


def unchanged(reviewer):
    """A page whose review is overdue, still right: signed again as it stands."""
    reviewer.home()
    reviewer.picture("ours-home")
    with reviewer.counted() as tally:
        reviewer.go(reviewer.role("button", "Review it now", exact=False))
        reviewer.picture("ours-unchanged")
        state_and_sign(reviewer, "reviewer")
    assert reviewer.sees("is live now.")
    return tally
