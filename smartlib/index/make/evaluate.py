"""The tidy score table: every index and rank of a year in one frame (floor 2)."""

from __future__ import annotations

import pandas as pd

from smartlib.index.make.composite import composite_index, harmonised_index, previous_index
from smartlib.index.make.rank import lowest_possible, rank, ranking
from smartlib.vocabulary.records import Scheme
from smartlib.vocabulary.tables import SCORES


def evaluated(scores: pd.DataFrame, regions: pd.DataFrame, scheme: Scheme) -> pd.DataFrame:
    """Scores with names, indices and ranks, sorted by code.

    Parameters
    ----------
    scores : DataFrame
        Published rows: region_code, year, cohort, track, dimension means, published_index,
        improvement.
    regions : DataFrame
        Register indexed by code, with region, kind, province.
    scheme : Scheme
        Formulas, rounding and the number of scored regions.

    Returns
    -------
    DataFrame
        The columns of `SCORES`, in their order.
    """
    frame = scores.sort_values("region_code", ignore_index=True)
    frame = frame.join(regions[["region", "kind", "province"]], on="region_code")
    final = frame["published_index"]
    frame["recomputed_index"] = composite_index(frame, scheme)
    frame["harmonised_index"] = harmonised_index(frame, scheme)
    frame["previous_index"] = previous_index(final, frame["improvement"], scheme.decimals)
    own = ranking(frame, scheme)
    frame["rank_known"] = rank(final, own)
    frame["rank_track"] = rank(final, own + frame["track"])
    frame["rank_province"] = rank(final, own + frame["province"])
    known = own.groupby(own).transform("size")
    lost = own.map(lambda cohort: scheme.of(cohort).stages.scored) - known
    frame["rank_lowest_possible"] = lowest_possible(frame["rank_known"], lost)
    return frame[SCORES.column_names]
