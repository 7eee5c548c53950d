"""A parsed text as plain words, for searching, counting and mail."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from markdown_it.token import Token

# A citation with the blanks before it. Only from the first of them: a match tried from
# each would make a long run of blanks take minutes.
_BEFORE_A_STOP = re.compile(r"(?<![\s\0])\s*\0+(?=[\s.,;:!?)]|\Z)")


def words(inline: Token, labels: Mapping[str, str] | None = None) -> str:
    """Return the words of one run of text on one line.

    With labels, each citation is [those of its keys], and each link has its address
    behind it; without, both are left out.
    """
    parts = inline.children or []
    text = "".join(_shown(parts, labels))
    text = _BEFORE_A_STOP.sub("", text).replace("\0", "")
    return re.sub(r"[ \t\n]+", " ", text).strip()


def _shown(parts: Iterable[Token], labels: Mapping[str, str] | None) -> Iterator[str]:
    address = ""
    for part in parts:
        yield part.content if part.type != "citation" else _cited(part, labels)
        if part.type == "link_open":
            address = str(part.attrs["href"])
        elif part.type == "link_close" and labels is not None:
            yield f" ({address})"


def _cited(citation: Token, labels: Mapping[str, str] | None) -> str:
    if labels is None:
        return "\0"
    return f"[{', '.join(labels[key] for key in citation.meta['keys'])}]"


def plain_text(tokens: Sequence[Token], labels: Mapping[str, str] | None = None) -> str:
    """Return all words of a text; a blank line parts what stands at the top level."""
    writer = _Writer(labels)
    for token in tokens:
        writer.take(token)
    return "\n\n".join("\n".join(block) for block in writer.blocks if block)


class _Writer:
    def __init__(self, labels: Mapping[str, str] | None) -> None:
        self.labels = labels
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
            self.cells.append(words(token, self.labels))
        elif token.type == "inline":
            self.write(words(token, self.labels))

    def write(self, line: str) -> None:
        indent = self.depth - 1 if self.mark else self.depth
        self.blocks[-1].append("  " * indent + self.mark + line)
        self.mark = ""
