"""Sheets and sentences of the notebook on the index's robustness, in English (floor 4)."""

from __future__ import annotations

import pandas as pd

from smartlib.index.trust.measurement import MeasurementStudy
from smartlib.index.trust.one_factor import OneFactor
from smartlib.present.words.regressions import p_words
from smartlib.present.words.tables import Sheet, Text, sheet
from smartlib.present.words.wording import Words

WORDS = Words("en")
MODELS = {
    "congeneric": "loadings and errors free (congeneric)",
    "equal_loadings": "equal loadings, as alpha assumes",
    "equal_both": "equal loadings and errors",
}
PARTS = {"all": "all rows", "standardised": "all rows, standardised"}


def routes_sheet(routes: pd.DataFrame) -> Sheet:
    """Reliability and standard error by each route.

    Parameters
    ----------
    routes : DataFrame
        Output of `error_routes`.
    """
    known = routes[routes["reason"] == ""]
    ends = known[["low", "high"]].to_numpy()
    columns = {
        "Route": list(known.index),
        "Reliability": [WORDS.number(v) for v in known["reliability"]],
        "95% interval": [f"{low:.2f} to {high:.2f}" for low, high in ends],
        "Standard error": [WORDS.number(v) for v in known["standard_error"]],
        "Rows": [str(n) for n in known["rows"]],
        "Assumption": list(known["assumption"]),
    }
    return sheet(columns, numeric=("Reliability", "Standard error", "Rows"))


def spread_text(index: pd.Series) -> Text:
    """How widely the index is spread.

    Parameters
    ----------
    index : Series
        Of the known rows.
    """
    return Text(f"The index has a standard deviation of {index.std():.2f} among the known rows.")


def dimensions_sheet(rest: pd.DataFrame, model: OneFactor, words: Words) -> Sheet:
    """Each dimension beside the others, and beside one common factor.

    Parameters
    ----------
    rest : DataFrame
        Output of `item_rest`.
    model : OneFactor
    words : Words
        Names of the dimensions.
    """
    columns = {
        "Dimension": [words.dimension(str(name)) for name in rest.index],
        "Correlation with the others": [f"{v:.2f}" for v in rest["correlation"]],
        "Alpha without it": [f"{v:.2f}" for v in rest["alpha_without"]],
        "Loading on one factor": [f"{v:.2f}" for v in model.loadings],
        "Share of its own": [words.percent(v, 0) for v in model.uniquenesses],
    }
    return sheet(columns, numeric=tuple(list(columns)[1:4]))


def measurement_sheet(study: MeasurementStudy, words: Words) -> Sheet:
    """Each model, over all rows, on standardised marks and by track.

    Parameters
    ----------
    study : MeasurementStudy
    words : Words
        The language; a track is called by its key.
    """
    lines = [
        (
            PARTS.get(part, f"track {part}"),
            MODELS[m.model],
            words.number(m.statistic, 1),
            str(m.degrees),
            words.number(m.scaled, 1),
            _p(m.scaled_p),
            words.number(m.bootstrap_p, 3),
        )
        for part, models in study.parts.items()
        for m in models
    ]
    headings = ["Rows", "Model", "Chi-squared", "df", "Scaled", "p (scaled)", "p (Bollen-Stine)"]
    return Sheet(pd.DataFrame(lines, columns=headings), numeric=tuple(headings[2:]))


def measurement_text(study: MeasurementStudy) -> Text:
    """What the models say of the assumption behind alpha, and of the error.

    Parameters
    ----------
    study : MeasurementStudy
    """
    found = {m.model: m for m in study.parts["all"]}
    free, equal = found["congeneric"], found["equal_loadings"]
    verdict = "is rejected" if equal.bootstrap_p < 1 / 20 else "is not rejected"
    other = "is rejected too" if free.bootstrap_p < 1 / 20 else "is not"
    return Text(
        f"That the dimensions measure one thing equally well {verdict} (chi-squared "
        f"{equal.statistic:.1f} on {equal.degrees} df; Bollen-Stine {p_words(equal.bootstrap_p)}); "
        f"the congeneric model {other} (chi-squared {free.statistic:.2f} on {free.degrees} df; "
        f"{p_words(free.bootstrap_p)}). Mardia's kurtosis is {study.kurtosis:.1f} (normal: within "
        f"2). The standard error of the index hardly moves: {study.errors['congeneric']:.3f} with "
        f"loadings free, {study.errors['equal_loadings']:.3f} with equal ones. Not being rejected "
        "is no proof that one thing is measured: shared impressions of the assessors fit as well."
    )


def _p(value: float) -> str:
    return p_words(value).removeprefix("p ").removeprefix("= ")
