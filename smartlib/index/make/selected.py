"""Since when each selected region takes part, with how sure that is (floor 2)."""

from __future__ import annotations

import pandas as pd


def since(
    table: pd.DataFrame, dated: pd.DataFrame, latest_open: int | None, year: int
) -> pd.DataFrame:
    """Participation with the year of selection.

    Parameters
    ----------
    table : DataFrame
        Output of `participation`.
    dated : DataFrame
        Indexed by region code: cohort_year, certainty; a region without a row is undated.
    latest_open : int or None
        Last year with a place that no dated region fills: an undated region was selected by then.
    year : int
        Of the letters: whoever they list was selected by then.

    Returns
    -------
    DataFrame
        `table` with selected_year and selected_by (missing where the region is not selected, or
        dated later than the letters) and selected_certainty.

    Notes
    -----
    A region that the compilation leaves undated filled one of its open places; one that it does
    not have at all was selected by the letters' year, and no more is known.
    """
    codes, is_selected = table["region_code"], table["selected"] == 1
    known = dated.reindex(codes).set_axis(table.index)
    own = known["cohort_year"].astype("Int64")
    own = own.where(is_selected & (own <= year).fillna(value=False))
    bound = pd.Series(year, index=table.index, dtype="Int64")
    if latest_open is not None:
        bound = bound.where(~codes.isin(dated.index), min(latest_open, year))
    sure = known["certainty"].where(own.notna(), "unknown").where(is_selected, None)
    return table.assign(
        selected_year=own,
        selected_by=own.fillna(bound).where(is_selected),
        selected_certainty=sure.astype("str").where(is_selected, None),
    )
