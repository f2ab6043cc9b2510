"""All that formulas can name, loaded and joined for one question (floor 5)."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from smartlib.data.load import Evaluation, load_factor_dictionary, load_year
from smartlib.data.own_tables import own_factors
from smartlib.data.processed import read_tables
from smartlib.data.reading.files import some_headings
from smartlib.data.schemes import own_weights, scheme_text
from smartlib.data.tables.own import UserFactors
from smartlib.data.tables.reading import Reading
from smartlib.inference.factors import outcomes as of_outcomes
from smartlib.inference.factors.circularity import purge
from smartlib.inference.factors.outcomes import custom_outcome, outcome_labels, outcome_table
from smartlib.inference.factors.panel import (
    asks_for_panel,
    code_of,
    panel_frame,
    row_name,
    rows_with_codes,
    with_years,
)
from smartlib.inference.factors.table import (
    Factor,
    FactorTable,
    factors_by_rule,
    join_user_factors,
    registry,
)
from smartlib.present.words.labels import described, meanings
from smartlib.run.commands.read import outside_percent
from smartlib.vocabulary.folders import Folders, latest_year
from smartlib.vocabulary.messages import listed
from smartlib.vocabulary.words import screen
from smartlib.vocabulary.words.sentences import joined

LACKING_SHOWN = 3
CUSTOM = "custom_index"


@dataclass(frozen=True)
class Wanted:
    """What is to be joined.

    Attributes
    ----------
    year : int
        Of the evaluation.
    used : tuple of str
        Words of formulas and conditions: columns of a user's table among them have to be usable.
    factors : Path or None
        A user's own table.
    reading : Path or None
        The record of how it is read; default the one beside it.
    scheme : Path or None
        An index of one's own, in TOML: the outcome `custom_index`.
    panel : bool
        Whether a row is a region and year, whatever the words are.
    """

    year: int
    used: tuple[str, ...] = ()
    factors: Path | None = None
    reading: Path | None = None
    scheme: Path | None = None

    panel: bool = False

    @property
    def is_panel(self) -> bool:
        """Whether rows are regions and years."""
        return self.panel or asks_for_panel(self.used)

    @classmethod
    def by(
        cls,
        year: int,
        texts: Collection[str],
        factors: Path | None = None,
        reading: Path | None = None,
    ) -> Wanted:
        """What some formulas, conditions and names need."""
        return cls(year, tuple(re.findall(r"\w+", " ".join(texts))), factors, reading)


@dataclass(frozen=True, eq=False)
class Materials:
    """All that formulas can name.

    Attributes
    ----------
    frame : DataFrame, shape (scored regions, ...)
        Indexed by region code; `attrs["labels"]` holds what each column means.
    names : dict of str to Factor
        Labels and units of its columns.
    evaluation : Evaluation
        Of the year.
    dictionary : DataFrame
        Factor dictionary.
    coverage : tuple of str
        What is known of a user's own table, a sentence a line.
    reading : Reading or None
        How that table was read.
    table : FactorTable or None
        The factors of all regions.
    """

    frame: pd.DataFrame
    names: dict[str, Factor]
    evaluation: Evaluation
    dictionary: pd.DataFrame
    coverage: tuple[str, ...]
    reading: Reading | None = None
    table: FactorTable = field(default_factory=lambda: FactorTable(pd.DataFrame(), {}))


def gathered(wanted: Wanted, folders: Folders) -> Materials:
    """Load and join what formulas can name; nothing is fitted yet.

    Parameters
    ----------
    wanted : Wanted
        Year and a user's own table.
    folders : Folders
        Of the checkout.

    Raises
    ------
    SmartlibError
        The year is unknown, a table cannot be used.
    """
    evaluation, dictionary = load_year(wanted.year, folders), load_factor_dictionary(folders)
    tables, scheme = read_tables(folders), evaluation.scheme
    scores = tables.scores[tables.scores["year"] == wanted.year].set_index("region_code")
    without = purge(evaluation.scored, evaluation.instrument, scheme)
    outcomes, labels = outcome_table(scores, scheme, without), outcome_labels(scheme, without)
    if wanted.scheme is not None:
        text = scheme_text(wanted.scheme.read_bytes(), wanted.scheme.name)
        values, labels[CUSTOM] = custom_outcome(scores, own_weights(text, wanted.scheme.name))
        outcomes = outcomes.assign(**{CUSTOM: values})
    table = factors_by_rule(tables.factors, scores.index, wanted.year)
    frame = of_outcomes.analysis_frame(scores, outcomes, table.values, scheme)
    own: UserFactors | None = None
    reading: Reading | None = None
    coverage: tuple[str, ...] = ()
    if wanted.factors is not None:
        own, reading = own_factors(
            wanted.factors, wanted.year, folders, list(frame), record=wanted.reading
        )
        own.check(wanted.used)
        table = join_user_factors(table, own)
        frame = of_outcomes.analysis_frame(scores, outcomes, table.values, scheme)
    if wanted.is_panel:
        frame = panel_frame(frame, list(outcomes), tables.factors, own, wanted.year)
        table = with_years(table, frame)
    if own is not None and reading is not None:
        coverage = _coverage(own, reading, evaluation, frame, wanted)
    names = described(registry(table, dictionary, evaluation.scored, own), labels, scheme)
    frame.attrs["labels"] = meanings(names)
    frame.attrs["rows"] = rows_with_codes(frame.index, evaluation.register.name)
    return Materials(frame, names, evaluation, dictionary, coverage, reading, table)


def analysis_frame(
    year: int | None = None,
    factors: str | Path | None = None,
    *,
    panel: bool = False,
    folders: Folders | None = None,
) -> pd.DataFrame:
    """The frame that everything is fitted on: one row a scored region, or a region and year.

    Parameters
    ----------
    year : int, optional
        Of the evaluation; default the latest.
    factors : str or Path, optional
        A table of one's own with a row a region, in any form that `read_table` reads.
    panel : bool, default False
        Whether a row is a region and a year of that table, for formulas such as
        `y ~ x | region_code + year`: published factors are those of the row's own year, outcomes
        of the evaluation stand in its year alone.
    folders : Folders, optional
        Default: the checkout around the working directory.

    Returns
    -------
    DataFrame, shape (scored regions, ...)
        Indexed by region code: region, kind and track, outcomes, `kota` and an indicator a track (1
        or 0), province, factors; `attrs["labels"]` says what each means. A panel has region_code
        and year as columns, and both in the label of a row.

    Raises
    ------
    SmartlibError
        The year is unknown, a table cannot be used.

    Examples
    --------
    >>> import smartlib
    >>> frame = smartlib.analysis_frame(2024)
    >>> frame.shape[0], frame.index.name
    (140, 'region_code')
    >>> smartlib.fit("harmonised_index ~ own_source_share + kota", frame).n
    140
    """
    found = folders or Folders.find()
    wanted = Wanted(
        latest_year(found) if year is None else year,
        factors=None if factors is None else Path(factors),
        panel=panel,
    )
    return with_keys(gathered(wanted, found))


def with_keys(materials: Materials) -> pd.DataFrame:
    """The frame with region, kind and track in front.

    Parameters
    ----------
    materials : Materials
    """
    frame, register = materials.frame, materials.evaluation.register
    codes = [code_of(label) for label in frame.index]
    track = materials.evaluation.scores.frame.set_index("region_code")["track"]
    keys = pd.DataFrame(
        {
            "region": [register.name(code) for code in codes],
            "kind": register.frame["kind"].reindex(codes).to_numpy(),
            "track": track.reindex(codes).to_numpy(),
        },
        index=frame.index,
    )
    joined = keys.join(frame)
    joined.attrs = frame.attrs
    return joined


def _coverage(
    own: UserFactors,
    reading: Reading,
    evaluation: Evaluation,
    frame: pd.DataFrame,
    wanted: Wanted,
) -> tuple[str, ...]:
    """How the table was read, and for each column that the formula uses how much it has."""
    how = [note for note in own.notes if not (wanted.is_panel and note in own.taken)]
    others = [name for name in own.values if name not in wanted.used]
    lines = [*how, *([screen.NOT_IN_FORMULA(names=some_headings(others))] if others else [])]
    lines += _odd_percents(reading, evaluation, wanted)
    what = screen.PANEL_ROWS() if wanted.is_panel else screen.SCORED_REGIONS()
    for name in own.values.columns.difference(others, sort=False):
        label = f"{name} ({own.units[name]})" if name in own.units else name
        lacking = frame.index[frame[name].isna()]
        known = len(frame) - len(lacking)
        some = listed((row_name(row, evaluation.register.name) for row in lacking), LACKING_SHOWN)
        rest = screen.NONE_FOR(regions=some) if some else ""
        of = screen.COVERAGE(name=label, known=known, all=len(frame), what=what)
        lines.append(joined([of, rest], ""))
    return tuple(joined([own.file, line], ": ") for line in lines)


def _odd_percents(reading: Reading, evaluation: Evaluation, wanted: Wanted) -> list[str]:
    """Values outside 0 to 100 of percentages that the formula uses."""
    names = evaluation.register.frame["region"]
    codes = [code for code, _ in reading.keys]
    used = [c for c in reading.columns if c.name in wanted.used]
    return [
        said
        for column in used
        if column.kind == "number" and column.is_usable
        for said in outside_percent(
            column, pd.Series(column.values, index=codes, dtype="float64").dropna(), names
        )
    ]
