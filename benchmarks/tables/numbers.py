"""How tables write numbers: decimal marks, thousands, signs around the digits."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

THOUSANDS = ("", "other", "space", "narrow space", "apostrophe")
DRESSES = ("", "", "", "", "percent", "rupiah", "star", "spaces", "parentheses")
MISSING = ("-", "...", "n.a.", "NA", "NULL", "tidak ada data", "\u2013", "", "NaN", "#N/A")


@dataclass(frozen=True)
class Style:
    """How the numbers of one column are written.

    Attributes
    ----------
    mark : str
        Decimal mark.
    thousands : str
        How thousands are parted.
    decimals : int
        After the mark, at most.
    trimmed : bool
        Whether zeros at the end are left out.
    dress : str
        What stands around the digits of some cells.
    eaten : bool
        Whether a program took the thousands' point for a decimal one and dropped its zeros.
    """

    mark: str = "."
    thousands: str = ""
    decimals: int = 2
    trimmed: bool = True
    dress: str = ""
    eaten: bool = False

    def value(self, number: float) -> float:
        """What a reader should find: the number that is written."""
        shown = round(number, self.decimals)
        shown = -abs(shown) if self.dress == "parentheses" and self._negative(shown) else shown
        return float(f"{shown:.{self.decimals}f}")

    def _negative(self, number: float) -> bool:
        return number != 0 and int(abs(number) * 7) % 3 == 0

    def text(self, number: float, rng: random.Random) -> str:
        """A cell."""
        value = self.value(number)
        if self.eaten:
            return self._eaten(value)
        text = f"{abs(value):.{self.decimals}f}"
        if self.trimmed and "." in text:
            text = text.rstrip("0").rstrip(".")
        whole, _, rest = text.partition(".")
        parted = f"{int(whole):,}".replace(",", self._thousands())
        text = parted + (self.mark + rest if rest else "")
        return self._dressed(text, value < 0, rng)

    def _thousands(self) -> str:
        other = "," if self.mark == "." else "."
        named = {"other": other, "space": " ", "narrow space": "\u202f", "apostrophe": "'", "": ""}
        return named[self.thousands]

    def _eaten(self, value: float) -> str:
        """`12.340`, read as 12.34: what a careless program leaves of 12340."""
        if abs(value) < 1000:
            return f"{value:.0f}"
        if abs(value) < 1e6:
            return f"{value / 1000:.3f}".rstrip("0").rstrip(".").replace(".", self.mark)
        return f"{int(value):,}".replace(",", self.mark)

    def _dressed(self, text: str, negative: bool, rng: random.Random) -> str:
        if self.dress == "parentheses" and negative:
            return f"({text})"
        text = f"-{text}" if negative else text
        if self.dress == "percent":
            return f"{text}%" if self.decimals % 2 else f"{text} %"
        if self.dress == "rupiah":
            return f"Rp {text}" if self.decimals % 2 else f"Rp{text}"
        if self.dress == "star" and rng.random() < 0.1:
            return text + rng.choice(("*", "**", " *", "*)"))
        if self.dress == "spaces":
            return f" {text} "
        return text


def any_style(values: list[float], rng: random.Random) -> Style:
    """A style that fits a column's size, drawn at random."""
    largest = max((abs(v) for v in values if not math.isnan(v)), default=0.0)
    mark = rng.choice(",.")
    thousands = rng.choice(THOUSANDS) if largest >= 1000 else ""
    if largest < 1e6 and largest >= 1000 and rng.random() < 0.1:
        return Style(rng.choice(",."), "", 0, eaten=True)
    decimals = rng.choice([0, 1, 2, 2, 3, 3, 4, 6]) if largest < 1e6 else rng.choice([0, 0, 1, 2])
    if largest < 10 and not decimals:
        decimals = 2
    dress = rng.choice(DRESSES)
    if (dress == "percent" and largest > 100) or (dress == "rupiah" and largest < 1000):
        dress = ""
    return Style(mark, thousands, decimals, rng.random() < 0.5, dress)
