"""The user's own texts of remarks, which no table of the project carries (floor 1)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from smartlib.data.from_documents.codebook import pattern_of
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.folders import Folders

AROUND = 60  # characters on each side of a word
COLUMNS = ("kind", "assessor", "number", "text")


def texts_folder(folders: Folders) -> Path:
    """Where `smartlib ingest` leaves texts: ignored by git.

    Parameters
    ----------
    folders : Folders
    """
    return folders.root / "data" / "texts"


def read_texts(folder: Path) -> list[dict[str, str]]:
    """Remarks with their texts, as `smartlib ingest` has left them.

    Parameters
    ----------
    folder : Path

    Raises
    ------
    DataError
        There is none, or a file is not one of these.
    """
    found = []
    for path in sorted(folder.glob("*.csv")):
        rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8", errors="replace")))
        if not set(COLUMNS) <= set(rows.fieldnames or ()):
            raise DataError(f"{path} is not what `smartlib ingest` writes. Name another --texts.")
        found += [{"document_id": path.stem, **row} for row in rows]
    if not found:
        raise DataError(
            f"{folder} has no texts of remarks. `smartlib ingest REPORT` writes them there."
        )
    return found


def in_context(words: str, rows: Sequence[dict[str, str]]) -> list[str]:
    """Each place of some words with what stands around it.

    Parameters
    ----------
    words : str
        As in the codebook: `*` for any letters, `...` for words between.
    rows : sequence of dict
        From `read_texts`.

    Raises
    ------
    DataError
        There is no letter in the words.
    """
    if not re.search(r"\w", words):
        raise DataError(f"'{words}' has no letter to look for.")
    pattern = pattern_of(words)
    lines = []
    for row in rows:
        for found in pattern.finditer(row["text"]):
            before = row["text"][max(0, found.start() - AROUND) : found.start()]
            after = row["text"][found.end() : found.end() + AROUND]
            place = f"{row['document_id']} {row['kind'][:1]}{row['assessor']}.{row['number']}"
            lines.append(f"{place:22}{before:>{AROUND}}[{found[0]}]{after}")
    return lines


def words_in_context(words: str, folders: Folders | None = None) -> list[str]:
    """The same, in the texts of the checkout around the working directory.

    Parameters
    ----------
    words : str
    folders : Folders, optional

    Raises
    ------
    DataError
        There are no texts, or no letter in the words.
    """
    return in_context(words, read_texts(texts_folder(folders or Folders.find())))
