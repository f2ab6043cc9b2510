"""What a design can detect: power and the minimum detectable coefficient (floor 3)."""

from __future__ import annotations

from scipy import stats

from smartlib.vocabulary.errors import DataError


def minimum_detectable_coefficient(
    standard_error: float,
    degrees_of_freedom: float,
    *,
    level: float = 0.95,
    power: float = 0.8,
) -> float:
    """Minimum detectable coefficient (in the literature: minimum detectable effect, MDE).

    Parameters
    ----------
    standard_error : float
        Of the coefficient under the design, in index points a unit of the factor.
    degrees_of_freedom : float
        Of the t distribution that tests it (Satterthwaite's where errors are clustered).
    level : float, default 0.95
        Of the two-sided interval; the test's size is 1 - level.
    power : float, default 0.8
        Chance that the interval leaves out zero, if the coefficient is this large.

    Returns
    -------
    float
        Index points a unit of the factor, positive; multiply by a step of the factor
        (ten points of own-source share) to read it.

    Raises
    ------
    DataError
        A standard error or degrees of freedom that are not positive, or a level or
        power outside (0, 1).

    Notes
    -----
    (t_{1 - (1 - level) / 2} + t_power) times the standard error, both quantiles with the
    given degrees of freedom. At that coefficient `power_at` is within 0.001 of the power
    asked for, from ten degrees of freedom on. Assumes normal estimates and a standard
    error that belongs to the design and not to luck: what another sample of the same
    size and spread would have. It does not use the estimate, and says nothing of whether
    the one found is true; computing power at the estimate itself would only restate its
    p-value (Hoenig, Heisey, 2001).

    References
    ----------
    Bloom, H. S. (1995). Minimum detectable effects: a simple way to report the
    statistical power of experimental designs. Evaluation Review, 19(5), 547-556.

    Hoenig, J. M., and Heisey, D. M. (2001). The abuse of power: the pervasive fallacy of
    power calculations for data analysis. American Statistician, 55(1), 19-24.

    Examples
    --------
    >>> round(minimum_detectable_coefficient(1.0, 1e9), 2)
    2.8
    """
    _check(standard_error, degrees_of_freedom, level=level, power=power)
    quantiles = stats.t.ppf([(1 + level) / 2, power], degrees_of_freedom)
    return float(quantiles.sum() * standard_error)


def power_at(
    coefficient: float,
    standard_error: float,
    degrees_of_freedom: float,
    *,
    level: float = 0.95,
) -> float:
    """Chance that the two-sided test detects a coefficient of a given size.

    Parameters
    ----------
    coefficient : float
        The supposed true value, in index points a unit of the factor; not the estimate.
    standard_error : float
        Of the coefficient under the design, in the same unit.
    degrees_of_freedom : float
        Of the t distribution that tests it.
    level : float, default 0.95
        Of the interval; the test's size is 1 - level.

    Returns
    -------
    float
        Between 1 - level and 1.

    Raises
    ------
    DataError
        A standard error or degrees of freedom that are not positive, or a level outside
        (0, 1).

    Notes
    -----
    P(|T| > t_{1 - (1 - level) / 2}) with T noncentral t, its noncentrality the
    coefficient divided by the standard error: exact for normal, homoskedastic errors
    (Cohen, 1988).

    References
    ----------
    Cohen, J. (1988). Statistical power analysis for the behavioral sciences (2nd ed.).
    Hillsdale, NJ: Lawrence Erlbaum.

    Examples
    --------
    >>> round(power_at(2.8, 1.0, 1e6), 2)
    0.8
    """
    _check(standard_error, degrees_of_freedom, level=level)
    critical = stats.t.ppf((1 + level) / 2, degrees_of_freedom)
    # The noncentral t is symmetric in the sign of both: two upper tails.
    shift = coefficient / standard_error
    return float(stats.nct.sf(critical, degrees_of_freedom, [shift, -shift]).sum())


def _check(standard_error: float, degrees_of_freedom: float, **shares: float) -> None:
    bad = [f"{name} {value}" for name, value in shares.items() if not 0 < value < 1]
    if bad:
        raise DataError(f"{', '.join(bad)}: expected a share between 0 and 1, such as 0.95.")
    if not (standard_error > 0 and degrees_of_freedom > 0):
        raise DataError(
            f"Standard error {standard_error} with {degrees_of_freedom} degrees of freedom: both "
            "must be positive; fit the design first."
        )
