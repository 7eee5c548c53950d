from datetime import date

import pytest

from conditions import content
from conditions.models import Condition, Edition, Question, Source

VECTOR = (
    '{"authors":["Tomás Rey"],"body":"One.\\n\\nTwo [@gard-poh].","condition":'
    '{"abbreviation":"POH","genes":["GNAS"],"identifiers":[{"scheme":"orpha","value":'
    '"2762"}],"name":"progressive osseous heteroplasia","slug":"poh","synonyms":["a"]},'
    '"disclaimer":"D","drafting":{"how":"person","note":""},"language":"en","question":'
    '{"slug":"research","text":"What of progressive osseous heteroplasia?"},"schema":1,'
    '"short_answer":"S","sources":[{"accessed_on":"2026-11-12","authors":"","container"'
    ':"GARD","doi":"","key":"gard-poh","kind":"web","nct":"","pmcid":"","pmid":"",'
    '"retracted_on":"","title":"POH","url":"https://example.org/","year":null}],'
    '"take_part":{"community":null,"trial_search":"progressive osseous heteroplasia"}}'
)


def parts(**changed):
    condition = Condition(
        slug="poh",
        name="progressive osseous heteroplasia",
        abbreviation="POH",
        synonyms=["a"],
        genes=["GNAS"],
        identifiers=[{"scheme": "orpha", "value": "2762"}],
    )
    question = Question(
        slug="research", pattern="What of {condition}?", offers_trial_search=True
    )
    source = Source(
        key="gard-poh",
        kind="web",
        title="POH",
        container="GARD",
        url="https://example.org/",
        accessed_on=date(2026, 11, 12),
    )
    return {
        "condition": condition,
        "question": question,
        "language": "en",
        "short_answer": "S",
        "body": "One.\n\nTwo [@gard-poh].",
        "sources": [source],
        "authors": ["Tomás Rey"],
        "drafting": "person",
        "drafting_note": "",
        "disclaimer": "D",
        **changed,
    }


def digest(**changed):
    return content.sha256(content.canonical(content.compose(**parts(**changed))))


def test_schema_1_has_these_bytes_for_ever():
    assert content.canonical(content.compose(**parts())) == VECTOR


def test_schema_1_has_this_hash_for_ever():
    assert (
        digest() == "6c04da997196d928284a00254284bc462334ea97b050d4bb6258b7f1055ab589"
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"short_answer": "s"},
        {"body": "One.\n\nTwo."},
        {"sources": []},
        {"authors": ["Tomas Rey"]},
        {"disclaimer": "d"},
        {"drafting": "machine_drafted"},
        {"drafting_note": "x"},
        {"language": "de"},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_one_letter_changes_the_hash(changed):
    assert digest(**changed) != digest()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "progressive osseous heteroplasie"),
        ("synonyms", ["b"]),
        ("genes", []),
        ("abbreviation", ""),
        ("identifiers", []),
        ("community_name", "A community"),
    ],
)
def test_every_word_of_the_condition_changes_the_hash(field, value):
    changed = parts()["condition"]
    setattr(changed, field, value)

    assert digest(condition=changed) != digest()


@pytest.mark.parametrize(
    "field", [*content.SOURCE_WORDS, "accessed_on", "retracted_on"]
)
def test_every_word_of_a_source_changes_the_hash(field):
    changed = parts()["sources"][0]
    new = {"year": 2001, "accessed_on": None, "retracted_on": date(2026, 1, 1)}
    setattr(changed, field, new.get(field, "changed"))

    assert digest(sources=[changed]) != digest()


def test_line_ends_do_not_change_the_hash():
    assert digest(body="One.\r\n\r\nTwo [@gard-poh].") == digest()


def test_unicode_composition_does_not_change_the_hash():
    assert digest(authors=["Toma\u0301s Rey"]) == digest()


def test_the_order_of_keys_does_not_change_the_bytes():
    assert content.canonical({"a": 1, "b": 2}) == content.canonical({"b": 2, "a": 1})


@pytest.mark.parametrize("value", [1.5, {"a": 0.0}, [float("nan")], {1: "a"}, {1, 2}])
def test_a_value_without_a_single_form_is_refused(value):
    with pytest.raises(content.NotCanonical):
        content.canonical(value)


SHAPES = {1: frozenset({"schema", "a"}), 2: frozenset({"schema", "a", "b"})}


def read(text, signed=None):
    return content.read(text, content.sha256(signed or text), SHAPES)


@pytest.mark.parametrize("more", [{"schema": 1}, {"schema": 2, "b": "an addition"}])
def test_what_was_written_is_read_back_by_each_schema(more):
    value = {"a": ["ä", 1, None], **more}

    assert read(content.canonical(value)) == value


def test_bytes_without_their_hash_are_not_read():
    with pytest.raises(content.Altered, match="not the text that was signed"):
        read('{"a":1}', signed='{"a":2}')


@pytest.mark.parametrize(
    "text",
    [
        *("{}", '{"a":1}', "[]", "1", "null", '{"a":1,"schema":[]}'),
        *('{"a":1,"schema":2}', '{"a":1,"b":1,"schema":1}', '{"a":1,"schema":3}'),
    ],
)
def test_bytes_of_another_shape_are_not_read(text):
    with pytest.raises(content.Altered, match="no schema that this site knows"):
        read(text)


def test_what_is_composed_has_the_shape_that_is_read():
    assert content.compose(**parts()).keys() == content.CONTENT[content.SCHEMA]


def test_a_record_has_these_keys_for_ever_by_its_schema():
    first = {
        *("schema", "address", "edition", "content_sha256", "signatures"),
        *("change_type", "note", "evidence_searched_on", "signed_on", "review_due_on"),
    }

    second = first | {"reasons", "rules_sha256"}
    assert list(content.RECORD.items()) == [(1, first), (2, second)]


def test_an_edition_that_was_signed_before_reasons_is_read():
    old = content.canonical(
        dict.fromkeys(content.RECORD[1], "") | {"schema": 1, "content_sha256": "0"}
    )
    edition = Edition(content_sha256="0", record=old, record_sha256=content.sha256(old))

    assert edition.read_record()["schema"] == 1


def test_a_fingerprint_is_twelve_digits_in_groups():
    assert content.fingerprint("7f3a91c05e2d" + "0" * 52) == "7f3a 91c0 5e2d"


def test_the_community_is_frozen_with_its_date():
    condition = parts()["condition"]
    condition.community_name, condition.community_members = "A map", 49
    condition.community_as_of = date(2026, 5, 8)

    frozen = content.compose(**parts(condition=condition))

    assert frozen["take_part"]["community"] == {
        "name": "A map",
        "members": 49,
        "as_of": "2026-05-08",
        "url": "",
    }
