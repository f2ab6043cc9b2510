"""A region's figures, drawn to be thrown away (floor 4)."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from smartlib.index import gap_to, profile
from smartlib.present.region import figures
from smartlib.present.region.ranks import ROUTES, rank_picture
from smartlib.present.words.wording import LANGUAGES, Words
from smartlib.vocabulary.records import Scheme
from smartlib.vocabulary.tables import DIMENSION_NAMES, RANKS


def rehearse(scores: pd.DataFrame, scheme: Scheme, show: Callable[[object], object]) -> None:
    """Draw what every region's report draws, so that fonts are read and words are set.

    A process forked afterwards finds them, and draws its own figures in less time.

    Parameters
    ----------
    scores : DataFrame
        Known rows of one year, indexed by region code.
    scheme : Scheme
        Of that year.
    show : callable
        What a notebook does with a result, such as IPython's `DisplayFormatter.format`.
    """
    region = str(scores.index[0])
    name = str(scores.at[region, "region"])
    ranks = pd.DataFrame(1, index=ROUTES, columns=RANKS.column_names)  # any: words are set
    for lang in LANGUAGES:
        words = Words(lang)
        pictures = (
            figures.standing(words, scores, region, scheme),
            rank_picture(words, ranks, scores, name),
            figures.profile_picture(words, profile(scores, region, DIMENSION_NAMES), scores, name),
            figures.gap_picture(words, gap_to(scores, region, "median", scheme), scores, name),
            figures.improvement_picture(words, scores, region),
        )
        for picture in pictures:
            show(picture)
