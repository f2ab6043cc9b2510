"""Regressions as a journal prints them: on a page, in LaTeX, for Word, as numbers (floor 4)."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

from smartlib.data.load import Evaluation
from smartlib.inference.core.covariance import Inference
from smartlib.inference.core.formulas import INTERCEPT, read_formula
from smartlib.inference.core.least_squares import listed
from smartlib.inference.core.models import FittedModel, beside_table
from smartlib.inference.factors.derived import DERIVED_BY_NAME, read_against
from smartlib.inference.factors.table import Factor
from smartlib.present.words.tables import Sheet, sheet
from smartlib.present.words.wording import MINUS, Words
from smartlib.vocabulary.policy import content_policy
from smartlib.vocabulary.records import Scheme

WORDS = Words("en")
BESIDE = "HC3, normal"
DECIMALS, MOST_DECIMALS = 3, 8  # beyond the latter a number is written with a power of ten
SMALLEST_P = 0.001
WILD_DRAWS = 9999
ERRORS: Mapping[str, tuple[str, str]] = {  # heading, and what the notes say
    "cr2": (
        "CR2 by {cluster}",
        "CR2, clustered by {cluster} ({clusters} clusters), with Satterthwaite's degrees of "
        "freedom (df) for each coefficient; p-values and intervals from the t distribution",
    ),
    "hc2bm": (
        "HC2",
        "HC2, rows taken as independent, with Bell and McCaffrey's degrees of freedom (df) for "
        "each coefficient; p-values and intervals from the t distribution",
    ),
    "hc3": (
        "HC3",
        "HC3, rows taken as independent, with as many degrees of freedom (df) as rows exceed "
        "coefficients; p-values and intervals from the t distribution",
    ),
    "wild": (
        "Wild bootstrap by {cluster}",
        "CR1, clustered by {cluster} ({clusters} clusters); p-values and intervals are those of "
        f"the restricted wild cluster bootstrap-t (up to {WILD_DRAWS:,} draws, fixed seed) and "
        "need no degrees of freedom",
    ),
}
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
        MINUS: "$-$",
    }
)
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
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


def described(
    factors: Mapping[str, Factor], outcomes: Mapping[str, tuple[str, str, str]], scheme: Scheme
) -> dict[str, Factor]:
    """Everything that a formula can name, with label and unit.

    Parameters
    ----------
    factors : mapping of str to Factor
        The registry, a user's own factors included.
    outcomes : mapping of str to (str, str, str)
        English label, Indonesian label and unit.
    scheme : Scheme
        Each track but the common one has an indicator.
    """
    plain = {
        **outcomes,
        "kota": ("Kota", "Kota", "1, kabupaten 0"),
        "province": ("Province", "Provinsi", ""),
    }
    for name, track in scheme.tracks.items():
        if name != scheme.common_track:
            plain[name] = (f"{track.label_en} track", f"Jalur {track.label_id}", "1, others 0")
    others = {
        name: Factor(name, english, indonesian, unit, "", "", "", ())
        for name, (english, indonesian, unit) in plain.items()
    }
    return {**others, **factors}


def term_label(name: str, names: Mapping[str, Factor]) -> str:
    """A column of a design in plain words, with its unit.

    Parameters
    ----------
    name : str
        As in a fit: `intercept`, `log(population)`, `kota:kppn_ikn`, `province[T.Bali]`.
    names : mapping of str to Factor
        What formulas can name.

    Examples
    --------
    >>> area = Factor("land_area", "Land area", "Luas", "square kilometres", "", "", "", ())
    >>> term_label("log(land_area)", {"land_area": area})
    'Land area (log of square kilometres)'
    """
    if name == INTERCEPT:
        return "Intercept"
    parts = re.split(r":(?![^\[]*\])", name)
    return " × ".join(_part_label(part, names) for part in parts)


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
    terms = dict.fromkeys(c.name for model in models.values() for c in model.coefficients)
    feet = {"Rows": _rows, "Clusters": _clusters, "R squared": _r_squared}
    labels = [line for term in terms for line in (term_label(term, names), "", "")]
    columns: dict[str, list[str]] = {"": [*labels, *feet]}
    for heading, model in models.items():
        columns[heading] = [*_cells(model.coefficients, terms), *(f(model) for f in feet.values())]
        if shown and model.beside:
            plain = BESIDE if len(models) == 1 else f"{heading}: {BESIDE}"
            columns[plain] = [*_cells(model.beside, terms), _rows(model), "", _r_squared(model)]
    outcomes = dict.fromkeys(term_label(model.outcome, names) for model in models.values())
    return RegressionTable(
        title=title or "; ".join(outcomes),
        frame=pd.DataFrame(columns),
        foot=len(feet),
        notes=(*_fit_notes(models, names), *notes),
    )


def fit_sheet(model: FittedModel, names: Mapping[str, Factor]) -> Sheet:
    """One fit, a line a coefficient, hc3 with the normal beside it.

    Parameters
    ----------
    model : FittedModel
    names : mapping of str to Factor
        What formulas can name.
    """
    found = model.coefficients
    plain = {c.name: c for c in model.beside}
    interval = f"{model.level:.0%} interval"
    columns = {
        "": [term_label(c.name, names) for c in found],
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
        model, formula, errors, name, label; estimate to high as in `Inference`; the same of hc3
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


def se_label(model: FittedModel) -> str:
    """Errors of a fit as a heading, such as `CR2 by province`."""
    return ERRORS[model.se][0].format(cluster=model.cluster)


def context_notes(
    models: Mapping[str, FittedModel],
    names: Mapping[str, Factor],
    evaluation: Evaluation,
    dictionary: pd.DataFrame,
) -> tuple[str, ...]:
    """What a reader should know beside the fits: rows, years, circularity, sources.

    Parameters
    ----------
    models : mapping of str to FittedModel
        By heading.
    names : mapping of str to Factor
        What formulas can name.
    evaluation : Evaluation
        Whose known rows were fitted.
    dictionary : DataFrame
        Factor dictionary.
    """
    fits = list(models.values())
    used = dict.fromkeys(n for fit in fits for n in read_formula(fit.formula, tuple(names)).names)
    factors = [names[name] for name in used if names[name].vintage or names[name].publisher]
    is_kept = {f.name for f in factors if f.name in {*dictionary.index, *DERIVED_BY_NAME}}
    files = [f"{evaluation.scheme.year}/scores.csv", *(["factors.csv"] if is_kept else [])]
    notes = [_sample(fits, evaluation)]
    notes += _left_out(fits, evaluation)
    notes += [
        f"{f.label_en}: {', '.join(filter(None, (f.publisher, f.vintage)))}." for f in factors
    ]
    notes += _shares(models, names, dictionary)
    notes += [_circular(factors)] if any(f.questions for f in factors) else []
    notes += _same_marks(fits, names, evaluation.scheme)
    cited = " ".join(evaluation.sources[file].citation for file in files)
    return (*notes, f"Sources: {cited}", "Coefficients are associations among these rows.")


def _shares(
    models: Mapping[str, FittedModel], names: Mapping[str, Factor], dictionary: pd.DataFrame
) -> list[str]:
    """What each share of a budget is read against, and in which fits if not in all alike."""
    said: dict[tuple[str, str], list[str]] = {}
    for heading, fit in models.items():
        used = read_formula(fit.formula, tuple(names)).names
        for name in used:
            rest = read_against(name, dictionary, "en", beside=used)
            if rest:
                said.setdefault((name, rest), []).append(heading)
    several = len({name for name, _ in said}) < len(said)
    return [
        f"Shares of one budget sum to one: {names[name].label_en} is read against {rest}"
        + (f" ({', '.join(headings)})." if several else ".")
        for (name, rest), headings in said.items()
    ]


def _same_marks(
    fits: Sequence[FittedModel], names: Mapping[str, Factor], scheme: Scheme
) -> list[str]:
    """That a factor is a score itself, as `baseline` is."""
    right = dict.fromkeys(n for f in fits for n in read_formula(f.formula, tuple(names)).names[1:])
    apart = {"kota", "province", *scheme.tracks}
    scores = [
        names[n].label_en
        for n in right
        if n not in apart and not (names[n].vintage or names[n].publisher)
    ]
    if not scores:
        return []
    return [
        f"Scored by the same evaluation as the outcome: {', '.join(scores)}. As far as both hold "
        "the same marks, the coefficient is arithmetic and not an association."
    ]


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
    return " ".join(CONTROLS.sub(" ", str(text)).split()).translate(LATEX)


def _row_start(text: str) -> str:
    """The first cell of a row, which the command that ends the row before would read."""
    return f"{{}}{text}" if text.startswith(("[", "*")) else text


def _part_label(part: str, names: Mapping[str, Factor]) -> str:
    level = re.fullmatch(r"(?:C\()?(\w+)\)?\[(?:T\.)?(.*)\]", part)
    logarithm = re.fullmatch(r"log\((\w+)\)", part)
    if level and level[1] in names:
        return f"{names[level[1]].label_en}: {level[2]}"
    if logarithm and logarithm[1] in names:
        factor = names[logarithm[1]]
        return f"{factor.label_en} (log{' of ' + factor.unit if factor.unit else ''})"
    if part in names:
        factor = names[part]
        return f"{factor.label_en} ({factor.unit})" if factor.unit else factor.label_en
    return re.sub(r"[A-Za-z]\w*", lambda m: names[m[0]].label_en if m[0] in names else m[0], part)


def _decimals(error: float) -> int:
    """So many that an error keeps two digits."""
    usable = math.isfinite(error) and error > 0
    return max(DECIMALS, 1 - math.floor(math.log10(error))) if usable else DECIMALS


def _number(value: float, beside: Inference | None = None, decimals: int = DECIMALS) -> str:
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


def _interval(c: Inference) -> str:
    if math.isnan(c.low):
        return ""
    return f"[{_number(c.low, c)}, {_number(c.high, c)}]"


def _cells(coefficients: Sequence[Inference], terms: Mapping[str, None]) -> list[str]:
    """Three lines a term."""
    found = {c.name: c for c in coefficients}
    return [line for term in terms for line in (_lines(found[term]) if term in found else [""] * 3)]


def _lines(c: Inference) -> list[str]:
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


def _fit_notes(models: Mapping[str, FittedModel], names: Mapping[str, Factor]) -> list[str]:
    fits = list(models.values())
    notes = [f"Outcome: {term_label(fit.outcome, names)}." for fit in fits]
    notes += [
        f"Least squares. Standard errors in parentheses: "
        f"{ERRORS[fit.se][1].format(cluster=fit.cluster, clusters=fit.clusters)}. "
        f"{fit.level:.0%} intervals in brackets."
        for fit in fits
    ]
    for heading, fit in models.items():
        if fit.beside:
            start = f"{heading}: " if len(fits) > 1 else ""
            notes.append(start + _difference(fit, names))
    return list(dict.fromkeys([*notes, *(note for fit in fits for note in fit.notes)]))


def _difference(fit: FittedModel, names: Mapping[str, Factor]) -> str:
    """Where hc3 with the normal would have judged otherwise."""
    otherwise: dict[str, list[str]] = {"leave zero out": [], "hold zero": []}
    for own, plain in zip(fit.coefficients, fit.beside, strict=True):
        is_judged = own.name != INTERCEPT and not math.isnan(own.low)
        if is_judged and _holds_zero(own) != _holds_zero(plain):
            verb = "hold zero" if _holds_zero(plain) else "leave zero out"
            otherwise[verb].append(term_label(own.name, names))
    told = [f"{verb} for {'; '.join(labels)}" for verb, labels in otherwise.items() if labels]
    return (
        f"With HC3 errors for rows taken as independent and the normal distribution, the "
        f"{fit.level:.0%} interval would "
        + (" and ".join(told) + ", unlike here." if told else "say the same of zero.")
    )


def _holds_zero(c: Inference) -> bool:
    return c.low <= 0 <= c.high


def _sample(fits: Sequence[FittedModel], evaluation: Evaluation) -> str:
    scheme = evaluation.scheme
    rows = ", ".join(dict.fromkeys(str(fit.n) for fit in fits))
    known = max(fit.n + len(fit.dropped) for fit in fits)
    return (
        f"Sample: {rows} of the {known} known rows of the {scheme.year} score table "
        f"({scheme.stages.scored} regions were scored); they are no random draw."
    )


def _left_out(fits: Sequence[FittedModel], evaluation: Evaluation) -> list[str]:
    """Columns that lack values, and the regions that they cost."""
    by_column: dict[str, dict[str, None]] = {}
    for code, columns in (item for fit in fits for item in fit.dropped.items()):
        by_column.setdefault(columns, {})[evaluation.register.name(code)] = None
    return [
        f"Left out, as {columns} is missing: {listed(list(regions))}."
        for columns, regions in by_column.items()
    ]


def _circular(factors: Sequence[Factor]) -> str:
    scored = [
        f"{f.label_en} (question {', '.join(map(str, f.questions))})"
        for f in factors
        if f.questions
    ]
    return (
        f"The evaluation itself scores {'; '.join(scored)}; purged_index leaves such dimensions "
        "out."
    )
