"""A region's report, made to be thrown away (floor 4)."""

from __future__ import annotations

from collections.abc import Callable

from smartlib.data.load import Evaluation
from smartlib.data.processed import Tables
from smartlib.index import error_routes, gap_in_track, places, profile, profile_bounds
from smartlib.inference import factor_table, latest_complete_year
from smartlib.present.document.cells import shown
from smartlib.present.region import Subject, change, why
from smartlib.present.words.wording import LANGUAGES, Words
from smartlib.vocabulary.tables import DIMENSION_NAMES


def rehearse(evaluation: Evaluation, tables: Tables, show: Callable[[object], object]) -> None:
    """Make parts of every region's report, so that what they load and set up is there.

    A process forked afterwards finds it, and makes its own report in less time.

    Parameters
    ----------
    evaluation : Evaluation
        Of the year.
    tables : Tables
        That have the year.
    show : callable
        What a notebook does with a result, such as IPython's `DisplayFormatter.format`.
    """
    scheme = evaluation.scheme
    scores = tables.scores[tables.scores["year"] == scheme.year].set_index("region_code")
    flow_year = latest_complete_year(tables.factors, scores.index, scheme.year)
    factor_table(tables.factors, flow_year, scheme.year)
    region, routes = str(scores.index[0]), error_routes(scores, scheme)
    gap, marks = gap_in_track(scores, region, scheme), profile(scores, region, DIMENSION_NAMES)
    found = places(scores, region, scores.iloc[:0], scheme)
    bounds = profile_bounds(scores, region, DIMENSION_NAMES, places=found, scheme=scheme)
    for lang in LANGUAGES:
        about = Subject(Words(lang), scheme, scores, region, routes)
        for output in (*shown(why(about, gap, {}, marks, bounds)), *shown(change(about))):
            show(output)
