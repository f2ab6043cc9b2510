"""Other conversions of a report that has been read already (floor 5)."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from smartlib.run.ingest.check import Checked
from smartlib.vocabulary.errors import DataError

Report = tuple[str, str, str]  # kind, code of the region, number of the letter


def read_again(documents: Sequence[Checked], folder: Path) -> dict[str, str]:
    """Reports that another file gave before: what to say of each, by the other's id.

    Parameters
    ----------
    documents : sequence of Checked
    folder : Path
        Of the raw tables.

    Raises
    ------
    DataError
        Two of the documents are one report.
    """
    known = _known(folder)
    found: dict[str, str] = {}
    seen: dict[Report, Checked] = {}
    for one in documents:
        letter = one.reading.letter
        if letter is None:
            continue
        report = (one.reading.kind, one.region_code, letter.number)
        if report in seen:
            other = seen[report].reading.document.file
            raise DataError(f"{other} and {one.reading.document.file} are one report. Give one.")
        seen[report] = one
        before = known.get(report, "")
        if before and before != one.reading.document.id:
            found[before] = (
                f"{one.reading.document.file} has been read already, as document {before}; "
                "--replace puts this file in its place"
            )
    return found


def _known(folder: Path) -> dict[Report, str]:
    """Ids of the reports that tables were read from."""
    tables = {}
    for name in ("documents", "letters"):
        path = folder / "documents" / f"{name}.csv"
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        tables[name] = {row["document_id"]: row for row in csv.DictReader(io.StringIO(text))}
    return {
        (own["kind"], own["region_code"], tables["letters"][one]["number"]): one
        for one, own in tables["documents"].items()
        if one in tables["letters"]
    }
