"""How long `verify` takes over 100,000 revisions, and how much memory.

    .venv/bin/python tests/benchmarks/verifying.py [REVISIONS]
    .venv/bin/python tests/postgres.py .venv/bin/python tests/benchmarks/verifying.py

The site is made by bulk insert with the guards away; they are put back, and the log
takes the rows in as the migration that began it does, before `verify` looks.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parents[2]
REVISIONS_EACH = 100
WORDS = (
    "Most people inherit the changed copy from their father [@pmid:11784876].\n\n" * 30
)


def fill(revisions):
    """Write that many revisions, a hundred of each summary, and sign each summary."""
    from django.apps import apps
    from django.core.management import call_command
    from django.db import connection, transaction

    from editorial import guards
    from tests.builders import Desk

    call_command("migrate", verbosity=0)
    desk = Desk()
    first = desk.live()
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        guards.drop()
        for start in range(0, revisions // REVISIONS_EACH, 50):
            fifty = range(start, min(start + 50, revisions // REVISIONS_EACH))
            write(first, [condition(desk, number) for number in fifty])
        with connection.cursor() as cursor:
            for table in ("editorial_signoff", "conditions_publication"):
                cursor.execute(f"UPDATE {table} SET root = ''")
            for table in ("conditions_proof", "editorial_logentry"):
                cursor.execute(f"DELETE FROM {table}")
        for name in ("0006_what_was_there", "0008_who_had_which_role"):
            import_module(f"editorial.migrations.{name}").adopt(apps, None)
        guards.install()


def condition(desk, number):
    from tests.builders import make_condition

    return make_condition(desk.editor, slug=f"c-{number}", name=f"disorder {number}")


def write(first, conditions):
    """Write the summary, the revisions, the sign-off and the page of each condition."""
    by = first.history.order_by("revision")[0]
    for one in conditions:
        rows = list(revisions_of(first, one))
        rows[-1].save_base(raw=True, force_insert=True)
        history = type(first).history.model
        history._base_manager.bulk_create(
            [recorded(history, row, rows[-1].pk, by) for row in rows], batch_size=100
        )
        sign(first, rows[-1], one)


def revisions_of(first, one):
    for number in range(1, REVISIONS_EACH + 1):
        row = type(first)(
            condition=one, question=first.question, language="en", move="revise"
        )
        row.short_answer, row.body = f"Answer {number}.", f"{WORDS}Text {number}."
        row.wrote_text, row.revision, row.status = True, number, "reviewed"
        yield row


def recorded(history, row, pk, by):
    fields = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
    return history(
        **{**fields, "id": pk},
        history_date=by.history_date + timedelta(seconds=row.revision),
        history_type="~",
        history_user_id=by.history_user_id,
    )


def sign(first, row, one):
    """Copy the real edition, its sign-off and its publication for another text."""
    from conditions import content
    from conditions.models import Edition, Page, Publication
    from editorial.models import SignOff

    edition, signed = (
        Edition.objects.get(
            page__question=first.question, page__condition=first.condition
        ),
        SignOff.objects.filter(summary=first).get(),
    )
    page = Page(condition=one, question=first.question)
    page.save()
    words = json.loads(edition.content)
    words |= {"short_answer": row.short_answer, "body": row.body}
    text = content.canonical(words)
    record = json.loads(edition.record)
    record |= {"address": page.address, "content_sha256": content.sha256(text)}
    said = content.canonical(record)
    made = Edition.objects.create(
        page=page,
        number=1,
        content=text,
        content_sha256=content.sha256(text),
        record=said,
        record_sha256=content.sha256(said),
    )
    signed.pk, signed._state.adding, signed.summary = None, True, row
    signed.revision_read = row.history.get(revision=row.revision)
    signed.content_sha256 = made.content_sha256
    signed.save()
    Publication.objects.create(
        page=page, number=1, kind="published", edition=made, at=signed.signed_at
    )
    page.live_edition = made
    page.save()


# The peak of a child that `wait` tells begins with that of its large parent.
WATCHED = """
import atexit, re, runpy, sys
from pathlib import Path

def tell():
    status = Path("/proc/self/status").read_text()
    print(re.search(r"VmHWM:\\s+(\\d+)", status)[1], file=sys.stderr)

atexit.register(tell)
del sys.argv[0]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def measure():
    """Run the command in a process of its own; return what it says and its peak."""
    command = [
        sys.executable,
        "-c",
        WATCHED,
        str(ROOT / "manage.py"),
        "verify",
        "--json",
    ]
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - started
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return json.loads(done.stdout), seconds, int(done.stderr.split()[-1]) / 1024


def main(revisions):
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory(prefix="verify") as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/db.sqlite3")
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        import django

        django.setup()
        from django.db import connection

        fill(revisions)
        connection.close()
        said, seconds, peak = measure()
        rows = said["counts"]["editorial_historicalsummary"]
        print(
            f"{connection.vendor}: {rows} revisions, {said['size']} entries, "
            f"{sum(said['counts'].values())} rows: {said['seconds']} s "
            f"({seconds:.1f} s with the start), {peak:.0f} MB at most"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 100_000)
