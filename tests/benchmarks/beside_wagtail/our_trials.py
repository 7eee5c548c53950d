"""What Countersign does where two people cross; each outcome must be as it is said.

Each trial returns the sentence that the screen showed, and whether all held.
"""

from tests.benchmarks.beside_wagtail.our_site import (
    RESEARCH_PAGE,
    SUMMARY,
    begin_revision,
    edit,
    person,
    read,
    state_and_sign,
    submit,
    tick,
)

WAS, SEEN, UNSEEN = "we found", "we have found", "we had found"
FIRST, SECOND = "The first has said this.", "The second has said that."
POH_PAGE = "/conditions/progressive-osseous-heteroplasia/research/"
WHAT_IS_IT_PAGE = RESEARCH_PAGE.replace("research", "what-is-it")


def lost_update(browser, site):
    """Two open a text; the first saves the short answer, then the second the body."""
    number = site.numbers()["fop-outlook"]
    first, second = (person(browser, site, who) for who in ("writer", "writer2"))
    for one in (first, second):
        one.open(f"{SUMMARY}/{number}/change/")
    add(first, "Short answer", f" {FIRST}")
    add(second, "Body", f"\n\n{SECOND}")
    refused = second.page.title().startswith("Not saved: ")
    said = second.page.get_by_text("merge the two").first.inner_text()
    second.picture("ours-lost-update")
    second.go(second.role("button", "Put together"))
    second.go(second.role("button", "Save"))
    both = (FIRST in value(second, "Short answer"), SECOND in value(second, "Body"))
    for one in (first, second):
        one.leave()
    return f"not saved: “{said}” Merged in 2 clicks, both are in the text", (
        refused and all(both)
    )


def add(writer, label, words):
    field = writer.page.get_by_label(label, exact=True)
    field.fill(field.input_value() + words)
    writer.go(writer.role("button", "Save"))


def value(writer, label):
    return writer.page.get_by_label(label, exact=True).input_value()


def edit_after_reading(browser, site):
    """A reviewer reads and ticks; the text is recalled, changed and sent again."""
    number = site.numbers()["fop-research"]
    writer, reviewer = (person(browser, site, who) for who in ("writer", "reviewer"))
    begin_revision(writer, number)
    edit(writer, number, WAS, SEEN)
    submit(writer, number)
    reviewer.open(f"{SUMMARY}/{number}/review/")
    tick(reviewer)
    take_back(writer, number)
    edit(writer, number, SEEN, UNSEEN)
    submit(writer, number)
    describe(reviewer)
    state_and_sign(reviewer, "reviewer")
    said = refusal(reviewer)
    reviewer.picture("ours-edit-after-reading")
    held = SEEN not in (page := read(site, RESEARCH_PAGE)) and UNSEEN not in page
    for one in (writer, reviewer):
        one.leave()
    return f"not signed, the public page is as it was: “{said}”", held and bool(said)


def take_back(writer, number):
    writer.open(f"{SUMMARY}/{number}/moves/recall/")
    writer.page.get_by_label("Why is it taken back?").fill("A slip.")
    writer.go(writer.role("button", "Recall"))


def describe(reviewer):
    """Say what changed, as a signature under a changed text asks for."""
    label = reviewer.page.get_by_label
    reviewer.choose(label("What kind of change is it?"), "Wording")
    reviewer.fill(label("What changed, for readers"), "One sentence is clearer.")


def refusal(reviewer):
    """The sentence at the head of a page that refused."""
    alerts = reviewer.page.get_by_role("alert").all()
    shown = [" ".join(one.inner_text().split()) for one in alerts if one.is_visible()]
    return " ".join(shown)


def self_approval(browser, site):
    """A reviewer who is made a writer too writes, submits, and goes to sign."""
    number = site.numbers()["fop-what-is-it"]
    people = person(browser, site, "people")
    for name in ("People", "Ines Falk"):
        people.go(people.role("link", name))
    people.click(people.page.get_by_label("Writer", exact=True))
    people.go(people.role("button", "Save"))
    both = person(browser, site, "reviewer")
    begin_revision(both, number)
    edit(both, number, "rare", "scarce")
    submit(both, number)
    both.open(f"{SUMMARY}/{number}/review/")
    said = both.page.locator("#why-sign_off").inner_text().strip()
    both.picture("ours-self-approval")
    held = forced(both) and "scarce" not in read(site, WHAT_IS_IT_PAGE)
    for one in (people, both):
        one.leave()
    return f"refused, the button greyed, and forced refused too: “{said}”", held


def forced(both):
    """Enable the greyed button by hand and press it; say whether that is refused."""
    describe(both)
    button = both.role("button", "Sign and publish")
    if not button.is_disabled():
        return False
    button.evaluate("one => one.removeAttribute('aria-disabled')")
    state_and_sign(both, "reviewer")
    return "You wrote part of this text" in refusal(both)


def superuser(browser, site):
    """A superuser opens a text to sign it."""
    one = person(browser, site, "people")
    answer = one.open(f"{SUMMARY}/{site.numbers()['fop-what-to-avoid']}/review/")
    said = one.page.locator("main p").first.inner_text()
    one.picture("ours-superuser")
    one.leave()
    return f"refused ({answer.status}): “{said}”", answer.status == 403


def reviewed_without_change(browser, site):
    """What readers see of a review that changed nothing."""
    reviewer = person(browser, site, "reviewer")
    reviewer.go(reviewer.role("button", "Review it now", exact=False))
    state_and_sign(reviewer, "reviewer")
    reviewer.open(f"{POH_PAGE}editions/")
    said = reviewer.page.locator("main").inner_text()
    held = "Reviewed without change" in said and "Edition 2" in said
    reviewer.picture("ours-reviewed-without-change")
    reviewer.leave()
    return "public: a new edition, “Reviewed without change”, dated and signed", held
