"""The box “Cite a source”, for a browser without scripts and for one with them."""

from datetime import date

import pytest

from conditions.models import Source
from editorial import catalogue
from editorial.desk.text import adding
from tests.builders import Desk
from tests.editorial.desk.boxes import NEW, asked, pressing

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def press(client, desk):
    return pressing(client, desk)


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

    for press in (asked(), {"find": 1, "source_search": "GNAS"}):
        assert client.post(place, press).status_code == 403
    assert Source.objects.count() == 2


def test_the_box_is_posted_to(client, desk):
    client.force_login(desk.writer)
    place = f"/admin/editorial/summary/{desk.draft().pk}/citing/"

    assert client.get(place).status_code == 405


def test_a_search_asks_the_database_seldom(client, desk, django_assert_num_queries):
    client.force_login(desk.writer)
    place = f"/admin/editorial/summary/{desk.draft().pk}/citing/"

    with django_assert_num_queries(7):
        client.post(place, {"find": 1, "source_search": "rare diseases"})
