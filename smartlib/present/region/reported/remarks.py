"""What assessors remarked of a region, in our own words, by theme and kind (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from smartlib.data.from_documents.codebook import Theme
from smartlib.index.region.remarks import KEY
from smartlib.present.document.blocks import Fold, Grid, Leaf, Passage, Plain, Section
from smartlib.present.region.subject import Subject

# Kinds of remarks, and the sentence that names several of them.
COLUMNS = {
    "strength": "strengths",
    "weakness": "weaknesses",
    "recommendation": "recommendations",
}


def remarks(about: Subject, coded: pd.DataFrame, themes: Mapping[str, Theme]) -> Section | None:
    """The section: counts, and a table of themes a kind; None where no remark is known.

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
        kinds = [kind for kind in COLUMNS if kind in set(part["kind"])]
        ours = Passage(words.say("remarks_ours"), quiet=True)
        inside: tuple[Plain, ...] = (ours, *(_table(about, part, kind, labels) for kind in kinds))
        blocks.append(Fold(words.say("remarks_fold", stage=name), inside, printed=False))
    return Section("remarks", words.say("remarks"), words.say("remarks_short"), tuple(blocks))


def remarks_leaf(about: Subject, coded: pd.DataFrame, themes: Mapping[str, Theme]) -> Leaf | None:
    """Every remark in our own words with a theme a row; None where no remark is known."""
    if coded.empty:
        return None
    words, labels = about.words, _labels(about, themes)
    kinds = {kind: words.say(f"kind_{kind}") for kind in COLUMNS}
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
    once = coded.drop_duplicates(KEY)
    counts = once["kind"].value_counts()
    theme, most = next(_by_theme(coded).items())
    return about.words.say(
        "remarks_text",
        stage=stage,
        assessors=once[["document_id", "assessor"]].drop_duplicates().shape[0],
        theme=labels.get(str(theme), str(theme)),
        most=most,
        **{kind: int(counts.get(kind, 0)) for kind in COLUMNS},
    )


def _table(about: Subject, coded: pd.DataFrame, kind: str, labels: Mapping[str, str]) -> Grid:
    """Wordings of one kind, a theme a row."""
    words = about.words
    coded = coded.assign(wording=_wordings(about, coded))
    own = coded[coded["kind"] == kind]
    wordings = own.groupby("theme")["wording"].agg("; ".join)
    rows = tuple(
        (f"{labels.get(theme, theme)} ({count})", wordings[theme])
        for theme, count in _by_theme(own).items()
    )
    count = len(own.drop_duplicates(KEY))
    caption = words.say("remarks_caption", kind=words.say(COLUMNS[kind]), count=count)
    return Grid(caption, (words.say("theme"), words.say("remark")), rows)
