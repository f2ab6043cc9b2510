"""Sheets of one workbook as one table (floor 1)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from smartlib.data.tables.rows.cells import SEPARATOR, YEAR, bare
from smartlib.data.tables.rows.layout import Layout
from smartlib.data.tables.shape import VALUE_WORDS, Key, Line, Tidy, tidy
from smartlib.data.tables.values.columns import Column
from smartlib.vocabulary.words import tables as say


@dataclass(frozen=True, eq=False)
class Part:
    """A sheet with its rows that are about a region."""

    sheet: str
    layout: Layout
    lines: list[Line]


def joined(parts: Sequence[Part]) -> Tidy:
    """One table of all sheets.

    Parameters
    ----------
    parts : sequence of Part
        Sheets with the same headings are one table, its rows told apart by their regions, or by
        the years in the sheets' names; other sheets give further columns.

    Raises
    ------
    DataError
        A region has several rows that nothing tells apart.
    """
    groups: defaultdict[frozenset[str], list[Part]] = defaultdict(list)
    for part in parts:
        groups[frozenset(filter(None, part.layout.headings))].append(part)
    tables = [table for group in groups.values() for table in _of_one_form(group)]
    return tables[0][1] if len(tables) == 1 else _beside(tables)


def _of_one_form(group: Sequence[Part]) -> list[tuple[str, Tidy]]:
    if len(group) == 1:
        return [(group[0].sheet, tidy(group[0].layout, group[0].lines))]
    group = [_in_order_of(group[0].layout, part) for part in group]
    years = [found[0] if (found := YEAR.search(part.sheet)) else "" for part in group]
    said = say.SAME_SHEETS(n_group=len(group))
    lines = [part.lines for part in group]
    if all(years) and not any(line.year for of in lines for line in of):
        lines = [
            [replace(line, year=year) for line in of] for of, year in zip(lines, years, strict=True)
        ]
        said = say.SHEET_YEAR(said=said)
    keys = [{(line.code, line.year) for line in of} for of in lines]
    if len(set().union(*keys)) < sum(map(len, keys)):
        return [(part.sheet, tidy(part.layout, part.lines)) for part in group]
    table = tidy(group[0].layout, [line for of in lines for line in of])
    table.notes.append(said)
    return [(group[0].sheet, table)]


def _in_order_of(layout: Layout, part: Part) -> Part:
    """A sheet with its columns in the order of another with the same headings."""
    own = part.layout.headings
    if own == layout.headings or len(set(own)) < len(own):
        return part
    places = [own.index(heading) if heading in own else -1 for heading in layout.headings]
    lines = [
        replace(line, cells=[line.cells[p] if p >= 0 else "" for p in places])
        for line in part.lines
    ]
    return Part(part.sheet, layout, lines)


def _beside(sheets: Sequence[tuple[str, Tidy]]) -> Tidy:
    keys = list(dict.fromkeys(key for _, table in sheets for key in table.keys))
    if len(keys) == sum(len(table.keys) for _, table in sheets):
        return _below(keys, [table for _, table in sheets])
    times = Counter(column.heading for _, table in sheets for column in table.columns)
    columns = []
    for name, table in sheets:
        place_of = {key: place for place, key in enumerate(table.keys)}
        for column in table.columns:
            at = [place_of.get(key) for key in keys]
            again = times[column.heading] > 1
            generic = bare(column.heading) in VALUE_WORDS
            heading = name if generic else f"{column.heading}{SEPARATOR}{name}"
            columns.append(
                Column(
                    heading if again or generic else column.heading,
                    [column.cells[p] if p is not None else "" for p in at],
                    [column.rows[p] if p is not None else 0 for p in at],
                    column.unit,
                )
            )
    notes = [note for _, table in sheets for note in table.notes]
    return Tidy(keys, columns, [*notes, say.SHEETS_BESIDE(n_sheets=len(sheets))])


def _below(keys: list[Key], tables: Sequence[Tidy]) -> Tidy:
    """Sheets of other regions with partly other columns: a column that one lacks is missing."""
    headings = list(dict.fromkeys(c.heading for table in tables for c in table.columns))
    columns = {heading: Column(heading, [], []) for heading in headings}
    for table in tables:
        own = {column.heading: column for column in table.columns}
        size = len(table.keys)
        for heading, column in columns.items():
            found = own.get(heading)
            column.cells += found.cells if found else [""] * size
            column.rows += found.rows if found else [0] * size
            column.unit = column.unit or (found.unit if found else "")
    notes = [note for table in tables for note in table.notes]
    said = say.SHEETS_BELOW(n_tables=len(tables))
    return Tidy(keys, list(columns.values()), [*notes, said])
