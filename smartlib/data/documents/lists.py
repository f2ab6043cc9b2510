"""Lists of addressees, and the absent that a letter names (floor 1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from smartlib.data.documents.areas import Area
from smartlib.data.documents.formats.lines import Line
from smartlib.data.documents.letter import period_in
from smartlib.data.documents.records import Discrepancy, Participant

OFFICES = r"(?:Bupati|Wali\s?kota)"
NUMBER = re.compile(r"\d{1,3}\.?")
ENTRY = re.compile(
    rf"(\d{{1,3}})\.?\s+({OFFICES}\s[^\d]+?)(?=\s+\d{{1,3}}\.?\s+{OFFICES}\s|$)", re.I
)
ABSENT = re.compile(r"tidak menghadiri.*?yakni\s*:\s*(.+)", re.IGNORECASE)
NAMED = re.compile(r"(?:Kab\.|Kabupaten|Kota)\s", re.IGNORECASE)
BEGINS = re.compile(r"\d{1,3}\b")


def read_lists(
    areas: Sequence[Area], name: str
) -> tuple[list[Participant], list[Discrepancy], list[Discrepancy]]:
    """Names of all annexes; one whose head names other years of selection is a list of its own.

    Parameters
    ----------
    areas : sequence of Area
        The annexes, by their headings.
    name : str
        Of the list.

    Returns
    -------
    participants, discrepancies, unread : lists
    """
    lines: dict[str, list[Line]] = {}
    cohort = ""
    for area in areas:
        head = takewhile(lambda line: not BEGINS.match(line.text), (area.heading, *area.lines))
        cohort = next((found for line in head if (found := period_in(line.text))), cohort)
        lines.setdefault(cohort, []).extend(area.lines)
    read: tuple[list[Participant], list[Discrepancy], list[Discrepancy]] = ([], [], [])
    for own, below in lines.items():
        people, told, unread = read_list(below, name)
        read[0].extend(replace(one, cohort=own) for one in people)
        read[1].extend(told)
        read[2].extend(unread)
    return read


def read_list(
    lines: Sequence[Line], name: str
) -> tuple[list[Participant], list[Discrepancy], list[Discrepancy]]:
    """Names of a list that is set in columns, each column from top to bottom.

    Parameters
    ----------
    lines : sequence of Line
        Below the annex's heading.
    name : str
        Of the list.

    Returns
    -------
    participants, discrepancies, unread : lists
    """
    rows = [(line, _entries(line)) for line in lines if BEGINS.match(line.text)]
    unread = [
        Discrepancy("unread_row", line.place, f"{len(line.cells)} cells", "a number and a name")
        for line, entries in rows
        if not entries
    ]
    width = max((len(entries) for _, entries in rows), default=0)
    people = [
        Participant(line.place, name, number, text)
        for column in range(width)
        for line, entries in rows
        if column < len(entries)
        for number, text in [entries[column]]
    ]
    styles = [line.style for line, entries in rows if entries]
    turns = [
        Discrepancy("list_style", line.place, line.style, before)
        for (line, _), before, style in zip(rows[1:], styles, styles[1:], strict=False)
        if style != before
    ]
    return people, [*turns, *_numbering(people)], unread


def _entries(line: Line) -> list[tuple[int, str]]:
    """Numbers and names, if they are the whole line: a cell each, or together in one."""
    cells = list(line.cells)
    if len(cells) % 2 == 0 and all(NUMBER.fullmatch(cell) for cell in cells[::2] if cell):
        texts = [" ".join(pair).strip() for pair in zip(cells[::2], cells[1::2], strict=True)]
    else:
        texts = cells
    found = [_within(text) for text in texts if text]
    return [entry for entries in found for entry in entries] if all(found) else []


def _within(text: str) -> list[tuple[int, str]]:
    found = list(ENTRY.finditer(text))
    whole = "".join(text[m.start() : m.end()] for m in found).replace(" ", "")
    return [(int(m[1]), m[2]) for m in found] if whole == text.replace(" ", "") else []


def _numbering(people: Sequence[Participant]) -> list[Discrepancy]:
    """Numbers that are printed twice (told where the name is the same) or not at all."""
    names: dict[int, str] = {}
    found, last = [], 0
    for one in people:
        again = one.number in names
        if names.setdefault(one.number, one.name) != one.name:
            problem, expected = f"no {one.number} has two names", "one"
        elif again:
            problem = ""
            found.append(Discrepancy("printed_twice", one.line, str(one.number), "once"))
        else:
            problem, expected = f"no {one.number} after {last}", str(last + 1)
            problem = problem if one.number != last + 1 else ""
        if problem:
            found.append(Discrepancy("list_number", one.line, problem, expected, "participants"))
        last = one.number
    lacking = sorted(set(range(1, max(names, default=0) + 1)) - names.keys())
    return found + [
        Discrepancy("list_number", people[0].line, f"no {number} lacks", "each", "participants")
        for number in lacking[:20]
    ]


def read_absent(lines: Sequence[Line], name: str) -> list[Participant]:
    """Regions that a point of the letter names as absent, in its order.

    Parameters
    ----------
    lines : sequence of Line
        Of the letter.
    name : str
        Of the list.
    """
    for line in lines:
        found = ABSENT.search(line.text)
        if found:
            parts = re.split(r",\s*(?:dan\s+)?|\s+dan\s+(?=Kab|Kota)", found[1].rstrip(" ;."))
            names = [part.strip() for part in parts if NAMED.match(part.strip())]
            return [Participant(line.place, name, n, one) for n, one in enumerate(names, start=1)]
    return []
