"""Attacks on editions, publications and pages."""

from django.db.models import QuerySet

from conditions.models import Edition, Page, Publication, Question, Source
from tests.attack.arena import forge, genuine, newest, put, write
from tests.attack.attack import Attack, forging, sql
from tests.attack.on_signing import having
from tests.attack.on_summaries import replaced_working_row

EDITION = "guard_conditions_edition_insert"


def unsigned(world):
    put(Edition, genuine(world)["edition"])


def half_signed(world):
    rows = genuine(world)
    QuerySet(Question).filter(pk=world.ready.question_id).update(signatures_required=2)
    write(rows, "edition", "")


def own_source(world):
    having(Source.history.model)(world)


def next_but_one(world):
    number = newest(Edition)["number"]
    told = {"edition": number + 5}
    forge(
        world,
        told=told,
        edition={"number": number + 5},
        signoff={"edition_number": number + 5},
        upto="edition",
    )


EDITIONS = (
    Attack("an edition that nobody signed", f"{EDITION}_signed", unsigned),
    Attack("an edition signed by one of two", f"{EDITION}_signed", half_signed),
    Attack(
        "an edition with another record's hash",
        f"{EDITION}_hashed",
        forging(edition={"record_sha256": "0" * 64}, upto="edition"),
    ),
    Attack(
        "an edition with words after its hash",
        f"{EDITION}_hashed",
        lambda world: forge(
            world,
            upto="edition",
            edition={
                "content": newest(Edition)["content"].replace(
                    '"schema":1', '"schema":2'
                )
            },
        ),
    ),
    Attack(
        "an edition of another body",
        f"{EDITION}_text",
        forging(words={"body": "Take two."}, upto="edition"),
    ),
    Attack(
        "an edition of another short answer",
        f"{EDITION}_text",
        forging(words={"short_answer": "Take two."}, upto="edition"),
    ),
    Attack(
        "an edition without a body",
        f"{EDITION}_text",
        forging(words={"body": None}, upto="edition"),
    ),
    Attack(
        "a record for another text",
        f"{EDITION}_record",
        forging(told={"content_sha256": "0" * 64}, upto="edition"),
    ),
    Attack(
        "a record of another edition",
        f"{EDITION}_record",
        forging(told={"edition": 99}, upto="edition"),
    ),
    Attack(
        "a record for another address",
        f"{EDITION}_record",
        forging(told={"address": "/conditions/x/y/"}, upto="edition"),
    ),
    Attack(
        "a record with another signature",
        f"{EDITION}_named",
        forging(told={"signatures": [{"name": "Dr Nobody"}]}, upto="edition"),
    ),
    Attack(
        "a record without signatures",
        f"{EDITION}_named",
        forging(told={"signatures": []}, upto="edition"),
    ),
    Attack(
        "a record of another day",
        f"{EDITION}_dated",
        forging(told={"signed_on": "2026-01-01"}, upto="edition"),
    ),
    Attack(
        "a record due in ten years",
        f"{EDITION}_dated",
        forging(told={"review_due_on": "2036-01-01"}, upto="edition"),
    ),
    Attack(
        "a record of a search never made",
        f"{EDITION}_dated",
        forging(told={"evidence_searched_on": "2026-11-01"}, upto="edition"),
    ),
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


def followed(act):
    """Have the page show an act afterwards, so that the act alone is false."""

    def do(world):
        page, row = act(world)
        live = QuerySet(Page).filter(pk=page["id"])
        assert live.update(live_edition=row["edition_id"])

    return do


def published_twice(world):
    publishing("withdrawn", kind="reinstated")(world)
    return publishing("withdrawn", kind="published")(world)


def page_born_live(world):
    page = newest(Page, question_id=world.ready.question_id)
    asked = {"id": None, "question_id": world.draft.question_id}
    put(Page, page | asked | {"live_edition_id": first_edition(page)})


PAGES = (
    Attack(
        "DELETE of a page", f"{PAGE}_delete_kept", sql("DELETE FROM conditions_page")
    ),
    Attack(
        "a page moved to another question",
        f"{PAGE}_update_address",
        lambda world: (
            QuerySet(Page)
            .filter(question=world.ready.question_id)
            .update(question=world.draft.question_id)
        ),
    ),
    Attack("a page born live", f"{PAGE}_insert_born", page_born_live),
    Attack(
        "REPLACE of a page",
        f"{PAGE}_insert_once",
        replaced_working_row(Page, live_edition_id=None),
        only="sqlite",
    ),
    Attack("an older edition shown", f"{PAGE}_update_live", shown(first_edition)),
    Attack("another page's edition shown", f"{PAGE}_update_live", shown(other_edition)),
    Attack("a live page emptied", f"{PAGE}_update_live", shown()),
    Attack(
        "a withdrawn page shown",
        f"{PAGE}_update_live",
        shown(first_edition, of="withdrawn"),
    ),
    Attack(
        "an act number left out",
        f"{PUBLICATION}_numbered",
        followed(publishing("withdrawn", kind="reinstated", number=9)),
    ),
    Attack(
        "an older edition published",
        f"{PUBLICATION}_newest",
        publishing(edition_id=first_edition),
    ),
    Attack(
        "another page's edition published",
        f"{PUBLICATION}_newest",
        publishing(edition_id=other_edition),
    ),
    Attack(
        "an edition withdrawn that is not live",
        f"{PUBLICATION}_newest",
        publishing("withdrawn", kind="withdrawn"),
    ),
    Attack(
        "a withdrawn page published",
        f"{PUBLICATION}_kind",
        publishing("withdrawn", kind="published"),
    ),
    Attack(
        "a live page put back", f"{PUBLICATION}_kind", publishing(kind="reinstated")
    ),
    Attack(
        "an act that no page followed",
        f"{PUBLICATION}_followed",
        followed(published_twice),
    ),
    Attack(
        "an act that its page does not show",
        f"{PUBLICATION}_shown",
        publishing("withdrawn", kind="reinstated"),
        only="postgresql",
    ),
)
