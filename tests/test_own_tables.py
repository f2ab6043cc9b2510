"""Any table of regions: read right, or one clear question."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest
from conftest import ROOT

from smartlib.data.load import load_gazetteer
from smartlib.data.reading.grids import open_grids
from smartlib.data.tables.headings import names_for, short_name, taken_apart
from smartlib.data.tables.names.gazetteer import Gazetteer
from smartlib.data.tables.reading import Reading
from smartlib.data.tables.understanding import read_sheets
from smartlib.data.tables.values.numerals import missing, numeral
from smartlib.data.tables.values.questions import Choices, QuestionError
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.folders import Folders

BADUNG, DENPASAR, BANDUNG, KOTA_BANDUNG = "51.03", "51.71", "32.04", "32.73"
Read = Callable[..., Reading]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer(Folders(ROOT))


@pytest.fixture(scope="module")
def read(gazetteer: Gazetteer) -> Read:
    def from_text(content: str | bytes, name: str = "own.csv", **choices: Any) -> Reading:
        data = content.encode() if isinstance(content, str) else content
        return read_sheets(open_grids(data, name), data, name, gazetteer, Choices(**choices))

    return from_text


def values(reading: Reading) -> dict[str, list[Any]]:
    """Values of the one column by region, in the order of years."""
    frame = reading.frame()
    name = reading.columns[0].name
    return {code: list(own[name]) for code, own in frame.groupby(level=0)}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("KAB. BADUNG", BADUNG),
        ("Kabupaten Badung", BADUNG),
        ("Badung, Kab.", BADUNG),
        ("Badung Regency", BADUNG),
        ("Badung (Kab)", BADUNG),
        ("3. Badung", BADUNG),
        ("Pemerintah Kabupaten Badung", BADUNG),
        ("KabBadung", BADUNG),
        ("Kendari City", "74.71"),
        ("Kota Adm. Jakarta Selatan", "31.74"),
        ("KAB. ADM. KEP. SERIBU", "31.01"),
        ("Kota Baru", "63.02"),
        ("Kota Mobagu", "71.74"),
        ("Labuhan Batu", "12.10"),
        ("Kulonprogo", "34.01"),
        ("Lima Puluh Kota", "13.07"),
        ("50 Kota", "13.07"),
        ("Toba Samosir", "12.12"),
        ("Mamuju Utara", "76.01"),
        ("Maluku Tenggara Barat", "81.03"),
        ("Kab. Pontianak", "61.02"),
        ("Pasir", "64.01"),
        ("Selayar", "73.01"),
        ("Yapen Waropen", "91.05"),
        ("Siau Tagulandang Biaro", "71.09"),
        ("Padangsidimpuan", "12.77"),
        ("Mahakam Hulu", "64.11"),
        ("Pangkajene Kepulauan", "73.10"),
        ("OKU Timur", "16.08"),
        ("Pangkep", "73.10"),
        ("Kep. Seribu", "31.01"),
        ("Bolmut", "71.08"),
    ],
)
def test_a_region_is_found_by_any_of_its_names(gazetteer: Gazetteer, text: str, code: str) -> None:
    """Kind before or behind, former names, spellings of BPS, short forms, together or apart."""
    assert gazetteer.named(text).codes == (code,)


def test_every_official_name_and_code_means_its_region(gazetteer: Gazetteer) -> None:
    """All 514, with kind and as short names; each code of each system one region."""
    frame = gazetteer.register.frame
    for column in ("official_name", "region"):
        for code, name in frame[column].items():
            assert gazetteer.named(str(name)).codes == (code,)
    for system in gazetteer.by_code.values():
        assert set(system.values()) == set(frame.index)


@pytest.mark.parametrize(
    ("text", "province", "other"),
    [
        ("INDONESIA", "", "total"),
        ("Jumlah", "", "total"),
        ("Rata-rata", "", "total"),
        ("Sumber: BPS", "", "total"),
        ("Prov. Bali", "51", "total"),
        ("D.I. Yogyakarta", "34", ""),
        ("Kep. Bangka Belitung", "19", ""),
        ("Kabupaten/Kota", "", "kind"),
    ],
)
def test_what_is_no_region_is_known_as_such(
    gazetteer: Gazetteer, text: str, province: str, other: str
) -> None:
    """Provinces, totals, notes, headings of groups."""
    named = gazetteer.named(text)
    assert (named.codes, named.province, named.other) == ((), province, other)


def test_near_names_really_are_near(gazetteer: Gazetteer) -> None:
    """A slip is offered, a region of the other kind too, and nothing for something else."""
    assert gazetteer.nearest("Badnug")[0] == "Kab. Badung"
    assert gazetteer.nearest("Kota Badung")[0] == "Kab. Badung"
    assert gazetteer.nearest("Mamuju Utara")[0] == "Kab. Pasangkayu"
    assert gazetteer.nearest("Data sementara") == []


@pytest.mark.parametrize(
    ("text", "mark", "value"),
    [
        ("46,7%", ",", 46.7),
        ("1.234.567", ",", 1234567),
        ("1 234 567", ".", 1234567),
        ("1'234,5", ",", 1234.5),
        ("(1.234)", ",", -1234),
        ("Rp 1.234.567,-", ",", 1234567),
        ("Rp1.234.567,50", ",", 1234567.5),
        ("12,5*", ",", 12.5),
        ("12,5 r)", ",", 12.5),
        ("0*", ".", 0),
        ("\u22123,5", ",", -3.5),
        (".5", ".", 0.5),
        ("1.5e3", ".", 1500),
    ],
)
def test_a_number_is_read_through_what_stands_around_it(text: str, mark: str, value: float) -> None:
    """Percent, currency, parentheses, footnotes, spaces: the number is the same."""
    found = numeral(text)
    assert found is not None
    assert found.value(mark) == value


@pytest.mark.parametrize(
    "text", ["12.05.2021", "1.2.3", "1,2345,678", "abc", "12 3", "--5", "1.23.456"]
)
def test_what_is_no_number_is_none(text: str) -> None:
    """Dates, broken groups, words."""
    found = numeral(text)
    assert found is None or found.says() == "bad"


def test_missing_values_are_of_three_kinds() -> None:
    """A dash is counted apart: in tables of BPS it means none or zero."""
    assert {missing(t) for t in ("...", "n.a.", "NA", "NULL", "tidak ada data", "\u2026")} == {
        "word"
    }
    assert {missing(t) for t in ("-", "\u2013")} == {"dash"}
    assert (missing(""), missing("0"), missing("0*")) == ("blank", "", "")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("1,5", "2,25"), (1.5, 2.25)),
        (("1.234.567", "531"), (1234567, 531)),
        (("0.123", "1.234"), (0.123, 1.234)),
        (("1.2345", "1.234"), (1.2345, 1.234)),
        (("1.234,5", "1.234"), (1234.5, 1234)),
    ],
)
def test_a_column_shows_its_decimal_mark(read: Read, cells: tuple[str, ...], expected) -> None:
    """By a mark that cannot part thousands, anywhere in the column."""
    reading = read(f"kab;x\nKab. Badung;{cells[0]}\nKota Denpasar;{cells[1]}\n")
    assert values(reading) == {BADUNG: [expected[0]], DENPASAR: [expected[1]]}


@pytest.mark.parametrize(
    "cells", [("1.234", "12.345"), ("1.234", "531"), ("257.378", "7.74"), (" 16,996 ", " 8,200 ")]
)
def test_a_column_that_shows_none_is_asked_about(read: Read, cells: tuple[str, str]) -> None:
    """Three digits after every mark; whole numbers, or thousands half eaten, beside."""
    text = f"kab;x\nKab. Badung;{cells[0]}\nKota Denpasar;{cells[1]}\n"
    (asked,) = read(text).all_questions
    assert (asked.about, asked.option) == ("decimal", "--decimal")
    with pytest.raises(QuestionError, match="two ways"):
        read(text).frame()
    mark = cells[0].strip()[-4]
    thousands, decimals = ("comma", "point") if mark == "." else ("point", "comma")
    whole = float(cells[0].replace(mark, ""))
    assert values(read(text, decimal=decimals))[BADUNG] == [whole / 1000]
    if len(cells[1].strip()) != len("7.74"):
        assert values(read(text, decimal=thousands))[BADUNG] == [whole]


@pytest.mark.parametrize(
    ("heading", "cells", "expected"),
    [
        ("Penduduk miskin (Persen)", ("12.345", "9.876"), 12.345),
        ("IPM", ("81.234", "79.876"), 81.234),
        ("Jumlah Penduduk (Jiwa)", ("512.345", "9.876"), 512345),
        ("x", ("84,160%", "68,330%"), 84.16),
    ],
)
def test_a_unit_or_a_scale_settles_a_mark(read: Read, heading, cells, expected) -> None:
    """No share is a thousand percent; people are whole."""
    text = f"kab;{heading}\nKab. Badung;{cells[0]}\nKota Denpasar;{cells[1]}\n"
    assert values(read(text))[BADUNG] == [expected]


def test_other_columns_settle_a_mark_unless_it_looks_like_thousands(read: Read) -> None:
    """A comma elsewhere makes the point part thousands; a point elsewhere beside 531 does not."""
    with_comma = "kab;a;b\nKab. Badung;1,5;1.234\nKota Denpasar;2,5;531\n"
    assert read(with_comma).frame()["b"].tolist() == [1234, 531]
    with_point = "kab;a;b\nKab. Badung;1.5;1.234\nKota Denpasar;2.5;531\n"
    assert [q.column for q in read(with_point).all_questions] == ["b"]


def test_marks_that_contradict_each_other_are_refused(read: Read) -> None:
    """Whatever the answer, some cells would be wrong by a thousand."""
    for choice in ("", "comma", "point"):
        reading = read("kab;x\nKab. Badung;34.494\nKota Denpasar;34,494\n", decimal=choice)
        with pytest.raises(DataError, match=r"row 3, column x: .*contradict"):
            reading.frame()


def test_a_column_that_is_not_used_stops_nothing(read: Read) -> None:
    """Its cells are told, the others are read."""
    reading = read("kab;a;b\n" + "".join(
        f"{name};{n};{'abc' if n == 1 else n}\n"
        for n, name in enumerate(["Kab. Badung", "Kota Denpasar", "Kab. Bangli", "Kab. Gianyar",
                                  "Kab. Tabanan", "Kab. Jembrana"], 1)
    ))  # fmt: skip
    assert list(reading.frame()) == ["a"]
    with pytest.raises(DataError, match=r"row 2, column b: 'abc' is not a number"):
        reading.frame(["b"])


def test_dashes_are_missing_or_zero(read: Read) -> None:
    """As the reader says; the note says what BPS means by them."""
    text = "kab;x\nKab. Badung;-\nKota Denpasar;2\n"
    reading = read(text)
    assert np.isnan(values(reading)[BADUNG][0])
    assert "none or zero" in reading.columns[0].notes[0]
    assert values(read(text, dash="zero"))[BADUNG] == [0]


def test_bare_names_follow_the_table(read: Read) -> None:
    """Beside `Kota Bandung` a bare `Bandung` is the kabupaten; alone it is asked about."""
    both = "kab;x\nBandung;1\nKota Bandung;2\nBogor;3\nKota Bogor;4\n"
    assert values(read(both)) == {BANDUNG: [1], KOTA_BANDUNG: [2], "32.01": [3], "32.71": [4]}
    alone = "kab;x\nBandung;1\nBadung;2\n"
    (asked,) = read(alone).all_questions
    assert (asked.about, asked.cells) == (
        "bare",
        (("'Bandung' is Kab. Bandung",), ("'Bandung' is Kota Bandung",)),
    )
    assert set(values(read(alone, bare="kabupaten"))) == {BANDUNG, BADUNG}
    assert set(values(read(alone, bare="kota"))) == {KOTA_BANDUNG, BADUNG}
    kinds = "nama;jenis;x\nBandung;Regency;1\nBandung;City;2\nBadung;Regency;3\n"
    assert values(read(kinds))[KOTA_BANDUNG] == [2]


def test_a_province_never_becomes_the_city_of_its_name(read: Read) -> None:
    """Told by its place, by capitals, by what else is there; else asked about."""
    heads = (
        "w;x\nACEH;9\nSimeulue;1\nJAMBI;8\nKerinci;2\nKota Jambi;3\nGORONTALO;7\nBoalemo;4\n"
        "Gorontalo;5\nKota Gorontalo;6\n"
    )
    assert values(read(heads)) == {
        "11.09": [1],
        "15.01": [2],
        "15.71": [3],
        "75.01": [5],
        "75.02": [4],
        "75.71": [6],
    }
    alone = "w;x\nGORONTALO;9\nkab. gorontalo;1\nkab. boalemo;2\nkota gorontalo;3\n"
    assert values(read(alone)) == {"75.01": [1], "75.02": [2], "75.71": [3]}
    (asked,) = read("w;x\nJambi;1\nKerinci;2\nMerangin;3\n").all_questions
    assert asked.cells[0] == ("'Jambi' is the province",)


def test_codes_are_judged_as_a_whole(read: Read, gazetteer: Gazetteer) -> None:
    """By names beside, by the set that occurs; with or without a dot; else asked about."""
    frame = gazetteer.codes.set_index("region_code")["bps_code"]
    full = "kode;x\n" + "".join(f"{code[:2]}.{code[2:]};{n}\n" for n, code in enumerate(frame))
    reading = read(full)
    assert reading.system == "bps"
    assert values(reading) == {code: [n] for n, code in enumerate(frame.index)}
    (asked,) = read("kode;x\n1201;1\n1202;2\n").all_questions
    assert (asked.about, asked.readings) == ("codes", ("bps", "kemendagri"))
    assert set(values(read("kode;x\n1201;1\n1202;2\n", codes="bps"))) == {"12.04", "12.13"}
    assert set(values(read("kode;x\n12.01;1\n12.02;2\n", codes="kemendagri"))) == {"12.01", "12.02"}
    named = "kode;nama;x\n1201;Nias;1\n1202;Mandailing Natal;2\n"
    assert set(values(read(named))) == {"12.04", "12.13"}


def test_a_code_that_lost_its_zero_is_mended(read: Read) -> None:
    """32.1 can only have been 32.10."""
    assert set(values(read("kode;x\n32.1;1\n51.03;2\n"))) == {"32.10", BADUNG}


def test_a_name_and_a_code_that_disagree_match_nothing(read: Read) -> None:
    """Neither is taken; the row is told."""
    text = "kode;nama;x\n5103;Badung;1\n5171;Kota Denpasar;2\n5102;Gianyar;3\n" + "".join(
        f"51{n:02d};{name};4\n" for n, name in ((1, "Jembrana"), (5, "Klungkung"), (6, "Bangli"),
        (7, "Karangasem"), (8, "Buleleng"), (4, "Gianyar"))
    )  # fmt: skip
    reading = read(text)
    assert [(row.number, row.text) for row in reading.unmatched] == [(4, "Gianyar")]
    assert values(reading)["51.04"] == [4]


def test_a_misspelt_name_is_taken_only_where_one_region_is_near_and_free(read: Read) -> None:
    """With a note; a region that has a row already is not given another."""
    reading = read("kab;x\nKab. Kulon Prgoo;1\nKab. Bantul;2\n")
    assert values(reading)["34.01"] == [1]
    assert any("Prgoo" in note for note in reading.notes)
    reading = read("kab;x\nKab. Kulon Prgoo;1\nKab. Kulon Progo;2\nKab. Bantul;3\n")
    assert values(reading)["34.01"] == [2]
    assert [row.text for row in reading.unmatched] == ["Kab. Kulon Prgoo"]


@pytest.mark.parametrize(
    "text",
    [
        "kab;tahun;x\nKab. Badung;2021;1\nKab. Badung;2022;2\nKota Denpasar;2021;3\n"
        "Kota Denpasar;2022;4\n",
        "kab;2021;2022\nKab. Badung;1;2\nKota Denpasar;3;4\n",
        "kab;x_2021;x_2022\nKab. Badung;1;2\nKota Denpasar;3;4\n",
        "kab;x (2021);x (2022)\nKab. Badung;1;2\nKota Denpasar;3;4\n",
        "kab;X;\n;2021;2022\nKab. Badung;1;2\nKota Denpasar;3;4\n",
        "variabel;tahun;nilai;kab\nx;2021;1;Kab. Badung\nx;2022;2;Kab. Badung\n"
        "x;2021;3;Kota Denpasar\nx;2022;4;Kota Denpasar\n",
    ],
)
def test_every_shape_gives_the_same_rows(read: Read, text: str) -> None:
    """Years in a column, as columns, under a merged heading; long."""
    reading = read(text)
    assert reading.frame()["year"].tolist() == [2021, 2022, 2021, 2022]
    assert values(reading) == {BADUNG: [1, 2], DENPASAR: [3, 4]}


def test_a_base_year_is_no_year(read: Read) -> None:
    """`ADHK 2010` says at which prices, not when."""
    assert taken_apart("PDRB ADHK 2010 (Miliar)").year == ""
    assert taken_apart("PDRB atas dasar harga konstan 2010").year == ""
    assert not read("kab;PDRB ADHK 2010\nKab. Badung;1\n").has_years


def test_headings_of_several_rows_titles_and_notes(read: Read) -> None:
    """A printed table: title, two languages, numbered columns, groups, a total, a source."""
    text = (
        "Tabel 4.1 Jumlah Penduduk, 2022;;\nKabupaten/Kota;Laki-laki;Perempuan\n"
        "Regency/Municipality;Male;Female\n(1);(2);(3)\nKabupaten/Regency;;\n"
        "01. Jembrana;161,3;160,1\n03. Badung;230,2;233,9\nKota/Municipality;;\n"
        "71. Denpasar;370,1;360,5\nBali;761,6;754,5\nSumber: BPS;;\n"
    )
    reading = read(text)
    assert reading.frame().to_numpy().tolist() == [[161.3, 160.1], [230.2, 233.9], [370.1, 360.5]]
    assert reading.heading_rows == [2, 3]
    assert set(reading.left_out()) == {"a heading of rows", "a province", "a total or a note"}


def test_a_region_with_two_rows_is_refused(read: Read) -> None:
    """Both rows are named; a row that stands twice word for word is read once."""
    with pytest.raises(DataError, match=r"row 4: .*row 2 already"):
        read("kab;x\nKab. Badung;1\nKab. Bangli;2\nKab. Badung;3\n")
    reading = read("No;kab;x\n1;Kab. Badung;1\n2;Kab. Bangli;2\n3;Kab. Badung;1\n")
    assert values(reading) == {BADUNG: [1], "51.06": [2]}


def test_only_and_take_pick_rows_and_columns(read: Read) -> None:
    """By heading, in any case; an unknown one is told with those there are."""
    text = "kab;Tahun;Jumlah Penduduk;IPM\nKab. Badung;2021;10;80\nKab. Badung;2022;20;81\n"
    reading = read(text, only=(("tahun", "2022"),), take=(("jumlah penduduk", "pop"),))
    assert reading.frame().to_dict("list") == {"year": [2022], "pop": [20.0]}
    with pytest.raises(DataError, match="no column 'Umur'; there are"):
        read(text, take=(("Umur", ""),))
    with pytest.raises(DataError, match="no row has '1999'"):
        read(text, only=(("Tahun", "1999"),))


def test_names_are_short_and_differ() -> None:
    """What every heading says goes; what tells two apart stays."""
    assert short_name("Persentase Penduduk Miskin (P0) Menurut Kabupaten/Kota") == "penduduk_miskin"
    two = ["Persentase Penduduk Miskin", "Jumlah Penduduk Miskin"]
    assert names_for(two, {}, ()) == ["persentase_penduduk_miskin", "jumlah_penduduk_miskin"]
    assert names_for(["population", "log"], {}, ["population"]) == ["population_own", "log_own"]


def test_yes_and_no_are_one_and_zero(read: Read) -> None:
    """Two-valued answers become numbers; other texts stay categories."""
    reading = read("kab;a;b\nKab. Badung;Ya;Tinggi\nKota Denpasar;Tidak;Rendah\n")
    assert reading.frame().to_dict("list") == {"a": [1.0, 0.0], "b": ["Tinggi", "Rendah"]}


def frame() -> pd.DataFrame:
    return pd.DataFrame({"kab": ["Kab. Badung", "Kota Denpasar"], "x": [1.5, 2.5]})


def in_format(kind: str, folder: Path) -> bytes:
    """The same table as a program would save it."""
    path = folder / f"own.{kind}"
    table = frame()
    if kind == "dta":
        table.to_stata(path, write_index=False)
    elif kind == "sav":
        pytest.importorskip("pyreadstat").write_sav(table, str(path))
    elif kind == "parquet":
        pytest.importorskip("pyarrow")
        table.to_parquet(path)
    elif kind == "json":
        path.write_text(json.dumps(table.to_dict("records")))
    elif kind == "xls":
        path.write_text(table.to_html(index=False))
    elif kind == "xlsx":
        table.to_excel(path, index=False)
    elif kind == "utf16":
        path.write_bytes(table.to_csv(index=False, sep="\t").encode("utf-16-le"))
    else:
        separator = {"csv": ",", "psv": "|", "tsv": "\t"}[kind]
        table.to_csv(path, index=False, sep=separator)
    return path.read_bytes()


@pytest.mark.parametrize(
    "kind", ["csv", "psv", "tsv", "utf16", "xlsx", "xls", "json", "dta", "sav", "parquet"]
)
def test_every_kind_of_file_holds_the_same(read: Read, tmp_path: Path, kind: str) -> None:
    """Ten ways to save a table; an XLS that is a page, as BPS serves it."""
    content = in_format(kind, tmp_path)
    assert values(read(content, f"own.{kind}")) == {BADUNG: [1.5], DENPASAR: [2.5]}


def test_an_old_workbook_is_read(read: Read) -> None:
    """The format before 2007, from a small file made by xlwt."""
    content = (Path(__file__).parent / "reference" / "two_regions.xls").read_bytes()
    assert values(read(content, "own.xls")) == {BADUNG: [1.5], DENPASAR: [2.5]}


def test_a_damaged_old_workbook_is_refused(read: Read) -> None:
    """A cell far away would take all memory: the reader runs within a limit, by itself."""
    content = bytearray((Path(__file__).parent / "reference" / "two_regions.xls").read_bytes())
    number = content.index(b"\x7e\x02\x0a\x00")  # a record of a number, with row and column
    content[number + 4 : number + 8] = b"\xff\xff\xff\x7f"
    with pytest.raises(DataError, match=r"own\.xls"):
        read(bytes(content), "own.xls")


def sheets(**tables: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in tables.items():
        sheet = book.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_sheets_are_joined_by_what_they_say(read: Read) -> None:
    """Years, provinces or quantities a sheet; one without regions is passed over, and told."""
    years = sheets(
        info=[["About this"]],
        data_2021=[["kab", "x"], ["Kab. Badung", 1], ["Kota Denpasar", 3]],
        data_2022=[["kab", "x"], ["Kab. Badung", 2], ["Kota Denpasar", 4]],
    )
    reading = read(years, "own.xlsx")
    assert values(reading) == {BADUNG: [1, 2], DENPASAR: [3, 4]}
    assert any("'info'" in note for note in reading.notes)
    provinces = sheets(
        Bali=[["kab", "x"], ["Kab. Badung", 1], ["Kota Denpasar", 3]],
        DIY=[["kab", "x"], ["Bantul", 2]],
    )
    assert values(read(provinces, "own.xlsx")) == {BADUNG: [1], DENPASAR: [3], "34.02": [2]}
    quantities = sheets(a=[["kab", "x"], ["Kab. Badung", 1]], b=[["kab", "y"], ["Kab. Badung", 2]])
    assert read(quantities, "own.xlsx").frame().to_dict("list") == {"x": [1.0], "y": [2.0]}
    assert values(read(years, "own.xlsx", sheet="data 2021")) == {BADUNG: [1], DENPASAR: [3]}


def test_empty_rows_and_columns_around_a_table_lose_nothing(read: Read) -> None:
    """The last rows of a sheet that begins below its first row are read too."""
    book = openpyxl.Workbook()
    for row, cells in enumerate([("kab", "x"), ("Kab. Badung", 1.5), ("Kota Denpasar", 2.5)], 4):
        for column, cell in enumerate(cells, 3):
            book.active.cell(row, column, cell)
    stream = io.BytesIO()
    book.save(stream)
    assert values(read(stream.getvalue(), "own.xlsx")) == {BADUNG: [1.5], DENPASAR: [2.5]}


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_percent_is_what_the_sheet_shows(read: Read, suffix: str) -> None:
    """A cell that shows 46.7% is 46.7 percent, among plain numbers between -1 and 1 a mistake."""
    shown = {"xlsx": percent_xlsx, "ods": percent_ods}[suffix]
    reading = read(shown([0.467, 0.5], [True, True]), f"own.{suffix}")
    assert values(reading) == {BADUNG: [46.7], DENPASAR: [50]}
    assert reading.columns[0].unit == "%"
    mixed = read(shown([0.467, 0.5], [True, False]), f"own.{suffix}")
    with pytest.raises(DataError, match="percent sign"):
        mixed.frame()


def percent_xlsx(numbers: list[float], signed: list[bool]) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["kab", "x"])
    for name, number in zip(("Kab. Badung", "Kota Denpasar"), numbers, strict=True):
        book.active.append([name, number])
    for row, is_signed in enumerate(signed, 2):
        book.active.cell(row, 2).number_format = "0.0%" if is_signed else "0.00"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
    'manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    "</manifest:manifest>"
)


def percent_ods(numbers: list[float], signed: list[bool]) -> bytes:
    rows = "".join(
        '<table:table-row><table:table-cell office:value-type="string"><text:p>'
        f'{name}</text:p></table:table-cell><table:table-cell office:value-type="'
        f'{"percentage" if is_signed else "float"}" office:value="{number}"><text:p>{number}'
        "</text:p></table:table-cell></table:table-row>"
        for name, number, is_signed in zip(
            ("Kab. Badung", "Kota Denpasar"), numbers, signed, strict=True
        )
    )
    names = " ".join(
        f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"'
        for n in ("office", "table", "text")
    )
    head = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{t}</text:p></table:table-cell>'
        for t in ("kab", "x")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {names}><office:body><office:spreadsheet>'
        f'<table:table table:name="a"><table:table-row>{head}</table:table-row>{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", MANIFEST)
        package.writestr("content.xml", content)
    return stream.getvalue()


def test_a_table_without_regions_says_what_one_needs(read: Read) -> None:
    """And shows its own first row."""
    with pytest.raises(DataError, match=r"no column holds names or codes.*first row is: a, b"):
        read("a;b\n1;2\n3;4\n")


def test_mostly_unknown_names_are_refused_with_the_nearest(read: Read) -> None:
    """Each with its row."""
    with pytest.raises(DataError, match=r"1 of 4 rows.*\n.*row 3: 'Kab. Xyz'"):
        read("kab;x\nKab. Badung;1\nKab. Xyz;2\nKab. Abc;3\nKab. Def;4\n")
