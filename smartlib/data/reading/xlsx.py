"""How large an XLSX sheet is, and what of it is hidden, from its XML (floor 1).

A reader holds the whole rectangle between the first and the last filled cell, and says nothing
of hidden rows. So a sheet's XML is looked through first, in pieces, by patterns: two million
cells take a second, where an XML parser takes four. A cell that is not written as the patterns
expect is refused, never passed over.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import unescape
from string import ascii_uppercase

from smartlib.data.reading.bounds import Bounds, bounds_of
from smartlib.data.reading.limits import (
    CELLS,
    COLUMNS,
    LINE_BYTES,
    ROW_BYTES,
    ROWS,
    TEXT_BYTES,
    too_large,
)
from smartlib.data.reading.package import DamagedError, Package, parser
from smartlib.data.reading.sheet import Sheet
from smartlib.vocabulary.words import files as say

TYPES, BOOK = "[content_types].xml", "xl/workbook.xml"
RELATIONS, STRINGS = "xl/_rels/workbook.xml.rels", "xl/sharedstrings.xml"
ATTRIBUTES = rb"""((?:\s+[\w:.-]+\s*=\s*(?:"[^"<>&]*"|'[^'<>&]*'))*)\s*(/?)>"""
ROW = re.compile(rb"<(?:\w+:)?row" + ATTRIBUTES)
ANY_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
CELL = re.compile(rb"<(?:\w+:)?c" + ATTRIBUTES)
ANY_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
USUAL_CELL = re.compile(rb'<c r="([A-Z]{1,7})(\d+)"(?: s="\d+")?(?: t="\w+")?( ?/?)>')
FILLED_CELL = re.compile(rb'<c r="([A-Z]{1,7}\d+)"(?: s="\d+")?(?: t="\w+")?>')
BLANK_CELL = re.compile(rb'<c r="[A-Z]{1,7}\d+"(?: s="\d+")?(?: t="\w+")? ?/>')
CAPITALS = ascii_uppercase.encode()
BARE_CELL = re.compile(rb'<c(?: s="\d+")?(?: t="\w+")?(?: ?/?)>')  # each after the one before
EMPTY_CELL = re.compile(rb"<(?:\w+:)?c(?:\s[^<>]*)?(?:/>|>\s*</(?:\w+:)?c\s*>)")
COLUMN = re.compile(rb"<(?:\w+:)?col" + ATTRIBUTES)
NO_HEIGHT = re.compile(rb"""<(?:\w+:)?sheetFormatPr\b[^>]*\szeroHeight\s*=\s*["'](?:1|true)""")
ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
PLACE = re.compile(r"([A-Za-z]{1,7})(\d{1,9})")
PARTS_OF_CELL = re.compile(rb"<(?:\w+:)?c(\s[^>]*)>(.*?)</(?:\w+:)?c\s*>", re.DOTALL)
FORMULA = re.compile(rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>([^<]*)<)")
VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]+)<")
STRING_END = re.compile(rb"</(?:\w+:)?si\s*>|<(?:\w+:)?si\s*/>")
SHARED = re.compile(rb"""\st\s*=\s*["']s["'][^>]*>\s*<(?:\w+:)?v\s*>\s*(\d+)""")
TRUE = ("1", "true")
# A name space, an empty cell with an end, a formula, an error, a row that may be hidden.
NOT_USUAL = (b":c", b":row", b'"></c>', b"<f", b'"e"', b"'e'", b"hidden", b'ht="0')


def sheets(package: Package) -> list[Sheet]:
    """The workbook's sheets in their order.

    Raises
    ------
    DamagedError
        The list of sheets cannot be read.
    """
    targets: dict[str, str] = {}
    found: list[tuple[str, str, str]] = []

    def relation(element: str, given: dict[str, str]) -> None:
        if element.endswith("Relationship") and given.get("Type", "").endswith("/worksheet"):
            if given.get("Id", "") in targets:
                raise DamagedError(say.LIST_TWICE())
            targets[given.get("Id", "")] = given.get("Target", "")

    def sheet(element: str, given: dict[str, str]) -> None:
        if element.rpartition(":")[2] == "sheet":
            (key, *_) = [v for k, v in given.items() if k.endswith(":id")] or [""]
            found.append((given.get("name", ""), given.get("state", "visible"), key))

    for part, handler in ((TYPES, None), (RELATIONS, relation), (BOOK, sheet)):
        reading = parser()
        reading.StartElementHandler = handler
        reading.Parse(package.plan(part), True)
    return [
        Sheet(package.name, title, "" if state == "visible" else "hidden", _part(targets[key]))
        for title, state, key in found
        if key in targets
    ]


def _part(target: str) -> str:
    bare = target.lstrip("/")
    return (bare if bare.startswith("xl/") else f"xl/{bare}").lower()


def survey(package: Package, sheet: Sheet) -> None:
    """Look through a sheet's XML, and fill in the record.

    Parameters
    ----------
    package : Package
        The workbook.
    sheet : Sheet
        Of `sheets`.

    Raises
    ------
    DamagedError
        A row or cell is not written as spreadsheet programs do.
    DataError
        The sheet is beyond a limit.
    """
    bounds = bounds_of(_pieces_of_rows(package.pieces(sheet.part)))
    if bounds is not None and _is_far_from_limits(bounds):
        sheet.add(bounds.rows, bounds.cells, bounds.last_row, bounds.last_column)
        _check_texts(package, sheet, bounds.shared)
        return
    shared, no_height, number = 0, False, 0
    for piece in _pieces_of_rows(package.pieces(sheet.part)):
        shared += piece.count(b'"s"') + piece.count(b"'s'")
        if number and not no_height and (rows := _survey_usual(sheet, piece, number)):
            number = max(number + rows, sheet.last_row)
            continue
        if not number:
            head = piece[: start.start()] if (start := ANY_ROW.search(piece)) else piece
            no_height = bool(NO_HEIGHT.search(head))
            sheet.hidden_columns += _hidden_columns(head)
        for given, cells in _rows(piece):
            number = max(int(given.get("r", number + 1)), number)
            is_hidden = given.get("hidden") in TRUE or (no_height and "ht" not in given)
            if _survey_row(sheet, number, cells) and (is_hidden or _is_zero(given.get("ht"))):
                sheet.hidden_rows.append(number)
            number = max(number, sheet.last_row)
    _check_texts(package, sheet, shared)


def _is_far_from_limits(bounds: Bounds) -> bool:
    return (
        bounds.last_row <= ROWS
        and bounds.last_column <= COLUMNS
        and bounds.last_row * bounds.last_column <= CELLS
    )


def _survey_usual(sheet: Sheet, piece: bytes, number: int) -> int:
    """Rows counted at once, if all of a piece are as most programs write them; else 0."""
    cells, rows = piece.count(b"<c"), piece.count(b"<row")
    if any(sign in piece for sign in NOT_USUAL):
        return 0
    filled = FILLED_CELL.findall(piece)
    empty = len(BLANK_CELL.findall(piece)) if len(filled) < cells else 0
    if len(filled) + empty == cells and piece.count(b"<row r=") == rows:
        if filled:
            places = b" ".join(filled)
            letters = set(places.translate(None, b"0123456789").split())
            numbers = set(places.translate(None, CAPITALS).split())
            last, width = max(map(int, numbers)), max(map(_column, letters))
            sheet.add(len(numbers), len(filled), last, width)
        return rows
    if len(BARE_CELL.findall(piece)) == cells and piece.count(b"<row>") == rows:
        widths = [row.count(b"<c") for row in piece.split(b"<row>")]
        sheet.add(sum(map(bool, widths)), cells, number + rows, max(widths))
        return rows
    return 0


def _pieces_of_rows(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, each piece ending before a row begins."""
    waiting: list[bytes] = []
    size = 0
    for piece in pieces:
        start = max(piece.rfind(b"<row"), piece.rfind(b":row"))
        start = piece.rfind(b"<", 0, start + 1)
        if start > 0:
            yield b"".join([*waiting, piece[:start]])
            waiting, size = [], 0
        waiting.append(piece[max(start, 0) :])
        size += len(waiting[-1])
        if size > ROW_BYTES:
            raise DamagedError(say.BETWEEN_ROWS(what=ROW_BYTES >> 20))
    yield b"".join(waiting)


def _rows(piece: bytes) -> Iterator[tuple[dict[str, str], bytes]]:
    """Attributes of each row, and the XML of its cells."""
    found = list(ROW.finditer(piece))
    if len(found) != sum(1 for _ in ANY_ROW.finditer(piece)):
        raise DamagedError(say.ODD_ROW())
    ends = [row.start() for row in found[1:]] + [len(piece)]
    if found:
        yield from (
            (_attributes(row[1]), piece[row.end() : end])
            for row, end in zip(found, ends, strict=True)
        )


def _attributes(text: bytes) -> dict[str, str]:
    found = ATTRIBUTE.findall(text)
    return {name.decode(): (one or other).decode("utf-8", "replace") for name, one, other in found}


def _survey_row(sheet: Sheet, number: int, cells: bytes) -> int:
    """How many cells of a row are filled; they are counted on the sheet."""
    found = USUAL_CELL.findall(cells)
    if len(found) == cells.count(b"<c") and b":c" not in cells and b'"></c>' not in cells:
        filled = [place for place in found if not place[2]]
        letters, numbers = {place[0] for place in filled}, {place[1] for place in filled}
        unplaced = 0
    else:
        filled, letters, numbers, unplaced = _unusual(cells)
    if not filled:
        return 0
    last = max([number, *map(int, numbers)])
    width = max((_column(letter) for letter in letters), default=0) + unplaced
    sheet.add(1, len(filled), last, width)
    if b"<f" in cells or b":f" in cells or b'"e"' in cells or b"'e'" in cells:
        for (row, column), text in _shown(number, cells):
            sheet.shown.setdefault(row, {})[column] = text
    return len(filled)


def _unusual(cells: bytes) -> tuple[list[bytes], set[bytes], set[bytes], int]:
    """Filled cells of a row, their letters and numbers, and how many say no place."""
    filled = EMPTY_CELL.sub(b"", cells)
    found = [attributes for attributes, _ in CELL.findall(filled)]
    if len(found) != sum(1 for _ in ANY_CELL.finditer(filled)):
        raise DamagedError(say.ODD_CELL())
    said = [_attributes(attributes).get("r") for attributes in found]
    places = [PLACE.fullmatch(place) for place in said if place is not None]
    if not all(places):
        raise DamagedError(say.NO_PLACE())
    letters = {place[1].upper().encode() for place in places if place}
    numbers = {place[2].encode() for place in places if place}
    # A cell without a place follows the one before, which may be an empty one.
    unplaced = sum(1 for _ in ANY_CELL.finditer(cells)) if None in said else 0
    return found, letters, numbers, unplaced


@lru_cache(maxsize=COLUMNS)
def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _shown(number: int, cells: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    """Errors and formulas without a value, which readers give as empty cells."""
    place = 0
    for attributes, inner in PARTS_OF_CELL.findall(EMPTY_CELL.sub(b"", cells)):
        given = _attributes(attributes)
        at = PLACE.fullmatch(given.get("r", ""))
        row, place = (int(at[2]), _column(at[1].upper().encode())) if at else (number, place + 1)
        value, formula = VALUE.search(inner), FORMULA.search(inner)
        if given.get("t") == "e":
            yield (row, place), value[1].decode("utf-8", "replace") if value else "#ERROR"
        elif formula and not value and given.get("t") != "str":
            yield (row, place), "=" + unescape((formula[1] or b"").decode("utf-8", "replace"))


def _hidden_columns(head: bytes) -> list[range]:
    hidden = []
    for attributes, _ in COLUMN.findall(head):
        given = _attributes(attributes)
        if given.get("hidden") in TRUE or _is_zero(given.get("width")):
            first, last = (
                int(given[end]) if given.get(end, "").isdigit() else 0 for end in ("min", "max")
            )
            hidden.append(range(first, last + 1))
    return hidden


def _is_zero(size: str | None) -> bool:
    return size is not None and re.fullmatch(r"0+(\.0*)?", size) is not None


def _check_texts(package: Package, sheet: Sheet, cells: int) -> None:
    """Nothing, if the texts that cells share are no more than can be held once a cell."""
    if STRINGS not in package.parts:
        return
    lengths = _string_lengths(package)
    if not lengths or max(lengths) * cells <= TEXT_BYTES:
        return
    total = 0
    for piece in _pieces_of_rows(package.pieces(sheet.part)):
        used = [int(number) for number in SHARED.findall(piece)]
        total += sum(lengths[number] for number in used if number < len(lengths))
        total += max(lengths) * max(piece.count(b'"s"') + piece.count(b"'s'") - len(used), 0)
        if total > TEXT_BYTES:
            raise too_large(
                f"{sheet.file}, sheet '{sheet.name}',",
                say.LONG_TEXTS(),
                say.MB_IN_ALL(what=TEXT_BYTES >> 20),
            )


def _string_lengths(package: Package) -> array[int]:
    """Bytes of each shared text, marks included."""
    lengths, waiting, before = array("L"), b"", 0
    for piece in package.pieces(STRINGS):
        waiting += piece
        last = 0
        for end in STRING_END.finditer(waiting):
            lengths.append(before + end.end() - last)
            before, last = 0, end.end()
        if len(lengths) > CELLS:
            raise too_large(package.name, say.MORE_TEXTS(CELLS=CELLS), say.SO_MANY())
        kept = max(last, waiting.rfind(b">") + 1)
        before, waiting = before + kept - last, waiting[kept:]
        if before + len(waiting) > LINE_BYTES:
            raise too_large(package.name, say.LONG_TEXT(), f"{LINE_BYTES >> 20} MB")
    return lengths
