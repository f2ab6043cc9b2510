"""Many reports at once: read side by side, with a bar, into the same tables."""

from __future__ import annotations

import csv
import io
import resource
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from made_documents import Content, as_text, country
from test_documents import known_names
from typeset import set_pdf

from smartlib.cli import commands
from smartlib.data.documents.formats.pdf import pdf_document
from smartlib.data.documents.reading import read_document
from smartlib.data.reading.regions import Register
from smartlib.run.commands import ingest as module

YEAR, SOME, ALL = 2024, 9, 241
PAGES, SECONDS = 40, 5  # read in so many CPU seconds


def ingested(folder: Path, files: list[Path]) -> str:
    result = CliRunner().invoke(commands, ["ingest", *map(str, files), "--output", str(folder)])
    assert result.exit_code == 0, result.output[-2000:]
    return result.stderr


def answers(folder: Path) -> dict[str, list[str]]:
    text = (folder / str(YEAR) / "answers.csv").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for row in csv.DictReader(io.StringIO(text)):
        found.setdefault(row["KAB/KOTA"], []).append(row["HASIL PENILAIAN"])
    return found


def marks(contents: list[Content]) -> dict[str, list[str]]:
    return {
        one.region: [mark for block in one.blocks.values() for *_, mark in block]
        for one in contents
    }


def test_many_reports_are_read_side_by_side(
    tmp_path: Path, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nine regions of one letter, in processes and one by one: the same bytes."""
    contents = country(SOME, known_names(register))
    files = [tmp_path / f"{n}.txt" for n in range(SOME)]
    for path, content in zip(files, contents, strict=True):
        path.write_text(as_text(content), encoding="utf-8")
    assert module.MANY <= SOME
    ingested(tmp_path / "a", files)
    monkeypatch.setattr(module, "MANY", SOME + 1)
    ingested(tmp_path / "b", files)
    assert answers(tmp_path / "a") == marks(contents)
    for path in (tmp_path / "a").rglob("*.*"):
        assert path.read_bytes() == (tmp_path / "b" / path.relative_to(tmp_path / "a")).read_bytes()


@pytest.mark.long
def test_all_241_reports_as_pdf(tmp_path: Path, register: Register) -> None:
    """Every region's marks come from its own report, and the bar says how far it is."""
    contents = country(ALL, known_names(register))
    files = [tmp_path / f"{n:03d}.pdf" for n in range(ALL)]
    for path, content in zip(files, contents, strict=True):
        path.write_bytes(set_pdf(content, "between"))
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    told = ingested(tmp_path / "raw", files)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"{ALL} reports: {time.perf_counter() - began:.0f} s, "
        f"{after.ru_utime - before.ru_utime:.0f} CPU-s in processes"
    )
    assert answers(tmp_path / "raw") == marks(contents)
    assert f"100% {ALL}/{ALL}" in told


def test_forty_pages_in_five_seconds(register: Register) -> None:
    """A report of forty pages and more: CPU seconds a page."""
    content = country(150, known_names(register))[0]
    long = "kata " * 220
    remarks = tuple((kind, who, (long,) * 15) for kind, who, _ in content.remarks)
    blocks = {
        name: tuple((n, long * 2 + "?", mark) for n, _, mark in block)
        for name, block in content.blocks.items()
    }
    pdf = set_pdf(Content(**{**vars(content), "remarks": remarks, "blocks": blocks}))
    began = time.process_time()
    document = pdf_document("a.pdf", pdf)
    reading = read_document(document)
    taken, pages = time.process_time() - began, document.lines[-1].page
    print(f"{pages} pages: {taken:.2f} CPU-s")
    assert pages >= PAGES
    assert len(reading.scores) == 150
    assert taken * PAGES / pages < SECONDS
