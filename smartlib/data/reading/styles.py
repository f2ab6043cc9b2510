"""Which cells of an XLSX sheet show their number as percent (floor 1).

A cell that shows 46.7% holds 0.467: a reader of values sees another number than the person who
looks at the sheet.
"""

from __future__ import annotations

import re

from smartlib.data.reading.package import Package
from smartlib.data.reading.sheet import Sheet

STYLES = "xl/styles.xml"
FORMAT = re.compile(rb"<(?:\w+:)?numFmt\s([^>]*)>")
CELL_STYLES = re.compile(rb"<(?:\w+:)?cellXfs[\s>].*?</(?:\w+:)?cellXfs>", re.DOTALL)
STYLE = re.compile(rb"<(?:\w+:)?xf\s([^>]*)>")
NUMBER = re.compile(rb'numFmtId\s*=\s*["\'](\d+)')
CODE = re.compile(rb'formatCode\s*=\s*(?:"([^"]*)"|\'([^\']*)\')')
QUOTED = re.compile(rb"&quot;.*?&quot;|\\.|\"[^\"]*\"")
BUILT_IN = {b"9", b"10"}
STYLES_BYTES = 4 << 20
CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)/?>")
PLACE = re.compile(rb'\br\s*=\s*["\']([A-Z]{1,3})(\d{1,7})["\']')
STYLED = re.compile(rb'\bs\s*=\s*["\'](\d+)["\']')


def mark_percents(package: Package, sheet: Sheet) -> None:
    """Fill in `percents` of a sheet's record; nothing where the workbook has no such style.

    Parameters
    ----------
    package : Package
        The workbook.
    sheet : Sheet
        Whose cells are looked at.
    """
    styles = _percent_styles(package)
    if not styles:
        return
    waiting = b""
    for piece in package.pieces(sheet.part):
        waiting += piece
        end = waiting.rfind(b">") + 1
        for cell in CELL.findall(waiting[:end]):
            style, place = STYLED.search(cell), PLACE.search(cell)
            if style and place and style[1] in styles:
                row = sheet.percents.setdefault(int(place[2]), set())
                row.add(_column(place[1]))
        waiting = waiting[end:]


def _percent_styles(package: Package) -> set[bytes]:
    if STYLES not in package.parts or package.parts[STYLES].file_size > STYLES_BYTES:
        return set()
    text = b"".join(package.pieces(STYLES))
    shown = set(BUILT_IN)
    for attributes in FORMAT.findall(text):
        number, code = NUMBER.search(attributes), CODE.search(attributes)
        if number and code and b"%" in QUOTED.sub(b"", code[1] or code[2] or b""):
            shown.add(number[1])
    found = CELL_STYLES.search(text)
    used = STYLE.findall(found[0]) if found else []
    numbers = [NUMBER.search(attributes) for attributes in used]
    return {str(n).encode() for n, number in enumerate(numbers) if number and number[1] in shown}


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
