"""Thousands or decimals: a column decides, or it is asked."""

from __future__ import annotations

import pytest

from smartlib.data.reading.marks import doubt


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        (["234.567", "98.301", "845.120"], 0),
        (["1,234", "56,789"], 0),
        ([" 16,996 ", " 8,200 "], 0),
        (["", "-", "1.234", "12.345", "531"], 2),
        (["3.500", "3,5", "3500", "3.5"], 0),
        (["1.234", "2.5", "531"], 0),
        (["81.5", "1,234"], 1),
        (["0.5", "1,234"], 1),
        (["1.234,5", "1.234"], 1),
        (["-1.234", "+2.345"], 0),
        (["\u22121.234"], 0),
        (["1.234", "2.345", "0"], 0),
    ],
)
def test_a_mark_that_could_be_either_is_in_doubt(cells: list[str], place: int) -> None:
    """Exactly three digits after each mark, whole numbers beside, or a column of two minds."""
    found = doubt(cells)
    assert found is not None
    assert found.place == place
    assert cells[place].strip().replace("\u2212", "-") in found.problem


@pytest.mark.parametrize(
    "cells",
    [
        ["81,5", "90.25"],
        ["81.5", "12"],
        ["0.345", "1.234", "531"],
        ["1.234", "1234.567", "531"],
        ["1.234", "2.3456", "531"],
        ["1.234", "2.5"],
        ["1,234", "1.234,5"],
        ["12", "531", "-"],
        ["1.234e5", "3"],
        ["", "-"],
        ["0.500", "-0.125"],
        ["many", "=A1"],
    ],
)
def test_what_another_cell_decides_is_in_no_doubt(cells: list[str]) -> None:
    """A leading zero, more digits than three, or one and two: the whole column follows."""
    assert doubt(cells) is None


def test_numbers_of_a_program_are_in_no_doubt() -> None:
    """What Excel holds as a number is one; text beside it is asked about."""
    assert doubt(["1.234", "531"], [True, True]) is None
    found = doubt(["1.234", "5.678"], [True, False])
    assert found is not None
    assert found.place == 1
