"""A document's lines to its records: which kind it is, and what each area holds (floor 1)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from smartlib.data.documents.areas import Area, areas_of, bare, first
from smartlib.data.documents.formats.lines import Document, Line
from smartlib.data.documents.letter import PERIOD, read_letter, read_weights, table_weights
from smartlib.data.documents.lists import read_absent, read_list
from smartlib.data.documents.numerals import MONTHS, NUMERAL, iso_date, value_of
from smartlib.data.documents.press import read_press
from smartlib.data.documents.questions import read_questions
from smartlib.data.documents.records import Discrepancy, Reading
from smartlib.data.documents.remarks import read_remarks
from smartlib.data.documents.scores import decimal_marks, read_scores
from smartlib.vocabulary.errors import DataError

TITLE = re.compile(r"LAPORAN HASIL EVALUASI TAHAP (I{1,2}|[12])\b")
TABLE_TITLE = re.compile(r"HASIL EVALUASI .*TAHAP (I{1,2}|[12]) TAHUN (\d{4})")
YEAR = re.compile(r"\bTAHUN (20\d{2})\b")
REGION = re.compile(r"(?:KAB\.?|KABUPATEN|KOTA) [A-Z][A-Z .'-]+$")
NAMED = re.compile(r"\b(Kabupaten|Kab\.|Kota) ((?:[A-Z][a-z]+ ?){1,3})")
SPOKEN_YEAR = re.compile(rf"\b(?:tahun|{'|'.join(MONTHS)}) (20\d{{2}})\b", re.IGNORECASE)
STAGES = {"I": 1, "II": 2, "1": 1, "2": 2}
REGIONS = re.compile(r"(?:(\d{2,3})\)?|puluh|belas|lima|enam|satu) kota/kabupaten", re.IGNORECASE)
UNTIL = re.compile(r"hingga tahun (20\d{2})", re.IGNORECASE)
PARTS = ("letter", "list", "answers", "remarks")  # of a report alone
LONG = 100  # characters of a paragraph that may be compared with the one above


def read_document(document: Document) -> Reading:
    """All records of a document.

    Parameters
    ----------
    document : Document

    Raises
    ------
    DataError
        It is neither a report, nor a score table, nor a press item of the programme; or a
        report's parts stand in it without a title.
    """
    areas = areas_of(document.lines)
    cover = bare(" ".join(line.text for line in areas[0].lines))
    title = TITLE.search(cover)
    if title:
        return _report(document, areas, STAGES[title[1]], cover)
    parts = [name for name in PARTS if first(areas, name)]
    if parts:
        raise DataError(
            f"{document.file} has {', '.join(parts)} as a report has, but no title such as "
            "LAPORAN HASIL EVALUASI TAHAP II above them. Restore it, or give the table alone."
        )
    if first(areas, "scores"):
        return _table(document, areas)
    if "smart city" in " ".join(line.text for line in document.lines).lower():
        return _press(document)
    raise DataError(
        f"{document.file} is no document of the evaluation: no report's title, no score table, "
        "and no word of smart city. Give a report, a table or a press item."
    )


def _report(document: Document, areas: list[Area], stage: int, cover: str) -> Reading:
    year = YEAR.search(cover)
    names = [line.text for line in areas[0].lines if REGION.fullmatch(line.text.upper())]
    if not year or not names:
        raise DataError(
            f"{document.file}: the cover names no {'region' if year else 'year'}. Expected a "
            "line such as TAHUN 2024 and one such as KAB. BADUNG."
        )
    letters = [line for area in first(areas, "letter") for line in area.lines]
    opening = [area.heading for area in first(areas, "letter")]
    letter, unequal = read_letter([*opening, *letters])
    lists = [line for area in first(areas, "list") for line in area.lines]
    listed, turns, unread = read_list(lists, f"stage{stage}_invited")
    absent = read_absent(letters, f"stage{stage}_absent")
    tables = first(areas, "scores")
    rows, odd, bad = read_scores(tables[0]) if tables else ([], [], [])
    blocks = read_questions(first(areas, "answers"))
    remarks = read_remarks(first(areas, "remarks"))
    texts = [line for area in areas if area.name == "text" for line in _with_heading(area)]
    told = [
        *unequal, *turns, *odd, *blocks.told, *remarks.told,
        *_decimals(rows, blocks.marks), *_charts(areas), *_prose(letters, texts, tables),
    ]  # fmt: skip
    return Reading(
        document,
        f"stage{stage}_report",
        stage,
        names[-1],
        int(year[1]),
        letter,
        {**read_weights(letters), **table_weights(texts)},
        tuple(rows),
        tuple(blocks.marks),
        tuple(blocks.means),
        (*listed, *absent),
        tuple(remarks.remarks),
        tuple(remarks.assessors),
        (),
        tuple(told),
        (*unread, *bad, *blocks.unread, *remarks.unread),
    )


def _with_heading(area: Area) -> tuple[Line, ...]:
    return (area.heading, *area.lines)


def _table(document: Document, areas: list[Area]) -> Reading:
    """A score table that stands alone; its title may say stage and year."""
    above = bare(" ".join(line.text for line in areas[0].lines))
    title = TABLE_TITLE.search(above)
    rows, odd, bad = read_scores(first(areas, "scores")[0])
    year = int(title[2]) if title else 0
    return Reading(
        document, "scores", 2, "", year, scores=tuple(rows), discrepancies=tuple(odd),
        unread=tuple(bad),
    )  # fmt: skip


def _press(document: Document) -> Reading:
    text = " ".join(line.text for line in document.lines)
    years = Counter(SPOKEN_YEAR.findall(text))
    dated = iso_date(text)
    year = int(dated[:4]) if dated else (int(years.most_common(1)[0][0]) if years else 0)
    named = Counter(f"{kind} {name.strip()}" for kind, name in NAMED.findall(text))
    region = named.most_common(1)[0][0] if named else ""
    facts, told = read_press(document.lines, year)
    return Reading(
        document, "press", 0, region, year, facts=tuple(facts), discrepancies=tuple(told)
    )


def _decimals(rows: Sequence, marks: Sequence) -> list[Discrepancy]:
    """A decimal comma in one table and a point in another."""
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


def _charts(areas: Sequence[Area]) -> list[Discrepancy]:
    """A chart whose numbers are not in the text."""
    return [
        Discrepancy("lost_chart", area.heading.place, "no numbers", "two years' results")
        for area in first(areas, "chart")
        if not any(re.search(r"\d[.,]\d", line.text) for line in area.lines)
    ]


def _prose(
    letter: Sequence[Line], texts: Sequence[Line], tables: Sequence[Area]
) -> list[Discrepancy]:
    """Counts and years that the text states differently, and paragraphs printed twice."""
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
        for match in re.finditer(
            r"([\w\s()]{3,60}?) (?:kota/kabupaten|kabupaten/kota)\s+(?:yang terpilih pada|program)",
            line.text,
            re.IGNORECASE,
        ):
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
