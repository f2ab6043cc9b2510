"""Whether dimensions measure alike, as a sheet and in words (floor 4)."""

from __future__ import annotations

import pandas as pd

from smartlib.index.trust.measurement import MeasurementStudy
from smartlib.present.words.regressions import p_words
from smartlib.present.words.tables import Sheet, Text
from smartlib.present.words.wording import ENGLISH, Words, track_label
from smartlib.vocabulary.records import Scheme

PARTS = ("all", "standardised")  # of the rows; others are tracks
REJECTED = 0.05  # a p-value below it


def measurement_sheet(study: MeasurementStudy, scheme: Scheme, *, words: Words = ENGLISH) -> Sheet:
    """Each model, over all rows, on standardised marks and by track.

    Parameters
    ----------
    study : MeasurementStudy
    scheme : Scheme
        Labels of the tracks.
    words : Words, optional
        The language; by default English.
    """
    lines = [
        (
            words.say(f"measured_{part}")
            if part in PARTS
            else track_label(words, scheme.tracks[part]),
            words.say(f"model_{m.model}"),
            words.number(m.statistic, 1),
            str(m.degrees),
            words.number(m.scaled, 1),
            _p(words, m.scaled_p),
            words.number(m.bootstrap_p, 3),
        )
        for part, models in study.parts.items()
        for m in models
    ]
    keys = ("model", "chi_squared", "df", "scaled", "p_scaled", "p_bootstrap")
    headings = [words.say("rows"), *map(words.say, keys)]
    return Sheet(pd.DataFrame(lines, columns=headings), numeric=tuple(headings[2:]))


def measurement_text(study: MeasurementStudy, *, words: Words = ENGLISH) -> Text:
    """What the models say of the assumption behind alpha, and of the error.

    Parameters
    ----------
    study : MeasurementStudy
    words : Words, optional
        The language; by default English.
    """
    found = {m.model: m for m in study.parts["all"]}
    free, equal = found["congeneric"], found["equal_loadings"]
    return Text(
        words.say(
            "measured_found",
            verdict=words.say("rejected" if equal.bootstrap_p < REJECTED else "not_rejected"),
            chi=words.number(equal.statistic, 1),
            df=equal.degrees,
            p=words.digits(p_words(equal.bootstrap_p)),
            other=words.say("rejected_too" if free.bootstrap_p < REJECTED else "not_so"),
            free_chi=words.number(free.statistic),
            free_df=free.degrees,
            free_p=words.digits(p_words(free.bootstrap_p)),
            kurtosis=words.number(study.kurtosis, 1),
            free_error=words.number(study.errors["congeneric"], 3),
            equal_error=words.number(study.errors["equal_loadings"], 3),
        )
    )


def _p(words: Words, value: float) -> str:
    return words.digits(p_words(value).removeprefix("p ").removeprefix("= "))
