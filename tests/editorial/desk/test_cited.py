"""Where a source is cited, on its own page and in the list; what a retraction tells."""

from datetime import date

import pytest
from django.utils.html import strip_tags

from conditions.models import Source
from editorial import catalogue, workflow
from tests.builders import Desk, make_editor, make_writer

pytestmark = pytest.mark.django_db
RETRACTED = date(2026, 5, 3)


@pytest.fixture
def desk():
    return Desk()


def change(entry, **fields):
    for name, value in fields.items():
        setattr(entry, name, value)
    assert catalogue.save(entry, by=make_editor("anna"))


def source_page(client, user, source):
    client.force_login(user)
    return client.get(f"/admin/conditions/source/{source.pk}/change/")


def test_a_source_names_each_place_with_its_state_and_edition(client, desk):
    summary = desk.live()
    change(desk.sources[1], title="Other words")

    (place,) = source_page(client, desk.editor, desk.sources[1]).context["places"]

    assert (place["summary"], place["cites"], place["edition"]) == (summary, True, 1)
    assert (strip_tags(place["state"]), place["differs"]) == ("Reviewed", True)


def test_a_place_whose_text_cites_it_no_more_is_told_apart(client, desk):
    summary = workflow.start_revision(desk.live(), by=desk.writer)
    desk.revise(summary, "Words that cite one alone [@pmid:11784876].")

    (place,) = source_page(client, desk.editor, desk.sources[1]).context["places"]

    assert (place["cites"], place["edition"]) == (False, 1)


def test_a_retracted_source_says_where_readers_are_warned_and_what_to_do(client, desk):
    desk.live()
    change(desk.sources[1], retracted_on=RETRACTED)

    page = source_page(client, desk.editor, desk.sources[1])

    (place,) = page.context["warned"]
    assert [act["label"] for act in place["acts"]] == [
        "Start a revision",
        "Send to recheck",
        "Withdraw from readers",
    ]
    assert "Readers of 1 live page are warned of it now." in page.content.decode()


def test_a_page_signed_with_the_retraction_warns_by_its_own_words(client, desk):
    change(desk.sources[1], retracted_on=RETRACTED)
    desk.live()

    page = source_page(client, desk.editor, desk.sources[1])

    assert page.context["warned"] == []
    assert "No live page cites it without saying so." in page.content.decode()


@pytest.mark.parametrize("cited", [True, False])
def test_setting_a_retraction_says_at_once_who_is_warned(client, desk, cited):
    if cited:
        desk.live()
    source = desk.sources[1]
    client.force_login(make_writer("lena"))
    address = f"/admin/conditions/source/{source.pk}/change/"
    form = client.get(address).context["form"]
    values = {name: form[name].value() or "" for name in form.fields}
    against = source.history.latest("history_id").pk

    answer = client.post(
        address,
        {**values, "retracted_on": "2026-05-03", "against": against},
        follow=True,
    )

    told = [strip_tags(str(one)) for one in answer.context["messages"]][1]
    assert told == (
        "Readers of 1 live page are warned of the retraction from now on. See what to "
        "do"
        if cited
        else "No live page cites it: no reader needs a warning."
    )


# The list of sources


def test_the_list_of_sources_says_how_often_each_is_cited(client, desk):
    desk.live()
    other = Source(key="own", title="O", url="https://a.org/", year=2001)
    catalogue.save(other, by=desk.editor)
    client.force_login(desk.writer)

    page = client.get("/admin/conditions/source/").content.decode()

    assert page.count("1 text, 1 live") == 2
    assert page.count(">nothing<") == 1


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("no", {"own"}),
        ("yes", {"gard-poh", "pmid:11784876"}),
        ("odd", {"own", "gard-poh", "pmid:11784876"}),
    ],
)
def test_sources_cited_nowhere_are_found(client, desk, query, keys):
    desk.draft()
    other = Source(key="own", title="O", url="https://a.org/", year=2001)
    catalogue.save(other, by=desk.editor)
    client.force_login(desk.writer)

    found = client.get(f"/admin/conditions/source/?cited={query}").context["cl"]

    assert {source.key for source in found.result_list} == keys
