"""What must outlive student code: the files that it could change, and the marks made so far."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from smartlib.data.writing import write_whole
from smartlib.teach.checking.checker import Verdict
from smartlib.teach.grade.run import Marked

MARKS, ASIDE = ".grading", "replaced"
LARGEST_KEPT = 20_000_000  # bytes of a file that is put back from memory


class Watched:
    """Files that no submission may change: they are put back, and no file is removed.

    What stood in a file of the class that is put back is kept among the marks, since somebody
    else than a student may have written it.

    Parameters
    ----------
    folder : Path
        Of the class.
    tables : Path
        A copy of the project's tables, for student code alone.
    """

    def __init__(self, folder: Path, tables: Path) -> None:
        self.folder, self.folders = folder, (folder, tables)
        self.contents = {
            path: path.read_bytes()
            for of in self.folders
            for path in self._paths(of)
            if path.stat().st_size <= LARGEST_KEPT
        }
        self.stats = self._stats()

    def put_back(self) -> list[Path]:
        """Undo what was changed in the class's folder since the last look; all that changed."""
        now = self._stats()
        changed = [path for path in (self.stats | now) if self.stats.get(path) != now.get(path)]
        for path in changed:
            if path in self.contents:
                if path.is_relative_to(self.folder):
                    self._keep_aside(path)
                path.parent.mkdir(parents=True, exist_ok=True)
                write_whole(path, self.contents[path])
        self.stats = self._stats() if changed else now
        return changed

    def _keep_aside(self, path: Path) -> None:
        aside = self.folder / MARKS / ASIDE
        with suppress(OSError):
            content = path.read_bytes()
            aside.mkdir(parents=True, exist_ok=True)
            write_whole(aside / f"{path.parent.name}-{path.name}", content)

    def _stats(self) -> dict[Path, tuple[int, int]]:
        return {path: _stat(path) for folder in self.folders for path in self._paths(folder)}

    @staticmethod
    def _paths(folder: Path) -> list[Path]:
        return sorted(
            path
            for path in folder.rglob("*")
            if MARKS not in path.parts and path.suffix != ".part" and path.is_file()
        )


def _stat(path: Path) -> tuple[int, int]:
    try:
        stat = path.stat()
    except OSError:
        return (-1, -1)
    return stat.st_mtime_ns, stat.st_size


def digest(*parts: bytes) -> str:
    """What tells whether a mark is still of the same submission and the same answers.

    Parameters
    ----------
    *parts : bytes
        Content of the file, and of the keys.
    """
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def keep(folder: Path, name: str, made_from: str, marked: Marked) -> None:
    """Write a mark down, so that grading goes on from there after Ctrl-C.

    Parameters
    ----------
    folder : Path
        Of the marks.
    name : str
        Student and lesson.
    made_from : str
        A digest.
    marked : Marked
        To keep.
    """
    folder.mkdir(parents=True, exist_ok=True)
    content = json.dumps({"made_from": made_from, **asdict(marked)}, ensure_ascii=False)
    write_whole(folder / f"{name}.json", content.encode())


def recalled(folder: Path, name: str, made_from: str) -> Marked | None:
    """A mark that was written down, if it is of the same.

    Parameters
    ----------
    folder, name, made_from
        As in `keep`.
    """
    try:
        held = json.loads((folder / f"{name}.json").read_bytes())
        if held.pop("made_from") != made_from:
            return None
        verdicts = {name: Verdict(**verdict) for name, verdict in held["verdicts"].items()}
        return Marked(verdicts, tuple(held["remarks"]), held["cold"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
