"""What a made table is like: its columns, shape, dirt, and the truth that goes with it."""

from __future__ import annotations

import csv
import math
import random
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks.tables.numbers import Style, any_style
from benchmarks.tables.regions import Form, Region, any_form, subset

SEED = 514
Key = tuple[str, str]
# Headings of the factors, with a unit that some tables put in brackets.
HEADINGS: dict[str, tuple[tuple[str, str], ...]] = {
    "poverty_rate": (
        ("Persentase Penduduk Miskin", "Persen"),
        ("Persentase Penduduk Miskin (P0) Menurut Kabupaten/Kota", "Persen"),
        ("poverty_rate", "%"),
        ("Tingkat Kemiskinan", ""),
    ),
    "human_development_index": (
        ("Indeks Pembangunan Manusia", ""),
        ("IPM", ""),
        ("Sum of IPM", ""),
        ("[Metode Baru] Indeks Pembangunan Manusia", ""),
    ),
    "population": (
        ("Jumlah Penduduk", "Jiwa"),
        ("Populasi", "Ribu Jiwa"),
        ("population", ""),
    ),
    "land_area": (("Luas Wilayah", "km2"), ("Luas Daratan", "km persegi"), ("area_km2", "")),
    "life_expectancy": (
        ("Umur Harapan Hidup", "Tahun"),
        ("UHH", ""),
        ("Angka Harapan Hidup (AHH)", "tahun"),
    ),
    "mean_schooling": (("Rata-rata Lama Sekolah", "Tahun"), ("RLS", ""), ("mean schooling", "")),
    "unemployment_rate": (("Tingkat Pengangguran Terbuka", "%"), ("TPT", "persen")),
    "grdp_per_capita": (
        ("PDRB per Kapita", "Ribu Rupiah"),
        ("PDRB per Kapita ADHB", "juta Rp"),
        ("GRDP per capita", ""),
    ),
    "capital_spending": (("Belanja Modal", "Rp"), ("Realisasi Belanja Modal", "")),
    "total_revenue": (("Pendapatan Daerah", "Rupiah"), ("Total Pendapatan", "")),
    "water_access": (("Akses Air Minum Layak", "%"), ("Rumah tangga dengan air minum layak", "")),
}
SHAPES = {
    "wide": 34,
    "long": 14,
    "year column": 12,
    "years as columns": 14,
    "bare years": 6,
    "merged years": 6,
    "merged groups": 4,
    "sheet an indicator": 4,
    "sheet a year": 3,
    "sheet a province": 3,
}
GRIDS = ("csv", "xlsx", "xls", "ods", "html")
FILES = {"csv": 52, "xlsx": 18, "xls": 5, "ods": 6, "html": 7, "json": 5, "stata": 3, "spss": 2,
         "parquet": 2}  # fmt: skip
DIRT = {
    "province rows": 0.2,
    "country row": 0.15,
    "missing": 0.35,
    "blank rows": 0.08,
    "misspelt": 0.06,
    "doubled rows": 0.05,
    "conflicting rows": 0.02,
    "moved columns": 0.12,
    "wrong codes": 0.04,
    "mixed marks": 0.04,
    "row numbers": 0.25,
    "shuffled": 0.12,
    "notes": 0.2,
    "title": 0.25,
    "column numbers": 0.08,
    "empty column": 0.06,
    "empty row": 0.08,
    "headings again": 0.03,
    "province column": 0.25,
    "merged province": 0.05,
    "text column": 0.06,
    "unknown region": 0.04,
}


@dataclass
class Series:
    """One column of the truth: what it is called, and how it is written."""

    factor: str
    heading: str
    unit: str
    style: Style
    values: dict[Key, float]

    @property
    def printed(self) -> str:
        return f"{self.heading} ({self.unit})" if self.unit else self.heading


@dataclass
class Plan:
    """All that is drawn for one table."""

    number: int
    rng: random.Random
    form: Form
    which: str
    some: list[Region]
    shape: str
    file: str
    numeric: bool
    series: list[Series]
    years: list[str]
    dirt: set[str] = field(default_factory=set)
    excused: set[str] = field(default_factory=set)  # codes whose rows may stay unmatched
    drawn: dict[tuple[str, ...], str] = field(default_factory=dict)
    conflicts: bool = False

    def word(self, among: tuple[str, ...]) -> str:
        """One of some words, the same in all sheets."""
        return self.drawn.setdefault(among, self.rng.choice(among))

    @property
    def answers(self) -> dict[str, set[str]]:
        """What a reader who knows the table answers, by option."""
        marks = set()
        for s in self.series:
            own = s.style.mark
            marks.add({",": "point", ".": "comma"}[own] if s.style.eaten else
                      {",": "comma", ".": "point"}[own])  # fmt: skip
        return {"--codes": {self.form.system}, "--bare": {"kabupaten"}, "--decimal": marks}


def factors(raw: Path) -> dict[str, dict[str, float]]:
    """The latest value of each factor by region."""
    found: defaultdict[str, dict[str, tuple[str, float]]] = defaultdict(dict)
    with (raw / "factors.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            old = found[row["factor"]].get(row["region_code"], ("", 0.0))
            new = row["year"], float(row["value"])
            found[row["factor"]][row["region_code"]] = max(old, new)
    return {f: {code: v for code, (_, v) in of.items()} for f, of in found.items()}


def draw(
    number: int, everyone: list[Region], known: dict[str, dict[str, float]], seed: int = SEED
) -> Plan:
    """The plan of a table; the same number is the same table."""
    rng = random.Random(f"{seed}.{number}")
    form = any_form(rng)
    which, some = subset(everyone, rng)
    shape = rng.choices(list(SHAPES), list(SHAPES.values()))[0]
    file = rng.choices(list(FILES), list(FILES.values()))[0]
    if shape.startswith("sheet"):
        file = rng.choice(("xlsx", "xlsx", "ods", "xls"))
    if file in ("json", "stata", "spss", "parquet") and shape.startswith(("merged", "bare")):
        shape = "wide"
    if which == "all" and shape in ("long", "sheet a province") and rng.random() < 0.7:
        which, some = "province", [r for r in everyone if r.province == rng.choice(some).province]
    if form.form == "all bare":
        some = [r for r in some if not r.is_city] or some
    numeric = {"csv": 0.0, "html": 0.0, "json": 0.7}.get(file, 0.65)
    numeric = 1.0 if file in ("stata", "spss", "parquet") else numeric
    years = [""]
    if shape in ("year column", "years as columns", "bare years", "merged years", "sheet a year"):
        first = rng.randint(2010, 2021)
        years = [str(first + n) for n in range(rng.randint(2, 4))]
    if shape == "long" and rng.random() < 0.5:
        years = ["2021", "2022"]
    plan = Plan(number, rng, form, which, some, shape, file, rng.random() < numeric, [], years)
    plan.series = _series(plan, known)
    plan.dirt = {name for name, chance in DIRT.items() if rng.random() < chance}
    return plan


def _series(plan: Plan, known: dict[str, dict[str, float]]) -> list[Series]:
    rng = plan.rng
    count = 1 if plan.shape == "bare years" else rng.randint(1, 4)
    mark, doubtful = rng.choice(",."), rng.random() < 0.85
    found: list[Series] = []
    for factor in rng.sample(list(HEADINGS), count):
        heading, unit = rng.choice(HEADINGS[factor])
        by_year = {year: 1 + 0.013 * n for n, year in enumerate(plan.years)}
        scale = 1000.0 if rng.random() < 0.1 else 1.0
        numbers = {
            (r.code, year): known[factor].get(r.code, math.nan) * times / scale
            for r in plan.some
            for year, times in by_year.items()
        }
        style = any_style(list(numbers.values()), rng)
        doubtful |= style.decimals == 3 or style.thousands == "other"
        if plan.numeric:
            style = Style(decimals=style.decimals)
        unit = unit if rng.random() < 0.6 else ""
        if style.dress == "percent" or "%" in unit.lower() or "persen" in unit.lower():
            style = Style(style.mark, "", min(style.decimals, 4) or 1, style.trimmed, style.dress)
        values = {k: v if math.isnan(v) else style.value(v) for k, v in numbers.items()}
        found.append(Series(factor, heading, unit, style, values))
    for s in found:
        if doubtful and not s.style.eaten:  # else the file's other columns would mislead
            s.style = replace(s.style, mark=mark)
    return found
