"""Reads a Markdown file (.md) whose front matter says what it answers and from what."""

import re
from collections.abc import Callable
from typing import Any

import yaml

from conditions import identifiers, markup
from conditions.models import LANGUAGE, SOURCE_SCHEMES, SourceKind
from conditions.schemes import SCHEMES
from editorial.importing import values, yaml_tree
from editorial.importing.draft import PREFIX, Draft, Given, ImportProblem, Named
from editorial.importing.values import Reader
from editorial.importing.yaml_tree import line_of
from editorial.models import Drafting

_PARTS = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.S | re.M)


def parse(text: str, name: str) -> Draft:
    """Return the draft in a Markdown file; `name` is the file's, for the record."""
    parts = _PARTS.match(text)
    if not parts:
        raise ImportProblem("begin with --- and close the front matter with ---.", 1)
    # Its first line is given along, so that the tree counts lines as the file does.
    tree = yaml_tree.compose(text[: parts.end(1)])
    said = values.mapping(tree, "the front matter", _MATTER, ("condition", "question"))
    body = text[parts.end() :]
    _check(markup.check, body, text.count("\n", 0, parts.end()))
    fields = {key: said[key] for key in _TEXT if key in said}
    return Draft(
        file=name,
        reason=f"{PREFIX}{name}.",
        subject=Named(said["condition"], said["question"]),
        sources=tuple(said.get("sources", ())),
        text={**fields, **said.get("drafting", {}), "body": markup.normalise(body)},
    )


def _check(check: Callable[[str], None], words: str, lines_above: int) -> None:
    """Raise ImportProblem for a text that the page would change, at the file's line."""
    try:
        check(words)
    except markup.MarkupError as error:
        sentence = str(error).removeprefix(f"Line {error.line}: ")
        line = lines_above + error.line if error.line else None
        raise ImportProblem(sentence, line) from error


def _short_answer(node: yaml.Node, key: str) -> str:
    text = values.words(node, key)
    # The words of a block (|) begin in the line under its mark.
    block = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
    _check(markup.check_short, text, line_of(node) - (not block))
    return markup.normalise(text)


def _language(node: yaml.Node, key: str) -> str:
    return values.one_of((LANGUAGE,))(node, key)


def _condition(node: yaml.Node, key: str) -> Given:
    said = values.mapping(node, key, _CONDITION, ("slug", "name"))
    community = said.pop("community", {})
    for name, value in community.items():
        said[f"community_{name}"] = value
    return Given(said, line_of(node))


def _community(node: yaml.Node, key: str) -> dict[str, Any]:
    if values.is_null(node):
        return {"name": "", "members": None, "as_of": None, "url": ""}
    return values.mapping(node, key, _COMMUNITY)


def _identifiers(node: yaml.Node, key: str) -> list[dict[str, str]]:
    if values.is_null(node):
        return []
    schemes = dict.fromkeys(SCHEMES, values.lines)
    said = values.mapping(node, key, schemes)
    return [{"scheme": s, "value": v} for s, found in said.items() for v in found]


def _question(node: yaml.Node, key: str) -> Given:
    return Given(
        values.mapping(node, key, _QUESTION, ("slug", "pattern")), line_of(node)
    )


def _sources(node: yaml.Node, key: str) -> list[Given]:
    if values.is_null(node):
        return []
    if not isinstance(node, yaml.SequenceNode):
        raise ImportProblem("“sources” takes a list, each with a key.", line_of(node))
    sources = [_source(item, "a source") for item in node.value]
    seen: set[str] = set()
    for source in sources:
        said = source.fields
        names = {f"{s}:{said[s]}" for s in SOURCE_SCHEMES if said.get(s)}
        if twice := seen & (names | {said["key"]}):
            raise ImportProblem(f"{min(twice)[:60]} is given twice.", source.line)
        seen |= names | {said["key"]}
    return sources


def _source(node: yaml.Node, key: str) -> Given:
    said = values.mapping(node, key, _SOURCE, ("key",))
    if parts := identifiers.split_key(said["key"]):
        try:
            said["key"] = identifiers.source_key(*parts)
        except identifiers.InvalidIdentifier as error:
            raise ImportProblem(str(error), line_of(node)) from error
    return Given(said, line_of(node))


def _drafting(node: yaml.Node, key: str) -> dict[str, Any]:
    said = values.mapping(node, key, _DRAFTING)
    names = {"how": "drafting", "note": "drafting_note"}
    return {names[name]: value for name, value in said.items()}


_DRAFTING: dict[str, Reader] = {
    "how": values.one_of(Drafting.values),
    "note": values.line,
}
_COMMUNITY: dict[str, Reader] = {
    "name": values.line,
    "members": values.number,
    "as_of": values.day,
    "url": values.line,
}
_CONDITION: dict[str, Reader] = {
    "slug": values.line,
    "name": values.line,
    "abbreviation": values.line,
    "synonyms": values.lines,
    "genes": values.lines,
    "identifiers": _identifiers,
    "community": _community,
}
_QUESTION: dict[str, Reader] = {
    "slug": values.line,
    "pattern": values.line,
    "order": values.number,
    "review_interval_months": values.number,
    "signatures_required": values.number,
    "fewest_sources": values.number,
    "offers_trial_search": values.flag,
}
_SOURCE: dict[str, Reader] = {
    "key": values.line,
    "kind": values.one_of(SourceKind.values),
    "title": values.line,
    "authors": values.line,
    "container": values.line,
    "year": values.number,
    **dict.fromkeys(SOURCE_SCHEMES, values.line),
    "url": values.line,
    "accessed_on": values.day,
    "retracted_on": values.day,
}
_TEXT = ("short_answer", "evidence_searched_on")
_MATTER: dict[str, Reader] = {
    "condition": _condition,
    "question": _question,
    "language": _language,
    "drafting": _drafting,
    "evidence_searched_on": values.day,
    "sources": _sources,
    "short_answer": _short_answer,
}
