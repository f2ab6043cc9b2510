"""Results of loading, held until a file of theirs changes (floor 1).

A notebook that loads a year again, and every notebook forked from a process that has loaded
it, gets the tables without reading and checking them anew.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar, cast

from smartlib.vocabulary.folders import Folders

Given = ParamSpec("Given")
Loaded = TypeVar("Loaded")
State = tuple[tuple[str, int, int], ...]


def held(
    load: Callable[Concatenate[Folders, Given], Loaded],
) -> Callable[Concatenate[Folders, Given], Loaded]:
    """A loader that gives what it gave before, while no file below `data/` has changed.

    Every caller gets a copy of its own, so that nothing done to it is seen by the next.

    Parameters
    ----------
    load : callable
        Its first argument is the checkout; the others are hashable.
    """
    results: dict[object, tuple[State, Loaded]] = {}

    @wraps(load)
    def loaded(folders: Folders, *args: Given.args, **kwargs: Given.kwargs) -> Loaded:
        key = (folders.root, args, tuple(kwargs.items()))
        now = state(folders.raw.parent)
        if key not in results or results[key][0] != now:
            results[key] = now, load(folders, *args, **kwargs)
        return copy.deepcopy(results[key][1])

    return cast("Callable[Concatenate[Folders, Given], Loaded]", loaded)


def state(folder: Path) -> State:
    """What tells two states of the files below a folder apart: names, times, sizes."""
    # Files that are being written come and go, and with them the times of their folder.
    files = [path for path in folder.rglob("*") if path.suffix != ".part" and path.is_file()]
    stats = [(str(path), path.stat()) for path in sorted(files)]
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)
