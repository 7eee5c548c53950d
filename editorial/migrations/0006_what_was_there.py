"""Enters every kept row of before the log, in the order of time, and proves editions.

What was done before cannot be told from its rows as well as the acts themselves tell
it: each entry says `adopted`, and vouches for the row from this day on, not before.
"""

from datetime import UTC, datetime

from django.db import migrations
from django.db.migrations.exceptions import IrreversibleError

from conditions import content
from editorial import kept_rows, merkle

KEPT = {
    "conditions": {
        "HistoricalCondition": "history_date",
        "HistoricalQuestion": "history_date",
        "HistoricalReviewer": "history_date",
        "HistoricalSource": "history_date",
        "Edition": None,
        "Publication": "at",
    },
    "editorial": {
        "HistoricalReviewerAccount": "history_date",
        "HistoricalSummary": "history_date",
        "SignOff": "signed_at",
        "RefusedSigning": "at",
        "LostText": "at",
    },
}


def adopt(apps, schema_editor):
    entries, nodes, editions = [], {}, []
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    for _, name, values in sorted(rows(apps), key=lambda row: row[:2]):
        number = len(entries) + 1
        entry = content.canonical(
            {
                "schema": 1,
                "number": number,
                "at": now,
                "by": None,
                "name": "",
                "act": "adopted",
                "about": "",
                "row": name,
                "sha256": kept_rows.sha256(values),
                "facts": {
                    fact: values[fact]
                    for fact in ("content_sha256", "record_sha256")
                    if fact in values and "record_sha256" in values
                },
            }
        )
        done = merkle.completed(
            number, merkle.leaf(entry), lambda *node: nodes[node]
        )
        for level, node in enumerate(done):
            nodes[level, (number >> level) - 1] = node
        entries.append((number, name, entry, done))
        if name.startswith("conditions_edition:"):
            editions.append((values["id"], number, entry))
    apps.get_model("editorial", "LogEntry")._base_manager.bulk_create(
        [
            apps.get_model("editorial", "LogEntry")(
                number=number,
                act="adopted",
                row=name,
                entry=entry,
                nodes=" ".join(node.hex() for node in done),
            )
            for number, name, entry, done in entries
        ],
        batch_size=500,
    )
    for edition in editions:
        prove(apps, *edition, lambda *node: nodes[node])


def rows(apps):
    """Yield when, name and columns of every kept row; an edition comes with its time."""
    for app, models in KEPT.items():
        for label, when in models.items():
            model = apps.get_model(app, label)
            key = model._meta.pk.attname
            for values in model._base_manager.order_by(key).values():
                at = values[when] if when else signed_at(apps, values)
                yield at, kept_rows.name(model, values[key]), values


def signed_at(apps, edition):
    """Return the last signature's time, so that an edition stands before its acts."""
    record = content.parse(edition["record"])
    return max(datetime.fromisoformat(one["at"]) for one in record["signatures"])


def prove(apps, edition, number, entry, node):
    apps.get_model("conditions", "Proof")._base_manager.create(
        edition_id=edition,
        entry=entry,
        number=number,
        size=number,
        path=" ".join(one.hex() for one in merkle.inclusion(number, number, node)),
        root=merkle.root(number, node).hex(),
    )


def refuse_to_lose(apps, schema_editor):
    """Behind this the log's own table goes, and the record of every act with it."""
    acts = apps.get_model("editorial", "LogEntry")._base_manager.count()
    if acts:
        raise IrreversibleError(f"The log holds {acts} acts: going back loses them.")


class Migration(migrations.Migration):
    dependencies = [
        ("editorial", "0005_log"),
    ]

    operations = [
        migrations.RunPython(adopt, refuse_to_lose),
    ]
