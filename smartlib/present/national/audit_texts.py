"""What checks of published numbers found, in words (floor 4)."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from smartlib.index.audit.readings import Contradiction, Reading
from smartlib.index.make.rounding import round_published, rounding_interval
from smartlib.present.words.wording import Words
from smartlib.vocabulary.records import Finding

# Notes of reading, which are one sentence each, by what they say.
NOTES = {
    "note_headings": re.compile(r"headings repeated, row left out"),
    "note_read": re.compile(r"'(?P<name>.*)' read as (?P<read>.*)"),
    "note_twice": re.compile(
        r"(?P<region>.*) ?no (?P<number>\d+) of (?P<list>\w+) is printed twice, counted once"
    ),
    "note_zero": re.compile(r"code '(?P<code>.*)' lost its last zero, read as (?P<read>.*)"),
}
FAINT_POWER = -3  # powers of ten below it are printed as such


def reading_text(words: Words, reading: Reading) -> str:
    """How many totals a reading allows, and its first contradiction.

    Parameters
    ----------
    words : Words
        The language.
    reading : Reading
        Of the totals.
    """
    told = words.say(
        "reading",
        inputs=words.say(f"inputs_{reading.inputs}"),
        rule=words.say(f"rule_{reading.rule}"),
        possible=reading.possible,
        checkable=reading.checkable,
    )
    return "; ".join([told, *(_against(words, one) for one in reading.contradictions[:1])])


def _against(words: Words, found: Contradiction) -> str:
    decimals = found.decimals
    parts = {
        "region": found.region,
        "published": words.digits(str(found.published)),
        "inputs": words.say(f"inputs_{found.inputs}"),
        "rule": words.say(f"rule_{found.rule}"),
    }
    if rounding_interval(found.published, decimals, found.rule).empty:
        del parts["inputs"], parts["rule"]
        return words.say("against_decimals", decimals=decimals, **parts)
    if found.allowed.empty:
        return words.say("against_means", **parts)
    low, high = found.allowed.low, found.allowed.high
    at_most = high <= Fraction(found.published)
    end = high if at_most else low
    parts["shown"] = words.number(float(end), decimals + 2)
    if end not in found.allowed:
        return words.say(
            "against_end", bound=words.say("less_than" if at_most else "more_than"), **parts
        )
    bound = "" if low == high else words.say("at_most" if at_most else "at_least")
    total = round_published(Decimal(end.numerator) / end.denominator, decimals, found.rule)
    rounded = words.digits(str(total))
    return words.say("against_rounded", bound=bound, rounded=rounded, **parts)


def mean_text(words: Words, marks: pd.Series, asked: int) -> str:
    """What a dimension's mean is recomputed from.

    Parameters
    ----------
    words : Words
        The language.
    marks : Series
        Of its questions, those without a mark left out.
    asked : int
        How many questions the dimension has.
    """
    if len(marks) < asked:
        return words.say("some_answered", given=len(marks), count=asked)
    return words.say("mean_of", count=asked, mean=words.number(marks.mean(), 4))


def grid_text(words: Words, found: pd.Series, region: str) -> str:
    """Whether a region's marks are means of whole marks, beside chance.

    Parameters
    ----------
    words : Words
        The language.
    found : Series
        A row of `index.off_grid`.
    region : str
        Its name.
    """
    counts = {"answers": found["answers"], "assessors": found["assessors"]}
    told = (
        words.say("grid_off", off=found["off_grid"], **counts)
        if found["off_grid"]
        else words.say("grid_all", step=_step(words, found["assessors"]), **counts)
    )
    fewest = found["fewest_assessors"]
    told += words.say("grid_none") if pd.isna(fewest) else words.say("grid_fewest", fewest=fewest)
    chance = words.number(found["grid"] * found["answers"], 0)
    return words.say(
        "grid_chance", region=region, found=told, chance=chance, answers=found["answers"]
    )


def survey_text(
    words: Words, found: pd.Series, region: str, *, respondents: int, assessors: int
) -> str:
    """How likely it is that survey means lie on a panel's grid.

    Parameters
    ----------
    words : Words
        The language.
    found : Series
        A row of `index.survey_means`.
    region : str
        Its name.
    respondents, assessors : int
        Of the survey, and of the panel.
    """
    return words.say(
        "survey_found",
        region=region,
        some=found["on_grid"],
        all=found["answers"],
        step=_step(words, assessors),
        assessors=assessors,
        respondents=respondents,
        fine=_step(words, respondents),
        smooth=_power(words, found["log10_smooth"]),
        neighbouring=_power(words, found["log10_neighbouring"]),
    )


def note_text(words: Words, note: Finding) -> str:
    """What reading a file repaired.

    Parameters
    ----------
    words : Words
        The language.
    note : Finding
        Of the reading; one of another kind is told as it is written.
    """
    written = " ".join(filter(None, [note.region, note.problem]))
    for key, pattern in NOTES.items():
        match = pattern.fullmatch(written)
        if match:
            parts = {name: part.strip() for name, part in match.groupdict().items()}
            if "list" in parts:
                parts["list"] = words.say(parts["list"])
            return words.say(key, **parts)
    return written


def _step(words: Words, parts: int) -> str:
    """One part of so many, as a decimal where that ends."""
    return words.digits(f"{1 / parts:.10g}") if 10**10 % parts == 0 else f"1/{parts}"


def _power(words: Words, log10: float) -> str:
    return f"10^{log10:.0f}" if log10 < FAINT_POWER else words.digits(f"{10**log10:.2g}")
