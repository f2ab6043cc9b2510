"""Sheets and sentences of the regressions, in English (floor 4)."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import pandas as pd

from smartlib.inference.core.covariance import KINDS, kind_of
from smartlib.present.regression.scales import per, rescaled, scale_of
from smartlib.present.words.regressions import p_words
from smartlib.present.words.tables import Sheet, sheet
from smartlib.present.words.wording import MINUS, Words

if TYPE_CHECKING:
    from smartlib.inference.checks.unmeasured import Unmeasured
    from smartlib.inference.core.estimates import Estimate
    from smartlib.inference.core.models import FittedModel
    from smartlib.inference.core.wild_bootstrap import WildBootstrap
    from smartlib.inference.factors.table import Factor

WORDS = Words("en")
SMALLEST = 0.0005  # a standard error below it is 0.000 in three decimals
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
    return re.sub(rf"\b(?:{names})\b", lambda found: _inside(labels[found[0]]), text)


def natural_steps(
    registry: Mapping[str, Factor], indicators: Mapping[str, str], frame: pd.DataFrame
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

    Returns
    -------
    dict of str to Step
        Ten points of a share, percentage or index; tenfold for a logarithm; for any other
        unit one standard deviation among the rows.
    """
    steps = {name: Step(1.0, label) for name, label in indicators.items()}
    for name, factor in registry.items():
        label, unit = factor.label_en, factor.unit
        if unit.startswith("share of"):
            steps[name] = Step(0.1, f"{label}: +10 points")
        elif unit.startswith("natural logarithm"):
            steps[name] = Step(math.log(10), f"{label.removesuffix(' (log)')}: tenfold")
        elif unit.startswith(("percent of", "index 0-100")):
            steps[name] = Step(10.0, f"{label}: +10")
        else:
            steps[name] = Step(float(frame[name].std()), f"{label}: +1 SD")
    return steps


def models_sheet(models: Mapping[str, FittedModel], labels: Mapping[str, str]) -> Sheet:
    """Fits of the same terms side by side: estimate, standard error, p-value.

    Parameters
    ----------
    models : mapping of str to FittedModel
        By printed name; the same terms and kind of errors in each.
    labels : mapping of str to str
        Printed label of each term.
    """
    first = next(iter(models.values()))
    names = [c.name for c in first.coefficients]
    scales = {name: scale_of(first.least_squares, name) for name in names}
    printed = [per(labels.get(n, n.capitalize()), scales[n][1]) for n in names]
    foot = f"Rows, clusters; R squared ({kind_of(first.se).label} errors)"
    columns = {"": [*printed, foot]}
    for title, model in models.items():
        found = [rescaled(model[name], scales[name][0]) for name in names]
        columns[f"{title} (error)"] = [
            *(_with_error(c) for c in found),
            ", ".join(str(count) for count in (model.n, model.clusters) if count),
        ]
        columns[f"p, {_inside(title)}"] = [
            *(_p(c.p_value) for c in found),
            f"{model.r_squared:.2f}",
        ]
    return sheet(columns, numeric=tuple(columns)[1:])


def errors_sheet(under: Mapping[str, Judged], step: Step) -> Sheet:
    """One coefficient under several kinds of errors or without some rows, on its step.

    Parameters
    ----------
    under : mapping of str to Estimate or WildBootstrap
        By printed name of the errors or rows. A bootstrap's p-value and interval come from its
        draws; the standard error beside them is marked as cr1's.
    step : Step
        By which all is multiplied.
    """
    found, drawn = list(under.values()), f" ({KINDS['wild'].error})"
    columns = {
        step.label: list(under),
        "Index points": [WORDS.signed(c.estimate * step.size, 3) for c in found],
        "Standard error": [
            WORDS.number(c.standard_error * step.size, 3) + drawn * _is_by_draws(c) for c in found
        ],
        "Degrees of freedom": [_freedom(c) for c in found],
        "Interval": [_between(c.low * step.size, c.high * step.size, 3) for c in found],
        "p": [_p(c.p_value) for c in found],
    }
    return sheet(columns, numeric=tuple(columns)[1:])


def intervals_sheet(series: Mapping[str, Mapping[str, Judged]], steps: Mapping[str, Step]) -> Sheet:
    """Estimates and intervals on their steps, two columns for each series.

    Parameters
    ----------
    series : mapping of str to mapping of str to interval
        By printed name; inside by key.
    steps : mapping of str to Step
        Of each key. A series that lacks a key has `no data` there.
    """
    keys = list(next(iter(series.values())))
    columns = {"Step": [steps[key].label for key in keys]}
    for title, found in series.items():
        values = [(found.get(key), steps[key].size) for key in keys]
        columns[title] = [
            WORDS.signed(c.estimate * size, 3) if c else WORDS.term("none") for c, size in values
        ]
        columns[f"Interval ({title})"] = [
            _between(c.low * size, c.high * size, 3) if c else "" for c, size in values
        ]
    return sheet(columns, numeric=tuple(columns)[1:])


def steps_text(model: FittedModel, steps: Mapping[str, Step], frame: pd.DataFrame) -> str:
    """A line for each coefficient: on its step with the interval, and in standard deviations.

    Parameters
    ----------
    model : FittedModel
    steps : mapping of str to Step
        Of the coefficients told, in this order.
    frame : DataFrame
        The rows of the fit, with the columns of outcome and terms.
    """
    lines = []
    for name, step in steps.items():
        c, spread = model[name], frame[name].std() / frame[model.outcome].std()
        lines.append(
            f"- *{step.label}* goes with {WORDS.signed(c.estimate * step.size)} index points "
            f"({_between(c.low * step.size, c.high * step.size, 2)}); {_on_zero(c)}. One standard "
            f"deviation goes with {WORDS.signed(c.estimate * spread)} standard deviations of the "
            "outcome."
        )
    return "\n".join(lines)


def zero_tally(kinds: Mapping[str, Sequence[Judged]], what: str = "kinds of errors") -> str:
    """Under how many kinds of errors the interval leaves zero out, a kind counted once.

    Parameters
    ----------
    kinds : mapping of str to sequence of interval
        By printed name; several of a kind, as under several cutoffs, count together.
    what : str, optional
        What is counted, in the plural.
    """
    verbs = ("left out", "held", "left out or held, as the cutoff is,", "not judged")
    said: dict[str, list[str]] = {verb: [] for verb in verbs}
    for name, found in kinds.items():
        holds = {c.low <= 0 <= c.high for c in found}
        is_known = not any(math.isnan(c.low) for c in found)
        said[verbs[(2 if len(holds) > 1 else holds.pop()) if is_known else 3]].append(name)
    told = [f"{verb} by {len(n)} ({'; '.join(n)})" for verb, n in said.items() if n]
    verdict = "They agree." if len(told) == 1 else "They disagree."
    return f"{verdict} Of {len(kinds)} {what}, zero is {', '.join(told)}."


def years_text(table: pd.DataFrame, steps: Mapping[str, Step]) -> str:
    """The same in a line for each factor, with its signs and intervals, and the rows used.

    Parameters
    ----------
    table, steps
        As in `years_picture`.
    """
    lines = []
    for name, step in steps.items():
        rows = table[table["name"] == name]
        points, ends = rows["estimate"] * step.size, rows[["low", "high"]]
        told = [
            f"{WORDS.signed(v)} ({row.year} {row.basis})"
            for v, row in zip(points, rows.itertuples(), strict=True)
        ]
        sign = "keeps its sign" if points.min() * points.max() > 0 else "changes its sign"
        outside = ((ends["low"] > 0) | (ends["high"] < 0)).sum()
        lines.append(
            f"- *{step.label}* {sign}: {', '.join(told)} index points. Intervals that leave out "
            f"zero: {outside} of {len(rows)}."
        )
    fewest, most = table["n"].min(), table["n"].max()
    return "\n".join([*lines, f"- Rows with a value for every column: {fewest} to {most}."])


def benchmarks_sheet(found: Unmeasured, labels: Mapping[str, str]) -> Sheet:
    """What a variable as strong as each measured column would leave of the coefficient.

    Parameters
    ----------
    found : Unmeasured
    labels : mapping of str to str
        Printed labels of the benchmarks.
    """
    ones = found.benchmarks[found.benchmarks["times"] == 1]
    columns = {
        "A variable as strong as": [labels[name] for name in ones["benchmark"]],
        "Share of the factor": [WORDS.percent(v) for v in ones["r2_factor"]],
        "Share of the outcome": [WORDS.percent(v) for v in ones["r2_outcome"]],
        "Coefficient then": [WORDS.signed(v, 3) for v in ones["estimate"]],
        "Classical interval": [_between(row.low, row.high, 3) for row in ones.itertuples()],
    }
    return sheet(columns, numeric=tuple(columns)[1:])


def in_words(label: str, estimate: float, low: float, high: float) -> str:
    """An estimate with its interval, for an alt text."""
    return f"{label} {estimate:+.2f} ({low:+.2f} to {high:+.2f})"


def _between(low: float, high: float, decimals: int) -> str:
    if math.isnan(low):
        return WORDS.term("none")
    return f"{WORDS.signed(low, decimals)} to {WORDS.signed(high, decimals)}"


def _inside(label: str) -> str:
    """A label inside a sentence; an abbreviation keeps its capitals."""
    return label if label[1:2].isupper() else label[0].lower() + label[1:]


def _with_error(c: Judged) -> str:
    """Estimate and standard error; where three decimals would show none of it, in powers of 10."""
    if 0 < c.standard_error < SMALLEST:
        return f"{c.estimate:+.1e} ({c.standard_error:.1e})".replace("-", MINUS)
    return f"{WORDS.signed(c.estimate, 3)} ({WORDS.number(c.standard_error, 3)})"


def _on_zero(c: Judged) -> str:
    if math.isnan(c.low):
        return "no interval can be given"
    return f"the interval {'holds' if c.low <= 0 <= c.high else 'leaves out'} zero"


def _p(value: float) -> str:
    if math.isnan(value):
        return WORDS.term("none")
    return p_words(value).removeprefix("p ").removeprefix("= ")


def _is_by_draws(c: Judged) -> bool:
    """Whether p-value and interval come from draws, and need no degrees of freedom."""
    return math.isnan(getattr(c, "degrees_of_freedom", math.nan)) and not math.isnan(c.p_value)


def _freedom(c: Judged) -> str:
    if _is_by_draws(c):
        return "by draws"
    df = getattr(c, "degrees_of_freedom", math.nan)
    return "normal" if math.isinf(df) else WORDS.number(df, 1)
