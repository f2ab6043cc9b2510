"""How certain an index and its rank are: sets, routes, lost rows, other methods (floor 4)."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from smartlib.index.region.places import Place
from smartlib.present.document.blocks import (
    Block,
    Dot,
    Fold,
    Grid,
    Line,
    Passage,
    Plain,
    Section,
    Span,
    Spans,
)
from smartlib.present.document.scale import LEVEL
from smartlib.present.region.change import beyond_expected
from smartlib.present.region.subject import Subject
from smartlib.present.words.wording import Words, track_label

NAMED = 3  # neighbours named on either side
ROUTES = ("internal", "retest")  # as in the table of ranks
SETS = (("marginal", True), ("simultaneous", False))


def certain(about: Subject, ranks: pd.DataFrame, places: Sequence[Place], lost: str) -> Section:
    """The section: the error, the rank's set in a figure, the second route folded.

    Parameters
    ----------
    about : Subject
        The region.
    ranks : DataFrame
        Its rows of `RANKS`, indexed by route; may be empty.
    places : sequence of Place
        Its ranks in groups, all known rows first.
    lost : str
        What is known of the lost rows.
    """
    words, groups = about.words, _places(about, places)
    bound = _lost(about, places[0])
    if ranks.empty or about.error is None:
        none, hidden = Passage(words.say("no_ranks")), Passage(lost, quiet=True)
        return _section(words, none, *bound, hidden, groups)
    first = ranks.iloc[0]
    others = [_route(about, str(route), row) for route, row in ranks.iterrows()]
    folded: tuple[Plain, ...] = (
        *map(Passage, others),
        Passage(_other_ranges(words, first)),
        Passage(words.say("nearest_ranks", nearest=_nearest(about, first))),
        groups,
        Passage(lost, quiet=True),
    )
    fold = Fold(words.say("second_fold"), folded)
    said = Passage(_error(about, first))
    return _section(words, said, _spans(about, ranks), *bound, fold)


def _section(words: Words, *blocks: Block) -> Section:
    return Section("certain", words.say("certain"), words.say("certain_short"), blocks)


def _error(about: Subject, first: pd.Series) -> str:
    words = about.words
    return words.say(
        "certain_text",
        error=words.number(first["standard_error"]),
        alpha=words.number(about.routes.at["internal", "reliability"]),
        apart=int(first["marginal_high"] - first["marginal_low"]),
        others=len(about.scores) - 1,
    )


def _lost(about: Subject, place: Place) -> list[Passage]:
    if not place.lost:
        return []
    scored = about.scheme.stages.scored
    numbers = {"lost": place.lost, "scored": scored, "lowest": place.lowest}
    return [Passage(about.words.say("lost_text", **numbers))]


def _route(about: Subject, route: str, row: pd.Series) -> str:
    words, named = about.words, about.words.say(route)
    said = words.say(
        "set_line",
        Route=named[0].upper() + named[1:],
        size=words.number(row["standard_error"]),
        level=words.percent(LEVEL, 0),
        alone=words.span(row["marginal_low"], row["marginal_high"]),
        joint=words.span(row["simultaneous_low"], row["simultaneous_high"]),
    )
    if route == "internal" or pd.isna(about.own["improvement"]) or not about.error_by(route):
        return said
    expected, _, verdict = beyond_expected(about, route)
    shown = {"change": words.signed(about.own["improvement"]), "expected": words.signed(expected)}
    return f"{said} " + words.say("change_line", verdict=words.say(verdict), **shown)


def _other_ranges(words: Words, row: pd.Series) -> str:
    """Ranks over methods and before rounding."""
    return words.say(
        "other_ranges",
        methods=words.span(row["method_p05"], row["method_p95"]),
        rounding=words.span(row["rounding_low"], row["rounding_high"]),
    )


def _nearest(about: Subject, row: pd.Series) -> str:
    """The nearest rows of the set, above, level and below."""
    words, index = about.words, about.scores["published_index"]
    own = index[about.code]
    index = index.sort_values(ascending=False, kind="stable")
    near = index.iloc[row["marginal_low"] - 1 : row["marginal_high"]]
    near = near.drop(about.code, errors="ignore")
    sides = {
        words.say("above"): near[near > own].iloc[::-1],
        words.say("level"): near[near == own],
        words.say("below"): near[near < own],
    }
    parts = [
        f"{side} "
        + ", ".join(
            f"{about.linked(str(code))} ({words.number(value)})"
            for code, value in found.head(NAMED).items()
        )
        for side, found in sides.items()
        if len(found)
    ]
    return "; ".join(parts)


def _spans(about: Subject, ranks: pd.DataFrame) -> Spans:
    words, own = about.words, int(ranks["rank"].iloc[0])
    lines = _lines(words, ranks)
    written = "; ".join(f"{line.name} {line.written}" for line in lines)
    last = len(about.scores)
    places = [1, *range(20, last, 20), last] if last > 25 else [1, last]
    places = [place for place in places if place in {1, last} or last - place > 8]
    return Spans(
        title=words.say("rank_title", region=about.name, level=words.percent(LEVEL, 0)),
        alt=words.say("rank_alt", parts=written),
        source=about.rows_source,
        scale=words.term("rank"),
        ticks=tuple((float(place), str(place)) for place in places),
        lines=tuple(lines),
        own=Dot(own, words.say("rank_own", rank=own)),
    )


def _lines(words: Words, ranks: pd.DataFrame) -> list[Line]:
    """Rows of the figure: the sets of each route, then other methods, then before rounding."""
    found = []
    for route, row in ranks.iterrows():
        spans = [
            Span(int(row[f"{kind}_low"]), int(row[f"{kind}_high"]), thick, "error")
            for kind, thick in SETS
        ]
        alone, joint = (words.span(int(span.low), int(span.high)) for span in spans)
        found.append(Line(words.say(f"{route}_row"), tuple(spans), f"{alone} ({joint})"))
    own = ranks.iloc[0]
    for name, low, high, kind in (
        ("other_methods", "method_p05", "method_p95", "method"),
        ("before_rounding", "rounding_low", "rounding_high", "rounding"),
    ):
        span = Span(int(own[low]), int(own[high]), True, kind)
        found.append(Line(words.say(name), (span,), words.span(int(span.low), int(span.high))))
    return found


def group_name(about: Subject, place: Place) -> str:
    """What a rank is among, in words."""
    words = about.words
    if place.group == "known":
        return words.term("nation")
    if place.group == "track":
        member = track_label(words, about.scheme.tracks[place.member])
    else:
        member = words.term(place.member) if place.group == "kind" else place.member
    return f"{words.term(place.group)}: {member}"


def _places(about: Subject, places: Sequence[Place]) -> Grid:
    """Ranks in the nation, track, kind and province."""
    words = about.words
    rows = tuple(
        (
            group_name(about, place),
            str(place.rank),
            str(place.known),
            words.say("lowest_of", lowest=place.lowest, all=place.known + place.lost),
        )
        for place in places
    )
    heads = (words.term("among"), words.term("rank"), words.say("regions_known"))
    return Grid(
        words.say("places_caption"), (*heads, words.term("lowest")), rows, numeric=(1, 2, 3)
    )
