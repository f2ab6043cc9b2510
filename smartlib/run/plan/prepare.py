"""From raw to processed: the first step of every build (floor 5)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import pandas as pd

from smartlib.data.from_documents.tidy import load_documents
from smartlib.data.load import Evaluation, load_factors, load_year
from smartlib.data.processed import Tables, write_tables
from smartlib.data.programme.cohorts import Cohorts, load_cohorts
from smartlib.data.sources import behind_results, read_sources
from smartlib.data.writing import clear_parts
from smartlib.index.audit.findings import audit_table
from smartlib.index.audit.origins import origins_of
from smartlib.index.make.evaluate import evaluated
from smartlib.index.make.participation import participation
from smartlib.index.make.rank import ranking
from smartlib.index.make.selected import since
from smartlib.index.ranks.ranking import rank_table
from smartlib.vocabulary.folders import Folders, years
from smartlib.vocabulary.records import Scheme
from smartlib.vocabulary.tables import RANKS, WEIGHTS

KEPT = 8  # score tables whose findings are kept
STALE = 3600  # seconds; a build with another --output may be writing the same tables


def processed_tables(evaluations: Sequence[Evaluation], folders: Folders) -> Tables:
    """The tidy tables of all years, computed from what was loaded.

    Parameters
    ----------
    evaluations : sequence of Evaluation
        One a year, ascending; participation, audit, ranks and weights are those of the last.
    folders : Folders
        Of the checkout.
    """
    latest = evaluations[-1]
    register = latest.register.frame
    tidy = [evaluated(e.scores.valid(), register, e.scheme) for e in evaluations]
    findings = _findings(_Checked.of(latest, tidy[-1]))
    return Tables(
        scores=pd.concat(tidy, ignore_index=True),
        participation=_participation(latest, load_cohorts(folders)),
        answers=pd.concat([e.answers for e in evaluations], ignore_index=True),
        factors=load_factors(folders),
        **{name: frame.copy() for name, frame in findings.items()},
        **load_documents(folders, latest.register),
    )


def _participation(latest: Evaluation, cohorts: Cohorts) -> pd.DataFrame:
    table = participation(
        latest.register.frame.index,
        latest.participants,
        latest.scores.frame["region_code"].tolist(),
        latest.scheme.stages,
    )
    return since(table, cohorts.dated, cohorts.latest_open, latest.scheme.year)


@dataclass(frozen=True)
class _Checked:
    """What the audit, the ranks and the weights of a year depend on; the same if it reads so."""

    digest: bytes
    evaluation: Evaluation = field(compare=False)
    tidy: pd.DataFrame = field(compare=False)

    @classmethod
    def of(cls, evaluation: Evaluation, tidy: pd.DataFrame) -> _Checked:
        frames = (tidy, evaluation.instrument, evaluation.answers)
        text = "".join([repr(evaluation.scheme), *(frame.to_csv() for frame in frames)])
        return cls(hashlib.sha256(text.encode()).digest(), evaluation, tidy)


@lru_cache(maxsize=KEPT)
def _findings(checked: _Checked) -> dict[str, pd.DataFrame]:
    """Audit, ranks and weights: seconds of work, done once in a process for the same table."""
    evaluation, tidy = checked.evaluation, checked.tidy
    scheme, instrument = evaluation.scheme, evaluation.instrument
    origins = origins_of(tidy, scheme, instrument)
    weights = origins.weights.sort_values(list(WEIGHTS.key), ignore_index=True)
    return {
        "audit": audit_table(tidy, scheme, instrument, evaluation.answers, origins=origins),
        "ranks": _ranks(tidy, scheme, origins.marks.recovered),
        "weights": weights[WEIGHTS.column_names],
    }


def _ranks(tidy: pd.DataFrame, scheme: Scheme, recovered: pd.DataFrame) -> pd.DataFrame:
    """The table of ranks; cohorts that are not ranked together each for itself."""
    parts = [rank_table(own, scheme, recovered) for _, own in tidy.groupby(ranking(tidy, scheme))]
    return pd.concat(parts).sort_values(list(RANKS.key), ignore_index=True)


def prepare(year: int, folders: Folders) -> tuple[Evaluation, Tables]:
    """Load every year, write the tables to `data/processed`, and hand back the one asked for.

    Parameters
    ----------
    year : int
        A folder of `data/raw`.
    folders : Folders
        Of the checkout.

    Raises
    ------
    SmartlibError
        The year is unknown, or raw data cannot be used.
    OSError
        `data/processed` cannot be written to.
    """
    asked = load_year(year, folders)
    evaluations = [asked if y == year else load_year(y, folders) for y in years(folders)]
    tables = processed_tables(evaluations, folders)
    clear_parts(folders.processed, older_than=STALE)
    write_tables(tables, behind_results(read_sources(folders.raw)), folders.processed)
    return asked, tables
