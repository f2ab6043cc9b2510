"""Writing files whole or not at all (floor 1)."""

from __future__ import annotations

import os
import re
import shutil
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

import pandas as pd

from smartlib.vocabulary.errors import FULL, FullDiskError
from smartlib.vocabulary.words import screen

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
# East Asian full-width signs are read as the plain ones. A spreadsheet whose list separator is
# another than the file's sees cells begin inside ours.
FORMULA = re.compile(r"[\s\"]*[=+\-@＝＋－＠]|[\t\r\n]")
FORMULA_INSIDE = re.compile(r"([;|\t\r\n][\s\"]*)(?=[=+\-@＝＋－＠])")


def csv_for_people(frame: pd.DataFrame, digits: str | Callable[[float], str]) -> bytes:
    """A table as CSV that a spreadsheet opens without taking any of its words for a formula.

    Parameters
    ----------
    frame : DataFrame
        The index is left out. Numbers stay numbers.
    digits : str or callable
        Format of floats, such as `%.12g` or `shortest`.

    Returns
    -------
    bytes
        UTF-8, line feeds.
    """
    guarded = frame.map(inert).rename(columns=inert)
    text: str = guarded.to_csv(index=False, lineterminator="\n", float_format=digits)
    return text.encode()


def shortest(value: float) -> str:
    """A number in the fewest digits that are read back as it was.

    Examples
    --------
    >>> shortest(3.01), shortest(2.0), shortest(0.1 + 0.2)
    ('3.01', '2', '0.30000000000000004')
    """
    return repr(float(value)).removesuffix(".0")


def inert(cell: object) -> object:
    """A cell that no spreadsheet runs: words that look like a formula get an apostrophe.

    Parameters
    ----------
    cell : object
        Only text is changed.

    Examples
    --------
    >>> inert("=1+1"), inert("a;=1+1;b"), inert("a - b"), inert(-1.5)
    ("'=1+1", "a;'=1+1;b", 'a - b', -1.5)
    """
    if not isinstance(cell, str):
        return cell
    lines = cell.replace("\r\n", "\n").replace("\r", "\n")  # a lone \r would end the row unquoted
    return ("'" if FORMULA.match(lines) else "") + FORMULA_INSIDE.sub(r"\1'", lines)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: a temporary file beside it, then a rename.

    A file that holds these bytes already is left alone, so that two builds at once do not
    disturb each other's tables, nor a full disk a build that changes nothing. Nothing waits
    for the disk (`fsync`): what a power cut tears is told by its hash and made again.

    Parameters
    ----------
    path : Path
        In a folder that exists.
    content : bytes
        All of the file.

    Raises
    ------
    FullDiskError
        There is no room for it; an OSError too.
    OSError
        It cannot be written; the error names `path`, and what stood there stays.
    """
    with suppress(OSError):
        if path.read_bytes() == content:
            return
    # A name of its own for each writer: two may write the same file at once.
    part = path.with_name(f".{path.name}.{token_hex(4)}.part")
    try:
        part.write_bytes(content)
        os.replace(part, path)
    except BaseException as error:  # Ctrl-C too
        with suppress(OSError):
            part.unlink()
        if isinstance(error, OSError):
            raise _refused(error, path, len(content)) from error
        raise


def append(path: Path, content: bytes) -> None:
    """Add to the end of a file, in one write.

    A link, or a file that has a second name, is replaced by a file of its own first: what it
    leads to is not written to.

    Parameters
    ----------
    path : Path
        In a folder that exists.
    content : bytes
        What to add.

    Raises
    ------
    FullDiskError
        There is no room for it; a part of it may have been added.
    OSError
        The file cannot be written to.
    """
    try:
        kept = _unlinked(path)
        with path.open("ab") as file:
            file.write(kept + content)
    except OSError as error:
        raise _refused(error, path, len(content)) from error


def _unlinked(path: Path) -> bytes:
    """Take a file that is not its folder's own away; what a file of two names held."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return b""
    if stat.S_ISREG(found.st_mode) and found.st_nlink == 1:
        return b""
    kept = path.read_bytes() if stat.S_ISREG(found.st_mode) else b""
    path.unlink()
    return kept


def clear_parts(folder: Path, older_than: float = 0) -> None:
    """Remove temporary files that killed writers left in a folder.

    Parameters
    ----------
    folder : Path
        Looked at without the folders in it.
    older_than : float
        Seconds; where others may be writing, more than any write takes.
    """
    for part in folder.glob(".*.part"):
        with suppress(OSError):
            if time.time() - part.stat().st_mtime >= older_than:
                part.unlink()


def _refused(error: OSError, path: Path, size: int) -> OSError:
    """The error for a file that the system did not take; it names no temporary file."""
    if error.errno not in FULL:
        return OSError(error.errno, error.strerror or str(error), str(path))
    room = f"{size / 1000:.0f} kB were needed"
    with suppress(OSError):
        room += f", {shutil.disk_usage(path.parent).free / 1000:.0f} kB are free"
    message = f"{path} was not written: {error.strerror} ({room}). {screen.MAKE_ROOM()}"
    return FullDiskError(message, filename=str(path))
