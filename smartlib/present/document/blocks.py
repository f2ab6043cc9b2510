"""What a report is made of: frozen blocks, already worded in one language (floor 4).

Texts are plain but for three marks: `**bold**`, `` `code` ``, and links such as
`[Kota Batam](region:21.71)` or `[method](method:ranks)`, whose aim each form writes its own way.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Passage:
    """A paragraph; a quiet one is an aside."""

    text: str
    quiet: bool = False


@dataclass(frozen=True)
class Listing:
    """A list without numbers; `lang` is the language of foreign items, such as titles."""

    items: tuple[str, ...]
    lang: str = ""


@dataclass(frozen=True)
class Grid:
    """A table.

    Attributes
    ----------
    caption : str
        What it shows.
    headings : tuple of str
        Of its columns; the first names the rows.
    rows : tuple of tuple of str
        Cells as text.
    numeric : tuple of int
        Columns set to the right.
    own : int
        Row of the region itself; -1 where it has none.
    total : int
        Row that sums the others; -1 where there is none.
    """

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    own: int = -1
    total: int = -1


@dataclass(frozen=True)
class Chart:
    """A figure, before it is drawn.

    Attributes
    ----------
    title : str
        The finding that it shows.
    alt : str
        What is to be seen, then the numbers.
    source : str
        Where its numbers come from.
    scale : str
        What its axis counts.
    ticks : tuple of (float, str)
        Places of the axis and their printed numbers.
    """

    title: str
    alt: str
    source: str
    scale: str
    ticks: tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class Dot:
    """A marked value with its printed label."""

    value: float
    label: str


@dataclass(frozen=True)
class Strip(Chart):
    """Many values as ticks on one line, the region's own and a reference marked.

    Attributes
    ----------
    values, others : tuple of float
        Ticks; those of `others` stand back.
    own : Dot or None
        The region; None where all are shown alike.
    reference : Dot
        What it is held against.
    band : tuple of float
        Ends of a shaded stretch; nothing for none.
    band_label : str
        What the stretch means.
    """

    values: tuple[float, ...]
    others: tuple[float, ...]
    own: Dot | None
    reference: Dot
    band: tuple[float, ...] = ()
    band_label: str = ""


@dataclass(frozen=True)
class Bar:
    """A named value; `written` is how it is printed, `heavy` whether it sums the others."""

    name: str
    value: float
    written: str
    heavy: bool = False


@dataclass(frozen=True)
class Bars(Chart):
    """Values to the left and right of zero, one row each."""

    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Span:
    """A stretch of a row, thick or thin, and `kind` for its ink: error, method or rounding."""

    low: float
    high: float
    thick: bool
    kind: str


@dataclass(frozen=True)
class Line:
    """A named row of stretches with what is printed of them."""

    name: str
    spans: tuple[Span, ...]
    written: str


@dataclass(frozen=True)
class Spans(Chart):
    """Rows of stretches about one value: ranks and how far they are known."""

    lines: tuple[Line, ...]
    own: Dot


@dataclass(frozen=True)
class Pile:
    """A named group of equal-sized dots, and its mean."""

    name: str
    values: tuple[float, ...]
    mean: float


@dataclass(frozen=True)
class Piles(Chart):
    """Groups of dots, equal values stacked."""

    piles: tuple[Pile, ...]


@dataclass(frozen=True)
class Shelf:
    """A named row of values, each as it is printed."""

    name: str
    values: tuple[Dot, ...]


@dataclass(frozen=True)
class Tiles(Chart):
    """A heat map: a named group a line, in it shelves of shaded values side by side."""

    groups: tuple[tuple[str, tuple[Shelf, ...]], ...]


Plain = Passage | Listing | Grid | Strip | Bars | Spans | Piles | Tiles


@dataclass(frozen=True)
class Fold:
    """Blocks that stand folded under a title.

    Attributes
    ----------
    title : str
        What a reader opens it for.
    blocks : tuple
        What it holds.
    printed : bool, default True
        Whether a PDF, which has four pages, holds it too.
    """

    title: str
    blocks: tuple[Plain, ...]
    printed: bool = True


Block = Plain | Fold


@dataclass(frozen=True)
class Section:
    """A part with a heading.

    Attributes
    ----------
    key : str
        Its anchor, the same in both languages.
    title, short : str
        Its heading, and the word or two that a list of contents has for it.
    blocks : tuple
        What it holds.
    """

    key: str
    title: str
    short: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Cell:
    """One number of the first screen: what, how much, and what to make of it."""

    label: str
    value: str
    note: str


@dataclass(frozen=True)
class Link:
    """Another region."""

    code: str
    name: str


@dataclass(frozen=True)
class Leaf:
    """A sheet of the region's own workbook: numbers as numbers."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str | float | int | None, ...], ...]


@dataclass(frozen=True)
class Facts:
    """Numbers of a report as numbers, for what compares or tabulates regions.

    Attributes
    ----------
    index, harmonised, median : float
        Index points; the median is that of the region's track.
    error : float or None
        Standard error of one index by internal consistency.
    rank, known, lowest : int
        Rank among the known rows, and if every lost row stood above.
    rank_low, rank_high : int or None
        Ends of its confidence set.
    change : float or None
        From last year.
    """

    index: float
    harmonised: float
    median: float
    error: float | None
    rank: int
    known: int
    lowest: int
    rank_low: int | None
    rank_high: int | None
    change: float | None


@dataclass(frozen=True)
class Report:
    """All that a report says, of a region or of the country, in one language.

    Attributes
    ----------
    lang, code, name, province, year : str
        Of the report; `year` is the edition that titles name. The country has no code.
    title, subtitle : str
        Printed at the head.
    cells : tuple of Cell
        The first screen's numbers.
    standout : str
        One sentence: what stands out.
    strip : Strip
        Where the region stands.
    sections : tuple of Section
        In their order.
    previous, following : Link or None
        Neighbours of the province, by code.
    dated : str
        Date of the data.
    facts : Facts or None
        The numbers behind, of a region.
    leaves : tuple of Leaf
        Sheets of the region's own workbook.
    """

    lang: str
    code: str
    name: str
    province: str
    year: str
    title: str
    subtitle: str
    cells: tuple[Cell, ...]
    standout: str
    strip: Strip
    sections: tuple[Section, ...]
    previous: Link | None
    following: Link | None
    dated: str
    facts: Facts | None
    leaves: tuple[Leaf, ...]
