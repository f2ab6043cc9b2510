"""Where a sheet's table stands: its headings, its rows, and which columns say what (floor 1).

Found by what is in the cells; headings only help where cells leave a choice.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise, permutations
from typing import Any

from smartlib.data.reading.grids import Cell, Grid
from smartlib.data.reading.sheet import column_letters
from smartlib.data.tables.codes import CodeText, code_text
from smartlib.data.tables.gazetteer import LETTER, SYSTEMS, Gazetteer, Named
from smartlib.data.tables.numerals import numeral

LOOKED_AT = 2_000  # rows in which columns are told apart, spread over the table
FIRST_LOOK = 40  # of these
MOST_HEADINGS = 5  # rows
LONGEST_TITLE = 30  # rows, headings included
SEPARATOR = " / "
SHARE = 0.5  # of a column's cells that are names of regions, provinces or totals
FEWEST = 0.1  # of a column's cells that are names of regions
CODE_SHARE = 0.9  # of a column's cells that are codes
NEARLY = 0.9  # of a column's cells that say the same kind of thing
FEW = 3  # codes, below which a heading must say that they are
YEAR = re.compile(r"(?:19|20)\d{2}")
YEAR_WORDS = {"tahun", "year", "thn", "th", "namatahun", "tahundata", "periode", "period", "years"}
CODE_WORDS = re.compile(r"kode|code|\bid\b|id$|bps|kemendagri|\bno\.?\s*reg", re.IGNORECASE)
NAME_WORDS = re.compile(
    r"kab|kota|wilayah|daerah|region|district|regency|nama|name|item_vertical", re.IGNORECASE
)
CAPITAL_WORDS = re.compile(r"ibu\s*kota|capital|ibukota", re.IGNORECASE)
IDENTIFIER = re.compile(r"(?:^id|id|kode|code)$|^kode|^id[_ ]", re.IGNORECASE)
TITLE = re.compile(r"\s*(tabel|table)\b", re.IGNORECASE)
ORDER_WORDS = {"no", "nomor", "nourut", "number", "urut", "", "index", "indeks", "unnamed0", "v0",
               "v1", "id"}  # fmt: skip


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


def text_of(cell: Cell) -> str:
    """A cell as text; a number with the digits that a program shows."""
    return cell if type(cell) is str else f"{cell:.15g}"


def bare(heading: str) -> str:
    """Small letters and digits of a heading."""
    return re.sub(r"[^a-z0-9]", "", heading.lower())


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
    finder = _Finder(gazetteer, rows, width)
    if like is not None and (same := _same_layout(grid, rows, like)):
        return _with_others(same, gazetteer)
    name, code = finder.name_column(), finder.code_column()
    pair = None
    if name is None and code is None:
        pair = finder.pair_of_codes()
        if pair is None:
            return None
        rows, width, code = _with_pair(rows, pair), width + 1, width
        finder = _Finder(gazetteer, rows, width)
    first = finder.first_row(name, code)
    while first > 1 and (finder.is_data(first - 1, name) or finder.is_group(first - 1, name)):
        first -= 1
    above, rest = rows[:first], rows[first:]
    title, heading_rows = _split_headings(above, name if name is not None else code or 0)
    headings = _joined([row for _, row in heading_rows], width, name)
    if pair is not None:
        headings[-1] = " and ".join(headings[place] for place in pair)
    said = [_cells_said(row) for _, row in heading_rows]
    body = [(n, row) for n, row in rest if not _is_numbering(row) and not _repeats(row, said)]
    numbers = [n for n, _ in heading_rows]
    layout = Layout(grid, headings, numbers, title, body, name, code, order=pair or ())
    return _with_others(layout, gazetteer)


def _same_layout(grid: Grid, rows: list[tuple[int, list[Cell]]], like: Layout) -> Layout | None:
    """The layout of another sheet, where this one has the same headings in the same rows."""
    for first, (number, _) in enumerate(rows[:LONGEST_TITLE]):
        if like.heading_rows and number == like.heading_rows[-1]:
            heading_rows = rows[first - len(like.heading_rows) + 1 : first + 1]
            headings = _joined([row for _, row in heading_rows], len(rows[first][1]), like.name)
            if headings == like.headings:
                return replace(like, grid=grid, body=rows[first + 1 :])
    return None


def _with_pair(
    rows: list[tuple[int, list[Cell]]], pair: tuple[int, int]
) -> list[tuple[int, list[Cell]]]:
    """Rows with a code of four digits at their end, put together from two columns."""
    one, other = pair
    return [(n, [*row, _two_digits(row[one]) + _two_digits(row[other])]) for n, row in rows]


def _two_digits(cell: Cell) -> str:
    text = text_of(cell).removesuffix(".0")
    return text.zfill(2) if text.isdigit() and len(text) <= len("51") else ""


@dataclass
class _Finder:
    """Looks for the columns of regions in a sample of rows."""

    gazetteer: Gazetteer
    rows: list[tuple[int, list[Cell]]]
    width: int

    def __post_init__(self) -> None:
        step = max(1, len(self.rows) // LOOKED_AT)
        self.sample = [row for _, row in self.rows[::step]]

    def column(self, place: int, most: int | None = None) -> list[Cell]:
        step = 1 if most is None else max(1, len(self.sample) // most)
        return [row[place] for row in self.sample[::step] if row[place] != ""]

    def promising(self, is_so: Callable[[Cell], bool]) -> list[int]:
        """Columns in which a few cells already are what is looked for."""
        return [
            place for place in range(self.width) if any(map(is_so, self.column(place, FIRST_LOOK)))
        ]

    def head(self, place: int) -> str:
        """Text above the first number or name: enough to weigh columns that are alike."""
        return " ".join(text_of(row[place]) for row in self.sample[:MOST_HEADINGS])

    def name_column(self) -> int | None:
        best: tuple[float, int] | None = None
        for place in self.promising(self._is_region):
            texts = [c for c in self.column(place) if isinstance(c, str)]
            regions = [c for c in texts if self.gazetteer.named(c).codes]
            apart = {self.gazetteer.named(c).codes for c in regions}
            known = sum(self._is_about(c) for c in texts)
            if known < SHARE * len(texts) or len(regions) < FEWEST * len(texts):
                continue
            provinces = sum(bool(self.gazetteer.named(c).province) for c in texts)
            if provinces > len(texts) / 2 and len(apart) <= len(regions) / 2:
                continue
            penalty = 0.5 if CAPITAL_WORDS.search(self.head(place)) else 1.0
            score = penalty * len(apart)
            if best is None or score > best[0]:
                best = score, place
        return best[1] if best else None

    def code_column(self) -> int | None:
        best: tuple[float, int] | None = None
        for place in self.promising(self._holds_code):
            codes = [code_text(c) for c in self.column(place)]
            looked = [code for code in codes if code is not None]
            if not looked:
                continue
            valid = [c for c in looked if self._is_code(c)]
            apart = {c.digits for c in valid if len(c.digits) == len("5103")}
            said = bool(CODE_WORDS.search(self.head(place)))
            enough = len(valid) >= CODE_SHARE * len(looked) and len(looked) >= len(codes) * 0.6
            if not apart or not enough or (len(apart) < FEW and not said):
                continue
            score = len(apart) * (2 if said else 1)
            if best is None or score > best[0]:
                best = score, place
        return best[1] if best else None

    def pair_of_codes(self) -> tuple[int, int] | None:
        """A column of provinces' codes and one of the regions' own two digits, if there are."""
        digits = {p: [_two_digits(c) for c in self.column(p)] for p in range(min(self.width, 12))}
        likely = [p for p, texts in digits.items() if sum(map(bool, texts)) > len(texts) * SHARE]
        for one, other in permutations(likely, 2):
            codes = [_two_digits(r[one]) + _two_digits(r[other]) for r in self.sample]
            valid = [any(c in of for of in self.gazetteer.by_code.values()) for c in codes]
            if sum(valid) >= CODE_SHARE * (len(codes) - MOST_HEADINGS) and sum(valid) >= FEW:
                return one, other
        return None

    def _is_region(self, cell: Cell) -> bool:
        return isinstance(cell, str) and bool(self.gazetteer.named(cell).codes)

    def _holds_code(self, cell: Cell) -> bool:
        found = code_text(cell)
        return found is not None and self._is_code(found)

    def _is_code(self, code: CodeText) -> bool:
        known = any(code.digits in self.gazetteer.by_code[system] for system in SYSTEMS)
        return known or code.is_aggregate(self.gazetteer.province_codes)

    def first_row(self, name: int | None, code: int | None) -> int:
        """Place of the first row that is about a region, a province or all of them."""
        for place, (_, row) in enumerate(self.rows):
            if code is not None:
                found = code_text(row[code])
                if found and self._is_code(found) and not _is_numbering(row):
                    return place
            cell = row[name] if name is not None else ""
            if name is not None and isinstance(cell, str) and cell:
                named = self.gazetteer.named(cell)
                is_total = named.other == "total" and any(map(_is_quantity, row))
                about = named.codes or named.province or is_total
                if about and (code is None or place > 0) and self._has_company(place, name):
                    return place
        return 0

    def is_data(self, place: int, name: int | None) -> bool:
        """Whether a row above the first that is known belongs to the table, not to its headings."""
        row = self.rows[place][1]
        filled = [cell for cell in row if cell != ""]
        if len(filled) < len(row) / 2 or _is_numbering(row):
            return False
        cell = row[name] if name is not None else ""
        named = self.gazetteer.named(cell) if isinstance(cell, str) else Named()
        if named.kind and named.letters and not named.other:
            return True
        return any(_is_quantity(cell) for at, cell in enumerate(row) if at != name)

    def is_group(self, place: int, name: int | None) -> bool:
        """Whether a row above the first region is a group's heading or an empty total."""
        row = self.rows[place][1]
        cell = row[name] if name is not None else ""
        if sum(cell != "" for cell in row) > 1 or not isinstance(cell, str):
            return False
        named = self.gazetteer.named(cell)
        return named.other in ("kind", "total") or bool(named.province)

    def _has_company(self, place: int, name: int) -> bool:
        """Whether rows go on in this way: a title may name a region too."""
        after = [row[name] for _, row in self.rows[place + 1 : place + 1 + MOST_HEADINGS]]
        known = [c for c in after if isinstance(c, str) and self._is_about(c)]
        return len(known) * 2 >= len([c for c in after if c != ""])

    def _is_about(self, text: str) -> bool:
        named = self.gazetteer.named(text)
        return bool(named.codes or named.province or named.other or named.kind)


def _is_quantity(cell: Cell) -> bool:
    text = text_of(cell)
    return not YEAR.fullmatch(text) and (type(cell) is float or numeral(text) is not None)


def _cells_said(row: Sequence[Cell]) -> list[str]:
    return [" ".join(text_of(cell).lower().split()) for cell in row]


def _repeats(row: Sequence[Cell], headings: Sequence[Sequence[str]]) -> bool:
    """Whether a row says headings again, as tables over several pages do."""
    said = _cells_said(row)
    filled = [place for place, text in enumerate(said) if text]
    return any(
        sum(said[place] == heading[place] for place in filled) > len(filled) / 2
        for heading in headings
    )


def _is_numbering(row: Sequence[Cell]) -> bool:
    """Whether a row counts the columns, as `(1) (2) (3)` in printed tables."""
    filled = [text_of(cell).strip("()[] ") for cell in row if cell != ""]
    return len(filled) > 1 and filled == [str(n) for n in range(1, len(filled) + 1)]


def _split_headings(
    above: list[tuple[int, list[Cell]]], key: int
) -> tuple[str, list[tuple[int, list[Cell]]]]:
    """The title, and the rows of headings, from what stands above the first region."""
    rows = [(n, row) for n, row in above if not _is_numbering(row)]
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
        if heading not in (*YEAR_WORDS, *ORDER_WORDS) and not _is_text(layout, place, heading):
            continue
        cells = [cell for cell in columns[place] if cell != ""]
        if not cells:
            continue
        if "kind" not in found and _all(cells, lambda t: gazetteer.named(t).other == "kind"):
            found["kind"] = place
        elif "province" not in found and _all(cells, lambda t: bool(gazetteer.named(t).province)):
            found["province"] = place
        elif "year" not in found and heading in YEAR_WORDS and _all(cells, _is_year):
            found["year"] = place
        elif _counts(cells) if heading in ORDER_WORDS else _identifies(heading, cells):
            order.append(place)
    return replace(layout, order=tuple(order), **found)


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


def _is_year(text: str) -> bool:
    return bool(YEAR.fullmatch(text))


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
