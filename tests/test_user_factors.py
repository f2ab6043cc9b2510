"""A user's own factors: values by region of the year that is asked for, in any form and format."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from conftest import YEAR, workbook

from smartlib.data.own_tables import own_factors
from smartlib.data.tables.names.gazetteer import Gazetteer
from smartlib.data.tables.own import UserFactors
from smartlib.data.tables.values.questions import QuestionError
from smartlib.vocabulary.errors import DataError

LONG = """region,factor,value,unit,year
KAB. BADUNG,internet_access,"81,5",percent of households,2023
Kota Banda Aceh,internet_access,90.25,percent of households,2023
Kab. Badung,cameras,12,,2024
"""
WIDE = """region_code,region,internet_access,cameras,province
51.03,Kab. Badung,"81,5",12,Bali
11.71,Kota Banda Aceh,90.25,-,Aceh
"""


@pytest.fixture
def read(tmp_path: Path, folders):
    def from_text(
        text: str | bytes, name: str = "own.csv", taken: tuple[str, ...] = ()
    ) -> UserFactors:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return own_factors(path, YEAR, folders, taken)[0]

    return from_text


@pytest.fixture(params=["long", "wide", "xlsx", "stata", "spss"])
def own(request, read, tmp_path: Path, folders) -> UserFactors:
    """The same table in each form and format."""
    if request.param in ("long", "wide"):
        return read(LONG if request.param == "long" else WIDE)
    cells = [["KAB/KOTA", "internet_access", "cameras"], ["Kab. Badung", 81.5, 12]]
    cells.append(["Kota Banda Aceh", 90.25, None])
    if request.param == "xlsx":
        return read(workbook(cells), "own.xlsx")
    frame = pd.DataFrame(cells[1:], columns=["region", *cells[0][1:]])
    if request.param == "stata":
        frame.to_stata(tmp_path / "own.dta", write_index=False)
        return own_factors(tmp_path / "own.dta", YEAR, folders)[0]
    pyreadstat = pytest.importorskip("pyreadstat")
    pyreadstat.write_sav(frame, str(tmp_path / "own.sav"))
    return own_factors(tmp_path / "own.sav", YEAR, folders)[0]


def test_every_form_and_format_gives_the_same_values(own: UserFactors) -> None:
    """Decimal commas, names and codes, long and wide: one frame of region code and factor."""
    expected = pd.DataFrame(
        {"internet_access": [90.25, 81.5], "cameras": [np.nan, 12.0]},
        index=pd.Index(["11.71", "51.03"], name="region_code"),
    )
    pd.testing.assert_frame_equal(own.values, expected, check_index_type=False)


def test_units_and_years_come_from_columns(read) -> None:
    """A unit or year is there where the file has one, and nothing is asked."""
    own = read(LONG)
    assert own.units == {"internet_access": "percent of households"}
    assert own.years == {"internet_access": "2023", "cameras": "2024"}
    assert read(WIDE).units == {}


def test_the_year_is_the_latest_that_is_not_after_the_evaluation(read) -> None:
    """Of several; a later one only where there is no other, and that is said."""
    head, rows = "region,year,a,b\n", "Kab. Badung,{},{},{}\nKota Denpasar,{},1,\n"
    text = head + rows.format(2021, 1, "", 2021) + rows.format(2024, 2, "", 2024)
    own = read(text + rows.format(2026, 3, 7, 2026))
    assert own.values.loc["51.03"].tolist() == [2, 7]
    assert own.years == {"a": "2024", "b": "2026"}
    assert any("b: later than the evaluation of 2024" in note for note in own.notes)


def test_coverage_counts_the_scored_regions(read, scores) -> None:
    """How many of the regions have a value, and which lack one; others do not count."""
    table = read(LONG + "Kota Surabaya,cameras,99,,2024\n").coverage(["51.03", "11.71"])
    assert table.loc["internet_access", ["known", "regions", "lacking"]].tolist() == [2, 2, ""]
    assert table.loc["cameras", ["known", "regions", "lacking"]].tolist() == [1, 2, "11.71"]
    assert read(LONG).coverage(scores.index).at["cameras", "lacking"].endswith(" ...")


def test_codes_that_lost_a_zero_are_repaired(read) -> None:
    """Excel's 32.1 is 32.10, as in score tables."""
    own = read("region_code,cameras\n32.1,5\n51.03,6\n63.02,7\n")
    assert own.values.index.tolist() == ["32.10", "51.03", "63.02"]


def test_headings_that_are_no_names_become_names(read) -> None:
    """The heading is the label, the name can stand in a formula, unit and year stand apart."""
    own = read('region_code,"Internet (%) 2023"\n51.03,81\n11.71,82\n')
    (name,) = own.values.columns
    assert name.isidentifier()
    assert "internet" in name
    assert own.labels == {name: "Internet 2023"}
    assert list(own.values[name]) == [82, 81]


def test_a_name_that_is_taken_gets_a_suffix_and_a_note(read) -> None:
    """The registry's column stays what it is."""
    own = read("region,poverty_rate\nKab. Badung,4\n", taken=("poverty_rate",))
    assert list(own.values) == ["poverty_rate_own"]
    assert any("poverty_rate_own" in note for note in own.notes)


def test_statas_labels_are_kept(tmp_path: Path, folders) -> None:
    """A variable's label is the factor's label."""
    frame = pd.DataFrame({"region_code": ["51.03"], "net": [81.5]})
    path = tmp_path / "own.dta"
    frame.to_stata(path, write_index=False, variable_labels={"net": "Internet access"})
    assert own_factors(path, YEAR, folders)[0].labels == {"net": "Internet access"}


def test_a_column_that_cannot_be_used_stops_only_formulas_that_name_it(read) -> None:
    """The message has row and column; other columns can be used."""
    rows = "".join(f"{code},{n},{n}\n" for n, code in enumerate(("51.03", "11.71", "51.71", "51.04",
                                                                "51.06")))  # fmt: skip
    own = read(f"region_code,net,cameras\n{rows}51.02,fast,3\n")
    own.check(["cameras"])
    with pytest.raises(DataError, match=r"row 7, column net: 'fast' is not a number"):
        own.check(["net", "cameras"])


def test_a_name_and_a_code_that_disagree_are_refused(read) -> None:
    """Neither is believed."""
    with pytest.raises(
        DataError, match=r"the code is that of Kab\. Badung, the name Kab\. Gianyar"
    ):
        read("region_code,region,net\n51.03,Kab. Gianyar,4\n")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,net\nx,1\n", "no column holds names or codes"),
        ("region,factor,value\n", "no column holds names or codes"),
        ("region,net\nKab. Badung,1\nKab. Badung,2\n", "stands in row 2 already"),
    ],
)
def test_what_is_no_table_of_regions_is_refused(read, text: str, message: str) -> None:
    """No region, no row, two rows for one."""
    with pytest.raises(DataError, match=message):
        read(text)


def test_without_pyreadstat_an_spss_file_names_the_extra(read, monkeypatch) -> None:
    """The message says what to install, or to save as CSV."""
    monkeypatch.setitem(sys.modules, "pyreadstat", None)
    with pytest.raises(DataError, match=r"pip install 'smartlib\[spss\]'.*save the table as CSV"):
        read(b"$FL2", "own.sav")


@pytest.mark.parametrize(
    ("name", "start"), [("own.dta", b"<stata_dta>"), ("own.sav", b"$FL2"), ("own.parquet", b"PAR1")]
)
def test_a_damaged_file_says_so(read, name: str, start: bytes) -> None:
    """What begins as a file of Stata, SPSS or Parquet and is none."""
    if name.endswith("sav"):
        pytest.importorskip("pyreadstat")
    if name.endswith("parquet"):
        pytest.importorskip("pyarrow")
    with pytest.raises(DataError, match=r"is not an? (Stata|SPSS|Parquet) file that can be read"):
        read(start + b"nothing of the kind", name)


def test_a_file_that_is_not_there_is_named(tmp_path: Path, folders) -> None:
    """Whatever its format."""
    for name in ("own.csv", "own.dta", "own.sav"):
        with pytest.raises(DataError, match=f"{name} cannot be read"):
            own_factors(tmp_path / name, YEAR, folders)


@pytest.mark.parametrize(
    "text",
    [
        "region_code;net\n51.03;234.567\n11.71;98.301\n",
        "region_code;net\n51.03; 16,996 \n11.71; 8,200 \n",
        'region,factor,value\nKab. Badung,net,"1,234"\nKota Banda Aceh,net,531\n',
    ],
)
def test_marks_that_may_be_of_thousands_are_asked_about(read, text: str) -> None:
    """Wide and long, whatever the separator; only where a formula names the column."""
    own = read(text)
    own.check(["another"])
    with pytest.raises(QuestionError, match="can be read in two ways") as caught:
        own.check(["net"])
    assert caught.value.exit_code == 3
    assert "--decimal comma" in str(caught.value)
    assert "--decimal point" in str(caught.value)


def test_numbers_of_excel_are_never_asked_about(read) -> None:
    """A cell that is a number has no mark in it, and 1.234 is a little more than one."""
    own = read(workbook([["region_code", "net"], ["51.03", 1.234], ["11.71", 531]]), "own.xlsx")
    assert own.values["net"].tolist() == [531.0, 1.234]
    own = read(workbook([["region_code", "net"], ["51.03", "1.234"], ["11.71", 531]]), "own.xlsx")
    with pytest.raises(QuestionError):
        own.check(["net"])


def test_a_leading_zero_decides_for_the_whole_column(read) -> None:
    """Decimals of three digits beside a whole number."""
    own = read("region_code,net\n51.03,0.345\n11.71,1.234\n51.71,531\n")
    assert sorted(own.values["net"]) == [0.345, 1.234, 531.0]


def test_the_nearest_names_are_looked_for_ten_times(read, monkeypatch) -> None:
    """A hundred thousand unknown names are no hundred thousand searches."""
    calls = []
    nearest = Gazetteer.nearest
    monkeypatch.setattr(
        Gazetteer, "nearest", lambda self, *query: calls.append(query) or nearest(self, *query)
    )
    text = "region,net\nKab. Badung,1\nKab. Bantul,2\nKab. Sleman,2\n"
    text += "".join(f"Kab. Nowhere{n},{n}\n" for n in range(11_000))
    with pytest.raises(DataError, match=r"rows could be matched|no column holds names"):
        read(text)
    assert len(calls) <= 10


def test_a_name_without_end_is_cut(read) -> None:
    """A cell of a hundred thousand letters is unknown, and the message is short."""
    own = read(f"region,net\nKab. Badung,1\nKab. {'Badung ' * 15_000},1\nKab. Bantul,4\n")
    assert own.values.index.tolist() == ["34.02", "51.03"]
    assert max(map(len, own.notes)) < 1000


def test_a_frame_is_not_made_for_each_column(read, monkeypatch) -> None:
    """Thousands of columns are read and counted with a bounded number of frames."""
    made = []
    init = pd.DataFrame.__init__
    monkeypatch.setattr(
        pd.DataFrame, "__init__", lambda self, *a, **k: made.append(1) or init(self, *a, **k)
    )
    names = [f"x{n}" for n in range(500)]
    own = read(f"region_code,{','.join(names)}\n51.03,{','.join(str(n) for n in range(500))}\n")
    assert own.coverage(["51.03", "11.71"])["known"].tolist() == [1] * 500
    assert own.values.loc["51.03"].tolist() == list(range(500))
    assert len(made) < 100
