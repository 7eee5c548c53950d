"""Where the sentences of plain words end: the one place that decides it. English."""

import re
from collections.abc import Iterator
from itertools import pairwise

_WORD = re.compile(r"\S+")
_ENDS = re.compile(r"[.!?…][\"'”’»)\]*_]{0,9}$")
_SHORTENED = re.compile(
    r"[(\[“\"']?(?:[A-Za-z]|(?:[a-z]\.)+[a-z]|al|approx|ca|cf|dr|fig|mrs?|ms|prof|vs)\.",
    re.IGNORECASE,
)
# A capital is an initial before a name: “J. Smith”. Before one of these it ends a
# sentence: “… activin A. A study …”. No word is here that is a common surname too.
_CAPITAL = re.compile(r"[A-Z]\.[\"'”’»)\]*_]{0,9}")
_OPENS = re.compile(
    r"(?:A|And|As|At|Because|Both|But|By|Doctors|Each|For|From|If|In|It|Its|Many|Most|No|"
    r"Not|Other|Others|People|Some|That|The|Their|Then|There|These|They|This|Those|We|"
    r"What|When|While|With|Your)(?![\w.’'-])"
)


def ends(word: str, following: str) -> bool:
    """Say whether a sentence ends with a word that another one follows."""
    return (
        bool(_ENDS.search(word))
        and not (_SHORTENED.fullmatch(word) and not _closes(word, following))
        and not following[0].islower()
    )


def _closes(word: str, following: str) -> bool:
    return bool(_CAPITAL.fullmatch(word) and _OPENS.match(following))


def spans(words: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence of a line of plain words begins and ends."""
    found = list(_WORD.finditer(words))
    if not found:
        return
    start = found[0].start()
    for word, after in pairwise(found):
        if ends(word[0], after[0]):
            yield start, word.end()
            start = after.start()
    yield start, found[-1].end()
