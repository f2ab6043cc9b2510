"""How a file was read, in a file beside it: the same decisions next time (floor 1)."""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from smartlib.data.tables.reading import Reading
from smartlib.data.tables.values.questions import Choices
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.words import files
from smartlib.vocabulary.words import tables as say

SUFFIX = ".reading.toml"
ALLOWED = {
    "codes": ("", "bps", "kemendagri"),
    "decimal": ("", "comma", "point"),
    "bare": ("", "kabupaten", "kota"),
    "dash": ("missing", "zero"),
}
ABOUT = (
    "# How smartlib read this file, by evidence in it and by options. Commands that take the",
    "# table read it in the same way; for a file with other content this record is refused.",
)


def record_path(table: Path) -> Path:
    """Where the record of a table stands."""
    return table.with_name(table.name + SUFFIX)


def record_text(reading: Reading) -> str:
    """The record of a reading, as TOML: no clock and no path, the same text each time.

    Parameters
    ----------
    reading : Reading
        Without open questions.
    """
    choices = asdict(reading.choices)
    found = {
        "sheet": reading.sheet,
        "heading_rows": reading.heading_rows,
        "region_column": reading.region_column,
        "system": reading.system,
        "regions": len(reading.regions),
        "left_out": sum(len(rows) for rows in reading.left_out().values()),
        "unmatched": len(reading.unmatched),
        "notes": reading.notes,
    }
    lines = [*ABOUT, _line("file", reading.file), _line("sha256", reading.sha256)]
    lines += ["", "[choices]", *(_line(name, value) for name, value in choices.items())]
    lines += ["", "[found]", *(_line(name, value) for name, value in found.items())]
    for column in reading.columns:
        lines += ["", "[[columns]]", _line("heading", column.heading), _line("name", column.name)]
        lines += [_line("kind", column.kind), _line("decimal", column.decimal)]
        lines += [_line("why", column.decision.why), _line("unit", column.unit)]
    return "\n".join(lines) + "\n"


def _line(name: str, value: Any) -> str:
    """A field; JSON's texts, numbers and lists of texts are TOML's too."""
    return f"{name} = {json.dumps(value, ensure_ascii=False)}".replace("\x7f", "\\u007f")


def recorded(path: Path, sha256: str) -> Choices:
    """The choices of a record, if it is that of a file.

    Parameters
    ----------
    path : Path
        Of the record.
    sha256 : str
        Of the file's content.

    Raises
    ------
    DataError
        It cannot be read, or is the record of another file or of another state of it.
    """
    try:
        record = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataError(files.UNREADABLE(path=path, strerror=files.why(error))) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(say.NO_RECORD(name=path.name, error=error)) from error
    if record.get("sha256") != sha256:
        raise DataError(say.OTHER_RECORD(name=path.name, what=path.name.removesuffix(SUFFIX)))
    return _choices(record.get("choices"), path.name)


def _choices(found: object, name: str) -> Choices:
    if not isinstance(found, dict) or not set(found) <= {f.name for f in fields(Choices)}:
        raise DataError(say.NO_CHOICES(name=name))
    values: dict[str, Any] = {}
    for key, value in found.items():
        pairs = key in ("only", "take")
        if pairs and isinstance(value, list) and all(map(_is_pair, value)):
            values[key] = tuple((str(a), str(b)) for a, b in value)
        elif not pairs and isinstance(value, str) and value in ALLOWED.get(key, (value,)):
            values[key] = value
        else:
            raise DataError(say.ODD_CHOICE(name=name, key=key, value=value))
    return Choices(**values)


def _is_pair(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) == len("ab")
        and all(isinstance(part, str) for part in value)
    )
