"""Factors computed from published ones, declared as data (floor 3)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np
import pandas as pd

from smartlib.vocabulary.errors import DataError


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
    is_part : bool
        Whether the numerator is a part of the denominator: a share of one budget, which can
        only be read against the rest of that budget.
    """

    name: str
    label_en: str
    label_id: str
    unit: str
    numerator: str
    denominator: str = ""
    logarithm: bool = False
    is_part: bool = False

    @property
    def inputs(self) -> tuple[str, ...]:
        """Published factors that it is made from."""
        return (self.numerator, self.denominator) if self.denominator else (self.numerator,)

    def of(self, values: pd.DataFrame) -> pd.Series:
        """Its values, from a frame that holds the inputs."""
        result = values[self.numerator]
        if self.denominator:
            result = result / values[self.denominator]
        return pd.Series(np.log(result)) if self.logarithm else result


DERIVED = (
    Derived(
        "own_source_share",
        "Own-source share of revenue",
        "Porsi PAD dalam pendapatan",
        "share of total revenue",
        "own_source_revenue",
        "total_revenue",
        is_part=True,
    ),
    Derived(
        "transfer_share",
        "Central transfers' share of revenue",
        "Porsi transfer pusat dalam pendapatan",
        "share of total revenue",
        "central_transfers",
        "total_revenue",
        is_part=True,
    ),
    Derived(
        "capital_share",
        "Capital share of spending",
        "Porsi belanja modal",
        "share of total spending",
        "capital_spending",
        "total_spending",
        is_part=True,
    ),
    Derived(
        "personnel_share",
        "Personnel share of spending",
        "Porsi belanja pegawai",
        "share of total spending",
        "personnel_spending",
        "total_spending",
        is_part=True,
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


def label_of(name: str, dictionary: pd.DataFrame, lang: str) -> str:
    """Label of a factor, published or derived, in `id` or `en`.

    Raises
    ------
    DataError
        No factor has this name; the message has the nearest.
    """
    derived = DERIVED_BY_NAME.get(name)
    if derived:
        return derived.label_en if lang == "en" else derived.label_id
    if name not in dictionary.index:
        known = [*DERIVED_BY_NAME, *dictionary.index]
        near = ", ".join(get_close_matches(name, known) or known)
        raise DataError(f"No factor is called '{name}'. The nearest names: {near}.")
    return str(dictionary.at[name, f"label_{lang}"])


def unit_of(name: str, dictionary: pd.DataFrame) -> str:
    """Unit of a factor, published or derived."""
    derived = DERIVED_BY_NAME.get(name)
    return derived.unit if derived else str(dictionary.at[name, "unit"])


@dataclass(frozen=True)
class Against:
    """What a share of a budget is read against: the parts that make room for it.

    Attributes
    ----------
    budget : str
        The total: `total_revenue` or `total_spending`.
    held : tuple of str
        Shares of the same budget that the formula holds fixed.
    free : tuple of str
        Factors of the budget's other parts, where none is held.
    """

    budget: str
    held: tuple[str, ...]
    free: tuple[str, ...]


def read_against(name: str, *, beside: Collection[str] = ()) -> Against | None:
    """What a share of a budget is read against.

    Parameters
    ----------
    name : str
        A factor.
    beside : collection of str, optional
        Other factors of the same formula: a part of the same budget among them is held fixed
        and makes no room.

    Returns
    -------
    Against or None
        None for a factor that is no part of a budget.

    Notes
    -----
    Shares of one budget sum to one, so that one cannot grow by itself: a coefficient compares
    regions that have more of it and less of what is named here.
    """
    share = DERIVED_BY_NAME.get(name)
    if share is None or not share.is_part:
        return None
    parts = [
        part
        for part in DERIVED
        if part.is_part and part.denominator == share.denominator and part.name != name
    ]
    held = tuple(part.name for part in parts if part.name in beside)
    free = () if held else tuple(part.numerator for part in parts)
    return Against(share.denominator, held, free)
