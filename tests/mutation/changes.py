"""How a check is taken out of the tree of its module."""

import ast
import copy
from collections.abc import Callable


def blank(node: ast.Expr) -> None:
    node.value = ast.Constant(None)


def never(node: ast.If) -> None:
    """The test is still asked, for what it may read or name."""
    no = ast.Constant(False)
    node.test = ast.BoolOp(ast.And(), [copy.copy(node.test), no])


def always(node: ast.Call) -> None:
    node.func, node.args, node.keywords = ast.Name("bool", ast.Load()), [], []
    node.args.append(ast.Constant(1))


def says(value: bool) -> Callable:
    def change(node: ast.FunctionDef) -> None:
        node.body = [ast.Return(ast.Constant(value))]

    return change


def returning(place: int, value: object) -> Callable:
    def change(node: ast.FunctionDef) -> None:
        returns(node)[place].value = ast.Constant(value)

    return change


def undecorated(place: int) -> Callable:
    return lambda node: node.decorator_list.pop(place)


def without_keyword(place: int) -> Callable:
    return lambda node: node.keywords.pop(place)


def without_value(place: int) -> Callable:
    def change(node: ast.Return | ast.If | ast.Assign) -> None:
        part = node.test if isinstance(node, ast.If) else node.value
        part.values[place] = ast.Constant("")

    return change


def without_element(place: int) -> Callable:
    return lambda node: node.value.elts.pop(place)


def argument(place: int, words: str) -> Callable:
    def change(node: ast.Call) -> None:
        value = ast.parse(f"f({words})", mode="eval").body.args
        node.args[place : None if place == 4 else place + 1] = value

    return change


def returns(node: ast.FunctionDef) -> list[ast.Return]:
    """Return what a function returns with a value, in the order of a walk."""
    return [one for one in ast.walk(node) if isinstance(one, ast.Return) and one.value]
