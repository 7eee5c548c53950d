from datetime import date

import pytest
import time_machine

from conditions import typesetting
from conditions.markup import MarkupError
from tests.readers import Parser

CONTENT = {
    "schema": 1,
    "language": "en",
    "condition": {
        "slug": "poh",
        "name": "progressive osseous heteroplasia",
        "abbreviation": "POH",
        "synonyms": ["stone skin"],
        "genes": ["GNAS"],
        "identifiers": [{"scheme": "omim", "value": "166350"}],
    },
    "question": {"slug": "research", "text": "What is studied?"},
    "short_answer": "A *rare* disorder, risk <5 %.",
    "body": "One.",
    "take_part": {"trial_search": "", "community": None},
    "sources": [],
    "authors": ["Tomás Rey"],
    "drafting": {"how": "person", "note": ""},
    "disclaimer": "Ask your doctor.",
}
SIGNATURE = {
    "reviewer": "ines",
    "name": "Dr Ines Falk",
    "post_nominals": "MD",
    "profession": "Consultant",
    "affiliation": "",
    "registration_body": "GMC",
    "registration_number": "7654321",
    "orcid": "",
    "meaning": "Review and approval of the whole page",
    "attestation": "I have read it.",
    "interests": "",
    "at": "2026-05-09T11:30:00+12:00",
    "zone": "Pacific/Auckland",
}
RECORD = {
    "schema": 1,
    "address": "/conditions/poh/research/",
    "edition": 1,
    "content_sha256": "0" * 64,
    "signatures": [SIGNATURE],
    "change_type": "first_edition",
    "note": "First edition.",
    "evidence_searched_on": "2026-04-30",
    "signed_on": "2026-05-09",
    "review_due_on": "2027-05-09",
}
COMMUNITY = {
    "name": "POH society",
    "members": 1234,
    "as_of": "2026-01-02",
    "url": "https://poh.example/",
}


def shown(content=CONTENT, record=RECORD, **said):
    return typesetting.page_context(
        content,
        record,
        edition_number=1,
        record_sha256="7f3a91c05e2d" + "0" * 52,
        **said,
    )


def parsed(html):
    parser = Parser()
    parser.feed(html)
    return parser.open[0]


def test_a_text_is_shown_as_safe_html_and_described_in_plain_words():
    context = shown()

    html = "<p>A <em>rare</em> disorder, risk &lt;5 %.</p>\n"
    assert context["short_answer"].__html__() == html
    assert context["summary"] == "A rare disorder, risk <5 %."


def test_a_condition_is_capitalised_and_its_words_are_the_frozen_ones():
    condition = shown()["condition"]

    assert condition["name"] == "Progressive osseous heteroplasia"
    assert condition["address"] == "/conditions/poh/"
    assert condition["also_called"] == ["POH", "stone skin"]
    assert [code["text"] for code in condition["codes"]] == ["OMIM 166350"]


@pytest.mark.parametrize(("headings", "listed"), [(0, 0), (2, 0), (3, 3), (4, 4)])
def test_contents_begin_with_three_headings(headings, listed):
    body = "\n\n".join(f"## Part {n}\n\nText." for n in range(headings)) or "Text."

    assert len(shown({**CONTENT, "body": body})["contents"]) == listed


def test_take_part_is_nothing_where_there_is_neither_search_nor_community():
    assert shown()["take_part"] is None


def test_take_part_may_be_a_search_alone():
    assert typesetting.take_part({"trial_search": "POH", "community": None}) == {
        "trial_search": "POH",
        "trial_url": "https://clinicaltrials.gov/search?cond=%22POH%22",
        "community": None,
    }


def test_take_part_may_be_a_dated_count_alone():
    assert typesetting.take_part({"trial_search": "", "community": COMMUNITY}) == {
        "trial_search": "",
        "trial_url": "",
        "community": {
            "name": "POH society",
            "url": "https://poh.example/",
            "members": "1,234",
            "as_of": date(2026, 1, 2),
        },
    }


def test_a_community_without_a_count_or_a_safe_address_is_named_alone():
    block = {**COMMUNITY, "members": None, "as_of": "", "url": "http://poh.example/"}

    community = typesetting.take_part({"trial_search": "", "community": block})

    assert community["community"] == {
        "name": "POH society",
        "url": "",
        "members": "",
        "as_of": None,
    }


def test_who_wrote_it_how_and_from_which_evidence_is_said():
    assert shown()["made"] == {
        "authors": "Tomás Rey",
        "drafted": "Drafted by a person.",
        "searched_on": date(2026, 4, 30),
    }


@pytest.mark.parametrize(
    ("today", "badge", "since"),
    [
        ("2027-05-08", "Medically reviewed summary", None),
        ("2027-05-09", "Medically reviewed summary", None),
        ("2027-05-10", "Review overdue since", date(2027, 5, 9)),
    ],
)
def test_a_page_is_overdue_from_the_day_after_its_review_was_due(today, badge, since):
    with time_machine.travel(f"{today}T12:00:00Z", tick=False):
        standing = typesetting.standing(RECORD)

    assert (standing["badge"], standing["overdue_since"]) == (badge, since)
    assert standing["last_updated"] == date(2026, 5, 9)


def test_today_is_the_day_of_the_sites_own_zone(settings):
    settings.TIME_ZONE = "Pacific/Auckland"

    with time_machine.travel("2027-05-09T12:30:00Z", tick=False):
        assert typesetting.standing(RECORD)["overdue_since"] == date(2027, 5, 9)


def test_the_review_box_says_who_signed_as_what_and_when():
    (signer,) = shown()["review"]["signers"]

    assert signer["name"] == "Dr Ines Falk, MD"
    assert signer["role"] == "Consultant"
    assert signer["registration"] == "GMC 7654321"
    assert signer["orcid"] is None
    assert signer["interests"] == "none declared on 9 May 2026."
    assert signer["at_text"] == "9 May 2026, 11:30 Pacific/Auckland (UTC+12:00)"


def test_declared_interests_are_shown_as_they_were_signed():
    record = {**RECORD, "signatures": [{**SIGNATURE, "interests": "Paid by Ipsen"}]}

    (signer,) = shown(record=record)["review"]["signers"]

    assert signer["interests"] == "Paid by Ipsen."


def test_the_fingerprint_is_that_of_the_record():
    review = shown()["review"]

    assert review["fingerprint"] == "7f3a 91c0 5e2d"
    assert review["address"] == "/conditions/poh/research/editions/1/"


def test_what_changed_names_kind_day_note_and_signers():
    later = {**RECORD, "change_type": "correction", "note": "A dose was wrong."}

    second, first, altered = typesetting.changes([(3, later), (2, RECORD), (1, None)])

    assert (second["kind"], second["note"]) == ("Correction", "A dose was wrong.")
    assert (first["kind"], first["note"]) == ("First edition", "")
    assert (first["signed_on"], first["signers"]) == (
        date(2026, 5, 9),
        "Dr Ines Falk, MD",
    )
    assert altered == {"number": 1, "altered": True}


def test_a_preview_is_marked_as_a_draft_and_shows_no_badge():
    page = parsed(typesetting.preview_html(CONTENT))

    assert page.one(class_="stamp").words == "Draft: not reviewed"
    assert page.one(aria_labelledby="who-checked").one("p").words == (
        "Nobody has signed this text. It is a draft."
    )
    assert page.one("meta", name="robots").attrs["content"] == "noindex"
    assert page.all("header") == page.all("footer") == page.all("script") == []


@pytest.mark.parametrize("part", ["short_answer", "body"])
def test_a_preview_of_a_text_that_cannot_be_shown_says_why(part):
    content = {**CONTENT, part: "Fine.\n\n![image](x.png)\n\n[@nobody"}

    page = parsed(typesetting.preview_html(content))

    with pytest.raises(MarkupError) as fault:
        shown(content)
    said = page.one(role="alert").words
    assert said == f"This text cannot be shown. {fault.value}"


def test_each_table_has_a_frame_of_its_own_to_scroll_in():
    table = "| a | b |\n| --- | --- |\n| <table> | 2 |"

    body = parsed(shown({**CONTENT, "body": f"{table}\n\nText.\n\n{table}"})["body"])

    frames = body.all("div", class_="wide")
    assert [f.attrs["aria-label"] for f in frames] == ["Table 1", "Table 2"]
    assert {f.attrs["tabindex"] for f in frames} == {"0"}
    assert [f.one("table").all("td")[0].words for f in frames] == ["<table>"] * 2
