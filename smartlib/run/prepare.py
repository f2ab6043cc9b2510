"""From raw to processed: the first step of every build (floor 5)."""

from __future__ import annotations

from smartlib.data.load import Evaluation, load_factors, load_year
from smartlib.data.processed import Tables, write_tables
from smartlib.index.evaluate import evaluated
from smartlib.index.participation import participation
from smartlib.vocabulary.folders import Folders


def processed_tables(evaluation: Evaluation, folders: Folders) -> Tables:
    """The tidy tables of a year, computed from what was loaded."""
    scores = evaluation.scores.valid()
    register = evaluation.register.frame
    return Tables(
        scores=evaluated(scores, register, evaluation.scheme),
        participation=participation(
            register.index,
            evaluation.participants,
            scores["region_code"].tolist(),
            evaluation.scheme.stages,
        ),
        answers=evaluation.answers,
        factors=load_factors(folders),
    )


def prepare(year: int, folders: Folders) -> tuple[Evaluation, Tables]:
    """Load a year, compute its tables and write them to `data/processed`."""
    evaluation = load_year(year, folders)
    tables = processed_tables(evaluation, folders)
    write_tables(tables, evaluation.sources, folders.processed)
    return evaluation, tables
