"""Cells of separated text (floor 1).

The home of the csv module. Size is told from the bytes before they are split into cells.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from smartlib.data.reading.limits import (
    CELLS,
    COLUMNS,
    LINE_BYTES,
    LINES,
    ROWS,
    too_large,
)
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.records import Finding
from smartlib.vocabulary.words import files as say

UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
SEPARATORS = tuple(say.MARKS)
LOOKED_AT = 50  # lines by which separators are told apart
LINE = re.compile(rb"[^\r\n]+")
PIECE = 1 << 20  # bytes
MOSTLY = 0.7


def separated_rows(content: bytes, name: str) -> tuple[list[list[str]], list[Finding]]:
    """Rows of a text file, and how it was read.

    Parameters
    ----------
    content : bytes
        The file.
    name : str
        For messages.

    Returns
    -------
    rows : list of list of str
    notes : list of Finding
        An unusual separator or encoding.

    Raises
    ------
    DataError
        It is no text, cannot be split, or is beyond a limit.
    """
    _check_lines(content, name)
    encoding, notes = _encoding(content, name)
    separator = _separator(content, encoding)
    if separator != ",":
        notes.append(Finding(say.SEPARATED(mark=say.MARKS[separator]()), file=name))
    try:
        _check_cells(csv.reader(_lines(content, encoding), delimiter=separator), name)
        return list(csv.reader(_lines(content, encoding), delimiter=separator)), notes
    except csv.Error as error:
        raise DataError(say.UNSPLIT(name=name, error=error)) from error


def _separator(content: bytes, encoding: str) -> str:
    """The mark that splits most lines into as many cells; of equals not the comma.

    Commas stand in numbers and headings too, the other marks hardly ever.
    """
    lines = [line for line, _ in zip(_lines(content, encoding), range(LOOKED_AT), strict=False)]

    def order(mark: str) -> tuple[int, bool, int]:
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=mark) if any(row))
        except csv.Error:
            return 0, False, 0
        width, times = max(widths.items(), key=lambda item: (item[0] > 1, item[1]), default=(0, 0))
        return (times, mark != ",", width) if width > 1 else (0, False, 0)

    return max(SEPARATORS, key=order)


def _check_lines(content: bytes, name: str) -> None:
    if content.count(b"\n") + content.count(b"\r") > 2 * LINES:
        raise too_large(name, say.MORE_LINES(), f"{LINES:,}")
    longest = max((line.end() - line.start() for line in LINE.finditer(content)), default=0)
    if longest > LINE_BYTES:
        raise too_large(
            name, say.LONG_LINE(what=longest >> 20), say.MB_A_LINE(what=LINE_BYTES >> 20)
        )


def _check_cells(rows: Iterator[list[str]], name: str) -> None:
    filled = cells = 0
    for row in rows:
        filled += any(row)
        cells += len(row)
        if len(row) > COLUMNS:
            raise too_large(name, say.WIDE_ROW(n_row=len(row)), f"{COLUMNS:,}")
        if filled > ROWS:
            raise too_large(name, say.MORE_ROWS(ROWS=ROWS), say.SO_MANY())
        if cells > CELLS:
            raise too_large(name, say.MORE_THAN_CELLS(CELLS=CELLS), say.SO_MANY())


def _lines(content: bytes, encoding: str) -> Iterator[str]:
    """The text's lines with their ends, decoded as they are asked for."""
    return io.TextIOWrapper(io.BytesIO(content), encoding, errors="replace", newline="")


def _encoding(content: bytes, name: str) -> tuple[str, list[Finding]]:
    if content[:2] in UTF16_MARKS:
        if not _is(content, "utf-16"):
            raise DataError(say.CUT_OFF(name=name))
        return "utf-16", [Finding(say.UTF16(), file=name)]
    if b"\0" in content[:PIECE] and (unmarked := _unmarked(content[:PIECE])):
        if not _is(content, unmarked):
            raise DataError(say.CUT_OFF(name=name))
        return unmarked, [Finding(say.UTF16_UNMARKED(), file=name)]
    if b"\0" in content:
        raise DataError(say.NO_TEXT(name=name))
    if _is(content, "utf-8"):
        return "utf-8-sig", []
    note = Finding(say.WINDOWS(), file=name)
    return "cp1252", [note]


def _unmarked(content: bytes) -> str:
    """UTF-16 without a mark: every second byte of plain letters is 0."""
    for encoding, zeros in (("utf-16-le", content[1::2]), ("utf-16-be", content[::2])):
        others = content.count(0) - zeros.count(0)
        if zeros.count(0) > len(zeros) * MOSTLY and others < len(zeros) * (1 - MOSTLY):
            return encoding
    return ""


def _is(content: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(content), PIECE):
            decoder.decode(content[start : start + PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
