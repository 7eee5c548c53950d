"""What the tables are about: versions, the names of the trials, and the notes."""

import platform
from importlib.metadata import version

from tests.benchmarks.beside_wagtail.wagtail_serving import PINS

SAME = "as above"


def versions(browser):
    """What ran, in a line."""
    pins = dict(
        line.split()[0].split("==")
        for line in PINS.read_text().splitlines()
        if "==" in line
    )
    return (
        f"Wagtail {pins['wagtail']} on Django {pins['django']} and granian "
        f"{pins['granian']}; Countersign on Django {version('django')} and granian "
        f"{version('granian')}. One worker of two threads each, SQLite (WAL, "
        f"synchronous=FULL), Python {platform.python_version()}, Chromium {browser}."
    )


# What was tried, the trial of Countersign and that of Wagtail.
TRIED = (
    (
        "lost update: two tabs, the second saves as soon as it has typed",
        "lost_update",
        "at_once",
    ),
    ("lost update: the second waits three seconds", "lost_update", "pause"),
    (
        "changed after it was read, the reviewer goes on in the old tab. Countersign: "
        "the writer recalls, changes, submits again. Wagtail: another moderator edits; "
        "the old tab is the home",
        "edit_after_reading",
        "colleague",
    ),
    (
        "the same, WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT on",
        "edit_after_reading",
        "strict",
    ),
    (
        "the same; Wagtail’s author cancels, changes, submits again",
        "edit_after_reading",
        "sent_again",
    ),
    ("the same; Wagtail’s old tab is the editor", "edit_after_reading", "editor"),
    ("self-approval: author and reviewer in one", "self_approval", "both"),
    ("self-approval: a superuser", "superuser", "root"),
    ("a reviewer publishes their own words, unreviewed", "self_approval", "alone"),
    (
        "what is kept of a review that changed nothing",
        "reviewed_without_change",
        "unchanged",
    ),
)


def rows(ours, theirs):
    """Each thing tried, with what either did; ours is told once."""
    told = set()
    for tried, our, their in TRIED:
        yield tried, SAME if our in told else ours[our], theirs[their]
        told.add(our)


NOTES = """Notes.

- A click into a field that is then typed into is counted; so are two for a list to
  pick from, and one for the browser’s Back. A page is what the tab goes to; frames,
  styles, scripts and pictures are among the requests. The seconds are the script’s,
  which waits for no person; login and the home itself are not counted.
- What Countersign’s way does more: each changed passage is ticked as read, at a first
  edition every passage; the kind of change and a note to readers are given; the
  reviewer says what interests they have, and types their password, whose check is
  meant to be slow. Wagtail asks for none of it.
- Wagtail runs with its defaults, and the workflow “Moderators approval” that it
  installs. Its pictures of people and its check for updates are off, since both ask a
  host of the open net. The texts are alike in length: about 21 kB of HTML.
- Wagtail saves by itself half a second after a key (WAGTAIL_AUTOSAVE_INTERVAL), and
  asks every ten seconds who else is there (WAGTAIL_EDITING_SESSION_PING_INTERVAL);
  whether it warns depends on both. What was saved over stays in the page’s history,
  from where it can be taken by hand; no merge is offered.
- While a page is in moderation Wagtail’s author may not edit it, but may cancel.
- Wagtail has no setting against self-approval; a task of one’s own can be programmed.
"""
