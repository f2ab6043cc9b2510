"""Assessors' remarks counted by theme: kinds, stages, assessors, dimensions (floor 2)."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

KEY = ["document_id", "kind", "assessor", "number"]


def coder_of_rules(codings: pd.DataFrame) -> str:
    """The latest rules that coded remarks; nothing if none did.

    Parameters
    ----------
    codings : DataFrame
        The columns of `CODINGS`.
    """
    return str(max((c for c in codings["coder"].unique() if c.startswith("rules")), default=""))


def themes_by_kind(
    codings: pd.DataFrame, remarks: pd.DataFrame, documents: pd.DataFrame, coder: str
) -> tuple[pd.DataFrame, pd.Series]:
    """How many remarks of each stage and kind have a theme, and how many remarks there are.

    Parameters
    ----------
    codings, remarks, documents : DataFrame
        The columns of these tables.
    coder : str
        Whose codings.

    Returns
    -------
    counts : DataFrame of int
        A row a theme, most frequent first; a column for each stage and kind.
    remarks : Series of int
        The denominators; a remark may have several themes.
    """
    stages = documents.set_index("document_id")["stage"]
    own = codings[codings["coder"] == coder]
    place = [own["document_id"].map(stages).rename("stage"), own["kind"]]
    counts = pd.crosstab(own["theme"], place)
    whole = remarks.groupby([remarks["document_id"].map(stages).rename("stage"), "kind"]).size()
    counts = counts.reindex(columns=whole.index, fill_value=0)
    order = counts.sum(axis=1).sort_values(ascending=False, kind="stable").index
    return counts.loc[order], whole


def remarks_by_assessor(codings: pd.DataFrame, remarks: pd.DataFrame, coder: str) -> pd.DataFrame:
    """Remarks of each assessor by kind, and how many themes they touch.

    Parameters
    ----------
    codings, remarks : DataFrame
        The columns of these tables.
    coder : str
        Whose codings.

    Returns
    -------
    DataFrame of int
        By document and assessor: a column a kind, and `themes`.
    """
    who = ["document_id", "assessor"]
    kinds = remarks.groupby([*who, "kind"]).size().unstack(fill_value=0)
    own = codings[(codings["coder"] == coder) & (codings["theme"] != "uncoded")]
    themes = own.groupby(who)["theme"].nunique()
    return kinds.assign(themes=themes.reindex(kinds.index, fill_value=0).astype("int64"))


def coded_remarks(
    documents: pd.DataFrame,
    remarks: pd.DataFrame,
    codings: pd.DataFrame,
    *,
    region: str,
    year: int,
) -> pd.DataFrame:
    """A region's remarks of one evaluation with the themes that the latest rules found.

    Parameters
    ----------
    documents, remarks, codings : DataFrame
        The columns of these tables.
    region : str
        Code.
    year : int
        Of the evaluation.

    Returns
    -------
    DataFrame
        The columns of `REMARKS`, stage and theme; a row a theme of a remark, `uncoded` where
        it has none. Empty where no remark is known.
    """
    own = documents["region_code"].eq(region) & documents["year"].eq(year)
    stages = documents[own].set_index("document_id")["stage"]
    found = remarks[remarks["document_id"].isin(stages.index)]
    themes = codings.loc[codings["coder"] == coder_of_rules(codings), [*KEY, "theme"]]
    found = found.assign(stage=found["document_id"].map(stages)).merge(themes, "left", on=KEY)
    return found.fillna({"theme": "uncoded"})


def codes_of(codings: pd.DataFrame, coder: str) -> dict[tuple[object, ...], frozenset[str]]:
    """Themes of each remark by one coder.

    Parameters
    ----------
    codings : DataFrame
        The columns of `CODINGS`.
    coder : str
    """
    own = codings[codings["coder"] == coder]
    grouped = own.groupby(KEY)["theme"]
    return {tuple(key): frozenset(themes) for key, themes in grouped}


def beside_scores(
    codings: pd.DataFrame,
    coder: str,
    dimensions: Mapping[str, str],
    marks: pd.Series,
) -> pd.DataFrame:
    """A region's marks beside the remarks that speak of the same dimension.

    Parameters
    ----------
    codings : DataFrame
        Of the region's own document.
    coder : str
        Whose codings.
    dimensions : mapping of str to str
        Dimension that a theme speaks of.
    marks : Series
        Dimension means of the region.

    Returns
    -------
    DataFrame
        By dimension with a theme: mark, and codings as strength, weakness, recommendation.
    """
    own = codings[codings["coder"] == coder]
    own = own.assign(dimension=own["theme"].map(dimensions)).dropna(subset=["dimension"])
    counts = pd.crosstab(own["dimension"], own["kind"])
    counts = counts.reindex(columns=["strength", "weakness", "recommendation"], fill_value=0)
    counts.insert(0, "mark", [float(marks[name]) for name in counts.index])
    return counts
