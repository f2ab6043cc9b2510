"""Source records of the raw files, and reading that refuses a changed file (floor 1)."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from smartlib.vocabulary.errors import SourceError
from smartlib.vocabulary.records import SourceRecord

RECORDS = "sources.toml"
READING_AIDS = ("region_names.csv", "region_codes.csv")
STUDIED = "outcomes/"  # of one study, which reads them raw; no processed table rests on them


def read_sources(raw: Path) -> dict[str, SourceRecord]:
    """Source records by file.

    Parameters
    ----------
    raw : Path
        The folder `data/raw`.

    Returns
    -------
    dict of str to SourceRecord
        In the order of `sources.toml`, by path below `raw`.

    Raises
    ------
    SourceError
        The record file is missing, no UTF-8 or no TOML, or a record lacks a field.
    """
    path = raw / RECORDS
    try:
        publications = tomllib.loads(path.read_text(encoding="utf-8"))["publications"]
    except (OSError, KeyError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SourceError(f"{path.name} cannot be read: {error}") from error
    records = {}
    for key, publication in _table(publications, "publications").items():
        fields = dict(_table(publication, f"publication {key}"))
        files = _table(fields.pop("files", {}), f"publication {key}, files")
        for file, own in files.items():
            _table(own, f"publication {key}, file {file}")
            try:
                records[file] = SourceRecord(file=file, **{**fields, **own})
            except TypeError as error:
                raise SourceError(f"{RECORDS}, publication {key}, file {file}: {error}") from error
    return records


def behind_results(records: Mapping[str, SourceRecord]) -> dict[str, SourceRecord]:
    """Records of the files that processed tables rest on.

    Left out are those that only users' tables are read by, and those of a study of its own.

    Parameters
    ----------
    records : mapping of str to SourceRecord
        Of `read_sources`.
    """
    return {
        file: record
        for file, record in records.items()
        if file not in READING_AIDS and not file.startswith(STUDIED)
    }


def _table(value: object, place: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise SourceError(f"{RECORDS}, {place}: {value!r} is no table of fields.")
    return value


def read_verified(raw: Path, file: str, records: Mapping[str, SourceRecord] | None = None) -> bytes:
    """Bytes of a raw file, if they are the recorded ones.

    Parameters
    ----------
    raw : Path
        The folder `data/raw`.
    file : str
        Path below it, with forward slashes.
    records : mapping of str to SourceRecord, optional
        Of `read_sources`; default: read now.

    Raises
    ------
    SourceError
        No such file, no record, or another hash than the recorded one.
    """
    record = (read_sources(raw) if records is None else records).get(file)
    if record is None:
        raise SourceError(f"{file} has no record in {RECORDS}; add one before it is used.")
    try:
        content = (raw / file).read_bytes()
    except OSError as error:
        raise SourceError(f"data/raw/{file} cannot be read: {error.strerror}.") from error
    found = hashlib.sha256(content).hexdigest()
    if found != record.sha256:
        raise SourceError(
            f"data/raw/{file} is not the file that {RECORDS} records "
            f"(expected SHA-256 {record.sha256}, found {found}).\n"
            f"If the change was not meant, restore it: git checkout -- data/raw/{file}\n"
            f'If it was meant, write sha256 = "{found}" into its record, and say in '
            "`transcription` what changed and why."
        )
    return content
