"""Workbooks: limits before reading, what is hidden, what a reader takes for empty."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from conftest import workbook

from smartlib.data.reading.files import TextTable, read_text_table
from smartlib.data.reading.limits import CELLS, COLUMNS, FILE_BYTES, ROWS
from smartlib.vocabulary.errors import DataError

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TABLE = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>A</t></is></c></row>'
    '<row r="2"><c r="A2"><v>1</v></c></row>'
)
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style")
)


def replaced(parts: dict[str, str | bytes], *sheets: list[list[object]]) -> bytes:
    """A workbook with some parts written anew."""
    out = io.BytesIO()
    whole = zipfile.ZipFile(io.BytesIO(workbook(*sheets or [[["A"], [1]]])))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in [*whole.namelist(), *(parts.keys() - set(whole.namelist()))]:
            new.writestr(name, parts[name] if name in parts else whole.read(name))
    return out.getvalue()


def xlsx(rows: str, before: str = "", after: str = "") -> bytes:
    """A workbook whose sheet has this XML within `sheetData`."""
    text = f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    return replaced({SHEET: text})


def ods(tables: str, styles: str = "") -> bytes:
    """An ODS file with these tables."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        new.writestr("META-INF/manifest.xml", "<manifest/>")
        new.writestr(
            "content.xml",
            f"<office:document-content {SPACES}><office:automatic-styles>{styles}"
            "</office:automatic-styles><office:body><office:spreadsheet>"
            f"{tables}</office:spreadsheet></office:body></office:document-content>",
        )
    return out.getvalue()


def ods_row(*cells: object, extra: str = "", cell: str = "") -> str:
    kinds = [
        ("float", f'office:value="{c}"') if isinstance(c, float) else ("string", "") for c in cells
    ]
    return (
        f"<table:table-row {extra}>"
        + "".join(
            f'<table:table-cell {cell} office:value-type="{kind}" {value}>'
            f"<text:p>{c}</text:p></table:table-cell>"
            for c, (kind, value) in zip(cells, kinds, strict=True)
        )
        + "</table:table-row>"
    )


def ods_table(*rows: str, name: str = "S", extra: str = "") -> str:
    return f'<table:table table:name="{name}" {extra}>{"".join(rows)}</table:table>'


def read(content: bytes, name: str = "own.xlsx") -> TextTable:
    return read_text_table(Path(name), content)


def cells(table: TextTable) -> list[list[str]]:
    return table.frame.to_numpy().tolist()


def notes(table: TextTable) -> list[str]:
    return [str(note) for note in table.notes]


@pytest.mark.parametrize(
    "rows",
    [
        TABLE + '<row r="1048576"><c r="L1048576" s="0"/></row>',
        TABLE + '<row r="3"><c r="XFD3" s="0"/></row>',
        TABLE + '<row r="1048576"><c r="XFD1048576" s="0"></c></row>',
        TABLE + '<row r="1048576" s="1" customFormat="1"/>',
    ],
)
def test_empty_cells_far_away_are_no_part_of_a_table(rows: str) -> None:
    """A sheet is as large as what is in it, whatever is formatted or declared."""
    declared = '<dimension ref="A1:ZZZZ99999999"/>'
    for content in (xlsx(rows), xlsx(rows, declared)):
        assert cells(read(content)) == [["1"]]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            TABLE + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
            "1,048,576 rows and 16,384",
        ),
        (TABLE + '<row r="9"><c r="AAAAA9"><v>1</v></c></row>', f"columns; at most {COLUMNS:,}"),
        (TABLE + "<row r='9'><c foo='b' r = 'AAAAA9'><v>1</v></c></row>", f"at most {COLUMNS:,}"),
        (TABLE + '<x:row r="9"><x:c r="AAAAA9"><x:v>1</x:v></x:c></x:row>', f"at most {COLUMNS:,}"),
        (
            TABLE + '<row r="3"><c r="A9999999"><v>1</v></c></row>',
            f"at most {ROWS:,} rows and {CELLS:,} cells",
        ),
        (TABLE + '<row r="1048576"><c r="A1048576"><v>1</v></c></row>', "1,048,576 rows and 1 col"),
        (TABLE + '<row r="9000"><c r="XFD9000"><v>1</v></c></row>', "9,000 rows and 16,384 col"),
        ("<row><c><v>1</v></c></row>" * (ROWS + 1), f"more than {ROWS:,} filled rows"),
        ("<row>" + "<c><v>1</v></c>" * (COLUMNS + 1) + "</row>", f"at most {COLUMNS:,}"),
        (
            TABLE + '<row r="9"><c foo=">" r="XFD1048576"><v>1</v></c></row>',
            "no spreadsheet program",
        ),
        (TABLE + '<row r="9"><c r="&#66;1"><v>1</v></c></row>', "no spreadsheet program"),
    ],
)
def test_sheets_beyond_the_limits_are_refused_before_they_are_read(
    rows: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader, which holds the whole rectangle, is never given such a sheet."""
    monkeypatch.setitem(sys.modules, "python_calamine", None)  # an import would fail otherwise
    with pytest.raises(DataError, match=message):
        read(xlsx(rows))


def test_one_text_in_many_cells_is_counted_once_a_cell() -> None:
    """Shared texts are held once in the file and once a cell by a reader."""
    strings = f'<sst xmlns="{MAIN}"><si><t>A</t></si><si><t>{"x" * 30_000}</t></si></sst>'
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>1</v></c></row>' for n in range(1, 6000))
    text = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    with pytest.raises(DataError, match="longer texts in its cells; at most 128 MB in all"):
        read(replaced({SHEET: text, "xl/sharedStrings.xml": strings}))


@pytest.mark.parametrize(
    ("strings", "message"),
    [
        ("<si/>" * (CELLS + 1), f"more than {CELLS:,} texts"),
        (f"<si><t>{'x' * 9_000_000}", "longer"),
    ],
)
def test_shared_texts_that_no_cell_uses_are_counted_too(strings: str, message: str) -> None:
    """A reader holds all of them, used or not."""
    text = f'<sst xmlns="{MAIN}">{strings}</sst>'
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{TABLE}</sheetData></worksheet>'
    with pytest.raises(DataError, match=message):
        read(replaced({SHEET: sheet, "xl/sharedStrings.xml": text}))


def lying(content: bytes, part: str, size: int) -> bytes:
    """The zip with another size and check sum of a part in its directory."""
    raw = zipfile.ZipFile(io.BytesIO(content)).read(part)[:size].ljust(size)
    at = content.rindex(part.encode()) - 46
    head = bytearray(content)
    head[at + 16 : at + 20] = zlib.crc32(raw).to_bytes(4, "little")
    head[at + 24 : at + 28] = size.to_bytes(4, "little")
    return bytes(head)


@pytest.mark.parametrize("size", [10, 100_000])
def test_a_directory_that_lies_is_found_out(size: int) -> None:
    """Sizes are counted while unpacking, below and above what is declared."""
    with pytest.raises(DataError, match=r"sheet1\.xml is not as large as the file says"):
        read(lying(workbook([["A"], [1]]), SHEET, size))


def test_a_zip_bomb_is_refused_by_what_it_says() -> None:
    """Two gigabytes in a few bytes: nothing of it is unpacked."""
    with pytest.raises(DataError, match="more to unpack; at most 128 MB are read"):
        read(lying(workbook([["A"], [1]]), SHEET, 2_000_000_000))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"junk" + workbook([["A"], [1]]), "no whole zip file"),
        (workbook([["A"], [1]]) + b"junk", "no whole zip file"),
        (replaced({"XL/Worksheets/Sheet1.xml": "<x/>"}), "a part stands in it twice"),
        (replaced({"xl/workbook.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><workbook/>"}), "entities"),
        (replaced({f"junk/{n}": "" for n in range(10_001)}), r"1\d,\d+ parts; at most 10,000"),
        (ods("<!DOCTYPE a>" + ods_table()), "not an Excel workbook"),
    ],
)
def test_what_readers_could_read_differently_is_refused(content: bytes, message: str) -> None:
    """Bytes around the zip, parts under two spellings, entities, too many parts."""
    with pytest.raises(DataError, match=message):
        read(content)


def test_errors_and_formulas_without_a_value_stay_visible() -> None:
    """What a reader gives as an empty cell is text, which no number reader takes for missing."""
    rows = (
        TABLE
        + '<row r="3"><c r="A3" t="e"><v>#DIV/0!</v></c></row>'
        + '<row r="4"><c r="A4"><f>1&lt;2</f><v/></c></row>'
        + '<row r="5"><c r="A5"><f>1+1</f><v>2</v></c></row>'
    )
    assert cells(read(xlsx(rows))) == [["1"], ["#DIV/0!"], ["=1<2"], ["2"]]
    table = ods_table(
        ods_row("A"),
        '<table:table-row><table:table-cell office:value-type="string" office:string-value="">'
        "<text:p>#DIV/0!</text:p></table:table-cell></table:table-row>",
        "<table:table-row><table:table-cell><text:p>bare</text:p></table:table-cell></table:table-row>",
    )
    assert cells(read(ods(table), "own.ods")) == [["#DIV/0!"], ["bare"]]


def hidden(state: str) -> bytes:
    """Two sheets, the first of this state."""
    book = zipfile.ZipFile(io.BytesIO(workbook([["A"], [1]], [["B"], [2]]))).read("xl/workbook.xml")
    changed = book.replace(b'sheetId="1" state="visible"', f'sheetId="1" state="{state}"'.encode())
    assert changed != book
    return replaced({"xl/workbook.xml": changed}, [["A"], [1]], [["B"], [2]])


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_passed_over_aloud(state: str) -> None:
    """The first sheet that shows is read, and the note names both."""
    table = read(hidden(state))
    assert list(table.frame) == ["B"]
    assert notes(table) == ["own.xlsx: only the sheet 'Sheet2' was read, not 'Sheet1' (hidden)"]


def test_a_hidden_sheet_alone_is_read_aloud() -> None:
    """Where no sheet shows, the first is read, and said to be hidden."""
    style = (
        '<style:style style:name="t" style:family="table">'
        '<style:table-properties table:display="false"/></style:style>'
    )
    content = ods(ods_table(ods_row("A"), ods_row(1.0), extra='table:style-name="t"'), style)
    table = read(content, "own.ods")
    assert cells(table) == [["1"]]
    assert notes(table) == ["own.ods: the sheet 'S' is hidden; it was read"]


@pytest.mark.parametrize(
    ("before", "row", "said"),
    [
        ("", 'hidden="1"', "row 2 of the sheet 'Sheet1' is hidden"),
        ("", "hidden='true'", "row 2 of the sheet 'Sheet1' is hidden"),
        ("", 'ht="0" customHeight="1"', "row 2 of the sheet 'Sheet1' is hidden"),
        ('<sheetFormatPr zeroHeight="1"/>', "", "rows 1-2 of the sheet 'Sheet1' are hidden"),
        (
            '<cols><col min="1" max="16384" hidden="1"/></cols>',
            "",
            "column A of the sheet 'Sheet1'",
        ),
        ('<cols><col min="1" max="1" width="0"/></cols>', "", "column A of the sheet 'Sheet1'"),
        ('<cols><col min="2" max="9" hidden="1"/></cols>', "", ""),
    ],
)
def test_hidden_rows_and_columns_are_said(before: str, row: str, said: str) -> None:
    """Hidden, filtered, collapsed or of no size: read like the others, and named."""
    content = xlsx(TABLE.replace('<row r="2"', f'<row r="2" {row}'), before)
    table = read(content)
    assert cells(table) == [["1"]]
    assert [said in note for note in notes(table)] == [True] * bool(said)


def test_hidden_rows_and_columns_of_an_ods_are_said() -> None:
    """Collapsed, filtered, in a closed group, of no size."""
    style = (
        '<style:style style:name="r" style:family="table-row">'
        '<style:table-row-properties style:row-height="0cm"/></style:style>'
    )
    table = read(
        ods(
            ods_table(
                '<table:table-column/><table:table-column table:visibility="collapse"/>',
                ods_row("A", "B"),
                ods_row(1.0, 2.0, extra='table:visibility="filter"'),
                f'<table:table-row-group table:display="false">{ods_row(3.0, 4.0)}'
                "</table:table-row-group>",
                ods_row(5.0, 6.0),
                ods_row(7.0, 8.0, extra='table:style-name="r"'),
            ),
            style,
        ),
        "own.ods",
    )
    assert cells(table) == [["1", "2"], ["3", "4"], ["5", "6"], ["7", "8"]]
    assert [note.split(": ")[1][:30] for note in notes(table)] == [
        "rows 2-3, 5 of the sheet 'S' a",
        "column B of the sheet 'S' is h",
    ]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (ods_row(1.0, extra=f'table:number-rows-repeated="{ROWS + 1}"'), "filled rows"),
        (ods_row(1.0, cell=f'table:number-columns-repeated="{COLUMNS + 1}"'), "columns"),
        (ods_row('<text:s text:c="1000000000"/>'), "more spaces in a cell"),
        (ods_row("x" * 30_000, extra='table:number-rows-repeated="9000"'), "longer texts"),
        (ods_row('<text:s text:c="32000"/>' * 5_000), "longer texts"),
        (ods_row(*[1.0] * 20, extra='table:number-rows-repeated="200000"'), f"{CELLS:,} cells"),
    ],
)
def test_what_an_ods_repeats_is_counted(rows: str, message: str) -> None:
    """A number in an attribute stands for cells that a reader would make; no file is damaged."""
    with pytest.raises(DataError, match=rf"^own\.ods(, sheet 'S',)? has .*{message}"):
        read(ods(ods_table(rows)), "own.ods")


def test_empty_rows_and_columns_repeated_to_the_end_are_no_part_of_a_table() -> None:
    """LibreOffice fills each sheet with them."""
    last = '<table:table-cell table:number-columns-repeated="16384"/>'
    content = ods(
        ods_table(
            ods_row("A"),
            ods_row(1.5),
            f'<table:table-row table:number-rows-repeated="1048574">{last}</table:table-row>',
        )
    )
    assert cells(read(content, "own.ods")) == [["1.5"]]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"A," * 10_000_000, "a line of 19 MB; at most 4 MB"),
        (b"A," * 17_000 + b"\n", f"a row of 17,001 cells; at most {COLUMNS:,}"),
        (b"A,B\n" + b"1,2\n" * (ROWS + 1), f"more than {ROWS:,} filled rows"),
        (b"\n" * 3_000_000, "is empty"),
        (b"A" + b"\n" * 3_000_000, "more lines of text"),
        (
            b"A,B\n" + b"1,2" + b",3" * 400 + b"\n" * 1 + (b"1" + b",2" * 400 + b"\n") * 8_000,
            "cells",
        ),
    ],
)
def test_text_beyond_the_limits_is_refused(content: bytes, message: str) -> None:
    """A line, a row, rows and cells without end."""
    with pytest.raises(DataError, match=message):
        read(content, "own.csv")


def test_a_file_that_is_too_large_is_not_opened(tmp_path: Path) -> None:
    """Its size is asked first."""
    path = tmp_path / "own.csv"
    with path.open("wb") as file:
        file.truncate(FILE_BYTES + 1)
    with pytest.raises(DataError, match="has 64 MB; at most 64 MB"):
        read_text_table(path)


def test_equal_headings_without_number_are_named_ten_at_most() -> None:
    """Counting them is no search in a list for each."""
    with pytest.raises(DataError, match=r"has the heading 'h0'.* and 7490 more more than once"):
        read((",".join(f"h{n % 7500}" for n in range(15_000)) + "\n1\n").encode(), "own.csv")


MEASURE = """
import resource, sys, time
from pathlib import Path
from smartlib.data.reading.files import read_text_table
start = time.process_time()
table = read_text_table(Path(sys.argv[1]))
used = resource.getrusage(resource.RUSAGE_SELF)
print(table.frame.shape, time.process_time() - start, used.ru_maxrss)
"""


@pytest.mark.long
def test_two_million_cells_are_read_in_time(tmp_path: Path) -> None:
    """514 regions x 20 years x 200 columns: in seconds, and with bounded memory."""
    pytest.importorskip("resource")
    letters = [chr(65 + n // 26 - 1) * (n >= 26) + chr(65 + n % 26) for n in range(200)]
    heading = "".join(f'<c r="{c}1" t="inlineStr"><is><t>h{c}</t></is></c>' for c in letters)
    rows = "".join(
        f'<row r="{r}">'
        + "".join(f'<c r="{c}{r}"><v>{r * 7919 % 9973 / 7}</v></c>' for c in letters)
        + "</row>"
        for r in range(2, 10_282)
    )
    path = tmp_path / "own.xlsx"
    path.write_bytes(xlsx(f'<row r="1">{heading}</row>{rows}'))
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True
    )
    shape, seconds, kilobytes = done.stdout.rsplit(" ", 2)
    assert shape == "(10280, 200)"
    assert float(seconds) < 15  # some 4 on an idle machine; others may be at work on this one
    assert int(kilobytes) < 600_000
