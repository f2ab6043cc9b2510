"""Indonesian number words and dates, as letters write them (floor 1)."""

from __future__ import annotations

import re

SMALL = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas"
YEAR = "januari februari maret april mei juni juli agustus september oktober november desember"
UNITS = {word: value for value, word in enumerate(SMALL.split())}
MONTHS = {word: value for value, word in enumerate(YEAR.split(), start=1)}
WORD = "|".join([*UNITS, "puluh", "belas", "ratus", "ribu", "seratus", "seribu"])
NUMERAL = re.compile(rf"\b(?:{WORD})(?:\s+(?:{WORD}))*\b", re.IGNORECASE)
DATE = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b", re.IGNORECASE)


def value_of(words: str) -> int | None:
    """The number that words say; None if they say none.

    Parameters
    ----------
    words : str
        Such as `dua ratus empat puluh satu`.

    Examples
    --------
    >>> value_of("dua ratus empat puluh satu"), value_of("tiga belas"), value_of("puluh")
    (241, 13, None)
    """
    total = group = unit = 0
    for word in words.lower().split():
        if word in UNITS:
            if unit:
                return None
            unit = UNITS[word]
        elif word == "belas":
            group, unit = group + unit + 10, 0
        elif word in ("puluh", "ratus", "ribu"):
            if not unit and not (word == "ribu" and group):
                return None
            if word == "ribu":
                total, group, unit = total + (group + unit) * 1000, 0, 0
            else:
                group, unit = group + unit * (10 if word == "puluh" else 100), 0
        elif word in ("seratus", "seribu"):
            total, group = (total + 1000, group) if word == "seribu" else (total, group + 100)
        else:
            return None
    return total + group + unit


def iso_date(text: str) -> str:
    """The first date in a text as ISO 8601; nothing if there is none.

    Parameters
    ----------
    text : str

    Examples
    --------
    >>> iso_date("Jakarta, 5 Juli 2024")
    '2024-07-05'
    """
    found = DATE.search(text)
    if not found:
        return ""
    day, month, year = int(found[1]), MONTHS[found[2].lower()], int(found[3])
    return f"{year:04d}-{month:02d}-{day:02d}"
