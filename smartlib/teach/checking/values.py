"""Answers made plain: what can be compared, and can leave the kernel that holds it.

Standard library alone. A value of any type gives a record, never an error.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Literal, NamedTuple

LONGEST = 2000  # characters of a text, and members of a list, that are looked at
Kind = Literal["number", "text", "list", "boolean", "blank", "other"]
KINDS: tuple[Kind, ...] = ("number", "text", "list", "boolean", "blank", "other")


class Plain(NamedTuple):
    """An answer as it is compared.

    Attributes
    ----------
    kind : str
        What it is.
    text : str
        Its value; of what is none of these kinds, the name of its type.
    """

    kind: Kind
    text: str

    @property
    def number(self) -> float:
        """The number that it is, or that a text spells; NaN for any other."""
        spelt = self.text.strip().rstrip("%").replace(" ", "")
        if self.kind not in ("number", "text"):
            return math.nan
        with suppress(ValueError):
            return float(spelt.replace(",", ".") if self.kind == "text" else spelt)
        return math.nan


def plain(value: object) -> Plain:
    """An answer made plain.

    Parameters
    ----------
    value : object
        Whatever a student's variable holds.

    Examples
    --------
    >>> plain(3.08), plain("  Kab.  BADUNG "), plain({"b", "a"}), plain(...)
    ... # doctest: +NORMALIZE_WHITESPACE
    (Plain(kind='number', text='3.08'), Plain(kind='text', text='kab. badung'),
     Plain(kind='list', text='a|b'), Plain(kind='blank', text=''))
    """
    try:
        return _plain(value)
    except Exception:  # a type of the student's own may raise anything
        return Plain("other", str(type(value).__name__)[:80])


def _plain(value: object) -> Plain:
    if value is None or value is Ellipsis:
        return Plain("blank", "")
    if hasattr(value, "item") and getattr(value, "ndim", None) == 0:  # of NumPy
        value = value.item()
    if isinstance(value, bool):
        return Plain("boolean", str(value).lower())
    if isinstance(value, str):
        return Plain("text", " ".join(value[:LONGEST].split()).casefold())
    if isinstance(value, bytes | Mapping) or not isinstance(value, Iterable):
        return _number(value)
    members = [plain(member) for _, member in zip(range(LONGEST), value, strict=False)]
    return Plain("list", "|".join(sorted(member.text for member in members)))


def _number(value: object) -> Plain:
    is_number = hasattr(value, "__float__") and not isinstance(value, bytes)
    number = float(value) if is_number else math.nan  # type: ignore[arg-type]
    if not is_number:
        return Plain("other", type(value).__name__[:80])
    return Plain("number", repr(number))
