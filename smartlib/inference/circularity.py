"""Which questions of the index score the same thing as a factor (floor 3)."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from smartlib.inference.derived import DERIVED_BY_NAME
from smartlib.vocabulary.records import Scheme
from smartlib.vocabulary.tables import DIMENSIONS


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
