"""The user's own texts of remarks: export, and words in their context (floor 5)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from smartlib.data.documents.coding import pattern_of, read_codebook
from smartlib.data.processed import read_tables
from smartlib.data.writing import inert, write_whole
from smartlib.run.ingest.refi import Coded, codebook_file, project_file
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.folders import Folders

KEY = ("document_id", "kind", "assessor", "number")
AROUND = 60  # characters on each side of a word
FORMATS = (".csv", ".qdc", ".qdpx")


def read_texts(folder: Path) -> list[dict[str, str]]:
    """Remarks with their texts, as `smartlib ingest` has left them.

    Parameters
    ----------
    folder : Path

    Raises
    ------
    DataError
        There is none.
    """
    found = []
    for path in sorted(folder.glob("*.csv")):
        rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8", errors="replace")))
        if not {"text", *KEY[1:]} <= set(rows.fieldnames or ()):
            raise DataError(f"{path} is not what `smartlib ingest` writes. Name another --texts.")
        found += [{"document_id": path.stem, **row} for row in rows]
    if not found:
        raise DataError(
            f"{folder} has no texts of remarks. `smartlib ingest REPORT` writes them there."
        )
    return found


def export(to: Path, folders: Folders, texts: Path | None = None, lang: str = "en") -> int:
    """Write codings for another program; the ending says which.

    Parameters
    ----------
    to : Path
        A `.csv`, `.qdc` or `.qdpx`.
    folders : Folders
        Of the checkout.
    texts : Path, optional
        Folder of the texts; default `data/texts`.
    lang : {"en", "id"}
        Of labels.

    Returns
    -------
    int
        Rows, themes or remarks written.

    Raises
    ------
    DataError
        The ending is another, or there are no texts.
    """
    codebook = read_codebook(folders.root / "data" / "codebook.toml")
    if to.suffix == ".qdc":
        write_whole(to, codebook_file(codebook, lang))
        return len(codebook.themes)
    if to.suffix not in FORMATS:
        raise DataError(f"{to.name}: write to a file that ends in {', '.join(FORMATS)}.")
    tables = read_tables(folders)
    codings = tables.codings.fillna("").astype("str")
    if to.suffix == ".csv":
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(codings.columns)
        writer.writerows([inert(cell) for cell in row] for row in codings.itertuples(index=False))
        write_whole(to, out.getvalue().encode("utf-8"))
        return len(codings)
    remarks = _coded(read_texts(texts or folders.root / "data" / "texts"), codings)
    write_whole(to, project_file(codebook, remarks, lang))
    return len(remarks)


def _coded(rows: Sequence[dict[str, str]], codings: pd.DataFrame) -> list[Coded]:
    themes: dict[tuple[str, ...], dict[str, list[str]]] = {}
    for row in codings.itertuples():
        key = tuple(str(getattr(row, name)) for name in KEY)
        themes.setdefault(key, {}).setdefault(row.coder, []).append(row.theme)
    return [
        Coded(
            row["document_id"],
            f"{row['kind']} {row['number']}, assessor {row['assessor']}",
            row["text"],
            themes.get(tuple(row[name] for name in KEY), {}),
        )
        for row in rows
    ]


def in_context(word: str, rows: Sequence[dict[str, str]]) -> list[str]:
    """Each place of a word with what stands around it.

    Parameters
    ----------
    word : str
        As in the codebook: `*` for any letters, `...` for words between.
    rows : sequence of dict
        From `read_texts`.
    """
    pattern = pattern_of(word)
    lines = []
    for row in rows:
        for found in pattern.finditer(row["text"]):
            before = row["text"][max(0, found.start() - AROUND) : found.start()]
            after = row["text"][found.end() : found.end() + AROUND]
            place = f"{row['document_id']} {row['kind'][:1]}{row['assessor']}.{row['number']}"
            shown = re.sub(r"\s+", " ", f"{before:>{AROUND}}[{found[0]}]{after}")
            lines.append(f"{place:22}{shown}")
    return lines
