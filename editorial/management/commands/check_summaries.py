"""Runs preflight over drafts, or over files before anybody brings them in."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from conditions import markup
from editorial import preflight, rules
from editorial.checks.finding import Finding, Severity
from editorial.checks.ruleset import BadRules
from editorial.dossier import Dossier
from editorial.importing import files
from editorial.importing.draft import ImportProblem
from editorial.importing.unread import text_of
from editorial.models import Summary, WrittenReason


@dataclass(frozen=True)
class Looked:
    """What was found under a name; `refused` says why a text was not looked at."""

    name: str
    found: list[Finding] = field(default_factory=list)
    refused: str = ""
    reasons: Mapping[str, WrittenReason] = field(default_factory=dict)

    @property
    def is_held(self) -> bool:
        """Whether it would not be submitted, whatever reason is written."""
        return bool(self.refused or preflight.blocking(self.found))

    @property
    def waits(self) -> bool:
        """Whether whoever submits it must write a reason."""
        needing = preflight.needing(self.found)
        return any(one.key not in self.reasons for one in needing)

    def reason(self, one: Finding) -> str:
        """Return the reason that stands for a finding, or ""."""
        row = self.reasons.get(one.key)
        return row.reason if row else ""


class Command(BaseCommand):
    help = (
        "Checks the medical text of files (.txt, .md), or of every summary that is not "
        "set aside. Exit code 1 when anything would be held back from review."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", metavar="PATH", nargs="*")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *, paths: list[str], format: str, **options: Any) -> None:
        try:
            looked = list(_files(paths) if paths else _summaries())
        except BadRules as error:
            raise CommandError(str(error)) from error
        tell = self._as_json if format == "json" else self._as_text
        tell(looked)
        if held := sum(one.is_held for one in looked):
            raise CommandError(f"{held} of {len(looked)} would be held back.")

    def _as_json(self, looked: list[Looked]) -> None:
        told = [
            {
                "name": text.name,
                "findings": [
                    {**one.as_json(), "reason": text.reason(one)} for one in text.found
                ],
                "refused": text.refused,
                "held_back": text.is_held,
            }
            for text in looked
        ]
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))

    def _as_text(self, looked: list[Looked]) -> None:
        for text in looked:
            self.stdout.write(text.name)
            if text.refused:
                self.stdout.write(f"  held back: {text.refused}")
            for one in text.found:
                words = f" “{one.words[:60]}”" if one.words else ""
                where = one.place.field.replace("_", " ")
                self.stdout.write(
                    f"  {one.code} {Severity(one.severity).value:<6} {where}:{words} "
                    f"{one.message}"
                )
                if reason := text.reason(one):
                    self.stdout.write(f"             reason: {reason}")
        if waiting := sum(text.waits for text in looked):
            self.stdout.write(f"{waiting} of {len(looked)} need a reason.")


def _files(paths: list[str]) -> Iterator[Looked]:
    for path in files.walk(paths):
        name = files.shown(str(path))
        try:
            yield Looked(name, preflight.look(text_of(path)))
        except (ImportProblem, markup.MarkupError) as problem:
            yield Looked(name, refused=str(problem))


def _summaries() -> Iterator[Looked]:
    rows = Summary.objects.filter(set_aside=False).select_related(
        "condition", "question"
    )
    for summary in rows.order_by("condition__slug", "question__slug").iterator(500):
        known = Dossier(summary)
        name = f"{summary.condition.slug}/{summary.question.slug}"
        refused = " ".join(rules.faults(known))
        yield Looked(name, known.findings, refused, known.reasons)
