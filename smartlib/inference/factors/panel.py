"""A table with years joined year by year: the frame of a panel, and its shape (floor 3).

A formula asks for it by naming `year` or `region_code`. A row's label is its region's code and its
year, as `51.03 2023`, so that whatever names a row says both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from smartlib.inference.factors.derived import DERIVED
from smartlib.inference.factors.table import FLOW_BASES, FactorTable, flow_basis
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.words import formulas as say

if TYPE_CHECKING:
    from smartlib.data.tables.own import UserFactors

KEYS = ("region_code", "year")


@dataclass(frozen=True)
class Shape:
    """What a panel's rows are.

    Attributes
    ----------
    rows, regions : int
        How many.
    years : tuple of int
        Sorted.
    """

    rows: int
    regions: int
    years: tuple[int, ...]

    @property
    def is_balanced(self) -> bool:
        """Whether every region has every year."""
        return self.rows == self.regions * len(self.years)


def asks_for_panel(texts: Iterable[str]) -> bool:
    """Whether formulas and conditions name what a panel's rows are."""
    return any(re.search(rf"\b({'|'.join(KEYS)})\b", text) for text in texts)


def panel_frame(
    frame: pd.DataFrame,
    outcomes: Collection[str],
    factors: pd.DataFrame,
    own: UserFactors | None,
    year: int,
) -> pd.DataFrame:
    """A row for each scored region and year of a user's table.

    Parameters
    ----------
    frame : DataFrame, shape (scored regions, ...)
        The analysis frame: outcomes, indicators, province.
    outcomes : collection of str
        Its columns that are of the evaluation's year alone.
    factors : DataFrame
        region_code, year, basis, factor, value, as published.
    own : UserFactors or None
        With values by year.
    year : int
        Of the evaluation.

    Returns
    -------
    DataFrame, shape (regions x years at hand, ...)
        region_code, year, outcomes (missing in other years than the evaluation's), indicators and
        province, published factors of the row's own year (missing where it has none), the user's
        columns; sorted by region and year.

    Raises
    ------
    DataError
        There is no table, or it has no years, or one alone.
    """
    if own is None:
        raise DataError(say.PANEL_NEEDS())
    if own.by_year is None or own.by_year.index.get_level_values("year").nunique() < 2:
        raise DataError(say.NO_TWO_YEARS(file=own.file))
    inside = own.by_year[own.by_year.index.get_level_values("region_code").isin(frame.index)]
    codes, years = (inside.index.get_level_values(key) for key in KEYS)
    fixed = frame.drop(columns=[name for name in frame if name in own.values]).reindex(codes)
    published = [name for name in fixed if name not in outcomes and _is_factor(name, factors)]
    fixed.loc[np.asarray(years != year), list(outcomes)] = np.nan
    dated = factors_by_year(factors, sorted(set(years))).reindex(inside.index)[published]
    labels = [row_label(code, of) for code, of in inside.index]
    parts = [
        pd.DataFrame({"region_code": codes, "year": years.astype("float64")}),
        fixed.drop(columns=published).reset_index(drop=True),
        dated.reset_index(drop=True),
        inside.reset_index(drop=True),
    ]
    return pd.concat(parts, axis=1).set_index(pd.Index(labels, name="row"))


def _is_factor(name: str, factors: pd.DataFrame) -> bool:
    return name in {d.name for d in DERIVED} or bool((factors["factor"] == name).any())


def factors_by_year(factors: pd.DataFrame, years: Iterable[int]) -> pd.DataFrame:
    """Published and derived factors, each of its own year.

    Parameters
    ----------
    factors : DataFrame
        region_code, year, basis, factor, value.
    years : iterable of int
        Wanted.

    Returns
    -------
    DataFrame
        Indexed by region_code and year; a factor that a year does not have is missing. Of budget
        figures realised ones come before budgeted ones.
    """
    chosen = factors[factors["year"].isin(list(years))]
    is_flow = chosen["basis"].isin(FLOW_BASES)
    bases = {of: flow_basis(chosen, of) for of in set(chosen.loc[is_flow, "year"])}
    kept = chosen[~is_flow | (chosen["basis"] == chosen["year"].map(bases))]
    values = kept.pivot_table(index=list(KEYS), columns="factor", values="value", aggfunc="last")
    values = values.reindex(columns=sorted(set(factors["factor"]))).rename_axis(columns=None)
    for factor in DERIVED:
        if set(factor.inputs) <= set(values.columns):
            values[factor.name] = factor.of(values)
    return values


def with_years(table: FactorTable, panel: pd.DataFrame) -> FactorTable:
    """A table of factors that says of each which years a panel has of it.

    Parameters
    ----------
    table : FactorTable
    panel : DataFrame
        Output of `panel_frame`.
    """
    found = {}
    for name in table.values:
        known = sorted(int(of) for of in panel.loc[panel[name].notna(), "year"].unique())
        is_run = len(known) > 1 and known[-1] - known[0] == len(known) - 1
        found[str(name)] = f"{known[0]}-{known[-1]}" if is_run else ", ".join(map(str, known))
    return FactorTable(table.values, found)


def row_label(code: str, year: int) -> str:
    """What a row is called, as `51.03 2023`."""
    return f"{code} {year}"


def code_of(label: object) -> str:
    """Region code of a row's label, with a year or without."""
    return str(label).partition(" ")[0]


def row_name(label: object, name: Callable[[str], str]) -> str:
    """A row in words: `Kab. Badung`, or `Kab. Badung 2023`.

    Parameters
    ----------
    label : str
        Of a row.
    name : callable
        From a code to a region's name.
    """
    code, space, year = str(label).partition(" ")
    return name(code) + space + year


def row_names(labels: Iterable[object], name: Callable[[str], str]) -> Mapping[str, str]:
    """Rows in words, by label.

    Parameters
    ----------
    labels : iterable of str
        Of rows.
    name : callable
        From a code to a region's name.
    """
    return {str(label): row_name(label, name) for label in labels}


def rows_with_codes(labels: Iterable[object], name: Callable[[str], str]) -> Mapping[str, str]:
    """Rows by name and code, as messages call them: `Kab. Badung (51.03)`.

    Parameters
    ----------
    labels : iterable of str
        Of rows.
    name : callable
        From a code to a region's name.
    """
    parts = {str(label): str(label).partition(" ") for label in labels}
    return {label: f"{name(of)} ({of}){rest}{year}" for label, (of, rest, year) in parts.items()}


def shape_of(labels: Iterable[object]) -> Shape | None:
    """Regions and years of some rows; None where they have no years.

    Parameters
    ----------
    labels : iterable of str
        Of rows.
    """
    pairs = [str(label).partition(" ") for label in labels]
    years = sorted({int(year) for _, _, year in pairs if year.isdecimal()})
    if not years:
        return None
    return Shape(len(pairs), len({code for code, *_ in pairs}), tuple(years))
