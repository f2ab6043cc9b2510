"""What formulas may call, and what a name that is not there may have meant (floor 3)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from difflib import SequenceMatcher, get_close_matches

import numpy as np
from numpy.typing import ArrayLike, NDArray

from smartlib.vocabulary.words import formulas as say

Floats = NDArray[np.float64]
NEAR = 0.75  # likeness of two words from which one may have meant the other
SUGGESTED = 3


def poly(x: ArrayLike, degree: int) -> Floats:
    """Orthogonal polynomials of a column, as R's `poly`.

    Parameters
    ----------
    x : array, shape (n,)
        Numbers.
    degree : int
        Columns.

    Returns
    -------
    array, shape (n, degree)
        Orthonormal among these rows and orthogonal to an intercept; the fit is that of the plain
        powers, each column judged beside the lower ones.

    Raises
    ------
    ValueError
        No more different values than the degree.

    Notes
    -----
    Verification: closed form: the fit of plain powers.

    References
    ----------
    Chambers, J. M., and Hastie, T. J. (1992). Statistical Models in S. Wadsworth, chapter 7.

    Examples
    --------
    >>> (poly([1, 2, 3], 2).round(4) + 0.0).tolist()
    [[-0.7071, 0.4082], [0.0, -0.8165], [0.7071, 0.4082]]
    """
    values = np.asarray(x, dtype=np.float64)
    if len(np.unique(values)) <= degree:
        raise ValueError(say.POLY(degree=degree))
    centred = (values - values.mean()) / values.std()
    basis, triangle = np.linalg.qr(np.vander(centred, degree + 1, increasing=True))
    return np.asarray((basis * np.sign(np.diag(triangle)))[:, 1:])


def standardised(x: ArrayLike) -> Floats:
    """A column with mean 0 and standard deviation 1 among the rows used.

    Parameters
    ----------
    x : array, shape (n,)
        Numbers; the deviation is that of a sample (n - 1).

    Raises
    ------
    ValueError
        The column is the same in every row.
    """
    values = np.asarray(x, dtype=np.float64)
    deviation = values.std(ddof=1)
    if not deviation > 0:
        raise ValueError(say.STANDARDIZE())
    return np.asarray((values - values.mean()) / deviation)


def near_names(
    word: str,
    names: Collection[str],
    labels: Mapping[str, str],
    *,
    most: int = SUGGESTED,
    letters: bool = True,
) -> list[str]:
    """Names that a word may have meant: by their letters, and by what they mean.

    Parameters
    ----------
    word : str
        As typed, in any language that labels speak.
    names : collection of str
        Those that there are.
    labels : mapping of str to str
        What some of them mean.
    most : int, default 3
        Names that are given.
    letters : bool, default True
        Whether names of like letters count too, or meanings alone.

    Returns
    -------
    list of str
        Nearest first.

    Examples
    --------
    >>> near_names("kemiskinan", ["poverty_rate"], {"poverty_rate": "Tingkat kemiskinan"})
    ['poverty_rate']
    """
    asked = words_of(word)
    meant = {name: _alike(asked, words_of(label)) for name, label in labels.items()}
    likely = [n for n in names if meant.get(n, 0) >= NEAR]
    by_meaning = sorted(likely, key=lambda n: (-meant[n], len(words_of(n)), len(labels[n])))
    by_letters = get_close_matches(word, list(names), most) if letters else []
    return list(dict.fromkeys([*by_meaning, *by_letters]))[:most]


def words_of(text: str) -> list[str]:
    """Words of a label or name, in small letters."""
    return re.findall(r"[^\W_]+", text.lower())


def _alike(asked: list[str], label: list[str]) -> float:
    """Mean over the asked words of the likeness to the nearest word of a label."""
    if not asked or not label:
        return 0.0
    return sum(max(likeness(one, other) for other in label) for one in asked) / len(asked)


def likeness(one: str, other: str) -> float:
    """From 0 to 1; a word that begins another counts as it."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) > 3 and longer.startswith(shorter):
        return 1.0
    return SequenceMatcher(None, one, other).ratio()
