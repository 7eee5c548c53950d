"""What every verb demands of typed words: that there are some, and not too many.

Reads words alone; what else a verb asks is in `rules`.
"""

from conditions import markup
from editorial import limits
from editorial.rules import MoveRefused


def need(words: str, sentence: str) -> None:
    """Raise MoveRefused with the sentence when no words were given."""
    if not words.strip():
        raise MoveRefused(sentence)


def fit(name: str, words: str, most: int) -> None:
    """Raise MoveRefused for words that are too many, or that nobody would see."""
    if why := limits.too_long(name, words, most):
        raise MoveRefused(why)
    try:
        markup.check_visible(words)
    except markup.MarkupError as error:
        raise MoveRefused(f"The {name}: {error}") from error
