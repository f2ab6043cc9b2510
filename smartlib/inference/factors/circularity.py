"""Which questions of the index score the same thing as a factor (floor 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from smartlib.inference.factors.derived import DERIVED_BY_NAME
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.messages import listed
from smartlib.vocabulary.records import Scheme
from smartlib.vocabulary.tables import DIMENSIONS


@dataclass(frozen=True)
class Purge:
    """Dimensions left out of the index, and what the others weigh then.

    Attributes
    ----------
    without : tuple of str
        Dimensions with a question that scores a factor of the dictionary.
    questions : tuple of int
        Those questions.
    weights : dict of str to float
        Shares of the dimensions that are left; they sum to 1.
    """

    without: tuple[str, ...]
    questions: tuple[int, ...]
    weights: dict[str, float]


def circularity(
    names: Sequence[str], scored: pd.DataFrame, instrument: pd.DataFrame, scheme: Scheme
) -> pd.DataFrame:
    """Questions of the index that score the same thing as a factor.

    Parameters
    ----------
    names : sequence of str
        Factors of a regression; names that no question scores (dummies) are passed over.
    scored : DataFrame
        Statistics that questions of the year score: question, factor, label_en.
    instrument : DataFrame
        Questions indexed by number, with `dimension`.
    scheme : Scheme
        Weights of the dimensions.

    Returns
    -------
    DataFrame
        factor, question, dimension, and for each track the question's share of the
        index (dimension weight divided by the dimension's number of questions).
    """
    by_heading = {dimension.heading: dimension for dimension in DIMENSIONS}
    sizes = instrument["dimension"].value_counts()
    rows = []
    for name in names:
        numbers = questions_scoring(name, scored)
        for number in numbers:
            heading = instrument.at[number, "dimension"]
            dimension = by_heading[heading].name
            shares = {
                track.name: float(track.weights.get(dimension, 0)) / int(sizes[heading])
                for track in scheme.tracks.values()
            }
            rows.append({"factor": name, "question": number, "dimension": dimension, **shares})
    return pd.DataFrame(rows, columns=["factor", "question", "dimension", *scheme.tracks])


def questions_scoring(name: str, scored: pd.DataFrame) -> tuple[int, ...]:
    """Questions that score a factor, or one that a derived factor is made of.

    Parameters
    ----------
    name : str
        A published or derived factor.
    scored : DataFrame
        Statistics that questions of the year score: question, factor, label_en.

    Returns
    -------
    tuple of int
        In ascending order, each once.
    """
    derived = DERIVED_BY_NAME.get(name)
    inputs = derived.inputs if derived else (name,)
    numbers = scored.loc[scored["factor"].isin(inputs), "question"]
    return tuple(sorted(set(map(int, numbers))))


def circular_questions(scored: pd.DataFrame, instrument: pd.DataFrame) -> pd.DataFrame:
    """All questions known to score a published statistic.

    Parameters
    ----------
    scored : DataFrame
        Statistics that questions of the year score: question, factor, label_en.
    instrument : DataFrame
        Questions of the same year indexed by number, with `dimension`.

    Returns
    -------
    DataFrame
        Indexed by question, in ascending order: dimension; scores (the factors, or the
        statistic in words); is_factor (whether the dictionary has the factor).
    """
    names = {dimension.heading: dimension.name for dimension in DIMENSIONS}
    rows = {}
    for number, own in scored.groupby("question"):
        factors = own["factor"].dropna()
        told = factors if len(factors) else own["label_en"]
        dimension = names[instrument.at[number, "dimension"]]
        rows[number] = dimension, ", ".join(told), len(factors) > 0
    columns = ["dimension", "scores", "is_factor"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    return table.astype({"is_factor": "bool"}).rename_axis("question")


def circularity_bound(
    questions: Sequence[int], instrument: pd.DataFrame, scheme: Scheme
) -> pd.DataFrame:
    """How far some questions can move the index through their own marks.

    Parameters
    ----------
    questions : sequence of int
        Numbers of the questions; each counts once.
    instrument : DataFrame
        Questions indexed by number, with `dimension`.
    scheme : Scheme
        Weights and scale.

    Returns
    -------
    DataFrame, shape (tracks, 2)
        Indexed by track: share (of the index), points (by which the index moves when all of
        these marks go from the lowest to the highest).

    Raises
    ------
    DataError
        The instrument has no such question.

    Notes
    -----
    share = sum over questions of w_d / n_d, with the dimension's weight w_d and its number of
    questions n_d; points = share (highest - lowest). It bounds what circularity can add to an
    association by arithmetic, through these questions' own marks. It does not bound what
    assessors who know the statistic may have put into the marks of other questions.
    """
    numbers = sorted(set(questions))
    unknown = [str(number) for number in numbers if number not in instrument.index]
    if unknown:
        raise DataError(
            f"The instrument has no question {listed(unknown)}; it has numbers "
            f"{instrument.index.min()} to {instrument.index.max()}."
        )
    sizes = instrument["dimension"].value_counts()
    asked = instrument.loc[numbers, "dimension"].value_counts()
    names = {dimension.heading: dimension.name for dimension in DIMENSIONS}
    shares = {
        track.name: sum(
            float(track.weights.get(names[str(heading)], 0)) * count / int(sizes[heading])
            for heading, count in asked.items()
        )
        for track in scheme.tracks.values()
    }
    table = pd.Series(shares, name="share", dtype="float64").rename_axis("track").to_frame()
    return table.assign(points=table["share"] * float(scheme.highest - scheme.lowest))


def purge(scored: pd.DataFrame, instrument: pd.DataFrame, scheme: Scheme) -> Purge:
    """Dimensions of the common index that score a factor of the dictionary themselves.

    Parameters
    ----------
    scored : DataFrame
        Statistics that questions of the year score: question, factor, label_en.
    instrument : DataFrame
        Questions indexed by number, with `dimension`.
    scheme : Scheme
        Its common track's weights are scaled up to sum to 1 without these dimensions.

    Raises
    ------
    DataError
        No dimension would be left.
    """
    found = circular_questions(scored, instrument)
    found = found[found["is_factor"] & found["dimension"].isin(scheme.common.weights)]
    without = tuple(dict.fromkeys(found["dimension"]))
    kept = {k: float(w) for k, w in scheme.common.weights.items() if k not in without}
    if not sum(kept.values()):
        raise DataError(
            f"Every weighted dimension ({', '.join(without)}) scores some factor; no purged index "
            "can be made of them."
        )
    return Purge(
        without=without,
        questions=tuple(map(int, found.index)),
        weights={name: weight / sum(kept.values()) for name, weight in kept.items()},
    )
