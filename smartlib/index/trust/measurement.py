"""Whether dimensions measure one thing, and measure it equally well (floor 2).

Three models of one common factor, each a special case of the one before it, fitted to the
covariances of the items. What alpha assumes is the second: equal loadings, errors of any size.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from smartlib.index.trust.consistency import complete_items
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.records import Scheme

Floats = NDArray[np.float64]

MODELS = ("congeneric", "equal_loadings", "equal_both")  # each within the one before it
LEAST_ITEMS = 4  # with three, congeneric items fit whatever they are
ROWS_EACH = 5  # fewest rows for each item, for a track to have models of its own
DRAWS = 499
SEED = 0
STEPS = 200
FLAT = 1e-9  # slope of the misfit at its least, in units of the information
HALVINGS = 30


@dataclass(frozen=True, eq=False)
class Measurement:
    """One model of one common factor.

    Attributes
    ----------
    model : {"congeneric", "equal_loadings", "equal_both"}
        Loadings and errors free; loadings equal; loadings equal and errors equal.
    loadings, errors : Series, shape (k,)
        Of each item: points for a standard deviation of the factor, and the variance that is
        not the factor's.
    statistic, degrees, p_value : float, int, float
        Likelihood ratio against any covariances, for normal items.
    scaled, scaled_p : float
        The same divided by Satorra and Bentler's factor, for items that are not normal.
    bootstrap_p : float
        Of the statistic, by Bollen and Stine's bootstrap.
    draws : int
        Samples of the bootstrap that had a solution.
    rows : int
        Complete ones.
    """

    model: str
    loadings: pd.Series
    errors: pd.Series
    statistic: float
    degrees: int
    p_value: float
    scaled: float
    scaled_p: float
    bootstrap_p: float
    draws: int
    rows: int


def measurement_models(
    items: pd.DataFrame, *, draws: int = DRAWS, rng: np.random.Generator | None = None
) -> tuple[Measurement, ...]:
    """One common factor with free loadings, with equal ones, and with equal errors besides.

    Parameters
    ----------
    items : DataFrame, shape (n, k)
        At least four columns; rows with a missing value are passed over.
    draws : int, default 499
        Samples of the bootstrap.
    rng : numpy Generator, optional
        Source of the samples; by default a fixed seed, the same samples for each model.

    Returns
    -------
    tuple of Measurement
        One for each of `MODELS`.

    Raises
    ------
    DataError
        As in `complete_items`; no more rows than items, items that determine each other, or a
        model without a solution.

    Notes
    -----
    With Sigma = l l' + diag(e) and S the covariances of n rows, least is
    F = log|Sigma| + tr(S Sigma^-1) - log|S| - k, by Fisher's scoring; the statistic is
    (n - 1) F with k(k + 1)/2 less the free parameters as degrees of freedom. Satorra and
    Bentler divide it by tr(U G)/df, G the covariances of products of the items. Bollen and Stine
    resample rows whose covariances have been turned into the model's own.

    Verification: R: lavaan 0.6-14, to 1e-5; the bootstrap within its Monte-Carlo error.

    References
    ----------
    Jöreskog, K. G. (1971). Statistical analysis of sets of congeneric tests. Psychometrika,
    36(2), 109-133.

    Satorra, A., and Bentler, P. M. (1994). Corrections to test statistics and standard errors
    in covariance structure analysis. In Latent Variables Analysis, 399-419. Sage.

    Bollen, K. A., and Stine, R. A. (1992). Bootstrapping goodness-of-fit measures in structural
    equation models. Sociological Methods & Research, 21(2), 205-229.
    """
    complete = complete_items(items, LEAST_ITEMS)
    z = complete.to_numpy("float64") - complete.to_numpy("float64").mean(axis=0)
    n, k = z.shape
    if n <= k or np.linalg.matrix_rank(z) < k:
        raise DataError(
            f"{n} rows of {k} items that determine each other, or no more rows than items; leave "
            "out items that are sums of others, or add rows."
        )
    source = np.random.default_rng(SEED) if rng is None else rng
    samples = source.integers(n, size=(draws, n))
    return tuple(_fitted(model, complete.columns, z, samples) for model in MODELS)


def mardia_kurtosis(items: pd.DataFrame) -> float:
    """Mardia's measure of how far items are from jointly normal, as a normal deviate.

    Parameters
    ----------
    items : DataFrame, shape (n, k)
        Rows with a missing value are passed over.

    Returns
    -------
    float
        Beyond about 2 the tails are heavier than normal ones, and p-values that lean on normal
        items are too small.

    Raises
    ------
    DataError
        As in `complete_items`.

    Notes
    -----
    (mean d^4 - k(k + 2)) / sqrt(8 k(k + 2)/n), d^2 being Mahalanobis's distance with the
    covariances divided by n.

    Verification: R: psych 2.2.9, to 1e-8.

    References
    ----------
    Mardia, K. V. (1970). Measures of multivariate skewness and kurtosis with applications.
    Biometrika, 57(3), 519-530.
    """
    x = complete_items(items).to_numpy("float64")
    z, (n, k) = x - x.mean(axis=0), x.shape
    distance = np.einsum("ij,jk,ik->i", z, np.linalg.inv(z.T @ z / n), z)
    return float(((distance**2).mean() - k * (k + 2)) / np.sqrt(8 * k * (k + 2) / n))


def _fitted(model: str, names: pd.Index, z: Floats, samples: NDArray[np.intp]) -> Measurement:
    n, k = z.shape
    maps, s = _maps(model, k), z.T @ z / n
    found, misfit = _least(s[None], maps)
    if not np.isfinite(misfit[0]):
        raise DataError(f"The model with {model} of {', '.join(map(str, names))} has no solution.")
    loadings, errors = (found @ part.T for part in maps)
    sigma = _implied(found, maps)[0]
    degrees, statistic = k * (k + 1) // 2 - maps[0].shape[1], (n - 1) * float(misfit[0])
    scaled = statistic / (_scaling(z, s, sigma, _slopes(found, maps)[0]) / degrees)
    turned = z @ np.linalg.inv(np.linalg.cholesky(s)).T @ np.linalg.cholesky(sigma).T
    drawn = (n - 1) * _least(_covariances(turned, samples), maps)[1]
    drawn = drawn[np.isfinite(drawn)]
    return Measurement(
        model=model,
        loadings=pd.Series(loadings[0] * np.sign(loadings[0].sum()), index=names),
        errors=pd.Series(errors[0], index=names),
        statistic=statistic,
        degrees=degrees,
        p_value=float(stats.chi2.sf(statistic, degrees)),
        scaled=float(scaled),
        scaled_p=float(stats.chi2.sf(scaled, degrees)),
        bootstrap_p=float((1 + (drawn >= statistic).sum()) / (1 + len(drawn))),
        draws=len(drawn),
        rows=n,
    )


def _maps(model: str, k: int) -> tuple[Floats, Floats]:
    """Loadings and errors as linear in the parameters: two arrays of shape (k, parameters)."""
    one, each = np.ones((k, 1)), np.eye(k)
    loads, errs = {
        "congeneric": (each, each),
        "equal_loadings": (one, each),
        "equal_both": (one, one),
    }[model]
    return (
        np.hstack([loads, np.zeros((k, errs.shape[1]))]),
        np.hstack([np.zeros((k, loads.shape[1])), errs]),
    )


def _implied(found: Floats, maps: tuple[Floats, Floats]) -> Floats:
    loadings, errors = (found @ part.T for part in maps)
    return loadings[:, :, None] * loadings[:, None, :] + errors[:, :, None] * np.eye(len(maps[0]))


def _slopes(found: Floats, maps: tuple[Floats, Floats]) -> Floats:
    """Derivatives of the implied covariances, shape (draws, parameters, k, k)."""
    loadings = found @ maps[0].T
    half = maps[0].T[None, :, :, None] * loadings[:, None, None, :]
    return half + half.swapaxes(2, 3) + maps[1].T[:, :, None] * np.eye(len(maps[0]))


def _least(s: Floats, maps: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
    """Parameters of the least misfit for each of many covariance matrices, and that misfit.

    A misfit is missing where the search has not come to rest.
    """
    spread = np.diagonal(s, axis1=1, axis2=2)
    start = (np.sqrt(0.8 * spread) @ np.linalg.pinv(maps[0]).T) + (
        0.2 * spread @ np.linalg.pinv(maps[1]).T
    )
    found, misfit = start, _misfit(s, _implied(start, maps))
    slope = np.full(len(s), np.inf)
    for _ in range(STEPS):
        inverse = np.linalg.inv(_implied(found, maps))[:, None]
        turned = inverse @ _slopes(found, maps)
        information = np.einsum("djab,dlba->djl", turned, turned) / 2
        gap = inverse[:, 0] @ s - np.eye(s.shape[1])
        gradient = np.einsum("dab,djba->dj", gap, turned) / 2
        move = np.linalg.solve(information, gradient[:, :, None])[:, :, 0]
        slope = (gradient * move).sum(axis=1)
        if (slope < FLAT**2).all():
            break
        found, misfit = _stepped(s, maps, found, misfit, move)
    return found, np.where(slope < FLAT, misfit, np.nan)


def _stepped(
    s: Floats, maps: tuple[Floats, Floats], found: Floats, misfit: Floats, move: Floats
) -> tuple[Floats, Floats]:
    """A step for each matrix, halved until the misfit does not grow."""
    size = np.ones(len(s))
    for _ in range(HALVINGS):
        tried = found + size[:, None] * move
        there = _misfit(s, _implied(tried, maps))
        is_worse = ~(there <= misfit + 1e-14)
        if not is_worse.any():
            break
        size = np.where(is_worse, size / 2, size)
    keep = is_worse[:, None]
    return np.where(keep, found, tried), np.where(is_worse, misfit, there)


def _misfit(s: Floats, sigma: Floats) -> Floats:
    """F of each matrix; infinite where the implied one is not positive definite."""
    values = np.linalg.eigvalsh(sigma)
    is_good = values[:, 0] > 0
    safe = np.where(is_good[:, None, None], sigma, np.eye(s.shape[1]))
    ratio = np.linalg.solve(safe, s)
    found = np.trace(ratio, axis1=1, axis2=2) - np.linalg.slogdet(ratio)[1] - s.shape[1]
    return np.where(is_good, found, np.inf)


def _covariances(z: Floats, samples: NDArray[np.intp]) -> Floats:
    drawn = z[samples]
    centred = drawn - drawn.mean(axis=1, keepdims=True)
    return np.asarray(centred.swapaxes(1, 2) @ centred / z.shape[0])


def _scaling(z: Floats, s: Floats, sigma: Floats, slopes: Floats) -> float:
    """tr(U G), with <A, B> = tr(Sigma^-1 A Sigma^-1 B)/2 for the inner product of V."""
    inverse = np.linalg.inv(sigma)
    apart = inverse @ (z[:, :, None] * z[:, None, :] - s)
    turned = inverse @ slopes
    along = np.einsum("iab,jba->ij", apart, turned) / 2
    information = np.einsum("jab,lba->jl", turned, turned) / 2
    whole = np.einsum("iab,iba->i", apart, apart) / 2
    return float((whole - (along * np.linalg.solve(information, along.T).T).sum(axis=1)).mean())


@dataclass(frozen=True, eq=False)
class MeasurementStudy:
    """The models over all rows, on standardised marks, and by track.

    Attributes
    ----------
    parts : dict of str to tuple of Measurement
        `all`, `standardised`, and each track with rows enough.
    kurtosis : float
        Mardia's, over all rows.
    errors : dict of str to float
        Standard error of the harmonised index by model, index points.
    """

    parts: dict[str, tuple[Measurement, ...]]
    kurtosis: float
    errors: dict[str, float]


def measurement_study(marks: pd.DataFrame, tracks: pd.Series, scheme: Scheme) -> MeasurementStudy:
    """The three models for an index: over all rows, on standardised marks, and by track.

    Parameters
    ----------
    marks : DataFrame, shape (n, k)
        The dimensions of the common track.
    tracks : Series, shape (n,)
        Track of each row, in the same order.
    scheme : Scheme
        Weights of the common track.

    Raises
    ------
    DataError
        As in `measurement_models`, over all rows.

    Notes
    -----
    The error of a weighted sum is sqrt(sum w^2 e), e with covariances over n - 1.
    """
    groups = {name: marks[(tracks == name).to_numpy()] for name in scheme.tracks}
    parts = {
        "all": measurement_models(marks),
        "standardised": measurement_models((marks - marks.mean()) / marks.std()),
    }
    parts |= {
        name: measurement_models(part)
        for name, part in groups.items()
        if ROWS_EACH * marks.shape[1] <= len(part) < len(marks)
    }
    weights = np.array([float(scheme.common.weights[name]) for name in marks])
    errors = {
        m.model: float(np.sqrt(weights**2 @ m.errors.to_numpy() * m.rows / (m.rows - 1)))
        for m in parts["all"]
    }
    return MeasurementStudy(parts, mardia_kurtosis(marks), errors)
