"""A user's own table: long and wide, four formats, refusals with row and column."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from conftest import workbook
from smartlib.data.reading.user_factors import read_user_factors

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
def read(tmp_path: Path, register):
    def from_text(text: str | bytes, name: str = "own.csv", taken: tuple[str, ...] = ()):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_user_factors(path, register, taken)

    return from_text


@pytest.fixture(params=["long", "wide", "xlsx", "stata", "spss"])
def own(request, read, tmp_path: Path, register):
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
        return read_user_factors(tmp_path / "own.dta", register)
    pyreadstat = pytest.importorskip("pyreadstat")
    pyreadstat.write_sav(frame, str(tmp_path / "own.sav"))
    return read_user_factors(tmp_path / "own.sav", register)


def test_every_form_and_format_gives_the_same_values(own) -> None:
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


def test_coverage_counts_the_scored_regions(read, scores) -> None:
    """How many of the regions have a value, and which lack one; others do not count."""
    table = read(LONG + "Kota Surabaya,cameras,99,,2024\n").coverage(["51.03", "11.71"])
    assert table.loc["internet_access", ["known", "regions", "lacking"]].tolist() == [2, 2, ""]
    assert table.loc["cameras", ["known", "regions", "lacking"]].tolist() == [1, 2, "11.71"]
    assert read(LONG).coverage(scores.index).at["cameras", "lacking"].endswith(" ...")


def test_codes_that_lost_a_zero_are_repaired_with_a_note(read) -> None:
    """Excel's 32.1 is 32.10, as in score tables."""
    own = read("region_code,cameras\n32.1,5\n51.03,6\n")
    assert own.values.index.tolist() == ["32.10", "51.03"]
    assert "lost its last zero" in str(own.notes[0])


def test_headings_that_are_no_names_become_names(read) -> None:
    """The heading is the label, the name can stand in a formula, and a note says so."""
    own = read('region_code,"Internet, % (2023)"\n51.03,81\n')
    assert own.values.columns.tolist() == ["Internet_2023"]
    assert own.labels == {"Internet_2023": "Internet, % (2023)"}
    assert any("is called Internet_2023 in formulas" in str(note) for note in own.notes)


def test_columns_that_are_not_read_are_named(read) -> None:
    """A province, and a column without a heading (row numbers, often), are passed over aloud."""
    own = read("region_code,,cameras,province\n51.03,1,12,Bali\n11.71,2,3,Aceh\n")
    assert list(own.values) == ["cameras"]
    assert "columns not read: one without a heading, province" in "".join(map(str, own.notes))


def test_statas_labels_are_kept(tmp_path: Path, register) -> None:
    """A variable's label is the factor's label."""
    frame = pd.DataFrame({"region_code": ["51.03"], "net": [81.5]})
    path = tmp_path / "own.dta"
    frame.to_stata(path, write_index=False, variable_labels={"net": "Internet access"})
    assert read_user_factors(path, register).labels == {"net": "Internet access"}


def test_all_mistakes_are_said_at_once_with_row_and_column(read) -> None:
    """Region, number, unit, repeated value and a name that is taken, each in its place."""
    text = (
        "region,factor,value,unit\n"
        "Kab. Badung,cameras,12,pieces\n"
        "Kab. Nowhere,cameras,13,pieces\n"
        "Kota Banda Aceh,cameras,many,pieces\n"
        "Kab. Badung,cameras,14,dozens\n"
        "Kab. Badung,poverty_rate,4,percent\n"
        "Kab. Bantul,,4,\n"
        ",cameras,4,\n"
    )
    with pytest.raises(DataError, match=r"own\.csv cannot be used as it is") as caught:
        read(text, taken=("poverty_rate",))
    found = {(f.row, f.column): f.problem for f in caught.value.findings}
    assert found.keys() == {
        (0, "factor"),
        (3, "region"),
        (4, "value"),
        (5, "unit"),
        (5, "value"),
        (7, "factor"),
        (8, "region"),
    }
    assert "'poverty_rate' is a name that the registry or a formula has" in found[0, "factor"]
    assert "Kab. Badung has cameras in row 2 already" in found[5, "value"]


def test_a_wide_tables_mistakes_name_the_column(read) -> None:
    """The heading is where a cell stands."""
    with pytest.raises(DataError, match=r"row 2, column net: 'fast' is not a number"):
        read("region_code,net\n51.03,fast\n")
    with pytest.raises(DataError, match=r"the name is 51\.04, the code 51\.03; expected one"):
        read("region_code,region,net\n51.03,Kab. Gianyar,4\n")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,net\nx,1\n", "needs one column region_code or region"),
        ("region,value\nKab. Badung,1\n", "neither long nor wide"),
        ("region,net,unit\nKab. Badung,1,percent\n", "neither long nor wide"),
        ("region,year\nKab. Badung,2023\n", "no factor in it"),
        ("region,factor,value\n", "no value in it"),
        ("region,log\nKab. Badung,1\n", "'log' is a name that"),
        ("region,class\nKab. Badung,1\n", "'class' is no name for a factor"),
        ("region,2023\nKab. Badung,1\n", "'2023' is no name for a factor"),
        ("region,a b,a_b\nKab. Badung,1,2\n", "and another factor are both a_b"),
        ("region,Kota\nKab. Badung,1\n", "'Kota' is a name that"),
    ],
)
def test_tables_that_are_neither_long_nor_wide_are_refused(read, text, message) -> None:
    """No key, half a long form, nothing to read, names that mean something else."""
    with pytest.raises(DataError, match=message):
        read(text, taken=("kota",))


def test_without_pyreadstat_an_spss_file_names_the_extra(read, monkeypatch) -> None:
    """The message says what to install, or to save as CSV."""
    monkeypatch.setitem(sys.modules, "pyreadstat", None)
    with pytest.raises(DataError, match=r"pip install 'smartlib\[spss\]'.*save the table as CSV"):
        read(b"$FL2", "own.sav")


@pytest.mark.parametrize("name", ["own.dta", "own.sav"])
def test_a_damaged_file_says_so(read, name: str) -> None:
    """Bytes that are no Stata or SPSS file."""
    if name.endswith("sav"):
        pytest.importorskip("pyreadstat")
    with pytest.raises(DataError, match=r"is not an? (Stata|SPSS) file that can be read"):
        read(b"nothing of the kind", name)


def test_a_file_that_is_not_there_is_named(tmp_path: Path, register) -> None:
    """Whatever its format."""
    for name in ("own.csv", "own.dta", "own.sav"):
        with pytest.raises(DataError, match=f"{name} cannot be read"):
            read_user_factors(tmp_path / name, register)


@pytest.mark.parametrize(
    "text",
    [
        "region_code;net\n51.03;234.567\n11.71;98.301\n",
        "region_code;net\n51.03; 16,996 \n11.71; 8,200 \n",
        'region,factor,value\nKab. Badung,net,"1,234"\nKota Banda Aceh,net,531\n',
    ],
)
def test_marks_that_may_be_of_thousands_are_asked_about(read, text: str) -> None:
    """Wide and long, whatever the separator: the place, the cells, and what to write."""
    with pytest.raises(DataError, match="a mark before exactly three digits") as caught:
        read(text)
    (finding,) = caught.value.findings
    assert finding.row == 2
    assert "a leading zero" in finding.expected


def test_numbers_of_excel_are_never_asked_about(read) -> None:
    """A cell that is a number has no mark in it, and 1.234 is a little more than one."""
    own = read(workbook([["region_code", "net"], ["51.03", 1.234], ["11.71", 531]]), "own.xlsx")
    assert own.values["net"].tolist() == [531.0, 1.234]
    with pytest.raises(DataError, match="exactly three digits"):
        read(workbook([["region_code", "net"], ["51.03", "1.234"], ["11.71", 531]]), "own.xlsx")


def test_a_leading_zero_decides_for_the_whole_column(read) -> None:
    """Decimals of three digits beside a whole number."""
    own = read("region_code,net\n51.03,0.345\n11.71,1.234\n11.01,531\n")
    assert sorted(own.values["net"]) == [0.345, 1.234, 531.0]


def test_the_nearest_names_are_looked_for_ten_times(read, register, monkeypatch) -> None:
    """A hundred thousand unknown names are no hundred thousand searches, nor as many findings."""
    calls = []
    nearest = type(register).nearest
    monkeypatch.setattr(
        type(register), "nearest", lambda self, query: calls.append(query) or nearest(self, query)
    )
    text = "region,net\n" + "".join(f"Kab. Nowhere{n},{n}\n" for n in range(11_000))
    with pytest.raises(DataError, match="cannot be used as it is") as caught:
        read(text)
    assert len(calls) == 10
    assert len(caught.value.findings) == 10_000


def test_a_name_without_end_is_cut(read) -> None:
    """A cell of a hundred thousand letters is unknown, and the message is short."""
    with pytest.raises(DataError, match="No region is called") as caught:
        read(f"region,net\nKab. {'Badung ' * 15_000},1\n")
    assert len(str(caught.value)) < 500


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
