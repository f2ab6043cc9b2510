"""The first screen of a region's report: four numbers, one sentence, a strip (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from smartlib.index.region.apart import told_apart
from smartlib.index.region.gap import Gap
from smartlib.index.region.places import Place
from smartlib.index.trust.change import reliable_change
from smartlib.present.document.blocks import Cell, Dot, Facts, Strip
from smartlib.present.document.scale import LEVEL, ticks
from smartlib.present.region.subject import Subject


def facts(about: Subject, places: Sequence[Place], ranks: pd.DataFrame) -> Facts:
    """The numbers of a report as numbers.

    Parameters
    ----------
    about : Subject
        The region.
    places : sequence of Place
        Its ranks, all known rows first.
    ranks : DataFrame
        Its rows of `RANKS`, indexed by route; may be empty.
    """
    own, place = about.own, places[0]
    found = ranks.iloc[0] if len(ranks) else None
    return Facts(
        index=float(own["published_index"]),
        harmonised=float(own["harmonised_index"]),
        median=about.median,
        error=about.error,
        rank=place.rank,
        known=place.known,
        lowest=place.lowest,
        rank_low=None if found is None else int(found["marginal_low"]),
        rank_high=None if found is None else int(found["marginal_high"]),
        change=None if pd.isna(own["improvement"]) else float(own["improvement"]),
    )


def cells(about: Subject, numbers: Facts, nearest: pd.Series) -> tuple[Cell, ...]:
    """Index, rank, change, and place among similar regions.

    Parameters
    ----------
    about : Subject
        The region.
    numbers : Facts
        Of the report.
    nearest : Series
        Distances of the most similar regions, by code; empty where there are none.
    """
    words = about.words
    index = Cell(words.say("cell_index"), words.number(numbers.index), _beside_median(about))
    return index, _rank(about, numbers), _change(about, numbers), _alike(about, nearest)


def _beside_median(about: Subject) -> str:
    error = about.error
    if error is None:
        return about.median_verdict("beside")
    gap = about.own["published_index"] - about.median
    return about.median_verdict(told_apart(gap, error, measured=1, level=LEVEL)[0])


def _rank(about: Subject, numbers: Facts) -> Cell:
    words, note = about.words, about.words.say("of_known", known=numbers.known)
    if numbers.rank_low is None or numbers.rank_high is None:
        return Cell(words.say("cell_rank_plain"), str(numbers.rank), note)
    label = words.say("cell_rank", level=words.percent(LEVEL, 0))
    spread = words.span(numbers.rank_low, numbers.rank_high)
    return Cell(label, f"{numbers.rank} ({spread})", note)


def change_verdict(about: Subject) -> str:
    """Code of what the change is: rose, fell, within_noise, no_last_year or not_judged."""
    if pd.isna(about.own["improvement"]):
        return "no_last_year"
    if about.error is None:
        return "not_judged"
    change = about.scores["improvement"].loc[[about.code]]
    return str(reliable_change(change, about.error, level=LEVEL)["verdict"].iloc[0])


def _change(about: Subject, numbers: Facts) -> Cell:
    words = about.words
    value = words.say("no_value") if numbers.change is None else words.signed(numbers.change)
    return Cell(words.say("cell_change"), value, words.say(change_verdict(about)))


def _alike(about: Subject, nearest: pd.Series) -> Cell:
    words, label = about.words, about.words.say("cell_alike")
    if nearest.empty:
        return Cell(label, words.say("no_value"), words.say("no_alike"))
    others = about.scores.loc[nearest.index, "harmonised_index"]
    place = 1 + int((others > about.own["harmonised_index"]).sum())
    value = words.say("place_of", place=place, all=len(others) + 1)
    return Cell(label, value, words.say("alike_note", count=len(others)))


def standout(about: Subject, gap: Gap, blanks: Mapping[str, tuple[float, float]]) -> str:
    """One sentence: a blank that costs most, a change beyond the error, or what lifts and holds.

    Parameters
    ----------
    about : Subject
        The region.
    gap : Gap
        Output of `gap_in_track`.
    blanks : mapping of str to (float, float)
        Output of `blank_costs`.
    """
    words = about.words
    holds_most = str(gap.contributions.idxmin())
    for name, (cost, _) in blanks.items():
        if pd.notna(cost) and name == holds_most:
            mean = words.number(about.inside[name].mean())
            named = words.dimension(name)
            return words.say("standout_blank", dimension=named, mean=mean, cost=words.number(cost))
    verdict = change_verdict(about)
    if verdict in {"rose", "fell"}:
        change = words.number(abs(about.own["improvement"]))
        return words.say(f"standout_{verdict}", change=change)
    return _lifts_and_holds(about, gap)


def _lifts_and_holds(about: Subject, gap: Gap) -> str:
    words, parts = about.words, gap.contributions
    high, low = str(parts.idxmax()), str(parts.idxmin())
    kind = "lifting" if parts.min() >= 0 else "holding" if parts.max() <= 0 else "both"
    return words.say(
        f"standout_{kind}",
        **({} if kind == "holding" else _part(about, "high", "up", high, parts[high])),
        **({} if kind == "lifting" else _part(about, "low", "down", low, parts[low])),
    )


def _part(about: Subject, name: str, size: str, dimension: str, value: float) -> dict[str, str]:
    return {name: about.words.dimension(dimension), size: about.words.signed(value)}


def strip(about: Subject) -> Strip:
    """Every known row's index as a tick, the region and its track's median marked."""
    words, own = about.words, float(about.own["published_index"])
    inside, rest = about.inside, about.scores[about.scores["track"] != about.track.name]
    title = words.say(
        "standing_title" if about.has_tracks else "standing_alone",
        region=about.name,
        rows=len(inside),
    )
    side = "above" if own > about.median else "below" if own < about.median else "level"
    shown = {"index": words.number(own), "median": words.number(about.median)}
    return Strip(
        title=title,
        alt=words.say("standing_alt", region=about.name, side=words.say(f"side_{side}"), **shown),
        source=about.rows_source,
        scale=words.say("cell_index"),
        ticks=ticks(words, about.scores["published_index"]),
        values=tuple(sorted(inside["published_index"].tolist())),
        others=tuple(sorted(rest["published_index"].tolist())),
        own=Dot(own, words.say("own_label", region=about.name, value=shown["index"])),
        reference=Dot(about.median, words.say("median_label", value=shown["median"])),
    )
