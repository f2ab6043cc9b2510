"""One build at a time in a reports folder (floor 5).

The system holds the lock for the process and frees it when the process dies, however it
dies; the lock file itself stays, and means nothing.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from smartlib.vocabulary.errors import BuildError

LOCK = ".lock"
HOLDER = ".building"


@contextmanager
def alone(reports: Path) -> Iterator[None]:
    """Keep other builds out of a reports folder, which is made if need be.

    Parameters
    ----------
    reports : Path
        Folder.

    Raises
    ------
    BuildError
        Another build is at work in it, or its lock file is a link.
    OSError
        The folder cannot be made or written to.
    """
    reports.mkdir(parents=True, exist_ok=True)
    lock, holder = FileLock(reports / LOCK), reports / HOLDER
    if (reports / LOCK).is_symlink():
        raise BuildError(f"{reports / LOCK} is a link, which is not followed. Remove it.")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise BuildError(_busy(reports)) from None
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(reports)) from error
    try:
        with suppress(OSError):  # it only serves the message
            holder.unlink(missing_ok=True)  # a link is not written through
            with holder.open("x", encoding="utf-8") as file:
                file.write(f"process {os.getpid()} on {platform.node()}")
        yield
    finally:
        with suppress(OSError):
            holder.unlink(missing_ok=True)
        lock.release()


def require_free(reports: Path) -> None:
    """Ask early whether another build is at work in a folder.

    Parameters
    ----------
    reports : Path
        Folder; nothing happens to it.

    Raises
    ------
    BuildError
        There is one.
    OSError
        The folder cannot be written to.
    """
    if (reports / LOCK).is_file():
        with alone(reports):
            pass


def _busy(reports: Path) -> str:
    try:
        who = (reports / HOLDER).read_text(encoding="utf-8")
    except OSError:
        who = ""
    return (
        f"Another build{f' ({who})' if who else ''} is at work in {reports}. Nothing was changed. "
        "Wait until it ends and run the command again, or name another folder with --output."
    )
