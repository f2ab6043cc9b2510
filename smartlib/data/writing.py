"""Writing files whole or not at all (floor 1)."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: a temporary file beside it, then a rename.

    Parameters
    ----------
    path : Path
        In a folder that exists.
    content : bytes
        All of the file.

    Raises
    ------
    OSError
        It cannot be written; the error names `path`, and what stood there stays.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(content)
        os.replace(part, path)
    except OSError as error:
        # The temporary file means nothing to a reader of the message.
        raise OSError(error.errno, error.strerror or str(error), str(path)) from error
    finally:
        part.unlink(missing_ok=True)
