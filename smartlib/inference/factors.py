"""Regional factors by region: years chosen by rule, derived ones computed once (floor 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smartlib.inference.derived import DERIVED, DERIVED_BY_NAME, Derived
from smartlib.vocabulary.errors import DataError

FLOW_BASES = ("realised", "budgeted")  # of a fiscal year; all other values are stocks


@dataclass(frozen=True)
class FactorTable:
    """Factors by region, with the year of each.

    Attributes
    ----------
    values : DataFrame, shape (regions, factors)
        Indexed by region code; a value that was not published is missing.
    vintage : dict of str to str
        Year and basis of each published factor, as `2022 realised`.
    """

    values: pd.DataFrame
    vintage: dict[str, str]

    def years_of(self, name: str) -> str:
        """Years behind a factor, published or derived."""
        derived = DERIVED_BY_NAME.get(name)
        inputs = derived.inputs if derived else (name,)
        return ", ".join(dict.fromkeys(self.vintage[factor] for factor in inputs))


def factor_table(factors: pd.DataFrame, flow_year: int, stock_year: int) -> FactorTable:
    """Factors of one vintage, published and derived.

    Parameters
    ----------
    factors : DataFrame
        region_code, year, basis, factor, value.
    flow_year : int
        Fiscal year of the budget figures.
    stock_year : int
        Latest reference year allowed for everything else (the year of the evaluation).

    Returns
    -------
    FactorTable

    Raises
    ------
    DataError
        No budget figures of that year.
    """
    is_flow = factors["basis"].isin(FLOW_BASES)
    if flow_year not in set(factors.loc[is_flow, "year"]):
        known = ", ".join(map(str, sorted(set(factors.loc[is_flow, "year"]))))
        raise DataError(f"No budget figures for {flow_year}; years at hand: {known}.")
    stock_years = factors["year"].where(~is_flow & (factors["year"] <= stock_year))
    latest = stock_years.groupby(factors["factor"]).transform("max")
    is_chosen = (is_flow & (factors["year"] == flow_year)) | (stock_years == latest)
    chosen = factors.loc[is_chosen, ["region_code", "year", "basis", "factor", "value"]]
    kinds = chosen.drop_duplicates("factor").sort_values("factor")
    vintage = {row.factor: f"{row.year} {row.basis}" for row in kinds.itertuples()}
    values = chosen.pivot(index="region_code", columns="factor", values="value")
    for factor in DERIVED:
        if set(factor.inputs) <= set(values.columns):
            values[factor.name] = _derive(values, factor)
    return FactorTable(values.rename_axis(columns=None), vintage)


def _derive(values: pd.DataFrame, factor: Derived) -> pd.Series:
    result = values[factor.numerator]
    if factor.denominator:
        result = result / values[factor.denominator]
    return pd.Series(np.log(result)) if factor.logarithm else result


def latest_complete_year(
    factors: pd.DataFrame, regions: Sequence[str] | pd.Index, not_after: int
) -> int:
    """Latest fiscal year whose realised figures cover every one of some regions.

    Parameters
    ----------
    factors : DataFrame
        region_code, year, basis, factor, value.
    regions : sequence of str
        Codes that must be covered.
    not_after : int
        Latest year allowed: that of the evaluation.

    Raises
    ------
    DataError
        No year covers them all.
    """
    realised = factors[(factors["basis"] == "realised") & (factors["year"] <= not_after)]
    realised = realised[realised["region_code"].isin(regions)]
    cells = realised.groupby("year").size()
    needed = len(pd.Index(regions).unique()) * realised["factor"].nunique()
    complete = cells.index[cells == needed]
    if not len(complete):
        raise DataError("No fiscal year has realised figures for every one of these regions.")
    return int(complete.max())
