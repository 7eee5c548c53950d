"""Markdown files with front matter: what is read, and every refusal with its line."""

from pathlib import Path

import pytest

from conditions.identifiers import SCHEMES
from editorial.importing import ImportProblem, read

GOOD = (Path(__file__).parent / "pages" / "treatment.md").read_text("utf-8")
BARE = """---
condition: {slug: avs, name: amber vessel syndrome}
question: {slug: treatment, pattern: "How is {condition} treated?"}
---
Words.
"""


@pytest.fixture
def parse(tmp_path):
    def parsed(text):
        path = tmp_path / "page.md"
        path.write_text(text, encoding="utf-8", newline="")
        return read(path)

    return parsed


def refusal(parse, text):
    with pytest.raises(ImportProblem) as caught:
        parse(text)
    return str(caught.value)


def test_numbers_and_words_are_read_as_they_are_written(parse):
    text = BARE.replace("slug: avs,", "slug: no, abbreviation: 007, synonyms: yes,")

    fields = parse(text).subject.condition.fields
    assert fields == {
        "slug": "no",
        "abbreviation": "007",
        "synonyms": ["yes"],
        "name": "amber vessel syndrome",
    }


def test_only_what_the_file_says_is_in_the_draft(parse):
    draft = parse(BARE)

    assert draft.text == {"body": "Words."}
    assert draft.sources == ()


def test_short_answer_is_read_from_its_block(parse):
    assert parse(GOOD).text["short_answer"] == (
        "No medicine stops amber vessel syndrome yet. Care eases *symptoms*."
    )


def test_windows_line_ends_are_read(parse):
    assert parse(GOOD.replace("\n", "\r\n")) == parse(GOOD)


def test_empty_value_is_told_from_a_missing_one(parse):
    draft = parse(BARE.replace("question:", "evidence_searched_on:\nquestion:"))

    assert draft.text == {"body": "Words.", "evidence_searched_on": None}


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("genes:", "gene:", "Line 7: “gene” is not a key of condition: use slug, "
         "name, abbreviation, synonyms, genes, identifiers, community."),
        ("  name: amber vessel syndrome\n", "", "Line 3: “name” is missing in "
         "condition."),
        ("condition:", "topic:", "Line 2: “topic” is not a key of the front matter: "
         "use condition, question, language, drafting, evidence_searched_on, "
         "sources, short_answer."),
        ("order: 20", "order: soon", "Line 13: “order” takes a whole number, not "
         "“soon”."),
        ("order: 20", "slug: x", "Line 13: “slug” is given twice."),
        ("2026-03-12", "12.3.2026", "Line 20: “evidence_searched_on” takes a date "
         "such as 2026-05-08, not “12.3.2026”."),
        ("2026-03-12", "2026-02-30", "Line 20: “evidence_searched_on” takes a date "
         "such as 2026-05-08, not “2026-02-30”."),
        ("kind: web", "kind: blog", "Line 30: “kind” takes one of article, trial, "
         "guideline, regulator, reference, web; it says “blog”."),
        ("language: en", "language: de", "Line 18: “language” takes one of en; it "
         "says “de”."),
        ("trial_search: yes", "trial_search: 3", "Line 17: “offers_trial_search” "
         "takes true or false."),
        ("genes: [AVS1]", "genes: &a [AVS1]", "Line 7: aliases (& and *) are not "
         "read; write the value out, in quotes."),
        ("genes: [AVS1]", "genes: !!python/name:os.system x", "Line 7: tags (!) are "
         "not read; write the value in quotes."),
        ("genes: [AVS1]", "genes: [[[[[x]]]]]", "Line 7: this is nested too deeply; "
         "see the form that export writes."),
        ("genes: [AVS1]", "genes: [{x: y}]", "Line 7: “genes” takes words, not a "
         "list or more keys."),
        ('orpha: "2762"', 'orfa: "2762"', "Line 8: “orfa” is not a key of "
         f"identifiers: use {', '.join(SCHEMES)}."),
        ("key: amber-guide", 'key: "pmid:11784876"', "Line 29: pmid:11784876 is "
         "given twice."),
        ("key: amber-guide", 'key: "doi:nonsense"', "Line 29: “nonsense” is not a "
         "DOI: write a DOI such as 10.1038/ng1783."),
        ("kind: web", 'doi: "10.1056/NEJMoa011262"', "Line 29: "
         "doi:10.1056/NEJMoa011262 is given twice."),
        ("*symptoms*", "[symptoms](https://example.org/)", "Line 35: the short "
         "answer takes paragraphs and emphasis alone; move lists, tables, headings, "
         "quotes, links and citations to the body."),
        ("## What", "# What", "Line 37: a heading begins with ## or ### and stands "
         "outside lists and quotes; write \\# to show the mark."),
    ],
)  # fmt: skip
def test_bad_front_matter_is_refused_with_its_line(parse, old, new, sentence):
    assert refusal(parse, GOOD.replace(old, new, 1)) == sentence


def test_broken_yaml_is_refused_with_its_line(parse):
    text = GOOD.replace("name: amber vessel", "name: [amber vessel", 1)

    assert refusal(parse, text).startswith("Line 5: the front matter is not YAML: ")


def test_empty_catalogue_values_are_read_as_none(parse):
    text = BARE.replace("syndrome}", "syndrome, community: , identifiers: , genes: }")

    assert parse(text.replace("---\nW", "sources:\n---\nW")).sources == ()
    assert parse(text).subject.condition.fields == {
        "slug": "avs",
        "name": "amber vessel syndrome",
        "genes": [],
        "identifiers": [],
        "community_name": "",
        "community_members": None,
        "community_as_of": None,
        "community_url": "",
    }


@pytest.mark.parametrize(
    ("matter", "sentence"),
    [
        ("", "Line 2: “the front matter” takes keys with values: condition, "),
        ("sources: one\n", "Line 2: “sources” takes a list, each with a key."),
        (
            "drafting: by hand\n",
            "Line 2: “drafting” takes keys with values: how, note.",
        ),
        (
            "condition: {slug: ' ', name: x}\n",
            "Line 2: “slug” is missing in condition.",
        ),
        ("language: &\n", "Line 2: the front matter is not YAML: "),
    ],
)
def test_odd_front_matter_is_refused(parse, matter, sentence):
    assert refusal(parse, f"---\n{matter}---\n").startswith(sentence[:60])


def test_front_matter_that_is_not_closed_is_refused(parse):
    assert refusal(parse, GOOD.replace("\n---\n", "\n")) == (
        "Line 1: begin with --- and close the front matter with ---."
    )


def test_deep_nesting_is_refused_without_falling_into_it(parse):
    assert "nested too deeply" in refusal(parse, f"---\nx: {'[' * 500_000}\n---\n")
