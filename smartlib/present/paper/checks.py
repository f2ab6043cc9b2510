"""Classical checks as a table, with a sentence each (floor 4)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from smartlib.inference.checks.classical import Check
from smartlib.inference.factors.table import Factor
from smartlib.present.words.labels import term_label
from smartlib.present.words.papers.assumptions import (
    HEADINGS,
    READINGS,
    TESTS,
    UNMADE,
)
from smartlib.present.words.regressions import p_words
from smartlib.present.words.tables import Sheet, sheet
from smartlib.present.words.wording import Words
from smartlib.vocabulary.tables import LANGUAGES
from smartlib.vocabulary.words.sentences import in_language

SIGNS = {"shapiro_wilk": "W", "jarque_bera": "chi2", "lilliefors": "D", "breusch_pagan": "chi2",
         "white": "chi2", "glejser": "F", "reset": "F", "curvature": "t", "moran": "I"}  # fmt: skip


def check_reading(
    check: Check,
    names: Mapping[str, Factor],
    lang: str = "en",
    *,
    regions: Mapping[str, str] | None = None,
    n: int | None = None,
) -> str:
    """What a check says, and what to do, in a sentence or two.

    Parameters
    ----------
    check : Check
    names : mapping of str to Factor
        What formulas can name.
    lang : {"en", "id"}, default "en"
        Language.
    regions : mapping of str to str, optional
        Names by region code.
    n : int, optional
        Rows of the fit.
    """
    place = LANGUAGES.index(lang)
    if check.reason:
        return UNMADE[place].format(reason=in_language(check.reason, lang))
    sign, none = READINGS[check.name]
    text = (sign if check.is_sign else none)[place]
    words = Words(lang)
    known = dict(regions or {})
    return text.format(
        told=told(check, lang),
        statistic=words.number(check.statistic, 2),
        term=known.get(check.term) or term_label(check.term, names, lang),
        n=words.number(n, 0) if n else "",
    ).replace("  ", " ")


def told(check: Check, lang: str) -> str:
    """Statistic, degrees of freedom and p, such as `F(2, 133) = 1.95, p = 0.146`."""
    words = Words(lang)
    between = "; " if lang == "id" else ", "
    df = f"({between.join(map(str, check.df))})" if check.df else ""
    value = f"{SIGNS.get(check.name, check.name)}{df} = {words.number(check.statistic, 3)}"
    return value if math.isnan(check.p_value) else f"{value}{between}{p_words(check.p_value, lang)}"


def check_record(
    check: Check,
    names: Mapping[str, Factor],
    lang: str = "en",
    *,
    regions: Mapping[str, str] | None = None,
    n: int | None = None,
) -> dict[str, Any]:
    """A check for JSON: name, term, statistic, df, p_value, sign, reading.

    Parameters
    ----------
    check, names, lang, regions, n
        As in `check_reading`.
    """
    df = list(check.df)
    return {
        "name": check.name,
        "term": check.term or None,
        "statistic": check.statistic if math.isfinite(check.statistic) else None,
        "df": (df[0] if len(df) == 1 else df) if df else None,
        "p_value": check.p_value if math.isfinite(check.p_value) else None,
        "is_sign": check.is_sign,
        "reading": check_reading(check, names, lang, regions=regions, n=n),
    }


def checks_sheet(
    checks: Sequence[Check],
    names: Mapping[str, Factor],
    lang: str = "en",
    *,
    regions: Mapping[str, str] | None = None,
    n: int | None = None,
) -> Sheet:
    """Checks of one fit, a line each.

    Parameters
    ----------
    checks, names, lang, regions, n
        As in `check_reading`.
    """
    words, place = Words(lang), LANGUAGES.index(lang)
    said = {key: texts[place] for key, texts in HEADINGS.items()}

    def number(value: float, decimals: int = 3) -> str:
        return words.number(value, decimals) if math.isfinite(value) else ""

    columns = {
        said["test"]: [TESTS[c.name][place] for c in checks],
        said["statistic"]: [number(c.statistic) for c in checks],
        said["df"]: ["; ".join(map(str, c.df)) for c in checks],
        said["p"]: [
            p_words(c.p_value, lang).removeprefix("p ").removeprefix("= ")
            if math.isfinite(c.p_value)
            else ""
            for c in checks
        ],
        said["reading"]: [check_reading(c, names, lang, regions=regions, n=n) for c in checks],
    }
    return sheet(columns, numeric=(said["statistic"], said["df"], said["p"]))


def checks_line(heading: str, lang: str = "en") -> str:
    """The title above checks, with the fit that they are of, if there are several."""
    title = HEADINGS["title"][LANGUAGES.index(lang)]
    return f"{title}: {heading}" if heading else title


def checks_table(
    checks: Mapping[str, Sequence[Check]],
    names: Mapping[str, Factor],
    lang: str = "en",
    *,
    regions: Mapping[str, str] | None = None,
    rows: Mapping[str, int] | None = None,
) -> pd.DataFrame:
    """Checks of several fits as numbers, unrounded, one a row.

    Parameters
    ----------
    checks : mapping of str to sequence of Check
        By heading.
    names, lang, regions
        As in `check_reading`.
    rows : mapping of str to int, optional
        Of each fit, by heading.

    Returns
    -------
    DataFrame
        model, name, term, statistic, df_1, df_2, p_value, is_sign, reading.
    """
    sizes = dict(rows or {})
    lines = [
        {
            "model": heading,
            "name": c.name,
            "term": c.term,
            "statistic": c.statistic,
            "df_1": c.df[0] if c.df else None,
            "df_2": c.df[1] if len(c.df) > 1 else None,
            "p_value": c.p_value,
            "is_sign": c.is_sign,
            "reading": check_reading(c, names, lang, regions=regions, n=sizes.get(heading)),
        }
        for heading, found in checks.items()
        for c in found
    ]
    return pd.DataFrame(lines)
