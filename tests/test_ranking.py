"""The table of ranks: what it puts together, and that it holds what it claims."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from smartlib.data.load import Evaluation
from smartlib.data.processed import Tables
from smartlib.index.audit.origins import marks_behind
from smartlib.index.make.rank import rank
from smartlib.index.ranks.ranking import rank_table
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.records import Scheme


@pytest.fixture(scope="module")
def ranks(tables: Tables) -> pd.DataFrame:
    return tables.ranks.set_index(["region_code", "route"])


def width(ranks: pd.DataFrame, name: str, route: str) -> pd.Series:
    """Places that a range holds beyond one."""
    rows = ranks.xs(route, level="route")
    return rows[f"{name}_high"] - rows[f"{name}_low"]


def test_every_known_row_stands_twice_with_its_rank(tables: Tables, ranks: pd.DataFrame) -> None:
    """Once by each route, with the index and the rank of the score table."""
    scores = tables.scores.set_index("region_code")
    for route in ("internal", "retest"):
        rows = ranks.xs(route, level="route")
        assert rows["rank"].to_dict() == scores["rank_known"].to_dict()
        assert rows["index"].to_dict() == scores["published_index"].to_dict()


def test_the_two_standard_errors_are_those_of_the_notes(ranks: pd.DataFrame) -> None:
    """About 0.14 from internal consistency and 0.23 from the correlation with last year (domain
    notes, computed apart).
    """
    errors = ranks.groupby(level="route")["standard_error"].agg(["min", "max"]).round(2)
    assert errors.loc["internal"].tolist() == [0.14, 0.14]
    assert errors.loc["retest"].tolist() == [0.23, 0.23]


def test_sets_hold_the_rank_and_grow_with_what_they_promise(ranks: pd.DataFrame) -> None:
    """A set for all ranks at once is never narrower than one for a region alone, and the larger
    error never gives the narrower set.
    """
    for name in ("marginal", "simultaneous"):
        assert ranks["rank"].between(ranks[f"{name}_low"], ranks[f"{name}_high"]).all()
    for route in ("internal", "retest"):
        assert (width(ranks, "simultaneous", route) >= width(ranks, "marginal", route)).all()
    assert (width(ranks, "marginal", "retest") >= width(ranks, "marginal", "internal")).all()


def test_rounding_ranks_hold_what_any_marks_behind_the_table_give(
    tables: Tables, evaluation: Evaluation, ranks: pd.DataFrame
) -> None:
    """Marks drawn from all that round to the published means: every rank lies in its range."""
    scores, scheme = tables.scores, evaluation.scheme
    marks = marks_behind(scores, scheme, evaluation.instrument).recovered
    assert marks is not None
    means = marks.set_index(["region_code", "dimension"])
    rows = ranks.xs("internal", level="route")
    rng = np.random.default_rng(1)
    for _ in range(20):
        sums = rng.integers(means["numerator_low"], means["numerator_high"], endpoint=True)
        exact = pd.Series(sums / means["denominator"].to_numpy(float), index=means.index)
        table = exact.unstack()
        table["collaboration"] = scores.set_index("region_code")["collaboration"].fillna(0)
        weights = pd.DataFrame({t.name: t.weights for t in scheme.tracks.values()}).astype(float)
        shares = weights.fillna(0).T.loc[scores["track"]].set_axis(table.index)
        drawn = rank((table[shares.columns] * shares).sum(axis=1).round(9))
        assert drawn.between(rows["rounding_low"], rows["rounding_high"]).all()


def test_recovered_marks_narrow_what_rounding_leaves_open(
    tables: Tables, scheme: Scheme, ranks: pd.DataFrame
) -> None:
    """Without them every mean may be half a hundredth off; with them most are known exactly."""
    without = rank_table(tables.scores, scheme).set_index(["region_code", "route"])
    assert (width(without, "rounding", "internal") >= width(ranks, "rounding", "internal")).all()
    narrow = width(ranks, "rounding", "internal").mean()
    assert narrow < width(without, "rounding", "internal").mean() / 2


def test_without_last_year_only_the_internal_route_is_left(tables: Tables, scheme: Scheme) -> None:
    """A first evaluation has nothing to be correlated with."""
    scores = tables.scores.assign(previous_index=float("nan"))
    assert set(rank_table(scores, scheme)["route"]) == {"internal"}


def test_a_row_that_lacks_a_mark_is_named(tables: Tables, scheme: Scheme) -> None:
    """No range can be given for it."""
    scores = tables.scores.copy()
    scores.loc[scores["region_code"] == "51.03", "baseline"] = float("nan")
    with pytest.raises(DataError, match=r"51\.03"):
        rank_table(scores, scheme)
