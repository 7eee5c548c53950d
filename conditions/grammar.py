"""The Markdown of a text, schema 1: markdown-it's rules, narrowed where they harm."""

import re
from string import punctuation

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, heading, list_block
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, escape

from conditions.citations import citation, line_of, render_citation
from conditions.proofreading import QUOTED, MarkupError

_DEEPEST = 8  # levels of the parser: four lists, one in another

_FIRST_ITEM = re.compile(r"(?:[-*]|1\.)(?=[ \t]|\Z)")
_NEXT_ITEM = re.compile(r"(?:[-*]|\d{1,9}\.)(?=[ \t]|\Z)")
_QUANTITY = re.compile(r"[-*][ \t]+[\d<>=≤≥≈±~+\-\u2212\u2013.,]")
_QUOTE = re.compile(QUOTED)
_HASHES = re.compile(r"#{1,6}(?=[ \t]|\Z)")

_ADDRESS = (
    r"https://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?"
    r"(?:[/?#](?:[!#-'*-;=?-\[\]-~]|\([!#-'*-;=?-\[\]-~]*\))*)?"
)
_LINK = re.compile(rf"\[(?=\s*[^\s\]])((?:[^\[\]\\]|\\.)+)\]\(({_ADDRESS})\)", re.S)
_ODD_LINK = re.compile(r"\]\(\s*<?(?:[A-Za-z][A-Za-z0-9+.-]*:|www\.|//)")


def parser() -> MarkdownIt:
    """Return a parser that knows this grammar and nothing else."""
    md = MarkdownIt("zero").enable(
        ["heading", "list", "blockquote", "table", "emphasis", "escape"]
    )
    ends = ["paragraph", "reference", "blockquote"]
    md.core.ruler.at("inline", _inline)
    md.block.ruler.at("heading", _heading, {"alt": ends})
    md.block.ruler.at("list", _list, {"alt": ends})
    md.block.ruler.at("blockquote", _blockquote, {"alt": [*ends, "list"]})
    md.inline.ruler.at("escape", _escape)
    md.inline.ruler.before("emphasis", "times", _times)
    md.inline.ruler.after("emphasis", "citation", citation)
    md.inline.ruler.after("citation", "https_link", _https_link)
    md.add_render_rule("citation", render_citation)
    return md


def _inline(state: StateCore) -> None:
    """Parse each run of words with its line at hand, for refusals to name."""
    for token in state.tokens:
        if token.type == "inline":
            token.children = []
            state.env["line"] = (token.map or [0])[0] + 1
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def _text_of(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _opens_its_line(state: StateBlock, line: int) -> bool:
    start = state.bMarks[line] + state.tShift[line]
    return not state.src[state.src.rfind("\n", 0, start) + 1 : start].strip()


def _heading(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    marks = _HASHES.match(_text_of(state, start))
    if not marks or not _opens_its_line(state, start):
        return False
    if not silent and (state.level or marks.end() not in (2, 3)):
        raise MarkupError(
            "a heading begins with ## or ### and stands outside lists and quotes; "
            "write \\# to show the mark.",
            start + 1,
        )
    heading(state, start, end, silent)
    if not silent and not state.tokens[-2].content:
        raise MarkupError("this heading has no words; give it some.", start + 1)
    return True


def _blockquote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    # On a wrapped line or in a table's row, "> LOD" is a comparator.
    if silent and state.parentType in ("paragraph", "table"):
        return False
    if not _QUOTE.match(_text_of(state, start)) or not _opens_its_line(state, start):
        return False
    return blockquote(state, start, end, silent)


def _list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if silent and state.parentType == "table":
        return False
    goes_on = silent and state.sCount[start] < state.blkIndent
    item = _NEXT_ITEM if goes_on else _FIRST_ITEM
    if not item.match(_text_of(state, start)) or not _opens_its_line(state, start):
        return False
    if silent:
        return list_block(state, start, end, silent)
    if state.level >= _DEEPEST:
        raise MarkupError("lists stand at most four deep; flatten this one.", start + 1)
    opened = len(state.tokens)
    list_block(state, start, end, silent)
    _refuse_doubtful_list(state, start, opened)
    return True


def _refuse_doubtful_list(state: StateBlock, start: int, opened: int) -> None:
    """Refuse a list whose mark may be a minus, a dash or the key of a footnote."""
    made = state.tokens[opened:]
    level = made[0].level + 1
    items = [i for i, t in enumerate(made) if t.type == "list_item_open"]
    items = [i for i in items if made[i].level == level]
    for item in items:
        if made[item + 1].type == "list_item_close":
            raise MarkupError(
                "this list item is empty; give it words, or write \\- for a dash.",
                (made[item].map or [start])[0] + 1,
            )
    wrapped = state.level == 0 and start > 0 and not state.isEmpty(start - 1)
    wrapped = wrapped and state.tokens[opened - 1].type != "heading_close"
    if wrapped and _QUANTITY.match(_text_of(state, start)):
        raise MarkupError(
            "a list under a line of text begins with a number, and a minus would be "
            "lost; leave a blank line before the list, or set the minus beside its "
            "number.",
            start + 1,
        )
    if len(items) == 1 and made[1].markup == "*":
        raise MarkupError(
            "a single * at the start of a line would be lost; write \\* for the key "
            "of a footnote, or - for a list of one.",
            start + 1,
        )


def _escape(state: StateInline, silent: bool) -> bool:
    following = state.src[state.pos + 1 : state.pos + 2]
    return following in punctuation and following != "" and escape(state, silent)


def _times(state: StateInline, silent: bool) -> bool:
    """Leave a * as it stands between digits, inside a word and beside brackets."""
    if state.src[state.pos] != "*":
        return False
    start = end = state.pos
    while state.src[end : end + 1] == "*":
        end += 1
    before, after = state.src[max(start - 1, 0) : start], state.src[end : end + 1]
    if re.match(r"[\w)\]}%]", before) and re.match(r"[\w({]", after):
        pass
    elif not (end == start + 1 and after.isdigit() and _follows_digit(state)):
        return False
    state.append_pending(state.src[start:end])
    state.pos = end
    return True


def _follows_digit(state: StateInline) -> bool:
    at = state.pos
    while at and state.src[at - 1].isspace():
        at -= 1
    return state.src[max(at - 1, 0) : at].isdigit()


def _https_link(state: StateInline, silent: bool) -> bool:
    if _ODD_LINK.match(state.src, state.pos):
        raise MarkupError(
            "write a link as [words](https://example.org/), its address beginning "
            "with https:// and holding no blank; write \\[ to show the bracket.",
            line_of(state),
        )
    found = _LINK.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if state.src.startswith("!", max(state.pos - 1, 0)):
        raise MarkupError(
            "a text holds no pictures; link to the page instead.", line_of(state)
        )
    state.push("link_open", "a", 1).attrs = {"href": found[2]}
    end, state.pos, state.posMax = state.posMax, found.start(1), found.end(1)
    state.md.inline.tokenize(state)
    state.push("link_close", "a", -1)
    state.pos, state.posMax = found.end(), end
    return True
