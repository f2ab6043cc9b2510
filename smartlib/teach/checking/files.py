"""Where a lesson finds its tables (standard library alone)."""

from __future__ import annotations

from pathlib import Path

from smartlib.vocabulary.errors import SourceError
from smartlib.vocabulary.folders import Folders


def data_file(name: str) -> Path:
    """A file of the project's data, from wherever the notebook lies.

    Parameters
    ----------
    name : str
        Path below `data/`, such as `raw/2024/scores.csv`.

    Raises
    ------
    SourceError
        There is no such file.
    """
    path = Folders.find().root / "data" / name
    if not path.is_file():
        raise SourceError(f"No file data/{name} in {path.parent}; see what is in that folder.")
    return path
