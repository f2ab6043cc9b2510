"""Records read from JSON with their types checked (floor 5).

A file that is valid JSON may have been damaged all the same. What stands in a record is
checked against the types that its class declares, so that no wrong one comes to light later,
far from the file. Imports nothing that takes a while.
"""

from __future__ import annotations

import math
import re
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

Record = TypeVar("Record")

LONGEST = 200  # characters of a file's name, with room for a suffix
NAMES = {"Value": object}  # of types that are only imported by type checkers
SHOWN = 80  # characters of a wrong value


def record(cls: type[Record], found: object, where: str = "") -> Record:
    """A record of a class from what JSON holds.

    Parameters
    ----------
    cls : type
        A dataclass of plain types, tuples, mappings.
    found : object
        A mapping of its fields.
    where : str
        Place in the file, for messages.

    Raises
    ------
    ValueError
        A field is missing, unknown, or of another type.
    """
    given = mapping(found, where or cls.__name__)
    kind: Any = cls
    hints, needed = _fields(kind)
    for names, problem in ((needed - given.keys(), "lacks"), (given.keys() - hints, "has also")):
        if names:
            raise ValueError(f"{where} {problem} {', '.join(sorted(names))}"[:SHOWN].strip())
    return cls(**{n: _typed(value, hints[n], f"{where}.{n}") for n, value in given.items()})


def mapping(found: object, where: str) -> Mapping[str, Any]:
    """What JSON holds, if it is an object.

    Parameters
    ----------
    found : object
        From JSON.
    where : str
        Place in the file, for messages.

    Raises
    ------
    ValueError
        It is something else.
    """
    if not isinstance(found, dict):
        raise ValueError(_wrong(where, "an object", found))
    return found


def texts(found: object, where: str) -> dict[str, str]:
    """A mapping of text to text.

    Parameters
    ----------
    found : object
        From JSON.
    where : str
        Place in the file, for messages.

    Raises
    ------
    ValueError
        It is something else.
    """
    return {
        name: _typed(value, str, f"{where}.{name}") for name, value in mapping(found, where).items()
    }


def inside(path: str, where: str) -> str:
    """A path that stays below the folder that it is joined to, on every system.

    Parameters
    ----------
    path : str
        With forward slashes.
    where : str
        Place in the file, for messages.

    Raises
    ------
    ValueError
        It is absolute, goes up, or is no name of a file.
    """
    parts = path.split("/")
    odd = re.search(r'[\x00-\x1f\x7f\\:*?"<>|]', path)
    if odd or any(part in ("", ".", "..") or len(part.encode()) > LONGEST for part in parts):
        raise ValueError(_wrong(where, "a path in the reports folder", path))
    return path


@cache
def _fields(cls: Any) -> tuple[dict[str, Any], set[str]]:
    """Types of a record's fields, and which of them have no default."""
    needed = {f.name for f in fields(cls) if f.default is MISSING is f.default_factory}
    return get_type_hints(cls, localns=NAMES), needed


def _is_finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number beyond any float
        return False


def _typed(value: Any, hint: Any, where: str) -> Any:
    """A value of a declared type; a tuple for a list."""
    origin, inner = get_origin(hint), get_args(hint)
    if hint is object:
        return value
    if origin in (Union, types.UnionType):
        return None if value is None else _typed(value, inner[0], where)
    if origin is Literal:
        if value not in inner:
            raise ValueError(_wrong(where, " or ".join(map(str, inner)), value))
        return value
    if origin is tuple:
        if not isinstance(value, list):
            raise ValueError(_wrong(where, "a list", value))
        return tuple(_typed(item, inner[0], where) for item in value)
    if origin is not None:
        return {k: _typed(v, inner[1], f"{where}.{k}") for k, v in mapping(value, where).items()}
    kinds = (int, float) if hint is float else (hint,)
    if type(value) not in kinds or (hint is float and not _is_finite(value)):
        raise ValueError(_wrong(where, WORDS[hint], value))
    return value


WORDS = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}


def _wrong(where: str, expected: str, found: object) -> str:
    shown = repr(found)
    shown = f"{shown[:SHOWN]}..." if len(shown) > SHOWN else shown
    return f"{where.removeprefix('.')}: expected {expected}, found {shown}"
