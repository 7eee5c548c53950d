"""Reads rendered HTML back against its source, mark by mark, and knows no parser."""

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from string import punctuation
from typing import NoReturn

# A quote is "> " and a letter, opening marks aside: ">60" and "> 5" keep their sign.
QUOTED = r"> [\"'\u201c\u2018«„*_(\[@]*[^\W\d_]"

_WORD = re.compile(r"\S+")
_BLANKS = re.compile(r"\s*")
_QUOTED_BLANKS = re.compile(
    rf"(?:[^\S\n]*\n[ \t]*(?:>(?=[ \t]*(?:\n|\Z))|(?={QUOTED})>))*\s*"
)
_CITATION = re.compile(r"(?:\[@[^\]]*\])+")

_ROW = "give this table row as many cells as its header, each row closed by |"
_HASH = "put a backslash before # to show it, or leave it out"
_MARK = "put a backslash before a mark that is to be shown"
_COUNT = "count the items of a numbered list 1, 2, 3, or put a word before the number"
_CITE = "name the sources of this citation again"
_QUOTE = "begin each line of a quote with > and a letter, or say it in words"

# What a tag of the page must be in the source; a lone * beside digits is never a mark.
_OPENS = {
    "h2": (re.compile(r"##(?!#)"), _HASH),
    "h3": (re.compile(r"###(?!#)"), _HASH),
    "em": (re.compile(r"(?<!\d)(?:(?<!\d )[*_]|[*_](?!\d))"), _MARK),
    "strong": (re.compile(r"(?<!\d)(?:\*\*|__)"), _MARK),
    "blockquote": (re.compile(rf"(?={QUOTED})>"), _QUOTE),
    "tr": (re.compile(r"\|?"), _ROW),
}
_CLOSES = {
    "em": (re.compile(r"[*_](?!\d)"), _MARK),
    "strong": (re.compile(r"(?:\*\*|__)(?!\d)"), _MARK),
    "tr": (re.compile(r"[^\S\n]*(?:\|[ \t]*)?(?=\n|\Z)"), _ROW),
    "thead": (re.compile(r"(?=[^\n]*\|)[ \t|:-]+(?=\n|\Z)"), _ROW),
}
_CELL = re.compile(r"[^\S\n]*\|(?=[ \t]*\S)")
_BULLET = re.compile(r"[-*](?=\s|\Z)")


class MarkupError(ValueError):
    """The refusal of a text: one sentence, and the line (from 1) where it is known."""

    def __init__(self, sentence: str, line: int | None = None) -> None:
        super().__init__(sentence if line is None else f"Line {line}: {sentence}")
        self.line = line


def proofread(source: str, html: str, numbers: Mapping[str, int]) -> None:
    """Raise MarkupError unless `html` shows every mark of `source`, once, in order.

    Only markup that the page shows in its own way (a bullet, a heading, a link's
    address, a citation's number, ...) may be missing from the words, and each such
    mark must stand in the source where the page has its tag.
    """
    reader = _Reader(source, numbers)
    reader.feed(html)
    reader.close()
    reader.finish()


class _Reader(HTMLParser):
    def __init__(self, source: str, numbers: Mapping[str, int]) -> None:
        super().__init__(convert_charrefs=True)
        self.source, self.numbers = source, numbers
        self.at = 0
        self.lists: list[int | None] = []  # items so far; None where they are bullets
        self.first_cell = self.quoted = False
        self.href = ""
        self.cited: list[int] | None = None  # inside <sup>: the numbers it must show

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _OPENS:
            self.expect(*_OPENS[tag])
        if tag == "blockquote":
            self.quoted = True
        elif tag in ("ul", "ol"):
            self.lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            self.open_item()
        elif tag == "tr":
            self.first_cell = True
        elif tag in ("th", "td"):
            self.open_cell()
        elif tag == "sup":
            self.open_citation()
        elif tag == "a" and self.cited is None:
            self.href = dict(attrs).get("href") or ""
            self.expect(re.compile(r"\["), _MARK)

    def handle_endtag(self, tag: str) -> None:
        if tag in _CLOSES:
            self.expect(*_CLOSES[tag])
        elif tag == "blockquote":
            self.skip()
            self.quoted = False
        elif tag in ("ul", "ol"):
            self.lists.pop()
        elif tag == "sup":
            if self.cited:
                self.refuse(_CITE)
            self.cited = None
        elif tag == "a" and self.cited is None:
            self.expect(re.compile(re.escape(f"]({self.href})")), _MARK)

    def handle_data(self, data: str) -> None:
        if self.cited is not None:
            self.read_numbers(data)
            return
        for number, word in enumerate(_WORD.finditer(data)):
            start = self.at
            self.skip()
            if number and start == self.at:
                self.refuse(_MARK)
            self.read(word[0])

    def finish(self) -> None:
        self.skip()
        if self.at < len(self.source):
            self.refuse(_MARK)

    def skip(self) -> None:
        blanks = _QUOTED_BLANKS if self.quoted else _BLANKS
        found = blanks.match(self.source, self.at)
        assert found  # both patterns match no blanks as well
        self.at = found.end()

    def expect(self, mark: re.Pattern[str], advice: str) -> str:
        # A cell and a row end on their own line; the next line's | is another row's.
        if mark not in (_CELL, _CLOSES["tr"][0]):
            self.skip()
        found = mark.match(self.source, self.at)
        if not found:
            self.refuse(advice)
        self.at = found.end()
        return found[0]

    def read(self, word: str) -> None:
        if "\\" not in word and self.source.startswith(word, self.at):
            self.at += len(word)
            return
        for character in word:
            escaped = self.source[self.at : self.at + 2]
            if escaped[:1] == "\\" and escaped[1:] and escaped[1] in punctuation:
                self.at += 1
            if not self.source.startswith(character, self.at):
                self.refuse(_MARK)
            self.at += 1

    def open_item(self) -> None:
        before = self.lists.pop()
        if before is None:
            self.expect(_BULLET, _MARK)
        else:
            self.expect(re.compile(rf"{before + 1}\.(?=\s|\Z)"), _COUNT)
        self.lists.append(None if before is None else before + 1)

    def open_cell(self) -> None:
        if not self.first_cell:
            self.expect(_CELL, _ROW)
        self.first_cell = False

    def open_citation(self) -> None:
        groups = re.findall(r"\[([^\]]*)", self.expect(_CITATION, _MARK))
        keys = [key.strip()[1:] for group in groups for key in group.split(";")]
        self.cited = [self.numbers[key] for key in keys]

    def read_numbers(self, data: str) -> None:
        for shown in re.findall(r"\d+", data):
            if not self.cited or int(shown) != self.cited.pop(0):
                self.refuse(_CITE)

    def refuse(self, advice: str) -> NoReturn:
        line = self.source.count("\n", 0, self.at) + 1
        words = self.source[self.at : self.at + 40].lstrip().split("\n")[0]
        if self.quoted and words.startswith(">"):
            advice = _QUOTE
        raise MarkupError(f"“{words}” would not be shown as typed; {advice}.", line)
