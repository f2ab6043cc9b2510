"""Weighting schemes read from data (floor 1)."""

from __future__ import annotations

import tomllib
from decimal import Decimal, InvalidOperation
from typing import Any

from smartlib.vocabulary.errors import SchemeError
from smartlib.vocabulary.records import Scheme, Stages, Track
from smartlib.vocabulary.tables import DIMENSION_NAMES

ROUNDING_RULES = ("half_up", "half_even", "down")


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
        A field is missing or wrong; a weight is negative or of an unknown dimension;
        `zero_if_missing` names a dimension without a weight; a track's weights do not sum
        to 100%.
    """
    try:
        fields = tomllib.loads(text, parse_float=Decimal)
        scheme = Scheme(
            year=int(fields["year"]),
            lowest=Decimal(str(fields["lowest"])),
            highest=Decimal(str(fields["highest"])),
            decimals=int(fields["decimals"]),
            rounding=fields["rounding"],
            tracks={name: _track(name, track, file) for name, track in fields["tracks"].items()},
            common_track=fields["common_track"],
            citation=fields["citation"],
            stages=Stages(**fields["stages"]),
        )
    except KeyError as error:
        raise SchemeError(f"{file} lacks the field {error}.") from error
    except (TypeError, ValueError, InvalidOperation) as error:
        if isinstance(error, SchemeError):
            raise
        raise SchemeError(f"{file} cannot be read: {error}") from error
    if scheme.rounding not in ROUNDING_RULES:
        raise SchemeError(
            f"{file}: rounding is '{scheme.rounding}', expected one of {', '.join(ROUNDING_RULES)}."
        )
    if scheme.common_track not in scheme.tracks:
        raise SchemeError(f"{file}: common_track '{scheme.common_track}' is not among its tracks.")
    return scheme


def _track(name: str, fields: dict[str, Any], file: str) -> Track:
    percent = {key: Decimal(str(value)) for key, value in fields["weights_percent"].items()}
    unknown = sorted(set(percent) - set(DIMENSION_NAMES))
    if unknown:
        raise SchemeError(
            f"{file}, track {name}: no dimension is called {', '.join(unknown)}; "
            f"expected {', '.join(DIMENSION_NAMES)}."
        )
    negative = [key for key, value in percent.items() if value < 0]
    if negative:
        raise SchemeError(f"{file}, track {name}: negative weight of {', '.join(negative)}.")
    zeroed = tuple(fields.get("zero_if_missing", ()))
    stray = [key for key in zeroed if key not in percent]
    if stray:
        raise SchemeError(
            f"{file}, track {name}: zero_if_missing names {', '.join(stray)}, which has no weight."
        )
    total = sum(percent.values())
    if total != 100:
        raise SchemeError(
            f"{file}, track {name}: the weights sum to {total}%, expected 100%. "
            "Check them against the letter of that year."
        )
    return Track(
        name=name,
        heading=fields["heading"],
        label_en=fields["label_en"],
        label_id=fields["label_id"],
        weights={key: value / 100 for key, value in percent.items()},
        zero_if_missing=zeroed,
    )
