"""From a file's sheets to a reading: what each step finds goes to the next (floor 1)."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from smartlib.data.reading.files import some_headings
from smartlib.data.reading.grids import Grid, Sheets
from smartlib.data.tables.headings import names_for, taken_apart
from smartlib.data.tables.names.gazetteer import Gazetteer
from smartlib.data.tables.reading import HINTED, Reading, about
from smartlib.data.tables.rows.cells import bare, is_year, text_of
from smartlib.data.tables.rows.layout import Layout, find_layout
from smartlib.data.tables.rows.match import match_rows, with_codes
from smartlib.data.tables.rows.matching import Matching
from smartlib.data.tables.shape import Line, Tidy
from smartlib.data.tables.sheets import Part, joined
from smartlib.data.tables.values.columns import read_columns
from smartlib.data.tables.values.questions import Choices
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.records import Finding
from smartlib.vocabulary.words import tables as say

MOST_SHEETS = 200
SHOWN = 10  # values of a column in a message


def read_sheets(
    sheets: Sheets,
    content: bytes,
    name: str,
    gazetteer: Gazetteer,
    choices: Choices = Choices(),  # noqa: B008 - it is frozen
    *,
    refused: Collection[str] = (),
) -> Reading:
    """Understand a file.

    Parameters
    ----------
    sheets : Sheets
        Of the file.
    content : bytes
        For the hash.
    name : str
        For messages.
    gazetteer : Gazetteer
        Names and codes of regions.
    choices : Choices, optional
        The reader's word where the file leaves a choice.
    refused : collection of str, optional
        Names that a column cannot have.

    Raises
    ------
    DataError
        No sheet names regions, or most rows cannot be matched.
    """
    reading = Reading(name, hashlib.sha256(content).hexdigest(), choices)
    layouts = _layouts(sheets, name, gazetteer, choices, reading)
    found = list(_matched(layouts, gazetteer, choices))
    _tell(found, reading)
    _check_matched(reading, gazetteer)
    parts = [Part(s, layout, _lines(layout, m, choices, gazetteer)) for s, layout, m in found]
    parts = [part for part in parts if part.lines]
    if not parts:
        return reading  # only questions
    table = _only_years(joined(parts), choices, name)
    reading.keys, reading.columns = table.keys, table.columns
    reading.notes += table.notes
    _name(reading, refused)
    read_columns(reading.columns, choices, name)
    if not reading.columns:
        raise DataError(say.NO_VALUES(name=name))
    return reading


def _matched(
    layouts: Sequence[Layout], gazetteer: Gazetteer, choices: Choices
) -> Iterator[tuple[str, Layout, Matching]]:
    """Each sheet with its rows matched; sheets with the same headings as the one table they are."""
    groups: defaultdict[tuple[object, ...], list[Layout]] = defaultdict(list)
    for layout in layouts:
        groups[tuple(layout.headings), layout.name, layout.code].append(layout)
    for group in groups.values():
        whole = replace(group[0], body=[row for layout in group for row in layout.body])
        matching = match_rows(whole, gazetteer, choices)
        start = 0
        for layout in group:
            rows = matching.rows[start : start + len(layout.body)]
            start += len(layout.body)
            yield layout.grid.sheet, with_codes(layout, matching), replace(matching, rows=rows)


def _layouts(
    sheets: Sheets, name: str, gazetteer: Gazetteer, choices: Choices, reading: Reading
) -> list[Layout]:
    wanted = [choices.sheet] if choices.sheet else sheets.visible()[:MOST_SHEETS]
    if choices.sheet and choices.sheet not in sheets.names:
        near = [s for s in sheets.names if s.strip().lower() == choices.sheet.strip().lower()]
        if not near:
            known = some_headings(map(repr, sheets.names))
            raise DataError(say.NO_SHEET(name=name, sheet=choices.sheet, known=known))
        wanted = near[:1]
    grids = [sheets.read(sheet) for sheet in wanted]
    found = [find_layout(grid, gazetteer) for grid in grids]
    whole = find_layout(_pooled(grids), gazetteer) if len(grids) > 1 and not any(found) else None
    largest = max(filter(None, [*found, whole]), key=lambda of: len(of.body), default=None)
    if largest is None:
        raise _no_region(name, grids[0].rows if grids else [], wanted, gazetteer)
    found = [
        layout if layout is largest else find_layout(grid, gazetteer, largest)
        for grid, layout in zip(grids, found, strict=True)
    ]
    layouts = [layout for layout in found if layout is not None]
    passed = [s for s, layout in zip(wanted, found, strict=True) if layout is None]
    for layout in layouts:
        reading.labels |= layout.grid.labels
        reading.notes += [note for note in layout.grid.notes if note not in reading.notes]
    hidden = [s for s, is_hidden in sheets.names.items() if is_hidden and s not in wanted]
    for sheets_, why in ((passed, say.SHEET_NO_REGIONS()), (hidden, say.HIDDEN())):
        if sheets_:
            reading.notes.append(say.SHEET_LEFT(why=why, sheets=some_headings(map(repr, sheets_))))
    if any(sheets.names[layout.grid.sheet] for layout in layouts):
        reading.notes.append(say.HIDDEN_READ())
    return layouts


def _pooled(grids: Sequence[Grid]) -> Grid:
    """Sheets that begin alike as one: each may hold too few regions to be known by."""
    first = next((row for row in grids[0].rows if any(row)), [])
    rows = list(grids[0].rows)
    for grid in grids[1:]:
        for number, row in enumerate(grid.rows):
            if row == first:
                rows += grid.rows[number + 1 :]
                break
    return replace(grids[0], rows=rows)


def _no_region(
    name: str, rows: Sequence[Sequence[object]], sheets: Sequence[str], gazetteer: Gazetteer
) -> DataError:
    head = next((row for row in rows if sum(cell != "" for cell in row) > 1), [])
    shown = some_headings(str(cell) for cell in head if cell != "")
    of = say.OF_SHEETS(sheets=some_headings(map(repr, sheets))) if len(sheets) > 1 else ""
    begins = say.FIRST_ROW(shown=shown) if shown else ""
    texts = [cell for row in rows for cell in row if isinstance(cell, str) and cell]
    provinces = sum(bool(gazetteer.named(text).province) for text in texts)
    if provinces > len(rows) / 2:
        return DataError(say.PROVINCES(name=name))
    return DataError(say.NO_REGIONS(name=name, of=of, begins=begins))


def _tell(found: Sequence[tuple[str, Layout, Matching]], reading: Reading) -> None:
    reading.sheet = ", ".join(sheet for sheet, *_ in found if sheet)
    first = found[0]
    reading.heading_rows = first[1].heading_rows
    reading.region_column, reading.system = first[2].column, first[2].system
    for _, _, matching in found:
        reading.rows += matching.rows
        reading.notes += [n for n in matching.notes if n not in reading.notes]
        known = [question.said for question in reading.questions]
        reading.questions += [q for q in matching.questions if q.said not in known]


def _check_matched(reading: Reading, gazetteer: Gazetteer) -> None:
    """Nothing, if most of the rows that should be about a region are."""
    matched = sum(bool(row.code) for row in reading.rows)
    unmatched = reading.unmatched
    if reading.questions or (matched and matched >= len(unmatched)):
        return
    findings = [about(row, reading, gazetteer, n < HINTED) for n, row in enumerate(unmatched)]
    rows = matched + len(unmatched)
    raise DataError(say.MATCHED(file=reading.file, matched=matched, rows=rows), findings)


def _lines(
    layout: Layout, matching: Matching, choices: Choices, gazetteer: Gazetteer
) -> list[Line]:
    """Rows that are about a region, and that the reader wants."""
    lines = []
    heading = layout.headings[layout.year] if layout.year is not None else ""
    year = ""
    for row, (number, cells) in zip(matching.rows, layout.body, strict=True):
        if layout.year is not None:
            said = text_of(cells[layout.year])
            if row.code and said and not is_year(said):
                bad = Finding(say.IS_NO_YEAR(said=said[:SHOWN]), layout.grid.file, number, heading)
                raise DataError(say.UNUSABLE(file=layout.grid.file), [bad])
            year = said or year  # a merged cell holds for those below
        if row.code:
            is_bare = len(row.named.codes) > 1 and not row.kind and not row.digits
            region = f"{gazetteer.register.name(row.code)} ({row.code})"
            lines.append(Line(number, row.code, year, cells, region, is_bare))
    for column, value in choices.only:
        lines = _only(layout, lines, column, value)
    return lines


def _only(layout: Layout, lines: list[Line], column: str, value: str) -> list[Line]:
    place = _place(layout, column)
    if place is None:
        if bare(column) in ("year", "tahun"):
            return lines  # of years in columns
        known = some_headings(h for h in layout.headings if h)
        raise DataError(say.NO_COLUMN(file=layout.grid.file, column=column, known=known))
    wanted = value.strip().lower()
    if place == layout.year:
        kept = [line for line in lines if line.year == wanted]
    else:
        kept = [line for line in lines if text_of(line.cells[place]).lower() == wanted]
    if not kept:
        there = dict.fromkeys(text_of(line.cells[place]) for line in lines)
        known = some_headings(map(repr, list(there)[: SHOWN + 1]))
        raise DataError(
            say.NO_ROW_HAS(
                file=layout.grid.file, value=value, headings=layout.headings[place], known=known
            )
        )
    return kept


def _place(layout: Layout, column: str) -> int | None:
    for same in (str, str.lower, bare):
        for place, heading in enumerate(layout.headings):
            if heading and same(heading) == same(column):
                return place
    return None


def _only_years(table: Tidy, choices: Choices, name: str) -> Tidy:
    """The years that the reader wants, where years stood in columns or in names of sheets."""
    wanted = {value for column, value in choices.only if bare(column) in ("year", "tahun")}
    years = {year for _, year in table.keys}
    if not wanted or years <= wanted or not any(years):
        return table
    kept = [place for place, (_, year) in enumerate(table.keys) if year in wanted]
    if not kept:
        known = ", ".join(sorted(years))
        raise DataError(say.NO_YEAR(name=name, wanted=", ".join(sorted(wanted)), known=known))
    columns = [
        replace(c, cells=[c.cells[p] for p in kept], rows=[c.rows[p] for p in kept])
        for c in table.columns
    ]
    return Tidy([table.keys[p] for p in kept], columns, table.notes)


def _name(reading: Reading, refused: Collection[str]) -> None:
    """Short names, units and years of the columns, of which only those asked for stay."""
    columns = reading.columns
    stems = []
    for column in columns:
        label = reading.labels.get(column.heading, "")
        head = taken_apart(column.heading)
        column.unit = column.unit or taken_apart(label).unit or head.unit
        column.year = head.year
        keeps = label or column.heading.isidentifier()
        stem = f"{head.stem or 'value'} {head.year}" if head.year else head.stem
        stems.append(column.heading if keeps else stem)
    asked = _asked(reading, stems)
    for column, name in zip(columns, names_for(stems, asked, refused), strict=True):
        column.name = name
    renamed = [c.name for c in columns if c.name.endswith("_own")]
    if renamed:
        reading.notes.append(say.OWN_NAMES(renamed=", ".join(renamed)))
    if reading.choices.take:
        reading.columns = [c for c, stem in zip(columns, stems, strict=True) if stem in asked]


def _asked(reading: Reading, stems: Sequence[str]) -> dict[str, str]:
    """Stems that the reader takes, and the names given."""
    found: dict[str, str] = {}
    short = names_for(list(stems), {}, ())
    for column, name in reading.choices.take:
        for same in (str, str.lower, bare):
            hits = [
                stem
                for c, stem, own in zip(reading.columns, stems, short, strict=True)
                if same(column) in (same(c.heading), same(stem), same(own))
            ]
            if hits:
                found[hits[0]] = name or names_for([hits[0]], {}, ())[0]
                break
        else:
            known = some_headings(c.heading for c in reading.columns)
            raise DataError(say.NO_COLUMN(file=reading.file, column=column, known=known))
    return found
