"""A save that came too late: both texts are shown, chosen from and put together."""

import re

import pytest

from editorial import workflow
from editorial.models import LostText
from editorial.settling import kept_texts
from tests.builders import SHORT, Desk, fresh
from tests.walking import Forms

pytestmark = pytest.mark.django_db
LIST = "/admin/editorial/summary/"
# The writer and the editor both begin with these.
FIRST, SECOND, THIRD = "Rest helps.", "Take 5 mg at night.", "See a doctor soon."
BASE = f"{FIRST}\n\n{SECOND}\n\n{THIRD}"
EDITORS = BASE.replace("5 mg", "10 mg").replace("Rest", "A rest")
WRITERS = BASE.replace("5 mg", "2 mg").replace("soon", "at once")


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def as_writer(client, desk):
    client.force_login(desk.writer)
    return client


@pytest.fixture
def overtaken(desk):
    """A draft that the editor saved after the writer opened it."""
    summary = desk.draft(body=BASE)
    desk.revise(summary, EDITORS, by=desk.editor)
    return summary


def change(summary):
    return f"{LIST}{summary.pk}/change/"


def place(summary, lost=None, way=""):
    return f"{LIST}{summary.pk}/kept/{(lost or LostText.objects.get()).pk}/{way}"


def typed(summary, **fields):
    words = {"short_answer": SHORT, "body": WRITERS, "drafting": "person"}
    return {**words, "against": summary.revision, **fields}


def late(client, summary, **fields):
    return client.post(change(summary), typed(summary, **fields))


def fields(answer):
    """Return what the form that merges holds, as a browser would send it."""
    forms = Forms(answer.content.decode()).forms
    return next(form.fields for form in forms if "put_together" in form.names)


def asked(answer):
    """Return the differences of a page, by their titles."""
    shown = [one for _, passages in answer.context["texts"] for one in passages]
    shown += answer.context["fields"]
    return {one["title"]: one for one in shown if one["kind"] == "difference"}


def choosing(answer, choice):
    return {one["key"]: choice for one in asked(answer).values()}


def put_together(client, summary, answer, **chosen):
    sent = {**fields(answer), "put_together": "1", **chosen}
    return client.post(change(summary), sent)


def test_a_late_save_loses_neither_text(as_writer, desk, overtaken):
    answer = late(as_writer, overtaken, drafting_note="N", reason="Clearer.")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert answer.context["said"].startswith("Maren Holt saved at ")
    assert (LostText.objects.get().body, fresh(overtaken).body) == (WRITERS, EDITORS)
    words = re.sub(r"<[^>]+>", "", page)
    assert [w for w in (EDITORS + " " + WRITERS).split() if w not in words] == []
    assert fields(answer)["reason"] == "Clearer."


def test_each_difference_says_who_changed_what(as_writer, overtaken):
    answer = late(as_writer, overtaken, drafting_note="N")

    chosen = {
        title: [one["value"] for one in difference["options"] if one["checked"]]
        for title, difference in asked(answer).items()
    }

    assert chosen == {
        "Passage 1: only the text that stands changed it": ["standing"],
        "Passage 2: both changed it, not alike": [],
        "Passage 3: only the kept text changed it": ["kept"],
        "Note on the drafting: only the kept text changed it": ["kept"],
    }
    assert (answer.context["count"], answer.context["open_count"]) == (4, 1)


def test_what_was_chosen_is_put_together_read_and_saved(as_writer, desk, overtaken):
    answer = late(as_writer, overtaken, drafting_note="N", reason="Clearer.")
    key = asked(answer)["Passage 2: both changed it, not alike"]["key"]

    answer = put_together(as_writer, overtaken, answer, **{key: "both"})
    form = answer.context["form"]
    whole = (
        "A rest helps.\n\nTake 10 mg at night.\n\nTake 2 mg at night.\n\n"
        "See a doctor at once."
    )
    assert (form["body"].value(), form["drafting_note"].value()) == (whole, "N")
    assert "Take 2 mg at night." in answer.context["preview"]
    assert fresh(overtaken).body == EDITORS

    (sent,) = [
        one.fields
        for one in Forms(answer.content.decode()).forms
        if "short_answer" in one.names
    ]
    as_writer.post(change(overtaken), {**sent, "save": "1"})

    row, lost = fresh(overtaken).history.first(), LostText.objects.get()
    assert (row.body, row.history_user) == (whole, desk.writer)
    assert row.history_change_reason == (
        f"Merged the kept text no. {lost.pk}. Clearer."
    )
    assert kept_texts(overtaken) == []


def test_what_is_not_chosen_yet_is_named_and_the_rest_is_kept(as_writer, overtaken):
    answer = late(as_writer, overtaken)
    first = asked(answer)["Passage 1: only the text that stands changed it"]["key"]

    answer = put_together(as_writer, overtaken, answer, **{first: "kept"})

    page = answer.content.decode()
    (missing,) = answer.context["undecided"]
    assert missing["title"] == "Passage 2: both changed it, not alike"
    assert f'href="#{missing["key"]}-standing"' in page
    assert f'id="{missing["key"]}-standing"' in page
    assert fields(answer)[first] == "kept"
    assert fresh(overtaken).revision == 2


@pytest.mark.parametrize("odd", ["", "neither", "\x00", "x" * 9_000, "<b>"])
def test_an_odd_choice_chooses_nothing(as_writer, overtaken, odd):
    answer = late(as_writer, overtaken)
    key = asked(answer)["Passage 2: both changed it, not alike"]["key"]

    answer = put_together(as_writer, overtaken, answer, **{key: odd})

    assert [one["key"] for one in answer.context["undecided"]] == [key]


def test_a_text_that_moves_on_meanwhile_is_noticed(as_writer, desk, overtaken):
    answer = late(as_writer, overtaken)
    key = asked(answer)["Passage 2: both changed it, not alike"]["key"]
    desk.revise(overtaken, EDITORS + "\n\nOne more.", by=desk.editor)

    answer = put_together(as_writer, overtaken, answer, **{key: "kept"})

    assert answer.status_code == 409
    assert answer.context["said"].startswith("Maren Holt saved revision 3 at ")
    assert fields(answer)[key] == "kept"
    answer = put_together(as_writer, overtaken, answer)
    assert answer.context["form"]["body"].value() == (
        WRITERS.replace("Rest", "A rest") + "\n\nOne more."
    )


def test_a_merge_that_is_overtaken_is_kept_and_settles_both(as_writer, desk, overtaken):
    answer = late(as_writer, overtaken)
    first = LostText.objects.get()
    desk.revise(overtaken, "Third words.", by=desk.editor)

    merged = typed(overtaken, body="Merged words.", against=2, kept=first.pk)
    answer = as_writer.post(change(overtaken), merged)

    assert [one.body for one in kept_texts(overtaken)] == ["Merged words.", WRITERS]
    answer = put_together(as_writer, overtaken, answer, **choosing(answer, "kept"))
    sent = answer.context["form"].data
    as_writer.post(
        change(overtaken), {**sent, "against": 3, "kept": answer.context["kept"]}
    )
    assert fresh(overtaken).body == "Merged words."
    assert kept_texts(overtaken) == []


def test_taking_nothing_of_the_kept_text_leads_to_leaving_it_out(as_writer, overtaken):
    answer = late(as_writer, overtaken)

    answer = put_together(as_writer, overtaken, answer, **choosing(answer, "standing"))

    assert "the text that stands, word for word" in answer.context["said"]
    assert fresh(overtaken).revision == 2


def test_a_text_in_review_is_not_merged_and_its_kept_text_is_read(as_writer, desk):
    summary = desk.draft()
    workflow.submit_for_review(summary, by=desk.writer)

    answer = late(as_writer, summary)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "This summary is in review" in answer.context["said"]
    assert "Recall the text from review" in page
    assert "put_together" not in page
    assert "See a doctor at once." in page
    assert put_together_blindly(as_writer, summary).context["read"]


def put_together_blindly(client, summary, **sent):
    sent = {"kept": LostText.objects.get().pk, "put_together": "1", **sent}
    return client.post(change(summary), sent)


def test_a_medical_reviewer_reads_a_kept_text_and_merges_nothing(
    as_writer, desk, overtaken
):
    late(as_writer, overtaken)
    as_writer.force_login(desk.reviewer)

    page = as_writer.get(place(overtaken)).content.decode()
    refused = [
        put_together_blindly(as_writer, overtaken),
        as_writer.post(place(overtaken, way="leave-out/"), {"why": ""}),
    ]

    assert "Writers and editors merge kept texts." in page
    assert "put_together" not in page
    assert [answer.status_code for answer in refused] == [403, 403]
