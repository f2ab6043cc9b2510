"""Loading: everything under `data/raw`, verified, typed, keyed by code (floor 1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from smartlib.data.held import held
from smartlib.data.reading.files import TextTable, read_text_table
from smartlib.data.reading.regions import Register, short_name, title
from smartlib.data.schemas import typed
from smartlib.data.schemes import parse_scheme, scheme_text
from smartlib.data.scores import ScoreTable, parse_scores
from smartlib.data.sources import (
    RECORDS,
    behind_results,
    read_factor_sources,
    read_sources,
    read_verified,
)
from smartlib.data.tables.names.gazetteer import Gazetteer
from smartlib.data.year_tables import (
    ANSWER_HEADINGS,
    parse_answers,
    parse_participants,
    parse_scored,
)
from smartlib.vocabulary.errors import DataError, SchemeError, SourceError
from smartlib.vocabulary.folders import Folders, latest_year, years
from smartlib.vocabulary.messages import listed
from smartlib.vocabulary.records import Finding, Scheme, SourceRecord
from smartlib.vocabulary.tables import (
    FACTOR_DICTIONARY,
    FACTORS,
    INSTRUMENT,
    REGION_CODES,
    REGION_NAMES,
    REGISTER,
    Table,
)


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
    scored : DataFrame
        Published statistics that questions score: question, factor, label_en, label_id.
    answers : DataFrame
        region_code, year, question, score; no row where no report is at hand.
    sources : mapping of str to SourceRecord
        By file: the year's own, and those that all years share.
    notes : tuple of Finding
        The load's report: repairs, near matches, repeated lines.
    """

    register: Register
    scheme: Scheme
    scores: ScoreTable
    participants: Mapping[str, list[str]]
    instrument: pd.DataFrame
    scored: pd.DataFrame
    answers: pd.DataFrame
    sources: Mapping[str, SourceRecord]
    notes: tuple[Finding, ...]

    def ranked_with(self, region: str) -> Evaluation:
        """The part that is ranked with a region: its cohort, or all where one ranking holds all.

        Parameters
        ----------
        region : str
            Its code; without a known row, the whole evaluation comes back.
        """
        frame = self.scores.frame
        own = frame.loc[frame["region_code"] == region, "cohort"].dropna()
        scheme = self.scheme.of(own.iloc[0]) if len(own) else self.scheme
        if scheme is self.scheme:
            return self
        rows = frame[frame["cohort"] == scheme.cohort]
        names = {f"{n} {scheme.cohort}": n for n in self.participants}
        lists = {names[key]: codes for key, codes in self.participants.items() if key in names}
        scores = replace(self.scores, frame=rows)
        return replace(self, scheme=scheme, scores=scores, participants=lists)

    def rows_of(self, tidy: pd.DataFrame) -> pd.DataFrame:
        """The evaluation's rows of the tidy score table, indexed by region code.

        Parameters
        ----------
        tidy : DataFrame
            The columns of `SCORES`, of any years.
        """
        own = tidy[tidy["year"] == self.scheme.year].set_index("region_code")
        return own[own.index.isin(self.scores.frame["region_code"])]

    @property
    def example(self) -> str:
        """Code of the region to show one by: with question marks if any has, else the first."""
        told = self.answers if len(self.answers) else self.scores.frame
        return str(told["region_code"].iloc[0])


def load_year(year: int | None = None, folders: Folders | None = None) -> Evaluation:
    """All that is known of one year's evaluation.

    Parameters
    ----------
    year : int or None
        A folder of `data/raw`; None for the latest.
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
    folders = folders or Folders.find()
    return _load_year(folders, latest_year(folders) if year is None else year)


@held
def _load_year(folders: Folders, year: int) -> Evaluation:
    scheme = load_scheme(year, folders)
    raw, register, instrument = folders.raw, load_register(folders), load_instrument(year, folders)
    scores = parse_scores(_text(raw, f"{year}/scores.csv"), register, scheme)
    _check_cohorts(scores.valid(), scheme, f"{year}/scores.csv")
    participants, notes = parse_participants(_text(raw, f"{year}/participants.csv"), register)
    scored = _text(raw, f"{year}/scored_statistics.csv")
    marks = _if_there(raw, f"{year}/answers.csv", list(ANSWER_HEADINGS))
    answers, answer_notes = parse_answers(marks, register, instrument, scheme)
    return Evaluation(
        register=register,
        scheme=scheme,
        scores=scores,
        participants=participants,
        instrument=instrument,
        scored=parse_scored(scored, instrument, load_factor_dictionary(folders)),
        answers=answers,
        sources=_sources_of(year, raw),
        notes=(*scores.notes, *notes, *answer_notes),
    )


def _check_cohorts(scores: pd.DataFrame, scheme: Scheme, file: str) -> None:
    """Nothing, if the table has rows of every cohort that the scheme counts."""
    stated, found = set(scheme.stages.cohorts), set(scores["cohort"].dropna())
    if stated and stated != found:
        raise DataError(
            f"{file} has rows of the cohorts {', '.join(sorted(found)) or 'none'}; "
            f"{scheme.year}/scheme.toml counts {', '.join(sorted(stated))}. Give each row its "
            "cohort in a column COHORT."
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
        It is no scheme, or that of another year.
    """
    folders = folders or Folders.find()
    if year not in years(folders):
        known = ", ".join(map(str, years(folders))) or "none"
        raise DataError(f"data/raw has no folder for {year}; years at hand: {known}.")
    file = f"{year}/scheme.toml"
    scheme = parse_scheme(scheme_text(read_verified(folders.raw, file), file), file)
    if scheme.year != year:
        raise SchemeError(f"{file}: year is {scheme.year}, expected {year}, as its folder says.")
    return scheme


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


def load_gazetteer(folders: Folders | None = None) -> Gazetteer:
    """Every name and code of the regions, former ones and those of BPS too.

    Raises
    ------
    SourceError
        A file differs from its source record.
    DataError
        It does not fit its schema.
    """
    folders = folders or Folders.find()
    names = _tidy(folders.raw, "region_names.csv", REGION_NAMES)
    codes = _tidy(folders.raw, "region_codes.csv", REGION_CODES)
    return Gazetteer(load_register(folders), names, codes)


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
    raw = (folders or Folders.find()).raw
    frame = _tidy(raw, "factors.csv", FACTORS)
    _require_sources(frame, raw)
    return frame.sort_values(list(FACTORS.key), ignore_index=True)


def _require_sources(frame: pd.DataFrame, raw: Path) -> None:
    """Refuse a number whose publication, or table in it, no record tells."""
    known = {(key, name) for key, own in read_factor_sources(raw).items() for name in own.tables}
    pairs = zip(frame["source"], frame["factor"], strict=True)
    unknown = sorted(set(pairs) - known)
    if unknown:
        some = listed([f"{factor} of {source}" for source, factor in unknown])
        raise SourceError(
            f"factors.csv: no record for {some}. Write the publication into "
            f"[factor_sources.KEY] of {RECORDS}, and its table into [factor_sources.KEY.tables]."
        )


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


def _if_there(raw: Path, file: str, headings: list[str]) -> TextTable:
    """A table that a year may lack; a table without rows where it has neither file nor record."""
    if not (raw / file).exists() and file not in read_sources(raw):
        return TextTable(file, pd.DataFrame(columns=headings, dtype="str"), ())
    return _text(raw, file)


def _sources_of(year: int, raw: Path) -> dict[str, SourceRecord]:
    """Records of the year's files and of those that belong to no year."""
    records = behind_results(read_sources(raw))
    folders = {file: file.partition("/")[0] for file in records}
    others = {file for file, folder in folders.items() if folder.isdigit() and folder != str(year)}
    return {file: own for file, own in records.items() if file not in others}


def _tidy(raw: Path, file: str, table: Table) -> pd.DataFrame:
    frame = typed(_text(raw, file).frame, table, file)
    return frame[table.column_names].reset_index(drop=True)
