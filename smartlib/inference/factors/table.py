"""Regional factors by region: years chosen by rule, derived ones computed once (floor 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from smartlib.inference.factors.circularity import questions_scoring
from smartlib.inference.factors.derived import (
    DERIVED,
    DERIVED_BY_NAME,
    Derived,
    label_of,
    unit_of,
)
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.kept import kept

if TYPE_CHECKING:
    from smartlib.data.tables.own import UserFactors

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


@dataclass(frozen=True)
class Factor:
    """What is known of a factor, published, derived or a user's own.

    Attributes
    ----------
    name, label_en, label_id, unit : str
        Key, labels, unit of the values.
    publisher : str
        Who published it, or its inputs.
    vintage : str
        Year and basis, as `2022 realised`.
    questions : tuple of int
        Questions of the instrument that score the same thing.
    """

    name: str
    label_en: str
    label_id: str
    unit: str
    publisher: str
    vintage: str
    questions: tuple[int, ...]


def registry(
    table: FactorTable,
    dictionary: pd.DataFrame,
    scored: pd.DataFrame,
    own: UserFactors | None = None,
) -> dict[str, Factor]:
    """Every factor that a formula can name, with what is known of it.

    Parameters
    ----------
    table : FactorTable
        Whose columns are described, in their order.
    dictionary : DataFrame
        Factor dictionary.
    scored : DataFrame
        Statistics that questions of the year score.
    own : UserFactors, optional
        A user's table, if it has joined.

    Returns
    -------
    dict of str to Factor
    """
    found = {
        name: _published(name, table, dictionary, scored)
        for name in table.values
        if name in ({*dictionary.index, *DERIVED_BY_NAME})
    }
    if own is not None:
        found |= {
            name: Factor(
                name=name,
                label_en=own.labels[name],
                label_id=own.labels[name],
                unit=own.units.get(name, ""),
                publisher=own.file,
                vintage=own.years.get(name, ""),
                questions=(),
            )
            for name in own.values
        }
    return found


def join_user_factors(table: FactorTable, own: UserFactors | None) -> FactorTable:
    """The factors with a user's own beside them, for one run.

    Parameters
    ----------
    table : FactorTable
        Of published and derived factors.
    own : UserFactors or None
        Regions that it does not have get a missing value; None where there is no such table.

    Raises
    ------
    DataError
        A name that the table has already.
    """
    if own is None:
        return table
    twice = [name for name in own.values if name in table.values]
    if twice:
        raise DataError(
            f"{own.file}: {', '.join(twice)} is a factor already; give yours another name."
        )
    vintage = {name: own.years.get(name, "") for name in own.values}
    return FactorTable(table.values.join(own.values, how="outer"), {**table.vintage, **vintage})


def factors_by_rule(
    factors: pd.DataFrame,
    regions: Sequence[str] | pd.Index,
    year: int,
    *,
    flow_year: int | None = None,
    stock_year: int | None = None,
) -> FactorTable:
    """Factors of the years that the rule chooses.

    Parameters
    ----------
    factors : DataFrame
        region_code, year, basis, factor, value.
    regions : sequence of str
        Codes of the scored regions.
    year : int
        Of the evaluation.
    flow_year : int, optional
        Fiscal year of budget figures; by default the latest realised one that is complete for
        these regions and not after the evaluation.
    stock_year : int, optional
        Latest reference year of all else; by default that of the evaluation.

    Returns
    -------
    FactorTable

    Raises
    ------
    DataError
        No fiscal year is complete, or the one asked for is not at hand.
    """
    flow = latest_complete_year(factors, regions, year) if flow_year is None else flow_year
    return factor_table(factors, flow, year if stock_year is None else stock_year)


@kept
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
    basis = flow_basis(factors, flow_year)
    is_flow_year = (factors["basis"] == basis) & (factors["year"] == flow_year)
    stock_years = factors["year"].where(~is_flow & (factors["year"] <= stock_year))
    latest = stock_years.groupby(factors["factor"]).transform("max")
    columns = ["region_code", "year", "basis", "factor", "value"]
    chosen = factors.loc[is_flow_year | (stock_years == latest), columns]
    kinds = chosen.drop_duplicates("factor").sort_values("factor")
    vintage = {row.factor: f"{row.year} {row.basis}" for row in kinds.itertuples()}
    values = chosen.pivot(index="region_code", columns="factor", values="value")
    for factor in DERIVED:
        if set(factor.inputs) <= set(values.columns):
            values[factor.name] = _derive(values, factor)
    return FactorTable(values.rename_axis(columns=None), vintage)


def flow_basis(factors: pd.DataFrame, year: int) -> str:
    """Whether the budget figures of a fiscal year are realised or budgeted ones.

    Parameters
    ----------
    factors : DataFrame
        region_code, year, basis, factor, value.
    year : int
        A fiscal year; where it has both kinds, it is that of the realised ones.

    Raises
    ------
    DataError
        No budget figures of that year.
    """
    flows = factors.loc[factors["basis"].isin(FLOW_BASES), ["year", "basis"]]
    known = set(flows.loc[flows["year"] == year, "basis"])
    if not known:
        years = ", ".join(map(str, sorted(set(flows["year"]))))
        raise DataError(f"No budget figures for {year}; years at hand: {years}.")
    return next(basis for basis in FLOW_BASES if basis in known)


def _published(
    name: str, table: FactorTable, dictionary: pd.DataFrame, scored: pd.DataFrame
) -> Factor:
    derived = DERIVED_BY_NAME.get(name)
    rows = dictionary.loc[list(derived.inputs if derived else (name,))]
    return Factor(
        name=name,
        label_en=label_of(name, dictionary, "en"),
        label_id=label_of(name, dictionary, "id"),
        unit=unit_of(name, dictionary),
        publisher=", ".join(dict.fromkeys(rows["publisher"])),
        vintage=table.years_of(name),
        questions=questions_scoring(name, scored),
    )


def _derive(values: pd.DataFrame, factor: Derived) -> pd.Series:
    result = values[factor.numerator]
    if factor.denominator:
        result = result / values[factor.denominator]
    return pd.Series(np.log(result)) if factor.logarithm else result


@kept
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
    realised = realised[realised["region_code"].isin(regions) & realised["value"].notna()]
    cells = realised.groupby("year").size()
    needed = len(pd.Index(regions).unique()) * realised["factor"].nunique()
    complete = cells.index[cells == needed]
    if not len(complete):
        raise DataError("No fiscal year has realised figures for every one of these regions.")
    return int(complete.max())
