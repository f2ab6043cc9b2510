"""Results that are kept by the content of what they were computed from."""

from __future__ import annotations

import pandas as pd
import pytest

from smartlib.vocabulary.kept import MOST, kept


@pytest.fixture
def calls() -> list[float]:
    return []


@pytest.fixture
def total(calls: list[float]):
    @kept
    def total(frame: pd.DataFrame, *, times: float = 1) -> pd.Series:
        calls.append(times)
        if times < 0:
            raise ValueError("below zero")
        return frame.sum() * times

    return total


FRAME = pd.DataFrame({"a": [1.0, 2.0], "b": ["x", "y"]}, index=["11.01", "11.02"])[["a"]]


def test_equal_content_is_computed_once(total, calls: list[float]) -> None:
    assert total(FRAME)["a"] == total(FRAME.copy())["a"] == 3
    assert calls == [1]


@pytest.mark.parametrize(
    "other",
    [FRAME + 1e-15, FRAME.rename({"11.01": "11.03"}), FRAME.rename(columns={"a": "c"})],
    ids=["a value", "a region", "a heading"],
)
def test_other_content_is_computed_anew(total, calls: list[float], other: pd.DataFrame) -> None:
    total(FRAME)
    total(other)
    assert len(calls) == 2


def test_a_frame_that_was_changed_is_computed_anew(total) -> None:
    """What counts is the content at the call, not which object it was."""
    frame = FRAME.copy()
    total(frame)
    frame.loc["11.01", "a"] = 5
    assert total(frame)["a"] == 7


def test_nobody_sees_what_another_did_to_a_result(total) -> None:
    first = total(FRAME)
    first["a"] = -1
    assert total(FRAME)["a"] == 3


def test_an_error_is_raised_each_time(total, calls: list[float]) -> None:
    for _ in range(2):
        with pytest.raises(ValueError, match="below zero"):
            total(FRAME, times=-1)
    assert calls == [-1, -1]


def test_only_the_latest_are_kept(total, calls: list[float]) -> None:
    for times in [*range(MOST + 1), MOST, 0]:
        total(FRAME, times=times)
    assert calls == [*range(MOST + 1), 0]
