"""PDFs: four pages at most, one standard, the same bytes, nothing of the system."""

from __future__ import annotations

import re
import subprocess
import sys
import zlib
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT
from nbformat.v4 import new_notebook, new_output
from notebook_maker import code
from report_maker import BADUNG, BANDUNG, SAMPLE, made

from smartlib.present.document.cells import shown
from smartlib.run.build.bundle import write_bundles
from smartlib.run.plan.records import Entry
from smartlib.run.site import pdf
from smartlib.run.site.pdf import LARGEST, compiled, pdf_of, require_typesetter
from smartlib.vocabulary.errors import BuildError

pytest.importorskip("typst")
PAGES = 4


def streams(content: bytes) -> bytes:
    """The document with its object streams read."""
    found = [content]
    for match in re.finditer(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
        try:
            found.append(zlib.decompress(match[1]))
        except zlib.error:
            continue
    return b"\n".join(found)


def pages(content: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", streams(content)))


def check_document(content: bytes, lang: str) -> None:
    whole = streams(content)
    assert content.startswith(b"%PDF-1.7")
    assert len(content) <= LARGEST
    assert 2 <= pages(content) <= PAGES
    assert f"/Lang ({lang})".encode() in whole.replace(b"/Lang(", b"/Lang (")
    assert b"pdfuaid:part>1<" in whole or b'pdfuaid:part="1"' in whole
    assert b"/Outlines" in whole
    assert b"/MarkInfo" in whole
    assert len(re.findall(rb"/Alt\b", whole)) >= 4
    fonts = set(re.findall(rb"/FontName\s*/(\S+)", whole))
    assert fonts
    assert all(re.match(rb"[A-Z]{6}\+(?:Libertinus|DejaVu)", name) for name in fonts), fonts


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("region", SAMPLE)
def test_a_report_prints_on_four_pages(region: str, lang: str) -> None:
    """A4 with language, outline, alternative texts, tags, and faces that came with us."""
    check_document(pdf_of(made(region, lang)), lang)


@pytest.mark.long
def test_every_report_prints_on_four_pages(scores) -> None:
    """All regions, both languages."""
    for region in scores.index:
        for lang in ("id", "en"):
            check_document(pdf_of(made(region, lang)), lang)


def test_the_same_report_is_the_same_bytes() -> None:
    """With a compiler that has made others, and with a new one."""
    first = pdf_of(made(BADUNG, "id"))
    pdf_of(made(BADUNG, "en"))
    assert pdf_of(made(BADUNG, "id")) == first
    pdf._compiler.cache_clear()
    assert pdf_of(made(BADUNG, "id")) == first


def test_what_the_standard_refuses_is_an_error() -> None:
    """A document without a title is no PDF/UA: the typesetter's own gate says so."""
    from smartlib.present.document.typeset import typeset

    data = {**typeset(made(BADUNG, "id"), pdf.FACE), "title": None}
    with pytest.raises(BuildError, match="The typesetter refused the report"):
        compiled(data)


def test_text_of_a_record_is_text() -> None:
    """What looks like the template's own markup is printed as it stands."""
    from dataclasses import replace

    odd = replace(made(BADUNG, "id"), name="#panic() *x* $y$ <z> @w", standout='#import \\ "')
    assert pdf_of(odd).startswith(b"%PDF")


def test_a_province_is_one_document(tmp_path: Path) -> None:
    """A cover with a row for each region, then the reports, a file for each province and
    language; the same bytes again.
    """
    wanted = [(BADUNG, "id"), ("51.71", "id"), (BADUNG, "en"), (BANDUNG, "id")]
    entries = []
    for region, lang in wanted:
        (output,) = shown(made(region, lang))
        node = new_notebook(
            cells=[code("r", outputs=[new_output("display_data", output._repr_mimebundle_()[0])])]
        )
        name = f"regions/{region}.{lang}"
        (tmp_path / "regions").mkdir(exist_ok=True)
        nbformat.write(node, tmp_path / f"{name}.ipynb")
        entries.append(Entry(name, "n", "t", lang, region, {}, (), "k", "", 1.0, "made"))
    first = {path.name: path.read_bytes() for path in write_bundles(entries, tmp_path)}
    assert set(first) == {"51-bali.pdf", "51-bali.en.pdf", "32-jawa-barat.pdf"}
    alone = [pages(pdf_of(made(region, "id"))) for region in (BADUNG, "51.71")]
    assert pages(first["51-bali.pdf"]) == 1 + sum(alone)
    again = {path.name: path.read_bytes() for path in write_bundles(entries[::-1], tmp_path)}
    assert again == first


def test_without_a_typesetter_the_message_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is started."""
    monkeypatch.setattr(pdf, "find_spec", lambda name: None)
    with pytest.raises(BuildError, match=r"pip install 'smartlib\[pdf\]'"):
        require_typesetter()


def test_an_unknown_format_is_wrong_usage() -> None:
    """Exit code 2, the formats named."""
    command = [sys.executable, "-m", "smartlib", "build", "--format", "html,docx"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "'docx' is not one of html, pdf" in result.stderr
