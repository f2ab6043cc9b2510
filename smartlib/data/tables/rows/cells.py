"""What a single cell or row looks like, whatever table it stands in (floor 1)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from smartlib.data.reading.grids import Cell
from smartlib.data.tables.values.numerals import numeral

YEAR = re.compile(r"(?:19|20)\d{2}")
SEPARATOR = " / "  # between the rows of a heading


def text_of(cell: Cell) -> str:
    """A cell as text; a number with the digits that a program shows."""
    return cell if type(cell) is str else f"{cell:.15g}"


def bare(heading: str) -> str:
    """Small letters and digits of a heading."""
    return re.sub(r"[^a-z0-9]", "", heading.lower())


def is_quantity(cell: Cell) -> bool:
    """Whether a cell is a number, and no year."""
    text = text_of(cell)
    return not YEAR.fullmatch(text) and (type(cell) is float or numeral(text) is not None)


def is_numbering(row: Sequence[Cell]) -> bool:
    """Whether a row counts the columns, as `(1) (2) (3)` in printed tables."""
    first = next((cell for cell in row if cell != ""), "")
    if text_of(first).strip("()[] ") != "1":
        return False
    filled = [text_of(cell).strip("()[] ") for cell in row if cell != ""]
    return len(filled) > 1 and filled == [str(n) for n in range(1, len(filled) + 1)]


def folded(row: Sequence[Cell]) -> list[str]:
    """Texts of a row in small letters, with single spaces."""
    return [" ".join(text_of(cell).lower().split()) for cell in row]


def is_year(text: str) -> bool:
    """Whether a text is a year of four digits."""
    return bool(YEAR.fullmatch(text))
