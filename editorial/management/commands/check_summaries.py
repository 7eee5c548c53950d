"""Runs preflight over drafts, or over files before anybody brings them in."""

import json
from collections.abc import Iterator
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from conditions import markup
from editorial import preflight
from editorial.checks.finding import Finding, Severity
from editorial.checks.ruleset import BadRules
from editorial.importing import files
from editorial.importing.draft import ImportProblem
from editorial.importing.unread import text_of
from editorial.manuscript import Manuscript
from editorial.models import Summary

Looked = tuple[
    str, list[Finding], str
]  # name, what was found, why it was not looked at


class Command(BaseCommand):
    help = (
        "Checks the medical text of files (.txt, .md), or of every summary that is not "
        "set aside. Exit code 1 when anything blocks."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", metavar="PATH", nargs="*")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *, paths: list[str], format: str, **options: Any) -> None:
        looked = list(_files(paths) if paths else _summaries())
        tell = self._as_json if format == "json" else self._as_text
        tell(looked)
        held = sum(bool(why or preflight.blocking(found)) for _, found, why in looked)
        if held:
            raise CommandError(f"{held} of {len(looked)} would be held back.")

    def _as_json(self, looked: list[Looked]) -> None:
        told = [
            {"name": name, "findings": [one.as_json() for one in found], "refused": why}
            for name, found, why in looked
        ]
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))

    def _as_text(self, looked: list[Looked]) -> None:
        for name, found, why in looked:
            self.stdout.write(name)
            if why:
                self.stdout.write(f"  not looked at: {why}")
            for one in found:
                words = f" “{one.words[:60]}”" if one.words else ""
                where = one.place.field.replace("_", " ")
                self.stdout.write(
                    f"  {one.code} {Severity(one.severity).value:<6} {where}:{words} "
                    f"{one.message}"
                )


def _files(paths: list[str]) -> Iterator[Looked]:
    for path in files.walk(paths):
        try:
            yield files.shown(str(path)), preflight.look(text_of(path)), ""
        except (ImportProblem, markup.MarkupError) as problem:
            yield files.shown(str(path)), [], str(problem)
        except BadRules as error:
            raise CommandError(str(error)) from error


def _summaries() -> Iterator[Looked]:
    rows = Summary.objects.filter(set_aside=False).select_related(
        "condition", "question"
    )
    for summary in rows.order_by("condition__slug", "question__slug").iterator(500):
        name = f"{summary.condition.slug}/{summary.question.slug}"
        try:
            yield name, preflight.look(preflight.of(Manuscript(summary))), ""
        except markup.MarkupError as error:
            yield name, [], str(error)
        except BadRules as error:
            raise CommandError(str(error)) from error
