"""Places of letters to lines and rows of cells (floor 1).

A column is bounded by a strip that no letter of a table crosses and that is wider than a space
between words; a row by a rule, or by the distance that leaves every row one number. What comes
out is checked as text is: a row that was cut wrongly is refused there, never guessed at.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from smartlib.data.documents.formats.lines import Line, plain

SPACE = 0.16  # of the letters' size: a gap between words
STRIP = 0.62  # of the size: between columns, and never between words
FAR = 6  # sizes: between a table and what stands below it
LEADING = 1.5  # sizes: between lines of one cell
ABOVE = 4  # lines of a cell that may stand above the row's others
PAGE = re.compile(
    r"(hal(aman)?\.?\s*|[-–]\s*)?\d{1,3}(\s*[-–]|\s*(/|dari)\s*\d{1,3})?", re.IGNORECASE
)
KEY = re.compile(r"(\d{1,3})(\.?$|\.\s|\.[A-Z])")  # a row begins with its number
STARTS = re.compile(r"(\d{1,2}|[a-zA-Z])[.)]\s|[-•–]\s")  # what begins a paragraph


@dataclass(frozen=True)
class Glyph:
    """A letter: its ends, the height that its line stands on, its size; points from below."""

    letter: str
    left: float
    right: float
    base: float
    size: float


Down = tuple[float, float, float]  # a rule down the page: its place, its lower and upper end


@dataclass(frozen=True)
class Sheet:
    """A page: number, size, letters, heights of rules across, rules down."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    across: tuple[float, ...] = ()
    down: tuple[Down, ...] = ()


@dataclass(frozen=True)
class Piece:
    """Letters of one line without a gap that a column could lie in."""

    text: str
    left: float
    right: float
    base: float
    size: float


Strips = tuple[tuple[float, float], ...]  # ends of the strips between columns
Columns = tuple[float, ...]  # a place within each strip


def laid_out(sheets: Sequence[Sheet]) -> Iterator[Line]:
    """Lines and rows of all pages, in reading order.

    Parameters
    ----------
    sheets : sequence of Sheet
    """
    pages = [(sheet, _rows_of_pieces(sheet)) for sheet in sheets]
    running = _running([rows for _, rows in pages])
    pieces = [piece for _, rows in pages for row in rows for piece in row]
    margins = min((p.left for p in pieces), default=0), max((p.right for p in pieces), default=0)
    columns: Columns = ()
    for sheet, rows in pages:
        kept = _without_page_number([row for row in rows if _shape(row) not in running])
        laid = _page(sheet, kept, columns, margins)
        for number, (cells, style) in enumerate(laid, start=1):
            yield Line(number, tuple(map(plain, cells)), style, sheet.number)
        columns = _last_columns(sheet, kept, columns)


def _rows_of_pieces(sheet: Sheet) -> list[list[Piece]]:
    """Lines of the page from above, each as pieces from the left."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(sheet.glyphs, key=lambda g: -g.base):
        if lines and abs(lines[-1][0].base - glyph.base) < 0.3 * glyph.size:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return [_pieces(line, sheet.down) for line in lines]


def _pieces(line: list[Glyph], down: Sequence[Down]) -> list[Piece]:
    line = sorted(line, key=lambda g: g.left)
    size, base = max(glyph.size for glyph in line), line[0].base
    rules = [place for place, low, high in down if low < base < high]
    runs: list[list[Glyph]] = [[line[0]]]
    for before, glyph in pairwise(line):
        ruled = any(before.right - 1 < rule < glyph.left + 1 for rule in rules)
        if ruled or glyph.left - before.right > STRIP * size:
            runs.append([])
        runs[-1].append(glyph)
    return [
        Piece(_worded(run), run[0].left, max(g.right for g in run), run[0].base, size)
        for run in runs
    ]


def _worded(run: list[Glyph]) -> str:
    text = run[0].letter
    for before, glyph in pairwise(run):
        gap = glyph.left - before.right > SPACE * glyph.size
        text += f" {glyph.letter}" if gap else glyph.letter
    return text


def _shape(row: list[Piece]) -> tuple[str, int]:
    """What a line that runs through all pages is known by: words without digits, height."""
    text = re.sub(r"\d+", "#", " ".join(piece.text for piece in row))
    return text, round(row[0].base / 4)


def _running(pages: Sequence[Sequence[list[Piece]]]) -> set[tuple[str, int]]:
    """Heads and feet: lines outside tables that stand at one height of most pages."""
    counted = Counter(
        shape
        for rows in pages
        for shape in {_shape(row) for row in [*rows[:2], *rows[-5:]] if len(row) == 1}
    )
    return {shape for shape, count in counted.items() if count >= max(3, len(pages) // 2)}


def _without_page_number(rows: list[list[Piece]]) -> list[list[Piece]]:
    """Lines of a page but for its number, alone at the head or foot."""
    ends = [n for n in (0, len(rows) - 1) if rows and len(rows[n]) == 1]
    numbers = {n for n in ends if PAGE.fullmatch(rows[n][0].text)}
    return [row for n, row in enumerate(rows) if n not in numbers]


def _page(
    sheet: Sheet, rows: Sequence[list[Piece]], carried: Columns, margins: tuple[float, float]
) -> Iterator[tuple[list[str], str]]:
    """Cells and style of each line; tables as bands of lines that share strips."""
    at = 0
    while at < len(rows):
        end = _band_end(rows, at)
        if end > at:
            yield from _table(sheet, rows[at:end], carried)
            at = end
        else:
            last = next((n for n in range(at, len(rows)) if _band_end(rows, n) > n), len(rows))
            yield from _paragraphs(rows[at:last], margins)
            at = last


def _band_end(rows: Sequence[list[Piece]], at: int) -> int:
    """Where a table ends that begins at a line; the line itself if none begins there."""
    first = next((n for n in range(at, min(at + ABOVE, len(rows))) if len(rows[n]) > 2), None)
    if first is None:
        return at
    strips, end = _shared(rows, first)
    if not all(_belongs(rows[n], rows[first], strips) for n in range(at, first)):
        return at
    last = first + 1
    for n in range(first + 1, end):
        beside = len(rows[n]) > 1 or rows[n][0].left > strips[0][0]
        if beside or _near(rows[n - 1], rows[n]):
            last = n + 1
    return last


def _shared(rows: Sequence[list[Piece]], first: int) -> tuple[Strips, int]:
    """Strips that a table's first whole line shares with those below it, and where these end."""
    pieces = list(rows[first])
    strips = _strips([pieces])
    for n in range(first + 1, len(rows)):
        row = rows[n]
        apart = rows[n - 1][0].base - row[0].base > FAR * row[0].size
        joined = _strips([[*pieces, *row]])
        lost = len(joined) < (2 if len(row) > 1 else len(strips))
        if apart or lost:
            return strips, n
        pieces += row
        strips = joined
    return strips, len(rows)


def _belongs(row: list[Piece], below: list[Piece], strips: Strips) -> bool:
    """Whether a line above a table's first whole line is a piece of its cells."""
    near = row[0].base - below[0].base < 4 * row[0].size
    inside = not any(p.left < low and p.right > high for p in row for low, high in strips)
    return near and inside and row[0].left > strips[0][0]


def _near(above: list[Piece], row: list[Piece]) -> bool:
    """Whether a line is as near as the next line of the same cell."""
    return above[0].base - row[0].base < LEADING * row[0].size


def _strips(rows: Sequence[Sequence[Piece]]) -> Strips:
    """Strips that no piece of some lines reaches into."""
    pieces = sorted((p for row in rows for p in row), key=lambda p: p.left)
    found, right = [], math.inf
    for piece in pieces:
        if piece.left - right > STRIP * piece.size:
            found.append((right, piece.left))
        right = piece.right if right == math.inf else max(right, piece.right)
    return tuple(found)


def _last_columns(sheet: Sheet, rows: Sequence[list[Piece]], carried: Columns) -> Columns:
    """Columns of the page's last table, for one that goes on overleaf."""
    at, columns = 0, carried
    while at < len(rows):
        end = _band_end(rows, at)
        if end > at:
            columns = _columns(sheet, rows[at:end], columns)
        at = max(end, at + 1)
    return columns


def _columns(sheet: Sheet, band: Sequence[list[Piece]], carried: Columns) -> Columns:
    """Rules down the page bound columns, or strips; those of the page before if they fit."""
    pieces = [piece for row in band for piece in row]
    left, right = min(p.left for p in pieces), max(p.right for p in pieces)
    own = tuple((low + high) / 2 for low, high in _strips(band))
    low, high = band[-1][0].base, band[0][0].base
    rules = [x for x, lower, upper in sheet.down if lower < high and upper > low]
    ruled = tuple(x for x in _merged(rules) if left < x < right)
    for columns in (ruled, carried):
        fits = all(not p.left + 0.5 < x < p.right - 0.5 for p in pieces for x in columns)
        if len(columns) >= len(own) and fits:
            return columns
    return own


def _merged(places: Sequence[float]) -> list[float]:
    """Places of rules; two that nearly meet are one."""
    merged: list[float] = []
    for place in sorted(places):
        if not merged or place - merged[-1] > 3:
            merged.append(place)
    return merged


def _table(
    sheet: Sheet, band: Sequence[list[Piece]], carried: Columns
) -> Iterator[tuple[list[str], str]]:
    columns = _columns(sheet, band, carried)
    for rows in _grouped(sheet, band, columns):
        yield _cells(rows, columns), "cells"


def _cells(rows: Sequence[Sequence[Piece]], columns: Columns) -> list[str]:
    cells: list[list[str]] = [[] for _ in range(len(columns) + 1)]
    for row in rows:
        for piece in row:
            middle = (piece.left + piece.right) / 2
            cells[sum(middle > place for place in columns)].append(piece.text)
    return [_joined(parts) for parts in cells]


def _joined(parts: Sequence[str]) -> str:
    """Lines of a cell or paragraph; a word broken at a hyphen or stroke goes on without a space."""
    text = ""
    for part in parts:
        broken = re.search(r"\w[-/]$", text) and part[:1].isalnum()
        text = part if not text else f"{text}{'' if broken else ' '}{part}"
    return text


def _grouped(
    sheet: Sheet, band: Sequence[list[Piece]], columns: Columns
) -> list[list[list[Piece]]]:
    """Lines of a table as rows: cut at rules, or where the cut leaves every row one number."""
    bases = [row[0].base for row in band]
    gaps = [round(2 * (a - b)) for a, b in pairwise(bases)]
    ruled = _cut(
        band,
        [any(low + 0.1 < rule < high for rule in sheet.across) for high, low in pairwise(bases)],
    )
    key = _key_column(band, columns)
    if len(ruled) > 1 and max(_numbers(rows, key) for rows in ruled) <= 1:
        return ruled
    if not any(_numbers([row], key) for row in band):
        return _cut(band, [gap > 2 * LEADING * band[0][0].size for gap in gaps])
    choices = [_cut(band, [gap > least for gap in gaps]) for least in [0, *sorted(set(gaps))[:-1]]]
    return max(choices, key=lambda groups: _worth(groups, key))


def _cut(band: Sequence[list[Piece]], where: Sequence[bool]) -> list[list[list[Piece]]]:
    groups: list[list[list[Piece]]] = [[band[0]]]
    for row, starts in zip(band[1:], where, strict=True):
        if starts:
            groups.append([])
        groups[-1].append(row)
    return groups


def _key_column(band: Sequence[list[Piece]], columns: Columns) -> tuple[float, float]:
    """Ends of the column whose cells begin with numbers that go up by one."""
    ends = [-math.inf, *columns, math.inf]
    best, most = (math.inf, math.inf), 0.0
    for left, right in pairwise(ends):
        found = [
            int(KEY.match(piece.text)[1])  # type: ignore[index]
            for row in band
            for piece in row
            if left < piece.left < right and KEY.match(piece.text)
        ]
        steps = sum(b - a == 1 for a, b in pairwise(found)) + bool(found) * 0.5
        if steps > most:
            best, most = (left, right), steps
    return best


def _numbers(rows: Sequence[Sequence[Piece]], key: tuple[float, float]) -> int:
    """How many numbers begin a row in some lines; one, if they are one row."""
    left, right = key
    pieces = (piece for row in rows for piece in row)
    return sum(bool(left < p.left < right and KEY.match(p.text)) for p in pieces)


def _worth(
    groups: Sequence[Sequence[Sequence[Piece]]], key: tuple[float, float]
) -> tuple[int, int]:
    """How many rows have one number that begins them; of equal cuts the one with fewer rows."""
    counted = Counter(min(_numbers(rows, key), 2) for rows in groups)
    return counted[1] - counted[2], -len(groups)


def _paragraphs(
    rows: Sequence[list[Piece]], margins: tuple[float, float]
) -> Iterator[tuple[list[str], str]]:
    """Lines of text; one that reaches the right margin goes on in the next."""
    if not rows:
        return
    parts: list[str] = []
    before: list[Piece] | None = None
    for row in rows:
        text = " ".join(piece.text for piece in row)
        if before is not None and not _goes_on(before, row, text, margins):
            yield [_joined(parts)], "text"
            parts = []
        parts.append(text)
        before = row
    yield [_joined(parts)], "text"


def _goes_on(
    before: list[Piece], row: list[Piece], text: str, margins: tuple[float, float]
) -> bool:
    """Whether a line belongs to the one above: its first word would not have fitted there."""
    first = row[0]
    word = (first.right - first.left) * len(text.split(maxsplit=1)[0]) / max(len(first.text), 1)
    full = before[-1].right + first.size + word > margins[1]
    near = before[0].base - first.base < 2.2 * first.size
    return full and near and not STARTS.match(text) and abs(before[0].size - first.size) < 1
