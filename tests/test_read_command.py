"""`smartlib read` and what takes a table after it: the record, questions, the tidy table."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result
from conftest import ROOT

from smartlib import read_table
from smartlib.cli.entry import commands
from smartlib.data.load import load_factors
from smartlib.data.own_tables import own_factors
from smartlib.data.tables.values.questions import QuestionError
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.folders import Folders

TABLE = "Kab/Kota;Jumlah Penduduk (Jiwa);PDRB\nKab. Badung;512.345;1.234\nKota Denpasar;7.890;531\n"


@pytest.fixture(autouse=True)
def _at_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "own.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def smartlib(*arguments: object, text: str | None = None) -> Result:
    return CliRunner().invoke(commands, [str(a) for a in arguments], input=text)


def test_a_question_shows_both_readings_and_writes_nothing(table: Path, tmp_path: Path) -> None:
    """Exit code 3; three cells under each reading, and the option."""
    result = smartlib("read", table, "--to", tmp_path / "tidy.csv")
    assert result.exit_code == 3
    assert "--decimal comma: '1.234' is 1234" in result.stdout
    assert "--decimal point: '1.234' is 1.234" in result.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["own.csv"]
    shown = json.loads(smartlib("read", table, "--json").stdout)
    (asked,) = shown["questions"]
    assert asked == {
        "about": "decimal",
        "column": "PDRB",
        "question": "column 'PDRB': does '1.234' hold thousands or decimals?",
        "readings": ["comma", "point"],
        "cells": [["'1.234' is 1234"], ["'1.234' is 1.234"]],
        "option": "--decimal",
    }


def test_the_answer_is_kept_beside_the_table(table: Path, tmp_path: Path) -> None:
    """The record is the same each time, `fit` reads by it, and a changed table refuses it."""
    result = smartlib("read", table, "--decimal", "comma", "--to", tmp_path / "tidy.csv")
    assert result.exit_code == 0
    assert (tmp_path / "tidy.csv").read_text() == (
        "region_code,penduduk,PDRB\n51.03,512345,1234\n51.71,7890,531\n"
    )
    again, _ = own_factors(tmp_path / "tidy.csv", 2024, Folders(ROOT))
    assert again.values.loc["51.03"].tolist() == [512345, 1234]
    record = tmp_path / "own.csv.reading.toml"
    text = record.read_text()
    smartlib("read", table, "--decimal", "comma")
    assert record.read_text() == text
    factors, _ = own_factors(table, 2024, Folders(ROOT))
    assert factors.values.loc["51.03"].tolist() == [512345, 1234]
    table.write_text(TABLE.replace("531", "532"))
    with pytest.raises(DataError, match=r"smartlib read own\.csv"):
        own_factors(table, 2024, Folders(ROOT))


@pytest.mark.parametrize(
    ("find", "put"),
    [
        ('decimal = "comma"', 'decimal = "komma"'),
        ("[choices]", "[choice]"),
        ("only = []", 'only = ["a"]'),
        ('codes = ""', "codes = 3"),
        ("[choices]", "[choices"),
    ],
)
def test_a_damaged_record_is_refused(table: Path, tmp_path: Path, find: str, put: str) -> None:
    """Whatever was changed by hand is named; nothing is read by half a record."""
    smartlib("read", table, "--decimal", "comma")
    record = tmp_path / "own.csv.reading.toml"
    record.write_text(record.read_text().replace(find, put, 1))
    with pytest.raises(DataError, match=r"own\.csv\.reading\.toml"):
        own_factors(table, 2024, Folders(ROOT))


def test_fit_asks_only_about_what_its_formula_uses(table: Path) -> None:
    """A column in question that no term names stops nothing; a named one refers to `read`."""
    factors, _ = own_factors(table, 2024, Folders(ROOT))
    factors.check(["penduduk"])
    with pytest.raises(QuestionError, match="two ways") as failure:
        factors.check(["penduduk", "PDRB"])
    assert "smartlib read own.csv" in failure.value.lines[-1]


def test_of_several_years_the_latest_not_after_the_evaluation_is_taken(tmp_path: Path) -> None:
    """For each column, and said; a later year only where there is no other."""
    path = tmp_path / "own.csv"
    path.write_text("kab;tahun;a;b\nKab. Badung;2023;1;\nKab. Badung;2025;2;5\n")
    factors, _ = own_factors(path, 2024, Folders(ROOT))
    assert factors.years == {"a": "2023", "b": "2025"}
    assert factors.values.loc["51.03"].tolist() == [1, 5]
    assert any("b: later than the evaluation of 2024" in note for note in factors.notes)


def test_json_is_one_object_and_nothing_else(tmp_path: Path) -> None:
    """Regions, what was left out and not matched, columns, questions."""
    path = tmp_path / "own.csv"
    path.write_text("kab;x (%)\nBALI;9\nKab. Badung;1,5\nKab. Bangli;-\nKab. Abcdefg;3\n")
    shown = json.loads(smartlib("read", path, "--json").stdout)
    regions = shown["regions"]
    assert (regions["column"], regions["system"], regions["matched"]) == ("kab", "name", 2)
    assert regions["left_out"] == [{"row": 2, "text": "BALI", "reason": "a province"}]
    assert [(row["row"], row["text"]) for row in regions["unmatched"]] == [(5, "Kab. Abcdefg")]
    (column,) = shown["columns"]
    expected = {"heading": "x (%)", "name": "x", "unit": "%", "decimal": "comma", "values": 1}
    assert expected.items() <= column.items()
    assert (column["missing"], column["dashes"], shown["questions"]) == (1, 1, [])


def test_a_table_is_read_from_standard_input() -> None:
    """As pasted from a spreadsheet: tabs, and no record is left."""
    result = smartlib("read", "-", "--json", text="Kab/Kota\tx\nKab. Badung\t1,5\n")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["regions"]["matched"] == 1


def test_values_of_another_order_are_pointed_out(tmp_path: Path) -> None:
    """A column that follows the registered population, but is a thousandth of it."""
    factors = load_factors(Folders(ROOT))
    people = factors[factors["factor"] == "population"].set_index("region_code")["value"]
    path = tmp_path / "own.csv"
    (people / 1000).round(4).to_csv(path)
    shown = json.loads(smartlib("read", path, "--json").stdout)
    (doubt,) = [note for note in shown["notes"] if "goes with population" in note]
    assert "is 1/1,000 of it" in doubt


def test_a_share_beyond_a_hundred_is_pointed_out(tmp_path: Path) -> None:
    """A lost comma and a minus are shown with their regions; growth may be either."""
    path = tmp_path / "own.csv"
    path.write_text(
        "Kab/Kota;Kemiskinan (Persen);Laju Pertumbuhan (%)\nKab. Badung;2,30;-9,5\n"
        "Kab. Bantul;1196;5,1\nKota Batam;-4,85;104,2\n"
    )
    notes = json.loads(smartlib("read", path, "--json").stdout)["notes"]
    (doubt,) = [note for note in notes if "outside 0 to 100" in note]
    assert "2 outside 0 to 100: 1196 in Kab. Bantul, -4.85 in Kota Batam" in doubt


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--only", "Tahun"), 2, "--only needs COLUMN=VALUE"),
        (("--sheet", "abc"), 1, "has no sheet 'abc'"),
        (("--take", "abc"), 1, "no column 'abc'; there are"),
        (("--codes", "kode"), 2, "'kode' is not one of"),
    ],
)
def test_bad_input_is_one_message(table: Path, arguments, code: int, said: str) -> None:
    """What was wrong and what there is; nothing is written."""
    result = smartlib("read", table, *arguments)
    assert (result.exit_code, "Traceback" in result.output) == (code, False)
    assert said in result.output
    assert not table.with_name("own.csv.reading.toml").exists()


def test_in_python_the_reading_comes_with_the_frame(table: Path) -> None:
    """The same table, sorted by code; a question is an error with its options."""
    frame = read_table(table, take={"Jumlah Penduduk (Jiwa)": "people"})
    expected = pd.DataFrame(
        {"people": [512345.0, 7890.0]}, index=pd.Index(["51.03", "51.71"], name="region_code")
    )
    pd.testing.assert_frame_equal(frame, expected, check_index_type=False)
    assert frame.attrs["reading"]["regions"]["matched"] == 2
    with pytest.raises(QuestionError, match="--decimal comma"):
        read_table(table)
