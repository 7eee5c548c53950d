"""Enters the rights of every account that no entry states yet, as they are today.

Entries of before said roles in words. From here on each states them as facts, which
`verify` adds up; who held which role before this day the log cannot tell.
"""

from datetime import UTC, datetime

from django.db import migrations

from conditions import content
from editorial import log, merkle, rights


def adopt(apps, schema_editor):
    Entry = apps.get_model("editorial", "LogEntry")
    User = apps.get_model("editorial", "User")
    entries = Entry._base_manager
    if schema_editor and schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SELECT pg_advisory_xact_lock(%s)", [log.LOCK])
    number = entries.count()

    def node(level, place):
        nodes = entries.get(number=merkle.completed_by(level, place)).nodes
        return bytes.fromhex(nodes.split()[level])

    for user in User._base_manager.order_by("pk"):
        about = f"user:{user.pk}"
        if entries.filter(about=about, entry__contains='"after":{').exists():
            continue
        number += 1
        entry = content.canonical(said(number, about, user))
        nodes = merkle.completed(number, merkle.leaf(entry), node)
        entries.create(
            number=number,
            act="adopted",
            about=about,
            row=None,
            entry=entry,
            nodes=" ".join(one.hex() for one in nodes),
        )


def said(number, about, user):
    after = rights.of(user, user.groups.values_list("name", flat=True))
    return {
        "schema": 1,
        "number": number,
        "at": datetime.now(UTC).isoformat(timespec="microseconds"),
        "by": None,
        "name": "",
        "act": "adopted",
        "about": about,
        "row": None,
        "sha256": None,
        "facts": {"after": after},
    }


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("editorial", "0007_the_shared_cache"),
    ]

    # Nothing is taken back: an entry of the log stays, and a second way here adds none.
    operations = [migrations.RunPython(adopt, migrations.RunPython.noop)]
