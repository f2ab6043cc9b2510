"""Bounds for trends that were not parallel, by what the years before show (floor 3).

By smoothness they are the library's (`diff_diff`). Its bounds by relative magnitudes take the
largest divergence before selection as known, and so are narrower than the published example's:
those are made here.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy import stats

from smartlib.inference.core.least_squares import Floats
from smartlib.inference.outcomes.contrast import SEED
from smartlib.inference.outcomes.library import library
from smartlib.inference.outcomes.paths import Path
from smartlib.vocabulary.errors import DataError

FIRST_STAGE = 0.1  # share of the level that the first stage of the hybrid test is given
DRAWS = 2_000
STEPS = 400  # of the grid on which the test is inverted
REACH = 20.0  # standard errors, from the estimate to an end of the grid
WIDER = 5  # times that the grid is doubled, until the interval lies inside
TINY = 1e-9


@dataclass(frozen=True)
class HonestBound:
    """An interval for the mean of the years after, under bounded departures from parallel trends.

    Attributes
    ----------
    kind : {"relative", "smooth"}
        How departures are bounded.
    m : float
        Largest departure: in multiples of the largest between two years before ("relative"), or
        the change of slope from year to year, in the measure's unit ("smooth").
    low, high : float
        Ends of the interval.
    """

    kind: str
    m: float
    low: float
    high: float


def smooth(found: Path, m: float, *, weights: Floats | None = None) -> HonestBound:
    """Bounds where the difference of trends changes its slope by at most m a year.

    Parameters
    ----------
    found : Path
        Consecutive years around the base.
    m : float
        In the measure's unit; 0 for a difference that goes on along a line.
    weights : array, optional
        Of the years after; by default their mean.

    Raises
    ------
    DataError
        Years that do not follow each other; the library is not installed.

    Notes
    -----
    Verification: published: HonestDiD for R, Medicaid expansions.
    """
    diff_diff = library()
    _check_years(found)
    aim = _weights(found, weights)
    result = diff_diff.HonestDiD(method="smoothness", l_vec=aim).fit(_as_library(found), M=m)
    return HonestBound("smooth", m, float(result.ci_lb), float(result.ci_ub))


def relative(
    found: Path,
    m: float,
    *,
    weights: Floats | None = None,
    level: float = 0.95,
    rng: np.random.Generator | None = None,
) -> HonestBound:
    """Bounds where no year departs by more than m times the largest departure before the base.

    Parameters
    ----------
    found : Path
        Consecutive years around the base.
    m : float
        Multiple.
    weights : array, optional
        Of the years after; by default their mean.
    level : float, default 0.95
        Of the interval.
    rng : numpy Generator, optional
        Source of the draws; by default a fixed seed.

    Returns
    -------
    HonestBound

    Raises
    ------
    DataError
        Years that do not follow each other; no interval on the widest grid.

    Notes
    -----
    The set of departures is a union over the year before whose step is the largest, and its sign
    (Rambachan, Roth, 2023, section 2.4). For each, the hypothesis that the mean is theta is a
    system of moment inequalities with the other years' means as nuisance, tested by the hybrid of
    a least-favourable first stage and a conditional second stage (Andrews, Roth, Pakes, 2023);
    the interval is the hull of what is not rejected for some of them. The linear programme of the
    test is solved by its vertices, which are few.

    Verification: published: HonestDiD for R, Medicaid expansions.

    References
    ----------
    Andrews, I., Roth, J., and Pakes, A. (2023). Inference for linear conditional moment
    inequalities. Review of Economic Studies, 90(6), 2763-2791.

    Rambachan, A., and Roth, J. (2023). A more credible approach to parallel trends. Review of
    Economic Studies, 90(5), 2555-2591.
    """
    _check_years(found)
    aim = _weights(found, weights)
    rng = rng or np.random.default_rng(SEED)
    noise = rng.standard_normal((DRAWS, len(found.years)))
    centre = float(aim @ found.estimates[found.before :])
    spread = np.zeros(len(found.years))
    spread[found.before :] = aim
    reach = REACH * float(np.sqrt(spread @ found.covariance @ spread))
    systems = [
        _system(found, m, (place, sign), aim)
        for place in range(found.before)
        for sign in (1.0, -1.0)
    ]
    for wider in range(WIDER):
        grid = centre + 2**wider * reach * np.linspace(-1.0, 1.0, 2 * STEPS + 1)
        kept = np.zeros(len(grid), dtype=bool)
        for system in systems:
            kept |= _not_rejected(system, grid, noise, 1 - level)
        if kept.any() and not kept[0] and not kept[-1]:
            inside = grid[kept]
            return HonestBound("relative", m, float(inside[0]), float(inside[-1]))
    raise DataError(
        f"No bounds for m = {m:g}: the years before tell too little, or contradict every departure "
        "that m allows."
    )


@dataclass(frozen=True, eq=False)
class _System:
    """Moments that must not be above 0: y - x theta - nuisance, with their covariance."""

    y: Floats
    x: Floats
    nuisance: Floats
    covariance: Floats
    root: Floats  # of the path's covariance, through the moments


def _steps(found: Path) -> Floats:
    """First differences of the departures, the base year's 0 among them."""
    k, before = len(found.years), found.before
    full = np.insert(np.eye(k), before, 0.0, axis=0)
    return np.diff(full, axis=0)


def _system(found: Path, m: float, case: tuple[int, float], aim: Floats) -> _System:
    steps, before = _steps(found), found.before
    largest = case[1] * steps[case[0]]
    after = steps[before:]
    moments = np.vstack([after - m * largest, -after - m * largest])
    # Years after in the basis (their mean, the others): theta comes first, the rest is nuisance.
    basis = np.vstack([aim, np.eye(len(aim))[np.arange(len(aim)) != int(np.argmax(np.abs(aim)))]])
    through = moments[:, before:] @ np.linalg.inv(basis)
    values, axes = np.linalg.eigh(found.covariance)
    root = moments @ (axes * np.sqrt(np.clip(values, 0, None)))
    return _System(moments @ found.estimates, through[:, 0], through[:, 1:], root @ root.T, root)


def _vertices(system: _System) -> Floats:
    """Of {g >= 0: g'nuisance = 0, g'sigma = 1}: all, one a row."""
    sigma = np.sqrt(np.diag(system.covariance))
    equal = np.column_stack([system.nuisance, sigma]).T
    aim = np.zeros(len(equal))
    aim[-1] = 1.0
    found = []
    for chosen in combinations(range(len(sigma)), len(equal)):
        part = equal[:, chosen]
        if abs(np.linalg.det(part)) > TINY * np.abs(part).max():
            solution = np.linalg.solve(part, aim)
            if (solution > -TINY).all():
                vertex = np.zeros(len(sigma))
                vertex[list(chosen)] = np.clip(solution, 0, None)
                found.append(vertex)
    return np.unique(np.round(found, 12), axis=0)


def _not_rejected(system: _System, grid: Floats, noise: Floats, alpha: float) -> np.ndarray:
    """Which values of theta the hybrid test keeps."""
    vertices = _vertices(system)
    kappa = FIRST_STAGE * alpha
    worst = (noise @ (vertices @ system.root).T).max(axis=1)
    cut = float(np.quantile(worst, 1 - kappa))
    size = (alpha - kappa) / (1 - kappa)
    spread = vertices @ system.covariance @ vertices.T
    at = vertices @ (system.y[:, None] - system.x[:, None] * grid)
    best = at.argmax(axis=0)
    eta = at[best, np.arange(len(grid))]
    limits = _truncation(at, spread, best, eta)
    sd = np.sqrt(np.maximum(np.diag(spread)[best], TINY**2))
    low, high = limits[0] / sd, np.minimum(limits[1], cut) / sd
    below, above = stats.norm.cdf(low), stats.norm.cdf(high)
    critical = np.maximum(0.0, sd * stats.norm.ppf(below + (1 - size) * (above - below)))
    return np.asarray((eta <= cut) & (eta <= critical))


def _truncation(at: Floats, spread: Floats, best: np.ndarray, eta: Floats) -> tuple[Floats, Floats]:
    """Between which values the best vertex would stay the best, given what is independent of it."""
    share = (spread / np.diag(spread)[:, None])[best].T
    rest = at - share * eta
    slack = 1 - share
    bound = np.divide(rest, slack, out=np.zeros_like(rest), where=np.abs(slack) > TINY)
    low = np.where(slack > TINY, bound, -np.inf).max(axis=0)
    high = np.where(slack < -TINY, bound, np.inf).min(axis=0)
    return low, high


def _weights(found: Path, weights: Floats | None) -> Floats:
    after = len(found.years) - found.before
    return np.full(after, 1 / after) if weights is None else np.asarray(weights, dtype=float)


def _check_years(found: Path) -> None:
    years = sorted([*found.years, found.base])
    if np.diff(years).max() > 1 or not 0 < found.before < len(found.years):
        raise DataError(
            f"Honest bounds need consecutive years on both sides of {found.base}; there are "
            f"{', '.join(map(str, found.years))}."
        )


def _as_library(found: Path) -> object:
    """The path as the library's own result."""
    diff_diff = library()
    errors, pairs = found.standard_errors, zip(found.years, found.estimates, strict=True)
    effects = {
        year: diff_diff.PeriodEffect(year, float(e), float(s), float(e / s), 1.0, (0.0, 0.0))
        for (year, e), s in zip(pairs, errors, strict=True)
    }
    nothing = {"avg_att": 0.0, "avg_se": 1.0, "avg_t_stat": 0.0, "avg_p_value": 1.0}
    return diff_diff.MultiPeriodDiDResults(
        period_effects=effects,
        **nothing,
        avg_conf_int=(0.0, 0.0),
        n_obs=found.regions,
        n_treated=1,
        n_control=1,
        pre_periods=list(found.years[: found.before]),
        post_periods=list(found.years[found.before :]),
        vcov=found.covariance,
        interaction_indices={year: i for i, year in enumerate(found.years)},
        reference_period=found.base,
    )
