"""Attacks on working texts and their history."""

from django.db.models import QuerySet

from conditions.models import Question
from editorial import clock
from editorial.models import Summary
from tests.attack.arena import newest, put
from tests.attack.attack import Attack, sql

HISTORY = Summary.history.model


def revision(of, **changed):
    """Write a summary's next revision as SQL would."""

    def do(world):
        row = newest(Summary, pk=getattr(world, of).pk)
        row |= {"revision": row["revision"] + 1, "wrote_text": False} | changed
        assert QuerySet(Summary).filter(pk=row["id"]).update(**row)
        return row

    return do


def recorded(of, *, history=(), **changed):
    def do(world):
        row = revision(of, **changed)(world)
        before = newest(HISTORY, id=row["id"])
        put(HISTORY, {**before, **row, "history_id": None, **dict(history)})

    return do


def twice(world):
    revision("draft")(world)
    revision("draft")(world)


def again(*, replace=False, **changed):
    """Insert the draft once more."""

    def do(world):
        row = newest(Summary, pk=world.draft.pk) | {"revision": 1, **changed}
        put(Summary, row, replace=replace)

    return do


def another_question():
    """Insert a question; return its id."""
    row = newest(Question)
    put(Question, row | {"id": row["id"] + 1, "slug": "x", "pattern": "?"})
    return row["id"] + 1


def another_summary(number):
    def do(world):
        asked = {"question_id": another_question(), "id": None, "revision": number}
        put(Summary, newest(Summary, pk=world.draft.pk) | asked)

    return do


def replaced_working_row(model, **changed):
    def do(world):
        put(model, newest(model) | changed, replace=True)

    return do


SUMMARY = "guard_editorial_summary"
REVISION = "guard_editorial_historicalsummary_insert"
SUMMARIES = (
    Attack(
        "DELETE of a draft",
        f"{SUMMARY}_delete_kept",
        sql("DELETE FROM editorial_summary"),
    ),
    Attack(
        "a text changed without a revision",
        f"{SUMMARY}_update_numbered",
        sql("UPDATE editorial_summary SET body = 'Take two.' WHERE status = 'draft'"),
    ),
    Attack(
        "a revision left out",
        f"{SUMMARY}_update_numbered",
        sql("UPDATE editorial_summary SET revision = revision + 2"),
    ),
    Attack(
        "a revision taken back",
        f"{SUMMARY}_update_numbered",
        sql("UPDATE editorial_summary SET revision = revision - 1"),
    ),
    Attack(
        "QuerySet.update() past the manager",
        f"{SUMMARY}_update_numbered",
        lambda world: QuerySet(Summary).update(drafting_note="No."),
    ),
    Attack(
        "a text moved to another question",
        f"{SUMMARY}_update_address",
        lambda world: recorded("draft", question_id=another_question())(world),
    ),
    Attack(
        "a text in review changed",
        f"{SUMMARY}_update_locked",
        recorded("ready", body="Take two.", wrote_text=True),
    ),
    Attack(
        "a signed text changed",
        f"{SUMMARY}_update_locked",
        recorded("withdrawn", short_answer="Take two.", wrote_text=True),
    ),
    Attack("two revisions, one history row", f"{SUMMARY}_update_recorded", twice),
    Attack(
        "a revision without history",
        f"{SUMMARY}_update_written",
        revision("draft"),
        only="postgresql",
    ),
    Attack(
        "a text begun without history",
        f"{SUMMARY}_insert_written",
        another_summary(1),
        only="postgresql",
    ),
    Attack("a text begun at revision 7", f"{SUMMARY}_insert_first", another_summary(7)),
    Attack(
        "REPLACE of a draft",
        f"{SUMMARY}_insert_once",
        replaced_working_row(Summary, revision=1),
        only="sqlite",
    ),
    Attack(
        "new words not said to be written",
        f"{REVISION}_author",
        recorded("draft", body="Take two."),
    ),
    Attack(
        "old words said to be written",
        f"{REVISION}_author",
        recorded("draft", wrote_text=True),
    ),
    Attack(
        "history of another text",
        f"{REVISION}_true",
        recorded("draft", history={"body": "Take two.", "wrote_text": True}),
    ),
    Attack(
        "history of another state",
        f"{REVISION}_true",
        recorded("draft", history={"status": "reviewed"}),
    ),
    Attack(
        "history of another search",
        f"{REVISION}_true",
        recorded("draft", history={"evidence_searched_on": clock.today()}),
    ),
    Attack(
        "history of another summary's state",
        f"{REVISION}_true",
        recorded("draft", history={"set_aside": True}),
    ),
    Attack(
        "history of another move",
        f"{REVISION}_true",
        recorded("draft", history={"move": "sign_off"}),
    ),
)
