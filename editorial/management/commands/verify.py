"""Checks every hash, number and signature against the rows and the log."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from editorial import verifying
from editorial.management.progress import bar
from editorial.verifying import heads


class Command(BaseCommand):
    help = (
        "Recomputes every hash of the log, the history, the sign-offs, the editions "
        "and the pages. Exit code 1 when anything is wrong."
    )
    # A missing guard is one of the things to be found, not a reason not to look.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head",
            type=Path,
            metavar="FILE",
            help="write the root of the log there, if all is well; keep it elsewhere",
        )
        parser.add_argument(
            "--against",
            type=Path,
            action="append",
            default=[],
            metavar="FILE",
            help="a root that was kept, or a reader’s proof.json, review.json or "
            "evidence.zip: find a database rolled back or rebuilt since",
        )
        parser.add_argument("--json", action="store_true", help="for machines")

    def handle(
        self,
        *,
        head: Path | None,
        against: list[Path],
        **options: Any,
    ) -> None:
        try:
            report = _verify(
                [heads.read(path) for path in against], quiet=options["json"]
            )
            if head and report.is_good:
                heads.write(report.head, head)
        except heads.NotAHead as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from error
        except DatabaseError as error:
            raise CommandError(
                f"The database cannot be read: {str(error).strip()}. Is it there, and "
                "did manage.py migrate run?"
            ) from error
        tell = _as_json if options["json"] else _in_words
        self.stdout.write(tell(report))
        if head and not report.is_good:
            self.stderr.write(f"{head} was not written: keep no root of a bad log.")
        if not report.is_good:
            sys.exit(1)


def _verify(kept: list[heads.Head], *, quiet: bool) -> verifying.Report:
    with (
        verifying.snapshot(),
        bar(verifying.rows_to_read(), " rows", quiet=quiet) as tick,
    ):
        return verifying.verify(kept, lambda: tick(1))


def _as_json(report: verifying.Report) -> str:
    head = asdict(report.head)
    del head["file"]
    said = {
        "ok": report.is_good,
        **head,
        "counts": report.counts,
        "findings": [asdict(one) for one in report.found.findings.values()],
        "notes": [asdict(one) for one in report.found.notes.values()],
        "seconds": report.seconds,
    }
    return json.dumps(said, indent=2, ensure_ascii=False)


def _in_words(report: verifying.Report) -> str:
    lines = []
    for label, told in (
        ("WRONG", report.found.findings),
        ("Note", report.found.notes),
    ):
        for one in told.values():
            more = f" And {one.others} more of this kind." if one.others else ""
            lines.append(f"{label}: {one.sentence}{more}")
    rows = sum(report.counts.values())
    lines.append(f"{rows} rows read in {report.seconds} s.")
    if report.is_good:
        lines.append(
            f"All agrees. Root of the log of {report.head.size} entries:\n"
            f"{report.head.root}"
        )
    else:
        lines.append(
            "Not verified. Each line names the first bad row of its kind: stop the "
            "site, keep this database as it is, and compare it with a backup."
        )
    return "\n".join(lines)
