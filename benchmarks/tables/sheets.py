"""The cells of a made table: headings, rows, and everything around them."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

from benchmarks.tables.numbers import MISSING, Style
from benchmarks.tables.plan import Plan, Series
from benchmarks.tables.regions import Cell, Region

Grid = list[list[Cell]]
NAME_WORDS = ("Kabupaten/Kota", "Kab/Kota", "Wilayah", "Nama Daerah", "kabkota", "nama_wilayah",
              "district", "Kabupaten Kota", "Kabupaten", "Daerah", "region")  # fmt: skip
CODE_WORDS = ("kode_bps", "Kode", "id", "districtID", "Kode Wilayah", "region_code", "ID Kabupaten")
KIND_WORDS = ("Jenis", "Kab/Kota", "Status", "type")
TITLES = ("Tabel 3.1 {} Menurut Kabupaten/Kota", "{} di Indonesia, 2023", "Data {}")
NOTES = ("Sumber: Badan Pusat Statistik", "Catatan: angka sementara", "* Angka sangat sementara",
         "Source: BPS-Statistics Indonesia", "Keterangan: - Tidak ada")  # fmt: skip


@dataclass
class Row:
    """A row about a region: what says which, and the year."""

    region: Region
    year: str
    cells: list[Cell]
    values: list[Cell]


def build(plan: Plan) -> list[tuple[str, Grid]]:
    """The sheets of a table; truth that the dirt takes away is taken from the plan too."""
    _dirty_values(plan)
    if plan.shape == "sheet an indicator":
        return [
            (s.heading[:28].replace("/", " "), _grid(plan, [s], plan.some)) for s in plan.series
        ]
    if plan.shape == "sheet a year":
        return [(y, _grid(plan, plan.series, plan.some, y)) for y in plan.years]
    if plan.shape == "sheet a province":
        provinces = list(dict.fromkeys(r.province for r in plan.some))
        return [
            (p[:28], _grid(plan, plan.series, [r for r in plan.some if r.province == p]))
            for p in provinces
        ]
    return [("Sheet1", _grid(plan, plan.series, plan.some))]


def _dirty_values(plan: Plan) -> None:
    """Some values are missing, in the truth too."""
    if "missing" in plan.dirt:
        for series in plan.series:
            for key in series.values:
                if plan.rng.random() < 0.05:
                    series.values[key] = math.nan


def cell(plan: Plan, series: Series, key: tuple[str, str]) -> Cell:
    """A value as the table has it."""
    value, rng = series.values[key], plan.rng
    if math.isnan(value):
        bare = plan.file in ("stata", "spss", "parquet")
        return "" if bare or "missing" not in plan.dirt else rng.choice(MISSING)
    if plan.numeric:
        return value
    style = series.style
    if "mixed marks" in plan.dirt and rng.random() < 0.2:
        other = "," if style.mark == "." else "."
        style = Style(other, "", style.decimals, style.trimmed)
        text = style.text(abs(value), rng)
        return f"-{text}" if value < 0 else text
    return _written(style, value, rng)


def _written(style: Style, value: float, rng) -> str:
    """The text of a value that has its sign already."""
    plain = Style(style.mark, style.thousands, style.decimals, style.trimmed,
                  "" if style.dress == "parentheses" else style.dress, style.eaten)  # fmt: skip
    text = plain.text(abs(value), rng)
    if value < 0:
        return f"({text})"
    return text


def _grid(plan: Plan, series: list[Series], some: list[Region], year: str = "") -> Grid:
    rng, dirt = plan.rng, plan.dirt
    order = list(some)
    if "shuffled" in dirt:
        rng.shuffle(order)
    head, rows = _body(plan, series, order, year)
    plan.conflicts |= _spoil(plan, rows)
    grid: Grid = []
    with_province = "province column" in dirt and plan.form.form != "grouped"
    lead = [plan.word(CODE_WORDS)] if plan.form.code else []
    if plan.form.form != "code":
        lead.append(plan.word(NAME_WORDS))
    if plan.form.form == "kind column":
        lead.append(plan.word(KIND_WORDS))
    lead_rows = [[*[""] * len(lead)] for _ in head[:-1]] + [lead]
    if rng.random() < 0.5 and len(head) > 1:
        lead_rows = [lead, *[[""] * len(lead) for _ in head[1:]]]
    previous = ""
    for count, row in enumerate(rows, 1):
        province = row.region.province if row.region else ""
        if _provinces_apart(plan) and row.region and province != previous:
            grid.append([*_province(plan, row.region, len(lead)), *_sums(plan, row.values)])
        extra = [province] if with_province else []
        if "merged province" in dirt and province == previous and "shuffled" not in dirt:
            extra = [""] if with_province else []
        previous = province
        numbered = [str(count) if not plan.numeric else float(count)] if _numbered(plan) else []
        grid.append([*numbered, *extra, *row.cells, *row.values])
    pre = (1 if _numbered(plan) else 0) + (1 if with_province else 0)
    grid = [g if len(g) == len(grid[-1]) else [*[""] * pre, *g] for g in grid]
    top = [
        [
            *(["No"] if n == len(head) - 1 else [""]) * _numbered(plan),
            *(["Provinsi"] if n == len(head) - 1 else [""]) * with_province,
            *lead_rows[n],
            *h,
        ]
        for n, h in enumerate(head)
    ]
    return _around(plan, top, grid, series)


def _numbered(plan: Plan) -> bool:
    return "row numbers" in plan.dirt


def _provinces_apart(plan: Plan) -> bool:
    """Whether provinces have rows of their own, above their regions."""
    return (
        "province rows" in plan.dirt
        and plan.form.form != "code"
        and "shuffled" not in plan.dirt
        and plan.shape not in ("long", "sheet a province")
        and plan.which != "random"
    )


def _province(plan: Plan, region: Region, width: int) -> list[Cell]:
    name = region.province
    style = plan.number % 3
    said = (name.upper(), f"Provinsi {name}", f"PROV. {name.upper()}")[style]
    code: list[Cell] = []
    if plan.form.code:
        bps = plan.form.system == "bps"
        digits = f"{region.bps[:2]}00" if bps else region.code[:2]
        number = "number" in plan.form.code
        code = [float(digits) if number else digits]
    return [*code, said, *[""] * (width - len(code) - 1)]


def _sums(plan: Plan, values: list[Cell]) -> list[Cell]:
    return [v if type(v) is str else v * 9 for v in values]


def _body(
    plan: Plan, series: list[Series], order: list[Region], sheet_year: str
) -> tuple[Grid, list[Row]]:
    """Rows of headings for the values, and rows."""
    if plan.shape == "long":
        return _long(plan, series, order)
    if plan.shape == "year column":
        return _year_column(plan, series, order)
    if plan.shape in ("years as columns", "bare years", "merged years"):
        return _years_as_columns(plan, series, order)
    year = sheet_year or plan.years[0]
    rows = [
        Row(r, year, plan.form.cells(r), [cell(plan, s, (r.code, year)) for s in series])
        for r in order
    ]
    head: Grid = [[s.printed for s in series]]
    if plan.shape == "merged groups":
        head.insert(0, ["Indikator Tahun Ini", *[""] * (len(series) - 1)])
    return head, rows


def _long(plan: Plan, series: list[Series], order: list[Region]) -> tuple[Grid, list[Row]]:
    rng, rows = plan.rng, []
    with_year, with_unit = plan.years != [""], any(s.unit for s in series)
    head: list[Cell] = [rng.choice(("variabel", "indikator", "nama_variabel", "Uraian"))]
    head += [rng.choice(("tahun", "Tahun", "year"))] * with_year
    head += [rng.choice(("nilai", "value", "data_content", "Nilai"))]
    head += [rng.choice(("satuan", "unit"))] * with_unit
    for s in series:
        for year in plan.years:
            for r in order:
                said = [s.heading, *[year] * with_year, cell(plan, s, (r.code, year))]
                rows.append(Row(r, year, plan.form.cells(r), [*said, *[s.unit] * with_unit]))
    return [head], rows


def _year_column(plan: Plan, series: list[Series], order: list[Region]) -> tuple[Grid, list[Row]]:
    head: list[Cell] = [plan.rng.choice(("Tahun", "tahun", "year")), *(s.printed for s in series)]
    rows = []
    for r in order:
        for year in plan.years:
            shown: Cell = float(year) if plan.numeric else year
            values = [cell(plan, s, (r.code, year)) for s in series]
            rows.append(Row(r, year, plan.form.cells(r), [shown, *values]))
    return [head], rows


def _years_as_columns(
    plan: Plan, series: list[Series], order: list[Region]
) -> tuple[Grid, list[Row]]:
    pairs = [(s, y) for s in series for y in plan.years]
    if plan.shape == "merged years":
        pairs = [(s, y) for y in plan.years for s in series]
    rows = [
        Row(r, "", plan.form.cells(r), [cell(plan, s, (r.code, y)) for s, y in pairs])
        for r in order
    ]
    if plan.shape == "bare years":
        return [[float(y) if plan.numeric else y for _, y in pairs]], rows
    if plan.shape == "merged years":
        top = [cell for y in plan.years for cell in (y, *[""] * (len(series) - 1))]
        return [top, [s.printed for s, _ in pairs]], rows
    spellings = ("{0}_{1}", "{0} {1}", "{0}{1}", "{1} {0}", "{0} ({1})", "{0}, {1}")
    spell = plan.rng.choice(spellings)
    return [[spell.format(s.heading, y) for s, y in pairs]], rows


def _spoil(plan: Plan, rows: list[Row]) -> bool:
    """Dirt in rows; whether rows contradict each other after it."""
    rng, dirt = plan.rng, plan.dirt
    if "misspelt" in dirt and plan.form.form in ("name", "bare bps"):
        _misspell(plan, rows)
    if "wrong codes" in dirt and plan.form.form == "name and code" and len(rows) > 20:
        _miscode(plan, rows)
    if "doubled rows" in dirt:
        at = rng.randrange(len(rows))
        rows.insert(rng.randrange(len(rows) + 1), rows[at])
    if "conflicting rows" not in dirt or plan.shape not in ("wide", "year column"):
        return False
    row = rng.choice(rows)
    old = row.values[-1]
    other: Cell = old * 2 + 1 if type(old) is float else "77"
    if old != other:
        rows.append(Row(row.region, row.year, row.cells, [*row.values[:-1], other]))
    return old != other


def _misspell(plan: Plan, rows: list[Row]) -> None:
    """Two letters of a name change places in all its rows."""
    region = plan.rng.choice(rows).region
    name = plan.form.name(region)
    if len(region.name) < 7:
        return
    at = len(name) - 3
    wrong = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    for row in rows:
        if row.region is region:
            row.cells = [wrong if c == name else c for c in row.cells]
    plan.excused.add(region.code)


def _miscode(plan: Plan, rows: list[Row]) -> None:
    """A few codes are those of the other system."""
    regions = list({r.region.code: r.region for r in rows}.values())
    for region in plan.rng.sample(regions, max(1, len(regions) // 25)):
        other = region.bps if plan.form.system == "kemendagri" else region.code.replace(".", "")
        if other == str(plan.form.cells(region)[0]).replace(".", ""):
            continue
        plan.excused.add(region.code)
        for row in rows:
            if row.region is region:
                first: Cell = float(other) if type(row.cells[0]) is float else other
                row.cells = [first, *row.cells[1:]]


def _around(plan: Plan, top: Grid, body: Grid, series: list[Series]) -> Grid:
    """Title, notes, totals, numbering of the columns, blank rows and columns."""
    rng, dirt = plan.rng, plan.dirt
    flat = plan.file in ("json", "stata", "spss", "parquet")
    width = len(top[-1])
    _other_rows(plan, top, body, series, flat)
    grid = [*top, *body]
    if "moved columns" in dirt and plan.shape not in ("merged years", "merged groups"):
        places = list(range(width))
        if plan.shape == "long":
            places = [*places[-1:], *places[:-1]]
        else:
            random.Random(plan.number).shuffle(places)
        grid = [[row[p] for p in places] for row in grid]
    if flat:
        return grid
    if "column numbers" in dirt:
        grid.insert(len(top), [f"({n})" for n in range(1, width + 1)])
    if "empty column" in dirt:
        at = rng.randrange(width)
        grid = [[*row[:at], "", *row[at:]] for row in grid]
    return _titled(plan, grid, len(top), series[0].heading)


def _other_rows(plan: Plan, top: Grid, body: Grid, series: list[Series], flat: bool) -> None:
    """Rows that are about no region, among the others."""
    rng, dirt, key, width = plan.rng, plan.dirt, _name_place(plan), len(top[-1])
    if "unknown region" in dirt and plan.form.form == "name":
        odd = [str(c) for c in body[rng.randrange(len(body))]]
        body.append([*odd[:key], "Kab. Antah Berantah", *body[-1][key + 1 :]])
    if "country row" in dirt and plan.form.form != "code" and plan.shape != "long":
        row: list[Cell] = [""] * width
        row[key] = rng.choice(("INDONESIA", "Jumlah", "Total", "Rata-rata", "JUMLAH/TOTAL"))
        if rng.random() < 0.8:
            row[-len(series) :] = _sums(plan, body[0][-len(series) :])
        if plan.shape != "year column":
            body.insert(0 if rng.random() < 0.3 else len(body), row)
    if "blank rows" in dirt and not flat:
        body.insert(rng.randrange(1, len(body) + 1), [""] * width)
    if "headings again" in dirt and not flat and len(body) > 12 and len(top) == 1:
        body.insert(len(body) // 2, list(top[-1]))


def _titled(plan: Plan, grid: Grid, headings: int, about: str) -> Grid:
    rng, dirt, width = plan.rng, plan.dirt, len(grid[0])
    if "empty row" in dirt:
        grid.insert(rng.choice((0, headings)), [""] * width)
    if "title" in dirt or plan.shape == "bare years":
        title = rng.choice(TITLES).format(about)
        grid = [[title, *[""] * (width - 1)], *[[""] * width] * rng.randint(0, 2), *grid]
    if "notes" in dirt:
        grid += [[""] * width] * rng.randint(0, 2)
        grid += [[rng.choice(NOTES), *[""] * (width - 1)] for _ in range(rng.randint(1, 2))]
    return grid


def _name_place(plan: Plan) -> int:
    pre = ("row numbers" in plan.dirt) + ("province column" in plan.dirt)
    return int(pre) + (1 if plan.form.code and plan.form.form != "code" else 0)
