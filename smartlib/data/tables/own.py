"""A user's own factors: one value a region, of the year that the evaluation asks for (floor 1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from smartlib.data.tables.reading import Reading
from smartlib.data.tables.values.columns import Column
from smartlib.data.tables.values.questions import QuestionError
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.messages import listed
from smartlib.vocabulary.words import tables as say
from smartlib.vocabulary.words.sentences import joined

LACKING_SHOWN = 10
LONGEST = 60  # letters of a name in a note


@dataclass(frozen=True, eq=False)
class UserFactors:
    """A user's own factors.

    Attributes
    ----------
    file : str
        Name for messages.
    values : DataFrame, shape (regions, factors)
        Indexed by region code, sorted; a value that the file does not have is missing.
    units, years, labels : dict of str to str
        By factor; a unit or year is there where the file gives one.
    notes : tuple of str
        How the table was read.
    taken : tuple of str
        Those of the notes that say which of several years the values are of.
    by_year : DataFrame or None
        The values of every year, indexed by region code and year, sorted; None where rows have
        no years.
    unusable : dict of str to Column
        Columns that cannot be used, by name: with cells that are no numbers, or with marks that
        can be read in two ways.
    """

    file: str
    values: pd.DataFrame
    units: dict[str, str]
    years: dict[str, str]
    labels: dict[str, str]
    notes: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    by_year: pd.DataFrame | None = None
    unusable: dict[str, Column] = field(default_factory=dict)

    def check(self, names: Collection[str]) -> None:
        """Nothing, if all of some names that the file has can be used.

        Parameters
        ----------
        names : collection of str
            Of a formula.

        Raises
        ------
        QuestionError
            One of these columns can be read in two ways.
        DataError
            One of them has cells that are no numbers.
        """
        bad = [self.unusable[name] for name in names if name in self.unusable]
        questions = [column.asks for column in bad if column.asks]
        if questions:
            how = say.ANSWER(file=self.file)
            raise QuestionError(self.file, questions, how)
        if bad:
            problems = [problem for column in bad for problem in column.problems]
            error = DataError(say.UNUSABLE(file=self.file), problems)
            error.shown = len(problems)  # all of them, so that the file is mended in one go
            raise error

    def coverage(self, regions: Collection[str] | pd.Index) -> pd.DataFrame:
        """How many of some regions have each factor.

        Parameters
        ----------
        regions : collection of str
            Codes of the scored regions.

        Returns
        -------
        DataFrame
            Indexed by factor: known, regions (how many there are), unit, year, lacking (the
            first ten codes without a value, in one line).
        """
        wanted = self.values.reindex(pd.Index(regions))
        codes_of, unknown = wanted.index.to_numpy(), wanted.isna().to_numpy()
        lacking = {
            name: list(codes_of[none]) for name, none in zip(wanted.columns, unknown.T, strict=True)
        }
        rows = {
            name: (
                len(wanted) - len(codes),
                len(wanted),
                self.units.get(str(name), ""),
                self.years.get(str(name), ""),
                ", ".join(codes[:LACKING_SHOWN]) + (" ..." if codes[LACKING_SHOWN:] else ""),
            )
            for name, codes in lacking.items()
        }
        columns = ["known", "regions", "unit", "year", "lacking"]
        return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("factor")


def user_factors(reading: Reading, year: int) -> UserFactors:
    """Factors of a reading: of several years the latest not after the evaluation's.

    Parameters
    ----------
    reading : Reading
        Of a user's table.
    year : int
        Of the evaluation.

    Raises
    ------
    QuestionError
        The rows can be read in two ways.
    """
    if reading.questions:
        raise QuestionError(
            reading.file,
            reading.questions,
            say.ANSWER(file=reading.file),
        )
    values: dict[str, pd.Series] = {}
    years: dict[str, str] = {}
    later = []
    for column in reading.columns:
        if column.is_usable:
            values[column.name], years[column.name] = _of_year(reading, column, year)
            if years[column.name] and int(years[column.name]) > year:
                later.append(column.name)
    notes = [*reading.notes, *(joined([c.name, n], ": ") for c in reading.columns for n in c.notes)]
    taken = _taken(reading, years)
    if later:
        taken.append(say.LATER(later=listed(later), year=year))
    frame = pd.DataFrame(values, index=pd.Index(reading.regions, name="region_code", dtype="str"))
    return UserFactors(
        file=reading.file,
        values=frame,
        units={c.name: c.unit for c in reading.columns if c.unit},
        years={name: of for name, of in years.items() if of},
        labels={c.name: _label(reading, c) for c in reading.columns},
        notes=(*notes, *taken, *_unmatched(reading)),
        taken=tuple(taken),
        by_year=_by_year(reading),
        unusable={c.name: c for c in reading.columns if not c.is_usable},
    )


def _taken(reading: Reading, years: Mapping[str, str]) -> list[str]:
    """Which year is taken; where columns differ, of which columns."""
    if not reading.has_years:
        return []
    columns: defaultdict[str, list[str]] = defaultdict(list)
    for name, of in years.items():
        if of:
            columns[of].append(name)
    each = [joined([of, " (", listed(names), ")"], "") for of, names in sorted(columns.items())]
    shown = joined(each, "; ") if len(columns) > 1 else ", ".join(columns)
    return [say.YEAR_TAKEN(shown=shown)] if shown else []


def _by_year(reading: Reading) -> pd.DataFrame | None:
    """Every year's values of the columns that can be used; rows without a year hold for all."""
    if not reading.has_years:
        return None
    frame = reading.frame([c.name for c in reading.columns if c.is_usable])
    dated = frame[frame["year"].notna()].astype({"year": "int64"}).set_index("year", append=True)
    plain = frame[frame["year"].isna()].drop(columns="year")
    if len(plain):
        codes = dated.index.get_level_values("region_code")
        rest = plain.groupby(level=0).first().reindex(codes).set_axis(dated.index)
        dated = dated.combine_first(rest)[list(plain)]
    return dated.sort_index()


def _label(reading: Reading, column: Column) -> str:
    """The heading without the unit, which is said beside it."""
    label = reading.labels.get(column.heading) or column.heading
    without = " ".join(label.replace(f"({column.unit})", " ").split()) if column.unit else label
    return without or label


def _of_year(reading: Reading, column: Column, year: int) -> tuple[pd.Series, str]:
    """A column's values by region, and the year they are of."""
    is_known = ~pd.isna(pd.Series(column.values))
    there = {int(of) for (_, of), known in zip(reading.keys, is_known, strict=True) if of and known}
    if not there:
        chosen = ""
        places: Sequence[int] = [n for n, (_, of) in enumerate(reading.keys) if not of]
    else:
        before = [of for of in there if of <= year]
        chosen = str(max(before) if before else min(there))
        places = [n for n, (_, of) in enumerate(reading.keys) if of == chosen]
    codes = [reading.keys[place][0] for place in places]
    own = chosen or column.year
    return pd.Series(column.values[np.array(places, dtype=int)], index=codes), own


def _unmatched(reading: Reading) -> list[str]:
    rows = reading.unmatched
    if not rows:
        return []
    each = [say.IN_ROW(text=(r.text or r.digits)[:LONGEST], row=r.number) for r in rows]
    said = say.NOT_KNOWN(count=len(rows), shown=listed(each, 3))
    return [say.UNMATCHED_HINT(said=said, file=reading.file)]
