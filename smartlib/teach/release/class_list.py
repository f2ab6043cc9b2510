"""The class list: a row a student, `nim` and `nama`, whatever else it holds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from smartlib.data import read_text_table
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.records import Finding

NIM, NAME = "nim", "nama"
# It becomes the name of a folder on any system, and stands in file names of a campus's archive.
SHAPE = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z.\-]{0,30}[0-9A-Za-z])?")
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


@dataclass(frozen=True)
class Member:
    """One row of the class list.

    Attributes
    ----------
    nim, name : str
        As they stand there.
    more : mapping of str to str
        The other columns.
    """

    nim: str
    name: str
    more: dict[str, str] = field(default_factory=dict)


def read_class(path: Path) -> list[Member]:
    """The members of a class, in the list's order.

    Parameters
    ----------
    path : Path
        CSV (commas or semicolons) or a workbook, with the columns `nim` and `nama`; more are kept.

    Raises
    ------
    DataError
        A column or a number is missing, a number stands there twice or cannot be one.
    """
    frame = read_text_table(path).frame
    frame = frame.rename(columns=lambda heading: str(heading).strip())
    named = {str(column).casefold(): str(column) for column in frame.columns}
    missing = [name for name in (NIM, NAME) if name not in named]
    if missing:
        raise DataError(
            f"{path.name} has no column {' or '.join(missing)}; it has "
            f"{', '.join(map(str, frame.columns))}. The first row must name nim and nama."
        )
    _check_numbers(list(zip(frame.index, frame[named[NIM]], strict=True)), path.name)
    others = [column for column in frame.columns if column not in (named[NIM], named[NAME])]
    return [
        Member(row[named[NIM]], row[named[NAME]], {str(name): row[name] for name in others})
        for row in frame.to_dict("records")
    ]


def _check_numbers(numbers: list[tuple[int, str]], file: str) -> None:
    first: dict[str, int] = {}
    findings = []
    for row, nim in numbers:
        problem = ""
        if not SHAPE.fullmatch(nim) or RESERVED.fullmatch(nim):
            problem = f"'{nim}' cannot be a student number"
        elif nim.casefold() in first:
            problem = f"'{nim}' stands in row {first[nim.casefold()]} already"
        first.setdefault(nim.casefold(), row)
        if problem:
            findings.append(
                Finding(problem, file, row, NIM, expected="digits and letters, each number once")
            )
    if findings or not numbers:
        raise DataError(f"{file}: the class list cannot be used.", findings)
