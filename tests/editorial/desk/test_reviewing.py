import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from editorial import catalogue, changes, clock, publishing, workflow
from editorial.manuscript import Manuscript
from tests.builders import BODY, SHORT, Desk, make_user, record, tamper

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def words(response, block=None):
    """Return what a page, or one element of it by id, says, without its tags."""
    page = response.content.decode()
    if block:
        page = re.search(rf'<section[^>]* id="{block}".*?</section>', page, re.S)[0]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", page)))


def test_head_says_where_text_and_page_stand(desk, look):
    summary = desk.new_edition(desk.live(), BODY + " More.")
    summary = workflow.recheck(summary, by=desk.editor)
    workflow.assign(summary, by=desk.editor, reviewer=desk.reviewer)

    head = words(look(summary, desk.reviewer))

    today = clock.today()
    assert "In review" in head
    assert f"live: edition 2, {today.day} {today:%B %Y}" in head
    assert "written by Tomás Rey" in head
    assert f"submitted by Maren Holt, {today.day} {today:%B %Y}, " in head
    assert "assigned to Ines Falk" in head


def test_head_names_the_hour_before_which_nothing_is_public(desk, look):
    at = clock.now() + timedelta(days=3)
    summary = publishing.schedule(desk.in_review(), by=desk.editor, at=at)

    assert f"not public before {at.day} {at:%B %Y, %H:%M}" in words(
        look(summary, desk.writer)
    )


def test_head_says_that_the_page_is_withdrawn(desk, look):
    assert "Withdrawn from readers" in words(look(desk.withdrawn(), desk.reviewer))


def test_reason_of_the_submission_is_shown_to_the_reviewer(desk, look):
    summary = workflow.submit_for_review(
        desk.draft(), by=desk.writer, reason="Please look at the dose first."
    )

    assert "Please look at the dose first." in words(look(summary, desk.reviewer))


def test_first_edition_is_said_to_be_all_new(desk, look):
    page = words(look(desk.in_review(), desk.reviewer), "changes")

    assert "This would be the first edition: all of it is new." in page


def test_changes_are_shown_word_by_word_against_the_live_edition(desk, look):
    summary = workflow.start_revision(desk.live(), by=desk.writer)
    desk.revise(summary, BODY.replace("their father", "the father"))
    workflow.submit_for_review(summary, by=desk.writer)

    response = look(summary, desk.reviewer)

    assert "Against edition 1, which is live. 1 passage changed." in words(
        response, "changes"
    )
    page = response.content.decode()
    removed, added = '<del><span class="visually-hidden">removed: </span>', "<ins>"
    assert f"{removed}their</del>" in page
    assert f'{added}<span class="visually-hidden">added: </span>the</ins>' in page


def test_changes_are_against_the_newest_signed_edition_where_none_is_live(desk, look):
    summary = workflow.start_revision(desk.withdrawn(), by=desk.writer)

    page = words(look(summary, desk.writer), "changes")

    assert "Against edition 1, the newest one signed. Nothing changed" in page


def test_a_source_changed_in_the_catalogue_is_a_change(desk, look):
    summary = workflow.recheck(desk.live(), by=desk.editor)
    desk.sources[1].title = "Another title altogether"
    catalogue.save(desk.sources[1], by=desk.editor)

    page = words(look(summary, desk.reviewer), "changes")

    assert "1 passage changed." in page
    assert "added: Another title altogether" in page


def test_every_word_that_is_signed_is_compared(desk):
    content = Manuscript(desk.draft()).content
    everything = " ".join(changes.parts(content).values())

    missing = [word for word in _words(content) if str(word) not in everything]

    assert missing == []


def _words(value):
    match value:
        case dict():
            for key, item in value.items():
                if key not in ("schema", "scheme"):
                    yield from _words(item)
        case list():
            for item in value:
                yield from _words(item)
        case None:
            pass
        case _:
            yield value


def test_an_altered_edition_is_named_and_the_text_still_shown(desk, look):
    summary = workflow.recheck(desk.live(), by=desk.editor)
    tamper("UPDATE conditions_edition SET content = '{}'")

    page = words(look(summary, desk.reviewer))

    assert "Edition 1 cannot be compared: The stored text is not the text" in page
    assert "An earlier edition was altered" in page


def test_page_is_shown_as_readers_will_see_it_in_a_sealed_frame(desk, look):
    page = look(desk.in_review(), desk.reviewer).content.decode()

    frame = re.search(r"<iframe ([^>]*)></iframe>", page)[1]
    assert 'sandbox="allow-same-origin"' in frame
    assert "&lt;em&gt;soft tissue&lt;/em&gt;" in frame


def test_sources_are_listed_with_their_links(desk, look):
    response = look(desk.in_review(), desk.reviewer)

    assert "Sources (2)" in words(response, "sources")
    assert 'href="https://pubmed.ncbi.nlm.nih.gov/11784876/"' in (
        response.content.decode()
    )


def test_faults_of_a_draft_are_named(desk, look):
    page = words(look(desk.draft(body="One that is not there [@pmid:1]."), desk.writer))

    assert "Look at this first Add to the catalogue, or correct" in page


@pytest.mark.parametrize(
    ("sign", "name"),
    [
        ("\u200b", "zero width space (U+200B)"),
        ("\u202e", "right-to-left override (U+202E)"),
        ("\u00ad", "soft hyphen (U+00AD)"),
        ("\u3164", "hangul filler (U+3164)"),
        ("\ufe0f", "variation selector-16 (U+FE0F)"),
    ],
)
def test_an_invisible_character_is_named_with_its_place(desk, look, sign, name):
    desk.condition.synonyms = [f"progressive ossi{sign}fying heteroplasia"]
    record(desk.condition, desk.editor)

    page = words(look(desk.in_review(), desk.reviewer))

    assert f"Invisible character. Condition: {name} after “progressive ossi”." in page


def test_many_invisible_characters_are_counted(desk):
    content = {**Manuscript(desk.draft()).content, "body": "a" + "\u200b" * 25}

    named = changes.hidden(content)

    assert (len(named), named[-1]) == (21, "And 5 more.")


@pytest.mark.parametrize("who", ["writer", "editor", "reviewer"])
@pytest.mark.parametrize(
    "state", ["draft", "in_review", "changes_requested", "reviewed", "withdrawn"]
)
def test_every_role_reads_every_state(desk, look, who, state):
    response = look(getattr(desk, state)(), getattr(desk, who))

    assert response.status_code == 200


@pytest.mark.parametrize("who", ["writer", "editor"])
def test_only_medical_reviewers_see_the_sign_off(desk, look, who):
    page = look(desk.in_review(), getattr(desk, who)).content.decode()

    assert 'id="sign-off"' not in page


def test_an_administrator_reads_no_draft(desk, look):
    response = look(desk.in_review(), make_user("root", superuser=True))

    assert response.status_code == 403
    assert SHORT not in response.content.decode()


@pytest.mark.parametrize("pk", ["0", "9" * 30, "-1", "x", "1'"])
def test_what_is_not_there_is_404(desk, client, pk):
    client.force_login(desk.reviewer)

    response = client.get(f"/admin/editorial/summary/{pk}/review/")

    assert response.status_code in (302, 404)


def test_the_screen_is_kept_by_no_cache(desk, look):
    response = look(desk.in_review(), desk.reviewer)

    assert "no-store" in response.headers["Cache-Control"]


def test_the_screen_has_no_script_and_no_style_of_its_own(desk, look):
    page = look(desk.in_review(), desk.reviewer).content.decode()

    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]* src=)", page) == []


def test_the_screen_reads_each_fact_once(desk, look, client, django_assert_num_queries):
    summary = desk.new_edition(desk.live(), BODY + " More.")
    summary = workflow.recheck(summary, by=desk.editor)
    look(summary, desk.reviewer)

    # Session, account, roles twice, summary; the text: sources, two for its authors;
    # page, newest edition and those before, since the newest has the same words, last
    # act, who sent it; signing: attempts, account, signatures;
    # four eyes: seven; reasons, comments, ticks, readers' reports.
    with django_assert_num_queries(28):
        client.get(reverse("admin:editorial_summary_review", args=(summary.pk,)))
