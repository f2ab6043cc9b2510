"""One region against the known rows: places and profile (floor 2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from smartlib.index.make.rank import median_bounds, percentile, rank
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.records import Scheme, Track


@dataclass(frozen=True)
class Place:
    """A region's rank in a group, with what the lost rows allow.

    Attributes
    ----------
    group : str
        `known` (all known rows), `track`, `kind` or `province`.
    member : str
        Which track, kind or province; nothing for all.
    rank : int
        Among the known rows of the group: the best possible rank.
    percentile : float
        Share of the group's other known rows that lie below, in percent; missing when
        there is no other.
    known : int
        Known rows of the group.
    lost : int
        Rows at most that the group may have lost.
    """

    group: str
    member: str
    rank: int
    percentile: float
    known: int
    lost: int

    @property
    def lowest(self) -> int:
        """Rank if every lost row stood above."""
        return self.rank + self.lost


def places(
    scores: pd.DataFrame, region: str, undetermined: pd.DataFrame, scheme: Scheme
) -> tuple[Place, ...]:
    """Ranks of a region among all known rows and within its track, kind and province.

    Parameters
    ----------
    scores : DataFrame
        Indexed by region code: published_index, track, kind, province.
    region : str
        Code of a known row.
    undetermined : DataFrame
        Kind and province of the regions whose rows may be among the lost ones.
    scheme : Scheme
        How many regions were scored in all and invited on each track.

    Returns
    -------
    tuple of Place
        For known, track, kind, province.

    Raises
    ------
    DataError
        The region has no known row.

    Notes
    -----
    A group may have lost as many rows as undetermined regions fit it, and no more than
    were lost in all. Their tracks are unknown, so each fits either track, as long as the
    track had so many invited.
    """
    check_known(scores, region)
    lost = scheme.stages.scored - len(scores)
    own = scores.loc[region]
    found = []
    for group in ("known", "track", "kind", "province"):
        inside = scores if group == "known" else scores[scores[group] == own[group]]
        fitting = (
            undetermined
            if group in ("known", "track")
            else undetermined[undetermined[group] == own[group]]
        )
        track = scheme.tracks[own["track"]]
        room = lost_on_track(track, len(inside), lost) if group == "track" else lost
        values = inside["published_index"]
        found.append(
            Place(
                group=group,
                member="" if group == "known" else str(own[group]),
                rank=int(rank(values)[region]),
                percentile=float(percentile(values)[region]),
                known=len(inside),
                lost=min(len(fitting), room),
            )
        )
    return tuple(found)


def lost_on_track(track: Track, known: int, lost: int) -> int:
    """Rows at most that a track may have lost.

    Parameters
    ----------
    track : Track
        With the number of invited regions, where the letter states it.
    known : int
        Its known rows.
    lost : int
        Rows lost in all.
    """
    return lost if track.invited is None else min(lost, track.invited - known)


def profile(scores: pd.DataFrame, region: str, dimensions: Sequence[str]) -> pd.DataFrame:
    """Dimension means of a region beside the medians of the known rows.

    Parameters
    ----------
    scores : DataFrame
        Indexed by region code: dimension means, track, province.
    region : str
        Code of a known row.
    dimensions : sequence of str
        Which.

    Returns
    -------
    DataFrame, shape (dimensions, 4)
        region, nation, track, province; marks.

    Raises
    ------
    DataError
        The region has no known row.
    """
    check_known(scores, region)
    own, names = scores.loc[region], list(dimensions)
    medians = {
        group: scores.loc[scores[group] == own[group], names].median()
        for group in ("track", "province")
    }
    return pd.DataFrame(
        {"region": own[names].astype("float64"), "nation": scores[names].median(), **medians}
    )


def profile_bounds(
    scores: pd.DataFrame,
    region: str,
    dimensions: Sequence[str],
    *,
    places: Sequence[Place],
    scheme: Scheme,
) -> pd.DataFrame:
    """What the lost rows allow the medians of a profile to be.

    Parameters
    ----------
    scores, region, dimensions
        As in `profile`.
    places : sequence of Place
        Of the region: how many rows each group may have lost.
    scheme : Scheme
        What a lost mark may be at least and at most.

    Returns
    -------
    DataFrame, shape (dimensions, 6)
        Lowest and highest median of nation, track and province, as `nation_low`,
        `nation_high` and so on; marks. Only the dimensions that the region is scored on.
    """
    own, ends = scores.loc[region], (float(scheme.lowest), float(scheme.highest))
    scored = [name for name in dimensions if pd.notna(own[name])]
    columns = {}
    for place in places:
        if place.group == "kind":
            continue
        inside = (
            scores if place.group == "known" else scores[scores[place.group] == own[place.group]]
        )
        pairs = [
            median_bounds(inside[name].dropna(), place.lost, lowest=ends[0], highest=ends[1])
            for name in scored
        ]
        group = "nation" if place.group == "known" else place.group
        for number, end in enumerate(("low", "high")):
            columns[f"{group}_{end}"] = [pair[number] for pair in pairs]
    return pd.DataFrame(columns, index=scored)


def check_known(scores: pd.DataFrame, region: str) -> None:
    """Stop if a region has no known row.

    Raises
    ------
    DataError
        Says so.
    """
    if region not in scores.index:
        raise DataError(
            f"{region} has no row in the known part of the score table; "
            "`smartlib regions` shows which regions have one."
        )
