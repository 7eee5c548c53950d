"""A source that the catalogue lacks, added while a text is written."""

import pytest

from conditions.models import Source
from editorial import catalogue, clock
from tests.builders import Desk
from tests.editorial.desk.boxes import NEW, asked, pressing

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def press(client, desk):
    return pressing(client, desk)


def test_the_form_of_a_new_paper_holds_what_was_pasted(press):
    form = (
        press(source_search=f"PMID: 16642017 {NEW}", new_source=1)
        .context["citing"]
        .form
    )

    assert form["key"].value() == "pmid:16642017"
    assert (form["pmid"].value(), form["doi"].value()) == ("16642017", "10.1038/ng1783")
    assert [field.name for field in form.visible_fields()] == [
        *("title", "authors", "container", "year", "kind")
    ]


def test_the_form_of_a_new_web_page_has_its_address_its_day_and_a_key(press):
    address = "https://www.example.org/poh/care/"
    form = press(source_search=address, new_source=1).context["citing"].form

    assert form["url"].value() == address
    assert form["accessed_on"].value() == clock.today()
    assert form["key"].value() == "example-org-poh-care"
    assert form["kind"].value() == "web"


def test_the_form_of_a_trial_is_one(press):
    form = press(source_search="NCT03312634", new_source=1).context["citing"].form

    assert (form["kind"].value(), form["key"].value()) == ("trial", "nct:NCT03312634")


def test_a_doi_that_would_break_its_citation_gets_a_word_as_its_key(press):
    form = press(source_search="10.1002/1(a);2-b", new_source=1).context["citing"].form

    assert form["key"].value() == "a2-b"
    assert "key" in [field.name for field in form.visible_fields()]


def test_a_key_made_here_is_nobody_elses(press):
    form = press(source_search="https://gard.poh/", new_source=1).context["citing"].form

    assert form["key"].value() == "gard-poh-2"


def test_a_new_source_is_added_and_cited_in_one_go(press, desk):
    form = press(body="Words.", **asked()).context["form"]

    source = Source.objects.get(doi="10.1038/ng1783")
    assert form["body"].value() == "Words. [@doi:10.1038/ng1783]"
    assert (source.year, source.container) == (2006, "Nat Genet")
    assert source.history.get().history_user == desk.writer


def test_what_is_wrong_with_a_new_source_stands_beside_it_and_all_is_kept(press):
    answer = press(body="Words.", **asked(title="", year="206"))

    form = answer.context["citing"].form
    assert {"title", "year"} <= form.errors.keys()
    assert form["authors"].value() == "Shore EM and others"
    assert answer.context["form"]["body"].value() == "Words."
    assert Source.objects.count() == 2


def test_a_word_that_cannot_be_seen_is_refused_with_a_sentence(press):
    form = press(**asked(title="A \u202ehidden turn")).context["citing"].form

    assert "cannot be seen" in str(form.errors)
    assert Source.objects.count() == 2


def test_a_source_read_tomorrow_is_refused(press):
    form = (
        press(
            **asked(
                key="a-page",
                doi="",
                url="https://example.org/a",
                accessed_on="2999-01-01",
            )
        )
        .context["citing"]
        .form
    )

    assert form.errors["accessed_on"] == ["This day has not come yet."]


def test_a_twin_that_a_colleague_added_meanwhile_is_cited(press, desk):
    catalogue.save(
        Source(key="shore-2006", doi="10.1038/ng1783", title="Theirs", year=2006),
        by=desk.editor,
    )

    answer = press(body="Words.", **asked())

    assert answer.context["form"]["body"].value() == "Words. [@shore-2006]"
    assert answer.context["citing"].said.startswith("A colleague had added it already")


def test_a_new_source_can_be_left(press):
    citing = press(leave_source=1, source_search=NEW).context["citing"]

    assert (citing.form, citing.found.search) == (None, "")
