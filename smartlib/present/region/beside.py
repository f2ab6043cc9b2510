"""Whom a region is compared with: the most similar regions and those of its province (floor 4)."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from smartlib.index.region.apart import least_difference, told_apart
from smartlib.index.region.gap import Gap
from smartlib.present.document.blocks import Fold, Grid, Link, Passage, Section
from smartlib.present.document.scale import LEVEL
from smartlib.present.region.subject import Subject

FAR = 1.0  # standard deviations on average: beyond it a region is alike in name only


def compared(about: Subject, nearest: pd.Series, gaps: Sequence[Gap]) -> Section:
    """The section: two tables of regions, whether each is told apart, and where gaps come from.

    Parameters
    ----------
    about : Subject
        The region.
    nearest : Series
        Distances of the most similar regions, by code; empty where there are none.
    gaps : sequence of Gap
        Outputs of `gap_to`, each to a region.
    """
    words = about.words
    blocks: list[Passage | Grid | Fold] = [Passage(_intro(about))]
    if len(nearest):
        blocks.append(_regions(about, nearest.index, words.say("alike_caption")))
    blocks.append(_province(about))
    if len(nearest) or gaps:
        tables: list[Passage | Grid] = [_distances(about, nearest)] if len(nearest) else []
        if len(nearest) and nearest.iloc[0] > FAR:
            tables.append(Passage(words.say("no_twin"), quiet=True))
        tables += [_gaps(about, gaps)] if gaps else []
        blocks.append(Fold(words.say("distance_fold"), tuple(tables)))
    return Section("compared", words.say("compared"), words.say("compared_short"), tuple(blocks))


def _intro(about: Subject) -> str:
    if about.error is None:
        return about.words.say("compared_plain")
    least = about.words.number(least_difference(about.error, level=LEVEL))
    return about.words.say("compared_text", least=least)


def _regions(about: Subject, codes: pd.Index | Sequence[str], caption: str) -> Grid:
    """Other regions with their index and the region's own lead, the highest first."""
    words = about.words
    index = about.scores.loc[list(codes), "harmonised_index"]
    index = index.sort_values(ascending=False, kind="stable")
    lead = (about.own["harmonised_index"] - index).round(about.scheme.decimals)
    verdicts = ["not_judged"] * len(lead)
    if about.error is not None:
        found = told_apart(lead, about.error, level=LEVEL)
        verdicts = [one if one == "not_apart" else "is_apart" for one in found]
    rows = tuple(
        (about.linked(code), words.number(value), words.signed(lead[code]), words.say(verdict))
        for (code, value), verdict in zip(index.items(), verdicts, strict=True)
    )
    heads = (words.term("region"), words.term("index"))
    more = (words.term("gap"), words.say("apart"))
    return Grid(caption, (*heads, *more), rows, numeric=(1, 2))


def _province(about: Subject) -> Passage | Grid | Fold:
    words, province = about.words, str(about.own["province"])
    inside = about.scores.index[about.scores["province"] == province]
    others = [code for code in inside if code != about.code]
    if not others:
        return Passage(words.say("only_one", province=province))
    caption = words.say("province_caption", province=province)
    table = _regions(about, others, caption)
    return Fold(f"{caption} ({len(others)})", (table,))


def neighbours(about: Subject) -> tuple[Link | None, Link | None]:
    """The regions before and after, by code, among those of the province with a known row."""
    province = about.scores["province"] == about.own["province"]
    codes = sorted(about.scores.index[province])
    at = codes.index(about.code)

    def link(number: int) -> Link | None:
        if not 0 <= number < len(codes):
            return None
        return Link(codes[number], str(about.scores.at[codes[number], "region"]))

    return link(at - 1), link(at + 1)


def _distances(about: Subject, nearest: pd.Series) -> Grid:
    words = about.words
    rows = tuple(
        (
            about.linked(str(code)),
            str(about.scores.at[code, "province"]),
            words.number(distance),
        )
        for code, distance in nearest.items()
    )
    heads = (words.term("region"), words.term("province"), words.term("distance"))
    return Grid(words.say("distance_caption"), heads, rows, numeric=(2,))


def _gaps(about: Subject, gaps: Sequence[Gap]) -> Grid:
    """What each dimension adds to the distance from other regions, adding up in print."""
    words, scheme = about.words, about.scheme
    weights = [weight.normalize() for weight in scheme.common.weights.values()]
    decimals = scheme.decimals + max(-int(weight.as_tuple().exponent) for weight in weights)

    def column(gap: Gap) -> list[str]:
        return [words.signed(v, decimals) for v in (*gap.contributions, gap.remainder, gap.total)]

    names = [words.dimension(str(name)) for name in gaps[0].contributions.index]
    names += [words.say("rounding_gap"), words.term("gap")]
    heads = [
        words.say(
            "gap_to", region=about.linked(gap.reference), index=words.number(gap.reference_index)
        )
        for gap in gaps
    ]
    return Grid(
        caption=words.say("gaps_caption"),
        headings=(words.term("dimension"), *heads),
        rows=tuple(zip(names, *map(column, gaps), strict=True)),
        numeric=tuple(range(1, 1 + len(gaps))),
        total=len(names) - 1,
    )
