"""Reading any table of regions that a researcher has (floor 1)."""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Literal

import pandas as pd

from smartlib.data.load import load_gazetteer
from smartlib.data.reading.grids import STANDARD_INPUT, file_bytes, open_grids
from smartlib.data.tables.own import UserFactors, user_factors
from smartlib.data.tables.reading import Reading
from smartlib.data.tables.record import record_path, recorded
from smartlib.data.tables.understanding import read_sheets
from smartlib.data.tables.values.questions import Choices
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.folders import Folders
from smartlib.vocabulary.words import tables as say


def read_table(
    path: str | Path,
    *,
    sheet: str = "",
    codes: Literal["", "bps", "kemendagri"] = "",
    decimal: Literal["", "comma", "point"] = "",
    bare: Literal["", "kabupaten", "kota"] = "",
    dash: Literal["missing", "zero"] = "missing",
    only: Mapping[str, object] | None = None,
    take: Mapping[str, str] | Collection[str] | None = None,
    folders: Folders | None = None,
) -> pd.DataFrame:
    r"""A table of kabupaten and kota, whatever its form, indexed by Kemendagri code.

    Parameters
    ----------
    path : str or Path
        CSV with any separator and encoding, XLSX, XLS, ODS, HTML, JSON, Stata, SPSS (with the
        extra `spss`), Parquet (with the extra `files`).
    sheet : str, optional
        Of a workbook; default every visible one with regions.
    codes : {"", "bps", "kemendagri"}, optional
        System of a column of codes, where the table does not show it.
    decimal : {"", "comma", "point"}, optional
        Decimal mark of columns that do not show theirs.
    bare : {"", "kabupaten", "kota"}, optional
        What a name without its kind means where both exist and the table does not show it.
    dash : {"missing", "zero"}, default "missing"
        What a dash is; in tables of BPS it stands for none or zero.
    only : mapping of str to object, optional
        Rows of the file: column and value.
    take : mapping of str to str, or collection of str, optional
        Columns, and the names they get.
    folders : Folders, optional
        Default: the checkout around the working directory.

    Returns
    -------
    DataFrame, shape (regions, columns) or (regions x years, columns)
        Indexed by `region_code`, sorted; a column `year` first where the table has years. Columns
        of numbers are floats, categories text. `frame.attrs["reading"]` tells how it was read,
        as `smartlib read --json` does.

    Raises
    ------
    QuestionError
        The table can be read in two ways; the message has both, and the option that decides.
    DataError
        It cannot be read; with file, row and column.

    Notes
    -----
    A region is matched by name or code, exactly; a misspelt name only where one region is near
    that no other row has. The system of codes is decided for the column as a whole, by names
    beside them or by the set that occurs, and the decimal mark for each column.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "own.csv"
    ...     _ = path.write_text("Kab/Kota;Internet (%)\nKab. Badung;81,5\nKota Denpasar;90,25\n")
    ...     read_table(path)["Internet"].to_dict()
    {'51.03': 81.5, '51.71': 90.25}
    """
    from smartlib.data.tables.reading import as_dict  # noqa: PLC0415 - large, for attrs alone

    pairs = dict(take) if isinstance(take, Mapping) else dict.fromkeys(take or (), "")
    choices = Choices(
        sheet,
        codes,
        decimal,
        bare,
        dash,
        tuple((column, str(value)) for column, value in (only or {}).items()),
        tuple(pairs.items()),
    )
    folders = folders or Folders.find()
    reading = open_table(Path(path), folders, choices)
    frame = reading.frame()
    frame.attrs["reading"] = as_dict(reading, load_gazetteer(folders))
    return frame


def open_table(
    path: Path, folders: Folders, choices: Choices | None = None, taken: Collection[str] = ()
) -> Reading:
    """What is understood of a table, questions included.

    Parameters
    ----------
    path : Path
        The file; `-` for standard input.
    folders : Folders
        Of the checkout.
    choices : Choices, optional
        The reader's word; default none.
    taken : collection of str, optional
        Names that a column cannot have.

    Raises
    ------
    DataError
        It cannot be read.
    """
    content, name = table_bytes(path)
    return read_sheets(
        open_grids(content, name),
        content,
        name,
        load_gazetteer(folders),
        choices or Choices(),
        refused=taken,
    )


def own_factors(
    path: Path, year: int, folders: Folders, taken: Collection[str] = (), record: Path | None = None
) -> tuple[UserFactors, Reading]:
    """A user's own factors, read as their record says, or straight where no question arises.

    Parameters
    ----------
    path : Path
        The table.
    year : int
        Of the evaluation.
    folders : Folders
        Of the checkout.
    taken : collection of str, optional
        Names that a factor cannot have: those of the registry and of outcomes.
    record : Path, optional
        A reading record; default the one beside the table, if there is one.

    Returns
    -------
    factors : UserFactors
    reading : Reading
        What was understood, for its record.

    Raises
    ------
    QuestionError
        The rows can be read in two ways.
    DataError
        The table cannot be read, or the record is that of another file.
    """
    content, name = table_bytes(path)
    beside = record_path(path)
    record = record or (beside if beside.exists() else None)
    choices = Choices()
    if record is not None:
        import hashlib  # noqa: PLC0415

        choices = recorded(record, hashlib.sha256(content).hexdigest())
    sheets = open_grids(content, name)
    reading = read_sheets(sheets, content, name, load_gazetteer(folders), choices, refused=taken)
    return user_factors(reading, year), reading


def factors_in(
    path: str, year: int, taken: Collection[str], names: Collection[str], reading: str = ""
) -> UserFactors | None:
    """A user's own factors for a notebook, or None where no table was named.

    Parameters
    ----------
    path : str
        The table; empty for none.
    year : int
        Of the evaluation.
    taken : collection of str
        Names that a factor cannot have.
    names : collection of str
        Those that the notebook uses.
    reading : str, optional
        A reading record of `smartlib read`; default the one beside the table.

    Raises
    ------
    QuestionError
        It can be read in two ways: `smartlib read` with an option decides, and keeps the answer.
    DataError
        It cannot be read, or a column that is used holds what is no number.
    """
    if not path:
        return None
    record = Path(reading) if reading else None
    own, _ = own_factors(Path(path), year, Folders.find(), taken, record)
    own.check(names)
    return own


def table_bytes(path: Path) -> tuple[bytes, str]:
    """Content and name of a table; of standard input where the path is `-`.

    Parameters
    ----------
    path : Path
        As typed.

    Raises
    ------
    DataError
        It cannot be read, or is empty.
    """
    if str(path) != "-":
        return file_bytes(path), path.name
    content = sys.stdin.buffer.read()
    if not content.strip():
        raise DataError(say.EMPTY_INPUT())
    return content, STANDARD_INPUT
