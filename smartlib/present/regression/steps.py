"""The steps on which coefficients are read, and how they are said (floor 4)."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import pandas as pd

from smartlib.present.words.labels import label_in
from smartlib.present.words.wording import ENGLISH, Words

if TYPE_CHECKING:
    from smartlib.inference.core.estimates import Estimate
    from smartlib.inference.core.wild_bootstrap import WildBootstrap
    from smartlib.inference.factors.table import Factor

Judged: TypeAlias = "Estimate | WildBootstrap"  # a coefficient, whatever its errors


@dataclass(frozen=True)
class Step:
    """A difference in a column that means something.

    Attributes
    ----------
    size : float
        In the column's unit; a coefficient is multiplied by it.
    label : str
        The column and the step, in words.
    """

    size: float
    label: str


def spoken(text: str, labels: Mapping[str, str]) -> str:
    """A sentence with labels in place of the names of columns.

    Parameters
    ----------
    text : str
        Such as the reading of a diagnostic.
    labels : mapping of str to str
        By name.

    Examples
    --------
    >>> spoken("without poverty_rate", {"poverty_rate": "Poverty rate"})
    'without poverty rate'
    """
    names = "|".join(sorted(map(re.escape, labels), key=len, reverse=True))
    return re.sub(rf"\b(?:{names})\b", lambda found: inside(labels[found[0]]), text)


def inside(label: str) -> str:
    """A label inside a sentence; an abbreviation or a proper name keeps its capitals.

    Examples
    --------
    >>> inside("Poverty rate"), inside("KPPN/IKN track"), inside("Indeks Pencapaian")
    ('poverty rate', 'KPPN/IKN track', 'Indeks Pencapaian')
    """
    is_name = label[1:2].isupper() or re.match(r"\S+ [A-Z][a-z]", label)
    return label if is_name else label[:1].lower() + label[1:]


def natural_steps(
    registry: Mapping[str, Factor],
    indicators: Mapping[str, str],
    frame: pd.DataFrame,
    *,
    words: Words = ENGLISH,
) -> dict[str, Step]:
    """The step on which each coefficient is read.

    Parameters
    ----------
    registry : mapping of str to Factor
        The factors of the regression.
    indicators : mapping of str to str
        Labels of the 0/1 columns, which are read from 0 to 1.
    frame : DataFrame
        With the factors' columns.
    words : Words, optional
        The language; by default English.

    Returns
    -------
    dict of str to Step
        Ten points of a share, percentage or index; tenfold for a logarithm; for any other
        unit one standard deviation among the rows.
    """
    steps = {name: Step(1.0, label) for name, label in indicators.items()}
    for name, factor in registry.items():
        label, unit = label_in(factor, words.lang), factor.unit
        if unit.startswith("share of"):
            steps[name] = Step(0.1, words.say("step_points", label=label))
        elif unit.startswith("natural logarithm"):
            bare = label.removesuffix(" (log)")
            steps[name] = Step(math.log(10), words.say("step_tenfold", label=bare))
        elif unit.startswith(("percent of", "index 0-100")):
            steps[name] = Step(10.0, words.say("step_ten", label=label))
        else:
            deviation = float(frame[name].std())
            steps[name] = Step(deviation, words.say("step_deviation", label=label))
    return steps


def between(words: Words, c: Any, size: float = 1.0, decimals: int = 2) -> str:
    """An interval on a step, or that there is none.

    Parameters
    ----------
    words : Words
        The language.
    c : object
        With `low` and `high`.
    size : float, default 1
        The step.
    decimals : int, default 2
        Of both ends.
    """
    if math.isnan(c.low):
        return words.term("none")
    low, high = (words.signed(end * size, decimals) for end in (c.low, c.high))
    return words.say("from_to", low=low, high=high)


def in_words(label: str, ends: tuple[float, float, float], *, words: Words = ENGLISH) -> str:
    """An estimate with its interval, for an alt text.

    Parameters
    ----------
    label : str
        Of what.
    ends : (float, float, float)
        Estimate, lower and upper end.
    words : Words, optional
        The language; by default English.
    """
    middle, low, high = map(words.signed, ends)
    return f"{label} {words.say('with_interval', low=low, middle=middle, high=high)}"
