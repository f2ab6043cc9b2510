"""Figures of a paper: spread, correlations, coefficients, residuals (floor 4)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib import colormaps

from smartlib.inference.core.formulas import INTERCEPT
from smartlib.inference.core.models import FittedModel
from smartlib.inference.descriptive import Correlations
from smartlib.inference.factors.table import Factor
from smartlib.present.drawing import (
    FAINT,
    GAP,
    INK,
    LINE,
    MUTED,
    NATION,
    SMALL,
    DensePicture,
    Picture,
    drawing,
    named_rows,
    names_below,
    names_beside,
    room,
    scale_below,
    scale_beside,
)
from smartlib.present.paper.descriptives import decimals_of, label_of, said
from smartlib.present.words.labels import term_label
from smartlib.present.words.wording import Words

ROW = 0.62  # inches: a box with its scale and title
BOX = 0.36  # of a row's height
CELL = 0.34  # inches of a correlation's square
COEFFICIENT = 0.33
COLOURS = "RdBu_r"


def spread_picture(
    frame: pd.DataFrame,
    columns: Sequence[str],
    names: Mapping[str, Factor],
    source: str,
    lang: str = "en",
) -> Picture:
    """A row a column: its quartiles as a box, its values as dots, each on a scale of its own.

    Parameters
    ----------
    frame : DataFrame, shape (rows, ...)
    columns : sequence of str
        Of numbers.
    names : mapping of str to Factor
        Labels and units.
    source : str
        Line below.
    lang : {"en", "id"}, default "en"
        Language.
    """
    words, caption = Words(lang), said("spread_caption", lang)
    parts = []
    with drawing(
        caption, source, ROW - 0.3, left=0.3, above=LINE + GAP + 0.4, rows=len(columns)
    ) as (figure, axes):
        for ax, name in zip(axes, columns, strict=True):
            values = frame[name].dropna().to_numpy(dtype=float)
            low, middle, high = np.quantile(values, [0.25, 0.5, 0.75])
            margin = (np.ptp(values) or 1.0) / 40
            ax.set_xlim(values.min() - margin, values.max() + margin)
            ax.set_ylim(-1, 1)
            ax.plot(values, np.zeros(len(values)), "|", color=MUTED, ms=6, mew=0.6)
            ax.hlines([BOX, -BOX], low, high, color=INK, lw=1)
            ax.vlines([low, high], -BOX, BOX, color=INK, lw=1)
            ax.vlines(middle, -BOX, BOX, color=NATION, lw=2)
            scale_below(ax, words, label_of(name, names, lang))
            told = {"median": middle, "low": low, "high": high}
            places = decimals_of(float(values.std()))
            text = {key: words.number(value, places) for key, value in told.items()}
            parts.append(said("spread_part", lang, label=label_of(name, names, lang), **text))
    return DensePicture(figure, caption, "; ".join(parts) + ".")


def correlation_picture(
    found: Correlations, names: Mapping[str, Factor], source: str, lang: str = "en"
) -> Picture:
    """A square a pair, coloured by its correlation, the number in it.

    Parameters
    ----------
    found : Correlations
    names : mapping of str to Factor
        Labels.
    source : str
        Line below.
    lang : {"en", "id"}, default "en"
        Language.
    """
    words, columns = Words(lang), list(found.r)
    labels = [f"{i}. {label_of(n, names, lang, unit=False)}" for i, n in enumerate(columns, 1)]
    caption, k, scale = said("correlation_caption", lang), len(columns), colormaps[COLOURS]
    parts = []
    with drawing(caption, source, CELL * k, left=room(labels), below=0.55) as (figure, [ax]):
        ax.set_xlim(-0.5, max(k, 8) - 0.5)
        ax.set_ylim(-0.5, k - 0.5)
        for i in range(k):
            for j in range(i + 1):
                r = float(found.r.iloc[i, j])
                colour = FAINT if math.isnan(r) else scale((1 + r) / 2)
                height = k - 1 - i
                ax.fill_between([j - 0.48, j + 0.48], height - 0.48, height + 0.48, color=colour)
                text = words.number(r, 2) if not math.isnan(r) else ""
                ink = "white" if abs(r) > 0.65 else INK
                ax.text(j, height, text, ha="center", va="center", fontsize=SMALL, color=ink)
                if j < i:
                    parts.append(f"{labels[i]}, {labels[j]}: {text}")
        names_beside(ax, labels[::-1])
        names_below(ax, [str(i + 1) for i in range(k)])
    return DensePicture(figure, caption, "; ".join(parts) + ".")


def coefficients_picture(
    models: Mapping[str, FittedModel], names: Mapping[str, Factor], source: str, lang: str = "en"
) -> Picture:
    """Standardised coefficients with their intervals, a line a term and fit.

    Parameters
    ----------
    models : mapping of str to FittedModel
        By heading.
    names : mapping of str to Factor
        Labels.
    source : str
        Line below.
    lang : {"en", "id"}, default "en"
        Language.
    """
    words = Words(lang)
    level = next(iter(models.values())).level
    caption = said("coefficients_caption", lang, level=level)
    lines = [(*_beta(model, c.name), heading, c.name) for heading, model in models.items()
             for c in model.coefficients if c.name in model.goodness.standardised]  # fmt: skip
    lines = [line for line in lines if math.isfinite(line[1])][::-1]
    several = len(models) > 1
    labels = [
        term_label(name, names, lang) + (f" {heading}" if several else "")
        for *_, heading, name in lines
    ]
    parts = []
    with named_rows(
        caption,
        source,
        labels,
        COEFFICIENT * len(lines),
        words=words,
        scale=said("coefficients_scale", lang),
    ) as (figure, ax):
        ends = [value for line in lines for value in line[:3]] + [0.0]
        margin = (max(ends) - min(ends)) / 30
        ax.set_xlim(min(ends) - margin, max(ends) + margin)
        ax.axvline(0, color=MUTED, lw=0.8)
        for place, (beta, low, high, *_) in enumerate(lines):
            ax.hlines(place, low, high, color=NATION, lw=1.5)
            ax.plot(beta, place, "o", color=NATION, ms=5)
            text = [words.number(value, 2) for value in (beta, low, high)]
            parts.append(f"{labels[place]}: {text[0]} ({text[1]} {words.term('to')} {text[2]})")
    return DensePicture(figure, caption, "; ".join(parts[::-1]) + ".")


def residuals_picture(
    model: FittedModel, names: Mapping[str, Factor], source: str, lang: str = "en"
) -> Picture:
    """Residuals against fitted values, a dot a row.

    Parameters
    ----------
    model : FittedModel
    names : mapping of str to Factor
        Labels.
    source : str
        Line below.
    lang : {"en", "id"}, default "en"
        Language.
    """
    words, fit = Words(lang), model.least_squares
    root = np.sqrt(fit.weights)
    residuals, fitted = fit.residuals / root, (fit.y - fit.residuals) / root
    outcome = term_label(model.outcome, names, lang)
    caption = f"{said('residuals_caption', lang)}: {outcome}"
    left = room([words.number(residuals.min())]) + 0.3
    with drawing(caption, source, 2.6, left=left) as (figure, [ax]):
        ax.plot(fitted, residuals, "o", color=NATION, ms=3, alpha=0.7)
        ax.axhline(0, color=MUTED, lw=0.8)
        scale_below(ax, words, said("fitted", lang))
        scale_beside(ax, words, said("residual", lang))
    ends = {"low": residuals.min(), "high": residuals.max(), "first": fitted.min(),
            "last": fitted.max()}  # fmt: skip
    told = {key: words.number(float(value), 2) for key, value in ends.items()}
    return DensePicture(figure, caption, said("residuals_alt", lang, n=len(residuals), **told))


def _beta(model: FittedModel, name: str) -> tuple[float, float, float]:
    """Standardised coefficient and its interval, by the factor that standardises it."""
    c = model[name]
    if name == INTERCEPT or not c.estimate:
        return (math.nan,) * 3
    times = model.goodness.standardised[name] / c.estimate
    low, high = sorted((c.low * times, c.high * times))
    return c.estimate * times, low, high
