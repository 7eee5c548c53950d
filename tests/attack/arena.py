"""A database of its own to be attacked: migrated, and filled by the real verbs."""

import os
import sqlite3
from contextlib import contextmanager
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import connections, transaction
from django.db.models import QuerySet
from django.db.utils import load_backend

from conditions import content
from conditions.models import Edition, Page, Publication
from editorial import clock, commenting, signoff, triage, workflow, writing
from editorial.models import Decision, SignOff, Summary
from tests.builders import Desk, make_question, make_report, sign
from tests.saying import say

OLD = datetime(2026, 3, 2, 9, tzinfo=UTC)


@contextmanager
def arena(folder):
    """Put a copy of the tests' database in its place, and a newsroom into that."""
    kept = connections["default"]
    name, drop = _copy(kept, folder)
    config = kept.settings_dict | {"NAME": name}
    connections["default"] = load_backend(config["ENGINE"]).DatabaseWrapper(config)
    try:
        yield newsroom()
    finally:
        connections["default"].close()
        connections["default"] = kept
        drop()


def _copy(kept, folder):
    name = f"arena_{os.getpid()}"
    if kept.vendor == "sqlite":
        name = str(folder / f"{name}.sqlite3")
        with kept.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [name])
        return name, lambda: None
    original = kept.settings_dict["NAME"]
    kept.close()
    with kept._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {original}")

    def drop():
        with kept._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")

    return name, drop


def newsroom():
    """One text in review over a live page, one page withdrawn, one draft; all kept."""
    with clock.moved_to(OLD):
        desk = Desk()
        others = [
            make_question(
                desk.editor, slug=slug, pattern=f"What {slug} {{condition}}?", order=n
            )
            for n, slug in enumerate(("is", "causes"), 2)
        ]
        withdrawn = desk.withdrawn()
    first = desk.question
    desk.question = others[0]
    with clock.moved_to(OLD + timedelta(days=1)):
        live = desk.new_edition(desk.live(), "A second text [@gard-poh].")
        again = workflow.start_revision(live, by=desk.writer)
        again = desk.revise(again, "A third text [@gard-poh; @pmid:11784876].")
        with pytest.raises(writing.Conflict):
            writing.revise(again, by=desk.writer, text=desk.text("Late."), against=1)
        again = workflow.submit_for_review(again, by=desk.writer)
        remark = say(again, by=desk.editor, quote="A third text")
        commenting.answer(remark, by=desk.writer, words="It is.")
        with pytest.raises(signoff.NotIdentified):
            sign(again, by=desk.reviewer, password="guess")
    report = make_report(Edition.objects.order_by("pk").first())
    said = {"decision": Decision.NOT_AN_ERROR, "reason": "It is right."}
    triage.decide(report, by=desk.editor, **said)
    desk.question = others[1]
    draft = workflow.recall(desk.reasoned(), by=desk.writer, reason="A slip.")
    desk.question = first
    return SimpleNamespace(desk=desk, withdrawn=withdrawn, ready=again, draft=draft)


def newest(model, **where):
    """Return the columns of a table's last row."""
    rows = QuerySet(model).filter(**where).order_by("-pk")
    return rows.values()[:1].get()


def put(model, row, *, replace=False):
    """Insert a row past the verbs; or, on SQLite, over whatever is in its way."""

    def over(execute, sql, *rest):
        return execute(sql.replace("INSERT INTO", "INSERT OR REPLACE INTO"), *rest)

    made = [model(**row)]
    if not replace:
        return QuerySet(model).bulk_create(made)
    here = connections["default"]
    here.connection.execute("PRAGMA recursive_triggers = OFF")  # as a raw client has it
    try:
        with here.execute_wrapper(over):
            return QuerySet(model).bulk_create(made)
    finally:
        here.connection.execute("PRAGMA recursive_triggers = ON")


class Undo(Exception):
    """Ends a transaction that is to leave nothing behind."""


def genuine(world):
    """Return the rows that signing the text in review would write, and write none."""
    if not hasattr(world, "genuine"):
        world.genuine = _sign_and_undo(world)
    return deepcopy(world.genuine)


def _sign_and_undo(world):
    try:
        with transaction.atomic():
            sign(world.ready, by=world.desk.reviewer)
            history = Summary.history.model
            found = {
                "signoff": newest(SignOff),
                "edition": newest(Edition),
                "publication": newest(Publication),
                "history": newest(history, id=world.ready.pk),
                "summary": newest(Summary, pk=world.ready.pk),
                "page": newest(Page, pk=newest(Edition)["page_id"]),
            }
            raise Undo
    except Undo:
        return found


def forge(world, *, words=(), told=(), upto="history", replace="", **changed):
    """Write what signing would, with something false in it, up to one of the rows.

    `words` are put into the content and `told` into the record, hashed as they should
    be; `changed` are columns of one of the rows.
    """
    rows = genuine(world)
    signed, edition = rows["signoff"], rows["edition"]
    text = content.canonical(content.parse(edition["content"]) | dict(words))
    sha256 = content.sha256(text)
    signature = changed.pop("signature", {})
    signed["signature"] = content.canonical(
        content.parse(signed["signature"]) | signature
    )
    record = content.parse(edition["record"]) | {"content_sha256": sha256}
    record["signatures"] = [content.parse(signed["signature"])]
    record = content.canonical(record | dict(told))
    signed["content_sha256"] = sha256
    edition |= {"content": text, "content_sha256": sha256, "record": record}
    edition["record_sha256"] = content.sha256(record)
    for name, columns in changed.items():
        rows[name] |= columns
    write(rows, upto, replace)
    return rows


def write(rows, upto, replace):
    """Insert and update in the order in which the verb does."""
    history = Summary.history.model
    inserted = {"signoff": SignOff, "edition": Edition, "publication": Publication}
    for name in ("signoff", "edition", "publication", "page", "summary", "history"):
        row = rows[name]
        if name in inserted:
            put(inserted[name], row, replace=replace == name)
        elif name == "history":
            put(history, row, replace=replace == name)
        else:
            model = Page if name == "page" else Summary
            QuerySet(model).filter(pk=row["id"]).update(**row)
        if name == upto:
            return


@contextmanager
def raw_client():
    """A program of somebody else's that opens the SQLite file."""
    client = sqlite3.connect(connections["default"].settings_dict["NAME"])
    try:
        yield client
    finally:
        client.rollback()
        client.close()
