"""A bound of an XLSX sheet's size, from a first quick look at its XML (floor 1).

Most sheets are written plainly and far from any limit. Two million cells are bounded in a
third of a second; counting them exactly (`xlsx.survey`) takes three.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ROW = re.compile(rb'<row r="(\d{1,9})"')
CELL = b'<c r="'
ANY_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
ANY_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
# A formula, an error, what may be hidden, a name space: to be looked at one by one.
NOT_PLAIN = (
    b"<f",
    b'"e"',
    b"'e'",
    b"hidden",
    b' ht="0',
    b' width="0',
    b"zeroHeight",
    b":c",
    b":row",
)
LETTERS, DIGITS = 3, 7  # of a cell's place
BEYOND = 1 << 30


@dataclass
class Bounds:
    """What a sheet has at most: empty cells that are only formatted are counted too."""

    rows: int = 0
    cells: int = 0
    last_row: int = 0
    last_column: int = 0
    shared: int = 0


def bounds_of(pieces: Iterable[bytes]) -> Bounds | None:
    """Bounds of a sheet, or None where it is not written plainly.

    Parameters
    ----------
    pieces : iterable of bytes
        Of its XML, each ending before a row begins.
    """
    found = Bounds()
    for piece in pieces:
        places, numbers = _places(piece), ROW.findall(piece)
        if any(sign in piece for sign in NOT_PLAIN):
            return None
        if len(places) != _count(piece, b"<c", ANY_CELL):
            return None
        if len(numbers) != _count(piece, b"<row", ANY_ROW):
            return None
        found.rows += len(numbers)
        found.cells += len(places)
        row, column = _farthest(piece, places)
        found.last_row = max([found.last_row, row, *map(int, numbers)])
        found.last_column = max(found.last_column, column)
        found.shared += piece.count(b'"s"') + piece.count(b"'s'")
    return found if found.rows else None


def _count(piece: bytes, sign: bytes, pattern: re.Pattern[bytes]) -> int:
    """How many elements begin; the sign alone may begin others too, as `<cols>`."""
    if b"<col" in piece or b"</sheetData" in piece:
        return sum(1 for _ in pattern.finditer(piece))
    return piece.count(sign)


def _places(piece: bytes) -> NDArray[np.intp]:
    """Where each cell with a place begins."""
    raw = np.frombuffer(piece, dtype=np.uint8)
    if len(raw) < len(CELL):
        return np.empty(0, dtype=np.intp)
    length = len(raw) - len(CELL) + 1
    hits = np.flatnonzero(raw[:length] == CELL[0])
    for offset, byte in enumerate(CELL[1:], 1):
        hits = hits[raw[hits + offset] == byte]
    return hits


def _farthest(piece: bytes, places: NDArray[np.intp]) -> tuple[int, int]:
    """The last row and column that any cell names; beyond every limit where one cannot be read."""
    raw = np.frombuffer(piece + b"\0" * (LETTERS + DIGITS + 1 + len(CELL)), dtype=np.uint8)
    at = places + len(CELL)
    column, at = _number(raw, at, (ord("A"), 26, 1), LETTERS)
    row, at = _number(raw, at, (ord("0"), 10, 0), DIGITS)
    if (column == 0).any() or (row == 0).any() or (raw[at] != ord('"')).any():
        return BEYOND, BEYOND
    return int(row.max(initial=0)), int(column.max(initial=0))


def _number(
    raw: NDArray[np.uint8], at: NDArray[np.intp], system: tuple[int, int, int], most: int
) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
    """Numbers that begin at some places, in a system of digits, and where they end."""
    first, base, least = system
    number = np.zeros(len(at), dtype=np.int64)
    for _ in range(most):
        digit = raw[at].astype(np.int64) - first
        goes_on = (digit >= 0) & (digit < base)
        number = np.where(goes_on, number * base + digit + least, number)
        at = at + goes_on
    return number, at
