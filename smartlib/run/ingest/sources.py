"""Source records of the tables that documents give (floor 5)."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from smartlib.data.sources import RECORDS
from smartlib.vocabulary.errors import SourceError

KEY = "read_documents"
HEAD = (
    "# Where every file of data/raw comes from. A file whose SHA-256 differs is refused at "
    "loading.\n"
)
FIELDS = """[publications.{key}]
publisher = "Kementerian Komunikasi dan Informatika (now Kementerian Komunikasi dan Digital); press"
publisher_id = "{publisher_id}"
title = "Evaluation reports, their letters, and press items of the programme"
title_id = "Laporan evaluasi, suratnya, dan berita tentang program"
letter_id = "{letters_id}"
date_id = "{dates_id}"
letter = "{letters}"
date = "{dates}"
licence = "None stated. Figures are cited as facts; texts and names of persons are not carried."
licence_id = "Tidak dinyatakan. Angka dikutip sebagai fakta; teks dan nama orang tidak disertakan."
transcription = "{how}"
had = "Documents given to `smartlib ingest`; documents/documents.csv names each by its SHA-256"
accessed = "Not kept: the same documents give the same tables on any day"
format = "Text, Markdown, PDF or DOCX, as documents/documents.csv says"
"""
PUBLISHER_ID = (
    "Kementerian Komunikasi dan Informatika (kini Kementerian Komunikasi dan Digital); pers"
)
HOW = (
    "Read by `smartlib ingest` from the documents of documents/documents.csv; "
    "documents/places.csv has the line of each row, documents/discrepancies.csv what was "
    "decided. Short wordings of remarks are our own."
)
OWN = '\n[publications.{key}.files."{file}"]\nsha256 = "{digest}"\n'


def with_records(folder: Path, files: Mapping[str, bytes]) -> bytes:
    """The record file with the hashes of some files.

    A file that has a record keeps it, with its new hash; the others come under one publication
    that names all letters.

    Parameters
    ----------
    folder : Path
        Of the raw tables.
    files : mapping of str to bytes
        All files that are written.

    Raises
    ------
    SourceError
        The record file that is there cannot be read.
    """
    path = folder / RECORDS
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else HEAD
        known = tomllib.loads(text).get("publications", {})
    except (OSError, ValueError) as error:
        raise SourceError(f"{path} cannot be read: {error}") from error
    ours = dict(known.pop(KEY, {}).get("files", {}))
    before, after = _around_ours(text)
    elsewhere = {file for publication in known.values() for file in publication.get("files", {})}
    for file, content in files.items():
        digest = hashlib.sha256(content).hexdigest()
        if file in elsewhere:
            before, after = (_rewritten(part, file, digest) for part in (before, after))
        else:
            ours[file] = {"sha256": digest}
    own = "".join(
        OWN.format(key=KEY, file=file, digest=ours[file]["sha256"]) for file in sorted(ours)
    )
    numbers, dates = _letters(files, folder)
    fields = FIELDS.format(
        key=KEY,
        letters=" and ".join(numbers),
        letters_id=" dan ".join(numbers),
        dates=" and ".join(dates),
        dates_id=" dan ".join(dates),
        how=HOW,
        publisher_id=PUBLISHER_ID,
    )
    parts = [before.rstrip("\n") + "\n", fields + own, *([after] if after else [])]
    return "\n".join(parts).encode("utf-8")


def _around_ours(text: str) -> tuple[str, str]:
    """What stands before and after our records, which keep their place; new ones come last."""
    found = re.search(
        rf"(?:^\[publications\.{KEY}[\].](?:.*\n)(?:(?!\[).*\n?)*)+", text, re.MULTILINE
    )
    return (text[: found.start()], text[found.end() :]) if found else (text, "")


def _rewritten(text: str, file: str, digest: str) -> str:
    """The text with another hash in the record of a file."""
    record = re.compile(
        rf'(\.files\."{re.escape(file)}"\]\n(?:(?!\[).*\n)*?sha256 = ")[0-9a-f]{{64}}"'
    )
    return record.sub(rf'\g<1>{digest}"', text)


def _letters(files: Mapping[str, bytes], folder: Path) -> tuple[list[str], list[str]]:
    """Numbers and dates of all letters that have been read."""
    name = "documents/letters.csv"
    path = folder / name
    content = files.get(name) or (path.read_bytes() if path.exists() else b"number,date\n")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8"))))
    pairs = sorted({(row["date"], row["number"]) for row in rows})
    numbers = [number.replace("\\", "").replace('"', "") for _, number in pairs]
    return numbers, [date for date, _ in pairs]
