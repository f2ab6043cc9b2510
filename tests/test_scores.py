"""Reading a score table: every mistake named by its cell, harmless forms accepted with a note."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from conftest import BADUNG, BANTUL, text_table, workbook
from openpyxl import Workbook

from smartlib.data.load import Evaluation
from smartlib.data.processed import Tables, as_csv
from smartlib.data.reading.files import read_text_table
from smartlib.data.reading.regions import Register
from smartlib.data.scores import ScoreTable, parse_scores
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.records import Scheme
from smartlib.vocabulary.tables import DIMENSION_NAMES, SCORES

HEADINGS = tuple(BADUNG)
FILE = "skor.csv"


@dataclass(frozen=True)
class Bad:
    """A table with mistakes, and what its user must be told.

    Attributes
    ----------
    what : str
        The mistake in a few words; names the test.
    content : bytes
        The file.
    places : tuple of (int, str)
        Row and column of each finding, in the message's order; the file alone has row 0.
    words : tuple of str
        Parts that the message must have.
    """

    what: str
    content: bytes
    places: tuple[tuple[int, str], ...]
    words: tuple[str, ...]


def with_cell(heading: str, cell: str) -> bytes:
    """Two rows, the second with one cell changed."""
    return text_table(BADUNG, BANTUL | {heading: cell})


def with_code(*codes: str, names: bool = True) -> bytes:
    """Two rows with a column of codes, with or without names."""
    left_out = {"NO"} if names else {"NO", "KAB/KOTA"}
    rows = [
        {"region_code": code} | {k: v for k, v in row.items() if k not in left_out}
        for code, row in zip(codes, (BADUNG, BANTUL), strict=True)
    ]
    return text_table(*rows)


def without(*headings: str) -> bytes:
    """Two rows without some columns."""
    rows = ({k: v for k, v in row.items() if k not in headings} for row in (BADUNG, BANTUL))
    return text_table(*rows)


BANTUL_ROW = "skor.csv, row 3, column {}, KAB. BANTUL: "
NUMBER = "; expected a number such as 3,56 or 3.56"

BAD = (
    Bad(
        "letter in a number",
        with_cell("OUTPUT", "3,6O"),
        ((3, "OUTPUT"),),
        (BANTUL_ROW.format("OUTPUT") + "'3,6O' is not a number" + NUMBER,),
    ),
    Bad(
        "percentage sign",
        with_cell("IMPACT", "89%"),
        ((3, "IMPACT"),),
        (BANTUL_ROW.format("IMPACT") + "'89%' is not a number" + NUMBER,),
    ),
    Bad(
        "two numbers in a cell",
        with_cell("BASELINE", "3,96 3,64"),
        ((3, "BASELINE"),),
        (BANTUL_ROW.format("BASELINE") + "'3,96 3,64' is not a number" + NUMBER,),
    ),
    Bad(
        "formula",
        with_cell("NILAI FINAL", "=0.1*C3+0.2*D3"),
        ((3, "NILAI FINAL"),),
        ("'=0.1*C3+0.2*D3' is a formula, not its value" + NUMBER + ". Paste the values",),
    ),
    Bad(
        "spreadsheet error",
        with_cell("TINGKAT IMPROVEMENT", "#REF!"),
        ((3, "TINGKAT IMPROVEMENT"),),
        (BANTUL_ROW.format("TINGKAT IMPROVEMENT") + "'#REF!' is not a number",),
    ),
    Bad(
        "mark of 7",
        with_cell("OUTCOME", "7"),
        ((3, "OUTCOME"),),
        (BANTUL_ROW.format("OUTCOME") + "'7'; expected at most 4",),
    ),
    Bad(
        "mark of 0.5",
        with_cell("QUICK WINS", "0.5"),
        ((3, "QUICK WINS"),),
        (BANTUL_ROW.format("QUICK WINS") + "'0.5'; expected at least 1",),
    ),
    Bad(
        "mark without its comma",
        with_cell("BASELINE", "396"),
        ((3, "BASELINE"),),
        ("'396'; expected at most 4",),
    ),
    Bad(
        "final above the scale",
        with_cell("NILAI FINAL", "37,2"),
        ((3, "NILAI FINAL"),),
        ("'37.2'; expected at most 4",),
    ),
    Bad(
        "improvement beyond the scale",
        with_cell("TINGKAT IMPROVEMENT", "-16"),
        ((3, "TINGKAT IMPROVEMENT"),),
        ("'-16'; expected at least -4",),
    ),
    Bad(
        "improvement from a final below 0",
        with_cell("TINGKAT IMPROVEMENT", "3,9"),
        ((3, "TINGKAT IMPROVEMENT"),),
        ("final 3.72 less improvement 3.9 makes last year's final -0.18; expected one from 0 to",),
    ),
    Bad(
        "improvement from a final above the scale",
        with_cell("TINGKAT IMPROVEMENT", "-0,29"),
        ((3, "TINGKAT IMPROVEMENT"),),
        ("final 3.72 less improvement -0.29 makes last year's final 4.01; expected one from 0",),
    ),
    Bad(
        "number beyond any float",
        with_cell("OUTPUT", "1e400"),
        ((3, "OUTPUT"),),
        (BANTUL_ROW.format("OUTPUT") + "'1e400' is larger than any number can be" + NUMBER,),
    ),
    Bad(
        "blank mark",
        with_cell("OUTPUT", ""),
        ((3, "OUTPUT"),),
        (BANTUL_ROW.format("OUTPUT") + "no value; expected a value",),
    ),
    Bad(
        "dash for a final",
        with_cell("NILAI FINAL", "-"),
        ((3, "NILAI FINAL"),),
        (BANTUL_ROW.format("NILAI FINAL") + "no value; expected a value",),
    ),
    Bad(
        "unknown track",
        with_cell("KET", "KPPN"),
        ((3, "KET"),),
        (BANTUL_ROW.format("KET") + "'KPPN' is no track; expected REGULER or KPPN IKN",),
    ),
    Bad("blank track", with_cell("KET", ""), ((3, "KET"),), ("'' is no track; expected REGULER",)),
    Bad(
        "unknown region",
        with_cell("KAB/KOTA", "KAB. ATLANTIS"),
        ((3, "KAB/KOTA"),),
        ("row 3, column KAB/KOTA, KAB. ATLANTIS: No region is called 'KAB. ATLANTIS'", "nearest"),
    ),
    Bad(
        "blank region",
        with_cell("KAB/KOTA", ""),
        ((3, "KAB/KOTA"),),
        ("skor.csv, row 3, column KAB/KOTA: No region is called ''",),
    ),
    Bad(
        "name of two regions",
        with_cell("KAB/KOTA", "BANDUNG"),
        ((3, "KAB/KOTA"),),
        ("'BANDUNG' may be 'Kab. Bandung' (32.04) or 'Kota Bandung' (32.73); say which",),
    ),
    Bad(
        "near name of the wrong kind",
        with_cell("KAB/KOTA", "KOTA BADUNG"),
        ((3, "KAB/KOTA"),),
        ("No region is called 'KOTA BADUNG'. The nearest names: 'Kab. Badung'",),
    ),
    Bad(
        "markup in a name",
        with_cell("KAB/KOTA", "<script>alert(1)</script>"),
        ((3, "KAB/KOTA"),),
        ("No region is called '<script>alert(1)</script>'",),
    ),
    Bad(
        "region twice",
        text_table(BADUNG, BANTUL, BADUNG | {"KAB/KOTA": "Bupati Badung"}),
        ((4, "KAB/KOTA"),),
        ("row 4", "Kab. Badung (51.03) stands in row 2 already; expected each region once"),
    ),
    Bad(
        "region three times",
        text_table(BADUNG, BANTUL, BADUNG, BADUNG),
        ((4, "KAB/KOTA"), (5, "KAB/KOTA")),
        ("row 4", "row 5", "stands in row 2 already"),
    ),
    Bad(
        "name and code that disagree",
        with_code("51.03", "34.03"),
        ((3, "region_code"),),
        ("the name is Kab. Bantul (34.02), the code is 34.03; expected one region",),
    ),
    Bad(
        "code that does not exist",
        with_code("51.03", "99.99"),
        ((3, "region_code"),),
        ("'99.99' is no code of the register (such as 51.03)",),
    ),
    Bad(
        "code that no lost zero explains",
        with_code("51.3", "34.02", names=False),
        ((2, "region_code"),),
        ("skor.csv, row 2, column region_code, 51.3: '51.3' is no code of the register",),
    ),
    Bad(
        "headings alone",
        (",".join(HEADINGS) + "\n").encode(),
        ((0, ""),),
        ("skor.csv: no row below the headings; expected a row a region",),
    ),
    Bad("empty file", b"", (), ("skor.csv is empty", "a row of headings")),
    Bad(
        "five columns",
        b"KAB/KOTA,2020,2021,2022,2023\nKAB. BADUNG,1,2,3,4\n",
        (),
        (
            "skor.csv is not a score table: it lacks BASELINE (baseline), OUTPUT (output)",
            "its headings are KAB/KOTA, 2020, 2021, 2022, 2023. Give each column once",
        ),
    ),
    Bad(
        "a page of prose",
        (",".join([f"{n} " + "word " * 30 for n in range(30)]) + "\n" + "x," * 29 + "x\n").encode(),
        (),
        ("its headings are 0 word word word word word word word wo…, 1 word", " and 20 more. Give"),
    ),
    Bad(
        "no region column",
        without("KAB/KOTA"),
        (),
        ("skor.csv is not a score table: it lacks KAB/KOTA (region); its headings are NO, BAS",),
    ),
    Bad(
        "no final",
        without("NILAI FINAL", "KET"),
        (),
        ("it lacks NILAI FINAL (published_index), KET (track)",),
    ),
    Bad(
        "one column under two names",
        text_table(BADUNG | {"baseline": "3,56"}),
        (),
        ("skor.csv has one column under two names: 'BASELINE' and 'baseline'. Give each column",),
    ),
    Bad(
        "equal headings",
        text_table(BADUNG).replace(b"OUTPUT", b"BASELINE", 1),
        (),
        ("skor.csv has the heading 'BASELINE' more than once",),
    ),
    Bad(
        "ragged rows",
        text_table(BADUNG, BANTUL).replace(b",REGULER", b"") + b"x,y\n",
        ((2, ""), (4, "")),
        ("skor.csv: every row must have 11 cells", "row 2: fewer cells", "row 4: fewer cells"),
    ),
    Bad(
        "decimal commas without quotation marks",
        text_table(BADUNG).replace(b'"', b""),
        ((2, ""),),
        ("every row must have 11 cells", "skor.csv, row 2: cells beyond the last heading"),
    ),
)


def parsed(
    content: bytes, register: Register, scheme: Scheme, path: Path | str = FILE
) -> ScoreTable:
    return parse_scores(read_text_table(Path(path), content), register, scheme)


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.what)
def test_a_mistake_is_named_by_its_cell(bad: Bad, register: Register, scheme: Scheme) -> None:
    """The message gives the file, the row as a spreadsheet counts, the heading, what was wrong and
    what was expected, and nothing else is reported.
    """
    with pytest.raises(DataError, match=re.escape(bad.words[0])) as caught:
        parsed(bad.content, register, scheme).valid()
    assert tuple((f.row, f.column) for f in caught.value.findings) == bad.places
    assert {f.file for f in caught.value.findings} <= {FILE}
    for words in bad.words:
        assert words in str(caught.value)


def test_several_mistakes_come_at_once_in_row_order(register: Register, scheme: Scheme) -> None:
    """One reading finds them all, from the first row to the last."""
    content = text_table(
        BADUNG | {"BASELINE": "9", "KET": "REG"},
        BANTUL | {"KAB/KOTA": "KAB. ATLANTIS", "OUTPUT": "", "IMPACT": "x"},
        BADUNG,
        BADUNG | {"NILAI FINAL": "=A1"},
    )
    findings = parsed(content, register, scheme).findings
    assert [f.row for f in findings] == sorted(f.row for f in findings)
    assert {(f.row, f.column) for f in findings} == {
        (2, "BASELINE"),
        (2, "KET"),
        (3, "KAB/KOTA"),
        (3, "OUTPUT"),
        (3, "IMPACT"),
        (4, "KAB/KOTA"),
        (5, "KAB/KOTA"),
        (5, "NILAI FINAL"),
    }
    assert len(findings) == 8


def test_a_long_list_of_mistakes_is_cut_and_counted(register: Register, scheme: Scheme) -> None:
    """Ten findings are printed and the rest counted; the error carries them all."""
    content = text_table(*[BADUNG | {"KAB/KOTA": f"KAB. ATLANTIS {n}"} for n in range(25)])
    with pytest.raises(DataError, match="The score table cannot be used as it is") as caught:
        parsed(content, register, scheme).valid()
    lines = str(caught.value).splitlines()
    assert len(lines) == 1 + 10 + 1
    assert lines[-1] == "  ... and 15 more"
    assert len(caught.value.findings) == 25


CLEAN = text_table(BADUNG, BANTUL)
IN_EXCEL = workbook(
    [HEADINGS]
    + [
        [
            float(cell.replace(",", ".")) if cell and heading in HEADINGS[2:10] else cell or None
            for heading, cell in row.items()
        ]
        for row in (BADUNG, BANTUL)
    ]
)
OWN_NAMES = text_table(
    {"region_code": "51.03", "track": "regular", "baseline": "3.56", "output": "2.73"}
    | {"outcome": "3.27", "impact": "3.18", "quick_wins": "2.8", "published_index": "3.08"}
)


@pytest.mark.parametrize(
    ("path", "content", "notes"),
    [
        ("skor.csv", CLEAN, ()),
        ("skor.csv", text_table(BADUNG, BANTUL, encoding="utf-8-sig"), ()),
        ("skor.xlsx", IN_EXCEL, ()),
        (
            "skor.csv",
            text_table(BADUNG, BANTUL, separator=";"),
            ("skor.csv: cells are separated by a semicolon, read as such",),
        ),
        (
            "skor.txt",
            text_table(BADUNG, BANTUL, separator="\t", encoding="utf-16"),
            (
                "skor.txt: encoded as UTF-16, read as such",
                "skor.txt: cells are separated by a tab, read as such",
            ),
        ),
        (
            "skor.csv",
            text_table(BADUNG, BANTUL, dict(zip(HEADINGS, HEADINGS, strict=True))),
            ("skor.csv, row 4: headings repeated, row left out",),
        ),
        (
            "skor.csv",
            text_table(BADUNG | {"CATATAN": "ok"}, BANTUL | {"CATATAN": ""}),
            ("skor.csv: columns not read: CATATAN",),
        ),
        ("skor.csv", CLEAN.replace(b"KPPN IKN", b"KPPN/IKN").replace(b"REGULER", b"Reguler "), ()),
        ("skor.csv", CLEAN.replace(b"QUICK WINS", b"Quick wins "), ()),
    ],
)
def test_harmless_forms_give_the_same_rows(
    path: str, content: bytes, notes: tuple[str, ...], register: Register, scheme: Scheme
) -> None:
    """Separator, encoding, program, case and extra columns change no value; what was passed over
    is noted, and nothing is a finding.
    """
    table = parsed(content, register, scheme, path)
    assert table.findings == ()
    assert tuple(map(str, table.notes)) == notes
    frame = table.valid()
    assert frame["region_code"].tolist() == ["51.03", "34.02"]
    assert frame["year"].tolist() == [2024, 2024]
    assert frame["track"].tolist() == ["regular", "kppn_ikn"]
    marks = frame[[*DIMENSION_NAMES, "published_index", "improvement"]].to_numpy()
    np.testing.assert_array_equal(
        marks,
        [
            [3.56, 2.73, 3.27, 3.18, 2.8, np.nan, 3.08, 0.11],
            [3.96, 3.64, 3.78, 3.26, 3.97, 3.97, 3.72, 0.16],
        ],
    )


def test_own_column_names_are_read(register: Register, scheme: Scheme) -> None:
    """A table under the names of data/processed, with codes alone and without the columns that may
    be missing, is read as the published one is.
    """
    table = parsed(OWN_NAMES, register, scheme)
    assert (table.findings, table.notes) == ((), ())
    row = table.valid().iloc[0]
    assert (row["region_code"], row["published_index"]) == ("51.03", 3.08)
    assert np.isnan(row["collaboration"])
    assert np.isnan(row["improvement"])


@pytest.mark.parametrize(
    ("content", "code", "note"),
    [
        (
            with_code("32.1", "34.02", names=False),
            "32.10",
            "skor.csv, row 2, Kab. Majalengka: code '32.1' lost its last zero, read as 32.10",
        ),
        (
            with_code("32,1", "34.02", names=False),
            "32.10",
            "skor.csv, row 2, Kab. Majalengka: code '32,1' lost its last zero, read as 32.10",
        ),
        (
            text_table(BADUNG | {"KAB/KOTA": "KAB. TABALONGG"}, BANTUL),
            "63.09",
            "skor.csv, row 2: 'KAB. TABALONGG' read as Kab. Tabalong (63.09)",
        ),
        (
            text_table(BADUNG | {"KAB/KOTA": "Badung"}, BANTUL),
            "51.03",
            "skor.csv, row 2: 'Badung' read as Kab. Badung (51.03)",
        ),
    ],
)
def test_repairs_are_made_with_a_note(
    content: bytes, code: str, note: str, register: Register, scheme: Scheme
) -> None:
    """A code that lost its zero and a near name are used, and the note says how they were read."""
    table = parsed(content, register, scheme)
    assert table.findings == ()
    assert table.valid()["region_code"].iloc[0] == code
    assert [str(n) for n in table.notes] == [note]


def test_a_mark_without_a_weight_is_noted(register: Register, scheme: Scheme) -> None:
    """Collaboration on the regular track counts for nothing; the reader is told, no row is lost."""
    table = parsed(text_table(BADUNG | {"PROGRAM KOLABORASI": "3,5"}, BANTUL), register, scheme)
    assert table.findings == ()
    assert [str(note) for note in table.notes] == [
        "skor.csv, row 2, column PROGRAM KOLABORASI: mark 3.5 has no weight on the track REGULER, "
        "not counted"
    ]


def test_the_ends_of_last_years_scale_are_possible(register: Register, scheme: Scheme) -> None:
    """A final of last year of exactly 0 or 4 is no finding; decimals are subtracted exactly."""
    content = text_table(
        BADUNG | {"TINGKAT IMPROVEMENT": "3,08"}, BANTUL | {"TINGKAT IMPROVEMENT": "-0,28"}
    )
    assert parsed(content, register, scheme).findings == ()


@pytest.mark.parametrize("cell", ["", "-", "–"])
def test_collaboration_and_improvement_may_be_missing(
    cell: str, register: Register, scheme: Scheme
) -> None:
    """A blank or dash there is a missing value, not a mistake and not a zero."""
    row = BANTUL | {"PROGRAM KOLABORASI": cell, "TINGKAT IMPROVEMENT": cell}
    frame = parsed(text_table(row), register, scheme).valid()
    assert frame[["collaboration", "improvement"]].isna().to_numpy().all()


def test_a_code_mends_a_name_only_for_reading_on(register: Register, scheme: Scheme) -> None:
    """An unknown name is a finding even when the row's code is good, and the row keeps the code."""
    content = with_code("51.03", "34.02").replace(b"KAB. BANTUL", b"KAB. ATLANTIS")
    table = parsed(content, register, scheme)
    assert [(f.row, f.column) for f in table.findings] == [(3, "KAB/KOTA")]
    assert table.frame["region_code"].tolist() == ["51.03", "34.02"]


def test_the_published_table_is_clean(evaluation: Evaluation) -> None:
    """The ministry's 140 rows have no finding; the notes are the repeated heading and one misread
    name.
    """
    scores = evaluation.scores
    assert scores.findings == ()
    assert len(scores.valid()) == 140
    assert [str(note).split(": ", 1)[1] for note in scores.notes] == [
        "headings repeated, row left out",
        "'KOTA BUKITINGGI' read as Kota Bukittinggi (13.75)",
    ]


def test_the_tidy_table_can_be_read_again(
    tables: Tables, evaluation: Evaluation, register: Register, scheme: Scheme
) -> None:
    """What the build writes passes the same reader with the same values."""
    table = parsed(as_csv(tables.scores, SCORES), register, scheme)
    assert table.findings == ()
    published = evaluation.scores.valid().sort_values("region_code", ignore_index=True)
    read: Mapping[str, list[object]] = table.valid().reset_index(drop=True).to_dict("list")
    for name, values in published.to_dict("list").items():
        np.testing.assert_array_equal(np.array(read[name]), np.array(values), err_msg=name)


@pytest.mark.parametrize(("highest", "asked"), [(4, False), (10_000, True)])
def test_marks_before_three_digits_are_asked_about_where_a_mark_may_be_a_thousand(
    register: Register, scheme: Scheme, highest: int, asked: bool
) -> None:
    """`3,560` is 3.56 on a scale up to 4, and may be 3560 on one up to 10,000."""
    rows = [row | {"BASELINE": mark} for row, mark in ((BADUNG, "3,560"), (BANTUL, "3,961"))]
    wide = replace(scheme, highest=Decimal(highest))
    table = parse_scores(read_text_table(Path(FILE), text_table(*rows)), register, wide)
    doubts = [f for f in table.findings if "exactly three digits" in f.problem]
    assert [(f.row, f.column) for f in doubts] == [(2, "BASELINE")] * asked
    if not asked:
        assert table.frame["baseline"].tolist() == [3.56, 3.961]


def test_a_workbooks_own_numbers_are_not_asked_about(register: Register, scheme: Scheme) -> None:
    """What Excel holds as 3.56 or 1.234 is that number, on any scale."""
    rows = [row | {"BASELINE": 1.234, "OUTPUT": "1.234"} for row in (BADUNG, BANTUL)]
    content = workbook([list(BADUNG), *(list(row.values()) for row in rows)])
    wide = replace(scheme, highest=Decimal(10_000))
    table = parse_scores(read_text_table(Path("skor.xlsx"), content), register, wide)
    assert [f.column for f in table.findings if "exactly three" in f.problem] == ["OUTPUT"]


def test_what_is_hidden_in_a_score_table_is_said(register: Register, scheme: Scheme) -> None:
    """A hidden sheet is passed over, hidden rows and columns are read; notes name them all."""
    book = Workbook()
    book.active.append(["another table"])
    book.active.sheet_state = "hidden"
    shown = book.create_sheet("Skor")
    for row in (list(BADUNG), list(BADUNG.values()), list(BANTUL.values())):
        shown.append(row)
    shown.row_dimensions[3].hidden = True
    shown.column_dimensions["D"].hidden = True
    out = io.BytesIO()
    book.save(out)
    table = parse_scores(read_text_table(Path("skor.xlsx"), out.getvalue()), register, scheme)
    assert table.findings == ()
    assert table.frame["output"].tolist() == [2.73, 3.64]
    assert [note.problem for note in table.notes][:3] == [
        "only the sheet 'Skor' was read, not 'Sheet' (hidden)",
        "row 3 of the sheet 'Skor' is hidden; it was read like the others",
        "column D of the sheet 'Skor' is hidden; it was read like the others",
    ]
