"""What the exercises are computed from: the year's table and what the package makes of it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import pandas as pd

from smartlib import data, index, inference
from smartlib.index.make.rounding import exact, round_published
from smartlib.vocabulary.folders import Folders

YEAR = 2024  # the lessons tell of this year's table; another year's needs other lessons
NUMBER, FINAL, TRACK, GAIN = "NO", "NILAI FINAL", "KET", "TINGKAT IMPROVEMENT"
BLANKS = ("", "-")
CONTROLS = "log_population + kota + kppn_ikn + human_development_index + poverty_rate"
TEN_POINTS = 0.1


@dataclass(frozen=True)
class Course:
    """The tables behind the exercises; what takes long is computed once, when it is asked for.

    Attributes
    ----------
    folders : Folders
        Of the checkout.
    """

    folders: Folders

    @cached_property
    def evaluation(self) -> data.Evaluation:
        """The year as loaded."""
        return data.load_year(YEAR, self.folders)

    @cached_property
    def tables(self) -> data.Tables:
        """The processed tables."""
        return data.read_tables(self.folders)

    @cached_property
    def raw(self) -> list[dict[str, str]]:
        """Rows of the score table as published, repeated headings too."""
        text = (self.folders.raw / str(YEAR) / "scores.csv").read_text(encoding="utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))

    @cached_property
    def printed(self) -> list[dict[str, str]]:
        """Rows of regions, as published."""
        return [row for row in self.raw if row[NUMBER].isdigit()]

    @cached_property
    def scores(self) -> pd.DataFrame:
        """The known rows by code, with their number in the printed table, in its order."""
        order = self.evaluation.scores.frame["region_code"]
        tidy = self.tables.scores[self.tables.scores["year"] == YEAR].set_index("region_code")
        numbers = [int(row[NUMBER]) for row in self.printed]
        return tidy.loc[list(order)].assign(no=numbers)

    @cached_property
    def exact_totals(self) -> dict[str, Decimal]:
        """Weighted totals before rounding, by code."""
        tracks = self.evaluation.scheme.tracks
        found = {
            code: index.weighted_total(row, tracks[str(row["track"])])
            for code, row in self.scores.to_dict("index").items()
        }
        return {code: total for code, total in found.items() if total is not None}

    @cached_property
    def frame(self) -> pd.DataFrame:
        """Outcomes, factors and provinces of the known rows."""
        evaluation, scores = self.evaluation, self.scores.drop(columns="no")
        purge = inference.purge(evaluation.scored, evaluation.instrument, evaluation.scheme)
        outcomes = inference.outcome_table(scores, evaluation.scheme, purge)
        factors = inference.factors_by_rule(self.tables.factors, scores.index, YEAR)
        return inference.analysis_frame(scores, outcomes, factors.values, evaluation.scheme)

    @cached_property
    def error(self) -> float:
        """Standard error of one index by internal consistency, index points."""
        routes = index.error_routes(self.scores, self.evaluation.scheme)
        return float(routes.at["internal", "standard_error"])

    @cached_property
    def rank_sets(self) -> pd.DataFrame:
        """Confidence sets of all ranks, each for itself."""
        indices = self.scores["published_index"]
        return index.rank_confidence_sets(indices, [self.error] * len(indices))

    def agreeing(self, rule: str) -> int:
        """How many printed finals a rule of rounding gives.

        Parameters
        ----------
        rule : str
            Of `RULES`.
        """
        finals = self.scores["published_index"]
        return sum(
            round_published(total, 2, rule) == exact(finals[code])
            for code, total in self.exact_totals.items()
        )

    def fitted(
        self, formula: str, rows: pd.Series | None = None, se: str = "cr2"
    ) -> inference.FittedModel:
        """A regression on the known rows, or some of them.

        Parameters
        ----------
        formula : str
            As for `fit`.
        rows : Series of bool, optional
            Which rows.
        se : str
            Kind of errors.
        """
        return inference.fit(formula, self.frame if rows is None else self.frame[rows], se=se)

    def slope(self, formula: str, rows: pd.Series | None = None) -> float:
        """Index points that go with ten points of the first term.

        Parameters
        ----------
        formula, rows
            As in `fitted`.
        """
        first = formula.partition("~")[2].split("+")[0].strip()
        return self.fitted(formula, rows)[first].estimate * TEN_POINTS
