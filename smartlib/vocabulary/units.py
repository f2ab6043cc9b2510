"""Units of factors in both languages: a table that names another is refused when it is read."""

from __future__ import annotations

from collections.abc import Mapping

UNITS: Mapping[str, str] = {  # English, as in the factor dictionary: Indonesian
    "index 0-100": "indeks 0-100",
    "years": "tahun",
    "thousand rupiah per person per year": "ribu rupiah per orang per tahun",
    "percent of population": "persen penduduk",
    "thousand persons": "ribu orang",
    "persons": "orang",
    "square kilometres": "kilometer persegi",
    "rupiah": "rupiah",
    "percent of households": "persen rumah tangga",
    "percent of labour force": "persen angkatan kerja",
    "share of total revenue": "dari total pendapatan",
    "share of total spending": "dari total belanja",
    "rupiah per registered person": "rupiah per penduduk terdaftar",
    "persons per square kilometre": "orang per kilometer persegi",
}

OF_OUTCOMES: Mapping[str, str] = {  # units that no table names; English: Indonesian
    "index points": "poin indeks",
    "index, 0-100": "indeks, 0-100",
    "per cent": "persen",
    "1, others 0": "1, lainnya 0",
    "standard errors of a difference": "galat baku selisih",
}


def unit_label(unit: str, lang: str) -> str:
    """A unit in a language; one that is not known as it is.

    Parameters
    ----------
    unit : str
        English.
    lang : {"en", "id"}
        Language.

    Examples
    --------
    >>> unit_label("natural logarithm of persons", "id"), unit_label("mark, 1-4", "id")
    ('logaritma natural orang', 'nilai 1-4')
    """
    if lang == "en":
        return unit
    if unit.startswith("natural logarithm of "):
        return f"logaritma natural {unit_label(unit.removeprefix('natural logarithm of '), lang)}"
    if unit.startswith("mark, "):
        return f"nilai {unit.removeprefix('mark, ')}"
    return {**UNITS, **OF_OUTCOMES}.get(unit, unit)
