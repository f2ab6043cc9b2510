"""Loading: everything under `data/raw`, verified, typed, keyed by code (floor 1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from smartlib.data.held import held
from smartlib.data.reading.files import TextTable, read_text_table
from smartlib.data.reading.numbers import parse_number
from smartlib.data.reading.regions import Register, short_name, title
from smartlib.data.schemas import typed
from smartlib.data.schemes import parse_scheme, scheme_text
from smartlib.data.scores import ScoreTable, parse_scores
from smartlib.data.sources import read_sources, read_verified
from smartlib.vocabulary.errors import DataError, UnknownRegionError
from smartlib.vocabulary.folders import Folders, latest_year, years  # noqa: F401
from smartlib.vocabulary.records import Finding, Scheme, SourceRecord
from smartlib.vocabulary.tables import (
    ANSWERS,
    FACTOR_DICTIONARY,
    FACTORS,
    INSTRUMENT,
    PARTICIPANTS,
    REGISTER,
    Table,
)

ANSWER_HEADINGS = {"KAB/KOTA": "region", "NO": "question", "HASIL PENILAIAN": "score"}


@dataclass(frozen=True)
class Evaluation:
    """One year of the evaluation, as loaded from `data/raw`.

    Attributes
    ----------
    register : Register
        All kabupaten and kota.
    scheme : Scheme
        Weights, scale and counts of the year.
    scores : ScoreTable
        The published rows, valid.
    participants : mapping of str to list of str
        Codes of each list that the letters print, in their order.
    instrument : DataFrame
        Questions, indexed by number.
    answers : DataFrame
        region_code, year, question, score.
    sources : mapping of str to SourceRecord
        By file.
    notes : tuple of Finding
        The load's report: repairs, near matches, repeated lines.
    """

    register: Register
    scheme: Scheme
    scores: ScoreTable
    participants: Mapping[str, list[str]]
    instrument: pd.DataFrame
    answers: pd.DataFrame
    sources: Mapping[str, SourceRecord]
    notes: tuple[Finding, ...]


def load_year(year: int, folders: Folders | None = None) -> Evaluation:
    """All that is known of one year's evaluation.

    Parameters
    ----------
    year : int
        A folder of `data/raw`.
    folders : Folders, optional
        Default: the checkout around the working directory.

    Returns
    -------
    Evaluation

    Raises
    ------
    SourceError
        A file differs from its source record.
    DataError
        The year is unknown or a table does not fit its schema.
    """
    return _load_year(folders or Folders.find(), year)


@held
def _load_year(folders: Folders, year: int) -> Evaluation:
    scheme = load_scheme(year, folders)
    raw, register = folders.raw, load_register(folders)
    scores = parse_scores(_text(raw, f"{year}/scores.csv"), register, scheme)
    scores.valid()
    participants, notes = _participants(_text(raw, f"{year}/participants.csv"), register)
    answers, answer_notes = _answers(_text(raw, f"{year}/answers.csv"), register, year)
    return Evaluation(
        register=register,
        scheme=scheme,
        scores=scores,
        participants=participants,
        instrument=load_instrument(year, folders),
        answers=answers,
        sources=read_sources(raw),
        notes=(*scores.notes, *notes, *answer_notes),
    )


def load_scheme(year: int, folders: Folders | None = None) -> Scheme:
    """The year's weighting scheme from `data/raw`.

    Parameters
    ----------
    year : int
        A folder of `data/raw`.
    folders : Folders, optional
        Default: the checkout around the working directory.

    Raises
    ------
    DataError
        There is no such year.
    SourceError
        The file differs from its source record.
    SchemeError
        It is no scheme.
    """
    folders = folders or Folders.find()
    if year not in years(folders):
        known = ", ".join(map(str, years(folders))) or "none"
        raise DataError(f"data/raw has no folder for {year}; years at hand: {known}.")
    file = f"{year}/scheme.toml"
    return parse_scheme(scheme_text(read_verified(folders.raw, file), file), file)


def load_instrument(year: int, folders: Folders | None = None) -> pd.DataFrame:
    """The year's questions, indexed by number: dimension, pillar, labels.

    Raises
    ------
    SourceError
        The file differs from its source record.
    DataError
        It does not fit its schema.
    """
    raw = (folders or Folders.find()).raw
    return _tidy(raw, f"{year}/instrument.csv", INSTRUMENT).set_index("number")


def load_register(folders: Folders | None = None) -> Register:
    """The register of 514 kabupaten and kota.

    Raises
    ------
    SourceError
        The file differs from its source record.
    DataError
        It does not fit its schema.
    """
    frame = _tidy((folders or Folders.find()).raw, "regions.csv", REGISTER)
    names = zip(frame["official_name"], frame["kind"], strict=True)
    frame["region"] = [short_name(name, kind) for name, kind in names]
    frame["province"] = frame["province"].map(title)
    return Register(frame.set_index("region_code"))


def load_factors(folders: Folders | None = None) -> pd.DataFrame:
    """Regional factors, one value a row, sorted by key.

    Returns
    -------
    DataFrame
        region_code, year, basis, factor, value, source.

    Raises
    ------
    SourceError
        The file differs from its source record.
    DataError
        It does not fit its schema.
    """
    frame = _tidy((folders or Folders.find()).raw, "factors.csv", FACTORS)
    return frame.sort_values(list(FACTORS.key), ignore_index=True)


def load_factor_dictionary(folders: Folders | None = None) -> pd.DataFrame:
    """What each factor is, indexed by its key.

    Raises
    ------
    SourceError
        The file differs from its source record.
    DataError
        It does not fit its schema.
    """
    return _load_factor_dictionary(folders or Folders.find())


@held
def _load_factor_dictionary(folders: Folders) -> pd.DataFrame:
    frame = _tidy(folders.raw, "factor_dictionary.csv", FACTOR_DICTIONARY)
    return frame.set_index("factor")


def _text(raw: Path, file: str) -> TextTable:
    return read_text_table(raw / file, read_verified(raw, file), file)


def _tidy(raw: Path, file: str, table: Table) -> pd.DataFrame:
    frame = typed(_text(raw, file).frame, table, file)
    return frame[table.column_names].reset_index(drop=True)


def _participants(
    table: TextTable, register: Register
) -> tuple[dict[str, list[str]], list[Finding]]:
    """Codes of each printed list; a line printed twice counts once, with a note."""
    frame = typed(table.frame, PARTICIPANTS, table.file)
    lists: dict[str, list[str]] = {}
    notes, bad = [], []
    for row in frame.itertuples():
        number = int(row.Index)
        try:
            code, note = register.match(row.name, table.file, number)
        except UnknownRegionError as error:
            bad.append(Finding(error.message, table.file, number, "name"))
            continue
        notes += [note] if note else []
        codes = lists.setdefault(row.list, [])
        if code in codes:
            repeat = f"no {row.no} of {row.list} is printed twice, counted once"
            notes.append(Finding(repeat, table.file, number, region=register.name(code)))
        else:
            codes.append(code)
    if bad:
        raise DataError(f"{table.file} names regions that the register does not have.", bad)
    return lists, notes


def _answers(table: TextTable, register: Register, year: int) -> tuple[pd.DataFrame, list[Finding]]:
    text = table.frame.rename(columns=ANSWER_HEADINGS)
    missing = [h for h, name in ANSWER_HEADINGS.items() if name not in text]
    if missing:
        raise DataError(f"{table.file} lacks the column {', '.join(missing)}.")
    bad: list[Finding] = []
    codes, notes = _codes(text["region"], register, table.file, bad)
    scores = _plain_numbers(text["score"], table.file, bad)
    if bad:
        raise DataError(f"{table.file} cannot be used as it is.", bad)
    text = text.assign(region_code=codes, year=str(year), score=scores)
    frame = typed(text, ANSWERS, table.file)
    return frame.sort_values(list(ANSWERS.key), ignore_index=True), notes


def _codes(
    names: pd.Series, register: Register, file: str, bad: list[Finding]
) -> tuple[pd.Series, list[Finding]]:
    """Codes of a column of names, and a note for each name that was read as a near one."""
    notes: list[Finding] = []
    codes: dict[str, str] = {}
    for row, name in names.drop_duplicates().items():
        try:
            codes[name], note = register.match(name, file, int(row))
            notes += [note] if note else []
        except UnknownRegionError as error:
            bad.append(Finding(error.message, file, int(row), "KAB/KOTA"))
    return names.map(codes), notes


def _plain_numbers(cells: pd.Series, file: str, bad: list[Finding]) -> list[str]:
    """Marks as published, written with a decimal point; nothing where one is missing."""
    plain = []
    for row, cell in cells.items():
        try:
            value = parse_number(cell)
            plain.append("" if value is None else str(value))
        except ValueError as error:
            bad.append(Finding(str(error), file, int(row), "HASIL PENILAIAN"))
    return plain
