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
from smartlib.inference.factors.table import Factor
from smartlib.present.words.labels import term_label
from smartlib.present.words.readings import against_words
from smartlib.present.words.regressions import p_words, said
from smartlib.present.words.wording import Words
from smartlib.vocabulary.messages import listed
from smartlib.vocabulary.records import Scheme
from smartlib.vocabulary.tables import LANGUAGES


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
    return said("errors_by", lang, errors=kind.label, cluster=model.cluster)


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
    counts = {"cluster": model.cluster, "clusters": model.clusters}
    return said(key, lang, error=kind.error, note=note, **counts)


def model_notes(model: FittedModel, lang: str = "en") -> tuple[str, ...]:
    """What a reader should know of the errors of one fit, a sentence each.

    Parameters
    ----------
    model : FittedModel
    lang : {"en", "id"}, default "en"
        Language.
    """
    told = [
        said("alone", lang, name=n, group=group)
        for n, group in model.alone.items()
        if n not in model.absorbed
    ]
    told += [*_absorbed(model, lang), *_few(model, lang)]
    missing = [said("no_beside", lang, reason=model.no_beside)] if model.no_beside else []
    return (*told, *model.refusals, *missing)


def _absorbed(model: FittedModel, lang: str) -> list[str]:
    """What is said of categories whose levels only one cluster or row has."""
    levels: dict[str, list[str]] = {}
    for name in model.absorbed:
        levels.setdefault(name.partition("[T.")[0], []).append(name)
    solved, told = model.least_squares, []
    for term, names in levels.items():
        columns = {name: solved.x[:, solved.place(name)] for name in names}
        single = [n.partition("[T.")[2][:-1] for n, x in columns.items() if (x != 0).sum() == 1]
        rest = said("absorbed_single", lang, levels=listed(single)) if single else ""
        plain = term.removeprefix("C(").removesuffix(")")
        told.append(said("absorbed", lang, term=plain, count=len(names), singletons=rest))
    return told


def _few(model: FittedModel, lang: str) -> list[str]:
    """The warning of few clusters, with the bootstrap's intervals where there are any."""
    if model.clusters is None or model.clusters >= FEW:
        return []
    if model.clusters < TOO_FEW:
        return [said("too_few", lang, clusters=model.clusters)]
    words = Words(lang)
    told = [
        said(
            "few_each",
            lang,
            name=c.name,
            low=words.signed(c.low, _places(c)),
            high=words.signed(c.high, _places(c)),
            p=p_words(c.p_value),
        )
        for c in model.by_draws
        if c.name != INTERCEPT and not math.isnan(c.low)
    ]
    return [said("few", lang, clusters=model.clusters, told="; ".join(told))] if told else []


def _places(c: Estimate) -> int:
    """Decimals that leave two digits of an error."""
    usable = c.standard_error > 0 and math.isfinite(c.standard_error)
    return max(3, 1 - math.floor(math.log10(c.standard_error))) if usable else 3


def fit_notes(models: Mapping[str, FittedModel], names: Mapping[str, Factor]) -> list[str]:
    """What stands first under a table: outcomes, errors, what other errors would have said.

    Parameters
    ----------
    models : mapping of str to FittedModel
        By heading.
    names : mapping of str to Factor
        What formulas can name.
    """
    fits = list(models.values())
    notes = [said("outcome", outcome=term_label(fit.outcome, names)) for fit in fits]
    notes += [said("estimator", errors=errors_words(fit), level=fit.level) for fit in fits]
    for heading, fit in models.items():
        if fit.beside:
            start = f"{heading}: " if len(fits) > 1 else ""
            notes.append(start + _difference(fit, names))
    return list(dict.fromkeys([*notes, *(note for fit in fits for note in model_notes(fit))]))


def _difference(fit: FittedModel, names: Mapping[str, Factor]) -> str:
    """Where hc3 with the normal would have judged otherwise."""
    otherwise: dict[str, list[str]] = {"otherwise_out": [], "otherwise_in": []}
    for own, plain in zip(fit.coefficients, fit.beside, strict=True):
        is_judged = own.name != INTERCEPT and not math.isnan(own.low)
        if is_judged and _holds_zero(own) != _holds_zero(plain):
            key = "otherwise_in" if _holds_zero(plain) else "otherwise_out"
            otherwise[key].append(term_label(own.name, names))
    parts = [said(key, terms="; ".join(labels)) for key, labels in otherwise.items() if labels]
    unlike = said("otherwise_unlike", told=said("and").join(parts))
    return said("otherwise", level=fit.level, told=unlike if parts else said("otherwise_same"))


def _holds_zero(c: Estimate) -> bool:
    return c.low <= 0 <= c.high


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
        said("factor", label=f.label_en, source=", ".join(filter(None, (f.publisher, f.vintage))))
        for f in factors
    ]
    notes += _shares(models, names, dictionary)
    notes += [_circular(factors)] if any(f.questions for f in factors) else []
    notes += _same_marks(fits, names, evaluation.scheme)
    cited = " ".join(evaluation.sources[file].citation for file in files)
    return (*notes, said("sources", cited=cited), said("associations"))


def _shares(
    models: Mapping[str, FittedModel], names: Mapping[str, Factor], dictionary: pd.DataFrame
) -> list[str]:
    """What each share of a budget is read against, and in which fits if not in all alike."""
    readings: dict[tuple[str, str], list[str]] = {}
    for heading, fit in models.items():
        used = read_formula(fit.formula, tuple(names)).names
        for name in used:
            rest = against_words(read_against(name, beside=used), dictionary)
            if rest:
                readings.setdefault((name, rest), []).append(heading)
    several = len({name for name, _ in readings}) < len(readings)
    return [
        said("share", label=names[name].label_en, rest=rest)
        + (f" ({', '.join(headings)})." if several else ".")
        for (name, rest), headings in readings.items()
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
    return [said("same_marks", scores=", ".join(scores))]


def _sample(fits: Sequence[FittedModel], evaluation: Evaluation) -> str:
    scheme = evaluation.scheme
    return said(
        "sample",
        rows=", ".join(dict.fromkeys(str(fit.n) for fit in fits)),
        known=max(fit.n + len(fit.dropped) for fit in fits),
        year=scheme.year,
        scored=scheme.stages.scored,
    )


def _left_out(fits: Sequence[FittedModel], evaluation: Evaluation) -> list[str]:
    """Columns that lack values, and the regions that they cost."""
    by_column: dict[str, dict[str, None]] = {}
    for code, columns in (item for fit in fits for item in fit.dropped.items()):
        by_column.setdefault(columns, {})[evaluation.register.name(code)] = None
    return [
        said("left_out", columns=columns, regions=listed(regions))
        for columns, regions in by_column.items()
    ]


def _circular(factors: Sequence[Factor]) -> str:
    scored = [
        said("circular_factor", label=f.label_en, questions=", ".join(map(str, f.questions)))
        for f in factors
        if f.questions
    ]
    return said("circular", scored="; ".join(scored))
