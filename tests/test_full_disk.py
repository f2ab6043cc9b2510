"""A full disk: one clear message, nothing lost, nothing torn; with room the build goes on."""

from __future__ import annotations

import errno
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner, Result
from notebook_maker import PARAMETERS, code, text, write
from test_batch import here, written

from smartlib.cli import commands
from smartlib.data.writing import write_whole
from smartlib.run.build.build import build, ready
from smartlib.run.execute.report import Made, Order
from smartlib.run.plan.records import Selection
from smartlib.vocabulary.errors import FullDiskError
from smartlib.vocabulary.folders import Folders

LARGE = 'print("x" * 60_000)'  # in page and notebook
ASKED = Selection(2024, provinces=("Bali",))
REPORTS = 5


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 600 kB."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(place)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        refused = done.stderr.strip()
    except FileNotFoundError:
        refused = "there is no mount command"
    if refused:
        pytest.skip(f"no small disk can be mounted here: {refused}")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.fixture
def small(light: Folders, disk: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    """A checkout with a notebook that shows much, and reports on the small disk."""
    cells = text("# R"), code(PARAMETERS, "parameters"), code(LARGE)
    write(light.notebooks / "region_report.ipynb", *cells)
    monkeypatch.setattr("smartlib.run.build.build.workbook_bytes", lambda tables: b"a workbook")
    monkeypatch.chdir(light.root)
    return Folders(light.root, disk / "reports")


def smartlib(*arguments: object) -> Result:
    return CliRunner().invoke(commands, [str(a) for a in arguments], prog_name="smartlib")


def fill(disk: Path) -> None:
    """Leave no room at all."""
    with (disk / "filler").open("ab", buffering=0) as file:
        try:
            while file.write(b"x" * 4096):
                pass
        except OSError as error:
            assert error.errno == errno.ENOSPC  # noqa: PT017  # the loop ends by it


def contents(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_build_stops_at_a_full_disk_and_goes_on_with_room(small: Folders, disk: Path) -> None:
    """What was made before is whole and kept; the message says what, how much, what to do."""
    before = smartlib("build", "--region", "Badung", "--output", small.reports)
    assert before.exit_code == 0
    earlier = contents(small.reports)
    one = sum(len(kept) for name, kept in earlier.items() if name.startswith("regions/"))
    room = sum(map(len, earlier.values())) + 3 * one  # for two reports more, and what a disk keeps
    subprocess.run(["mount", "-o", f"remount,size={room}", str(disk)], check=True)
    bali = ("build", "--province", "Bali", "--output", small.reports, "--jobs", 1)
    full = smartlib(*bali)
    assert full.exit_code == 1
    assert full.stderr.count("was not written: No space left on device (") == 1
    assert " kB were needed, " in full.stderr
    assert "Make room" in full.stderr
    assert "Traceback" not in full.output
    left = contents(small.reports)
    assert {name: left[name] for name in earlier} == earlier
    assert not [name for name in left if name.endswith(".part")]
    pages = [name for name in left if name.startswith("regions/") and name.endswith(".html")]
    assert 2 <= len(pages) < REPORTS
    assert all(left[name].rstrip().endswith(b"</html>") for name in pages)
    for name in left:
        if name.endswith(".ipynb"):
            nbformat.validate(nbformat.reads(left[name].decode(), as_version=4))
    subprocess.run(["mount", "-o", "remount,size=20M", str(disk)], check=True)
    again = smartlib(*bali)
    assert again.exit_code == 0, again.output
    # The last page may be whole, and the note that it is may have found no room: it is made again.
    told = [f"{REPORTS - n} made, {n} kept, 0 failed" for n in (len(pages), len(pages) - 1)]
    assert any(words in again.stdout for words in told), again.stdout


@pytest.mark.parametrize("first", [True, False])
def test_the_journal_without_room_loses_no_earlier_report(
    small: Folders, disk: Path, first: bool
) -> None:
    """The disk fills up after a report was written: those noted before it are kept."""
    if not first:
        build(ready(Selection(2024, ("Badung",)), small), runner=here(written))
    done = []

    def filled(order: Order) -> Made:
        made = written(order)
        done.append(order)
        if len(done) == 2:
            fill(disk)
            padding = small.reports / ".journal.jsonl"  # to the end of its last block
            with padding.open("ab") as file:
                file.write(b" " * (-padding.stat().st_size % 4096))
        return made

    with pytest.raises(FullDiskError, match=r"\.journal\.jsonl was not written: .*Make room"):
        build(ready(ASKED, small), runner=here(filled))
    assert len(done) == 2
    (disk / "filler").unlink()
    batch = build(ready(ASKED, small), runner=here(written)).batch
    assert len(batch.with_outcome("kept")) == (1 if first else 2)
    assert len(batch.entries) == REPORTS


@pytest.mark.parametrize(
    "file", ["index.html", "tables.xlsx", "run.json", "scores.csv", "34.02-kab-bantul.html"]
)
def test_no_file_is_lost_for_want_of_room(
    light: Folders, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    """Whatever has no room is named; it stays as it was, and the next build makes it."""
    write(light.notebooks / "region_report.ipynb", code(PARAMETERS, "parameters"))
    monkeypatch.setattr("smartlib.run.build.build.workbook_bytes", lambda tables: b"a workbook")
    asked = Selection(2024, ("Badung",))
    build(ready(asked, light), runner=here(written))
    light.processed.joinpath("scores.csv").write_bytes(b"spoilt")
    before, rename = contents(light.root), os.replace

    def full(part: Path, path: Path) -> None:
        if Path(path).name == file:
            raise OSError(errno.EDQUOT, "Disk quota exceeded")
        rename(part, path)

    def by_hand(order: Order) -> Made:
        write_whole(order.target.with_name(f"{order.target.name}.html"), b"page")
        return written(order)

    monkeypatch.setattr("smartlib.data.writing.os.replace", full)
    monkeypatch.setattr("smartlib.run.build.build.workbook_bytes", lambda tables: b"another")
    more = Selection(2024, ("Badung", "Bantul"))
    with pytest.raises(FullDiskError, match=rf"{file} was not written: Disk quota exceeded \("):
        build(ready(more, light), runner=here(by_hand))
    after = contents(light.root)
    names = [name for name in before if name.endswith(file)]
    assert all(after[name] == before[name] for name in names)
    assert not [name for name in after if name.endswith(".part")]
    monkeypatch.setattr("smartlib.data.writing.os.replace", rename)
    batch = build(ready(more, light), runner=here(written)).batch
    assert {entry.outcome for entry in batch.entries} <= {"made", "kept"}
    manifest = json.loads((light.reports / "run.json").read_text(encoding="utf-8"))
    assert len(manifest["reports"]) == 2
