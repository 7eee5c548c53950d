"""A file's text as the checks read it; what the file leaves out, the catalogue says.

Reads only: nothing of the file is brought in.
"""

from pathlib import Path

from conditions.models import Condition, Question, Source
from editorial import manuscript, preflight
from editorial.checks.text import Text
from editorial.importing import entries, files, matching
from editorial.importing.draft import Asked, Draft


def text_of(path: Path) -> Text:
    """Return what a file would show to readers: of a .txt, the whole page as it stands.

    Raises ImportProblem for a file that could not be brought in.
    """
    draft = files.read(path, as_it_stands=True)
    subject = draft.subject
    named = matching.named(subject) if isinstance(subject, Asked) else subject
    return preflight.gathered(
        entries.find(Condition, named.condition),
        entries.find(Question, named.question),
        short_answer=draft.text.get("short_answer", ""),
        body=draft.text.get("body", ""),
        sources=_sources(draft),
        evidence_searched_on=draft.text.get("evidence_searched_on"),
    )


def _sources(draft: Draft) -> list[Source]:
    """Return the sources that the file lists, and of the rest the catalogue’s."""
    listed = [entries.find(Source, given) for given in draft.sources]
    keys = manuscript.cited(draft.text.get("body", ""))
    rest = set(keys) - {source.key for source in listed}
    return [*listed, *Source.objects.filter(key__in=rest)]
