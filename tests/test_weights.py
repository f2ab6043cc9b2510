"""Weights recovered from totals: closed forms, every vertex in fractions, the published table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from smartlib.data.load import Evaluation
from smartlib.index.audit.weights import (
    WEIGHT_COLUMNS,
    feasible_on_grid,
    feasible_weights,
    recovered_weights,
)
from smartlib.index.make.rounding import exact, round_published, rounding_interval
from smartlib.vocabulary.errors import DataError, SchemeError
from smartlib.vocabulary.records import Scheme, Track

SOLVED = 1e-9  # of a weight: the solver is accurate to about 1e-11, the ends are rounded to 1e-9
PLAIN = 1e-6  # of a weight: the solver as it comes, its tolerance of 1e-7 on unscaled rows
HALF = Fraction(1, 200)  # half a hundredth
THREE = ("baseline", "output", "outcome")


@pytest.fixture(scope="module")
def scores(evaluation: Evaluation) -> pd.DataFrame:
    return evaluation.scores.valid()


@pytest.fixture(scope="module")
def found(scores: pd.DataFrame, scheme: Scheme) -> pd.DataFrame:
    return recovered_weights(scores, scheme)


def made_up(
    scheme: Scheme, weights: Mapping[str, str], marks: list[tuple[int, ...]]
) -> tuple[Scheme, pd.DataFrame]:
    """A scheme of one track, and a table that follows it; marks in hundredths."""
    track = Track("one", "", "", "", {name: Decimal(share) for name, share in weights.items()})
    rows = []
    for number, own in enumerate(marks):
        values = dict(zip(weights, own, strict=True))
        total = sum(track.weights[name] * value / 100 for name, value in values.items())
        row = {"region_code": f"99.{number:02}", "track": "one"}
        row |= {name: value / 100 for name, value in values.items()}
        rows.append(row | {"published_index": float(round_published(Decimal(total)))})
    return replace(scheme, tracks={"one": track}), pd.DataFrame(rows)


def fractions(table: pd.DataFrame, names: tuple[str, ...]) -> list[tuple[Fraction, ...]]:
    """Marks and total of each row."""
    columns = [*names, "published_index"]
    return [
        tuple(Fraction(exact(row[name])) for name in columns) for row in table.to_dict("records")
    ]


def test_the_published_table_fixes_its_weights(found: pd.DataFrame) -> None:
    """From marks and finals alone: the letter's weights lie inside intervals no wider than 0.0014
    on the regular track and 0.0104 on the KPPN/IKN track.
    """
    assert list(found.columns) == WEIGHT_COLUMNS
    assert set(found["verdict"]) == {"recovered"}
    assert found["published"].between(found["low"], found["high"]).all()
    widest = (found["high"] - found["low"]).groupby(found["track"]).max()
    assert widest.round(4).to_dict() == {"regular": 0.0014, "kppn_ikn": 0.0104}


def test_the_sum_to_one_narrows_the_intervals(
    scores: pd.DataFrame, scheme: Scheme, found: pd.DataFrame
) -> None:
    """A plain linear programme that does not ask for it leaves 0.0024 and 0.0128."""
    widest = {}
    for name, track in scheme.tracks.items():
        table = scores[scores["track"] == name]
        marks = table[list(track.weights)].fillna(0).to_numpy()
        total = table["published_index"].to_numpy()
        rows = np.vstack([marks, -marks]), np.concatenate([total + 0.005, 0.005 - total])
        ends = np.array(
            [
                [sign * linprog(sign * axis, *rows).fun for sign in (1, -1)]
                for axis in np.eye(marks.shape[1])
            ]
        )
        own = found[found["track"] == name]
        assert (ends[:, 0] <= own["low"] + PLAIN).all()
        assert (ends[:, 1] >= own["high"] - PLAIN).all()
        widest[name] = round(np.ptp(ends, axis=1).max(), 4)
    assert widest == {"regular": 0.0024, "kppn_ikn": 0.0128}


def test_one_scheme_of_five_points_for_each_track(scores: pd.DataFrame, scheme: Scheme) -> None:
    """Of all weights in steps of five percent, the published ones alone reproduce each track."""
    for name, track in scheme.tracks.items():
        assert feasible_on_grid(scores, name, scheme) == (dict(track.weights),)


def test_no_other_scheme_of_five_points_reproduces_the_regular_track(
    scores: pd.DataFrame, scheme: Scheme
) -> None:
    """The same without a linear programme: of all 10,626 sets of five multiples of 0.05 that sum to
    1, one gives every final within the half hundredth that rounding takes.
    """
    names = list(scheme.tracks["regular"].weights)
    table = scores[scores["track"] == "regular"]
    sets = np.array([s for s in product(range(21), repeat=4) if sum(s) <= 20])
    sets = np.column_stack([sets, 20 - sets.sum(axis=1)])
    assert len(sets) == 10_626
    marks = (table[names] * 100).round().astype(int).to_numpy()
    finals = (table["published_index"] * 100).round().astype(int).to_numpy()
    misses = np.abs(2 * (sets @ marks.T) - 40 * finals)  # fortieths of a hundredth, whole numbers
    fits = sets[(misses <= 20).all(axis=1)]
    assert (fits * Decimal("0.05")).tolist() == [list(scheme.tracks["regular"].weights.values())]


def test_a_scheme_in_circulation_is_not_this_tables(scores: pd.DataFrame, scheme: Scheme) -> None:
    """10/20/30/30/10 gives one final of the regular track's 93, and the letter's weights all."""
    track = scheme.tracks["regular"]
    shares = map(Decimal, ("0.1", "0.2", "0.3", "0.3", "0.1"))
    other = dict(zip(track.weights, shares, strict=True))
    wrong = feasible_weights(scores, "regular", other, scheme)
    assert (wrong.verdict, wrong.checkable) == ("contradicted", 93)
    assert wrong.possible == 1
    right = feasible_weights(scores, "regular", track.weights, scheme)
    assert (right.verdict, right.possible) == ("reproduced", 93)


two = st.lists(st.tuples(st.integers(100, 400), st.integers(100, 400)), min_size=1, max_size=6)


@pytest.mark.parametrize("inputs", ["published", "unrounded"])
@given(marks=two, share=st.integers(0, 100))
@settings(max_examples=30)
def test_two_dimensions_in_closed_form(
    scheme: Scheme, marks: list[tuple[int, int]], share: int, inputs: str
) -> None:
    """With two dimensions each total t asks that w (x - y) lies within half a hundredth of t - y,
    a whole one if x and y are rounded themselves; all rows together leave one interval for w.
    """
    assume(all(x != y for x, y in marks))
    weights = {"baseline": f"{share / 100}", "output": f"{1 - share / 100:.2f}"}
    made, table = made_up(scheme, weights, marks)
    loose = HALF * (2 if inputs == "unrounded" else 1)
    low, high = Fraction(0), Fraction(1)
    for x, y, total in fractions(table, ("baseline", "output")):
        ends = sorted((total - y + way * loose) / (x - y) for way in (-1, 1))
        low, high = max(low, ends[0]), min(high, ends[1])
    first, second = recovered_weights(table, made, inputs=inputs).to_dict("records")
    assert first["verdict"] == "recovered"
    assert (first["low"], first["high"]) == pytest.approx((float(low), float(high)), abs=SOLVED)
    assert second["low"] == pytest.approx(1 - float(high), abs=SOLVED)
    assert second["high"] == pytest.approx(1 - float(low), abs=SOLVED)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("inputs", ["published", "unrounded"])
def test_three_dimensions_by_every_vertex(scheme: Scheme, seed: int, inputs: str) -> None:
    """The weights of three dimensions that fit are a polygon: its vertices are crossings of two
    edges, all tried in fractions, and the intervals are their extent.
    """
    rng = np.random.default_rng(seed)
    marks = [tuple(int(mark) for mark in rng.integers(100, 401, 3)) for _ in range(5)]
    made, table = made_up(scheme, dict(zip(THREE, ("0.5", "0.3", "0.2"), strict=True)), marks)
    spread = HALF if inputs == "unrounded" else 0
    edges = [(1, 0, 0), (0, 1, 0), (0, 0, 1)]  # a, b, c: a u + b v + c w >= 0
    for *own, total in fractions(table, THREE):
        edges.append(tuple(total + HALF - (mark - spread) for mark in own))
        edges.append(tuple(mark + spread - (total - HALF) for mark in own))
    vertices = []
    for (a, b, c), (d, e, f) in combinations(edges, 2):
        crossing = (b * f - c * e, c * d - a * f, a * e - b * d)
        if sum(crossing) == 0:
            continue
        point = [Fraction(value) / sum(crossing) for value in crossing]
        if all(sum(s * p for s, p in zip(edge, point, strict=True)) >= 0 for edge in edges):
            vertices.append(point)
    extents = [(min(axis), max(axis)) for axis in zip(*vertices, strict=True)]
    found = recovered_weights(table, made, inputs=inputs)
    for (low, high), row in zip(extents, found.to_dict("records"), strict=True):
        assert (row["low"], row["high"]) == pytest.approx((float(low), float(high)), abs=SOLVED)


def test_weights_that_fit_lie_inside(
    scores: pd.DataFrame, scheme: Scheme, found: pd.DataFrame
) -> None:
    """A seeded walk through weights that give every final of the KPPN/IKN track never leaves the
    intervals, and comes near several ends.
    """
    track, rng = scheme.tracks["kppn_ikn"], np.random.default_rng(11)
    table = scores[scores["track"] == "kppn_ikn"]
    marks, finals = (
        table[list(track.weights)].fillna(0).to_numpy(),
        table["published_index"].to_numpy(),
    )
    own, size = found[found["track"] == "kppn_ikn"], len(track.weights)
    low, high = own["low"].to_numpy(), own["high"].to_numpy()
    # start where every total is furthest from its edges: the published weights are a corner
    rows = np.block([[marks, np.ones((47, 1))], [-marks, np.ones((47, 1))]])
    edges = np.concatenate([finals + 0.005, 0.005 - finals])
    unit = [[1.0] * size + [0.0]]
    at = linprog([0.0] * size + [-1.0], rows, edges, unit, [1.0]).x[:-1]
    seen = []
    for _ in range(3_000):
        step = rng.normal(size=at.size)
        step -= step.mean()
        rise, room = marks @ step, (0.005 - np.abs(marks @ at - finals)).min()
        assert room > -1e-12
        ends = np.concatenate(
            [(finals + way * 0.005 - marks @ at) / rise for way in (-1, 1)] + [-at / step]
        )
        reach = ends[ends < 0].max(initial=-1), ends[ends > 0].min(initial=1)
        at = at + rng.uniform(*reach) * step
        seen.append(at)
    walked = np.array(seen)
    assert (walked >= low - SOLVED).all()
    assert (walked <= high + SOLVED).all()
    covered = (walked.max(axis=0) - walked.min(axis=0)) / (high - low)
    assert (covered > 0.6).all()  # a walk inside seldom reaches a corner of six dimensions


def test_unrounded_inputs_tell_less(
    scores: pd.DataFrame, scheme: Scheme, found: pd.DataFrame
) -> None:
    """Whatever printed means allow, unrounded ones allow too: every interval is wider."""
    loose = recovered_weights(scores, scheme, inputs="unrounded")
    assert set(loose["verdict"]) == {"recovered"}
    assert (loose["low"] <= found["low"] + SOLVED).all()
    assert (loose["high"] >= found["high"] - SOLVED).all()
    assert (loose["high"] - loose["low"] > found["high"] - found["low"]).all()


def test_the_order_of_rows_does_not_matter(
    scores: pd.DataFrame, scheme: Scheme, found: pd.DataFrame
) -> None:
    """The same rows shuffled give the same intervals."""
    again = recovered_weights(scores.sample(frac=1, random_state=2), scheme)
    pd.testing.assert_frame_equal(again, found, atol=SOLVED, rtol=0)


def test_a_row_in_the_way_is_named(scores: pd.DataFrame, scheme: Scheme) -> None:
    """One final moved by a tenth: no weights reproduce the track, the smallest miss is that row's,
    and the other track is as it was.
    """
    changed = scores.copy()
    changed.loc[changed["region_code"] == "51.03", "published_index"] += 0.1
    found = recovered_weights(changed, scheme).set_index("track")
    spoilt = found.loc["regular"]
    assert set(spoilt["verdict"]) == {"contradicted"}
    assert spoilt[["low", "high"]].isna().all(axis=None)
    assert set(spoilt["detail"]) == {"no weights reproduce this table; in the way: 51.03"}
    assert set(found.loc["kppn_ikn", "verdict"]) == {"recovered"}
    assert feasible_on_grid(changed, "regular", scheme) == ()


def test_a_total_that_nothing_publishes_is_in_the_way(scores: pd.DataFrame, scheme: Scheme) -> None:
    """A final of three decimals was not rounded to two, whatever the weights."""
    changed = scores.copy()
    changed.loc[changed["region_code"] == "51.03", "published_index"] = 3.081
    found = recovered_weights(changed, scheme).set_index("track").loc["regular"]
    assert set(found["detail"]) == {"no weights reproduce this table; in the way: 51.03"}


def test_missing_marks(scores: pd.DataFrame, scheme: Scheme, found: pd.DataFrame) -> None:
    """A row without a mark that it needs says nothing; a blank that counts as 0 does: leaving those
    rows out can only widen the intervals.
    """
    row = scores[scores["track"] == "regular"].head(1).assign(region_code="99.99", baseline=np.nan)
    more = pd.concat([scores, row.assign(published_index=1.0)])
    pd.testing.assert_frame_equal(recovered_weights(more, scheme), found)
    assert found["detail"].unique().tolist() == ["93 totals reproduced", "47 totals reproduced"]
    blank = scores["collaboration"].isna() & (scores["track"] == "kppn_ikn")
    fewer = recovered_weights(scores[~blank], scheme)
    wider = (fewer["high"] - fewer["low"]) - (found["high"] - found["low"])
    assert (wider > -SOLVED).all()
    assert wider[fewer["track"] == "kppn_ikn"].max() > 0


def test_without_rows_nothing_is_told(scores: pd.DataFrame, scheme: Scheme) -> None:
    """No complete row: a verdict for the table, a refusal to list grids."""
    found = recovered_weights(scores.head(0), scheme)
    assert set(found["verdict"]) == {"not_checkable"}
    assert found[["low", "high"]].isna().all(axis=None)
    with pytest.raises(DataError, match="No weights of regular can be told: no row has a total"):
        feasible_on_grid(scores.head(0), "regular", scheme)


@pytest.mark.parametrize("step", ["0.1", "0.05"])
@pytest.mark.parametrize("seed", range(4))
def test_a_grid_against_every_set(scheme: Scheme, seed: int, step: str) -> None:
    """Two rows leave many sets of three weights: those listed are the ones that reproduce both
    totals, among all multiples of the step that sum to 1, in exact arithmetic.
    """
    rng = np.random.default_rng(seed)
    marks = [tuple(int(mark) for mark in rng.integers(296, 305, 3)) for _ in range(2)]
    made, table = made_up(scheme, dict(zip(THREE, ("0.5", "0.3", "0.2"), strict=True)), marks)
    count = int(1 / Decimal(step))
    expected = []
    for first, second in product(range(count + 1), repeat=2):
        if first + second > count:
            continue
        shares = [number * Decimal(step) for number in (first, second, count - first - second)]
        rows = table.to_dict("records")
        totals = [
            sum(w * exact(row[n]) for n, w in zip(THREE, shares, strict=True)) for row in rows
        ]
        if all(
            round_published(total) == exact(row["published_index"])
            for total, row in zip(totals, rows, strict=True)
        ):
            expected.append(dict(zip(THREE, shares, strict=True)))
    assert list(feasible_on_grid(table, "one", made, step=Decimal(step))) == expected
    assert len(expected) > 1


def test_a_total_on_the_open_edge_is_not_reproduced(scheme: Scheme) -> None:
    """3.00 cannot be 3.005 rounded half up: the closed interval of the programme touches it, the
    exact trial refuses it.
    """
    made, table = made_up(scheme, {"baseline": "0.5", "output": "0.5"}, [(300, 301)])
    assert table["published_index"].tolist() == [3.01]
    table["published_index"] = 3.0
    end = recovered_weights(table, made)
    assert end["low"].tolist() == pytest.approx([0.5, 0.0], abs=SOLVED)
    listed = feasible_on_grid(table, "one", made, step=Decimal("0.5"))
    assert [one["baseline"] for one in listed] == [Decimal("1.0")]
    assert Decimal("3.005") not in rounding_interval(3.0)


def test_what_cannot_be_tried_is_refused(scores: pd.DataFrame, scheme: Scheme) -> None:
    """A track that is not there, weights that are no shares, a step that does not divide 1."""
    heavy = dict.fromkeys(scheme.tracks["regular"].weights, Decimal("0.24"))
    with pytest.raises(SchemeError, match=r"The weights sum to 1\.20, expected 1"):
        feasible_weights(scores, "regular", heavy, scheme)
    with pytest.raises(SchemeError, match="has no track other; it has regular, kppn_ikn"):
        feasible_weights(scores, "other", heavy, scheme)
    with pytest.raises(SchemeError, match="has no track other; it has regular, kppn_ikn"):
        feasible_on_grid(scores, "other", scheme)
    for step in ("0.3", "0", "-0.5"):
        with pytest.raises(DataError, match=f"A step of {step} does not divide 1"):
            feasible_on_grid(scores, "regular", scheme, step=Decimal(step))
    with pytest.raises(DataError, match="Inputs 'guessed' are not known"):
        recovered_weights(scores, scheme, inputs="guessed")
