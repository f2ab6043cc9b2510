"""What press items state of a region, marked as such (floor 4)."""

from __future__ import annotations

import pandas as pd

from smartlib.present.document.blocks import Fold, Grid, Passage, Section
from smartlib.present.region.subject import Subject


def press(about: Subject, facts: pd.DataFrame) -> Section | None:
    """The section: how many figures, all of them folded; None where no press item is known.

    Parameters
    ----------
    about : Subject
        The region.
    facts : DataFrame
        The columns of `FACTS`; those of other regions and of later years are left out.
    """
    own = facts["region_code"].eq(about.code) & facts["year"].le(about.scheme.year)
    stated = facts[own & facts["status"].eq("press")]
    if stated.empty:
        return None
    words, items = about.words, stated["document_id"].nunique()
    said = words.say("press_text", facts=len(stated), items=items)
    fold = Fold(words.say("press_fold"), (_stated(about, stated), *_conflicts(about, stated)))
    return Section("press", words.say("press"), words.say("press_short"), (Passage(said), fold))


def _stated(about: Subject, stated: pd.DataFrame) -> Grid:
    words = about.words
    ordered = stated.sort_values(["measure", "year", "pillar"], kind="stable")
    rows = tuple(
        (
            words.say(f"press_{row.measure}")
            + ("" if pd.isna(row.pillar) else f": Smart {row.pillar}")
            + f" ({row.year})",
            words.number(row.value, 0 if float(row.value).is_integer() else 2),
        )
        for row in ordered.itertuples()
    )
    heads = (words.say("press_what"), words.say("press_value"))
    return Grid(words.say("press_caption"), heads, rows, numeric=(1,))


def _conflicts(about: Subject, stated: pd.DataFrame) -> list[Passage]:
    """Figures of one item that do not agree with each other."""
    words = about.words
    found = []
    for row in stated.dropna(subset=["conflicts_with"]).itertuples():
        same = stated["document_id"].eq(row.document_id) & stated["pillar"].isna()
        others = stated.loc[same & stated["measure"].eq(row.conflicts_with), "value"]
        if others.empty:  # of a later year than the report's
            continue
        said = words.say(
            "press_conflict",
            one=f"{words.say(f'press_{row.measure}')} ({words.number(row.value, 0)})",
            other=f"{words.say(f'press_{row.conflicts_with}')} ({words.number(others.iloc[0], 0)})",
        )
        found.append(Passage(said, quiet=True))
    return found
