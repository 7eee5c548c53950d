"""Writes the evidence of one page: every edition, signature, act and proof of it."""

import os
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from conditions import content
from conditions.models import LANGUAGE, Page
from editorial import evidence


class Command(BaseCommand):
    help = "Writes all that shows how a page came to be, to be checked offline."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("condition", metavar="CONDITION", help="its slug")
        parser.add_argument("question", metavar="QUESTION", help="its slug")
        parser.add_argument(
            "--to",
            type=Path,
            metavar="FILE",
            help="default: CONDITION-QUESTION.zip here; an older one is replaced",
        )

    def handle(
        self,
        *,
        condition: str,
        question: str,
        to: Path | None,
        verbosity: int,
        **options: Any,
    ) -> None:
        page = Page.objects.filter(
            condition__slug=condition, question__slug=question, language=LANGUAGE
        ).first()
        if not page:
            raise CommandError(
                f"No edition of {condition}/{question} was ever signed: there is "
                "nothing to show. The slugs are those of the page's address."
            )
        path = to or Path(f"{condition}-{question}.zip")
        half = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            evidence.write(page, half)
            half.replace(path)
        except content.Altered as error:
            raise CommandError(f"{error} Run manage.py verify.") from error
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from error
        finally:
            half.unlink(missing_ok=True)
        if verbosity > 1:
            self.stdout.write(str(path))
