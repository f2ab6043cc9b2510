"""A region's report, made to be thrown away (floor 4)."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from smartlib.index import error_routes, gap_in_track, places, profile, profile_bounds
from smartlib.present.document.cells import shown
from smartlib.present.region import Subject, change, why
from smartlib.present.words.wording import LANGUAGES, Words
from smartlib.vocabulary.records import Scheme
from smartlib.vocabulary.tables import DIMENSION_NAMES


def rehearse(scores: pd.DataFrame, scheme: Scheme, show: Callable[[object], object]) -> None:
    """Make parts of every region's report, so that what they load and set up is there.

    A process forked afterwards finds it, and makes its own report in less time.

    Parameters
    ----------
    scores : DataFrame
        Known rows of one year, indexed by region code.
    scheme : Scheme
        Of that year.
    show : callable
        What a notebook does with a result, such as IPython's `DisplayFormatter.format`.
    """
    region, routes = str(scores.index[0]), error_routes(scores, scheme)
    gap, marks = gap_in_track(scores, region, scheme), profile(scores, region, DIMENSION_NAMES)
    found = places(scores, region, scores.iloc[:0], scheme)
    bounds = profile_bounds(scores, region, DIMENSION_NAMES, places=found, scheme=scheme)
    for lang in LANGUAGES:
        about = Subject(Words(lang), scheme, scores, region, routes)
        for output in (*shown(why(about, gap, {}, marks, bounds)), *shown(change(about))):
            show(output)
