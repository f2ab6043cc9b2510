"""What stands under a table of regressions: errors, rows, years, circularity, sources (floor 4)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from smartlib.data.load import Evaluation
from smartlib.inference.core.covariance import FEW, TOO_FEW, kind_of
from smartlib.inference.core.estimates import Estimate
from smartlib.inference.core.formulas import INTERCEPT, read_formula
from smartlib.inference.core.models import FittedModel
from smartlib.inference.factors.derived import DERIVED_BY_NAME, read_against
from smartlib.inference.factors.panel import KEYS, row_name, shape_of
from smartlib.inference.factors.table import Factor
from smartlib.present.words.labels import label_in, term_label
from smartlib.present.words.programme_texts import basis_text
from smartlib.present.words.readings import against_words
from smartlib.present.words.regressions import p_words, said
from smartlib.present.words.wording import Words
from smartlib.vocabulary.messages import listed
from smartlib.vocabulary.records import Scheme
from smartlib.vocabulary.tables import LANGUAGES

CLUSTERS = {  # in notes; others by their own name
    "province": ("provinsi", "province"),
    "region_code": ("daerah", "region"),
}
# Notes that change what a table says, before those that describe it.
FIRST = (
    "refused",
    "alone",
    "too_few",
    "few",
    "controls_only",
    "probability",
    "logit",
    "logit_joint",
    "circular",
    "same_marks",
    "otherwise_unlike",
    "singletons",
    "left_out",
    "where",
    "scheme",
    "absorbed",
    "weights",
    "share",
    "sample",
    "panel_balanced",
    "panel_unbalanced",
)


class Note(str):
    """A sentence under a table, which knows what it is about.

    Attributes
    ----------
    key : str
        Of `regressions.TEXTS`.
    """

    __slots__ = ("key",)
    key: str


def noted(key: str, lang: str, **values: object) -> Note:
    """A note of a text and its numbers."""
    note = Note(said(key, lang, **values))
    note.key = key
    return note


def reading_first(notes: Sequence[str]) -> list[str]:
    """Notes with those first that change how the table is read, else in their order."""
    keys = [getattr(note, "key", "") for note in notes]
    places = [FIRST.index(key) if key in FIRST else len(FIRST) for key in keys]
    return [note for _, note in sorted(zip(places, notes, strict=True), key=lambda pair: pair[0])]


def cluster_words(model: FittedModel, lang: str) -> str:
    """The column of the clusters in a language."""
    known = CLUSTERS.get(model.cluster)
    return known[LANGUAGES.index(lang)] if known else model.cluster


def se_label(model: FittedModel, lang: str = "en") -> str:
    """Errors of a fit as a heading, such as `CR2 by province`.

    Parameters
    ----------
    model : FittedModel
    lang : {"en", "id"}, default "en"
        Language.
    """
    kind = kind_of(model.se)
    if not kind.clustered:
        return kind.label
    return said("errors_by", lang, errors=kind.label, cluster=cluster_words(model, lang))


def more_notes(count: int, lang: str = "en") -> str:
    """That more notes stand in the files."""
    return said("more_notes", lang, count=count)


def headed(models: Sequence[FittedModel], lang: str = "en") -> dict[str, FittedModel]:
    """Fits by heading: one by its errors, several by numbers, as journals print them.

    Parameters
    ----------
    models : sequence of FittedModel
        At least one.
    lang : {"en", "id"}, default "en"
        Language.
    """
    if len(models) == 1:
        return {se_label(models[0], lang): models[0]}
    return {f"({number})": model for number, model in enumerate(models, 1)}


def errors_words(model: FittedModel, lang: str = "en") -> str:
    """Errors of a fit with all that a reader needs to know of them.

    Parameters
    ----------
    model : FittedModel
    lang : {"en", "id"}, default "en"
        Language.
    """
    kind = kind_of(model.se)
    key = "errors_clustered" if kind.clustered else "errors_rows"
    note = kind.note[LANGUAGES.index(lang)]
    counts = {"cluster": cluster_words(model, lang), "clusters": model.clusters}
    return said(key, lang, error=kind.error, note=note, **counts)


def model_notes(model: FittedModel, lang: str = "en") -> tuple[str, ...]:
    """What a reader should know of the errors of one fit, a sentence each.

    Parameters
    ----------
    model : FittedModel
    lang : {"en", "id"}, default "en"
        Language.
    """
    told: list[str] = [
        noted("alone", lang, name=n, group=group)
        for n, group in model.alone.items()
        if n not in model.absorbed
    ]
    told += [*_absorbed(model, lang), *_few(model, lang)]
    without = [c.name for c in model.coefficients if math.isnan(c.standard_error)]
    if model.refusals and lang == "en":
        told += [_keyed("refused", text) for text in model.refusals]
    elif model.refusals:
        told.append(noted("refused", lang, names=listed(without)))
    if model.no_beside:
        reason = model.no_beside if lang == "en" else said("no_beside_plain", lang)
        told.append(noted("no_beside", lang, reason=reason))
    return tuple(told)


def _keyed(key: str, text: str) -> Note:
    note = Note(text)
    note.key = key
    return note


def _absorbed(model: FittedModel, lang: str) -> list[str]:
    """What is said of categories whose levels only one cluster or row has."""
    levels: dict[str, list[str]] = {}
    for name in model.absorbed:
        levels.setdefault(name.partition("[T.")[0], []).append(name)
    solved, told = model.least_squares, list[str]()
    for term, names in levels.items():
        columns = {name: solved.x[:, solved.place(name)] for name in names}
        single = [n.partition("[T.")[2][:-1] for n, x in columns.items() if (x != 0).sum() == 1]
        rest = said("controls_single", lang, levels=listed(single)) if single else ""
        plain = term.removeprefix("C(").removesuffix(")")
        told.append(noted("controls_only", lang, term=plain, count=len(names), singletons=rest))
    return told


def _few(model: FittedModel, lang: str) -> list[str]:
    """The warning of few clusters, with the bootstrap's intervals where there are any."""
    if model.clusters is None or model.clusters >= FEW:
        return []
    if model.clusters < TOO_FEW:
        return [noted("too_few", lang, clusters=model.clusters)]
    words = Words(lang)
    told = [
        said(
            "few_each",
            lang,
            name=c.name,
            low=words.signed(c.low, _places(c)),
            high=words.signed(c.high, _places(c)),
            p=p_words(c.p_value, lang),
        )
        for c in model.by_draws
        if c.name != INTERCEPT and not math.isnan(c.low)
    ]
    return [noted("few", lang, clusters=model.clusters, told="; ".join(told))] if told else []


def _places(c: Estimate) -> int:
    """Decimals that leave two digits of an error."""
    usable = c.standard_error > 0 and math.isfinite(c.standard_error)
    return max(3, 1 - math.floor(math.log10(c.standard_error))) if usable else 3


def fit_notes(
    models: Mapping[str, FittedModel], names: Mapping[str, Factor], lang: str = "en"
) -> list[str]:
    """What stands first under a table: outcomes, errors, what other errors would have said.

    Parameters
    ----------
    models : mapping of str to FittedModel
        By heading.
    names : mapping of str to Factor
        What formulas can name.
    lang : {"en", "id"}, default "en"
        Language.
    """
    fits = list(models.values())
    notes: list[str] = []
    for fit in fits:
        notes.append(noted("outcome", lang, outcome=term_label(fit.outcome, names, lang)))
    for fit in fits:
        key = "estimator" if fit.family == "ols" else "estimator_logit"
        level = fit.level
        notes.append(noted(key, lang, errors=errors_words(fit, lang), level=level))
    for fit in fits:
        notes += _sort_of(fit, names, lang)
    for heading, fit in models.items():
        if fit.beside:
            start = f"{heading}: " if len(fits) > 1 else ""
            found = _difference(fit, names, lang)
            notes.append(_keyed(found.key, start + found))
    return list(dict.fromkeys([*notes, *(n for fit in fits for n in model_notes(fit, lang))]))


def _sort_of(fit: FittedModel, names: Mapping[str, Factor], lang: str) -> list[str]:
    """What is unlike a plain fit of all rows."""
    label = term_label(fit.outcome, names, lang)
    notes: list[str] = []
    if fit.family == "logit":
        notes.append(noted("logit", lang))
        joint = [term_label(name, names, lang) for name in fit.joint]
        notes += [noted("logit_joint", lang, names=listed(joint))] if joint else []
    elif fit.is_probability:
        notes.append(noted("probability", lang, outcome=label))
    if fit.where:
        notes.append(noted("where", lang, where=fit.where, excluded=fit.excluded))
    if fit.weights:
        notes.append(noted("weights", lang, weights=term_label(fit.weights, names, lang)))
    if fit.taken_out:
        levels = [f"{term_label(n, names, lang)} ({count})" for n, count in fit.taken_out.items()]
        notes.append(noted("absorbed", lang, levels=", ".join(levels)))
    return notes


def _difference(fit: FittedModel, names: Mapping[str, Factor], lang: str) -> Note:
    """Where hc3 with the normal would have judged otherwise."""
    otherwise: dict[str, list[str]] = {"otherwise_out": [], "otherwise_in": []}
    for own, plain in zip(fit.coefficients, fit.beside, strict=True):
        is_judged = own.name != INTERCEPT and not math.isnan(own.low)
        if is_judged and _holds_zero(own) != _holds_zero(plain):
            key = "otherwise_in" if _holds_zero(plain) else "otherwise_out"
            otherwise[key].append(term_label(own.name, names, lang))
    parts = [said(key, lang, terms="; ".join(of)) for key, of in otherwise.items() if of]
    unlike = said("otherwise_unlike", lang, told=said("and", lang).join(parts))
    told = unlike if parts else said("otherwise_same", lang)
    note = noted("otherwise", lang, level=fit.level, told=told)
    return _keyed("otherwise_unlike", note) if parts else note


def _holds_zero(c: Estimate) -> bool:
    return c.low <= 0 <= c.high


def context_notes(
    models: Mapping[str, FittedModel],
    names: Mapping[str, Factor],
    evaluation: Evaluation,
    dictionary: pd.DataFrame,
    lang: str = "en",
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
    lang : {"en", "id"}, default "en"
        Language.
    """
    fits = list(models.values())
    used = dict.fromkeys(n for fit in fits for n in _names(fit, names))
    factors = [names[name] for name in used if names[name].vintage or names[name].publisher]
    is_kept = {f.name for f in factors if f.name in {*dictionary.index, *DERIVED_BY_NAME}}
    files = [f"{evaluation.scheme.year}/scores.csv", *(["factors.csv"] if is_kept else [])]
    notes: list[str] = [_sample(fits, evaluation, lang)]
    notes += _left_out(fits, evaluation, lang)
    notes += _nested(fits, lang)
    notes += [
        noted(
            "factor",
            lang,
            label=label_in(f, lang),
            source=", ".join(filter(None, (f.publisher, basis_text(Words(lang), f.vintage)))),
        )
        for f in factors
    ]
    notes += _shares(models, names, dictionary, lang)
    notes += [_circular(factors, lang)] if any(f.questions for f in factors) else []
    notes += _same_marks(fits, names, evaluation.scheme, lang)
    cited = " ".join(evaluation.sources[file].citation_in(lang) for file in files)
    return (*notes, noted("sources", lang, cited=cited), noted("associations", lang))


def _names(fit: FittedModel, names: Mapping[str, Factor]) -> tuple[str, ...]:
    """Columns that a fit used, but for those whose levels it took out."""
    used = read_formula(fit.formula, tuple(names)).names
    return (*used, *([fit.weights] if fit.weights and fit.weights not in used else []))


def _shares(
    models: Mapping[str, FittedModel],
    names: Mapping[str, Factor],
    dictionary: pd.DataFrame,
    lang: str,
) -> list[str]:
    """What each share of a budget is read against, and in which fits if not in all alike."""
    readings: dict[tuple[str, str], list[str]] = {}
    for heading, fit in models.items():
        used = read_formula(fit.formula, tuple(names)).names
        for name in used:
            rest = against_words(read_against(name, beside=used), dictionary, lang)
            if rest:
                readings.setdefault((name, rest), []).append(heading)
    several = len({name for name, _ in readings}) < len(readings)
    return [
        _keyed(
            "share",
            said("share", lang, label=label_in(names[name], lang), rest=rest)
            + (f" ({', '.join(headings)})." if several else "."),
        )
        for (name, rest), headings in readings.items()
    ]


def _same_marks(
    fits: Sequence[FittedModel], names: Mapping[str, Factor], scheme: Scheme, lang: str
) -> list[str]:
    """That a factor is a score itself, as `baseline` is."""
    right = dict.fromkeys(n for f in fits for n in read_formula(f.formula, tuple(names)).names[1:])
    apart = {"kota", "province", *KEYS, *scheme.tracks}
    scores = [
        label_in(names[n], lang)
        for n in right
        if n not in apart and not (names[n].vintage or names[n].publisher)
    ]
    if not scores:
        return []
    return [noted("same_marks", lang, scores=", ".join(scores))]


def _sample(fits: Sequence[FittedModel], evaluation: Evaluation, lang: str) -> str:
    scheme = evaluation.scheme
    known = max(f.n + len(f.dropped) + f.excluded + len(f.singletons) for f in fits)
    shape = shape_of(dict.fromkeys(row for fit in fits for row in fit.least_squares.rows))
    if shape is not None:
        return noted(
            "panel_balanced" if shape.is_balanced else "panel_unbalanced",
            lang,
            rows=", ".join(dict.fromkeys(str(fit.n) for fit in fits)),
            regions=shape.regions,
            years=len(shape.years),
            first=shape.years[0],
            last=shape.years[-1],
            lacking=shape.regions * len(shape.years) - shape.rows,
        )
    return noted(
        "sample",
        lang,
        rows=", ".join(dict.fromkeys(str(fit.n) for fit in fits)),
        known=known,
        year=scheme.year,
        scored=scheme.stages.scored,
    )


def _nested(fits: Sequence[FittedModel], lang: str) -> list[str]:
    """Why clusters are what they are, where a region has several rows."""
    clusters = dict.fromkeys(f.cluster for f in fits if shape_of(f.least_squares.rows))
    return [noted(f"panel_{name}", lang) for name in clusters if name in CLUSTERS]


def _left_out(fits: Sequence[FittedModel], evaluation: Evaluation, lang: str) -> list[str]:
    """Columns that lack values, and the regions that they cost."""
    by_column: dict[str, dict[str, None]] = {}
    for code, columns in (item for fit in fits for item in fit.dropped.items()):
        by_column.setdefault(columns, {})[row_name(code, evaluation.register.name)] = None
    notes: list[str] = [
        noted("left_out", lang, columns=columns, regions=listed(regions))
        for columns, regions in by_column.items()
    ]
    alone = dict.fromkeys(code for fit in fits for code in fit.singletons)
    regions = [row_name(code, evaluation.register.name) for code in alone]
    if regions:
        notes.append(noted("singletons", lang, count=len(regions), regions=listed(regions)))
    return notes


def _circular(factors: Sequence[Factor], lang: str) -> str:
    scored = [
        said(
            "circular_factor",
            lang,
            label=label_in(f, lang),
            questions=", ".join(map(str, f.questions)),
        )
        for f in factors
        if f.questions
    ]
    return noted("circular", lang, scored="; ".join(scored))
