"""What a document's text and setting contradict, beside its tables (floor 1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from smartlib.data.documents.areas import Area, first
from smartlib.data.documents.formats.lines import Line
from smartlib.data.documents.letter import PERIOD
from smartlib.data.documents.numerals import NUMERAL, value_of
from smartlib.data.documents.records import Discrepancy, Mark, ScoreRow
from smartlib.data.documents.scores import decimal_marks

UNTIL = re.compile(r"hingga tahun (20\d{2})", re.IGNORECASE)
EVALUATED = re.compile(
    r"([\w\s()]{3,60}?) (?:kota/kabupaten|kabupaten/kota)\s+(?:yang terpilih pada|program)",
    re.IGNORECASE,
)
LONG = 100  # characters of a paragraph that may be compared with the one above


def mixed_decimals(rows: Sequence[ScoreRow], marks: Sequence[Mark]) -> list[Discrepancy]:
    """A decimal comma in one table and a point in another.

    Parameters
    ----------
    rows : sequence of ScoreRow
    marks : sequence of Mark
    """
    numbers = [
        cell
        for row in rows
        for name, cell in row.cells.items()
        if name not in ("NO", "KAB/KOTA", "KET")
    ]
    tables, questions = decimal_marks(numbers), decimal_marks([mark.printed for mark in marks])
    if tables and questions and tables != questions:
        printed = f"'{''.join(sorted(questions))}' in the marks"
        other = f"'{''.join(sorted(tables))}' as in the score table"
        return [Discrepancy("decimal_marks", marks[0].line, printed, other)]
    return []


def lost_charts(areas: Sequence[Area]) -> list[Discrepancy]:
    """A chart whose numbers are not in the text.

    Parameters
    ----------
    areas : sequence of Area
    """
    return [
        Discrepancy("lost_chart", area.heading.place, "no numbers", "two years' results")
        for area in first(areas, "chart")
        if not any(re.search(r"\d[.,]\d", line.text) for line in area.lines)
    ]


def contradictions(letter: Sequence[Line], texts: Sequence[Line]) -> list[Discrepancy]:
    """Counts and years that the text states differently, and paragraphs printed twice.

    Parameters
    ----------
    letter, texts : sequence of Line
        Of the letter, and of what stands between tables.
    """
    found = [*_numbers_of_regions([*letter, *texts]), *_periods(letter, texts)]
    paragraphs = [line for line in texts if len(line.text) > LONG]
    for one, other in pairwise(paragraphs):
        if _alike(one.text, other.text):
            found.append(Discrepancy("paragraph_twice", other.place, "a paragraph", "once"))
    return found


def _alike(one: str, other: str) -> bool:
    """Whether two paragraphs begin with the same hundred letters."""
    return one[:LONG] == other[:LONG]


def _numbers_of_regions(lines: Sequence[Line]) -> list[Discrepancy]:
    """Numbers of regions in points and headings that speak of those evaluated."""
    said: dict[int, str] = {}
    for line in lines:
        for match in EVALUATED.finditer(line.text):
            words = match[1]
            digits = re.findall(r"\d{2,3}", words)
            numerals = NUMERAL.findall(words)
            value = int(digits[-1]) if digits else (value_of(numerals[-1]) if numerals else None)
            if value:
                said.setdefault(value, line.place)
    if len(said) < 2:
        return []
    printed = " / ".join(map(str, sorted(said)))
    return [Discrepancy("number_of_regions", list(said.values())[1], printed, "one number")]


def _periods(letter: Sequence[Line], texts: Sequence[Line]) -> list[Discrepancy]:
    period = next((p for line in letter if (p := PERIOD.search(line.text))), None)
    for line in texts:
        until = UNTIL.search(line.text)
        if period and until and until[1] != period[2]:
            printed, other = f"until {until[1]}", f"{period[1]}-{period[2]}"
            return [Discrepancy("years_of_selection", line.place, printed, other)]
    return []
