"""Granularity of published means: which of them whole marks can give (floor 2).

As long as the multiples of 1/d lie further apart than the last published decimal, a published
mean of d marks says something of d, of the number of assessors and of the sum it was made from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from smartlib.index.make.marks import MarkSums, published_units
from smartlib.vocabulary.errors import SHOWN, DataError
from smartlib.vocabulary.records import Scheme
from smartlib.vocabulary.tables import DIMENSIONS

MISPRINT_RATE = 0.01  # about one name in a hundred was misspelt on the way of the 2024 letters
ASSESSORS = range(1, 16)  # a panel of more leaves hardly any grid coarser than 0.01


def questions_by_dimension(instrument: pd.DataFrame) -> dict[str, int]:
    """Number of questions of each dimension that the instrument has questions of.

    Parameters
    ----------
    instrument : DataFrame
        Indexed by question number, with `dimension` (printed heading).

    Returns
    -------
    dict of str to int
        By dimension name, in the order of `DIMENSIONS`.

    Examples
    --------
    >>> questions_by_dimension(pd.DataFrame({"dimension": ["OUTPUT", "BASELINE", "OUTPUT"]}))
    {'baseline': 1, 'output': 2}
    """
    counts = instrument["dimension"].value_counts()
    return {d.name: int(counts[d.heading]) for d in DIMENSIONS if d.heading in counts}


def recovered_means(
    scores: pd.DataFrame, questions: Mapping[str, int], assessors: int, scheme: Scheme
) -> pd.DataFrame:
    """Sums of marks that each published mean can have been made from.

    Parameters
    ----------
    scores : DataFrame, shape (n, ...)
        region_code and the published dimension means.
    questions : mapping of str to int
        Number of questions of each dimension to be looked at.
    assessors : int
        Who gave each question a whole mark.
    scheme : Scheme
        Scale, decimals and rounding.

    Returns
    -------
    DataFrame, shape (published means, 7)
        region_code, dimension, published (mark), denominator (questions times assessors),
        numerator_low and numerator_high (sums of marks, missing where impossible) and
        candidates (sums between them, both included; 0 where impossible). With one
        candidate the unrounded mean is numerator_low / denominator. Sorted by region; a
        mean that was not published has no row.

    Raises
    ------
    DataError
        A dimension has no column; a number of questions or assessors is not whole or
        below 1.
    SchemeError
        An end of the scale is no whole number.

    Notes
    -----
    Sums follow if the number of assessors is right and each gave every question a whole
    mark; nothing here tests that. A total that was computed from the rounded mean is not
    mended by the unrounded one.
    """
    frames = []
    for name, marks in _columns(scores, questions).items():
        denominator = _denominator(questions[name], assessors)
        first, end = MarkSums(denominator, scheme).giving(marks)
        frame = scores.loc[marks.index, ["region_code"]].assign(
            dimension=name,
            published=marks,
            denominator=denominator,
            numerator_low=pd.array(first, dtype="Int64"),
            numerator_high=pd.array(end - 1, dtype="Int64"),
            candidates=end - first,
        )
        frame.loc[frame["candidates"] == 0, ["numerator_low", "numerator_high"]] = pd.NA
        frames.append(frame)
    return pd.concat(frames).sort_values("region_code", kind="stable", ignore_index=True)


def denominator_candidates(
    values: Sequence[float] | pd.Series,
    denominators: Iterable[int],
    scheme: Scheme,
    *,
    misprint_rate: float = MISPRINT_RATE,
) -> pd.DataFrame:
    """How well each number of marks explains a column of published means.

    Parameters
    ----------
    values : sequence of float, shape (n,)
        Published means; missing ones are passed over.
    denominators : iterable of int
        Numbers of marks to try: questions times assessors, where the number of questions
        is unknown.
    scheme : Scheme
        Scale, decimals and rounding.
    misprint_rate : float, default 0.01
        Share of values taken to be misprints, between 0 and 1.

    Returns
    -------
    DataFrame, shape (denominators, 8)
        denominator; possible (values on its grid) of rows; grid_values (published values
        on the grid), grid (their share of all on the scale), by_chance (values expected on
        the grid if any published value were as likely as another), informative (the grid
        leaves some value out) and log10_ratio (see Notes).

    Raises
    ------
    DataError
        A denominator is not whole or below 1; the misprint rate is not between 0 and 1.
    SchemeError
        An end of the scale is no whole number.

    Notes
    -----
    With g the grid's share of the scale and e the misprint rate, a value on the grid is
    (1 - e) / g + e times as likely as if any published value could stand there, and one
    off it e times. log10_ratio is the sum of the logarithms: the log likelihood less that
    of arbitrary values. A grid that leaves nothing out has 0, whatever the values.

    All values of a grid count as equally likely. Between two grids only their densities
    enter, so any distribution that is smooth over a few steps of the coarser grid gives
    nearly the same difference. The test cannot tell d from 2 d by what is possible: a
    finer grid that holds a coarser one fits whatever the coarser fits, and is less likely
    only as far as its extra values would have been used. Marks that go in pairs, or by
    consensus, look like those of fewer assessors.
    """
    if not 0 < misprint_rate < 1:
        raise DataError(f"The misprint rate is {misprint_rate}, expected a share between 0 and 1.")
    units = published_units(pd.Series(values, dtype="float64").dropna(), scheme)
    rows = []
    for denominator in denominators:
        grid = np.unique(MarkSums(denominator, scheme).published)
        rows.append((denominator, int(np.isin(units, grid).sum()), len(units), len(grid)))
    table = pd.DataFrame(rows, columns=["denominator", "possible", "rows", "grid_values"])
    steps = int(scheme.highest - scheme.lowest) * 10**scheme.decimals
    table["grid"] = table["grid_values"] / (steps + 1)
    table["by_chance"] = table["grid"] * table["rows"]
    table["informative"] = table["grid"] < 1
    on_grid = np.log10((1 - misprint_rate) / table["grid"] + misprint_rate)
    off_grid = np.log10(misprint_rate)
    table["log10_ratio"] = (
        table["possible"] * on_grid + (table["rows"] - table["possible"]) * off_grid
    )
    return table


def audit_granularity(
    scores: pd.DataFrame,
    questions: Mapping[str, int],
    scheme: Scheme,
) -> pd.DataFrame:
    """Which numbers of assessors the published means of each dimension allow.

    Parameters
    ----------
    scores : DataFrame, shape (n, ...)
        Published dimension means.
    questions : mapping of str to int
        Number of questions of each dimension to be looked at.
    scheme : Scheme
        Scale, decimals and rounding.

    Returns
    -------
    DataFrame, shape (assessors * dimensions, 10)
        assessors (1 to 15), dimension, and the columns of `denominator_candidates`; by
        assessors.

    Raises
    ------
    DataError
        A dimension has no column; a number of questions is not whole or below 1.
    SchemeError
        An end of the scale is no whole number.

    Notes
    -----
    The GRIM test run backwards: the number of marks is what is asked for. A dimension of
    many questions has a grid finer than the published decimals and allows every value
    (informative is False); its rows being possible is then no evidence. Whether every
    assessor marked every question of every region is assumed.

    Verification: published: scrutiny for R, its twelve means; brute force in fractions.

    References
    ----------
    Brown, N. J. L., & Heathers, J. A. J. (2017). The GRIM test: A simple technique detects
    numerous anomalies in the reporting of results in psychology. Social Psychological and
    Personality Science, 8(4), 363-369.
    """
    frames = []
    for name, marks in _columns(scores, questions).items():
        denominators = [_denominator(questions[name], number) for number in ASSESSORS]
        frame = denominator_candidates(marks, denominators, scheme)
        frame.insert(0, "assessors", ASSESSORS)
        frame.insert(1, "dimension", name)
        frames.append(frame)
    return pd.concat(frames).sort_values("assessors", kind="stable", ignore_index=True)


def assessor_likelihood(audit: pd.DataFrame) -> pd.DataFrame:
    """How likely the whole table is under each number of assessors.

    Parameters
    ----------
    audit : DataFrame
        Output of `audit_granularity`.

    Returns
    -------
    DataFrame, shape (assessors, 7)
        assessors; possible and impossible means of rows, by_chance (means expected on the
        grids if arbitrary), log10_ratio (log likelihood less that of arbitrary values) and
        behind_best (how far below the best candidate's). By assessors.

    Notes
    -----
    Dimensions and regions count as independent, given the number of assessors; the same
    number is taken for the whole table. `behind_best` of 2 says that the best candidate
    makes the table 100 times as likely; under equal prior odds that is how much more
    probable it is. It is shown in place of posterior probabilities, which would be 1 and 0
    to all digits and hide that they rest on the assumption of `denominator_candidates`:
    a multiple of the best number fits every mean as well, and falls behind only since its
    finer grid went unused.
    """
    columns = ["possible", "rows", "by_chance", "log10_ratio"]
    table = audit.groupby("assessors", as_index=False)[columns].sum()
    table.insert(2, "impossible", table["rows"] - table["possible"])
    table["behind_best"] = table["log10_ratio"].max() - table["log10_ratio"]
    return table


def _denominator(questions: int, assessors: int) -> int:
    if any(number != int(number) or number < 1 for number in (questions, assessors)):
        raise DataError(
            f"{questions} questions and {assessors} assessors; expected whole numbers, at least 1."
        )
    return int(questions) * int(assessors)


def _columns(scores: pd.DataFrame, questions: Mapping[str, int]) -> dict[str, pd.Series]:
    missing = [name for name in questions if name not in scores]
    if missing or not questions:
        raise DataError(
            f"No published means of {', '.join(missing[:SHOWN]) or 'any dimension'}; expected "
            "one column for each dimension whose number of questions is given."
        )
    return {name: scores[name].dropna() for name in questions}
