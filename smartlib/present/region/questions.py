"""Marks of single questions, where a region's own report is known (floor 4)."""

from __future__ import annotations

import pandas as pd

from smartlib.present.document.blocks import Fold, Grid, Passage, Pile, Piles, Section
from smartlib.present.region.subject import Subject
from smartlib.present.words.wording import Words
from smartlib.vocabulary.tables import DIMENSIONS

LOWEST_QUESTIONS = 10


def question_marks(
    words: Words, answers: pd.DataFrame, instrument: pd.DataFrame, region: str
) -> pd.DataFrame:
    """A region's marks with the label and the group of each question.

    Parameters
    ----------
    words : Words
        The language.
    answers : DataFrame
        Marks of one year: region_code, question, score.
    instrument : DataFrame
        Questions of that year, indexed by number.
    region : str
        Code.

    Returns
    -------
    DataFrame
        Indexed by question number: score, label, group; empty where none is known.
    """
    own = answers[answers["region_code"] == region].set_index("question")
    marks = own[["score"]].join(instrument)
    by_heading = {dimension.heading: dimension.name for dimension in DIMENSIONS}
    names = [words.dimension(by_heading[heading]) for heading in marks["dimension"]]
    impact = words.dimension("impact")
    pillars = marks["pillar"].fillna("")
    marks["group"] = [
        f"{impact}: {pillar}" if name == impact else name
        for name, pillar in zip(names, pillars, strict=True)
    ]
    marks["label"] = marks[f"label_{words.lang}"]
    return marks[["score", "label", "group"]]


def questions(about: Subject, marks: pd.DataFrame) -> Section | None:
    """The section: a figure and the lowest marks; None where no question is known.

    Parameters
    ----------
    about : Subject
        The region.
    marks : DataFrame
        Output of `question_marks`.
    """
    if marks.empty:
        return None
    words, (low, high) = about.words, (marks["score"].min(), marks["score"].max())
    said = words.say(
        "questions_text",
        count=len(marks),
        low=words.number(low, 1),
        high=words.number(high, 1),
    )
    lowest = marks.sort_values("score", kind="stable").head(LOWEST_QUESTIONS)
    caption = words.say("lowest_fold", count=len(lowest))
    fold = Fold(caption, (marks_table(words, lowest, caption),))
    blocks = (Passage(said), _piles(about, marks), fold)
    return Section("questions", words.say("questions"), words.say("questions_short"), blocks)


def marks_table(words: Words, marks: pd.DataFrame, caption: str) -> Grid:
    """Questions with number, label, group and mark."""
    rows = tuple(
        (f"{number}. {row.label}", row.group, words.number(row.score, 1))
        for number, row in zip(marks.index, marks.itertuples(), strict=True)
    )
    heads = (words.term("question"), words.term("dimension"), words.term("mark"))
    return Grid(caption, heads, rows, numeric=(2,))


def _piles(about: Subject, marks: pd.DataFrame) -> Piles:
    words = about.words
    groups = marks.groupby("group", sort=False)["score"]
    means = groups.mean()
    named = {name: f"{name} {words.number(value)}" for name, value in means.items()}
    low, high = named[means.idxmin()], named[means.idxmax()]
    places = range(int(about.scheme.lowest), int(about.scheme.highest) + 1)
    return Piles(
        title=words.say("questions_title", low=low, high=high),
        alt=words.say("questions_alt", low=low, parts="; ".join(named.values())),
        source=words.say("report_source", year=about.edition, region=about.name),
        scale=words.term("mark"),
        ticks=tuple((float(place), str(place)) for place in places),
        piles=tuple(
            Pile(str(name), tuple(sorted(scores.tolist())), float(means[name]))
            for name, scores in groups
        ),
    )
