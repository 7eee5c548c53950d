"""How long each thing that people type may be: said here alone, told before and at it.

Every text within these limits is checked, shown, compared and signed in about a
second. Fields with a column of a fixed width have their limit in the model.
"""

# Characters. A body of this length takes forty minutes to read.
BODY, SHORT_ANSWER = 50_000, 2_000
LINES = 5_000  # of either; prose of that length has some hundreds
REASON, WITHDRAWAL_NOTE = 5_000, 5_000
NOTE, DRAFTING_NOTE, INTERESTS = 300, 300, 1_000
WRITTEN_REASON = 500
BIOGRAPHY = 5_000
# Of a comment, which is about a passage and no essay; and of what it would put there.
COMMENT, QUOTE, SUGGESTION = 3_000, 1_000, 2_000
# Synonyms, genes and identifiers of one condition.
ITEMS, ITEM = 100, 300
TEXTS = {"short_answer": SHORT_ANSWER, "body": BODY}

_NEAR = 0.8  # of a limit: from there on a writer is told how much is left


def too_long(name: str, words: str, most: int) -> str:
    """Return what to do with words that are too many, or "" for words that are not."""
    return _too_many(name, "characters", len(words), most)


def text_too_long(name: str, words: str) -> str:
    """Return what to do with a short answer or a body that is too long, or ""."""
    name, most = name.replace("_", " "), TEXTS[name]
    why = too_long(name, words, most) or _too_many(
        name, "lines", words.count("\n") + 1, LINES
    )
    return f"{why} A part of it may belong under another question." if why else ""


def _too_many(name: str, what: str, there: int, most: int) -> str:
    if there <= most:
        return ""
    return f"The {name} has {there:,} {what} and may have {most:,}: shorten it."


def nearing(name: str, words: str) -> str:
    """Return how much of a text's limit is used, once most of it is, else ""."""
    most = TEXTS[name]
    if len(words) < _NEAR * most:
        return ""
    return f" {len(words):,} of {most:,} characters."
