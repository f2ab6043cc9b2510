"""Rows of a frame by a condition such as `kota == 0 and province != 'Bali'` (floor 3).

A condition is read as Python's syntax and evaluated by the signs listed here, and nothing else:
no call, no attribute, no name that is not a column.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Collection
from difflib import get_close_matches
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smartlib.vocabulary.errors import DataError, ParameterError
from smartlib.vocabulary.messages import listed
from smartlib.vocabulary.words import formulas as say

LONGEST = 1000  # characters
DEEPEST = 40  # conditions within conditions; Python reads them by recursion
MOST = 1e300  # beyond it a number is none that a column holds
COMPARED: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
COMPUTED: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
EXPECTED = say.CONDITION()


def rows_where(condition: str, frame: pd.DataFrame) -> tuple[NDArray[np.bool_], dict[str, str]]:
    """Rows that a condition holds for, and those that it cannot be told of.

    Parameters
    ----------
    condition : str
        Names columns of the frame; nothing for all rows.
    frame : DataFrame, shape (rows, ...)
        Columns of numbers or text.

    Returns
    -------
    array of bool, shape (rows,)
        Where the condition holds. A row that lacks a value the condition names is not among them.
    dict of str to str
        Those rows, by label, with what they lack.

    Raises
    ------
    ParameterError
        The condition cannot be read, names no column of the frame, or holds another sign.
    DataError
        A text that no row has, numbers compared with text, no row or no value for it.

    Examples
    --------
    >>> frame = pd.DataFrame({"kota": [0, 1, 0], "province": ["Bali", "Bali", "Aceh"]})
    >>> rows_where("kota == 0 and province in ('Bali', 'Aceh')", frame)[0].tolist()
    [True, False, True]
    """
    if not condition.strip():
        return np.ones(len(frame), dtype=bool), {}
    tree = _tree(condition)
    _check_depth(condition, tree)
    reader = _Reader(condition, frame)
    found = reader.value(tree)
    if np.shape(found) != (len(frame),) or not _is_of(found, "b"):
        raise ParameterError(say.NO_CONDITION(condition=condition, EXPECTED=EXPECTED))
    lacking = frame[list(reader.names)].isna()
    without = {
        str(label): ", ".join(lacking.columns[row])
        for label, row in zip(frame.index, lacking.to_numpy(), strict=True)
        if row.any()
    }
    holds = np.asarray(found) & ~lacking.to_numpy().any(axis=1)
    if not holds.any():
        raise DataError(say.NO_ROW_FULFILS(n_frame=len(frame), condition=condition))
    return holds, without


def _tree(condition: str) -> ast.expr:
    if len(condition) > LONGEST:
        raise ParameterError(say.LONG_CONDITION(n_condition=len(condition), LONGEST=LONGEST))
    try:
        return ast.parse(" ".join(condition.split()), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        single = say.TWO_EQUALS() if "=" in condition and "==" not in condition else ""
        reason = error.args[0] if error.args else say.DEEP()
        raise ParameterError(
            say.BAD_CONDITION(condition=condition, reason=reason, single=single, EXPECTED=EXPECTED)
        ) from error


def _check_depth(condition: str, tree: ast.expr) -> None:
    level: list[ast.AST] = [tree]
    for _ in range(DEEPEST):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        if not level:
            return
    raise ParameterError(say.TOO_DEEP(condition=condition))


class _Reader:
    """Evaluates the parts of one condition, and keeps the columns that it named."""

    def __init__(self, condition: str, frame: pd.DataFrame) -> None:
        self.condition, self.frame = condition, frame
        self.names: dict[str, None] = {}

    def value(self, node: ast.expr) -> Any:
        """A column, a constant, or an array of what is true of each row."""
        match node:
            case ast.Name(id=name):
                return self._column(name)
            case ast.Constant(value=str(value)):
                return value
            case ast.Constant(value=value) if isinstance(value, (int, float)) and abs(value) < MOST:
                return np.float64(value)
            case ast.UnaryOp(op=ast.USub(), operand=inner):
                return -self._number(inner)
            case ast.BinOp(left=left, op=op, right=right) if type(op) in COMPUTED:
                with np.errstate(all="ignore"):  # what is not finite fulfils no comparison
                    return COMPUTED[type(op)](self._number(left), self._number(right))
        return self._condition(node)

    def _condition(self, node: ast.expr) -> NDArray[np.bool_]:
        match node:
            case ast.UnaryOp(op=ast.Not(), operand=inner):
                return ~self._truth(inner)
            case ast.BoolOp(op=op, values=values):
                join = np.logical_and if isinstance(op, ast.And) else np.logical_or
                return np.asarray(join.reduce([self._truth(part) for part in values]))
            case ast.Compare():
                return self._comparison(node)
        raise ParameterError(
            say.HOLDS(condition=self.condition, what=ast.unparse(node), EXPECTED=EXPECTED)
        )

    def _column(self, name: str) -> pd.Series:
        columns = list(map(str, self.frame.columns))
        if name not in columns:
            near = ", ".join(get_close_matches(name, columns, 3)) or say.NONE()
            raise ParameterError(say.NO_SUCH_COLUMN(condition=self.condition, name=name, near=near))
        self.names[name] = None
        column = self.frame[name]
        return column if pd.api.types.is_numeric_dtype(column) else column.astype("object")

    def _truth(self, node: ast.expr) -> NDArray[np.bool_]:
        found = self.value(node)
        if not _is_of(found, "b"):
            raise ParameterError(say.NOT_TRUE(condition=self.condition, what=ast.unparse(node)))
        return np.asarray(found)

    def _number(self, node: ast.expr) -> Any:
        found = self.value(node)
        if isinstance(found, str) or _is_of(found, "Ob"):
            raise DataError(say.IS_TEXT(condition=self.condition, what=ast.unparse(node)))
        return found

    def _comparison(self, node: ast.Compare) -> NDArray[np.bool_]:
        """A chain such as `0 < kota <= 1`, link by link."""
        sides = [node.left, *node.comparators]
        links = zip(sides, node.ops, sides[1:], strict=False)
        return np.logical_and.reduce([self._link(*link) for link in links])

    def _link(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> NDArray[np.bool_]:
        if isinstance(op, (ast.In, ast.NotIn)):
            if not isinstance(right, (ast.Tuple, ast.List)) or not right.elts:
                raise ParameterError(say.IN_NEEDS(condition=self.condition))
            found = np.logical_or.reduce([self._link(left, ast.Eq(), e) for e in right.elts])
            return ~found if isinstance(op, ast.NotIn) else found
        one, other = self.value(left), self.value(right)
        if type(op) not in COMPARED:
            sign = ast.unparse(ast.Compare(left, [op], [right]))
            raise ParameterError(say.HOLDS(condition=self.condition, what=sign, EXPECTED=EXPECTED))
        self._check_alike(one, other)
        found = COMPARED[type(op)](one, other)
        if not isinstance(found, pd.Series):
            raise ParameterError(
                say.NO_COLUMN_COMPARED(condition=self.condition, EXPECTED=EXPECTED)
            )
        return found.to_numpy(dtype=bool)

    def _check_alike(self, one: Any, other: Any) -> None:
        texts = [isinstance(v, str) or _is_of(v, "O") for v in (one, other)]
        if texts[0] != texts[1]:
            raise DataError(say.NUMBERS_WITH_TEXT(condition=self.condition))
        for text, column in ((one, other), (other, one)):
            if isinstance(text, str) and isinstance(column, pd.Series):
                self._check_known(text, column)

    def _check_known(self, text: str, column: pd.Series) -> None:
        values: Collection[str] = sorted(set(map(str, column.dropna())))
        if text not in values:
            near = get_close_matches(text, values, 3, cutoff=0.4) or listed(values)
            raise DataError(
                say.NO_ROW_IS(
                    condition=self.condition,
                    text=text,
                    name=column.name,
                    rest=near if isinstance(near, str) else ", ".join(near),
                )
            )


def _is_of(value: Any, kinds: str) -> bool:
    """Whether a value is an array of one of numpy's kinds."""
    return getattr(getattr(value, "dtype", None), "kind", "") in tuple(kinds)
