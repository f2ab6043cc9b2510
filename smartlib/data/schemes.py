"""Weighting schemes read from data: all that a year decides of its index (floor 1)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields, replace
from decimal import Decimal, InvalidOperation

from smartlib.data.fields import Fields
from smartlib.vocabulary.errors import SchemeError
from smartlib.vocabulary.records import Scheme, Stages, Survey, Track
from smartlib.vocabulary.tables import COHORT, DIMENSION_NAMES, SCORES
from smartlib.vocabulary.words import formulas as say

ROUNDING_RULES = ("half_up", "half_even", "down")
MOST_DECIMALS = 10  # a float holds 15 digits
YEARS = (2017, 2100)  # the evaluation began in 2017
COUNTS = tuple(field.name for field in fields(Stages) if field.name != "cohorts")
NAME = r"[a-z][a-z0-9_]*"  # of a track, so that a formula can have it as a column
# Columns of the frames that a track's indicator joins.
TAKEN = {*SCORES.column_names, "kota", "purged_index", "reliable_change"}


def scheme_text(content: bytes, file: str = "scheme.toml") -> str:
    """Text of a scheme file, with or without a byte order mark.

    Parameters
    ----------
    content : bytes
        Of the file.
    file : str
        Name for messages.

    Raises
    ------
    SchemeError
        It is not UTF-8.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SchemeError(say.NO_UTF8(file=file)) from error


def parse_scheme(text: str, file: str = "scheme.toml") -> Scheme:
    """Scheme from the text of a `scheme.toml`.

    Parameters
    ----------
    text : str
        TOML with the fields of `Scheme`; weights in whole or decimal percent.
    file : str
        Name for messages.

    Raises
    ------
    SchemeError
        A field is missing, unknown or wrong; the scale has no length; a weight is negative or
        of an unknown dimension; `zero_if_missing` names a dimension without a weight; a
        track's weights do not sum to 100%; two tracks cannot be told apart; counts do not
        close.
    """
    try:
        top = Fields(file, tomllib.loads(text, parse_float=Decimal))
    except (tomllib.TOMLDecodeError, InvalidOperation) as error:
        raise SchemeError(f"{file} cannot be read: {error}") from error
    year, tracks = top.whole("year", *YEARS), top.table("tracks", file)
    scheme = Scheme(
        year=year,
        lowest=top.decimal("lowest"),
        highest=top.decimal("highest"),
        decimals=top.whole("decimals", 0, MOST_DECIMALS),
        rounding=top.one_of("rounding", ROUNDING_RULES),
        tracks={
            name: _track(name, tracks.table(name, f"{file}, track {name}"))
            for name in tracks.values
        },
        common_track=top.text("common_track"),
        citation=top.text("citation"),
        stages=_stages(top.table("stages")),
        edition_en=top.optional("edition_en", str(year)),
        edition_id=top.optional("edition_id", str(year)),
        rounding_stated="rounding_stated" in top.values and top.is_true("rounding_stated"),
        ranked_together="ranked_together" in top.values and top.is_true("ranked_together"),
        cohort=top.optional("cohort"),
        circulating=_circulating(top),
        circulating_source=top.optional("circulating_source"),
        survey=_survey(top.table("survey")) if "survey" in top.values else None,
    )
    top.only(Scheme)
    _check_whole(scheme, file)
    return scheme


def own_weights(text: str, file: str = "scheme.toml") -> Scheme | dict[str, float]:
    r"""An index of one's own: a whole scheme, or weights alone.

    Parameters
    ----------
    text : str
        TOML: a table `weights` of shares, or `weights_percent`, and nothing else; or a scheme.
    file : str
        Name for messages.

    Raises
    ------
    SchemeError
        It is neither, or a weight is no number above or equal to 0 of a dimension.

    Examples
    --------
    >>> own_weights("[weights]\nbaseline = 0.25\noutput = 0.75")
    {'baseline': 0.25, 'output': 0.75}
    """
    try:
        top = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SchemeError(say.BAD_SCHEME(file=file, error=error)) from error
    key = next((name for name in ("weights", "weights_percent") if set(top) == {name}), "")
    if not key:
        return parse_scheme(text, file)
    wrong = [
        name
        for name, value in dict(top[key]).items()
        if name not in DIMENSION_NAMES
        or isinstance(value, bool)
        or not isinstance(value, (int, float))
        or value < 0
    ]
    if wrong:
        raise SchemeError(
            say.NO_WEIGHT(
                file=file,
                key=key,
                wrong=", ".join(wrong),
                DIMENSION_NAMES=", ".join(DIMENSION_NAMES),
            )
        )
    unit = 1.0 if key == "weights" else 100.0
    return {str(name): round(float(value) / unit, 12) for name, value in top[key].items()}


def _check_whole(scheme: Scheme, file: str) -> None:
    """What only the fields together can break."""
    if scheme.lowest >= scheme.highest:
        raise SchemeError(
            f"{file}: lowest is {scheme.lowest} and highest is {scheme.highest}, expected "
            "lowest below highest."
        )
    if scheme.common_track not in scheme.tracks:
        raise SchemeError(f"{file}: common_track '{scheme.common_track}' is not among its tracks.")
    for field in ("heading", "label_en", "label_id"):
        shown = [_bare(getattr(track, field)) for track in scheme.tracks.values()]
        twice = [
            name for name, own in zip(scheme.tracks, shown, strict=True) if shown.count(own) > 1
        ]
        if twice:
            raise SchemeError(
                f"{file}: the tracks {', '.join(twice)} have the same {field}, expected each its "
                "own; rows and figures tell them apart by it."
            )
    problems = [*_open_counts(scheme), *_open_cohorts(scheme.stages)]
    if problems:
        raise SchemeError(f"{file}: the counts do not close: {'; '.join(problems)}.")


def _open_counts(scheme: Scheme) -> list[str]:
    """Counts of the letters that contradict each other."""
    stages, invited = scheme.stages, [track.invited for track in scheme.tracks.values()]
    by_track = sum(number or 0 for number in invited)
    all_stated = None not in invited
    sums = (
        ("attended + absent", stages.attended + stages.absent, "selected", stages.selected),
        ("scored + missing", stages.scored + stages.missing, "invited", stages.invited),
    )
    problems = [f"{what} is {n}, {whole} is {m}" for what, n, whole, m in sums if n != m]
    if stages.invited > stages.selected:
        problems.append(f"invited is {stages.invited}, more than selected, {stages.selected}")
    if by_track > stages.invited or (all_stated and by_track != stages.invited):
        problems.append(f"invited by track sums to {by_track}, invited is {stages.invited}")
    return problems


def _open_cohorts(stages: Stages) -> list[str]:
    """Counts of cohorts that do not add up, and cohorts that are no years."""
    cohorts = stages.cohorts
    problems = [f"'{name}' is no cohort such as 2017-2022" for name in cohorts if not _years(name)]
    for name in COUNTS if cohorts else ():
        total, whole = sum(getattr(own, name) for own in cohorts.values()), getattr(stages, name)
        if total != whole:
            problems.append(f"{name} of the cohorts sums to {total}, {name} is {whole}")
    return problems


def _years(cohort: str) -> bool:
    return bool(re.fullmatch(COHORT.pattern, cohort))


def _bare(name: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", name.upper())


def _weights(weights: Fields, place: str) -> dict[str, Decimal]:
    """Weights as stated, each of a dimension and none negative."""
    unknown = sorted(set(weights.values) - set(DIMENSION_NAMES))
    if unknown:
        raise SchemeError(
            f"{place}: no dimension is called {', '.join(unknown)}; "
            f"expected {', '.join(DIMENSION_NAMES)}."
        )
    percent = {key: weights.decimal(key) for key in weights.values}
    negative = [key for key, value in percent.items() if value < 0]
    if negative:
        raise SchemeError(f"{place}: negative weight of {', '.join(negative)}.")
    return percent


def _circulating(top: Fields) -> dict[str, Decimal]:
    if "circulating" not in top.values:
        return {}
    weights = top.table("circulating")
    return _weights(weights, weights.place)


def _track(name: str, track: Fields) -> Track:
    percent = _weights(track.table("weights_percent"), track.place)
    track.only(Track, "weights_percent", without=("name", "weights"))
    if not re.fullmatch(NAME, name) or name in TAKEN:
        raise SchemeError(
            f"{track.place}: '{name}' cannot be a track's name, expected small letters, digits "
            f"and underscores, and none of {', '.join(sorted(TAKEN))}."
        )
    zeroed = track.names("zero_if_missing") if "zero_if_missing" in track.values else ()
    stray = [key for key in zeroed if key not in percent]
    if stray:
        raise SchemeError(
            f"{track.place}: zero_if_missing names {', '.join(stray)}, which has no weight."
        )
    total = sum(percent.values())
    if total != 100:
        raise SchemeError(
            f"{track.place}: the weights sum to {total}%, expected 100%. "
            "Check them against the letter of that year."
        )
    return Track(
        name=name,
        heading=track.text("heading"),
        label_en=track.text("label_en"),
        label_id=track.text("label_id"),
        weights={key: value / 100 for key, value in percent.items()},
        zero_if_missing=zeroed,
        invited=track.whole("invited", 1) if "invited" in track.values else None,
        members_en=track.optional("members_en"),
        members_id=track.optional("members_id"),
    )


def _stages(stages: Fields) -> Stages:
    stages.only(Stages, what="count")
    own = stages.table("cohorts") if "cohorts" in stages.values else None
    cohorts = {name: _of_cohort(own.table(name)) for name in sorted(own.values)} if own else {}
    return replace(_counted(stages), cohorts=cohorts)


def _of_cohort(stages: Fields) -> Stages:
    stages.only(Stages, without=("cohorts",), what="count")
    return _counted(stages)


def _counted(stages: Fields) -> Stages:
    counts = {name: stages.whole(name, 0) for name in COUNTS}
    return Stages(**counts, cohorts={})


def _survey(survey: Fields) -> Survey:
    survey.only(Survey)
    return Survey(survey.one_of("dimension", DIMENSION_NAMES), survey.whole("respondents", 1))
