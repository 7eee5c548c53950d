"""The log: every act is in it, in one order, in one tree, and with what it wrote."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from conditions import content
from conditions.models import Edition, Proof, Publication
from editorial import (
    accounts,
    guards,
    kept_rows,
    log,
    merkle,
    publishing,
    workflow,
    writing,
)
from editorial.models import LogEntry, SignOff
from editorial.rules import MoveRefused
from editorial.states import Role
from editorial.writing import Conflict
from tests.builders import Desk, sign

pytestmark = pytest.mark.django_db
# What an entry is about itself, or what proves one: no entry holds their hash.
OF_THE_LOG = (LogEntry, Proof)


def entries(**where):
    return [json.loads(one.entry) for one in LogEntry.objects.filter(**where)]


def newest():
    return json.loads(LogEntry.objects.last().entry)


def test_every_kept_row_is_in_the_log_once_with_its_hash():
    desk = Desk()
    summary = desk.withdrawn()
    with pytest.raises(PermissionDenied):
        sign(summary, by=desk.writer)

    logged = {one["row"]: one["sha256"] for one in entries() if one["row"]}

    assert logged == {
        kept_rows.name(model, row[model._meta.pk.attname]): kept_rows.sha256(row)
        for model in guards.kept_models()
        if model not in OF_THE_LOG
        for row in model._base_manager.values()
    }


def test_a_whole_day_is_told_in_order():
    desk = Desk()
    before = log.size()
    summary = desk.withdrawn()
    publishing.reinstate(summary, by=desk.editor, reason="All is well.")

    assert [one["act"] for one in entries(number__gt=before)] == [
        "start",
        "submit_for_review",
        "passages_read",
        *("signed", "edition", "published", "sign_off"),
        *("withdrawn", "withdraw"),
        *("reinstated", "reinstate"),
    ]


def test_entries_are_numbered_without_gaps():
    Desk().withdrawn()

    numbers = [one["number"] for one in entries()]

    assert numbers == list(range(1, len(numbers) + 1))


def test_an_entry_names_who_did_what_when_and_to_what(time_machine):
    time_machine.move_to("2026-05-08 10:12:00+00:00", tick=False)
    desk = Desk()
    summary = desk.draft()

    row = summary.history.get()
    assert newest() == {
        "schema": 1,
        "number": log.size(),
        "at": "2026-05-08T10:12:00.000000+00:00",
        "by": desk.writer.pk,
        "name": "Tomás Rey",
        "act": "start",
        "about": f"summary:{summary.pk}",
        "row": f"editorial_historicalsummary:{row.pk}",
        "sha256": kept_rows.sha256(type(row).objects.values().get()),
        "facts": {},
    }


def test_the_printed_name_stays_as_it_was():
    desk = Desk()
    desk.draft()
    desk.writer.last_name = "Marsh"
    desk.writer.save()

    assert newest()["name"] == "Tomás Rey"


def test_an_act_that_fails_leaves_no_entry():
    desk = Desk()
    summary = desk.live()
    before = log.size()

    with transaction.atomic():
        workflow.start_revision(summary, by=desk.writer)
        transaction.set_rollback(True)

    assert log.size() == before


def test_a_refused_signing_is_in_the_log():
    desk = Desk()
    summary = desk.in_review()

    with pytest.raises(MoveRefused):
        sign(summary, by=desk.reviewer, password="a guess")

    said = newest()
    assert (said["act"], said["name"]) == ("signing_refused", "Ines Falk")
    assert said["about"] == f"summary:{summary.pk}"


def test_a_kept_text_is_in_the_log():
    desk = Desk()
    summary = desk.draft()
    desk.revise(summary, "Newer words.")
    late = desk.text("Late words.")

    with pytest.raises(Conflict):
        writing.revise(summary, by=desk.editor, text=late, against=1)

    assert newest()["act"] == "text_kept"


def test_a_credential_that_is_taken_back_is_in_the_log():
    desk = Desk()
    changed = {"first_name": "Ines", "last_name": "Falk", "email": "new@example.org"}
    people = desk.reviewer.reviewer_account.verified_by
    accounts.change(desk.reviewer, **changed, roles=[Role.MEDICAL_REVIEWER], by=people)

    assert [one["act"] for one in entries()][-2:] == [
        "account",
        "credential_taken_back",
    ]


def test_a_role_that_is_given_is_in_the_log():
    desk = Desk()
    people = desk.reviewer.reviewer_account.verified_by
    names = {"first_name": "Tomás", "last_name": "Rey", "email": desk.writer.email}

    accounts.change(desk.writer, **names, roles=[Role.WRITER, Role.EDITOR], by=people)

    said = newest()
    assert (said["act"], said["about"]) == ("account", f"user:{desk.writer.pk}")
    assert said["facts"]["words"] == "Changed roles: writer → editor, writer."


def test_each_signature_and_publication_commits_to_all_before_it():
    Desk().withdrawn()

    for model in (SignOff, Publication):
        for row in model.objects.all():
            place = LogEntry.objects.get(row=kept_rows.name(model, row.pk)).number
            assert row.root == log.Tree(place - 1).root()


def test_the_tree_is_the_one_of_the_entries():
    Desk().withdrawn()

    texts = LogEntry.objects.values_list("entry", flat=True)
    leaves = [merkle.leaf(text) for text in texts]
    nodes = {(0, place): leaf for place, leaf in enumerate(leaves)}

    def node(level, place):
        if (level, place) not in nodes:
            nodes[level, place] = merkle.parent(
                node(level - 1, 2 * place), node(level - 1, 2 * place + 1)
            )
        return nodes[level, place]

    assert log.Tree(len(leaves)).root() == merkle.root(len(leaves), node).hex()


def test_an_edition_has_a_proof_of_its_own_entry():
    desk = Desk()
    desk.live()

    edition = Edition.objects.get()
    proof, entry = edition.proof, content.parse(edition.proof.entry)
    assert entry["facts"]["record_sha256"] == edition.record_sha256
    assert entry["facts"]["content_sha256"] == edition.content_sha256
    assert entry["facts"]["address"] == edition.page.address
    assert proof.path.split() == log.Tree(proof.size).inclusion(proof.number)
    assert proof.root == log.Tree(proof.size).root()


def test_an_entry_costs_a_fixed_number_of_queries(django_assert_num_queries):
    desk, on_sqlite = Desk(), connection.vendor == "sqlite"

    # The size, the tree’s peaks and the row; before them the lock of PostgreSQL.
    with django_assert_num_queries(3 if on_sqlite else 4):
        log.enter("looked_at", by=desk.writer)


def test_an_act_of_several_entries_asks_for_the_tree_once(settings):
    settings.PUBLISH_ON_SIGN_OFF = True
    desk = Desk()
    summary, before = desk.in_review(), log.size()
    with CaptureQueriesContext(connection) as sent:
        sign(summary, by=desk.reviewer)

    acts = LogEntry.objects.filter(number__gt=before).values_list("act", flat=True)
    # Two acts: what was read is kept before it is signed.
    assert [*acts] == ["passages_read", "signed", "edition", "published", "sign_off"]
    assert [one["sql"] for one in sent].count(log.SIZE) == 2


def test_a_root_is_of_what_stands_before_the_next_entry():
    desk = Desk()
    root, size = log.held().root(), log.size()

    log.enter("looked_at", by=desk.writer)

    assert log.Tree(size).root() == root


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE editorial_logentry SET act = 'other' WHERE number = 1",
        "DELETE FROM editorial_logentry WHERE number = 1",
        "UPDATE conditions_proof SET root = ''",
        "DELETE FROM conditions_proof",
        "INSERT INTO editorial_logentry (number, act, about, entry, nodes) "
        "VALUES (1, 'x', '', '{}', '')",
    ],
)
def test_the_database_keeps_the_log_as_it_is(sql):
    Desk().live()

    with (
        pytest.raises(DatabaseError, match=r"(logentry|proof) "),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
