"""What a report says was evaluated: dimensions, their elements and weights (floor 1).

Descriptions are the ministry's sentences: committed tables carry their place and hash.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from smartlib.data.documents.areas import bare
from smartlib.data.documents.formats.lines import Line
from smartlib.data.documents.records import Discrepancy, Element

DIMENSION, WEIGHT, ELEMENT, TEXT = "DIMENSI", "BOBOT PENILAIAN", "ELEMEN", "KETERANGAN"
PERCENT = re.compile(r"(\d{1,3})\s?%")
FACTOR = re.compile(r"(?:[-•–]\s*)?[a-z]\.\s+(.+?), yakni\b")  # `b. Name, yakni` in the letter
ITEM = re.compile(r"(?:[-•–]\s*)?(?:x|ix|iv|v?i{1,3}|v)\.\s")  # of a factor, in Roman numbers


def element_columns(line: Line) -> list[str]:
    """Headings of the table of elements; nothing if the line is no such row.

    Parameters
    ----------
    line : Line
    """
    names = [bare(cell) for cell in line.cells]
    is_heading = {DIMENSION, TEXT} <= set(names) <= {DIMENSION, WEIGHT, ELEMENT, TEXT}
    return names if is_heading else []


def read_elements(
    texts: Sequence[Line], letter: Sequence[Line]
) -> tuple[list[Element], list[Discrepancy]]:
    """Elements of the table, and where the letter lists more of a dimension than it has rows.

    Parameters
    ----------
    texts : sequence of Line
        Between tables, where the table of elements stands.
    letter : sequence of Line
        Whose points list the same.
    """
    found: list[Element] = []
    headings: list[str] = []
    for line in texts:
        headings = element_columns(line) or headings
        if element_columns(line):
            continue
        if not headings or len(line.cells) != len(headings):
            headings = headings if not found else []
            continue
        cells = dict(zip(headings, line.cells, strict=True))
        if found and _goes_on(cells):
            found[-1] = replace(found[-1], text=f"{found[-1].text} {cells[TEXT]}")
        else:
            found += _row(line, cells, found)
    return _beside_letter(found, dict(_listed(letter)))


def _goes_on(cells: dict[str, str]) -> bool:
    """Whether a row is the rest of the one above: a text without a name, or in small letters."""
    named = any(cell for heading, cell in cells.items() if heading != TEXT)
    return not named and (ELEMENT in cells or cells[TEXT][:1].islower())


def _row(line: Line, cells: dict[str, str], above: Sequence[Element]) -> list[Element]:
    """The element of a row; a dimension that is not printed again is the one above."""
    last = above[-1] if above else None
    name = cells[DIMENSION] or (last.dimension if last else "")
    if not name or not cells[TEXT]:
        return []
    goes_on = last is not None and name == last.dimension
    percent = PERCENT.fullmatch(cells.get(WEIGHT, ""))
    weight = percent[1] if percent else (last.weight if last and goes_on else "")
    number = last.number + 1 if last and goes_on else 1
    return [Element(line.place, name, number, cells.get(ELEMENT, ""), weight, cells[TEXT])]


def _listed(letter: Sequence[Line]) -> Iterator[tuple[str, int]]:
    """Factors that the letter lists, each with its number of items."""
    name, count = "", 0
    for line in letter:
        factor = FACTOR.match(line.text)
        if factor:
            if name:
                yield name, max(count, 1)
            name, count = bare(factor[1]), 0
        count += bool(ITEM.match(line.text))
    if name:
        yield name, max(count, 1)


def _beside_letter(
    found: Sequence[Element], listed: dict[str, int]
) -> tuple[list[Element], list[Discrepancy]]:
    """Elements with the number of texts that ran together in their cell."""
    rows = Counter(bare(one.dimension) for one in found)
    told, elements = [], []
    for one in found:
        own = rows[bare(one.dimension)]
        items = listed.get(bare(one.dimension), own)
        elements.append(replace(one, parts=items) if own == 1 else one)
        if items != own and one.number == 1:
            printed = f"{one.dimension}: {own} row{'s' * (own != 1)}"
            told.append(Discrepancy("elements_of_letter", one.line, printed, f"{items}"))
    return elements, told
