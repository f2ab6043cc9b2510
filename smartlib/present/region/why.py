"""Which dimensions lift a region's index and which hold it back (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from smartlib.index.region.gap import Gap
from smartlib.present.document.blocks import Bar, Bars, Fold, Grid, Passage, Section
from smartlib.present.document.scale import ticks
from smartlib.present.region.subject import Subject
from smartlib.present.words.wording import Words

GROUPS = ("nation", "track", "province")


def why(
    about: Subject,
    gap: Gap,
    blanks: Mapping[str, tuple[float, float]],
    profile: pd.DataFrame,
    bounds: pd.DataFrame,
) -> Section:
    """The section: text, figure and table of weighted gaps, and the medians with their bounds.

    Parameters
    ----------
    about : Subject
        The region.
    gap : Gap
        Output of `gap_in_track`.
    blanks : mapping of str to (float, float)
        Output of `blank_costs`.
    profile, bounds : DataFrame
        Outputs of `profile` and `profile_bounds`.
    """
    words = about.words
    said = words.say("why_text", gap=words.signed(gap.total))
    fold = Fold(words.say("why_fold"), (_table(about, gap), _bounds(words, profile, bounds)))
    return Section(
        "why",
        words.say("why"),
        words.say("why_short"),
        (Passage(said), *_blanks(about, blanks), _bars(about, gap), fold),
    )


def _blanks(about: Subject, blanks: Mapping[str, tuple[float, float]]) -> list[Passage]:
    """What each blank costs."""
    words = about.words
    return [
        Passage(
            words.say(
                "why_blank",
                dimension=words.dimension(name),
                blanks=int(about.inside[name].isna().sum()),
                rows=len(about.inside),
                mean=words.number(about.inside[name].mean()),
                cost=words.number(cost),
                most=words.number(most),
            )
            + _below_lowest(about)
        )
        for name, (cost, most) in blanks.items()
        if pd.notna(cost)
    ]


def _below_lowest(about: Subject) -> str:
    lowest = about.scheme.lowest
    if about.own["published_index"] >= lowest:
        return ""
    return about.words.say("below_lowest", lowest=lowest)


def _bars(about: Subject, gap: Gap) -> Bars:
    words, parts = about.words, gap.contributions
    bars = [
        Bar(words.dimension(str(name)), float(value), words.signed(value))
        for name, value in parts.items()
    ]
    bars.append(Bar(words.say("rounding_rest"), gap.remainder, words.signed(gap.remainder)))
    bars.append(Bar(words.say("whole_gap"), gap.total, words.signed(gap.total), heavy=True))
    longest = max(bars[: len(parts)], key=lambda bar: abs(bar.value))
    written = "; ".join(f"{bar.name} {bar.written}" for bar in bars)
    named = f"{longest.name} ({longest.written})"
    return Bars(
        title=_finding(about, gap),
        alt=words.say("why_alt", longest=named, parts=written),
        source=about.rows_source,
        scale=words.term("points"),
        ticks=ticks(words, [0.0, *(bar.value for bar in bars)]),
        bars=tuple(bars),
    )


def _finding(about: Subject, gap: Gap) -> str:
    parts = gap.contributions
    largest = str(parts.abs().idxmax())
    key = "title_lifts" if parts[largest] >= 0 else "title_holds"
    words = about.words
    return words.say(key, dimension=words.dimension(largest), region=about.name)


def _table(about: Subject, gap: Gap) -> Grid:
    words, track = about.words, about.track
    medians = about.inside[list(track.weights)].median()

    def row(name: str, weight: float) -> tuple[str, ...]:
        mark = about.own[name]
        return (
            words.dimension(name),
            words.percent(weight, 0),
            words.say("blank") if pd.isna(mark) else words.number(mark),
            words.number(medians[name]),
            words.signed(gap.contributions[name]),
        )

    rows = [row(name, float(weight)) for name, weight in track.weights.items()]
    rows.append((words.say("rounding_rest"), "", "", "", words.signed(gap.remainder)))
    index, median = words.number(gap.index), words.number(gap.reference_index)
    rows.append((words.say("whole_gap"), "", index, median, words.signed(gap.total)))
    keys = ("weight", "mark", "track_median", "lifts")
    return Grid(
        caption=words.say("why_caption"),
        headings=(words.term("dimension"), *map(words.say, keys)),
        rows=tuple(rows),
        numeric=(1, 2, 3, 4),
        total=len(rows) - 1,
    )


def _bounds(words: Words, profile: pd.DataFrame, bounds: pd.DataFrame) -> Grid:
    """Medians of nation, track and province, each with the bounds that the lost rows allow."""
    shown = profile.dropna(subset=["region"])

    def median(group: str, dimension: str) -> str:
        ends = [bounds.at[dimension, f"{group}_{end}"] for end in ("low", "high")]
        low, high = map(words.number, ends)
        value = words.number(shown.at[dimension, group])
        return value if low == high else f"{value} ({low}–{high})"

    rows = [
        (words.dimension(str(name)), *(median(group, str(name)) for group in GROUPS))
        for name in shown.index
    ]
    return Grid(
        caption=words.say("bounds_caption"),
        headings=(words.term("dimension"), *map(words.term, GROUPS)),
        rows=tuple(rows),
        numeric=(1, 2, 3),
    )
