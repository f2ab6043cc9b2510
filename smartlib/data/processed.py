"""Tidy tables: written to and read from `data/processed` (floor 1).

Files are UTF-8 CSV with decimal points, sorted by key, the same bytes at every
rebuild; `datapackage.json` describes them (a Data Package).
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from smartlib.data.datapackage import PACKAGE, described, description
from smartlib.data.held import held
from smartlib.data.reading.files import read_text_table
from smartlib.data.schemas import typed, validated
from smartlib.data.sources import behind_results, read_sources, read_verified
from smartlib.data.writing import write_whole
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.folders import Folders
from smartlib.vocabulary.messages import listed
from smartlib.vocabulary.processed_tables import PROCESSED
from smartlib.vocabulary.records import SourceRecord
from smartlib.vocabulary.tables import Table


@dataclass(frozen=True)
class Tables:
    """The processed tables, as in `data/processed`."""

    scores: pd.DataFrame
    participation: pd.DataFrame
    answers: pd.DataFrame
    factors: pd.DataFrame
    audit: pd.DataFrame
    ranks: pd.DataFrame
    weights: pd.DataFrame
    documents: pd.DataFrame
    letters: pd.DataFrame
    participants: pd.DataFrame
    remarks: pd.DataFrame
    assessors: pd.DataFrame
    codings: pd.DataFrame
    elements: pd.DataFrame
    facts: pd.DataFrame
    discrepancies: pd.DataFrame
    places: pd.DataFrame

    def by_name(self) -> dict[str, pd.DataFrame]:
        """Frames by table name, in the order of `PROCESSED`."""
        return {table.name: getattr(self, table.name) for table in PROCESSED}


def write_tables(tables: Tables, sources: Mapping[str, SourceRecord], folder: Path) -> None:
    """Write all processed tables and their description.

    Every table is checked before any file is touched, and each file is replaced whole.

    Parameters
    ----------
    tables : Tables
        Typed frames.
    sources : mapping of str to SourceRecord
        Cited in the data package.
    folder : Path
        `data/processed`.

    Raises
    ------
    DataError
        A table does not fit its schema.
    """
    frames = tables.by_name()
    for table in PROCESSED:
        validated(frames[table.name], table, f"processed/{table.name}.csv")
    folder.mkdir(parents=True, exist_ok=True)
    contents = {table.name: as_csv(frames[table.name], table) for table in PROCESSED}
    for name, content in contents.items():
        write_whole(folder / f"{name}.csv", content)
    write_whole(folder / PACKAGE, description(contents, sources))


def read_tables(folders: Folders | None = None) -> Tables:
    """The processed tables, typed and validated.

    Raises
    ------
    DataError
        A table is missing, was made from other raw files than there are now, is not what the
        build wrote, or does not fit its schema; `smartlib build` makes them anew.
    SourceError
        A raw file is not the recorded one.
    """
    return _read_tables(folders or Folders.find())


@held
def _read_tables(folders: Folders) -> Tables:
    paths = {table: folders.processed / f"{table.name}.csv" for table in PROCESSED}
    for path in paths.values():
        if not path.is_file():
            raise DataError(f"{path.name} is not in data/processed; `smartlib build` makes it.")
    hashes = _require_current(folders)
    frames = {}
    for table, path in paths.items():
        content = path.read_bytes()
        text = read_text_table(path, content, name=f"processed/{path.name}").frame
        frames[table.name] = typed(text, table, path.name).reset_index(drop=True)
        if hashlib.sha256(content).hexdigest() != hashes.get(path.name):
            raise DataError(
                f"data/processed/{path.name} is not what the build wrote; `smartlib build` makes "
                "it anew."
            )
    return Tables(**frames)


def _require_current(folders: Folders) -> dict[str, str]:
    """Refuse tables that do not say what the raw files say now; their own hashes, by file."""
    records = read_sources(folders.raw)
    now = {file: record.sha256 for file, record in behind_results(records).items()}
    made_from, hashes = described(folders.processed / PACKAGE)
    others = [file for file in {**now, **made_from} if now.get(file) != made_from.get(file)]
    if others:
        raise DataError(
            f"data/processed was not made from the present data/raw ({listed(others)}); "
            "`smartlib build` makes it anew."
        )
    for file in now:
        read_verified(folders.raw, file, records)
    return hashes


def as_csv(frame: pd.DataFrame, table: Table) -> bytes:
    """A table's bytes: sorted by key, shortest decimals, line feeds.

    Parameters
    ----------
    frame : DataFrame
        In any order of rows and columns.
    table : Table
        Its key and its columns, in the file's order.
    """
    ordered = frame.sort_values(list(table.key))[table.column_names]
    decimals = {c.name for c in table.columns if c.type == "number"}
    ordered = ordered.assign(
        **{name: ordered[name].map(_shortest).astype("object") for name in decimals}
    )
    text: str = ordered.to_csv(index=False, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    return text.encode("utf-8")


def _shortest(value: float) -> str:
    """A number without an exponent or a needless `.0`."""
    if pd.isna(value):
        return ""
    return str(int(value)) if value == int(value) else repr(float(value))
