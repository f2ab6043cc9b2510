"""Table schemas, derived from the declared columns and checked by pandera (floor 1)."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from smartlib.data.reading.files import some_headings
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.records import Finding
from smartlib.vocabulary.tables import Column, Table

WHOLE_OR_NONE = "Int64"
DTYPES = {"string": "str", "integer": "int64", "number": "float64"}


def schema_of(table: Table) -> pa.DataFrameSchema:
    """Pandera schema of a declared table.

    Parameters
    ----------
    table : Table
        Its columns become checks: type, missing values, allowed values, bounds,
        pattern; its key must be unique.
    """
    return pa.DataFrameSchema(
        {column.name: _column_schema(column) for column in table.columns},
        unique=list(table.key) or None,
        strict=True,
        ordered=True,
        name=table.name,
    )


def _column_schema(column: Column) -> pa.Column:
    checks = []
    if column.values:
        checks.append(pa.Check.isin(column.values, error=f"one of {', '.join(column.values)}"))
    if column.minimum is not None:
        checks.append(pa.Check.ge(column.minimum, error=f"at least {column.minimum:g}"))
    if column.maximum is not None:
        checks.append(pa.Check.le(column.maximum, error=f"at most {column.maximum:g}"))
    if column.pattern:
        checks.append(
            pa.Check.str_matches(f"^(?:{column.pattern})$", error=f"the form {column.pattern}")
        )
    dtype = DTYPES[column.type] if column.required or column.type != "integer" else WHOLE_OR_NONE
    return pa.Column(dtype, checks, nullable=not column.required)


def violations(frame: pd.DataFrame, table: Table, file: str = "") -> list[Finding]:
    """Every cell that breaks a table's schema.

    Parameters
    ----------
    frame : DataFrame
        Indexed by row number.
    table : Table
        What it should be.
    file : str
        Name for the findings.

    Returns
    -------
    list of Finding
        In row order; empty when the table is valid.
    """
    try:
        schema_of(table).validate(frame, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases
    else:
        return []
    found = []
    for case in cases.sort_values("index", kind="stable").itertuples():
        row = int(case.index) if pd.notna(case.index) else 0
        expected = str(case.check)
        column = str(case.column) if case.column in table.column_names else ""
        problem = f"'{_shown(case.failure_case)}'"
        if expected == "not_nullable":
            problem, expected = "no value", "a value"
        elif expected.startswith("dtype(") and pd.isna(case.failure_case):
            continue  # a missing whole number, named above already
        elif expected == "multiple_fields_uniqueness":
            column = ""
            problem = f"the key {', '.join(table.key)} stands more than once"
            expected = "each key once"
        elif expected == "column_in_dataframe":
            problem, expected = f"no column '{case.failure_case}'", "the column"
        found.append(Finding(problem, file, row, column, expected=expected))
    return list(dict.fromkeys(found))


def _shown(value: object) -> str:
    return str(value).removesuffix(".0") if isinstance(value, float) else str(value)


def validated(frame: pd.DataFrame, table: Table, file: str = "") -> pd.DataFrame:
    """The frame itself, if it fits the table.

    Parameters
    ----------
    frame : DataFrame
        Indexed by row number.
    table : Table
        What it should be.
    file : str
        Name for messages.

    Raises
    ------
    DataError
        Names every failing row and column.
    """
    found = violations(frame, table, file)
    if found:
        raise DataError(f"{file or table.name} does not fit its schema.", found)
    return frame


def typed(text: pd.DataFrame, table: Table, file: str = "") -> pd.DataFrame:
    """A table of text cells in the types that it declares, validated.

    Parameters
    ----------
    text : DataFrame
        Cells as text (plain decimal points), indexed by row number.
    table : Table
        What it should be; columns may be in any order.

    Raises
    ------
    DataError
        A column is missing, or a cell is no (whole) number or breaks the schema.
    """
    missing = [name for name in table.column_names if name not in text.columns]
    if missing:
        raise DataError(
            f"{file or table.name} lacks the column {', '.join(missing)}; "
            f"it has {some_headings(text.columns)}."
        )
    frame = pd.DataFrame(index=text.index)
    bad: list[Finding] = []
    for column in table.columns:
        cells = text[column.name]
        if column.type == "string":
            frame[column.name] = cells.astype("str").where(cells != "", None)
            continue
        values = pd.to_numeric(cells.where(cells != "", None), errors="coerce")
        expected = "a whole number" if column.type == "integer" else "a number"
        fits = values % 1 == 0 if column.type == "integer" else np.isfinite(values)
        bad += [
            Finding(f"'{cell}'", file, int(row), column.name, expected=expected)
            for row, cell in cells[~fits & (cells != "")].items()
        ]
        whole = ("int64" if fits.all() else "float64") if column.required else WHOLE_OR_NONE
        frame[column.name] = values.where(fits).astype(
            whole if column.type == "integer" else "float64"
        )
    if bad:
        seen = {(finding.row, finding.column) for finding in bad}
        others = violations(frame, table, file)
        bad += [other for other in others if (other.row, other.column) not in seen]
        bad.sort(key=lambda finding: finding.row)
        raise DataError(f"{file or table.name} holds cells that are no numbers.", bad)
    return validated(frame, table, file)
