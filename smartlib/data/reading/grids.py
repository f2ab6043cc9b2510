"""The cells of a file of any kind, a grid a sheet, nothing interpreted (floor 1).

What a file is, its first bytes say: names lie (BPS serves HTML under the name of an XLS).
"""

from __future__ import annotations

import io
import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

from smartlib.data.reading.limits import CELLS, FILE_BYTES, ROWS, too_large
from smartlib.data.reading.old_excel import old_sheets
from smartlib.data.reading.separated import separated_rows
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.records import Finding
from smartlib.vocabulary.words import files as say

Cell = str | float  # text, stripped, or a number as the program held it
ZIP, OLD_EXCEL, PARQUET = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"PAR1"
SPSS, STATA = (b"$FL2", b"$FL3"), (b"<stata_dta>", b"\x71\x02", b"\x72\x02", b"\x73\x02")
STANDARD_INPUT = "standard input"
RECORDS = {"records", "data", "items", "features", "rows", "results"}  # keys of JSON
DEEPEST = 3  # level at which they stand


@dataclass(frozen=True, eq=False)
class Grid:
    """A sheet's cells, before anything is understood.

    Attributes
    ----------
    file, sheet : str
        For messages; a text file has no sheet.
    rows : list of list of str or float
        From row 1 on; text is stripped, an empty cell is an empty text.
    hidden : bool
        Whether the sheet does not show.
    notes : tuple of str
        What was noticed on the way here.
    labels : dict of str to str
        Of headings, where the program keeps them apart.
    """

    file: str
    rows: list[list[Cell]]
    sheet: str = ""
    hidden: bool = False
    notes: tuple[str, ...] = ()
    labels: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Sheets:
    """A file's sheets, each read when it is asked for.

    Attributes
    ----------
    names : dict of str to bool
        Of the sheets in their order, and whether each is hidden.
    read : callable
        The grid of a sheet's name.
    """

    names: dict[str, bool]
    read: Callable[[str], Grid]

    def visible(self) -> list[str]:
        """Names of the sheets that show, or of all where none does."""
        return [name for name, hidden in self.names.items() if not hidden] or list(self.names)


def file_bytes(path: Path) -> bytes:
    """A file's bytes, if it is no larger than a table can be.

    Raises
    ------
    DataError
        It cannot be read, is empty, or is beyond the limit.
    """
    try:
        size = path.stat().st_size
        if size > FILE_BYTES:
            raise too_large(path.name, f"{size >> 20} MB", f"{FILE_BYTES >> 20} MB")
        content = path.read_bytes()
    except OSError as error:
        raise DataError(say.UNREADABLE(path=path, strerror=say.why(error))) from error
    if not content.strip():
        raise DataError(say.EMPTY(name=path.name))
    return content


def open_grids(content: bytes, name: str) -> Sheets:
    """The sheets of a file, whatever program saved it.

    Parameters
    ----------
    content : bytes
        The file.
    name : str
        Its name, for messages and for what bytes do not say.

    Raises
    ------
    DataError
        No reader knows it, or the reader that does is not installed.
    """
    suffix = Path(name).suffix.lower()
    start = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    kinds: tuple[tuple[bool, Callable[[bytes, str], Sheets]], ...] = (
        (content.startswith(STATA) or suffix == ".dta", _stata),
        (content.startswith(SPSS) or suffix in (".sav", ".zsav"), _spss),
        (content.startswith(PARQUET), _parquet),
        (content.startswith(OLD_EXCEL), _old_workbook),
        (content.startswith(ZIP) or suffix in (".xlsx", ".xlsm", ".ods"), _workbook),
        (start.startswith(b"<") or b"<table" in start, _html),
        (suffix in (".json", ".geojson") or start.startswith((b"[{", b'{"')), _records),
        (True, _separated),
    )
    return next(read(content, name) for is_it, read in kinds if is_it)


def _separated(content: bytes, name: str) -> Sheets:
    rows, notes = separated_rows(content, name)
    cells: list[list[Cell]] = [[cell.strip() for cell in row] for row in rows]
    return _single(Grid(name, cells, notes=_said(notes)))


def _said(notes: list[Finding]) -> tuple[str, ...]:
    return tuple(note.problem for note in notes)


def _single(grid: Grid) -> Sheets:
    return Sheets({"": False}, lambda _: grid)


def _workbook(content: bytes, name: str) -> Sheets:
    from smartlib.data.reading.workbook import open_book  # noqa: PLC0415 - most tables are text

    book = open_book(content, name)
    by_name = {sheet.name: sheet for sheet in book.sheets}

    def read(sheet: str) -> Grid:
        rows, notes = book.cells(by_name[sheet])
        return Grid(name, rows, sheet, bool(by_name[sheet].state), _said(notes))

    return Sheets({sheet.name: bool(sheet.state) for sheet in book.sheets}, read)


def _old_workbook(content: bytes, name: str) -> Sheets:
    problem, sheets = old_sheets(content)
    if problem == "large":
        raise too_large(name, say.MORE_CELLS(), f"{CELLS:,}")
    if problem:
        raise DataError(say.NO_EXCEL(name=name))
    grids = {s["name"]: Grid(name, s["rows"], s["name"], s["hidden"]) for s in sheets}
    return Sheets({title: grid.hidden for title, grid in grids.items()}, grids.__getitem__)


def _html(content: bytes, name: str) -> Sheets:
    from smartlib.data.reading.markup import html_tables  # noqa: PLC0415

    tables = html_tables(content, name)
    names = {f"table {n}" if len(tables) > 1 else "": False for n in range(1, len(tables) + 1)}
    by_name = dict(zip(names, tables, strict=True))
    return Sheets(names, lambda sheet: Grid(name, by_name[sheet], sheet))


def _records(content: bytes, name: str) -> Sheets:
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise DataError(say.NO_JSON(name=name, error=error)) from error
    records = _list_of_records(found)
    if records is None:
        raise DataError(say.NO_RECORDS(name=name))
    if len(records) > ROWS:
        raise too_large(name, f"{len(records):,} records", f"{ROWS:,}")
    headings = list(dict.fromkeys(key for record in records for key in record))
    if len(headings) * len(records) > CELLS:
        raise too_large(name, f"{len(headings):,} keys", say.SO_MANY())
    rows = [[_cell(record.get(key)) for key in headings] for record in records]
    return _single(Grid(name, [[heading.strip() for heading in headings], *rows]))


def _list_of_records(found: object, depth: int = 0) -> list[dict[str, object]] | None:
    """The list of objects, at the top or a few levels below; of several the one called so."""
    if isinstance(found, list):
        return _flat(found) if found and all(isinstance(item, dict) for item in found) else None
    if not isinstance(found, dict) or depth > DEEPEST:
        return None
    below = {
        key: records
        for key, value in found.items()
        if (records := _list_of_records(value, depth + 1)) is not None
    }
    called = [records for key, records in below.items() if key.lower() in RECORDS]
    return (called or list(below.values()))[0] if len(below) == 1 or called else None


def _flat(records: list[dict[str, object]]) -> list[dict[str, object]]:
    """Objects within the objects as keys of their own; the properties of GeoJSON alone."""
    if all(set(item) >= {"type", "properties"} for item in records):
        return [p for item in records if isinstance(p := item["properties"], dict)]
    flat = []
    for record in records:
        row: dict[str, object] = {}
        for key, value in record.items():
            row |= value if isinstance(value, dict) else {key: value}
        flat.append(row)
    return flat


def _cell(value: object) -> Cell:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return float(value)
    return str(value).strip()


def _stata(content: bytes, name: str) -> Sheets:
    try:
        with pd.read_stata(io.BytesIO(content), iterator=True) as reader:
            frame, labels = reader.read(), reader.variable_labels()
    except Exception as error:  # a damaged file fails in any part
        raise DataError(say.NO_STATA(name=name, error=error)) from error
    return _of_frame(frame, name, labels)


def _spss(content: bytes, name: str) -> Sheets:
    try:
        import pyreadstat  # noqa: PLC0415 - an extra, for SPSS files alone
    except ImportError as error:
        raise DataError(_lacking(name, say.SPSS_FILE(), "pyreadstat", "spss")) from error
    with TemporaryDirectory(prefix="smartlib-") as folder:
        path = Path(folder) / "table.sav"
        path.write_bytes(content)
        try:
            frame, meta = pyreadstat.read_sav(str(path), apply_value_formats=True)
        except Exception as error:  # a damaged file fails in any part
            raise DataError(say.NO_SPSS(name=name, error=error)) from error
    return _of_frame(frame, name, meta.column_names_to_labels)


def _parquet(content: bytes, name: str) -> Sheets:
    try:
        frame = pd.read_parquet(io.BytesIO(content))
    except ImportError as error:
        raise DataError(_lacking(name, say.PARQUET_FILE(), "pyarrow", "files")) from error
    except Exception as error:  # a damaged file fails in any part
        raise DataError(say.NO_PARQUET(name=name, error=error)) from error
    if list(frame.index) != list(range(len(frame))):
        frame = frame.reset_index()
    return _of_frame(frame, name, {})


def _lacking(name: str, what: str, package: str, extra: str) -> str:
    return say.NEEDS_PACKAGE(name=name, what=what, package=package, extra=extra)


def _of_frame(frame: pd.DataFrame, name: str, labels: Mapping[str, str | None]) -> Sheets:
    if frame.size > CELLS:
        raise too_large(name, f"{frame.size:,} cells", f"{CELLS:,}")
    single = {str(c) for c, kind in frame.dtypes.items() if kind == np.float32}
    columns = [list(_frame_cells(frame[c], str(c) in single)) for c in frame.columns]
    body = [list(row) for row in zip(*columns, strict=True)]
    known = {heading: label for heading, label in labels.items() if label}
    headings: list[Cell] = [str(c).strip() for c in frame.columns]
    return _single(Grid(name, [headings, *body], labels=known))


def _frame_cells(column: pd.Series, is_single: bool) -> Iterator[Cell]:
    """A column's cells; single precision with the nine digits that it holds."""
    for value, is_missing in zip(column, column.isna(), strict=True):
        if is_missing:
            yield ""
        elif isinstance(value, bool):
            yield str(value)
        elif isinstance(value, int | float) or hasattr(value, "dtype"):
            yield float(f"{float(value):.9g}") if is_single else float(value)
        else:
            yield str(value).strip()
