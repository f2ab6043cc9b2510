"""The whole audit of a table of published marks, one check a row (floor 2).

What the other modules of the room find, in the columns of `AUDIT`.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from smartlib.index.audit.arithmetic import audit_means
from smartlib.index.audit.granularity import assessor_likelihood
from smartlib.index.audit.origins import Marks, Origins, audit_finals, origins_of
from smartlib.index.audit.questions import off_grid, survey_means
from smartlib.index.audit.readings import INPUTS
from smartlib.index.audit.spread import straight_lining
from smartlib.index.audit.weights import feasible_weights
from smartlib.index.make.marks import MarkSums, published_units
from smartlib.index.make.rounding import exact
from smartlib.vocabulary.records import Scheme
from smartlib.vocabulary.tables import AUDIT, DIMENSIONS

TABLE = "table"  # subject of a check on the whole of it
UNUSUAL = 0.05  # adjusted p-value from which on a spread is as one would expect
UNLIKELY = -3.0  # log10 of a probability from which on values are as one would expect

Row = tuple[str, str, str, str, str, str]  # in the order of AUDIT


def audit_table(
    scores: pd.DataFrame,
    scheme: Scheme,
    instrument: pd.DataFrame | None = None,
    answers: pd.DataFrame | None = None,
    *,
    origins: Origins | None = None,
) -> pd.DataFrame:
    """Every check of a table, in one table.

    Parameters
    ----------
    scores : DataFrame, shape (n, ...)
        region_code, track, dimension means, published_index.
    scheme : Scheme
        How the index is said to be made.
    instrument : DataFrame, optional
        Questions indexed by number; needed for granularity.
    answers : DataFrame, optional
        region_code, question, score, of regions whose marks of single questions are known.
    origins : Origins, optional
        Output of `origins_of` for this table, if it is at hand.

    Returns
    -------
    DataFrame
        The columns of `AUDIT`, sorted by its key. Checks: `final` and `mean_*` (does the
        number follow), `inputs` (what totals are taken to be made from) and `inputs_*` (could
        they have been, by the rule that is the subject), `weights` (by track),
        `granularity_*` and `assessors` (whole marks), `answers_grid`, `answers_survey` and
        `answers_spread_*` (single questions).
    """
    origins = origins or origins_of(scores, scheme, instrument)
    rows = [
        *_totals(scores, scheme, origins),
        *_weights(scores, scheme, origins),
        *_granularity(origins.marks),
    ]
    if instrument is not None and answers is not None and len(answers):
        rows += [
            *_follows(audit_means(answers, instrument, scores, scheme), "mean_"),
            *_answers(answers, instrument, scheme, origins.marks.assessors),
        ]
    table = pd.DataFrame(rows, columns=AUDIT.column_names)
    table = table.where(table != "", None)
    return table.sort_values(list(AUDIT.key), ignore_index=True)


def _totals(scores: pd.DataFrame, scheme: Scheme, origins: Origins) -> Iterator[Row]:
    yield from _follows(audit_finals(scores, scheme, origins))
    decided = origins.totals.decided
    words = f"taken as inputs of the totals: {INPUTS[decided]}"
    yield "inputs", TABLE, "expected", "", decided, words
    for one in origins.totals.readings:
        counts = str(one.checkable), str(one.possible)
        yield f"inputs_{one.inputs}", one.rule, one.verdict, *counts, one.detail


def _follows(audit: pd.DataFrame, prefix: str = "") -> Iterator[Row]:
    for one in audit.itertuples():
        numbers = _number(one.recomputed), _number(one.published)
        yield f"{prefix}{one.check}", one.region_code, one.verdict, *numbers, one.detail


def _weights(scores: pd.DataFrame, scheme: Scheme, origins: Origins) -> Iterator[Row]:
    inputs = origins.totals.decided
    for track, weights in origins.weights.groupby("track", sort=False):
        stated = scheme.tracks[str(track)].weights
        verdict = feasible_weights(scores, str(track), stated, scheme, inputs=inputs).verdict
        expected = " / ".join(f"{100 * weight:g}" for weight in weights["published"])
        ranges = [
            f"{100 * low:.2f}-{100 * high:.2f}"
            for low, high in zip(weights["low"], weights["high"], strict=True)
            if pd.notna(low)
        ]
        detail = weights["detail"].iloc[0]
        if ranges:
            pairs = zip(weights["dimension"], ranges, strict=True)
            detail = "percent that reproduce every total: " + ", ".join(map(" ".join, pairs))
        yield "weights", str(track), verdict, expected, " / ".join(ranges), detail


def _granularity(marks: Marks) -> Iterator[Row]:
    tried = marks.tried
    if tried is None or marks.recovered is None:
        nothing = "no questions to go by, or a scale without whole ends"
        detail = nothing if tried is None else "too few means, or none on a grid, to tell"
        yield "assessors", TABLE, "not_checkable", "", "", detail
        return
    likely = assessor_likelihood(tried).set_index("assessors")
    best, others = likely.loc[marks.assessors], likely.drop(marks.assessors)
    second = others.loc[others["behind_best"].idxmin()]
    verdict = "impossible" if best["impossible"] else "possible"
    detail = (
        f"{marks.assessors} assessors explain {best['possible']:.0f} of {best['rows']:.0f} means"
    )
    detail += (
        "; those that they do not are listed"
        if best["impossible"]
        else f", as any multiple does; {second.name} are next, 10^{second['behind_best']:.0f} "
        f"times less likely, with {second['impossible']:.0f} means impossible"
    )
    yield "assessors", TABLE, verdict, "", str(marks.assessors), detail
    own = tried[tried["assessors"] == marks.assessors].set_index("dimension")
    for one in marks.recovered.itertuples():
        sums = f"{one.numerator_low} to {one.numerator_high}"
        fits = "possible" if own.at[one.dimension, "informative"] else "uninformative"
        yield (
            f"granularity_{one.dimension}",
            one.region_code,
            fits if one.candidates else "impossible",
            f"k / {one.denominator}",
            _number(one.published),
            f"k = {one.numerator_low if one.candidates == 1 else sums}"
            if one.candidates
            else f"no {one.denominator} whole marks have the mean {_number(one.published)}",
        )


def _answers(
    answers: pd.DataFrame, instrument: pd.DataFrame, scheme: Scheme, assessors: int
) -> Iterator[Row]:
    if not assessors or answers.empty:
        return
    grids = off_grid(answers, assessors, scheme)
    for one in grids.itertuples():
        verdict = "impossible" if one.off_grid else "possible"
        numbers = str(one.answers), str(one.answers - one.off_grid)
        yield "answers_grid", one.region_code, verdict, *numbers, one.finding
    names = instrument["dimension"].map({one.heading: one.name for one in DIMENSIONS})
    yield from _survey(answers, instrument, scheme, assessors)
    whole = grids.loc[grids["off_grid"] == 0, "region_code"]
    marked = answers[answers["region_code"].isin(whole)]
    pillar = marked["question"].map(instrument["pillar"])
    place = marked.assign(pillar=pillar, dimension=marked["question"].map(names)).dropna()
    if place.duplicated(["region_code", "dimension", "pillar"]).any():
        spread = straight_lining(marked, instrument.assign(dimension=names), assessors, scheme)
        for one in spread.itertuples():
            yield (
                f"answers_spread_{one.dimension}_{one.pillar.lower().replace(' ', '_')}",
                one.region_code,
                "unusual" if one.independent_holm < UNUSUAL else "expected",
                f"variance {one.independent_variance:.3f}",
                f"variance {one.variance:.3f}",
                one.finding,
            )


def survey_rows(
    answers: pd.DataFrame, instrument: pd.DataFrame, scheme: Scheme, assessors: int
) -> pd.DataFrame:
    """`survey_means` of the questions that the year's scheme describes as a survey's.

    Parameters
    ----------
    answers : DataFrame
        region_code, question, score.
    instrument : DataFrame
        Questions indexed by number, with `dimension` (printed heading).
    scheme : Scheme
        Of the year.
    assessors : int
        Whose grid is looked at; 0 where no number is known.

    Returns
    -------
    DataFrame
        No rows where the scheme describes none, or none of them is answered.
    """
    asked = _surveyed(answers, instrument, scheme)
    if scheme.survey is None or asked.empty or not assessors:
        return pd.DataFrame()
    numbers, people = asked["question"].unique().tolist(), scheme.survey.respondents
    return survey_means(answers, numbers, respondents=people, assessors=assessors, scheme=scheme)


def _surveyed(answers: pd.DataFrame, instrument: pd.DataFrame, scheme: Scheme) -> pd.DataFrame:
    heading = {d.name: d.heading for d in DIMENSIONS}
    dimension = scheme.survey.dimension if scheme.survey is not None else ""
    numbers = instrument.index[instrument["dimension"] == heading.get(dimension, "")]
    return answers[answers["question"].isin(numbers)]


def _survey(
    answers: pd.DataFrame, instrument: pd.DataFrame, scheme: Scheme, assessors: int
) -> Iterator[Row]:
    found = survey_rows(answers, instrument, scheme, assessors)
    if scheme.survey is None or found.empty:
        return
    respondents, asked = scheme.survey.respondents, _surveyed(answers, instrument, scheme)
    fits = np.isin(published_units(asked["score"], scheme), MarkSums(respondents, scheme).published)
    off = set(asked.loc[~fits, "region_code"])
    for one in found.itertuples():
        unlikely = one.log10_neighbouring < UNLIKELY
        yield (
            "answers_survey",
            one.region_code,
            "impossible" if one.region_code in off else "unusual" if unlikely else "expected",
            f"means over {respondents}",
            f"{one.on_grid} of {one.answers} multiples of 1/{assessors}",
            one.finding,
        )


def _number(value: float | None) -> str:
    return "" if value is None or pd.isna(value) else f"{exact(value).normalize():f}"
