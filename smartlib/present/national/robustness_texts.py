"""Whether the dimensions measure one thing equally well: its sheet and its sentence (floor 4)."""

from __future__ import annotations

import pandas as pd

from smartlib.index.trust.measurement import MeasurementStudy
from smartlib.present.words.tables import Sheet, Text
from smartlib.present.words.wording import Words, track_label
from smartlib.vocabulary.records import Scheme

REJECTED = 0.05  # level of the tests of fit
HEADINGS = (
    "rows", "model", "chi_squared", "degrees", "chi_scaled", "p_scaled", "p_bootstrap",
)  # fmt: skip


def measurement_sheet(study: MeasurementStudy, scheme: Scheme, words: Words) -> Sheet:
    """Each model, over all rows, on standardised marks and by track.

    Parameters
    ----------
    study : MeasurementStudy
    scheme : Scheme
        Of the year, for the labels of its tracks.
    words : Words
        The language.
    """
    called = {part: words.say(f"rows_{part}") for part in ("all", "standardised")}
    called |= {
        name: words.say("rows_track", track=track_label(words, track))
        for name, track in scheme.tracks.items()
    }
    lines = [
        (
            called[part],
            words.say(f"model_{m.model}"),
            words.number(m.statistic, 1),
            str(m.degrees),
            words.number(m.scaled, 1),
            _p(m.scaled_p, words),
            words.number(m.bootstrap_p, 3),
        )
        for part, models in study.parts.items()
        for m in models
    ]
    headings = [words.say(key) for key in HEADINGS]
    return Sheet(pd.DataFrame(lines, columns=headings), numeric=tuple(headings[2:]))


def measurement_text(study: MeasurementStudy, words: Words) -> Text:
    """What the models say of the assumption behind alpha, and of the error.

    Parameters
    ----------
    study : MeasurementStudy
    words : Words
        The language.
    """
    found = {m.model: m for m in study.parts["all"]}
    free, equal = found["congeneric"], found["equal_loadings"]
    ends = {m.model: "rejected" if m.bootstrap_p < REJECTED else "kept" for m in (free, equal)}
    return Text(
        words.say(
            "measured_alike",
            equal=words.say(f"measured_alike_{ends[equal.model]}"),
            free=words.say(f"congeneric_{ends[free.model]}"),
            statistic=words.number(equal.statistic, 1),
            degrees=equal.degrees,
            p=words.number(equal.bootstrap_p, 3),
            statistic_free=words.number(free.statistic),
            degrees_free=free.degrees,
            p_free=words.number(free.bootstrap_p, 3),
            kurtosis=words.number(study.kurtosis, 1),
            error_free=words.number(study.errors["congeneric"], 3),
            error_equal=words.number(study.errors["equal_loadings"], 3),
        )
    )


def _p(value: float, words: Words) -> str:
    """To three places, or that it is smaller."""
    smallest = 0.001
    return words.say("below_thousandth") if value < smallest else words.number(value, 3)
