"""What must outlive student code: the files that it could change, and the marks made so far."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from smartlib.data.writing import write_whole
from smartlib.teach.checking.checker import Verdict
from smartlib.teach.grade.run import Marked

MARKS = ".grading"
LARGEST_KEPT = 20_000_000  # bytes of a file that is put back from memory


class Watched:
    """Files that no submission may change; each is put back as it was.

    Parameters
    ----------
    folders : iterable of Path
        With all that lies below them, less the folder of marks.
    """

    def __init__(self, folders: Iterable[Path]) -> None:
        self.folders = tuple(folders)
        self.contents = {
            path: path.read_bytes() for path in self._paths() if path.stat().st_size <= LARGEST_KEPT
        }
        self.stats = {path: _stat(path) for path in self.contents}

    def put_back(self) -> list[Path]:
        """Undo what was changed since the last look; the files that were."""
        present = set(self._paths())
        changed = [path for path, stat in self.stats.items() if _stat(path) != stat]
        for path in changed:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, self.contents[path])
            self.stats[path] = _stat(path)
        added = sorted(present - set(self.contents))
        for path in added:
            with suppress(OSError):
                path.unlink()
        return changed + added

    def _paths(self) -> list[Path]:
        found = []
        for folder in self.folders:
            found += [
                path
                for path in folder.rglob("*")
                if path.is_file() and MARKS not in path.parts and path.suffix != ".part"
            ]
        return found


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
