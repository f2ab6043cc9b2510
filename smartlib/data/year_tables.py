"""The tables of one year beside its scores: lists, marks, scored statistics (floor 1)."""

from __future__ import annotations

import pandas as pd

from smartlib.data.reading.files import TextTable
from smartlib.data.reading.regions import Register
from smartlib.data.schemas import typed
from smartlib.data.tables.values.numbers import parse_number
from smartlib.vocabulary.errors import DataError, UnknownRegionError
from smartlib.vocabulary.records import Finding, Scheme
from smartlib.vocabulary.tables import ANSWERS, COHORT, PARTICIPANTS, SCORED_STATISTICS

ANSWER_HEADINGS = {"KAB/KOTA": "region", "NO": "question", "HASIL PENILAIAN": "score"}


def parse_participants(
    table: TextTable, register: Register
) -> tuple[dict[str, list[str]], list[Finding]]:
    """Codes of each printed list; a line printed twice counts once, with a note.

    Parameters
    ----------
    table : TextTable
        The lists of the letters, one name a row.
    register : Register
        Regions that names are matched to.

    Returns
    -------
    dict of str to list of str, list of Finding
        Codes by list, in printed order; near names and repeated lines. Where the table has a
        column of cohorts, each cohort's part of a list too, by the list's name and the cohort.

    Raises
    ------
    DataError
        A name is not in the register, or the table does not fit its schema.
    """
    frame = typed(table.frame, PARTICIPANTS, table.file)
    cohorts = table.frame.get(COHORT.name)
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
            if cohorts is not None:
                lists.setdefault(f"{row.list} {cohorts[number]}", []).append(code)
    if bad:
        raise DataError(f"{table.file} names regions that the register does not have.", bad)
    return lists, notes


def parse_answers(
    table: TextTable, register: Register, instrument: pd.DataFrame, scheme: Scheme
) -> tuple[pd.DataFrame, list[Finding]]:
    """Marks of single questions, sorted by key, with near names.

    Parameters
    ----------
    table : TextTable
        One mark a row, under the headings of `ANSWER_HEADINGS`.
    register : Register
        Regions that names are matched to.
    instrument : DataFrame
        The year's questions, indexed by number.
    scheme : Scheme
        Its year and scale.

    Returns
    -------
    DataFrame, list of Finding
        The columns of `ANSWERS`; names that were read as near ones.

    Raises
    ------
    DataError
        A column is missing, a name or number cannot be read, a mark is off the scale, or the
        instrument has no such question.
    """
    text = table.frame.rename(columns=ANSWER_HEADINGS)
    missing = [h for h, name in ANSWER_HEADINGS.items() if name not in text]
    if missing:
        raise DataError(f"{table.file} lacks the column {', '.join(missing)}.")
    bad: list[Finding] = []
    codes, notes = _codes(text["region"], register, table.file, bad)
    scores = _plain_numbers(text["score"], table.file, bad)
    if bad:
        raise DataError(f"{table.file} cannot be used as it is.", bad)
    text = text.assign(region_code=codes, year=str(scheme.year), score=scores)
    frame = typed(text, ANSWERS, table.file)
    _check_questions(frame["question"], instrument, table.file, "NO")
    low, high = float(scheme.lowest), float(scheme.highest)
    off = [
        Finding(
            f"mark {mark:g}", table.file, int(row), "HASIL PENILAIAN", "", f"{low:g} to {high:g}"
        )
        for row, mark in frame["score"].items()
        if not low <= mark <= high
    ]
    if off:
        raise DataError(f"{table.file} holds marks off the year's scale.", off)
    return frame.sort_values(list(ANSWERS.key), ignore_index=True), notes


def parse_scored(
    table: TextTable, instrument: pd.DataFrame, dictionary: pd.DataFrame
) -> pd.DataFrame:
    """Published statistics that the year's questions score.

    Parameters
    ----------
    table : TextTable
        With the columns of `SCORED_STATISTICS`; no row if no question is known to.
    instrument : DataFrame
        The year's questions, indexed by number.
    dictionary : DataFrame
        Factors, indexed by key.

    Returns
    -------
    DataFrame
        The columns of `SCORED_STATISTICS`, in the file's order.

    Raises
    ------
    DataError
        The instrument has no such question, the dictionary no such factor, or a statistic has
        neither a factor nor a label in both languages.
    """
    frame = typed(table.frame, SCORED_STATISTICS, table.file)
    _check_questions(frame["question"], instrument, table.file, "question")
    known = set(dictionary.index)
    bad = []
    for row in frame.itertuples():
        number, labels = int(row.Index), [pd.notna(row.label_en), pd.notna(row.label_id)]
        if pd.notna(row.factor) and row.factor not in known:
            problem = f"no factor '{row.factor}'"
            expected = "a key of factor_dictionary.csv, or none and two labels"
            bad.append(Finding(problem, table.file, number, "factor", "", expected))
        elif pd.isna(row.factor) and not all(labels):
            expected = "a factor, or a label in both languages"
            bad.append(Finding("no factor and no label", table.file, number, "", "", expected))
    if bad:
        raise DataError(f"{table.file} names statistics that nothing describes.", bad)
    return frame[SCORED_STATISTICS.column_names].reset_index(drop=True)


def _check_questions(numbers: pd.Series, instrument: pd.DataFrame, file: str, column: str) -> None:
    """Nothing, if the year's instrument has every question."""
    unknown = numbers[~numbers.isin(instrument.index)]
    low, high = instrument.index.min(), instrument.index.max()
    bad = [
        Finding(f"question {number}", file, int(row), column, "", f"one from {low} to {high}")
        for row, number in unknown.items()
    ]
    if bad:
        raise DataError(
            f"{file} names questions that the instrument of its year does not have. Are they "
            "numbered as in another year?",
            bad,
        )


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
