"""Tables of an HTML page, as BPS serves them, also under the name of an XLS (floor 1).

The home of Beautiful Soup, with Python's own parser: pages need not be well formed.
"""

from __future__ import annotations

from smartlib.data.reading.limits import CELLS, COLUMNS, too_large
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.words import files as say

WIDEST_SPAN = 1_000


def html_tables(content: bytes, name: str) -> list[list[list[str | float]]]:
    """Cells of every table in a page; what spans several cells stands in each.

    Parameters
    ----------
    content : bytes
        The page.
    name : str
        For messages.

    Raises
    ------
    DataError
        It holds no table, or one beyond a limit.
    """
    from bs4 import BeautifulSoup, Tag  # noqa: PLC0415 - most tables are text

    page = BeautifulSoup(content, "html.parser")
    found = [table for table in page.find_all("table") if not table.find("table")]
    tables = [_cells(table, name) for table in found if isinstance(table, Tag)]
    filled = [rows for rows in tables if any(any(row) for row in rows)]
    if not filled:
        raise DataError(say.NO_TABLE(name=name))
    return filled


def _cells(table: object, name: str) -> list[list[str | float]]:
    rows: list[list[str | float]] = []
    waiting: dict[tuple[int, int], str] = {}
    total = 0
    for number, line in enumerate(table.find_all("tr")):  # type: ignore[attr-defined]
        row: list[str | float] = []
        for cell in line.find_all(["td", "th"]):
            while (number, len(row)) in waiting:
                row.append(waiting.pop((number, len(row))))
            text = " ".join(cell.get_text(" ").split())
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            for place in range(len(row), len(row) + across):
                waiting |= {(below, place): text for below in range(number + 1, number + down)}
            row += [text] * across
            total += across * down
            if len(row) > COLUMNS or total > CELLS:
                raise too_large(name, say.LARGE_TABLE(), f"{CELLS:,}")
        while (number, len(row)) in waiting:
            row.append(waiting.pop((number, len(row))))
        rows.append(row)
    return rows


def _span(cell: object, attribute: str) -> int:
    text = str(cell.get(attribute, "1"))  # type: ignore[attr-defined]
    return min(max(int(text), 1), WIDEST_SPAN) if text.isdigit() else 1
