"""Lines of a spreadsheet or separated file, through the reader of users' tables (floor 1)."""

from __future__ import annotations

from pathlib import Path

from smartlib.data.documents.formats.lines import Document, Line, made, plain
from smartlib.data.reading.separated import separated_rows
from smartlib.data.reading.workbook import SUFFIXES, workbook_rows


def table_document(name: str, content: bytes) -> Document:
    """Rows of a table's first visible sheet.

    Parameters
    ----------
    name : str
        Of the file, whose ending says what it is.
    content : bytes

    Raises
    ------
    DataError
        It is no table that can be read, or beyond a limit.
    """
    if Path(name).suffix.lower() in SUFFIXES:
        rows = [cells for cells, _ in workbook_rows(content, name)[0]]
    else:
        rows = separated_rows(content, name)[0]
    lines = (Line(n, tuple(map(plain, row)), "cells") for n, row in enumerate(rows, start=1))
    return made(name, content, "table", lines)
