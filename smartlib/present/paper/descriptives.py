"""Table 1 and the matrix of correlations, as a journal prints them (floor 4)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from smartlib.inference.descriptive import Correlations
from smartlib.inference.factors.table import Factor
from smartlib.present.regression.printed import RegressionTable
from smartlib.present.words.labels import in_sentence, label_in, with_unit
from smartlib.present.words.papers.descriptives import DESCRIPTIVES
from smartlib.present.words.wording import Words
from smartlib.vocabulary.tables import LANGUAGES
from smartlib.vocabulary.words.sentences import filled

NUMBERS = ("mean", "sd", "lower_quartile", "median", "upper_quartile")
STARS = ((0.001, "***"), (0.01, "**"), (0.05, "*"))
DIGITS = 3  # beside the first: decimals follow the spread


def said(key: str, lang: str, **parts: object) -> str:
    """A word or sentence of descriptive tables."""
    return filled(DESCRIPTIVES[key][LANGUAGES.index(lang)], parts)


def source_line(year: int, lang: str = "en") -> str:
    """What stands below a figure."""
    return said("source", lang, year=year)


def label_of(name: str, names: Mapping[str, Factor], lang: str, *, unit: bool = True) -> str:
    """A column in plain words; a name that is not known as it is."""
    if name not in names:
        return name
    return with_unit(names[name], lang) if unit else label_in(names[name], lang)


def decimals_of(spread: float) -> int:
    """So many decimals that a spread has three digits; none for large numbers."""
    if not math.isfinite(spread) or spread <= 0:
        return 2
    return max(0, min(6, DIGITS - 1 - math.floor(math.log10(spread))))


def describe_table(
    described: pd.DataFrame,
    names: Mapping[str, Factor],
    regions: Mapping[str, str],
    lang: str = "en",
    *,
    by: str = "",
    groups: Mapping[str, str] | None = None,
    notes: Sequence[str] = (),
) -> RegressionTable:
    """Table 1: a line a column, or a column and group.

    Parameters
    ----------
    described : DataFrame
        Output of `describe`.
    names : mapping of str to Factor
        Labels and units.
    regions : mapping of str to str
        Names of rows by label.
    lang : {"en", "id"}, default "en"
        Language.
    by : str, optional
        Column of the groups.
    groups : mapping of str to str, optional
        What groups are called, by value.
    notes : sequence of str, optional
        Sentences below.
    """
    words = Words(lang)
    spread = described[described["group"] == ""].set_index("name")["sd"]
    called = described.assign(group=described["group"].replace(dict(groups or {})))
    rows = [_line(row, words, decimals_of(spread[row["name"]]), names, regions)
            for row in called.to_dict("records")]  # fmt: skip
    keys = ["variable", *(["group"] if by else []), "n", *NUMBERS, "lowest", "highest"]
    keys += ["standardised_difference"] if by else []
    frame = pd.DataFrame(rows)[keys].rename(columns={key: said(key, lang) for key in keys})
    title = (
        said("title_by", lang, by=in_sentence(label_of(by, names, lang, unit=False)))
        if by
        else None
    )
    below = [*notes, *([said("difference_note", lang)] if by else [])]
    return RegressionTable(title or said("title", lang), frame, 0, tuple(below), lang)


def correlation_table(
    found: Correlations, names: Mapping[str, Factor], lang: str = "en", *, stars: bool = False
) -> RegressionTable:
    """The lower triangle, columns by number.

    Parameters
    ----------
    found : Correlations
    names : mapping of str to Factor
        Labels.
    lang : {"en", "id"}, default "en"
        Language.
    stars : bool, default False
        Whether small p-values get stars.
    """
    words, columns = Words(lang), list(found.r)
    rows = []
    for i, name in enumerate(columns):
        cells = {"": f"{i + 1}. {label_of(name, names, lang, unit=False)}"}
        for j, other in enumerate(columns):
            cells[str(j + 1)] = _cell(found, name, other, words, stars) if j <= i else ""
        rows.append(cells)
    pairs = found.n.to_numpy()
    n = words.span(int(pairs.min()), int(pairs.max()))
    notes = [said("correlation_note", lang, n=n), *([said("stars_note", lang)] if stars else [])]
    return RegressionTable(
        said("correlation_title", lang), pd.DataFrame(rows), 0, tuple(notes), lang
    )


def correlation_numbers(found: Correlations) -> pd.DataFrame:
    """Each pair once, unrounded: first, second, r, p_value, n."""
    columns = list(found.r)
    rows = [
        {
            "first": one,
            "second": other,
            "r": found.r.loc[one, other],
            "p_value": found.p_value.loc[one, other],
            "n": found.n.loc[one, other],
        }
        for i, one in enumerate(columns)
        for other in columns[:i]
    ]
    return pd.DataFrame(rows)


def _cell(found: Correlations, one: str, other: str, words: Words, stars: bool) -> str:
    r, p = found.r.loc[one, other], found.p_value.loc[one, other]
    if one == other:
        return "1"
    if math.isnan(r):
        return ""
    marks = next((sign for least, sign in STARS if p < least), "") if stars else ""
    return words.number(r, 2) + marks


def _line(
    row: Mapping[str, object],
    words: Words,
    decimals: int,
    names: Mapping[str, Factor],
    regions: Mapping[str, str],
) -> dict[str, str]:
    def number(key: str, places: int = decimals) -> str:
        value = float(str(row[key]))
        return "" if math.isnan(value) else words.number(value, places)

    def end(key: str) -> str:
        place = str(row[f"{key}_row"])
        value = number(key)
        return f"{value} ({regions.get(place, place)})" if value and place else value

    name = str(row["name"])
    return {
        "variable": label_of(name, names, words.lang),
        "group": str(row["group"]) or said("all", words.lang),
        "n": words.number(int(str(row["n"])), 0),
        **{key: number(key) for key in NUMBERS},
        "lowest": end("lowest"),
        "highest": end("highest"),
        "standardised_difference": number("standardised_difference", 2),
    }
