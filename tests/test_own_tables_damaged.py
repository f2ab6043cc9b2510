"""Made tables, damaged by the thousand: read or refused, never a traceback, never without end."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import YEAR

from benchmarks.mutations import LONGEST, damaged, factor_reader, read_all
from benchmarks.tables.__main__ import Maker
from smartlib.vocabulary.folders import Folders

EACH = 11  # damaged copies of one table
FEW, MANY = 10, 1_000  # tables
LARGEST = 60_000  # bytes of a table that is damaged
MEMORY = 300  # megabytes
SECONDS = 2.0  # of CPU, to refuse a bomb

pytestmark = pytest.mark.skipif(
    not hasattr(signal, "setitimer"), reason="time limits need a POSIX system"
)


@pytest.fixture(scope="module")
def maker(folders: Folders) -> Maker:
    pytest.importorskip("xlwt", reason="writes tables of the old Excel")
    pytest.importorskip("pyarrow", reason="writes Parquet")
    pytest.importorskip("pyreadstat", reason="writes SPSS")
    return Maker(folders)


def small(maker: Maker, count: int, folder: Path) -> Iterator[tuple[int, str, bytes]]:
    """Made tables of every file type that are not large."""
    number = found = 0
    while found < count:
        _, name, content, described = maker.make(number, folder)
        number += 1
        if len(content) <= LARGEST:
            found += 1
            yield number, f"{described} {name}", content


@pytest.mark.parametrize("count", [FEW, pytest.param(MANY, marks=pytest.mark.long)])
def test_damaged_made_tables_are_read_or_refused(
    maker: Maker, folders: Folders, tmp_path: Path, count: int
) -> None:
    """No traceback, none over ten seconds, whatever the file type."""
    read, answers, broken, slowest = factor_reader(folders, YEAR), Counter[str](), {}, 0.0
    for number, described, content in small(maker, count, tmp_path):
        is_text = "csv" in described and " utf-8" in described
        files = damaged(content, EACH, seed=number, binary=not is_text)
        outcome = read_all(read, Path(described).suffix, files)
        for (_, answer), times in outcome.answers.items():  # kinds of damage share an answer
            answers[answer] += times
        broken |= {f"{number} {described} {name}": said for name, said in outcome.broken.items()}
        slowest = max(slowest, outcome.slowest)
    assert broken == {}
    assert answers.total() == count * EACH
    assert answers.keys() == {"read", "refused"}
    assert slowest < LONGEST


def zip_bomb() -> bytes:
    """A workbook of 300 KB whose sheet is 300 MB of cells."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        row = "<row>" + "<c t='inlineStr'><is><t>Kab. Badung</t></is></c>" * 60 + "</row>"
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(b"<worksheet><sheetData>")
            for _ in range(100):
                sheet.write(row.encode() * 1_000)
        book.writestr("xl/workbook.xml", "<workbook><sheets><sheet name='a'/></sheets></workbook>")
    return out.getvalue()


@pytest.mark.parametrize("kind", ["zip bomb", "bomb as .ods", "one line", "one quoted cell"])
def test_bombs_are_refused_in_time_and_memory(folders: Folders, tmp_path: Path, kind: str) -> None:
    """A zip bomb and a line of 50 MB, in a process of their own."""
    line = {
        "one line": b"region_code," + b"a," * (25 << 20),
        "one quoted cell": b'"' + b"a" * (50 << 20),
    }
    content = line[kind] if kind in line else zip_bomb()
    suffix = {"zip bomb": ".xlsx", "bomb as .ods": ".ods"}.get(kind, ".csv")
    path = tmp_path / f"bomb{suffix}"
    path.write_bytes(content)
    code = (
        "import re, sys, time\n"
        "from pathlib import Path\n"
        "from smartlib.data.own_tables import open_table\n"
        "from smartlib.vocabulary.errors import DataError\n"
        "from smartlib.vocabulary.folders import Folders\n"
        "before = time.process_time()\n"
        "try:\n    open_table(Path(sys.argv[1]), Folders(Path(sys.argv[2])))\n"
        "except DataError as error:\n    said = str(error)\n"
        "used, about = time.process_time() - before, Path('/proc/self/status')\n"
        "peak = re.search(r'VmHWM:\\s+(\\d+)', about.read_text())[1] if about.exists() else 0\n"
        "print(used, int(peak) / 1e3, said)\n"
    )
    args = [sys.executable, "-c", code, str(path), str(folders.root)]
    done = subprocess.run(args, capture_output=True, text=True, timeout=300, check=True)
    seconds, memory, said = done.stdout.split(maxsplit=2)
    assert float(seconds) < SECONDS
    assert float(memory) < MEMORY
    assert f"bomb{suffix}" in said
