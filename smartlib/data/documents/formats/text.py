"""Lines of a text or Markdown file (floor 1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from smartlib.data.documents.formats.lines import Document, Line, made, plain
from smartlib.data.reading.limits import too_large
from smartlib.vocabulary.errors import DataError

LONGEST = 20_000  # characters of a line; a whole page has 5,000
MOST_LINES = 100_000
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
RULE = re.compile(r"[\s|:\-]*")  # a row of a Markdown table without a word


def text_document(name: str, content: bytes) -> Document:
    """Lines of a text or Markdown file.

    Parameters
    ----------
    name : str
        Of the file.
    content : bytes

    Raises
    ------
    DataError
        It is no UTF-8 text, or a line is far too long.
    """
    try:
        text = content.decode(
            "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        )
    except UnicodeDecodeError as error:
        raise DataError(
            f"{name} is no text (byte {error.start:,} is not UTF-8). Save it as UTF-8 text."
        ) from error
    texts = re.split(r"\r\n|\r|\n", text)
    if len(texts) > MOST_LINES:
        raise too_large(name, f"{len(texts):,} lines", f"{MOST_LINES:,}", "Give one report a file.")
    return made(name, content, "text", _lines(texts, name))


def _lines(texts: list[str], name: str) -> Iterator[Line]:
    for number, text in enumerate(texts, start=1):
        if len(text) > LONGEST:
            raise too_large(
                name, f"in line {number} a line of {len(text):,} characters", f"{LONGEST:,}", ""
            )
        found = CONTROL.search(text)
        if found:
            raise DataError(
                f"{name}, line {number}: a control character ({found[0]!r}). The conversion is "
                "damaged here; convert the document again."
            )
        yield split(number, text)


def split(number: int, text: str, page: int = 0) -> Line:
    r"""A line of text as cells: at tabs, or at the pipes of a Markdown table.

    Parameters
    ----------
    number, page : int
        Where it stands.
    text : str
        Without its line end.

    Examples
    --------
    >>> split(1, "| 1 | Bupati Agam |").cells, split(2, "1\tBupati Agam").cells
    (('1', 'Bupati Agam'), ('1', 'Bupati Agam'))
    """
    bare = text.strip()
    if "|" in bare and RULE.fullmatch(bare):
        return Line(number, (), "pipe", page)
    if bare.startswith("|") and bare.endswith("|") and len(bare) > 1:
        return Line(number, tuple(map(plain, bare[1:-1].split("|"))), "pipe", page)
    if "\t" in text.rstrip():
        return Line(number, tuple(map(plain, text.split("\t"))), "tab", page)
    return Line(number, (plain(text),), "text", page)
