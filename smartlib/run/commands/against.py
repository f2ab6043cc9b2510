"""A checked table beside the one of its year, and what even so cannot be seen (floor 5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from smartlib.data.load import load_year
from smartlib.data.reading.files import read_text_table
from smartlib.data.reading.regions import Register
from smartlib.data.scores import HEADING, NUMBERS, OPTIONAL, parse_scores
from smartlib.index.audit.against import Difference, compare, compare_changes
from smartlib.vocabulary.errors import SHOWN
from smartlib.vocabulary.folders import Folders, years
from smartlib.vocabulary.messages import listed
from smartlib.vocabulary.records import Finding, Scheme
from smartlib.vocabulary.words import scores as say
from smartlib.vocabulary.words.sentences import Sentence, joined

YEAR_FROM = {
    "asked": say.YEAR_ASKED(),
    "scheme": say.YEAR_SCHEME(),
    "column": say.YEAR_COLUMN(),
    "assumed": say.YEAR_ASSUMED(),
}


@dataclass(frozen=True)
class Year:
    """Of which year a table is taken to be.

    Attributes
    ----------
    number : int
    source : str
        How that is known: a key of `YEAR_FROM`.
    """

    number: int
    source: str

    @property
    def said(self) -> str:
        """The year, and how it is known."""
        return say.YEAR(number=self.number, source=YEAR_FROM[self.source])


@dataclass(frozen=True)
class Comparison:
    """What came of a comparison, and what remains unseen.

    Attributes
    ----------
    year : Year
        Of the table.
    table : str
        What it was compared with; nothing if there was none.
    rows, same : int
        Rows that both have, and how many of them are the same.
    differences : tuple of Finding
        In what they differ, and improvements that contradict last year's table.
    missing, added : tuple of str
        Codes of regions that only the other table has, and only this one.
    binding : bool
        Whether a difference is a mistake: the user named the other table, or at least half of
        its rows are here unchanged, so that this one claims to be it.
    last : str
        Last year's table; nothing if there is none.
    unseen : tuple of str
        What no check of this table could find, a sentence each.
    """

    year: Year
    table: str = ""
    rows: int = 0
    same: int = 0
    differences: tuple[Finding, ...] = ()
    missing: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    binding: bool = False
    last: str = ""
    unseen: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "year": self.year.number,
            "year_from": self.year.source,
            "against": self.table,
            "rows_compared": self.rows,
            "rows_the_same": self.same,
            "must_agree": self.binding,
            "differences": [finding.as_dict() for finding in self.differences],
            "missing": list(self.missing),
            "added": list(self.added),
            "last_year": self.last,
            "cannot_see": list(self.unseen),
        }

    @property
    def summary(self) -> str:
        """What was compared, in one sentence."""
        if not self.table:
            return say.WITH_NOTHING(year=self.year.said)
        last = say.IMPROVEMENTS_WITH(last=self.last) if self.last else ""
        other = "" if self.binding else say.FEWER_THAN_HALF()
        return say.COMPARED(
            table=self.table,
            last=last,
            year=self.year.said,
            rows=self.rows,
            same=self.same,
            other=other,
        )

    @property
    def count(self) -> str:
        """How many differences, in words."""
        many = len(self.differences)
        names = joined([name for name in (self.table, self.last) if name], say.AND())
        return say.MANY_DIFFERENCES(many=many, names=names)


@dataclass(frozen=True, eq=False)
class Checked:
    """A table whose cells were read.

    Attributes
    ----------
    file : str
        Name for messages.
    frame : DataFrame
        As `ScoreTable.frame`.
    register : Register
    scheme : Scheme
        Its year may be another than the table's.
    year : Year
    spoiled : frozenset of int
        Rows with findings: what is wrong there is told already.
    """

    file: str
    frame: pd.DataFrame
    register: Register
    scheme: Scheme
    year: Year
    spoiled: frozenset[int] = field(default_factory=frozenset)


def comparison(checked: Checked, folders: Folders, against: Path | None = None) -> Comparison:
    """Hold a table against the year's own, or another, and improvements against last year's.

    Parameters
    ----------
    checked : Checked
        What was read.
    folders : Folders
        Of the checkout.
    against : Path, optional
        Another table than the year's own.

    Raises
    ------
    SmartlibError
        A table to compare with cannot be read or is not valid.
    """
    number, there = checked.year.number, years(folders)
    name, known = _other(checked, folders, against)
    last = f"{number - 1}/scores.csv" if number - 1 in there else ""
    found: list[Difference] = []
    if known is not None:
        found += compare(checked.frame, known, _columns(checked.frame))
    if last:
        found += compare_changes(checked.frame, load_year(number - 1, folders).scores.frame)
    alone = {kind: [d.region_code for d in found if d.kind == kind] for kind in ALONE}
    told = [d for d in found if d.kind not in ALONE and d.row not in checked.spoiled]
    findings = [_finding(one, checked, name, last) for one in told]
    findings += [_lone(kind, codes, checked, name) for kind, codes in alone.items() if codes]
    rows = len(checked.frame)
    both = 0 if known is None else rows - len(alone["added"])
    same = both - sum(ROWS_OF.get(d.kind, 1) for d in found if d.kind not in ALONE)
    return Comparison(
        year=checked.year,
        table=name,
        rows=both,
        same=same,
        differences=tuple(findings),
        **{kind: tuple(codes) for kind, codes in alone.items()},
        binding=against is not None or (known is not None and 2 * same >= len(known)),
        last=last,
        unseen=tuple(_unseen(checked.scheme, name, rows - both, last)),
    )


def _other(
    checked: Checked, folders: Folders, against: Path | None
) -> tuple[str, pd.DataFrame | None]:
    """The table to compare with, unless it is the checked one itself."""
    number = checked.year.number
    own = f"{number}/scores.csv"
    if against:
        other = parse_scores(read_text_table(against), checked.register, checked.scheme)
        return against.name, other.valid()
    if number in years(folders) and own != checked.file:
        return own, load_year(number, folders).scores.frame
    return "", None


def _columns(frame: pd.DataFrame) -> list[str]:
    """What is compared: not a column that the table does without."""
    left_out = {name for name in OPTIONAL if frame[name].isna().all()}
    return ["track", *(name for name in NUMBERS if name not in left_out)]


def _finding(one: Difference, checked: Checked, name: str, last: str) -> Finding:
    region, file = checked.register.name, checked.file
    problem = SENTENCES[one.kind](
        other=region(one.other) if one.other else "",
        name=name,
        last=last,
        found="; ".join(cell or say.NOTHING() for cell in one.found),
        known="; ".join(cell or say.NOTHING() for cell in one.known),
    )
    column = " and ".join(HEADING[column] for column in one.columns)
    return Finding(problem, file, one.row, column, region(one.region_code))


ROWS_OF = {"names_swapped": 2, "change": 0}  # rows that one difference tells of

SENTENCES: Mapping[str, Sentence] = {
    "differs": say.DIFFERS,
    "marks_swapped": say.CHANGED_PLACES,
    "names_swapped": say.CHANGED_WITH,
    "row_of_another": say.HAS_NUMBERS,
    "change": say.OTHER_IMPROVEMENT,
}


def _lone(kind: str, codes: list[str], checked: Checked, name: str) -> Finding:
    """Regions of one table alone, the first of them by name."""
    some = listed((checked.register.name(code) for code in codes), SHOWN)
    return Finding(joined([ALONE[kind](n=len(codes), name=name), some], ""), checked.file)


ALONE: Mapping[str, Sentence] = {
    "missing": say.WITHOUT_ROW,
    "added": say.HERE_ALONE,
}


def _unseen(scheme: Scheme, name: str, alone: int, last: str) -> list[str]:
    """What remains hidden: in the other table itself, and in rows that it does not have."""
    unseen: list[str] = [say.MISTAKE_TOO(name=name)] if name else []
    if alone or not name:
        where = say.IN_ALONE(alone=alone) if name else say.HERE()
        unseen += [joined([where, what(scheme)], ": ") for what in BLIND]
        unseen += [] if last else [say.NO_LAST_TABLE(where=where)]
    return unseen


def _equal_weights(scheme: Scheme) -> str:
    """Dimensions whose marks can change places without moving a total."""
    groups = []
    for track in scheme.tracks.values():
        by_weight: dict[object, list[str]] = {}
        for dimension, weight in track.weights.items():
            by_weight.setdefault(weight, []).append(HEADING[dimension])
        same = [", ".join(names) for names in by_weight.values() if len(names) > 1]
        groups += [f"{track.heading} {'; '.join(same)}"] if same else []
    return " / ".join(groups)


BLIND: tuple[Callable[[Scheme], str], ...] = (
    lambda scheme: say.EQUAL_WEIGHT(what=_equal_weights(scheme)),
    lambda scheme: say.NAMES_SWAPPED(),
    lambda scheme: say.ROW_MISSING(),
    lambda scheme: say.SMALL_CHANGE(),
)
