"""What a reader sees differently between two editions, word by word."""

from dataclasses import replace
from datetime import date

import pytest

from conditions import differences
from conditions.content import SOURCE_WORDS
from conditions.models import Page
from conditions.reading import Copy
from editorial import catalogue, publishing, workflow
from tests import builders
from tests.builders import BODY, SHORT, Desk, fresh, sign, tamper
from tests.readers import HUB, PAGE, parse

CHANGES = f"{PAGE}editions/{{}}/changes/"
LINKED = f"{BODY}\n\nRead [the register](https://a.example/one)."


@pytest.fixture
def desk(db):
    return Desk()


def next_edition(desk, summary, body=BODY, short=SHORT, **said):
    summary = workflow.start_revision(fresh(summary), by=desk.writer)
    text = replace(desk.text(body), short_answer=short)
    builders.writing.revise(
        summary, by=desk.writer, text=text, against=fresh(summary).revision
    )
    workflow.submit_for_review(fresh(summary), by=desk.writer)
    sign(fresh(summary), by=said.pop("by", desk.reviewer), **said)
    return fresh(summary)


def recheck(desk, summary, **said):
    summary = workflow.recheck(fresh(summary), by=desk.editor, reason="A year is over.")
    sign(summary, by=desk.reviewer, **said)
    return fresh(summary)


def shown(visit, number=2):
    """Return the parts that changed, each with its passages: HTML without its frame."""
    page = parse(visit(CHANGES.format(number)))
    return {
        part.one("h2").words: [told(one) for one in part.all(class_="passage")]
        for part in page.all(class_="compared")
    }


def told(node):
    """Return the words of a passage, [-removed-] and {+added+}."""
    marks = {"del": ("[-", "-]"), "ins": ("{+", "+}"), "br": ("\n", "")}
    before, after = marks.get(node.tag, ("", ""))
    if node.has("class", "visually-hidden"):
        return ""
    inner = "".join(c if isinstance(c, str) else told(c) for c in node.children)
    return f"{before}{inner}{after}".replace("\xa0", " ")


def test_the_words_that_changed_are_marked_and_the_others_counted(desk, visit):
    body = BODY.replace("father", "mother") + "\n\nA new passage."
    next_edition(desk, desk.live(), body)

    assert shown(visit)["Answer"] == [
        "Most people inherit the changed copy from their [-father-]{+mother+} [1].",
        "{+A new passage.+}",
    ]
    page = parse(visit(CHANGES.format(2)))
    same = [one.words for one in page.all(class_="compared")[0].all(class_="same")]
    assert same == ["1 passage not changed"] * 2
    assert "Short answer" in page.all(class_="quiet")[0].words


def test_it_says_which_kind_of_change_it_is_and_what_its_note_is(desk, visit):
    summary = desk.live()
    for kind, words in (
        ("new_evidence", "New evidence"),
        ("correction", "Correction"),
        ("wording", "Wording"),
    ):
        summary = next_edition(
            desk, summary, f"{BODY} {words}.", change_type=kind, note=f"A {kind}."
        )
        page = parse(visit(CHANGES.format(page_of(summary).live_edition.number)))
        assert page.one(class_="kind").words == words
        assert f"A {kind}." in page.one(id="content").words


def page_of(summary):
    return Page.objects.get(pk=builders.page(summary).pk)


def test_the_short_answer_is_compared_as_it_is_read(desk, visit):
    next_edition(desk, desk.live(), short=SHORT.replace("rare", "very rare"))

    (passage,) = shown(visit)["Short answer"]

    assert "is a {+very +}rare disorder in which soft tissue turns" in passage


def test_a_citation_that_came_is_seen_and_a_new_number_alone_is_not(desk, visit):
    body = "First [@gard-poh].\n\n" + BODY.replace("lungs", "chest")
    next_edition(desk, desk.live(), body + "\n\nBraces help [@pmid:11784876].")

    found = shown(visit)

    assert found["Answer"] == ["{+First [1].+}", "{+Braces help [2].+}"]
    assert "Sources" not in found


def test_a_source_that_came_and_one_that_went_are_seen(desk, visit):
    next_edition(desk, desk.live(), "Inherited from the father [@gard-poh].")

    found = shown(visit)

    (gone,) = found["Sources"]
    assert gone.startswith("[-[earlier-1] Shore EM and others.")
    assert found["Answer"][-1].endswith("[earlier-1, 1]-]")
    assert "father [[-earlier-1-]{+1+}]." in "".join(found["Answer"])


def test_another_address_of_a_link_is_seen(desk, visit):
    next_edition(desk, desk.live(body=LINKED), LINKED.replace("e/one", "e/two"))

    (passage,) = shown(visit)["Answer"]

    assert passage.startswith("Read the register (https://a.")
    assert "{+example/two+}" in passage


def test_words_that_are_only_set_anew_are_said_to_be(desk, visit):
    next_edition(desk, desk.live(), BODY.replace("father", "*father*"))

    assert shown(visit)["Answer"] == []
    assert "The words are the same." in visit(CHANGES.format(2)).body.decode()


def test_who_signed_and_when_it_is_due_are_compared_too(desk, visit):
    omar = builders.make_reviewer("omar", "Omar Haddad")
    next_edition(desk, desk.live(), f"{BODY}.", by=omar, days=100, interests="Paid.")

    words = "\n".join(shown(visit)["Who checked this page"])

    assert "Ines Falk" in words
    assert "Omar Haddad" in words
    assert "Paid." in words
    assert "Next review due: " in words


def test_an_edition_reviewed_without_change_shows_other_dates_alone(desk, visit):
    recheck(desk, desk.live(), days=200, note="Read again.")

    assert shown(visit).keys() == {"Who checked this page"}
    assert "Reviewed without change" in visit(CHANGES.format(2)).body.decode()


def test_words_of_the_catalogue_are_compared_as_they_were_frozen(desk, visit):
    summary = desk.live()
    desk.condition.synonyms = ["another name"]
    builders.record(desk.condition, desk.editor)
    paper = desk.sources[0]
    paper.retracted_on = date(2026, 4, 1)
    catalogue.save(paper, by=desk.editor)
    next_edition(desk, summary, f"{BODY}.")

    found = shown(visit)

    assert "another name" in "".join(found["The condition"])
    assert any("Retracted on 1 April 2026." in one for one in found["Sources"])


def test_the_first_edition_says_that_it_is(desk, visit):
    desk.live()

    answer = visit(CHANGES.format(1))

    assert answer.status == 200
    assert "This is the first edition that anybody could read" in answer.body.decode()
    assert shown(visit, 1) == {}


def test_an_edition_that_was_never_public_is_compared_with_nothing(
    desk, visit, settings
):
    settings.PUBLISH_ON_SIGN_OFF = False
    summary = desk.reviewed(body=f"{BODY}\n\nNever public.")
    settings.PUBLISH_ON_SIGN_OFF = True
    next_edition(desk, summary, f"{BODY}\n\nPublic.")

    assert visit(CHANGES.format(1)).status == 404
    assert "Never public" not in visit(CHANGES.format(2)).body.decode()
    assert "This is the first edition" in visit(CHANGES.format(2)).body.decode()


def test_the_edition_before_is_the_one_that_readers_had(desk, visit, settings):
    summary = desk.live()
    settings.PUBLISH_ON_SIGN_OFF = False
    summary = next_edition(desk, summary, f"{BODY}\n\nNever public.")
    settings.PUBLISH_ON_SIGN_OFF = True
    next_edition(desk, summary, f"{BODY}\n\nPublic.")

    text = visit(CHANGES.format(3)).body.decode()

    assert "Never" not in text
    assert f'href="{PAGE}editions/1/"' in text
    assert visit(CHANGES.format(2)).status == 404


def test_a_withdrawn_page_shows_no_changes(desk, visit):
    summary = next_edition(desk, desk.live(), f"{BODY} More.")
    publishing.withdraw(summary, by=desk.editor, reason="A doubt.", note="We check.")

    answers = [visit(CHANGES.format(number)) for number in (1, 2, 3)]

    assert [one.status for one in answers] == [410, 410, 404]
    assert "We check." in answers[1].body.decode()
    assert "father" not in answers[1].body.decode()


def test_an_edition_that_was_altered_is_compared_with_none(desk, visit):
    next_edition(desk, desk.live(), f"{BODY} More.")
    alter = "UPDATE conditions_edition SET content = replace(content, 'Most', 'Few')"
    tamper(f"{alter} WHERE number = 1")
    builders.unprint()

    assert visit(CHANGES.format(2)).status == 503


def test_hostile_words_are_words(desk, visit):
    hostile = "<x-canary onload=1> & </del>"
    next_edition(desk, desk.live(), f"{BODY}\n\n{hostile}", note=hostile)

    page = parse(visit(CHANGES.format(2)))

    assert page.all("x-canary") == []
    assert hostile in page.one(id="content").words
    assert "{+" + hostile + "+}" in shown(visit)["Answer"]


def test_it_is_kept_out_of_search_machines_as_earlier_editions_are(desk, visit):
    next_edition(desk, desk.live(), f"{BODY} More.")

    answer = visit(CHANGES.format(2))

    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert parse(answer).one("meta", name="robots").attrs["content"] == "noindex"


def test_the_page_its_editions_and_the_corrections_lead_there(desk, visit):
    next_edition(desk, desk.live(), f"{BODY} More.", change_type="correction")

    def links(address):
        return [a.attrs["href"] for a in parse(visit(address)).all("a")]

    second, first = CHANGES.format(2), CHANGES.format(1)
    for address in (PAGE, f"{PAGE}editions/", "/corrections/", f"{PAGE}editions/2/"):
        assert second in links(address), address
    for address in (PAGE, f"{PAGE}editions/", f"{PAGE}editions/1/"):
        assert first not in links(address), address
    assert {PAGE, HUB, f"{PAGE}editions/1/", f"{PAGE}editions/2/"} <= {*links(second)}


def test_it_costs_four_queries_at_most_however_many_editions(
    desk, client, django_assert_num_queries
):
    summary = desk.live()
    for word in ("braces", "splints", "rest"):
        summary = next_edition(desk, summary, f"{BODY}\n- {word}")
        number = page_of(summary).live_edition.number
        with django_assert_num_queries(3):
            assert client.get(CHANGES.format(number)).status_code == 200
    with django_assert_num_queries(4):
        client.get(CHANGES.format(3))


SOURCE = dict.fromkeys((*SOURCE_WORDS, "accessed_on", "retracted_on"), "") | {
    "key": "a",
    "title": "A title",
    "kind": "article",
}
CHANGED = {
    "language": None,  # one, until there are others
    "schema": None,
    "condition": {"slug": "x", "name": "x", "abbreviation": "", "synonyms": []}
    | {"genes": ["X"], "identifiers": []},
    "question": {"slug": "research", "text": "Why?"},
    "short_answer": "Other words.",
    "body": "Other words.",
    "take_part": {"trial_search": "other", "community": None},
    "sources": [],
    "authors": ["Somebody Else"],
    "drafting": {"how": "machine_assisted", "note": ""},
    "disclaimer": "Other words.",
}


def test_every_word_of_a_content_is_compared(desk):
    copy = Copy.of(page_of(desk.live(body="No source.")).live_edition)
    copy = replace(copy, content={**copy.content, "sources": [SOURCE]})

    def changed(name):
        other = replace(copy, content={**copy.content, name: CHANGED[name]})
        return [one for one in differences.between(copy, other) if not one.is_same]

    assert copy.content.keys() == CHANGED.keys()
    assert [name for name in CHANGED if CHANGED[name] is None] == ["language", "schema"]
    assert all(changed(name) for name in CHANGED if CHANGED[name] is not None)
    assert all(one.is_same for one in differences.between(copy, copy))
