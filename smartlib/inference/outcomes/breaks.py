"""Breaks of a compilation, and rows that hold another region's series (floor 3)."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

JUMP = 0.15  # of a logarithm in a year: more is a break rather than growth
USUAL = 0.01  # share of regions that jump in a usual year


def jumps(logs: pd.DataFrame, beyond: float = JUMP) -> pd.DataFrame:
    """Yearly changes too large to be growth.

    Parameters
    ----------
    logs : DataFrame
        Regions x years, logarithms.
    beyond : float, default 0.15
        Smallest absolute change that counts.

    Returns
    -------
    DataFrame
        region_code, year, change; by year and region.
    """
    steps = logs.diff(axis=1).stack()
    large = steps[steps.abs() > beyond].rename("change").rename_axis(["region_code", "year"])
    return large.reset_index().sort_values(["year", "region_code"], ignore_index=True)


def break_years(logs: pd.DataFrame, *, beyond: float = JUMP, level: float = 0.99) -> pd.DataFrame:
    """Years in which more regions jump than in the years around.

    Parameters
    ----------
    logs : DataFrame
        Regions x years, logarithms.
    beyond : float, default 0.15
        A jump.
    level : float, default 0.99
        One minus the size of the test, before Bonferroni's division by the years.

    Returns
    -------
    DataFrame
        Indexed by year: jumps, regions, p_value, is_break.

    Notes
    -----
    The number of jumps of a year against the binomial distribution with the median share of all
    years, at least one in a hundred.

    Verification: closed form: the binomial tail; and by simulation of a break.
    """
    steps = logs.diff(axis=1).iloc[:, 1:]
    count, regions = (steps.abs() > beyond).sum(), steps.notna().sum()
    usual = max(float((count / regions).median()), USUAL)
    p = stats.binom.sf(count - 1, regions, usual)
    table = pd.DataFrame({"jumps": count, "regions": regions, "p_value": p})
    return table.assign(is_break=table["p_value"] < (1 - level) / len(table))


def fits_another(logs: pd.DataFrame, other: pd.DataFrame, groups: pd.Series) -> pd.DataFrame:
    """Rows of a compilation that lie nearer to another region's row of a second than to their own.

    Parameters
    ----------
    logs, other : DataFrame
        Regions x years, logarithms of the same measure in two compilations; years and regions that
        both have are used.
    groups : Series
        Regions are looked for within a group (a province).

    Returns
    -------
    DataFrame
        Indexed by region code: nearest (code), own, other (root mean square distances); rows whose
        own distance is above 0.01 and above twice the other's.
    """
    years = logs.columns.intersection(other.columns)
    rows = logs.index.intersection(other.index)
    one, two = logs.loc[rows, years].to_numpy(), other.loc[rows, years].to_numpy()
    found = {}
    for _, part in pd.Series(np.arange(len(rows)), rows).groupby(groups[rows]):
        places = part.to_numpy()
        apart = np.sqrt(((one[places][:, None] - two[places][None]) ** 2).mean(axis=2))
        for i, place in enumerate(places):
            near = int(apart[i].argmin())
            if near != i and apart[i, i] > max(0.01, 2 * apart[i, near]):
                found[rows[place]] = (rows[places[near]], apart[i, i], apart[i, near])
    return pd.DataFrame.from_dict(found, orient="index", columns=["nearest", "own", "other"])
