"""Each track of a year beside its common one, on the index that all share (floor 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from smartlib.inference.programme.tracks import Overlap, compare_groups, overlap
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.records import Scheme, Track


@dataclass(frozen=True, eq=False)
class TrackStudy:
    """One track beside the common one.

    Attributes
    ----------
    track, common : Track
        The group and what it is compared with.
    rows : DataFrame, shape (n, ...)
        Known rows of the two, with the track's name as a column of 1 and 0.
    overlap : Overlap or None
        How far the two have regions with like factors.
    differences : DataFrame or None
        Output of `compare_groups`.
    reason : str
        Why there is no overlap, or neither.
    """

    track: Track
    common: Track
    rows: pd.DataFrame
    overlap: Overlap | None
    differences: pd.DataFrame | None
    reason: str

    @property
    def names(self) -> dict[int, str]:
        """English labels of the track (1) and the common one (0)."""
        return {1: self.track.label_en, 0: self.common.label_en}


def beside_common(
    frame: pd.DataFrame, scheme: Scheme, outcome: str, factors: Sequence[str], *, cluster: str
) -> list[TrackStudy]:
    """A study for each track but the common one, over the rows of the two alone.

    Parameters
    ----------
    frame : DataFrame, shape (n, ...)
        Known rows: track, outcome, factors, cluster.
    scheme : Scheme
        Its tracks, in their order; none but the common one gives no study.
    outcome : str
        An index that is the same formula on every track.
    factors : sequence of str
        Columns to adjust for.
    cluster : str
        Column that errors are clustered by.

    Returns
    -------
    list of TrackStudy

    Raises
    ------
    DataError
        Missing values.
    """
    return [
        _study(frame, scheme, track, outcome, factors, cluster=cluster) for track in scheme.others
    ]


def _study(
    frame: pd.DataFrame,
    scheme: Scheme,
    track: Track,
    outcome: str,
    factors: Sequence[str],
    *,
    cluster: str,
) -> TrackStudy:
    rows = frame[frame["track"].isin([track.name, scheme.common_track])]
    rows = rows.assign(**{track.name: (rows["track"] == track.name).astype(float)})
    for own in (track, scheme.common):
        if not (rows["track"] == own.name).any():
            reason = f"no known row is on the {own.label_en} track"
            return TrackStudy(track, scheme.common, rows, None, None, reason)
    differences = compare_groups(rows, outcome, track.name, factors, cluster=cluster)
    try:
        found, reason = overlap(rows, track.name, factors), ""
    except DataError as problem:
        found, reason = None, str(problem)
    return TrackStudy(track, scheme.common, rows, found, differences, reason)
