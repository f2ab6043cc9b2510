"""From rows as printed to one row a region and year: long, wide, years as columns (floor 1)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from smartlib.data.reading.grids import Cell
from smartlib.data.tables.headings import Heading, short_name, taken_apart
from smartlib.data.tables.rows.cells import SEPARATOR, YEAR, bare, text_of
from smartlib.data.tables.rows.layout import Layout, heading_or_letters
from smartlib.data.tables.values.columns import MOSTLY, Column
from smartlib.data.tables.values.numerals import missing, numeral
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.messages import listed
from smartlib.vocabulary.records import Finding
from smartlib.vocabulary.words import tables as say
from smartlib.vocabulary.words.sentences import joined

Key = tuple[str, str]  # region code and year; no year where the table has none
VARIABLE_WORDS = {
    "variabel", "variable", "namavariabel", "indikator", "indicator", "namaindikator", "factor",
    "faktor", "uraian", "measure", "series", "item", "namaitem", "rincian",
}  # fmt: skip
VALUE_WORDS = {
    "nilai", "value", "values", "datacontent", "data", "angka", "jumlah", "isi", "obsvalue",
}  # fmt: skip
UNIT_WORDS = {"unit", "satuan", "units"}
NOTHING = {"", "tidak ada", "none", "tahun", "tahunan", "annual"}  # of a dimension with no meaning
PERIOD_WORDS = re.compile(
    r"^(triwulan|kuartal|quarter|semester|bulan|month|periode|week|minggu|tanggal|tgl|date)"
)
MOST_DIMENSIONS = 3  # columns that may split a region's rows
FEW_COLUMNS = 12  # among which they are looked for together
SEVERAL = 1.5  # rows a region, from which its rows differ by something
SHARED = 1.5  # regions a part, from which it is no place within one of them
LOOKED_AT = 300  # cells
DUPLICATES_SHOWN = 20


@dataclass(eq=False)
class Tidy:
    """One row a region and year.

    Attributes
    ----------
    keys : list of (str, str)
        Region code and year.
    columns : list of Column
        With their cells in the order of the keys.
    notes : list of str
        On the shape.
    """

    keys: list[Key]
    columns: list[Column]
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Line:
    """A row that is about a region."""

    number: int
    code: str
    year: str
    cells: list[Cell]
    region: str = ""  # its name and code, for messages
    is_bare: bool = False  # its name is that of a kabupaten and of a city


def tidy(layout: Layout, lines: Sequence[Line]) -> Tidy:
    """One row a region and year of a table in any shape.

    Parameters
    ----------
    layout : Layout
        Which columns describe the rows.
    lines : sequence of Line
        The rows that are about a region.

    Raises
    ------
    DataError
        A region has several rows that no column tells apart.
    """
    places = [p for p in range(len(layout.headings)) if p not in layout.describing]
    filled = {p for p in places if any(line.cells[p] != "" for line in lines)}
    blank = [layout.headings[p] for p in places if p not in filled and layout.headings[p]]
    notes: list[str] = [say.BLANK_COLUMNS(blank=listed(blank))] if blank else []
    passed = [layout.headings[p] for p in layout.order if layout.headings[p]]
    notes += [say.COUNTING_COLUMNS(passed=listed(passed))] if passed else []
    places = [p for p in places if p in filled]
    lines = _without_doubles(lines, set(layout.order), notes)
    keys = [(line.code, line.year) for line in lines]
    units = [p for p in places if bare(layout.headings[p]) in UNIT_WORDS]
    numeric = {p for p in places if _is_numeric(line.cells[p] for line in lines)}
    values = [p for p in places if p in numeric]
    is_long = len(values) == 1 and bare(layout.headings[values[0]]) in VALUE_WORDS
    if len(set(keys)) == len(keys) and not (is_long and _variable(layout, places)):
        return _melted(_wide(layout, lines, keys, places), layout, numeric, notes)
    _check_bare(layout, lines, keys)
    split = _splitting(layout, lines, keys, [p for p in places if p not in units], numeric)
    named = [p for p in places if bare(layout.headings[p]) in VARIABLE_WORDS and p not in split]
    year = next((p for p in split if _is_year(lines, p)), None) if layout.year is None else None
    if year is not None:
        lines = [replace(line, year=text_of(line.cells[year])) for line in lines]
        notes.append(say.IS_YEAR(headings=layout.headings[year]))
        split = [p for p in split if p != year]
    measured = [p for p in values if p not in split and p != year]
    measured = [p for p in measured if not _repeats(lines, split, p)]
    others = [p for p in places if p not in (*split, *named, *units, *measured, year)]
    left = [layout.headings[p] for p in others if layout.headings[p]]
    notes += [say.COLUMNS_LEFT(left=", ".join(left))] if left else []
    return _pivoted(layout, lines, _Long([*named, *split], measured, units), notes)


@dataclass(frozen=True)
class _Long:
    """Places of a long table: what says what is measured, the numbers, their units."""

    split: list[int]
    measured: list[int]
    units: list[int]


def _without_doubles(lines: Sequence[Line], but: set[int], notes: list[str]) -> list[Line]:
    """Rows, each once; columns that count the rows do not tell two apart."""
    if len({(line.code, line.year) for line in lines}) == len(lines):
        return list(lines)
    seen: dict[tuple[object, ...], int] = {}
    kept = []
    for line in lines:
        cells = (cell for place, cell in enumerate(line.cells) if place not in but)
        key = (line.code, line.year, *cells)
        if key not in seen:
            seen[key] = line.number
            kept.append(line)
    if len(kept) < len(lines):
        notes.append(say.ROWS_TWICE(what=len(lines) - len(kept)))
    return kept


def _is_numeric(cells: Iterable[Cell]) -> bool:
    looked = 0
    numbers = 0
    for cell in cells:
        if type(cell) is str and missing(cell):
            continue
        looked += 1
        numbers += type(cell) is not str or _is_number(cell)
        if looked >= LOOKED_AT:
            break
    return looked > 0 and numbers >= MOSTLY * looked


def _is_number(cell: str) -> bool:
    return cell.replace(".", "", 1).isdecimal() or numeral(cell) is not None


def _variable(layout: Layout, places: Iterable[int]) -> bool:
    return any(bare(layout.headings[p]) in VARIABLE_WORDS for p in places)


def _is_year(lines: Sequence[Line], place: int) -> bool:
    return all(YEAR.fullmatch(text_of(line.cells[place])) for line in lines)


def _splitting(
    layout: Layout,
    lines: Sequence[Line],
    keys: Sequence[Key],
    places: Sequence[int],
    numeric: set[int],
) -> list[int]:
    """The fewest columns that tell a region's rows apart."""
    parts = {p: len({line.cells[p] for line in lines}) for p in places}
    usable = [
        p
        for p in places
        if parts[p] > 1
        and (len(set(keys)) == 1 or SHARED * parts[p] <= len(lines))
        and (p not in numeric or _is_year(lines, p) or PERIOD_WORDS.match(bare(layout.headings[p])))
    ]
    if len(lines) < SEVERAL * len(set(keys)):
        usable = []  # a few regions stand twice: a slip, no dimension
    usable.sort(key=lambda p: (not _is_year(lines, p), p in numeric, parts[p]))
    most = MOST_DIMENSIONS if len(usable) <= FEW_COLUMNS else 1
    for count in range(most + 1):
        for split in combinations(usable, count):
            whole = [
                (*key, *(n.cells[p] for p in split)) for key, n in zip(keys, lines, strict=True)
            ]
            if len(set(whole)) == len(whole):
                return list(split)
    raise _several(layout, lines)


def _repeats(lines: Sequence[Line], split: Sequence[int], place: int) -> bool:
    """Whether a column only says again what splits the rows, as a number beside a name."""
    parts = {tuple(line.cells[p] for p in split) for line in lines}
    both = {tuple(line.cells[p] for p in (*split, place)) for line in lines}
    return len(split) > 0 and len(parts) > 1 and len(both) == len(parts)


def _check_bare(layout: Layout, lines: Sequence[Line], keys: Sequence[Key]) -> None:
    """Nothing, unless only names without their kind stand twice: they are two regions then."""
    times = Counter(keys)
    twice = [line for line, key in zip(lines, keys, strict=True) if times[key] > 1]
    if twice and all(line.is_bare for line in twice):
        raise DataError(
            say.BARE_TWICE(file=layout.grid.file),
            [
                Finding(say.WHICH_OF_TWO(), layout.grid.file, line.number, region=line.region)
                for line in twice[:DUPLICATES_SHOWN]
            ],
        )


def _several(layout: Layout, lines: Sequence[Line]) -> DataError:
    rows: defaultdict[Key, list[int]] = defaultdict(list)
    for line in lines:
        rows[line.code, line.year].append(line.number)
    file, names = layout.grid.file, {line.code: line.region for line in lines}
    findings = [
        Finding(
            say.ALREADY(
                what=say.IN_YEAR(region=names[code], year=year) if year else names[code],
                row=numbers[0],
            ),
            file,
            number,
            expected=say.ONE_ROW(),
            fix=say.KEEP_ONE(what=_pick(layout)),
        )
        for (code, year), numbers in rows.items()
        for number in numbers[1:]
    ]
    said = say.SEVERAL_ROWS(file=file)
    return DataError(said, findings)


def _pick(layout: Layout) -> str:
    """An example of --only, with a column that may tell rows apart."""
    places = [p for p in range(len(layout.headings)) if p not in layout.describing]
    column = next((p for p in places if PERIOD_WORDS.match(bare(layout.headings[p]))), None)
    if column is None:
        return say.PICK()
    return f'--only "{layout.headings[column]}={text_of(layout.cells(column)[0])}"'


def _wide(layout: Layout, lines: Sequence[Line], keys: list[Key], places: Sequence[int]) -> Tidy:
    numbers = [line.number for line in lines]
    cells = list(zip(*(line.cells for line in lines), strict=True))
    columns = [Column(heading_or_letters(layout, p), list(cells[p]), numbers) for p in places]
    return Tidy(keys, columns)


def _melted(wide: Tidy, layout: Layout, numeric: set[int], notes: list[str]) -> Tidy:
    """Years as columns become years as rows, where every column of numbers has one."""
    wide.notes = notes
    apart = [taken_apart(column.heading) for column in wide.columns]
    is_number = [_is_numeric(column.cells) for column in wide.columns]
    stems: defaultdict[str, dict[str, Column]] = defaultdict(dict)
    for head, column, number in zip(apart, wide.columns, is_number, strict=True):
        if number:
            if not head.year or head.year in stems[head.stem]:
                _note_years(apart, is_number, notes)
                return wide
            stems[head.stem][head.year] = column
    years = sorted({year for of in stems.values() for year in of})
    has_years = any(year for _, year in wide.keys)
    if has_years or not any(len(of) > 1 for of in stems.values()):
        return wide
    units = {head.stem: head.unit for head in apart if head.unit}
    keys = [(code, year) for year in years for code, _ in wide.keys]
    size = len(wide.keys)
    columns = []
    for stem, of in stems.items():
        cells: list[Cell] = []
        rows: list[int] = []
        for year in years:
            cells += of[year].cells if year in of else [""] * size
            rows += of[year].rows if year in of else wide.columns[0].rows
        name = stem or _measured(layout)
        columns.append(Column(name, cells, rows, units.get(stem, "")))
    for column, number in zip(wide.columns, is_number, strict=True):
        if not number:
            columns.append(
                Column(column.heading, column.cells * len(years), column.rows * len(years))
            )
    said = say.YEARS_IN_COLUMNS(n_years=len(years), years=years[0], years2=years[-1])
    return Tidy(keys, columns, [*notes, said])


def _note_years(apart: Sequence[Heading], is_number: Sequence[bool], notes: list[str]) -> None:
    """Say that years stay in the names, where some column of numbers has none."""
    heads = [head for head, number in zip(apart, is_number, strict=True) if number]
    years = Counter(head.stem for head in heads if head.year)
    if any(times > 1 for times in years.values()):
        without = [head.stem for head in heads if not head.year]
        why = say.HAS_NONE(without=listed(without)) if without else ""
        notes.append(say.YEARS_STAY(why=why))


def _measured(layout: Layout) -> str:
    """What a table of bare years measures: its title, without the regions and years."""
    title = re.sub(r"[,\s]*(?:19|20)\d{2}(\s*[-\u2013]\s*(?:19|20)\d{2})?", "", layout.title)
    title = re.sub(r"^\s*(tabel|table)\s*[\d.]*[:.\s]*", "", title, flags=re.IGNORECASE)
    return title.strip() if short_name(title) != "value" else layout.grid.sheet or "value"


def _pivoted(layout: Layout, lines: Sequence[Line], long: _Long, notes: list[str]) -> Tidy:
    """What columns of variables and parts say becomes columns."""
    keys = list(dict.fromkeys((line.code, line.year) for line in lines))
    place_of = {key: place for place, key in enumerate(keys)}
    first = [0] * len(keys)
    columns: dict[str, Column] = {}
    for line in lines:
        place = place_of[line.code, line.year]
        first[place] = first[place] or line.number
        parts = [text_of(line.cells[p]) for p in long.split]
        parts = [part for part in parts if part.lower() not in NOTHING]
        for p in long.measured:
            generic = bare(layout.headings[p]) in VALUE_WORDS
            own = [] if generic and parts else [layout.headings[p]]
            heading = SEPARATOR.join([*own, *parts])
            if heading not in columns:
                columns[heading] = Column(heading, [""] * len(keys), list(first))
            column = columns[heading]
            column.cells[place], column.rows[place] = line.cells[p], line.number
            if long.units and not column.unit:
                column.unit = text_of(line.cells[long.units[0]])
    _same_units(layout, lines, long)
    if long.split:
        by = joined([f"'{layout.headings[p]}'" for p in long.split], say.AND())
        notes.append(say.LONG(by=by, n_columns=len(columns)))
    return Tidy(keys, list(columns.values()), notes)


def _same_units(layout: Layout, lines: Sequence[Line], long: _Long) -> None:
    """Nothing, if each variable has one unit."""
    if not long.units:
        return
    found: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for line in lines:
        unit = text_of(line.cells[long.units[0]])
        if unit:
            found[tuple(text_of(line.cells[p]) for p in long.split)][unit] += 1
    for parts, of in found.items():
        if len(of) > 1:
            said = say.SEVERAL_UNITS(parts=" ".join(parts), of=", ".join(of))
            raise DataError(say.ONE_UNIT(file=layout.grid.file, said=said))
