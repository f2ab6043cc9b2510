"""Where a sheet's table stands: its headings, its rows, and which columns say what (floor 1).

Found by what is in the cells; headings only help where cells leave a choice.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Any

from smartlib.data.reading.grids import Cell, Grid
from smartlib.data.reading.sheet import column_letters
from smartlib.data.tables.names.codes import code_text
from smartlib.data.tables.names.gazetteer import LETTER, Gazetteer
from smartlib.data.tables.rows.cells import (
    SEPARATOR,
    YEAR,
    bare,
    folded,
    is_numbering,
    is_year,
    text_of,
)
from smartlib.data.tables.rows.finder import (
    CAPITAL_WORDS,
    FIRST_LOOK,
    MOST_HEADINGS,
    Finder,
    with_pair,
)
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.words import tables as say

LONGEST_TITLE = 30  # rows, headings included
NEARLY = 0.9  # of a column's cells that say the same kind of thing
YEAR_WORD = re.compile(
    r"tahun|years?|thn|th|thang|namatahun|tahundata|tahunanggaran|periode|period", re.IGNORECASE
)
IDENTIFIER = re.compile(
    r"(?:^id|id|kode|code)$|^kode|^id[_ ]|^(no|nomor|nourut|urut)$", re.IGNORECASE
)
TITLE = re.compile(r"\s*(tabel|table)\b", re.IGNORECASE)
ORDER_WORDS = {"number", "", "index", "indeks", "unnamed0", "v0", "v1", "id"}


@dataclass(frozen=True, eq=False)
class Layout:
    """How a sheet is laid out; places count from 0.

    Attributes
    ----------
    grid : Grid
    headings : list of str
        Of each column, rows joined.
    heading_rows : list of int
        Row numbers, from 1.
    title : str
        What stands above the headings.
    body : list of (int, list)
        Row number and cells below the headings, empty rows left out.
    name, code, kind, province, year : int or None
        Columns that say them.
    order : tuple of int
        Columns that only count the rows, or number islands and provinces.
    """

    grid: Grid
    headings: list[str]
    heading_rows: list[int]
    title: str
    body: list[tuple[int, list[Cell]]]
    name: int | None = None
    code: int | None = None
    kind: int | None = None
    province: int | None = None
    year: int | None = None
    order: tuple[int, ...] = ()

    @property
    def describing(self) -> set[int]:
        """Columns that say which row it is."""
        places = (self.name, self.code, self.kind, self.province, self.year, *self.order)
        return {place for place in places if place is not None}

    @cached_property
    def columns(self) -> list[tuple[Cell, ...]]:
        """Cells below the headings, a column each."""
        return list(zip(*(row for _, row in self.body), strict=True))

    def cells(self, place: int) -> Sequence[Cell]:
        """A column's cells below the headings."""
        return self.columns[place] if self.body else ()


def find_layout(grid: Grid, gazetteer: Gazetteer, like: Layout | None = None) -> Layout | None:
    """The layout of a sheet, or None where no column names regions.

    Parameters
    ----------
    grid : Grid
        A sheet.
    gazetteer : Gazetteer
        Names and codes of regions.
    like : Layout, optional
        Of another sheet of the same workbook: where the headings are the same, its columns are
        taken, also of a sheet with a region or two.
    """
    width = max(map(len, grid.rows), default=0)
    rows = [(n, r + [""] * (width - len(r))) for n, r in enumerate(grid.rows, 1) if any(r)]
    finder = Finder(gazetteer, rows, width)
    if like is not None and (same := _same_layout(grid, rows, like)):
        return _with_others(same, gazetteer)
    name, code = finder.name_column(), finder.code_column()
    pair = None
    if name is None and code is None:
        pair = finder.pair_of_codes()
        if pair is None:
            return None
        rows, width, code = with_pair(rows, pair), width + 1, width
        finder = Finder(gazetteer, rows, width)
    first = finder.first_row(name, code)
    while first > 1 and (finder.is_data(first - 1, name) or finder.is_group(first - 1)):
        first -= 1
    above, rest = rows[:first], rows[first:]
    title, heading_rows = _split_headings(above, name if name is not None else code or 0)
    headings = _joined([row for _, row in heading_rows], width, name)
    if pair is not None:
        headings[-1] = " and ".join(headings[place] for place in pair)
    repeated = [folded(row) for _, row in heading_rows]
    key = name if name is not None else code or 0
    keys = {texts[key] for texts in repeated if texts[key]}
    body = [
        (n, row)
        for n, row in rest
        if not is_numbering(row)
        and not (folded(row[key : key + 1])[0] in keys and _repeats(row, repeated))
    ]
    numbers = [n for n, _ in heading_rows]
    layout = Layout(grid, headings, numbers, title, body, name, code, order=pair or ())
    return _with_others(layout, gazetteer)


def _same_layout(grid: Grid, rows: list[tuple[int, list[Cell]]], like: Layout) -> Layout | None:
    """The layout of another sheet, where this one has the same headings, under whatever title."""
    depth = len(like.heading_rows)
    for last in range(depth, min(len(rows), LONGEST_TITLE) + 1 if depth else 0):
        heading_rows = rows[last - depth : last]
        headings = _joined([row for _, row in heading_rows], len(rows[0][1]), like.name)
        if headings == like.headings:
            numbers = [number for number, _ in heading_rows]
            return replace(like, grid=grid, heading_rows=numbers, body=rows[last:])
    return None


def _repeats(row: Sequence[Cell], headings: Sequence[Sequence[str]]) -> bool:
    """Whether a row says headings again, as tables over several pages do."""
    texts = folded(row)
    filled = [place for place, text in enumerate(texts) if text]
    return any(
        sum(texts[place] == heading[place] for place in filled) > len(filled) / 2
        for heading in headings
    )


def _split_headings(
    above: list[tuple[int, list[Cell]]], key: int
) -> tuple[str, list[tuple[int, list[Cell]]]]:
    """The title, and the rows of headings, from what stands above the first region."""
    rows = [(n, row) for n, row in above if not is_numbering(row)]
    found: list[tuple[int, list[Cell]]] = []
    while rows and len(found) < MOST_HEADINGS:
        number, row = rows[-1]
        filled = [place for place, cell in enumerate(row) if cell != ""]
        is_title = len(filled) == 1 and (filled[0] <= key or _is_long(row[filled[0]]))
        is_title |= bool(filled) and bool(TITLE.match(text_of(row[filled[0]])))
        if found and (is_title or found[0][0] - number > 1):
            break
        if not found and is_title and len(row) > 1 and len(rows) > 1:
            break
        found.insert(0, rows.pop())
    title = " ".join(text_of(c) for _, row in rows for c in row if c != "")
    return title, found


def _is_long(cell: Cell) -> bool:
    return len(text_of(cell)) > 60 and not YEAR.fullmatch(text_of(cell))


def _joined(rows: list[list[Cell]], width: int, key: int | None) -> list[str]:
    """One heading a column; a merged cell's text holds for the columns to its right."""
    filled: list[list[str]] = []
    for depth, row in enumerate(rows):
        texts = [" ".join(text_of(cell).replace("\ufeff", "").split()) for cell in row]
        if depth < len(rows) - 1:
            above = filled[-1] if filled else [""] * width
            start = -1  # of the merged cell
            for place, text in enumerate(texts):
                if text:
                    start = -1 if place == key else place
                elif start >= 0 and rows[depth + 1][place] != "" and above[place] == above[start]:
                    texts[place] = texts[start]
        filled.append(texts)
    parts = [[texts[place] for texts in filled if texts[place]] for place in range(width)]
    return [SEPARATOR.join(dict.fromkeys(part)) for part in parts]


def _with_others(layout: Layout, gazetteer: Gazetteer) -> Layout:
    """The layout with its columns of kind, province, year and numbering."""
    regions = {layout.name, layout.code}
    found: dict[str, Any] = {}  # places
    order = list(layout.order)
    about_regions = [row for _, row in layout.body if _has_region(row, layout, gazetteer)]
    columns = list(zip(*about_regions, strict=True))
    for place in range(len(layout.headings) if columns else 0):
        if place in regions or place in order:
            continue
        heading = bare(layout.headings[place])
        is_known = YEAR_WORD.fullmatch(heading) or heading in ORDER_WORDS
        if not is_known and not _is_text(layout, place, heading):
            continue
        cells = [cell for cell in columns[place] if cell != ""]
        if not cells:
            continue
        if "kind" not in found and _all(cells, lambda t: gazetteer.named(t).other == "kind"):
            found["kind"] = place
        elif "province" not in found and _all(cells, lambda t: bool(gazetteer.named(t).province)):
            found["province"] = place
        elif "year" not in found and YEAR_WORD.fullmatch(heading) and _all(cells, is_year):
            found["year"] = place
        elif _counts(cells) if heading in ORDER_WORDS else _identifies(heading, cells):
            order.append(place)
    layout = replace(layout, order=tuple(order), **found)
    _check_one_name(layout, about_regions, gazetteer)
    return layout


def _check_one_name(layout: Layout, rows: Sequence[Sequence[Cell]], gazetteer: Gazetteer) -> None:
    """Nothing, unless a second column names other regions: two tables side by side."""
    if layout.name is None:
        return
    for place in range(len(layout.headings)):
        if place in layout.describing or CAPITAL_WORDS.search(layout.headings[place]):
            continue
        beside = [
            (gazetteer.named(text_of(row[layout.name])).codes, gazetteer.named(cell).codes)
            for row in rows
            if isinstance(cell := row[place], str) and cell
        ]
        named = [(one, other) for one, other in beside if other]
        apart = sum(not set(one) & set(other) for one, other in named)
        if len(named) > NEARLY * len(beside) and (apart or _is_doubled(named)):
            first, second = layout.headings[layout.name], layout.headings[place]
            raise DataError(say.TWO_NAMES(file=layout.grid.file, first=first, second=second))


def _is_doubled(named: Sequence[tuple[tuple[str, ...], tuple[str, ...]]]) -> bool:
    """Whether both columns leave open which of two regions they mean."""
    return all(len(one) > 1 and len(other) > 1 for one, other in named)


def _has_region(row: Sequence[Cell], layout: Layout, gazetteer: Gazetteer) -> bool:
    """Whether a row is about a region, as far as can be told before it is matched."""
    if layout.name is not None and gazetteer.named(text_of(row[layout.name])).codes:
        return True
    found = code_text(row[layout.code]) if layout.code is not None else None
    return found is not None and any(found.digits in of for of in gazetteer.by_code.values())


def _is_text(layout: Layout, place: int, heading: str) -> bool:
    """Whether a column may describe the rows: it has text, or a heading of an identifier."""
    few = layout.body[:: max(1, len(layout.body) // FIRST_LOOK)]
    texts = any(isinstance(cell := row[place], str) and LETTER.search(cell) for _, row in few)
    return texts or bool(IDENTIFIER.search(heading))


def _all(cells: Sequence[Cell], is_so: Callable[[str], bool], share: float = NEARLY) -> bool:
    """Whether a share of the cells is so; a first look at a few of them mostly settles it."""
    few = cells[:: max(1, len(cells) // FIRST_LOOK)]
    if not any(is_so(text_of(cell)) for cell in few):
        return False
    distinct = Counter(map(text_of, cells))
    return sum(n for text, n in distinct.items() if is_so(text)) >= share * len(cells)


def _counts(cells: Sequence[Cell]) -> bool:
    """Whether a column only counts the rows, perhaps anew in each group."""
    texts = [text_of(cell).rstrip(".") for cell in cells]
    if not all(text.isdigit() for text in texts):
        return False
    numbers = list(map(int, texts))
    start = numbers[0]
    return start in (0, 1) and all(b in (a + 1, start) for a, b in pairwise(numbers))


def _identifies(heading: str, cells: list[Cell]) -> bool:
    """Whether a column holds codes of something else, which are no quantities."""
    return bool(IDENTIFIER.search(heading)) and all(text_of(cell).isdigit() for cell in cells)


def heading_or_letters(layout: Layout, place: int) -> str:
    """A column's heading, or its letters in a spreadsheet."""
    return layout.headings[place] or f"column {column_letters(place)}"
