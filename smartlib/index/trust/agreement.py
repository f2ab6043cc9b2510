"""Agreement of two coders: Cohen's kappa by theme, Krippendorff's alpha with MASI (floor 2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from smartlib.vocabulary.errors import DataError

Codes = frozenset[str]
LEAST = 5  # codings of a theme, below which no kappa is given
Z = 1.959963984540054  # of a 95% interval


@dataclass(frozen=True)
class Kappa:
    """Agreement on one theme.

    Attributes
    ----------
    theme : str
    one, other : int
        Units that each coder gave it.
    both : int
        Units that both gave it.
    units : int
        All of them.
    kappa, low, high : float
        With its 95% interval; NaN where a coder uses it always or never.
    prevalence : float
        Share of units, mean of the two coders.
    """

    theme: str
    one: int
    other: int
    both: int
    units: int
    kappa: float
    low: float
    high: float
    prevalence: float


def cohens_kappa(one: Sequence[Codes], other: Sequence[Codes], least: int = LEAST) -> list[Kappa]:
    """Kappa of each theme that a coder gave often enough.

    Parameters
    ----------
    one, other : sequence of frozenset of str
        Themes of the same units.
    least : int
        Codings by either coder.

    Raises
    ------
    DataError
        The two did not code the same units, or there is none.

    Notes
    -----
    With p_o the share of units on which both say the same and p_e that expected from their
    own shares, kappa = (p_o - p_e) / (1 - p_e); its standard error is the large-sample one of
    Fleiss, Cohen and Everitt, too small for few units.

    Verification: statsmodels, to 1e-8.

    References
    ----------
    Cohen, J. (1960), Educational and Psychological Measurement 20, 37-46. Fleiss, J., Cohen, J.
    and Everitt, B. (1969), Psychological Bulletin 72, 323-327.

    Examples
    --------
    >>> a = [frozenset("x")] * 20 + [frozenset("y")] * 30
    >>> b = [frozenset("x")] * 15 + [frozenset("y")] * 35
    >>> [round(float(k.kappa), 3) for k in cohens_kappa(a, b)]
    [0.783, 0.783]
    """
    _check(one, other)
    themes = sorted(set().union(*one, *other))
    tables = [(theme, _table(theme, one, other)) for theme in themes]
    return [
        _kappa(theme, cells)
        for theme, cells in tables
        if max(cells[1].sum(), cells[:, 1].sum()) >= least
    ]


def _check(one: Sequence[Codes], other: Sequence[Codes]) -> None:
    if len(one) != len(other) or not one:
        raise DataError(
            f"{len(one)} and {len(other)} units were coded; expected the same, and at least one."
        )


def _table(theme: str, one: Sequence[Codes], other: Sequence[Codes]) -> np.ndarray:
    cells = np.zeros((2, 2))
    for a, b in zip(one, other, strict=True):
        cells[int(theme in a), int(theme in b)] += 1
    return cells


def _kappa(theme: str, cells: np.ndarray) -> Kappa:
    units = cells.sum()
    p = cells / units
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    observed, expected = np.trace(p), rows @ columns
    counts = int(cells[1].sum()), int(cells[:, 1].sum()), int(cells[1, 1]), int(units)
    prevalence = float((rows[1] + columns[1]) / 2)
    if expected == 1:
        return Kappa(theme, *counts, np.nan, np.nan, np.nan, prevalence)
    kappa = (observed - expected) / (1 - expected)
    error = _standard_error(p, kappa, expected, units)
    return Kappa(theme, *counts, kappa, kappa - Z * error, kappa + Z * error, prevalence)


def _standard_error(p: np.ndarray, kappa: float, expected: float, units: float) -> float:
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    same = sum(p[i, i] * (1 - (rows[i] + columns[i]) * (1 - kappa)) ** 2 for i in (0, 1))
    apart = (1 - kappa) ** 2 * sum(
        p[i, j] * (columns[i] + rows[j]) ** 2 for i in (0, 1) for j in (0, 1) if i != j
    )
    rest = (kappa - expected * (1 - kappa)) ** 2
    return float(np.sqrt(max(same + apart - rest, 0) / units) / (1 - expected))


def masi_distance(one: Codes, other: Codes) -> float:
    """How far two sets of themes are apart: 0 for the same, 1 for none in common.

    Parameters
    ----------
    one, other : frozenset of str

    Notes
    -----
    1 - J M, with J the Jaccard share and M 1 for equal sets, 2/3 where one holds the other, 1/3
    where both have more, 0 where they have nothing in common.

    Verification: published: the four steps of Passonneau (2006).

    References
    ----------
    Passonneau, R. (2006), Measuring agreement on set-valued items (MASI), LREC.

    Examples
    --------
    >>> round(masi_distance(frozenset("ab"), frozenset("a")), 3)
    0.667
    """
    if one == other:
        return 0.0
    common = one & other
    if not common:
        return 1.0
    monotone = 2 / 3 if one <= other or other <= one else 1 / 3
    return 1 - len(common) / len(one | other) * monotone


def krippendorffs_alpha(units: Sequence[Mapping[str, Codes]]) -> float:
    """Agreement of all coders on sets of themes.

    Parameters
    ----------
    units : sequence of mapping of str to frozenset of str
        Themes by coder; units with fewer than two coders are left out.

    Returns
    -------
    float
        1 for full agreement, 0 for what chance gives; NaN where nothing varies.

    Notes
    -----
    alpha = 1 - D_o / D_e, with D_o the mean MASI distance of two codings of one unit and D_e
    that of any two codings.

    Verification: closed form: its definition, pair by pair.

    References
    ----------
    Krippendorff, K. (2004), Content Analysis, 2nd ed., chapter 11.

    Examples
    --------
    >>> same = {"a": frozenset("x"), "b": frozenset("x")}
    >>> krippendorffs_alpha([same, {"a": frozenset("y"), "b": frozenset("y")}])
    1.0
    """
    coded = [list(unit.values()) for unit in units if len(unit) > 1]
    values = [codes for unit in coded for codes in unit]
    if len(values) < 2:
        return float("nan")
    observed = sum(
        2 * masi_distance(a, b) / (len(unit) - 1)
        for unit in coded
        for a, b in combinations(unit, 2)
    )
    expected = sum(2 * masi_distance(a, b) for a, b in combinations(values, 2))
    if not expected:
        return float("nan")
    return float(1 - (len(values) - 1) * observed / expected)
