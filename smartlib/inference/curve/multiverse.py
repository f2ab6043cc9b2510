"""What a specification curve chooses from: indices, factor years, samples (floor 3).

An index is made from the same marks in many defensible ways, factors come from many years, and
rows may be all or some. They are laid side by side here as tables of the same rows, before any
regression is planned.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smartlib.data.tables.own import UserFactors
from smartlib.inference.checks.forms import FORMS
from smartlib.inference.core.least_squares import Floats
from smartlib.inference.curve.recipes import Recipe
from smartlib.inference.factors.table import FLOW_BASES, factor_table, join_user_factors
from smartlib.vocabulary.errors import DataError, ParameterError
from smartlib.vocabulary.messages import listed

TEN_POINTS = 0.1  # of a share: a difference that regions do have


def factor_vintages(
    factors: pd.DataFrame,
    dummies: pd.DataFrame,
    *,
    focal: str,
    years: Sequence[int],
    stock_year: int,
    own: UserFactors | None = None,
) -> dict[str, pd.DataFrame]:
    """Factors of the same rows from one fiscal year after another.

    Parameters
    ----------
    factors : DataFrame
        region_code, year, basis, factor, value.
    dummies : DataFrame, shape (n, ...)
        Columns that no year moves, as `kota`; its index says which regions are wanted.
    focal : str
        The factor whose year names a vintage.
    years : sequence of int
        Fiscal years.
    stock_year : int
        Latest reference year of everything that is not of a fiscal year.
    own : UserFactors, optional
        A user's own factors, the same beside every fiscal year.

    Returns
    -------
    dict of str to DataFrame, shape (n, ...)
        By year and basis, as `2022 realised`. A value that was not published is missing.

    Raises
    ------
    DataError
        No budget figures of a year, or the focal factor is not of a fiscal year, so that its
        years would all be the same.
    """
    found = [join_user_factors(factor_table(factors, year, stock_year), own) for year in years]
    absent = [year for year, table in zip(years, found, strict=True) if focal not in table.values]
    if absent:
        raise DataError(f"No {focal} in {', '.join(map(str, absent))}; leave the year out.")
    names = [table.years_of(focal) for table in found]
    if len(set(names)) < len(names):
        raise DataError(
            f"{focal} is from {', '.join(dict.fromkeys(names))} whatever the fiscal year (a flow "
            f"is {' or '.join(FLOW_BASES)}); give one year."
        )
    return {
        name: table.values.reindex(dummies.index).join(dummies)
        for name, table in zip(names, found, strict=True)
    }


@dataclass(frozen=True, eq=False)
class Multiverse:
    """What specifications choose from: tables of the same n rows.

    Attributes
    ----------
    focal : str
        The factor whose coefficient is followed throughout.
    recipes : tuple of Recipe, length m
        How each outcome is made.
    outcomes : DataFrame, shape (n, m)
        Complete, any unit: they are put in standard deviations over all rows.
    vintages : mapping of str to DataFrame, shape (n, ...)
        Focal factor and controls, by year; a missing value leaves its row out of the fits that
        need it.
    samples : DataFrame of bool, shape (n, ...)
        Rows that belong to each sample.
    clusters : Series, shape (n,)
        Rows that go together, as provinces.
    unit : float, default 0.1
        Difference of the focal factor that an estimate is for, where there are no `ends`.
    forms : tuple of str, default ("level",)
        Functional forms of the focal factor, of `checks.forms.FORMS`.
    ends : (float, float), optional
        Two values of the focal factor, the same for all: an estimate is then the contrast
        between them under each form. Other forms than the level need them.

    Raises
    ------
    DataError
        Rows that differ, an outcome that is missing or constant, a row without a cluster, a
        vintage without the focal factor, a sample that is not of true and false.
    ParameterError
        A unit that is not above 0, forms without ends, or a form that does not exist.
    """

    focal: str
    recipes: tuple[Recipe, ...]
    outcomes: pd.DataFrame
    vintages: Mapping[str, pd.DataFrame]
    samples: pd.DataFrame
    clusters: pd.Series
    unit: float = field(default=TEN_POINTS)
    forms: tuple[str, ...] = ("level",)
    ends: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        """Refuse tables that do not belong together."""
        if not 0 < self.unit < np.inf:
            raise ParameterError(f"A unit of {self.unit} of {self.focal}; it is a number above 0.")
        if unknown := [form for form in self.forms if form not in FORMS]:
            raise ParameterError(
                f"No form is called {listed(unknown)}; there are {', '.join(FORMS)}."
            )
        if self.ends is None and self.forms != ("level",):
            raise ParameterError("Forms are compared on one contrast: give the two ends of it.")
        tables = {"samples": self.samples, "clusters": self.clusters, **self.vintages}
        others = [name for name, table in tables.items() if not table.index.equals(self.rows)]
        if others or not self.rows.is_unique:
            raise DataError(
                f"The rows of {', '.join(others) or 'the outcomes'} are not those of the outcomes, "
                "each once and in the same order; reindex them."
            )
        if tuple(self.outcomes.columns) != tuple(recipe.name for recipe in self.recipes):
            raise DataError("The outcomes' columns are not named as the recipes, in their order.")
        values = self.outcomes.to_numpy("float64")
        unusable = ~np.isfinite(values).all(axis=0) | (np.ptp(values, axis=0) == 0)
        if unusable.any():
            names = [*self.outcomes.columns[unusable]]
            raise DataError(f"Missing, infinite or constant: {listed(names)}; leave these out.")
        without = [name for name, table in self.vintages.items() if self.focal not in table]
        if without or not self.vintages:
            raise DataError(f"No {self.focal} in the years {', '.join(without) or '(none given)'}.")
        if self.clusters.isna().any():
            rows = [*map(str, self.rows[self.clusters.isna()])]
            raise DataError(f"No cluster for row {listed(rows)}; name one, or leave the row out.")
        if self.samples.empty or any(kind != "bool" for kind in self.samples.dtypes):
            raise DataError(
                "Samples are columns of true and false, one a sample; give one or more."
            )

    @property
    def rows(self) -> pd.Index:
        """Labels of the rows."""
        return self.outcomes.index

    @cached_property
    def codes(self) -> NDArray[np.intp]:
        """Number of each row's cluster, shape (n,)."""
        return pd.factorize(self.clusters, sort=True)[0]

    @cached_property
    def order(self) -> NDArray[np.intp]:
        """Rows, cluster by cluster, shape (n,)."""
        return np.argsort(self.codes, kind="stable")

    @property
    def standardised(self) -> Floats:
        """Outcomes in standard deviations over all rows, shape (n, m)."""
        values = self.outcomes.to_numpy("float64")
        return np.asarray((values - values.mean(axis=0)) / values.std(axis=0, ddof=1))
