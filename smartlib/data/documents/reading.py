"""A document's lines to its records: which kind it is, and what each area holds (floor 1)."""

from __future__ import annotations

import re
from collections import Counter

from smartlib.data.documents.areas import Area, areas_of, bare, first
from smartlib.data.documents.cover import TABLE_TITLE, Cover, read_cover, region_of
from smartlib.data.documents.elements import read_elements
from smartlib.data.documents.formats.lines import Document, Line
from smartlib.data.documents.letter import read_letter, read_weights, table_weights
from smartlib.data.documents.lists import read_absent, read_lists
from smartlib.data.documents.numerals import MONTHS, iso_date
from smartlib.data.documents.press import read_press
from smartlib.data.documents.prose import contradictions, lost_charts, mixed_decimals
from smartlib.data.documents.questionnaire import read_export
from smartlib.data.documents.questions import read_questions
from smartlib.data.documents.records import Reading
from smartlib.data.documents.remarks import read_remarks
from smartlib.data.documents.scores import read_scores
from smartlib.vocabulary.errors import DataError

NAMED = re.compile(r"\b(Kabupaten|Kab\.|Kota) (?!Cerdas|Pintar|Smart)((?:[A-Z][a-z]+ ?){1,3})")
SPOKEN_YEAR = re.compile(rf"\b(?:tahun|{'|'.join(MONTHS)}) (20\d{{2}})\b", re.IGNORECASE)
PARTS = ("letter", "list", "answers", "remarks")  # of a report alone


def read_document(document: Document) -> Reading:
    """All records of a document.

    Parameters
    ----------
    document : Document

    Raises
    ------
    DataError
        It is neither a report, nor a table of scores or marks, nor a press item; or a
        report's parts stand in it without a title.
    """
    export = read_export(document)
    if export:
        return export
    areas = areas_of(document.lines)
    cover = read_cover(document, areas)
    if cover:
        return _report(document, areas, cover)
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


def _report(document: Document, areas: list[Area], cover: Cover) -> Reading:
    letters = [line for area in first(areas, "letter") for line in area.lines]
    opening = [area.heading for area in first(areas, "letter")]
    letter, unequal = read_letter([*opening, *letters])
    listed, turns, unread = read_lists(first(areas, "list"), f"stage{cover.stage}_invited")
    rows, odd, bad = read_scores(areas)
    blocks = read_questions(first(areas, "answers"))
    remarks = read_remarks(first(areas, "remarks"))
    texts = [line for area in areas if area.name == "text" for line in _with_heading(area)]
    elements, more = read_elements(texts, letters)
    region, guessed = (cover.region, []) if cover.region else region_of(rows, blocks.means)
    told = [
        *unequal, *turns, *odd, *more, *blocks.told, *remarks.told, *guessed,
        *mixed_decimals(rows, blocks.marks), *lost_charts(areas), *contradictions(letters, texts),
    ]  # fmt: skip
    return Reading(
        document,
        f"stage{cover.stage}_report",
        cover.stage,
        region,
        cover.year,
        letter,
        {**read_weights(letters), **table_weights(texts)},
        tuple(rows),
        tuple(blocks.marks),
        tuple(blocks.means),
        (*listed, *read_absent(letters, f"stage{cover.stage}_absent")),
        tuple(remarks.remarks),
        tuple(remarks.assessors),
        (),
        tuple(told),
        (*unread, *bad, *blocks.unread, *remarks.unread),
        cohort=(letter.cohort if letter else "") or (rows[0].cohort if rows else ""),
        elements=tuple(elements),
    )


def _with_heading(area: Area) -> tuple[Line, ...]:
    return (area.heading, *area.lines)


def _table(document: Document, areas: list[Area]) -> Reading:
    """A score table that stands alone; its title may say stage and year."""
    above = bare(" ".join(line.text for line in areas[0].lines))
    title = TABLE_TITLE.search(above)
    rows, odd, bad = read_scores(areas)
    year = int(title[2]) if title else 0
    return Reading(
        document, "scores", 2, "", year, scores=tuple(rows), discrepancies=tuple(odd),
        unread=tuple(bad), cohort=rows[0].cohort if rows else "",
    )  # fmt: skip


def _press(document: Document) -> Reading:
    text = " ".join(line.text for line in document.lines)
    years = Counter(SPOKEN_YEAR.findall(text))
    dated = iso_date(text)
    year = int(dated[:4]) if dated else (int(years.most_common(1)[0][0]) if years else 0)
    named = Counter(f"{kind} {name.strip()}" for kind, name in NAMED.findall(text))
    most = [name for name, count in named.items() if count == max(named.values())]
    region = most[0] if len(most) == 1 else ""  # of several named alike, it may be of any
    facts, told = read_press(document.lines, year)
    return Reading(
        document, "press", 0, region, year, facts=tuple(facts), discrepancies=tuple(told)
    )
