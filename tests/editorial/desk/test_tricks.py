"""Each trick in each place is refused with a sentence or shown to the reviewer."""

import pytest
from django.core.exceptions import ValidationError

from conditions import markup
from editorial import catalogue, changes
from editorial.manuscript import Manuscript
from editorial.rules import MoveRefused
from editorial.writing import Text
from tests.builders import PASSWORD, Desk, fresh, record
from tests.tricks import TRICKS
from tests.walking import Walker

pytestmark = pytest.mark.django_db
PLACES = ("short_answer", "body", "drafting_note")


def shown(content):
    return [*changes.hidden(content), *changes.odd(content)]


def refusal(act):
    try:
        act()
    except (MoveRefused, ValidationError) as error:
        return str(error)
    return ""


def unclear(told):
    return [said for said in told if "U+" not in said and "marks stand" not in said]


@pytest.fixture
def content():
    return Manuscript(Desk().draft()).content


@pytest.mark.parametrize("name", PLACES)
def test_no_trick_in_a_text_passes_unseen(content, name):
    passed, told = [], []
    for trick in TRICKS:
        words = {"short_answer": "Short.", "body": "Long.", name: f"Take {trick} now."}
        if sentence := refusal(Text(**words).settled):
            told.append(sentence)
            continue
        stored = Text(**words).settled()
        content |= {name: stored[name]} if name != "drafting_note" else {}
        content["drafting"] = {"how": "person", "note": stored["drafting_note"]}
        passed += [trick] * (not shown(content))

    assert (passed, unclear(told)) == ([], [])


def test_no_trick_in_the_catalogue_passes_unseen():
    desk, passed, told = Desk(), [], []
    source, condition = desk.sources[1], desk.condition
    manuscript = Manuscript(desk.draft())
    for trick in TRICKS:
        for entry, field in ((source, "title"), (condition, "name")):
            setattr(entry, field, f"A {trick} it is")
            if sentence := refusal(lambda: catalogue._refuse_unseen(entry)):  # noqa: B023
                told.append(sentence)
                setattr(entry, field, "plain")
        entries = {
            "condition": {**manuscript.content["condition"], "name": condition.name},
            "sources": [{**manuscript.content["sources"][0], "title": source.title}],
        }
        for part, words in entries.items():
            plain = "plain" in str(words)
            passed += [(trick, part)] * (
                not plain and not shown({**manuscript.content, part: words})
            )

    assert (passed, unclear(told)) == ([], [])


def test_the_reviewer_sees_a_look_alike_framed_in_its_word(visit):
    desk = Desk()
    desk.sources[1].title = "A study of аsid"
    record(desk.sources[1], desk.editor)
    body = "Cаre [@gard-poh]; cаre [@pmid:11784876]."
    summary = desk.in_review(body=body)
    walker = Walker(visit)
    walker.log_in(desk.reviewer.username, PASSWORD)

    walker.go(f"/admin/editorial/summary/{summary.pk}/review/")

    assert (
        "<b>Look-alike.</b> Sources: cyrillic small letter a (U+0430) in “"
        '<mark class="misleading">а</mark>sid”.' in walker.text
    )
    assert "(U+0430) in “C" in walker.text
    assert fresh(summary).body == markup.normalise(body)
