"""All checks of some documents together (floor 5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from smartlib.data.documents.records import Discrepancy, Reading, ScoreRow
from smartlib.data.load import load_scheme
from smartlib.data.reading.regions import Register
from smartlib.run.ingest import arithmetic
from smartlib.run.ingest.names import check_names, code_of
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
    found = [
        *(check_contradictions(reading, codebook) if codebook else ()),
        *reading.discrepancies,
        *check_names(reading, register),
        *arithmetic.check_parts(reading),
        *arithmetic.check_counts(reading),
        *arithmetic.check_pillars(reading.facts),
        *arithmetic.check_weights(reading.weights),
        *arithmetic.check_finals(reading.scores, _weights(reading, all_of_them, folders)),
        *arithmetic.check_means(reading.marks, reading.means),
        *arithmetic.check_grid(reading.marks, len(reading.assessors)),
        *arithmetic.check_national(reading.means, _row(reading, all_of_them, register)),
    ]
    return Checked(
        reading,
        code_of(reading.region, register),
        tuple(one for one in found if not one.table),
        (*reading.unread, *(one for one in found if one.table)),
        tuple(coded(reading, codebook)) if codebook else (),
    )


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


def _row(reading: Reading, others: Sequence[Reading], register: Register) -> ScoreRow | None:
    """The national row of a report's region, from it or from another of its year."""
    code = code_of(reading.region, register) if reading.marks else ""
    for one in (reading, *(o for o in others if o.year == reading.year)):
        for row in one.scores if code else ():
            if code_of(row.cells["KAB/KOTA"], register) == code:
                return row
    return None
