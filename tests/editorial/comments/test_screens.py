"""Comments on the screens: said, answered, resolved and adopted without any script."""

import io
from zipfile import ZipFile

import pytest

from editorial import commenting, evidence
from editorial.models import Comment, CommentAct
from tests.builders import BODY, fresh, page
from tests.saying import QUOTE, say

pytestmark = pytest.mark.django_db
AT = "/admin/editorial/summary/"
BETTER = "may keep joints moving"


def screen(summary, way="review"):
    return f"{AT}{summary.pk}/{way}/"


def typed(**said):
    return {"words": "Since when?", "quote": QUOTE, "kind": "advice", **said}


def press(client, comment, act, **more):
    address = f"{screen(comment.summary, 'comments')}{comment.pk}/"
    return client.post(address, {"act": act, "back": "review", **more})


@pytest.mark.parametrize(
    ("who", "way"), [("reviewer", "review"), ("writer", "change"), ("editor", "review")]
)
def test_a_comment_made_beside_a_text_leads_back_there(enter, summary, who, way):
    sent = typed(revision=1, back=way, kind="blocking")

    answer = enter(who).post(screen(summary, "comments"), sent)

    made = Comment.objects.get()
    assert answer.headers["Location"] == f"{screen(summary, way)}#comment-{made.pk}"
    assert (made.quote, made.blocking) == (QUOTE, True)


def test_a_comment_that_is_refused_comes_back_with_every_word(enter, summary):
    sent = typed(quote="no such words", words="Kept?", suggestion="x", prefix="y\x00")

    page = enter("writer").post(screen(summary, "comments"), sent).content.decode()

    assert "do not stand there as the text is saved" in page
    assert all(word in page for word in ("no such words", "Kept?", 'value="y"'))
    assert not Comment.objects.exists()


def test_odd_fields_are_answered_with_a_sentence(enter, summary):
    client, address = enter("writer"), screen(summary, "comments")
    for sent in ({}, {"kind": "x"}, typed(field="x"), typed(words="a\x00b")):
        assert client.post(address, sent).status_code == 200
    for revision in ("", "x", "-1", "9" * 40):
        client.post(address, typed(revision=revision, words=revision or "none"))

    assert list(Comment.objects.values_list("revision_seen", flat=True)) == [1] * 4


@pytest.mark.parametrize("way", ["review", "change", "comments"])
def test_a_text_marks_what_is_commented_on_and_names_who(enter, desk, summary, way):
    comment = say(summary, by=desk.reviewer, words="Says who?", suggestion=BETTER)

    page = enter("writer").get(screen(summary, way)).content.decode()

    assert f'id="comment-{comment.pk}"' in page
    assert "Says who?" in page
    assert f"<ins>{BETTER}</ins>" in page
    marked = f'<mark class="commented">{QUOTE}</mark>' in page
    assert marked == (way != "change")


@pytest.mark.parametrize(("state", "leads"), [("draft", True), ("in_review", False)])
def test_a_quote_leads_into_its_field_while_there_is_one(enter, desk, state, leads):
    summary = getattr(desk, state)()
    say(summary, by=desk.reviewer)

    page = enter("writer").get(screen(summary, "change")).content.decode()

    assert QUOTE in page
    assert (f'href="#id_body" data-from="{BODY.index(QUOTE)}"' in page) == leads


def test_a_passage_that_was_rewritten_is_shown_in_its_old_words(enter, desk, summary):
    say(summary, by=desk.reviewer)
    desk.revise(summary, BODY.replace(f"physiotherapy {QUOTE}", "swimming"))

    page = enter("reviewer").get(screen(summary)).content.decode()

    assert "Text changed since" in page
    assert QUOTE in page
    assert "of revision 1, stand in the body no longer" in page


def test_an_open_blocking_comment_greys_the_signature_and_says_why(enter, desk):
    summary = desk.in_review()
    say(summary, by=desk.editor, blocking=True)

    page = enter("reviewer").get(screen(summary)).content.decode()

    why = "Maren Holt’s blocking comment on “keeps joints moving” is open"
    assert page.count(why) == 2  # at the top, and at the button
    assert 'aria-describedby="why-sign_off" aria-disabled="true"' in page


def test_a_comment_is_answered_resolved_and_reopened_by_its_buttons(
    enter, desk, summary
):
    client, comment = enter("reviewer"), say(summary, by=desk.reviewer)

    for act in ("answer", "resolve", "reopen"):
        answer = press(client, comment, act, words="So be it.")
        assert answer.headers["Location"].endswith(f"/review/#comment-{comment.pk}")

    kinds = comment.acts.values_list("kind", "words")
    assert [kind for kind, _ in kinds] == ["answered", "resolved", "reopened"]
    assert {words for _, words in kinds} == {"So be it."}


def test_what_is_refused_comes_back_with_the_answer_typed(enter, desk, summary):
    comment = say(summary, by=desk.reviewer, blocking=True)
    client = enter("writer")

    refused = press(client, comment, "resolve", words="We did so.").content.decode()
    unknown = press(client, comment, "drop").content.decode()

    assert "A blocking comment is resolved by Ines Falk, who made it" in refused
    assert "We did so.</textarea>" in refused
    assert "Press one of the comment’s buttons." in unknown
    assert not CommentAct.objects.exists()


def test_one_press_puts_the_words_proposed_into_the_text(enter, desk, summary):
    comment = say(summary, by=desk.reviewer, suggestion=BETTER)
    client = enter("writer")

    stale = press(client, comment, "adopt", revision=7).content.decode()
    press(client, comment, "adopt", revision=1)

    assert "changed this summary at" in stale
    assert fresh(summary).body == BODY.replace(QUOTE, BETTER)


def test_a_reviewer_is_offered_no_button_that_writes(enter, desk, summary):
    comment = say(summary, by=desk.writer, suggestion=BETTER)

    page = enter("reviewer").get(screen(summary)).content.decode()

    assert "Use these words" not in page
    assert press(enter("reviewer"), comment, "adopt", revision=1).status_code == 403


def test_a_comment_of_another_text_is_not_found(enter, desk, summary):
    comment = say(summary, by=desk.reviewer)
    client = enter("writer")

    other = f"{AT}{summary.pk + 1}/comments/{comment.pk}/"
    assert client.get(other).status_code == 404
    assert client.get(f"{screen(summary, 'comments')}999999/").status_code == 404


def test_the_timeline_tells_comments_by_themselves_too(enter, desk, summary):
    say(summary, by=desk.reviewer, words="Says who?")
    client = enter("writer")

    found = {
        name: "Says who?"
        in client.get(f"{screen(summary, 'history')}?show={name}").text
        for name in ("all", "comments", "text", "moves")
    }

    assert found == {"all": True, "comments": True, "text": False, "moves": False}


def test_no_word_of_a_comment_is_public(client, desk):
    summary = desk.live()
    comment = say(
        summary, by=desk.writer, words="Quillbrush?", suggestion="Quillbrush it is"
    )
    commenting.answer(comment, by=desk.editor, words="Quillbrush, yes.")
    at = "/conditions/progressive-osseous-heteroplasia/research/"

    for way in (
        "",
        "index.md",
        "review.json",
        "editions/1/proof.json",
        "editions/",
        "editions/1/",
    ):
        answer = client.get(f"{at}{way}")
        assert (way, answer.status_code) == (way, 200)
        assert b"Quillbrush" not in b"".join(answer)
    evidence.write(page(summary), file := io.BytesIO())
    with ZipFile(file) as archive:
        said = b"".join(map(archive.read, archive.namelist()))
    assert b"comment_answered" in said
    assert b"Quillbrush" not in said
