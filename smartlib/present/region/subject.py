"""Whom a report is about, and what every section of it needs (floor 4)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from smartlib.index.region.places import check_known
from smartlib.present.words.wording import Words, track_label
from smartlib.vocabulary.records import Scheme, Track


@dataclass(frozen=True)
class Subject:
    """A region, its year and the language of its report.

    Attributes
    ----------
    words : Words
        The language.
    scheme : Scheme
        Of the year.
    scores : DataFrame
        Known rows of the year, indexed by region code.
    code : str
        Of the region.
    routes : DataFrame
        Output of `error_routes`: how large the error of one index is.

    Raises
    ------
    DataError
        The region has no known row.
    """

    words: Words
    scheme: Scheme
    scores: pd.DataFrame
    code: str
    routes: pd.DataFrame

    def __post_init__(self) -> None:
        check_known(self.scores, self.code)

    @cached_property
    def own(self) -> pd.Series:
        """The region's row."""
        return self.scores.loc[self.code]

    @property
    def name(self) -> str:
        """The region's name."""
        return str(self.own["region"])

    @property
    def track(self) -> Track:
        """The region's track."""
        return self.scheme.tracks[self.own["track"]]

    @cached_property
    def inside(self) -> pd.DataFrame:
        """Known rows of the track."""
        return self.scores[self.scores["track"] == self.track.name]

    @cached_property
    def median(self) -> float:
        """Median index of the track."""
        return float(self.inside["published_index"].median())

    @property
    def error(self) -> float | None:
        """Standard error of one index by internal consistency; None where it is not known."""
        return self.error_by("internal")

    def error_by(self, route: str) -> float | None:
        """Standard error by a route; None where there is none."""
        found = self.routes["standard_error"].get(route, float("nan"))
        return float(found) if found > 0 else None

    @property
    def edition(self) -> str:
        """What titles call the year."""
        return self.words.pick(self.scheme.edition_id, self.scheme.edition_en)

    @property
    def rows_source(self) -> str:
        """The line below a figure of the known rows."""
        return self.words.say("rows_source", year=self.edition, rows=len(self.scores))

    @property
    def track_name(self) -> str:
        """Label of the track."""
        return track_label(self.words, self.track)

    @property
    def has_tracks(self) -> bool:
        """Whether the known rows are of several tracks."""
        return len(self.inside) < len(self.scores)

    def median_verdict(self, verdict: str) -> str:
        """Where the index stands beside the track's median."""
        return self.words.say(f"{verdict}_median", median=self.words.number(self.median))

    def linked(self, code: str) -> str:
        """The name of a region, as a link to its report."""
        return f"[{self.scores.at[code, 'region']}](region:{code})"
