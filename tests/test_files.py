"""Reading cells as text from whatever program saved the table."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from conftest import text_table, workbook

from smartlib.data.reading.files import TextTable, read_text_table
from smartlib.vocabulary.errors import DataError

CSV, XLSX = Path("table.csv"), Path("table.xlsx")
ROWS = ({"NAMA": "Kab. Badung", "NILAI": "3,56"}, {"NAMA": "Kota Bogor", "NILAI": "3,76"})
CELLS = [["Kab. Badung", "3,56"], ["Kota Bogor", "3,76"]]


def cells(table: TextTable) -> list[list[str]]:
    return table.frame.to_numpy().tolist()


def notes(table: TextTable) -> list[str]:
    return [str(note) for note in table.notes]


def cached(content: bytes, formula: str, value: str) -> bytes:
    """The workbook as Excel would save it: the formula with its calculated value."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name.endswith("sheet1.xml"):
                bare = f"<f>{formula}</f><v />".encode()
                assert bare in text
                text = text.replace(bare, f"<f>{formula}</f><v>{value}</v>".encode())
            new.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("separator", "encoding", "note"),
    [
        (",", "utf-8", ""),
        (",", "utf-8-sig", ""),
        (";", "utf-8", "table.csv: cells are separated by a semicolon, read as such"),
        ("\t", "utf-8", "table.csv: cells are separated by a tab, read as such"),
        (",", "utf-16", "table.csv: encoded as UTF-16, read as such"),
        (";", "utf-8-sig", "table.csv: cells are separated by a semicolon, read as such"),
        (",", "utf-16-be", None),
    ],
)
def test_every_usual_text_form_gives_the_same_cells(
    separator: str, encoding: str, note: str | None
) -> None:
    """A byte order mark, a separator and an encoding change no cell; unusual ones are noted."""
    content = text_table(*ROWS, separator=separator, encoding=encoding)
    if encoding == "utf-16-be":
        content, note = b"\xfe\xff" + content, "table.csv: encoded as UTF-16, read as such"
    table = read_text_table(CSV, content)
    assert list(table.frame.columns) == ["NAMA", "NILAI"]
    assert cells(table) == CELLS
    assert notes(table) == ([note] if note else [])


def test_a_windows_file_keeps_its_accents_and_is_noted() -> None:
    """Bytes that are not UTF-8 are read as Windows-1252, and the reader is told to look."""
    table = read_text_table(CSV, text_table({"NAMA": "Cimahí"}, encoding="cp1252"))
    assert cells(table) == [["Cimahí"]]
    assert notes(table) == ["table.csv: not UTF-8; read as Windows-1252: check names with accents"]


def test_rows_are_numbered_as_a_spreadsheet_does() -> None:
    """The heading is row 1, and blank rows and line breaks inside a cell count as in Excel."""
    table = read_text_table(CSV, b'A,B\n1,2\n\n"3\nlines",4\n5,6\n')
    assert table.frame.index.tolist() == [2, 4, 5]
    assert cells(table) == [["1", "2"], ["3\nlines", "4"], ["5", "6"]]


def test_line_ends_of_any_system_are_read() -> None:
    """Line feeds, carriage returns and both together separate the same rows."""
    for end in ("\n", "\r\n", "\r"):
        content = text_table(*ROWS).decode().replace("\n", end).encode()
        assert cells(read_text_table(CSV, content)) == CELLS, repr(end)


def test_a_workbook_gives_the_cells_of_a_text_file() -> None:
    """Numbers of a workbook come as their shortest decimals, whole ones without a point."""
    content = workbook([["NAMA", "NILAI", "NO"], ["Kab. Badung", 3.56, 1], ["Kota", 4.0, None]])
    table = read_text_table(XLSX, content)
    assert cells(table) == [["Kab. Badung", "3.56", "1"], ["Kota", "4", ""]]
    assert table.frame.index.tolist() == [2, 3]
    assert notes(table) == []


def test_long_and_tiny_floats_have_no_exponent() -> None:
    """A budget in rupiah and a small share are text that the number reader knows."""
    content = workbook([["A", "B"], [2.02382490689e11, 1e-05]])
    assert cells(read_text_table(XLSX, content)) == [["202382490689", "0.00001"]]


def test_a_calculated_float_is_read_as_excel_shows_it() -> None:
    """Excel holds 15 digits: 2.97 + 0.11 is stored as 3.0800000000000005 and shown as 3.08."""
    content = workbook(
        [["A", "B"], [3.0800000000000005, 0.1 + 0.2], [202382490689.25, 123456789012345]]
    )
    assert cells(read_text_table(XLSX, content)) == [
        ["3.08", "0.3"],
        ["202382490689.25", "123456789012345"],
    ]


def test_a_title_above_the_headings_is_left_out_with_a_note() -> None:
    """Rows keep the spreadsheet's numbers, and the separator is that of the headings."""
    titles = "Hasil evaluasi\n\nTahun 2024;;;\n"
    table = read_text_table(CSV, (titles + "A;B;C;D\n1,5;2;3;4\n").encode())
    assert list(table.frame.columns) == ["A", "B", "C", "D"]
    assert cells(table) == [["1,5", "2", "3", "4"]]
    assert table.frame.index.tolist() == [5]
    assert notes(table)[1:] == [
        "table.csv, row 1: above the headings, row left out",
        "table.csv, row 3: above the headings, row left out",
    ]
    book = workbook([["Hasil"], [], ["A", "B", "C"], [1, 2, 3], [4, 5, 6]])
    assert cells(read_text_table(XLSX, book)) == [["1", "2", "3"], ["4", "5", "6"]]


def test_columns_without_a_heading_are_named_by_their_letters() -> None:
    """Merged headings leave blanks: the message says which columns of which row."""
    content = workbook([["Hasil"], ["A", None, "B", None, "C"], [1, 2, 3, 4, 5], [1, 2, 3, 4, 5]])
    with pytest.raises(DataError, match=r"table\.xlsx, row 2: the columns B, D have no heading"):
        read_text_table(XLSX, content)


def test_only_the_first_sheet_is_read_and_said_so() -> None:
    """A second sheet is passed over with a note that names both."""
    table = read_text_table(XLSX, workbook([["A"], ["1"]], [["B"], ["2"]]))
    assert cells(table) == [["1"]]
    assert notes(table) == ["table.xlsx: only the sheet 'Sheet1' was read, not 'Sheet2'"]


def test_a_formula_with_a_calculated_value_is_read_as_the_value() -> None:
    """Excel stores the last result beside the formula, and the result is what was published."""
    content = cached(workbook([["A"], ["=1.5+2.06"]]), "1.5+2.06", "3.56")
    assert cells(read_text_table(XLSX, content)) == [["3.56"]]


def test_a_formula_without_a_value_stays_visible() -> None:
    """A formula that nobody calculated is not turned into a blank: its text is kept."""
    assert cells(read_text_table(XLSX, workbook([["A"], ["=1.5+2.06"]]))) == [["=1.5+2.06"]]


def test_a_repeated_heading_is_left_out_with_its_row() -> None:
    """The heading printed again at a page break is no region, and the note says which row."""
    table = read_text_table(CSV, b"A,B\n1,2\nA,B\n3,4\n")
    assert cells(table) == [["1", "2"], ["3", "4"]]
    assert table.frame.index.tolist() == [2, 4]
    assert notes(table) == ["table.csv, row 3: headings repeated, row left out"]


def test_every_ragged_row_is_named_at_once() -> None:
    """Rows with more or fewer cells than headings are refused together, each with its number."""
    with pytest.raises(DataError, match="every row must have 2 cells") as caught:
        read_text_table(CSV, b"A,B\n1,2\n1,2,3\n1\n4,5,,6\n")
    assert [(f.row, f.problem) for f in caught.value.findings] == [
        (3, "cells beyond the last heading"),
        (5, "cells beyond the last heading"),
        (4, "fewer cells than headings"),
    ]


def test_empty_cells_beyond_the_headings_are_no_matter() -> None:
    """Trailing separators, which spreadsheets like to leave, change nothing."""
    assert cells(read_text_table(CSV, b"A,B,,\n1,2,,\n3,4,\n")) == [["1", "2"], ["3", "4"]]


def test_two_equal_headings_are_refused() -> None:
    """Which of two columns OUTPUT is meant cannot be known."""
    with pytest.raises(DataError, match=r"table\.csv has the heading 'OUTPUT' more than once"):
        read_text_table(CSV, b"OUTPUT,A,OUTPUT\n1,2,3\n")


@pytest.mark.parametrize("content", [b"", b" \n\t\n"])
def test_an_empty_file_is_refused(content: bytes) -> None:
    """An empty file is named as one, with what a table has."""
    with pytest.raises(DataError, match=r"table\.csv is empty\. A table has a row of headings"):
        read_text_table(CSV, content)


@pytest.mark.parametrize(
    ("path", "content"), [(CSV, b"\xef\xbb\xbf"), (CSV, b",,\n,,\n"), (XLSX, workbook([]))]
)
def test_a_file_without_a_filled_cell_is_refused(path: Path, content: bytes) -> None:
    """Separators or a sheet alone are no table."""
    with pytest.raises(DataError, match="has no filled cell"):
        read_text_table(path, content)


def test_a_missing_file_is_refused_with_its_path(tmp_path: Path) -> None:
    """The message names the path that was tried and the system's reason."""
    with pytest.raises(DataError, match=r"scores\.csv cannot be read: No such file"):
        read_text_table(tmp_path / "scores.csv")


def test_the_name_in_messages_can_be_given() -> None:
    """A raw file is named by its path below data/raw, as the source records name it."""
    with pytest.raises(DataError, match=r"2024/scores\.csv is empty"):
        read_text_table(CSV, b"", name="2024/scores.csv")


def damaged(part: str, content: bytes | None) -> bytes:
    """A workbook with one part replaced or left out."""
    out = io.BytesIO()
    whole = io.BytesIO(workbook([["A"], ["1"]]))
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
            elif content is not None:
                new.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        text_table(*ROWS),
        workbook([["A"], ["1"]])[:-200],
        damaged("xl/workbook.xml", None),
        damaged("xl/worksheets/sheet1.xml", b"<worksheet"),
        damaged("xl/worksheets/sheet1.xml", None),
        damaged("[Content_Types].xml", b""),
    ],
)
def test_a_damaged_workbook_is_refused(content: bytes) -> None:
    """A renamed text file, a cut-off download and broken parts give one message and a remedy."""
    with pytest.raises(DataError, match=r"table\.xlsx is not an Excel workbook .* Save it again"):
        read_text_table(XLSX, content)


@pytest.mark.parametrize("head", [b"PK\x03\x04\x14\0\6\0", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0"])
def test_a_binary_file_under_a_text_name_is_refused(head: bytes) -> None:
    """A workbook named .csv and an old .xls file are not read as garbled text."""
    with pytest.raises(DataError, match=r"table\.csv is no text file\. Save the table as CSV or"):
        read_text_table(CSV, head + bytes(range(256)))


def test_a_cut_off_utf16_file_is_refused() -> None:
    """Half a letter at the end means that the file is not whole."""
    with pytest.raises(DataError, match="is cut off: its UTF-16 text ends inside a letter"):
        read_text_table(CSV, text_table(*ROWS, encoding="utf-16")[:-1])


def test_a_quotation_mark_never_closed_is_refused() -> None:
    """A quotation mark that swallows the rest of a long table is said to be the cause."""
    content = b'A,B\n1,"2\n' + b"3,4\n" * 40_000
    with pytest.raises(DataError, match="quotation mark that is opened and never closed"):
        read_text_table(CSV, content)


def test_what_excel_made_of_a_mark_stays_visible() -> None:
    """A mark that Excel took for a date or an error is text that no number reader accepts."""
    content = workbook([["A", "B", "C"], [datetime(2024, 8, 2), "#N/A", True]])
    assert cells(read_text_table(XLSX, content)) == [["2024-08-02 00:00:00", "#N/A", "True"]]
