"""The national table, cell by cell as printed (floor 1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from smartlib.data.documents.areas import SCORE_COLUMNS, Area, score_columns
from smartlib.data.documents.formats.lines import Line
from smartlib.data.documents.letter import period_in
from smartlib.data.documents.records import Discrepancy, ScoreRow
from smartlib.data.tables.values.numbers import parse_number

TEXTS = ("NO", "KAB/KOTA", "KET")
TITLE_LINES = 4  # right above a table
BLANKS = ("", "-", "–", "—")
NEEDED = tuple(h for h in SCORE_COLUMNS if h != "PROGRAM KOLABORASI")


@dataclass
class _Table:
    """What has been read of the table so far."""

    rows: list[ScoreRow] = field(default_factory=list)
    unread: list[Discrepancy] = field(default_factory=list)


def read_scores(
    areas: Sequence[Area],
) -> tuple[list[ScoreRow], list[Discrepancy], list[Discrepancy]]:
    """Rows of all tables, what is odd in them, and rows that cannot be taken for one.

    Parameters
    ----------
    areas : sequence of Area
        Of the whole document. A table stands in as many pieces as text stands between; its
        headings may stand again. Where the numbers of rows begin anew under a title that names
        other years of selection, another table begins, of another cohort.
    """
    read = _Table()
    cohorts: list[str] = []
    for place, area in enumerate(areas):
        bad = _wrong_headings(area.heading) if area.name == "scores" else []
        read.unread += bad
        if area.name != "scores" or bad:
            continue
        title = _title(areas[place - 1]) if place else ""
        anew = not cohorts or (_first_number(area) == "1" and title not in ("", *cohorts))
        cohorts += [title] if anew else []
        _read_piece(area, read, cohorts[-1], headed=not anew)
    told = [found for rows in _tables(read.rows) for found in (*_order(rows), *_blanks(rows))]
    return read.rows, told, read.unread


def _title(above: Area) -> str:
    """Years of selection that the lines right above a table name."""
    lines = (above.heading, *above.lines)[-TITLE_LINES:]
    return next((found for line in reversed(lines) if (found := period_in(line.text))), "")


def _tables(rows: Sequence[ScoreRow]) -> list[list[ScoreRow]]:
    return [[r for r in rows if r.cohort == c] for c in dict.fromkeys(r.cohort for r in rows)]


def _wrong_headings(line: Line) -> list[Discrepancy]:
    headings = score_columns(line)
    problems = ["a heading that is not known" for name in headings if not name]
    problems += [f"no column {name}" for name in NEEDED if name not in headings]
    problems += [f"two columns {n}" for n in NEEDED if headings.count(n) > 1]
    return [Discrepancy("unread_row", line.place, p, "each once", "scores") for p in problems]


def _first_number(area: Area) -> str:
    first = area.lines[0].cells if area.lines else ()
    return dict(zip(score_columns(area.heading), first, strict=False)).get("NO", "")


def _read_piece(area: Area, read: _Table, cohort: str, headed: bool) -> None:
    headings = score_columns(area.heading)
    for line in area.lines:
        if score_columns(line):
            headings, headed = score_columns(line), True
        elif _continues(line, headings) and read.rows:
            read.rows[-1] = _joined(read.rows[-1], line, headings)
        else:
            row, problem = _row(line, headings)
            read.rows += [replace(row, headed=headed, cohort=cohort)] if row else []
            read.unread += [problem] if problem else []
            headed = False


def _row(line: Line, headings: list[str]) -> tuple[ScoreRow | None, Discrepancy | None]:
    if len(line.cells) != len(headings):
        found, wanted = f"{len(line.cells)} cells", f"{len(headings)}"
        return None, Discrepancy("unread_row", line.place, found, wanted, "scores")
    cells = dict(zip(headings, line.cells, strict=True))
    for name, cell in cells.items():
        problem = _wrong(name, cell)
        if problem:
            return None, Discrepancy(
                "unread_row", line.place, f"{name}: '{cell}'", problem, "scores"
            )
    return ScoreRow(line.place, {name: cells.get(name, "") for name in SCORE_COLUMNS}), None


def _wrong(name: str, cell: str) -> str:
    """What a cell should be, if it is not."""
    if name == "NO":
        return "" if re.fullmatch(r"\d{1,3}", cell, re.ASCII) else "a number"
    if name in TEXTS:
        return "" if re.search(r"[A-Za-z]{2}", cell) else "a name"
    if cell in BLANKS:
        return "" if name in ("PROGRAM KOLABORASI", "TINGKAT IMPROVEMENT") else "a number"
    try:
        parse_number(cell)
    except ValueError:
        return "a number"
    return "" if re.fullmatch(r"[-−]?\d{1,2}([.,]\d{1,2})?", cell, re.ASCII) else "a mark"


def _continues(line: Line, headings: list[str]) -> bool:
    """Whether a row is the rest of the one above: a piece of a text and no number."""
    if len(line.cells) == 1 and len(headings) > 1:
        return False
    cells = dict(zip(headings, line.cells, strict=False))
    filled = {name for name, cell in cells.items() if cell}
    return bool(filled) and filled <= {"KAB/KOTA", "KET"} and len(line.cells) == len(headings)


def _joined(row: ScoreRow, line: Line, headings: list[str]) -> ScoreRow:
    more = dict(zip(headings, line.cells, strict=True))
    cells = {k: " ".join(filter(None, (v, more.get(k, "")))) for k, v in row.cells.items()}
    return replace(row, cells=cells)


def _order(rows: Sequence[ScoreRow]) -> list[Discrepancy]:
    """Rows whose number is not the next one."""
    found = []
    for wanted, row in enumerate(rows, start=int(rows[0].cells["NO"]) if rows else 1):
        if int(row.cells["NO"]) != wanted:
            printed = f"row number {row.cells['NO']}"
            # A table that begins anew is of other regions, and no title says of which.
            kind = "unread_row" if row.cells["NO"] == "1" else "row_number"
            found.append(Discrepancy(kind, row.line, printed, str(wanted), "scores"))
            break
    if rows and rows[0].cells["NO"] != "1":
        printed = f"first row number {rows[0].cells['NO']}"
        found.append(Discrepancy("row_number", rows[0].line, printed, "1", "scores"))
    return found


def _blanks(rows: Sequence[ScoreRow]) -> list[Discrepancy]:
    """Where a missing mark is a dash in some rows and nothing in others of the same column."""
    found = []
    filled = {row.cells["KET"] for row in rows if row.cells["PROGRAM KOLABORASI"] not in BLANKS}
    scored = [row for row in rows if row.cells["KET"] in filled]
    for name, asked in (("PROGRAM KOLABORASI", scored), ("TINGKAT IMPROVEMENT", rows)):
        dashed = [row for row in asked if row.cells[name] in BLANKS[1:]]
        empty = [row for row in asked if not row.cells[name]]
        if dashed and empty:
            printed = f"{name}: '-' in {len(dashed)} rows, nothing in {len(empty)}"
            found.append(Discrepancy("dash_and_blank", dashed[0].line, printed, "one of them"))
    return found


def decimal_marks(printed: Sequence[str]) -> set[str]:
    """Decimal marks that some printed numbers use."""
    return {found[0] for cell in printed if (found := re.search(r"[.,]", cell))}
