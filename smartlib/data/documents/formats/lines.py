"""Lines and rows, whatever the file was, and what all readers share (floor 1)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from smartlib.data.reading.limits import FILE_BYTES, too_large
from smartlib.vocabulary.errors import DataError

EMPHASIS = re.compile(r"\*+|(?<![\w])_|_(?![\w])|^#+\s*")
UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")  # no reader sees them
FOOTER = re.compile(
    r"catatan ?:?$|-? ?uu ite no|.?informasi elektronik dan/atau dokumen elektronik|"
    r"-? ?dokumen ini telah ditandatangani secara elektronik menggunakan sertifikat",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Line:
    """A line of text, or a row of a table.

    Attributes
    ----------
    number : int
        From 1: of the file, or of the page where there are pages.
    cells : tuple of str
        One for a line of text.
    style : str
        How the row was set: `text`, `tab`, `pipe`, `cells`.
    page : int
        From 1; 0 where the file has no pages.
    """

    number: int
    cells: tuple[str, ...]
    style: str = "text"
    page: int = 0

    @property
    def text(self) -> str:
        """All cells as one text."""
        return " ".join(cell for cell in self.cells if cell)

    @property
    def place(self) -> str:
        """Where it stands, for people and for `--accept`."""
        return f"{self.page}.{self.number}" if self.page else str(self.number)


@dataclass(frozen=True)
class Document:
    """A file as lines.

    Attributes
    ----------
    file : str
        Its name.
    digest : str
        SHA-256 of its bytes.
    format : str
        `text`, `pdf`, `docx`, `table`.
    lines : tuple of Line
        Without blank ones and without the footers of signed letters.
    """

    file: str
    digest: str
    format: str
    lines: tuple[Line, ...]

    @property
    def id(self) -> str:
        """Short name in tables."""
        return self.digest[:12]


def content_of(path: Path) -> bytes:
    """Bytes of a document.

    Parameters
    ----------
    path : Path

    Raises
    ------
    DataError
        It cannot be read, is empty, or is larger than any report.
    """
    try:
        size = path.stat().st_size
        if size > FILE_BYTES:
            raise too_large(path.name, f"{size >> 20} MB", f"{FILE_BYTES >> 20} MB", "")
        content = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}.") from error
    if not content.strip():
        raise DataError(f"{path.name} is empty. Give a report, a press item or a score table.")
    return content


def made(name: str, content: bytes, form: str, lines: Iterable[Line]) -> Document:
    """A document of some lines; blank ones and footers are left out.

    Parameters
    ----------
    name : str
        Of the file.
    content : bytes
        Of the file.
    form : str
        Its format.
    lines : iterable of Line
    """
    kept = tuple(line for line in lines if any(line.cells) and not FOOTER.match(line.text))
    return Document(name, hashlib.sha256(content).hexdigest(), form, kept)


def plain(text: str) -> str:
    """Text without Markdown's emphasis, with single spaces."""
    return " ".join(EMPHASIS.sub("", UNSEEN.sub("", text.replace("\\", ""))).split())
