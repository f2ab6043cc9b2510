"""The index page and the workbook."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from smartlib.data.load import Evaluation
from smartlib.data.processed import Tables
from smartlib.data.workbook import fingerprint, made_from, workbook_bytes
from smartlib.run.build.build import renew_workbook
from smartlib.run.site.index import error_line, index_page
from smartlib.run.state.manifest import Entry
from smartlib.vocabulary.processed_tables import PROCESSED
from smartlib.vocabulary.tables import SCORES


def entry(output: str, region: str = "", lang: str = "id", traceback: str = "") -> Entry:
    outcome = "failed" if traceback else "made"
    parameters = {"region": region, "year": 2024, "lang": lang}
    return Entry(
        output,
        "n.ipynb",
        f"T {output}",
        lang,
        region,
        parameters,
        (),
        "",
        "",
        1.0,
        outcome,
        traceback,
    )


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    for name in (
        "regions/51.03-kab-badung",
        "regions/51.03-kab-badung.en",
        "national/01_data_audit",
    ):
        (tmp_path / f"{name}.html").parent.mkdir(exist_ok=True)
        (tmp_path / f"{name}.html").write_text("x", encoding="utf-8")
    return tmp_path


ENTRIES = [
    entry("regions/51.03-kab-badung", "51.03"),
    entry("regions/51.03-kab-badung.en", "51.03", "en"),
    entry(
        "regions/51.71-kota-denpasar", "51.71", traceback="Cell 2\nValueError: <script>x</script>"
    ),
    entry("national/01_data_audit", lang="en"),
]


def test_every_known_region_is_listed_and_made_reports_linked(
    reports: Path, tables: Tables, evaluation: Evaluation
) -> None:
    """140 rows; a region's report in both languages is linked, one that failed is not."""
    page = index_page(ENTRIES, tables, evaluation, reports, "id")
    rows = re.findall(r"<tr id=[^>]*>\n<td.*?</tr>", page, re.DOTALL)
    assert len(rows) == 140
    badung = next(row for row in rows if "Badung" in row)
    links = re.findall(r'href="([^"]+)"', badung)
    assert links == ["regions/51.03-kab-badung.html", "regions/51.03-kab-badung.en.html"]
    assert "href" not in next(row for row in rows if "Kota Denpasar" in row)
    assert 'href="national/01_data_audit.html" hreflang="en">Audit data</a>' in page
    assert "Tersedia 2 laporan dari 1 daerah." in page


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_study_of_outcomes_has_a_line(
    reports: Path, tables: Tables, evaluation: Evaluation, lang: str
) -> None:
    """Its title and what it can say, in the page's language; no number, and no effect."""
    study = entry("national/08_programme_outcomes", lang=lang)
    (reports / f"{study.output}.html").write_text("x", encoding="utf-8")
    page = index_page([*ENTRIES, study], tables, evaluation, reports, lang)
    line = re.search(r'<li><a id="08_programme_outcomes.*</li>', page).group()
    assert {"id": ">Hasil sebelum dan sesudah terpilih</a>", "en": ">Outcomes before and"}[
        lang
    ] in line
    assert {"id": "di samping asumsinya", "en": "beside its assumption"}[lang] in line
    assert not re.search(r"effect|efek|\d%", line)


def test_the_index_does_not_depend_on_which_report_ended_first(
    reports: Path, tables: Tables, evaluation: Evaluation
) -> None:
    """National reports stand in the order of their numbers, and the page has the same bytes."""
    later = entry("national/02_national_ranking", lang="en")
    (reports / f"{later.output}.html").write_text("x", encoding="utf-8")
    page = index_page([later, *ENTRIES], tables, evaluation, reports, "id")
    assert page == index_page([*ENTRIES[::-1], later], tables, evaluation, reports, "id")
    assert page.index("national/01_data_audit") < page.index("national/02_national_ranking")


def test_the_index_speaks_the_builds_language(
    reports: Path, tables: Tables, evaluation: Evaluation
) -> None:
    """Decimal marks, labels and the bounds of ranks follow the language."""
    indonesian, english = (
        index_page(ENTRIES, tables, evaluation, reports, x) for x in ("id", "en")
    )
    assert '<td class="number" data-value="3.08">3,08</td>' in indonesian
    assert '<td class="number" data-value="3.08">3.08</td>' in english
    assert "25 dari 165 baris hilang: peringkat r berada di antara r dan r+25" in indonesian
    assert "25 of 165 rows are lost: rank r lies between r and r+25" in english
    assert english.count('<th scope="col"') == 9 + 3
    first = re.search(r"Kab. Badung", english)
    assert first
    assert 'href="regions/51.03-kab-badung.en.html">Kab. Badung' in english


def test_failures_are_listed_and_escaped(
    reports: Path, tables: Tables, evaluation: Evaluation
) -> None:
    """The error's last line stands on the page as text."""
    page = index_page(ENTRIES, tables, evaluation, reports, "id")
    assert "ValueError: &lt;script&gt;x&lt;/script&gt;" in page
    assert page.count("<script>") == 1


def test_names_are_escaped_and_nothing_leaves_the_page(
    reports: Path, tables: Tables, evaluation: Evaluation
) -> None:
    """A name with markup stays text; no address of a network is on the page."""
    odd = tables.scores.assign(region="<img src=x onerror=alert(1)>")
    page = index_page([], replace(tables, scores=odd), evaluation, reports, "en")
    assert "<img" not in page
    assert "&lt;img src=x" in page
    assert "://" not in page


def test_numbers_and_errors_are_written_plainly(
    reports: Path, tables: Tables, evaluation: Evaluation
) -> None:
    """Missing numbers are a dash, minus is a minus sign, an error is its last line."""
    some = tables.scores.head(4).assign(improvement=[float("nan"), 0.0, 0.5, -0.1])
    page = index_page([], replace(tables, scores=some), evaluation, reports, "id")
    cells = re.findall(r'data-value="([^"]*)">([^<]*)</td>\n<td class="files">', page)
    assert sorted(cells) == [("", "–"), ("-0.1", "\u22120,10"), ("0", "0,00"), ("0.5", "+0,50")]
    assert error_line("") == ""


def test_a_search_box_that_cannot_search_is_not_shown(
    reports: Path, tables: Tables, evaluation: Evaluation
) -> None:
    """Without scripts it stays hidden, as does comparing: no style shows what `hidden` hides."""
    page = index_page([], tables, evaluation, reports, "id")
    assert '<form class="filters" hidden>' in page
    assert re.search(r'<section id="compare"[^>]* hidden', page)
    assert "[hidden] { display: none !important; }" in page


def test_all_514_regions_answer(reports: Path, tables: Tables, evaluation: Evaluation) -> None:
    """140 have a row, each of the others its reason: 24 absent, 27 undetermined, the rest not
    invited; each code is the anchor of one row.
    """
    page = index_page(ENTRIES, tables, evaluation, reports, "id")
    codes = re.findall(r'<tr id="(\d\d\.\d\d)"', page)
    assert sorted(codes) == sorted(evaluation.register.frame.index)
    reasons = re.findall(r"<td>([^<]*)</td></tr>", page)
    assert len(reasons) == 374
    assert sum("tidak hadir" in reason for reason in reasons) == 24
    assert sum("termasuk 25 yang hilang" in reason for reason in reasons) == 27
    assert sum(reason == "tidak diundang ke Tahap II" for reason in reasons) == 323


def test_a_link_to_a_page_that_is_not_there_ends_at_its_row(
    reports: Path, tables: Tables, evaluation: Evaluation
) -> None:
    """Every region and language is an anchor: the page's own link, or its place in the row."""
    page = index_page(ENTRIES, tables, evaluation, reports, "id")
    assert '<a id="51.03.en" href="regions/51.03-kab-badung.en.html"' in page
    assert '<span id="51.71.en"></span>' in page
    anchors = re.findall(r'id="(\d\d\.\d\d\.(?:id|en))"', page)
    assert len(anchors) == len(set(anchors)) == 280


def test_comparing_knows_what_is_beyond_the_error(
    reports: Path, tables: Tables, evaluation: Evaluation
) -> None:
    """1.96 times sqrt(2) standard errors, with each row's harmonised index and set of ranks; of a
    year whose ranks are not known nothing is judged.
    """
    page = index_page([], tables, evaluation, reports, "en")
    least = float(re.search(r'data-least="([\d.]+)"', page)[1])
    error = tables.ranks.loc[tables.ranks["route"] == "internal", "standard_error"].iloc[0]
    assert least == pytest.approx(1.959964 * 2**0.5 * error, abs=1e-5)
    assert 'id="51.03" data-harmonised="3.08" data-set="59 (5–109)"' in page
    none = replace(tables, ranks=tables.ranks.iloc[:0])
    assert 'data-least=""' in index_page([], none, evaluation, reports, "en")


def test_the_page_is_light(reports: Path, tables: Tables, evaluation: Evaluation) -> None:
    """Less than a hundred kilobytes before the rows, whatever stands in them."""
    page = index_page(ENTRIES, tables, evaluation, reports, "id")
    rows = "".join(re.findall(r"<tr id=.*?</tr>|<circle[^>]*>", page, re.DOTALL))
    assert len(page.encode()) - len(rows.encode()) < 40_000


@pytest.fixture
def few(tables: Tables) -> Tables:
    """The tables with few rows of factors and participation, which take most of the time."""
    return replace(
        tables, factors=tables.factors.head(20), participation=tables.participation.head(20)
    )


def test_the_workbook_holds_every_table_and_a_codebook(few: Tables) -> None:
    """Codes are text, numbers are numbers, headings stay in view; two builds are the same."""
    content = workbook_bytes(few)
    assert content == workbook_bytes(few)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == [*(table.name for table in PROCESSED), "codebook"]
    sheet = book["scores"]
    assert sheet.max_row == 141
    assert [cell.value for cell in sheet[1]][:2] == ["region_code", "region"]
    assert sheet["A2"].value == "11.71"
    assert (sheet["A2"].data_type, sheet["A2"].number_format) == ("s", "@")
    assert sheet["M2"].data_type == "n"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:V141"
    columns = sum(len(table.columns) for table in PROCESSED)
    assert book["codebook"].max_row == columns + 1


def test_a_workbook_says_what_it_was_made_from(few: Tables, tmp_path: Path) -> None:
    """Its fingerprint is that of its tables; another program's save, or damage, makes it void."""
    path = tmp_path / "tables.xlsx"
    assert made_from(path) == ""
    content = workbook_bytes(few)
    path.write_bytes(content)
    assert made_from(path) == fingerprint(few)
    assert fingerprint(few) != fingerprint(replace(few, factors=few.factors.head(19)))
    path.write_bytes(content[:-100])
    assert made_from(path) == ""
    path.write_bytes(content)
    book = openpyxl.load_workbook(path)
    book["scores"]["B2"] = "edited"
    book.save(path)
    assert made_from(path) == ""


def test_an_unchanged_workbook_is_not_written_again(
    few: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second build leaves it alone; changed tables replace it."""
    path = tmp_path / "tables.xlsx"
    assert renew_workbook(path, few) == ""
    assert made_from(path) == fingerprint(few)
    monkeypatch.setattr("smartlib.run.build.build.workbook_bytes", lambda tables: b"written again")
    assert renew_workbook(path, few) == ""
    assert path.read_bytes() != b"written again"
    assert renew_workbook(path, replace(few, factors=few.factors.head(19))) == ""
    assert path.read_bytes() == b"written again"


def test_no_text_of_the_workbook_is_a_formula(few: Tables) -> None:
    """A name that looks like a formula stays text, also when the cell is edited."""
    odd = few.scores.head(5).assign(region=["=1+1", "@SUM(A1)", "-x\x07", "\t=1", "\r=1"])
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(replace(few, scores=odd))))
    cells = [book["scores"][f"B{row}"] for row in range(2, 7)]
    assert [cell.value for cell in cells[:4]] == ["=1+1", "@SUM(A1)", "-x", "\t=1"]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)


def test_no_heading_of_the_workbook_is_a_formula(few: Tables) -> None:
    """Headings are words too."""
    odd = replace(SCORES, columns=(replace(SCORES.columns[0], name="=1+1"), *SCORES.columns[1:]))
    scores = few.scores.rename(columns={SCORES.columns[0].name: "=1+1"})
    content = workbook_bytes(replace(few, scores=scores), [replace(odd, key=("=1+1",))])
    heading = openpyxl.load_workbook(io.BytesIO(content))["scores"]["A1"]
    assert (heading.value, heading.data_type, heading.quotePrefix) == ("=1+1", "s", True)


def test_missing_values_are_empty_cells(few: Tables) -> None:
    """A blank Collaboration is an empty cell, not a zero or a word."""
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(few)))
    headings = [cell.value for cell in book["scores"][1]]
    column = headings.index("collaboration") + 1
    values = [row[0] for row in book["scores"].iter_rows(2, None, column, column, values_only=True)]
    assert values.count(None) == int(pd.isna(few.scores["collaboration"]).sum())
