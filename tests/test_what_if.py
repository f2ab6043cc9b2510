"""Goals and smallest rises, against stepping upward one published step or mark at a time."""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, count

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from smartlib.data.load import load_scheme
from smartlib.index.make.composite import composite_index
from smartlib.index.make.rounding import mean_published
from smartlib.index.region.by_question import question_rises
from smartlib.index.region.goals import targets
from smartlib.index.region.what_if import smallest_rises
from smartlib.vocabulary.errors import DataError, SchemeError
from smartlib.vocabulary.folders import Folders
from smartlib.vocabulary.records import Scheme, Track

SCHEME = load_scheme(2024, Folders(ROOT))
QUESTIONS = {"baseline": 5, "output": 11, "outcome": 33, "impact": 54, "quick_wins": 12}
GRAIN = {name: 5 * questions for name, questions in QUESTIONS.items()}
RULES = ("half_up", "half_even", "down")
BADUNG, BANDUNG = "51.03", "32.73"


def whole_ratio(top: int, bottom: int, rule: str) -> int:
    """top / bottom rounded to a whole number, in whole-number arithmetic."""
    quotient, rest = divmod(top, bottom)
    up = 2 * rest > bottom or (2 * rest == bottom and (rule == "half_up" or quotient % 2 == 1))
    return quotient + (up and rule != "down")


def made_up(percents: tuple[int, ...], rule: str, decimals: int) -> Scheme:
    """A scheme of one track, `t`: dimensions d0, d1, ..., scale 1-4, the last may be missing."""
    weights = {f"d{place}": Decimal(percent) / 100 for place, percent in enumerate(percents)}
    track = Track("t", "", "", "", weights, zero_if_missing=(f"d{len(percents) - 1}",))
    return replace(SCHEME, rounding=rule, decimals=decimals, tracks={"t": track}, common_track="t")


@st.composite
def cases(draw) -> tuple[tuple[int, ...], list[int | None], str, int, int]:
    """Weights in percent, marks in published units, rule, decimals, target in units."""
    size = draw(st.integers(2, 4))
    cuts = sorted(draw(st.lists(st.integers(0, 100), min_size=size - 1, max_size=size - 1)))
    percents = tuple(int(width) for width in np.diff([0, *cuts, 100]))
    decimals = draw(st.integers(1, 2))
    marks: list[int | None] = list(
        draw(st.tuples(*[st.integers(10**decimals, 4 * 10**decimals)] * size))
    )
    if draw(st.booleans()):
        marks[-1] = None
    now = sum(p * (m or 0) for p, m in zip(percents, marks, strict=True)) // 100
    near = st.integers(max(0, now - 1), min(4 * 10**decimals, now + 9))
    target = draw(st.one_of(near, st.integers(0, 4 * 10**decimals)))
    return percents, marks, draw(st.sampled_from(RULES)), decimals, target


def table_of(marks: list[int | None], unit: int) -> pd.DataFrame:
    values = {f"d{n}": math.nan if m is None else m / unit for n, m in enumerate(marks)}
    return pd.DataFrame([{"track": "t", **values}], index=["r"])


def steps_up(percents: tuple[int, ...], marks: list[int | None], place: int, **case) -> int:
    """New mark of a dimension, in published units, found one step at a time."""

    rest = sum(p * (m or 0) for p, m in zip(percents, marks, strict=True))
    rest -= percents[place] * (marks[place] or 0)

    def index(mark: int) -> int:
        return whole_ratio(rest + percents[place] * mark, 100, rule)

    rule, target = case["rule"], case["target"]
    now = marks[place]
    if index(now or 0) >= target:
        return now or 0
    return next(mark for mark in count(now or case["lowest"]) if index(mark) >= target)


@given(case=cases())
def test_the_rise_is_the_first_published_step_that_is_enough(case) -> None:
    """For any weights, marks, rounding and target: stepping upward finds the same mean, from the
    lowest mark on where there is no score, and what lies past the scale is said to.
    """
    percents, marks, rule, decimals, target = case
    unit = 10**decimals
    scheme = made_up(percents, rule, decimals)
    found = smallest_rises(table_of(marks, unit), "r", target / unit, scheme).set_index("dimension")
    assert list(found.index) == [f"d{n}" for n, percent in enumerate(percents) if percent]
    for name, row in found.iterrows():
        place = int(name[1:])
        new = steps_up(percents, marks, place, rule=rule, target=target, lowest=unit)
        rise = new - (marks[place] or 0)
        assert row["rise"] == rise / unit
        assert row["reachable"] == (new <= 4 * unit)
        assert row["new_mean"] == new / unit if new else math.isnan(row["new_mean"])
        reason = "past_highest" if new > 4 * unit else "no_grain" if marks[place] else "no_score"
        assert row["reason"] == (reason if rise else "")


@given(case=cases(), denominator=st.integers(1, 70))
def test_marks_are_counted_from_every_possible_numerator(case, denominator: int) -> None:
    """From each whole number of marks that publishes the mean, marks are added one by one until
    the mean that they publish is enough: the fewest and the most so found are those given.
    """
    percents, marks, rule, decimals, target = case
    unit = 10**decimals
    scheme = made_up(percents, rule, decimals)
    grain = {f"d{n}": denominator for n in range(len(percents))}
    found = smallest_rises(table_of(marks, unit), "r", target / unit, scheme, grain=grain)

    def mean(numerator: int) -> int:
        return whole_ratio(unit * numerator, denominator, rule)

    for row in found.itertuples():
        mark = marks[int(row.dimension[1:])]
        if not row.rise or not row.reachable or mark is None:
            assert row.reason == ("no_score" if row.rise and row.reachable else row.reason)
            continue
        needed = round(row.new_mean * unit)
        whole = range(denominator, 4 * denominator + 1)
        added = [
            next(more for more in count() if mean(numerator + more) >= needed)
            for numerator in whole
            if mean(numerator) == mark
        ]
        if not added:
            assert (row.reason, pd.isna(row.marks_most)) == ("contradicted", True)
            continue
        assert (row.marks_least, row.marks_most) == (min(added), max(added))
        assert row.grid_mean == next(mean(n) for n in whole if mean(n) >= needed) / unit


@given(
    indices=st.lists(st.integers(380, 400), min_size=1, max_size=8),
    places=st.integers(1, 4),
    index=st.integers(370, 400),
)
def test_goals_are_the_first_steps_that_reach_them(indices, places: int, index: int) -> None:
    """Raising the region's index by one hundredth at a time: the first that leaves behind a row
    that stood above, the first with a rank among the top, the first at the given index.
    """
    table = pd.DataFrame({"published_index": [n / 100 for n in indices]})
    table.index = [f"r{n}" for n in range(len(indices))]
    own, others = indices[0], indices[1:]
    goals = {g.name: g for g in targets(table, "r0", SCHEME, places=places, index=index / 100)}

    def rank_at(value: int) -> int:
        return 1 + sum(other > value for other in others)

    above = sum(other > own for other in others)
    first = {
        "next": [n for n in range(own, 401) if sum(other >= n for other in others) < above],
        "top": [n for n in range(own, 401) if rank_at(n) <= places],
        "index": [n for n in range(own, 401) if n >= index],
    }
    for name, steps in first.items():
        if steps and steps[0] > own:
            assert goals[name].target == steps[0] / 100
            assert goals[name].reason == ""
        else:
            reason = "already" if steps else "past_highest" if above else "first"
            assert (goals[name].target, goals[name].reason) == (None, reason)


def test_goals_name_the_rows_beside(scores) -> None:
    """The rows to be passed are those with the lowest index above; the tenth sets the top."""
    for code in scores.index:
        past, top = targets(scores, code, SCHEME)
        others = scores["published_index"].drop(code)
        if past.target is not None:
            nearest = [c for c in past.beside if others[c] > scores.at[code, "published_index"]]
            assert len(nearest) == len(past.beside) > 0
            assert {round(others[c] * 100) + 1 for c in nearest} == {round(past.target * 100)}
        if top.target is not None:
            assert {others[c] for c in top.beside} == {top.target}


def rows_with(scores: pd.DataFrame, rises: pd.DataFrame, less: float = 0.0) -> pd.DataFrame:
    """One row a rise: the region's own, with the dimension's new mean, or so much less."""
    rows = scores.loc[rises["region"]].reset_index(drop=True)
    for place, rise in enumerate(rises.itertuples()):
        rows.loc[place, rise.dimension] = round(rise.new_mean - less, 2)
    return rows


@pytest.fixture(scope="module")
def all_rises(scores) -> pd.DataFrame:
    """Every region, goal and dimension of the real table."""
    parts = [
        smallest_rises(scores, code, goal.target, SCHEME, grain=GRAIN).assign(
            region=code, goal=goal.name, target=goal.target
        )
        for code in scores.index
        for goal in targets(scores, code, SCHEME, index=3.0)
        if goal.target is not None
    ]
    return pd.concat(parts, ignore_index=True)


def test_every_rise_of_the_real_table_is_enough_and_no_step_too_many(scores, all_rises) -> None:
    """With the new mean the index by the track's formula is at the target, one step lower it is
    not (from the lowest mark there is no lower step); reached goals have their ranks.
    """
    found = all_rises[all_rises["reachable"]].reset_index(drop=True)
    assert set(found["goal"]) == {"next", "top", "index"}
    after = composite_index(rows_with(scores, found), SCHEME)
    before = composite_index(rows_with(scores, found, less=0.01), SCHEME)
    assert (after >= found["target"]).all()
    scored = found["mean"].notna() | (found["new_mean"] > 1)
    assert (before[scored] < found["target"][scored]).all()
    for rise, index in zip(found.itertuples(), after, strict=True):
        others = scores["published_index"].drop(rise.region)
        place = 1 + (others > index).sum()
        if rise.goal == "top":
            assert place <= 10
        if rise.goal == "next":
            assert place < scores.at[rise.region, "rank_known"]


def test_every_published_mean_has_whole_marks_behind_it(all_rises) -> None:
    """With five assessors no dimension's count of marks is contradicted, and the count of marks
    agrees with the distance on the grid to within the rounding of the two means.
    """
    assert "contradicted" not in set(all_rises["reason"])
    known = all_rises[all_rises["reason"] == ""]
    distance = (known["grid_mean"] - known["mean"]) * known["denominator"].astype(float)
    rounding = 0.01 * known["denominator"].astype(float) + 1e-9  # half a step at either end
    assert (known["marks_least"] >= distance - rounding).all()
    assert (known["marks_most"] <= distance + rounding).all()
    assert (known["grid_mean"] >= known["new_mean"]).all()


def test_a_missing_collaboration_needs_at_least_the_lowest_mark(scores) -> None:
    """A blank that counts as zero: the mean that it would need, never below the scale."""
    blank = scores[(scores["track"] == "kppn_ikn") & scores["collaboration"].isna()]
    assert len(blank) == 6
    for code, row in blank.iterrows():
        rises = smallest_rises(scores, code, row["published_index"] + 0.01, SCHEME)
        own = rises.set_index("dimension").loc["collaboration"]
        assert (own["rise"], own["new_mean"], own["reason"]) == (1.0, 1.0, "no_score")
        there = smallest_rises(scores, code, row["published_index"], SCHEME)
        assert (there["rise"] == 0).all()
        assert (there["reason"] == "").all()


def test_badungs_questions_reach_the_goal_and_not_one_mark_sooner(
    scores, tables, evaluation
) -> None:
    """The 115 answers: the marks put on the questions named, none past the scale, publish a mean
    with which the index is at the target; one mark fewer does not.
    """
    instrument, answers = evaluation.instrument, tables.answers
    marks = answers[answers["region_code"] == BADUNG].set_index("question")["score"] * 5
    for goal in targets(scores, BADUNG, SCHEME, index=3.2):
        asked = {"target": goal.target, "scheme": SCHEME, "assessors": 5}
        rises = question_rises(answers, instrument, scores, BADUNG, **asked)
        likely = smallest_rises(scores, BADUNG, goal.target, SCHEME, grain=GRAIN)
        assert (rises["marks_least"].dropna() == rises["marks_most"].dropna()).all()
        assert (rises["reason"] == likely["reason"]).all()
        for row in rises[rises["reason"] == ""].itertuples():
            own = marks[instrument["dimension"] == row.dimension.replace("_", " ").upper()]
            room = 20 - own[list(row.questions)]
            assert room.iloc[:-1].sum() < row.marks_most <= room.sum()
            for fewer, reached in ((0, True), (1, False)):
                mean = float(sum(map(int, own.round())) + row.marks_most - fewer)
                mean = float(mean_published([mean / len(own) / 5]))
                one = scores.loc[[BADUNG]].assign(**{row.dimension: mean})
                assert (composite_index(one, SCHEME).iloc[0] >= goal.target) == reached
        bounds = likely[likely["reason"] == ""]
        exact = rises.loc[bounds.index, "marks_most"]
        assert (bounds["marks_least"] <= exact).all()
        assert (exact <= bounds["marks_most"]).all()


INSTRUMENT = pd.DataFrame({"dimension": ["BASELINE"] * 4 + ["OUTPUT"] * 3}, index=range(1, 8))
HALVES = Track("t", "", "", "", {"baseline": Decimal("0.5"), "output": Decimal("0.5")})
HALVED = replace(SCHEME, tracks={"t": HALVES}, common_track="t")


def answered(sums: list[int], assessors: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Answers and scores of a region with these sums of marks, one a question."""
    marks = [total / assessors for total in sums]
    scores = [float(mean_published([total / assessors])) for total in sums]
    rows = {"region_code": "r", "question": INSTRUMENT.index[: len(sums)], "score": scores}
    means = {"baseline": mean_published(marks[:4]), "output": mean_published(marks[4:])}
    table = {name: float(mean) for name, mean in means.items()}
    return pd.DataFrame(rows), pd.DataFrame([{"track": "t", **table}], index=["r"])


@given(sums=st.lists(st.integers(3, 12), min_size=7, max_size=7), target=st.integers(100, 400))
def test_no_fewer_questions_have_the_room(sums: list[int], target: int) -> None:
    """Three assessors, seven questions: of all sets of questions none smaller than the one named
    has room for the marks, and no fewer marks publish a mean that is enough.
    """
    answers, scores = answered(sums, assessors=3)
    asked = {"target": target / 100, "scheme": HALVED, "assessors": 3}
    rises = question_rises(answers, INSTRUMENT, scores, "r", **asked)
    parts = {"baseline": (0, 4), "output": (4, 7)}
    for row in rises[rises["reason"] == ""].itertuples():
        start, end = parts[row.dimension]
        other = scores.at["r", "output" if start == 0 else "baseline"]

        def index(
            more: int, own: tuple[int, ...] = tuple(sums[start:end]), other: float = other
        ) -> int:
            mean = whole_ratio(100 * (sum(own) + more), 3 * len(own), "half_up")
            return whole_ratio(mean + round(100 * other), 2, "half_up")

        assert row.marks_most == next(more for more in count() if index(more) >= target)
        rooms = {n + 1: 12 - sums[n] for n in range(start, end)}
        enough = [
            size
            for size in range(end - start + 1)
            for chosen in combinations(rooms, size)
            if sum(rooms[n] for n in chosen) >= row.marks_most
        ]
        assert len(row.questions) == min(enough)
        assert sum(rooms[n] for n in row.questions) >= row.marks_most


def test_questions_that_say_otherwise_are_no_ground() -> None:
    """A dimension with an unanswered question has no exact count; one whose published mean is not
    that of its questions is contradicted.
    """
    answers, scores = answered([6] * 7, assessors=3)
    scores["output"] = 2.5
    asked = {"target": 3.0, "scheme": HALVED, "assessors": 3}
    rises = question_rises(answers.iloc[1:], INSTRUMENT, scores, "r", **asked)
    assert rises["reason"].tolist() == ["no_grain", "contradicted"]
    assert rises["questions"].tolist() == [(), ()]


def test_what_cannot_be_computed_is_refused(scores, tables, evaluation) -> None:
    """Each error names what was wrong, and of which region."""
    torn = scores.copy()
    torn.loc[BADUNG, ["output", "published_index"]] = np.nan
    strange = scores.assign(track="ikn")
    for call, error, message in (
        (lambda: smallest_rises(scores, "11.01", 3, SCHEME), DataError, "11.01 has no row"),
        (lambda: targets(scores, "11.01", SCHEME), DataError, "11.01 has no row"),
        (lambda: smallest_rises(scores, BADUNG, 4.01, SCHEME), DataError, "from 0 to 4"),
        (lambda: smallest_rises(scores, BADUNG, math.nan, SCHEME), DataError, "target nan is no"),
        (lambda: targets(scores, BADUNG, SCHEME, index=-1), DataError, "target -1 is no index"),
        (lambda: targets(scores, BADUNG, SCHEME, places=0), DataError, "and 0 places"),
        (lambda: targets(torn, BADUNG, SCHEME), DataError, "found index nan"),
        (lambda: smallest_rises(torn, BADUNG, 3, SCHEME), DataError, "no mark in output"),
        (lambda: smallest_rises(strange, BADUNG, 3, SCHEME), SchemeError, "has no track ikn"),
        (
            lambda: smallest_rises(scores, BADUNG, 3, SCHEME, grain={"input": 5}),
            DataError,
            "2024 is called input",
        ),
        (
            lambda: smallest_rises(scores, BADUNG, 3, SCHEME, grain={"output": 0}),
            DataError,
            "0 marks cannot be averaged",
        ),
    ):
        with pytest.raises(error, match=message):
            call()
    ask = {"target": 3.2, "scheme": SCHEME}
    frames = tables.answers, evaluation.instrument, scores
    with pytest.raises(DataError, match=r"32\.73 has no answers to single questions"):
        question_rises(*frames, BANDUNG, **ask, assessors=5)
    with pytest.raises(DataError, match=r"no mean of 4 whole marks: question \d+ \(\d\.\d\)"):
        question_rises(*frames, BADUNG, **ask, assessors=4)
