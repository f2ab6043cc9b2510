"""Who was selected, took part and is scored, and whether the alphabet cut is a lot (floor 3).

The first of the programme studies. A table of scored regions says nothing of the others until it
is known how regions came to stand in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
import pandas as pd

from smartlib.inference.core.columns import check_independent, numbers
from smartlib.inference.core.least_squares import Floats
from smartlib.vocabulary.errors import DataError

KNOWN = 0.8  # least share of the regions of each answer that a factor has to be known of
SEED = 0  # of the draws where no generator is given, so that a second call gives the same
TIE = 1e-9  # statistics this near are equal but for rounding


@dataclass(frozen=True, eq=False)
class AsIfRandom:
    """Whether a cut of a list looks as if drawn by lot.

    Attributes
    ----------
    rows, after : int
        Rows of the list, and those behind the cut.
    differences : DataFrame
        Indexed by factor: before, after (means), difference (standard deviations), p_value, and
        p_adjusted for having looked at all factors (largest difference of each draw).
    distance : float
        Mahalanobis distance of the two means, squared, in units of its covariance by lot.
    p_value : float
        How often lots give a distance at least as large.
    draws : int
        Lots drawn, or the number of all of them.
    is_exhaustive : bool
        Whether every division of the list was taken once.
    """

    rows: int
    after: int
    differences: pd.DataFrame
    distance: float
    p_value: float
    draws: int
    is_exhaustive: bool


def stage_outcomes(participation: pd.DataFrame) -> pd.DataFrame:
    """The three questions of who is in, as columns of 1 and 0.

    Parameters
    ----------
    participation : DataFrame
        selected, stage2; one row a region of the register.

    Returns
    -------
    DataFrame
        selected (of all); took_part (of the invited whose fate is known: scored 1, absent 0);
        scored (of all invited: row at hand 1, else 0); missing where the question does not
        arise.
    """
    stage2 = participation["stage2"]
    took_part = stage2.map({"scored": 1.0, "absent": 0.0})
    scored = (stage2 == "scored").astype(float).where(stage2 != "not_invited")
    selected = participation["selected"].astype(float)
    return pd.DataFrame({"selected": selected, "took_part": took_part, "scored": scored})


def known_beyond(
    frame: pd.DataFrame, factors: Sequence[str], lost: int
) -> tuple[list[str], dict[str, int]]:
    """Factors that are known of regions without a row too, and so can say who is in.

    Parameters
    ----------
    frame : DataFrame
        All regions: columns of `stage_outcomes`, and the factors.
    factors : sequence of str
        In the order in which they are taken.
    lost : int
        Rows that are lost: so many of the regions with an unknown fate need the factors.

    Returns
    -------
    kept : list of str
        Factors that, with those before, are known of at least `KNOWN` of the regions of each
        answer of each question, and of enough of those whose fate is unknown.
    narrow : dict of str to int
        The others, with the number of regions without a row that they are known of.
    """
    names = ["selected", "took_part", "scored"]
    answers = [frame[name] == answer for name in names for answer in (0, 1)]
    unsure = frame["scored"].notna() & frame["took_part"].isna()
    kept: list[str] = []
    narrow = {}
    for name in factors:
        has = frame[[*kept, name]].notna().all(axis=1)
        shares = [has[rows].mean() for rows in answers if rows.any()]
        if min(shares) >= KNOWN and has[unsure].sum() >= lost:
            kept.append(name)
        else:
            narrow[name] = int(frame.loc[frame["scored"] != 1, name].notna().sum())
    return kept, narrow


def cut_as_if_random(
    frame: pd.DataFrame,
    is_after: pd.Series,
    factors: Sequence[str],
    *,
    draws: int = 9999,
    rng: np.random.Generator | None = None,
) -> AsIfRandom:
    """Test whether standing behind a cut of a list goes with factors.

    Parameters
    ----------
    frame : DataFrame, shape (n, ...)
        The list (for the lost page: the invited kota), with the factors.
    is_after : Series of bool, shape (n,)
        Whether a row stands behind the cut.
    factors : sequence of str
        Columns to compare.
    draws : int, default 9999
        Lots; where there are no more divisions than this, each is taken once instead.
    rng : numpy Generator, optional
        Source of the draws; by default a fixed seed.

    Returns
    -------
    AsIfRandom

    Raises
    ------
    DataError
        Missing values, a constant or redundant factor, nobody on one side of the cut.

    Notes
    -----
    By lot, n_1 of n rows stand behind the cut. With d the difference of the means and S the
    covariance of the factors over the list, distance = d' [S n / (n_1 n_0)]^-1 d (Hansen,
    Bowers, 2008). p = (1 + #) / (1 + draws), # counting draws at least as far; with all
    divisions # / their number. A large p does not show that the cut is random; it says that
    these factors give no sign that it is not, with the power that n rows have.

    Verification: brute force: all divisions; draws within four binomial errors.

    References
    ----------
    Hansen, B. B., and Bowers, J. (2008). Covariate balance in simple, stratified and clustered
    comparative studies. Statistical Science, 23(2), 219-236.
    """
    x = numbers(frame, factors)
    check_independent(x)
    behind = np.asarray(is_after, dtype=bool)
    n, after = len(x), int(behind.sum())
    if not 0 < after < n:
        raise DataError(f"{after} of {n} rows stand behind the cut; expected some on each side.")
    z = ((x - x.mean()) / x.std()).to_numpy()
    exhaustive = comb(n, after) <= draws
    lots = _lots(n, after, draws if not exhaustive else 0, rng)
    scale = n / (after * (n - after))
    inverse = np.linalg.inv(np.cov(z.T).reshape(len(factors), -1) * scale)
    # Centred columns sum to 0: the sum behind the cut decides the difference of means.
    found, drawn = z[behind].sum(axis=0) * scale, (lots @ z) * scale
    distance, distances = (np.einsum("...i,ij,...j", d, inverse, d) for d in (found, drawn))
    largest = np.abs(drawn).max(axis=1)[:, None]
    table = pd.DataFrame(
        {
            "before": x[~behind].mean(),
            "after": x[behind].mean(),
            "difference": found,
            "p_value": _share(np.abs(drawn) >= np.abs(found) - TIE, exhaustive),
            "p_adjusted": _share(largest >= np.abs(found) - TIE, exhaustive),
        }
    ).rename_axis("factor")
    p = _share((distances >= distance - TIE * (1 + distance))[:, None], exhaustive)
    return AsIfRandom(n, after, table, float(distance), float(p[0]), len(lots), exhaustive)


def _lots(n: int, after: int, draws: int, rng: np.random.Generator | None) -> Floats:
    """Rows behind the cut, a lot a row; all of them when `draws` is 0."""
    if draws:
        rng = rng or np.random.default_rng(SEED)
        return (rng.random((draws, n)).argsort(axis=1) < after).astype(float)
    chosen = np.array(list(combinations(range(n), after)))
    lots = np.zeros((len(chosen), n))
    np.put_along_axis(lots, chosen, 1.0, axis=1)
    return lots


def _share(is_extreme: np.ndarray, exhaustive: bool) -> Floats:
    extra = 0 if exhaustive else 1
    return np.asarray((is_extreme.sum(axis=0) + extra) / (len(is_extreme) + extra))
