"""The letter: number, date, subject, office, what its points count and weigh (floor 1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from smartlib.data.documents.formats.lines import Line
from smartlib.data.documents.numerals import NUMERAL, iso_date, value_of
from smartlib.data.documents.records import Discrepancy, Letter

NUMBER = re.compile(r"Nomor\s*:\s*(\S.*)", re.IGNORECASE)
LETTER_NUMBER = re.compile(r"[A-Z]+-?\d+(?:/[A-Z0-9.]+)+/\d{2}/\d{4}")
SUBJECT = re.compile(r"(?:Hal|Perihal)\s*:\s*(.+)", re.IGNORECASE)
OFFICE = re.compile(r"^(?:Plt\.?\s+)?Direktur Jenderal\s+[\w\s&]+$", re.IGNORECASE)
POINT = re.compile(r"(\d{1,2})\.\s")
PERIOD = re.compile(r"\b(20\d{2})\s?[-–]\s?(20\d{2})\b")
COUNTED = re.compile(r"(?:kota/kabupaten|kabupaten/kota|kabupaten dan kota)", re.IGNORECASE)
BESIDE = re.compile(r"((?:\w+\s+){1,6})\((\d{1,4})\)|\b(\d{1,4})\s+\(((?:\w+\s?){1,6})\)")
DIMENSION = {
    "baseline": "baseline",
    "output": "output",
    "outcome": "outcome",
    "impact": "impact",
    "quick win": "quick_wins",
    "quick wins": "quick_wins",
    "kolaborasi": "collaboration",
}
NAMES = "|".join(sorted(DIMENSION, key=len, reverse=True))
WEIGHT = re.compile(rf"\b({NAMES})\b\W*\(?bobot\s+(\d{{1,3}})\s?%", re.IGNORECASE)
TABLE_WEIGHT = re.compile(rf"({NAMES})\)?$", re.IGNORECASE)
ROLES = (  # the first that a count is followed by
    ("absent", re.compile(r"tidak (?:mengisi|menghadiri|mengikuti|hadir)", re.IGNORECASE)),
    ("took_part", re.compile(r"(?:mengisi|menghadiri|mengikuti)", re.IGNORECASE)),
    ("addressed", re.compile(r"terpilih", re.IGNORECASE)),
)


def read_letter(lines: Sequence[Line]) -> tuple[Letter | None, list[Discrepancy]]:
    """The letter of a report, and numbers whose words and digits differ.

    Parameters
    ----------
    lines : sequence of Line
        From the line of its number to the first list.
    """
    numbered = next(((line, m) for line in lines if (m := NUMBER.match(line.text))), None)
    if numbered is None:
        return None, []
    line, match = numbered
    dated = next((d for one in lines if (d := iso_date(one.text))), "")
    subject = _subject(lines)
    office = next((one.text for one in lines if OFFICE.match(one.text)), "")
    letter = Letter(match[1].strip(), dated, subject, office, line.place)
    counts = _counts(lines)
    cohort = next(iter(counts), "")
    first = counts.pop(cohort, {})
    return replace(letter, counts=first, cohort=cohort, others=counts), list(_unequal(lines))


def _subject(lines: Sequence[Line]) -> str:
    for place, line in enumerate(lines):
        found = SUBJECT.match(line.text)
        if found:
            rest = (one.text for one in lines[place + 1 :])
            more = []
            for text in rest:
                if iso_date(text) or ":" in text or text.startswith("Kepada"):
                    break
                more.append(text)
            return " ".join([found[1], *more])
    return ""


def counts_of(text: str) -> Iterator[tuple[int, int, int]]:
    """Numbers said in words beside digits: (said, written, where the next text begins)."""
    for found in BESIDE.finditer(text):
        words, digits = (found[1], found[2]) if found[2] else (found[4], found[3])
        numerals = NUMERAL.findall(words)
        said = value_of(numerals[-1]) if numerals else None
        if said is not None:
            yield said, int(digits), found.end()


def _counts(lines: Sequence[Line]) -> dict[str, dict[str, int]]:
    """Regions addressed, taking part and absent, by years of selection."""
    found: dict[str, dict[str, int]] = {}
    cohort = ""
    for line in lines:
        if not POINT.match(line.text):
            continue
        cohort = period_in(line.text) or cohort
        for role, count in _roles(line.text):
            found.setdefault(cohort, {}).setdefault(role, count)
    return found


def _roles(text: str) -> Iterator[tuple[str, int]]:
    """What a point counts: which regions, and how many."""
    regions = [c for c in counts_of(text) if COUNTED.match(text[c[2] :].strip())]
    ends = [*(end for *_, end in regions[1:]), len(text)][: len(regions)]
    for (_, written, start), end in zip(regions, ends, strict=True):
        after = text[start:end]
        role = next((name for name, sign in ROLES if sign.search(after)), "")
        if role:
            yield role, written


def period_in(text: str) -> str:
    """Years of selection that a text names first, such as `2017-2022`; nothing if none.

    Parameters
    ----------
    text : str

    Examples
    --------
    >>> period_in("PERIODE TAHUN 2017 - 2022")
    '2017-2022'
    """
    period = PERIOD.search(text)
    return f"{period[1]}-{period[2]}" if period else ""


def _unequal(lines: Sequence[Line]) -> Iterator[Discrepancy]:
    for line in lines:
        for said, written, _ in counts_of(line.text):
            if said != written:
                yield Discrepancy(
                    "words_and_digits", line.place, str(written), str(said), "letters"
                )


def read_weights(lines: Sequence[Line]) -> dict[str, dict[str, int]]:
    """Percent by dimension, for each numbered point that states weights.

    Parameters
    ----------
    lines : sequence of Line
        Of the letter.

    Returns
    -------
    dict of str to dict of str to int
        By the place of the point.
    """
    points: dict[str, dict[str, int]] = {}
    point = ""
    for line in lines:
        if POINT.match(line.text):
            point = line.place
        for name, percent in WEIGHT.findall(line.text):
            points.setdefault(point, {})[DIMENSION[name.lower()]] = int(percent)
    return points


def table_weights(lines: Sequence[Line]) -> dict[str, dict[str, int]]:
    """Weights as the table of elements states them, by the place of its first row."""
    found: dict[str, int] = {}
    place = ""
    for line in lines:
        if len(line.cells) < 2:
            continue
        name = TABLE_WEIGHT.search(line.cells[0])
        percent = re.fullmatch(r"(\d{1,3})\s?%", line.cells[1])
        if name and percent:
            place = place or line.place
            found[DIMENSION[name[1].lower()]] = int(percent[1])
    return {place: found} if found else {}
