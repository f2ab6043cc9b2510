"""Which questions of the index score the same thing as a factor (floor 3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from smartlib.inference.factors.derived import DERIVED_BY_NAME
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.messages import listed
from smartlib.vocabulary.records import Scheme
from smartlib.vocabulary.tables import DIMENSIONS

# Questions of a year's instrument that score a published statistic for which the factor
# dictionary has no factor.
ALSO_SCORED: Mapping[int, Mapping[int, str]] = {
    2024: {
        11: "smart-city share of the budget",
        20: "e-government index (SPBE)",
        32: "full immunisation",
        36: "local roads in good or fair condition",
    }
}


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
    names: Sequence[str], dictionary: pd.DataFrame, instrument: pd.DataFrame, scheme: Scheme
) -> pd.DataFrame:
    """Questions of the index that score the same thing as a factor.

    Parameters
    ----------
    names : sequence of str
        Factors of a regression; names that the dictionary does not have (dummies) are
        passed over.
    dictionary : DataFrame
        Factor dictionary, with `scored_by_questions`.
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
        derived = DERIVED_BY_NAME.get(name)
        inputs = [i for i in (derived.inputs if derived else (name,)) if i in dictionary.index]
        cells = [dictionary.at[i, "scored_by_questions"] for i in inputs]
        numbers = sorted({int(n) for cell in cells if pd.notna(cell) for n in cell.split(";")})
        for number in numbers:
            heading = instrument.at[number, "dimension"]
            dimension = by_heading[heading].name
            shares = {
                track.name: float(track.weights.get(dimension, 0)) / int(sizes[heading])
                for track in scheme.tracks.values()
            }
            rows.append({"factor": name, "question": number, "dimension": dimension, **shares})
    return pd.DataFrame(rows, columns=["factor", "question", "dimension", *scheme.tracks])


def circular_questions(
    dictionary: pd.DataFrame, instrument: pd.DataFrame, year: int
) -> pd.DataFrame:
    """All questions known to score a published statistic.

    Parameters
    ----------
    dictionary : DataFrame
        Factor dictionary, with `scored_by_questions`.
    instrument : DataFrame
        Questions indexed by number, with `dimension`.
    year : int
        Of the instrument.

    Returns
    -------
    DataFrame
        Indexed by question, in ascending order: dimension; scores (the factors, or the
        statistic in words); is_factor (whether the dictionary has the factor).
    """
    scored: dict[int, list[str]] = {}
    for factor, cell in dictionary["scored_by_questions"].dropna().items():
        for number in map(int, cell.split(";")):
            scored.setdefault(number, []).append(str(factor))
    also = {
        number: statistic
        for number, statistic in ALSO_SCORED.get(year, {}).items()
        if number not in scored
    }
    names = {heading.heading: heading.name for heading in DIMENSIONS}
    rows = {
        number: (
            names[instrument.at[number, "dimension"]],
            also.get(number) or ", ".join(scored[number]),
            number in scored,
        )
        for number in sorted({*scored, *also})
    }
    columns = ["dimension", "scores", "is_factor"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("question")


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


def purge(dictionary: pd.DataFrame, instrument: pd.DataFrame, scheme: Scheme) -> Purge:
    """Dimensions of the common index that score a factor of the dictionary themselves.

    Parameters
    ----------
    dictionary : DataFrame
        Factor dictionary, with `scored_by_questions`.
    instrument : DataFrame
        Questions indexed by number, with `dimension`.
    scheme : Scheme
        Its common track's weights are scaled up to sum to 1 without these dimensions.

    Raises
    ------
    DataError
        No dimension would be left.
    """
    found = circular_questions(dictionary, instrument, scheme.year)
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
