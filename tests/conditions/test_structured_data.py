import hashlib
import json
from datetime import UTC, datetime

import pytest

from conditions import structured_data
from editorial import clock
from tests.builders import BODY, Desk, make_reviewer, record, tamper
from tests.readers import PAGE, parse

SITE = "http://127.0.0.1:8000"
# Names of schema.org 30.0; a property that is not here is not to be printed.
ALLOWED = {
    "MedicalWebPage": {
        *("@context", "@id", "url", "name", "inLanguage", "isAccessibleForFree"),
        *("mainEntity", "about", "audience", "datePublished", "dateModified"),
        *("lastReviewed", "reviewedBy", "author", "publisher", "version"),
        *("archivedAt", "citation", "breadcrumb"),
    },
    "Question": {"name", "answerCount", "acceptedAnswer"},
    "Answer": {"text", "url"},
    "MedicalCondition": {"@id", "name", "alternateName", "code", "sameAs"},
    "MedicalCode": {"codeValue", "codingSystem"},
    "Patient": set(),
    "Person": {
        *("@id", "name", "honorificSuffix", "jobTitle", "affiliation"),
        *("identifier", "url"),
    },
    "Organization": {"name", "url", "publishingPrinciples"},
    "PropertyValue": {"propertyID", "value"},
    "MedicalScholarlyArticle": {"name", "datePublished", "url", "identifier"},
    "CreativeWork": {"name", "datePublished", "url", "identifier"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name", "item"},
}


@pytest.fixture
def desk(db):
    return Desk()


def block(page):
    return page.one("script", type="application/ld+json")


def things(value):
    """Every thing with a type, at any depth."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value:
        if isinstance(inner, (dict, list)):
            yield from things(inner)


def test_json_ld_says_nothing_that_schema_org_has_no_name_for(desk, visit):
    desk.live()

    data = json.loads(block(parse(visit(PAGE))).text)

    strange = [
        (thing["@type"], name)
        for thing in things(data)
        for name in thing.keys() - ALLOWED[thing["@type"]] - {"@type"}
    ]
    assert strange == []
    assert {thing["@type"] for thing in things(data)} == ALLOWED.keys()


def test_json_ld_says_the_words_that_a_reader_sees(desk, visit):
    desk.live()
    page = parse(visit(PAGE))

    data = json.loads(block(page).text)

    question = data["mainEntity"]
    answer = page.one(id="short-answer").one("p").words
    assert data["name"] == question["name"] == page.one("h1").words
    assert question["acceptedAnswer"]["text"] == answer
    assert data["about"]["name"] == page.one(id="the-condition").words
    steps = [step["name"] for step in data["breadcrumb"]["itemListElement"]]
    crumbs = [li.words for li in page.one(class_="crumbs").all("li")]
    assert steps == [*crumbs, page.one("h1").words]
    cited = [cite.words.rstrip(".") for cite in page.all("cite")]
    assert [source["name"] for source in data["citation"]] == cited


def test_json_ld_says_the_dates_that_a_reader_sees(desk, visit):
    with clock.moved_to(datetime(2026, 5, 8, 12, tzinfo=UTC)):
        summary = desk.live()
    desk.new_edition(summary, f"{BODY}\n- braces")
    page = parse(visit(PAGE))

    data = json.loads(block(page).text)

    updated = page.one(class_="stamp").one("time").attrs["datetime"]
    first = page.one(aria_labelledby="what-changed").all("time")[-1].attrs["datetime"]
    assert data["lastReviewed"] == data["dateModified"] == updated
    assert data["datePublished"] == first == "2026-05-08"
    edition = page.one(aria_labelledby="who-checked").all("dd")[2].words
    assert data["version"] == edition == "2"
    assert data["archivedAt"] == f"{SITE}{PAGE}editions/2/"


def test_json_ld_names_who_signed_and_who_wrote(desk, visit):
    desk.live()
    page = parse(visit(PAGE))

    data = json.loads(block(page).text)

    person = data["reviewedBy"]
    full = f"{person['name']}, {person['honorificSuffix']}"
    assert full == page.one(class_="who").words == "Dr Ines Falk, MD"
    assert person["url"] == SITE + page.one(class_="who").one("a").attrs["href"]
    assert [author["name"] for author in data["author"]] == ["Tomás Rey"]
    assert page.one(class_="made").words.startswith("Written by Tomás Rey.")


def test_json_ld_names_both_who_signed(db, visit):
    desk = Desk(signatures=2)
    second = make_reviewer("jon", "Jon Berg")
    desk.sign(desk.sign(desk.in_review()), by=second)
    page = parse(visit(PAGE))

    data = json.loads(block(page).text)

    named = [f"{one['name']}, MD" for one in data["reviewedBy"]]
    assert named == [p.words for p in page.all(class_="who")]
    assert named == ["Dr Ines Falk, MD", "Dr Jon Berg, MD"]


def test_no_text_closes_the_data_block(desk, visit):
    evil = "</script><b>&amp;<!-- 5 < 6"
    desk.condition.synonyms, desk.sources[0].title = [evil], evil
    record(desk.condition, desk.editor)
    record(desk.sources[0], desk.editor)
    desk.live(short="A risk <5 % & >2 %.")

    page = parse(visit(PAGE))

    raw = block(page).text
    assert [sign for sign in "<>&" if sign in raw] == []
    data = json.loads(raw)
    assert data["about"]["alternateName"] == ["POH", evil]
    assert data["citation"][0]["name"] == evil
    answer = data["mainEntity"]["acceptedAnswer"]["text"]
    assert answer == page.one(id="short-answer").one("p").words


def test_an_edition_of_its_own_address_has_no_json_ld(desk, visit):
    desk.live()

    assert parse(visit(f"{PAGE}editions/1/")).all("script") == []


def review(visit):
    return json.loads(visit(f"{PAGE}review.json").body)


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def test_anybody_can_compute_the_hashes_of_review_json(desk, visit):
    desk.live()

    said = review(visit)

    assert sha256(said["content_text"]) == said["content_sha256"]
    assert sha256(said["record_text"]) == said["record_sha256"]
    assert said["fingerprint"].replace(" ", "") == said["record_sha256"][:12]
    assert json.loads(said["content_text"]) == said["content"]
    assert json.loads(said["record_text"]) == said["record"]
    assert said["record"]["content_sha256"] == said["content_sha256"]


def test_review_json_and_the_page_say_the_same(desk, visit):
    desk.live()
    page = parse(visit(PAGE))

    said = review(visit)

    box = [dd.words for dd in page.one(aria_labelledby="who-checked").all("dd")]
    assert box[2:] == [str(said["edition"]), said["fingerprint"]]
    times = page.one(aria_labelledby="who-checked").all("dl")[0].all("time")
    days = [said["last_updated"], said["next_review_due"]]
    assert [time.attrs["datetime"] for time in times] == days
    assert said["question"] == page.one("h1").words
    assert (said["overdue"], said["overdue_since"]) == (False, None)
    assert said["url"] == page.one("link", rel="canonical").attrs["href"]


def test_review_json_lists_every_public_edition(desk, visit):
    desk.new_edition(desk.live(), f"{BODY}\n- braces")

    listed = review(visit)["editions"]

    assert [
        (one["edition"], one["change_type"], one["verified"]) for one in listed
    ] == [
        (2, "new_evidence", True),
        (1, "first_edition", True),
    ]
    assert listed[0]["record_sha256"] == review(visit)["record_sha256"]
    assert listed[1]["permalink"] == f"{SITE}{PAGE}editions/1/"


def test_review_json_shows_nothing_of_an_altered_record(desk, visit):
    desk.new_edition(desk.live(), f"{BODY}\n- braces")
    tamper("UPDATE conditions_edition SET record = '{}' WHERE number = 1")

    assert review(visit)["editions"][1] == {
        "edition": 1,
        "permalink": f"{SITE}{PAGE}editions/1/",
        "signed_on": None,
        "change_type": None,
        "note": None,
        "record_sha256": None,
        "verified": False,
    }


def test_an_address_is_written_out_with_the_sites_own(settings):
    settings.SITE_URL = "https://answers.example"

    assert structured_data.site("/about/") == "https://answers.example/about/"
