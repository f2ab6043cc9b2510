"""How far a region's rank is known: a figure and its sentences (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from smartlib.present.drawing.picture import (
    INK,
    LEGEND,
    NATION,
    REGION,
    SMALL,
    TRACK,
    Picture,
    drawing,
    legend_above,
    names_beside,
    room,
    scale_below,
)
from smartlib.present.words.tables import Text
from smartlib.present.words.wording import Words

LEVEL = 0.95  # of the sets in the table of ranks
NAMED = 3  # neighbours named on either side
ROW = 0.27  # inches, height of a row of the figure
BESIDE = 1.2  # inches right of the axes, for the ranges in figures
THICK, THIN = 6.0, 1.5  # points
ROUTES: Mapping[str, tuple[tuple[str, str], tuple[str, str]]] = {
    # route: its name, and what it takes for error; Indonesian and English
    "internal": (
        ("konsistensi internal", "internal consistency"),
        (
            "kekhasan setiap dimensi terhitung galat",
            "what a dimension has of its own counts as error",
        ),
    ),
    "retest": (
        ("uji ulang", "retest"),
        (
            "semua pergeseran antartahun terhitung galat",
            "whatever moved between years counts as error",
        ),
    ),
}


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


def rank_picture(
    words: Words, ranks: pd.DataFrame, name: str, *, known: int, source: str
) -> Picture:
    """A line of ranks: the region's own, and what error, method and rounding leave open.

    Parameters
    ----------
    words : Words
        The language.
    ranks : DataFrame
        The region's rows of `RANKS`, indexed by route; at least one.
    name : str
        The region's.
    known : int
        Known rows, which the line of ranks is as long as.
    source : str
        Line below.
    """
    own, n = int(ranks["rank"].iloc[0]), known
    caption = words.pick(
        f"Peringkat {name} dan ketidakpastiannya", f"The rank of {name} and how far it is known"
    )
    rows = _rows(words, ranks)
    written = [
        f"{first}" + "".join(f" ({more})" for more in rest) for first, *rest in rows.values()
    ]
    bars = [(place, span) for place, spans in enumerate(rows.values()) for span in spans]
    with drawing(
        caption,
        source,
        ROW * len(rows),
        left=room(rows),
        right=BESIDE,
        above=LEGEND,
    ) as (figure, [ax]):
        ax.set_xlim(0.5, n + 0.5)
        ax.set_ylim(-0.5, len(rows) - 0.5)
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
        legend_above(ax)
        names_beside(ax, list(rows))
        for place, text in enumerate(written):
            ax.text(n * 1.03, place, text, va="center", fontsize=SMALL)
        scale_below(ax, words, words.term("rank"))
    alt = "; ".join(f"{label} {text}" for label, text in zip(rows, written, strict=True))
    return Picture(figure, caption, f"{name}: {words.term('rank').lower()} {own}; {alt}.")


def _levels(words: Words) -> tuple[str, str]:
    level = words.percent(LEVEL, 0)
    alone = words.pick(f"{level}, daerah ini saja", f"{level}, this region alone")
    return alone, words.pick(f"{level}, semua daerah serentak", f"{level}, all regions at once")


def _rows(words: Words, ranks: pd.DataFrame) -> dict[str, list[Span]]:
    """Spans by the printed name of their row, from below; the one in front last."""
    own = ranks.iloc[0]
    methods = Span.of(own, "method_p05", "method_p95", wide=THICK, ink=TRACK)
    rounding = Span.of(own, "rounding_low", "rounding_high", wide=THICK, ink=INK)
    rows = {
        words.pick("Sebelum pembulatan", "Before rounding"): [rounding],
        words.pick("Cara hitung lain, 5-95%", "Other methods, 5-95%"): [methods],
    }
    for route, row in ranks.iloc[::-1].iterrows():
        label = words.pick("Galat: ", "Error: ") + words.pick(*ROUTES[str(route)][0])
        rows[label] = [
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
        return Text(
            words.pick(
                "Ketidakpastian peringkat tahun ini tidak tersedia.",
                "How far the ranks of this year are known has not been computed.",
            )
        )
    first = ranks.iloc[0]
    apart = int(first["marginal_high"] - first["marginal_low"])
    level, others = words.percent(LEVEL, 0), len(scores) - 1
    said = [_route_reading(words, str(route), row) for route, row in ranks.iterrows()]
    said[0] += words.pick(
        f" Artinya, {apart} dari {others} baris lain tidak dapat dibedakan darinya pada taraf "
        f"{level}. {_neighbours(words, scores, region, first)}",
        f" So {apart} of the {others} other rows cannot be told apart from it at {level}. "
        f"{_neighbours(words, scores, region, first)}",
    )
    return Text("\n\n".join([*said, _other_ranges(words, first)]))


def _route_reading(words: Words, route: str, row: pd.Series) -> str:
    name, error = (words.pick(*pair) for pair in ROUTES[route])
    size, level = words.number(row["standard_error"]), words.percent(LEVEL, 0)
    alone, joint = (
        _ranks(words, row[f"{kind}_low"], row[f"{kind}_high"])
        for kind in ("marginal", "simultaneous")
    )
    return words.pick(
        f"**Rute {name}** ({error}; galat baku {size} poin): selang kepercayaan {level} "
        f"peringkatnya {alone}, atau {joint} bila harus berlaku serentak bagi semua daerah.",
        f"**{name.capitalize()} route** ({error}; standard error {size} points): the {level} set "
        f"of its rank is {alone}, or {joint} if it is to hold for all regions at once.",
    )


def _ranks(words: Words, low: int, high: int) -> str:
    return str(low) if low == high else f"{low} {words.term('to')} {high}"


def _neighbours(words: Words, scores: pd.DataFrame, region: str, row: pd.Series) -> str:
    """The nearest rows of the set, above, level and below."""
    index, own = scores["published_index"], scores.at[region, "published_index"]
    index = index.sort_values(ascending=False, kind="stable")
    near = index.iloc[row["marginal_low"] - 1 : row["marginal_high"]].drop(region, errors="ignore")
    sides = {
        words.pick("di atasnya", "above"): near[near > own].iloc[::-1],
        words.pick("setara", "level"): near[near == own],
        words.pick("di bawahnya", "below"): near[near < own],
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
    return words.pick("Yang terdekat: ", "The nearest: ") + "; ".join(parts) + "."


def _other_ranges(words: Words, row: pd.Series) -> str:
    """Ranges over methods and before rounding."""
    methods = _ranks(words, row["method_p05"], row["method_p95"])
    rounding = _ranks(words, row["rounding_low"], row["rounding_high"])
    return words.pick(
        "Bila indeks terharmonisasi dihitung dengan bobot, penskalaan, atau penggabungan lain, "
        f"peringkatnya {methods} pada sembilan dari sepuluh skenario. Nilai sebelum pembulatan "
        f"memberi peringkat {rounding}.",
        "If the harmonised index is made with other weights, scales or ways to combine, its rank "
        f"is {methods} in nine of ten scenarios. The marks before rounding give rank {rounding}.",
    )
