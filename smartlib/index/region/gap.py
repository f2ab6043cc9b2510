"""Where a region's distance to a reference comes from: the median, the best, a peer (floor 2)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from smartlib.index.make.composite import contributions
from smartlib.index.make.rounding import exact
from smartlib.index.region.places import check_known
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.records import Scheme, Track


@dataclass(frozen=True)
class Gap:
    """Distance of a region's index to that of a reference, both by one formula.

    Attributes
    ----------
    index : float
        The region's index, in index points.
    reference : str
        `median`, or the code of the region compared with.
    reference_index : float
        Its index, in index points.
    contributions : Series, shape (dimensions,)
        Points that each dimension adds, against the reference's mark.
    remainder : float
        What is left. Against a region it is the rounding of the two indices; against the
        median also that the median of totals is not the total of medians.
    """

    index: float
    reference: str
    reference_index: float
    contributions: pd.Series
    remainder: float

    @property
    def total(self) -> float:
        """Index minus the reference's index."""
        return self.index - self.reference_index


def gap_to(scores: pd.DataFrame, region: str, reference: str, scheme: Scheme) -> Gap:
    """Where the distance of a region to a reference comes from.

    Parameters
    ----------
    scores : DataFrame, shape (n, ...)
        Indexed by region code: dimension means (marks), harmonised_index.
    region : str
        Code of a known row.
    reference : str
        `median` of the known rows; `best`, the known row with the highest harmonised
        index, of level ones the lowest code (the region itself where it is the best);
        or the code of a peer.
    scheme : Scheme
        Its common weights make the harmonised index.

    Returns
    -------
    Gap

    Raises
    ------
    DataError
        The region or the peer has no known row, or lacks a mark of a common dimension.

    Notes
    -----
    Contribution of dimension d: weight_d (mark_d - reference mark_d), in exact decimals.
    Against a region they sum to the difference of the two unrounded indices; with the
    remainder they sum to the difference of the rounded ones. The weights are those of the
    harmonised index, one formula for every region, since the published indices of two
    tracks weigh different dimensions and have no parts in common. It is arithmetic: what a
    dimension adds to the distance, not what would follow from a change in it.
    """
    check_known(scores, region)
    names = list(scheme.common.weights)
    if reference == "median":
        # The median of an even number of values may have one decimal more than they have.
        middle = scores[[*names, "harmonised_index"]].median().round(scheme.decimals + 1)
        return _gap(scores.loc[region], middle, "median", scheme)
    if reference == "best":
        reference = str(scores["harmonised_index"].sort_index().idxmax())
    if reference not in scores.index:
        raise DataError(
            f"No reference is called '{reference}'; expected `median`, `best`, or the code of a "
            "region with a known row (`smartlib regions` shows them)."
        )
    return _gap(scores.loc[region], scores.loc[reference], reference, scheme)


def gap_in_track(scores: pd.DataFrame, region: str, scheme: Scheme) -> Gap:
    """Where the distance of a region's published index to its track's median comes from.

    Parameters
    ----------
    scores : DataFrame, shape (n, ...)
        Indexed by region code: track, dimension means (marks), published_index.
    region : str
        Code of a known row.
    scheme : Scheme
        The formula of the region's track.

    Returns
    -------
    Gap
        A blank that the track counts as 0 is one here too, in the region's row only: the
        median of a dimension is that of the marks that were given.

    Raises
    ------
    DataError
        The region has no known row, or lacks a mark that its track needs.

    Notes
    -----
    Contribution of dimension d: weight_d (mark_d - median mark_d) by the track's weights,
    which make the published index of all its rows.
    """
    check_known(scores, region)
    track = scheme.tracks[scores.at[region, "track"]]
    inside = scores.loc[scores["track"] == track.name, [*track.weights, "published_index"]]
    middle = inside.median().round(scheme.decimals + 1)
    own = inside.loc[region].fillna(dict.fromkeys(track.zero_if_missing, 0.0))
    return _gap(own, middle, "median", scheme, track=track)


def blank_costs(
    scores: pd.DataFrame, region: str, scheme: Scheme
) -> dict[str, tuple[float, float]]:
    """What blanks that count as 0 take from a region's published index.

    Parameters
    ----------
    scores, region, scheme
        As in `gap_in_track`.

    Returns
    -------
    dict of str to (float, float)
        By dimension that is blank: index points against the mean mark of the track's other
        rows, and against the highest mark; the first is missing where no row has a mark.

    Raises
    ------
    DataError
        The region has no known row.
    """
    check_known(scores, region)
    own = scores.loc[region]
    track = scheme.tracks[own["track"]]
    means = scores.loc[scores["track"] == track.name, list(track.zero_if_missing)].mean()
    return {
        name: (
            float(track.weights[name]) * float(means[name]),
            float(track.weights[name] * scheme.highest),
        )
        for name in track.zero_if_missing
        if pd.isna(own[name])
    }


def _gap(
    own: pd.Series, other: pd.Series, reference: str, scheme: Scheme, track: Track | None = None
) -> Gap:
    weights = dict((track or scheme.common).weights)
    level = "published_index" if track else "harmonised_index"
    kind = "weighted" if track else "common"
    missing = [name for name in weights if pd.isna(own[name]) or pd.isna(other[name])]
    if missing:
        raise DataError(
            f"The distance of {own.name} to {reference} needs a mark of both in every {kind} "
            f"dimension; missing: {', '.join(missing)}. Compare with another reference."
        )
    parts = contributions(own, other, weights)
    left = exact(own[level]) - exact(other[level]) - sum(map(exact, parts), Decimal(0))
    return Gap(float(own[level]), reference, float(other[level]), parts, float(left))
