"""One cell as a number: what it says apart from its decimal mark (floor 1)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from smartlib.vocabulary.words import tables as say

BLANK, DASH, WORD = "blank", "dash", "word"  # kinds of missing values
DASHES = {"-", "--", "---", "\u2013", "\u2014", "\u2212", "\u2012", "\u2015"}
MISSING_WORDS = {
    "...", "..", ".", "\u2026", "na", "n.a.", "n.a", "n/a", "#n/a", "nan", "<na>", "null", "none",
    "nil", "t.a.", "t.a", "tad", "tidak ada data", "tidak tersedia",
    "data tidak tersedia", "belum tersedia", "belum ada data", "no data", "not available",
    "missing", "xx",
}  # fmt: skip
FOOTNOTE = re.compile(
    r"^(?P<rest>.*[\d%)])\s*(?:\*+\)?|[†‡#]+|[¹²³⁴⁵⁶⁷⁸⁹]+|(?<=[\s%)])[a-z]\)|\s+(?:r|e|x|xx))$"
)
STAR_BEFORE = re.compile(r"^\*+\s*(?=[\d(-])")
CURRENCY = re.compile(r"^(-?)\s*(?:rp\.?|idr|us\$|usd|\$)\s*", re.IGNORECASE)
PERCENT = re.compile(r"\s*(?:%|persen|percent)$", re.IGNORECASE)
SPACED = re.compile(r"^\d{1,3}(?:[ ']\d{3})+(?=$|[.,])")
CORE = re.compile(r"\d+(?:[.,]\d+)*|[.,]\d+")
EXPONENT = re.compile(r"(\d+(?:[.,]\d+)?)[eE]([+-]?\d{1,3})")
DIGITS = 3  # of a group of thousands


@dataclass(frozen=True)
class Numeral:
    """A number as written.

    Attributes
    ----------
    text : str
        As in the cell.
    core : str
        Digits and marks alone.
    sign, exponent : int
        What they are multiplied by: 1 or -1, and a power of ten.
    kinds : frozenset of str
        What stood around the digits: `%`, `currency`, `footnote mark`, `parentheses`, `spaces`.
    """

    text: str
    core: str
    sign: int = 1
    exponent: int = 0
    kinds: frozenset[str] = frozenset()

    @property
    def marks(self) -> str:
        """The marks between the digits, in their order."""
        return "".join(c for c in self.core if c in ".,")

    def says(self) -> str:
        """What the cell alone shows of its decimal mark.

        Returns
        -------
        str
            `,` or `.`, the decimal mark, where it can only be that; `either`, where the mark
            may part thousands as well; `bad`, where no reading holds; nothing for whole numbers.
        """
        marks = self.marks
        if not marks:
            return ""
        first, *groups = re.split("[.,]", self.core)
        if len(marks) == 1:
            if self.exponent:
                return marks
            open_ = len(groups[0]) == DIGITS and 1 <= len(first) <= DIGITS
            return "either" if open_ and not first.startswith("0") else marks
        last = marks[-1]
        if last in marks[:-1]:  # all of them part thousands
            return other(last) if self._grouped(first, groups) and len(set(marks)) == 1 else "bad"
        parted = len(set(marks[:-1])) == 1 and self._grouped(first, groups[:-1])
        return last if parted else "bad"

    def is_proof(self) -> bool:
        """Whether `says` cannot come from thousands that a program has shortened.

        `1.5` can be what is left of `1.500`; a leading zero, four digits on either side, or two
        kinds of marks cannot.
        """
        if len(self.marks) != 1:
            return bool(self.marks)
        first, last = re.split("[.,]", self.core)
        return first.startswith("0") or not first or max(len(first), len(last)) > DIGITS

    def value(self, decimal: str) -> float:
        """The number, given its decimal mark.

        Raises
        ------
        ValueError
            It cannot be read so.
        """
        first, _, last = self.core.partition(decimal)
        parts = first.split(other(decimal))
        if not _is_number(parts, last) or (len(parts) > 1 and not self._grouped(*_split(parts))):
            raise ValueError(say.NOT_WITH_MARK(text=self.text, mark=say.MARKS[decimal]()))
        text = f"{''.join(parts) or '0'}.{last or '0'}e{self.exponent}"
        return self.sign * float(text)

    @staticmethod
    def _grouped(first: str, groups: list[str]) -> bool:
        return 1 <= len(first) <= DIGITS and all(len(group) == DIGITS for group in groups)


def other(mark: str) -> str:
    """The other mark.

    Examples
    --------
    >>> other(",")
    '.'
    """
    return "." if mark == "," else ","


def _split(parts: list[str]) -> tuple[str, list[str]]:
    return parts[0], parts[1:]


def _is_number(parts: list[str], last: str) -> bool:
    whole = all(part.isdigit() for part in parts) or parts == [""]
    return whole and (last.isdigit() or not last)


def missing(text: str) -> str:
    """Kind of missing value that a cell holds, or nothing.

    Examples
    --------
    >>> missing("-"), missing("n.a."), missing(""), missing("0")
    ('dash', 'word', 'blank', '')
    """
    if not text:
        return BLANK
    if text in DASHES:
        return DASH
    return WORD if text.lower().rstrip("*) ") in MISSING_WORDS or text == "*" else ""


def numeral(text: str) -> Numeral | None:
    """What a cell says as a number, or None where it is none.

    Parameters
    ----------
    text : str
        Stripped; no missing value.

    Examples
    --------
    >>> numeral("Rp 1.234.567,-").core, numeral("(1.234)").sign, numeral("12,5*").core
    ('1.234.567', -1, '12,5')
    >>> numeral("1.234").says(), numeral("1.234.567").says(), numeral("0,5").says()
    ('either', ',', ',')
    """
    kinds: set[str] = set()
    core = re.sub(r"[\u00a0\u2007\u2009\u202f]", " ", text).replace("\u2212", "-").strip()
    core = core.replace("\u2019", "'").removeprefix("'")
    if STAR_BEFORE.match(core):
        core, kinds = STAR_BEFORE.sub("", core), kinds | {"footnote mark"}
    while found := FOOTNOTE.match(core):
        core, kinds = found["rest"].rstrip(), kinds | {"footnote mark"}
    sign = 1
    if core.startswith("(") and core.endswith(")"):
        core, sign, kinds = core[1:-1].strip(), -1, kinds | {"parentheses"}
    if found := CURRENCY.match(core):
        core = found[1] + re.sub(r",-+$", "", core[found.end() :])
        kinds.add("currency")
    if PERCENT.search(core):
        core, kinds = PERCENT.sub("", core), kinds | {"%"}
    if core[:1] in "+-" and core:
        if sign < 0:
            return None  # a minus within parentheses
        sign, core = (-1 if core[0] == "-" else 1), core[1:].strip()
    if found := SPACED.match(core):
        core = re.sub("[ ']", "", found[0]) + core[found.end() :]
        kinds.add("spaces")
    exponent = 0
    if found := EXPONENT.fullmatch(core):
        core, exponent = found[1], int(found[2])
    if not CORE.fullmatch(core) or not core.isascii():
        return None
    return Numeral(text, core, sign, exponent, frozenset(kinds))
