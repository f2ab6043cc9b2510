"""What the tests share: the loaded evaluation, a copy of the raw files, small score tables."""

from __future__ import annotations

import csv
import hashlib
import io
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import settings

from smartlib.data.load import Evaluation, load_year
from smartlib.data.processed import Tables
from smartlib.data.reading.regions import Register
from smartlib.run.plan.prepare import processed_tables
from smartlib.vocabulary.folders import Folders
from smartlib.vocabulary.records import Scheme

ROOT = Path(__file__).resolve().parents[1]
YEAR = 2024
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]  # how a browser starts in tests

# Examples are drawn from each test's own name: the same ones at every run.
settings.register_profile("repeatable", derandomize=True, database=None, deadline=None)
settings.load_profile("repeatable")

HOUR = 3600


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """A large generated run may take an hour; every other test has the limit of pyproject.toml."""
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(pytest.mark.timeout(HOUR))


# Two rows of the published table, one on each track.
BADUNG = {
    "NO": "1",
    "KAB/KOTA": "KAB. BADUNG",
    "BASELINE": "3,56",
    "OUTPUT": "2,73",
    "OUTCOME": "3,27",
    "IMPACT": "3,18",
    "QUICK WINS": "2,8",
    "PROGRAM KOLABORASI": "",
    "NILAI FINAL": "3,08",
    "TINGKAT IMPROVEMENT": "0,11",
    "KET": "REGULER",
}
BANTUL = {
    "NO": "6",
    "KAB/KOTA": "KAB. BANTUL",
    "BASELINE": "3,96",
    "OUTPUT": "3,64",
    "OUTCOME": "3,78",
    "IMPACT": "3,26",
    "QUICK WINS": "3,97",
    "PROGRAM KOLABORASI": "3,97",
    "NILAI FINAL": "3,72",
    "TINGKAT IMPROVEMENT": "0,16",
    "KET": "KPPN IKN",
}


def text_table(*rows: Mapping[str, str], separator: str = ",", encoding: str = "utf-8") -> bytes:
    """A separated file with the headings of the first row's keys."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    writer.writerow(rows[0])
    writer.writerows(row.values() for row in rows)
    return out.getvalue().encode(encoding)


def workbook(*sheets: Sequence[Sequence[object]]) -> bytes:
    """An XLSX file with these sheets' cells."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"Sheet{number}")
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture(scope="session")
def folders() -> Folders:
    return Folders(ROOT)


@pytest.fixture(scope="session")
def evaluation(folders: Folders) -> Evaluation:
    return load_year(YEAR, folders)


@pytest.fixture(scope="session")
def register(evaluation: Evaluation) -> Register:
    return evaluation.register


@pytest.fixture(scope="session")
def scheme(evaluation: Evaluation) -> Scheme:
    return evaluation.scheme


@pytest.fixture(scope="session")
def tables(evaluation: Evaluation, folders: Folders) -> Tables:
    return processed_tables([evaluation], folders)


@pytest.fixture(scope="session")
def scores(tables: Tables) -> pd.DataFrame:
    """The known rows, indexed by region code."""
    return tables.scores.set_index("region_code")


@pytest.fixture(scope="session")
def undetermined(tables: Tables, register: Register) -> pd.DataFrame:
    """Register rows of the regions whose score rows may be lost."""
    codes = tables.participation.query("stage2 == 'undetermined'")["region_code"]
    return register.frame.loc[codes]


@pytest.fixture
def checkout(tmp_path: Path, folders: Folders) -> Folders:
    """A checkout of its own, with a copy of the raw files, that a test may spoil."""
    shutil.copytree(folders.raw, tmp_path / "data" / "raw")
    shutil.copy(folders.raw.parent / "codebook.toml", tmp_path / "data")
    return Folders(tmp_path)


@pytest.fixture
def light(checkout: Folders) -> Folders:
    """A checkout of its own that is prepared in a moment: of all factors it has the first."""
    path, records = checkout.raw / "factors.csv", checkout.raw / "sources.toml"
    whole = path.read_bytes()
    first = b"".join(whole.splitlines(keepends=True)[:515])  # a heading, and all regions
    path.write_bytes(first)
    hashes = [hashlib.sha256(content).hexdigest() for content in (whole, first)]
    text = records.read_text(encoding="utf-8")
    records.write_text(text.replace(*hashes), encoding="utf-8", newline="\n")
    return checkout


@pytest.fixture(scope="module")
def browser() -> Iterator:
    """Chromium, without a screen.

    Closed after each file: while it is open an event loop counts as running in this thread, and
    whatever a later file runs through asyncio would meet it.
    """
    chromium_path = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium_path is None:
        pytest.skip("no chromium on this machine; on Debian: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=QUIET)
        yield chromium
        chromium.close()
