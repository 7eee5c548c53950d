"""A parsed text as plain words, for searching, counting and mail."""

import re
from collections.abc import Sequence

from markdown_it.token import Token

# A citation with the blanks before it. Only from the first of them: a match tried from
# each would make a long run of blanks take minutes.
_BEFORE_A_STOP = re.compile(r"(?<![\s\0])\s*\0+(?=[\s.,;:!?)]|\Z)")


def words(inline: Token) -> str:
    """Return the words of one run of text on one line, its citations left out."""
    parts = inline.children or []
    text = "".join("\0" if p.type == "citation" else p.content for p in parts)
    text = _BEFORE_A_STOP.sub("", text).replace("\0", "")
    return re.sub(r"[ \t\n]+", " ", text).strip()


def plain_text(tokens: Sequence[Token]) -> str:
    """Return all words of a text; a blank line parts what stands at the top level."""
    writer = _Writer()
    for token in tokens:
        writer.take(token)
    return "\n\n".join("\n".join(block) for block in writer.blocks if block)


class _Writer:
    def __init__(self) -> None:
        self.blocks: list[list[str]] = []
        self.depth = 0
        self.mark = ""
        self.cells: list[str] | None = None

    def take(self, token: Token) -> None:
        if token.level == 0 and token.nesting == 1:
            self.blocks.append([])
        if token.tag in ("ol", "ul"):
            self.depth += token.nesting
        elif token.type == "list_item_open":
            self.mark = f"{token.info}. " if token.info else "- "
        elif token.type == "tr_open":
            self.cells = []
        elif token.type == "tr_close":
            row, self.cells = " | ".join(self.cells or []), None
            self.write(row)
        elif token.type == "inline" and self.cells is not None:
            self.cells.append(words(token))
        elif token.type == "inline":
            self.write(words(token))

    def write(self, line: str) -> None:
        indent = self.depth - 1 if self.mark else self.depth
        self.blocks[-1].append("  " * indent + self.mark + line)
        self.mark = ""
