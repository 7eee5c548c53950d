"""The longest text that is taken, the sentence for a longer one, and nothing lost."""

import pytest
from django.core.exceptions import ValidationError

from conditions.models import Reviewer
from editorial import catalogue, importing, limits, publishing, workflow, writing
from editorial.models import Summary
from editorial.rules import MoveRefused
from tests.builders import SHORT, Desk, fresh, sign

pytestmark = pytest.mark.django_db
WORD = "word "


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def as_writer(client, desk):
    client.force_login(desk.writer)
    return client


def long(characters):
    return (WORD * characters)[:characters].strip().ljust(characters, "x")


@pytest.mark.parametrize("name", limits.TEXTS)
def test_a_text_at_its_limit_is_saved_and_one_letter_more_is_refused(desk, name):
    summary, most = desk.draft(), limits.TEXTS[name]
    words = {"short_answer": SHORT, "body": "One."}

    writing.revise(
        summary,
        by=desk.writer,
        text=writing.Text(**{**words, name: long(most)}),
        against=1,
    )
    with pytest.raises(MoveRefused) as refused:
        writing.revise(
            summary,
            by=desk.writer,
            text=writing.Text(**{**words, name: long(most + 1)}),
            against=2,
        )

    assert getattr(fresh(summary), name) == long(most)
    assert str(refused.value) == (
        f"The {name.replace('_', ' ')} has {most + 1:,} characters and may have "
        f"{most:,}: shorten it. A part of it may belong under another question."
    )


def test_a_text_that_is_too_long_comes_back_whole_and_says_so_once(as_writer, desk):
    summary, body = desk.draft(), long(limits.BODY + 7)
    typed = {"short_answer": SHORT, "body": body, "drafting": "person", "against": 1}

    page = as_writer.post(f"/admin/editorial/summary/{summary.pk}/change/", typed)

    html = page.content.decode()
    assert body in html
    assert html.count("The body has 50,007 characters and may have 50,000") == 2
    assert "50,007 of 50,000 characters." in html
    assert fresh(summary).revision == 1


def test_a_preview_tells_what_is_used_before_the_limit_is_reached(as_writer, desk):
    summary = desk.draft()
    address = f"/admin/editorial/summary/{summary.pk}/live/"
    told = {
        size: as_writer.post(address, {"body": long(size), "against": 1}).json()
        for size in (30_000, 45_000, 50_001)
    }

    assert "characters" not in told[30_000]["told"]["body"]
    assert told[45_000]["told"]["body"].endswith(" 45,000 of 50,000 characters.")
    assert told[45_000]["faults"] == {}
    assert told[50_001]["told"]["body"] == "50,001 of 50,000 characters."
    assert told[50_001]["faults"]["body"].endswith("under another question.")


def test_the_form_says_each_limit(as_writer, desk):
    page = as_writer.get(f"/admin/editorial/summary/{desk.draft().pk}/change/")

    for most in limits.TEXTS.values():
        assert f"Up to {most:,} characters." in page.content.decode()


def test_an_import_of_a_long_text_is_refused_with_the_limit(desk, tmp_path):
    file = tmp_path / "long.md"
    file.write_text(
        f"""---
condition:
  slug: {desk.condition.slug}
  name: {desk.condition.name}
question:
  slug: {desk.question.slug}
  pattern: {desk.question.pattern}
short_answer: Short.
---
{long(limits.BODY + 1)}
"""
    )

    for dry_run in (True, False):
        outcome = importing.bring_in(
            importing.read(file), by=desk.writer, dry_run=dry_run
        )
        assert outcome.why.startswith("The body has 50,001 characters")
    assert not Summary.objects.exists()


def test_a_text_from_before_the_limit_is_sent_to_no_reviewer(desk):
    summary = desk.draft()
    row = workflow.lock(summary)
    row.body = long(limits.BODY + 1)
    workflow.write(row, "revise", by=desk.writer, reason="", wrote_text=True)

    with pytest.raises(MoveRefused, match="The body has 50,001 characters"):
        workflow.submit_for_review(summary, by=desk.writer)


def test_a_reason_has_a_limit_whatever_the_way_in(desk):
    with pytest.raises(MoveRefused, match="The reason has 5,001 characters"):
        workflow.submit_for_review(desk.draft(), by=desk.writer, reason=long(5_001))


def test_what_readers_are_told_has_a_limit_and_no_hidden_sign(desk):
    summary = desk.in_review()
    for said, sentence in (
        ({"interests": long(1_001)}, "The declaration has 1,001 characters"),
        ({"interests": "no\u202ene"}, "U\\+202E"),
    ):
        with pytest.raises(MoveRefused, match=sentence):
            sign(summary, by=desk.reviewer, **said)
    summary = desk.sign(summary)
    for note in (long(5_001), "gone\u200b"):
        with pytest.raises(MoveRefused, match="note to readers"):
            publishing.withdraw(summary, by=desk.editor, reason="A doubt.", note=note)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"synonyms": ["name"] * 101}, "Give at most 100 of them."),
        ({"synonyms": [long(301)]}, "has 301 characters and may have 300"),
    ],
)
def test_lists_of_the_catalogue_are_bounded_whatever_the_way_in(desk, fields, sentence):
    for name, value in fields.items():
        setattr(desk.condition, name, value)

    with pytest.raises(ValidationError, match=sentence):
        catalogue.save(desk.condition, by=desk.editor)


def test_a_biography_is_no_book(desk):
    byline = Reviewer.objects.get()
    byline.biography = long(5_001)

    with pytest.raises(ValidationError, match="The biography has 5,001 characters"):
        catalogue.save(byline, by=desk.editor)
