"""Files come in through the same gate as a person's text; no edit is overwritten."""

import random
import re
from pathlib import Path

import pytest

from conditions.models import Condition, Question, Source
from editorial import importing, workflow, writing
from editorial.models import SignOff, Summary
from editorial.writing import Text
from tests.builders import (
    make_condition,
    make_editor,
    make_question,
    make_reviewer,
    make_user,
    make_writer,
)

PAGES = Path(__file__).parent / "pages"
PAGE, MARKDOWN = PAGES / "research.txt", PAGES / "treatment.md"
NAME = "amber vessel syndrome"
PATTERN = "What are the most promising research directions for {condition}?"

BARE = """---
condition: {slug: amber-vessel-syndrome, name: amber vessel syndrome}
question: {slug: treatment, pattern: "How is {condition} treated?"}
---
New.
"""

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_editor()


def bring_in(path, by, **options):
    return importing.bring_in(importing.read(path), by=by, **options)


def page(tmp_path, text, name="page.txt"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_page_text_becomes_a_draft_with_its_condition_and_question(editor):
    outcome = bring_in(PAGE, editor)

    assert outcome.kind == "start"
    condition, question = Condition.objects.get(), Question.objects.get()
    assert (condition.name, condition.abbreviation) == (NAME, "AVS")
    assert (question.pattern, question.slug) == (
        PATTERN,
        "promising-research-directions",
    )
    assert outcome.summary.status == "draft"


def test_what_a_file_claims_about_a_review_is_only_the_revisions_reason(editor):
    row = bring_in(PAGE, editor).summary.history.get()

    assert row.history_change_reason == (
        "Imported from research.txt, which claims "
        "“Medically reviewed summary · Last updated: 2026-03-14”."
    )
    assert row.history_user == editor
    assert not SignOff.objects.exists()


def test_known_question_and_condition_are_used_whatever_their_case(editor):
    condition = make_condition(editor, name="Amber Vessel Syndrome", abbreviation="AVS")
    question = make_question(editor)

    summary = bring_in(PAGE, make_writer()).summary

    assert (summary.condition, summary.question) == (condition, question)
    assert Condition.objects.get().name == "Amber Vessel Syndrome"


def test_condition_is_known_by_its_synonym(editor):
    condition = make_condition(editor, synonyms=["Amber vessel syndrome"])

    assert bring_in(PAGE, editor).summary.condition == condition


def test_abbreviation_of_another_condition_is_refused(editor):
    make_condition(editor, abbreviation="AVS")

    outcome = bring_in(PAGE, editor)

    assert outcome.kind == "refused"
    assert outcome.why == (
        "Line 2: the catalogue knows AVS as “progressive osseous heteroplasia”; add "
        "“amber vessel syndrome” to its synonyms, or write the summary as .md where it "
        "is another condition."
    )


def test_synonym_that_two_conditions_share_is_refused(editor):
    for slug in ("one", "two"):
        make_condition(editor, slug=slug, name=slug, synonyms=[NAME.title()])

    assert bring_in(PAGE, editor).why == (
        "Line 2: “amber vessel syndrome” may be one or two; write the summary as .md, "
        "with the condition’s slug."
    )


def test_slug_that_another_condition_has_is_refused(editor):
    make_condition(editor, slug="amber-vessel-syndrome", abbreviation="")

    assert bring_in(PAGE, editor).why.startswith("Line 2: no new slug can be made of")


def test_broad_pattern_does_not_swallow_a_longer_question(editor, tmp_path):
    make_question(editor, slug="what-is", pattern="What is {condition}?")
    text = "Rett syndrome (RS) is rare. What is the outlook for Rett syndrome? Good.\n"

    summary = bring_in(page(tmp_path, text), editor).summary

    assert summary.question.pattern == "What is the outlook for {condition}?"
    assert summary.condition.name == "Rett syndrome"


def test_name_without_abbreviation_is_read_from_the_opening(editor, tmp_path):
    text = "Rett syndrome affects girls. How common is Rett syndrome? It is rare.\n"

    assert (
        bring_in(page(tmp_path, text), editor).summary.condition.name == "Rett syndrome"
    )


def test_text_about_no_nameable_condition_is_refused(editor, tmp_path):
    outcome = bring_in(
        page(tmp_path, "It is rare. How common is this? Rare.\n"), editor
    )

    assert outcome.kind == "refused"
    assert "cannot be told" in outcome.why


def test_markdown_brings_in_everything_it_says(editor):
    summary = bring_in(MARKDOWN, editor).summary

    assert str(summary) == "How is amber vessel syndrome treated?"
    assert summary.condition.identifiers == [
        {"scheme": "orpha", "value": "2762"},
        {"scheme": "omim", "value": "166350"},
    ]
    assert summary.condition.community_members == 31
    assert summary.question.offers_trial_search is True
    assert (summary.drafting, str(summary.evidence_searched_on)) == (
        "machine_assisted",
        "2026-03-12",
    )
    assert list(Source.objects.values_list("key", flat=True)) == [
        "amber-guide",
        "pmid:11784876",
    ]


@pytest.mark.parametrize("path", [PAGE, MARKDOWN])
def test_second_import_changes_nothing(editor, path):
    summary = bring_in(path, editor).summary

    assert bring_in(path, editor).kind == "unchanged"
    assert summary.history.count() == 1
    assert Condition.history.count() == 1


def test_dry_run_writes_nothing(editor):
    outcome = bring_in(MARKDOWN, editor, dry_run=True)

    assert (outcome.kind, outcome.why) == (
        "start",
        "adds condition amber-vessel-syndrome, question treatment, 2 sources",
    )
    assert not Condition.objects.exists()
    assert not Source.objects.exists()


def test_writer_cannot_bring_in_a_new_condition(editor):
    outcome = bring_in(PAGE, make_writer())

    assert (outcome.kind, outcome.why) == (
        "refused",
        "Only an editor adds or changes a condition. "
        "The file adds condition amber-vessel-syndrome.",
    )
    assert not Summary.objects.exists()


def test_writer_brings_in_sources_with_a_text(editor, tmp_path):
    bring_in(MARKDOWN, editor)
    writer = make_writer()
    text = MARKDOWN.read_text("utf-8").replace("pmid:11784876", "pmid:16642017")
    text = text.replace("NEJMoa011262", "NEJMoa000000")

    outcome = bring_in(page(tmp_path, text, "more.md"), writer)

    assert (outcome.kind, outcome.why) == ("revise", "adds source pmid:16642017")
    assert Source.history.get(key="pmid:16642017").history_user == writer


def test_reviewer_and_superuser_bring_in_nothing(editor):
    for someone in (make_reviewer(), make_user("root", superuser=True)):
        assert bring_in(PAGE, someone).kind == "refused"


def test_changed_file_revises_what_was_imported(editor, tmp_path):
    bring_in(PAGE, editor)
    changed = page(tmp_path, PAGE.read_text("utf-8").replace("Many take", "Most take"))

    outcome = bring_in(changed, editor)

    assert outcome.kind == "revise"
    assert "Most take part" in outcome.summary.body
    assert outcome.summary.revision == 2


def test_summary_edited_since_its_import_is_left_alone(editor, tmp_path):
    summary = bring_in(PAGE, editor).summary
    mine = Text(short_answer="My own words.", body="Mine.")
    writing.revise(summary, by=editor, text=mine, against=1, reason="Clearer.")
    changed = page(tmp_path, PAGE.read_text("utf-8").replace("Many take", "Most take"))

    outcome = bring_in(changed, editor)

    assert outcome.kind == "left alone"
    assert outcome.why.startswith("Edited since by Maren Holt on ")
    assert Summary.objects.get().body == "Mine."


def test_summary_in_review_is_left_alone(editor):
    summary = bring_in(MARKDOWN, editor).summary
    workflow.submit_for_review(summary, by=editor)

    outcome = bring_in(MARKDOWN, editor)

    assert (outcome.kind, outcome.why) == ("left alone", "It is in review.")


def test_summary_set_aside_is_left_alone(editor):
    summary = bring_in(PAGE, editor).summary
    writing.set_aside(summary, by=editor, reason="A duplicate.")

    assert bring_in(PAGE, editor).kind == "left alone"


def test_optional_keys_left_out_keep_what_the_catalogue_has(editor, tmp_path):
    bring_in(MARKDOWN, editor)
    bare = page(tmp_path, BARE, "bare.md")

    summary = bring_in(bare, editor).summary

    assert (summary.body, summary.drafting) == ("New.", "machine_assisted")
    assert summary.condition.genes == ["AVS1"]
    assert Condition.history.count() == 1


def test_known_name_under_another_slug_is_refused_with_that_slug(editor, tmp_path):
    bring_in(MARKDOWN, editor)
    text = MARKDOWN.read_text("utf-8").replace(
        "slug: amber-vessel-syndrome", "slug: avs"
    )

    assert bring_in(page(tmp_path, text, "a.md"), editor).why == (
        "Line 3: The catalogue has “amber vessel syndrome” already: write its slug, "
        "amber-vessel-syndrome."
    )


def test_refused_file_leaves_no_part_of_itself(editor, tmp_path):
    text = MARKDOWN.read_text("utf-8").replace("2026-03-12", "2999-01-01")

    outcome = bring_in(page(tmp_path, text, "late.md"), editor)

    assert outcome.why == "Evidence cannot have been searched in the future."
    assert not Condition.objects.exists()


def _spoilt(luck):
    """Return a file's bytes with a few of them cut out, doubled or replaced."""
    data = bytearray(luck.choice((PAGE, MARKDOWN)).read_bytes())
    for _ in range(luck.randint(1, 4)):
        place = luck.randrange(len(data))
        bit = luck.choice(
            (
                *(b"\0", b"\xff", b"\r\n", b"[" * 99, b"&a ", b"*a", b"!!x ", b"---\n"),
                *(b"\xef\xbb\xbf", b"{condition}", b"a" * 5000, b"%Y\n", b'"', b"? "),
            )
        )
        data[place : place + luck.choice((0, 3, 60))] = bit
    return bytes(data)


@pytest.mark.parametrize("seed", range(4))
def test_spoilt_file_is_taken_or_refused_in_one_sentence(editor, tmp_path, seed):
    luck = random.Random(seed)
    for number in range(60):
        path = tmp_path / f"{number}{luck.choice(('.md', '.txt'))}"
        path.write_bytes(_spoilt(luck))

        outcome = importing.Run(editor, dry_run=True).take(path)

        refused = outcome.kind == "refused"
        assert refused is bool(re.fullmatch(r".{5,700}[.?”]", outcome.why))
