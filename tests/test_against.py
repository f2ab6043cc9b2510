"""A table beside the one of its year: what differs is told, and so is what no check can see."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result
from conftest import BADUNG, BANTUL, ROOT, YEAR, text_table
from test_new_year import NEW, two_years  # noqa: F401  a fixture

from smartlib.cli import commands
from smartlib.index.audit.against import compare, compare_changes
from smartlib.vocabulary.folders import Folders

COLUMNS = ("track", "baseline", "output")


def smartlib(*arguments: object) -> Result:
    return CliRunner().invoke(commands, [str(a) for a in arguments], prog_name="smartlib")


def rows(*cells: tuple) -> pd.DataFrame:
    frame = pd.DataFrame(cells, columns=["region_code", *COLUMNS])
    return frame.set_axis(range(2, len(frame) + 2))


KNOWN = rows(("a", "r", 1.0, 2.0), ("b", "r", 1.5, 2.5), ("c", "k", float("nan"), 3.0))


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ((("a", "r", 1.0, 2.0), ("b", "r", 1.5, 2.5), ("c", "k", float("nan"), 3.0)), []),
        ((("c", "k", float("nan"), 3.0), ("b", "r", 1.5, 2.5), ("a", "r", 1.0, 2.0)), []),
        (
            (("a", "r", 2.0, 1.0), ("b", "k", 1.5, 2.5), ("c", "k", 0.0, 3.0)),
            [
                ("marks_swapped", "a", ("baseline", "output")),
                ("differs", "b", ("track",)),
                ("differs", "c", ("baseline",)),
            ],
        ),
        (
            (("b", "r", 1.0, 2.0), ("a", "r", 1.5, 2.5), ("c", "k", float("nan"), 3.0)),
            [("names_swapped", "b", ())],
        ),
        (
            (("a", "r", 1.5, 2.5), ("c", "k", float("nan"), 3.0)),
            [("row_of_another", "a", ()), ("missing", "b", ())],
        ),
        (
            (
                ("a", "r", 1.0, 2.0),
                ("a", "r", 9.0, 9.0),
                (None, "r", 1.0, 1.0),
                ("d", "r", 1.0, 2.0),
            ),
            [("added", "d", ()), ("missing", "b", ()), ("missing", "c", ())],
        ),
    ],
)
def test_each_kind_of_difference_is_told_once(table: tuple, expected: list) -> None:
    """Cells, marks and names that changed places, another's row, rows that only one has."""
    found = compare(rows(*table), KNOWN, COLUMNS)
    assert [(one.kind, one.region_code, one.columns) for one in found] == expected


def test_both_values_of_a_difference_are_kept() -> None:
    """As printed, the shortest decimal; an empty cell is nothing."""
    (one,) = compare(rows(("c", "k", 0.1, 3.0)), KNOWN.tail(1), COLUMNS)
    assert (one.row, one.found, one.known) == (2, ("0.1",), ("",))


def test_an_improvement_is_this_final_less_the_last() -> None:
    """Exact in decimals; a region without a final of last year says nothing."""
    now = pd.DataFrame(
        {
            "region_code": ["a", "b", "c", "d", "e"],
            "published_index": [3.08, 3.0, 2.0, 2.0, 3.0],
            "improvement": [0.11, 0.2, 1.0, float("nan"), -0.1],
        },
        index=[2, 3, 4, 5, 6],
    )
    codes, finals = ["a", "b", "d", "e"], [2.97, 2.9, 1.0, 2.9]
    last = pd.DataFrame({"region_code": codes, "published_index": finals})
    high, low = compare_changes(now, last)
    assert (high.region_code, high.row, high.found, high.known) == ("b", 3, ("0.2",), ("0.1",))
    assert (low.region_code, low.row, low.found, low.known) == ("e", 6, ("-0.1",), ("0.1",))


@pytest.fixture
def at_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.fixture
def published() -> list[list[str]]:
    text = (ROOT / f"data/raw/{YEAR}/scores.csv").read_text(encoding="utf-8")
    return list(csv.reader(io.StringIO(text)))


def written(path: Path, table: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(table)
    return path


def test_names_that_changed_places_are_told(
    at_root: None, published: list[list[str]], tmp_path: Path
) -> None:
    """A table that is the year's but for two names and a row is told so, and fails."""
    published[7][1], published[8][1] = published[8][1], published[7][1]
    del published[20]
    table = written(tmp_path / "mine.csv", published)
    result = smartlib("check", table)
    assert result.exit_code == 1
    assert "row 8, Kab. Banyumas: changed places with Kab. Banyuasin" in result.stdout
    assert "139 rows in both, 137 of them the same." in result.stdout
    last = result.stdout.splitlines()[-1]
    assert last == "mine.csv: 139 rows, valid by itself, 2 differences from 2024/scores.csv"
    assert "1 of 2024/scores.csv without a row here: " in result.stdout
    assert "(the latest, assumed: no column and no --year says it)" in result.stdout
    asked = smartlib("check", table, "--against", ROOT / f"data/raw/{YEAR}/scores.csv", "--json")
    assert asked.exit_code == 1
    told = json.loads(asked.stdout)["comparison"]
    assert told["against"] == "scores.csv"
    assert len(told["differences"]) == 2
    assert len(told["missing"]) == 1
    assert (told["rows_compared"], told["rows_the_same"]) == (139, 137)


@pytest.mark.parametrize(("kept", "code"), [(70, 1), (69, 0)])
def test_half_of_the_rows_make_it_the_table_of_the_year(
    at_root: None, published: list[list[str]], tmp_path: Path, kept: int, code: int
) -> None:
    """An extract of fewer rows may lack the others, unless --against says that it may not."""
    rows_alone = [row for row in published[1:] if row != published[0]]
    table = written(tmp_path / "mine.csv", [published[0], *rows_alone[:kept]])
    shown = smartlib("check", table, "--json")
    assert shown.exit_code == code
    told = json.loads(shown.stdout)
    assert told["valid"] == (not code)
    assert told["comparison"]["must_agree"] == bool(code)
    assert len(told["comparison"]["missing"]) == 140 - kept
    words = ": fewer than half of its rows, so it may differ"
    assert (words in smartlib("check", table).stdout) == (not code)
    asked = smartlib("check", table, "--against", ROOT / f"data/raw/{YEAR}/scores.csv")
    assert asked.exit_code == 1


def test_an_impossible_mean_says_why(
    at_root: None, published: list[list[str]], tmp_path: Path
) -> None:
    """A mean that no whole marks give, in a table whose totals follow, is told in words."""
    published[1][2] = "3,57"  # 3,56 and its total are published
    shown = smartlib("check", written(tmp_path / "mine.csv", published)).stdout
    words = "granularity_baseline, 51.03: impossible. no 25 whole marks have the mean 3.57"
    assert words in shown
    assert "nan" not in shown


def test_what_cannot_be_seen_is_said(at_root: None) -> None:
    """Of the year's own table, which has no other beside it: each kind that stays hidden."""
    said = json.loads(smartlib("check", "--json").stdout)["comparison"]["cannot_see"]
    for words in (
        "equal weight",
        "names that changed places",
        "left out",
        "rounded total",
        "last year",
    ):
        assert any(words in sentence for sentence in said), words
    assert "OUTPUT, IMPACT, QUICK WINS" in said[0]


def test_a_table_to_compare_with_must_be_valid(at_root: None, tmp_path: Path) -> None:
    """A comparison with a damaged table would say nothing."""
    mine, other = tmp_path / "mine.csv", tmp_path / "other.csv"
    mine.write_bytes(text_table(BADUNG))
    other.write_bytes(text_table(BADUNG | {"BASELINE": "x"}))
    result = smartlib("check", mine, "--against", other)
    assert result.exit_code == 1
    assert "other.csv, row 2, column BASELINE" in result.stdout


@pytest.mark.parametrize(
    ("column", "arguments", "year", "source"),
    [
        ("", (), NEW, "assumed"),
        ("", ("--year", YEAR), YEAR, "asked"),
        (str(YEAR), (), YEAR, "column"),
        ("2019", (), 2019, "column"),
    ],
)
def test_a_table_knows_its_year(
    two_years: Folders,  # noqa: F811
    *,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    column: str,
    arguments: tuple,
    year: int,
    source: str,
) -> None:
    """By --year, its own column, or by assumption, which is said; compared where there is one."""
    monkeypatch.chdir(two_years.root)
    table = tmp_path / "mine.csv"
    table.write_bytes(text_table(*(row | {"TAHUN": column} for row in (BADUNG, BANTUL))))
    told = json.loads(smartlib("check", table, *arguments, "--json").stdout)["comparison"]
    assert (told["year"], told["year_from"]) == (year, source)
    known = f"{year}/scores.csv" if year in (YEAR, NEW) else ""
    assert told["against"] == known
    assert told["last_year"] == (f"{YEAR}/scores.csv" if year == NEW else "")
    if year == NEW:  # its table is a copy, so that nothing has improved
        problems = [one["problem"] for one in told["differences"]]
        assert "improvement 0.11, but the final less that of 2024/scores.csv is 0" in problems


def test_two_years_that_contradict_are_refused(at_root: None, tmp_path: Path) -> None:
    """The column and --year: one of them is wrong."""
    table = tmp_path / "mine.csv"
    table.write_bytes(text_table(BADUNG | {"YEAR": "2023"}))
    result = smartlib("check", table, "--year", YEAR)
    assert result.exit_code == 1
    assert "own column says 2023, --year 2024" in result.stdout
