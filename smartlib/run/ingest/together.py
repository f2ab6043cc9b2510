"""Several files written together, or none of them (floor 5)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from smartlib.data.writing import write_whole


def write_together(files: Mapping[Path, bytes]) -> None:
    """Write files; if one cannot be, those before it are what they were.

    Parameters
    ----------
    files : mapping of Path to bytes
        Their folders are made.

    Raises
    ------
    OSError
        One of them cannot be written.
    """
    before = {path: path.read_bytes() if path.exists() else None for path in files}
    written = []
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            written.append(path)
            write_whole(path, content)
    except BaseException:  # Ctrl-C too
        for path in written:
            _restore(path, before[path])
        raise


def _restore(path: Path, content: bytes | None) -> None:
    with suppress(OSError):
        if content is None:
            path.unlink(missing_ok=True)
        elif path.read_bytes() != content:
            part = path.with_name(f".{path.name}.{token_hex(4)}.part")
            part.write_bytes(content)
            os.replace(part, path)
