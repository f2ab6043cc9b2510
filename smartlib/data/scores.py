"""From a score table's text to typed rows, with every finding at once (floor 1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

import numpy as np
import pandas as pd

from smartlib.data.reading.files import TextTable, some_headings
from smartlib.data.reading.limits import too_large
from smartlib.data.reading.regions import Register
from smartlib.data.schemas import violations
from smartlib.data.tables.values.decimals import shown
from smartlib.data.tables.values.numbers import parse_number
from smartlib.data.tables.values.numerals import numeral
from smartlib.vocabulary.errors import DataError, UnknownRegionError
from smartlib.vocabulary.records import Finding, Scheme
from smartlib.vocabulary.tables import (
    CODE,
    COHORT,
    DIMENSION_NAMES,
    SCORE_HEADINGS,
    SCORES,
    YEAR,
    Column,
    Table,
)
from smartlib.vocabulary.words import scores as say
from smartlib.vocabulary.words import tables

NUMBERS = (*DIMENSION_NAMES, "published_index", "improvement")
ROWS_PER_REGION = 10  # a score table has one; mistakes in far more are of no use to anyone
HINTED = 10  # unknown names for which the nearest are looked for
THOUSAND = 1000
OPTIONAL = {"improvement", "collaboration"}
COLUMN = {column.name: column for column in SCORES.columns}
HEADING = {name: heading for heading, name in SCORE_HEADINGS.items()}

# The part of SCORES that a published table states; the rest is computed by `index`.
PUBLISHED = Table(
    "score table",
    "Scores as published",
    (),
    tuple(COLUMN[name] for name in (CODE.name, YEAR.name, COHORT.name, "track", *NUMBERS)),
)


@dataclass(frozen=True)
class ScoreTable:
    """A score table after reading.

    Attributes
    ----------
    frame : DataFrame
        Columns of `PUBLISHED`, one row a region in the table's own order, indexed by the
        file's row number. Rows with findings keep what could be read.
    notes : tuple of Finding
        Repairs and near matches.
    findings : tuple of Finding
        Mistakes; the table is valid when there are none.
    """

    frame: pd.DataFrame
    notes: tuple[Finding, ...]
    findings: tuple[Finding, ...]

    def valid(self) -> pd.DataFrame:
        """The rows, if the table has no mistakes.

        Raises
        ------
        DataError
            Names every failing row and column.
        """
        if self.findings:
            raise DataError(say.UNUSABLE(), self.findings)
        return self.frame


def parse_scores(table: TextTable, register: Register, scheme: Scheme) -> ScoreTable:
    """Typed rows of a score table.

    Parameters
    ----------
    table : TextTable
        With the published headings or the column names of `data/processed`.
    register : Register
        Regions that names or codes are matched to.
    scheme : Scheme
        Its year, tracks and scale.

    Returns
    -------
    ScoreTable
        With a finding for each cell that cannot be used.

    Raises
    ------
    DataError
        A column is missing altogether, or there are far more rows than regions.
    """
    most = ROWS_PER_REGION * len(register.frame)
    if len(table.frame) > most:
        fix = say.MANY_REGIONS(n_frame=len(register.frame))
        raise too_large(table.file, f"{len(table.frame):,} rows", f"{most:,}", fix)
    text, is_number, notes = _columns(table)
    findings: list[Finding] = []
    codes = _codes(text, register, table.file, notes, findings)
    frame = pd.DataFrame({CODE.name: codes, YEAR.name: scheme.year}, index=text.index)
    frame[COHORT.name] = _cohorts(table, scheme, findings)
    frame["track"] = _tracks(text["track"], scheme, table.file, findings)
    for name in NUMBERS:
        frame[name] = _numbers(text[name], table.file, findings)
    marked = text[list(NUMBERS)].where(~is_number[list(NUMBERS)], "")
    if scheme.highest >= THOUSAND:  # below, no mark can be one of thousands
        findings += _doubts(marked, table.file)
    notes += _mixed_marks(marked, table.file)
    findings += _off_scale(frame, scheme, table.file, findings)
    findings += _impossible_improvements(frame, scheme, table.file, findings)
    notes += _uncounted_marks(frame, scheme, table.file)
    findings += _duplicates(frame[CODE.name], register, table.file)
    regions = text["region"] if "region" in text else text[CODE.name]
    return ScoreTable(frame, tuple(notes), tuple(_with_region(findings, regions)))


def _columns(table: TextTable) -> tuple[pd.DataFrame, pd.DataFrame, list[Finding]]:
    """Text columns under the project's names, which cells are numbers, and notes on the rest."""
    known = {_bare(heading): name for heading, name in SCORE_HEADINGS.items()}
    known |= {_bare(name): name for name in (*SCORES.column_names,)}
    names = {heading: known.get(_bare(str(heading)), "") for heading in table.frame.columns}
    wanted = {*NUMBERS, "track", "region", CODE.name}
    used = {heading: name for heading, name in names.items() if name in wanted}
    text = table.frame[list(used)].rename(columns=used)
    missing = [name for name in (*NUMBERS, "track") if name not in text and name not in OPTIONAL]
    missing += [] if {"region", CODE.name} & set(text) else ["region"]
    if missing:
        lacks = ", ".join(f"{HEADING[name]} ({name})" for name in missing)
        raise DataError(
            say.LACKS(
                name=table.file,
                lacks=lacks,
                headings=some_headings(table.frame.columns),
                both="",
            )
        )
    _each_once(used, table.file)
    for name in OPTIONAL - set(text):
        text[name] = ""
    notes = list(table.notes)
    passed = {"NO", "", *_year_headings(table), *_cohort_headings(table)}
    ignored = [h for h, name in names.items() if name not in wanted and h not in passed]
    if ignored:
        notes.append(Finding(tables.COLUMNS_LEFT(left=some_headings(ignored)), file=table.file))
    is_number = table.numbers()[list(used)].rename(columns=used)
    return text, is_number.reindex(columns=text.columns, fill_value=False), notes


def has_score_headings(table: TextTable) -> bool:
    """Whether a table has the headings of a score table, or the project's own names of columns.

    Parameters
    ----------
    table : TextTable
        Any.
    """
    known = {_bare(h): name for h, name in SCORE_HEADINGS.items()}
    known |= {_bare(name): name for name in SCORES.column_names}
    there = {known.get(_bare(str(heading)), "") for heading in table.frame.columns}
    needed = {*NUMBERS, "track"} - OPTIONAL
    return needed <= there and bool({"region", CODE.name} & there)


def stated_years(table: TextTable) -> set[int]:
    """The years that a table's own column names, if it has one.

    Parameters
    ----------
    table : TextTable
        A column headed year or tahun counts.
    """
    cells = {cell for heading in _year_headings(table) for cell in table.frame[heading]}
    return {int(cell) for cell in cells if re.fullmatch(r"\d{4}", cell, re.ASCII)}


def _year_headings(table: TextTable) -> list[str]:
    return [str(h) for h in table.frame.columns if _bare(str(h)) in ("YEAR", "TAHUN")]


def _cohort_headings(table: TextTable) -> list[str]:
    return [str(h) for h in table.frame.columns if _bare(str(h)) == _bare(COHORT.name)]


def _cohorts(table: TextTable, scheme: Scheme, bad: list[Finding]) -> pd.Series:
    """Each row's cohort: the table's own word, else the scheme's."""
    headings = _cohort_headings(table)
    if not headings:
        whole = None if scheme.stages.cohorts else scheme.cohort or None
        return pd.Series(whole, index=table.frame.index, dtype="str")
    cells, known = table.frame[headings[0]], [*scheme.stages.cohorts] or [scheme.cohort]
    expected = " or ".join(known) if any(known) else "none, as the scheme names none"
    for row, cell in cells.items():
        if cell not in known:
            bad.append(Finding(f"cohort '{cell}'", table.file, int(row), headings[0], "", expected))
    return cells.astype("str").where(cells.isin(known) & (cells != ""), None)


def _each_once(used: Mapping[str, str], file: str) -> None:
    """Nothing, if no column stands under two of its names."""
    by_name: dict[str, list[str]] = {}
    for heading, name in used.items():
        by_name.setdefault(name, []).append(heading)
    twice = [" and ".join(map(repr, headings)) for headings in by_name.values() if headings[1:]]
    if twice:
        raise DataError(say.TWO_NAMES(file=file, twice="; ".join(twice)))


def _bare(heading: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", heading.upper())


def _codes(
    text: pd.DataFrame, register: Register, file: str, notes: list[Finding], bad: list[Finding]
) -> list[str | None]:
    codes: list[str | None] = []
    for row, cells in zip(map(int, text.index), text.to_dict("records"), strict=True):
        found: dict[str, str] = {}
        match = partial(register.match, hints=len(bad) < HINTED)
        readers = (("region", match), (CODE.name, register.repair_code))
        for column, read in readers:
            if column not in cells:
                continue
            try:
                found[column], note = read(cells[column], file, row)
                notes += [note] if note else []
            except UnknownRegionError as error:
                bad.append(Finding(error.message, file, row, HEADING.get(column, column)))
        if len(set(found.values())) > 1:
            named, coded = found["region"], found[CODE.name]
            problem = say.NAME_OR_CODE(region=register.name(named), named=named, coded=coded)
            bad.append(Finding(problem, file, row, CODE.name, expected=say.ONE_REGION()))
        codes.append(next(iter(found.values()), None))
    return codes


def _tracks(cells: pd.Series, scheme: Scheme, file: str, bad: list[Finding]) -> list[str | None]:
    known = {_bare(t.heading): t.name for t in scheme.tracks.values()}
    known |= {_bare(name): name for name in scheme.tracks}
    expected = " or ".join(track.heading for track in scheme.tracks.values())
    tracks = [known.get(_bare(cell)) for cell in cells]
    for row, cell, track in zip(map(int, cells.index), cells, tracks, strict=True):
        if track is None:
            bad.append(Finding(say.NO_TRACK(cell=cell), file, row, HEADING["track"], "", expected))
    return tracks


def _numbers(cells: pd.Series, file: str, bad: list[Finding]) -> list[float]:
    values = []
    heading = HEADING[str(cells.name)]
    for row, cell in zip(map(int, cells.index), cells, strict=True):
        try:
            value = parse_number(cell)
        except ValueError as error:
            fix = say.PASTE() if cell.startswith("=") else ""
            expected = say.SUCH_NUMBER()
            bad.append(Finding(str(error), file, row, heading, "", expected, fix))
            value = None
        values.append(np.nan if value is None else float(value))
    return values


def _doubts(marked: pd.DataFrame, file: str) -> list[Finding]:
    """Columns whose marks could be of thousands or of decimals."""
    found = []
    for name in marked:
        cells = [numeral(text.strip()) for text in marked[name]]
        in_doubt = shown([cell for cell in cells if cell is not None]).in_doubt
        if in_doubt:
            row = int(marked.index[cells.index(in_doubt[0])])
            problem = say.THREE_DIGITS(text=in_doubt[0].text)
            expected = say.OTHER_COUNT()
            found.append(Finding(problem, file, row, HEADING[str(name)], "", expected))
    return found


def _mixed_marks(marked: pd.DataFrame, file: str) -> list[Finding]:
    """Notes on columns in which some decimals have a comma and some a point."""
    notes = []
    for name in marked:
        with_mark = {
            mark: marked.index[marked[name].str.fullmatch(rf"\s*[+-]?\d+{re.escape(mark)}\d+\s*")]
            for mark in ",."
        }
        if all(len(rows) for rows in with_mark.values()):
            fewer, more = sorted(with_mark, key=lambda mark: len(with_mark[mark]))
            rows = some_headings(with_mark[fewer])
            problem = say.BOTH_MARKS(more=more, fewer=fewer, rows=rows)
            notes.append(Finding(problem, file, column=HEADING[str(name)]))
    return notes


def _off_scale(
    frame: pd.DataFrame, scheme: Scheme, file: str, found: list[Finding]
) -> list[Finding]:
    """Cells that break the schema, beyond those found already."""
    if frame.empty:
        return [Finding(say.NO_ROW(), file, expected=say.ROW_A_REGION())]
    # Codes come from the register, or are missing for a reason that is found already.
    columns = tuple(_on_scale(c, scheme) for c in PUBLISHED.columns if c is not CODE)
    checked = Table(PUBLISHED.name, "", (), columns)
    broken = violations(frame.drop(columns=CODE.name), checked, file)
    seen = {(finding.row, finding.column) for finding in found}
    return [f for f in map(_with_heading, broken) if (f.row, f.column) not in seen]


def _impossible_improvements(
    frame: pd.DataFrame, scheme: Scheme, file: str, found: list[Finding]
) -> list[Finding]:
    """Improvements that no final of last year can explain, in rows whose cells are right."""
    final, improvement = (HEADING[name] for name in ("published_index", "improvement"))
    spoiled = {finding.row for finding in found if finding.column in (final, improvement)}
    impossible = []
    for row, now, change in zip(
        map(int, frame.index), frame["published_index"], frame["improvement"], strict=True
    ):
        if row in spoiled or pd.isna(now) or pd.isna(change):
            continue
        before = Decimal(repr(now)) - Decimal(repr(change))
        if not 0 <= before <= scheme.highest:
            problem = say.LAST_YEAR(now=now, change=change, before=before)
            expected = say.FROM_ZERO(highest=scheme.highest)
            impossible.append(Finding(problem, file, row, improvement, expected=expected))
    return impossible


def _uncounted_marks(frame: pd.DataFrame, scheme: Scheme, file: str) -> list[Finding]:
    """Notes on marks of dimensions that the row's track does not weigh."""
    notes = []
    for row, cells in zip(map(int, frame.index), frame.to_dict("records"), strict=True):
        track = scheme.tracks.get(str(cells["track"]))
        for name in DIMENSION_NAMES if track else ():
            if track and name not in track.weights and not pd.isna(cells[name]):
                problem = say.NOT_COUNTED(cells=cells[name], heading=track.heading)
                notes.append(Finding(problem, file, row, HEADING[name]))
    return notes


def _on_scale(column: Column, scheme: Scheme) -> Column:
    if column.name == "track":
        return Column("track", "string", "", values=tuple(scheme.tracks))
    low, high = float(scheme.lowest), float(scheme.highest)
    if column.name in DIMENSION_NAMES:
        return replace(column, minimum=low, maximum=high)
    if column.name == "published_index":
        return replace(column, minimum=min(low, 0.0), maximum=high)
    if column.name == "improvement":
        return replace(column, minimum=-high, maximum=high)
    return column


def _with_heading(finding: Finding) -> Finding:
    heading = HEADING.get(finding.column, finding.column)
    return Finding(finding.problem, finding.file, finding.row, heading, "", finding.expected)


def _with_region(findings: list[Finding], regions: Mapping[int, str] | pd.Series) -> list[Finding]:
    """Findings in row order, each with the region's name as the table prints it."""
    named = [
        Finding(
            f.problem, f.file, f.row, f.column, some_headings([regions[f.row]]), f.expected, f.fix
        )
        if f.row
        else f
        for f in findings
    ]
    return sorted(named, key=lambda finding: finding.row)


def _duplicates(codes: pd.Series, register: Register, file: str) -> list[Finding]:
    repeated = codes[codes.duplicated(keep=False) & codes.notna()]
    found = []
    for code, rows in repeated.groupby(repeated, sort=False).groups.items():
        first, *others = map(int, rows)
        for row in others:
            problem = say.STANDS_ALREADY(region=register.name(str(code)), code=code, first=first)
            found.append(Finding(problem, file, row, HEADING["region"], expected=say.EACH_ONCE()))
    return found
