"""Since when a region takes part, as far as that is known (floor 4)."""

from __future__ import annotations

import pandas as pd

from smartlib.present.words.wording import Words
from smartlib.vocabulary.tables import FIRM


def since(words: Words, row: pd.Series) -> str:
    """Year of selection in words, with how sure it is; nothing of a region not selected.

    Parameters
    ----------
    words : Words
        The language.
    row : Series
        Of the table of participation: selected_year, selected_by, selected_certainty.

    Examples
    --------
    >>> row = {"selected_year": None, "selected_by": 2022, "selected_certainty": "unknown"}
    >>> since(Words("en"), pd.Series(row))
    'takes part since 2022 at the latest'
    """
    if pd.isna(row["selected_by"]):
        return ""
    certainty = str(row["selected_certainty"])
    kind = "firm" if certainty in FIRM else certainty
    return words.say(f"since_{kind}", year=int(row["selected_by"]))
