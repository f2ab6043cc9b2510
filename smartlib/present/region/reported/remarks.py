"""What assessors remarked of a region, in our own words, by theme and kind (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from smartlib.data.from_documents.codebook import Theme
from smartlib.present.document.blocks import Fold, Grid, Leaf, Passage, Section
from smartlib.present.region.subject import Subject

KINDS = ("strength", "weakness", "recommendation")


def remarks(about: Subject, coded: pd.DataFrame, themes: Mapping[str, Theme]) -> Section | None:
    """The section: counts by kind and a table by theme; None where no remark is known.

    Parameters
    ----------
    about : Subject
        The region.
    coded : DataFrame
        Output of `coded_remarks`.
    themes : mapping of str to Theme
        Of the codebook.
    """
    if coded.empty:
        return None
    words, labels = about.words, _labels(about, themes)
    blocks: list[Passage | Fold] = []
    for stage, part in coded.groupby("stage"):
        name = "I" * int(str(stage))
        blocks.append(Passage(_counted(about, part, name, labels)))
        inside = (Passage(words.say("remarks_ours"), quiet=True), _table(about, part, labels))
        blocks.append(Fold(words.say("remarks_fold", stage=name), inside, printed=False))
    return Section("remarks", words.say("remarks"), words.say("remarks_short"), tuple(blocks))


def remarks_leaf(about: Subject, coded: pd.DataFrame, themes: Mapping[str, Theme]) -> Leaf | None:
    """Every remark in our own words with a theme a row; None where no remark is known."""
    if coded.empty:
        return None
    words, labels = about.words, _labels(about, themes)
    kinds = {kind: words.say(f"kind_{kind}") for kind in KINDS}
    rows = tuple(
        (int(row.stage), kinds[row.kind], labels.get(row.theme, row.theme), wording)
        for row, wording in zip(coded.itertuples(), _wordings(about, coded), strict=True)
    )
    heads = (words.say("remark_stage"), words.term("kind"), words.say("theme"))
    return Leaf(words.say("remarks_short"), (*heads, words.say("remark")), rows)


def _labels(about: Subject, themes: Mapping[str, Theme]) -> dict[str, str]:
    labels = {name: about.words.pick(t.label_id, t.label_en) for name, t in themes.items()}
    return {**labels, "uncoded": about.words.say("uncoded")}


def _wordings(about: Subject, coded: pd.DataFrame) -> list[str]:
    return coded[f"wording_{about.words.lang}"].astype(str).tolist()


def _by_theme(coded: pd.DataFrame) -> pd.Series:
    """Remarks of each theme, the most frequent first; those without a theme are last."""
    counts = coded["theme"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    return pd.concat([counts.drop("uncoded", errors="ignore"), counts.filter(["uncoded"])])


def _counted(about: Subject, coded: pd.DataFrame, stage: str, labels: Mapping[str, str]) -> str:
    once = coded.drop_duplicates(["document_id", "kind", "assessor", "number"])
    counts = once["kind"].value_counts()
    theme, most = next(_by_theme(coded).items())
    return about.words.say(
        "remarks_text",
        stage=stage,
        assessors=once[["document_id", "assessor"]].drop_duplicates().shape[0],
        theme=labels.get(str(theme), str(theme)),
        most=most,
        **{kind: int(counts.get(kind, 0)) for kind in KINDS},
    )


def _table(about: Subject, coded: pd.DataFrame, labels: Mapping[str, str]) -> Grid:
    """Wordings of a theme a row, of a kind a column."""
    words = about.words
    coded = coded.assign(wording=_wordings(about, coded))

    def cell(theme: str, kind: str) -> str:
        return "; ".join(coded.query("theme == @theme and kind == @kind")["wording"])

    rows = tuple(
        (f"{labels.get(theme, theme)} ({count})", *(cell(theme, kind) for kind in KINDS))
        for theme, count in _by_theme(coded).items()
    )
    heads = tuple(map(words.say, ("strengths", "weaknesses", "recommendations")))
    return Grid(words.say("remarks_caption"), (words.say("theme"), *heads), rows)
