"""The catalogue on the desk: who may change it, what may not change, what is told."""

import pytest
from django.contrib import admin
from django.utils.html import strip_tags

from conditions.models import Condition, Question, Reviewer, Source
from editorial import catalogue
from editorial.states import Role
from tests.builders import (
    Desk,
    make_condition,
    make_editor,
    make_question,
    make_reviewer,
    make_sources,
    make_user,
    make_writer,
    tamper,
)

pytestmark = pytest.mark.django_db
TABLES = {"condition": Condition, "question": Question, "reviewer": Reviewer}
EVERY = {**TABLES, "source": Source}
# Session, account, roles; the count, the rows.
QUERIES = 5


def at(name, *rest):
    return "/".join(("/admin/conditions", name, *map(str, rest), ""))


def messages(answer):
    return [str(message) for message in answer.context["messages"]]


def errors(answer):
    return dict(answer.context["form"].errors)


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def as_editor(client):
    client.force_login(make_editor("editor"))
    return client


def condition(**fields):
    return {"name": "Pompe disease", "slug": "pompe", **fields}


def source(**fields):
    return {"key": "PMID 11784876", "kind": "article", "title": "A study", **fields}


def posted(entry, room, **changed):
    """Return what the form of an entry would post."""
    form = admin.site._registry[type(entry)].entry_form(instance=entry)
    values = {name: form[name].value() for name in form.fields}
    against = entry.history.latest("history_id").pk
    sent = {name: value for name, value in values.items() if value not in (None, False)}
    return {**sent, "against": against, **changed}


# Who may do what


@pytest.mark.parametrize("model", EVERY.values())
@pytest.mark.parametrize("role", [*Role, None])
def test_the_desk_offers_what_the_gate_allows(rf, model, role):
    request = rf.get("/")
    request.user = (
        make_user("someone", role) if role else make_user("root", superuser=True)
    )
    room = admin.site._registry[model]

    allowed = catalogue.may(request.user, model)

    assert room.has_change_permission(request) == allowed
    assert room.has_add_permission(request) == allowed
    assert room.has_view_permission(request) == bool(role)
    assert not room.has_delete_permission(request)


@pytest.mark.parametrize("name", EVERY)
def test_a_medical_reviewer_reads_every_entry_and_changes_none(client, desk, name):
    entry = EVERY[name].objects.first()
    client.force_login(desk.reviewer)

    read = client.get(at(name, entry.pk, "change"))
    change = client.post(at(name, entry.pk, "change"), {})
    add = client.post(at(name, "add"), {})

    assert "<form" not in read.content.decode().split("<main")[1]
    assert (read.status_code, change.status_code, add.status_code) == (200, 403, 403)


@pytest.mark.parametrize("name", EVERY)
def test_a_superuser_has_no_room_in_the_catalogue(client, desk, name):
    entry = EVERY[name].objects.first()
    client.force_login(make_user("root", superuser=True))

    for address in (at(name), at(name, entry.pk, "change"), at(name, "add")):
        assert client.get(address).status_code == 403


@pytest.mark.parametrize("name", EVERY)
def test_nothing_is_deleted(as_editor, desk, name):
    entry = EVERY[name].objects.first()
    sent = {"action": "delete_selected", "_selected_action": entry.pk, "post": "yes"}

    refused = as_editor.post(at(name, entry.pk, "delete"), {"post": "yes"})
    as_editor.post(at(name), sent)

    assert refused.status_code == 403
    assert type(entry).objects.filter(pk=entry.pk).exists()


# Conditions


def test_an_editor_adds_a_condition_in_their_name(as_editor):
    lists = {"synonyms": "GSD II\n\nacid maltase deficiency ", "genes": "GAA"}

    as_editor.post(at("condition", "add"), condition(**lists, reason="Asked for."))

    row = Condition.history.get()
    assert (row.synonyms, row.genes) == (
        ["GSD II", "acid maltase deficiency"],
        ["GAA"],
    )
    assert (row.history_user.username, row.history_change_reason) == (
        "editor",
        "Asked for.",
    )


def test_identifiers_are_typed_or_pasted_one_a_line(as_editor):
    typed = "ORPHA:365\nOMIM 232300\nicd11 5C51.3\nhttps://omim.org/entry/232301"

    as_editor.post(at("condition", "add"), condition(identifiers=typed))

    assert Condition.objects.get().identifiers == [
        {"scheme": "orpha", "value": "365"},
        {"scheme": "omim", "value": "232300"},
        {"scheme": "icd11", "value": "5C51.3"},
        {"scheme": "omim", "value": "232301"},
    ]


@pytest.mark.parametrize(
    ("field", "typed", "error"),
    [
        (
            *("identifiers", "ORPHA:365\nOMIM 12"),
            "Line 2: “12” is not an OMIM number: write 6 digits, such as 135100.",
        ),
        (
            *("identifiers", "365"),
            "Line 1: “365” does not say whose number it is: write ORPHA:337 or "
            "OMIM 135100, for example.",
        ),
        (
            *("identifiers", "PMID 1"),
            "Line 1: “PMID 1” (PubMed) numbers no disorder: use ORPHAcode, OMIM, "
            "MONDO, GARD, ICD-10, ICD-11, SNOMED CT.",
        ),
        (
            *("identifiers", "ORPHA:365\n\nORPHA 365"),
            "Line 3 says the same as line 1.",
        ),
        (
            *("genes", "GAA\nnot a gene"),
            "Line 2: “not a gene” is not a gene symbol: write capitals and digits, "
            "as ACVR1.",
        ),
        ("synonyms", "x" * 301, "Line 1: this is longer than 300 letters."),
        ("synonyms", "a\nb\na", "Line 3 says the same as line 1."),
    ],
)
def test_a_bad_line_is_named(as_editor, field, typed, error):
    answer = as_editor.post(at("condition", "add"), condition(**{field: typed}))

    assert errors(answer) == {field: [error]}
    assert not Condition.objects.exists()


def test_too_many_lines_are_refused(as_editor):
    typed = "\n".join(map(str, range(101)))

    answer = as_editor.post(at("condition", "add"), condition(synonyms=typed))

    assert errors(answer) == {"synonyms": ["Write at most 100 lines."]}


def test_identifiers_are_shown_as_lines_and_as_links(as_editor, desk):
    page = as_editor.get(at("condition", desk.condition.pk, "change"))

    assert page.context["form"]["identifiers"].value() == "ORPHA:2762\nOMIM 166350"
    assert '<a href="https://omim.org/entry/166350"' in page.content.decode()


def test_saving_what_is_shown_changes_nothing(as_editor, desk):
    sent = posted(desk.condition, "condition")

    address = at("condition", desk.condition.pk, "change")
    answer = as_editor.post(address, sent, follow=True)

    assert messages(answer) == ["Nothing to save: the entry is the same."]
    assert Condition.history.count() == 1


def test_an_empty_slug_is_made_of_the_name(as_editor):
    named = condition(name="Ménière’s disease", slug="")

    as_editor.post(at("condition", "add"), named)

    assert Condition.objects.get().slug == "menieres-disease"


@pytest.mark.parametrize(
    ("fields", "field", "error"),
    [
        ({"name": ""}, "name", "This field is required."),
        ({"slug": "two words"}, "slug", "Enter a valid “slug”"),
        ({"slug": "", "name": "骨"}, "slug", "Write a slug"),
        ({"community_url": "http://a.org"}, "community_url", "with https"),
        ({"community_members": "5"}, "community_name", "Name the community"),
        ({"community_members": "9" * 40}, "community_members", "less than or equal"),
        ({"community_as_of": "2999-01-01"}, "community_as_of", "has not come yet"),
        ({"community_as_of": "soon"}, "community_as_of", "Enter a valid date"),
        (
            {"community_name": "A", "community_members": "5"},
            "__all__",
            "Say on which day the members were counted",
        ),
        ({"synonyms": "a\x07b"}, "__all__", "cannot be seen"),
    ],
)
def test_bad_input_is_a_sentence(as_editor, fields, field, error):
    answer = as_editor.post(at("condition", "add"), condition(**fields))

    assert answer.status_code == 200
    assert error in " ".join(
        errors(answer).get(field) or errors(answer).get("synonyms")
    )


def test_a_name_that_is_taken_is_refused(as_editor, desk):
    taken = condition(name=desk.condition.name)

    answer = as_editor.post(at("condition", "add"), taken)

    assert errors(answer) == {"name": ["Condition with this Name already exists."]}


def test_the_question_needs_its_condition_once(as_editor):
    sent = {
        **{"pattern": "What is it?", "slug": "what", "order": 1},
        **{"review_interval_months": 36, "signatures_required": 1},
        "fewest_sources": 1,
    }

    answer = as_editor.post(at("question", "add"), sent)

    assert errors(answer) == {
        "pattern": ["Write {condition} exactly once, and end with “?”."]
    }


# What may not change


@pytest.mark.parametrize("name", TABLES)
def test_a_slug_in_a_signed_address_is_not_changed_by_the_form(as_editor, desk, name):
    desk.reviewed()
    entry = TABLES[name].objects.first()

    sent = posted(entry, name, slug="another", reason="A better word.")

    answer = as_editor.post(at(name, entry.pk, "change"), sent, follow=True)

    # Left out and not refused: the field is shown as fixed and takes no words.
    assert messages(answer) == ["Nothing to save: the entry is the same."]
    assert TABLES[name].objects.get().slug == entry.slug


def test_a_slug_changes_before_anything_is_signed(as_editor, desk):
    desk.draft()
    sent = posted(desk.condition, "condition", slug="poh")

    as_editor.post(at("condition", desk.condition.pk, "change"), sent)

    assert Condition.objects.get().slug == "poh"


def test_the_key_of_a_cited_source_is_not_changed_by_the_form(as_editor, desk):
    desk.draft()
    cited = desk.sources[1]
    sent = posted(cited, "source", key="another-word")

    as_editor.post(at("source", cited.pk, "change"), sent)

    assert Source.objects.get(pk=cited.pk).key == "gard-poh"


def test_a_key_that_only_an_edition_cites_is_fixed_too(as_editor, desk):
    summary = desk.live()
    desk.new_edition(summary, "Words that cite one alone [@pmid:11784876].")
    cited = desk.sources[1]

    page = as_editor.get(at("source", cited.pk, "change"))

    assert page.context["citing"] == []
    assert page.context["form"].fields["key"].disabled


def test_a_source_that_nothing_cites_gets_another_key(as_editor, desk):
    free = desk.sources[1]
    sent = posted(free, "source", key="gard")

    as_editor.post(at("source", free.pk, "change"), sent)

    assert Source.objects.get(pk=free.pk).key == "gard"


def test_a_form_opened_before_anothers_save_does_not_overwrite_it(as_editor, desk):
    sent = posted(desk.condition, "condition", abbreviation="OLD")
    desk.condition.abbreviation = "NEW"
    catalogue.save(desk.condition, by=desk.editor)

    address = at("condition", desk.condition.pk, "change")
    first = as_editor.post(address, sent)
    kept = Condition.objects.get().abbreviation
    as_editor.post(address, {**sent, "against": first.context["against"]})

    assert "Maren Holt saved this entry while you" in errors(first)["__all__"][0]
    assert (kept, Condition.objects.get().abbreviation) == ("NEW", "OLD")


# Sources


@pytest.mark.parametrize(
    ("pasted", "key"),
    [
        ("PMID: 16642017", "pmid:16642017"),
        ("https://pubmed.ncbi.nlm.nih.gov/16642017/", "pmid:16642017"),
        ("https://doi.org/10.1038/NG1783", "doi:10.1038/ng1783"),
        ("PMC4321643", "pmcid:PMC4321643"),
        ("NCT03312634", "nct:NCT03312634"),
        ("pmid:16642017", "pmid:16642017"),
    ],
)
def test_a_pasted_identifier_becomes_the_key(client, pasted, key):
    client.force_login(make_writer())

    client.post(at("source", "add"), source(key=pasted, year=2006))

    added = Source.objects.get()
    assert added.key == key
    assert getattr(added, key.split(":")[0]) == key.split(":")[1]


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"key": "16642017"}, "Whose number is 16642017? Write “PMID 16642017”"),
        ({"key": "Two Words"}, "“Two Words” cannot be a key"),
        ({"key": "doi:10.1002/a;b"}, "which would break its citations"),
        ({"year": ""}, "Give the year, or the day you read it."),
        ({"year": "20006"}, "in four digits"),
        ({"key": "gard-poh"}, "Give an identifier or an address to find it by."),
        ({"pmid": "5"}, "The key says 11784876, the PubMed field says 5"),
        ({"kind": "gossip"}, "Select a valid choice"),
        ({"retracted_on": "2999-01-01"}, "This day has not come yet."),
        ({"title": "x" * 501}, "at most 500 characters"),
    ],
)
def test_a_bad_source_is_refused_with_a_sentence(client, fields, error):
    client.force_login(make_writer())

    answer = client.post(at("source", "add"), source(year=2006) | fields)

    assert error in str(errors(answer).values())
    assert not Source.objects.exists()


def test_an_identifier_of_another_source_is_refused(client, desk):
    client.force_login(desk.writer)
    twin = source(key="shore-2002", pmid="11784876", year=2002)

    answer = client.post(at("source", "add"), twin)

    assert errors(answer) == {
        "__all__": ["Another source has this identifier already: cite that one."]
    }


def test_the_page_of_a_source_lists_where_it_is_cited(as_editor, desk):
    summary = desk.live()

    page = as_editor.get(at("source", desk.sources[0].pk, "change"))

    assert page.context["citing"] == [summary]
    assert [live.address for live, *_ in page.context["live"]] == [
        "/conditions/progressive-osseous-heteroplasia/research/"
    ]


def test_a_key_that_is_part_of_another_is_not_cited_by_it(as_editor, desk):
    desk.live()
    short = Source(key="gard", title="G", url="https://a.org/", year=2001)
    catalogue.save(short, by=desk.editor)

    page = as_editor.get(at("source", short.pk, "change"))

    assert (page.context["citing"], page.context["live"]) == ([], [])


# Readers see new words once they are signed


def test_a_change_says_which_live_pages_keep_the_old_words(as_editor, desk):
    desk.live()
    sent = posted(desk.condition, "condition", abbreviation="P.O.H.")

    address = at("condition", desk.condition.pk, "change")
    answer = as_editor.post(address, sent, follow=True)

    assert messages(answer)[1] == (
        "Readers see the new words only once signed: 1 live page differs from the "
        'catalogue now. <a href="/admin/editorial/summary/left-behind/">See what to '
        "do</a>"
    )
    assert "Other words than here" in answer.content.decode()


def test_a_change_of_what_no_page_shows_says_nothing_of_readers(as_editor, desk):
    desk.live()
    sent = posted(desk.question, "question", order=3)

    address = at("question", desk.question.pk, "change")
    answer = as_editor.post(address, sent, follow=True)

    assert len(messages(answer)) == 1


def test_a_changed_source_names_the_pages_that_cite_it(as_editor, desk):
    desk.live()
    cited = desk.sources[0]
    sent = posted(cited, "source", title="Corrected title")

    answer = as_editor.post(at("source", cited.pk, "change"), sent, follow=True)

    assert "1 live page differs from the catalogue now" in messages(answer)[1]


def test_a_changed_byline_says_that_signed_pages_keep_theirs(as_editor, desk):
    desk.live()
    byline = Reviewer.objects.get()
    sent = posted(byline, "reviewer", profession="Retired")

    answer = as_editor.post(at("reviewer", byline.pk, "change"), sent, follow=True)

    assert "The public profile shows these words now" in messages(answer)[1]


def test_an_edition_that_was_tampered_with_breaks_no_screen(as_editor, desk):
    desk.live()
    tamper("UPDATE conditions_edition SET content = '{}'")

    answer = as_editor.get(at("condition", desk.condition.pk, "change"))

    assert answer.context["live"] == []


# History


def test_history_shows_field_by_field_who_changed_what(as_editor, desk):
    desk.condition.abbreviation, desk.condition.genes = "XYZ", ["GNAS", "STX16"]
    catalogue.save(desk.condition, by=desk.editor, reason="A second gene.")

    page = as_editor.get(at("condition", desk.condition.pk, "history"))

    newest, first = page.context["events"]
    assert (newest.who, newest.why, first.first) == (
        *("Maren Holt", "A second gene."),
        True,
    )
    assert [(c.label, strip_tags(c.html)) for c in newest.changes] == [
        ("abbreviation", "removed: POHadded: XYZ"),
        ("genes", "GNASadded: STX16"),
    ]


@pytest.mark.parametrize("name", EVERY)
def test_history_is_read_only(as_editor, desk, name):
    entry = EVERY[name].objects.first()

    assert as_editor.post(at(name, entry.pk, "history"), {}).status_code == 405


@pytest.mark.parametrize("pk", ["999", "abc", "9" * 40, "1/2", "١"])
def test_an_entry_that_is_not_there_is_not_found(as_editor, pk):
    for screen in ("change", "history"):
        assert as_editor.get(at("condition", pk, screen)).status_code == 404


# Lists


def add_two(desk, name):
    makers = {
        "condition": lambda n: make_condition(
            desk.editor, slug=f"c{n}", name=f"c{n}", identifiers=[]
        ),
        "question": lambda n: make_question(
            desk.editor, slug=f"q{n}", pattern=f"Is {{condition}} {n}?"
        ),
        "reviewer": lambda n: make_reviewer(f"r{n}"),
        "source": lambda n: catalogue.save(
            Source(key=f"s{n}", title=f"S{n}", url="https://a.org/", year=2001),
            by=desk.editor,
        ),
    }
    for number in (1, 2):
        makers[name](number)


@pytest.mark.parametrize("more", [False, True])
@pytest.mark.parametrize("name", EVERY)
def test_a_list_asks_as_often_for_one_row_as_for_three(
    as_editor, desk, django_assert_num_queries, name, more
):
    desk.live()
    if more:
        add_two(desk, name)

    # Of a source also: every text, and every live page, that could cite it.
    with django_assert_num_queries(QUERIES + 2 * (name == "source")):
        answer = as_editor.get(at(name))

    assert answer.context["cl"].result_count == len(EVERY[name].objects.all())


@pytest.mark.parametrize("name", EVERY)
def test_an_empty_list_says_how_to_begin(as_editor, name):
    page = as_editor.get(at(name)).content.decode()

    assert f"There is no {name} yet." in page
    assert f'href="{at(name, "add")}"' in page


@pytest.mark.parametrize(
    ("name", "words"),
    [("condition", "POH"), ("question", "promising"), ("source", "GNAS1 gene")],
)
def test_an_entry_is_found_by_its_words(as_editor, desk, name, words):
    found = as_editor.get(at(name), {"q": words}).context["cl"]

    assert found.result_count == 1


@pytest.mark.parametrize("odd", ["p=zz", "o=99", "kind__exact=x", "x=y", "e=1"])
@pytest.mark.parametrize("name", EVERY)
def test_an_odd_question_to_a_list_is_answered(as_editor, desk, name, odd):
    assert as_editor.get(f"{at(name)}?{odd}", follow=True).status_code == 200


def test_a_search_of_any_length_is_answered(as_editor):
    make_sources(make_editor())

    assert as_editor.get(at("source"), {"q": "x" * 60_000}).status_code == 200


def test_the_list_of_reviewers_tells_whose_credential_has_lapsed(as_editor):
    make_reviewer(days=-1)

    page = as_editor.get(at("reviewer")).content.decode()

    assert '<span class="state bad">Lapsed on ' in page


def test_a_byline_on_many_pages_shows_some_and_counts_the_others(
    as_editor, desk, monkeypatch
):
    for name in ("alpha", "beta", "gamma"):
        named = {"slug": name, "name": name, "abbreviation": ""}
        desk.condition = make_condition(desk.editor, **named)
        desk.live()
    byline = desk.reviewer.reviewer_account.reviewer
    monkeypatch.setattr("editorial.desk.catalogue.entry.A_LOOK", 2)

    answer = as_editor.get(f"/admin/conditions/reviewer/{byline.pk}/change/")

    assert len(answer.context["live"]) == 2
    assert "And 1 more." in answer.content.decode()
