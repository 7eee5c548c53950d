"""What is tried against the laws, each attack false in one thing alone.

An attack names the guard that must refuse it: with that guard taken away, and no other,
it succeeds (`test_attacks.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.db.models import QuerySet

from conditions.models import Edition, Page, Proof, Publication, Question
from editorial import clock, guards
from editorial.models import LogEntry, LostText, ReviewerAccount, SignOff, Summary, User
from tests.attack.arena import forge, newest, put

HISTORY = Summary.history.model


@dataclass(frozen=True)
class Attack:
    """`guard` is the name of what refuses it; `only` the engine that it is for."""

    name: str
    guard: str
    do: Callable
    only: str = ""


def sql(statement, *params):
    def do(world):
        with connection.cursor() as cursor:
            cursor.execute(statement, params)
            assert cursor.rowcount, "nothing was attacked"

    return do


def forging(**changed):
    """`Late` values are asked for at the attack."""

    def do(world):
        forge(world, **{k: v() if callable(v) else v for k, v in changed.items()})

    return do


def all_attacks():
    """Every attack for the engine at hand, of one guard after the other."""
    for attack in (*on_kept_rows(), *SUMMARIES, *SIGN_OFFS, *EDITIONS, *PAGES, *LOG):
        if attack.only in ("", connection.vendor):
            yield attack


def on_kept_rows():
    for model in guards.kept_models():
        table, key = model._meta.db_table, model._meta.pk.column
        yield Attack(
            f"UPDATE of {table}",
            f"guard_{table}_update_kept",
            sql(f"UPDATE {table} SET {key} = {key}"),
        )
        yield Attack(
            f"DELETE from {table}",
            f"guard_{table}_delete_kept",
            sql(f"DELETE FROM {table}"),
        )
        yield Attack(
            f"TRUNCATE of {table}",
            f"guard_{table}_delete_kept",
            sql(f"TRUNCATE {table} CASCADE"),
            only="postgresql",
        )
        yield Attack(
            f"REPLACE into {table}",
            f"guard_{table}_insert_once",
            replacing(model),
            only="sqlite",
        )


def replacing(model):
    """A row that is good in all but being in the place of another."""

    def do(world):
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers = OFF")
        try:
            _replace(world, model)
        finally:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA recursive_triggers = ON")

    return do


def _replace(world, model):
    oldest = QuerySet(model).order_by("pk").values()[:1].get()
    match model._meta.db_table:
        case "editorial_signoff" | "conditions_edition" | "conditions_publication":
            name = model._meta.model_name
            forge(world, upto=name, replace=name, **{name: {"id": oldest["id"]}})
        case "editorial_historicalsummary":
            changed = {"history_id": oldest["history_id"]}
            forge(world, replace="history", history=changed)
        case "editorial_logentry":
            # Its number is the next: the row that it is about is what is taken.
            row = newest(LogEntry, row__isnull=False)
            number = newest(LogEntry)["number"] + 1
            entry = row["entry"].replace(
                f'"number":{row["number"]},', f'"number":{number},'
            )
            put(model, row | {"number": number, "entry": entry}, replace=True)
        case _:
            put(model, oldest, replace=True)


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


def another_summary(number):
    def do(world):
        question = newest(Question)["id"]
        asked = {"question_id": question + 1, "id": None, "revision": number}
        put(Question, newest(Question) | {"id": question + 1, "slug": "x", "pattern": "x"})
        put(Summary, newest(Summary, pk=world.draft.pk) | asked)

    return do


def replaced_working_row(model, **changed):
    def do(world):
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers = OFF")
        put(model, newest(model) | changed, replace=True)

    return do


SUMMARY = "guard_editorial_summary"
REVISION = "guard_editorial_historicalsummary_insert"
SUMMARIES = (
    Attack("DELETE of a draft", f"{SUMMARY}_delete_kept", sql("DELETE FROM editorial_summary")),
    Attack("a text changed without a revision", f"{SUMMARY}_update_numbered",
           sql("UPDATE editorial_summary SET body = 'Take two.' WHERE status = 'draft'")),
    Attack("a revision left out", f"{SUMMARY}_update_numbered",
           sql("UPDATE editorial_summary SET revision = revision + 2")),
    Attack("a revision taken back", f"{SUMMARY}_update_numbered",
           sql("UPDATE editorial_summary SET revision = revision - 1")),
    Attack("QuerySet.update() past the manager", f"{SUMMARY}_update_numbered",
           lambda world: QuerySet(Summary).update(drafting_note="No.")),
    Attack("a text moved to another question", f"{SUMMARY}_update_address",
           lambda world: revision("draft", question_id=newest(Question)["id"] + 1)(world)),
    Attack("a text in review changed", f"{SUMMARY}_update_locked",
           recorded("ready", body="Take two.", wrote_text=True)),
    Attack("a signed text changed", f"{SUMMARY}_update_locked",
           recorded("withdrawn", short_answer="Take two.", wrote_text=True)),
    Attack("two revisions, one history row", f"{SUMMARY}_update_recorded", twice),
    Attack("a revision without history", f"{SUMMARY}_update_written",
           revision("draft"), only="postgresql"),
    Attack("a text begun without history", f"{SUMMARY}_insert_written",
           another_summary(1), only="postgresql"),
    Attack("a text begun at revision 7", f"{SUMMARY}_insert_first", another_summary(7)),
    Attack("REPLACE of a draft", f"{SUMMARY}_insert_once",
           replaced_working_row(Summary, revision=1), only="sqlite"),
    Attack("new words not said to be written", f"{REVISION}_author",
           recorded("draft", body="Take two.")),
    Attack("old words said to be written", f"{REVISION}_author",
           recorded("draft", wrote_text=True)),
    Attack("history of another text", f"{REVISION}_true",
           recorded("draft", history={"body": "Take two.", "wrote_text": True})),
    Attack("history of another state", f"{REVISION}_true",
           recorded("draft", history={"status": "reviewed"})),
    Attack("history of another search", f"{REVISION}_true",
           recorded("draft", history={"evidence_searched_on": clock.today()})),
    Attack("history of another summary's state", f"{REVISION}_true",
           recorded("draft", history={"set_aside": True})),
    Attack("history of another move", f"{REVISION}_true",
           recorded("draft", history={"move": "sign_off"})),
)

SIGN_OFF = "guard_editorial_signoff_insert"


def before(**ago):
    """Signed and printed at a moment in the past, or to come."""
    at = clock.now() - timedelta(**ago)
    return {"signed_at": at}, {"at": at.isoformat(timespec="seconds")}


def at(**ago):
    def do(world):
        signed, printed = before(**ago)
        forge(world, signoff=signed, signature=printed, upto="signoff")

    return do


def changing(table_change, **forged):
    """Change something that is no kept row, then sign."""

    def do(world):
        table_change(world)
        forge(world, upto="signoff", **forged)

    return do


def account(**changed):
    """A signer who was good when the text was signed, and is not in the database."""

    def do(world):
        from tests.attack.arena import genuine, write

        rows = genuine(world)
        changed_now = {k: v(world) if callable(v) else v for k, v in changed.items()}
        user = world.desk.reviewer.pk
        for name, value in changed_now.items():
            if name in ("is_active", "is_superuser"):
                User.objects.filter(pk=user).update(**{name: value})
            elif name == "groups":
                world.desk.reviewer.groups.clear()
            else:
                accounts = QuerySet(ReviewerAccount).filter(user=user)
                accounts.update(**{name: value})
        write(rows, "signoff", "")

    return do


def by(who):
    """In the name of somebody else, who has the role and a credential, and a part."""

    def do(world):
        from tests.attack.arena import genuine, write

        rows = genuine(world)
        user = getattr(world.desk, who)
        reviewer = QuerySet(ReviewerAccount).get(user=world.desk.reviewer)
        user.groups.add(*world.desk.reviewer.groups.all())
        QuerySet(ReviewerAccount).filter(pk=reviewer.pk).update(user=user)
        write(rows | {"signoff": rows["signoff"] | {"signer_id": user.pk}}, "signoff", "")

    return do


def own_words(world):
    """The reviewer typed a text that was kept, or edited an entry, since."""


def having(model, **row):
    """The reviewer has a row of their own, of this minute, then signs."""

    def do(world):
        from tests.attack.arena import genuine, write

        rows = genuine(world)
        ready, reviewer = world.ready, world.desk.reviewer
        key = model._meta.pk.attname
        mine = newest(model, **({"id": getattr(ready, row["of"])} if row else {}))
        mine[key] = None
        if model is LostText:
            mine |= {"by_id": reviewer.pk, "at": clock.now(), "summary_id": ready.pk}
        else:
            mine |= {"history_user_id": reviewer.pk, "history_date": clock.now()}
        put(model, mine)
        write(rows, "edition", "")

    return do


SIGN_OFFS = (
    Attack("a sign-off of an older revision", f"{SIGN_OFF}_read",
           lambda world: forge(world, upto="signoff", signoff={
               "revision_read_id": HISTORY.objects.filter(id=world.ready.pk)
               .earliest("revision").pk})),
    Attack("a sign-off of a draft", f"{SIGN_OFF}_read",
           lambda world: forge(world, upto="signoff", signoff={
               "summary_id": world.draft.pk,
               "revision_read_id": world.draft.history.first().pk})),
    Attack("a sign-off of tomorrow", f"{SIGN_OFF}_future", at(days=-1)),
    Attack("a sign-off in ten years", f"{SIGN_OFF}_future", at(days=-3650)),
    Attack("a sign-off before the last one", f"{SIGN_OFF}_order", at(days=1000)),
    Attack("a sign-off that prints another day", f"{SIGN_OFF}_printed",
           lambda world: forge(world, upto="signoff", signature=before(days=2)[1])),
    Attack("a shut account signs", f"{SIGN_OFF}_signer", account(is_active=False)),
    Attack("a superuser signs", f"{SIGN_OFF}_signer", account(is_superuser=True)),
    Attack("one who lost the role signs", f"{SIGN_OFF}_signer", account(groups=())),
    Attack("an unverified reviewer signs", f"{SIGN_OFF}_signer",
           account(verified_at=None, verified_by=None, expires_on=None)),
    Attack("a lapsed credential signs", f"{SIGN_OFF}_signer",
           account(expires_on=clock.today() - timedelta(days=1))),
    Attack("a sign-off under another's name", f"{SIGN_OFF}_signer",
           forging(signature={"reviewer": "somebody-else"}, upto="signoff")),
    Attack("the writer signs", f"{SIGN_OFF}_wrote", by("writer")),
    Attack("the editor of the entries signs", f"{SIGN_OFF}_entries", 
           having(Summary.condition.field.related_model.history.model, of="condition_id")),
    Attack("the editor of the question signs", f"{SIGN_OFF}_entries",
           having(Question.history.model, of="question_id")),
    Attack("one whose text was kept signs", f"{SIGN_OFF}_typed", having(LostText)),
)

EDITION = "guard_conditions_edition_insert"


def unsigned(world):
    from tests.attack.arena import genuine

    put(Edition, genuine(world)["edition"])


def half_signed(world):
    from tests.attack.arena import genuine, write

    rows = genuine(world)
    QuerySet(Question).filter(pk=world.ready.question_id).update(signatures_required=2)
    write(rows, "edition", "")


def own_source(world):
    from conditions.models import Source

    having(Source.history.model)(world)


def next_but_one(world):
    number = newest(Edition)["number"]
    told = {"edition": number + 5}
    forge(world, told=told, edition={"number": number + 5},
          signoff={"edition_number": number + 5}, upto="edition")


EDITIONS = (
    Attack("an edition that nobody signed", f"{EDITION}_signed", unsigned),
    Attack("an edition signed by one of two", f"{EDITION}_signed", half_signed),
    Attack("an edition with another record's hash", f"{EDITION}_hashed",
           forging(edition={"record_sha256": "0" * 64}, upto="edition")),
    Attack("an edition with words after its hash", f"{EDITION}_hashed",
           lambda world: forge(world, upto="edition", edition={
               "content": newest(Edition)["content"].replace('"schema":1', '"schema":2')})),
    Attack("an edition of another body", f"{EDITION}_text",
           forging(words={"body": "Take two."}, upto="edition")),
    Attack("an edition of another short answer", f"{EDITION}_text",
           forging(words={"short_answer": "Take two."}, upto="edition")),
    Attack("an edition without a body", f"{EDITION}_text",
           forging(words={"body": None}, upto="edition")),
    Attack("a record for another text", f"{EDITION}_record",
           forging(told={"content_sha256": "0" * 64}, upto="edition")),
    Attack("a record of another edition", f"{EDITION}_record",
           forging(told={"edition": 99}, upto="edition")),
    Attack("a record for another address", f"{EDITION}_record",
           forging(told={"address": "/conditions/x/y/"}, upto="edition")),
    Attack("a record with another signature", f"{EDITION}_named",
           forging(told={"signatures": [{"name": "Dr Nobody"}]}, upto="edition")),
    Attack("a record without signatures", f"{EDITION}_named",
           forging(told={"signatures": []}, upto="edition")),
    Attack("a record of another day", f"{EDITION}_dated",
           forging(told={"signed_on": "2026-01-01"}, upto="edition")),
    Attack("a record due in ten years", f"{EDITION}_dated",
           forging(told={"review_due_on": "2036-01-01"}, upto="edition")),
    Attack("a record of a search never made", f"{EDITION}_dated",
           forging(told={"evidence_searched_on": "2026-11-01"}, upto="edition")),
    Attack("one who edited a cited source signs", f"{EDITION}_sources", own_source),
    Attack("an edition number left out", f"{EDITION}_numbered", next_but_one),
)

PUBLICATION = "guard_conditions_publication_insert"
PAGE = "guard_conditions_page"


def publishing(of="ready", **changed):
    """Insert the next act of a page as SQL would."""

    def do(world):
        summary = getattr(world, of)
        page = newest(Page, question_id=summary.question_id)
        row = newest(Publication, page_id=page["id"])
        row |= {"id": None, "number": row["number"] + 1, "note": "x"}
        new = {k: v(page) if callable(v) else v for k, v in changed.items()}
        put(Publication, row | new)
        return page, row | new

    return do


def first_edition(page):
    return Edition.objects.get(page=page["id"], number=1).pk


def other_edition(page):
    return Edition.objects.exclude(page=page["id"]).latest("pk").pk


def shown(edition=None, of="ready"):
    def do(world):
        summary = getattr(world, of)
        pages = QuerySet(Page).filter(question=summary.question_id)
        chosen = edition and edition(pages.values().get())
        assert pages.update(live_edition=chosen)

    return do


def published_twice(world):
    publishing("withdrawn", kind="reinstated")(world)
    publishing("withdrawn", kind="published")(world)


def page_born_live(world):
    page = newest(Page) | {"id": None, "question_id": world.draft.question_id}
    put(Page, page)


PAGES = (
    Attack("DELETE of a page", f"{PAGE}_delete_kept", sql("DELETE FROM conditions_page")),
    Attack("a page moved to another question", f"{PAGE}_update_address",
           lambda world: QuerySet(Page).filter(question=world.ready.question_id).update(
               question=world.draft.question_id)),
    Attack("a page born live", f"{PAGE}_insert_born", page_born_live),
    Attack("REPLACE of a page", f"{PAGE}_insert_once",
           replaced_working_row(Page, live_edition_id=None), only="sqlite"),
    Attack("an older edition shown", f"{PAGE}_update_live", shown(first_edition)),
    Attack("another page's edition shown", f"{PAGE}_update_live", shown(other_edition)),
    Attack("a live page emptied", f"{PAGE}_update_live", shown()),
    Attack("a withdrawn page shown", f"{PAGE}_update_live",
           shown(first_edition, of="withdrawn")),
    Attack("an act number left out", f"{PUBLICATION}_numbered",
           publishing("withdrawn", kind="reinstated", number=9)),
    Attack("an older edition published", f"{PUBLICATION}_newest",
           publishing(edition_id=first_edition)),
    Attack("another page's edition published", f"{PUBLICATION}_newest",
           publishing(edition_id=other_edition)),
    Attack("an edition withdrawn that is not live", f"{PUBLICATION}_newest",
           publishing("withdrawn", kind="withdrawn")),
    Attack("a withdrawn page published", f"{PUBLICATION}_kind",
           publishing("withdrawn", kind="published")),
    Attack("a live page put back", f"{PUBLICATION}_kind", publishing(kind="reinstated")),
    Attack("an act that no page followed", f"{PUBLICATION}_followed", published_twice),
    Attack("an act that its page does not show", f"{PUBLICATION}_shown",
           publishing("withdrawn", kind="reinstated"), only="postgresql"),
)


def entry(number=1, **changed):
    def do(world):
        last = newest(LogEntry)
        asked = last["number"] + number
        text = last["entry"].replace(
            f'"number":{last["number"]},', f'"number":{asked},'
        ).replace(f'"row":"{last["row"]}"', '"row":null')
        put(LogEntry, last | {"number": asked, "entry": text, "row": None} | changed)

    return do


def other_proof(world):
    edition = newest(Edition)
    QuerySet(Edition)
    put(Proof, newest(Proof) | {"id": None, "edition_id": edition["id"], "number": 1})


LOG = (
    Attack("an entry number left out", "guard_editorial_logentry_insert_numbered", entry(2)),
    Attack("an entry that says another act", "guard_editorial_logentry_insert_true",
           entry(act="other")),
)
