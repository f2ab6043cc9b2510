"""Reading a table's cells as text, whatever program saved it (floor 1).

Nothing is interpreted here: every cell stays text, and each row keeps the number a spreadsheet
shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smartlib.data.reading.limits import FILE_BYTES, too_large
from smartlib.data.reading.separated import separated_rows
from smartlib.data.reading.sheet import column_letters
from smartlib.data.reading.workbook import SUFFIXES, Row, workbook_rows
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.messages import listed
from smartlib.vocabulary.records import Finding
from smartlib.vocabulary.words import files as say
from smartlib.vocabulary.words.sentences import Said

LOOKED_AT = 10  # filled rows among which the headings are looked for
SHOWN = (10, 40)  # headings in a message, and characters of each


@dataclass(frozen=True, eq=False)
class TextTable:
    """A table before interpretation.

    Attributes
    ----------
    file : str
        Name for messages.
    frame : DataFrame
        All cells as text, stripped; the index is the spreadsheet's row number.
    notes : tuple of Finding
        What was noticed and passed over: a separator, an encoding, a repeated heading, a sheet
        that was not read, hidden rows.
    is_number : array of bool, shape of the frame, or None
        Cells that the program held as numbers, so that no mark in their text is in doubt; None
        where there is none, as in a text file.
    """

    file: str
    frame: pd.DataFrame
    notes: tuple[Finding, ...] = ()
    is_number: NDArray[np.bool_] | None = field(default=None, repr=False)

    def numbers(self) -> pd.DataFrame:
        """`is_number` with the labels of the frame."""
        held = False if self.is_number is None else self.is_number
        return pd.DataFrame(held, index=self.frame.index, columns=self.frame.columns, dtype=bool)


def read_text_table(path: Path, content: bytes | None = None, name: str = "") -> TextTable:
    """Cells of a CSV, XLSX or ODS file.

    Parameters
    ----------
    path : Path
        File with headings in its first row, or below a title. `.xlsx`, `.xlsm` and `.ods` are
        read as workbooks (the first sheet that is not hidden), all else as separated text.
    content : bytes, optional
        The file's bytes, when they have been read (and verified) already.
    name : str, optional
        Name for messages; default the file's name.

    Returns
    -------
    TextTable

    Raises
    ------
    DataError
        The file is missing, empty, of another kind, larger than any table of regions
        (`limits`), or has equal or no headings.
    """
    name = name or path.name
    content = _content(path, name) if content is None else content
    if not content.strip():
        raise DataError(say.EMPTY(name=name))
    if path.suffix.lower() in SUFFIXES:
        return _framed(*workbook_rows(content, name), name)
    rows, notes = separated_rows(content, name)
    return _framed((([cell.strip() for cell in row], []) for row in rows), notes, name)


def _content(path: Path, name: str) -> bytes:
    try:
        size = path.stat().st_size
        if size > FILE_BYTES:
            raise too_large(name, f"{size >> 20} MB", f"{FILE_BYTES >> 20} MB")
        return path.read_bytes()
    except OSError as error:
        raise DataError(say.UNREADABLE(path=path, strerror=say.why(error))) from error


def _framed(rows: Iterable[Row], notes: list[Finding], name: str) -> TextTable:
    numbered = [
        (number, row, numbers) for number, (row, numbers) in enumerate(rows, start=1) if any(row)
    ]
    if not numbered:
        raise DataError(say.NO_CELL(name=name))
    above = _rows_above_headings([row for _, row, _ in numbered])
    notes = notes + [Finding(say.ABOVE(), name, row) for row, *_ in numbered[:above]]
    (heading_row, heading, _), body = numbered[above], numbered[above + 1 :]
    while heading and not heading[-1]:
        heading.pop()
    _distinct(heading, heading_row, name)
    width = len(heading)
    _check_widths(body, width, name)
    repeated = [number for number, row, _ in body if row[:width] == heading]
    notes += [Finding(say.REPEATED(), name, row) for row in repeated]
    left_out = set(repeated)
    kept = [(number, row, marked) for number, row, marked in body if number not in left_out]
    frame = pd.DataFrame(
        [row[:width] for _, row, _ in kept],
        columns=pd.Index(heading, dtype=object),
        index=pd.Index([number for number, *_ in kept], name="row", dtype="int64"),
        dtype=object,
    )
    is_number = [marked[:width] for *_, marked in kept] if any(m for *_, m in kept) else None
    return TextTable(
        name, frame, tuple(notes), None if is_number is None else np.array(is_number, dtype=bool)
    )


def _check_widths(body: list[tuple[int, list[str], list[bool]]], width: int, name: str) -> None:
    """Nothing, if every row has as many cells as there are headings."""
    too_wide = [number for number, row, _ in body if any(row[width:])]
    too_short = [number for number, row, _ in body if len(row) < width]
    if too_wide or too_short:
        raise DataError(
            say.WIDTH(name=name, width=width),
            [Finding(say.TOO_WIDE(), name, number) for number in too_wide]
            + [Finding(say.TOO_SHORT(), name, number) for number in too_short],
        )


def _rows_above_headings(rows: list[list[str]]) -> int:
    """How many rows stand above the headings: titles, which fill less than half of a row."""
    filled = [sum(map(bool, row)) for row in rows]
    usual = median(filled)
    wide = (place for place, count in enumerate(filled[:LOOKED_AT]) if 2 * count > usual)
    return next(wide, 0)


def _distinct(heading: list[str], row: int, name: str) -> None:
    """Nothing, if every column has a heading of its own."""
    blank = [column_letters(place) for place, cell in enumerate(heading) if not cell]
    if len(blank) > 1:
        raise DataError(say.NO_HEADING(name=name, row=row, blank=some_headings(blank)))
    twice = sorted(cell for cell, times in Counter(heading).items() if times > 1)
    if twice:
        shown = some_headings(map(repr, twice))
        raise DataError(say.TWICE(name=name, shown=shown))


def some_headings(headings: Iterable[object]) -> Said:
    """Headings for a message: the first ten, each cut to 40 characters.

    Examples
    --------
    >>> some_headings(["A", "B" * 50])
    'A, BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB…'
    """
    most, longest = SHOWN
    words = [" ".join(str(heading).split()) for heading in headings]
    shown = [word if len(word) <= longest else f"{word[: longest - 1]}…" for word in words]
    return listed(shown, most)
