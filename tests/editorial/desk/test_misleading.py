"""A sign that looks like another is named to who types it, framed where it stands."""

import pytest
from django.utils.safestring import SafeString

from editorial import workflow
from editorial.templatetags.framing import framed
from tests.builders import BODY, SHORT, Desk, fresh
from tests.tricks import PLAIN

NAMED = "cyrillic small letter a (U+0430)"
ODD = f"{BODY}\n\nTake cаre of αβγ-globulin."
FRAMES = '<mark class="misleading"'


@pytest.fixture
def desk(db):
    return Desk()


@pytest.fixture
def as_writer(client, desk):
    client.force_login(desk.writer)
    return client


def address(summary, screen="change"):
    return f"/admin/editorial/summary/{summary.pk}/{screen}/"


def typed(body=ODD, **more):
    return {"short_answer": SHORT, "body": body, "drafting": "person", **more}


def test_a_sign_is_framed_and_named_and_its_word_stays_whole():
    html = framed(SafeString("<p>Take <em>cаre</em> &amp; rest.</p>"))

    assert html == (
        f'<p>Take <em>c{FRAMES} title="looks like another sign: {NAMED}">а'
        f'<span class="visually-hidden"> (looks like another sign: {NAMED}) </span>'
        "</mark>re</em> &amp; rest.</p>"
    )


def test_an_unseen_sign_is_shown_by_its_number():
    assert ">U+200D<" in framed(SafeString("<p>a\u200db</p>"))


@pytest.mark.parametrize("word", PLAIN)
def test_no_word_of_medicine_and_no_name_is_framed(word):
    html = SafeString(f"<p>It is {word}, they say.</p>")

    assert framed(html) == html


def test_no_tag_is_touched_and_no_word_becomes_one():
    html = SafeString('<a href="https://e.org/аsid" title="cаre">x</a>')

    assert framed(html) == html
    assert framed("<b>cаre</b>").startswith("&lt;b&gt;c<mark")


def test_the_writing_form_names_it_after_a_preview_and_after_a_save(as_writer, desk):
    summary = desk.draft()
    preview = as_writer.post(address(summary), typed(against=1, preview="1"))
    as_writer.post(address(summary), typed(against=1))
    saved = as_writer.get(address(summary))

    for page in (preview, saved):
        html = page.content.decode()
        assert f"Looks like another sign: {NAMED} in “cаre”. Type it again" in html
    assert fresh(summary).revision == 2


def test_it_is_named_while_it_is_typed(as_writer, desk):
    said = as_writer.post(address(desk.draft(), "live"), typed(against=1)).json()

    assert said["odd"].keys() == {"body"}
    assert NAMED in said["odd"]["body"]


def test_only_the_first_words_are_named_and_the_others_counted(as_writer, desk):
    body = " ".join(f"cаre{number}" for number in range(9))
    said = as_writer.post(address(desk.draft(), "live"), typed(body)).json()

    assert said["odd"]["body"].count("U+0430") == 5
    assert "; and 4 more." in said["odd"]["body"]


def test_it_is_named_before_the_text_is_submitted(as_writer, desk):
    summary = desk.draft()
    plain = as_writer.get(address(summary, "moves/submit_for_review"))
    desk.revise(summary, ODD)
    odd = as_writer.get(address(summary, "moves/submit_for_review"))

    assert NAMED not in plain.content.decode()
    assert NAMED in odd.content.decode()
    assert "The reviewer is told so" in odd.content.decode()


def test_the_review_frames_it_in_the_text_and_in_what_changed(client, desk):
    summary = desk.live()
    workflow.start_revision(summary, by=desk.writer)
    desk.revise(summary, ODD)
    workflow.submit_for_review(fresh(summary), by=desk.writer)
    client.force_login(desk.reviewer)

    html = client.get(address(summary, "review")).content.decode()
    changed, _, whole = html.partition('id="text"')
    assert FRAMES in changed
    assert FRAMES in whole.partition('id="preview"')[0]


def test_a_comparison_of_two_revisions_frames_it(as_writer, desk):
    summary = desk.draft()
    desk.revise(summary, ODD)

    page = as_writer.get(f"{address(summary, 'history/compare')}?a=1&b=2")
    assert FRAMES in page.content.decode()
