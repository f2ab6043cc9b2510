"""PDF, Word and spreadsheets: exact or refused, in every style; files that are traps."""

from __future__ import annotations

import io
import random
import time
import zipfile

import pypdfium2 as pdfium
import pytest
from conftest import workbook
from made_documents import Content, as_docx, random_content, real_content
from test_documents import found, known_names, seed, truth
from typeset import STYLES, scanned, set_lines, set_pdf

from smartlib.data.documents.formats.docx import docx_document
from smartlib.data.documents.formats.lines import Document
from smartlib.data.documents.formats.pdf import pdf_document
from smartlib.data.documents.formats.table import table_document
from smartlib.data.documents.formats.text import text_document
from smartlib.data.documents.reading import read_document
from smartlib.data.reading.regions import Register
from smartlib.run.ingest.check import Checked, check_documents
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.folders import Folders

FONTS = ("Liberation Sans", "Liberation Serif", "New Computer Modern")
EVERY = [(style, font) for style in STYLES for font in FONTS]
SLOWEST = 10  # CPU seconds


@pytest.fixture(scope="module")
def content(folders: Folders) -> Content:
    return real_content(folders.raw)


def checked(document: Document, register: Register, folders: Folders) -> Checked:
    (one,) = check_documents([read_document(document)], register, folders)
    return one


def exact(one: Checked, content: Content) -> bool:
    return found(one.reading) == truth(content)


@pytest.mark.parametrize(("style", "font"), EVERY[::4])
def test_the_report_set_as_pdf_is_read_exactly(
    style: str, font: str, content: Content, register: Register, folders: Folders
) -> None:
    """1,540 cells, 115 marks, 191 names and all remarks, whatever rules are drawn."""
    began = time.process_time()
    document = pdf_document("a.pdf", set_pdf(content, style, font))
    pages = document.lines[-1].page
    assert time.process_time() - began < 5 * max(pages / 40, 1) + 5  # 40 pages in five seconds
    one = checked(document, register, folders)
    assert exact(one, content)
    assert one.refused == ()


def test_rules_cut_rows_where_distances_do_not(
    content: Content, register: Register, folders: Folders
) -> None:
    """Rows as near as the lines within them: read by the rules between, else refused."""
    ruled = checked(
        pdf_document("a.pdf", set_pdf(content, "between", tight=True)), register, folders
    )
    assert exact(ruled, content)
    plain = checked(pdf_document("a.pdf", set_pdf(content, "plain", tight=True)), register, folders)
    assert plain.refused or exact(plain, content)


@pytest.mark.long
@pytest.mark.parametrize(("style", "font"), EVERY)
def test_the_report_in_every_style_and_font(
    style: str, font: str, content: Content, register: Register, folders: Folders
) -> None:
    """Three styles, three fonts, cells at the top or in the middle of their rows."""
    for centred in (False, True):
        document = pdf_document("a.pdf", set_pdf(content, style, font, centred=centred))
        one = checked(document, register, folders)
        assert exact(one, content)
        assert one.refused == ()


def outcome(number: int, register: Register, folders: Folders) -> str:
    """What comes of a made report as PDF: `exact`, `refused`, or `wrong`."""
    rng = random.Random(number)
    content = random_content(rng, known_names(register))
    style, font, centred = rng.choice(list(STYLES)), rng.choice(FONTS), rng.random() < 0.4
    try:
        document = pdf_document("a.pdf", set_pdf(content, style, font, centred=centred))
        one = checked(document, register, folders)
    except DataError:
        return "refused"
    return "refused" if one.refused else "exact" if exact(one, content) else "wrong"


def test_made_reports_as_pdf_are_exact_or_refused(register: Register, folders: Folders) -> None:
    """A sample: nothing is silently wrong, and most are read."""
    came = [outcome(number, register, folders) for number in range(8)]
    assert "wrong" not in came
    assert came.count("exact") >= 7


@pytest.mark.long
@pytest.mark.parametrize("start", range(8, 300, 73))
def test_many_made_reports_as_pdf_are_exact_or_refused(
    start: int, register: Register, folders: Folders
) -> None:
    """Three hundred with the sample."""
    came = [outcome(number, register, folders) for number in range(start, start + 73)]
    assert "wrong" not in came
    assert came.count("exact") >= 0.9 * len(came)


def test_a_cover_without_text_leaves_the_region_to_its_means(
    content: Content, register: Register, folders: Folders
) -> None:
    """The picture says nothing; one row of the national table has the report's five means."""
    one = checked(pdf_document("a.pdf", set_pdf(content, picture=True)), register, folders)
    assert (one.region_code, one.reading.year, one.reading.stage) == ("51.03", 2024, 2)
    assert "region_by_means" in {d.kind for d in one.told}
    assert one.refused == ()


def test_a_scanners_text_is_exact_or_refused(
    content: Content, register: Register, folders: Folders
) -> None:
    """Words by themselves, none quite on its line."""
    one = checked(pdf_document("a.pdf", scanned(content)), register, folders)
    assert one.refused or exact(one, content)
    assert [dict(r.cells) for r in one.reading.scores] == [dict(r) for r in content.scores]


@pytest.mark.parametrize(("number", "style"), [(0, "ruled"), (1, "plain"), (1, "between")])
def test_the_reports_at_hand_set_as_pdf_give_the_same(number: int, style: str) -> None:
    """Their own long questions and remarks, as PDF and as text: all tables alike."""
    path = seed(number)
    text = text_document(path.name, path.read_bytes())
    pdf = pdf_document("a.pdf", set_lines(text.lines, style))
    assert found(read_document(pdf)) == found(read_document(text))


def saved(book: pdfium.PdfDocument) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def blank(pages: int) -> bytes:
    book = pdfium.PdfDocument.new()
    for _ in range(pages):
        book.new_page(595, 842)
    return saved(book)


def drawn(objects: int) -> bytes:
    content = "0 0 m 9 9 l S\n" * objects
    stream = f"4 0 obj<</Length {len(content)}>>stream\n{content}endstream endobj\n"
    whole = small_pdf("").replace(b"842]", b"842]/Contents 4 0 R")
    return whole.replace(b"trailer", stream.encode() + b"trailer").replace(b"Size 4", b"Size 5")


def small_pdf(extra: str, encrypt: str = "") -> bytes:
    """A PDF written by hand: what follows is in its catalogue and trailer."""
    return (
        f"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R{extra}>>endobj\n"
        "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
        f"trailer<</Root 1 0 R/Size 4{encrypt}>>\n%%EOF"
    ).encode()


JAVASCRIPT = "/OpenAction<</S/JavaScript/JS(while(true){})>>"
LOCKED = (
    "/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O<" + "00" * 32 + ">/U<" + "00" * 32
    + ">>>/ID[<00><00>]"
)  # fmt: skip


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (lambda: blank(3), "no page has text: it is a picture"),
        (lambda: small_pdf(JAVASCRIPT), "no page has text"),
        (lambda: small_pdf("", LOCKED), "is protected by a password"),
        (lambda: b"%PDF-1.7 and nothing", "is damaged"),
        (lambda: drawn(100_000), "100,000 objects on page 1; at most 30,000 are read"),
        (lambda: blank(600), "600 pages; at most 500 are read"),
    ],
)
def test_a_pdf_that_is_a_trap_is_refused(make, problem: str) -> None:
    """Without text, with a script, protected, damaged, beyond a limit: each says so, in time."""
    content = make()
    began = time.process_time()
    with pytest.raises(DataError, match=problem):
        pdf_document("a.pdf", content)
    assert time.process_time() - began < SLOWEST


def test_a_page_without_text_among_others_is_refused(content: Content) -> None:
    """A scanned page in the middle would lose its rows; the number of the page is said."""
    book = pdfium.PdfDocument(set_pdf(content))
    book.new_page(595, 842, index=2)
    with pytest.raises(DataError, match=r"page 3 has no text.*ocrmypdf"):
        pdf_document("a.pdf", saved(book))


@pytest.mark.parametrize("number", range(6))
def test_word_files_are_read_exactly(number: int, register: Register, folders: Folders) -> None:
    """Runs cut within words, tables as Word keeps them."""
    content = random_content(random.Random(number), known_names(register))
    one = checked(docx_document("a.docx", as_docx(content)), register, folders)
    assert exact(one, content)
    assert one.refused == ()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", b"<w:t>" + b"0" * (200 << 20))
    return out.getvalue()


def entity() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    return out.getvalue()


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (bomb, "more to unpack; at most 128 MB"),
        (entity, "declares entities"),
        (lambda: b"PK nothing", "not a Word file that can be read"),
        (lambda: workbook([["NO"]]), "it has no part word/document.xml"),
    ],
)
def test_a_word_file_that_is_a_trap_is_refused(make, problem: str) -> None:
    """A bomb, entities, another program's file."""
    began = time.process_time()
    with pytest.raises(DataError, match=problem):
        docx_document("a.docx", make())
    assert time.process_time() - began < SLOWEST


def test_a_score_table_alone_is_read(
    content: Content, register: Register, folders: Folders
) -> None:
    """A workbook with a title above: rows, stage and year; the weights are the scheme's."""
    title = ["HASIL EVALUASI SMART CITY TAHAP II TAHUN 2024"]
    rows = [list(content.columns), *(list(row.values()) for row in content.scores)]
    one = checked(table_document("a.xlsx", workbook([title, *rows])), register, folders)
    assert (one.reading.kind, one.reading.year) == ("scores", 2024)
    assert [dict(r.cells) for r in one.reading.scores] == [dict(r) for r in content.scores]
    assert one.refused == ()
