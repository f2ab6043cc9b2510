"""What a heading says: a short name for formulas, a unit, a year (floor 1)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from keyword import iskeyword

from smartlib.data.tables.rows.cells import SEPARATOR

NAME = re.compile(r"[A-Za-z]\w*", re.ASCII)
RESERVED = {"log", "I", "C", "Q", "intercept", "Intercept", "year", "region_code", "poly", "np"}
UNIT = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
UNIT_WORDS = re.compile(
    r"%|\b(persen|percent|jiwa|orang|people|persons?|rupiah|rp|idr|ribu|thousand|juta|million|miliar|"
    r"milyar|billion|triliun|trillion|tahun|years?|km2?|ha|hektare?|unit|kg|ton|kwintal|poin|points?|"
    r"usd|kwh|mwh|liter|m2|m3|rasio|ratio|rumah tangga|households?|indeks|index)\b",
    re.I,
)
BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
YEAR_LAST = re.compile(
    # A star, x or r after a year is how a statistics office marks provisional and revised figures.
    r"^(.*?)(?<![\d=])[\s_\-,/(]*(?:tahun\s+|th\.?\s*)?((?:19|20)\d{2})\s*(?:\*{1,3}|[xr])?\)?$",
    re.I,
)
YEAR_FIRST = re.compile(r"^((?:19|20)\d{2})[\s_\-,/]+(\D.*)$")
BASE_YEAR = re.compile(
    r"(konstan|adhk|constant|prices?|harga|dasar|base|=|\d{4}\s*[-/\u2013])[\s_(]*$", re.I
)
BY_REGION = re.compile(
    r"\b(menurut|per|di|by)\s+(kabupaten|kab|kota|regency|district|wilayah|provinsi)"
    r"[\s/.,\w]*?(?=$|\(|\[| / |,)",
    re.I,
)
AGGREGATED = re.compile(r"^(sum|average|avg|mean|max|min|count) of ", re.I)
LEADING = re.compile(r"^(persentase|percentage of|jumlah|banyaknya|number of|angka) +", re.I)
SMALL_WORDS = re.compile(
    r"yang|terhadap|dan|di|ke|dari|untuk|pada|atas|dasar|menurut|memiliki|dengan|atau|the|of|and|in|"
    r"for"
)
LONGEST = 40
LONGEST_FULL = 80  # where a shorter one does not tell two columns apart
ENDS = 2  # words kept at either end of a name that is too long


@dataclass(frozen=True)
class Heading:
    """A heading, taken apart.

    Attributes
    ----------
    stem : str
        Without unit and year.
    unit, year : str
        Nothing where the heading has none.
    """

    stem: str
    unit: str = ""
    year: str = ""


def taken_apart(heading: str) -> Heading:
    """Stem, unit and year of a heading.

    Examples
    --------
    >>> taken_apart("Penduduk Miskin (Persen)")
    Heading(stem='Penduduk Miskin', unit='Persen', year='')
    >>> taken_apart("ipm_2021"), taken_apart("POP2017").stem, taken_apart("PDRB ADHK 2010").year
    (Heading(stem='ipm', unit='', year='2021'), 'POP', '')
    >>> taken_apart("2025**"), taken_apart("PDRB 2024 x)").year
    (Heading(stem='', unit='', year='2025'), '2024')
    """
    parts, year, unit = [], "", ""
    for part in heading.split(SEPARATOR):
        stem, of_part, its_year = _part(part)
        unit, year = of_part or unit, its_year or year
        parts += [stem] if stem else []
    return Heading(SEPARATOR.join(parts), unit, year)


def _part(part: str) -> tuple[str, str, str]:
    unit, stem = "", part.strip()
    units = [found for found in UNIT.finditer(stem) if UNIT_WORDS.search(found[1])]
    if units:
        unit, last = units[-1][1].strip(), units[-1]
        stem = f"{stem[: last.start()]} {stem[last.end() :]}".strip()
    if (found := YEAR_LAST.match(stem)) and not BASE_YEAR.search(found[1]):
        return found[1].strip(" _-,/("), unit, found[2]
    if found := YEAR_FIRST.match(stem):
        return found[2].strip(), unit, found[1]
    return stem, unit, ""


def short_name(heading: str, full: bool = False) -> str:
    """A name for formulas: small letters, without what every such heading says.

    Parameters
    ----------
    heading : str
        Without unit and year.
    full : bool, default False
        Whether words such as `Jumlah` and `Persentase` stay, which may tell two columns apart.

    Examples
    --------
    >>> short_name("Persentase Penduduk Miskin (P0) Menurut Kabupaten/Kota")
    'penduduk_miskin'
    >>> short_name("ln_gdppc2010"), short_name("Internet, %")
    ('ln_gdppc2010', 'internet')
    >>> short_name("% 02"), short_name("02")
    ('persen_02', 'v_02')
    """
    if NAME.fullmatch(heading) and not iskeyword(heading) and len(heading) <= LONGEST:
        return heading
    plain = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode()
    plain = BRACKETS.sub(" ", BY_REGION.sub(" ", AGGREGATED.sub("", plain)))
    full = full or (SEPARATOR in plain and bool(LEADING.match(plain + " ")))
    plain = plain.replace(SEPARATOR, " ")
    words = re.findall(r"[a-z0-9]+", (plain if full else LEADING.sub("", plain)).lower())
    longest = LONGEST_FULL if full else LONGEST
    if len("_".join(words)) > longest:
        words = [word for word in words if not SMALL_WORDS.fullmatch(word)]
    if len("_".join(words)) > longest:
        words = [*words[:ENDS], *words[-ENDS:]]
    name = "_".join(words)[:longest].strip("_")
    if not name:
        return "value"
    if name[0].isdigit() or iskeyword(name) or name in RESERVED:
        return f"persen_{name}" if "%" in heading else f"v_{name}"
    return name


def names_for(headings: list[str], asked: dict[str, str], refused: Collection[str]) -> list[str]:
    """Names that tell columns apart.

    Parameters
    ----------
    headings : list of str
        Stems.
    asked : dict of str to str
        The reader's names, by heading.
    refused : collection of str
        Names that the registry has: a column so called gets the suffix `_own`.
    """
    short = [asked.get(heading) or short_name(heading) for heading in headings]
    twice = {name for name in short if short.count(name) > 1}
    taken: dict[str, None] = {}
    lowered = {name.lower() for name in refused}
    for heading, name in zip(headings, short, strict=True):
        own = short_name(heading, full=True) if name in twice and not asked.get(heading) else name
        own = f"{own}_own" if own.lower() in lowered or own in RESERVED else own
        number = 2
        base = own
        while own in taken:
            own, number = f"{base}_{number}", number + 1
        taken[own] = None
    return list(taken)
