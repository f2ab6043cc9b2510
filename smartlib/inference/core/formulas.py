"""Formulas such as `harmonised_index ~ own_source_share + log(population)` (floor 3).

The home of patsy. Patsy evaluates parts of a formula as Python, so that a formula is looked
through first: names of columns, numbers, the functions below and operators, and nothing else.
What stands after `|` never reaches patsy.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smartlib.inference.core.formula_size import check_columns
from smartlib.inference.core.least_squares import Floats
from smartlib.inference.terms import near_names, poly, standardised
from smartlib.vocabulary.errors import DataError, ParameterError
from smartlib.vocabulary.messages import listed
from smartlib.vocabulary.words import formulas as say

INTERCEPT = "intercept"
FUNCTIONS = ("log", "I", "C", "poly", "standardize")
OPERATORS = frozenset(["+", "-", "*", "/", ":", "**", "(", ")", "~", ","])
LONGEST = 2000  # characters
POWERS = 3  # a tower of powers would take for ever to compute
SIGNS = frozenset(["+", "-", "*", "/", ":", "**"])
MOST_SIGNS = 200  # patsy and Python read them by recursion, three calls a sign
NAMED = 10  # unknown names in a message, each with its nearest
DIGITS = [[digit] for digit in "23456789"]  # that may follow **
NUMPY = re.compile(r"np\.\w+\((.*?)(?:\.0)?\)")
NUMPY_LOG = re.compile(r"\b(?:np|numpy)\s*\.\s*log\s*(?=\()")  # as pandas users write it
POLY = re.compile(r"(poly\([^()]*\))\[(\d+)\]")
DEGREE = re.compile(r"\bpoly\s*\(\s*\w+\s*,\s*[2-9]\s*\)")
EXPECTED = say.FORMULA()


@dataclass(frozen=True)
class Formula:
    """A formula that may be evaluated.

    Attributes
    ----------
    text : str
        As given.
    outcome : str
        What stands on the left.
    names : tuple of str
        Columns that it uses, in the order of their first place, but for those after `|`.
    absorbed : tuple of str
        Columns after `|`, whose levels are taken out.
    plain : str
        What stands before `|`, as patsy reads it.
    """

    text: str
    outcome: str
    names: tuple[str, ...]
    absorbed: tuple[str, ...]
    plain: str

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns that have to be there."""
        return (*self.names, *self.absorbed)


@dataclass(frozen=True, eq=False)
class Design:
    """Numbers that a formula makes of a frame.

    Attributes
    ----------
    outcome : str
        As in the formula.
    y : array, shape (n,)
        The outcome.
    x : array, shape (n, k)
        Intercept first, then the columns of each term in the formula's order.
    names : tuple of str, length k
        `intercept`, and the others as statsmodels names them.
    terms : tuple of str, length k
        The term of the formula that each column belongs to.
    rows : Index, length n
        Labels of the rows used.
    is_used : array of bool, shape (rows,)
        Which rows of the frame these are.
    dropped : dict of str to str
        Rows left out, by label, with the columns whose value is missing.
    """

    outcome: str
    y: Floats
    x: Floats
    names: tuple[str, ...]
    terms: tuple[str, ...]
    rows: pd.Index
    is_used: NDArray[np.bool_]
    dropped: dict[str, str]


def read_formula(
    text: str, columns: Collection[str], labels: Mapping[str, str] | None = None
) -> Formula:
    """A formula, if it is one that may be evaluated.

    Parameters
    ----------
    text : str
        Such as `published_index ~ log(population) + kota`, or, with a level of its own for each
        province, `published_index ~ log(population) | province`.
    columns : collection of str
        Names that it may use.
    labels : mapping of str to str, optional
        What some of them mean, in any words: a name that is not there gets those near by meaning.

    Returns
    -------
    Formula

    Raises
    ------
    ParameterError
        A sign or function that formulas do not have, too many signs, an unknown name (the
        message has the nearest), no outcome, the same name as outcome and factor, something else
        than names after `|`.

    Examples
    --------
    >>> read_formula("y ~ log(x) + x:z", ["x", "y", "z"]).names
    ('y', 'x', 'z')
    >>> read_formula("y ~ x | z", ["x", "y", "z"]).absorbed
    ('z',)
    """
    before, bar, after = text.partition("|")
    plain = NUMPY_LOG.sub("log", before).strip() if bar else NUMPY_LOG.sub("log", text)
    tokens = _tokens(plain)
    strings = [token.string for token in tokens]
    if strings.count("~") != 1 or strings[0] == "~" or strings[-1] == "~":
        raise ParameterError(say.ONE_TILDE(text=text, EXPECTED=EXPECTED))
    calls = {i for i, s in enumerate(strings[:-1]) if s in FUNCTIONS and strings[i + 1] == "("}
    places = [i for i, t in enumerate(tokens) if t.type == tokenize.NAME and i not in calls]
    names = tuple(dict.fromkeys(strings[i] for i in places))
    absorbed = _absorbed(text, after, names) if bar else ()
    _check_names(text, (*names, *absorbed), columns, labels or {})
    middle = strings.index("~")
    left = [strings[i] for i in places if i < middle]
    both = [strings[i] for i in places if i > middle and strings[i] in left]
    if not left or both:
        raise ParameterError(
            say.BY_ITSELF(text=text, both=both[0])
            if both
            else say.NO_LEFT(text=text, EXPECTED=EXPECTED)
        )
    return Formula(text, plain.partition("~")[0].strip(), names, absorbed, plain)


def design_of(formula: Formula, frame: pd.DataFrame) -> Design:
    """Outcome and design that a formula makes of a frame's complete rows.

    Parameters
    ----------
    formula : Formula
        Whose names are columns of the frame.
    frame : DataFrame, shape (rows, ...)
        A row with a missing value in one of these columns is left out and named.

    Returns
    -------
    Design

    Raises
    ------
    DataError
        No complete row; text where a number belongs; a logarithm of 0 or less, or another
        number that is not finite.
    ParameterError
        The formula cannot be evaluated, it makes more columns than there are rows, or its left
        side is not one column of numbers.

    Notes
    -----
    Patsy's coding: text is categorical, with the first category as reference. Its columns are
    put back into the formula's order.
    """
    data = frame[list(formula.columns)]
    missing = data.isna()
    dropped = {
        str(label): ", ".join(name for name in formula.columns if row[name])
        for label, row in missing[missing.any(axis=1)].iterrows()
    }
    is_used = ~missing.to_numpy().any(axis=1)
    used = data[is_used]
    if used.empty:
        raise DataError(say.NO_WHOLE_ROW(columns=", ".join(formula.columns)))
    left, right, written = _evaluated(formula, used)
    if left.shape[1] != 1:
        raise ParameterError(say.OUTCOME_NO_NUMBERS(outcome=formula.outcome))
    info = right.design_info
    slices = [(term.name(), info.term_slices[term]) for term in written]
    columns = [(i, name) for name, part in slices for i in range(part.start, part.stop)]
    names = tuple(_named(info.column_names[i]) for i, _ in columns)
    terms = tuple(_named(name) for _, name in columns)
    x = np.asarray(right, dtype=np.float64)[:, [i for i, _ in columns]]
    y = np.asarray(left, dtype=np.float64)[:, 0]
    _check_finite(
        np.column_stack([y, x]), (formula.outcome, *names), rows_called(used.index, frame)
    )
    return Design(formula.outcome, y, x, names, terms, used.index, is_used, dropped)


def _tokens(text: str) -> list[tokenize.TokenInfo]:
    """The formula's signs, all of them allowed."""
    if len(text) > LONGEST:
        raise ParameterError(say.LONG_FORMULA(n_text=len(text), LONGEST=LONGEST))
    try:
        read = list(tokenize.generate_tokens(io.StringIO(" ".join(text.split())).readline))
    except (tokenize.TokenError, SyntaxError) as error:
        raise ParameterError(
            say.BAD_FORMULA(text=text, args=error.args[0], EXPECTED=EXPECTED)
        ) from error
    ends = (tokenize.NEWLINE, tokenize.NL, tokenize.ENDMARKER, tokenize.INDENT, tokenize.DEDENT)
    tokens = [token for token in read if token.type not in ends and token.string.strip()]
    strings = [token.string for token in tokens]
    refused = [token.string for token in tokens if not _is_allowed(token)]
    refused += [
        f"{token.string}( )"
        for token, after in zip(tokens, strings[1:], strict=False)
        if token.type == tokenize.NAME and after == "(" and token.string not in FUNCTIONS
    ]
    _check_commas(text, strings)
    powers = [strings[i + 1 : i + 3] for i, sign in enumerate(strings) if sign == "**"]
    signs = sum(string in SIGNS for string in strings)
    if refused:
        raise ParameterError(
            say.FORMULA_HOLDS(text=text, refused=listed(refused), EXPECTED=EXPECTED)
        )
    if signs > MOST_SIGNS:
        raise ParameterError(say.MANY_SIGNS(signs=signs, MOST_SIGNS=MOST_SIGNS))
    if len(powers) > POWERS or any(p[:1] not in DIGITS or p[1:] == ["**"] for p in powers):
        raise ParameterError(say.POWERS(text=text, POWERS=POWERS))
    return tokens


def _check_commas(text: str, strings: list[str]) -> None:
    """Nothing, if each comma and each poly belongs to a poly(column, degree)."""
    written = len(DEGREE.findall(" ".join(strings)))
    calls = sum(a == "poly" and b == "(" for a, b in pairwise(strings))
    if not strings.count(",") == calls == written:
        raise ParameterError(say.BAD_POLY(text=text, EXPECTED=EXPECTED))


def _is_allowed(token: tokenize.TokenInfo) -> bool:
    if token.type == tokenize.OP:
        return token.string in OPERATORS
    if token.type == tokenize.NUMBER:
        return token.string.replace(".", "", 1).isdigit()
    return token.type == tokenize.NAME


def _absorbed(text: str, after: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Columns after `|`: names joined by +."""
    found = tuple(part.strip() for part in after.split("+"))
    twice = [name for name in found if name in names or found.count(name) > 1]
    if not all(name.isidentifier() for name in found):
        raise ParameterError(say.AFTER_BAR(text=text))
    if twice:
        raise ParameterError(say.NAMED_TWICE(text=text, twice=twice[0]))
    return found


def _check_names(
    text: str, names: tuple[str, ...], columns: Collection[str], labels: Mapping[str, str]
) -> None:
    unknown = [name for name in names if name not in columns]
    if unknown:
        hints = [
            say.NEAREST(name=n, near=", ".join(near_names(n, columns, labels)) or say.NONE())
            for n in unknown
        ]
        raise ParameterError(
            say.UNKNOWN_NAMES(
                text=text, hints=listed(hints, NAMED, "; "), columns=", ".join(columns)
            )
        )


def _evaluated(formula: Formula, data: pd.DataFrame) -> tuple[Any, Any, list[Any]]:
    """Patsy's two matrices, and the terms of the right side as written."""
    # Imported here: it takes a while, and most reports fit nothing.
    from patsy import EvalEnvironment, ModelDesc, NAAction, PatsyError, dmatrices  # noqa: PLC0415

    known = EvalEnvironment([{"log": np.log, "poly": poly, "standardize": standardised}])
    as_they_are = NAAction(NA_types=[])
    plain = {name: _plain(data[name]) for name in formula.names}
    try:
        check_columns(formula.plain, data)
        described = ModelDesc.from_formula(formula.plain)
        with np.errstate(all="ignore"):  # what is not finite is named below
            left, right = dmatrices(described, plain, eval_env=known, NA_action=as_they_are)
    except ParameterError:
        raise
    except (PatsyError, TypeError, ValueError, SyntaxError, ArithmeticError, AttributeError) as e:
        raise ParameterError(
            say.NOT_EVALUATED(text=formula.text, what=str(e).splitlines()[0], EXPECTED=EXPECTED)
        ) from e
    return left, right, described.rhs_termlist


def _plain(column: pd.Series) -> np.ndarray:
    """Numbers as floats; all else as text, which patsy takes for categories."""
    if pd.api.types.is_numeric_dtype(column):
        return column.to_numpy(dtype=np.float64)
    return column.astype(str).to_numpy(dtype=object)


def _named(name: str) -> str:
    """As statsmodels names it, `C(kota)[T.1]`, without the type that numpy prints."""
    plain = INTERCEPT if name == "Intercept" else NUMPY.sub(r"\1", name)
    return POLY.sub(lambda found: f"{found[1]}[{int(found[2]) + 1}]", plain)  # counted from 1


def rows_called(rows: Iterable[object], frame: pd.DataFrame) -> list[str]:
    """Rows as messages call them: by the names that a frame has for its labels, if any.

    Parameters
    ----------
    rows : iterable
        Labels.
    frame : DataFrame
        `attrs["rows"]` may hold what some are called.
    """
    called = frame.attrs.get("rows", {})
    return [called.get(str(row), str(row)) for row in rows]


def _check_finite(table: Floats, names: tuple[str, ...], rows: list[str]) -> None:
    unusable = ~np.isfinite(table)
    if unusable.any():
        bad = [names[j] for j in np.flatnonzero(unusable.any(axis=0))]
        places = [rows[i] for i in np.flatnonzero(unusable.any(axis=1))]
        raise DataError(say.NOT_FINITE(bad=", ".join(bad), places=listed(places)))
