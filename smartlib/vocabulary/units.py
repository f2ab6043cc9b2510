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
