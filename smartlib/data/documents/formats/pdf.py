"""Lines of a PDF: letters and rules with their places (floor 1).

The home of pypdfium2. Where lines and cells lie is decided in `geometry`, from places alone.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2 as pdfium
from pypdfium2 import raw

from smartlib.data.documents.formats.geometry import Down, Glyph, Sheet, laid_out
from smartlib.data.documents.formats.lines import Document, made
from smartlib.data.reading.limits import too_large
from smartlib.vocabulary.errors import DataError

MOST_PAGES = 500
MOST_GLYPHS = 40_000  # of a page; a full one has 5,000
MOST_OBJECTS = 30_000  # of a page, drawn or set
LOOSE = 1.15  # height of a letter's loose box in its size
HYPHEN = ord("-")  # at the end of a line the reader gives a sign of its own
NO_LETTERS = (0xA0, 0xAD, 0xFFFE, 0xFFFF)
THIN = 2.0  # points; what is thinner is a rule


def pdf_document(name: str, content: bytes) -> Document:
    """Lines of a PDF, tables as rows of cells.

    Parameters
    ----------
    name : str
        Of the file.
    content : bytes

    Raises
    ------
    DataError
        It is protected, damaged, beyond a limit, or a page has no text.
    """
    try:
        book = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        problem = "is protected by a password" if "assword" in str(error) else "is damaged"
        raise DataError(f"{name} {problem} ({error}). Save it again without one.") from error
    try:
        if len(book) > MOST_PAGES:
            raise too_large(
                name, f"{len(book):,} pages", f"{MOST_PAGES}", "Give one report a file."
            )
        sheets = [_sheet(book[number], number + 1, name) for number in range(len(book))]
    except pdfium.PdfiumError as error:
        raise DataError(f"{name} is damaged ({error}). Save it again as PDF.") from error
    finally:
        book.close()
    _refuse_pictures(sheets, name)
    return made(name, content, "pdf", laid_out(sheets))


def _refuse_pictures(sheets: list[Sheet], name: str) -> None:
    """Nothing, if every page but the cover has text."""
    silent = [sheet.number for sheet in sheets if not sheet.glyphs]
    if silent and (len(silent) == len(sheets) or silent != [1]):
        which = "no page has" if len(silent) == len(sheets) else f"page {silent[-1]} has no"
        raise DataError(
            f"{name}: {which} text: it is a picture, as scanners make it. Have it read first, "
            "such as with `ocrmypdf in.pdf out.pdf -l ind`, and check its numbers."
        )


def _sheet(page: pdfium.PdfPage, number: int, name: str) -> Sheet:
    objects = raw.FPDFPage_CountObjects(page)
    if objects > MOST_OBJECTS:
        raise too_large(name, f"{objects:,} objects on page {number}", f"{MOST_OBJECTS:,}", "")
    text = page.get_textpage()
    count = text.count_chars()
    if count > MOST_GLYPHS:
        raise too_large(name, f"{count:,} letters on page {number}", f"{MOST_GLYPHS:,}", "")
    width, height = page.get_size()
    across, down = _rules(page)
    return Sheet(number, width, height, tuple(_glyphs(text, count)), across, down)


def _glyphs(text: pdfium.PdfTextPage, count: int) -> Iterator[Glyph]:
    """Letters as they are set, without those that the reader adds."""
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    for at in range(count):
        letter = raw.FPDFText_GetUnicode(text, at)
        letter = HYPHEN if raw.FPDFText_IsHyphen(text, at) == 1 else letter
        blank = letter <= 32 or letter in NO_LETTERS
        if blank or raw.FPDFText_IsGenerated(text, at) == 1:
            continue
        # The loose box: as wide as the letter's place, not as its ink.
        if raw.FPDFText_GetLooseCharBox(text, at, box):
            raw.FPDFText_GetCharOrigin(text, at, x, y)
            high = box.top - box.bottom
            yield Glyph(chr(letter), box.left, box.right, y.value, max(high / LOOSE, 1.0))


def _rules(page: pdfium.PdfPage) -> tuple[tuple[float, ...], tuple[Down, ...]]:
    """Heights of rules across; places and ends of rules down the page."""
    across: set[float] = set()
    down: set[Down] = set()
    for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3):
        left, bottom, right, top = drawn.get_bounds()
        if top - bottom <= THIN < right - left:
            across.add((top + bottom) / 2)
        elif right - left <= THIN < top - bottom:
            down.add(((left + right) / 2, bottom, top))
        elif right - left > THIN and top - bottom > THIN:
            across |= {top, bottom}
            down |= {(left, bottom, top), (right, bottom, top)}
    return tuple(sorted(across)), tuple(sorted(down))
