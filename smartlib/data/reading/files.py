"""Reading a table's cells as text, whatever program saved it (floor 1).

The only home of the csv module and openpyxl for reading. Nothing is interpreted
here: every cell stays text, and each row keeps the number a spreadsheet shows.
"""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from statistics import median

import pandas as pd

from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.records import Finding

UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
SEPARATORS = ",;\t"
LOOKED_AT = 10  # filled rows among which the headings are looked for
SHOWN = (10, 40)  # headings in a message, and characters of each


@dataclass(frozen=True)
class TextTable:
    """A table before interpretation.

    Attributes
    ----------
    file : str
        Name for messages.
    frame : DataFrame
        All cells as text, stripped; the index is the spreadsheet's row number.
    notes : tuple of Finding
        What was noticed and passed over: a separator, an encoding, a repeated heading.
    """

    file: str
    frame: pd.DataFrame
    notes: tuple[Finding, ...] = ()


def read_text_table(path: Path, content: bytes | None = None, name: str = "") -> TextTable:
    """Cells of a CSV or XLSX file.

    Parameters
    ----------
    path : Path
        File with headings in its first row, or below a title. `.xlsx` and `.xlsm` are
        read as workbooks (first sheet), all else as separated text.
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
        The file is missing, empty, of another kind, or has equal or no headings.
    """
    name = name or path.name
    if content is None:
        try:
            content = path.read_bytes()
        except OSError as error:
            raise DataError(f"{path} cannot be read: {error.strerror}.") from error
    if not content.strip():
        raise DataError(f"{name} is empty. A table has a row of headings and a row a region.")
    if path.suffix.lower() in {".xlsx", ".xlsm"}:
        rows, notes = _workbook_rows(content, name)
    else:
        rows, notes = _separated_rows(content, name)
    return _framed(rows, name, notes)


def _separated_rows(content: bytes, name: str) -> tuple[list[list[str]], list[Finding]]:
    text, notes = _decoded(content, name)
    lines = text.splitlines()[:LOOKED_AT]
    # A title above the headings may hold no separator.
    first_line = next((line for line in lines if any(mark in line for mark in SEPARATORS)), "")
    separator = max(SEPARATORS, key=first_line.count)
    if separator != ",":
        shown = "tab" if separator == "\t" else "semicolon"
        notes.append(Finding(f"cells are separated by a {shown}, read as such", file=name))
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator)), notes
    except csv.Error as error:
        raise DataError(
            f"{name} cannot be split into cells ({error}). Look for a quotation mark that is "
            "opened and never closed."
        ) from error


def _decoded(content: bytes, name: str) -> tuple[str, list[Finding]]:
    if content[:2] in UTF16_MARKS:
        try:
            text = content.decode("utf-16")
        except UnicodeDecodeError as error:
            raise DataError(f"{name} is cut off: its UTF-16 text ends inside a letter.") from error
        return text, [Finding("encoded as UTF-16, read as such", file=name)]
    if b"\0" in content:
        raise DataError(f"{name} is no text file. Save the table as CSV or as .xlsx.")
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        note = Finding("not UTF-8; read as Windows-1252: check names with accents", file=name)
        return content.decode("cp1252", errors="replace"), [note]


def _workbook_rows(content: bytes, name: str) -> tuple[list[list[str]], list[Finding]]:
    import openpyxl  # noqa: PLC0415 - most tables are text, and it takes a while to import

    sheets = []
    for values_only in (True, False):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # openpyxl warns of styles that it drops
                book = openpyxl.load_workbook(io.BytesIO(content), data_only=values_only)
            sheets.append(book.worksheets[0])
        except Exception as error:  # a damaged file fails in any part: zip, XML, a missing sheet
            raise DataError(
                f"{name} is not an Excel workbook that can be read ({error}). "
                "Save it again as .xlsx or as CSV."
            ) from error
    shown, written = sheets
    notes = []
    if len(shown.parent.worksheets) > 1:
        notes.append(Finding(f"only the first sheet, '{shown.title}', was read", file=name))
    rows = []
    for values, formulas in zip(shown.iter_rows(), written.iter_rows(), strict=True):
        # A formula that was never calculated has no value: its text is kept, and refused later.
        cells = zip(values, formulas, strict=True)
        rows.append([_cell_text(f.value if v.value is None else v.value) for v, f in cells])
    return rows, notes


def _cell_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return format(Decimal(format(value, ".15g")), "f")  # the digits that Excel holds
    return str(value)


def _framed(rows: Iterable[list[str]], name: str, notes: list[Finding]) -> TextTable:
    numbered = [
        (number, [cell.strip() for cell in row])
        for number, row in enumerate(rows, start=1)
        if any(cell.strip() for cell in row)
    ]
    if not numbered:
        raise DataError(f"{name} has no filled cell. A table has a row of headings.")
    above = _rows_above_headings([row for _, row in numbered])
    notes = notes + [
        Finding("above the headings, row left out", name, row) for row, _ in numbered[:above]
    ]
    (heading_row, heading), body = numbered[above], numbered[above + 1 :]
    while heading and not heading[-1]:
        heading.pop()
    _distinct(heading, heading_row, name)
    width = len(heading)
    repeated = [number for number, row in body if row[:width] == heading]
    too_wide = [number for number, row in body if any(row[width:])]
    too_short = [number for number, row in body if len(row) < width]
    if too_wide or too_short:
        raise DataError(
            f"{name}: every row must have {width} cells, as the headings do.",
            [Finding("cells beyond the last heading", name, number) for number in too_wide]
            + [Finding("fewer cells than headings", name, number) for number in too_short],
        )
    notes = notes + [Finding("headings repeated, row left out", name, row) for row in repeated]
    kept = [(number, row[:width]) for number, row in body if number not in repeated]
    frame = pd.DataFrame(
        [row for _, row in kept],
        columns=pd.Index(heading, dtype=object),
        index=pd.Index([number for number, _ in kept], name="row", dtype="int64"),
        dtype=object,
    )
    return TextTable(name, frame, tuple(notes))


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
        raise DataError(
            f"{name}, row {row}: the columns {', '.join(blank)} have no heading. Write one into "
            "each; of merged cells only the first has it."
        )
    twice = sorted({cell for cell in heading if heading.count(cell) > 1})
    if twice:
        raise DataError(f"{name} has the heading {', '.join(map(repr, twice))} more than once.")


def column_letters(place: int) -> str:
    """A column's letters in a spreadsheet, the first being place 0.

    Examples
    --------
    >>> column_letters(0), column_letters(25), column_letters(26)
    ('A', 'Z', 'AA')
    """
    letters = ""
    while place >= 0:
        letters = chr(ord("A") + place % 26) + letters
        place = place // 26 - 1
    return letters


def some_headings(headings: Iterable[object]) -> str:
    """Headings for a message: the first ten, each cut to 40 characters.

    Examples
    --------
    >>> some_headings(["A", "B" * 50])
    'A, BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB…'
    """
    most, longest = SHOWN
    words = [" ".join(str(heading).split()) for heading in headings]
    shown = [word if len(word) <= longest else f"{word[: longest - 1]}…" for word in words]
    more = f" and {len(shown) - most} more" if len(shown) > most else ""
    return ", ".join(shown[:most]) + more
