"""Table schemas, derived from the declared columns and checked by pandera (floor 1)."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.records import Finding
from smartlib.vocabulary.tables import Column, Table

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
    dtype = DTYPES[column.type] if column.required or column.type != "integer" else "Int64"
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
        problem = f"'{case.failure_case}'"
        if expected == "not_nullable":
            problem, expected = "no value", "a value"
        elif expected == "multiple_fields_uniqueness":
            problem, expected = "the row's key stands more than once", "each key once"
        elif expected == "column_in_dataframe":
            problem, expected = f"no column '{case.failure_case}'", "the column"
        column = str(case.column) if case.column in table.column_names else ""
        found.append(Finding(problem, file, row, column, expected=expected))
    return list(dict.fromkeys(found))


def validated(frame: pd.DataFrame, table: Table, file: str = "") -> pd.DataFrame:
    """The frame itself, if it fits the table.

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
        A column is missing, or a cell is no number or breaks the schema.
    """
    missing = [name for name in table.column_names if name not in text.columns]
    if missing:
        raise DataError(
            f"{file or table.name} lacks the column {', '.join(missing)}; "
            f"it has {', '.join(map(str, text.columns))}."
        )
    frame = pd.DataFrame(index=text.index)
    for column in table.columns:
        cells = text[column.name]
        if column.type == "string":
            frame[column.name] = cells.astype("str").where(cells != "", None)
            continue
        values = pd.to_numeric(cells.where(cells != "", None), errors="coerce")
        bad = cells[values.isna() & (cells != "")]
        if len(bad):
            raise DataError(
                f"{file or table.name}, column {column.name} holds text where numbers belong.",
                [Finding(f"'{cell}'", file, int(row), column.name) for row, cell in bad.items()],
            )
        whole = column.type == "integer" and not values.isna().any()
        frame[column.name] = values.astype("int64" if whole else "float64")
    return validated(frame, table, file)
