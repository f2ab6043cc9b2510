"""How many columns a formula makes, counted before any is made (floor 3).

Sixteen names joined by `*` are 65,535 terms, and patsy would make them all before anyone could
count them. Here its own tree of the formula is walked with sets, which stop growing at the
number of rows: a design with more columns than rows has no answer, however it is fitted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from math import prod
from typing import Any

import pandas as pd

from smartlib.vocabulary.errors import ParameterError
from smartlib.vocabulary.words import formulas as say

Term = frozenset[str]
Terms = set[Term]
NUMBERS = ("ZERO", "ONE", "NUMBER")
NAME = re.compile(r"[A-Za-z_]\w*")


def check_columns(text: str, data: pd.DataFrame) -> None:
    """Nothing, if the rows could carry the formula's columns.

    Parameters
    ----------
    text : str
        A formula that `read_formula` passed.
    data : DataFrame, shape (rows, names)
        Its columns, complete rows alone.

    Raises
    ------
    ParameterError
        More columns than rows.

    Notes
    -----
    Nothing is refused that could be fitted: a term makes at least as many columns as the product
    of its factors' levels less one, and all terms together at least as many as the largest
    product of levels.
    """
    most = len(data)
    terms = _terms(text, most)
    levels = {code: _levels(code, data) for code in sorted(set().union(*terms))}
    least = sum(prod(max(levels[code] - 1, 1) for code in term) for term in terms)
    widest = max((prod(levels[code] for code in term) for term in terms), default=0)
    if max(least, widest) > most:
        raise _too_many(text, most)


def _too_many(text: str, rows: int) -> ParameterError:
    return ParameterError(say.MANY_COLUMNS(text=text, rows=rows))


def _terms(text: str, most: int) -> Terms:
    """The terms right of ~; more than `most` are refused as soon as they are there."""
    from patsy.parse_formula import parse_formula  # noqa: PLC0415 - most reports fit nothing

    made: list[Terms] = []
    for node in _leaves_first(parse_formula(text).args[-1]):
        arguments = [made.pop() for _ in node.args][::-1]
        for terms in _growing(node, arguments):
            if len(terms) > most:
                raise _too_many(text, most)
        made.append(terms)
    return made.pop()


def _leaves_first(root: Any) -> list[Any]:
    """Each node after its arguments, without recursion: a chain of signs is as deep as long."""
    order, waiting = [], [root]
    while waiting:
        node = waiting.pop()
        order.append(node)
        waiting.extend(node.args)
    return order[::-1]


def _growing(node: Any, arguments: list[Terms]) -> Iterator[Terms]:
    """A node's terms; a power's after each of its steps."""
    if not node.args:
        yield set() if node.type in NUMBERS else {frozenset([str(node.token.extra)])}
    elif len(arguments) == 1:
        yield arguments[0]
    elif node.type == "**":
        terms = made = arguments[0]
        yield made
        for _ in range(1, min(int(node.args[1].token.extra), len(terms))):
            made = made | _product(terms, made)
            yield made
    else:  # patsy refuses a second ~ itself
        yield SIGNS.get(node.type, set.union)(*arguments)


def _product(left: Terms, right: Terms) -> Terms:
    return {one | other for one in left for other in right}


SIGNS: dict[str, Callable[[Terms, Terms], Terms]] = {
    "+": lambda left, right: left | right,
    "-": lambda left, right: left - right,
    ":": _product,
    "*": lambda left, right: left | right | _product(left, right),
    "/": lambda left, right: left | _product({frozenset().union(*left)}, right),
}


def _levels(code: str, data: pd.DataFrame) -> int:
    """Values of a factor that is taken for categories, 1 for a number."""
    names = [name for name in NAME.findall(code) if name in data]
    numeric = all(pd.api.types.is_numeric_dtype(data[name]) for name in names)
    if numeric and not re.match(r"\s*C\s*\(", code):
        return 1
    return len(data[list(dict.fromkeys(names))].drop_duplicates()) if names else 1
