"""Sheets and sentences of the national ranking (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from smartlib.index.make.rank import index_ends, median_bounds
from smartlib.index.region.places import lost_on_track
from smartlib.index.trust.change import change_counts
from smartlib.inference.core.estimates import Estimate
from smartlib.present.words.tables import Sheet, Text, sheet
from smartlib.present.words.wording import ENGLISH, Words, track_label
from smartlib.vocabulary.records import Scheme


def medians_text(
    scores: pd.DataFrame, undetermined: pd.DataFrame, scheme: Scheme, *, words: Words = ENGLISH
) -> Text:
    """Medians of the published index over all rows and by kind, with what lost rows allow.

    Parameters
    ----------
    scores : DataFrame
        Known rows: kind, published_index.
    undetermined : DataFrame
        Regions whose rows may be among the lost ones: kind.
    scheme : Scheme
        Of the year.
    words : Words, optional
        The language; by default English.
    """
    scored = scheme.stages.scored
    every = scores["published_index"]
    lines = [
        words.say(
            "median_of_known",
            scored=scored,
            **_median(words, every, scored - len(scores), scheme),
        )
    ]
    for kind, count in undetermined["kind"].value_counts().items():
        own = every[scores["kind"] == kind]
        parts = _median(words, own, min(scored - len(scores), int(count)), scheme)
        lines.append(words.say("median_of_kind", kind=kind, **parts))
    means = every.groupby(scores["kind"]).mean()[::-1]
    told = ", ".join(f"{kind} {words.number(mean)}" for kind, mean in means.items())
    return Text(" ".join([*lines, words.say("kind_means", means=told), words.say("bounds_note")]))


def tracks_sheet(scores: pd.DataFrame, scheme: Scheme, *, words: Words = ENGLISH) -> Sheet:
    """Medians of each track, that of the harmonised index with what lost rows allow.

    Parameters
    ----------
    scores : DataFrame
        Known rows: track, published_index, harmonised_index.
    scheme : Scheme
        Of the year.
    words : Words, optional
        The language; by default English.
    """
    lost, ends = scheme.stages.scored - len(scores), (float(scheme.lowest), float(scheme.highest))
    lines = []
    for track in scheme.tracks.values():
        rows = scores[scores["track"] == track.name]
        room, value = lost_on_track(track, len(rows), lost), rows["harmonised_index"]
        low, high = median_bounds(value, room, lowest=ends[0], highest=ends[1])
        own = words.number(rows["published_index"].median())
        median, *bounds = map(words.number, (value.median(), low, high))
        told = words.say("value_bounds", value=median, low=bounds[0], high=bounds[1])
        lines.append([track_label(words, track), str(len(rows)), own, told])
    keys = ("known_count", "median_published", "median_harmonised")
    headings = [words.term("track"), *map(words.say, keys)]
    return Sheet(pd.DataFrame(lines, columns=headings), numeric=tuple(headings[1:]))


def provinces_sheet(
    scores: pd.DataFrame, undetermined: pd.DataFrame, scheme: Scheme, *, words: Words = ENGLISH
) -> Sheet:
    """Median of each province's known rows, and what lost rows allow.

    Parameters
    ----------
    scores : DataFrame
        Known rows: province, published_index.
    undetermined : DataFrame
        Regions whose rows may be among the lost ones: kind, province.
    scheme : Scheme
        Of the year.
    words : Words, optional
        The language; by default English.
    """
    missing = undetermined["province"].value_counts()
    kinds = words.say("and").join(undetermined["kind"].unique()) or words.say("any_regions")
    groups = scores.groupby("province")["published_index"]
    table = groups.agg(["size", "median", "max"])
    table = table.sort_values(["median", "size"], ascending=False)
    counts = [int(missing.get(name, 0)) for name in table.index]
    ends = (
        _ends(words, groups.get_group(name), count, scheme)
        for name, count in zip(table.index, counts, strict=True)
    )
    columns = {
        words.term("province"): list(table.index),
        words.say("known_count"): [str(n) for n in table["size"]],
        words.say("median_head"): list(map(words.number, table["median"])),
        words.say("median_may_be"): [words.say("from_to", **both) for both in ends],
        words.say("highest_head"): list(map(words.number, table["max"])),
        words.say("undetermined_kinds", kinds=kinds): [str(count) for count in counts],
    }
    return sheet(columns, numeric=tuple(list(columns)[1:]))


def changes_sheet(
    questions: Mapping[str, pd.DataFrame], level: float = 0.95, *, words: Words = ENGLISH
) -> Sheet:
    """How many rose and fell beyond the error, by each question.

    Parameters
    ----------
    questions : mapping of str to DataFrame
        Output of `change_questions`.
    level : float, default 0.95
        The one of its verdicts.
    words : Words, optional
        The language; by default English.
    """
    counts = change_counts(dict(questions), level)
    pairs = zip(counts["by_chance"], counts["regions"], strict=True)
    columns = {
        words.term("question"): [words.say(f"asked_{name}") for name in counts.index],
        words.say("rose_head"): [str(n) for n in counts["rose"]],
        words.say("fell_head"): [str(n) for n in counts["fell"]],
        words.say("chance_head"): [
            words.say("so_many_of", some=words.number(n, 0), all=m) for n, m in pairs
        ],
        words.say("rose_controlled"): [str(n) for n in counts["rose_controlled"]],
        words.say("fell_controlled"): [str(n) for n in counts["fell_controlled"]],
    }
    return sheet(columns, numeric=tuple(list(columns)[1:]))


def slopes_text(
    slopes: Mapping[str, Estimate],
    few: Mapping[str, int],
    correlation: float,
    noise: float,
    *,
    words: Words = ENGLISH,
) -> Text:
    """The slope of improvement on last year's final, and what noise alone would give.

    Parameters
    ----------
    slopes : mapping of str to Estimate
        By rows in words.
    few : mapping of str to int
        Parts with too few rows for a slope, and their number.
    correlation : float
        Of the final with last year's.
    noise : float
        Slope that noise alone gives.
    words : Words, optional
        The language; by default English.
    """
    told = (
        words.say("slope", slope=own, low=low, high=high, label=label)
        for label, (own, low, high) in (
            (label, map(words.signed, (one.estimate, one.low, one.high)))
            for label, one in slopes.items()
        )
    )
    lacking = ", ".join(f"{rows} ({count})" for rows, count in few.items())
    return Text(
        words.say(
            "slopes_found",
            r=words.number(correlation),
            slopes="; ".join(told),
            noise=words.signed(noise),
        )
        + (words.say("slopes_few", few=lacking) if few else "")
    )


def changes_text(
    internal: Mapping[str, pd.DataFrame],
    retest: Mapping[str, pd.DataFrame],
    mean: float,
    *,
    words: Words = ENGLISH,
) -> Text:
    """What the counts of changes mean, and why the retest route says little.

    Parameters
    ----------
    internal, retest : mapping of str to DataFrame
        Outputs of `change_questions` by each route.
    mean : float
        Of all changes.
    words : Words, optional
        The language; by default English.
    """
    counts, others = (change_counts(dict(found)) for found in (internal, retest))
    own, rest, alike = counts.loc["changed"], counts.loc["than_rest"], others.loc["than_alike"]
    numbers = {
        "rose": own["rose"],
        "fell": own["fell"],
        "rose_rest": rest["rose"],
        "fell_rest": rest["fell"],
        "chance": rest["by_chance"],
        "alike": alike["rose"] + alike["fell"],
        "regions": alike["regions"],
    }
    written = {name: words.number(value, 0) for name, value in numbers.items()}
    return Text(words.say("changes_found", mean=words.signed(mean, 3), **written))


def _median(words: Words, values: pd.Series, lost: int, scheme: Scheme) -> dict[str, str]:
    """A median and its bounds, as written."""
    return {"median": words.number(values.median()), **_ends(words, values, lost, scheme)}


def _ends(words: Words, values: pd.Series, lost: int, scheme: Scheme) -> dict[str, str]:
    lowest, highest = index_ends(scheme)
    low, high = map(words.number, median_bounds(values, lost, lowest=lowest, highest=highest))
    return {"low": low, "high": high}
