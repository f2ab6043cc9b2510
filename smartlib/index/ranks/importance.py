"""What a weight is worth: how far dimensions move the index, and make up for each other (floor 2).

A weight says at which rate marks are exchanged; how much of the index's variation goes with
a dimension also depends on how its marks vary and on what they vary with.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smartlib.index.make.rank import rank
from smartlib.index.ranks.methods import aggregate, complete_marks, positive_shares
from smartlib.vocabulary.errors import DataError

# In standard deviations: from a narrow window to one as wide as a straight line.
BANDWIDTHS = np.geomspace(0.15, 20, 25)
NOISE_DECIMALS = 10  # of a mean before it is ranked: equal marks tie, unequal ones do not


def effective_weights(
    marks: pd.DataFrame, index: pd.Series, weights: Mapping[str, Decimal]
) -> pd.DataFrame:
    """How much of the index's variation goes with each dimension, beside its weight.

    Parameters
    ----------
    marks : DataFrame, shape (n, ...)
        Complete marks, indexed by region.
    index : Series, shape (n,)
        The index, made by any formula, indexed alike.
    weights : mapping of str to Decimal
        The scheme's shares.

    Returns
    -------
    DataFrame, shape (d, 6)
        Indexed by dimension: nominal (its weight), effective (correlation ratios scaled to
        sum to 1, to be read against nominal), correlation_ratio, correlation_squared,
        covariance_share, bandwidth (of the smoother, in marks).

    Raises
    ------
    SchemeError
        The weights are no shares, or fewer than two.
    DataError
        A mark is missing, a dimension or the index is constant, or the regions differ.

    Notes
    -----
    The correlation ratio of dimension d is Var(E[I | x_d]) / Var(I): the share of the
    index's variance expected to go if x_d were known. E[I | x_d] is a local-linear fit, its
    bandwidth chosen by generalised cross-validation among 25 from 0.15 to 20 standard
    deviations; where it is a straight line the ratio is the squared correlation, which
    assumes one. A fitted curve follows some noise and flattens some bends, so the ratio is
    an estimate that may lie on either side. Dimensions that go together share variation:
    ratios need not sum to 1, and say nothing of what a change of one dimension would do.

    The covariance share w_d Cov(x_d, I) / Var(I) does sum to 1 where I is the weighted sum,
    up to the rounding of I.

    Verification: closed form: independent and correlated normals.

    References
    ----------
    Paruolo, P., Saisana, M. and Saltelli, A. (2013). Ratings and rankings: voodoo or
    science? Journal of the Royal Statistical Society A, 176(3), 609-634.

    Fan, J. and Gijbels, I. (1996). Local Polynomial Modelling and Its Applications. Chapman
    and Hall, London.

    Craven, P. and Wahba, G. (1979). Smoothing noisy data with spline functions. Numerische
    Mathematik, 31, 377-403.
    """
    shares = positive_shares(weights)
    table = complete_marks(marks, list(shares))
    _check_varying(table, index)
    total = index.astype("float64")
    rows = {}
    for name, share in shares.items():
        fitted, bandwidth = _smoothed(table[name].to_numpy(), total.to_numpy())
        rows[name] = {
            "nominal": share,
            "correlation_ratio": fitted.var() / total.var(ddof=0),
            "correlation_squared": table[name].corr(total) ** 2,
            "covariance_share": share * table[name].cov(total) / total.var(),
            "bandwidth": bandwidth,
        }
    found = pd.DataFrame.from_dict(rows, orient="index")
    ratios = found["correlation_ratio"]
    found.insert(1, "effective", ratios / ratios.sum())
    return found


def compensation_rates(weights: Mapping[str, Decimal]) -> pd.DataFrame:
    """Marks of one dimension that make up for one mark lost in another.

    Parameters
    ----------
    weights : mapping of str to Decimal
        The scheme's shares.

    Returns
    -------
    DataFrame, shape (d, d)
        Row: the dimension that loses one mark; column: the one that gains so many.

    Raises
    ------
    SchemeError
        The weights are no shares, or fewer than two.

    Notes
    -----
    The marginal rate of substitution of an arithmetic mean, w_row / w_column, the same for
    every region. It holds as far as the scale has room: no mark can rise above its end.

    Verification: closed form.

    Examples
    --------
    >>> compensation_rates({"a": Decimal("0.2"), "b": Decimal("0.8")})
         a     b
    a  1.0  0.25
    b  4.0  1.00
    """
    shares = pd.Series(positive_shares(weights))
    rates = np.divide.outer(shares.to_numpy(), shares.to_numpy())
    return pd.DataFrame(rates, index=shares.index, columns=shares.index)


def compensation(marks: pd.DataFrame, weights: Mapping[str, Decimal]) -> pd.DataFrame:
    """How much each region's index owes to strong dimensions making up for weak ones.

    Parameters
    ----------
    marks : DataFrame, shape (n, ...)
        Complete marks above 0, indexed by region.
    weights : mapping of str to Decimal
        The scheme's shares.

    Returns
    -------
    DataFrame, shape (n, 8)
        arithmetic, geometric, harmonic (means, in marks); gap_geometric and gap_harmonic
        (arithmetic minus that mean, in marks, 0 for equal marks); rank (by the arithmetic
        mean), cost_geometric and cost_harmonic (places lost under that mean, negative where
        places are won).

    Raises
    ------
    SchemeError
        The weights are no shares, or fewer than two.
    DataError
        A mark is missing or not above 0.

    Notes
    -----
    An arithmetic mean lets one mark stand in for another at a constant rate; a geometric
    one only at equal ratios, a harmonic one less still, so that arithmetic >= geometric >=
    harmonic and the gaps grow with the spread of a region's marks.

    Verification: brute force: plain loops.

    References
    ----------
    OECD, European Union and Joint Research Centre (2008). Handbook on Constructing
    Composite Indicators: Methodology and User Guide. OECD Publishing, Paris.
    """
    shares = positive_shares(weights)
    table = complete_marks(marks, list(shares))
    row = np.array([list(shares.values())])
    found = pd.DataFrame(
        {
            mean: aggregate(table.to_numpy(), row, mean)[0]
            for mean in ("arithmetic", "geometric", "harmonic")
        },
        index=table.index,
    )
    places = found.round(NOISE_DECIMALS).apply(rank)
    for mean in ("geometric", "harmonic"):
        found[f"gap_{mean}"] = found["arithmetic"] - found[mean]
    found["rank"] = places["arithmetic"]
    for mean in ("geometric", "harmonic"):
        found[f"cost_{mean}"] = places[mean] - places["arithmetic"]
    return found


def _check_varying(table: pd.DataFrame, index: pd.Series) -> None:
    if not index.index.equals(table.index) or not np.isfinite(index.astype("float64")).all():
        raise DataError(
            f"The index has {index.count()} values for {len(table)} regions with marks; expected "
            "one for each, in the same order under the same names."
        )
    columns = {**{name: table[name] for name in table}, "the index": index}
    constant = [str(name) for name, values in columns.items() if values.nunique() < 2]
    if constant:
        raise DataError(
            f"Every region has the same value in {', '.join(constant[:10])}; what does not vary "
            "has no share in any variation. Leave it out."
        )


def _smoothed(x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    """Local-linear fit of y at each x, with the bandwidth of least cross-validation score."""
    points, place, count = np.unique(x, return_inverse=True, return_counts=True)
    means = np.bincount(place, y) / count  # regions with one x share one fitted value
    best, fitted, bandwidth = np.inf, y, np.nan
    for width in BANDWIDTHS * x.std():
        smoother = _local_linear(points, count, width)
        fit = (smoother @ means)[place]
        # The weight of a region's own y is its point's, shared with those level in x.
        own = np.trace(smoother)
        score = np.square(y - fit).mean() / (1 - own / len(y)) ** 2 if own < len(y) else np.inf
        if score < best:
            best, fitted, bandwidth = score, fit, width
    return fitted, float(bandwidth)


def _local_linear(
    points: NDArray[np.float64], count: NDArray[np.int64], width: float
) -> NDArray[np.float64]:
    """Smoother matrix over distinct points: row i fits a line around point i, Gaussian kernel."""
    distance = points[None, :] - points[:, None]
    kernel = np.exp(-0.5 * np.square(distance / width)) * count
    first = (kernel * distance).sum(axis=1)
    second = (kernel * np.square(distance)).sum(axis=1)
    # A point out of every other one's reach has no line, only its own mean.
    slope = np.divide(first, second, out=np.zeros_like(first), where=second > 0)
    raw = kernel * (1 - distance * slope[:, None])
    smoother: NDArray[np.float64] = raw / raw.sum(axis=1, keepdims=True)
    return smoother
