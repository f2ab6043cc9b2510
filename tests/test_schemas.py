"""Declared columns become checks, and every failing cell is named at once."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from smartlib.data.schemas import schema_of, typed, validated, violations
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.processed_tables import PROCESSED
from smartlib.vocabulary.tables import (
    ANSWERS,
    FACTOR_DICTIONARY,
    FACTORS,
    INSTRUMENT,
    PARTICIPANTS,
    REGION_CODES,
    REGION_NAMES,
    REGISTER,
    Table,
)

ANSWER = {"region_code": "51.03", "year": "2024", "question": "1", "score": "3.6"}


def answers(*changes: dict[str, str]) -> pd.DataFrame:
    """Text rows of the answers table, numbered as in a file, one for each change."""
    rows = [ANSWER | {"question": str(n)} | change for n, change in enumerate(changes, start=1)]
    return pd.DataFrame(rows, index=range(2, 2 + len(rows)), dtype=object)


def test_text_is_typed_as_declared() -> None:
    """Codes stay text, whole numbers are int64, marks float64, in the declared order."""
    frame = typed(
        answers({}, {"score": "4"})[["score", "question", "year", "region_code"]], ANSWERS
    )
    assert list(frame.columns) == ["region_code", "year", "question", "score"]
    assert [str(dtype) for dtype in frame.dtypes] == ["str", "int64", "int64", "float64"]
    assert frame.to_dict("list") == {
        "region_code": ["51.03", "51.03"],
        "year": [2024, 2024],
        "question": [1, 2],
        "score": [3.6, 4.0],
    }


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ({"score": "x"}, "a.csv, row 3, column score: 'x'; expected a number"),
        ({"score": "3,6"}, "a.csv, row 3, column score: '3,6'; expected a number"),
        ({"score": "inf"}, "a.csv, row 3, column score: 'inf'; expected a number"),
        ({"score": "nan"}, "a.csv, row 3, column score: 'nan'; expected a number"),
        ({"score": ""}, "a.csv, row 3, column score: no value; expected a value"),
        ({"score": "7"}, "a.csv, row 3, column score: '7'; expected at most 4"),
        ({"score": "0.5"}, "a.csv, row 3, column score: '0.5'; expected at least 1"),
        ({"question": "1.5"}, "a.csv, row 3, column question: '1.5'; expected a whole number"),
        ({"question": ""}, "a.csv, row 3, column question: no value; expected a value"),
        ({"year": "1999"}, "a.csv, row 3, column year: '1999'; expected at least 2017"),
        (
            {"region_code": "5103"},
            r"a.csv, row 3, column region_code: '5103'; expected the form \d{2}\.\d{2}",
        ),
        (
            {"region_code": "51.03 "},
            r"a.csv, row 3, column region_code: '51.03 '; expected the form \d{2}\.\d{2}",
        ),
        ({"region_code": ""}, "a.csv, row 3, column region_code: no value; expected a value"),
    ],
)
def test_a_bad_cell_is_one_finding_with_its_place(change: dict[str, str], finding: str) -> None:
    """A cell that is no number, empty, off its bounds or off its form gives one finding."""
    with pytest.raises(DataError, match=r"a\.csv (does not fit its schema|holds cells)") as caught:
        typed(answers({}, change), ANSWERS, "a.csv")
    assert [str(found) for found in caught.value.findings] == [finding]


def test_all_findings_come_at_once() -> None:
    """Text where numbers belong is listed for every column and row, and bounds beside it."""
    with pytest.raises(DataError, match="holds cells that are no numbers") as caught:
        typed(answers({"score": "x"}, {"question": "y"}, {"score": "z"}), ANSWERS, "a.csv")
    assert sorted((f.row, f.column) for f in caught.value.findings) == [
        (2, "score"),
        (3, "question"),
        (4, "score"),
    ]
    with pytest.raises(DataError, match="holds cells that are no numbers") as caught:
        typed(answers({"score": "5"}, {"question": "y", "score": "0"}), ANSWERS, "a.csv")
    assert [(f.row, f.column, f.problem) for f in caught.value.findings] == [
        (2, "score", "'5'"),
        (3, "question", "'y'"),
        (3, "score", "'0'"),
    ]
    with pytest.raises(DataError, match=r"a\.csv does not fit its schema") as caught:
        typed(answers({"score": "5"}, {}, {"question": "0", "score": "0"}), ANSWERS, "a.csv")
    assert [(f.row, f.column) for f in caught.value.findings] == [
        (2, "score"),
        (4, "question"),
        (4, "score"),
    ]


def test_a_key_that_stands_twice_is_found_in_both_rows() -> None:
    """Two marks for one region, year and question contradict each other."""
    with pytest.raises(DataError, match="key region_code, year, question stands more") as caught:
        typed(answers({}, {}, {"question": "1"}), ANSWERS, "a.csv")
    assert [finding.row for finding in caught.value.findings] == [2, 4]


def test_a_missing_column_is_named_beside_those_at_hand() -> None:
    """The message shows what is missing and what is there."""
    expected = "a.csv lacks the column question, score; it has region_code, year."
    with pytest.raises(DataError, match=re.escape(expected)):
        typed(answers({})[["region_code", "year"]], ANSWERS, "a.csv")


def test_an_unknown_column_is_no_part_of_a_table() -> None:
    """A processed table has its declared columns and no other."""
    frame = typed(answers({}), ANSWERS).assign(remark="x")
    with pytest.raises(DataError, match="remark"):
        validated(frame, ANSWERS)


def test_only_declared_values_are_allowed() -> None:
    """A list's name that the letters do not have is refused with the names they have."""
    text = pd.DataFrame({"list": ["stage3"], "no": ["1"], "name": ["Bupati Badung"]}, index=[2])
    with pytest.raises(DataError, match="'stage3'; expected one of stage1_invited, stage1_absent"):
        typed(text, PARTICIPANTS)


def test_what_is_not_required_may_be_missing() -> None:
    """A question without a pillar is valid; without a label it is not."""
    question = dict.fromkeys(INSTRUMENT.column_names, "") | {
        "number": "1",
        "dimension": "BASELINE",
        "indicator": "Perencanaan",
        "label_id": "Dasar hukum",
        "label_en": "Legal basis",
    }
    text = pd.DataFrame([question], dtype=object)
    assert typed(text, INSTRUMENT)["pillar"].isna().all()
    with pytest.raises(DataError, match="column label_en: no value"):
        typed(text.assign(label_en=""), INSTRUMENT)


def test_a_valid_frame_has_no_violation_and_is_returned_itself() -> None:
    """Checking changes nothing."""
    frame = typed(answers({}, {}), ANSWERS)
    assert violations(frame, ANSWERS) == []
    assert validated(frame, ANSWERS) is frame


@pytest.mark.parametrize(
    "table",
    [*PROCESSED, REGISTER, REGION_CODES, REGION_NAMES, FACTOR_DICTIONARY, INSTRUMENT, PARTICIPANTS],
    ids=lambda table: table.name,
)
def test_every_declared_table_has_a_schema_of_its_columns(table: Table) -> None:
    """Names, required values and keys of a schema are the declared ones."""
    schema = schema_of(table)
    assert list(schema.columns) == table.column_names
    assert [c.nullable for c in schema.columns.values()] == [not c.required for c in table.columns]
    assert list(schema.unique or []) == list(table.key)
    assert set(table.key) <= set(table.column_names)


def test_a_factor_without_a_bound_takes_any_finite_number() -> None:
    """A budget in rupiah is a float that keeps every digit up to 2**53."""
    text = pd.DataFrame(
        [["11.01", "2021", "realised", "capital_spending", "202382490689", "djpk_apbd"]],
        columns=FACTORS.column_names,
        dtype=object,
    )
    assert typed(text, FACTORS)["value"].tolist() == [202382490689.0]
