"""How a message names what it is about (floor 0)."""

from __future__ import annotations

from collections.abc import Iterable

SHOWN = 10  # items that a message names; the rest are counted


def listed(items: Iterable[object]) -> str:
    """The first ten of some items in one line, and how many more there are.

    Parameters
    ----------
    items : iterable
        Labels of rows, names of columns; each is written as text.

    Examples
    --------
    >>> listed(range(12))
    '0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more'
    """
    texts = list(map(str, items))
    more = len(texts) - SHOWN
    return ", ".join(texts[:SHOWN]) + (f" and {more} more" if more > 0 else "")
