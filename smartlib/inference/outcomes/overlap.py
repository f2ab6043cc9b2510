"""Whether controls are like the cohort at all, before anything is adjusted (floor 3)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from smartlib.inference.core.covariance import covariance
from smartlib.inference.core.estimates import Estimate
from smartlib.inference.core.least_squares import least_squares
from smartlib.inference.core.sandwich import infer
from smartlib.inference.outcomes.contrast import TREATED, Comparison
from smartlib.inference.programme.membership import logit

FEWEST_EFFECTIVE = 20.0  # controls
HIGHEST = 0.9  # probability of being of the cohort


@dataclass(frozen=True, eq=False)
class Likeness:
    """How many controls are left once they are weighted to be like the cohort.

    Attributes
    ----------
    controls : int
        All of them.
    effective : float
        (sum w)^2 / sum w^2 of the odds that weight them; 0 where the groups are separated.
    highest : float
        Largest probability of being of the cohort, over both groups; 1 where they are separated.
    separating : tuple of str
        Columns that tell the groups apart without error.
    weights : Series
        Of the controls; empty where the groups are separated.
    """

    controls: int
    effective: float
    highest: float
    separating: tuple[str, ...]
    weights: pd.Series

    @property
    def is_enough(self) -> bool:
        """Whether an adjusted estimate is given."""
        return self.effective >= FEWEST_EFFECTIVE and self.highest <= HIGHEST


def likeness(comparison: Comparison, columns: pd.DataFrame) -> Likeness:
    """Controls weighted by the odds of a logistic regression of being of the cohort.

    Parameters
    ----------
    comparison : Comparison
        A cohort and controls.
    columns : DataFrame
        What they should be alike in, by region.
    """
    rows = comparison.change.index
    frame = columns.loc[rows].assign(**{TREATED: comparison.treated.astype(float)})
    found = logit(frame, TREATED, list(columns))
    controls = rows[~comparison.treated]
    if found.separating:
        return Likeness(len(controls), 0.0, 1.0, found.separating, pd.Series(dtype=float))
    odds = (found.probability / (1 - found.probability))[controls]
    effective = float(odds.sum() ** 2 / (odds**2).sum())
    return Likeness(len(controls), effective, float(found.probability.max()), (), odds)


def weighted(comparison: Comparison, found: Likeness) -> Estimate | None:
    """The difference with controls weighted to be like the cohort; None without overlap.

    Parameters
    ----------
    comparison : Comparison
        As `likeness` had it.
    found : Likeness
        Its output.

    Notes
    -----
    Weights are taken as given; errors are CR2 by province.

    Verification: closed form: the strata's differences, weighted.
    """
    if not found.is_enough:
        return None
    rows = comparison.change.index
    odds = found.weights / found.weights.sum() * comparison.treated.sum()
    weights = odds.reindex(rows).fillna(1.0)
    x = np.column_stack([np.ones(len(rows)), comparison.treated])
    fit = least_squares(x, comparison.change, ("intercept", TREATED), rows, weights=weights)
    return infer(covariance(fit, "cr2", comparison.province))[1]


def balance(comparison: Comparison, columns: pd.DataFrame) -> pd.DataFrame:
    """Means of both groups before selection.

    Parameters
    ----------
    comparison : Comparison
        A cohort and controls.
    columns : DataFrame
        What to compare, by region.

    Returns
    -------
    DataFrame
        Indexed by column: cohort, controls (means), apart (in standard deviations of both groups'
        mean variance).
    """
    own = columns.loc[comparison.change.index]
    one, other = own[comparison.treated], own[~comparison.treated]
    spread = np.sqrt((one.var() + other.var()) / 2)
    table = pd.DataFrame({"cohort": one.mean(), "controls": other.mean()})
    return table.assign(apart=(table["cohort"] - table["controls"]) / spread)
