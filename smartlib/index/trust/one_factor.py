"""One common factor of items, and omega, what it carries of their sum (floor 2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pandas as pd
from scipy import linalg, optimize, stats

from smartlib.index.trust.consistency import complete_items, correlations
from smartlib.vocabulary.errors import DataError, SchemeError
from smartlib.vocabulary.records import Finding

LEAST_UNIQUENESS = 0.005  # at 0 the likelihood has no bound; R's factanal stops here too
FLAT = 1e-4  # slope of the likelihood at a maximum; a search that ends well ends below 1e-6
SINGULAR = 1e-10  # smallest eigenvalue of a correlation matrix that a factor model can take


@dataclass(frozen=True)
class OneFactor:
    """A one-factor model of items, fitted by maximum likelihood to their correlations.

    Attributes
    ----------
    loadings : Series, shape (k,)
        Correlation of each item with the factor; their sum is positive.
    uniquenesses : Series, shape (k,)
        Share of each item's variance that the factor does not carry.
    bounded : tuple of str
        Items whose uniqueness stands at its lower bound (a Heywood case): their loadings
        and what follows from them are not to be relied on.
    statistic : float
        Likelihood-ratio statistic against any correlations, with Bartlett's correction.
    degrees : int
        Its degrees of freedom; 0 for three items, which one factor always fits.
    p_value : float or None
        Of the statistic, for normal items; None without degrees of freedom.
    rows, passed_over : int
        Rows used, and rows left out for a missing value.
    """

    loadings: pd.Series
    uniquenesses: pd.Series
    bounded: tuple[str, ...]
    statistic: float
    degrees: int
    p_value: float | None
    rows: int
    passed_over: int


def one_factor(items: pd.DataFrame) -> OneFactor:
    """One common factor of the items, by maximum likelihood.

    Parameters
    ----------
    items : DataFrame, shape (n, k)
        At least three columns: two have one correlation, which many pairs of loadings give.
        Rows with a missing value are passed over.

    Returns
    -------
    OneFactor

    Raises
    ------
    DataError
        As in `complete_items`; items that are sums of each other, or no more rows than items;
        no convergence.

    Notes
    -----
    Minimises log|S| + tr(R / S) - log|R| - k for S = loadings loadings' + diag(uniquenesses)
    over the uniquenesses, each between 0.005 and 1; the loadings that go with them follow
    from the largest eigenvalue of the rescaled R. The fit is the same for items in any unit.

    Verification: R: factanal, to 1e-5.

    References
    ----------
    Jöreskog, K. G. (1967). Some contributions to maximum likelihood factor analysis.
    Psychometrika, 32(4), 443-482.
    """
    complete = complete_items(items, 3)
    matrix, (rows, count) = correlations(complete), complete.shape
    if linalg.eigvalsh(matrix)[0] < SINGULAR:
        raise DataError(
            f"The {count} items of {rows} rows determine each other: their correlation matrix has "
            "no inverse. Leave out items that are sums of others, or add rows beyond the items."
        )
    fit = optimize.minimize(
        _misfit,
        (1 - 0.5 / count) / np.diag(linalg.inv(matrix)),
        args=(matrix,),
        jac=True,
        bounds=[(LEAST_UNIQUENESS, 1)] * count,
        options={"ftol": 1e-14, "gtol": 1e-8},  # loadings good to six decimals
    )
    inside = (fit.x > LEAST_UNIQUENESS) & (fit.x < 1)
    if np.abs(fit.jac[inside]).max(initial=0) > FLAT:
        raise DataError(
            f"No one-factor model was found for the {count} items of {rows} rows: the likelihood "
            "has no flat point that the search reaches. Leave out items, or add rows."
        )
    loadings = _loadings(fit.x, matrix)[0]
    names, degrees = complete.columns, count * (count - 3) // 2
    statistic = (rows - 1 - (2 * count + 5) / 6 - 2 / 3) * fit.fun
    return OneFactor(
        loadings=pd.Series(loadings * (1 if loadings.sum() >= 0 else -1), index=names),
        uniquenesses=pd.Series(fit.x, index=names),
        bounded=tuple(map(str, names[fit.x <= LEAST_UNIQUENESS])),
        statistic=float(statistic),
        degrees=degrees,
        p_value=float(stats.chi2.sf(statistic, degrees)) if degrees else None,
        rows=rows,
        passed_over=len(items) - rows,
    )


def mcdonald_omega(
    items: pd.DataFrame, weights: Mapping[str, float | Decimal] | None = None
) -> float:
    """McDonald's omega, share of a sum's variance that one common factor carries.

    Parameters
    ----------
    items : DataFrame, shape (n, k)
        At least three columns; rows with a missing value are passed over.
    weights : mapping of str to number, optional
        Weight of each item, as marked, in the sum. Without weights the sum is of the
        standardised items.

    Returns
    -------
    float
        Between 0 and 1.

    Raises
    ------
    DataError
        As in `one_factor`.
    SchemeError
        An item without a weight.

    Notes
    -----
    With loadings a, uniquenesses u and c the weight times the standard deviation of an item:
    (sum c a)^2 / ((sum c a)^2 + sum c^2 u), over the variance that the model implies (some
    programs divide by the observed one). Unlike alpha it lets items measure the one thing
    unequally; errors are still independent.

    Verification: R: factanal and psych 2.2.9, to 1e-5.

    References
    ----------
    McDonald, R. P. (1999). Test theory: A unified treatment. Lawrence Erlbaum.
    """
    model = one_factor(items)
    counts = pd.Series(1.0, index=model.loadings.index)
    if weights is not None:
        lacking = [Finding("has no weight", column=str(c)) for c in items if c not in weights]
        if lacking:
            raise SchemeError("A weighted sum needs a weight for each item.", lacking)
        shares = pd.Series({name: float(weights[name]) for name in items})
        counts = shares * complete_items(items).std()
    common = float((counts * model.loadings).sum()) ** 2
    return common / (common + float((counts**2 * model.uniquenesses).sum()))


def _misfit(uniquenesses: np.ndarray, matrix: np.ndarray) -> tuple[float, np.ndarray]:
    loadings, rest = _loadings(uniquenesses, matrix)
    slope = (loadings**2 + uniquenesses - 1) / uniquenesses**2
    return float((rest - np.log(rest) - 1).sum()), slope


def _loadings(uniquenesses: np.ndarray, matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Loadings that go with the uniquenesses, and the eigenvalues that they do not carry."""
    root = np.sqrt(uniquenesses)
    values, vectors = np.linalg.eigh(matrix / np.outer(root, root))
    return root * max(values[-1] - 1, 0) ** 0.5 * vectors[:, -1], values[:-1]
