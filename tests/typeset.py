"""Look-alike PDFs, set by typst from made reports: three styles, any font, as page breaks fall."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import matplotlib
import pytest
from made_documents import Block, Content, blocks_of
from PIL import ImageFont

from smartlib.data.documents.formats.lines import Line

STYLES = ("ruled", "between", "plain")
STROKES = {"ruled": "0.5pt", "between": "(x: none, y: 0.4pt)", "plain": "none"}
SCORE_COVER = 4  # blocks
SIZE = 5  # points, of a scanned page
LETTERS = ImageFont.truetype(Path(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSans.ttf", 100)
SCANNED = {4: (0, 90, 180, 460), 11: (0, 22, 150, 188, 222, 258, 290, 336, 410, 455, 530)}
SCORE_WIDTHS = {
    "NO": "auto",
    "KAB/KOTA": "1.6fr",
    "PROGRAM KOLABORASI": "1.4fr",
    "TINGKAT IMPROVEMENT": "1.5fr",
}
WIDTHS = {"NO": "auto", "KAB/KOTA": "1.6fr", "PROGRAM KOLABORASI": "1.4fr",
                "TINGKAT IMPROVEMENT": "1.5fr"}  # fmt: skip
COVER = 4  # blocks
SIZE = 5  # points, of a scanned page
LETTERS = ImageFont.truetype(Path(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSans.ttf", 100)
SCANNED = {4: (0, 90, 180, 460), 11: (0, 22, 150, 188, 222, 258, 290, 336, 410, 455, 530)}
WIDTHS = {
    4: "(1fr, 1.4fr, 2.4fr, 0.9fr)",
}


def set_pdf(
    content: Content,
    style: str = "ruled",
    font: str = "Liberation Sans",
    *,
    centred: bool = False,
    picture: bool = False,
    tight: bool = False,
) -> bytes:
    """A report as PDF."""
    typst = pytest.importorskip("typst", reason="look-alike PDFs are set by typst")
    head = (
        f'#set page(paper: "a4", margin: 2cm, numbering: "1", footer-descent: 40%)\n'
        f'#set text(font: "{font}", size: 10pt, hyphenate: false)\n'
        f"#set par(justify: {str(style == 'between').lower()})\n"
        f"#set table(stroke: {STROKES[style]}, inset: {'(x: 4pt, y: 1.2pt)' if tight else '4pt'}"
        f"{', align: horizon' if centred else ''})\n"
        "#show table: set par(justify: false)\n"
    )
    blocks = blocks_of(content)
    cover, rest = blocks[:COVER], blocks[COVER:]
    parts = [*map(_block, cover if not picture else []), *map(_block, rest)]
    if picture:
        parts.insert(0, "#page(footer: none)[#rect(width: 80%, height: 60%, fill: blue)]")
    return typst.compile((head + "\n\n".join(parts)).encode("utf-8"))


def set_lines(lines: Sequence[Line], style: str) -> bytes:
    """A document that has been read, set anew: rows of one width make a table."""
    typst = pytest.importorskip("typst", reason="look-alike PDFs are set by typst")
    blocks: list[Block] = []
    for line in lines:
        last = blocks[-1].rows if blocks else ()
        if len(line.cells) == 1:
            blocks.append(Block(line.text))
        elif last and len(last[-1]) == len(line.cells) and line.cells != last[0]:
            overleaf = len(line.cells) == 4 and not line.cells[3] and line.cells[2]
            row = tuple(map(_beside, last[-1], line.cells)) if overleaf else line.cells
            blocks[-1] = replace(blocks[-1], rows=(*(last[:-1] if overleaf else last), row))
        elif not last or line.cells != last[0]:
            headed = len(line.cells) in (4, 11) and not line.cells[0].isdigit()
            blocks.append(Block(rows=(line.cells,), headed=headed))
    head = f'#set page(margin: 2cm, numbering: "1")\n#set table(stroke: {STROKES[style]})\n'
    head += '#set text(font: "Liberation Serif", hyphenate: false)\n#set par(justify: true)\n'
    head += "#show table: set par(justify: false)\n"
    return typst.compile((head + "\n\n".join(map(_block, blocks))).encode("utf-8"))


def _beside(one: str, other: str) -> str:
    return " ".join(filter(None, (one, other)))


def scanned(content: Content) -> bytes:
    """A table as a scanner's reader leaves it: each word by itself, none quite on its line."""
    typst = pytest.importorskip("typst", reason="look-alike PDFs are set by typst")
    rng = random.Random(0)
    pages, down = [[]], 40.0
    for block in blocks_of(content):
        for row in block.rows or ((block.text,),):
            widths = SCANNED[len(row)] if len(row) > 1 else (0,)
            for left, cell in zip(widths, row, strict=True):
                pages[-1] += _words(cell, left + 20.0, down, rng) if cell else []
            down += 14.0
            if down > 780:
                pages.append([])
                down = 40.0
    body = "#pagebreak()\n".join("\n".join(page) for page in pages)
    head = f'#set page(paper: "a4", margin: 0pt)\n#set text(font: "DejaVu Sans", size: {SIZE}pt)\n'
    return typst.compile((head + body).encode("utf-8"))


def _words(text: str, left: float, down: float, rng: random.Random) -> list[str]:
    placed = []
    for word in text.split():
        dx, dy = left + rng.uniform(-0.3, 0.3), down + rng.uniform(-0.5, 0.5)
        placed.append(f"#place(dx: {dx:.2f}pt, dy: {dy:.2f}pt)[{_escaped(word)}]")
        left += LETTERS.getlength(f"{word} ") * SIZE / 100
    return placed


def _block(block: Block) -> str:
    if not block.rows:
        return _escaped(block.text)
    width = len(block.rows[0])
    columns = WIDTHS.get(width if block.headed else 0, str(width))
    if width > 4:
        columns = f"({', '.join(SCORE_WIDTHS.get(name, '1fr') for name in block.rows[0])})"
    rows = [f"{', '.join(map(_cell, row))}" for row in block.rows]
    if block.headed:
        rows[0] = f"table.header({rows[0]})"
    cells = ",\n".join(rows)
    size = "6.5pt" if width > 4 else "7.5pt"
    return f"#[#show table: set text(size: {size})\n#table(columns: {columns},\n{cells})]"


def _cell(text: str) -> str:
    return f"[{_escaped(text)}]"


def _escaped(text: str) -> str:
    for sign in "\\#*_$`<>@[]~=-+/":
        text = text.replace(sign, f"\\{sign}")
    # A number and a full stop at the start of a paragraph would be a list to typst.
    number, dot, rest = text.partition(". ")
    return f"{number}\\. {rest}" if dot and len(number) < 4 else text
