"""Weighting schemes read from data (floor 1).

Every field is asked for by kind, so that a complaint names the field, what was found and
what was expected.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from typing import Any

from smartlib.vocabulary.errors import SchemeError
from smartlib.vocabulary.records import Scheme, Stages, Survey, Track
from smartlib.vocabulary.tables import DIMENSION_NAMES

ROUNDING_RULES = ("half_up", "half_even", "down")
MOST_DECIMALS = 10  # a float holds 15 digits
YEARS = (2017, 2100)  # the evaluation began in 2017


@dataclass(frozen=True)
class _Fields:
    """A table of a scheme file: its fields by kind, and where it stands for messages."""

    place: str
    values: Mapping[str, Any]

    def any(self, name: str) -> Any:
        if name not in self.values:
            raise SchemeError(f"{self.place} lacks the field '{name}'.")
        return self.values[name]

    def wrong(self, name: str, expected: str) -> SchemeError:
        return SchemeError(
            f"{self.place}: {name} is {_shown(self.any(name))}, expected {expected}."
        )

    def text(self, name: str) -> str:
        value = self.any(name)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(name, "text")
        return value

    def one_of(self, name: str, known: tuple[str, ...]) -> Any:
        if self.any(name) not in known:
            raise self.wrong(name, f"one of {', '.join(known)}")
        return self.any(name)

    def whole(self, name: str, least: int, most: int | None = None) -> int:
        value = self.any(name)
        fits = isinstance(value, int) and not isinstance(value, bool)
        if not fits or value < least or (most is not None and value > most):
            bounds = f"from {least}" + ("" if most is None else f" to {most}")
            raise self.wrong(name, f"a whole number {bounds}")
        return int(value)

    def decimal(self, name: str) -> Decimal:
        value = self.any(name)
        try:
            number = None if isinstance(value, bool) else Decimal(str(value))
        except InvalidOperation:
            number = None
        if number is None or not number.is_finite():
            raise self.wrong(name, "a number")
        return number

    def names(self, name: str) -> tuple[str, ...]:
        value = self.any(name)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.wrong(name, 'a list of names such as ["collaboration"]')
        return tuple(value)

    def table(self, name: str, place: str = "") -> _Fields:
        if not isinstance(self.any(name), dict):
            raise self.wrong(name, f"a table of fields under [{name}]")
        return _Fields(place or f"{self.place}, {name}", self.values[name])


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"'{value}'" if isinstance(value, str) else str(value)


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
        raise SchemeError(f"{file} is not UTF-8 text.") from error


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
        A field is missing or wrong; the scale has no length; a weight is negative or of an
        unknown dimension; `zero_if_missing` names a dimension without a weight; a track's
        weights do not sum to 100%.
    """
    try:
        top = _Fields(file, tomllib.loads(text, parse_float=Decimal))
    except (tomllib.TOMLDecodeError, InvalidOperation) as error:
        raise SchemeError(f"{file} cannot be read: {error}") from error
    tracks = top.table("tracks", file)
    scheme = Scheme(
        year=top.whole("year", *YEARS),
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
        survey=_survey(top.table("survey")) if "survey" in top.values else None,
    )
    if scheme.lowest >= scheme.highest:
        raise SchemeError(
            f"{file}: lowest is {scheme.lowest} and highest is {scheme.highest}, expected "
            "lowest below highest."
        )
    if scheme.common_track not in scheme.tracks:
        raise SchemeError(f"{file}: common_track '{scheme.common_track}' is not among its tracks.")
    return scheme


def _track(name: str, track: _Fields) -> Track:
    weights = track.table("weights_percent")
    unknown = sorted(set(weights.values) - set(DIMENSION_NAMES))
    if unknown:
        raise SchemeError(
            f"{track.place}: no dimension is called {', '.join(unknown)}; "
            f"expected {', '.join(DIMENSION_NAMES)}."
        )
    percent = {key: weights.decimal(key) for key in weights.values}
    negative = [key for key, value in percent.items() if value < 0]
    if negative:
        raise SchemeError(f"{track.place}: negative weight of {', '.join(negative)}.")
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
    )


def _stages(stages: _Fields) -> Stages:
    names = [field.name for field in fields(Stages)]
    unknown = sorted(set(stages.values) - set(names))
    if unknown:
        raise SchemeError(
            f"{stages.place}: no count is called {', '.join(unknown)}; expected {', '.join(names)}."
        )
    return Stages(**{name: stages.whole(name, 0) for name in names})


def _survey(survey: _Fields) -> Survey:
    return Survey(survey.one_of("dimension", DIMENSION_NAMES), survey.whole("respondents", 1))
