"""One kind of line end, and one composition of each letter (NFC).

In a time that no text can stretch.
"""

import re
import unicodedata

HIGHEST = 8  # marks on one letter; no language has half of that

_MARKS = "".join(
    re.escape(sign)
    for sign in map(chr, range(0x300, 0x20000))  # those after are ideographs and tags
    if unicodedata.combining(sign)
)
_STACK = re.compile(f"[{_MARKS}]{{{HIGHEST + 1}}}")


def composed(text: str) -> str:
    """Return the text in NFC; as it is where marks are heaped on one letter.

    To put a long heap of marks in order takes a time that grows with its square: a
    few hundred thousand of them would hold a process up for an hour.
    """
    if text.isascii() or heap(text) >= 0:
        return text
    return unicodedata.normalize("NFC", text)


def heap(text: str) -> int:
    """Return the place at which too many marks are heaped on one letter, or -1."""
    found = _STACK.search(text)
    return found.start() if found else -1


def line_feeds(text: str) -> str:
    """Return the text with LF at the end of each line, as it is stored."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
