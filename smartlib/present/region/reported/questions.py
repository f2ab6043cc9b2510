"""Marks of single questions, where a region's own report is known (floor 4)."""

from __future__ import annotations

import pandas as pd

from smartlib.present.document.blocks import (
    Block,
    Dot,
    Fold,
    Grid,
    Passage,
    Pile,
    Piles,
    Section,
    Shelf,
    Tiles,
)
from smartlib.present.region.subject import Subject
from smartlib.present.words.wording import Words
from smartlib.vocabulary.tables import DIMENSIONS

ENDS = 10  # lowest and highest marks that are listed


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
        Indexed by question number: score, label, group, pillar, sub_dimension; empty where none
        is known.
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
    return marks[["score", "label", "group", "pillar", "sub_dimension"]]


def questions(about: Subject, marks: pd.DataFrame) -> Section | None:
    """The section: a figure, lowest and highest marks, a heat map; None without questions.

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
    blocks: tuple[Block, ...] = (
        Passage(said),
        _piles(about, marks),
        *_ends(words, marks),
        *_by_pillar(about, marks),
    )
    return Section("questions", words.say("questions"), words.say("questions_short"), blocks)


def _ends(words: Words, marks: pd.DataFrame) -> tuple[Fold, Fold]:
    """The lowest and the highest marks; of equal ones the first in the questionnaire."""

    def fold(end: str) -> Fold:
        ordered = marks.sort_values("score", kind="stable", ascending=end == "lowest").head(ENDS)
        caption = words.say(f"{end}_caption", count=len(ordered))
        title = words.say(f"{end}_fold", count=len(ordered))
        table, tied = marks_table(words, ordered, caption), _tied(words, marks, ordered)
        return Fold(title, (table, *tied), printed=end == "lowest")

    return fold("lowest"), fold("highest")


def _tied(words: Words, marks: pd.DataFrame, listed: pd.DataFrame) -> list[Passage]:
    """What is said where questions with the last listed mark are left out."""
    last = listed["score"].iloc[-1]
    ties, inside = int(marks["score"].eq(last).sum()), int(listed["score"].eq(last).sum())
    if ties == inside:
        return []
    said = words.say("ends_tied", ties=ties, mark=words.number(last, 1), listed=inside)
    return [Passage(said, quiet=True)]


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


def _by_pillar(about: Subject, marks: pd.DataFrame) -> list[Fold]:
    """A heat map of the questions that belong to a pillar; nothing where none does."""
    words, inside = about.words, marks.dropna(subset=["pillar", "sub_dimension"])
    if inside.empty:
        return []

    def shelf(name: str, part: pd.DataFrame) -> Shelf:
        return Shelf(name, tuple(Dot(float(v), words.number(v, 1)) for v in part["score"]))

    groups = tuple(
        (
            f"{pillar} {words.number(part['score'].mean())}",
            tuple(shelf(str(n), p) for n, p in part.groupby("sub_dimension", sort=False)),
        )
        for pillar, part in inside.groupby("pillar", sort=False)
    )
    named = ((s.name, "; ".join(d.label for d in s.values)) for _, row in groups for s in row)
    places = range(int(about.scheme.lowest), int(about.scheme.highest) + 1)
    figure = Tiles(
        title=words.say("tiles_title"),
        alt=words.say("tiles_alt", parts=". ".join(f"{name} {each}" for name, each in named)),
        source=words.say("report_source", year=about.edition, region=about.name),
        scale=words.say("tiles_scale", low=places[0], high=places[-1]),
        ticks=tuple((float(place), str(place)) for place in places),
        groups=groups,
    )
    return [Fold(words.say("tiles_fold"), (figure,), printed=False)]
