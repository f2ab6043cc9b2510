"""How a message names what it is about (floor 0)."""

from __future__ import annotations

from collections.abc import Iterable

from smartlib.vocabulary.words.sentences import Said, Sentence, joined

SHOWN = 10  # items that a message names; the rest are counted
AND_MORE = Sentence("{shown} dan {more} lagi", "{shown} and {more} more")


def listed(items: Iterable[object], most: int = SHOWN, between: str = ", ") -> Said:
    """The first ten of some items in one line, and how many more there are.

    Parameters
    ----------
    items : iterable
        Labels of rows, names of columns; each is written as text.
    most : int, default 10
        How many are named.
    between : str, default ", "
        What stands between them.

    Examples
    --------
    >>> listed(range(12))
    '0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more'
    """
    parts = list(items)
    shown, more = joined(parts[:most], between), len(parts) - most
    return AND_MORE(shown=shown, more=more) if more > 0 else shown
