"""How far a region's rank is known: a figure, and the numbers of its sentences (floor 4)."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from smartlib.present.drawing import (
    INK,
    LEGEND,
    NATION,
    REGION,
    SMALL,
    TRACK,
    Picture,
    named_rows,
)
from smartlib.present.region.figures import rows_source
from smartlib.present.words.tables import Text
from smartlib.present.words.wording import Words

LEVEL = 0.95  # of the sets in the table of ranks
NAMED = 3  # neighbours named on either side
ROW = 0.27  # inches, height of a row of the figure
BESIDE = 1.2  # inches right of the axes, for the ranges in figures
THICK, THIN = 6.0, 1.5  # points
ROUTES = ("internal", "retest")  # as in the table of ranks


@dataclass(frozen=True)
class Span:
    """Ranks from the best to the last one, and the bar that shows them."""

    low: int
    high: int
    wide: float
    ink: str

    @classmethod
    def of(cls, row: pd.Series, low: str, high: str, *, wide: float, ink: str) -> Span:
        """The ranks in two columns of a row."""
        return cls(int(row[low]), int(row[high]), wide, ink)

    def __str__(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low}-{self.high}"


def rank_picture(words: Words, ranks: pd.DataFrame, scores: pd.DataFrame, name: str) -> Picture:
    """A line of ranks: the region's own, and what error, method and rounding leave open.

    Parameters
    ----------
    words : Words
        The language.
    ranks : DataFrame
        The region's rows of `RANKS`, indexed by route; at least one.
    scores : DataFrame
        Known rows.
    name : str
        The region's.
    """
    own, n = int(ranks["rank"].iloc[0]), len(scores)
    caption = words.say("rank_caption", region=name)
    rows = _rows(words, ranks)
    written = [
        f"{first}" + "".join(f" ({more})" for more in rest) for first, *rest in rows.values()
    ]
    bars = [(place, span) for place, spans in enumerate(rows.values()) for span in spans]
    scale, source, names = words.term("rank"), rows_source(words, scores), list(rows)
    height = ROW * len(rows)
    with named_rows(
        caption, source, names, height, words=words, scale=scale, above=LEGEND, right=BESIDE
    ) as (figure, ax):
        ax.set_xlim(0.5, n + 0.5)
        ax.axvline(own, color=REGION, lw=1, ls="--", zorder=0)
        ax.hlines(
            [place for place, _ in bars],
            [span.low - 0.5 for _, span in bars],  # a rank is as wide as the step to the next
            [span.high + 0.5 for _, span in bars],
            colors=[span.ink for _, span in bars],
            lw=[span.wide for _, span in bars],
        )
        shown = range(len(rows) - len(ranks), len(rows))
        ax.plot(
            [own] * len(shown),
            shown,
            "o",
            color=REGION,
            ms=6.5,
            clip_on=False,
            label=words.term("rank"),
        )
        for label, wide in zip(_levels(words), (THICK, THIN), strict=True):
            ax.plot([], [], "_", color=NATION, ms=9, mew=wide, label=label)
        for place, text in enumerate(written):
            ax.text(n * 1.03, place, text, va="center", fontsize=SMALL)
    alt = "; ".join(f"{label} {text}" for label, text in zip(rows, written, strict=True))
    return Picture(figure, caption, f"{name}: {words.term('rank').lower()} {own}; {alt}.")


def _levels(words: Words) -> tuple[str, str]:
    level = words.percent(LEVEL, 0)
    return words.say("alone", level=level), words.say("at_once", level=level)


def _rows(words: Words, ranks: pd.DataFrame) -> dict[str, list[Span]]:
    """Spans by the printed name of their row, from below; the one in front last."""
    own = ranks.iloc[0]
    methods = Span.of(own, "method_p05", "method_p95", wide=THICK, ink=TRACK)
    rounding = Span.of(own, "rounding_low", "rounding_high", wide=THICK, ink=INK)
    rows = {
        words.say("before_rounding"): [rounding],
        words.say("other_methods"): [methods],
    }
    for route, row in ranks.iloc[::-1].iterrows():
        rows[words.say("by_error", route=words.say(str(route)))] = [
            Span.of(row, f"{kind}_low", f"{kind}_high", wide=wide, ink=NATION)
            for kind, wide in (("marginal", THICK), ("simultaneous", THIN))
        ]
    return rows


def rank_reading(words: Words, ranks: pd.DataFrame, scores: pd.DataFrame, region: str) -> Text:
    """What the rank may be under each route, who stands too near to be told apart.

    Parameters
    ----------
    words : Words
        The language.
    ranks : DataFrame
        The region's rows of `RANKS`, indexed by route; may be empty.
    scores : DataFrame
        Known rows, indexed by region code.
    region : str
        Code.
    """
    if ranks.empty:
        return Text(words.say("no_ranks"))
    first = ranks.iloc[0]
    said = [_route_reading(words, str(route), row) for route, row in ranks.iterrows()]
    said[0] += words.say(
        "apart",
        apart=int(first["marginal_high"] - first["marginal_low"]),
        others=len(scores) - 1,
        level=words.percent(LEVEL, 0),
        nearest=_neighbours(words, scores, region, first),
    )
    return Text("\n\n".join([*said, _other_ranges(words, first)]))


def _route_reading(words: Words, route: str, row: pd.Series) -> str:
    name = words.say(route)
    return words.say(
        "sets",
        route=name,
        Route=name.capitalize(),
        error=words.say(f"{route}_error"),
        size=words.number(row["standard_error"]),
        level=words.percent(LEVEL, 0),
        alone=_ranks(words, row["marginal_low"], row["marginal_high"]),
        joint=_ranks(words, row["simultaneous_low"], row["simultaneous_high"]),
    )


def _ranks(words: Words, low: int, high: int) -> str:
    return str(low) if low == high else f"{low} {words.term('to')} {high}"


def _neighbours(words: Words, scores: pd.DataFrame, region: str, row: pd.Series) -> str:
    """The nearest rows of the set, above, level and below."""
    index, own = scores["published_index"], scores.at[region, "published_index"]
    index = index.sort_values(ascending=False, kind="stable")
    near = index.iloc[row["marginal_low"] - 1 : row["marginal_high"]].drop(region, errors="ignore")
    sides = {
        words.say("above"): near[near > own].iloc[::-1],
        words.say("level"): near[near == own],
        words.say("below"): near[near < own],
    }
    parts = [
        f"{side} "
        + ", ".join(
            f"{scores.at[code, 'region']} ({words.number(value)})"
            for code, value in found.head(NAMED).items()
        )
        for side, found in sides.items()
        if len(found)
    ]
    return "; ".join(parts)


def _other_ranges(words: Words, row: pd.Series) -> str:
    """Ranges over methods and before rounding."""
    return words.say(
        "other_ranges",
        methods=_ranks(words, row["method_p05"], row["method_p95"]),
        rounding=_ranks(words, row["rounding_low"], row["rounding_high"]),
    )
