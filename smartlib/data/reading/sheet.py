"""What a sheet is like before its cells are read (floor 1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from smartlib.data.reading.limits import CELLS, COLUMNS, ROWS, too_large
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.words import files as say


@dataclass
class Sheet:
    """What is known of a sheet from its XML; rows and columns count from 1.

    Attributes
    ----------
    file, name : str
        Of the workbook, and of the sheet.
    state : str
        Nothing where it can be seen, else `hidden`.
    part : str
        Where its cells stand in the file.
    rows, cells : int
        Filled ones.
    last_row, last_column : int
        The farthest that is filled.
    hidden_rows, hidden_columns : list of int
        Filled rows that do not show; columns that do not show, as they stand in the file.
    shown : dict of int to dict of int to str
        By row and column, what stands in cells that a reader takes for empty: errors, and
        formulas that were never calculated.
    percents : dict of int to set of int
        By row, columns of the cells that show their number as percent.
    """

    file: str
    name: str
    state: str = ""
    part: str = ""
    rows: int = 0
    cells: int = 0
    last_row: int = 0
    last_column: int = 0
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[range] = field(default_factory=list)
    shown: dict[int, dict[int, str]] = field(default_factory=dict)
    percents: dict[int, set[int]] = field(default_factory=dict)

    def add(self, rows: int, cells: int, last_row: int, last_column: int) -> None:
        """Count filled rows and their cells.

        Raises
        ------
        DataError
            The sheet is beyond a limit.
        """
        self.rows, self.cells = self.rows + rows, self.cells + cells
        self.last_row = max(self.last_row, last_row)
        self.last_column = max(self.last_column, last_column)
        rectangle = self.last_row * self.last_column
        far = self.last_row > ROWS or self.last_column > COLUMNS  # rows above are made all the same
        if far or self.rows > ROWS or max(self.cells, rectangle) > CELLS:
            raise self._too_large()

    def _too_large(self) -> DataError:
        where = f"{self.file}, sheet '{self.name}',"
        if self.rows > ROWS:
            return too_large(where, say.MORE_ROWS(ROWS=ROWS), say.SO_MANY())
        if self.last_column > COLUMNS:
            return too_large(where, f"{self.last_column:,} columns", f"{COLUMNS:,}")
        return too_large(
            where,
            say.FAR(last_row=self.last_row, last_column=self.last_column),
            say.ROWS_AND_CELLS(ROWS=ROWS, CELLS=CELLS),
            say.FAR_CELL(),
        )


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


def ranges(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Numbers in their order as first and last of each unbroken run.

    Examples
    --------
    >>> ranges([3, 4, 5, 9])
    [(3, 5), (9, 9)]
    """
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
