"""Table 1: count, mean, spread, quartiles, ends with their rows, differences (floor 3)."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from smartlib.inference.core.formulas import read_formula
from smartlib.inference.terms import near_names
from smartlib.vocabulary.errors import DataError, ParameterError
from smartlib.vocabulary.messages import listed
from smartlib.vocabulary.words import formulas as say

COLUMNS = (
    "name",
    "group",
    "n",
    "missing",
    "mean",
    "sd",
    "lowest",
    "lower_quartile",
    "median",
    "upper_quartile",
    "highest",
    "lowest_row",
    "highest_row",
    "standardised_difference",
)
MOST_GROUPS = 60


def chosen_names(text: str, frame: pd.DataFrame) -> tuple[str, ...]:
    """Columns that a formula or a list of names asks for.

    Parameters
    ----------
    text : str
        A formula, or names between spaces or commas.
    frame : DataFrame
        Holds them.

    Raises
    ------
    ParameterError
        A name that is not there, none at all, or a formula that cannot be read.

    Examples
    --------
    >>> chosen_names("a, b", pd.DataFrame({"a": [1.0], "b": [2.0]}))
    ('a', 'b')
    """
    columns = list(map(str, frame.columns))
    labels = frame.attrs.get("labels") or {}
    if "~" in text:
        return read_formula(text, columns, labels).names
    names = tuple(dict.fromkeys(filter(None, re.split(r"[,\s]+", text))))
    unknown = [name for name in names if name not in columns]
    if unknown or not names:
        hints = [
            say.NEAREST(name=n, near=", ".join(near_names(n, columns, labels)) or say.NONE())
            for n in unknown
        ]
        raise ParameterError(
            say.NO_COLUMN(hints=listed(hints, between="; ")) if unknown else say.NAME_COLUMNS()
        )
    return names


def describe(frame: pd.DataFrame, names: str | Sequence[str], by: str = "") -> pd.DataFrame:
    """Columns described, for all rows and for groups of them.

    Parameters
    ----------
    frame : DataFrame, shape (rows, ...)
        Its index names the rows.
    names : str or sequence of str
        Columns of numbers: a formula, whose complete rows are described, or names.
    by : str, optional
        Column of groups.

    Returns
    -------
    DataFrame
        One row a column, and with `by` one a column and group (`group` is empty for all rows):
        n, missing, mean, sd, quartiles, ends with the row that alone has each, and the standardised
        difference of a group from all other rows.

    Raises
    ------
    ParameterError
        A name that is not there.
    DataError
        A column without any number, more than 60 groups.

    Notes
    -----
    The standard deviation is a sample's (n - 1); quartiles are those of R's type 7 and Excel's
    QUARTILE.INC. The standardised difference is (m1 - m0) / sqrt((s1^2 + s0^2) / 2), with the
    plain mean of the variances as usual for balance; it is missing where a side has fewer than
    two rows.

    Verification: R: stats, to 1e-8.

    References
    ----------
    Austin, P. C. (2009). Balance diagnostics for comparing the distribution of baseline
    covariates between treatment groups. Statistics in Medicine, 28(25), 3083-3107.

    Examples
    --------
    >>> frame = pd.DataFrame({"x": [1.0, 2, 3, 6]}, index=list("abcd"))
    >>> describe(frame, "x")[["n", "mean", "median", "highest_row"]].to_dict("records")
    [{'n': 4, 'mean': 3.0, 'median': 2.5, 'highest_row': 'd'}]
    """
    asked = chosen_names(names, frame) if isinstance(names, str) else tuple(names)
    used = frame
    if isinstance(names, str) and "~" in names:
        read = read_formula(names, list(map(str, frame.columns)))
        used = frame[frame[list(read.columns)].notna().all(axis=1)]
    groups = _groups(frame, used, by)
    rows = []
    for name in numeric(frame, asked):
        values = used[name].astype("float64")
        rows.append({"name": name, "group": "", **_described(values)})
        for group, is_in in groups.items():
            inside = {"name": name, "group": group, **_described(values[is_in])}
            difference = standardised_difference(values[is_in], values[~is_in])
            rows.append({**inside, "standardised_difference": difference})
    if not rows:
        raise DataError(say.NO_NUMBERS(asked=", ".join(asked)))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def numeric(frame: pd.DataFrame, names: Sequence[str]) -> list[str]:
    """Those of some columns that hold numbers."""
    return [name for name in names if pd.api.types.is_numeric_dtype(frame[name])]


def standardised_difference(one: pd.Series, other: pd.Series) -> float:
    """Difference of two means in pooled standard deviations; missing where there is none."""
    if one.count() < 2 or other.count() < 2:
        return float("nan")
    pooled = np.sqrt((one.var() + other.var()) / 2)
    return float((one.mean() - other.mean()) / pooled) if pooled > 0 else float("nan")


def _groups(frame: pd.DataFrame, used: pd.DataFrame, by: str) -> dict[str, pd.Series]:
    if not by:
        return {}
    if by not in frame.columns:
        near = ", ".join(near_names(by, list(map(str, frame.columns)), {})) or say.NONE()
        raise ParameterError(say.NO_GROUPS(by=by, near=near))
    values = used[by].dropna()
    found = sorted(values.unique())
    if len(found) > MOST_GROUPS:
        raise DataError(say.MANY_GROUPS(by=by, n_found=len(found), MOST_GROUPS=MOST_GROUPS))
    return {f"{v:g}" if isinstance(v, float) else str(v): used[by] == v for v in found}


def _described(values: pd.Series) -> dict[str, object]:
    known = values.dropna()
    found: dict[str, object] = {"n": len(known), "missing": len(values) - len(known)}
    if known.empty:
        return found
    quartiles = known.quantile([0.25, 0.5, 0.75]).to_list()
    return found | {
        "mean": float(known.mean()),
        "sd": float(known.std()),
        "lowest": float(known.min()),
        "lower_quartile": quartiles[0],
        "median": quartiles[1],
        "upper_quartile": quartiles[2],
        "highest": float(known.max()),
        "lowest_row": _only(known, known.min()),
        "highest_row": _only(known, known.max()),
    }


def _only(known: pd.Series, value: float) -> str:
    """The row that has a value, if it is one alone."""
    rows = known.index[known == value]
    return str(rows[0]) if len(rows) == 1 else ""
