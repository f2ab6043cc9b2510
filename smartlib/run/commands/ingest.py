"""Documents to raw tables, or only looked at (floor 5)."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from smartlib.data.documents.formats.registry import document_of
from smartlib.data.documents.reading import read_document
from smartlib.data.documents.records import Reading
from smartlib.data.from_documents.texts import texts_folder
from smartlib.data.load import load_register
from smartlib.data.sources import RECORDS
from smartlib.run.ingest.again import read_again
from smartlib.run.ingest.check import Checked, check_documents
from smartlib.run.ingest.merge import Merged, as_bytes, merged
from smartlib.run.ingest.sources import with_records
from smartlib.run.ingest.tables import Row, rows_by_file
from smartlib.run.ingest.together import write_together
from smartlib.run.plan.records import WORKERS
from smartlib.vocabulary.errors import DataError, SmartlibError
from smartlib.vocabulary.folders import Folders

# What no option takes: loading would refuse the table.
UNREADABLE = ("unread_row", "unknown_name", "region_twice")
MANY = 8  # files, from which on it pays to start processes
REMARKS_DIGEST, WORDING = 6, slice(7, 9)  # places in a row of remarks.csv


@dataclass(frozen=True)
class Outcome:
    """What came of some documents.

    Attributes
    ----------
    documents : tuple of Checked
        Those that could be read.
    unreadable : tuple of (file, why)
    merged : tuple of Merged
        Files as they would be; nothing where a document is refused.
    written : bool
    accepted : tuple of str
        Places that were accepted and that some document has.
    again : tuple of str
        Reports that another file gave before.
    """

    documents: tuple[Checked, ...]
    unreadable: tuple[tuple[str, str], ...] = ()
    merged: tuple[Merged, ...] = ()
    written: bool = False
    accepted: tuple[str, ...] = ()
    again: tuple[str, ...] = ()

    @property
    def only_marks(self) -> bool:
        """Whether it is a questionnaire's export."""
        return {one.reading.kind for one in self.documents} == {"answers"}

    @property
    def only_scores(self) -> bool:
        """Whether there is a score table alone, or nothing that could be read."""
        return all(one.reading.kind == "scores" for one in self.documents)

    @property
    def refused(self) -> list[str]:
        """Places that keep tables out, each with what is wrong there."""
        return [
            f"{one.place(d)}: {d.table}: {d.kind}: {d.printed}, expected {d.expected}"
            for one in self.documents
            for d in one.refused
            if one.place(d) not in self.accepted
        ]

    @property
    def broken(self) -> bool:
        """Whether something cannot be read at all, so that no option helps."""
        unread = (d.kind in UNREADABLE for one in self.documents for d in one.refused)
        return bool(self.unreadable) or any(unread)

    @property
    def differences(self) -> list[str]:
        """Rows that are there already and say something else."""
        told = [str(difference) for file in self.merged for difference in file.differences]
        return [*self.again, *told]


@dataclass(frozen=True)
class _Given:
    """What is said of documents that do not say it themselves."""

    year: int = 0
    cohort: str = ""
    region: str = ""

    def filled(self, one: Reading) -> Reading:
        region = self.region if one.kind in ("answers", "press") else ""
        facts = (replace(fact, year=fact.year or self.year) for fact in one.facts)
        return replace(
            one,
            facts=tuple(facts),
            year=one.year or self.year,
            cohort=one.cohort or self.cohort,
            region=one.region or region,
        )


def read_files(
    files: Sequence[Path],
    folders: Folders,
    done: Callable[[Path], None] = lambda _: None,
    given: _Given = _Given(),
) -> tuple[list[Checked], list[tuple[str, str]]]:
    """Read and check documents.

    Parameters
    ----------
    files : sequence of Path
    folders : Folders
        Of the checkout.
    done : callable
        Told of each file that has been read.
    given : _Given, optional
        What documents leave open.

    Returns
    -------
    documents, unreadable : lists
    """
    readings: dict[str, Reading] = {}
    unreadable = []
    for file, read in zip(files, _each(files), strict=True):
        if isinstance(read, str):
            unreadable.append((file.name, read))
        else:
            readings.setdefault(read.document.digest, given.filled(read))
        done(file)
    return check_documents(list(readings.values()), load_register(folders), folders), unreadable


def _each(files: Sequence[Path]) -> Iterator[Reading | str]:
    """What each file holds, or why it cannot be read; many are read side by side."""
    if len(files) < MANY:
        yield from map(_read, files)
        return
    # Processes, since the reader of PDFs does not bear threads.
    with ProcessPoolExecutor(min(WORKERS, len(files))) as pool:
        yield from pool.map(_read, files)


def _read(file: Path) -> Reading | str:
    try:
        return read_document(document_of(file))
    except SmartlibError as error:
        return str(error)


def look(file: Path, folders: Folders) -> Outcome:
    """Read and check one document; nothing is written.

    Parameters
    ----------
    file : Path
    folders : Folders
        Of the checkout.
    """
    documents, unreadable = read_files([file], folders)
    return Outcome(tuple(documents), tuple(unreadable))


def ingest(
    files: Sequence[Path],
    folders: Folders,
    output: Path | None = None,
    *,
    accept: Sequence[str] = (),
    replacing: bool = False,
    year: int | None = None,
    cohort: str = "",
    region: str = "",
    texts: Path | None = None,
    done: Callable[[Path], None] = lambda _: None,
) -> Outcome:
    """Read documents into tables, if everything in them agrees.

    Parameters
    ----------
    files : sequence of Path
    folders : Folders
        Of the checkout.
    output : Path, optional
        Folder of raw tables; default `data/raw`.
    accept : sequence of str
        Places (FILE:LINE) of contradictions that are taken as printed.
    replacing : bool
        Whether rows that are there and differ are replaced.
    year : int, optional
        Of documents that do not say theirs.
    cohort : str
        Of documents that do not say theirs: years of selection, such as 2017-2022.
    region : str
        Of an export or press item that does not name its own.
    texts : Path, optional
        Folder of the remarks' texts and assessors' names; default `data/texts`.
    done : callable
        Told of each file that has been read.

    Returns
    -------
    Outcome
        Nothing is written unless its `written` says so.

    Raises
    ------
    DataError
        A place is accepted that no document has, or a document has no year.
    OSError
        A file cannot be written; then none is.
    """
    given = _Given(year or 0, cohort, region)
    documents, unreadable = read_files(files, folders, done, given)
    _require_years(documents)
    accepted = _accepted(documents, accept)
    outcome = Outcome(tuple(documents), tuple(unreadable), accepted=accepted)
    if outcome.broken or outcome.refused:
        return outcome
    folder = output or folders.raw
    wordings = _wordings([folder, folders.raw])
    rows = {
        key: [_worded(key[0], own, wordings) for own in given]
        for key, given in rows_by_file(documents).items()
    }
    again = read_again(documents, folder)
    plan = merged(folder, rows, again if replacing else ())
    outcome = replace(outcome, merged=tuple(plan), again=tuple(again.values()))
    if outcome.differences and not replacing:
        return outcome
    changed = {one.file: one.content for one in plan}
    whole = {folder / file: content for file, content in changed.items()}
    whole[folder / RECORDS] = with_records(folder, changed)
    own = texts or (output / "texts" if output else texts_folder(folders))
    write_together({**whole, **_texts(documents, own)})
    return replace(outcome, written=True)


def _require_years(documents: Sequence[Checked]) -> None:
    for one in documents:
        if not one.reading.year:
            raise DataError(
                f"{one.reading.document.file} does not say of which year it is. Give --year."
            )


def _accepted(documents: Sequence[Checked], accept: Sequence[str]) -> tuple[str, ...]:
    known = {one.place(d) for one in documents for d in one.refused if d.kind not in UNREADABLE}
    unknown = [place for place in accept if place not in known]
    if unknown and documents:
        raise DataError(
            f"--accept {unknown[0]}: nothing contradicts itself there. Places are "
            f"{', '.join(sorted(known)) or 'none'}."
        )
    return tuple(accept)


def _wordings(folders: Sequence[Path]) -> dict[str, Row]:
    """Our own words of remarks, by the hash of the text."""
    found: dict[str, Row] = {}
    for folder in folders:
        for path in sorted(folder.glob("*/remarks.csv")):
            _, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8")))
            for row in rows:
                if any(row[WORDING]):
                    found.setdefault(row[REMARKS_DIGEST], tuple(row[WORDING]))
    return found


def _worded(file: str, rows: list[Row], wordings: dict[str, Row]) -> list[Row]:
    if not file.endswith("/remarks.csv"):
        return rows
    return [(*row[: WORDING.start], *wordings.get(row[REMARKS_DIGEST], ("", ""))) for row in rows]


def _texts(documents: Sequence[Checked], folder: Path) -> dict[Path, bytes]:
    """Texts and names, for their owner alone."""
    files = {}
    for one in documents:
        read = one.reading
        names = {a.number: " / ".join(dict.fromkeys(a.names)) for a in read.assessors}
        rows = [
            (r.kind, str(r.assessor), str(r.number), r.line, names[r.assessor], r.text)
            for r in read.remarks
        ]
        if rows:
            heading = ("kind", "assessor", "number", "line", "name", "text")
            files[folder / f"{read.document.id}.csv"] = as_bytes(heading, rows)
    return files
