"""The questionnaire's export: marks of one region in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import ROOT, workbook

from smartlib.cli import commands

ANSWERS = ROOT / "data" / "raw" / "2024" / "answers.csv"
Rows = list[list[str]]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(commands, [str(a) for a in arguments])


@pytest.fixture(scope="module")
def marks() -> Rows:
    """Number and mark of Badung's 115 questions, as its report prints them."""
    rows = csv.DictReader(io.StringIO(ANSWERS.read_text(encoding="utf-8")))
    return [[row["NO"], row["HASIL PENILAIAN"]] for row in rows]


def separated(rows: Rows) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows(rows)
    return out.getvalue().encode()


def plain(marks: Rows) -> Rows:
    return [["No", "Pertanyaan", "Jawaban"], *([n, f"Tanya {n}?", m] for n, m in marks)]


def titled(marks: Rows) -> Rows:
    head = [["KAB. BADUNG", ""], ["EVALUASI TAHUN 2024", ""], ["Pertanyaan", "Hasil Penilaian"]]
    return [*head, *([f"{n}. Tanya?", m.replace(".", ",")] for n, m in marks)]


def keyed(marks: Rows) -> Rows:
    head = ["region", "year", "number", "score"]
    return [head, *(["Kab. Badung", "2024", n, m] for n, m in marks)]


SAID = ("--region", "Kab. Badung", "--year", "2024")
FORMS = [(plain, SAID), (titled, ()), (keyed, ())]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize(("form", "said"), FORMS, ids=lambda one: getattr(one, "__name__", ""))
def test_an_export_gives_the_reports_marks(
    tmp_path: Path, marks: Rows, ending: str, form: Callable[[Rows], Rows], said: tuple[str, ...]
) -> None:
    """Question and mark, in any dress: 115 rows, the national row agrees, the year's own table."""
    path, rows = tmp_path / f"export.{ending}", form(marks)
    path.write_bytes(workbook(rows) if ending == "xlsx" else separated(rows))
    result = run("ingest", path, *said, "--output", tmp_path / "raw")
    assert result.exit_code == 0, result.output
    assert "answers, 2024" in result.output
    assert "115 answers" in result.output
    made = csv.DictReader(io.StringIO((tmp_path / "raw/2024/answers.csv").read_text("utf-8")))
    found = [[row["NO"], row["HASIL PENILAIAN"].replace(",", ".")] for row in made]
    assert found == marks


def test_check_walks_an_export(tmp_path: Path, marks: Rows) -> None:
    """`smartlib check` knows it from a score table, and writes nothing."""
    path = tmp_path / "export.xlsx"
    path.write_bytes(workbook(titled(marks)))
    result = run("check", path)
    assert result.exit_code == 0, result.output
    assert "It agrees with itself." in result.output
    path.write_bytes(workbook(titled([*marks[:-1], ["115", "4"]])))
    assert run("check", path).exit_code == 1


def other(marks: Rows, number: int, mark: str) -> Rows:
    return [[n, mark if int(n) == number else m] for n, m in marks]


@pytest.mark.parametrize(
    ("spoil", "code", "problem"),
    [
        (lambda m: titled(other(m, 1, "1")), 3, "national_row: BASELINE 2.96, expected 3.56"),
        (lambda m: titled(m[:-1]), 3, "question_number: no question 115, expected 115"),
        (lambda m: titled([*m[:3], *m[4:]]), 3, "question_number: question 5, expected 4"),
        (lambda m: titled([*m, ["116", "3"]]), 3, "question 116, expected one of the year"),
        (lambda m: titled(other(m, 7, "")), 1, "'7. Tanya?': '', expected a number and its mark"),
        (lambda m: titled(other(m, 7, "Ya")), 1, "'7. Tanya?': 'Ya', expected a number"),
        (lambda m: titled(other(m, 7, "5")), 3, "grid: 5, expected a mark of 1 to 4"),
        (lambda m: titled(m)[1:], 1, "no region named"),
        (lambda m: [titled(m)[0], *titled(m)[2:]], 1, "does not say of which year"),
        (lambda m: [[*r, r[-1]] for r in titled(m)], 1, "two columns could be the mark"),
        (lambda m: [*keyed(m), ["Kota Bandung", "2024", "116", "3"]], 1, "2 of them, expected one"),
    ],
)
def test_what_is_wrong_with_an_export_is_told(
    tmp_path: Path, marks: Rows, spoil: Callable[[Rows], Rows], code: int, problem: str
) -> None:
    """Nothing is written; the row is named, and what was expected."""
    path = tmp_path / "export.xlsx"
    path.write_bytes(workbook(spoil(marks)))
    result = run("ingest", path, "--output", tmp_path / "raw")
    assert result.exit_code == code, result.output
    assert problem in result.output + result.stderr
    assert not (tmp_path / "raw").exists()


def test_marks_that_nothing_can_check_are_refused_until_accepted(
    tmp_path: Path, marks: Rows
) -> None:
    """Of a region whose row of the score table is not known."""
    path = tmp_path / "export.csv"
    path.write_bytes(separated(plain(marks)))
    said = ("--region", "Kota Surabaya", "--year", "2024", "--output", tmp_path / "raw")
    result = run("ingest", path, *said)
    assert result.exit_code == 3, result.output
    assert "not_checked: marks alone, expected means below the marks" in result.output
    taken = run("ingest", path, *said, "--accept", "export.csv:116")
    assert taken.exit_code == 0, taken.output
