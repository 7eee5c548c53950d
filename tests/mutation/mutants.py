"""Finds every permission, state and hash check in the sources, to be taken out in turn.

Found by what the code says, not listed: a check that is written tomorrow in one of
these ways is a mutant tomorrow.
"""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from tests.mutation import changes

ROOT = Path(__file__).parent.parent.parent
SOURCES = [
    *(ROOT / "editorial").rglob("*.py"),
    *(
        ROOT / "conditions" / name
        for name in ("answers.py", "content.py", "reading.py", "browsing.py")
    ),
    ROOT / "conditions" / "models" / "editions.py",
    ROOT / "conditions" / "write_once.py",
]
# No check stands in these: they wire, print, fill a demonstration or command.
NO_CHECKS = ("migrations", "management", "sample", "importing")

CHECKS = re.compile(r"_?(?:require|refuse|need|check)(?:_\w+)?$")
REFUSALS = {
    *("MoveRefused", "PermissionDenied", "TextMoved", "NotIdentified", "Conflict"),
    *("Altered", "Refused", "Http404", "ValidationError", "Withdrawn"),
    "WrittenOnceError",
}
GATES = re.compile(
    r"has_\w*permission$|may$|may_\w+$|lookup_allowed$|_is_ours$|_from_us$"
    r"|is_open_for_signup$|is_safe_url$|_answers$|_is_first_use$"
)
SENTENCES = {"rules.py", "four_eyes.py", "identity.py"}
DECORATORS = {"require_POST", "require_safe"}
ACCOUNT = {"is_active", "is_superuser", "is_staff"}


class Mutant(NamedTuple):
    """One check, and the tree of its module without it."""

    path: str
    line: int
    what: str
    apply: Callable[[ast.Module], None]
    source: str  # as it was when the mutant was found
    seen: range = range(0)  # lines that a test runs which is to miss the check

    @property
    def name(self) -> str:
        return f"{self.path}:{self.line} {self.what}"

    @property
    def plain_name(self) -> str:
        """The name that stays when lines move."""
        return f"{self.path} {self.what}"

    def tree(self) -> ast.Module:
        tree = ast.parse(self.source)
        self.apply(tree)
        return ast.fix_missing_locations(tree)


def found() -> list[Mutant]:
    """Return every mutant of the sources, in the order in which they stand."""
    every = []
    for path in sorted(SOURCES):
        place = str(path.relative_to(ROOT))
        if not any(part in NO_CHECKS for part in path.relative_to(ROOT).parts):
            source = path.read_text()
            for *one, seen in _of(ast.parse(source), path.name):
                every.append(Mutant(place, *one, source, seen))
    return every


def _of(tree: ast.Module, file: str) -> Iterator[tuple[int, str, Callable, range]]:
    """Yield line, words, change and the lines that count for each check of a module.

    A change finds its node again by its number in the walk of another copy.
    """
    for number, node in enumerate(ast.walk(tree)):
        for what, change, *where in _changes(node, file):
            at = where[0] if where else node
            seen = range(at.lineno, at.end_lineno + 1) if at else range(0)
            yield (at or node).lineno, what, _at(number, change), seen


def _at(number: int, change: Callable[[ast.AST], None]) -> Callable:
    def apply(tree: ast.Module) -> None:
        change(list(ast.walk(tree))[number])

    return apply


def _changes(node: ast.AST, file: str) -> Iterator[tuple]:
    """Yield words and change, and which lines count where those of the node do not."""
    match node:
        case ast.Expr(value=ast.Call(func=func)) if CHECKS.match(_last(func)):
            yield f"without {ast.unparse(node)[:60]}", changes.blank
        case ast.If(body=[*_, ast.Raise(exc=raised)]) if _last(raised) in REFUSALS:
            words = f"never {_last(raised)} if {ast.unparse(node.test)[:60]}"
            yield words, changes.never, node.body[-1]
            if file in SENTENCES:
                yield from _of_or(node)
        case ast.FunctionDef():
            yield from _of_function(node, file)
        case ast.Call(func=func) if _last(func) in ("may", "has_view_permission"):
            yield f"always {ast.unparse(node)[:60]}", changes.always
        case ast.Call(func=func, keywords=words) if _last(func) == "filter":
            for place, word in enumerate(words):
                if word.arg in ACCOUNT:
                    yield f"any {word.arg}", changes.without_keyword(place)
        case ast.Call(func=ast.Name(id="_move"), args=args):
            yield from _of_move(args)
        case ast.Return() | ast.If() | ast.Assign() if file in SENTENCES:
            yield from _of_or(node)
        case ast.Assign(targets=[ast.Name(id="MIDDLEWARE")], value=ast.List() as names):
            for place, name in enumerate(names.elts):
                if re.match("editorial|conditions|.*csrf", name.value):
                    yield f"without {name.value}", changes.without_element(place), None


def _of_function(node: ast.FunctionDef, file: str) -> Iterator[tuple]:
    for place, decorator in enumerate(node.decorator_list):
        if _last(decorator) in DECORATORS:
            yield (
                f"{node.name} without @{_last(decorator)}",
                changes.undecorated(place),
                None,
            )
    if GATES.match(node.name):
        yield f"{node.name} says yes", changes.says(True)
    if file in SENTENCES and isinstance(node.returns, ast.Name):
        kind = node.returns.id
        if kind in ("str", "bool"):
            no = "" if kind == "str" else False
            for place, given in enumerate(changes.returns(node)):
                if not _is(given.value, no):
                    words = ast.unparse(given)[:60]
                    yield (
                        f"{node.name}: {no!r} for {words}",
                        changes.returning(place, no),
                        given,
                    )


def _of_or(node: ast.Return | ast.If | ast.Assign) -> Iterator[tuple]:
    part = node.test if isinstance(node, ast.If) else node.value
    if isinstance(part, ast.BoolOp) and isinstance(part.op, ast.Or):
        for place, value in enumerate(part.values):
            if _is(value, ""):
                continue  # what stands in for nothing is no check
            yield (
                f"without {ast.unparse(value)[:60]}",
                changes.without_value(place),
                value,
            )


def _of_move(args: list[ast.expr]) -> Iterator[tuple]:
    name = args[0].value if isinstance(args[0], ast.Constant) else ""
    if ast.unparse(args[2]) not in ("Status", "()"):
        yield f"{name} from any state", changes.argument(2, "Status"), None
    if "*Role" not in [ast.unparse(arg) for arg in args[4:]]:
        yield f"{name} by any role", changes.argument(4, "*Role"), None


def _last(node: ast.AST | None) -> str:
    """Return the last name of what is called, raised or decorates."""
    match node:
        case ast.Call(func=func):
            return _last(func)
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def _is(node: ast.AST | None, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value == value
