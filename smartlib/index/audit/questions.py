"""Checks of single answers: their grid, and whether survey means lie on a panel's (floor 2).

Each check describes how a number can have been made. None tells why, and none tells a
panel that agreed from a panel that copied.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from smartlib.index.audit.granularity import denominator_candidates
from smartlib.index.make.marks import MarkSums, published_units
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.messages import listed
from smartlib.vocabulary.records import Scheme

MOST_ASSESSORS = 50  # larger panels leave a grid as fine as two published decimals


def off_grid(
    answers: pd.DataFrame, assessors: int, scheme: Scheme, *, most: int = MOST_ASSESSORS
) -> pd.DataFrame:
    """Answers that are no means of whole marks, and the fewest assessors that explain all.

    Parameters
    ----------
    answers : DataFrame, shape (n, ...)
        region_code, question, score (mean mark); one row a region and question.
    assessors : int
        Assessors that each answer is said to be a mean of.
    scheme : Scheme
        Scale, decimals and rounding.
    most : int, default 50
        Largest number of assessors tried.

    Returns
    -------
    DataFrame, shape (regions, 8)
        region_code, assessors, answers (count), off_grid (how many of them are no means
        of whole marks), questions (their numbers, as text), grid (share of the published
        values on the scale that are), fewest_assessors (that explain all values; missing
        where none up to `most` does), finding.

    Raises
    ------
    DataError
        A column is absent, there are no answers, a score is missing, a question is answered
        twice, a number of assessors is not whole or below 1.
    SchemeError
        An end of the scale is no whole number.

    Notes
    -----
    The GRIM test for a mean of one question. Every multiple of the fewest number fits as
    well, and a panel that always agrees looks like one assessor: the number is the fewest
    that can have marked, not how many did. Answers that a region entered itself in steps
    of 0.2 would look the same as means of five marks.

    Verification: brute force: every fewest number of assessors.

    References
    ----------
    Brown, N. J. L., & Heathers, J. A. J. (2017). The GRIM test: A simple technique detects
    numerous anomalies in the reporting of results in psychology. Social Psychological and
    Personality Science, 8(4), 363-369.
    """
    rows = []
    for code, own in checked_answers(answers).groupby("region_code", sort=True):
        tried = denominator_candidates(own["score"], [assessors, *range(1, most + 1)], scheme)
        fewest = tried.loc[tried["possible"] == tried["rows"], "denominator"].min()
        off = questions_off_grid(own, assessors, scheme)
        rows.append(
            {
                "region_code": code,
                "assessors": assessors,
                "answers": len(own),
                "off_grid": len(off),
                "questions": ", ".join(map(str, off)),
                "grid": tried.at[0, "grid"],
                "fewest_assessors": fewest,
                "finding": _grid_finding(len(own), len(off), assessors, fewest),
            }
        )
    return pd.DataFrame(rows).astype({"fewest_assessors": "Int64"})


def survey_means(
    answers: pd.DataFrame,
    questions: Sequence[int],
    *,
    respondents: int,
    assessors: int,
    scheme: Scheme,
) -> pd.DataFrame:
    """How likely it is that survey means would all be means of a small panel's marks too.

    Parameters
    ----------
    answers : DataFrame, shape (n, ...)
        region_code, question, score (mean mark); one row a region and question.
    questions : sequence of int
        Numbers of the questions that are described as survey means.
    respondents : int
        Survey respondents that each answer is described as a mean over.
    assessors : int
        Size of the panel whose coarser grid is looked at.
    scheme : Scheme
        Scale, decimals and rounding.

    Returns
    -------
    DataFrame, shape (regions with such answers, 10)
        region_code, answers (count), on_grid (those on both grids), survey_grid and
        assessor_grid (published values of each), share (of the survey grid's steps that
        are on both), log10_smooth, log10_independent and log10_neighbouring (see Notes),
        finding.

    Raises
    ------
    DataError
        A column is absent, a score is missing or outside the scale, a question is answered
        twice, no answer is to one of the questions, a number is not whole or below 1.
    SchemeError
        An end of the scale is no whole number.

    Notes
    -----
    The figures are log10 of the probability that at least so many values of the survey lie
    on the coarser grid, questions being independent. Smooth: sums spread evenly over a few
    steps, so that one value lies there with probability `share` (assessors / respondents
    where that divides). Independent: each of r respondents' marks is binomial on the scale
    with the answer as its mean, so that their sum is binomial with r (highest - lowest)
    trials. Neighbouring: each mark is one of the two whole marks beside the answer, the
    least that marks with this mean can vary, and the sum is binomial with r trials. The
    last two are summed exactly over the sums on the coarser grid. Respondents who all give
    one mark lie on any grid: a whole answer counts as certain in the last figure.

    A small probability says that the values are no plain means over so many independent
    whole marks. It does not say whose marks they are: a survey that was rounded to the
    coarser grid, or that assessors read before they marked, would look the same.
    """
    asked = checked_answers(answers)[answers["question"].isin(questions)]
    _check_inside(asked, scheme)
    if asked.empty:
        raise DataError(
            f"No answer to questions {listed(list(questions))}; expected the numbers of questions "
            "that the answers hold."
        )
    survey, coarse = MarkSums(respondents, scheme).published, MarkSums(assessors, scheme).published
    both = np.isin(survey, coarse)
    fine, shared = np.unique(survey), np.unique(survey[both])
    share = (len(shared) - 1) / (len(fine) - 1)
    rows = []
    for code, own in asked.groupby("region_code", sort=True):
        fits = int(np.isin(published_units(own["score"], scheme), shared).sum())
        chances = (np.full(len(own), share), *_survey_chances(own["score"], both, scheme))
        smooth, independent, neighbouring = (_log10_at_least(each, fits) for each in chances)
        rows.append(
            {
                "region_code": code,
                "answers": len(own),
                "on_grid": fits,
                "survey_grid": len(fine),
                "assessor_grid": len(np.unique(coarse)),
                "share": share,
                "log10_smooth": smooth,
                "log10_independent": independent,
                "log10_neighbouring": neighbouring,
                "finding": _survey_finding(
                    f"{fits} of {len(own)}", respondents, assessors, (smooth, neighbouring)
                ),
            }
        )
    return pd.DataFrame(rows)


def checked_answers(answers: pd.DataFrame) -> pd.DataFrame:
    """The answers themselves, if every one has a score and none stands twice.

    Raises
    ------
    DataError
        A column is absent, there are no answers, a score is missing, a question is answered
        twice.
    """
    absent = [name for name in ("region_code", "question", "score") if name not in answers]
    if absent:
        raise DataError(f"The answers have no column {', '.join(absent)}.")
    if answers.empty:
        raise DataError("There are no answers; expected one row a region and question.")
    missing = answers.loc[answers["score"].isna(), "question"].tolist()
    if missing:
        raise DataError(f"No score of questions {listed(missing)}; leave out rows without a score.")
    twice = answers.loc[answers.duplicated(["region_code", "question"]), "question"].tolist()
    if twice:
        raise DataError(
            f"Questions {listed(twice)} are answered twice by one region; expected one year's "
            "answers, one row a region and question."
        )
    return answers


def questions_off_grid(answers: pd.DataFrame, assessors: int, scheme: Scheme) -> list[int]:
    """Questions whose score is no mean of so many whole marks."""
    units = published_units(answers["score"], scheme)
    off = ~np.isin(units, MarkSums(assessors, scheme).published)
    return answers.loc[off, "question"].tolist()


def _check_inside(asked: pd.DataFrame, scheme: Scheme) -> None:
    inside = asked["score"].between(float(scheme.lowest), float(scheme.highest))
    if not inside.all():
        raise DataError(
            f"Scores of questions {listed(asked.loc[~inside, 'question'].tolist())} lie outside "
            f"the scale, expected {scheme.lowest} to {scheme.highest}."
        )


def _survey_chances(
    means: pd.Series, both: npt.NDArray[np.bool_], scheme: Scheme
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    span = int(scheme.highest) - int(scheme.lowest)
    sums, most = np.arange(len(both)), len(both) - 1
    respondents = most // span
    above = means.to_numpy()[:, np.newaxis] - float(scheme.lowest)
    wide = stats.binom.pmf(sums, most, above / span)
    close = stats.binom.pmf(sums - respondents * np.floor(above), respondents, above % 1)
    return wide[:, both].sum(axis=1), close[:, both].sum(axis=1)


def _log10_at_least(chances: npt.NDArray[np.float64], count: int) -> float:
    if count == len(chances):  # a product of many small numbers would be 0 in floats
        return float(np.log10(chances).sum())
    pairs = [np.array([1 - chance, chance]) for chance in chances]
    return float(np.log10(reduce(np.convolve, pairs)[count:].sum()))


def _step(assessors: int) -> str:
    return f"{1 / assessors:.10g}" if 10**10 % assessors == 0 else f"1/{assessors}"


def _grid_finding(answers: int, off: int, assessors: int, fewest: float) -> str:
    if off:
        text = f"{off} of {answers} values are no means of {assessors} whole marks."
    else:
        text = (
            f"All {answers} values are multiples of {_step(assessors)}: consistent with whole "
            f"marks of {assessors} assessors."
        )
    if pd.isna(fewest):
        return f"{text} No number of assessors that was tried explains all."
    return f"{text} The fewest assessors that explain all are {fewest:.0f}; any multiple fits too."


def _survey_finding(
    which: str, respondents: int, assessors: int, log10: tuple[float, float]
) -> str:
    smooth, neighbouring = (f"10^{p:.0f}" if p < -3 else f"{10**p:.2g}" for p in log10)
    return (
        f"{which} values are multiples of {_step(assessors)}, as means of {assessors} whole marks "
        f"are. Means over {respondents} whole marks are multiples of {_step(respondents)}; at "
        f"least so many on the coarser grid have a probability of about {smooth} if sums spread "
        f"evenly, and {neighbouring} if each respondent gave a mark next to the mean."
    )
