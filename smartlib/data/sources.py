"""Source records of the raw files, and reading that refuses a changed file (floor 1)."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from smartlib.vocabulary.errors import SourceError
from smartlib.vocabulary.records import FactorSource, SourceRecord

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
    found = _read(raw)
    if "publications" not in found:
        raise SourceError(f"{RECORDS} cannot be read: it has no publications")
    publications = found["publications"]
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


def read_factor_sources(raw: Path) -> dict[str, FactorSource]:
    """The publications behind the factors, by the key that `factors.csv` names them with.

    Parameters
    ----------
    raw : Path
        The folder `data/raw`.

    Raises
    ------
    SourceError
        The record file cannot be read, or a record lacks a field.
    """
    found = _read(raw).get("factor_sources", {})
    records = {}
    for key, fields in _table(found, "factor_sources").items():
        own = dict(_table(fields, f"factor_sources {key}"))
        _table(own.get("tables"), f"factor_sources {key}, tables")
        try:
            records[key] = FactorSource(key=key, **own)
        except TypeError as error:
            raise SourceError(f"{RECORDS}, factor_sources {key}: {error}") from error
    return records


def _read(raw: Path) -> dict[str, Any]:
    path = raw / RECORDS
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SourceError(f"{path.name} cannot be read: {error}") from error


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


def last_day(records: Mapping[str, SourceRecord]) -> str:
    """The last whole day that source records name, ISO 8601.

    Parameters
    ----------
    records : mapping of str to SourceRecord
        Of `read_sources`.
    """
    texts = (text for record in records.values() for text in (record.date, record.accessed))
    days = [day for text in texts for day in re.findall(r"\d{4}-\d\d-\d\d", text)]
    return max(days, default="1970-01-01")


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
