"""A user's own table of factors: CSV, XLSX, Stata or SPSS, long or wide (floor 1).

It joins the factors for one run. Everything that is wrong with it is said at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from functools import partial
from keyword import iskeyword
from pathlib import Path

import numpy as np
import pandas as pd

from smartlib.data.reading.files import TextTable, read_text_table, some_headings
from smartlib.data.reading.marks import doubt
from smartlib.data.reading.numbers import parse_number
from smartlib.data.reading.regions import Register
from smartlib.vocabulary.errors import DataError, UnknownRegionError
from smartlib.vocabulary.records import Finding
from smartlib.vocabulary.tables import CODE

CODE_NAME, REGION = CODE.name, "region"
HEADINGS = {"kab/kota": REGION, "kabupaten/kota": REGION, "kode": CODE_NAME}  # read as these
KEYS = (CODE_NAME, REGION)
LONG = ("factor", "value")
DESCRIBING = ("no", "kind", "province", "official_name", "province_code")  # no factors
RESERVED = ("log", "I", "C", "Q", "intercept", "Intercept")  # mean something else in a formula
NAME = re.compile(r"[A-Za-z]\w*", re.ASCII)
LACKING_SHOWN = 10
HINTED = 10  # unknown names for which the nearest are looked for
MOST_PROBLEMS = 10_000  # then the rest of the file is not looked at
Reader = Callable[[str, str, int], tuple[str, Finding | None]]


class _EnoughError(Exception):
    """More problems than anyone reads."""


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
    notes : tuple of Finding
        Repairs, near matches, columns passed over.
    """

    file: str
    values: pd.DataFrame
    units: dict[str, str]
    years: dict[str, str]
    labels: dict[str, str]
    notes: tuple[Finding, ...]

    def coverage(self, regions: Collection[str] | pd.Index) -> pd.DataFrame:
        """How many of some regions have each factor.

        Parameters
        ----------
        regions : collection of str
            Codes of the scored regions.

        Returns
        -------
        DataFrame
            Indexed by factor: known, regions (how many there are), unit, lacking (the first
            ten codes without a value, in one line).
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
                ", ".join(codes[:LACKING_SHOWN]) + (" ..." if codes[LACKING_SHOWN:] else ""),
            )
            for name, codes in lacking.items()
        }
        columns = ["known", "regions", "unit", "lacking"]
        return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("factor")


@dataclass
class _Reading:
    """What is found while one file is read."""

    file: str
    notes: list[Finding] = field(default_factory=list)
    bad: list[Finding] = field(default_factory=list)

    def problem(self, text: str, row: object = 0, column: str = "", expected: str = "") -> None:
        self.bad.append(Finding(text, self.file, int(str(row)), column, expected=expected))
        if len(self.bad) >= MOST_PROBLEMS:
            raise _EnoughError


def read_user_factors(path: Path, register: Register, taken: Collection[str] = ()) -> UserFactors:
    """A user's table of factors, matched to the register.

    Parameters
    ----------
    path : Path
        `.csv` or other separated text, `.xlsx`, `.dta` (Stata), `.sav` (SPSS). Long: region_code
        or region, factor, value, and where at hand unit and year. Wide: region_code or region,
        and a column for each factor.
    register : Register
        Regions that names or codes are matched to.
    taken : collection of str, optional
        Names that a factor cannot have: those of the registry and of outcomes.

    Returns
    -------
    UserFactors

    Raises
    ------
    DataError
        The file cannot be read (for SPSS, pyreadstat is not there), it is neither long nor
        wide, or any cell cannot be used; all of them at once, with row and column.

    Notes
    -----
    A heading that is no name (`Internet, %`) becomes one (`Internet`), with a note and the
    heading as its label. One value a region and factor: of several years, keep one.
    """
    table, labels = _cells(path)
    reading = _Reading(table.file, list(table.notes))
    try:
        long, names = _read(table, register, taken, reading)
        values = _values(long, register, reading)
        if not reading.bad and long.empty:
            reading.problem("no value in it", expected="a row a region, with numbers")
    except _EnoughError:
        pass
    if reading.bad:
        raise DataError(
            f"{table.file} cannot be used as it is.", sorted(reading.bad, key=lambda f: f.row)
        )
    table_of = long.assign(value=values).pivot(index=CODE_NAME, columns="factor", values="value")
    return UserFactors(
        file=table.file,
        values=table_of[list(dict.fromkeys(long["factor"]))].rename_axis(columns=None),
        units=_one_each(long, "unit"),
        years=_one_each(long, "year"),
        labels={name: labels.get(raw, raw) for raw, name in names.items()},
        notes=tuple(reading.notes),
    )


def _read(
    table: TextTable, register: Register, taken: Collection[str], reading: _Reading
) -> tuple[pd.DataFrame, dict[str, str]]:
    """The table in long form, and the name of each factor in formulas."""
    headings = {h: _heading(str(h)) for h in table.frame.columns}
    text = table.frame.rename(columns=headings)
    keys = [name for name in KEYS if name in text]
    if not keys or text.columns.duplicated().any():
        raise DataError(
            f"{table.file} needs one column region_code or region, and no heading twice; its "
            f"headings are {some_headings(table.frame.columns)}."
        )
    records = zip(text.index, text[keys].to_dict("records"), strict=True)
    codes = [_code(row, cells, register, reading) for row, cells in records]
    is_number = table.numbers().set_axis(text.columns, axis=1)
    read = _long if _is_long(text, table.file) else _wide
    long = read(text, is_number, codes, reading)
    _check_marks(long, reading)
    names = _names(dict.fromkeys(long["factor"]), taken, reading)
    return long.assign(label=long["factor"], factor=long["factor"].map(names)), names


def _check_marks(long: pd.DataFrame, reading: _Reading) -> None:
    """A problem for each factor whose marks could be of thousands or of decimals."""
    cells, is_number = long["value"].to_numpy(), long["is_number"].to_numpy()
    for places in long.groupby("factor", sort=False).indices.values():
        found = doubt(list(cells[places]), list(is_number[places]))
        if found:
            place = places[found.place]
            row, column = long.index[place], long["column"].iloc[place]
            reading.problem(found.problem, row, column, found.expected)


def _cells(path: Path) -> tuple[TextTable, dict[str, str]]:
    """All cells as text, and labels of columns where the file has them."""
    kind = path.suffix.lower()
    if kind not in (".dta", ".sav", ".zsav"):
        return read_text_table(path), {}
    if not path.is_file():
        raise DataError(f"{path} cannot be read: there is no such file.")
    frame, labels = _stata(path) if kind == ".dta" else _spss(path)
    text = frame.apply(lambda column: column.map(_as_text)).astype(object)
    text.index = pd.RangeIndex(1, len(text) + 1, name="row")
    numeric = [pd.api.types.is_numeric_dtype(kind) for kind in frame.dtypes]
    is_number = np.tile(np.array(numeric, dtype=bool), (len(text), 1))
    return TextTable(path.name, text, (), is_number), {
        name: label for name, label in labels.items() if label
    }


def _stata(path: Path) -> tuple[pd.DataFrame, dict[str, str]]:
    try:
        with pd.read_stata(path, iterator=True) as reader:
            return reader.read(), reader.variable_labels()
    except Exception as error:  # a damaged file fails in any part
        raise DataError(
            f"{path.name} is not a Stata file that can be read ({error}). Save it again, or as CSV."
        ) from error


def _spss(path: Path) -> tuple[pd.DataFrame, dict[str, str]]:
    try:
        import pyreadstat  # noqa: PLC0415 - an extra, for SPSS files alone
    except ImportError as error:
        raise DataError(
            f"{path.name} is an SPSS file, and reading it needs pyreadstat, which is not "
            "installed. Install it with `pip install 'smartlib[spss]'`, or save the table as CSV."
        ) from error
    try:
        frame, meta = pyreadstat.read_sav(str(path), apply_value_formats=True)
    except Exception as error:  # a damaged file fails in any part
        raise DataError(
            f"{path.name} is not an SPSS file that can be read ({error}). Save it again, or as CSV."
        ) from error
    return frame, {name: label for name, label in meta.column_names_to_labels.items() if label}


def _as_text(cell: object) -> str:
    if cell is None or cell is pd.NaT or (isinstance(cell, float) and np.isnan(cell)):
        return ""
    if isinstance(cell, float | np.floating):
        return format(float(cell), ".9g" if isinstance(cell, np.float32) else ".15g")
    return str(cell).strip()


def _heading(heading: str) -> str:
    folded = heading.strip().lower()
    known = (*KEYS, *LONG, "unit", "year", *DESCRIBING)
    return HEADINGS.get(folded, folded if folded in known else heading.strip())


def _is_long(text: pd.DataFrame, file: str) -> bool:
    present = [name for name in LONG if name in text]
    if len(present) == 1 or (not present and "unit" in text):
        raise DataError(
            f"{file} is neither long nor wide. Long: a column factor and a column value (and unit, "
            "year); wide: a column for each factor, none called factor, value or unit."
        )
    return bool(present)


def _code(row: object, cells: dict[str, str], register: Register, reading: _Reading) -> str:
    """Code of a row's region, or nothing where it cannot be told."""
    match = partial(register.match, hints=len(reading.bad) < HINTED)
    readers: dict[str, Reader] = {REGION: match, CODE_NAME: register.repair_code}
    found = {}
    for column, cell in cells.items():
        if len(cells) > 1 and not cell:
            continue
        try:
            found[column], note = readers[str(column)](cell, reading.file, int(str(row)))
            reading.notes += [note] if note else []
        except UnknownRegionError as error:
            reading.problem(error.message, row, str(column))
    if len(set(found.values())) > 1:
        problem = f"the name is {found[REGION]}, the code {found[CODE_NAME]}"
        reading.problem(problem, row, CODE_NAME, "one region")
    if not found and not any(cells.values()):
        reading.problem("no region", row, next(iter(cells)), "a name or a code")
    return next(iter(found.values()), "")


def _long(
    text: pd.DataFrame, is_number: pd.DataFrame, codes: list[str], reading: _Reading
) -> pd.DataFrame:
    used = {*KEYS, *LONG, "unit", "year"}
    _pass_over([name for name in text if name not in used], reading)
    long = text.reindex(columns=[*LONG, "unit", "year"], fill_value="").assign(**{CODE_NAME: codes})
    long["is_number"] = is_number["value"]
    for row in long.index[long["factor"] == ""]:
        reading.problem("no factor", row, "factor", "its name")
    units = long[long["unit"] != ""].drop_duplicates(["factor", "unit"])
    for row, name in units.loc[units["factor"].duplicated(), "factor"].items():
        problem = f"'{name}' has another unit above"
        reading.problem(problem, row, "unit", "one unit a factor")
    return long[long["factor"] != ""].assign(column="value")


def _wide(
    text: pd.DataFrame, is_number: pd.DataFrame, codes: list[str], reading: _Reading
) -> pd.DataFrame:
    passed = (*DESCRIBING, "")
    _pass_over([name for name in text if name in passed], reading)
    others = {*KEYS, "year", *passed}
    years = text["year"] if "year" in text else pd.Series("", index=text.index)
    names = [name for name in text if name not in others]
    if not names:
        reading.problem("no factor in it", expected="a column for each factor")
    # One frame from arrays: a frame for each of thousands of columns takes minutes.
    return pd.DataFrame(
        {
            "factor": np.repeat(np.array(names, dtype=object), len(text)),
            "value": text[names].to_numpy(dtype=object).ravel(order="F"),
            "unit": "",
            "year": np.tile(years.to_numpy(dtype=object), len(names)),
            CODE_NAME: np.tile(np.array(codes, dtype=object), len(names)),
            "column": np.repeat(np.array(names, dtype=object), len(text)),
            "is_number": is_number[names].to_numpy(dtype=bool).ravel(order="F"),
        },
        index=np.tile(text.index.to_numpy(), len(names)),
    )


def _pass_over(names: list[str], reading: _Reading) -> None:
    if names:
        shown = some_headings(name or "one without a heading" for name in names)
        reading.notes.append(Finding(f"columns not read: {shown}", reading.file))


def _names(raw: Iterable[str], taken: Collection[str], reading: _Reading) -> dict[str, str]:
    """The name that each factor has in a formula."""
    refused = {name.lower() for name in taken}
    names: dict[str, str] = {}
    given_already: set[str] = set()
    for given in raw:
        is_name = NAME.fullmatch(given) and not iskeyword(given)
        name = given if is_name else re.sub(r"\W+", "_", given, flags=re.ASCII).strip("_")
        if not NAME.fullmatch(name) or iskeyword(name):
            expected = "one that starts with a letter, such as internet_access"
            reading.problem(f"'{given}' is no name for a factor", 0, "factor", expected)
        elif name.lower() in refused or name in RESERVED:
            problem = f"'{name}' is a name that the registry or a formula has already"
            reading.problem(problem, 0, "factor", "another name")
        elif name in given_already:
            reading.problem(f"'{given}' and another factor are both {name}", 0, "factor")
        elif name != given:
            reading.notes.append(Finding(f"'{given}' is called {name} in formulas", reading.file))
        names[given] = name
        given_already.add(name)
    return names


def _values(long: pd.DataFrame, register: Register, reading: _Reading) -> list[float]:
    """Numbers of the rows; a cell that is none, and a region's second value, are problems."""
    values: list[float] = []
    first: dict[tuple[str, str], object] = {}
    for row, line in zip(long.index, long.to_dict("records"), strict=True):
        try:
            number = parse_number(line["value"])
        except ValueError as error:
            reading.problem(str(error), row, line["column"], "a number such as 3,56 or 3.56")
            number = None
        values.append(np.nan if number is None else float(number))
        key = (line[CODE_NAME], line["factor"])
        if key[0] and key in first:
            problem = f"{register.name(key[0])} has {key[1]} in row {first[key]} already"
            expected = "one value a region and factor; of several years keep one"
            reading.problem(problem, row, line["column"], expected)
        first.setdefault(key, row)
    return values


def _one_each(long: pd.DataFrame, column: str) -> dict[str, str]:
    given = long[long[column] != ""]
    return {
        str(name): ", ".join(sorted(set(cells))) for name, cells in given.groupby("factor")[column]
    }
