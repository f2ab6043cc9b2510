"""What was handed in: folders by number, a flat folder, or a campus system's archive.

Everything is read into memory before anything runs, so that nothing that runs can change it.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from smartlib.teach.release.class_list import Member
from smartlib.teach.release.source import MARK
from smartlib.vocabulary.errors import DataError

LARGEST = 5_000_000  # bytes of a notebook; what is released has a fiftieth of it
MOST = 20_000  # files
WORD = re.compile(r"[0-9A-Za-z][0-9A-Za-z.\-]*[0-9A-Za-z]|[0-9A-Za-z]")
LESSON = re.compile(r"(?:^|[^0-9])(\d\d)_")
OURS = ("umpan-balik",)  # folders that grading itself writes


@dataclass(frozen=True)
class File:
    """A notebook as it was handed in.

    Attributes
    ----------
    place : str
        Path in the folder or archive.
    content : bytes
        Nothing where it is too large.
    """

    place: str
    content: bytes


@dataclass(frozen=True)
class Submission:
    """What one student handed in for one lesson.

    Attributes
    ----------
    nim, lesson : str
        Whose and which.
    files : tuple of File
        One; more where they differ.
    remarks : tuple of str
        Codes of `words.REMARKS`.
    """

    nim: str
    lesson: str
    files: tuple[File, ...]
    remarks: tuple[str, ...] = ()


def read_files(place: Path) -> list[File]:
    """All notebooks below a folder and in its archives, or in one archive.

    Parameters
    ----------
    place : Path
        A folder, or a `.zip`.

    Raises
    ------
    DataError
        There are none, too many, or an archive cannot be read.
    """
    if place.is_file():
        found = list(_unzipped(place))
    elif place.is_dir():
        paths = sorted(path for path in place.rglob("*.ipynb") if _is_theirs(path, place))
        found = [_read(path, path.relative_to(place).as_posix()) for path in paths[:MOST]]
        for archive in sorted(place.glob("*.zip")):
            found += _unzipped(archive)
    else:
        raise DataError(f"No folder or archive {place}.")
    if not found:
        raise DataError(
            f"No notebook in {place}. Expected are FOLDER/NIM/LESSON.ipynb, files with the number "
            "in their name, or the archive that a campus's system gives."
        )
    return found


def _is_theirs(path: Path, place: Path) -> bool:
    parts = path.relative_to(place).parts
    return not any(part.startswith((".", "__")) or part in OURS for part in parts)


def _read(path: Path, name: str) -> File:
    if path.is_symlink() or path.stat().st_size > LARGEST:
        return File(name, b"")
    return File(name, path.read_bytes())


def _unzipped(archive: Path) -> Iterator[File]:
    try:
        with zipfile.ZipFile(archive) as held:
            for entry in held.infolist()[:MOST]:
                name = entry.filename
                if not name.endswith(".ipynb") or any(
                    part.startswith((".", "__")) for part in name.split("/")
                ):
                    continue
                fits = entry.file_size <= LARGEST and not entry.flag_bits & 1
                yield File(name, _entry(held, entry) if fits else b"")
    except (zipfile.BadZipFile, OSError) as error:
        raise DataError(f"{archive.name} cannot be read as an archive: {error}.") from error


def _entry(held: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """An entry's bytes; nothing where it is damaged, or larger than it says."""
    try:
        with held.open(entry) as file:
            content = file.read(LARGEST + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError):
        return b""
    return content if len(content) <= LARGEST else b""


def sorted_out(
    files: Sequence[File], members: Sequence[Member]
) -> tuple[list[Submission], list[File]]:
    """Submissions by student and lesson, and the files that are nobody's.

    The number comes from the path; where none of the class stands there, from the file itself,
    which counts only where no path bears the number.

    Parameters
    ----------
    files : sequence of File
        All that was handed in.
    members : sequence of Member
        The class.
    """
    known = {member.nim.casefold(): member.nim for member in members}
    by_path: dict[tuple[str, str], list[File]] = defaultdict(list)
    by_file: dict[tuple[str, str], list[File]] = defaultdict(list)
    nobody: list[File] = []
    for file in files:
        mark = mark_of(file.content)
        named = _named(file.place, known)
        said = known.get(mark.get("nim", "").casefold(), "")
        lesson = mark.get("lesson") or _lesson(file.place)
        if len(named) == 1:
            by_path[named[0], lesson].append(file)
        elif not named and said and not _bears_a_number(file.place, said):
            by_file[said, lesson].append(file)
        else:
            nobody.append(file)
    for key, found in by_file.items():
        if key in by_path:
            nobody += found
    whole = {key: found for key, found in by_file.items() if key not in by_path}
    submissions = [_submission(*key, found, ()) for key, found in by_path.items()]
    submissions += [_submission(*key, found, ("by_file",)) for key, found in whole.items()]
    return sorted(submissions, key=lambda one: (one.nim, one.lesson)), nobody


def _submission(nim: str, lesson: str, files: list[File], remarks: tuple[str, ...]) -> Submission:
    distinct = tuple({file.content: file for file in files}.values())
    if len(distinct) > 1:
        remarks += ("doubled",)
    said = mark_of(distinct[0].content).get("nim", "")
    if said and said.casefold() != nim.casefold():
        remarks += ("other_nim",)
    return Submission(nim, lesson, distinct, remarks)


def mark_of(content: bytes) -> dict[str, str]:
    """What release wrote into a notebook: `nim` and `lesson`; nothing where that is gone.

    Parameters
    ----------
    content : bytes
        Of the file.
    """
    try:
        mark: Any = json.loads(content)["metadata"][MARK]
        return {key: str(mark[key])[:40] for key in ("nim", "lesson") if key in mark}
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}


def _named(place: str, known: dict[str, str]) -> list[str]:
    """Members whose number stands in a path, the nearest part first that has one."""
    for part in reversed(place.split("/")):
        words = WORD.findall(part.removesuffix(".ipynb"))
        found = dict.fromkeys(known[w.casefold()] for w in words if w.casefold() in known)
        if found:
            return list(found)
    return []


def _bears_a_number(place: str, nim: str) -> bool:
    """Whether a folder or file is named by a number alone that is not the student's."""
    parts = place.removesuffix(".ipynb").split("/")
    return any(
        part != nim
        and len(part) >= len(nim)
        and part.isalnum()
        and any(letter.isdigit() for letter in part)
        for part in parts
    )


def _lesson(place: str) -> str:
    found = LESSON.search(place.rsplit("/", 1)[-1])
    return found[1] if found else ""
