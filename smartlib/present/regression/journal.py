"""Regressions as a journal prints them: on a page, in LaTeX, for Word, as numbers (floor 4)."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import pandas as pd

from smartlib.inference.core.estimates import Estimate
from smartlib.inference.core.models import FittedModel, beside_table
from smartlib.inference.factors.table import Factor
from smartlib.present.regression.printed import RegressionTable
from smartlib.present.regression.scales import Scales, per, rescaled, scales_of
from smartlib.present.words.labels import term_label
from smartlib.present.words.regression_notes import fit_notes, reading_first, se_label
from smartlib.present.words.regressions import SMALLEST_P
from smartlib.present.words.tables import Sheet, sheet
from smartlib.present.words.wording import MINUS, Words
from smartlib.vocabulary.tables import LANGUAGES

WORDS = Words("en")
BESIDE = "HC3, normal"
HEADINGS: Mapping[str, tuple[str, str]] = {  # Indonesian, English
    "beside": (BESIDE, BESIDE),
    "outcome": ("Variabel terikat", "Outcome"),
    "absorbed": ("Efek tetap", "Absorbed"),
    "yes": ("ya", "yes"),
    "no": ("tidak", "no"),
    "rows": ("Jumlah baris (n)", "Rows"),
    "clusters": ("Klaster", "Clusters"),
    "r": ("R kuadrat (R squared)", "R squared"),
    "adjusted": ("R kuadrat disesuaikan (adjusted R squared)", "Adjusted R squared"),
    "within": ("R kuadrat dalam efek tetap (within)", "R squared within"),
    "f": ("F (klasik)", "F (classical)"),
    "estimate": ("koefisien", "estimate"),
    "error": ("galat baku robust (standard error)", "error"),
    "df": ("derajat bebas (df)", "df"),
    "p": ("nilai p", "p"),
    "interval": ("selang {level:.0%}", "{level:.0%} interval"),
    "beta": ("koefisien baku (beta)", "standardised (beta)"),
    "no_error": ("tanpa galat baku: lihat catatan", "no error: see notes"),
}
DECIMALS, MOST_DECIMALS = 3, 8  # beyond the latter a number is written with a power of ten


@dataclass(frozen=True)
class _Print:
    """How the cells of one table are written."""

    lang: str
    full: bool

    @property
    def words(self) -> Words:
        return Words(self.lang)

    def said(self, key: str) -> str:
        return HEADINGS[key][LANGUAGES.index(self.lang)]


def regression_table(
    models: Mapping[str, FittedModel],
    names: Mapping[str, Factor],
    *,
    title: str = "",
    notes: Sequence[str] = (),
    beside: bool | None = None,
    lang: str = "en",
    full: bool = False,
) -> RegressionTable:
    """Fits side by side: estimate (standard error), [interval], p-value.

    Parameters
    ----------
    models : mapping of str to FittedModel
        By heading; at least one.
    names : mapping of str to Factor
        What formulas can name.
    title : str, optional
        By default the outcomes.
    notes : sequence of str, optional
        Sentences after those on the fits themselves, as `context_notes` makes.
    beside : bool, optional
        Whether hc3 with the normal stands in a column beside each fit; by default for one fit.
    lang : {"en", "id"}, default "en"
        Language.
    full : bool, default False
        Whether standardised coefficients, adjusted R squared and F are there too.

    Returns
    -------
    RegressionTable
        Terms in the order of their first place; a fit without a term has empty cells.
    """
    shown = len(models) == 1 if beside is None else beside
    how, scales = _Print(lang, full), scales_of([m.least_squares for m in models.values()])
    terms = dict.fromkeys(c.name for model in models.values() for c in _shown(model, scales))
    feet = _feet(models, names, how)
    blank = [""] * (3 if full else 2)
    labels = [line for term in terms for line in (_label(term, names, scales, lang), *blank)]
    columns: dict[str, list[str]] = {"": [*labels, *feet]}
    for heading, model in models.items():
        columns[heading] = [*_cells(model, _shown(model, scales), terms, how)]
        columns[heading] += [write(model) for write in feet.values()]
        if shown and model.beside:
            name = how.said("beside")
            plain = name if len(models) == 1 else f"{heading}: {name}"
            own = {how.said("rows"): _rows(model, how), how.said("r"): _r_squared(model, how)}
            columns[plain] = [*_cells(None, _read(model.beside, scales), terms, how)]
            columns[plain] += [own.get(foot, "") for foot in feet]
    outcomes = dict.fromkeys(term_label(model.outcome, names, lang) for model in models.values())
    return RegressionTable(
        title=title or "; ".join(outcomes),
        frame=pd.DataFrame(columns),
        foot=len(feet),
        notes=(*fit_notes(models, names, lang), *notes),
        lang=lang,
    )


def journal_table(
    models: Mapping[str, FittedModel],
    names: Mapping[str, Factor],
    context: Sequence[str],
    lang: str = "en",
) -> RegressionTable:
    """The full table of some fits, the notes that change its reading first.

    Parameters
    ----------
    models, names, lang
        As in `regression_table`.
    context : sequence of str
        Notes beside those on the fits, as `context_notes` makes.
    """
    table = regression_table(models, names, notes=context, lang=lang, full=True)
    return replace(table, notes=tuple(reading_first(table.notes)))


def _feet(
    models: Mapping[str, FittedModel], names: Mapping[str, Factor], how: _Print
) -> dict[str, Callable[[FittedModel], str]]:
    """What is said of each whole model, by its label."""
    fits = list(models.values())
    feet: dict[str, Callable[[FittedModel], str]] = {}
    if len({fit.outcome for fit in fits}) > 1:
        feet[how.said("outcome")] = lambda fit: term_label(fit.outcome, names, how.lang)
    for name in dict.fromkeys(name for fit in fits for name in fit.taken_out):
        label = f"{how.said('absorbed')}: {term_label(name, names, how.lang)}"
        feet[label] = partial(_absorbed, name=name, how=how)
    feet[how.said("rows")] = lambda fit: _rows(fit, how)
    feet[how.said("clusters")] = lambda fit: _clusters(fit, how)
    feet[how.said("r")] = lambda fit: _r_squared(fit, how)
    if how.full:
        feet[how.said("adjusted")] = lambda fit: _number(
            fit.goodness.adjusted_r_squared, words=how.words
        )
        if any(fit.taken_out for fit in fits):
            feet[how.said("within")] = lambda fit: _number(
                fit.goodness.within_r_squared, words=how.words
            )
        feet[how.said("f")] = lambda fit: _f(fit, how)
    return feet


def _absorbed(model: FittedModel, name: str, how: _Print) -> str:
    return how.said("yes" if name in model.taken_out else "no")


def _f(model: FittedModel, how: _Print) -> str:
    found = model.goodness
    if math.isnan(found.f):
        return ""
    first, second = (f"{df}" for df in found.f_df)
    return f"{how.words.number(found.f, 2)} ({first}; {second}), {_judged(found.f_p_value, how)}"


def fit_sheet(
    model: FittedModel, names: Mapping[str, Factor], *, lang: str = "en", full: bool = False
) -> Sheet:
    """One fit, a line a coefficient, hc3 with the normal beside it.

    Parameters
    ----------
    model : FittedModel
    names : mapping of str to Factor
        What formulas can name.
    lang : {"en", "id"}, default "en"
        Language.
    full : bool, default False
        Whether standardised coefficients are there too.
    """
    how, scales = _Print(lang, full), scales_of([model.least_squares])
    found, words = _shown(model, scales), how.words
    plain = {c.name: c for c in _read(model.beside, scales)}
    interval = how.said("interval").format(level=model.level)
    columns = {
        "": [_label(c.name, names, scales, lang) for c in found],
        how.said("estimate"): [_number(c.estimate, c, words=words) for c in found],
        how.said("error"): [_number(c.standard_error, c, words=words) for c in found],
        how.said("df"): [_number(c.degrees_of_freedom, decimals=1, words=words) for c in found],
        how.said("p"): [_p(c.p_value, words) for c in found],
        interval: [_interval(c, words) for c in found],
    }
    if full:
        beta = model.goodness.standardised
        columns[how.said("beta")] = [
            _number(beta.get(c.name, math.nan), words=words) for c in found
        ]
    if plain:
        name = how.said("beside")
        columns[f"{name}: {interval}"] = [_interval(plain[c.name], words) for c in found]
        columns[f"{name}: p"] = [_p(plain[c.name].p_value, words) for c in found]
    return sheet(columns, numeric=tuple(list(columns)[1:]))


def whole_line(model: FittedModel, lang: str = "en") -> str:
    """What is said of the whole fit, in one line: errors, rows, R squared, adjusted, F.

    Parameters
    ----------
    model : FittedModel
    lang : {"en", "id"}, default "en"
        Language.
    """
    how = _Print(lang, full=True)
    parts = {
        how.said("rows"): _rows(model, how),
        how.said("clusters"): _clusters(model, how),
        how.said("r"): _r_squared(model, how),
        how.said("adjusted"): _number(model.goodness.adjusted_r_squared, words=how.words),
        how.said("f"): _f(model, how),
    }
    return f"{se_label(model, lang)}; " + "; ".join(f"{k} {v}" for k, v in parts.items() if v)


def coefficient_table(
    models: Mapping[str, FittedModel], names: Mapping[str, Factor], lang: str = "en"
) -> pd.DataFrame:
    """Every coefficient as numbers, unrounded, one a row.

    Parameters
    ----------
    models : mapping of str to FittedModel
        By heading.
    names : mapping of str to Factor
        What formulas can name.
    lang : {"en", "id"}, default "en"
        Of the labels.

    Returns
    -------
    DataFrame
        model, formula, errors, name, label; estimate to high as in `Estimate`; the same of hc3
        with the normal; n, clusters, r_squared, level of the fit; standardised coefficient,
        adjusted R squared, F with its degrees of freedom and p-value.
    """
    tables = []
    for heading, model in models.items():
        own = pd.DataFrame(list(model.coefficients)).set_index("name")
        table = own.join(beside_table(model).filter(like="_hc3_normal")).reset_index()
        table.insert(1, "label", [term_label(name, names, lang) for name in table["name"]])
        first = {"model": heading, "formula": model.formula, "errors": model.se}
        for place, (column, value) in enumerate(first.items()):
            table.insert(place, column, value)
        beta, good = model.goodness.standardised, model.goodness
        tables.append(
            table.assign(
                n=model.n,
                clusters=model.clusters,
                r_squared=model.r_squared,
                level=model.level,
                standardised=table["name"].map(beta).astype("float64"),
                adjusted_r_squared=good.adjusted_r_squared,
                f=good.f,
                f_df_1=good.f_df[0],
                f_df_2=good.f_df[1],
                f_p_value=good.f_p_value,
            )
        )
    return pd.concat(tables, ignore_index=True)


def _shown(model: FittedModel, scales: Scales) -> list[Estimate]:
    """The coefficients that a table lists, on readable units; lone levels are left out."""
    return _read([c for c in model.coefficients if c.name not in model.absorbed], scales)


def _read(found: Sequence[Estimate], scales: Scales) -> list[Estimate]:
    return [rescaled(c, scales[c.name][0]) for c in found]


def _label(name: str, names: Mapping[str, Factor], scales: Scales, lang: str) -> str:
    return per(term_label(name, names, lang), scales[name][1], lang)


def _decimals(error: float) -> int:
    """So many that an error keeps two digits."""
    usable = math.isfinite(error) and error > 0
    return max(DECIMALS, 1 - math.floor(math.log10(error))) if usable else DECIMALS


def _number(
    value: float,
    beside: Estimate | None = None,
    decimals: int = DECIMALS,
    *,
    words: Words = WORDS,
) -> str:
    """A number with the decimals that a coefficient's error asks for; nothing for none."""
    places = _decimals(beside.standard_error) if beside else decimals
    if not math.isfinite(value):
        return "" if math.isnan(value) else "∞".rjust(1 + (value < 0), MINUS)
    if places > MOST_DECIMALS:
        text = f"{value:.2e}".replace("-", MINUS)
        return text.replace(".", ",") if words.lang == "id" else text
    return words.number(value, places)


def _p(value: float, words: Words = WORDS) -> str:
    if math.isnan(value):
        return ""
    shown = words.number(max(value, SMALLEST_P), DECIMALS)
    return f"<{shown}" if value < SMALLEST_P else shown


def _judged(p: float, how: _Print) -> str:
    text = _p(p, how.words)
    return f"p {text}" if text.startswith("<") else f"p = {text}"


def _interval(c: Estimate, words: Words = WORDS) -> str:
    if math.isnan(c.low):
        return ""
    between = "; " if words.lang == "id" else ", "
    return f"[{_number(c.low, c, words=words)}{between}{_number(c.high, c, words=words)}]"


def _cells(
    model: FittedModel | None,
    coefficients: Sequence[Estimate],
    terms: Mapping[str, None],
    how: _Print,
) -> list[str]:
    """Three lines a term, and a fourth for the standardised coefficient."""
    found = {c.name: c for c in coefficients}
    beta = model.goodness.standardised if model else {}
    lines = []
    for term in terms:
        lines += _lines(found[term], how) if term in found else [""] * 3
        if how.full:
            value = beta.get(term, math.nan)
            text = _number(value, words=how.words)
            lines.append(f"beta = {text}" if text else "")
    return lines


def _lines(c: Estimate, how: _Print) -> list[str]:
    words = how.words
    estimate = _number(c.estimate, c, words=words)
    if math.isnan(c.standard_error):
        return [f"{estimate} ({how.said('no_error')})", "", ""]
    judged = _judged(c.p_value, how)
    if math.isfinite(c.degrees_of_freedom):
        judged += f", df {_number(c.degrees_of_freedom, decimals=1, words=words)}"
    error = _number(c.standard_error, c, words=words)
    return [f"{estimate} ({error})", _interval(c, words), judged]


def _rows(model: FittedModel, how: _Print) -> str:
    return how.words.number(model.n, 0)


def _clusters(model: FittedModel, how: _Print) -> str:
    return "" if model.clusters is None else how.words.number(model.clusters, 0)


def _r_squared(model: FittedModel, how: _Print) -> str:
    return how.words.number(model.r_squared, DECIMALS)
