"""Words and numbers in two languages (floor 4).

Sentences stand here once, side by side, so that a change to one is seen beside the
other; numbers follow the language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from smartlib.vocabulary.errors import ParameterError
from smartlib.vocabulary.records import Track
from smartlib.vocabulary.tables import DIMENSIONS, LANGUAGES

MINUS = "\u2212"

TERMS: Mapping[str, tuple[str, str]] = {
    # key: (Indonesian, English)
    "region": ("Daerah", "Region"),
    "province": ("Provinsi", "Province"),
    "kind": ("Jenis", "Kind"),
    "kabupaten": ("kabupaten", "regency (kabupaten)"),
    "kota": ("kota", "city (kota)"),
    "track": ("Jalur", "Track"),
    "index": ("Indeks", "Index"),
    "published_index": ("Indeks Pencapaian", "Performance index"),
    "harmonised_index": ("Indeks terharmonisasi", "Harmonised index"),
    "improvement": ("Indeks Peningkatan", "Improvement index"),
    "previous_index": ("Indeks tahun lalu", "Last year's index"),
    "rank": ("Peringkat", "Rank"),
    "percentile": ("Persentil", "Percentile"),
    "known_rows": ("baris yang diketahui", "known rows"),
    "lowest": ("Peringkat terendah yang mungkin", "Lowest possible rank"),
    "among": ("Di antara", "Among"),
    "nation": ("Nasional", "Nation"),
    "median": ("median", "median"),
    "dimension": ("Dimensi", "Dimension"),
    "mark": ("Nilai (1-4)", "Mark (1-4)"),
    "points": ("poin indeks", "index points"),
    "gap": ("Selisih", "Gap"),
    "to": ("s.d.", "to"),
    "remainder": ("Sisa", "Remainder"),
    "factor": ("Faktor", "Factor"),
    "value": ("Nilai", "Value"),
    "unit": ("Satuan", "Unit"),
    "year": ("Tahun", "Year"),
    "distance": ("Jarak", "Distance"),
    "difference": ("Beda", "Difference"),
    "question": ("Pertanyaan", "Question"),
    "no": ("No.", "No."),
    "pillar": ("Pilar", "Pillar"),
    "questions": ("pertanyaan", "questions"),
    "publisher": ("Penerbit", "Publisher"),
    "source": ("Sumber", "Source"),
    "letter": ("Nomor surat", "Letter number"),
    "date": ("Tanggal", "Date"),
    "file": ("Berkas", "File"),
    "realised": ("realisasi", "realised"),
    "budgeted": ("anggaran", "budgeted"),
    "observed": ("", ""),
    "none": ("tidak ada data", "no data"),
}

MONTHS = (
    ("Januari", "January"),
    ("Februari", "February"),
    ("Maret", "March"),
    ("April", "April"),
    ("Mei", "May"),
    ("Juni", "June"),
    ("Juli", "July"),
    ("Agustus", "August"),
    ("September", "September"),
    ("Oktober", "October"),
    ("November", "November"),
    ("Desember", "December"),
)


@dataclass(frozen=True)
class Words:
    """One language: its terms, its sentences, its numbers.

    Attributes
    ----------
    lang : {"id", "en"}
        Which.

    Raises
    ------
    ParameterError
        Another language.

    Examples
    --------
    >>> Words("id").number(3.08), Words("en").number(1234567.8, 0)
    ('3,08', '1,234,568')
    """

    lang: str

    def __post_init__(self) -> None:
        if self.lang not in LANGUAGES:
            raise ParameterError(f"lang is '{self.lang}', expected one of {', '.join(LANGUAGES)}.")

    def term(self, key: str) -> str:
        """A term of the field."""
        return TERMS[key][LANGUAGES.index(self.lang)]

    def pick(self, indonesian: str, english: str) -> str:
        """The text of this language."""
        return english if self.lang == "en" else indonesian

    def dimension(self, name: str) -> str:
        """Label of a dimension."""
        dimension = next(d for d in DIMENSIONS if d.name == name)
        return self.pick(dimension.label_id, dimension.label_en)

    def number(self, value: float, decimals: int = 2) -> str:
        """A number with the language's marks; a missing one in words."""
        if pd.isna(value):
            return self.term("none")
        text = f"{value:,.{decimals}f}"
        if not text.strip("-0.,"):
            text = text.removeprefix("-")
        if self.lang == "id":
            text = text.translate(str.maketrans(",.", ".,"))
        return text.replace("-", MINUS)

    def signed(self, value: float, decimals: int = 2) -> str:
        """A difference, its plus sign written."""
        text = self.number(value, decimals)
        return text if pd.isna(value) or value <= 0 or not text.strip("0.,") else f"+{text}"

    def dates(self, text: str) -> str:
        """A text whose ISO dates are written out.

        Examples
        --------
        >>> Words("id").dates("2024-11-25"), Words("en").dates("2024-07-05")
        ('25 November 2024', '5 July 2024')
        """
        return re.sub(r"\b(\d{4})-(\d\d)-(\d\d)\b", self._written, text)

    def _written(self, date: re.Match[str]) -> str:
        year, month, day = map(int, date.groups())
        return f"{day} {MONTHS[month - 1][LANGUAGES.index(self.lang)]} {year}"

    def percent(self, share: float, decimals: int = 1) -> str:
        """A share as a percentage."""
        return self.term("none") if pd.isna(share) else f"{self.number(share * 100, decimals)}%"


def track_label(words: Words, track: Track) -> str:
    """Name of a track in the language."""
    return words.pick(track.label_id, track.label_en)
