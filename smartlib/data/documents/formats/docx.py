"""Lines of a Word file: paragraphs, and tables as rows of cells (floor 1).

Read with the XML parser of the workbooks' reader, which takes no entity and counts what it
unpacks; python-docx would hold the whole tree, and needs lxml.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers.expat import ExpatError

from smartlib.data.documents.formats.lines import Document, Line, made, plain
from smartlib.data.reading.limits import LINES, too_large
from smartlib.data.reading.package import DamagedError, opened, parser
from smartlib.vocabulary.errors import DataError

MAIN = "word/document.xml"
WIDEST = 64  # columns of a cell
HIDDEN = ("del", "instrText", "pict", "AlternateContent")
BREAKS = {"tab": "\t", "br": " ", "cr": " ", "noBreakHyphen": "-"}


@dataclass
class _Body:
    """What has been read of the document so far."""

    lines: list[tuple[list[str], str]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    rows: list[list[list[str]]] = field(default_factory=list)  # of the tables that are open
    hidden: int = 0
    texts: int = 0
    spanned: int = 0  # columns that the open cell reaches over beside its own

    def start(self, name: str, given: dict[str, str]) -> None:
        """An element begins."""
        tag = name.rpartition(":")[2]
        if tag in HIDDEN:
            self.hidden += 1
        elif tag == "t":
            self.texts += 1
        elif tag in BREAKS and not self.hidden:
            self.words.append(BREAKS[tag])
        elif tag == "tr":
            self.rows.append([])
        elif tag == "tc" and self.rows:
            self.rows[-1].append([])
        elif tag == "gridSpan" and self.rows:
            span = next((value for key, value in given.items() if key.endswith("val")), "")
            self.spanned = min(int(span), WIDEST) - 1 if span.isdigit() else 0

    def text(self, words: str) -> None:
        """Letters of a run."""
        if self.texts and not self.hidden:
            self.words.append(words)

    def end(self, name: str) -> None:
        """An element ends."""
        tag = name.rpartition(":")[2]
        if tag in HIDDEN:
            self.hidden -= 1
        elif tag == "t":
            self.texts -= 1
        elif tag == "tc" and self.rows:
            self.rows[-1] += [[] for _ in range(self.spanned)]
            self.spanned = 0
        elif tag == "p":
            self._paragraph()
        elif tag == "tr" and self.rows:
            row = self.rows.pop()
            cells = [" ".join(parts) for parts in row]
            if self.rows and self.rows[-1]:
                self.rows[-1][-1].append(" ".join(cells))  # a table within a cell
            else:
                self.lines.append((cells, "cells"))

    def _paragraph(self) -> None:
        words = "".join(self.words)
        self.words = []
        if self.rows and self.rows[-1]:
            self.rows[-1][-1].append(words)
        elif not self.rows:
            self.lines.append((words.split("\t"), "tab" if "\t" in words.strip() else "text"))


def docx_document(name: str, content: bytes) -> Document:
    """Lines of a Word file, in its order.

    Parameters
    ----------
    name : str
        Of the file.
    content : bytes

    Raises
    ------
    DataError
        It is no Word file that can be read, or beyond a limit.
    """
    try:
        package = opened(content, name)
        body = _Body()
        reader = parser()
        reader.StartElementHandler = body.start
        reader.EndElementHandler = body.end
        reader.CharacterDataHandler = body.text
        for piece in package.pieces(MAIN):
            reader.Parse(piece)
            if len(body.lines) > LINES:
                raise too_large(name, f"more than {LINES:,} lines", f"{LINES:,}", "")
        reader.Parse(b"", True)
    except (DamagedError, ExpatError) as error:
        raise DataError(
            f"{name} is not a Word file that can be read ({error}). Save it again as .docx."
        ) from error
    return made(name, content, "docx", _numbered(body))


def _numbered(body: _Body) -> Iterator[Line]:
    for number, (cells, style) in enumerate(body.lines, start=1):
        yield Line(number, tuple(map(plain, cells)), style)
