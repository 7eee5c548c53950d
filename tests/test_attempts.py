"""Attempts to publish, to date or to sign that must fail, whatever the way in."""

import pytest
from django.contrib import admin
from django.db import DatabaseError, connection, transaction

from conditions import content
from conditions.models import Edition, Page
from editorial import importing, workflow
from editorial.models import SignOff, Summary
from editorial.rules import MoveRefused
from editorial.states import Role
from tests.builders import PASSWORD, Desk, make_reviewer, make_user, read, settle, sign
from tests.walking import Walker

pytestmark = pytest.mark.django_db

TEXT = """\
---
condition:
  slug: progressive-osseous-heteroplasia
  name: progressive osseous heteroplasia
question:
  slug: research
  pattern: What are the most promising research directions for {condition}?
short_answer: Progressive osseous heteroplasia (POH) is a rare disorder.
---
It is rare [@gard-poh].
"""


@pytest.fixture
def desk():
    return Desk()


def test_nobody_signs_a_text_that_they_imported(desk, tmp_path):
    both = make_reviewer("both", "Bo Both", roles=(Role.WRITER,))
    file = tmp_path / "poh.md"
    file.write_text(TEXT)
    outcome = importing.bring_in(importing.read(file), by=both)
    summary = workflow.submit_for_review(outcome.summary, by=desk.writer)

    with pytest.raises(MoveRefused, match="You wrote part of this text"):
        sign(summary, by=both)


def test_no_list_of_the_desk_offers_an_action(desk, rf):
    request = rf.get("/admin/")
    request.user = desk.editor

    offered = {
        model.__name__: list(room.get_actions(request))
        for model, room in admin.site._registry.items()
    }
    assert {name: actions for name, actions in offered.items() if actions} == {}
    assert "Summary" in offered


def test_no_list_of_the_desk_is_edited_in_place():
    assert not any(room.list_editable for room in admin.site._registry.values())


def test_no_form_field_dates_or_publishes(desk, visit):
    summary = desk.in_review()
    read(summary, by=desk.reviewer)
    walker = Walker(visit)
    walker.log_in("ines", PASSWORD)
    walker.go(f"/admin/editorial/summary/{summary.pk}/review/")
    page = walker.text.replace(
        'name="password"',
        'name="password"><input name="signed_on"><input name="at"',
    )
    walker.answer = walker.answer._replace(body=page.encode())

    walker.submit(
        interests="none",
        password=PASSWORD,
        signed_on="1999-01-01",
        at="1999-01-01",
    )

    record = Edition.objects.get().read_record()
    assert "1999" not in Edition.objects.get().record
    assert record["signatures"][0]["at"].startswith(record["signed_on"])


def test_raw_sql_does_not_publish_a_draft(desk):
    desk.draft()
    page = Page.objects.create(condition=desk.condition, question=desk.question)
    digest = content.sha256("{}")
    forged = (page.pk, "{}", digest, "{}", digest)

    with pytest.raises(DatabaseError, match="conditions_edition "):
        execute(
            "INSERT INTO conditions_edition (page_id, number, content, content_sha256, "
            "record, record_sha256) VALUES (%s, 1, %s, %s, %s, %s)",
            forged,
        )


def execute(sql, values):
    with transaction.atomic(), connection.cursor() as cursor:
        settle(cursor)
        cursor.execute(sql, values)


def test_a_superuser_reads_no_draft_and_signs_nothing(desk, visit):
    summary = desk.in_review()
    make_user("root", *Role, superuser=True)
    walker = Walker(visit)
    walker.log_in("root", PASSWORD)

    for screen in ("change", "review", "history", "moves/submit_for_review"):
        status = walker.go(f"/admin/editorial/summary/{summary.pk}/{screen}/")
        assert status in (403, 404)
        assert "soft tissue" not in walker.text
    assert not SignOff.objects.exists()
    assert Summary.objects.get().status == "in_review"
