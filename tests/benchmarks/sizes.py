"""How long the largest and the worst inputs take, and how much memory.

    .venv/bin/python tests/benchmarks/sizes.py

Each runs in a process of its own that may take no more than a gigabyte. Exit code 1
where one takes over a second or 200 MB.
"""

import multiprocessing
import os
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from conditions import compare, markup, typesetting  # noqa: E402
from editorial import changes, limits, merging, readability  # noqa: E402
from editorial.desk.review import passages  # noqa: E402
from editorial.rules import MoveRefused  # noqa: E402
from editorial.templatetags.framing import framed  # noqa: E402
from editorial.writing import Text  # noqa: E402

SECONDS, MEGABYTES = 1.0, 200
MOST = limits.BODY
MEGABYTE = 1_000_000


def filled(unit, size=MOST):
    return (unit * (size // len(unit) + 1))[:size]


# Far beyond the limits: refused with a sentence.
TOO_LARGE = {
    "1 MB short answer": {"short_answer": filled("word ", MEGABYTE)},
    "20 MB body": {"body": filled("word ", 20 * MEGABYTE)},
    "one line of 4 MB": {"body": "a" * 4 * MEGABYTE},
    "4 MB of marks on one letter": {"body": "a" + filled("\u0301\u0327", 4 * MEGABYTE)},
    "1,000,000 citations": {"body": filled("[@a] ", 5 * MEGABYTE)},
    "table of 50,000 rows": {"body": "| a |\n|---|\n" + "| 1 |\n" * 50_000},
    "2,000 lists in lists, 4 MB": {
        "body": "\n".join(" " * 2 * n + "- a" for n in range(2_000))
    },
    "100,000 lines": {"body": "a\n" * 100_000},
    "10,000 paragraphs of a letter": {"body": "a\n\n" * 10_000},
    "1 MB note on the drafting": {"drafting_note": "a" * MEGABYTE},
}
# Within the limit, and as bad as we know how.
WORST = {
    "words": filled("word and "),
    "items of one letter": filled("- a\n"),
    "lists in lists": filled("- " * 10_000 + "\n"),
    "quotes": filled("> a\n\n"),
    "quotes in quotes": filled("> " * 10_000),
    "emphasis": filled("*a* "),
    "emphasis in emphasis": "*_" * 10_000 + "a" + "_*" * 10_000,
    "open marks": filled("**a* "),
    "brackets": filled("[a "),
    "links": filled("[a](https://e.org/) "),
    "a link without end": "[a](https://e.org/" + "(" * (MOST - 20),
    "citations": filled("x [@a] "),
    "headings": filled("## a\n"),
    "rows": "| a | b |\n|---|---|\n" + filled("| 1 | 2 |\n", MOST - 30),
    "tables": filled("| a |\n|---|\n| b |\n\n"),
    "blanks, then a bar": " " * (MOST - 3) + "|x",
    "blanks in a line": "a" + " " * (MOST - 2) + "b",
    "paragraphs of a letter": filled("a\n\n"),
    "marks on letters": filled("a\u0301\u0327\u0323"),
    "two words": filled("aa bb aa "),
    "look-alikes": filled("аsid "),
}


def within(body):
    """Return as much of a body as the limits let through."""
    return "\n".join(body[:MOST].split("\n")[: limits.LINES])


def refuse(text):
    try:
        Text(**{"short_answer": "", "body": "", **text}).settled()
    except MoveRefused as refusal:
        return str(refusal)
    raise SystemExit("not refused")


def write(body):
    """Save, preview and measure a body."""
    text = markup.normalise(body)
    try:
        markup.check(text)
    except markup.MarkupError as error:
        readability.measure(text)
        return str(error)
    readability.measure(text)
    typesetting.preview_html(content(text))
    return "shown"


def review(body):
    """Show a body to a reviewer: whole, and what is odd in it."""
    for block in passages.whole(content(markup.normalise(body))):
        framed(block["html"])
    changes.hidden(content(body))
    changes.odd(content(body))
    return "shown"


def differ(body):
    """Show what changed where every second line did."""
    changed = (line[:-1] + "z" * (n % 2) for n, line in enumerate(body.split("\n")))
    compare.passages(body, "\n".join(changed))
    return "shown"


def rewritten(body):
    compare.passages(body, WORST["words"][::-1])
    return "shown"


def merge(body):
    merging.of_body(body[: MOST // 2], body, body[::-1])
    return "shown"


def content(body):
    condition = {"slug": "a", "name": "b", "abbreviation": "", "synonyms": []}
    condition |= {"genes": [], "identifiers": []}
    try:
        keys = markup.citations(body)
    except markup.MarkupError:
        keys = []
    source = {"kind": "web", "title": "t", "authors": "", "container": "", "year": 2000}
    source |= dict.fromkeys(("pmid", "pmcid", "doi", "nct", "accessed_on"), "")
    source |= {"url": "https://a.b", "retracted_on": ""}
    return {
        "language": "en",
        "condition": condition,
        "question": {"slug": "q", "text": "Q?"},
        "short_answer": "a",
        "body": body,
        "take_part": {"trial_search": "", "community": None},
        "sources": [{**source, "key": key} for key in keys],
        "authors": ["a"],
        "drafting": {"how": "person", "note": ""},
        "disclaimer": "d",
    }


def cases():
    for name, text in TOO_LARGE.items():
        yield name, refuse, (text,)
    for name, body in WORST.items():
        for act in (write, review, differ, rewritten, merge):
            yield f"{name}: {act.__name__}", act, (within(body),)


def measured(act, given, pipe):
    resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    said = act(*given)
    took = time.process_time() - start
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    pipe.send((took, grown, said))


def main():
    fork, worst = multiprocessing.get_context("fork"), 0
    for name, act, given in cases():
        here, there = fork.Pipe(duplex=False)
        child = fork.Process(target=measured, args=(act, given, there))
        child.start()
        there.close()
        try:
            took, grown, said = here.recv()
        except EOFError:
            took, grown, said = 0.0, 0.0, "died"
        child.join()
        bad = took > SECONDS or grown > MEGABYTES or said == "died"
        worst += bad
        print(f"{took:6.2f} s {grown:6.0f} MB {'!' * bad:1} {name}: {said[:70]}")
    sys.exit(bool(worst))


if __name__ == "__main__":
    main()
