"""Rows of the raw tables that checked documents give (floor 5)."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from smartlib.data.documents.areas import SCORE_COLUMNS
from smartlib.data.documents.records import Reading
from smartlib.data.year_tables import ANSWER_HEADINGS
from smartlib.run.ingest.check import Checked
from smartlib.run.ingest.decisions import ACCEPTED, DECIDED
from smartlib.vocabulary import document_tables as columns
from smartlib.vocabulary.tables import COHORT, PARTICIPANTS

READER = "2"  # raised when the same document would give other rows
Row = tuple[str, ...]


@dataclass(frozen=True)
class RawTable:
    """A table that documents are read into.

    Attributes
    ----------
    file : str
        Below `data/raw`; `{year}` stands for the document's.
    columns : tuple of str
    owner : tuple of int
        Places of the columns that say whose a row is: all rows of an owner come from one
        document and are replaced together.
    rows : callable
        Rows of a document.
    order : callable
        Sorts owners by their first row.
    by_cohort : bool
        Whether the last column names the cohort; it is written where a year has several.
    """

    file: str
    columns: tuple[str, ...]
    owner: tuple[int, ...]
    rows: Callable[[Checked], Iterator[Row]]
    order: Callable[[Row], tuple[object, ...]] = lambda row: row
    by_cohort: bool = False

    @property
    def of_one_cohort(self) -> tuple[str, ...]:
        """Columns where a year has one cohort."""
        return self.columns[:-1] if self.by_cohort else self.columns


def text_digest(text: str) -> str:
    """What a remark's text is known by in committed tables.

    Parameters
    ----------
    text : str
        With single spaces.
    """
    normal = unicodedata.normalize("NFC", text)
    return hashlib.sha256(normal.encode("utf-8")).hexdigest()[:16]


def _scores(one: Checked) -> Iterator[Row]:
    for row in one.reading.scores:
        if row.headed:
            yield COHORT_SCORES
        cells = tuple(row.cells[heading] for heading in SCORE_COLUMNS)
        yield (*cells, row.cohort or one.reading.cohort)


def _answers(one: Checked) -> Iterator[Row]:
    for mark in one.reading.marks:
        yield one.reading.region, str(mark.question), mark.printed


def _participants(one: Checked) -> Iterator[Row]:
    for person in one.reading.participants:
        cohort = person.cohort or one.reading.cohort
        yield person.list, str(person.number), person.name, cohort


def _documents(one: Checked) -> Iterator[Row]:
    read, document = one.reading, one.reading.document
    others = read.letter.others if read.letter else ()
    cohort = "; ".join(filter(None, (read.cohort, *others)))
    yield (
        document.id, document.digest, read.kind, str(read.stage), one.region_code, read.region,
        str(read.year), cohort, document.format, READER,
    )  # fmt: skip


def _letters(one: Checked) -> Iterator[Row]:
    letter = one.reading.letter
    if letter:
        counts = (str(letter.counts.get(r, "")) for r in ("addressed", "took_part", "absent"))
        own = (letter.line, letter.number, letter.date, letter.subject, letter.office)
        yield (one.reading.document.id, *own, *counts)


def _remarks(one: Checked) -> Iterator[Row]:
    for r in one.reading.remarks:
        key = (one.reading.document.id, r.kind, str(r.assessor), str(r.number))
        yield (*key, str(r.parts), r.line, text_digest(r.text), "", "")


def _codings(one: Checked) -> Iterator[Row]:
    for c in one.codings:
        key = (one.reading.document.id, c.remark.kind, str(c.remark.assessor), str(c.remark.number))
        yield (*key, c.coder, c.theme, c.words)


def _assessors(one: Checked) -> Iterator[Row]:
    for a in one.reading.assessors:
        own = (str(a.number), str(one.reading.year), a.affiliation, str(len(set(a.names))))
        yield (one.reading.document.id, *own)


def _elements(one: Checked) -> Iterator[Row]:
    for e in one.reading.elements:
        own = (e.dimension, str(e.number), e.name, e.weight, str(e.parts), e.line)
        yield (one.reading.document.id, *own, text_digest(e.text))


def _facts(one: Checked) -> Iterator[Row]:
    for f in one.reading.facts:
        key = (one.reading.document.id, f.line, one.region_code, str(f.year), f.measure, f.pillar)
        yield (*key, f.value, f.unit, "press", f.conflicts)


def _discrepancies(one: Checked) -> Iterator[Row]:
    for d in (*one.told, *one.refused):
        decided = ACCEPTED if d.table else DECIDED[d.kind]
        yield one.reading.document.id, d.line, d.kind, d.printed, d.expected, decided


def _places(one: Checked) -> Iterator[Row]:
    read = one.reading
    keyed = [("scores", row.cells["KAB/KOTA"], row.line) for row in read.scores]
    keyed += [("answers", str(mark.question), mark.line) for mark in read.marks]
    position: Counter[str] = Counter()
    for person in read.participants:
        # As in the raw table, where a list of a second cohort has its own numbers.
        name = " ".join(filter(None, (person.list, _second(person.cohort, read))))
        position[name] += 1
        keyed.append(("participants", f"{name} {position[name]}", person.line))
    for table, key, line in keyed:
        yield read.document.id, table, key, line, "official table"


def _second(cohort: str, read: Reading) -> str:
    return "" if cohort in ("", read.cohort) else cohort


def _by_number(row: Row) -> tuple[object, ...]:
    return (row[-1], int(row[0]), row)


LISTS = ("stage1_invited", "stage1_absent", "stage2_invited", "stage2_absent")
COHORT_SCORES = (*SCORE_COLUMNS, COHORT.name.upper())
BY_DOCUMENT = (0,)
TABLES = (
    RawTable("{year}/scores.csv", COHORT_SCORES, (1,), _scores, _by_number, by_cohort=True),
    RawTable("{year}/answers.csv", tuple(ANSWER_HEADINGS), (0,), _answers),
    RawTable(
        "{year}/participants.csv",
        (*PARTICIPANTS.column_names, COHORT.name),
        (0, 3),
        _participants,
        lambda row: (LISTS.index(row[0]), row[-1]),
        by_cohort=True,
    ),
    RawTable("{year}/remarks.csv", tuple(columns.REMARKS.column_names), BY_DOCUMENT, _remarks),
    *(
        RawTable(f"documents/{table.name}.csv", tuple(table.column_names), BY_DOCUMENT, rows)
        for table, rows in (
            (columns.DOCUMENTS, _documents),
            (columns.LETTERS, _letters),
            (columns.ASSESSORS, _assessors),
            (columns.CODINGS, _codings),
            (columns.ELEMENTS, _elements),
            (columns.FACTS, _facts),
            (columns.DISCREPANCIES, _discrepancies),
            (columns.PLACES, _places),
        )
    ),
)


def rows_by_file(documents: Sequence[Checked]) -> dict[tuple[str, RawTable], list[list[Row]]]:
    """Rows by file and table, a list for each document that has some.

    Parameters
    ----------
    documents : sequence of Checked
    """
    found: dict[tuple[str, RawTable], list[list[Row]]] = {}
    for one in documents:
        for table in TABLES:
            rows = list(table.rows(one))
            if rows:
                file = table.file.format(year=one.reading.year)
                found.setdefault((file, table), []).append(rows)
    return found
