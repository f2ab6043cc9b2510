"""One language: its terms, its sentences, its numbers (floor 4).

The words themselves stand in `terms`, `report` and `captions`, both languages side by side, so
that a change to one is seen beside the other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from smartlib.present.words.captions import CAPTIONS
from smartlib.present.words.national.audit import AUDIT
from smartlib.present.words.national.curve import CURVE
from smartlib.present.words.national.factors import FACTORS
from smartlib.present.words.national.forms import STRAIGHT
from smartlib.present.words.national.programme import PROGRAMME
from smartlib.present.words.national.ranking import RANKING
from smartlib.present.words.national.remarks import REMARKS
from smartlib.present.words.national.robustness import ROBUSTNESS
from smartlib.present.words.national.summary import SUMMARY
from smartlib.present.words.report import REPORT
from smartlib.present.words.reported import REPORTED
from smartlib.present.words.terms import MONTHS, TERMS
from smartlib.vocabulary.errors import ParameterError
from smartlib.vocabulary.records import Track
from smartlib.vocabulary.tables import DIMENSIONS, LANGUAGES

MINUS = "\u2212"
CATALOGUES = (
    REPORT,
    CAPTIONS,
    AUDIT,
    CURVE,
    FACTORS,
    PROGRAMME,
    RANKING,
    REMARKS,
    REPORTED,
    ROBUSTNESS,
    STRAIGHT,
    SUMMARY,
)
SENTENCES = {key: pair for catalogue in CATALOGUES for key, pair in catalogue.items()}


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

    def say(self, key: str, **parts: object) -> str:
        """A sentence with its parts put in.

        Examples
        --------
        >>> Words("id").say("goal", goal="Masuk sepuluh besar", index="3,10")
        'Masuk sepuluh besar: indeks **3,10**'
        """
        return SENTENCES[key][LANGUAGES.index(self.lang)].format(**parts)

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

    def digits(self, text: str) -> str:
        """A number that is written already, with the language's marks.

        Examples
        --------
        >>> Words("id").digits("9.8e-07"), Words("en").digits("9.8e-07")
        ('9,8e-07', '9.8e-07')
        """
        return text.translate(str.maketrans(",.", ".,")) if self.lang == "id" else text

    def signed(self, value: float, decimals: int = 2) -> str:
        """A difference, its plus sign written."""
        text = self.number(value, decimals)
        positive = value > 0 and text.strip("0.,")  # what is rounded to zero has no sign
        return f"+{text}" if positive else text

    def span(self, low: int, high: int) -> str:
        """Whole numbers from one to another, or the one that there is.

        Examples
        --------
        >>> Words("en").span(5, 109), Words("id").span(4, 4)
        ('5–109', '4')
        """
        return str(low) if low == high else f"{low}–{high}"

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


ENGLISH = Words("en")
