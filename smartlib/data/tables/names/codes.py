"""A column of codes: which system they belong to (floor 1).

BPS and Kemendagri number the same regions differently, and most codes of one are, for another
region, a code of the other. So the column as a whole is judged, never a row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from smartlib.data.tables.names.gazetteer import SYSTEMS, Gazetteer, System
from smartlib.data.tables.values.questions import SAMPLE, Question
from smartlib.vocabulary.words import tables as say
from smartlib.vocabulary.words.sentences import Said

DOTTED = re.compile(r"(\d{2})\.(\d{1,2})(?:\.0+)?")
PLAIN = re.compile(r"(\d{4})(?:[.,]0+)?")
PROVINCE = re.compile(r"(\d{2})(?:[.,]0+)?")
PREFIX = re.compile(r"^(?:ID|IDN)[-_ ]?(?=\d)", re.IGNORECASE)
NATIONAL = {"0000", "9999", "00", "99"}
AGREE = 0.9  # of the rows with a name and a code, that must agree in one system


@dataclass(frozen=True)
class CodeText:
    """A cell as a code.

    Attributes
    ----------
    digits : str
        Four of a region, two of a province.
    """

    digits: str

    def is_aggregate(self, provinces: frozenset[str]) -> bool:
        """Whether it is the code of a province or of the country."""
        if self.digits in NATIONAL:
            return True
        return self.digits[:2] in provinces and self.digits[2:] in ("", "00")


def code_text(cell: str | float) -> CodeText | None:
    """A cell as a code, however a program left it, or None.

    Excel, pandas and R read `32.10` as 32.1; no system has codes with one digit after the dot,
    so the missing zero can only have stood at the end.

    Examples
    --------
    >>> code_text("51.03"), code_text(32.1), code_text("5103.0"), code_text("ID5103")
    (CodeText(digits='5103'), CodeText(digits='3210'), CodeText(digits='5103'), \
CodeText(digits='5103'))
    """
    text = cell if type(cell) is str else f"{cell:.15g}"
    text = PREFIX.sub("", text.strip().strip("'\u2019\""))
    if found := DOTTED.fullmatch(text.replace(",", ".")):
        if set(found[2]) == {"0"}:
            return CodeText(found[1])
        return CodeText(found[1] + found[2].ljust(2, "0"))
    if found := PLAIN.fullmatch(text) or PROVINCE.fullmatch(text):
        return CodeText(found[1])
    return None


@dataclass(frozen=True)
class SystemFound:
    """Which system a column of codes belongs to.

    Attributes
    ----------
    system : str
        `kemendagri` or `bps`; nothing where the question is open.
    why : str
        What decided.
    question : Question or None
        What to ask.
    """

    system: str
    why: str = ""
    question: Question | None = None


def find_system(
    heading: str,
    codes: Sequence[str],
    named: Sequence[tuple[str, ...]],
    gazetteer: Gazetteer,
    asked: str = "",
) -> SystemFound:
    """The system of a column of codes, by the names beside them or by the set that occurs.

    Parameters
    ----------
    heading : str
        Of the column.
    codes : sequence of str
        Four digits each, those of provinces left out.
    named : sequence of tuple of str
        For each, the regions that the name beside it may mean; empty where there is none.
    gazetteer : Gazetteer
        Codes of both systems.
    asked : str, optional
        The reader's word.
    """
    if asked:
        return SystemFound(asked, f"--codes {asked}")
    maps = gazetteer.by_code
    distinct = set(codes)
    if all(maps["kemendagri"].get(code) == maps["bps"].get(code) for code in distinct):
        return SystemFound("kemendagri", say.SAME_REGIONS())
    beside = [(code, names) for code, names in zip(codes, named, strict=True) if names]
    if beside:
        agree = {s: sum(maps[s].get(code, "") in names for code, names in beside) for s in SYSTEMS}
        best, worst = sorted(SYSTEMS, key=lambda s: -agree[s])
        if agree[best] >= AGREE * len(beside) and agree[best] > agree[worst]:
            return SystemFound(best, say.NAMES_AGREE(agree=agree[best], n_beside=len(beside)))
    fits = [s for s in SYSTEMS if distinct <= maps[s].keys()]
    if len(fits) == 1 and not beside:
        return SystemFound(fits[0], say.ONLY_SYSTEM())
    return SystemFound("", "", _question(heading, sorted(distinct), maps, gazetteer, bool(fits)))


def _question(
    heading: str,
    codes: list[str],
    maps: Mapping[System, Mapping[str, str]],
    gazetteer: Gazetteer,
    both: bool,
) -> Question:
    differing = [c for c in codes if maps["kemendagri"].get(c) != maps["bps"].get(c)]

    def read(code: str, system: System) -> Said:
        region = maps[system].get(code)
        read_as = gazetteer.register.name(region) if region else say.NOT_A_REGION()
        return say.IS(what=code, read=read_as)

    systems: tuple[System, ...] = ("bps", "kemendagri")
    why = say.BOTH_ALL() if both else say.NONE_ALL()
    return Question(
        "codes",
        heading,
        say.WHICH_CODES(heading=heading, why=why),
        systems,
        tuple(tuple(read(code, system) for code in differing[:SAMPLE]) for system in systems),
        "--codes",
    )
