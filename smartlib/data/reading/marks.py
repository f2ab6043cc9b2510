"""Whether a column's marks are decimal marks or part thousands (floor 1).

`1.234` is a little more than one in one table and over a thousand in another, and nothing in
the cell says which. The column can say it; where it does not, the reader asks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

MARKED = re.compile(r"[+-]?(\d+)([.,])(\d+)")
GROUPED = re.compile(r"[+-]?\d{1,3}(?:([.,])\d{3})+([.,])\d+")
WHOLE = re.compile(r"[+-]?0*[1-9]\d*")
SHOWN = 3
EXPECTED = (
    "numbers whose mark cannot be mistaken: thousands without a mark (1234), decimals with a "
    "leading zero (0.123) or another count of digits than three (1.2340) wherever there are any"
)


@dataclass(frozen=True)
class Doubt:
    """Cells that could be read in two ways.

    Attributes
    ----------
    place : int
        Of the first such cell in the column.
    problem, expected : str
        For a finding.
    """

    place: int
    problem: str
    expected: str = EXPECTED


def doubt(cells: Sequence[str], is_number: Sequence[bool] = ()) -> Doubt | None:
    """What cannot be told of a column's marks, or None.

    Parameters
    ----------
    cells : sequence of str
        The column as written.
    is_number : sequence of bool, optional
        Cells that a program held as numbers, which are in no doubt; default none.

    Returns
    -------
    Doubt or None

    Notes
    -----
    In doubt is a mark after one to three digits and before exactly three. It is a decimal mark
    when another cell of the column shows that: a leading zero, more than three digits before or
    after the mark; or, where no whole numbers stand beside, one or two digits after it. Whole
    numbers beside `1.234` are what thousands look like once a program has read some of them.

    Examples
    --------
    >>> doubt(["1.234", "12.345", "531"]).place
    0
    >>> doubt(["1.234", "0.345", "531"]) is None
    True
    """
    texts = [
        "" if number else cell.replace("\u2212", "-").strip()
        for cell, number in zip(cells, is_number or [False] * len(cells), strict=True)
    ]
    marked = {place: found for place, text in enumerate(texts) if (found := MARKED.fullmatch(text))}
    unclear = [place for place, found in marked.items() if _is_unclear(found)]
    if not unclear:
        return None
    others = [found for found in marked.values() if not _is_unclear(found)]
    has_whole = any(WHOLE.fullmatch(text) for text in texts)
    grouped = {found[2] for text in texts if (found := GROUPED.fullmatch(text))}
    sure = grouped | {found[2] for found in others if _is_sure(found)}
    likely = grouped | {found[2] for found in others}
    decimal = sure if has_whole else likely
    doubtful = [p for p in unclear if decimal != {marked[p][2]} or likely != decimal]
    if not doubtful:
        return None
    return Doubt(doubtful[0], _problem([texts[p] for p in doubtful], bool(others), has_whole))


def _is_unclear(cell: re.Match[str]) -> bool:
    return len(cell[3]) == 3 and len(cell[1]) <= 3 and not cell[1].startswith("0")


def _is_sure(cell: re.Match[str]) -> bool:
    return cell[1].startswith("0") or len(cell[1]) > 3 or len(cell[3]) > 3


def _problem(doubtful: list[str], has_others: bool, has_whole: bool) -> str:
    shown = ", ".join(f"'{text}'" for text in dict.fromkeys(doubtful[:SHOWN]))
    more = f" and {len(doubtful) - SHOWN} more" if len(doubtful) > SHOWN else ""
    beside = "with whole numbers beside" if has_whole else "with other marks beside"
    why = beside if has_others or has_whole else "as every mark of the column stands"
    return f"{shown}{more}: a mark before exactly three digits, {why}, is thousands or decimals"
