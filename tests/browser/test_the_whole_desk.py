"""The journey of the whole desk: two writers, two reviewers, an editor and a stranger.

By mouse at a desk's width and at a telephone's, and by keyboard alone. Every page on
the way is open to all as axe sees it, no wider than its window, and without a report
of the policy that it stands under.
"""

from dataclasses import dataclass

import pytest
from django.utils.text import slugify

from tests.browser.days import reviewed_today, stamp
from tests.browser.hands import Keys, Mouse
from tests.browser.visiting import password_of

PLAIN = "There is often bone in the skin."
BETTER = "There is often bone in the skin, says our source."
DOSED = "A study gave 5 mg of it to some of them [@gard-poh]."
BODY = f"## What is known\n\n{PLAIN}\n\n{DOSED}"
WHY = "The dose is the study’s own."
MENDED = "A study gave 50 mg of it to some of them [@gard-poh]."


@dataclass(frozen=True)
class Way:
    """One way to go it: whose hands, how wide the window, about which condition."""

    hands: type
    width: int
    name: str

    @property
    def asked(self):
        return f"How is {self.name} diagnosed?"

    @property
    def page(self):
        return f"/conditions/{slugify(self.name)}/diagnosis/"

    @property
    def short(self):
        return (
            f"{self.name[0].upper()}{self.name[1:]} is found on pictures. Doctors look "
            "at X-ray pictures of the bones, and at how the bones have grown."
        )


WAYS = (
    Way(Mouse, 1280, "kyphomelic dysplasia"),
    Way(Mouse, 390, "melorheostosis"),
    Way(Keys, 1280, "osteopoikilosis"),
)


@pytest.fixture(scope="module")
def site(newsroom):
    return newsroom


@pytest.fixture(params=WAYS, ids=("mouse", "telephone", "keyboard"))
def way(request):
    return request.param


@pytest.fixture
def colleague(arrive, way):
    """Somebody at their home at the desk, with the hands of this way."""

    def colleague(username):
        hands = way.hands(arrive(), way.width)
        hands.log_in(username)
        return hands

    return colleague


def test_a_text_from_the_empty_cell_to_a_correction_that_a_reader_asked_for(
    colleague, arrive, way, site
):
    stranger = way.hands(arrive(), way.width)
    editor, writer = colleague("editor"), colleague("writer")
    begin(editor, writer, way)
    assign(editor, way)
    number = remark(colleague("reviewer2"), way)
    take_up(colleague("writer2"), way, number)
    settle(colleague("reviewer2"), way, number)
    sign(colleague("reviewer"), way, "reviewer")
    read_and_report(stranger, way)
    decide(editor, way)
    correct(writer, way)
    sign(colleague("reviewer2"), way, "reviewer2", correction=True)
    read_the_correction(stranger, way)
    look_back(editor, site)


def begin(editor, writer, way):
    """A condition is named; its empty cell in the grid starts a draft."""
    editor.room("Conditions")
    editor.follow("Add a condition")
    editor.fill("Name", way.name)
    editor.press("Save")
    writer.home()
    writer.room("Coverage")
    writer.follow(f"{way.name[0].upper()} 1")
    cell = writer.visitor.page.locator("tbody a.cell").nth(number_of(writer, "diagnos"))
    cell.focus()
    with writer.visitor.page.expect_navigation():
        writer.visitor.page.keyboard.press("Enter")
    writer.press("Start")
    writer.fill("Short answer", way.short)
    write_and_submit(writer, BODY, "5 mg")


def write_and_submit(writer, body, dose):
    """Preflight asks why the dose stands."""
    writer.fill("Body", body)
    writer.press("Save")
    writer.follow("Submit for review")
    writer.fill(f"Body, “{dose}” (P22)", WHY)
    writer.press("Submit for review")
    assert writer.sees("Submitted for review.")


def number_of(hands, words):
    """Which column of the grid asks what has these words in it."""
    heads = hands.visitor.page.locator("thead th[title]").all()
    titles = [head.get_attribute("title") for head in heads]
    return next(n for n, title in enumerate(titles) if words in title)


def assign(editor, way):
    editor.home()
    editor.follow(way.asked)
    editor.follow("Assign a reviewer")
    editor.choose("Reviewer", "Jonas Adeyemi")
    editor.press("Assign a reviewer")
    assert editor.sees("assigned to Jonas Adeyemi")


def remark(reviewer, way):
    """A blocking comment with words to put in their place; then it is sent back.

    Returns the number of the comment.
    """
    reviewer.home()
    reviewer.follow(way.asked)
    reviewer.fill("The words that it is about", PLAIN)
    reviewer.fill("Your comment", "Say who says so.")
    reviewer.fill("Words to put in their place, if you propose any", BETTER)
    reviewer.check("Blocking: nobody signs while it is open")
    reviewer.press("Comment")
    assert reviewer.sees("Nobody signs while a blocking comment is open.")
    thread = reviewer.visitor.page.locator("li.thread").get_attribute("id")
    reviewer.follow("Request changes")
    reviewer.check("Evidence missing", "checkbox")
    reviewer.fill("What must change?", "See my comment.")
    reviewer.press("Request changes")
    assert reviewer.sees("Sent back to the writers with your note.")
    return thread.removeprefix("comment-")


def take_up(writer, way, number):
    """The other writer uses the proposed words, and submits again."""
    writer.home()
    writer.room("Summaries")
    writer.follow(way.asked)
    writer.press(f"Use these words of comment no. {number}")
    assert writer.sees("stand in the text now, as yours")
    writer.follow("Submit for review")
    writer.press("Submit for review")
    assert writer.sees("Submitted for review.")


def settle(reviewer, way, number):
    """Who made the remark sees that it was heard; until then nobody signs."""
    reviewer.home()
    reviewer.follow(way.asked)
    assert reviewer.sees("Nobody signs while a blocking comment is open.")
    reviewer.open_up("Answer or resolve")
    reviewer.press(f"Resolve comment no. {number}")
    assert reviewer.sees("None is open.")


def sign(reviewer, way, username, *, correction=False):
    reviewer.home()
    reviewer.room("Summaries")
    reviewer.follow(way.asked)
    reviewer.tick_all()
    if correction:
        reviewer.choose("What kind of change is it?", "Correction")
        reviewer.fill("What changed, for readers", "The dose was wrong.")
    reviewer.check("None")
    reviewer.fill("Your password", password_of(username))
    reviewer.press("Sign and publish")
    assert reviewer.sees(f"Signed: edition {1 + correction} is live now.")


def read_and_report(stranger, way):
    stranger.visitor.open(way.page)
    stranger.look()
    assert stamp(stranger.visitor) == reviewed_today()
    assert stranger.sees(BETTER)
    stranger.follow("Is something wrong or unclear on this page?")
    stranger.fill("What is wrong or unclear?", "The study gave 50 mg, not 5.")
    stranger.visitor.page.wait_for_timeout(3_000)  # nobody types so fast
    stranger.press("Send the report")
    assert stranger.sees("Your report is with the editors now.")


def decide(editor, way):
    editor.home()
    editor.follow(way.asked)
    assert editor.sees("The study gave 50 mg, not 5.")
    editor.check(
        "Start a revision now. The text becomes a draft; readers go on "
        "reading the edition."
    )
    editor.fill("Why", "The reader is right.")
    editor.press("Decide")
    assert editor.sees("Decided: start a revision now.")


def correct(writer, way):
    writer.home()
    writer.room("Summaries")
    writer.follow(way.asked)
    body = BODY.replace(PLAIN, BETTER).replace(DOSED, MENDED)
    write_and_submit(writer, body, "50 mg")


def read_the_correction(stranger, way):
    stranger.visitor.open(way.page)
    assert stranger.sees("A study gave 50 mg")
    stranger.visitor.open("/corrections/")
    stranger.look()
    assert stranger.sees("The dose was wrong.")
    stranger.follow(way.asked)
    stranger.follow("All editions")
    assert stranger.sees("Edition 2")


def look_back(editor, site):
    """What was done is in figures, and was mailed."""
    site.work()
    editor.home()
    editor.room("Reports")
    editor.room("People")
    editor.follow("Mails")
    assert editor.sees("reviewer2@example.org")
    assert editor.sees("A text that I wrote or signed goes live")
