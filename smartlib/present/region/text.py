"""What a region's report says: the numbers of its sentences (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from smartlib.index.make.rank import median_bounds
from smartlib.index.region.gap import Gap
from smartlib.index.region.places import Place
from smartlib.index.trust.change import expected_from_regression, reliable_change
from smartlib.present.region.ranks import LEVEL
from smartlib.present.region.tables import LOWEST_QUESTIONS
from smartlib.present.words.tables import Text
from smartlib.present.words.wording import Words, track_label
from smartlib.vocabulary.records import Scheme, SourceRecord

FAR = 1.0  # standard deviations on average: beyond it a region is alike in name only


def summary(words: Words, own: pd.Series, places: Sequence[Place], scheme: Scheme) -> Text:
    """What the region scored and where it stands.

    Parameters
    ----------
    words : Words
        The language.
    own : Series
        The region's row of the scores.
    places : sequence of Place
        Its ranks, all known rows first.
    scheme : Scheme
        Tracks and counts.
    """
    place = places[0]
    said = words.say(
        "summary",
        region=own["region"],
        province=own["province"],
        track=track_label(words, scheme.tracks[own["track"]]),
        index=words.number(own["published_index"]),
        year=own["year"],
        rank=place.rank,
        known=place.known,
    )
    if place.lost:
        bounds = {"rank": place.rank, "lowest": place.lowest}
        said += words.say("summary_lost", lost=place.lost, scored=scheme.stages.scored, **bounds)
    return Text(said)


def noise_reading(words: Words, error: float, alpha: float) -> Text:
    """How small a difference between two regions can be told from noise.

    Parameters
    ----------
    words : Words
        The language.
    error : float
        Standard error of one score, index points.
    alpha : float
        Cronbach's alpha of the dimensions that it comes from.
    """
    return Text(words.say("noise", error=words.number(error), alpha=words.number(alpha)))


def profile_reading(words: Words, profile: pd.DataFrame, name: str) -> Text:
    """The dimensions with the highest and the lowest distance to the national median."""
    ahead = (profile["region"] - profile["nation"]).dropna().sort_values(kind="stable")
    low, high = str(ahead.index[0]), str(ahead.index[-1])

    def distance(dimension: str) -> str:
        return f"{words.dimension(dimension)} ({words.signed(ahead[dimension])})"

    return Text(words.say("profile", region=name, high=distance(high), low=distance(low)))


def gap_reading(words: Words, gap: Gap, scores: pd.DataFrame, scheme: Scheme) -> Text:
    """The gap in words, with what the lost rows allow the median to be."""
    lost = scheme.stages.scored - len(scores)
    low, high = median_bounds(scores["harmonised_index"], lost)
    largest = str(gap.contributions.abs().idxmax())
    return Text(
        words.say(
            "gap",
            index=words.number(gap.index),
            gap=words.signed(gap.total),
            median=words.number(gap.reference_index),
            scored=scheme.stages.scored,
            low=words.number(low),
            high=words.number(high),
            part=f"{words.dimension(largest)} ({words.signed(gap.contributions[largest])})",
            remainder=words.signed(gap.remainder),
        )
    )


def improvement_reading(words: Words, scores: pd.DataFrame, region: str) -> Text:
    """The change, beside the median change, and what it is not."""
    own = scores.loc[region]
    if pd.isna(own["improvement"]):
        return Text(words.say("no_improvement"))
    return Text(
        words.say(
            "improvement",
            change=words.signed(own["improvement"]),
            before=words.number(own["previous_index"]),
            now=words.number(own["published_index"]),
            median=words.signed(scores["improvement"].median()),
        )
    )


def change_reading(words: Words, scores: pd.DataFrame, region: str, routes: pd.DataFrame) -> Text:
    """How much of a change is beyond noise, and what regression to the mean would give.

    Parameters
    ----------
    words : Words
        The language.
    scores : DataFrame
        Known rows, indexed by region code.
    region : str
        Code.
    routes : DataFrame
        Output of `error_routes`.
    """
    known = routes[(routes["reason"] == "") & (routes["standard_error"] > 0)]
    if known.empty or pd.isna(scores.at[region, "improvement"]):
        return Text(words.say("no_noise"))
    return Text(
        "\n".join(_change_line(words, scores, region, route) for _, route in known.iterrows())
    )


def _change_line(words: Words, scores: pd.DataFrame, region: str, route: pd.Series) -> str:
    change, previous = scores["improvement"], scores["previous_index"]
    error = float(route["standard_error"])
    found = reliable_change(change.loc[[region]], error, level=LEVEL).iloc[0]
    alone = expected_from_regression(previous, route["reliability"], change).loc[region]
    name = words.say(str(route.name))
    return words.say(
        "change",
        route=name,
        Route=name.capitalize(),
        times=words.number(abs(found["index"])),
        both=words.number(2**0.5 * error),
        verdict=words.say(found["verdict"]),
        expected=words.signed(alone["expected"]),
        left=words.signed(alone["left_over"]),
    )


def nearest_reading(words: Words, scores: pd.DataFrame, region: str, distances: pd.Series) -> Text:
    """How the region does beside its nearest."""
    own = scores.loc[region]
    others = scores.loc[distances.index, "harmonised_index"]
    said = words.say(
        "nearest",
        above=int((others > own["harmonised_index"]).sum()),
        others=len(others),
        region=own["region"],
        median=words.number(others.median()),
    )
    if distances.iloc[0] > FAR:
        said += words.say("no_twin", region=own["region"])
    return Text(said)


def questions_reading(words: Words, marks: pd.DataFrame, name: str) -> Text:
    """What the question marks show, or that there are none."""
    if marks.empty:
        return Text(words.say("no_questions", region=name))
    high, low = marks["score"].max(), marks["score"].min()
    return Text(
        words.say(
            "questions",
            count=len(marks),
            low=words.number(low, 1),
            high=words.number(high, 1),
            top=int((marks["score"] == high).sum()),
            listed=LOWEST_QUESTIONS,
        )
    )


def sources_text(words: Words, sources: Mapping[str, SourceRecord]) -> Text:
    """The publications behind a report, one a line, with dates as the language writes them."""
    citations = dict.fromkeys(words.dates(record.citation) for record in sources.values())
    return Text("\n".join(f"- {citation}" for citation in citations))


def command_text(words: Words, region: str, year: int) -> Text:
    """The command that makes this report again."""
    return Text(words.say("command", region=region, year=year, lang=words.lang))
