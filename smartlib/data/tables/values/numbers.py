"""Numbers as published: decimal commas, dashes, blanks (floor 1)."""

from __future__ import annotations

import math
import re
from decimal import Decimal, InvalidOperation

from smartlib.vocabulary.words import tables as say

MISSING = {"", "-", "–", "—"}
PLAIN = re.compile(r"[+-]?\d+([.,]\d+)?")
GROUPED = re.compile(r"[+-]?\d{1,3}(\.\d{3})+,\d+|[+-]?\d{1,3}(,\d{3})+\.\d+")
EXPONENT = re.compile(r"[+-]?\d+(\.\d+)?[eE][+-]?\d+")


def parse_number(text: str) -> Decimal | None:
    """Value of a cell, exactly as written; its float is finite.

    Parameters
    ----------
    text : str
        A number with a decimal comma or point (thousands may be grouped where decimals
        follow, so that it is clear which mark is which); `-` or
        nothing for a missing value.

    Returns
    -------
    Decimal or None
        None where the value is missing.

    Raises
    ------
    ValueError
        The text is no number; the message says why.

    Examples
    --------
    >>> parse_number("3,56"), parse_number("-0.07"), parse_number("-")
    (Decimal('3.56'), Decimal('-0.07'), None)
    """
    cleaned = text.replace("\u00a0", " ").replace("\u2212", "-").strip()
    if cleaned in MISSING:
        return None
    if cleaned.startswith("="):
        raise ValueError(say.A_FORMULA(text=text))
    if GROUPED.fullmatch(cleaned):
        decimal_mark = max(cleaned.rfind("."), cleaned.rfind(","))
        cleaned = re.sub(r"[.,]", "", cleaned[:decimal_mark]) + "." + cleaned[decimal_mark + 1 :]
    elif PLAIN.fullmatch(cleaned):
        cleaned = cleaned.replace(",", ".")
    elif not EXPONENT.fullmatch(cleaned):
        raise ValueError(say.NO_NUMBER(text=text))
    try:
        value = Decimal(cleaned)
    except InvalidOperation:  # an exponent that no decimal holds
        value = Decimal("Infinity")
    if not math.isfinite(float(value)):
        raise ValueError(say.TOO_LARGE(text=text))
    return value
