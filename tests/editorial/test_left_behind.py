"""Live pages that the catalogue has left behind: which, and what of them differs."""

from datetime import date, timedelta

import pytest

from conditions.models import Condition, Question, Source
from editorial import catalogue, clock, frozen, left_behind, workflow, writing
from tests.builders import (
    Desk,
    fresh,
    make_condition,
    make_editor,
    make_question,
    sign,
    tamper,
)

pytestmark = pytest.mark.django_db
# The pages that can differ, with their questions' history before; their sources.
QUERIES = 6


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def cataloguer():
    """Another editor than the one who made the entries."""
    return make_editor("anna")


def change(entry, by, **fields):
    for name, value in fields.items():
        setattr(entry, name, value)
    assert catalogue.save(entry, by=by)


def behind():
    return [(one.differs, one.retracted) for one in left_behind.pages()]


def test_a_page_that_was_just_signed_is_in_step(desk):
    desk.live()

    assert behind() == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"synonyms": ["another name"]}, "condition: synonyms"),
        ({"abbreviation": "", "genes": []}, "condition: abbreviation, genes"),
        ({"name": "heteroplasia"}, "condition: name"),
        ({"community_name": "A community"}, "condition: community"),
    ],
)
def test_a_changed_condition_is_named_by_what_differs(desk, cataloguer, fields, said):
    desk.live()

    change(Condition.objects.get(), cataloguer, **fields)

    assert behind() == [([said], {})]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"pattern": "What about {condition}?"}, "question: its words"),
        ({"offers_trial_search": False}, "question: its search for trials"),
    ],
)
def test_a_changed_question_is_named_by_what_differs(desk, cataloguer, fields, said):
    desk.live()

    change(Question.objects.get(), cataloguer, **fields)

    assert behind() == [([said], {})]


def test_what_no_reader_sees_of_a_question_leaves_its_pages_in_step(desk, cataloguer):
    desk.live()

    change(Question.objects.get(), cataloguer, order=3, fewest_sources=2)

    assert (behind(), left_behind._candidates().count()) == ([], 0)


def test_a_changed_source_is_named_by_its_key_and_its_forms_words(desk, cataloguer):
    desk.live()

    change(desk.sources[0], cataloguer, container="NEJM", year=2003)

    assert behind() == [(["source pmid:11784876: journal or publisher, year"], {})]


def test_a_source_that_no_live_page_cites_leaves_none_behind(desk, cataloguer):
    desk.live()
    other = Source(key="gard", title="G", url="https://a.org/", year=2001)
    catalogue.save(other, by=cataloguer)

    change(other, cataloguer, title="H")

    assert left_behind._candidates().count() == 0


def test_a_retraction_is_told_by_its_day_and_not_as_other_words(desk, cataloguer):
    desk.live()

    change(desk.sources[1], cataloguer, retracted_on=date(2026, 5, 3))

    assert behind() == [([], {"gard-poh": date(2026, 5, 3)})]


def test_a_retraction_taken_back_after_the_signature_is_other_words(desk, cataloguer):
    change(desk.sources[1], cataloguer, retracted_on=date(2026, 5, 3))
    desk.live()
    before = behind()

    change(desk.sources[1], cataloguer, retracted_on=None)

    assert (before, behind()) == ([], [(["source gard-poh: retracted on"], {})])


def test_words_that_were_put_back_are_in_step(desk, cataloguer):
    desk.live()

    change(desk.condition, cataloguer, abbreviation="X")
    change(desk.condition, cataloguer, abbreviation="POH")

    assert behind() == []


def test_a_page_signed_anew_leaves_the_queue(desk, cataloguer):
    summary = desk.live()
    change(desk.condition, cataloguer, abbreviation="X")
    change(desk.sources[0], cataloguer, retracted_on=date(2026, 5, 3))
    before = len(behind())

    summary = workflow.recheck(fresh(summary), by=desk.editor)
    sign(summary, by=desk.reviewer, change_type="correction")

    assert (before, behind()) == (1, [])


def test_two_clocks_that_differ_hide_no_page(desk, cataloguer):
    desk.live()

    with clock.moved_to(clock.now() - timedelta(minutes=1)):
        change(desk.condition, cataloguer, abbreviation="X")

    assert len(behind()) == 1


def test_a_withdrawn_page_is_not_left_behind(desk, cataloguer):
    desk.withdrawn()

    change(desk.condition, cataloguer, abbreviation="X")

    assert behind() == []


def test_an_edition_that_was_tampered_with_is_left_out(desk, cataloguer):
    desk.live()
    change(desk.condition, cataloguer, abbreviation="X")

    tamper("UPDATE conditions_edition SET content = '{}'")

    assert behind() == []


def test_it_says_what_the_page_of_the_entry_says(desk, cataloguer):
    desk.live()
    for entry, fields in (
        (desk.condition, {"genes": ["GNAS", "STX16"]}),
        (Question.objects.get(), {"pattern": "What about {condition}?"}),
        (desk.sources[0], {"title": "Corrected"}),
    ):
        change(entry, cataloguer, **fields)
        (one,) = left_behind.pages()
        assert frozen.outdated(entry) == [one.page]


@pytest.mark.parametrize("count", [3, 12])
def test_it_asks_as_often_for_three_pages_as_for_twelve(
    desk, cataloguer, django_assert_num_queries, count
):
    for number in range(count):
        condition = make_condition(
            desk.editor, slug=f"c{number}", name=f"c{number}", identifiers=[]
        )
        summary = writing.start(
            condition, desk.question, by=desk.writer, text=desk.text()
        )
        workflow.submit_for_review(summary, by=desk.writer)
        sign(summary, by=desk.reviewer)
    change(desk.sources[0], cataloguer, title="Corrected")
    make_question(desk.editor, slug="other", pattern="Is {condition} another?")

    with django_assert_num_queries(QUERIES):
        assert len(left_behind.pages()) == count


def test_contents_are_read_of_the_pages_that_can_differ_alone(desk, cataloguer):
    desk.live()
    other = make_condition(desk.editor, slug="other", name="other", identifiers=[])
    summary = writing.start(other, desk.question, by=desk.writer, text=desk.text())
    sign(workflow.submit_for_review(summary, by=desk.writer), by=desk.reviewer)

    change(other, cataloguer, abbreviation="O")

    assert [page.condition for page in left_behind._candidates()] == [other]


def test_what_cites_a_key_is_counted_by_text_and_by_live_page(desk):
    desk.live()
    text = writing.Text(short_answer="", body="One word [@gard-poh; @pmid:1].")
    other = make_condition(desk.editor, slug="other", name="other", identifiers=[])
    writing.start(other, desk.question, by=desk.writer, text=text)

    drafts, live = frozen.cited()

    assert (drafts["gard-poh"], live["gard-poh"]) == (2, 1)
    assert (drafts["pmid:1"], live["pmid:1"], drafts["gard"]) == (1, 0, 0)
