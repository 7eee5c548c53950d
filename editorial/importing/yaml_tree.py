"""Reads YAML as a tree of words with their lines; it builds no object but text.

Aliases, tags and deep nesting are refused before anything is composed, so that a small
file cannot become a large one.
"""

from typing import Any

import yaml

from editorial.importing.draft import ImportProblem

_DEEPEST = 5
# The same grammar in C, where the machine has it: a long list takes seconds without.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def compose(text: str) -> yaml.Node:
    """Return the one document in a text; lines count from the text's first.

    Raises ImportProblem for anything that is not plain YAML.
    """
    try:
        _refuse_dangers(text)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise ImportProblem(
            f"the front matter is not YAML: {error.problem or error.context}.",
            mark.line + 1 if mark else None,
        ) from error
    except yaml.YAMLError as error:
        first = str(error).split("\n")[0]
        raise ImportProblem(f"the front matter is not YAML: {first}.") from error
    if node is None:
        raise ImportProblem("the front matter is empty; say condition and question.")
    return node


def line_of(node: yaml.Node) -> int:
    return node.start_mark.line + 1


def _refuse_dangers(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            why = "aliases (& and *) are not read; write the value out, in quotes."
        elif getattr(event, "tag", None):
            why = "tags (!) are not read; write the value in quotes."
        elif depth > _DEEPEST:
            why = "this is nested too deeply; see the form that export writes."
        else:
            continue
        mark = event.start_mark
        raise ImportProblem(why, mark.line + 1 if mark else None)
