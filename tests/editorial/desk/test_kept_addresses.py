"""Kept texts: who reaches them, with what words, and how one is left out."""

import pytest

from editorial import writing
from editorial.models import LostText
from editorial.settling import kept_texts
from tests.builders import SHORT, Desk, fresh, make_condition, make_user

pytestmark = pytest.mark.django_db
LIST = "/admin/editorial/summary/"


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def as_writer(client, desk):
    client.force_login(desk.writer)
    return client


@pytest.fixture
def lost(desk):
    """A text that the writer typed against revision 1, when 2 stood already."""
    summary = desk.draft(body="The first words.")
    desk.revise(summary, "The editor’s words.", by=desk.editor)
    return lose(summary, desk.writer, "The writer’s words.")


def lose(summary, by, body, against=1, **fields):
    text = writing.Text(short_answer=SHORT, body=body, **fields)
    with pytest.raises(writing.Conflict) as conflict:
        writing.revise(summary, by=by, text=text, against=against)
    return conflict.value.lost


def place(lost, way=""):
    return f"{LIST}{lost.summary_id}/kept/{lost.pk}/{way}"


def change(lost):
    return f"{LIST}{lost.summary_id}/change/"


@pytest.mark.parametrize("against", ["", "x", "-1", "9" * 20, "99999999999", "٣"])
def test_a_save_without_its_revision_is_kept_and_overwrites_nothing(
    as_writer, desk, against
):
    summary = desk.draft()
    words = {"short_answer": SHORT, "body": "Typed.", "drafting": "person"}

    answer = as_writer.post(
        f"{LIST}{summary.pk}/change/", {**words, "against": against}
    )

    assert (answer.status_code, LostText.objects.get().body) == (409, "Typed.")
    assert "nobody knows which revision" in answer.content.decode()
    assert answer.context["open_count"] == answer.context["count"] == 4
    assert fresh(summary).revision == 1


def test_a_kept_text_is_listed_beside_the_text(as_writer, lost):
    assert place(lost) in as_writer.get(change(lost)).content.decode()


def test_an_editor_may_merge_what_a_writer_typed(client, desk, lost):
    client.force_login(desk.editor)

    page = client.get(place(lost)).content.decode()

    assert "Tomás Rey opened revision 1" in page
    assert "Put together" in page


def test_a_kept_text_of_another_summary_is_404(as_writer, desk, lost):
    condition = make_condition(desk.editor, slug="fop", name="FOP")
    other = writing.start(condition, desk.question, by=desk.writer)
    way = f"{LIST}{other.pk}"
    together = {"kept": lost.pk, "put_together": "1", "against": 1}

    answers = [
        as_writer.get(f"{way}/kept/{lost.pk}/"),
        as_writer.post(f"{way}/kept/{lost.pk}/leave-out/", {"why": "Not mine."}),
        as_writer.post(f"{way}/change/", together),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert kept_texts(lost.summary) == [lost]


@pytest.mark.parametrize("odd", ["0", "9" * 30])
def test_a_kept_text_that_is_not_there_is_404(as_writer, lost, odd):
    answer = as_writer.get(f"{LIST}{lost.summary_id}/kept/{odd}/")

    assert answer.status_code == 404


@pytest.mark.parametrize("odd", ["", "0", "x", "\x00", "9" * 30, "-1", "1 or 2"])
def test_an_odd_number_puts_nothing_together(as_writer, lost, odd):
    odd = odd.replace("1", str(lost.pk + 7)).replace("2", str(lost.pk + 8))

    answer = as_writer.post(change(lost), {"kept": odd, "put_together": "1"})

    assert answer.status_code == 404


def leave_out(client, lost, **sent):
    return client.post(place(lost, "leave-out/"), {"against": "2", **sent})


def test_a_kept_text_is_left_out_for_a_reason(as_writer, lost):
    answer = leave_out(as_writer, lost, why="Said better already.")

    row = lost.summary.history.first()
    assert answer["Location"] == change(lost)
    assert (row.body, row.wrote_text) == ("The editor’s words.", False)
    assert row.history_change_reason == (
        f"Left out the kept text no. {lost.pk}. Said better already."
    )
    assert kept_texts(lost.summary) == []
    assert "Revision 3</a>" in as_writer.get(place(lost)).content.decode()
    assert LostText.objects.get().body == "The writer’s words."


@pytest.mark.parametrize(
    ("odd", "sentence"),
    [
        ({"why": " "}, "Say why nothing of the kept text is needed."),
        ({}, "Say why nothing of the kept text is needed."),
        ({"why": "a\x00b"}, "cannot be seen on a page; type these words again."),
        ({"why": "x" * 6_000}, "Shorten it to 5000 characters"),
        ({"why": "Doubled.", "against": "1"}, "look at it again"),
        ({"why": "Doubled.", "against": "9" * 30}, "look at it again"),
    ],
)
def test_leaving_out_that_is_refused_says_why_and_keeps_all(
    as_writer, lost, odd, sentence
):
    page = as_writer.get(place(lost)).context
    (one,) = [passage for _, text in page["texts"] for passage in text][1:]

    answer = leave_out(as_writer, lost, **{one["key"]: "both", "reason": "R", **odd})

    assert sentence in answer.context["said"]
    assert 'value="both" checked' in answer.content.decode()
    assert answer.context["reason"] == "R"
    assert answer.context["leaving"]["why"].value() == odd.get("why")
    assert fresh(lost.summary).revision == 2


def test_a_text_is_left_out_once(as_writer, lost):
    leave_out(as_writer, lost, why="Doubled.")

    answer = leave_out(as_writer, lost, why="Doubled.", against="3")

    assert "Revision 3 settled this text already." in answer.context["said"]
    assert fresh(lost.summary).revision == 3


def test_each_address_takes_one_method(as_writer, lost):
    answers = [as_writer.post(place(lost)), as_writer.get(place(lost, "leave-out/"))]

    assert [answer.status_code for answer in answers] == [405, 405]


@pytest.mark.parametrize("superuser", [True, False])
def test_who_has_no_role_reads_no_kept_text(client, lost, superuser):
    client.force_login(make_user("root", superuser=superuser))

    answer = client.get(place(lost))

    assert answer.status_code == (403 if superuser else 302)
    assert "The writer’s words" not in answer.content.decode()


def test_a_text_that_was_merged_meanwhile_says_so(as_writer, desk, lost):
    desk.revise(lost.summary, "The writer’s words.")

    answers = [
        as_writer.get(place(lost)),
        as_writer.post(change(lost), {"kept": lost.pk, "put_together": "1"}),
    ]

    for answer in answers:
        page = answer.content.decode()
        assert "Revision 3 has all of this text" in page
        assert f"/admin/editorial/summary/{lost.summary_id}/history/3/" in page
        assert "put_together" not in page


def test_a_text_that_differs_in_blank_lines_alone_is_only_left_out(as_writer, desk):
    summary = desk.revise(desk.draft(body="One."), "One.\n\n\nTwo.")
    lost = lose(summary, desk.writer, "One.\n\nTwo.")

    page = as_writer.get(place(lost)).content.decode()
    together = {"kept": lost.pk, "put_together": "1", "against": 2}
    answer = as_writer.post(change(lost), together)

    assert "Not a word differs" in page
    assert "the text that stands, word for word" in answer.context["said"]


@pytest.mark.parametrize("size", [1, 40])
def test_the_page_asks_as_often_for_one_difference_as_for_many(
    as_writer, desk, django_assert_num_queries, size
):
    summary = desk.draft(body="\n\n".join(f"Passage {n}." for n in range(size)))
    desk.revise(summary, "\n\n".join(f"Passage {n} now." for n in range(size)))
    lost = lose(
        summary, desk.writer, "\n\n".join(f"Passage {n} then." for n in range(size))
    )

    # Session, account, roles twice, summary, readers' reports, kept text, the revision
    # both began with.
    with django_assert_num_queries(8):
        answer = as_writer.get(place(lost))

    assert answer.context["count"] == size


def test_the_longest_texts_that_differ_throughout_are_one_choice(as_writer, desk):
    texts = ["\n\n".join(f"{word} {n}." for n in range(2_500)) for word in "xy"]
    summary = desk.revise(desk.draft(), texts[0])
    lost = lose(summary, desk.writer, texts[1])

    answer = as_writer.get(place(lost))

    assert answer.context["count"] == 1
    assert "y 2499." in answer.content.decode()


def test_the_page_has_no_inline_script_or_style(as_writer, lost):
    page = as_writer.get(place(lost)).content.decode()

    found = ("<style" in page, " style=" in page, "<script>" in page)
    assert found == (False, False, False)
