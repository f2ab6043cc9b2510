"""The questionnaire's export: a spreadsheet of questions and marks of one region (floor 1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from smartlib.data.documents.areas import BLOCKS, bare
from smartlib.data.documents.cover import REGION, YEAR
from smartlib.data.documents.formats.lines import Document, Line
from smartlib.data.documents.questions import MEAN, PRINTED, gaps
from smartlib.data.documents.records import Discrepancy, Mark, Mean, Reading

HEADINGS = {  # what a column holds: how its heading may read
    "number": ("NO", "NOMOR", "NO PERTANYAAN", "NOMOR PERTANYAAN", "NUMBER"),
    "question": ("PERTANYAAN", "QUESTION", "SOAL"),
    "mark": ("HASIL PENILAIAN", "JAWABAN", "NILAI", "SKOR", "ANSWER", "SCORE", "MARK"),
    "dimension": ("DIMENSI", "DIMENSION"),
    "region": ("KAB/KOTA", "KABUPATEN/KOTA", "DAERAH", "REGION"),
    "year": ("TAHUN", "YEAR"),
}
COLUMN = {heading: name for name, headings in HEADINGS.items() for heading in headings}
NUMBERED = re.compile(r"(\d{1,3})\.?(\s|$)")
ONE = "one, as an export is of one region and year"


@dataclass
class _Read:
    marks: list[Mark] = field(default_factory=list)
    means: list[Mean] = field(default_factory=list)
    unread: list[Discrepancy] = field(default_factory=list)
    stated: dict[str, dict[str, str]] = field(default_factory=dict)  # by column, value to line

    def refuse(self, line: str, printed: str, expected: str) -> None:
        self.unread.append(Discrepancy("unread_row", line, printed, expected, "answers"))


def export_columns(line: Line) -> list[str]:
    """What each column holds; nothing if the line is no heading of an export.

    Parameters
    ----------
    line : Line
    """
    names = [COLUMN.get(bare(cell), "") for cell in line.cells]
    return names if "mark" in names and {"number", "question"} & set(names) else []


def read_export(document: Document) -> Reading | None:
    """Marks of an export; none if the document is none.

    Parameters
    ----------
    document : Document
        Of a spreadsheet or separated file.
    """
    lines = document.lines
    at = next((n for n, line in enumerate(lines) if export_columns(line)), None)
    if document.format != "table" or at is None:
        return None
    read, columns = _Read(), export_columns(lines[at])
    twice = sorted({name for name in columns if name and columns.count(name) > 1})
    for name in twice:
        read.refuse(lines[at].place, f"two columns could be the {name}", "one")
    dimension = ""
    for line in lines[at + 1 :] if not twice else ():
        alone = len([cell for cell in line.cells if cell]) == 1
        block = BLOCKS.get(re.sub(r"\W", "", line.text.upper()), "") if alone else ""
        dimension = block or dimension
        if not block and not export_columns(line):
            dimension = _row(line, dict(zip(columns, line.cells, strict=False)), dimension, read)
    return _reading(document, lines[:at], read)


def _row(line: Line, cells: dict[str, str], above: str, read: _Read) -> str:
    """Take a row for a mark or a mean; the dimension that it stands under."""
    printed, text = cells.get("mark", ""), cells.get("number") or cells.get("question", "")
    own = cells.get("dimension", "")
    dimension = BLOCKS.get(re.sub(r"\W", "", own.upper()), "") or above
    for name in ("region", "year"):
        if cells.get(name):
            read.stated.setdefault(name, {}).setdefault(cells[name], line.place)
    number = NUMBERED.match(text)
    if bare(line.text).startswith(MEAN) and PRINTED.fullmatch(printed) and dimension:
        read.means.append(Mean(line.place, dimension, printed))
    elif number and PRINTED.fullmatch(printed):
        read.marks.append(Mark(line.place, dimension, int(number[1]), printed))
    else:
        read.refuse(line.place, f"'{text[:20]}': '{printed[:20]}'", "a number and its mark")
    return dimension


def _reading(document: Document, above: Sequence[Line], read: _Read) -> Reading:
    for values in read.stated.values():
        if len(values) > 1:
            read.refuse([*values.values()][1], f"{len(values)} of them", ONE)
    titles = [cell for line in above for cell in line.cells]
    named = [cell for cell in titles if REGION.fullmatch(cell.upper())]
    dated = [found[1] for cell in titles if (found := YEAR.search(cell.upper()))]
    regions = [*read.stated.get("region", ()), *named, ""]
    years = [y for y in (*read.stated.get("year", ()), *dated, "0") if re.fullmatch(r"\d{1,4}", y)]
    return Reading(
        document,
        "answers",
        2,
        regions[0],
        int(years[0]),
        marks=tuple(read.marks),
        means=tuple(read.means),
        discrepancies=tuple(gaps(read.marks)),
        unread=tuple(read.unread),
    )
