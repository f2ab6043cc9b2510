"""Two national tables of one year: regions selected in different years, ranked apart."""

from __future__ import annotations

import csv
import hashlib
import io
import random
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import workbook
from made_documents import Content, as_text, random_content
from test_documents import known_names

from smartlib.cli import commands
from smartlib.data.reading.regions import Register
from smartlib.data.sources import read_sources, read_verified

FIRST, SECOND = "2017-2022", "2023-2024"
YEAR = 2025


def run(*arguments: object) -> Result:
    return CliRunner().invoke(commands, [str(a) for a in ("ingest", *arguments)])


@pytest.fixture(scope="module")
def pair(register: Register) -> tuple[Content, Content]:
    """Two reports of stage II without a region in both; the same rounding and weights."""
    names = known_names(register)
    made, number = [], 0
    while len(made) < 2:
        content = random_content(random.Random(number), names[::2] if made else names[1::2])
        made += [content] if content.stage == 2 else []
        number += 1
    letters = ("B-11/DJAI/AI.01.02/11/2025", "B-12/DJAI/AI.01.02/11/2025")
    first, second = (
        replace(one, year=YEAR, cohort=cohort, letter=letter)
        for one, cohort, letter in zip(made, (FIRST, SECOND), letters, strict=True)
    )
    return first, second


def written(path: Path, content: Content) -> Path:
    path.write_text(as_text(content), encoding="utf-8")
    return path


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    path = folder / str(YEAR) / f"{name}.csv"
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_two_cohorts_make_one_year_in_any_order(
    tmp_path: Path, pair: tuple[Content, Content]
) -> None:
    """Together or one after the other: the same bytes, with a column that tells them apart."""
    files = [written(tmp_path / f"{n}.txt", one) for n, one in enumerate(pair)]
    orders = {"a": [files], "b": [files[::-1]], "c": [[f] for f in files], "d": [[files[1]], files]}
    for name, steps in orders.items():
        for step in steps:
            result = run(*step, "--output", tmp_path / name)
            assert result.exit_code == 0, result.output
    found = rows(tmp_path / "a", "scores")
    assert [r["COHORT"] for r in found if r["NO"] == "1"] == [FIRST, SECOND]
    for content, cohort in zip(pair, (FIRST, SECOND), strict=True):
        own = [r for r in found if r["COHORT"] == cohort]
        assert [{k: v for k, v in r.items() if k != "COHORT"} for r in own] == [
            dict(row) for row in content.scores
        ]
    lists = {(r["list"], r["cohort"]) for r in rows(tmp_path / "a", "participants")}
    assert lists == {("stage2_invited", FIRST), ("stage2_invited", SECOND)}
    for path in (tmp_path / "a").rglob("*.*"):
        for other in "bcd":
            twin = tmp_path / other / path.relative_to(tmp_path / "a")
            assert path.read_bytes() == twin.read_bytes(), (other, path.name)
    for file in read_sources(tmp_path / "a"):
        read_verified(tmp_path / "a", file)


def test_one_cohort_alone_has_no_such_column(tmp_path: Path, pair: tuple[Content, Content]) -> None:
    """A year of one cohort reads as it always did."""
    assert run(written(tmp_path / "a.txt", pair[1]), "--output", tmp_path / "raw").exit_code == 0
    assert "COHORT" not in rows(tmp_path / "raw", "scores")[0]
    assert "cohort" not in rows(tmp_path / "raw", "participants")[0]


def test_a_report_with_two_tables_is_read(tmp_path: Path, pair: tuple[Content, Content]) -> None:
    """Its letter counts both, its annexes and titles name the years: rows, lists, counts."""
    whole = replace(pair[0], also=pair[1])
    result = run(written(tmp_path / "a.txt", whole), "--output", tmp_path / "raw")
    assert result.exit_code == 0, result.output
    assert f"regions of {FIRST}, regions of {SECOND}" in result.output
    found = rows(tmp_path / "raw", "scores")
    for content, cohort in zip(pair, (FIRST, SECOND), strict=True):
        own = [r["KAB/KOTA"] for r in found if r["COHORT"] == cohort]
        assert own == [row["KAB/KOTA"] for row in content.scores]
        people = [r for r in rows(tmp_path / "raw", "participants") if r["cohort"] == cohort]
        assert {int(r["no"]): r["name"] for r in people} == dict(content.invited)


def test_a_count_of_the_second_cohort_is_checked(
    tmp_path: Path, pair: tuple[Content, Content]
) -> None:
    """One row less than the letter counts of it, and a second title without years."""
    short = replace(pair[1], scores=pair[1].scores[:-1])
    path = written(tmp_path / "a.txt", replace(pair[0], also=short))
    result = run(path, "--output", tmp_path / "raw")
    assert result.exit_code == 3, result.output
    many = len(pair[1].scores)
    assert f"{many - 1} rows in the table, expected {many}, as the letter counts" in result.output
    text = path.read_text(encoding="utf-8").replace(f"TAHUN {YEAR} PERIODE {SECOND}", "BERIKUT")
    path.write_text(text, encoding="utf-8")
    result = run(path, "--output", tmp_path / "raw")
    assert result.exit_code == 1, result.output
    assert "row number 1" in result.output


def test_a_table_alone_says_its_cohort_or_is_told(
    tmp_path: Path, pair: tuple[Content, Content]
) -> None:
    """By its title, by --cohort; beside rows of others without either it is refused."""
    folder = tmp_path / "raw"
    assert run(written(tmp_path / "a.txt", pair[0]), "--output", folder).exit_code == 0
    cells = [[row[c] for c in pair[1].columns] for row in pair[1].scores]
    table = [list(pair[1].columns), *cells]
    weights = ("--accept", "b.xlsx:3")  # a table alone states none
    title = f"HASIL EVALUASI TAHAP II TAHUN {YEAR}"
    (tmp_path / "b.xlsx").write_bytes(workbook([[title], *table]))
    (tmp_path / "c.xlsx").write_bytes(workbook([[f"{title} PERIODE {SECOND}"], *table]))
    before = (folder / str(YEAR) / "scores.csv").read_bytes()
    bare = run(tmp_path / "b.xlsx", "--output", folder, *weights)
    assert bare.exit_code == 1, bare.output
    assert "do not say of which cohort" in bare.output
    assert (folder / str(YEAR) / "scores.csv").read_bytes() == before
    assert run(tmp_path / "b.xlsx", "--output", folder, "--cohort", "x").exit_code == 2
    told = run(tmp_path / "b.xlsx", "--output", folder, "--cohort", SECOND, *weights)
    assert told.exit_code == 0, told.output
    digest = hashlib.sha256((folder / str(YEAR) / "scores.csv").read_bytes()).hexdigest()
    other = tmp_path / "other"
    assert run(tmp_path / "a.txt", "--output", other).exit_code == 0
    accept = ("--accept", "c.xlsx:3")
    assert run(tmp_path / "c.xlsx", "--output", other, *accept).exit_code == 0
    named = (other / str(YEAR) / "scores.csv").read_bytes()
    assert hashlib.sha256(named).hexdigest() == digest
