"""What was read from documents, as tidy tables (floor 1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from smartlib.data.reading.files import read_text_table
from smartlib.data.reading.regions import Register
from smartlib.data.schemas import typed
from smartlib.data.sources import read_sources, read_verified
from smartlib.vocabulary.document_tables import (
    CODINGS,
    DOCUMENTS,
    LETTERS,
    LISTED,
    PLACES,
    READ,
    REMARKS,
)
from smartlib.vocabulary.folders import Folders, years
from smartlib.vocabulary.tables import COHORT, PARTICIPANTS, Table

Letters = dict[tuple[int, str, str], str]  # number by year, cohort, list and position
HAND = "documents/hand_codings.csv"


def load_documents(folders: Folders, register: Register) -> dict[str, pd.DataFrame]:
    """The tables of `READ` by name; without rows where no document has been read.

    Parameters
    ----------
    folders : Folders
        Of the checkout.
    register : Register
        That the lists' names are matched to.

    Raises
    ------
    SourceError
        A file differs from its source record.
    DataError
        A table does not fit its schema.
    """
    files = {table.name: [f"documents/{table.name}.csv"] for table in READ}
    files[REMARKS.name] = [f"{year}/remarks.csv" for year in years(folders)]
    files[CODINGS.name].append(HAND)
    tables = {
        table.name: _joined(folders.raw, files[table.name], table)
        for table in READ
        if table is not LISTED
    }
    tables[LISTED.name] = _lists(folders, register, tables)
    return tables


def _joined(raw: Path, files: list[str], table: Table) -> pd.DataFrame:
    """The files of a table that are there, one below the other."""
    known = read_sources(raw)
    parts = [
        read_text_table(raw / file, read_verified(raw, file), file).frame
        for file in files
        if file in known
    ]
    empty = pd.DataFrame(columns=table.column_names, dtype="str")
    text = pd.concat([empty, *parts], ignore_index=True) if parts else empty
    return typed(text, table, table.name).sort_values(list(table.key), ignore_index=True)


def _lists(folders: Folders, register: Register, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Every printed line of the letters' lists, with its region and letter."""
    letters = _letters_of_lists(tables)
    rows: list[tuple[str, ...]] = []
    known = read_sources(folders.raw)
    for year in years(folders):
        file = f"{year}/participants.csv"
        if file not in known:
            continue
        text = read_text_table(folders.raw / file, read_verified(folders.raw, file), file)
        frame = typed(text.frame, PARTICIPANTS, file)
        frame[COHORT.name] = text.frame.get(COHORT.name, "")
        for _, lines in frame.groupby("list", sort=False):
            rows += _list(lines, year, register, letters)
    text = pd.DataFrame(rows, columns=LISTED.column_names, dtype="str")
    return typed(text, LISTED, LISTED.name).sort_values(list(LISTED.key), ignore_index=True)


def _list(
    lines: pd.DataFrame, year: int, register: Register, letters: Letters
) -> Iterator[tuple[str, ...]]:
    """Cells of `LISTED` for each line of a list."""
    seen: set[str] = set()
    within: Counter[str] = Counter()
    for position, line in enumerate(lines.itertuples(), start=1):
        name, cohort = str(line.list), str(line.cohort)
        within[cohort] += 1
        code = register.match(line.name)[0]
        status = "absent" if name.endswith("absent") else "invited"
        status = "repeated" if code in seen else status
        seen.add(code)
        letter = letters.get((year, cohort, f"{name} {within[cohort]}"), "")
        yield tuple(map(str, (year, name, position, line.no, line.name, code, status, letter)))


def _letters_of_lists(tables: dict[str, pd.DataFrame]) -> Letters:
    """Number of the letter that prints a line of a list, by year, cohort and place.

    The cohort is left open for lists whose table has none.
    """
    places = tables[PLACES.name].query("table == 'participants'")
    numbers = tables[LETTERS.name].set_index("document_id")["number"]
    held = tables[DOCUMENTS.name].set_index("document_id")
    found: Letters = {}
    for one, key in zip(places["document_id"], places["key"], strict=True):
        name, *second, position = key.split()
        first = str(held.at[one, "cohort"]).partition("; ")[0]
        for cohort in (second[0] if second else first, ""):
            found[int(held.at[one, "year"]), cohort, f"{name} {position}"] = numbers.get(one, "")
    return found
