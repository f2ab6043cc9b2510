"""A cohort's difference year by year, and what its years before selection could show (floor 3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from smartlib.inference.core.covariance import covariance
from smartlib.inference.core.least_squares import Floats
from smartlib.inference.outcomes.contrast import SEED, TREATED, changes, compare
from smartlib.vocabulary.errors import DataError

DRAWS = 20_000  # of a largest statistic among several; its p-value is then good to 0.01
POWERS = (0.5, 0.8)  # at which a detectable slope is asked for, as in Roth (2022)


@dataclass(frozen=True, eq=False)
class Path:
    """Differences between a cohort and its controls by year, against the base year.

    Attributes
    ----------
    years : tuple of int, length k
        Without the base year, ascending.
    base : int
        Whose difference is 0 by definition.
    estimates : array, shape (k,)
        Differences, in the measure's unit.
    covariance : array, shape (k, k)
        CR2 by province.
    degrees_of_freedom : float
        Satterthwaite's, the same for every year.
    regions : int
        Regions compared.
    """

    years: tuple[int, ...]
    base: int
    estimates: Floats
    covariance: Floats
    degrees_of_freedom: float
    regions: int

    @property
    def before(self) -> int:
        """Years before the base year."""
        return sum(year < self.base for year in self.years)

    @property
    def standard_errors(self) -> Floats:
        """Of the differences, shape (k,)."""
        return np.sqrt(np.diag(self.covariance))

    def table(self, level: float = 0.95) -> pd.DataFrame:
        """time, year, estimate, low, high; the base year with 0 and no error."""
        half = stats.t.ppf((1 + level) / 2, self.degrees_of_freedom) * self.standard_errors
        rows = zip(self.years, self.estimates, half, strict=True)
        found = [(year, e, e - h, e + h) for year, e, h in rows] + [(self.base, 0.0, 0.0, 0.0)]
        columns = ["year", "estimate", "low", "high"]
        return pd.DataFrame(sorted(found), columns=columns)


@dataclass(frozen=True)
class PreTrend:
    """The years before the base year, tested, and what the test could have found.

    Attributes
    ----------
    largest : float
        Largest absolute t statistic among the years before.
    p_value : float
        Of one at least as large, were trends parallel, all years taken together.
    slopes : tuple of float
        Linear divergence a year that the test would find with each power asked for.
    biases : tuple of float
        What each slope, going on, would put into the mean of the years after.
    """

    largest: float
    p_value: float
    slopes: tuple[float, ...]
    biases: tuple[float, ...]


def path(
    wide: pd.DataFrame,
    base: int,
    years: Sequence[int],
    groups: tuple[pd.Index, pd.Index],
    province: pd.Series,
) -> Path:
    """Differences by year, over regions that have the outcome in all of them.

    Parameters
    ----------
    wide : DataFrame
        Regions x years.
    base : int
        Year that all are read against; selection comes after it.
    years : sequence of int
        Others, before and after.
    groups : (Index, Index)
        Regions of the cohort and controls.
    province : Series of str
        What errors are clustered by.

    Raises
    ------
    DataError
        As `changes` and `compare`.

    Notes
    -----
    The design is the same in every year, so that the years' scores by province give the
    covariances between years as they give the variances.

    Verification: closed form: differences of means by year, and their covariance.
    """
    others = tuple(sorted(set(years) - {base}))
    moved = changes(wide, base, others)
    first = compare(moved[others[0]], *groups, province)
    found = covariance(first.fit(), "cr2", first.province)
    y, fit = moved.loc[first.change.index].to_numpy(), found.fit
    place = fit.place(TREATED)
    estimates = (fit.inverse_root @ (fit.basis.T @ y))[place]
    scores = found.scores(y - fit.basis @ (fit.basis.T @ y))[:, place]
    df = float(found.degrees_of_freedom()[place])
    return Path(others, base, estimates, scores.T @ scores, df, len(y))


def pre_trend(
    found: Path,
    *,
    level: float = 0.95,
    powers: Sequence[float] = POWERS,
    rng: np.random.Generator | None = None,
) -> PreTrend:
    """Whether years before the base differ, and which divergence would have been seen.

    Parameters
    ----------
    found : Path
        With two years or more before the base.
    level : float, default 0.95
        Of the test.
    powers : sequence of float, default (0.5, 0.8)
        At which a detectable slope is asked for.
    rng : numpy Generator, optional
        Source of the draws; by default a fixed seed.

    Returns
    -------
    PreTrend

    Raises
    ------
    DataError
        Fewer than two years before the base.

    Notes
    -----
    Student's t of each year, the largest of them against draws of a multivariate t with their
    correlation. The detectable slope is that of a linear difference in trends which makes the same
    test reject with the power asked for (Roth, 2022): passing says only that slopes beyond it are
    unlikely.

    Verification: by simulation: silent without divergence, 80% at the detectable slope.

    References
    ----------
    Roth, J. (2022). Pretest with caution: event-study estimates after testing for parallel
    trends. American Economic Review: Insights, 4(3), 305-322.
    """
    count = found.before
    if count < 2:
        raise DataError(f"{count} years before {found.base}; two or more tell of a trend.")
    rng = rng or np.random.default_rng(SEED)
    errors = found.standard_errors
    correlation = (found.covariance / np.outer(errors, errors))[:count, :count]
    noise = rng.multivariate_normal(np.zeros(count), correlation, DRAWS, method="eigh")
    scale = np.sqrt(rng.chisquare(found.degrees_of_freedom, DRAWS) / found.degrees_of_freedom)
    null = np.abs(noise / scale[:, None]).max(axis=1)
    largest = float(np.abs(found.estimates[:count] / errors[:count]).max())
    critical = np.quantile(null, level)
    distance = (np.array(found.years[:count]) - found.base) / errors[:count]

    def power(slope: float) -> float:
        shifted = (noise + slope * distance) / scale[:, None]
        return float((np.abs(shifted).max(axis=1) > critical).mean())

    slopes = tuple(_slope(power, wanted, float(errors.max())) for wanted in powers)
    after = np.array(found.years[count:]) - found.base
    p_value = float((1 + (null >= largest).sum()) / (1 + DRAWS))
    return PreTrend(largest, p_value, slopes, tuple(s * float(after.mean()) for s in slopes))


def _slope(power: Callable[[float], float], wanted: float, start: float) -> float:
    low, high = 0.0, start
    while power(high) < wanted:
        low, high = high, 2 * high
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (middle, high) if power(middle) < wanted else (low, middle)
    return high
