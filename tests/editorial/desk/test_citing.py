"""The box “Cite a source”, for a browser without scripts and for one with them."""

from datetime import date

import pytest

from conditions.models import Source
from editorial import catalogue, clock
from editorial.desk import adding
from tests.builders import BODY, SHORT, Desk, fresh

pytestmark = pytest.mark.django_db
NEW = "https://doi.org/10.1038/ng1783"


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def as_writer(client, desk):
    client.force_login(desk.writer)
    return client


@pytest.fixture
def press(as_writer, desk):
    """Presses a button of the form of a draft; answers with the context of the page."""
    summary = desk.draft()

    def press(screen="change", **fields):
        place = f"/admin/editorial/summary/{summary.pk}/{screen}/"
        words = {"short_answer": SHORT, "body": BODY, "drafting": "person"}
        answer = as_writer.post(place, {**words, "against": 1, **fields})
        assert (answer.status_code, fresh(summary).revision) == (200, 1)
        return answer

    return press


def asked(**fields):
    """The form of a new paper, filled in."""
    return {
        "add_source": 1,
        "source_search": NEW,
        "source-key": "doi:10.1038/ng1783",
        "source-doi": "10.1038/ng1783",
        "source-kind": "article",
        "source-title": "A recurrent mutation",
        "source-authors": "Shore EM and others",
        "source-container": "Nat Genet",
        "source-year": "2006",
        **{f"source-{name}": value for name, value in fields.items()},
    }


def keys(sources):
    return [source.key for source in sources]


# Finding


def test_words_find_sources_and_keep_what_was_typed(press):
    answer = press(body="Unsaved words.", source_search="rare diseases", find=1)

    assert keys(answer.context["citing"].found.sources) == ["gard-poh"]
    assert answer.context["form"]["body"].value() == "Unsaved words."


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("PMID: 11784876", "pmid:11784876"),
        ("https://doi.org/10.1056/NEJMoa011262", "pmid:11784876"),
        ("11784876", "pmid:11784876"),
        ("https://rarediseases.org/gard-rare-disease/poh", "gard-poh"),
        ("http://www.rarediseases.org/gard-rare-disease/poh/", "gard-poh"),
        ("[@gard-poh]", "gard-poh"),
    ],
)
def test_a_known_source_is_found_by_any_of_its_names(press, text, key):
    found = press(source_search=text, find=1).context["citing"].found

    assert keys([*found.known, *found.sources]) == [key]


def test_a_known_source_is_said_to_be_known(press):
    page = press(source_search="PMID 11784876", find=1).content.decode()

    assert "<b>Known:</b> Paternally inherited" in page
    assert 'name="cite" value="pmid:11784876"' in page


def test_an_unknown_source_may_be_added(press):
    page = press(source_search=NEW, find=1).content.decode()

    assert "doi:10.1038/ng1783 is not in the catalogue yet." in page
    assert 'name="new_source"' in page


def test_an_unknown_bare_number_is_asked_about(press):
    page = press(source_search="16642017", find=1).content.decode()

    assert "Is it a PMID?" in page
    assert "Add PMID 16642017 and cite it" in page


def test_nothing_found_says_what_to_do_next(press):
    page = press(source_search="no such words", find=1).content.decode()

    assert "No source of the catalogue has these words." in page
    assert "Add a source" in page


def test_nothing_is_offered_before_anything_is_asked(press):
    page = press(show=1).content.decode()

    assert 'name="cite"' not in page
    assert 'name="new_source"' not in page


def test_a_retracted_source_is_named_as_such(press, desk):
    source = Source.objects.get(key="gard-poh")
    source.retracted_on = date(2026, 3, 2)
    catalogue.save(source, by=desk.editor)

    found = press(source_search="gard-poh", find=1).content.decode()
    cited = press(cite="gard-poh", body="Words.").context["citing"]

    assert "Retracted</span> on 2 March 2026: cite it only to say so." in found
    assert 'aria-label="Cite gard-poh, which is retracted"' in found
    assert cited.said.endswith("It is retracted: say so in the text.")


ODD = ("\x00", "%", "_", "'\"<b>", "https://[", "٣", "☃" * 2000, "x" * 200_000, "🧬")


@pytest.mark.parametrize("button", ["find", "new_source", "cite", "add_source"])
@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_odd_words_break_no_button(press, button, odd):
    fields = {f"source-{name}": odd for name in adding.NewSourceForm.base_fields}

    press(**{button: odd, "source_search": odd, **fields})

    assert Source.objects.count() == 2


# Citing


def test_a_source_is_cited_at_the_end_without_a_script(press):
    form = press(body="Words.", cite="gard-poh").context["form"]

    assert form["body"].value() == "Words. [@gard-poh]"


def test_what_is_not_in_the_catalogue_is_not_cited(press):
    answer = press(body="Words.", cite="pmid:1")

    assert answer.context["form"]["body"].value() == "Words."
    assert "That source is not in the catalogue" in answer.content.decode()


# Adding


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


# With a script


def test_the_script_gets_the_box_and_the_key(press):
    answer = press("citing", **asked()).json()

    assert answer["cite"] == "doi:10.1038/ng1783"
    assert answer["said"] == "Added to the catalogue and cited: A recurrent mutation."


def test_the_script_gets_what_was_found(press):
    answer = press("citing", find=1, source_search="PMID 11784876").json()

    assert 'value="pmid:11784876"' in answer["found"]
    assert answer["cite"] == ""


def test_the_box_is_for_writers_and_editors(client, desk):
    place = f"/admin/editorial/summary/{desk.draft().pk}/citing/"
    client.force_login(desk.reviewer)

    assert client.post(place, asked()).status_code == 403
    assert Source.objects.count() == 2


def test_the_box_is_posted_to(as_writer, desk):
    place = f"/admin/editorial/summary/{desk.draft().pk}/citing/"

    assert as_writer.get(place).status_code == 405


def test_a_search_asks_the_database_seldom(as_writer, desk, django_assert_num_queries):
    place = f"/admin/editorial/summary/{desk.draft().pk}/citing/"

    with django_assert_num_queries(7):
        as_writer.post(place, {"find": 1, "source_search": "rare diseases"})
