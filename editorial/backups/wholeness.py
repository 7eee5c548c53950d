"""Whether a database that was just restored is whole; the one place that asks."""

from collections.abc import Sequence

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from editorial import guards, health, verifying
from editorial.backups.files import Refused
from editorial.backups.progress import Progress, untold
from editorial.verifying.heads import Head

OURS = ("conditions", "editorial")
CHECK = "Now run: manage.py check --database default"
VERIFY = "Then run: manage.py verify, with --against where a root was kept"


def left_to_do(
    against: Sequence[Head] = (),
    its_own: Head | None = None,
    progress: Progress = untold,
) -> list[str]:
    """Return what an operator does next; raise Refused where nobody may serve it.

    Every row is read and held against the log, and the log against the roots kept; it
    ends at the head that was written with the copy, `its_own`.
    """
    if unknown := _migrations_of_newer_code():
        raise Refused(
            f"The copy was made by newer code: nobody here knows {', '.join(unknown)}. "
            "It is restored; serve it with that code."
        )
    if missing := health.missing_migrations():
        # Guards and rows are held against what this code has, so after that alone.
        return [*missing, *_rights(), CHECK, VERIFY]
    if found := guards.differences():
        raise Refused(
            f"The copy is restored, but its guards are not as they were: "
            f"{'; '.join(found)}. Use another copy."
        )
    with progress(verifying.rows_to_read(), " rows") as tick:
        report = verifying.verify(against, lambda: tick(1))
    _refuse_unverified(report)
    _refuse_another(report.head, its_own)
    return [*_rights(), CHECK]


def _refuse_another(there: Head, its_own: Head | None) -> None:
    if its_own and (there.size, there.root) != (its_own.size, its_own.root):
        raise Refused(
            "The copy is restored and agrees with itself, but it is not the one that "
            f"{its_own.file} was written with: that log had {its_own.size} entries and "
            f"the root {its_own.root}, this one has {there.size} and {there.root}. Use "
            "the copy and the head that were written together, in a new database."
        )


def _refuse_unverified(report: verifying.Report) -> None:
    wrong = dict(report.found.findings)
    older = wrong.pop("kept_root", None)
    if wrong:
        said = " ".join(one.sentence for one in wrong.values())
        raise Refused(
            f"The copy is restored, but it does not verify: {said} Use another copy."
        )
    if older:
        raise Refused(
            "The copy is restored and agrees with itself, but not with a root that "
            f"was kept: {older.sentence} What was done since that copy is not in it. "
            "Use a newer copy if there is one, in a new database."
        )


def _rights() -> list[str]:
    """A copy holds nobody's rights, since its roles may not be those of this server."""
    if connection.vendor == "sqlite":
        return []
    return ["Where the site has a role of its own, run: manage.py database_role"]


def _migrations_of_newer_code() -> list[str]:
    loader = MigrationExecutor(connection).loader
    return [
        f"{app}.{name}"
        for app, name in sorted(loader.applied_migrations)
        if app in OURS and (app, name) not in loader.disk_migrations
    ]
