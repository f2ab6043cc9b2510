"""Names of regions in documents, resolved to the register (floor 5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from smartlib.data.documents.records import Discrepancy, Reading
from smartlib.data.reading.regions import Register
from smartlib.vocabulary.errors import UnknownRegionError


def code_of(name: str, register: Register) -> str:
    """Code of a region named by a document; nothing if it is not in the register.

    Parameters
    ----------
    name : str
        As printed.
    register : Register
    """
    try:
        return register.match(name, hints=False)[0] if name else ""
    except UnknownRegionError:
        return ""


def check_names(reading: Reading, register: Register) -> Iterator[Discrepancy]:
    """Names that are misspelt, unknown, or stand in a table twice.

    Parameters
    ----------
    reading : Reading
    register : Register
    """
    printed = [("participants", p.line, p.name) for p in reading.participants]
    printed += [("scores", row.line, row.cells["KAB/KOTA"]) for row in reading.scores]
    printed += [("documents", "1", reading.region)] if reading.region else []
    rows: dict[str, str] = {}
    spelt: dict[str, str] = {}
    for table, line, name in printed:
        try:
            code, note = register.match(name, hints=False)
        except UnknownRegionError:
            yield Discrepancy("unknown_name", line, name, "a name of the register", table)
            continue
        if note:
            yield Discrepancy("near_name", line, name, register.name(code))
        elif table == "scores" and not _capitals(name):
            yield Discrepancy("letters_of_name", line, name, register.name(code).upper())
        elif _spelling(name) != spelt.setdefault(code, _spelling(name)):
            yield Discrepancy("spellings_of_region", line, name, spelt[code])
        if table == "scores" and code in rows:
            yield Discrepancy("region_twice", line, name, f"once, as in line {rows[code]}", table)
        if table == "scores":
            rows.setdefault(code, line)


def _capitals(name: str) -> bool:
    return name.isupper() and name.isascii()


def _spelling(name: str) -> str:
    """A name without the word for its kind or office, in small letters."""
    return name.partition(" ")[2].lower()


def in_own_province(reading: Reading, register: Register) -> tuple[Reading, list[Discrepancy]]:
    """The reading without places among other regions than those of its region's province.

    Parameters
    ----------
    reading : Reading
    register : Register
    """
    code = code_of(reading.region, register)
    own = str(register.frame.at[code, "province"]) if code else ""
    others = [f for f in reading.facts if f.where and f.where.casefold() != own.casefold()]
    told = [Discrepancy("press_place", f.line, f"{f.value} in {f.where}", own) for f in others]
    kept = tuple(fact for fact in reading.facts if fact not in others)
    return replace(reading, facts=kept), told
