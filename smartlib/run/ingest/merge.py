"""What documents give beside what is there: the same, more, or something else (floor 5)."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from smartlib.data.reading.regions import fold
from smartlib.run.ingest.cohorts import cohort_before, several, with_cohorts
from smartlib.run.ingest.tables import RawTable, Row
from smartlib.vocabulary.errors import DataError

Groups = dict[Row, list[Row]]


@dataclass(frozen=True)
class Difference:
    """Rows that are there already and say something else.

    Attributes
    ----------
    file, owner : str
        Whose rows.
    there, read : str
        The first row in which they differ.
    """

    file: str
    owner: str
    there: str
    read: str

    def __str__(self) -> str:
        return f"{self.file}, {self.owner}: there '{self.there}', read '{self.read}'"


@dataclass(frozen=True)
class Merged:
    """A raw file as it is to be.

    Attributes
    ----------
    file : str
        Below the folder of raw tables.
    content : bytes
    added, same : int
        Rows that are new, and that were there.
    differences : tuple of Difference
        Rows that would be replaced.
    """

    file: str
    content: bytes
    added: int
    same: int
    differences: tuple[Difference, ...]


def merged(
    folder: Path,
    found: Mapping[tuple[str, RawTable], list[list[Row]]],
    gone: Collection[str] = (),
) -> list[Merged]:
    """Each file with its new rows; rows of others stay.

    Parameters
    ----------
    folder : Path
        Of the raw tables.
    found : mapping of (file, table) to list of list of tuple of str
        Rows of each document.
    gone : collection of str
        Documents whose rows leave, since others take their place.

    Raises
    ------
    DataError
        A file that is there has other columns, two documents give an owner other rows, or rows
        do not say of which cohort they are beside others that do.
    """
    return [_merged(folder, file, table, given, gone) for (file, table), given in found.items()]


def _merged(
    folder: Path, file: str, table: RawTable, given: list[list[Row]], gone: Collection[str]
) -> Merged:
    rows_there = [row for row in _there(folder, file, table) if row[0] not in gone]
    if table.by_cohort:
        rows_there, given = with_cohorts(rows_there, given, table, file)
    there = _groups(rows_there, table)
    read: Groups = {}
    for rows in given:
        groups = _groups(rows, table)
        _agree(read, groups, table, file)
        read = groups | read
    same = {o for o in read.keys() & there.keys() if _alike(there[o], read[o], table)}
    differences = [
        _difference(file, _named(own, table), there[owner], own)
        for owner, own in read.items()
        if owner in there and owner not in same
    ]
    whole = there | {owner: rows for owner, rows in read.items() if owner not in same}
    owners = sorted(whole, key=lambda owner: table.order(whole[owner][-1]))
    ordered = [row for owner in owners for row in whole[owner]]
    added = sum(len(read[owner]) for owner in read.keys() - there.keys())
    kept = sum(len(read[owner]) for owner in same)
    columns = table.columns if several(ordered, table) else table.of_one_cohort
    content = as_bytes(columns, [row[: len(columns)] for row in ordered])
    return Merged(file, content, added, kept, tuple(differences))


def _there(folder: Path, file: str, table: RawTable) -> list[Row]:
    """Rows of a file, if it is there."""
    path = folder / file
    if not path.exists():
        return []
    heading, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8")))
    if tuple(heading) == table.of_one_cohort != table.columns:
        cohort = cohort_before(folder, file)
        return [table.columns if row == heading else (*row, cohort) for row in rows]
    if tuple(heading) != table.columns:
        raise DataError(
            f"{path.name} has other columns than documents give: {', '.join(heading)}; expected "
            f"{', '.join(table.columns)}. Name another folder with --output."
        )
    return [tuple(row) for row in rows]


def _owner(row: Row, table: RawTable) -> Row:
    """Whose a row is; spelling of a region's name that carries no meaning is folded away."""
    return tuple("".join(fold(row[place])) for place in table.owner)


def _groups(rows: Sequence[Row], table: RawTable) -> Groups:
    """Rows by owner; headings that stand again belong to the row below them."""
    groups: Groups = {}
    headings: list[Row] = []
    for row in rows:
        if row == table.columns:
            headings.append(row)
            continue
        groups.setdefault(_owner(row, table), []).extend([*headings, row])
        headings = []
    return groups


def _bare(rows: Sequence[Row], table: RawTable) -> list[Row]:
    return [row for row in rows if row != table.columns]


def _alike(one: Sequence[Row], other: Sequence[Row], table: RawTable) -> bool:
    return _bare(one, table) == _bare(other, table)


def _agree(known: Groups, groups: Groups, table: RawTable, file: str) -> None:
    """Nothing, if two documents that speak of the same say the same."""
    for owner, rows in groups.items():
        if not _alike(known.get(owner, rows), rows, table):
            told = _difference(file, _named(rows, table), known[owner], rows)
            raise DataError(
                f"Two of these documents differ: {told.file}, {told.owner}: '{told.there}' and "
                f"'{told.read}'. Read them one by one, and decide with --replace."
            )


def _named(rows: Sequence[Row], table: RawTable) -> Row:
    return tuple(rows[-1][place] for place in table.owner)


def _difference(file: str, owner: Row, there: Sequence[Row], read: Sequence[Row]) -> Difference:
    pairs = zip([*there, ()], [*read, ()], strict=False)
    one, other = next(((a, b) for a, b in pairs if a != b), ((), ()))
    return Difference(file, " ".join(owner), ",".join(one), ",".join(other))


def as_bytes(columns: Sequence[str], rows: Sequence[Row]) -> bytes:
    """A raw table's bytes.

    Parameters
    ----------
    columns : sequence of str
    rows : sequence of tuple of str
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8")
