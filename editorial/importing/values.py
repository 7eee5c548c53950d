"""Reads one value of the front matter each: words, numbers, days, lists, mappings."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

import yaml

from conditions.composition import composed
from editorial.importing.draft import ImportProblem
from editorial.importing.yaml_tree import line_of

Reader = Callable[[yaml.Node, str], Any]

_MOST = 500  # items of a list; more would be a mistake
_NULLS = ("", "~", "null")
_FLAGS = {"true": True, "yes": True, "false": False, "no": False}


def is_null(node: yaml.Node) -> bool:
    """Say whether nothing is written: an empty value in quotes is not nothing."""
    plain = isinstance(node, yaml.ScalarNode) and not node.style
    return plain and node.value.lower() in _NULLS


def words(node: yaml.Node, key: str) -> str:
    """Return a text as written: 0123 and no are words here, not a number or a flag."""
    if not isinstance(node, yaml.ScalarNode):
        raise ImportProblem(
            f"“{key}” takes words, not a list or more keys.", line_of(node)
        )
    return "" if is_null(node) else composed(node.value)


def line(node: yaml.Node, key: str) -> str:
    """Return a text of one line, its blanks as they are."""
    return words(node, key).strip("\n").replace("\n", " ")


def lines(node: yaml.Node, key: str) -> list[str]:
    """Return a list of texts; a single text counts as a list of one."""
    if is_null(node):
        return []
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    if len(items) > _MOST:
        raise ImportProblem(f"“{key}” takes at most {_MOST} items.", line_of(node))
    found = [line(item, key) for item in items]
    if not all(found):
        raise ImportProblem(f"an item of “{key}” is empty; delete it.", line_of(node))
    return found


def number(node: yaml.Node, key: str) -> int | None:
    """Return a whole number that is not negative, in quotes or not."""
    text = line(node, key).strip()
    if text and not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ImportProblem(
            f"“{key}” takes a whole number, not “{text[:40]}”.", line_of(node)
        )
    return int(text) if text else None


def day(node: yaml.Node, key: str) -> date | None:
    """Return a date written as 2026-05-08, in quotes or not."""
    text = line(node, key).strip()
    try:
        found = date.fromisoformat(text) if text else None
    except ValueError:
        found = None
    if text and (found is None or found.isoformat() != text):
        raise ImportProblem(
            f"“{key}” takes a date such as 2026-05-08, not “{text[:40]}”.",
            line_of(node),
        )
    return found


def flag(node: yaml.Node, key: str) -> bool:
    text = line(node, key).lower()
    if text not in _FLAGS:
        raise ImportProblem(f"“{key}” takes true or false.", line_of(node))
    return _FLAGS[text]


def one_of(allowed: Collection[str]) -> Reader:
    """Return a reader of one word out of these."""

    def read(node: yaml.Node, key: str) -> str:
        text = line(node, key)
        if text not in allowed:
            raise ImportProblem(
                f"“{key}” takes one of {', '.join(allowed)}; it says “{text[:40]}”.",
                line_of(node),
            )
        return text

    return read


def mapping(
    node: yaml.Node,
    key: str,
    readers: Mapping[str, Reader],
    required: Collection[str] = (),
) -> dict[str, Any]:
    """Return the values by key; raise for a key unknown, given twice or missing."""
    if not isinstance(node, yaml.MappingNode):
        raise ImportProblem(
            f"“{key}” takes keys with values: {', '.join(readers)}.", line_of(node)
        )
    found: dict[str, Any] = {}
    for name_node, value in node.value:
        name = words(name_node, key)
        if name not in readers:
            raise ImportProblem(
                f"“{name[:40]}” is not a key of {key}: use {', '.join(readers)}.",
                line_of(name_node),
            )
        if name in found:
            raise ImportProblem(f"“{name}” is given twice.", line_of(name_node))
        found[name] = readers[name](value, name)
    for name in required:
        value = found.get(name)
        if not (value.strip() if isinstance(value, str) else value):
            raise ImportProblem(f"“{name}” is missing in {key}.", line_of(node))
    return found
