"""What the search finds, on both engines: in live editions, and nowhere else."""

import pytest
from django.db.models import F

from conditions import called, folding, indexing, search, word_index
from conditions.models import Edition, Indexed, NameWord, Page
from editorial import publishing, workflow
from editorial.models import Summary
from tests import builders
from tests.builders import BODY, Desk, tamper

POH = "Progressive osseous heteroplasia"


@pytest.fixture
def desk(db):
    return Desk()


@pytest.fixture
def live(desk):
    desk.live()
    return desk


def questions(found):
    return [one["question"] for one in found.answers]


def names(found):
    return [one["name"] for one in found.conditions]


def text_of(passage):
    return "".join(part for part, _ in passage)


def marked(found):
    return [part for one in found.answers for part, is_ in one["passage"] if is_]


def condition(desk, name, *, body=BODY, **fields):
    """Let another condition have a live page."""
    slug = f"c-{name.encode().hex()[:20]}"
    fields = {
        "abbreviation": "",
        "synonyms": [],
        "genes": [],
        "identifiers": [],
    } | fields
    desk.condition = builders.make_condition(
        desk.editor, slug=slug, name=name, **fields
    )
    desk.live(body=body)


CARRIED = [
    "progressive osseous heteroplasia",
    "PROGRESSIVE Heteroplasia",
    "poh",
    "progressive ossifying heteroplasia",
    "GNAS",
    "gnas gene",
    "OMIM 166350",
    "omim:166350",
    "MIM 166350",
    "https://omim.org/entry/166350",
    "166350",
    "ORPHA:2762",
    "ORPHAcode 2762",
    "“ORPHA:2762”,",
]


@pytest.mark.parametrize("typed", CARRIED)
def test_a_condition_is_found_by_all_that_it_carries(live, typed):
    found = search.find(typed)

    assert names(found) == [POH]
    assert found.conditions[0]["address"] == f"/conditions/{live.condition.slug}/"


CITED = [
    "PMID 11784876",
    "pmid:11784876",
    "11784876",
    "https://pubmed.ncbi.nlm.nih.gov/11784876/",
    "10.1056/NEJMoa011262",
    "https://doi.org/10.1056/nejmoa011262",
    "doi:10.1056/NEJMOA011262.",
    "is PMID 11784876 of a father?",
]


@pytest.mark.parametrize("typed", CITED)
def test_an_answer_is_found_by_what_it_cites(live, typed):
    found = search.find(typed)

    assert questions(found) == [live_question(live)]
    assert names(found) == []


def live_question(desk):
    return desk.question.asked_of(desk.condition)


@pytest.mark.parametrize(
    ("typed", "marks"),
    [
        ("physiotherapy", ["physiotherapy"]),
        ("Joint", ["joints"]),
        ("father’s copies", ["copy", "father"]),
        ("what is the edge", ["edge"]),
    ],
)
def test_an_answer_is_found_by_its_words_which_are_marked(live, typed, marks):
    found = search.find(typed)

    assert questions(found) == [live_question(live)]
    assert marked(found) == marks


@pytest.mark.parametrize(
    "typed", ["Meniere", "ménière", "MENIERES", "Me\u0301nie\u0300re’s"]
)
def test_accents_capitals_and_possessives_make_no_difference(desk, typed):
    condition(desk, "Ménière’s disease")

    assert names(search.find(typed)) == ["Ménière’s disease"]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("haemophilia A", "hemophilia"),
        ("leukemia", "leukaemia"),
        ("desmoid tumour", "desmoid tumors"),
        ("β-thalassaemia", "beta thalassemia"),
        ("Sjøgren syndrome", "sjogren"),
    ],
)
def test_either_way_to_spell_finds_the_other(desk, name, typed):
    condition(desk, name)

    assert len(search.find(typed).conditions) == 1


def test_a_gene_that_is_spelt_as_a_common_word_is_found(live):
    condition(live, "Wiskott–Aldrich syndrome", genes=["WAS"])

    assert names(search.find("WAS")) == ["Wiskott–Aldrich syndrome"]
    assert names(search.find("WAS gene")) == ["Wiskott–Aldrich syndrome"]
    assert names(search.find("what was GNAS")) == [POH]


def test_a_condition_comes_first_where_a_question_names_it_whole(live):
    condition(live, "osseous disease")

    assert names(search.find("is POH inherited from a father?")) == [POH]
    assert names(search.find("osseous")) == ["Osseous disease", POH]
    assert names(search.find("osseous joints")) == []


def test_a_name_weighs_more_than_a_body(live):
    condition(live, "alpha disease", body=f"{BODY}\n\nUnlike beta, beta and beta.")
    condition(live, "beta disease")

    found = search.find("beta")

    assert [one.split(" for ")[1] for one in questions(found)] == [
        "beta disease?",
        "alpha disease?",
    ]


def test_answers_with_some_of_the_words_follow_where_few_have_all(live):
    condition(live, "alpha disease", body=f"{BODY}\n\nSome take zinc.")

    found = search.find("zinc physiotherapy")

    assert questions(found) == [live_question(live)]
    assert len(found.others) == 1
    assert "heteroplasia" in found.others[0]["question"]
    assert (found.total, found.did_you_mean) == (1, "")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("progresive osseous", "Progressive osseous"),
        ("heteroplazia diet", "heteroplasia diet"),
        ("menieer", "Ménière"),
        ("gnaz", "GNAS"),
        ("heterophlasia ménier", "heteroplasia ménier"),
    ],
)
def test_a_misspelt_name_is_offered(live, typed, offered):
    condition(live, "Ménière’s disease")

    found = search.find(typed)

    assert (found.total, names(found)) == (0, [])
    assert found.did_you_mean.casefold() == offered.casefold()


@pytest.mark.parametrize("typed", ["xyzzy", "166351", "fysio"])
def test_nothing_is_offered_where_no_name_is_near(live, typed):
    assert search.find(typed).did_you_mean == ""


# Nothing unsigned is ever found


def test_a_draft_is_not_found(desk):
    desk.draft(f"{BODY}\n\nzebra")

    assert Indexed.objects.count() == 0
    assert nothing("zebra", "poh", "GNAS", "progressive")


def nothing(*typed):
    found = [search.find(one) for one in typed]
    return all(
        (one.total, one.conditions, one.others, one.did_you_mean) == (0, [], [], "")
        for one in found
    )


def test_what_is_signed_and_not_published_is_not_found(desk, settings):
    settings.PUBLISH_ON_SIGN_OFF = False
    desk.reviewed()

    assert nothing("physiotherapy", "poh")


def test_words_of_the_next_edition_are_found_with_its_signature(live):
    summary = Summary.objects.get()
    summary = workflow.start_revision(summary, by=live.writer)
    summary = live.revise(summary, f"{BODY}\n\nSome take zinc.")
    assert search.find("zinc").total == 0

    live.sign(workflow.submit_for_review(summary, by=live.writer))

    assert search.find("zinc").total == 1
    assert Indexed.objects.get().edition == Page.objects.get().live_edition_id


def test_words_that_the_next_edition_leaves_out_are_found_no_more(live):
    live.new_edition(Summary.objects.get(), BODY.replace("physiotherapy", "swimming"))

    assert search.find("swimming").total == 1
    assert nothing("physiotherapy")


def test_a_withdrawn_page_is_found_no_more_and_again_when_it_is_put_back(live):
    summary = Summary.objects.get()
    publishing.withdraw(summary, by=live.editor, reason="A doubt.", note="A doubt.")
    assert nothing("physiotherapy", "poh", "progresive")

    publishing.reinstate(summary, by=live.editor, reason="No doubt.")

    assert search.find("physiotherapy").total == 1
    assert names(search.find("poh")) == [POH]


def test_a_withdrawn_page_leaves_a_condition_the_names_of_its_other_pages(live):
    first = Summary.objects.get()
    live.question = builders.make_question(
        live.editor, slug="cause", pattern="What causes {condition}?"
    )
    live.condition.abbreviation = "PROSHET"
    builders.record(live.condition, live.editor)
    live.live()
    assert names(search.find("PROSHET")) == [POH]

    newer = Summary.objects.exclude(pk=first.pk).get()
    publishing.withdraw(newer, by=live.editor, reason="A doubt.", note="A doubt.")

    assert nothing("PROSHET")
    assert names(search.find("poh")) == [POH]


def test_names_come_from_the_edition_and_not_from_the_catalogue(live):
    live.condition.synonyms = ["zebra disease"]
    builders.record(live.condition, live.editor)

    assert nothing("zebra")


def test_a_row_that_somebody_put_into_the_index_finds_nothing_that_is_not_live(live):
    summary = Summary.objects.get()
    publishing.withdraw(summary, by=live.editor, reason="A doubt.", note="A doubt.")
    edition = Edition.objects.get()
    word_index.put(indexing.entry(edition))
    for word in ("poh", "progressive"):
        row = {"name": 0, "size": 1, "stem": folding.stem(word), "word": word}
        NameWord.objects.create(condition=1, edition=edition.pk, **row)

    assert nothing("physiotherapy", "poh", "progressive physiotherapy", "progresive")
    assert called.find(["poh"]) == []


def test_a_row_for_a_live_page_shows_the_words_that_were_signed_alone(live):
    edition = Edition.objects.get()
    word_index.put(word_index.Entry(edition.pk, ["zebra"], ["zebra"], ["zebra"], []))
    NameWord.objects.create(
        condition=1, edition=edition.pk, name=9, size=1, stem="zebra", word="zebra"
    )

    found = search.find("zebra")

    assert (questions(found), names(found)) == ([live_question(live)], [POH])
    assert "zebra" not in str(found).replace(repr(found.query), "")
    assert search.find("zebre").did_you_mean == ""


def test_an_edition_whose_bytes_were_altered_is_not_shown(live):
    tamper("UPDATE conditions_edition SET content = replace(content, 'bone', 'bones')")

    found = search.find("physiotherapy poh")

    assert (found.answers, found.others) == ([], [])
    assert search.find("POH").conditions == []


def test_an_edition_that_was_altered_is_entered_without_a_word(live):
    tamper("UPDATE conditions_edition SET content = replace(content, 'bone', 'zebra')")
    indexing.clear()

    assert [*indexing.catch_up()] == ["indexed 1 page"]
    assert [*indexing.catch_up()] == []
    assert word_index.count(["zebra"]) == 0


# The index


def test_an_entry_is_made_of_the_edition_alone(live, django_assert_num_queries):
    edition = Edition.objects.get()

    with django_assert_num_queries(0):
        made = indexing.entry(edition)

    assert made.names[:3] == ["progress", "osseous", "heteroplasia"]
    assert {"poh", "gnas", "omim166350", "166350"} <= {*made.names}
    assert {"doi101056nejmoa011262", "physiotherapi"} <= {*made.body}


def test_the_way_of_indexing_is_raised_with_what_it_enters(live):
    """Where this fails, raise indexing.WAY: what is there is entered anew then."""
    made = indexing.entry(Edition.objects.get())

    assert indexing.WAY == 1
    assert " ".join(made.short_answer) == (
        "progress osseous heteroplasia poh rare disord soft tissu turn bone medicin "
        "shown stop care aim symptom"
    )


def test_a_fault_of_the_index_hinders_no_publication(desk, monkeypatch, caplog):
    def fail(edition):
        raise OSError("no room")

    with monkeypatch.context() as patch:
        patch.setattr(indexing, "entry", fail)
        desk.live()
    assert Page.objects.get().live_edition
    assert "is neither printed nor found yet" in caplog.text
    assert nothing("physiotherapy")

    assert [*indexing.catch_up()] == ["indexed 1 page"]
    assert search.find("physiotherapy").total == 1
    assert names(search.find("poh")) == [POH]


def test_an_older_way_of_indexing_is_made_up_for(live):
    Indexed.objects.update(way=F("way") - 1)

    assert [*indexing.catch_up()] == ["indexed 1 page"]
    assert [*indexing.catch_up()] == []


def test_a_round_enters_no_more_than_its_share(live, monkeypatch):
    for name in ("alpha", "beta", "gamma"):
        condition(live, f"{name} disease")
    indexing.clear()
    monkeypatch.setattr(indexing, "AT_ONCE", 2)
    monkeypatch.setattr(indexing, "A_ROUND", 2)

    assert [*indexing.catch_up()] == ["indexed 2 pages"]
    assert [*indexing.catch_up()] == ["indexed 2 pages"]
    assert [*indexing.catch_up()] == []
    assert len(search.find("disease").conditions) == 3


def test_publishing_costs_as_many_queries_with_one_page_as_with_four(
    live, django_assert_num_queries
):
    page = Page.objects.select_related("live_edition").get()
    with django_assert_num_queries(7):
        indexing.page_changed(page)
    for name in ("alpha", "beta", "gamma"):
        condition(live, f"{name} disease")

    with django_assert_num_queries(7):
        indexing.page_changed(page)


def test_words_that_are_put_again_replace_those_that_were_there(live):
    edition = Edition.objects.get()

    word_index.put(word_index.Entry(edition.pk, [], ["quagga"], [], []))
    word_index.put(word_index.Entry(edition.pk, [], ["zebra"], [], []))

    found = [word_index.count([word]) for word in ("quagga", "zebra", "physiotherapi")]
    assert found == [0, 1, 0]


def test_an_edition_with_the_names_of_the_one_before_is_found_by_them(live):
    rows = list(NameWord.objects.order_by("pk").values_list("pk", "stem"))

    live.new_edition(Summary.objects.get(), f"{BODY}\n- braces")

    assert list(NameWord.objects.order_by("pk").values_list("pk", "stem")) == rows
    (newest,) = Edition.objects.filter(number=2)
    assert called.find(["poh"]) == [newest.pk]


def test_the_names_are_of_the_edition_signed_last_whichever_page_changed(live):
    (first,) = Page.objects.select_related("live_edition")
    live.question = builders.make_question(
        live.editor, slug="cause", pattern="What causes {condition}?"
    )
    live.live()
    last = Edition.objects.exclude(page=first).get()

    called.enter(first.condition_id, first.live_edition)
    assert called.find(["poh"]) == [last.pk]
    called.enter(first.condition_id, last)
    assert called.find(["poh"]) == [last.pk]


def test_names_that_somebody_else_enters_meanwhile_are_entered_anew(live, monkeypatch):
    there = called._entered(condition=live.condition.pk)
    monkeypatch.setattr(called, "_entered", lambda **_: there)
    NameWord.objects.all().delete()

    called.enter(live.condition.pk)

    monkeypatch.undo()
    assert called._entered(condition=live.condition.pk) == there


# The cost


# Ranked, names, editions; those with some words; whether a word is anywhere, and near.
COSTS = [("poh", 3), ("joints", 3), ("zinc poh", 4), ("xyzzy", 4), ("", 0)]


@pytest.mark.parametrize(("typed", "queries"), COSTS)
def test_a_search_costs_the_same_queries_on_four_pages_as_on_seven(
    live, django_assert_num_queries, typed, queries
):
    for name in ("alpha", "beta", "gamma"):
        condition(live, f"{name} disease")
    with django_assert_num_queries(queries):
        search.find(typed)
    for name in ("delta", "epsilon", "zeta"):
        condition(live, f"{name} disease")

    with django_assert_num_queries(queries):
        search.find(typed)


def test_answers_come_a_page_at_a_time(live, monkeypatch):
    for name in ("alpha", "beta", "gamma"):
        condition(live, f"{name} disease")
    monkeypatch.setattr(search, "ON_A_PAGE", 2)

    pages = [search.find("physiotherapy", page=n) for n in (1, 2, 3, -1)]

    assert [(one.number, one.pages, one.total) for one in pages] == [
        (1, 2, 4),
        (2, 2, 4),
        (2, 2, 4),
        (1, 2, 4),
    ]
    assert len({*questions(pages[0]), *questions(pages[1])}) == 4


def test_no_more_are_counted_than_one_may_leaf_through(live, monkeypatch):
    condition(live, "alpha disease")
    engine = word_index._engine()
    monkeypatch.setattr(word_index, "MOST", 1)
    monkeypatch.setattr(engine, "count", engine.count.replace("1001", "2"))
    monkeypatch.setattr(search, "ON_A_PAGE", 1)

    found = search.find("physiotherapy", page=7)

    assert (found.is_more, found.counted, found.pages) == (True, 1, 1)
