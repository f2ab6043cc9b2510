"""Numbers and reasons of the studies of the programme, as they are said (floor 4)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from smartlib.present.words.readings import reading
from smartlib.present.words.wording import Words, track_label

if TYPE_CHECKING:
    from smartlib.inference.programme.by_track import TrackStudy
    from smartlib.inference.programme.membership import Logit

ERRORS = {  # as `inference.programme.compare_groups` calls them
    "CR2 by cluster": "cr2",
    "Abadie and Imbens, rows independent": "pairs",
    "influence function by cluster": "scores",
}
BASES = ("realised", "budgeted", "observed")


def signed_interval(words: Words, found: Any, step: float = 1.0) -> str:
    """A coefficient on a step, with its interval, signs written.

    Parameters
    ----------
    words : Words
        The language.
    found : object
        With `estimate`, `low` and `high`.
    step : float, default 1
        By which they are multiplied.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> signed_interval(Words("id"), SimpleNamespace(estimate=0.1, low=-0.2, high=0.4), 10)
    '+1,00 (−2,00 s.d. +4,00)'
    """
    low, middle, high = (words.signed(v * step) for v in (found.low, found.estimate, found.high))
    return words.say("with_interval", low=low, middle=middle, high=high)


def ratio_interval(words: Words, found: Any) -> str:
    """A ratio with its interval.

    Parameters
    ----------
    words : Words
        The language.
    found : object
        With `estimate`, `low` and `high`.
    """
    low, middle, high = map(words.number, (found.low, found.estimate, found.high))
    return words.say("with_interval", low=low, middle=middle, high=high)


def basis_text(words: Words, vintage: str) -> str:
    """Years of a factor and what they are.

    Parameters
    ----------
    words : Words
        The language.
    vintage : str
        As in a factor's record, such as `2022 realised`.

    Examples
    --------
    >>> basis_text(Words("id"), "2022 realised"), basis_text(Words("en"), "2024 observed")
    ('2022 (realisasi)', '2024 observed')
    """
    return re.sub(rf"\b({'|'.join(BASES)})\b", lambda m: words.say(f"basis_{m[0]}"), vintage)


def plainly(text: str, labels: Mapping[str, str]) -> str:
    """A text in which columns have their labels, the step left out.

    Parameters
    ----------
    text : str
        Such as a reason that `inference` gives.
    labels : mapping of str to str
        Printed label of each column, such as `Poverty rate: +10 points`.

    Examples
    --------
    >>> plainly("of poverty_rate", {"poverty_rate": "Poverty rate: +10 points"})
    'of poverty rate'
    """
    for name, label in labels.items():
        plain = label.partition(":")[0]
        text = text.replace(name, plain[:1].lower() + plain[1:])
    return text


def value_or_reason(words: Words, found: Any, reason: str, labels: Mapping[str, str]) -> str:
    """An estimate with its interval, or why there is none.

    Parameters
    ----------
    words : Words
        The language.
    found : object
        With `estimate`, `low` and `high`.
    reason : str
        Why there is none; empty where there is one.
    labels : mapping of str to str
        Printed label of each column.
    """
    if reason:
        return words.say("no_figure", reason=plainly(reason, labels))
    return signed_interval(words, found)


def logit_text(words: Words, fit: Logit, labels: Mapping[str, str]) -> str:
    """How many are in, and whether a factor tells them apart without error.

    Parameters
    ----------
    words : Words
        The language.
    fit : Logit
        Of the question.
    labels : mapping of str to str
        Printed label of each column.
    """
    counted = {"ones": fit.ones, "rows": fit.observations}
    if fit.separating:
        reason = plainly(reading(fit, words.lang), labels)
        return words.say("logit_separated", reason=reason, **counted)
    return words.say("logit_found", area=words.number(fit.auc), **counted)


def track_names(words: Words, study: TrackStudy) -> dict[int, str]:
    """Labels of a study's track (1) and of the common one (0).

    Parameters
    ----------
    words : Words
        The language.
    study : TrackStudy
        One track beside the common one.
    """
    return {1: track_label(words, study.track), 0: track_label(words, study.common)}
