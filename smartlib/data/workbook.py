"""The processed tables as an Excel workbook, the same bytes at every build (floor 1).

Excel in Indonesian settings misreads comma-separated files; here codes are text, numbers
are numbers, and no text is ever a formula.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from smartlib.data.processed import Tables, as_csv
from smartlib.data.writing import FORMULA_STARTS
from smartlib.vocabulary.processed_tables import PROCESSED
from smartlib.vocabulary.tables import Table

Rows = Iterable[Sequence[object]]
EPOCH = datetime(2000, 1, 1)  # instead of the clock, so that two builds give the same bytes
STAMP = EPOCH.strftime("%Y-%m-%dT%H:%M:%SZ")
CORE = "docProps/core.xml"
CODEBOOK = ("table", "column", "type", "unit", "description")
WIDTHS = (9, 60)  # characters, narrowest and widest column
SAMPLE = 200  # rows that decide a column's width
TEXT_FORMAT = "@"
BOLD = Font(bold=True)


def workbook_bytes(tables: Tables, described: Sequence[Table] = PROCESSED) -> bytes:
    """An `.xlsx` with one sheet a table and a codebook.

    Parameters
    ----------
    tables : Tables
        Typed frames.
    described : sequence of Table
        Which tables, in the order of sheets.

    Returns
    -------
    bytes
        The same for the same tables.

    Examples
    --------
    >>> empty = pd.DataFrame(columns=["region_code", "year", "question", "score"])
    >>> from smartlib.vocabulary.tables import ANSWERS
    >>> tables = Tables(*[empty] * len(PROCESSED))
    >>> workbook_bytes(tables, [ANSWERS]) == workbook_bytes(tables, [ANSWERS])
    True
    """
    book = Workbook()
    book.remove(book.active)
    frames = tables.by_name()
    for table in described:
        rows = frames[table.name].sort_values(list(table.key))[table.column_names]
        texts = [column.type == "string" for column in table.columns]
        _fill(
            book.create_sheet(table.name), table.column_names, rows.itertuples(index=False), texts
        )
    lines = [
        (table.name, column.name, column.type, column.unit, column.description)
        for table in described
        for column in table.columns
    ]
    _fill(book.create_sheet("codebook"), CODEBOOK, lines, [True] * len(CODEBOOK))
    book.properties.creator = "smartlib"
    book.properties.identifier = fingerprint(tables, described)
    book.properties.created = EPOCH
    content = io.BytesIO()
    book.save(content)
    return _timeless(content.getvalue())


def sheets_bytes(sheets: Iterable[tuple[str, Sequence[str], Rows]]) -> bytes:
    """An `.xlsx` of sheets whose cells are numbers or text as they come.

    Parameters
    ----------
    sheets : iterable of (str, sequence of str, iterable of sequence)
        Name, headings and rows of each sheet; a cell of None stays empty.

    Returns
    -------
    bytes
        The same for the same sheets.
    """
    book = Workbook()
    book.remove(book.active)
    for name, headings, rows in sheets:
        _fill(book.create_sheet(name), headings, rows)
    book.properties.creator = "smartlib"
    book.properties.created = EPOCH
    content = io.BytesIO()
    book.save(content)
    return _timeless(content.getvalue())


def fingerprint(tables: Tables, described: Sequence[Table] = PROCESSED) -> str:
    """SHA-256 over what a workbook is made from: the tables, their columns, this module.

    Parameters
    ----------
    tables : Tables
        Typed frames.
    described : sequence of Table
        Which tables.
    """
    frames = tables.by_name()
    parts = [as_csv(frames[table.name], table) for table in described]
    parts += [repr(described).encode("utf-8"), Path(__file__).read_bytes().replace(b"\r\n", b"\n")]
    digests = [hashlib.sha256(part).digest() for part in parts]
    return hashlib.sha256(b"".join(digests)).hexdigest()


def made_from(path: Path) -> str:
    """The fingerprint in a workbook; nothing if it is not there, not whole or not ours.

    A program that saves the workbook writes its own time into it, and then it is no longer
    ours.

    Parameters
    ----------
    path : Path
        An `.xlsx`.
    """
    try:
        with zipfile.ZipFile(path) as book:
            core = "" if book.testzip() else book.read(CORE).decode("utf-8")
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, zlib.error):
        return ""
    modified = re.search(r"<dcterms:modified[^>]*>([^<]*)", core)
    identifier = re.search(r"<dc:identifier>([0-9a-f]{64})<", core)
    ours = modified and modified[1] == STAMP
    return identifier[1] if identifier and ours else ""


def _fill(
    sheet: Worksheet,
    headings: Sequence[str],
    rows: Rows,
    texts: Sequence[bool] | None = None,
) -> None:
    """Write headings and rows; `texts` says which columns are text, or each cell does."""
    for place, heading in enumerate(headings, start=1):
        _write(sheet.cell(1, place), heading, True)
        sheet.cell(1, place).font = BOLD
    for number, row in enumerate(rows, start=2):
        kinds = texts or [isinstance(value, str) for value in row]
        for place, (value, text) in enumerate(zip(row, kinds, strict=True), start=1):
            if not pd.isna(value) and value != "":
                _write(sheet.cell(number, place), value, text)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{max(sheet.max_row, 1)}"
    for place, column in enumerate(sheet.iter_cols(max_row=min(SAMPLE, sheet.max_row)), start=1):
        longest = max(len(str(cell.value)) for cell in column if cell.value is not None)
        width = min(max(longest + 2, WIDTHS[0]), WIDTHS[1])
        sheet.column_dimensions[get_column_letter(place)].width = width


def _write(cell: Cell, value: object, text: bool) -> None:
    if not text:
        cell.value = float(value) if isinstance(value, float) else int(value)  # type: ignore[call-overload]
        return
    words = ILLEGAL_CHARACTERS_RE.sub("", str(value))
    cell.value = words
    cell.data_type = "s"  # openpyxl takes a leading = for a formula
    if words[:1].isdigit():
        cell.number_format = TEXT_FORMAT  # else Excel makes 32.1 of 32.10, once it is edited
    elif words.startswith(FORMULA_STARTS):
        cell.quotePrefix = True  # and a formula of the others


def _timeless(content: bytes) -> bytes:
    """The workbook's archive with fixed times, which openpyxl takes from the clock."""
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            if name == CORE:
                modified = rb"\g<1>" + STAMP.encode()
                part = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", modified, part)
            entry = zipfile.ZipInfo(name, EPOCH.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # else it says which system wrote it
            new.writestr(entry, part)
    return result.getvalue()
