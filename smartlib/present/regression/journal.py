"""Regressions as a journal prints them: on a page, in LaTeX, for Word, as numbers (floor 4)."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

from smartlib.inference.core.estimates import Estimate
from smartlib.inference.core.models import FittedModel, beside_table
from smartlib.inference.factors.table import Factor
from smartlib.present.regression.scales import per, rescaled, scale_of
from smartlib.present.words.labels import term_label
from smartlib.present.words.regression_notes import fit_notes
from smartlib.present.words.regressions import SMALLEST_P
from smartlib.present.words.tables import Sheet, sheet
from smartlib.present.words.wording import MINUS, Words
from smartlib.vocabulary.policy import content_policy

WORDS = Words("en")
BESIDE = "HC3, normal"
DECIMALS, MOST_DECIMALS = 3, 8  # beyond the latter a number is written with a power of ten
LATEX = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "&%$#_{}"},
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        "∞": r"$\infty$",
        "×": r"$\times$",
        "≤": r"$\leq$",
        "≥": r"$\geq$",
        MINUS: "$-$",
    }
)
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
UNSEEN = re.compile(r"[\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")  # LaTeX stops at them
RULE = "border-{}:{}pt solid #000"


@dataclass(frozen=True)
class RegressionTable:
    """A regression table ready for a page, a LaTeX document or Word.

    Attributes
    ----------
    title : str
        Above the table.
    frame : DataFrame
        Cells as text; the first column holds the names of rows, each other one a model.
    foot : int
        Rows at the end that speak of the whole model.
    notes : tuple of str
        Sentences below the table.
    """

    title: str
    frame: pd.DataFrame
    foot: int
    notes: tuple[str, ...]

    def __repr__(self) -> str:
        return "\n".join([self.title, self.frame.to_string(index=False), *self.notes])

    def _repr_html_(self) -> str:
        first, last = len(self.frame) - self.foot, len(self.frame) - 1
        lines = [_line("th", self.frame.columns, RULE.format("bottom", 0.5))]
        for number, row in enumerate(self.frame.itertuples(index=False)):
            rules = [RULE.format("top", 0.5)] * (number == first)
            rules += [RULE.format("bottom", 1)] * (number == last)
            lines.append(_line("td", row, ";".join(rules)))
        caption = f'<caption style="text-align:left">{escape(self.title)}</caption>'
        table = f'<table style="border-collapse:collapse;{RULE.format("top", 1)}">'
        notes = escape("Notes: " + " ".join(self.notes))
        parts = [table, caption, *lines, "</table>", f'<p style="font-size:9pt">{notes}</p>']
        return "\n".join(parts)

    def html(self) -> str:
        """A page of its own, which Word opens too: all styles are inline."""
        policy = f'<meta http-equiv="Content-Security-Policy" content="{content_policy()}">'
        head = f'<meta charset="utf-8">{policy}<title>{escape(self.title)}</title>'
        style = "font-family:'Times New Roman',serif;font-size:11pt"
        return (
            f'<!DOCTYPE html>\n<html lang="en"><head>{head}</head>\n<body style="{style}">\n'
            f"{self._repr_html_()}\n</body></html>\n"
        )

    def latex(self) -> str:
        """A table environment; the document needs the package booktabs."""
        cells = self.frame.map(_latex).rename(columns=_latex)
        cells.isetitem(0, [_row_start(text) for text in cells.iloc[:, 0]])
        text = cells.style.hide(axis="index").to_latex(
            column_format="l" + "r" * (cells.shape[1] - 1),
            hrules=True,
            caption=_latex(self.title),
            position="htbp",
            position_float="centering",
        )
        lines = text.splitlines()
        lines.insert(lines.index(r"\bottomrule") - self.foot, r"\midrule")
        notes = _latex("Notes: " + " ".join(self.notes))
        lines.insert(-1, rf"\par\medskip\parbox{{\linewidth}}{{\footnotesize {notes}}}")
        return "\n".join([r"% \usepackage{booktabs}", *lines, ""])


def regression_table(
    models: Mapping[str, FittedModel],
    names: Mapping[str, Factor],
    *,
    title: str = "",
    notes: Sequence[str] = (),
    beside: bool | None = None,
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

    Returns
    -------
    RegressionTable
        Terms in the order of their first place; a fit without a term has empty cells.
    """
    shown = len(models) == 1 if beside is None else beside
    holders = {c.name: model for model in models.values() for c in _shown(model)}
    terms = dict.fromkeys(c.name for model in models.values() for c in _shown(model))
    feet = {"Rows": _rows, "Clusters": _clusters, "R squared": _r_squared}
    labels = [line for t in terms for line in (_label(holders[t], t, names), "", "")]
    columns: dict[str, list[str]] = {"": [*labels, *feet]}
    for heading, model in models.items():
        columns[heading] = [*_cells(_shown(model), terms), *(f(model) for f in feet.values())]
        if shown and model.beside:
            plain = BESIDE if len(models) == 1 else f"{heading}: {BESIDE}"
            plain_found = [_read(model, c) for c in model.beside]
            columns[plain] = [*_cells(plain_found, terms), _rows(model), "", _r_squared(model)]
    outcomes = dict.fromkeys(term_label(model.outcome, names) for model in models.values())
    return RegressionTable(
        title=title or "; ".join(outcomes),
        frame=pd.DataFrame(columns),
        foot=len(feet),
        notes=(*fit_notes(models, names), *notes),
    )


def fit_sheet(model: FittedModel, names: Mapping[str, Factor]) -> Sheet:
    """One fit, a line a coefficient, hc3 with the normal beside it.

    Parameters
    ----------
    model : FittedModel
    names : mapping of str to Factor
        What formulas can name.
    """
    found = _shown(model)
    plain = {c.name: _read(model, c) for c in model.beside}
    interval = f"{model.level:.0%} interval"
    columns = {
        "": [_label(model, c.name, names) for c in found],
        "estimate": [_number(c.estimate, c) for c in found],
        "error": [_number(c.standard_error, c) for c in found],
        "df": [_number(c.degrees_of_freedom, decimals=1) for c in found],
        "p": [_p(c.p_value) for c in found],
        interval: [_interval(c) for c in found],
    }
    if plain:
        columns[f"{BESIDE}: {interval}"] = [_interval(plain[c.name]) for c in found]
        columns[f"{BESIDE}: p"] = [_p(plain[c.name].p_value) for c in found]
    return sheet(columns, numeric=tuple(list(columns)[1:]))


def coefficient_table(
    models: Mapping[str, FittedModel], names: Mapping[str, Factor]
) -> pd.DataFrame:
    """Every coefficient as numbers, unrounded, one a row.

    Parameters
    ----------
    models : mapping of str to FittedModel
        By heading.
    names : mapping of str to Factor
        What formulas can name.

    Returns
    -------
    DataFrame
        model, formula, errors, name, label; estimate to high as in `Estimate`; the same of hc3
        with the normal; n, clusters, r_squared, level of the fit.
    """
    tables = []
    for heading, model in models.items():
        own = pd.DataFrame(list(model.coefficients)).set_index("name")
        table = own.join(beside_table(model).filter(like="_hc3_normal")).reset_index()
        table.insert(1, "label", [term_label(name, names) for name in table["name"]])
        first = {"model": heading, "formula": model.formula, "errors": model.se}
        for place, (column, value) in enumerate(first.items()):
            table.insert(place, column, value)
        whole = (model.n, model.clusters, model.r_squared, model.level)
        tables.append(
            table.assign(**dict(zip(("n", "clusters", "r_squared", "level"), whole, strict=True)))
        )
    return pd.concat(tables, ignore_index=True)


def _shown(model: FittedModel) -> list[Estimate]:
    """The coefficients that a table lists, on readable units; lone levels are left out."""
    return [_read(model, c) for c in model.coefficients if c.name not in model.absorbed]


def _read(model: FittedModel, c: Estimate) -> Estimate:
    return rescaled(c, scale_of(model.least_squares, c.name)[0])


def _label(model: FittedModel, name: str, names: Mapping[str, Factor]) -> str:
    return per(term_label(name, names), scale_of(model.least_squares, name)[1])


def _line(tag: str, cells: Sequence[object] | pd.Index, rule: str) -> str:
    sides = ["left", *["right"] * (len(cells) - 1)]
    placed = zip(sides, cells, strict=True)
    written = "".join(
        f'<{tag} style="padding:1pt 6pt;text-align:{side};{rule}">{escape(str(cell))}</{tag}>'
        for side, cell in placed
    )
    return f"<tr>{written}</tr>"


def _latex(text: object) -> str:
    """Text as LaTeX prints it: signs escaped, line breaks and control characters as spaces."""
    return " ".join(CONTROLS.sub(" ", UNSEEN.sub("", str(text))).split()).translate(LATEX)


def _row_start(text: str) -> str:
    """The first cell of a row, which the command that ends the row before would read."""
    return f"{{}}{text}" if text.startswith(("[", "*")) else text


def _decimals(error: float) -> int:
    """So many that an error keeps two digits."""
    usable = math.isfinite(error) and error > 0
    return max(DECIMALS, 1 - math.floor(math.log10(error))) if usable else DECIMALS


def _number(value: float, beside: Estimate | None = None, decimals: int = DECIMALS) -> str:
    """A number with the decimals that a coefficient's error asks for; nothing for none."""
    places = _decimals(beside.standard_error) if beside else decimals
    if not math.isfinite(value):
        return "" if math.isnan(value) else "∞".rjust(1 + (value < 0), MINUS)
    if places > MOST_DECIMALS:
        return f"{value:.2e}".replace("-", MINUS)
    return WORDS.number(value, places)


def _p(value: float) -> str:
    if math.isnan(value):
        return ""
    return f"<{SMALLEST_P}" if value < SMALLEST_P else f"{value:.3f}"


def _interval(c: Estimate) -> str:
    if math.isnan(c.low):
        return ""
    return f"[{_number(c.low, c)}, {_number(c.high, c)}]"


def _cells(coefficients: Sequence[Estimate], terms: Mapping[str, None]) -> list[str]:
    """Three lines a term."""
    found = {c.name: c for c in coefficients}
    return [line for term in terms for line in (_lines(found[term]) if term in found else [""] * 3)]


def _lines(c: Estimate) -> list[str]:
    estimate = _number(c.estimate, c)
    if math.isnan(c.standard_error):
        return [f"{estimate} (no error: see notes)", "", ""]
    p = _p(c.p_value)
    judged = f"p {p}" if p.startswith("<") else f"p = {p}"
    if math.isfinite(c.degrees_of_freedom):
        judged += f", df {_number(c.degrees_of_freedom, decimals=1)}"
    return [f"{estimate} ({_number(c.standard_error, c)})", _interval(c), judged]


def _rows(model: FittedModel) -> str:
    return f"{model.n:,}"


def _clusters(model: FittedModel) -> str:
    return "" if model.clusters is None else f"{model.clusters:,}"


def _r_squared(model: FittedModel) -> str:
    return WORDS.number(model.r_squared, DECIMALS)
