"""Citations in a text, `[@pmid:1; @doi:10.1/x]`: their grammar and their HTML."""

import re
from collections import Counter
from collections.abc import Mapping, MutableMapping, Sequence
from typing import Any

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from conditions.proofreading import MarkupError

KEY = r"[A-Za-z][A-Za-z0-9_.-]*(?::[^\s;\]]+)?"

_OPENING = re.compile(r"\[\s*@")
_GROUP = rf"\[@{KEY}(?:\s*;\s*@{KEY})*\s*\]"
# Groups that touch are one: "[@a][@b]" shown as two numbers would read as 12.
_GROUPS = re.compile(rf"(?:{_GROUP})+")
# "1[@a].5" would be "1.5" to whoever reads the words alone.
_JOINED = re.compile(r"[.,]?\w")
_CITED = re.compile(rf"[\[;]\s*@({KEY})")


def line_of(state: StateInline) -> int:
    """Return the line, from 1, of the place that the parser has reached."""
    line: int = state.env["line"]
    return line + state.src.count("\n", 0, state.pos)


def citation(state: StateInline, silent: bool) -> bool:
    """Read the citations at this place of a paragraph: a rule of markdown-it.

    Raises MarkupError where a bracket opens like a citation and is none.
    """
    if not _OPENING.match(state.src, state.pos):
        return False
    line = line_of(state)
    found = _GROUPS.match(state.src, state.pos, state.posMax)
    if not found:
        words = state.src[state.pos : state.pos + 40].split("\n")[0]
        raise MarkupError(
            f"“{words}” is not a citation; write [@pmid:16642017] or "
            "[@pmid:1; @doi:10.1/x], or \\[ to show the bracket.",
            line,
        )
    if _JOINED.match(state.src, found.end()):
        raise MarkupError(
            f"“{found[0][:40]}” runs into the word after it; put a blank between them.",
            line,
        )
    if state.pending.endswith(" "):
        # No line begins with a citation; without a blank, "10 [1]" would read as 101.
        state.pending = state.pending[:-1] + "\u00a0"
    token = state.push("citation", "sup", 0)
    token.meta = {"keys": _CITED.findall(found[0]), "line": line}
    state.pos = found.end()
    return True


def render_citation(
    renderer: object,
    tokens: Sequence[Token],
    index: int,
    options: object,
    env: MutableMapping[str, Any],
) -> str:
    """Return the numbers of one citation as links to the source list."""
    seen: Counter[int] = env["seen"]
    links = []
    for key in tokens[index].meta["keys"]:
        number = _number(key, env["numbers"], tokens[index].meta["line"])
        seen[number] += 1
        links.append(
            f'<a href="#source-{number}" id="cite-{number}-{seen[number]}"'
            f' aria-label="Source {number}">{number}</a>'
        )
    return f'<sup class="cite">{", ".join(links)}</sup>'


def _number(key: str, numbers: Mapping[str, int], line: int) -> int:
    if key not in numbers:
        raise MarkupError(
            f"the source {key} is cited here and is not in the list of sources; "
            "add it or correct the key.",
            line,
        )
    return numbers[key]
