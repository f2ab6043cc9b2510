"""All checks of some documents together (floor 5)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from smartlib.data.documents.areas import SCORE_COLUMNS
from smartlib.data.documents.records import Discrepancy, Reading, ScoreRow
from smartlib.data.load import load_instrument, load_scheme
from smartlib.data.reading.regions import Register
from smartlib.run.ingest import arithmetic
from smartlib.run.ingest.names import check_names, code_of, in_own_province
from smartlib.run.ingest.themes import Coding, check_contradictions, codebook_of, coded
from smartlib.vocabulary.errors import SmartlibError
from smartlib.vocabulary.folders import Folders


@dataclass(frozen=True)
class Checked:
    """A document and all that is to be said of it.

    Attributes
    ----------
    reading : Reading
    region_code : str
        Of its region; nothing for a table of all, or an unknown name.
    told : tuple of Discrepancy
        What is odd and does not touch a table.
    refused : tuple of Discrepancy
        What keeps a table out unless its place is accepted.
    codings : tuple of Coding
        Themes of its remarks by the checkout's codebook.
    """

    reading: Reading
    region_code: str
    told: tuple[Discrepancy, ...]
    refused: tuple[Discrepancy, ...]
    codings: tuple[Coding, ...] = ()

    def place(self, one: Discrepancy) -> str:
        """What `--accept` is given."""
        return f"{self.reading.document.file}:{one.line}"


def check_documents(
    readings: Sequence[Reading], register: Register, folders: Folders
) -> list[Checked]:
    """Check each document against itself, and against the others where they say more.

    Parameters
    ----------
    readings : sequence of Reading
    register : Register
    folders : Folders
        Whose schemes hold where no document states weights.
    """
    return [_checked(one, readings, register, folders) for one in readings]


def _checked(
    reading: Reading, all_of_them: Sequence[Reading], register: Register, folders: Folders
) -> Checked:
    codebook = codebook_of(folders) if reading.remarks else None
    reading, elsewhere = in_own_province(reading, register)
    row = _row(reading, all_of_them, register, folders)
    found = [
        *elsewhere,
        *(check_contradictions(reading, codebook) if codebook else ()),
        *reading.discrepancies,
        *check_names(reading, register),
        *arithmetic.check_parts(reading),
        *arithmetic.check_counts(reading),
        *arithmetic.check_pillars(reading.facts, reading.year, row),
        *arithmetic.check_stated(reading.facts, reading.year, row),
        *arithmetic.check_weights(reading.weights),
        *arithmetic.check_finals(reading.scores, _weights(reading, all_of_them, folders)),
        *arithmetic.check_means(reading.marks, reading.means),
        *arithmetic.check_grid(reading.marks, len(reading.assessors)),
        *_check_national(reading, row, folders),
    ]
    return Checked(
        reading,
        code_of(reading.region, register),
        tuple(one for one in found if not one.table),
        (*reading.unread, *(one for one in found if one.table)),
        tuple(coded(reading, codebook)) if codebook else (),
    )


def _check_national(
    reading: Reading, row: ScoreRow | None, folders: Folders
) -> Iterator[Discrepancy]:
    """A report's means, or an export's marks, beside the region's national row."""
    if reading.kind == "answers":
        asked = _asked(reading, folders)
        yield from arithmetic.check_numbers(reading.marks, asked)
        yield from arithmetic.check_export(reading.marks, reading.means, asked, row)
    elif reading.marks:
        yield from arithmetic.check_national(reading.means, row)


def _weights(
    reading: Reading, others: Sequence[Reading], folders: Folders
) -> list[Mapping[str, int]]:
    """Weights of the document, else of another of its year, else of the year's scheme."""
    for one in (reading, *others):
        if one.weights and (one is reading or (one.year, one.stage) == (reading.year, 2)):
            return list(one.weights.values())
    try:
        scheme = load_scheme(reading.year, folders)
    except SmartlibError:
        return []
    return [
        {name: share * 100 for name, share in track.weights.items()}  # type: ignore[misc]
        for track in scheme.tracks.values()
    ]


def _row(
    reading: Reading, others: Sequence[Reading], register: Register, folders: Folders
) -> ScoreRow | None:
    """The national row of a report's region: its own, another document's, the raw table's."""
    code = code_of(reading.region, register) if reading.marks or reading.facts else ""
    held = (row for one in (reading, *others) if one.year == reading.year for row in one.scores)
    for row in chain(held, rows_there(reading.year, folders)) if code else ():
        if code_of(row.cells["KAB/KOTA"], register) == code:
            return row
    return None


def rows_there(year: int, folders: Folders) -> Iterator[ScoreRow]:
    """Rows of the year's raw score table, where there is one.

    Parameters
    ----------
    year : int
    folders : Folders
    """
    path = folders.raw / str(year) / "scores.csv"
    if path.exists():
        text = io.StringIO(path.read_text(encoding="utf-8"))
        for number, cells in enumerate(csv.DictReader(text), start=2):
            if set(SCORE_COLUMNS) <= cells.keys() and cells["NO"] != "NO":
                yield ScoreRow(f"{number} of {path.name}", cells)


def _asked(reading: Reading, folders: Folders) -> dict[int, str]:
    """Dimension of each question by the year's instrument; nothing where there is none."""
    try:
        return dict(load_instrument(reading.year, folders)["dimension"])
    except SmartlibError:
        return {}
