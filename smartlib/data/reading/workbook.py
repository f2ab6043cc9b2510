"""Cells of a workbook as text: XLSX and ODS, the sheet that is seen (floor 1).

The home of python-calamine, which reads both, and 2 million cells in a second where openpyxl
takes thirteen. What it cannot say (hidden rows, errors, formulas without a value) or bound (the
rectangle that it holds) is looked up in the XML before: `xlsx`, `ods`.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, repeat
from typing import Any
from xml.parsers.expat import ExpatError

from smartlib.data.reading import ods, xlsx
from smartlib.data.reading.package import DamagedError, Package, opened
from smartlib.data.reading.sheet import Sheet, column_letters, ranges
from smartlib.data.reading.styles import mark_percents
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.records import Finding
from smartlib.vocabulary.words import files as say

SUFFIXES = (".xlsx", ".xlsm", ".ods")
Row = tuple[list[str], list[bool]]  # texts, and which of them the program held as numbers
NAMED = 10  # sheets, or runs of hidden rows, in a note


def workbook_rows(content: bytes, name: str) -> tuple[list[Row], list[Finding]]:
    """Rows of a workbook's first visible sheet, and what is to be said of it.

    Parameters
    ----------
    content : bytes
        The file.
    name : str
        For messages.

    Returns
    -------
    rows : list of (texts, numbers)
        The cells as text, stripped, from row 1 on, and which of them are numbers to the program.
    notes : list of Finding
        Which sheet was read, if there are several; hidden sheets, rows and columns.

    Raises
    ------
    DataError
        It is no workbook that can be read, or is beyond a limit.
    """
    book = open_book(content, name)
    sheet = _seen(book.sheets)
    with _damage(name):
        if sheet.part:
            xlsx.survey(book.package, sheet)
        book.package.check()
        rows = list(_rows(book.package, sheet))
    return rows, [*_about_sheets(book.sheets, sheet), *_about_hidden(sheet)]


@dataclass(frozen=True, eq=False)
class Book:
    """A workbook whose sheets are read when they are asked for.

    Attributes
    ----------
    package : Package
        Its parts.
    sheets : list of Sheet
        In their order.
    """

    package: Package
    sheets: list[Sheet]

    def cells(self, sheet: Sheet) -> tuple[list[list[str | float]], list[Finding]]:
        """Cells of a sheet from row 1 on, numbers as numbers, and what is hidden of it.

        Parameters
        ----------
        sheet : Sheet
            One of `sheets`.

        Raises
        ------
        DataError
            It cannot be read, or is beyond a limit.
        """
        with _damage(self.package.name):
            if sheet.part:
                xlsx.survey(self.package, sheet)
                mark_percents(self.package, sheet)
            self.package.check()
            rows = list(_values(self.package, sheet))
        return rows, list(_about_hidden(sheet))


def open_book(content: bytes, name: str) -> Book:
    """A workbook's sheets, none of them read yet.

    Parameters
    ----------
    content : bytes
        The file.
    name : str
        For messages.

    Raises
    ------
    DataError
        It is no workbook that can be read, or is beyond a limit.
    """
    with _damage(name):
        package = opened(content, name)
        sheets = ods.sheets(package) if ods.CONTENT in package.parts else xlsx.sheets(package)
        _seen(sheets)
    return Book(package, sheets)


@contextmanager
def _panic() -> Iterator[None]:
    """What a reader in Rust raises, as damage."""
    import python_calamine  # noqa: PLC0415

    try:
        with _no_trace():
            yield
    except python_calamine.CalamineError as error:
        raise DamagedError(str(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # what a slip in Rust becomes
            raise
        raise DamagedError(str(error)) from error


@contextmanager
def _no_trace() -> Iterator[None]:
    """Nothing on standard error meanwhile: Rust prints its panics there before they are raised."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


@contextmanager
def _damage(name: str) -> Iterator[None]:
    try:
        yield
    except (DamagedError, ExpatError) as error:
        raise DataError(say.BAD_EXCEL(name=name, error=error.args[0])) from error


def _seen(sheets: list[Sheet]) -> Sheet:
    """The first sheet that shows, or the first of all where none does."""
    if not sheets:
        raise DamagedError(say.NO_SHEET())
    if len({sheet.name for sheet in sheets}) < len(sheets):
        raise DamagedError(say.SHEET_TWICE())
    return next((sheet for sheet in sheets if not sheet.state), sheets[0])


def _rows(package: Package, sheet: Sheet) -> Iterator[Row]:
    for cells in _values(package, sheet):
        yield _texts(cells), [type(cell) is float for cell in cells]


def _values(package: Package, sheet: Sheet) -> Iterator[list[str | float]]:
    """Rows of a sheet, each as wide as the widest; percent as text with its sign."""
    read = _read(package, sheet)
    top, left = read.start or (0, 0)  # the reader gives the empty rows above, not those beside
    width = max([left + read.width, *(max(cells) for cells in sheet.shown.values())])
    last = max([top + read.height, *sheet.shown])
    for number, row in zip(range(1, last + 1), chain(read.iter_rows(), repeat([])), strict=False):
        cells: list[str | float] = [""] * left
        cells += [value if type(value) is float else _plain(value) for value in row]
        cells += [""] * (width - left - len(row))
        for column, text in sheet.shown.get(number, {}).items():
            cells[column - 1] = cells[column - 1] or text.strip()
        for column in sheet.percents.get(number, ()):
            value = cells[column - 1] if column <= width else ""
            if type(value) is float:
                cells[column - 1] = f"{100 * value:.12g}%"
        yield cells


def _plain(value: object) -> str | float:
    if type(value) is str:
        return value.strip()
    if type(value) is int:
        return float(value)
    return _text(value)


def _read(package: Package, sheet: Sheet) -> Any:
    import python_calamine  # noqa: PLC0415 - most tables are text

    with _panic():
        book = python_calamine.load_workbook(io.BytesIO(package.content))
        return book.get_sheet_by_name(sheet.name)


def _texts(row: Sequence[object]) -> list[str]:
    """Cells as text, numbers with the 15 digits that Excel holds; a row of them at once."""
    numbers = [value for value in row if type(value) is float]
    joined = "%.15g " * len(numbers) % tuple(numbers)
    digits = iter(joined.split())
    if "e" in joined:
        digits = iter([format(Decimal(d), "f") if "e" in d else d for d in digits])
    return [
        next(digits)
        if type(value) is float
        else value.strip()
        if type(value) is str
        else _text(value)
        for value in row
    ]


def _text(value: object) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return f"{value} 00:00:00"
    return str(value)


def _about_sheets(sheets: list[Sheet], read: Sheet) -> Iterator[Finding]:
    others = [
        f"'{sheet.name}'{f' ({sheet.state})' if sheet.state else ''}"
        for sheet in sheets
        if sheet is not read
    ]
    if others:
        more = f" and {len(others) - NAMED} more" if len(others) > NAMED else ""
        passed = ", ".join(others[:NAMED]) + more
        yield Finding(say.ONLY_SHEET(name=read.name, passed=passed), file=read.file)
    if read.state:
        yield Finding(say.SHEET_HIDDEN(name=read.name), file=read.file)


def _about_hidden(sheet: Sheet) -> Iterator[Finding]:
    rows = [f"{a}-{b}" if b > a else str(a) for a, b in ranges(sheet.hidden_rows)]
    columns = [
        column_letters(part.start - 1)
        + (f"-{column_letters(last - 1)}" if last > part.start else "")
        for part in sheet.hidden_columns
        if (last := min(part.stop - 1, sheet.last_column)) >= part.start
    ]
    for what, runs in (("row", rows), ("column", columns)):
        if runs:
            more = f" and {len(runs) - NAMED} more" if len(runs) > NAMED else ""
            several = len(runs) > 1 or "-" in runs[0]
            yield Finding(
                f"{what}{'s' if several else ''} {', '.join(runs[:NAMED])}{more} of the sheet "
                f"'{sheet.name}' {'are' if several else 'is'} hidden; "
                f"{'they were' if several else 'it was'} read like the others",
                file=sheet.file,
            )
