"""How long each thing that people type may be: said here alone, told before and at it.

Every text within these limits is checked, shown, compared and signed in under two
seconds. Fields with a column of a fixed width have their limit in the model.
"""

# Characters. A body of this length takes forty minutes to read.
BODY, SHORT_ANSWER = 50_000, 2_000
REASON, WITHDRAWAL_NOTE = 5_000, 5_000
NOTE, DRAFTING_NOTE, INTERESTS = 300, 300, 1_000
BIOGRAPHY = 5_000
# Synonyms, genes and identifiers of one condition.
ITEMS, ITEM = 100, 300
TEXTS = {"short_answer": SHORT_ANSWER, "body": BODY}

_NEAR = 0.8  # of a limit: from there on a writer is told how much is left


def too_long(name: str, words: str, most: int) -> str:
    """Return what to do with words that are too many, or "" for words that are not."""
    if len(words) <= most:
        return ""
    return (
        f"The {name} has {len(words):,} characters and may have {most:,}: shorten it."
    )


def text_too_long(name: str, words: str) -> str:
    """Return what to do with a short answer or a body that is too long, or ""."""
    why = too_long(name.replace("_", " "), words, TEXTS[name])
    return f"{why} A part of it may belong under another question." if why else ""


def nearing(name: str, words: str) -> str:
    """Return how much of a text's limit is used, once most of it is, else ""."""
    most = TEXTS[name]
    if len(words) < _NEAR * most:
        return ""
    return f" {len(words):,} of {most:,} characters."
