"""The specification curve: every planned regression estimated at once (floor 3)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import stats

from smartlib.inference.core.least_squares import Floats
from smartlib.inference.curve.designs import DesignKey, FocalDesign
from smartlib.inference.curve.fits import focal_fits
from smartlib.inference.curve.specification import Plan, Specification
from smartlib.vocabulary.levels import checked_level


@dataclass(frozen=True, eq=False)
class SpecificationCurve:
    """All estimates of the focal coefficient, with what each rests on.

    Attributes
    ----------
    plan : Plan
        Of S specifications.
    level : float
        Of the intervals.
    table : DataFrame, shape (S, 9)
        estimate, standard_error (standard deviations of the outcome for the multiverse's unit
        of the focal factor), degrees_of_freedom, statistic, p_value (two-sided), low, high,
        observations, missing (rows of the sample that lack a factor). In the plan's order.
    """

    plan: Plan
    level: float
    table: pd.DataFrame

    @property
    def order(self) -> np.ndarray:
        """Places of the specifications from the lowest estimate up, shape (S,)."""
        return np.argsort(self.table["estimate"].to_numpy(), kind="stable")

    @cached_property
    def matrix(self) -> pd.DataFrame:
        """What each specification chooses, as true and false: (S, options), by question.

        Questions with one answer only are left out.
        """
        choices = self.plan.choices
        flags = {
            (question, option): answers == option
            for question, answers in choices.items()
            for option in answers.unique()
            if answers.nunique() > 1
        }
        return pd.DataFrame(flags, index=choices.index)

    @property
    def is_significant(self) -> np.ndarray:
        """Whether each interval leaves 0 out, shape (S,)."""
        return np.asarray(self.table["p_value"] < 1 - self.level)

    def summary(self) -> pd.DataFrame:
        """The curve in a row, and each option's part of it in one more.

        Returns
        -------
        DataFrame
            By question and option, the first row for all: specifications, median, lowest,
            highest (estimates), positive and significant (shares).
        """
        everything = pd.Series(True, index=self.table.index)
        parts = {("all", "all"): everything, **dict(self.matrix.items())}
        is_positive = (self.table["estimate"] > 0).to_numpy()
        rows = [
            (
                int(flags.sum()),
                *np.quantile(self.table["estimate"][flags], [0.5, 0, 1]),
                is_positive[flags].mean(),
                self.is_significant[flags].mean(),
            )
            for flags in parts.values()
        ]
        columns = ["specifications", "median", "lowest", "highest", "positive", "significant"]
        index = pd.MultiIndex.from_tuples(parts, names=["question", "option"])
        return pd.DataFrame(rows, index=index, columns=columns)


def run_specifications(plan: Plan, *, level: float = 0.95) -> SpecificationCurve:
    """Estimate every specification of a plan.

    Parameters
    ----------
    plan : Plan
        Of S specifications.
    level : float, default 0.95
        Of the intervals.

    Returns
    -------
    SpecificationCurve

    Raises
    ------
    ParameterError
        A level outside (0, 1).

    Notes
    -----
    By Frisch and Waugh, the coefficient of the focal factor is x'u / x'x with both sides less
    what the controls explain. Intervals use the t distribution with the degrees of freedom that
    go with the standard error.

    The estimates are of one question asked in many ways of mostly the same rows, so that they
    are far from independent: how many are significant says little until it is held against
    `permutation_test`.

    Verification: brute force: each regression run by itself, to 1e-8.

    References
    ----------
    Simonsohn, U., Simmons, J. P., and Nelson, L. D. (2020). Specification curve analysis.
    Nature Human Behaviour, 4, 1208-1214.
    """
    checked_level(level)
    outcomes, columns = plan.multiverse.standardised, plan.outcome_columns
    table = np.empty((len(plan), 5))
    for design, wanted in by_design(plan):
        fits = focal_fits(design, outcomes, design.focal[None])
        found = {kind: fits.errors(kind) for kind in {s.covariance for _, s in wanted}}
        for place, chosen in wanted:
            column, (error, df) = columns[place], found[chosen.covariance]
            values = fits.estimates[0, column], error[0, column], df[0, 0]
            table[place] = *values, len(design.rows), design.missing
    return SpecificationCurve(plan, level, _inferred(table, level))


def by_design(plan: Plan) -> list[tuple[FocalDesign, list[tuple[int, Specification]]]]:
    """Designs, each with the places and specifications that are fitted on it."""
    wanted: dict[DesignKey, list[tuple[int, Specification]]] = {key: [] for key in plan.designs}
    for place, chosen in enumerate(plan.specifications):
        wanted[chosen.design_key].append((place, chosen))
    return [(plan.designs[key], chosen) for key, chosen in wanted.items()]


def _inferred(found: Floats, level: float) -> pd.DataFrame:
    estimate, error, df = found[:, :3].T
    with np.errstate(divide="ignore"):  # a perfect fit has no error
        statistic = estimate / error
    half = stats.t.ppf((1 + level) / 2, df) * error
    return pd.DataFrame(
        {
            "estimate": estimate,
            "standard_error": error,
            "degrees_of_freedom": df,
            "statistic": statistic,
            "p_value": 2 * stats.t.sf(np.abs(statistic), df),
            "low": estimate - half,
            "high": estimate + half,
            "observations": found[:, 3].astype("int64"),
            "missing": found[:, 4].astype("int64"),
        }
    )
