"""Regional factors beside the median of the known rows (floor 4)."""

from __future__ import annotations

from functools import partial

import pandas as pd

from smartlib.inference.factors.derived import label_of, unit_of
from smartlib.inference.factors.table import FactorTable
from smartlib.present.document.blocks import Fold, Grid, Passage, Section
from smartlib.present.region.subject import Subject
from smartlib.present.words.wording import Words
from smartlib.vocabulary.units import UNITS

REPORTED_FACTORS = (
    "population",
    "population_density",
    "grdp_per_capita",
    "human_development_index",
    "poverty_rate",
    "mean_schooling",
    "own_source_share",
    "transfer_share",
    "capital_share",
    "personnel_share",
    "spending_per_person",
)
NAMED = ("population", "poverty_rate", "own_source_share")  # in the section's sentence
LARGE = 100  # a row whose median is that large is printed without decimals


def factors(about: Subject, table: FactorTable, dictionary: pd.DataFrame, scored: str) -> Section:
    """The section: three factors in a sentence, all in a folded table.

    Parameters
    ----------
    about : Subject
        The region.
    table : FactorTable
        Factors by region.
    dictionary : DataFrame
        Factor dictionary, for labels and units.
    scored : str
        What of them the evaluation scores itself.
    """
    words = about.words
    own, medians = table.values.loc[about.code], table.values.loc[about.scores.index].median()
    write = partial(_shown, words, dictionary)
    against = {
        name: words.say(
            "against",
            own=write(name, own[name], medians[name]),
            median=write(name, medians[name], medians[name]),
        )
        for name in NAMED
    }
    grid = factors_table(about, table, dictionary)
    fold = Fold(words.say("factors_fold"), (grid, Passage(scored, quiet=True)))
    said = Passage(words.say("factors_text", **against))
    return Section("factors", words.say("factors"), words.say("factors_short"), (said, fold))


def _shown(words: Words, dictionary: pd.DataFrame, name: str, value: float, median: float) -> str:
    """A factor's value, with the precision of its row."""
    if unit_of(name, dictionary).startswith("share"):
        return words.percent(value)
    return words.number(value, 0 if abs(median) >= LARGE else 2)


def factors_table(about: Subject, table: FactorTable, dictionary: pd.DataFrame) -> Grid:
    """Factors of the region beside the median of the known rows, one precision a row."""
    words = about.words
    own, medians = table.values.loc[about.code], table.values.loc[about.scores.index].median()

    def row(name: str) -> tuple[str, ...]:
        return (
            label_of(name, dictionary, words.lang),
            _shown(words, dictionary, name, own[name], medians[name]),
            _shown(words, dictionary, name, medians[name], medians[name]),
            unit_name(words, unit_of(name, dictionary)),
            years_name(words, table.years_of(name)),
        )

    median = words.term("median").capitalize()
    return Grid(
        caption=words.say("factors_caption"),
        headings=(
            words.term("factor"),
            about.name,
            median,
            words.term("unit"),
            words.term("year"),
        ),
        rows=tuple(row(name) for name in REPORTED_FACTORS),
        numeric=(1, 2),
    )


def unit_name(words: Words, text: str) -> str:
    """A unit in the language, its ranges with a dash."""
    return (text if words.lang == "en" else UNITS[text]).replace("0-100", "0–100")


def years_name(words: Words, text: str) -> str:
    """Years and bases of a factor in the language."""
    for basis in ("realised", "budgeted", "observed"):
        text = text.replace(f" {basis}", f" {words.term(basis)}".rstrip())
    return text
