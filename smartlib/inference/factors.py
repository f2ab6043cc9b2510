"""Regional factors by region: years chosen by rule, derived ones computed once (floor 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.records import Scheme
from smartlib.vocabulary.tables import DIMENSIONS

FLOW_BASES = ("realised", "budgeted")  # of a fiscal year; all other values are stocks


@dataclass(frozen=True)
class Derived:
    """A factor computed from published ones: a ratio, or the logarithm of one.

    Attributes
    ----------
    name, label_en, label_id, unit : str
        As in the factor dictionary.
    numerator, denominator : str
        Published factors; no denominator means the numerator itself.
    logarithm : bool
        Whether the natural logarithm is taken.
    """

    name: str
    label_en: str
    label_id: str
    unit: str
    numerator: str
    denominator: str = ""
    logarithm: bool = False

    @property
    def inputs(self) -> tuple[str, ...]:
        """Published factors that it is made from."""
        return (self.numerator, self.denominator) if self.denominator else (self.numerator,)


DERIVED = (
    Derived(
        "own_source_share",
        "Own-source share of revenue",
        "Porsi PAD dalam pendapatan",
        "share of total revenue",
        "own_source_revenue",
        "total_revenue",
    ),
    Derived(
        "transfer_share",
        "Central transfers' share of revenue",
        "Porsi transfer pusat dalam pendapatan",
        "share of total revenue",
        "central_transfers",
        "total_revenue",
    ),
    Derived(
        "capital_share",
        "Capital share of spending",
        "Porsi belanja modal",
        "share of total spending",
        "capital_spending",
        "total_spending",
    ),
    Derived(
        "personnel_share",
        "Personnel share of spending",
        "Porsi belanja pegawai",
        "share of total spending",
        "personnel_spending",
        "total_spending",
    ),
    Derived(
        "spending_per_person",
        "Regional spending per person",
        "Belanja daerah per penduduk",
        "rupiah per registered person",
        "total_spending",
        "population",
    ),
    Derived(
        "population_density",
        "Population density",
        "Kepadatan penduduk",
        "persons per square kilometre",
        "population",
        "land_area",
    ),
    Derived(
        "log_population",
        "Population (log)",
        "Penduduk (log)",
        "natural logarithm of persons",
        "population",
        logarithm=True,
    ),
    Derived(
        "log_population_density",
        "Population density (log)",
        "Kepadatan penduduk (log)",
        "natural logarithm of persons per square kilometre",
        "population",
        "land_area",
        logarithm=True,
    ),
    Derived(
        "log_grdp_per_capita",
        "GRDP per person (log)",
        "PDRB per kapita (log)",
        "natural logarithm of thousand rupiah per person",
        "grdp_per_capita",
        logarithm=True,
    ),
)
DERIVED_BY_NAME = {factor.name: factor for factor in DERIVED}


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
    flows = factors[factors["basis"].isin(FLOW_BASES)]
    if flow_year not in set(flows["year"]):
        known = ", ".join(map(str, sorted(set(flows["year"]))))
        raise DataError(f"No budget figures for {flow_year}; years at hand: {known}.")
    stocks = factors[~factors["basis"].isin(FLOW_BASES) & (factors["year"] <= stock_year)]
    latest = stocks["year"] == stocks.groupby("factor")["year"].transform("max")
    chosen = pd.concat([flows[flows["year"] == flow_year], stocks[latest]])
    kinds = chosen.groupby("factor")[["year", "basis"]].first()
    vintage = {str(row.Index): f"{row.year} {row.basis}" for row in kinds.itertuples()}
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


def label_of(name: str, dictionary: pd.DataFrame, lang: str) -> str:
    """Label of a factor, published or derived, in `id` or `en`."""
    derived = DERIVED_BY_NAME.get(name)
    if derived:
        return derived.label_en if lang == "en" else derived.label_id
    return str(dictionary.at[name, f"label_{lang}"])


def unit_of(name: str, dictionary: pd.DataFrame) -> str:
    """Unit of a factor, published or derived."""
    derived = DERIVED_BY_NAME.get(name)
    return derived.unit if derived else str(dictionary.at[name, "unit"])


def circularity(
    names: Sequence[str], dictionary: pd.DataFrame, instrument: pd.DataFrame, scheme: Scheme
) -> pd.DataFrame:
    """Questions of the index that score the same thing as a factor.

    Parameters
    ----------
    names : sequence of str
        Factors of a regression; names that the dictionary does not have (dummies) are
        passed over.
    dictionary : DataFrame
        Factor dictionary, with `scored_by_questions`.
    instrument : DataFrame
        Questions indexed by number, with `dimension`.
    scheme : Scheme
        Weights of the dimensions.

    Returns
    -------
    DataFrame
        factor, question, dimension, and for each track the question's share of the
        index (dimension weight divided by the dimension's number of questions).
    """
    by_heading = {dimension.heading: dimension for dimension in DIMENSIONS}
    sizes = instrument["dimension"].value_counts()
    rows = []
    for name in names:
        derived = DERIVED_BY_NAME.get(name)
        inputs = [i for i in (derived.inputs if derived else (name,)) if i in dictionary.index]
        cells = [dictionary.at[i, "scored_by_questions"] for i in inputs]
        numbers = sorted({int(n) for cell in cells if pd.notna(cell) for n in cell.split(";")})
        for number in numbers:
            heading = instrument.at[number, "dimension"]
            dimension = by_heading[heading].name
            shares = {
                track.name: float(track.weights.get(dimension, 0)) / int(sizes[heading])
                for track in scheme.tracks.values()
            }
            rows.append({"factor": name, "question": number, "dimension": dimension, **shares})
    return pd.DataFrame(rows, columns=["factor", "question", "dimension", *scheme.tracks])


def latest_complete_year(factors: pd.DataFrame, regions: Sequence[str] | pd.Index) -> int:
    """Latest fiscal year whose realised figures cover every one of some regions.

    Parameters
    ----------
    factors : DataFrame
        region_code, year, basis, factor, value.
    regions : sequence of str
        Codes that must be covered.

    Raises
    ------
    DataError
        No year covers them all.
    """
    realised = factors[(factors["basis"] == "realised") & factors["region_code"].isin(regions)]
    cells = realised.groupby("year").size()
    needed = len(pd.Index(regions).unique()) * realised["factor"].nunique()
    complete = cells.index[cells == needed]
    if not len(complete):
        raise DataError("No fiscal year has realised figures for every one of these regions.")
    return int(complete.max())
