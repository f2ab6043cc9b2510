"""A score table held against another that should say the same (floor 2).

What a table cannot say of itself: that a row is missing, that two names or two marks changed
places, that a digit is another which leaves the total as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from smartlib.index.make.rounding import exact

KINDS = (
    "differs",
    "marks_swapped",
    "names_swapped",
    "row_of_another",
    "missing",
    "added",
    "change",
)


@dataclass(frozen=True)
class Difference:
    """One thing in which two tables differ.

    Attributes
    ----------
    kind : str
        One of `KINDS`: cells differ; two cells of a row changed places; two rows' numbers did;
        a row holds the numbers of another region; the other table has a row more, or a row
        less; an improvement is not this year's final less last year's.
    region_code : str
        Whose row.
    row : int
        Index of the row in the table; 0 where it has none.
    columns : tuple of str
        Those that differ, in the order that was asked for.
    found, known : tuple of str
        What either table has there; nothing for an empty cell.
    other : str
        Code of the region whose numbers stand in the row.
    """

    kind: str
    region_code: str
    row: int = 0
    columns: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    other: str = ""


def compare(
    scores: pd.DataFrame, known: pd.DataFrame, columns: Sequence[str]
) -> tuple[Difference, ...]:
    """Every difference of a table from a known one, in the order of the table's rows.

    Parameters
    ----------
    scores, known : DataFrame, shape (n, ...)
        region_code and the columns, indexed by row. A row whose region is missing, or stands in
        an earlier row already, is passed over.
    columns : sequence of str
        What is compared: numbers as the decimals that they are printed as, or words.

    Returns
    -------
    tuple of Difference
        Rows that only `known` has come last.
    """
    ours, theirs = _rows(scores, columns), _rows(known, columns)
    owner = _owners(theirs)
    found: list[Difference] = []
    for code, (row, cells) in ours.items():
        if code not in theirs:
            found.append(Difference("added", code, row))
        elif cells != theirs[code][1]:
            found += _differing(code, ours, theirs, columns, owner)
    return (*found, *(Difference("missing", code) for code in theirs if code not in ours))


def compare_changes(scores: pd.DataFrame, last: pd.DataFrame) -> tuple[Difference, ...]:
    """Improvements that are not the final less last year's.

    Parameters
    ----------
    scores, last : DataFrame
        region_code, published_index; `scores` has improvement too. Rows without one of the
        three numbers are passed over.
    """
    before = last.dropna(subset=["region_code"]).drop_duplicates("region_code")
    finals = before.set_index("region_code")["published_index"].dropna()
    whole = scores[scores["region_code"].isin(finals.index)]
    found = []
    for row, cells in whole.dropna(subset=["published_index", "improvement"]).iterrows():
        code = cells["region_code"]
        due = exact(cells["published_index"]) - exact(finals[code])
        if due != exact(cells["improvement"]):
            told = (_text(cells["improvement"]),), (f"{due.normalize():f}",)
            found.append(Difference("change", code, int(str(row)), ("improvement",), *told))
    return tuple(found)


def _rows(table: pd.DataFrame, columns: Sequence[str]) -> dict[str, tuple[int, tuple[str, ...]]]:
    """Row and cells by region."""
    named = table[table["region_code"].notna()].drop_duplicates("region_code")
    cells = named[list(columns)].itertuples(index=False, name=None)
    return {
        code: (int(row), tuple(map(_text, values)))
        for row, code, values in zip(named.index, named["region_code"], cells, strict=True)
    }


def _text(cell: object) -> str:
    if cell is None or (isinstance(cell, float) and pd.isna(cell)):
        return ""
    return f"{exact(cell + 0.0).normalize():f}" if isinstance(cell, float) else str(cell)


def _owners(rows: dict[str, tuple[int, tuple[str, ...]]]) -> dict[tuple[str, ...], str]:
    """The region of each row of numbers, where only one has them."""
    codes: dict[tuple[str, ...], list[str]] = {}
    for code, (_, cells) in rows.items():
        codes.setdefault(cells, []).append(code)
    return {cells: same[0] for cells, same in codes.items() if len(same) == 1}


def _differing(
    code: str,
    ours: dict[str, tuple[int, tuple[str, ...]]],
    theirs: dict[str, tuple[int, tuple[str, ...]]],
    columns: Sequence[str],
    owner: dict[tuple[str, ...], str],
) -> list[Difference]:
    """How a row differs; of two rows that changed places the later one is told with the first."""
    (row, cells), (_, right) = ours[code], theirs[code]
    other = owner.get(cells, "")
    if other:
        mutual = other in ours and ours[other][1] == right
        if not mutual:
            return [Difference("row_of_another", code, row, other=other)]
        first = list(ours).index(code) < list(ours).index(other)
        return [Difference("names_swapped", code, row, other=other)] if first else []
    places = [n for n, (a, b) in enumerate(zip(cells, right, strict=True)) if a != b]
    names, found, known = (tuple(values[n] for n in places) for values in (columns, cells, right))
    kind = "marks_swapped" if len(places) == 2 and found == known[::-1] else "differs"
    return [Difference(kind, code, row, names, found, known)]
