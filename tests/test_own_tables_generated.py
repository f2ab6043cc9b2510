"""Three thousand made tables of regions: the truth, a question, or an error; nothing else."""

from __future__ import annotations

import dataclasses
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.tables.__main__ import COUNT, Maker
from benchmarks.tables.judge import ASKED, BROKEN, PARTLY, READ, REFUSED, WRONG, compare, judge
from smartlib.data.reading.grids import open_grids
from smartlib.data.tables.reading import Reading
from smartlib.data.tables.understanding import read_sheets
from smartlib.data.tables.values.questions import Choices
from smartlib.vocabulary.folders import Folders

SAMPLE = 400  # every day
MOSTLY = 0.7  # of the tables, that are read without a question


@pytest.fixture(scope="module")
def maker(folders: Folders) -> Maker:
    pytest.importorskip("xlwt", reason="writes tables of the old Excel")
    pytest.importorskip("pyarrow", reason="writes Parquet")
    pytest.importorskip("pyreadstat", reason="writes SPSS")
    return Maker(folders)


@pytest.mark.parametrize("count", [SAMPLE, pytest.param(COUNT, marks=pytest.mark.long)])
def test_no_made_table_is_misread_without_a_word(maker: Maker, tmp_path: Path, count: int) -> None:
    """Values equal to what was written, regions right; or it was asked or refused."""
    answers: Counter[str] = Counter()
    wrong = []
    for number in range(count):
        _, described, verdict, *_ = maker.judged(number, tmp_path)
        answers[verdict.answer] += 1
        if verdict.answer in (WRONG, BROKEN):
            wrong.append(f"{number} ({described}): {verdict.answer}, {verdict.said}")
    assert wrong == []
    assert sum(answers.values()) == count
    assert answers[READ] > MOSTLY * count
    assert answers[ASKED]
    assert answers[REFUSED] + answers[PARTLY]


def test_the_same_number_makes_the_same_table(maker: Maker, tmp_path: Path) -> None:
    """Two runs read the same bytes, another number others."""
    csv_tables = [n for n in range(40) if maker.make(n, tmp_path)[1].endswith(".csv")]
    first, again = ([maker.make(n, tmp_path)[2] for n in csv_tables] for _ in range(2))
    assert first == again
    assert len(set(first)) == len(csv_tables) > 10


def test_a_wrong_value_and_a_wrong_region_are_noticed(maker: Maker, tmp_path: Path) -> None:
    """What is right passes; a changed last digit, a moved region and a lost one do not."""
    number = next(n for n in range(99) if maker.judged(n, tmp_path)[2].answer == READ)
    plan, name, content, _ = maker.make(number, tmp_path)

    def read(choices: Choices = Choices()) -> Reading:  # noqa: B008
        return read_sheets(open_grids(content, name), content, name, maker.gazetteer, choices)

    assert judge(plan, read).answer == READ
    reading = read()
    numbers = next(c for c in reading.columns if c.kind == "number" and c.known)
    numbers.values = numbers.values * (1 + 1e-15)
    numbers.values[0] += 1e-9
    assert "in truth" in compare(plan, reading)
    reading = read()
    reading.keys = [("99.99", reading.keys[0][1]), *reading.keys[1:]]
    assert "not there" in compare(plan, reading)
    fewer = dataclasses.replace(plan, some=[*plan.some, maker.everyone[0], maker.everyone[-1]])
    assert "lost" in compare(fewer, read())
