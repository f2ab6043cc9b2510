"""What a formula can explain, and the frame that it is fitted on (floor 3)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from smartlib.index.make.composite import composite_index, harmonised_index, purged_index
from smartlib.index.trust.change import reliable_change
from smartlib.index.trust.reliability import error_routes
from smartlib.inference.factors.circularity import Purge
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.records import Scheme
from smartlib.vocabulary.tables import DIMENSIONS
from smartlib.vocabulary.words import formulas as say

ROUTE = "internal"  # of the standard error that reliable change is judged by


def outcome_table(scores: pd.DataFrame, scheme: Scheme, purge: Purge) -> pd.DataFrame:
    """Every outcome of the scored regions.

    Parameters
    ----------
    scores : DataFrame, shape (n, ...)
        Of one year, indexed by region code: dimension means, track, published_index,
        improvement, previous_index.
    scheme : Scheme
        Weights, scale, rounding.
    purge : Purge
        Dimensions that the purged index leaves out.

    Returns
    -------
    DataFrame, shape (n, outcomes)
        published_index, recomputed_index, harmonised_index, purged_index; each dimension that
        some track weighs; improvement; reliable_change; previous_index. Index points or marks,
        but reliable_change in standard errors of a difference (missing throughout where no
        standard error can be had).

    Notes
    -----
    reliable_change is the improvement over sqrt(2) SE, with the SE of the internal route (see
    `error_routes`). Improvement and reliable change share noise with last year's index:
    regressed on it, they have a negative slope from regression to the mean alone.
    """
    harmonised = harmonised_index(scores, scheme)
    used = {name for track in scheme.tracks.values() for name in track.weights}
    names = [dimension.name for dimension in DIMENSIONS if dimension.name in used]
    error = error_routes(scores.assign(harmonised_index=harmonised), scheme).loc[
        ROUTE, "standard_error"
    ]
    index = reliable_change(scores["improvement"], float(error))["index"] if error > 0 else np.nan
    return pd.DataFrame(
        {
            "published_index": scores["published_index"],
            "recomputed_index": composite_index(scores, scheme),
            "harmonised_index": harmonised,
            "purged_index": purged_index(scores, scheme, purge.without),
            **{name: scores[name] for name in names},
            "improvement": scores["improvement"],
            "reliable_change": index,
            "previous_index": scores["previous_index"],
        }
    )


def custom_outcome(
    scores: pd.DataFrame, own: Scheme | Mapping[str, float]
) -> tuple[pd.Series, tuple[str, str, str]]:
    """An index of one's own as an outcome, with its labels and unit.

    Parameters
    ----------
    scores : DataFrame, shape (n, ...)
        As in `outcome_table`.
    own : Scheme, or mapping of str to float
        A scheme, whose formula is that of each row's track, or weights of dimensions.

    Raises
    ------
    SchemeError
        As in `composite_index`.
    """
    if isinstance(own, Scheme):
        label = (f"Own index by a scheme of {own.year}", f"Indeks sendiri, skema {own.year}")
        return composite_index(scores, own), (*label, "index points")
    en, id_ = _weights(own, "label_en", "."), _weights(own, "label_id", ",")
    label = (f"Own index: {en}", f"Indeks sendiri: {id_}")
    return composite_index(scores, weights=own), (*label, "index points")


def outcome_labels(scheme: Scheme, purge: Purge) -> dict[str, tuple[str, str, str]]:
    """English label, Indonesian label and unit of each outcome.

    Parameters
    ----------
    scheme : Scheme
        Its common track names the formula of the harmonised index.
    purge : Purge
        Whose weights the label of the purged index states.

    Returns
    -------
    dict of str to (str, str, str)
    """
    dimensions = {dimension.name: dimension for dimension in DIMENSIONS}
    points, mark = "index points", f"mark, {scheme.lowest}-{scheme.highest}"
    left_out_en = ", ".join(dimensions[name].label_en for name in purge.without) or "nothing"
    left_out_id = ", ".join(dimensions[name].label_id for name in purge.without) or "apa pun"
    en, id_ = _weights(purge.weights, "label_en", "."), _weights(purge.weights, "label_id", ",")
    used = {name for track in scheme.tracks.values() for name in track.weights}
    return {
        "published_index": ("Published index", "Indeks Pencapaian", points),
        "recomputed_index": ("Recomputed index", "Indeks hitung ulang", points),
        "harmonised_index": ("Harmonised index", "Indeks terharmonisasi", points),
        "purged_index": (
            f"Purged index: without {left_out_en}; weights {en}",
            f"Indeks murni: tanpa {left_out_id}; bobot {id_}",
            points,
        ),
        **{d.name: (d.label_en, d.label_id, mark) for d in DIMENSIONS if d.name in used},
        "improvement": ("Improvement index", "Indeks Peningkatan", points),
        "reliable_change": (
            "Reliable change",
            "Perubahan andal",
            "standard errors of a difference",
        ),
        "previous_index": ("Last year's index", "Indeks tahun lalu", points),
    }


def analysis_frame(
    scores: pd.DataFrame, outcomes: pd.DataFrame, factors: pd.DataFrame, scheme: Scheme
) -> pd.DataFrame:
    """The frame that formulas are fitted on: outcomes, indicators, province, factors.

    Parameters
    ----------
    scores : DataFrame, shape (n, ...)
        Indexed by region code, with kind, track and province.
    outcomes : DataFrame, shape (n, ...)
        Of the same regions.
    factors : DataFrame, shape (regions, ...)
        Indexed by region code; regions that are not scored are left out.
    scheme : Scheme
        Each track but the common one has an indicator of its name.

    Returns
    -------
    DataFrame, shape (n, ...)
        Outcomes; `kota` and an indicator a track (1 or 0); province (text); factors.

    Raises
    ------
    DataError
        A factor with the name of an outcome or indicator.
    """
    tracks = [name for name in scheme.tracks if name != scheme.common_track]
    frame = outcomes.assign(
        kota=(scores["kind"] == "kota").astype("float64"),
        **{name: (scores["track"] == name).astype("float64") for name in tracks},
        province=scores["province"],
    )
    twice = [str(name) for name in factors if name in frame]
    if twice:
        raise DataError(say.NAME_TAKEN(twice=", ".join(twice)))
    return frame.join(factors)


def _weights(weights: Mapping[str, float], label: str, decimal_mark: str) -> str:
    by_name = {dimension.name: getattr(dimension, label) for dimension in DIMENSIONS}
    return ", ".join(
        f"{by_name[name]} {100 * weight:.1f}".replace(".", decimal_mark) + "%"
        for name, weight in weights.items()
    )
