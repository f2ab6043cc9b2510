"""A labelled frame as CSV, Excel, Stata, SPSS or Parquet, the same bytes each time (floor 1)."""

from __future__ import annotations

import io
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from smartlib.data.workbook import sheets_bytes
from smartlib.data.writing import csv_for_people, shortest
from smartlib.vocabulary.errors import DataError, ParameterError
from smartlib.vocabulary.words import formulas as say

STATA_NAME, STATA_LABEL, SPSS_LABEL, SPSS_NAME = 32, 80, 255, 64  # characters
EPOCH = datetime(2000, 1, 1)  # instead of the clock
SPSS_DATE = slice(92, 109)  # of the header: when the file was made
SPSS_EPOCH = b"01 Jan 0000:00:00"


@dataclass(frozen=True, eq=False)
class Labelled:
    """A frame and what its columns mean.

    Attributes
    ----------
    frame : DataFrame, shape (rows, columns)
        Its index is written as the first column.
    labels, units : mapping of str to str
        By column.
    values : mapping of str to mapping of int or str to str
        Labels of values, of columns of the frame that hold whole numbers or codes.
    codebook : tuple of (str, tuple of str)
        Name of the sheet that explains the columns, and its headings.
    """

    frame: pd.DataFrame
    labels: Mapping[str, str]
    units: Mapping[str, str]
    values: Mapping[str, Mapping[Any, str]] = field(default_factory=dict)
    codebook: tuple[str, tuple[str, ...]] = ("codebook", ("column", "label", "unit", "values"))

    @property
    def table(self) -> pd.DataFrame:
        """The frame with its index as a column, text as text, labelled values as whole numbers."""
        table = self.frame.reset_index()
        table.attrs = {}
        for name in table:
            column = table[name]
            if not pd.api.types.is_numeric_dtype(column):
                table[name] = column.astype("object").where(column.notna(), None)
            elif name in self.values and column.notna().all():
                table[name] = column.astype("int8")
        return table

    def label(self, name: str, most: int) -> str:
        """Label with unit, as long as a format allows."""
        unit = self.units.get(name, "")
        text = self.labels.get(name, name)
        text = f"{text} ({unit})" if unit else text
        return text if len(text.encode()) <= most else text.encode()[:most].decode(errors="ignore")


def frame_bytes(labelled: Labelled, path: Path) -> bytes:
    """A frame in the format that a file's suffix names.

    Parameters
    ----------
    labelled : Labelled
    path : Path
        Its suffix is one of `FORMATS`.

    Returns
    -------
    bytes
        The same for the same frame.

    Raises
    ------
    ParameterError
        Another suffix.
    DataError
        A package that the format needs is not installed, or a name is too long for it.
    """
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        known = ", ".join(FORMATS)
        raise ParameterError(say.FORMATS(name=path.name, known=known))
    return FORMATS[suffix](labelled)


def _csv(labelled: Labelled) -> bytes:
    return csv_for_people(labelled.table, shortest)


def _xlsx(labelled: Labelled) -> bytes:
    table = labelled.table
    rows = table.astype(object).where(table.notna(), None).itertuples(index=False)
    meaning = [
        (
            str(name),
            labelled.labels.get(str(name), ""),
            labelled.units.get(str(name), ""),
            "; ".join(f"{k} = {v}" for k, v in labelled.values.get(str(name), {}).items()),
        )
        for name in table
    ]
    return sheets_bytes([("data", list(map(str, table)), rows), (*labelled.codebook, meaning)])


def _dta(labelled: Labelled) -> bytes:
    table = labelled.table
    _check_names(table, STATA_NAME, ".dta")
    buffer = io.BytesIO()
    values: dict[Hashable, dict[int | float, str]] = {}
    for name, of in labelled.values.items():
        codes = {key: number for number, key in enumerate(of, 1) if isinstance(key, str)}
        if codes:  # Stata has labels for numbers alone
            table[name] = table[name].map(codes).astype("int8")
        values[name] = {codes.get(key, key): label for key, label in of.items()}
    texts = table.select_dtypes("object").columns
    table[texts] = table[texts].fillna("")
    table.to_stata(
        buffer,
        write_index=False,
        version=118,
        time_stamp=EPOCH,
        variable_labels={str(name): labelled.label(str(name), STATA_LABEL) for name in table},
        value_labels=values,
    )
    return buffer.getvalue()


def _sav(labelled: Labelled) -> bytes:
    try:
        import pyreadstat  # noqa: PLC0415 - an extra, for SPSS files alone
    except ImportError as error:
        raise DataError(say.NEEDS_SPSS()) from error
    table = labelled.table
    _check_names(table, SPSS_NAME, ".sav")
    with TemporaryDirectory(prefix="smartlib-") as scratch:
        path = Path(scratch) / "frame.sav"
        pyreadstat.write_sav(
            table,
            str(path),
            column_labels=[labelled.label(str(name), SPSS_LABEL) for name in table],
            variable_value_labels={n: dict(v) for n, v in labelled.values.items() if n in table},
            variable_measure={n: "nominal" for n in labelled.values if n in table},
        )
        content = bytearray(path.read_bytes())
    content[SPSS_DATE] = SPSS_EPOCH
    return bytes(content)


def _parquet(labelled: Labelled) -> bytes:
    table, buffer = labelled.table, io.BytesIO()
    table.attrs = {"labels": dict(labelled.labels), "units": dict(labelled.units)}
    try:
        table.to_parquet(buffer, index=False, engine="pyarrow")
    except ImportError as error:
        raise DataError(say.NEEDS_PARQUET()) from error
    return buffer.getvalue()


def _check_names(table: pd.DataFrame, most: int, suffix: str) -> None:
    long = [str(name) for name in table if len(str(name).encode()) > most]
    if long:
        raise DataError(say.LONG_NAMES(long=", ".join(long), suffix=suffix, most=most))


FORMATS: Mapping[str, Callable[[Labelled], bytes]] = {
    ".csv": _csv,
    ".xlsx": _xlsx,
    ".dta": _dta,
    ".sav": _sav,
    ".parquet": _parquet,
}
