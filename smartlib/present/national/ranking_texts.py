"""Sheets and sentences of the national ranking, in English (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from smartlib.index.make.rank import index_ends, median_bounds
from smartlib.index.region.places import lost_on_track
from smartlib.index.trust.change import change_counts
from smartlib.inference.core.estimates import Estimate
from smartlib.present.words.tables import Sheet, Text, sheet
from smartlib.present.words.wording import Words
from smartlib.vocabulary.records import Scheme

WORDS = Words("en")
ASKED = {
    "changed": "Did it change? (against no change)",
    "than_rest": "Otherwise than the rest? (against the mean change)",
    "than_alike": "Otherwise than regions that began alike? (regression to the mean taken out)",
}


def medians_text(scores: pd.DataFrame, undetermined: pd.DataFrame, scheme: Scheme) -> Text:
    """Medians of the published index over all rows and by kind, with what lost rows allow.

    Parameters
    ----------
    scores : DataFrame
        Known rows: kind, published_index.
    undetermined : DataFrame
        Regions whose rows may be among the lost ones: kind.
    scheme : Scheme
        Of the year.
    """
    lost = scheme.stages.scored - len(scores)
    parts = {f"of the known rows|all {scheme.stages.scored} scored regions": (scores, lost)}
    for kind, count in undetermined["kind"].value_counts().items():
        rows = scores[scores["kind"] == kind]
        parts[f"of the known {kind}|all scored {kind}"] = (rows, min(lost, int(count)))
    lines = []
    for name, (rows, most) in parts.items():
        known, every = name.split("|")
        value, ends = rows["published_index"], _bounds(rows["published_index"], most, scheme)
        lines.append(f"Median {known} {value.median():.2f}; of {every} between {ends}.")
    means = scores.groupby("kind")["published_index"].mean()[::-1]
    lines.append(f"Means: {', '.join(f'{kind} {mean:.2f}' for kind, mean in means.items())}.")
    lines.append(
        "Bounds say what the lost rows allow, whatever they hold on the scale; sampling error is "
        "no part of them."
    )
    return Text(" ".join(lines))


def tracks_sheet(scores: pd.DataFrame, scheme: Scheme) -> Sheet:
    """Medians of each track, that of the harmonised index with what lost rows allow.

    Parameters
    ----------
    scores : DataFrame
        Known rows: track, published_index, harmonised_index.
    scheme : Scheme
        Of the year.
    """
    lost, ends = scheme.stages.scored - len(scores), (float(scheme.lowest), float(scheme.highest))
    lines = []
    for track in scheme.tracks.values():
        rows = scores[scores["track"] == track.name]
        room, value = lost_on_track(track, len(rows), lost), rows["harmonised_index"]
        low, high = median_bounds(value, room, lowest=ends[0], highest=ends[1])
        cells = [track.label_en, str(len(rows)), f"{rows['published_index'].median():.2f}"]
        lines.append([*cells, f"{value.median():.2f} ({low:.2f} to {high:.2f})"])
    headings = ["Track", "Known rows", "Median published", "Median harmonised (bounds)"]
    return Sheet(pd.DataFrame(lines, columns=headings), numeric=tuple(headings[1:]))


def provinces_sheet(scores: pd.DataFrame, undetermined: pd.DataFrame, scheme: Scheme) -> Sheet:
    """Median of each province's known rows, and what lost rows allow.

    Parameters
    ----------
    scores : DataFrame
        Known rows: province, published_index.
    undetermined : DataFrame
        Regions whose rows may be among the lost ones: kind, province.
    scheme : Scheme
        Of the year.
    """
    missing = undetermined["province"].value_counts()
    unknown = f"Undetermined {' and '.join(undetermined['kind'].unique()) or 'regions'}"
    groups = scores.groupby("province")["published_index"]
    table = groups.agg(["size", "median", "max"])
    table = table.sort_values(["median", "size"], ascending=False)
    counts = [int(missing.get(name, 0)) for name in table.index]
    columns = {
        "Province": list(table.index),
        "Known rows": [str(n) for n in table["size"]],
        "Median": [f"{v:.2f}" for v in table["median"]],
        "Median may be": [
            _bounds(groups.get_group(name), count, scheme, " to ")
            for name, count in zip(table.index, counts, strict=True)
        ],
        "Highest": [f"{v:.2f}" for v in table["max"]],
        unknown: [str(count) for count in counts],
    }
    return sheet(columns, numeric=tuple(list(columns)[1:]))


def changes_sheet(questions: Mapping[str, pd.DataFrame], level: float = 0.95) -> Sheet:
    """How many rose and fell beyond the error, by each question.

    Parameters
    ----------
    questions : mapping of str to DataFrame
        Output of `change_questions`.
    level : float, default 0.95
        The one of its verdicts.
    """
    counts = change_counts(dict(questions), level)
    columns = {
        "Question": [ASKED[name] for name in counts.index],
        "Rose": [str(n) for n in counts["rose"]],
        "Fell": [str(n) for n in counts["fell"]],
        "By chance alone": [
            f"{n:.0f} of {m}" for n, m in zip(counts["by_chance"], counts["regions"], strict=True)
        ],
        "Rose, false discoveries controlled": [str(n) for n in counts["rose_controlled"]],
        "Fell, controlled": [str(n) for n in counts["fell_controlled"]],
    }
    return sheet(columns, numeric=tuple(list(columns)[1:]))


def slopes_text(
    slopes: Mapping[str, Estimate], few: Mapping[str, int], correlation: float, noise: float
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
    """
    told = [
        f"{s.estimate:+.2f} ({s.low:+.2f} to {s.high:+.2f}) {rows}" for rows, s in slopes.items()
    ]
    lacking = ", ".join(f"{rows} ({count})" for rows, count in few.items())
    return Text(
        f"Correlation of the final with last year's: {correlation:.2f}. Slope of improvement on "
        f"last year's final, with 95% intervals (CR2 by province): {'; '.join(told)}. From noise "
        f"alone: {noise:+.2f}." + (f" Too few rows for a slope: {lacking}." if few else "")
    )


def _bounds(values: pd.Series, lost: int, scheme: Scheme, between: str = " and ") -> str:
    low, high = index_ends(scheme)
    ends = median_bounds(values, lost, lowest=low, highest=high)
    return between.join(f"{end:.2f}" for end in ends)


def changes_text(
    internal: Mapping[str, pd.DataFrame], retest: Mapping[str, pd.DataFrame], mean: float
) -> Text:
    """What the counts of changes mean, and why the retest route says little.

    Parameters
    ----------
    internal, retest : mapping of str to DataFrame
        Outputs of `change_questions` by each route.
    mean : float
        Of all changes.
    """
    counts, others = (change_counts(dict(found)) for found in (internal, retest))
    own, rest = counts.loc["changed"], counts.loc["than_rest"]
    alike = others.loc["than_alike"]
    return Text(
        f"All regions changed by {mean:+.3f} points in the mean. Against no change "
        f"{own['rose']:.0f} rose and {own['fell']:.0f} fell beyond the error; against that mean "
        f"{rest['rose']:.0f} and {rest['fell']:.0f}, of which chance alone would give "
        f"{rest['by_chance']:.0f}. By the retest route {alike['rose'] + alike['fell']:.0f} of "
        f"{alike['regions']:.0f} stand out "
        "from regions that began alike: its error is the spread of what is left over, so that "
        "about one in twenty does whatever happened."
    )
