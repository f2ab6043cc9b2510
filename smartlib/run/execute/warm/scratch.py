"""Temporary folders, which the next run removes when their owner was killed (floor 5).

A folder's name says whose it is: the process, when it started, and where its number counts.
No lock is held, so that a process forked from the owner can neither keep nor lose a folder.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

OURS = re.compile(r"smartlib-(\d+)-(\d+)-(\d+)-\w+")
PROCESSES = Path("/proc")


@contextmanager
def scratch() -> Iterator[Path]:
    """A new folder for as long as the block lasts."""
    folder = new_folder()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def new_folder() -> Path:
    """A new folder, which is its maker's to remove; those of dead processes are removed first."""
    _swept(os.getpid())
    owner = "-".join(map(str, (_space(), os.getpid(), _started(os.getpid()))))
    return Path(tempfile.mkdtemp(prefix=f"smartlib-{owner}-"))


def remove_left(folder: Path) -> None:
    """Remove what dead processes of this user left.

    Parameters
    ----------
    folder : Path
        Where temporary folders are made.
    """
    for path in folder.glob("smartlib-*"):
        named = OURS.fullmatch(path.name)
        if named and _is_left(*map(int, named.groups())):
            with suppress(OSError):  # somebody else was quicker
                if path.lstat().st_uid == os.getuid() and not path.is_symlink():
                    shutil.rmtree(path, ignore_errors=True)


@cache  # by process: a fork looks for itself
def _swept(process: int) -> None:
    if _space():  # else nothing tells whether a process is the one that it was
        remove_left(Path(tempfile.gettempdir()))


def _is_left(space: int, process: int, started: int) -> bool:
    return space == _space() and started != _started(process)


def _space() -> int:
    """Where process numbers count: a container has its own; 0 when the system does not say."""
    try:
        return (PROCESSES / "self/ns/pid").stat().st_ino
    except OSError:
        return 0


def _started(process: int) -> int:
    """When a process started, in the system's ticks; 0 when there is none."""
    try:
        stat = (PROCESSES / str(process) / "stat").read_text()
    except OSError:
        return 0
    return int(stat.rpartition(")")[2].split()[19])
