"""How much a region's answers vary inside each pillar, against two kinds of chance (floor 2).

A small spread tells a panel that agreed from no panel that copied: it has no reason in it.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

from smartlib.index.audit.questions import checked_answers, questions_off_grid
from smartlib.index.make.marks import MarkSums
from smartlib.index.multiple_testing import holm
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.messages import listed
from smartlib.vocabulary.records import Scheme

DRAWS = 9_999  # p-values then have steps of 1 in 10,000

SAME = 1e-9  # marks have few decimals: variances closer than this are one


def straight_lining(
    answers: pd.DataFrame,
    instrument: pd.DataFrame,
    assessors: int,
    scheme: Scheme,
    *,
    draws: int = DRAWS,
    rng: np.random.Generator | None = None,
) -> pd.DataFrame:
    """Spread of the answers inside each pillar, against dealt and against independent marks.

    Parameters
    ----------
    answers : DataFrame, shape (n, ...)
        region_code, question, score (mean mark); one row a region and question.
    instrument : DataFrame
        Indexed by question number: dimension (printed heading), pillar.
    assessors : int
        Assessors that each answer is a mean of.
    scheme : Scheme
        Scale, decimals and rounding.
    draws : int, default 9999
        Simulated deals, and simulated panels, for each pillar.
    rng : Generator, optional
        Source of the draws; None is `np.random.default_rng(0)`.

    Returns
    -------
    DataFrame, shape (regions * pillars of a dimension, 14)
        region_code, dimension (printed heading), pillar, questions (count), mean (mark),
        variance (mark^2), distinct (different values); dealt_variance (expected), dealt_p;
        independent_variance (expected), independent_p; dealt_holm and independent_holm
        (Holm's adjustment over the rows of a region); finding. Only pillars with at least
        two answered questions.

    Raises
    ------
    DataError
        A column is absent, a score is missing, a question is answered twice or is not in
        the instrument, an answer is no mean of whole marks, no pillar has two answers,
        draws below 1.

    Notes
    -----
    Dealt: the region's own answers to the dimension's questions that have a pillar, dealt
    to the pillars at random. The expected variance is that of all of them; dealt_p is the
    share of deals with a variance as small, (1 + count) / (1 + draws), and exact where all
    answers of the pillar are one value v (sum over values of C(c_v, n) / C(N, n)). A small
    value says that answers are more alike inside the pillar than across pillars.

    Independent: n questions of k marks each, every mark one of the two whole marks beside
    the pillar's mean, in the numbers that give this mean, dealt to questions at random.
    That is the least that marks with this mean can vary. With f the share of the upper
    mark the variance of the answers is expected to be f (1 - f) / k * n k / (n k - 1). A
    small independent_p says that the answers are more alike than marks given separately,
    question by question, usually are; a pillar whose questions truly differ has a large
    one.

    Neither tells why. Assessors may judge a pillar as one thing and mark its questions
    alike on purpose, questions of a pillar may ask for nearly the same, and a panel may
    have settled each mark together.

    Verification: brute force: all deals and all panels of small sheets.

    References
    ----------
    Phipson, B., & Smyth, G. K. (2010). Permutation p-values should never be zero:
    Calculating exact p-values when permutations are randomly drawn. Statistical
    Applications in Genetics and Molecular Biology, 9(1), article 39.

    Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian
    Journal of Statistics, 6(2), 65-70.
    """
    if draws < 1:
        raise DataError(f"{draws} draws; expected at least 1.")
    rng = np.random.default_rng(0) if rng is None else rng
    marks = _with_pillar(checked_answers(answers), instrument)
    _check_on_grid(marks, assessors, scheme)
    sums = MarkSums(assessors, scheme)
    marks["sum"] = sums.giving(marks["score"])[0] - sums.sums.start  # above the lowest
    rows = [
        {"region_code": code, "dimension": dimension, **row}
        for (code, dimension), group in marks.groupby(["region_code", "dimension"], sort=False)
        for row in _pillars(group, assessors, draws, rng)
    ]
    if not rows:
        raise DataError("No pillar has two answers; there is no spread to look at.")
    table = pd.DataFrame(rows)
    for name in ("dealt", "independent"):
        table[f"{name}_holm"] = table.groupby("region_code")[f"{name}_p"].transform(holm)
    return table.assign(finding=[_spread_finding(row) for _, row in table.iterrows()])


def _with_pillar(answers: pd.DataFrame, instrument: pd.DataFrame) -> pd.DataFrame:
    unknown = sorted(set(answers["question"]) - set(instrument.index))
    if unknown:
        raise DataError(
            f"Questions {listed(unknown)} are not in the instrument; expected the instrument of "
            "the answers' year."
        )
    joined = answers.join(instrument[["dimension", "pillar"]], on="question")
    return joined[joined["pillar"].notna()].sort_values(["region_code", "question"])


def _check_on_grid(marks: pd.DataFrame, assessors: int, scheme: Scheme) -> None:
    off = questions_off_grid(marks, assessors, scheme)
    if off:
        raise DataError(
            f"Answers to questions {listed(off)} are no means of {assessors} whole marks; "
            "`off_grid` gives the fewest assessors that explain all."
        )


def _pillars(
    group: pd.DataFrame, assessors: int, draws: int, rng: np.random.Generator
) -> Iterator[dict[str, object]]:
    pool = group["score"].to_numpy()
    deals = rng.permuted(np.tile(pool, (draws, 1)), axis=1)
    for pillar, places in group.groupby("pillar", sort=False).indices.items():
        if len(places) < 2:  # one answer has no spread
            continue
        own, sums = pool[places], group["sum"].to_numpy()[places]
        yield {
            "pillar": pillar,
            "questions": len(own),
            "mean": own.mean(),
            "variance": own.var(ddof=1),
            "distinct": len(np.unique(own)),
            "dealt_variance": pool.var(ddof=1),
            "dealt_p": _dealt_p(own, pool, deals[:, places]),
            "independent_variance": _least_variance(sums, assessors),
            "independent_p": _independent_p(sums, assessors, draws, rng),
        }


def _dealt_p(
    own: npt.NDArray[np.float64], pool: npt.NDArray[np.float64], deals: npt.NDArray[np.float64]
) -> float:
    if np.ptp(own) == 0:
        _, counts = np.unique(pool, return_counts=True)
        return float(special.comb(counts, len(own)).sum() / special.comb(len(pool), len(own)))
    return _share_as_small(deals, own.var(ddof=1))


def _least_variance(sums: npt.NDArray[np.intp], assessors: int) -> float:
    slots = len(sums) * assessors
    upper = sums.sum() % slots / slots
    return float(upper * (1 - upper) / assessors * slots / (slots - 1))


def _independent_p(
    sums: npt.NDArray[np.intp], assessors: int, draws: int, rng: np.random.Generator
) -> float:
    upper = int(sums.sum() % (len(sums) * assessors))
    panels = rng.multivariate_hypergeometric([assessors] * len(sums), upper, draws)
    return _share_as_small(panels / assessors, (sums / assessors).var(ddof=1))


def _share_as_small(simulated: npt.NDArray[np.float64], variance: float) -> float:
    count = (simulated.var(axis=1, ddof=1) <= variance + SAME).sum()
    return float((1 + count) / (1 + len(simulated)))


def _spread_finding(row: pd.Series) -> str:
    alike = row["distinct"] == 1
    spread = f"are all {row['mean']:.4g}" if alike else f"have a variance of {row['variance']:.3f}"
    dealt, independent = (
        f"{row[f'{name}_variance']:.3f} (p = {row[f'{name}_p']:.2g}, "
        f"Holm {row[f'{name}_holm']:.2g})"
        for name in ("dealt", "independent")
    )
    return (
        f"{row['pillar']} ({row['dimension']}): the {row['questions']} values {spread}. Expected "
        f"is {dealt} if the same answers are dealt at random, and {independent} from the least "
        "variable independent marks."
    )
