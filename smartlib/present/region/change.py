"""Whether a region's index changed, and whether otherwise than the rest (floor 4)."""

from __future__ import annotations

import pandas as pd

from smartlib.index.region.apart import least_difference
from smartlib.index.trust.change import change_counts, change_questions
from smartlib.present.document.blocks import Dot, Passage, Section, Strip
from smartlib.present.document.scale import LEVEL, ticks
from smartlib.present.region.head import change_verdict
from smartlib.present.region.subject import Subject


def change(about: Subject) -> Section:
    """The section: two questions with their answers, and a figure of all changes."""
    words = about.words
    if pd.isna(about.own["improvement"]):
        blocks: tuple[Passage | Strip, ...] = (Passage(words.say("no_change")),)
    else:
        blocks = (Passage(_changed(about)), *_otherwise(about), _strip(about))
    return Section("change", words.say("cell_change"), words.say("change_short"), blocks)


def _changed(about: Subject) -> str:
    words, own = about.words, about.own
    parts = {
        "before": words.number(own["previous_index"]),
        "now": words.number(own["published_index"]),
        "change": words.signed(own["improvement"]),
    }
    if about.error is None:
        return words.say("changed_plain", **parts)
    least = words.number(least_difference(about.error, level=LEVEL))
    verdict = words.say(change_verdict(about))
    return words.say("changed", least=least, verdict=verdict, **parts)


def questions_of(about: Subject, route: str) -> dict[str, pd.DataFrame]:
    """What changed, otherwise than the rest, otherwise than regions that began alike: all regions.

    Parameters
    ----------
    about : Subject
        The region, with a change.
    route : str
        Whose error and reliability.
    """
    return change_questions(
        about.scores["previous_index"],
        about.scores["improvement"],
        standard_error=float(about.routes.at[route, "standard_error"]),
        reliability=float(about.routes.at[route, "reliability"]),
        level=LEVEL,
    )


def beyond_expected(about: Subject, route: str) -> tuple[float, float, str]:
    """What regions that began alike moved by, what is left over, and the verdict on that.

    Parameters
    ----------
    about : Subject
        The region, with a change.
    route : str
        Whose error and reliability.
    """
    own = questions_of(about, route)["than_alike"].loc[about.code]
    left = float(own["difference"])
    return float(about.own["improvement"]) - left, left, str(own["verdict"])


def _otherwise(about: Subject) -> list[Passage]:
    if about.error is None:
        return []
    words, questions = about.words, questions_of(about, "internal")
    apart = str(questions["than_rest"].at[about.code, "verdict"])
    expected, left, verdict = beyond_expected(about, "internal")
    counts = change_counts(questions, LEVEL).loc["than_alike"]
    chance = ""
    if verdict in {"rose", "fell"}:
        flagged = int(counts["rose"] + counts["fell"])
        chance = words.say(
            "flagged_by_chance", chance=f"{counts['by_chance']:.0f}", flagged=flagged
        )
    said = words.say(
        "otherwise",
        mean=words.signed(about.scores["improvement"].mean()),
        rest=words.say(f"rest_{apart}"),
        verdict=words.say(verdict),
        expected=words.signed(expected),
        left=words.signed(left),
        chance=chance,
    )
    return [Passage(said)]


def _strip(about: Subject) -> Strip:
    words, moved = about.words, about.scores["improvement"].dropna()
    own, median = float(moved[about.code]), float(moved.median())
    least = None if about.error is None else least_difference(about.error, level=LEVEL)
    where = "inside" if least is None or abs(own) <= least else "outside"
    shown = {"change": words.signed(own), "median": words.signed(median)}
    ends = [*moved, -(least or 0.0), least or 0.0]
    title = "change_title_plain" if least is None else "change_title"
    return Strip(
        title=words.say(title, region=about.name),
        alt=words.say("change_alt", region=about.name, where=words.say(where), **shown),
        source=about.rows_source,
        scale=words.say("change_scale"),
        ticks=ticks(words, ends),
        values=tuple(sorted(moved.tolist())),
        others=(),
        own=Dot(own, words.say("own_label", region=about.name, value=shown["change"])),
        reference=Dot(median, words.say("median_change", value=shown["median"])),
        band=() if least is None else (-least, least),
        band_label="" if least is None else words.say("band", least=words.number(least)),
    )
