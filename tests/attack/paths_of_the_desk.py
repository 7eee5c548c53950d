"""Ways to write a text by the verbs and by the screens that the desk does have."""

from contextlib import suppress

import pytest
from django.db import transaction
from django.test import Client

from editorial import catalogue, clock, publishing, workflow
from editorial.models import LostText, Summary
from tests.attack.arena import OLD, Undo
from tests.attack.paths import (
    HISTORY,
    Refused,
    as_it_stands,
    draft,
    no_such_way,
    recorded,
    refused,
)
from tests.builders import BODY, SHORT, fresh, make_user

LIST = "/admin/editorial/summary/"


def sent(user, address, **fields):
    """Send a form of the desk as somebody does; raise Refused where it refuses."""
    client = Client(raise_request_exception=False)
    client.force_login(user)
    answer = client.post(address, fields)
    assert answer.status_code < 500
    if answer.status_code >= 400:
        raise Refused(f"HTTP {answer.status_code}")
    return answer


def typed(world, body, against=None):
    row = draft(world)
    words = {"short_answer": SHORT, "body": body, "drafting": "person", "save": "1"}
    return words | {"against": against or row.revision}


def form(world):
    body = f"{BODY}\n\nMore."
    sent(world.desk.writer, f"{LIST}{world.draft.pk}/change/", **typed(world, body))
    assert draft(world).body == body
    assert draft(world).history.first().history_user == world.desk.writer


def form_without_a_change(world):
    row = draft(world)
    words = typed(world, row.body) | {"short_answer": row.short_answer}
    sent(world.desk.writer, f"{LIST}{row.pk}/change/", **words)


def two_tabs(world):
    address = f"{LIST}{world.draft.pk}/change/"
    first = draft(world).revision
    sent(world.desk.writer, address, **typed(world, "One [@gard-poh]."))
    with pytest.raises(Refused, match="HTTP 409"):
        sent(world.desk.editor, address, **typed(world, "Two [@gard-poh].", first))
    assert draft(world).body == "One [@gard-poh]."
    assert LostText.objects.filter(body="Two [@gard-poh].").count() == 1


def locked(world):
    """Words for a text in review are kept to be merged, and change nothing of it."""
    before, kept = as_it_stands(), LostText.objects.count()
    words = typed(world, "Take two [@gard-poh].", world.ready.revision)
    with pytest.raises(Refused, match="HTTP 409"):
        sent(world.desk.writer, f"{LIST}{world.ready.pk}/change/", **words)
    assert as_it_stands() == before
    assert LostText.objects.count() == kept + 1
    raise Refused("the text is kept to be merged")


def onlooker(address):
    def do(world):
        path = address.format(pk=world.draft.pk, old=draft(world).history.last().pk)
        sent(world.desk.reviewer, path, body="Forged", status="reviewed", save="1")

    return do


def outsider(address):
    """Somebody whose account opens the desk, and who has no role in it."""

    def do(world):
        client = Client()
        client.force_login(make_user("outsider"))
        for name in ("", "history/", "change/"):
            answer = client.get(f"{LIST}{world.draft.pk}/{name}", follow=True)
            assert draft(world).short_answer not in answer.content.decode()
        sent(make_user("another"), address.format(pk=world.draft.pk), body="Forged")
        raise Refused("led to the login")

    return do


def revert(world):
    """An old row of history, sent back as the stock screen would take it."""
    old = HISTORY.objects.filter(id=world.withdrawn.pk).first().pk
    address = f"{LIST}{world.ready.pk}/history/{old}/"
    sent(world.desk.editor, address, status="reviewed", save="1")


def delete_selected(world):
    words = {"action": "delete_selected", "_selected_action": world.draft.pk}
    sent(world.desk.editor, LIST, **words, post="yes")


def edited_in_place(world):
    words = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "_save": "Save"}
    row = {"form-0-id": world.ready.pk, "form-0-status": "reviewed"}
    sent(world.desk.editor, LIST, **words, **row)


def deleted(world):
    sent(world.desk.editor, f"{LIST}{world.draft.pk}/delete/", post="yes")


def at_once(world):
    """Two saves of one moment, by a clock that has gone back to years ago."""
    with clock.moved_to(OLD):
        one = world.desk.revise(draft(world), "One [@gard-poh].")
        two = world.desk.revise(one, "Two [@gard-poh].")
    newest = two.history.first()
    assert newest == two.history.latest()
    before = two.history.all()[1]
    assert (newest.body, before.body) == (two.body, one.body)
    assert newest.history_date == before.history_date == OLD


def forged_on_the_row(world):
    """What is set on a row that a verb is given says nothing of who did it, or when."""
    row = draft(world)
    row._history_user, row._history_date = world.desk.reviewer, OLD
    row = world.desk.revise(row, "One [@gard-poh].")
    newest = row.history.first()
    assert newest.history_user == world.desk.writer
    assert newest.history_date > OLD


def rolled_back(world):
    with suppress(Undo), transaction.atomic():
        world.desk.revise(draft(world), "One [@gard-poh].")
        raise Undo


def renamed(world):
    """A renamed source and condition: what was signed says the old names for ever."""
    desk, before = world.desk, as_it_stands()
    source, condition = desk.sources[1], desk.condition
    for entry, field in ((source, "title"), (condition, "name")):
        entry = type(entry).objects.get(pk=entry.pk)
        setattr(entry, field, "Another name")
        catalogue.save(entry, by=desk.editor)
    assert as_it_stands() == before


def some_fields(world):
    row = workflow.assign(draft(world), by=world.desk.editor, reviewer=None)
    assert row.history.first().history_user == world.desk.editor


def signed(world):
    world.desk.sign(world.ready)
    publishing.withdraw(
        fresh(world.ready), by=world.desk.editor, reason="No.", note="We look."
    )


def from_the_shell(world):
    """No request is open: a verb is told by whom."""
    world.desk.revise(Summary.objects.get(pk=world.draft.pk), "One [@gard-poh].")


OF_THE_DESK = (
    recorded("a verb's save()", from_the_shell),
    recorded("a verb's save(update_fields)", some_fields),
    recorded("a signature and its publication", signed),
    recorded("the change form", form),
    recorded("equal timestamps, and the clock back", at_once),
    recorded("_history_user and _history_date on a row", forged_on_the_row),
    recorded("two tabs", two_tabs),
    recorded("a name as it is today", renamed),
    no_such_way("Save without a change", form_without_a_change),
    no_such_way("rollback leaves nothing", rolled_back),
    no_such_way("delete_selected", delete_selected),
    no_such_way("list_editable", edited_in_place),
    refused("the delete screen", deleted, undone=True),
    refused("state lock, by the form", locked, undone=True),
    refused("view-only POST to the form", onlooker(LIST + "{pk}/change/"), undone=True),
    refused(
        "view-only POST to the history", onlooker(LIST + "{pk}/history/"), undone=True
    ),
    refused(
        "view-only POST to the history form",
        onlooker(LIST + "{pk}/history/{old}/"),
        undone=True,
    ),
    refused("readonly state by a revert", revert, undone=True),
    refused(
        "draft past get_queryset, by the history",
        outsider(LIST + "{pk}/history/"),
        undone=True,
    ),
)
