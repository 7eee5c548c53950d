"""A reason stands beside its passage too, and each leads to the other."""

import re
from html import unescape

import pytest
from django.test import override_settings

from editorial import workflow
from tests.builders import DOSED, LENIENT, SOUND, WHY, Desk, fresh, reasons_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_rules")]
NOTE = r'<div class="reasoned"([^>]*)>(.*?)</div>'


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def look(look):
    def without_preview(summary, by):
        page = look(summary, by).content.decode()
        return re.sub(r"<iframe.*?</iframe>", "", page, flags=re.S)

    return without_preview


def words(html):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", html)))


def block(page, name):
    return re.search(rf'<section[^>]* id="{name}".*?</section>', page, re.S)[0]


def notes(html):
    return [words(inner).strip() for _, inner in re.findall(NOTE, html, re.S)]


def ids(html):
    return re.findall(r'\sid="([^"]+)"', html)


def revised(desk, new, reason=WHY):
    """A live page whose next text needs a reason, submitted with it."""
    with override_settings(PREFLIGHT_RULES=LENIENT):
        summary = desk.sign(desk.let_through(SOUND))
    workflow.start_revision(fresh(summary), by=desk.writer)
    desk.revise(fresh(summary), new)
    row = fresh(summary)
    return workflow.submit_for_review(
        row, by=desk.writer, reasons=reasons_for(row, reason)
    )


def test_a_first_editions_reason_stands_in_the_margin_of_its_passage(desk, look):
    page = look(desk.reasoned(), desk.reviewer)

    holding = page.split('class="reasoned"')[0].rpartition('class="beside"')[2]
    assert "gave 5 mg of it" in words(holding)
    (note,) = notes(page)
    assert note.startswith(f"Why “5 mg” stays {WHY} Tomás Rey, ")


def test_each_leads_to_the_other_and_no_id_stands_twice(desk, look):
    page = look(desk.reasoned(), desk.editor)

    (key,) = re.findall(r'id="reason-(\w+)"', page)
    item = re.search(rf'<li id="finding-{key}".*?</li>', page, re.S)[0]
    assert f'href="#reason-{key}"' in item
    assert f'href="#finding-{key}"' in page
    assert sorted(ids(page)) == sorted(set(ids(page)))


def test_a_changed_passage_has_its_reason_and_the_whole_text_has_it_too(desk, look):
    page = look(revised(desk, DOSED), desk.reviewer)

    changes, whole = block(page, "changes"), block(page, "text")
    assert len(notes(changes)) == len(notes(whole)) == 1
    assert ('id="reason-' in changes, 'id="reason-' in whole) == (True, False)
    holding = changes.split('class="reasoned"')[0].rpartition('class="change"')[2]
    assert "gave 5 mg of it" in words(holding)
    assert sorted(ids(page)) == sorted(set(ids(page)))


def test_a_passage_that_did_not_change_has_its_reason_in_the_whole_text(desk, look):
    summary = desk.reasoned()
    desk.sign(summary)
    workflow.start_revision(fresh(summary), by=desk.writer)
    desk.revise(fresh(summary), f"{DOSED}\n\nNothing else is known of it [@gard-poh].")
    row = fresh(summary)
    workflow.submit_for_review(row, by=desk.writer, reasons=reasons_for(row))

    page = look(fresh(summary), desk.reviewer)

    assert notes(block(page, "changes")) == []
    assert 'id="reason-' in block(page, "text")


def test_what_is_typed_as_a_reason_is_never_markup(desk, look):
    page = look(revised(desk, DOSED, "<b>It</b> & “so”."), desk.reviewer)

    assert "&lt;b&gt;It&lt;/b&gt; &amp; “so”." in block(page, "changes")


def test_a_text_without_reasons_has_no_note(desk, look):
    assert notes(look(desk.let_through(SOUND), desk.reviewer)) == []
