"""What a report's cover says: stage, year, region (floor 1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from smartlib.data.documents.areas import Area, bare
from smartlib.data.documents.formats.lines import Document
from smartlib.data.documents.records import Discrepancy, Mean, ScoreRow
from smartlib.data.tables.values.numbers import parse_number
from smartlib.vocabulary.errors import DataError

TITLE = re.compile(r"LAPORAN HASIL EVALUASI TAHAP (I{1,2}|[12])\b")
TABLE_TITLE = re.compile(r"HASIL EVALUASI .*?TAHAP (I{1,2}|[12]) TAHUN (\d{4})")
YEAR = re.compile(r"\bTAHUN (20\d{2})\b")
REGION = re.compile(r"(?:KAB\.?|KABUPATEN|KOTA) [A-Z][A-Z .'-]+$")
STAGES = {"I": 1, "II": 2, "1": 1, "2": 2}
ENOUGH = 3  # means that tell one region from all others


@dataclass(frozen=True)
class Cover:
    """Stage and year of a report, and its region as printed; nothing on a cover without text."""

    stage: int
    year: int
    region: str


def read_cover(document: Document, areas: Sequence[Area]) -> Cover | None:
    """The cover of a report; none if the document is none.

    Parameters
    ----------
    document : Document
    areas : sequence of Area
        Of the whole document.

    Raises
    ------
    DataError
        It is a report, and its cover does not say the year or the region.
    """
    lines = areas[0].lines
    text = bare(" ".join(line.text for line in lines))
    title = TITLE.search(text)
    if not title:
        return _behind_a_picture(document) if _is_picture(document) else None
    year = YEAR.search(text)
    names = [line.text for line in lines if REGION.fullmatch(line.text.upper())]
    if not year or not names:
        raise DataError(
            f"{document.file}: the cover names no {'region' if year else 'year'}. Expected a "
            "line such as TAHUN 2024 and one such as KAB. BADUNG."
        )
    return Cover(STAGES[title[1]], int(year[1]), names[-1])


def _is_picture(document: Document) -> bool:
    return bool(document.lines) and document.lines[0].page > 1


def _behind_a_picture(document: Document) -> Cover | None:
    """Stage and year from the title of the national table, where the cover is a picture."""
    titles = (TABLE_TITLE.search(bare(line.text)) for line in document.lines)
    title = next(filter(None, titles), None)
    return Cover(STAGES[title[1]], int(title[2]), "") if title else None


def region_of(rows: Sequence[ScoreRow], means: Sequence[Mean]) -> tuple[str, list[Discrepancy]]:
    """The one region of the national table that has the means of a report's blocks.

    Parameters
    ----------
    rows : sequence of ScoreRow
    means : sequence of Mean

    Returns
    -------
    region : str
        As the table prints it; nothing if none or several have these means.
    told : list of Discrepancy
        That it was found so.
    """
    stated = {mean.dimension: parse_number(mean.printed) for mean in means}
    found = [
        row
        for row in rows
        if all(parse_number(row.cells[name]) == mark for name, mark in stated.items())
    ]
    if len(found) != 1 or len(stated) < ENOUGH:
        return "", []
    name = found[0].cells["KAB/KOTA"]
    return name, [Discrepancy("region_by_means", found[0].line, "a cover without text", name)]
