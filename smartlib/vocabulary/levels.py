"""The level of an interval: its one check (floor 0)."""

from __future__ import annotations

from smartlib.vocabulary.errors import ParameterError


def checked_level(level: float) -> float:
    """A level of confidence, if it is one.

    Parameters
    ----------
    level : float
        Share of repetitions in which the interval holds the truth.

    Raises
    ------
    ParameterError
        A level outside (0, 1), such as one in percent.

    Examples
    --------
    >>> checked_level(0.95)
    0.95
    """
    if not 0 < level < 1:
        raise ParameterError(f"A level of {level}; it lies between 0 and 1, as 0.95.")
    return level
