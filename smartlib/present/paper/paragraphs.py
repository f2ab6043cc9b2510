"""Method and results in sentences, written from the numbers by rule (floor 4)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version

import numpy as np

from smartlib.data.load import Evaluation
from smartlib.inference.checks.classical import Check
from smartlib.inference.core.covariance import kind_of
from smartlib.inference.core.estimates import Estimate
from smartlib.inference.core.formulas import INTERCEPT, read_formula
from smartlib.inference.core.models import FittedModel
from smartlib.inference.factors.table import Factor
from smartlib.present.paper.citations import BY_CHECK, BY_ERRORS, bibtex, reference_lines
from smartlib.present.words.labels import in_sentence, label_in, term_label
from smartlib.present.words.papers.assumptions import TESTS
from smartlib.present.words.papers.paragraphs import (
    CHECKED,
    ERRORS,
    ERRORS_PLAIN,
    METHOD,
    RESULTS,
    TITLES,
)
from smartlib.present.words.regression_notes import cluster_words
from smartlib.present.words.regressions import p_words
from smartlib.present.words.wording import Words
from smartlib.vocabulary.tables import LANGUAGES
from smartlib.vocabulary.units import unit_label
from smartlib.vocabulary.words.sentences import filled

STEPS = {  # beginning of a unit: the step that a reader knows, and its words
    "share of": (0.1, "points"),
    "percent of": (1.0, "percent"),
    "index 0-100": (1.0, "one"),
    "mark": (1.0, "one"),
    "index points": (1.0, "one"),
}
DECIMALS = 3
OF_FACTORS = ("curvature", "vif")  # checks of one factor each
FEW_DF = 5  # below, t and CR2 are rough guides


@dataclass(frozen=True)
class Paragraphs:
    """The statistics part of a paper, ready to edit.

    Attributes
    ----------
    method, results : str
        A paragraph each.
    citations : tuple of str
        Keys of the methods used.
    lang : {"en", "id"}
        Language.
    """

    method: str
    results: str
    citations: tuple[str, ...]
    lang: str

    def markdown(self) -> str:
        """Both paragraphs and the references, under headings."""
        titles = {key: texts[LANGUAGES.index(self.lang)] for key, texts in TITLES.items()}
        lines = reference_lines(self.citations)
        return (
            "\n\n".join(
                [
                    f"## {titles['method']}",
                    self.method,
                    f"## {titles['results']}",
                    self.results,
                    f"## {titles['references']}",
                    *lines,
                    "",
                ]
            ).rstrip("\n")
            + "\n"
        )

    def bibtex(self) -> str:
        """Sources of the methods."""
        return bibtex(self.citations)

    def __repr__(self) -> str:
        return self.markdown()

    def _repr_markdown_(self) -> str:
        return self.markdown()


@dataclass(frozen=True)
class _Teller:
    names: Mapping[str, Factor]
    lang: str

    @property
    def words(self) -> Words:
        return Words(self.lang)

    def tell(self, texts: tuple[str, str], **parts: object) -> str:
        return filled(texts[LANGUAGES.index(self.lang)], parts)

    def label(self, name: str) -> str:
        return term_label(name, self.names, self.lang)

    def plain(self, name: str) -> str:
        """A label without its unit, as it stands inside a sentence."""
        factor = self.names.get(name)
        return in_sentence(label_in(factor, self.lang) if factor else self.label(name))

    def number(self, value: float, decimals: int = DECIMALS) -> str:
        return self.words.number(value, decimals)

    def joined(self, items: Sequence[str]) -> str:
        last = self.tell(RESULTS["and"])
        return last.join(filter(None, [", ".join(items[:-1]), *items[-1:]]))


def paragraphs(
    models: Mapping[str, FittedModel],
    checks: Mapping[str, Sequence[Check]],
    names: Mapping[str, Factor],
    evaluation: Evaluation,
    lang: str = "en",
) -> Paragraphs:
    """Method and results of some fits.

    Parameters
    ----------
    models : mapping of str to FittedModel
        By heading.
    checks : mapping of str to sequence of Check
        Classical checks of each.
    names : mapping of str to Factor
        What formulas can name.
    evaluation : Evaluation
        Whose rows were fitted.
    lang : {"en", "id"}, default "en"
        Language.
    """
    teller = _Teller(names, lang)
    method, results, keys = [], [], []
    for heading, model in models.items():
        start = teller.tell(RESULTS["model"], heading=heading) if len(models) > 1 else ""
        method.append(start + " ".join(_method(model, evaluation, teller)))
        results.append(start + " ".join(_results(model, checks[heading], teller)))
        keys += _keys(model, checks[heading])
    last = [teller.tell(METHOD["level"], level=model.level)]
    made = {check.name for found in checks.values() for check in found if not check.reason}
    parts = [teller.tell(CHECKED[name]) for name in CHECKED if name in made]
    last += [teller.tell(METHOD["checks"], checks="; ".join(parts))] if parts else []
    last.append(teller.tell(METHOD["software"], version=version("smartlib")))
    end = teller.tell(RESULTS["end"])
    join = "\n\n" if len(models) > 1 else " "
    return Paragraphs(
        join.join([*method, " ".join(last)]),
        join.join([*results, end]),
        tuple(dict.fromkeys(keys)),
        lang,
    )


def _method(model: FittedModel, evaluation: Evaluation, teller: _Teller) -> list[str]:
    said, scheme = teller.tell, evaluation.scheme
    factors = [teller.plain(c.name) for c in model.coefficients if c.name != INTERCEPT]
    terms = teller.joined(list(dict.fromkeys([*factors, *map(teller.plain, model.joint)])))
    n = teller.number(model.n, 0)
    outcome = teller.plain(model.outcome)
    is_panel = "year" in model.taken_out
    key = "panel" if is_panel else model.family
    lines = [said(METHOD[key], outcome=outcome, terms=terms, n=n, year=scheme.year)]
    lost = scheme.stages.scored - len(evaluation.scores.frame)
    if lost > 0 and not is_panel:
        lines.append(said(METHOD["lost"], scored=scheme.stages.scored, lost=lost))
    if model.family == "ols" and model.is_probability:
        lines.append(said(METHOD["probability"]))
    if model.where:
        lines.append(said(METHOD["where"], where=model.where, excluded=model.excluded))
    if model.dropped:
        lines.append(said(METHOD["dropped"], count=len(model.dropped)))
    if model.weights:
        lines.append(said(METHOD["weights"], weights=teller.plain(model.weights)))
    if model.taken_out:
        levels = [f"{teller.plain(name)} ({count})" for name, count in model.taken_out.items()]
        lines.append(said(METHOD["absorbed"], levels=teller.joined(levels)))
    if model.singletons:
        lines.append(said(METHOD["singletons"], count=len(model.singletons)))
    return [*lines, _errors(model, teller)]


def _errors(model: FittedModel, teller: _Teller) -> str:
    counts = {"cluster": cluster_words(model, teller.lang), "clusters": model.clusters}
    if model.se in ERRORS:
        return teller.tell(ERRORS[model.se], **counts)
    return teller.tell(ERRORS_PLAIN, label=kind_of(model.se).label)


def _results(model: FittedModel, checks: Sequence[Check], teller: _Teller) -> list[str]:
    lines = [_whole(model, teller)]
    lines += [_term(c, model, teller) for c in model.coefficients if c.name != INTERCEPT]
    beta = {k: v for k, v in model.goodness.standardised.items() if math.isfinite(v)}
    if len(beta) > 1:
        name = max(beta, key=lambda key: abs(beta[key]))
        parts = {"label": teller.plain(name), "beta": teller.number(beta[name])}
        lines.append(teller.tell(RESULTS["largest"], **parts))
    return [*lines, *_caveats(model, teller), *_checked(model, checks, teller)]


def _caveats(model: FittedModel, teller: _Teller) -> list[str]:
    """What weakens single coefficients: questions that score the factor, few degrees of freedom."""
    used = read_formula(model.formula, tuple(teller.names)).names[1:]
    scored = [teller.plain(name) for name in used if teller.names[name].questions]
    few = [
        teller.plain(c.name)
        for c in model.coefficients
        if c.name != INTERCEPT and c.degrees_of_freedom < FEW_DF
    ]
    lines = [teller.tell(RESULTS["circular"], scored=teller.joined(scored))] if scored else []
    return [*lines, *([teller.tell(RESULTS["few_df"], labels=teller.joined(few))] if few else [])]


def _whole(model: FittedModel, teller: _Teller) -> str:
    good, said = model.goodness, teller.tell
    if model.family == "logit":
        return said(RESULTS["whole_logit"], r=teller.number(model.r_squared))
    between = "; " if teller.lang == "id" else ", "
    return said(
        RESULTS["whole"],
        r=teller.words.percent(model.r_squared, 1),
        outcome=teller.plain(model.outcome),
        adjusted=teller.number(good.adjusted_r_squared),
        df=between.join(map(str, good.f_df)),
        f=teller.number(good.f, 2),
        p=p_words(good.f_p_value, teller.lang),
    )


def _term(c: Estimate, model: FittedModel, teller: _Teller) -> str:
    places = _places(c)
    label = teller.label(c.name)
    if math.isnan(c.standard_error):
        estimate = teller.number(c.estimate)
        return teller.tell(RESULTS["no_error"], label=label, estimate=estimate)
    p = p_words(c.p_value, teller.lang)
    is_t = math.isfinite(c.degrees_of_freedom)
    df = f"({teller.number(c.degrees_of_freedom, 1)})" if is_t else ""
    is_out = not c.low <= 0 <= c.high
    return teller.tell(
        RESULTS["term"],
        label=label,
        estimate=teller.number(c.estimate, places),
        error=teller.number(c.standard_error, places),
        level=model.level,
        low=teller.number(c.low, places),
        high=teller.number(c.high, places),
        judged=f"t{df} = {teller.number(c.statistic, 2)}, {p}",
        step=_step(c, model, teller),
        told=teller.tell(RESULTS["out" if is_out else "inside"]),
    )


def _places(c: Estimate) -> int:
    """So many decimals that the error keeps two digits, three at least."""
    if not (math.isfinite(c.standard_error) and c.standard_error > 0):
        return DECIMALS
    return min(12, max(DECIMALS, 1 - math.floor(math.log10(c.standard_error))))


def _step(c: Estimate, model: FittedModel, teller: _Teller) -> str:
    """What a difference that means something goes with; nothing for a column without one."""
    found = _difference(c.name, model, teller)
    if found is None:
        return ""
    size, more = found
    change = c.estimate * size
    outcome = teller.names.get(model.outcome)
    unit = unit_label(outcome.unit, teller.lang) if outcome else ""
    if model.family == "logit" or model.is_probability:
        change, unit = 100 * change, teller.tell(RESULTS["percentage_points"])
    return teller.tell(
        RESULTS["step"],
        more=more,
        outcome=teller.plain(model.outcome),
        direction=teller.tell(RESULTS["higher" if change > 0 else "lower"]),
        size=teller.number(abs(change), 2),
        unit=f" {unit}" if unit else "",
    )


def _difference(name: str, model: FittedModel, teller: _Teller) -> tuple[float, str] | None:
    """Size of a step in a column, and its words."""
    bare = name.removeprefix("log(").removesuffix(")") if name.startswith("log(") else name
    factor = teller.names.get(bare)
    fit = model.least_squares
    if name not in fit.names or factor is None:
        return None
    column = fit.x[:, fit.place(name)] / np.sqrt(fit.weights)
    if np.isin(column.round(12), (0, 1)).all():
        return 1.0, teller.tell(RESULTS["binary"])
    if bare != name or factor.unit.startswith("natural logarithm"):
        return math.log(2), teller.tell(RESULTS["twice"])
    for start, (size, key) in STEPS.items():
        if factor.unit.startswith(start):
            return size, teller.tell(RESULTS[key])
    sd = float(column.std(ddof=1))
    unit = unit_label(factor.unit, teller.lang)
    shown = teller.number(sd, 0 if sd >= 100 else 2)
    parts = {"sd": shown, "unit": f" {unit}" if unit else ""}
    return sd, teller.tell(RESULTS["deviation"], **parts)


def _checked(model: FittedModel, checks: Sequence[Check], teller: _Teller) -> list[str]:
    made = [c for c in checks if not c.reason and c.name not in ("durbin_watson", "classical")]
    if not made:
        return []
    told = {
        is_sign: dict.fromkeys(_named(c, teller) for c in made if c.is_sign == is_sign)
        for is_sign in (True, False)
    }
    if not told[True]:
        return [teller.tell(RESULTS["no_signs_at_all"])]
    lines = [teller.tell(RESULTS["signs"], signs="; ".join(told[True]))]
    if told[False]:
        lines.append(teller.tell(RESULTS["no_signs"], signs="; ".join(told[False])))
    return [*lines, teller.tell(RESULTS["robust"], n=teller.number(model.n, 0))]


def _named(check: Check, teller: _Teller) -> str:
    label = TESTS[check.name][LANGUAGES.index(teller.lang)].rpartition(": ")[2]
    if check.name in OF_FACTORS:
        label = teller.tell(RESULTS["of_factor"], test=label, factor=teller.plain(check.term))
    if math.isfinite(check.p_value):
        return f"{label} ({p_words(check.p_value, teller.lang)})"
    return label


def _keys(model: FittedModel, checks: Sequence[Check]) -> list[str]:
    found = [
        *BY_ERRORS.get(model.se, ()),
        *(k for c in checks if not c.reason for k in BY_CHECK.get(c.name, ())),
    ]
    found += ["correia2015"] if model.singletons else []
    return [*found, *(["mcfadden1974"] if model.family == "logit" else [])]
