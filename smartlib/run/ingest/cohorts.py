"""Tables of several cohorts in one year: whose a row is where it does not say (floor 5)."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Sequence
from pathlib import Path

from smartlib.run.ingest.tables import RawTable, Row
from smartlib.vocabulary.errors import DataError


def several(rows: Sequence[Row], table: RawTable) -> bool:
    """Whether rows are of more than one cohort.

    Parameters
    ----------
    rows : sequence of tuple of str
    table : RawTable
    """
    return table.by_cohort and len({row[-1] for row in rows if row != table.columns}) > 1


def cohort_before(folder: Path, file: str) -> str:
    """The one cohort of a year's rows that are there, as documents or the scheme name it.

    Parameters
    ----------
    folder : Path
        Of the raw tables.
    file : str
        Below it, in the folder of its year.

    Returns
    -------
    str
        Nothing where nobody names one.
    """
    year = file.partition("/")[0]
    path = folder / "documents" / "documents.csv"
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    rows = csv.DictReader(io.StringIO(text))
    named = {row["cohort"] for row in rows if row["year"] == year and row["cohort"]}
    if len(named) == 1:
        return named.pop()
    scheme = folder / year / "scheme.toml"
    if not scheme.exists():
        return ""
    try:
        return str(tomllib.loads(scheme.read_text(encoding="utf-8")).get("cohort", ""))
    except ValueError:
        return ""  # loading says what is wrong with it


def with_cohorts(
    there: list[Row], given: Sequence[list[Row]], table: RawTable, file: str
) -> tuple[list[Row], list[list[Row]]]:
    """Rows that say of which cohort they are; those of one cohort alone may leave it open.

    Parameters
    ----------
    there : list of tuple of str
        Rows of the file.
    given : sequence of list of tuple of str
        Rows of each document.
    table : RawTable
    file : str
        For messages.

    Raises
    ------
    DataError
        Some rows name no cohort, and the others name several, or speak of other regions.
    """
    parts = [there, *given]
    bare = [[row for row in part if row != table.columns] for part in parts]
    named = {row[-1] for part in bare for row in part if row[-1]}
    mute = {row[:-1] for part in bare for row in part if not row[-1]}
    if not mute or not named:
        return there, list(given)
    speaking = {row[:-1] for part in bare for row in part if row[-1]}
    owner = table.owner[0]
    shared = {row[owner] for row in mute} & {row[owner] for row in speaking}
    if len(named) > 1 or not shared:
        raise DataError(
            f"{file}: some rows do not say of which cohort they are, others are of "
            f"{', '.join(sorted(named))}. Give --cohort with the table that does not say, "
            "or write `cohort` into the scheme of the rows that are there."
        )
    cohort = named.pop()
    filled = [
        [row if row == table.columns else (*row[:-1], row[-1] or cohort) for row in part]
        for part in parts
    ]
    return filled[0], filled[1:]
