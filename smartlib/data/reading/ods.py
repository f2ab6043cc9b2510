"""How large an ODS table is, and what of it is hidden, from its XML (floor 1).

An ODS file says of a cell, a row or a run of spaces how often it is repeated, so that a few
bytes can stand for any number of them: the numbers are added up before a reader makes them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from smartlib.data.reading.limits import CELLS, SPACES, TEXT_BYTES, too_large
from smartlib.data.reading.package import DamagedError, Package, parser
from smartlib.data.reading.sheet import Sheet
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.words import files as say

CONTENT = "content.xml"
CELL_KINDS = ("table:table-cell", "table:covered-table-cell")
GROUPS = ("table:table-row-group", "table:table-column-group")
OUT_OF_SIGHT = ("collapse", "filter")
SIZES = ("style:row-height", "style:column-width")


def sheets(package: Package) -> list[Sheet]:
    """The file's tables in their order, looked through.

    Raises
    ------
    DamagedError
        The XML cannot be read.
    DataError
        A table is beyond a limit.
    """
    survey = _Survey(package.name)
    reading = parser()
    reading.StartElementHandler = survey.start
    reading.EndElementHandler = survey.end
    reading.CharacterDataHandler = survey.text
    try:
        for piece in package.pieces(CONTENT):
            reading.Parse(piece, False)
        reading.Parse(b"", True)
    except DataError:  # a limit; it is a ValueError too
        raise
    except (expat.ExpatError, ValueError, IndexError) as error:
        raise DamagedError(str(error)) from error
    if sum(sheet.last_row * sheet.last_column for sheet in survey.sheets) > CELLS:
        raise too_large(package.name, say.CELLS_IN_ALL(), f"{CELLS:,}")
    return survey.sheets


@dataclass
class _Row:
    """One row while it is read; `times` it stands in the table."""

    times: int
    hidden: bool
    columns: int = 0
    last_filled: int = 0
    filled: int = 0
    letters: int = 0
    shown: dict[int, str] = field(default_factory=dict)
    percents: set[int] = field(default_factory=set)


@dataclass
class _Cell:
    """One cell while it is read."""

    times: int
    has_value: bool
    is_read: bool
    letters: int = 0
    words: list[str] = field(default_factory=list)
    is_percent: bool = False


@dataclass
class _Survey:
    """Handlers of one parser."""

    file: str
    sheets: list[Sheet] = field(default_factory=list)
    style: str = ""
    hiding: set[str] = field(default_factory=set)
    depth: int = 0
    hidden_groups: list[bool] = field(default_factory=list)
    next_row: int = 1
    next_column: int = 1
    row: _Row | None = None
    cell: _Cell | None = None
    in_text: int = 0
    letters: int = 0

    def start(self, element: str, given: dict[str, str]) -> None:
        """An element begins."""
        if element == "style:style":
            self.style = given.get("style:name", "")
        elif element.startswith("style:table"):
            hides = given.get("table:display") == "false"
            hides |= any(
                given.get(size, "").startswith(("0in", "0cm", "0mm", "0pt")) for size in SIZES
            )
            self.hiding |= {self.style} if hides else set()
        elif element == "table:table":
            self._table(given)
        elif self.depth == 1:
            self._within_table(element, given)

    def end(self, element: str) -> None:
        """An element ends."""
        if element == "table:table":
            self.depth -= 1
        elif self.depth != 1:
            return
        elif element in GROUPS:
            self.hidden_groups.pop()
        elif element == "table:table-row" and self.row:
            self._count_row(self.row)
        elif element in CELL_KINDS and self.row and self.cell:
            self._count_cell(self.row, self.cell)
        elif element == "text:p":
            self.in_text -= 1

    def text(self, words: str) -> None:
        """Words of a cell: counted, and kept where a reader would take it for empty."""
        if self.cell:
            self.cell.letters += len(words)
        if self.in_text and self.cell and not self.cell.is_read:
            self.cell.words.append(words)

    def _table(self, given: dict[str, str]) -> None:
        self.depth += 1
        if self.depth == 1:
            state = "hidden" if given.get("table:style-name") in self.hiding else ""
            self.sheets.append(Sheet(self.file, given.get("table:name", ""), state))
            self.next_row = self.next_column = 1

    def _within_table(self, element: str, given: dict[str, str]) -> None:
        hidden = any(self.hidden_groups) or given.get("table:visibility") in OUT_OF_SIGHT
        hidden |= given.get("table:style-name") in self.hiding
        if element in CELL_KINDS:
            kind, text = given.get("office:value-type"), given.get("office:string-value")
            is_read = kind not in (None, "string") or (kind == "string" and text != "")
            times = _times(given, "table:number-columns-repeated")
            self.cell = _Cell(times, kind is not None, is_read, len(text or ""))
            self.cell.is_percent = kind == "percentage"
            self.in_text = 0
        elif element == "text:p":
            self.in_text += 1
            if self.cell:
                self.cell.has_value = True
        elif element == "text:s":
            spaces = _times(given, "text:c")
            if spaces > SPACES:
                raise too_large(self.file, say.SPACES(), f"{SPACES:,}")
            if self.cell:
                self.cell.letters += spaces
        elif element == "table:table-row":
            self.row = _Row(_times(given, "table:number-rows-repeated"), hidden)
        elif element == "table:table-column":
            last = self.next_column + _times(given, "table:number-columns-repeated")
            if hidden:
                self.sheets[-1].hidden_columns.append(range(self.next_column, last))
            self.next_column = last
        elif element in GROUPS:
            self.hidden_groups.append(given.get("table:display") == "false")

    def _count_cell(self, row: _Row, cell: _Cell) -> None:
        row.columns += cell.times
        row.letters += cell.letters * cell.times
        if cell.has_value:
            row.last_filled, row.filled = row.columns, row.filled + cell.times
            words = "".join(cell.words)
            places = range(row.columns - cell.times + 1, row.columns + 1)
            if words and row.filled <= CELLS:
                row.shown |= dict.fromkeys(places, words)
            if cell.is_percent and row.filled <= CELLS:
                row.percents.update(places)
        self.cell = None

    def _count_row(self, row: _Row) -> None:
        first, self.next_row = self.next_row, self.next_row + row.times
        self.letters += row.letters * row.times
        if self.letters > TEXT_BYTES:
            raise too_large(self.file, say.LONG_TEXTS(), say.MB_IN_ALL(what=TEXT_BYTES >> 20))
        if row.filled:
            sheet, last = self.sheets[-1], self.next_row - 1
            sheet.add(row.times, row.filled * row.times, last, row.last_filled)
            sheet.hidden_rows += range(first, self.next_row) if row.hidden else []
            if row.shown:
                sheet.shown |= dict.fromkeys(range(first, self.next_row), row.shown)
            if row.percents:
                sheet.percents |= dict.fromkeys(range(first, self.next_row), row.percents)
        self.row = None


def _times(given: dict[str, str], attribute: str) -> int:
    return max(int(given.get(attribute, "1")), 1)
