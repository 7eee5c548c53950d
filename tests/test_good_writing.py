"""The good writing that checks are measured by: whole, importable, and never edited."""

import hashlib
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from conditions import markup
from conditions.grammar import parser
from editorial import importing, readability
from tests.builders import make_editor

TESTS = Path(__file__).parent
TEXTS = sorted((TESTS / "good_writing" / "texts").iterdir())
REWRITE = sorted((TESTS / "plain_rewrite").iterdir())
FINISHED_ON = date(2026, 11, 21)

# To change one of these is to say: the good writing was edited. See its README.
GOOD_WRITING = "81d0d77f872da85de4c2d3930bf4a04884d99f1c1d8f4c59b3697a670d89e5f6"
PLAIN_REWRITE = "f0da72ea2a135861cfff366bcd3da0101083e8acaa7182e23b56836bdeb0a633"


read = cache(importing.read)


def fingerprint(paths):
    """Return the SHA-256 over each file's name and bytes, in order of the names."""
    digest = hashlib.sha256()
    for path in paths:
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.name} {content}\n".encode())
    return digest.hexdigest()


def paragraphs(body):
    """Return the paragraphs at the top level of a body; a lead-in counts as one."""
    tokens = parser().parse(body, {})
    return [
        tokens[index + 1].content
        for index, token in enumerate(tokens)
        if token.type == "paragraph_open" and token.level == 0
    ]


def test_good_writing_was_never_edited():
    assert fingerprint(TEXTS) == GOOD_WRITING


def test_plain_rewrite_was_never_edited():
    assert fingerprint(REWRITE) == PLAIN_REWRITE


def test_good_writing_has_at_least_200_paragraphs():
    bodies = {path.stem: read(path).text["body"] for path in TEXTS}
    counts = {name: len(paragraphs(body)) for name, body in bodies.items()}
    real = {name: n for name, n in counts.items() if name.startswith(("fop-", "poh-"))}

    assert (len(counts), sum(counts.values())) == (28, 265)
    assert (len(real), sum(real.values())) == (14, 117)


@pytest.mark.parametrize("path", TEXTS + REWRITE, ids=lambda path: path.stem)
def test_text_is_read_and_cites_exactly_its_sources(path):
    draft = read(path)
    given = [source.fields["key"] for source in draft.sources]

    assert markup.citations(draft.text["body"]) == given
    assert draft.text["evidence_searched_on"] < FINISHED_ON
    assert readability.measure(draft.text["body"]).grade <= readability.BODY


@pytest.mark.django_db
def test_an_import_takes_every_text():
    run = importing.Run(by=make_editor(), dry_run=True)

    assert {run.bring_in(read(path)).kind for path in TEXTS} == {"start"}


@pytest.mark.django_db
def test_an_import_takes_the_plain_rewrite():
    [path] = REWRITE

    assert importing.Run(by=make_editor()).bring_in(read(path)).kind == "start"
