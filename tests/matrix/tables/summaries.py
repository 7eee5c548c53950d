"""The screens of a summary, and its verbs, in every state of the text."""

from tests.builders import PASSWORD
from tests.matrix.rules import (
    ASKS,
    LEADS,
    MISSING,
    NO_DRAFTS,
    NO_GET,
    NO_POST,
    NOBODY,
    NOWHERE,
    READ,
    SHOWN,
    but,
    only,
    written,
)
from tests.matrix.words import (
    ACTS,
    ASIDE,
    CONFLICT,
    DRAFT,
    EDITABLE,
    EDITOR,
    EITHER,
    JUDGING,
    LIVE,
    MOVES,
    NEWSROOM,
    REFUSED,
    REVIEW,
    REVIEWERS,
    SIGNED,
    STATES,
    TEXTS,
    UNPUBLISHED,
    WITHDRAWN,
    WRITER,
    WRITING,
    Clause,
    Row,
)

AT = "admin/editorial/summary/"
WORKED_ON = tuple(state for state in TEXTS if state != ASIDE)
NEVER_ACTS = ()
TYPED = {"short_answer": "Typed.", "body": "Typed too.", "drafting": "person"}
SIGNS = {
    "content_sha256": "{sha256}",
    "evidence": "",
    "change_type": "wording",
    "note": "Said in other words.",
    "review_due_on": "{due}",
    "interests": "none",
    "password": PASSWORD,
    "read": "{read}",
}
REASON = {"reason": "A slip.", "revision": "{revision}"}
NOTED = {**REASON, "note": "Look at the dose.", "reasons": "wrong"}
WHY = {"why": "It says the same.", "against": "{revision}"}
CITES = {"find": "1", "source_search": "GNAS"}
BEGINS = {"condition": "{condition_pk}", "question": "{unanswered}"}
SAYS = {"words": "Since when?", "kind": "advice", "revision": "{revision}"}
ANSWERS = {"act": "answer", "words": "Since 2019."}
ADOPTS = {"act": "adopt", "revision": "{revision}"}
KEPT, FIRST = {"number": "{kept}"}, {"number": "1"}
SAID = {"number": "{comment}"}


def screen(way, get, post=NO_POST, typed=None, fill=None, **more):
    return Row(AT + way, get, post, typed or {}, fill or {}, STATES, **more)


def verb(name, roles, states, who=()):
    asked = (ASKS, NO_DRAFTS, MISSING, Clause(REFUSED, but(roles)), *SHOWN)
    pressed = written(roles, states, who)
    return screen(
        "<int:pk>/moves/<slug:name>/", asked, pressed, NOTED, fill={"name": name}
    )


ROWS = [
    verb("submit_for_review", WRITING, EDITABLE),
    verb("recall", NEWSROOM, (REVIEW,), (WRITER, EDITOR)),
    verb("request_changes", REVIEWERS, (REVIEW,)),
    verb("start_revision", WRITING, SIGNED),
    verb("recheck", JUDGING, SIGNED),
    verb("assign", JUDGING, WORKED_ON),
    verb("schedule", (EDITOR,), WORKED_ON),
    verb("publish", (EDITOR,), (UNPUBLISHED,)),
    verb("withdraw", JUDGING, (LIVE,)),
    verb("reinstate", (EDITOR,), (WITHDRAWN,)),
    verb("set_aside", WRITING, (DRAFT,), (WRITER, EDITOR)),
    # No move of this page: it has a screen of its own.
    screen("<int:pk>/moves/<slug:name>/", NOWHERE, NOWHERE, fill={"name": "sign_off"}),
    # Who may not sign today may read on, and their ticks are kept.
    screen("<int:pk>/review/", READ, written(REVIEWERS, (REVIEW,)), SIGNS),
    screen(
        "<int:pk>/review/read/",
        NO_GET,
        written(REVIEWERS, (REVIEW,)),
        {"read": "{read}"},
    ),
    screen("<int:pk>/review/since/<int:seen>/", READ, fill={"seen": "1"}),
    screen("<int:pk>/kept/<int:number>/", READ, fill=KEPT),
    screen(
        "<int:pk>/kept/<int:number>/leave-out/",
        NO_GET,
        written(WRITING, EDITABLE),
        WHY,
        KEPT,
    ),
    screen("<int:pk>/comments/", READ, written(NEWSROOM, WORKED_ON), SAYS, SAID),
    screen(
        "<int:pk>/comments/<int:number>/",
        (ASKS, NO_DRAFTS, MISSING, Clause(MOVES)),
        written(NEWSROOM, WORKED_ON),
        ANSWERS,
        SAID,
    ),
    screen(
        "<int:pk>/comments/<int:number>/",
        (ASKS, NO_DRAFTS, MISSING, Clause(MOVES)),
        written(WRITING, EDITABLE),
        ADOPTS,
        SAID,
    ),
    screen("<int:pk>/live/", NO_GET, written(WRITING, NEVER_ACTS), TYPED),
    screen("<int:pk>/citing/", NO_GET, written(WRITING, NEVER_ACTS), CITES),
    screen("<int:pk>/history/compare/", READ, query="a=1&b=2"),
    screen("<int:pk>/history/<int:number>/", READ, fill=FIRST),
    screen(
        "<int:pk>/history/<int:number>/restore/",
        (ASKS, NO_DRAFTS, MISSING, Clause(MOVES)),
        written(WRITING, EDITABLE),
        REASON,
        FIRST,
    ),
    screen("<path:object_id>/history/", READ),
    screen("<path:object_id>/delete/", NOBODY, NOBODY, {"post": "yes"}),
    screen(
        "<path:object_id>/change/",
        READ,
        written(WRITING, EDITABLE, otherwise=CONFLICT),
        {**TYPED, "against": "{revision}"},
    ),
    screen("<path:object_id>/", LEADS, LEADS),
    Row(AT, only(*NEWSROOM), only(*NEWSROOM)),
    Row("admin/coverage/", only(*NEWSROOM), NO_POST),
    Row("admin/reports/", only(EDITOR), NO_POST),
    Row(
        "admin/reports/<slug:name>.csv",
        only(EDITOR),
        NO_POST,
        fill={"name": "overdue"},
    ),
    Row(f"{AT}left-behind/", only(*NEWSROOM), NO_POST),
    Row(f"{AT}readers-reports/", only(*JUDGING), NO_POST),
    Row(
        f"{AT}readers-reports/<int:pk>/",
        only(*JUDGING),
        only(*JUDGING, word=ACTS),
        {"decision": "not_an_error", "reason": "It is right.", "answer": "It is."},
        {"pk": "{report}"},
        EITHER,
    ),
    Row(f"{AT}add/", only(*WRITING), only(*WRITING, word=ACTS), BEGINS),
]
