"""The covariance estimators there are: one entry each (floor 3).

Lists of kinds elsewhere (the command line's choices, tables, figures, the specification curve)
are read from `KINDS`; nothing else knows a kind by name, but for defaults.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import nan

import numpy as np
from numpy.typing import ArrayLike

from smartlib.inference.core.clusters import clusters_of, each_row
from smartlib.inference.core.estimates import Estimate
from smartlib.inference.core.least_squares import LeastSquares
from smartlib.inference.core.sandwich import Covariance, decided_alone, infer, sandwich
from smartlib.inference.core.wild_bootstrap import DRAWS, bootstrap_of
from smartlib.vocabulary.errors import DataError, ParameterError
from smartlib.vocabulary.words import formulas as say


def by_t(usual: Covariance, name: str, level: float) -> Estimate:
    """A coefficient judged by the covariance's own errors and degrees of freedom.

    Parameters
    ----------
    usual : Covariance
        Of the fit.
    name : str
        The coefficient.
    level : float
        Of the interval.

    Raises
    ------
    DataError
        No cluster's residuals tell anything of its error.
    """
    place = usual.fit.place(name)
    return infer(usual, {name: np.eye(len(usual.fit.names))[place]}, level=level)[0]


def by_draws(usual: Covariance, name: str, level: float) -> Estimate:
    """A coefficient judged by the wild cluster bootstrap, which needs no degrees of freedom.

    Parameters
    ----------
    usual, name, level
        As in `by_t`; the covariance is CR1's.

    Raises
    ------
    DataError
        One cluster alone decides the coefficient.
    """
    drawn = bootstrap_of(usual, name, level=level)
    return Estimate(
        name=name,
        estimate=drawn.estimate,
        standard_error=drawn.standard_error,
        degrees_of_freedom=nan,
        statistic=drawn.statistic,
        p_value=drawn.p_value,
        low=drawn.low,
        high=drawn.high,
    )


@dataclass(frozen=True)
class Kind:
    """A covariance estimator: all that anything needs to know of it.

    Attributes
    ----------
    label : str
        Name in headings, the same in Indonesian and English.
    error : str
        Name of the standard errors.
    note : (str, str)
        What a table's notes say beside that name, in Indonesian and English.
    clustered : bool
        Whether rows go together in clusters; else they are independent.
    power : float
        Residuals of a cluster are multiplied by (I - H_gg) to minus this power.
    satterthwaite : bool
        Whether each coefficient has its own degrees of freedom; else there are G - 1 with
        clusters and n - k without.
    judge : callable
        From covariance, name of a coefficient and level to its `Estimate`.
    """

    label: str
    error: str
    note: tuple[str, str]
    clustered: bool
    power: float
    satterthwaite: bool = False
    judge: Callable[[Covariance, str, float], Estimate] = by_t

    @property
    def is_sandwich(self) -> bool:
        """Whether the covariance alone decides intervals and p-values."""
        return self.judge is by_t


TOO_FEW = 6  # clusters, below which nothing makes an interval that can be relied on
FEW = 10  # clusters, below which t is a rough guide and the wild bootstrap stands beside it

_OWN = (
    ", dengan derajat bebas (df) Satterthwaite untuk tiap koefisien; nilai p dan selang dari "
    "distribusi t",
    ", with Satterthwaite's degrees of freedom (df) for each coefficient; p-values and intervals "
    "from the t distribution",
)
_BETWEEN = (
    ", dengan derajat bebas (df) sebanyak klaster kurang satu; nilai p dan selang dari distribusi "
    "t",
    ", with degrees of freedom (df) one fewer than clusters; p-values and intervals from the t "
    "distribution",
)
_LEFT = (
    ", dengan derajat bebas (df) sebanyak kelebihan baris atas koefisien; nilai p dan selang dari "
    "distribusi t",
    ", with as many degrees of freedom (df) as rows exceed coefficients; p-values and intervals "
    "from the t distribution",
)
_BY_ROW = (
    ", dengan derajat bebas (df) Bell dan McCaffrey untuk tiap koefisien; nilai p dan selang dari "
    "distribusi t",
    ", with Bell and McCaffrey's degrees of freedom (df) for each coefficient; p-values and "
    "intervals from the t distribution",
)
_DRAWN = (
    "; nilai p dan selang dari bootstrap-t klaster wild terkendala (paling banyak "
    f"{DRAWS} tarikan, benih tetap), tanpa derajat bebas",
    "; p-values and intervals are those of the restricted wild cluster bootstrap-t (up to "
    f"{DRAWS:,} draws, fixed seed) and need no degrees of freedom",
)

KINDS: Mapping[str, Kind] = {
    "cr2": Kind("CR2", "CR2", _OWN, clustered=True, power=1 / 2, satterthwaite=True),
    "hc2bm": Kind(
        "HC2, Bell-McCaffrey", "HC2", _BY_ROW, clustered=False, power=1 / 2, satterthwaite=True
    ),
    "hc3": Kind("HC3", "HC3", _LEFT, clustered=False, power=1),
    "wild": Kind("Wild bootstrap", "CR1", _DRAWN, clustered=True, power=0, judge=by_draws),
    "cr1": Kind("CR1", "CR1", _BETWEEN, clustered=True, power=0),
    "cr3": Kind("CR3", "CR3", _BETWEEN, clustered=True, power=1),
    "hc1": Kind("HC1", "HC1", _LEFT, clustered=False, power=0),
    "hc2": Kind("HC2", "HC2", _LEFT, clustered=False, power=1 / 2),
}


@dataclass(frozen=True, eq=False)
class Judged:
    """Every coefficient of a fit under one kind of errors.

    Attributes
    ----------
    coefficients : tuple of Estimate
        In the order of the columns; one whose error cannot be judged has missing values in
        place of the error and all that follows from it. With fewer than six clusters none has
        a p-value or an interval.
    alone : dict of str to str
        As in `Covariance`, or the row that alone decides a coefficient: no inference.
    refusals : tuple of str
        Why errors could not be judged, a sentence a coefficient.
    clusters : int or None
        How many; None where rows are independent.
    by_draws : tuple of Estimate
        With six to nine clusters: the coefficients by the wild cluster bootstrap with Webb's
        weights, to be read in place of t; else empty.
    """

    coefficients: tuple[Estimate, ...]
    alone: dict[str, str]
    refusals: tuple[str, ...]
    clusters: int | None
    by_draws: tuple[Estimate, ...] = ()


def kind_of(name: str) -> Kind:
    """The entry of a kind.

    Raises
    ------
    ParameterError
        There is none of this name.
    """
    if name not in KINDS:
        raise ParameterError(say.NO_ERRORS(name=name, KINDS=", ".join(KINDS)))
    return KINDS[name]


def sandwiches() -> tuple[str, ...]:
    """Kinds whose covariance alone decides intervals and p-values."""
    return tuple(name for name, kind in KINDS.items() if kind.is_sandwich)


def sandwich_of(name: str) -> Kind:
    """The entry of a kind that is a covariance.

    Raises
    ------
    ParameterError
        There is none of this name, or it judges each coefficient by itself.
    """
    if not kind_of(name).is_sandwich:
        raise ParameterError(
            f"{name} judges each coefficient by itself and is no covariance; the covariances are "
            f"{', '.join(sandwiches())}."
        )
    return KINDS[name]


def covariance(fit: LeastSquares, kind: str, clusters: ArrayLike | None = None) -> Covariance:
    """Robust covariance of least-squares coefficients.

    Parameters
    ----------
    fit : LeastSquares
        Of n rows and k coefficients.
    kind : str
        A sandwich of `KINDS`. `hc` kinds take rows as independent, `cr` kinds only clusters.
    clusters : array, shape (n,), optional
        Label of each row's cluster, for the `cr` kinds.

    Returns
    -------
    Covariance

    Raises
    ------
    ParameterError
        No such kind, or one that is not read from a covariance; clusters given to an `hc` kind
        or not given to a `cr` kind.
    DataError
        Labels missing or not one a row, fewer than two clusters; for hc2, hc3 and hc2bm a row
        that alone decides a coefficient.

    Notes
    -----
    V = c (X'X)^-1 [sum_g X_g' A_g e_g e_g' A_g X_g] (X'X)^-1 with A_g = (I - H_gg)^-d:

    ======  ===  ====================  ====================================
    kind    d    c                     degrees of freedom
    ======  ===  ====================  ====================================
    hc1     0    n / (n - k)           n - k
    hc2     1/2  1                     n - k
    hc3     1    1                     n - k
    hc2bm   1/2  1                     Satterthwaite, for each coefficient
    cr1     0    G(n-1)/((G-1)(n-k))   G - 1
    cr2     1/2  1                     Satterthwaite, for each coefficient
    cr3     1    1                     G - 1
    ======  ===  ====================  ====================================

    For the `hc` kinds each row is a cluster. cr1 has Stata's factor. hc2 and cr2 are unbiased
    where errors are independent and of one variance (the working model, identity); hc3 and cr3
    are the sum over g of (b - b_(g))(b - b_(g))', b_(g) being the coefficients without cluster
    g (the jackknife, without its factor (G - 1) / G), and err on the wide side. Satterthwaite's
    degrees of freedom for the other kinds: `Covariance.satterthwaite`.

    Where a cluster alone decides a direction (a dummy that no other cluster has), I - H_gg is
    singular and its Moore-Penrose inverse stands for the inverse (any generalised inverse gives
    the same, since residuals have no part in that direction); such coefficients are named in
    `Covariance.alone`.

    With few clusters, or clusters of very unequal size, the degrees of freedom of cr2 may be
    far below G - 1: below about 4 the t distribution itself is a rough guide.

    Verification: R: sandwich 3.0-2 and clubSandwich 0.5.8, to 1e-8.

    References
    ----------
    MacKinnon, J. G., and White, H. (1985). Some heteroskedasticity-consistent covariance
    matrix estimators with improved finite sample properties. Journal of Econometrics, 29(3),
    305-325.

    Bell, R. M., and McCaffrey, D. F. (2002). Bias reduction in standard errors for linear
    regression with multi-stage samples. Survey Methodology, 28(2), 169-181.

    Imbens, G. W., and Kolesar, M. (2016). Robust standard errors in small samples: some
    practical advice. Review of Economics and Statistics, 98(4), 701-712.

    Pustejovsky, J. E., and Tipton, E. (2018). Small-sample methods for cluster-robust variance
    estimation and hypothesis testing in fixed effects models. Journal of Business & Economic
    Statistics, 36(4), 672-683.

    Examples
    --------
    The difference of two group means, with hc2, is Welch's:

    >>> from smartlib.inference.core.least_squares import least_squares
    >>> x = [[1, 0], [1, 0], [1, 0], [1, 1], [1, 1]]
    >>> fit = least_squares(x, [1.0, 2.0, 3.0, 5.0, 7.0], ["intercept", "kota"])
    >>> float(covariance(fit, "hc2").standard_errors[1].round(4))  # sqrt(1 / 3 + 2 / 2)
    1.1547
    """
    sandwich_of(kind)
    return _made(fit, kind, clusters)


def judged(
    fit: LeastSquares,
    kind: str,
    clusters: ArrayLike | None = None,
    *,
    level: float = 0.95,
    names: Sequence[str] | None = None,
) -> Judged:
    """Every coefficient with the errors, p-value and interval of one kind.

    Parameters
    ----------
    fit : LeastSquares
        Of n rows and k coefficients.
    kind : str
        Any of `KINDS`.
    clusters : array, shape (n,), optional
        Label of each row's cluster, for the kinds with clusters.
    level : float, default 0.95
        Of the intervals.
    names : sequence of str, optional
        Columns to judge; by default all.

    Returns
    -------
    Judged

    Raises
    ------
    ParameterError
        No such kind, a level outside (0, 1), clusters where there are none to be or none where
        there are.
    DataError
        As in `covariance`.

    Notes
    -----
    A coefficient that one cluster or row alone decides, as that of a province with one region,
    has no error that its residuals could tell: none is given. With few clusters t and CR2 can
    reject too often: below ten the wild bootstrap with Webb's six-point weights stands beside,
    below six there are too few clusters for either.

    Verification: each kind as in covariance and wild_bootstrap.

    References
    ----------
    Webb, M. D. (2023). Reworking wild bootstrap-based inference for clustered errors. Canadian
    Journal of Economics, 56(3), 839-858.
    """
    usual, entry = _made(fit, kind, clusters), kind_of(kind)
    asked = fit.names if names is None else tuple(names)
    decided = usual.alone if entry.clustered else decided_alone(fit, each_row(fit.rows))
    alone = {name: label for name, label in decided.items() if name in asked}
    count = len(usual.clusters or ()) if entry.clustered else None
    found, refusals = _each(usual, entry.judge, alone, asked, level=level)
    if count is None or count >= FEW:
        return Judged(found, alone, refusals, count)
    if count < TOO_FEW:
        bare = tuple(replace(c, p_value=nan, low=nan, high=nan) for c in found)
        return Judged(bare, alone, refusals, count)
    drawn: tuple[Estimate, ...] = ()
    if entry.is_sandwich:
        drawn = _each(_made(fit, "wild", clusters), by_draws, alone, asked, level=level)[0]
    return Judged(found, alone, refusals, count, drawn)


def _each(
    usual: Covariance,
    judge: Callable[[Covariance, str, float], Estimate],
    alone: Mapping[str, str],
    names: Sequence[str],
    *,
    level: float,
) -> tuple[tuple[Estimate, ...], tuple[str, ...]]:
    """Every coefficient that can be judged, the others without an error, and why."""
    found, refusals = [], []
    for name in names:
        bare = Estimate(name, float(usual.fit.beta[usual.fit.place(name)]), *[nan] * 6)
        try:
            found.append(bare if name in alone else judge(usual, name, level))
        except DataError as error:
            refusals.append(error.message)
            found.append(bare)
    return tuple(found), tuple(refusals)


def _made(fit: LeastSquares, kind: str, clusters: ArrayLike | None) -> Covariance:
    entry = kind_of(kind)
    if entry.clustered and clusters is None:
        raise ParameterError(say.NEEDS_CLUSTERS(kind=kind))
    if not entry.clustered and clusters is not None:
        others = ", ".join(name for name, other in KINDS.items() if other.clustered)
        raise ParameterError(say.INDEPENDENT(kind=kind, others=others))
    groups = None if clusters is None else clusters_of(clusters, fit.rows)
    return sandwich(fit, groups, power=entry.power, is_satterthwaite=entry.satterthwaite)
