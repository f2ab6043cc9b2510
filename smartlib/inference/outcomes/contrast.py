"""One cohort beside its controls: changes since a base year, with errors by province (floor 3).

A region's mean over a window less its base is one number, so that one regression on a column of
1 and 0 is the whole difference in differences, and its errors are those of `core`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import pandas as pd
from scipy import stats

from smartlib.inference.core.covariance import covariance
from smartlib.inference.core.estimates import Estimate
from smartlib.inference.core.least_squares import Floats, LeastSquares, least_squares
from smartlib.inference.core.sandwich import infer
from smartlib.vocabulary.errors import DataError

TREATED = "treated"
FEWEST = 5  # regions of a group, below which no comparison is made
SEED = 0
TIE = 1e-9  # statistics this near are equal but for rounding


@dataclass(frozen=True, eq=False)
class Comparison:
    """A cohort and its controls, with the change of each region.

    Attributes
    ----------
    change : Series, shape (n,)
        Mean of the window less the base year, in the measure's unit (log points for logarithms).
    treated : Series of bool, shape (n,)
        Whether a region is of the cohort.
    province : Series of str, shape (n,)
        What errors are clustered by.
    held : DataFrame, shape (n, k)
        Columns held fixed; none by default.
    """

    change: pd.Series
    treated: pd.Series
    province: pd.Series
    held: pd.DataFrame

    def without(self, regions: Sequence[str] | pd.Index) -> Comparison:
        """The same without some regions."""
        keep = ~self.change.index.isin(regions)
        parts = (self.change, self.treated, self.province, self.held)
        return Comparison(*(part[keep] for part in parts))

    def fit(self) -> LeastSquares:
        """The regression of the change on the cohort and what is held."""
        held = self.held - self.held.mean()
        x = np.column_stack([np.ones(len(self.change)), self.treated, held])
        names = ("intercept", TREATED, *self.held.columns)
        return least_squares(x, self.change, names, self.change.index)

    def estimate(self, level: float = 0.95) -> Estimate:
        """The difference, with CR2 errors by province and Satterthwaite's degrees of freedom."""
        found = infer(covariance(self.fit(), "cr2", self.province), level=level)
        return next(one for one in found if one.name == TREATED)


def changes(wide: pd.DataFrame, base: int, years: Sequence[int]) -> pd.DataFrame:
    """Values less those of a base year; regions without a value in any of them are left out.

    Parameters
    ----------
    wide : DataFrame
        Regions x years, in logarithms or levels.
    base : int
        Year that the others are read against.
    years : sequence of int
        Years asked for.

    Raises
    ------
    DataError
        A year that the panel does not have.
    """
    missing = [year for year in (base, *years) if year not in wide.columns]
    if missing or not len(years):
        raise DataError(
            f"The outcome has no year {', '.join(map(str, missing)) or '(none was asked for)'}; "
            f"it has {wide.columns.min()} to {wide.columns.max()}."
        )
    return wide[list(years)].sub(wide[base], axis=0).dropna()


def compare(
    change: pd.Series,
    treated: pd.Index,
    controls: pd.Index,
    province: pd.Series,
    held: pd.DataFrame | None = None,
) -> Comparison:
    """A cohort beside controls.

    Parameters
    ----------
    change : Series
        Of regions that have one.
    treated, controls : Index of str
        Regions; those without a change are left out.
    province : Series of str
        Of each region.
    held : DataFrame, optional
        Columns to hold fixed, by region.

    Raises
    ------
    DataError
        Fewer than five regions of either, or a region in both.

    Notes
    -----
    Verification: R: lm and clubSandwich 0.5.8, with and without columns held, to 1e-8.
    """
    if len(treated.intersection(controls)):
        raise DataError(f"{treated.intersection(controls)[0]} is both of the cohort and a control.")
    rows = change.index[change.index.isin(treated.union(controls))]
    is_treated = pd.Series(rows.isin(treated), rows)
    for name, count in (("cohort", is_treated.sum()), ("controls", (~is_treated).sum())):
        if count < FEWEST:
            raise DataError(
                f"{count} regions of the {name} have the outcome in all years asked for; at least "
                f"{FEWEST} are needed."
            )
    columns = pd.DataFrame(index=rows) if held is None else held.loc[rows]
    return Comparison(change[rows], is_treated, province[rows], columns)


@dataclass(frozen=True)
class Permuted:
    """A test by exchange of labels within strata.

    Attributes
    ----------
    p_value : float
        Two-sided.
    draws : int
        Exchanges drawn.
    exchanged : int
        Regions in strata that hold both kinds: the others can never change places.
    strata : int
        Strata that hold both.
    """

    p_value: float
    draws: int
    exchanged: int
    strata: int


def permuted(
    comparison: Comparison,
    strata: pd.Series,
    *,
    draws: int = 4999,
    rng: np.random.Generator | None = None,
) -> Permuted:
    """How often labels exchanged within strata give a statistic as far from 0.

    Parameters
    ----------
    comparison : Comparison
        Without columns held.
    strata : Series
        Stratum of each region.
    draws : int, default 4999
        Exchanges.
    rng : numpy Generator, optional
        Source of the draws; by default a fixed seed.

    Returns
    -------
    Permuted

    Notes
    -----
    A test under exchangeability within strata, not randomisation inference: nobody drew lots. The
    statistic is the stratified difference of means (weights: treated regions) over its Welch
    error, so that it keeps its size where the two kinds differ in spread only (Chung, Romano,
    2013). p = (1 + #) / (1 + draws).

    Verification: by simulation of its size and power.

    References
    ----------
    Chung, E., and Romano, J. P. (2013). Exact and asymptotically robust permutation tests. Annals
    of Statistics, 41(2), 484-507.
    """
    rng = rng or np.random.default_rng(SEED)
    parts = []
    for _, rows in comparison.change.groupby(strata.reindex(comparison.change.index)):
        mark = comparison.treated[rows.index].to_numpy()
        if 2 <= mark.sum() <= len(mark) - 2:
            parts.append((rows.to_numpy(), mark))
    if not parts:
        raise DataError("No stratum holds two regions of the cohort and two controls.")
    found = _studentised(parts, [mark[None, :] for _, mark in parts])[0]
    drawn = _studentised(
        parts,
        [rng.permuted(np.repeat(mark[None, :], draws, axis=0), axis=1) for _, mark in parts],
    )
    extreme = int((np.abs(drawn) >= abs(found) - TIE).sum())
    rows = sum(len(mark) for _, mark in parts)
    return Permuted((1 + extreme) / (1 + draws), draws, rows, len(parts))


def _studentised(parts: list[tuple[Floats, np.ndarray]], marks: list[np.ndarray]) -> Floats:
    treated = sum(mark.sum() for _, mark in parts)
    top, square = np.zeros(len(marks[0])), np.zeros(len(marks[0]))
    for (values, own), mark in zip(parts, marks, strict=True):
        share, n1 = own.sum() / treated, own.sum()
        n0 = len(values) - n1
        one, other = mark @ values / n1, ~mark @ values / n0
        spread_1 = (mark @ values**2 - n1 * one**2) / (n1 - 1)
        spread_0 = (~mark @ values**2 - n0 * other**2) / (n0 - 1)
        top += share * (one - other)
        square += share**2 * (spread_1 / n1 + spread_0 / n0)
    return np.asarray(top / np.sqrt(square))


def leave_out(comparison: Comparison, parts: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """The difference without each of some sets of regions.

    Parameters
    ----------
    comparison : Comparison
        With all.
    parts : mapping of str to sequence of str
        Regions to leave out, by the set's name.

    Returns
    -------
    DataFrame
        Indexed by name: estimate, standard_error, treated, controls.
    """
    rows = {}
    for name, regions in parts.items():
        less = comparison.without(regions)
        found, count = less.estimate(), int(less.treated.sum())
        rows[name] = (found.estimate, found.standard_error, count, len(less.change) - count)
    columns = ["estimate", "standard_error", "treated", "controls"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def detectable(found: Estimate, *, power: float = 0.8, level: float = 0.95) -> float:
    """Smallest true difference that a test of 0 would find with a power.

    Parameters
    ----------
    found : Estimate
        Its standard error and degrees of freedom are used, not its estimate.
    power, level : float
        Of the test.

    Notes
    -----
    (t + z) s, t the quantile of Student's distribution at (1 + level) / 2 and z that of the normal
    at the power.

    Verification: closed form.
    """
    t = float(stats.t.ppf((1 + level) / 2, found.degrees_of_freedom))
    return (t + NormalDist().inv_cdf(power)) * found.standard_error
