"""What is read from a document, each record with the line that it stands on (floor 1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from smartlib.data.documents.formats.lines import Document

KINDS = ("stage1_report", "stage2_report", "press", "scores", "answers")  # of documents
REMARK_KINDS = {
    "KEKUATAN": "strength",
    "KELEMAHAN": "weakness",
    "REKOMENDASI": "recommendation",
}


@dataclass(frozen=True)
class Discrepancy:
    """A place where a document contradicts itself, or is not set as it should be.

    Attributes
    ----------
    kind : str
        Key of `decisions.DECIDED`.
    line : str
        Place of the line.
    printed, expected : str
        What stands there and what would agree; never a sentence of the document's.
    table : str
        The table that is refused for it unless the place is accepted; nothing where the
        place is only told.
    """

    kind: str
    line: str
    printed: str
    expected: str = ""
    table: str = ""


@dataclass(frozen=True)
class Letter:
    """The letter that opens a report.

    Attributes
    ----------
    number, date, subject, office : str
        As printed, the date as ISO 8601, the office of who signs (not the name).
    line : str
        Where the number stands.
    counts : mapping of str to int
        `addressed`, `took_part`, `absent`: regions that its points count.
    cohort : str
        Years of selection, such as `2017-2022`.
    others : mapping of str to (mapping of str to int)
        Counts of further cohorts that its points name.
    """

    number: str
    date: str
    subject: str
    office: str
    line: str
    counts: Mapping[str, int] = field(default_factory=dict)
    cohort: str = ""
    others: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def counts_of(self, cohort: str) -> Mapping[str, int]:
        """What its points count of a cohort; of the first where none is named."""
        return self.counts if cohort in ("", self.cohort) else self.others.get(cohort, {})


@dataclass(frozen=True)
class ScoreRow:
    """A row of the national table: cells by heading, as printed.

    Attributes
    ----------
    line : str
    cells : mapping of str to str
    headed : bool
        Whether the headings stand again above it, at the top of a page.
    cohort : str
        Years of selection that its table's title names; nothing where they are the letter's.
    """

    line: str
    cells: Mapping[str, str]
    headed: bool = False
    cohort: str = ""


@dataclass(frozen=True)
class Mark:
    """A question's mark as printed, under the heading of its dimension."""

    line: str
    dimension: str
    question: int
    printed: str


@dataclass(frozen=True)
class Mean:
    """A dimension's mean as its block of questions prints it."""

    line: str
    dimension: str
    printed: str


@dataclass(frozen=True)
class Participant:
    """A name on a list: which list, number and name as printed; cohort as of a `ScoreRow`."""

    line: str
    list: str
    number: int
    name: str
    cohort: str = ""


@dataclass(frozen=True)
class Remark:
    """A remark of an assessor.

    Attributes
    ----------
    line : str
        Where it begins.
    kind : str
        A value of `REMARK_KINDS`.
    assessor : int
        From 1 within the document.
    number : int
        Place among the assessor's remarks of that kind, from 1.
    text : str
        Whole, with single spaces; stays with the user.
    parts : int
        How many sentences seem to have run together in it.
    """

    line: str
    kind: str
    assessor: int
    number: int
    text: str
    parts: int = 1


@dataclass(frozen=True)
class Assessor:
    """Who assessed: number in the document, names as printed (the user's own), affiliation."""

    number: int
    names: tuple[str, ...]
    affiliation: str = ""


@dataclass(frozen=True)
class Element:
    """What was evaluated of a dimension, as a report's table of elements says.

    Attributes
    ----------
    line : str
    dimension : str
        As printed.
    number : int
        Within the dimension, from 1.
    name : str
        As printed; nothing where the table has no such column.
    weight : str
        Percent of the dimension, where the table states it.
    text : str
        The description; stays with the user.
    parts : int
        How many descriptions stand in its cell, as the letter lists them.
    """

    line: str
    dimension: str
    number: int
    name: str
    weight: str
    text: str
    parts: int = 1


@dataclass(frozen=True)
class Fact:
    """A figure that a document states of a region.

    Attributes
    ----------
    line : str
    measure : str
        Key of what was counted.
    pillar : str
        Of the Smart City, where it is one's.
    year : int
    value : str
        As a number.
    unit : str
    conflicts : str
        Measure that it does not agree with.
    where : str
        Among which regions, of a place.
    """

    line: str
    measure: str
    pillar: str
    year: int
    value: str
    unit: str
    conflicts: str = ""
    where: str = ""


@dataclass(frozen=True)
class Reading:
    """All that was read from a document.

    Attributes
    ----------
    document : Document
    kind : str
        One of `KINDS`.
    stage : int
        1 or 2; 0 for a press item.
    region : str
        Name as printed; nothing for a table of all.
    year : int
    letter : Letter or None
    weights : mapping of str to (mapping of str to int)
        Percent by dimension, for each point of the letter or table that states them.
    unread : tuple of (line, why)
        Rows within a table or list that cannot be taken for one.
    cohort : str
        Years of selection of its regions, as its letter or the title of its table names them.
    """

    document: Document
    kind: str
    stage: int
    region: str
    year: int
    letter: Letter | None = None
    weights: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    scores: tuple[ScoreRow, ...] = ()
    marks: tuple[Mark, ...] = ()
    means: tuple[Mean, ...] = ()
    participants: tuple[Participant, ...] = ()
    remarks: tuple[Remark, ...] = ()
    assessors: tuple[Assessor, ...] = ()
    facts: tuple[Fact, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()
    unread: tuple[Discrepancy, ...] = ()
    cohort: str = ""
    elements: tuple[Element, ...] = ()
