"""Which reader a file goes to; one entry of `READERS` adds one format (floor 1)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from smartlib.data.documents.formats.docx import docx_document
from smartlib.data.documents.formats.lines import Document, content_of
from smartlib.data.documents.formats.table import table_document
from smartlib.data.documents.formats.text import text_document
from smartlib.data.reading.workbook import SUFFIXES
from smartlib.vocabulary.errors import DataError

Reader = Callable[[str, bytes], Document]


def _pdf_document(name: str, content: bytes) -> Document:
    from smartlib.data.documents.formats.pdf import pdf_document  # noqa: PLC0415 - a library

    return pdf_document(name, content)


READERS: dict[str, Reader] = {
    ".txt": text_document,
    ".md": text_document,
    ".pdf": _pdf_document,
    ".docx": docx_document,
    **dict.fromkeys((".csv", *SUFFIXES), table_document),
}


def document_of(path: Path) -> Document:
    """A file's lines, by what its name ends in.

    Parameters
    ----------
    path : Path

    Raises
    ------
    DataError
        No reader takes such a file, or it cannot be read.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise DataError(
            f"{path.name}: no reader for '{path.suffix}'. Read are {', '.join(READERS)}."
        )
    return reader(path.name, content_of(path))
