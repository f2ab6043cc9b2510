"""How far coefficients move with the fiscal year of the budget alone (floor 3)."""

from __future__ import annotations

import pandas as pd

from smartlib.inference.core.formulas import INTERCEPT
from smartlib.inference.core.models import fit
from smartlib.inference.factors.table import FLOW_BASES, factor_table, flow_basis


def coefficients_by_year(
    formula: str,
    frame: pd.DataFrame,
    factors: pd.DataFrame,
    *,
    stock_year: int,
    se: str = "cr2",
    cluster: str = "province",
    level: float = 0.95,
) -> pd.DataFrame:
    """The same formula with the budget of each fiscal year.

    Parameters
    ----------
    formula : str
        As in `fit`.
    frame : DataFrame, shape (rows, ...)
        Outcomes, indicators and clusters, indexed by region code; columns of factors are
        replaced by each year's.
    factors : DataFrame
        region_code, year, basis, factor, value.
    stock_year : int
        Latest reference year of what is no budget figure.
    se, cluster, level
        As in `fit`.

    Returns
    -------
    DataFrame
        A row for each year and coefficient but the intercept: year, basis, name, estimate,
        standard_error, degrees_of_freedom, p_value, low, high, n.

    Raises
    ------
    ParameterError, DataError
        As in `fit` and `factor_table`.

    Notes
    -----
    How far a coefficient moves with the fiscal year alone says how much of it is the choice
    of a year; a budget (`budgeted`) is not a realisation.
    """
    tables = []
    for year in sorted(set(factors.loc[factors["basis"].isin(FLOW_BASES), "year"])):
        values = factor_table(factors, int(year), stock_year).values
        joined = frame.drop(columns=values.columns, errors="ignore").join(values)
        model = fit(formula, joined, se=se, cluster=cluster, level=level)
        table = pd.DataFrame([c for c in model.coefficients if c.name != INTERCEPT])
        tables.append(table.assign(year=year, basis=flow_basis(factors, year), n=model.n))
    found = pd.concat(tables, ignore_index=True).drop(columns="statistic")
    return found[["year", "basis", *(c for c in found if c not in ("year", "basis"))]]
