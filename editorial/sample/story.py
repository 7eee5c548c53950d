"""What happened in the demonstration's newsroom, in order, each act at its own time."""

from datetime import UTC, datetime

from editorial import clock
from editorial.models import ChangeType
from editorial.sample import people
from editorial.sample.acts import (
    Newsroom,
    assign,
    publish_later,
    request_changes,
    revise,
    set_aside,
    sign,
    start,
    start_empty,
    start_revision,
    submit,
    withdraw,
)

BEGINNING = "2025-09-01 08:30"  # as every time here: UTC
WRITER, REVIEWER, EDITOR = "writer", "reviewer", "editor"
WRITER2, REVIEWER2 = "writer2", "reviewer2"

MAY = "fop-research-may-2026"
# The words that its first draft lacked.
HOW_JUDGED = (
    " The deaths were judged unlikely to be related to garetosmab [@pmid:37770652]."
)
MISSING, UNCLEAR = ["evidence_missing"], ["evidence_missing", "unclear"]
DEATHS = "LUMINA-1: please add how the deaths were judged, as the paper does."
WATCHED = "The US decision on garetosmab was due in August 2026."
THREE_TRIALS = {
    "change_type": ChangeType.NEW_EVIDENCE,
    "note": "Added three trials. The US decision on garetosmab was expected in August "
    "2026; its outcome was not found and should be checked.",
}
TALK = {
    "interests": "Paid in 2024 by a patients’ organisation for a talk on rare bone "
    "conditions."
}
MEDIAN = (
    "A median hides how much people differ. Please say so, with a source, and say "
    "where the figure comes from."
)
NO_SOURCE = "No source at hand says anything certain. Start again when one does."
UNSURE = "The database may count families as one case. Checking with its editors."
TO_READERS = (
    "We took this page down because one of its counts needs to be checked with its "
    "source. It will come back when a medical reviewer has signed it again."
)
# Why a short answer stays that preflight calls hard to read.
LONG_NAMES = {
    "P14": "The names of the condition and of the medicine make the grade. Both must "
    "stand, and the sentences are short."
}
# The words that its first edition lacked.
THE_OTHERS = " The other 5 did not [@pmid:11784876]."
NOT_ALL = "The study found no change in 5 of its 18 people: say so."
CORRECTED = {
    "change_type": ChangeType.CORRECTION,
    "note": "The first edition left out that 5 of the 18 people in the study had no "
    "such change.",
}
TRIGGERS = "Readers ask what sets off extra bone."

ACTS = (
    # Its year is over: readers see that its review is overdue.
    ("2025-09-08 09:20", WRITER, start, "poh-research"),
    ("2025-09-09 11:05", WRITER, submit, "poh-research"),
    ("2025-09-16 14:40", REVIEWER, sign, "poh-research", "2026-09-16"),
    # The first of two editions, after a round of changes.
    ("2026-05-04 09:10", WRITER, start, "fop-research", MAY, HOW_JUDGED),
    ("2026-05-04 09:30", EDITOR, assign, "fop-research", REVIEWER),
    ("2026-05-04 16:45", WRITER, submit, "fop-research"),
    ("2026-05-06 08:55", REVIEWER, request_changes, "fop-research", MISSING, DEATHS),
    ("2026-05-06 13:20", WRITER, revise, "fop-research", MAY, "Added, as asked."),
    ("2026-05-06 13:25", WRITER, submit, "fop-research"),
    ("2026-05-08 10:12", REVIEWER, sign, "fop-research", "2027-05-08"),
    # The evidence is searched anew, and most texts are written.
    ("2026-11-12 10:00", WRITER2, start_revision, "fop-research", WATCHED),
    ("2026-11-12 11:30", WRITER, start, "fop-what-is-it"),
    ("2026-11-12 11:40", WRITER, submit, "fop-what-is-it"),
    ("2026-11-12 14:05", WRITER2, start, "fop-treatment"),
    (
        "2026-11-12 15:30",
        WRITER2,
        revise,
        "fop-research",
        "fop-research",
        "New search.",
    ),
    ("2026-11-12 15:35", WRITER2, submit, "fop-research"),
    ("2026-11-12 16:10", WRITER, start, "poh-how-common"),
    ("2026-11-12 16:15", WRITER, submit, "poh-how-common"),
    ("2026-11-13 08:40", WRITER2, submit, "fop-treatment", LONG_NAMES),
    ("2026-11-13 09:30", REVIEWER, sign, "fop-what-is-it", "2029-11-13"),
    ("2026-11-13 09:50", REVIEWER, sign, "poh-how-common", "2029-11-13"),
    ("2026-11-13 10:20", WRITER2, start, "poh-what-is-it"),
    ("2026-11-13 10:30", WRITER2, submit, "poh-what-is-it"),
    ("2026-11-13 11:15", WRITER, start, "poh-causes", "poh-causes", THE_OTHERS),
    ("2026-11-13 11:20", WRITER, submit, "poh-causes"),
    ("2026-11-13 13:10", WRITER, start, "fop-outlook"),
    (
        "2026-11-13 13:20",
        WRITER,
        start_empty,
        "poh-outlook",
        "poh-causes",
        "fop-outlook",
    ),
    ("2026-11-13 13:30", WRITER, submit, "fop-outlook"),
    ("2026-11-13 14:45", WRITER2, start, "poh-treatment"),
    ("2026-11-13 15:00", WRITER2, submit, "poh-treatment"),
    ("2026-11-13 15:40", WRITER, start, "fop-causes"),
    ("2026-11-13 15:45", WRITER, submit, "fop-causes"),
    ("2026-11-16 08:30", EDITOR, set_aside, "poh-outlook", NO_SOURCE),
    ("2026-11-16 09:15", REVIEWER, sign, "poh-causes", "2029-11-16"),
    ("2026-11-16 10:05", REVIEWER, sign, "fop-research", "2027-11-16", THREE_TRIALS),
    # By the day on which what it says of a study is to be checked anew.
    ("2026-11-16 11:00", REVIEWER, sign, "fop-treatment", "2027-02-12"),
    ("2026-11-16 13:40", REVIEWER2, sign, "poh-what-is-it", "2029-11-16"),
    ("2026-11-17 09:00", REVIEWER2, sign, "fop-treatment", "2027-02-12", TALK),
    ("2026-11-17 09:25", REVIEWER2, sign, "fop-causes", "2029-11-17"),
    ("2026-11-17 09:50", REVIEWER, request_changes, "fop-outlook", UNCLEAR, MEDIAN),
    # One of two signatures is given.
    ("2026-11-17 10:30", REVIEWER2, sign, "poh-treatment", "2027-05-17", TALK),
    ("2026-11-17 10:45", EDITOR, assign, "poh-treatment", REVIEWER),
    # Signed, and set for a day still to come.
    ("2026-11-17 11:30", WRITER, start, "fop-how-common"),
    ("2026-11-17 11:35", WRITER, submit, "fop-how-common"),
    (
        "2026-11-17 13:00",
        EDITOR,
        publish_later,
        "fop-how-common",
        "With the newsletter.",
    ),
    ("2026-11-18 09:10", REVIEWER, sign, "fop-how-common", "2029-11-18"),
    ("2026-11-18 10:20", EDITOR, withdraw, "poh-how-common", UNSURE, TO_READERS),
    # What the logins find to do.
    ("2026-11-18 13:30", WRITER, start, "fop-what-to-avoid"),
    ("2026-11-18 13:35", WRITER, submit, "fop-what-to-avoid"),
    ("2026-11-18 13:50", EDITOR, assign, "fop-what-to-avoid", REVIEWER),
    ("2026-11-18 15:00", WRITER2, start, "fop-diagnosis"),
    # What readers were told too little of is put right.
    ("2026-11-18 16:05", WRITER, start_revision, "poh-causes", NOT_ALL),
    ("2026-11-18 16:20", WRITER, revise, "poh-causes", "poh-causes", NOT_ALL),
    ("2026-11-18 16:25", WRITER, submit, "poh-causes"),
    ("2026-11-19 08:40", REVIEWER, sign, "poh-causes", "2029-11-16", CORRECTED),
    ("2026-11-19 09:15", WRITER2, start_revision, "fop-causes", TRIGGERS),
    (
        "2026-11-19 10:40",
        WRITER2,
        revise,
        "fop-causes",
        "fop-causes-revision",
        TRIGGERS,
    ),
)


def tell() -> None:
    """Live through the story in an empty, migrated database.

    The newsroom's clock is moved for each act, so that every record reads as if it had
    been kept on the day.
    """
    with clock.moved_to(_at(BEGINNING)):
        room = Newsroom(people.hire())
    for when, who, act, name, *rest in ACTS:
        with clock.moved_to(_at(when)):
            act(room, name, room.users[who], *rest)


def _at(when: str) -> datetime:
    return datetime.fromisoformat(when).replace(tzinfo=UTC)
