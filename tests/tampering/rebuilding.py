"""A log written anew over altered rows, as the owner of a database could write it.

Every hash agrees afterwards, so that only what the rows say of each other is left to
find the alteration, and a root that was kept elsewhere.
"""

import json

from django.db import connection

from conditions import content
from conditions.models import Edition, Proof
from editorial import guards, kept_rows, merkle
from editorial.models import LogEntry


def run(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.rowcount


def rebuild(*, roots_stay_in="", facts=True, settled=True):
    """Make the log, its tree, its roots and its proofs agree with the rows.

    What is false or named stays as it is: the roots in a table, the facts of editions,
    and the entries themselves.
    """
    rows = {
        kept_rows.name(model, values[model._meta.pk.attname]): values
        for model in guards.kept_models()
        if model not in (LogEntry, Proof)
        for values in model._base_manager.values()
    }
    edge, size = {}, 0

    def node(level, place):
        return edge[level]

    for number, old, nodes in LogEntry.objects.values_list("number", "entry", "nodes"):
        said = json.loads(old)
        if said["row"]:
            stays = said["row"].startswith(roots_stay_in or "-")
            root = "" if stays else merkle.root(size, node).hex()
            _take_up(said, rows.get(said["row"]), root, facts)
        size, entry = size + 1, content.canonical(said) if settled else old
        done = merkle.completed(size, merkle.leaf(entry), node)
        edge[len(done) - 1] = done[-1]
        told = " ".join(one.hex() for one in done)
        if (entry, told) != (old, nodes):
            sql = (
                "UPDATE editorial_logentry SET entry = %s, nodes = %s WHERE number = %s"
            )
            run(sql, entry, told, number)
        if (said["row"] or "").startswith("conditions_edition:"):
            path = " ".join(one.hex() for one in merkle.inclusion(size, size, node))
            _prove(said["row"], entry, size, path, merkle.root(size, node).hex())


def _take_up(said, values, root, facts):
    """Vouch for the row as it is now; one that is gone is vouched for as before."""
    if not values:
        return
    table, _, pk = said["row"].partition(":")
    if root and values.get("root") not in (None, root):
        values["root"] = root
        run(f"UPDATE {table} SET root = %s WHERE id = %s", root, pk)
    said["sha256"] = kept_rows.sha256(values)
    if table == Edition._meta.db_table and facts:
        for name in ("content_sha256", "record_sha256"):
            said["facts"][name] = values[name]


def _prove(row, entry, size, path, root):
    table = Proof._meta.db_table
    run(
        f"UPDATE {table} SET entry = %s, number = %s, size = %s, path = %s, root = %s "
        "WHERE edition_id = %s",
        *(entry, size, size, path, root, row.partition(":")[2]),
    )
