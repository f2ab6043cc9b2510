"""Where a table's numbers come from: marks behind means, inputs of totals, weights (floor 2)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from smartlib.index.audit.arithmetic import audit_totals
from smartlib.index.audit.granularity import (
    assessor_likelihood,
    audit_granularity,
    questions_by_dimension,
    recovered_means,
)
from smartlib.index.audit.readings import INPUTS, TotalInputs
from smartlib.index.audit.totals import denominators_of, explain_totals, inputs_of_totals
from smartlib.index.audit.weights import recovered_weights
from smartlib.vocabulary.records import Scheme

CONVINCING = 3.0  # log10 of a likelihood ratio from which on a number of assessors is told


@dataclass(frozen=True)
class Marks:
    """Marks behind the published means.

    Attributes
    ----------
    assessors : int
        The number that explains the published means best; 0 where none does.
    recovered : DataFrame or None
        Output of `recovered_means` for that number.
    tried : DataFrame or None
        Output of `audit_granularity`, where there was anything to try.
    """

    assessors: int = 0
    recovered: pd.DataFrame | None = None
    tried: pd.DataFrame | None = None


@dataclass(frozen=True)
class Origins:
    """Where a table's numbers come from: found once, and used by every check.

    Attributes
    ----------
    marks : Marks
        Behind the means.
    totals : TotalInputs
        What totals were made from.
    weights : DataFrame
        Output of `recovered_weights` for those inputs.
    """

    marks: Marks
    totals: TotalInputs
    weights: pd.DataFrame


def marks_behind(scores: pd.DataFrame, scheme: Scheme, instrument: pd.DataFrame | None) -> Marks:
    """How many assessors' whole marks the published means were made from, and which sums.

    Parameters
    ----------
    scores : DataFrame, shape (n, ...)
        region_code and the published dimension means.
    scheme : Scheme
        Scale, decimals, rounding.
    instrument : DataFrame or None
        Questions indexed by number, with `dimension`; without it nothing can be told.

    Returns
    -------
    Marks
        The most likely number; nothing where none is a thousand times as likely as arbitrary
        means, for each number tried, or where the scale has no whole ends.
    """
    questions = {} if instrument is None else questions_by_dimension(instrument)
    whole = scheme.lowest % 1 == 0 and scheme.highest % 1 == 0
    if not questions or scores.empty or not whole:
        return Marks()
    tried = audit_granularity(scores, questions, scheme)
    likely = assessor_likelihood(tried)
    best = likely.loc[likely["behind_best"].idxmin()]
    if best["log10_ratio"] < CONVINCING + math.log10(len(likely)):
        return Marks(tried=tried)
    assessors = int(best["assessors"])
    return Marks(assessors, recovered_means(scores, questions, assessors, scheme), tried)


def origins_of(
    scores: pd.DataFrame, scheme: Scheme, instrument: pd.DataFrame | None = None
) -> Origins:
    """Marks behind the means, inputs of the totals, and weights that fit them.

    Parameters
    ----------
    scores, scheme, instrument
        As in `audit_table`.
    """
    marks = marks_behind(scores, scheme, instrument)
    totals = inputs_of_totals(scores, scheme, marks.recovered)
    return Origins(marks, totals, recovered_weights(scores, scheme, inputs=totals.decided))


def audit_finals(scores: pd.DataFrame, scheme: Scheme, origins: Origins) -> pd.DataFrame:
    """`audit_totals`, with what the totals' inputs are known to be.

    Parameters
    ----------
    scores, scheme
        As in `audit_totals`.
    origins : Origins
        Of the table.

    Returns
    -------
    DataFrame, shape (n, 6)
        Where totals were made from means before rounding, a final that the printed means miss
        and those explain is `reproduced`, and its detail says so.
    """
    audit, inputs = audit_totals(scores, scheme), origins.totals.decided
    if inputs == "published":
        return audit
    reading = explain_totals(scores, scheme, inputs, denominators_of(origins.marks.recovered))
    explained = (audit["verdict"] == "contradicted") & ~audit["region_code"].isin(
        reading.contradicted
    )
    audit.loc[explained, "verdict"] = "reproduced"
    audit.loc[explained, "detail"] += f"; follows from {INPUTS[inputs]}"
    return audit
