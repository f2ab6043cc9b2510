"""Assessors' remarks: who, what kind, which number, where (floor 1).

Names and texts are read here and stay with the user; tables that are committed carry numbers
and hashes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from smartlib.data.documents.areas import Area
from smartlib.data.documents.formats.lines import Line
from smartlib.data.documents.records import Assessor, Discrepancy, Remark

SLIPS = 2  # letters in which two spellings of one name differ
HEAD = re.compile(r"(?:([A-Z]|\d{1,2})\.\s+)?(.+?):$")  # `B. Name:` above numbered items
NUMBERED_HEAD = re.compile(r"(\d{1,2})\.\s+([^,]+)(?:,\s*(.+))?$")  # `3. Name, where`
ITEM = re.compile(r"(?:[-•–]\s*)?(?:(\d{1,2}|[a-z])[.)]\s+)?(.+)$")
# A new sentence without a full stop before it: a word in small letters, then one of these.
RUN_ON = re.compile(
    r"(?<=[a-z])(?<!yang) (?=(?:Sudah|Ada|Salah satu|Tematiknya|Belum|Perlu|Masih)\b)"
)


@dataclass
class Read:
    """What has been read of the sections so far."""

    assessors: list[Assessor] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    told: list[Discrepancy] = field(default_factory=list)
    unread: list[Discrepancy] = field(default_factory=list)


@dataclass
class _Open:
    """The remark that is being read."""

    line: Line
    kind: str
    assessor: int
    number: int
    text: str
    marker: str


def read_remarks(areas: Sequence[Area]) -> Read:
    """Remarks of all sections, and what is odd in them.

    Parameters
    ----------
    areas : sequence of Area
        One a section, its kind as subject.
    """
    read = Read()
    for area in areas:
        items = list(_items(area, read))
        for one in items:
            parts = len(RUN_ON.split(one.text))
            read.remarks.append(
                Remark(one.line.place, one.kind, one.assessor, one.number, one.text, parts)
            )
            if parts > 1:
                read.told.append(Discrepancy("run_together", one.line.place, f"{parts}", "1"))
    return read


def _items(area: Area, read: Read) -> Iterator[_Open]:
    """The section's remarks; lines without a marker go on with the one above."""
    lines = area.lines
    colons = bool(lines) and lines[0].text.endswith(":")
    assessor, number, last = 0, 0, ""
    current: _Open | None = None
    for line in lines:
        head = _head(line, colons)
        if head:
            if current:
                yield current
            current, number = None, 0
            assessor = _assessor(head, line, read)
            last = _numbering(head[0], last, line, read)
            continue
        if not assessor:
            read.unread.append(_unread(line, "a line above the first assessor"))
            continue
        marker, text = _item(line)
        if marker or current is None:
            if current:
                yield current
            number += 1
            read.told += _skipped(marker, current.marker if current else "", line)
            current = _Open(line, area.subject, assessor, number, text, marker)
        else:
            current.text = f"{current.text} {text}"
    if current:
        yield current


def _head(line: Line, colons: bool) -> tuple[str, str, str] | None:
    """Marker, name and affiliation of a line that names an assessor."""
    if colons:
        found = HEAD.fullmatch(line.text)
        return (found[1] or "", found[2], "") if found else None
    found = NUMBERED_HEAD.fullmatch(line.text)
    return (found[1], found[2].strip(), found[3] or "") if found else None


def _item(line: Line) -> tuple[str, str]:
    """Marker and text of an item."""
    found = ITEM.fullmatch(line.text)
    bullet = "-" if re.match(r"[-•–]\s", line.text) else ""
    return ((found[1] or bullet), found[2]) if found else ("", line.text)


def _assessor(head: tuple[str, str, str], line: Line, read: Read) -> int:
    """Number of an assessor, known already under this name or one that hardly differs."""
    _, name, affiliation = head
    for place, known in enumerate(read.assessors):
        if name in known.names:
            return known.number
        if min(OSA.distance(name.lower(), other.lower()) for other in known.names) <= SLIPS:
            names = (*known.names, name)
            read.assessors[place] = Assessor(known.number, names, known.affiliation)
            printed = f"assessor {known.number}: {len(names)} spellings"
            read.told.append(Discrepancy("two_spellings", line.place, printed, "1"))
            return known.number
    number = len(read.assessors) + 1
    read.assessors.append(Assessor(number, (name,), affiliation))
    return number


def _numbering(marker: str, last: str, line: Line, read: Read) -> str:
    """Tell of a numbering that does not go up by one."""
    if marker.isdigit() and last.isdigit() and int(marker) != int(last) + 1:
        printed = f"assessor {marker} after {last}"
        read.told.append(Discrepancy("remark_number", line.place, printed, str(int(last) + 1)))
    return marker


def _skipped(marker: str, last: str, line: Line) -> list[Discrepancy]:
    """An item whose number or letter is not the next one."""
    if not marker.isalnum() or (last and last.isdigit() != marker.isdigit()):
        return []
    start = ord("a") - 1 if marker.isalpha() else 0
    number = ord(marker) - start if marker.isalpha() else int(marker)
    before = (ord(last) - start if last.isalpha() else int(last)) if last.isalnum() else 0
    if number == before + 1:
        return []
    return [Discrepancy("remark_item", line.place, f"item {marker}", f"after {last}", "remarks")]


def _unread(line: Line, problem: str) -> Discrepancy:
    return Discrepancy("unread_row", line.place, problem, "an assessor's name", "remarks")
