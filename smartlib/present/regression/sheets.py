"""Sheets and sentences of the regressions (floor 4)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from smartlib.inference.core.covariance import KINDS, kind_of
from smartlib.inference.core.formulas import INTERCEPT
from smartlib.present.regression.scales import per, rescaled, scale_of
from smartlib.present.regression.steps import Judged, Step, between, inside
from smartlib.present.words.labels import term_label
from smartlib.present.words.regressions import p_words
from smartlib.present.words.tables import Sheet, sheet
from smartlib.present.words.wording import ENGLISH, MINUS, Words

if TYPE_CHECKING:
    from smartlib.inference.checks.unmeasured import Unmeasured
    from smartlib.inference.core.models import FittedModel

SMALLEST = 0.0005  # a standard error below it is 0.000 in three decimals


def models_sheet(
    models: Mapping[str, FittedModel], labels: Mapping[str, str], *, words: Words = ENGLISH
) -> Sheet:
    """Fits of the same terms side by side: estimate, standard error, p-value.

    Parameters
    ----------
    models : mapping of str to FittedModel
        By printed name; the same terms and kind of errors in each.
    labels : mapping of str to str
        Printed label of each term.
    words : Words, optional
        The language; by default English.
    """
    lang = words.lang
    labels = {INTERCEPT: term_label(INTERCEPT, {}, lang), **labels}
    first = next(iter(models.values()))
    names = [c.name for c in first.coefficients]
    scales = {name: scale_of(first.least_squares, name) for name in names}
    printed = [per(labels.get(n, n), scales[n][1], lang) for n in names]
    foot = words.say("models_foot", errors=kind_of(first.se).label)
    columns = {words.say("coefficient_head"): [*printed, foot]}
    for title, model in models.items():
        found = [rescaled(model[name], scales[name][0]) for name in names]
        columns[words.say("with_error", title=title)] = [
            *(_with_error(words, c) for c in found),
            ", ".join(str(count) for count in (model.n, model.clusters) if count),
        ]
        columns[words.say("p_of", title=inside(title))] = [
            *(_p(words, c.p_value) for c in found),
            words.number(model.r_squared),
        ]
    return sheet(columns, numeric=tuple(columns)[1:])


def errors_sheet(under: Mapping[str, Judged], step: Step, *, words: Words = ENGLISH) -> Sheet:
    """One coefficient under several kinds of errors or without some rows, on its step.

    Parameters
    ----------
    under : mapping of str to Estimate or WildBootstrap
        By printed name of the errors or rows. A bootstrap's p-value and interval come from its
        draws; the standard error beside them is marked as cr1's.
    step : Step
        By which all is multiplied.
    words : Words, optional
        The language; by default English.
    """
    found, drawn = list(under.values()), f" ({KINDS['wild'].error})"
    columns = {
        step.label: list(under),
        words.say("index_points"): [words.signed(c.estimate * step.size, 3) for c in found],
        words.say("deviation_error"): [
            words.number(c.standard_error * step.size, 3) + drawn * _is_by_draws(c) for c in found
        ],
        words.say("freedom_head"): [_freedom(words, c) for c in found],
        words.say("interval_head"): [between(words, c, step.size, 3) for c in found],
        words.say("p_head"): [_p(words, c.p_value) for c in found],
    }
    return sheet(columns, numeric=tuple(columns)[1:])


def intervals_sheet(
    series: Mapping[str, Mapping[str, Judged]],
    steps: Mapping[str, Step],
    *,
    words: Words = ENGLISH,
) -> Sheet:
    """Estimates and intervals on their steps, two columns for each series.

    Parameters
    ----------
    series : mapping of str to mapping of str to interval
        By printed name; inside by key.
    steps : mapping of str to Step
        Of each key. A series that lacks a key has `no data` there.
    words : Words, optional
        The language; by default English.
    """
    keys = list(next(iter(series.values())))
    columns = {words.say("step_head"): [steps[key].label for key in keys]}
    for title, found in series.items():
        values = [(found.get(key), steps[key].size) for key in keys]
        columns[title] = [
            words.signed(c.estimate * size, 3) if c else words.term("none") for c, size in values
        ]
        columns[words.say("interval_for", title=title)] = [
            between(words, c, size, 3) if c else words.say("no_value") for c, size in values
        ]
    return sheet(columns, numeric=tuple(columns)[1:])


def steps_text(
    model: FittedModel,
    steps: Mapping[str, Step],
    frame: pd.DataFrame,
    *,
    words: Words = ENGLISH,
) -> str:
    """A line for each coefficient: on its step with the interval, and in standard deviations.

    Parameters
    ----------
    model : FittedModel
    steps : mapping of str to Step
        Of the coefficients told, in this order.
    frame : DataFrame
        The rows of the fit, with the columns of outcome and terms.
    words : Words, optional
        The language; by default English.
    """
    lines = []
    for name, step in steps.items():
        c, spread = model[name], frame[name].std() / frame[model.outcome].std()
        parts = {
            "points": words.signed(c.estimate * step.size),
            "ends": between(words, c, step.size),
            "zero": words.say(_on_zero(c)),
            "spread": words.signed(c.estimate * spread),
        }
        lines.append(words.say("step_found", step=step.label, **parts))
    return "\n".join(lines)


def zero_tally(
    kinds: Mapping[str, Sequence[Judged]], what: str = "tally_kinds", *, words: Words = ENGLISH
) -> str:
    """Under how many kinds of errors the interval leaves zero out, a kind counted once.

    Parameters
    ----------
    kinds : mapping of str to sequence of interval
        By printed name; several of a kind, as under several cutoffs, count together.
    what : {"tally_kinds", "tally_refits"}, optional
        What is counted.
    words : Words, optional
        The language; by default English.
    """
    tally: dict[str, list[str]] = {f"tally_{end}": [] for end in ("out", "in", "either", "unknown")}
    for name, found in kinds.items():
        holds = {"tally_in" if c.low <= 0 <= c.high else "tally_out" for c in found}
        end = holds.pop() if len(holds) == 1 else "tally_either"
        is_known = not any(math.isnan(c.low) for c in found)
        tally[end if is_known else "tally_unknown"].append(name)
    told = [
        words.say(end, count=len(names), names="; ".join(names))
        for end, names in tally.items()
        if names
    ]
    verdict = words.say("tally_agree" if len(told) == 1 else "tally_disagree")
    parts = {"count": len(kinds), "what": words.say(what), "told": ", ".join(told)}
    return words.say("tally_found", verdict=verdict, **parts)


def years_text(table: pd.DataFrame, steps: Mapping[str, Step], *, words: Words = ENGLISH) -> str:
    """The same in a line for each factor, with its signs and intervals, and the rows used.

    Parameters
    ----------
    table, steps
        As in `years_picture`.
    words : Words, optional
        The language; by default English.
    """
    lines = []
    for name, step in steps.items():
        rows = table[table["name"] == name]
        points, ends = rows["estimate"] * step.size, rows[["low", "high"]]
        told = [
            f"{words.signed(v)} ({row.year} {words.term(row.basis)})"
            for v, row in zip(points, rows.itertuples(), strict=True)
        ]
        is_kept = points.min() * points.max() > 0
        parts = {
            "sign": words.say("sign_kept" if is_kept else "sign_changed"),
            "outside": ((ends["low"] > 0) | (ends["high"] < 0)).sum(),
            "years": len(rows),
        }
        lines.append(words.say("year_found", step=step.label, told=", ".join(told), **parts))
    known = words.say("years_rows", fewest=table["n"].min(), most=table["n"].max())
    return "\n".join([*lines, known])


def benchmarks_sheet(
    found: Unmeasured, labels: Mapping[str, str], *, words: Words = ENGLISH
) -> Sheet:
    """What a variable as strong as each measured column would leave of the coefficient.

    Parameters
    ----------
    found : Unmeasured
    labels : mapping of str to str
        Printed labels of the benchmarks.
    words : Words, optional
        The language; by default English.
    """
    ones = found.benchmarks[found.benchmarks["times"] == 1]
    columns = {
        words.say("benchmark_head"): [labels[name] for name in ones["benchmark"]],
        words.say("factor_share_head"): list(map(words.percent, ones["r2_factor"])),
        words.say("outcome_share_head"): list(map(words.percent, ones["r2_outcome"])),
        words.say("coefficient_then"): [words.signed(v, 3) for v in ones["estimate"]],
        words.say("classical_interval"): [between(words, row, 1, 3) for row in ones.itertuples()],
    }
    return sheet(columns, numeric=tuple(columns)[1:])


def _with_error(words: Words, c: Judged) -> str:
    """Estimate and standard error; where three decimals would show none of it, in powers of 10."""
    if 0 < c.standard_error < SMALLEST:
        shown = f"{c.estimate:+.1e} ({c.standard_error:.1e})".replace("-", MINUS)
        return words.digits(shown)
    return f"{words.signed(c.estimate, 3)} ({words.number(c.standard_error, 3)})"


def _on_zero(c: Judged) -> str:
    if math.isnan(c.low):
        return "no_interval"
    return "zero_inside" if c.low <= 0 <= c.high else "zero_outside"


def _p(words: Words, value: float) -> str:
    if math.isnan(value):
        return words.term("none")
    return p_words(value, words.lang).removeprefix("p ").removeprefix("= ")


def _is_by_draws(c: Judged) -> bool:
    """Whether p-value and interval come from draws, and need no degrees of freedom."""
    return math.isnan(getattr(c, "degrees_of_freedom", math.nan)) and not math.isnan(c.p_value)


def _freedom(words: Words, c: Judged) -> str:
    if _is_by_draws(c):
        return words.say("freedom_drawn")
    df = getattr(c, "degrees_of_freedom", math.nan)
    return words.say("df_normal") if math.isinf(df) else words.number(df, 1)
