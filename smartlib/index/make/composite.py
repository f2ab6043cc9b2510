"""The composite index for any scheme (floor 2).

Totals are sums of published means times weights, in exact decimal arithmetic, since a
sum such as 2.985 lies on the edge between two published totals and a float does not
know on which side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pandas as pd

from smartlib.index.make.rounding import as_floats, exact, round_published
from smartlib.vocabulary.errors import SchemeError
from smartlib.vocabulary.records import Scheme, Track
from smartlib.vocabulary.words import formulas as say


def checked_weights(weights: Mapping[str, Decimal]) -> Mapping[str, Decimal]:
    """The weights themselves, if they are ones.

    Raises
    ------
    SchemeError
        A weight is negative, or they do not sum to 1.
    """
    negative = [name for name, weight in weights.items() if weight < 0]
    if negative:
        raise SchemeError(say.NEGATIVE_WEIGHT(negative=", ".join(negative)))
    total = sum(weights.values(), Decimal(0))
    if total != 1:
        raise SchemeError(say.WEIGHTS_SUM(total=total))
    return weights


def weighted_total(marks: Mapping[str, float], track: Track) -> Decimal | None:
    """Exact weighted sum of one region's dimension means, before rounding.

    Parameters
    ----------
    marks : mapping of str to float
        Dimension means; a missing one is NaN or absent.
    track : Track
        Weights, and the dimensions whose missing mark counts as 0.

    Returns
    -------
    Decimal or None
        None where a mark that cannot be done without is missing.
    """
    total = Decimal(0)
    for name, weight in track.weights.items():
        mark = marks.get(name, float("nan"))
        if pd.isna(mark):
            if name in track.zero_if_missing:
                continue
            return None
        total += weight * exact(mark)
    return total


def composite_index(
    scores: pd.DataFrame,
    scheme: Scheme | None = None,
    *,
    weights: Mapping[str, float] | None = None,
) -> pd.Series:
    """Index of each region by its own track's formula, or by weights of one's own.

    Parameters
    ----------
    scores : DataFrame, shape (n, ...)
        Dimension means (marks on the scheme's scale) and `track`.
    scheme : Scheme, optional
        Weights by track, decimals, rounding.
    weights : mapping of str to float, optional
        In place of a scheme: shares of dimensions, the same for every row; they sum to 1.

    Returns
    -------
    Series of float64, shape (n,)
        Index points, rounded as the scheme says, by weights not rounded; missing where a needed
        mark is missing.

    Raises
    ------
    SchemeError
        A row's track is not in the scheme, a dimension is not among the scores, the weights are
        no shares, or not one of scheme and weights is given.

    Examples
    --------
    >>> scores = pd.DataFrame({"baseline": [3.0, 2.0], "output": [2.0, 4.0]})
    >>> composite_index(scores, weights={"baseline": 0.2, "output": 0.8}).tolist()
    [2.2, 3.6]
    """
    if (scheme is None) == (weights is None):
        raise SchemeError("Give a scheme or weights, one of the two.")
    if scheme is None:
        return _by_weights(scores, weights or {})
    for track in scheme.tracks.values():
        checked_weights(track.weights)
    unknown = sorted(set(scores["track"]) - set(scheme.tracks))
    if unknown:
        raise SchemeError(f"The scheme of {scheme.year} has no track {', '.join(unknown)}.")
    rows = scores.to_dict("records")
    totals = [weighted_total(row, scheme.tracks[row["track"]]) for row in rows]
    return _published(totals, scheme, scores.index)


def harmonised_index(scores: pd.DataFrame, scheme: Scheme) -> pd.Series:
    """Index of every region by one formula, so that tracks can be compared.

    Parameters
    ----------
    scores, scheme
        As in `composite_index`; the scheme's common track supplies the weights.

    Returns
    -------
    Series of float64, shape (n,)
    """
    checked_weights(scheme.common.weights)
    totals = [weighted_total(row, scheme.common) for row in scores.to_dict("records")]
    return _published(totals, scheme, scores.index)


def purged_index(scores: pd.DataFrame, scheme: Scheme, without: Sequence[str]) -> pd.Series:
    """Harmonised index without some dimensions, the other weights scaled up to sum to 1.

    For regressions on factors that questions of those dimensions score themselves.

    Parameters
    ----------
    scores, scheme
        As in `harmonised_index`.
    without : sequence of str
        Dimensions left out.

    Returns
    -------
    Series of float64, shape (n,)
        Index points, not rounded: no publication rounds it.

    Raises
    ------
    SchemeError
        Nothing would be left.
    """
    kept = {k: float(w) for k, w in scheme.common.weights.items() if k not in set(without)}
    total = sum(kept.values())
    if not total:
        raise SchemeError(say.NO_DIMENSION(without=", ".join(without)))
    purged: pd.Series = sum(scores[name] * (weight / total) for name, weight in kept.items())
    return purged


def previous_index(published: pd.Series, improvement: pd.Series, decimals: int = 2) -> pd.Series:
    """Last year's index: this year's minus the published improvement, exactly."""
    totals = [
        None if pd.isna(now) or pd.isna(gain) else exact(now) - exact(gain)
        for now, gain in zip(published, improvement, strict=True)
    ]
    rounded = [None if total is None else round_published(total, decimals) for total in totals]
    return as_floats(rounded, published.index)


def contributions(
    marks: pd.Series, reference: pd.Series, weights: Mapping[str, Decimal]
) -> pd.Series:
    """Where a gap to a reference profile comes from.

    Parameters
    ----------
    marks, reference : Series
        Dimension means of a region and of what it is compared with.
    weights : mapping of str to Decimal
        Shares of the dimensions.

    Returns
    -------
    Series, shape (dimensions,)
        Index points that each dimension adds: weight times difference. They sum to the
        difference of the two unrounded indices.
    """
    return pd.Series(
        {
            name: float(weight * (exact(marks[name]) - exact(reference[name])))
            for name, weight in checked_weights(weights).items()
        }
    )


def _by_weights(scores: pd.DataFrame, weights: Mapping[str, float]) -> pd.Series:
    """Weighted sum of marks, not rounded."""
    unknown = [name for name in weights if name not in scores.columns]
    if unknown:
        known = ", ".join(map(str, scores.columns))
        raise SchemeError(say.UNKNOWN_DIMENSION(unknown=", ".join(unknown), known=known))
    shares = checked_weights({name: exact(weight) for name, weight in weights.items()})
    rows = scores[list(weights)].to_dict("records")
    totals = [
        None
        if any(pd.isna(mark) for mark in row.values())
        else sum((shares[str(name)] * exact(mark) for name, mark in row.items()), Decimal(0))
        for row in rows
    ]
    return as_floats(totals, scores.index)


def _published(totals: list[Decimal | None], scheme: Scheme, index: pd.Index) -> pd.Series:
    rounded = [
        None if total is None else round_published(total, scheme.decimals, scheme.rounding)
        for total in totals
    ]
    return as_floats(rounded, index)
