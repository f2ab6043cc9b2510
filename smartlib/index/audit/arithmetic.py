"""Audit of published marks: does each follow from what it was made from (floor 2)."""

from __future__ import annotations

import pandas as pd

from smartlib.index.make.composite import weighted_total
from smartlib.index.make.rounding import exact, mean_published, round_published
from smartlib.vocabulary.records import Scheme
from smartlib.vocabulary.tables import DIMENSIONS

AUDIT_COLUMNS = ["region_code", "check", "published", "recomputed", "verdict", "detail"]


def audit_totals(scores: pd.DataFrame, scheme: Scheme) -> pd.DataFrame:
    """Recompute every published final from its published means.

    Parameters
    ----------
    scores : DataFrame, shape (n, ...)
        region_code, track, dimension means, published_index.
    scheme : Scheme
        Weights, decimals and rounding.

    Returns
    -------
    DataFrame, shape (n, 6)
        region_code, check (`final`), published, recomputed, verdict (`reproduced`,
        `contradicted` or `not_checkable`), detail; indexed as `scores`.
    """
    rows = []
    for row in scores.to_dict("records"):
        track = scheme.tracks.get(row["track"])
        total = weighted_total(row, track) if track else None
        if total is None or track is None or pd.isna(row["published_index"]):
            rows.append(_verdict(row["region_code"], "final", row["published_index"], None))
            continue
        zeroed = [name for name in track.zero_if_missing if pd.isna(row[name])]
        detail = f"weighted sum {total.normalize():f}"
        detail += f"; {', '.join(zeroed)} missing, counted as 0" if zeroed else ""
        recomputed = float(round_published(total, scheme.decimals, scheme.rounding))
        rows.append(
            _verdict(row["region_code"], "final", row["published_index"], recomputed, detail)
        )
    return pd.DataFrame(rows, columns=AUDIT_COLUMNS, index=scores.index)


def audit_means(
    answers: pd.DataFrame, instrument: pd.DataFrame, scores: pd.DataFrame, scheme: Scheme
) -> pd.DataFrame:
    """Recompute every published dimension mean whose questions have scores.

    Parameters
    ----------
    answers : DataFrame
        region_code, question, score.
    instrument : DataFrame
        Indexed by question number, with `dimension` (printed heading).
    scores : DataFrame
        region_code and the published dimension means.
    scheme : Scheme
        Decimals and rounding.

    Returns
    -------
    DataFrame, shape (regions x dimensions with questions, 6)
        As `audit_totals`, `check` naming the dimension; `not_checkable` where a question
        of the dimension has no score.
    """
    published = scores.set_index("region_code")
    rows = []
    for code, marks in answers.groupby("region_code", sort=True):
        by_question = marks.set_index("question")["score"]
        for dimension in DIMENSIONS:
            questions = instrument.index[instrument["dimension"] == dimension.heading]
            if not len(questions):
                continue
            stated = published.at[code, dimension.name] if code in published.index else None
            given = by_question.reindex(questions).dropna()
            if len(given) < len(questions):
                detail = f"{len(given)} of {len(questions)} questions have a score"
                rows.append(_verdict(code, dimension.name, stated, None, detail))
                continue
            mean = float(mean_published(given, scheme.decimals, scheme.rounding))
            unrounded = sum(map(exact, given)) / len(given)
            detail = f"mean of {len(given)} questions {unrounded:.4f}"
            rows.append(_verdict(code, dimension.name, stated, mean, detail))
    return pd.DataFrame(rows, columns=AUDIT_COLUMNS)


def _verdict(
    code: object,
    check: str,
    published: float | None,
    recomputed: float | None,
    detail: str = "a needed mark is missing",
) -> tuple[object, ...]:
    if published is None or pd.isna(published) or recomputed is None:
        return code, check, published, recomputed, "not_checkable", detail
    same = exact(published) == exact(recomputed)
    return code, check, published, recomputed, "reproduced" if same else "contradicted", detail
