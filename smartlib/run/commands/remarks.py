"""Themes of remarks for other programs (floor 5)."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from smartlib.data.from_documents.codebook import load_codebook
from smartlib.data.from_documents.texts import read_texts, texts_folder
from smartlib.data.processed import read_tables
from smartlib.data.writing import inert, write_whole
from smartlib.run.ingest.refi import Coded, codebook_file, project_file
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.folders import Folders

KEY = ("document_id", "kind", "assessor", "number")
FORMATS = (".csv", ".qdc", ".qdpx")


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
    codebook = load_codebook(folders)
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
    remarks = _coded(read_texts(texts or texts_folder(folders)), codings)
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
