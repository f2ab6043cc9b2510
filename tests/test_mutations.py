"""Damaged tables end in an answer, and what `check` sees of a change is counted, not claimed."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, YEAR, workbook

from benchmarks import mutations
from benchmarks.mutations import (
    CHANGES,
    DAMAGES,
    LONGEST,
    Outcome,
    caught_by,
    changed_tables,
    damaged,
    factor_reader,
    read_all,
    readme_table,
    score_reader,
    ways,
)
from smartlib.data.load import Evaluation
from smartlib.run.commands.check import check_table
from smartlib.vocabulary.folders import Folders

FEW, MANY = 66, 3_800  # damaged tables of each kind: every day, and in `make test-all`
MEMORY = 300  # megabytes that all of them together may add
# Shares of changes that nothing in a table shows, at most, and what at least is silent.
DIGITS_SILENT, DIGITS_SILENT_WITHOUT_IMPROVEMENT = 0.25, 0.12

pytestmark = pytest.mark.skipif(
    not hasattr(signal, "setitimer"), reason="time limits need a POSIX system"
)


@pytest.fixture(scope="module")
def content(folders: Folders) -> bytes:
    return (folders.raw / f"{YEAR}/scores.csv").read_bytes()


@pytest.fixture(scope="module")
def factors(evaluation: Evaluation) -> bytes:
    """A factor table of forty regions: a name with a comma, a percentage, numbers."""
    names = evaluation.register.frame["region"].iloc[:40]
    lines = [f'{name},"{n},5",{n / 7:.12g},{n}' for n, name in enumerate(names)]
    return "\n".join(["region,share,rate,count", *lines, ""]).encode()


def whole(outcome: Outcome, count: int) -> None:
    assert outcome.broken == {}
    assert sum(outcome.answers.values()) == count
    assert outcome.slowest < LONGEST
    assert outcome.memory < MEMORY
    assert {kind for kind, _ in outcome.answers} <= {one.__name__ for one in DAMAGES}
    assert {answer for _, answer in outcome.answers} == {"read", "refused"}


COUNTS = pytest.mark.parametrize("count", [FEW, pytest.param(MANY, marks=pytest.mark.long)])


@COUNTS
def test_damaged_score_tables_are_read_or_refused(
    evaluation: Evaluation, content: bytes, count: int
) -> None:
    """No traceback, none over ten seconds, no growing memory; some are read, some refused."""
    files = damaged(content, count, seed=1)
    whole(read_all(score_reader(evaluation), ".csv", files), count)


@COUNTS
def test_damaged_factor_tables_are_read_or_refused(
    folders: Folders, factors: bytes, count: int
) -> None:
    """The same of a user's factors."""
    files = damaged(factors, count, seed=2)
    whole(read_all(factor_reader(folders, YEAR), ".csv", files), count)


@pytest.mark.parametrize("count", [FEW // 5, pytest.param(MANY // 10, marks=pytest.mark.long)])
def test_damaged_workbooks_are_read_or_refused(
    evaluation: Evaluation, content: bytes, count: int
) -> None:
    """Bytes of an XLSX that are others, missing or too many."""
    rows = mutations._rows(content)
    files = damaged(workbook(rows[:40]), count, seed=3, binary=True)
    outcome = read_all(score_reader(evaluation), ".xlsx", files)
    assert outcome.broken == {}
    assert sum(outcome.answers.values()) == count
    assert outcome.memory < MEMORY


def test_what_breaks_is_noticed_and_kept(tmp_path: Path, content: bytes) -> None:
    """A traceback and a hang are told by name, with the file that did it."""

    def crash(path: Path) -> None:
        raise KeyError(path.name)

    outcome = read_all(crash, ".csv", damaged(content, 3, seed=1), tmp_path)
    assert set(outcome.broken.values()) == {"KeyError: 'table.csv'"}
    assert len(list(tmp_path.iterdir())) == 3


def test_a_hang_is_ended(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that never answers is told as such."""

    def hang(path: Path) -> None:
        while True:
            pass

    monkeypatch.setattr(mutations, "LONGEST", 0.2)
    outcome = read_all(hang, ".csv", damaged(content, 1, seed=1))
    assert list(outcome.broken.values()) == ["no answer in 0 s"]


def test_the_same_seed_makes_the_same_tables(content: bytes) -> None:
    """Two runs read the same bytes; another seed makes others."""
    first, again, other = (list(damaged(content, 33, seed)) for seed in (5, 5, 6))
    assert first == again
    assert first != other
    assert {kind for _, kind, _ in first} == {one.__name__ for one in DAMAGES}


@pytest.fixture(scope="module")
def seen(evaluation: Evaluation, content: bytes) -> Callable[[str], dict[str, int]]:
    counted: dict[str, dict[str, int]] = {}

    def count(kind: str) -> dict[str, int]:
        if kind not in counted:
            counted[kind] = ways(evaluation, content, kind)
        return counted[kind]

    return count


@pytest.mark.long
@pytest.mark.parametrize(
    ("kind", "most"),
    [
        ("digit", DIGITS_SILENT),
        ("digit_without_improvement", DIGITS_SILENT_WITHOUT_IMPROVEMENT),
    ],
)
def test_how_many_changed_digits_a_table_hides(seen, kind: str, most: float) -> None:
    """Beside the year's table none is silent; alone a stated share at most, and not none."""
    found = seen(kind)
    total = sum(found.values())
    assert total == CHANGES[kind][1] == 300
    assert found["silent"] == 0
    assert 0 < found["comparison"] / total < most
    assert found["reading"] > 0
    assert found["total"] > total / 3


@pytest.mark.parametrize("kind", ["names", "row"])
def test_names_and_rows_can_be_seen_beside_another_table_alone(seen, kind: str) -> None:
    """Swapped names and a missing row: nothing in the table shows it, the comparison all of it."""
    assert seen(kind) == {"reading": 0, "total": 0, "comparison": 25, "silent": 0}


def test_swapped_marks_are_seen_where_weights_differ(seen) -> None:
    """Some move the total, the others are seen beside the year's table alone; none is silent."""
    found = seen("marks")
    assert found["silent"] == 0
    assert found["total"] > 0
    assert found["comparison"] > 5


@pytest.mark.parametrize("kind", [pytest.param(k, marks=pytest.mark.long) for k in CHANGES])
def test_the_command_says_what_was_counted(
    evaluation: Evaluation, folders: Folders, content: bytes, tmp_path: Path, kind: str
) -> None:
    """The first tables of each kind: `check` finds what the count says that it finds."""
    for number, changed in zip(range(4), changed_tables(content, kind), strict=False):
        path = tmp_path / f"{kind}{number}.csv"
        path.write_bytes(changed)
        verdict = check_table(path, None, None, folders)
        differences = verdict.beside.differences if verdict.beside else ()
        way = caught_by(changed, evaluation)
        assert verdict.valid == (way == "silent")
        assert bool(verdict.findings) == (way in ("reading", "total"))
        assert way != "comparison" or differences


def test_the_table_of_readme_counts_every_change() -> None:
    """A line a kind, in both languages, with the share that is silent without another table."""
    counts = {kind: {"reading": 1, "total": 1, "comparison": 1, "silent": 1} for kind in CHANGES}
    for lang in ("en", "id"):
        lines = readme_table(counts, lang).splitlines()
        assert len(lines) == len(CHANGES) + 2
        assert all(line.endswith("| 4 | 1 | 1 | 1 | 1 | 2 (50%) |") for line in lines[2:])


@pytest.mark.long
@pytest.mark.parametrize(("readme", "lang"), [("README.md", "en"), ("README.id.md", "id")])
def test_readmes_state_what_is_seen_today(seen, readme: str, lang: str) -> None:
    """The table of either README is the one that the benchmark prints."""
    table = readme_table({kind: seen(kind) for kind in CHANGES}, lang)
    assert table in (ROOT / readme).read_text(encoding="utf-8")
