"""The replication package is made from records, and refuses reports that are not the build's."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from smartlib.present.words.papers.codebook import INDONESIAN
from smartlib.run.commands.exhibits import draws, exhibits
from smartlib.run.commands.package import package
from smartlib.run.plan.records import Entry
from smartlib.run.state.manifest import Manifest, Measured, Site, read_manifest, write_manifest
from smartlib.run.state.provenance import write_provenance
from smartlib.run.state.surroundings import Surroundings
from smartlib.vocabulary.errors import BuildError
from smartlib.vocabulary.folders import PACKAGE, Folders
from smartlib.vocabulary.processed_tables import PROCESSED


@pytest.fixture
def made(folders: Folders, tmp_path: Path) -> Folders:
    """Reports of the checkout: one national notebook as it is committed, with its outputs."""
    where = Folders(folders.root, tmp_path / "reports")
    source = folders.notebooks / "03_factors.ipynb"
    (where.reports / "national").mkdir(parents=True)
    (where.reports / "national" / source.name).write_bytes(source.read_bytes())
    files = (f"national/{source.name}",)
    name = f"notebooks/{source.name}"
    entry = Entry(
        "national/03_factors", name, "Factors", "en", "", {}, files, "k", "s", 12.0, "made"
    )
    whole = Manifest(Surroundings.of(folders), {entry.output: entry}, site=Site(2024, "id", {}))
    write_provenance(whole, where, "2026-11-28", times={})
    write_manifest(whole, where.reports)
    return where


def test_the_readme_maps_each_exhibit_to_its_cell(made: Folders, tmp_path: Path) -> None:
    """Every figure, table and sentence with a number of the notebook stands with its cell."""
    package(tmp_path / "out", made)
    said = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    notebook = tmp_path / "out" / "reports" / "national" / "03_factors.ipynb"
    shown = exhibits(tmp_path / "out" / "reports", notebook)
    assert {one.kind for one in shown} == {"figure", "table", "sentence"}
    cells = {cell["id"] for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]}
    for one in shown:
        assert f"{one.title} | reports/national/03_factors.ipynb | {one.cell} |" in said
        assert one.cell in cells
    assert not re.search(r"\{[a-z]+\}", said)
    assert str(made.root) not in said


def test_every_data_file_is_told_with_its_hash_and_rows(made: Folders, tmp_path: Path) -> None:
    """The table of data files is the folder's own, row for row."""
    files = package(tmp_path / "out", made)
    said = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `(data/.+?)` \| .+? \| (\d+) \| (\d*) \| ([0-9a-f]{64}) \|", said, re.M)
    assert {name for name, *_ in told} == {name for name in files if name.startswith("data/")}
    for name, size, rows, digest in told:
        content = (tmp_path / "out" / name).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (int(size), digest)
        if rows:
            with (tmp_path / "out" / name).open(encoding="utf-8-sig", newline="") as file:
                assert sum(1 for _ in csv.reader(file)) - 1 == int(rows)
    assert "rows with source `djpk_apbd`" in said
    assert {"LICENSE", "requirements.lock", "requirements.txt", "codebook.csv"} <= set(files)


def test_every_draw_of_the_code_is_found(folders: Folders) -> None:
    """Each generator made in the code stands with file, line and seed."""
    found = draws(PACKAGE, folders.notebooks)
    assert {"smartlib/inference/core/wild_bootstrap.py"} <= {one.file for one in found}
    for one in found:
        if one.file.startswith("smartlib/"):
            text = (PACKAGE.parent / one.file).read_text(encoding="utf-8").split("\n")
            assert "default_rng(" in text[one.line - 1]
    assert {one.seed for one in found} <= {"0", "2024", "seed"}


def test_reports_that_are_not_the_builds_are_refused(made: Folders, tmp_path: Path) -> None:
    """A report changed by hand, or none at all: nothing is laid, and the cure is named."""
    report = made.reports / "national" / "03_factors.ipynb"
    report.write_bytes(report.read_bytes() + b"\n")
    with pytest.raises(BuildError, match=r"1 changed after the build, national/03_factors\.ipynb"):
        package(tmp_path / "out", made)
    with pytest.raises(BuildError, match="no reports to package; `smartlib build` makes them"):
        package(tmp_path / "out", Folders(made.root, tmp_path / "none"))
    assert not (tmp_path / "out").exists()


def test_a_folder_with_something_in_it_is_refused(made: Folders, tmp_path: Path) -> None:
    """Nothing of another's is overwritten."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "README.md").write_text("mine")
    with pytest.raises(BuildError, match="is not empty"):
        package(tmp_path / "out", made)
    assert (tmp_path / "out" / "README.md").read_text() == "mine"


def test_the_codebook_speaks_both_languages(made: Folders, tmp_path: Path) -> None:
    """Each column of each processed table, in English and Indonesian; no translation is over."""
    package(tmp_path / "out", made)
    with (tmp_path / "out" / "codebook.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(r["table"], r["column"]) for r in rows] == [
        (table.name, column.name) for table in PROCESSED for column in table.columns
    ]
    for row in rows:
        assert row["description_id"] not in ("", row["description_en"])
        assert row["table_id"] not in ("", row["table_en"])
    said = {row["description_en"] for row in rows} | {row["table_en"] for row in rows}
    assert set(INDONESIAN) == said


def test_time_and_memory_are_those_of_the_build(made: Folders, tmp_path: Path) -> None:
    """What the build measured of itself stands in the README, whole."""
    run = read_manifest(made.reports)
    write_manifest(replace(run, measured=Measured(1, 2, 61.4, 987.0)), made.reports)
    package(tmp_path / "out", made)
    said = " ".join((tmp_path / "out" / "README.md").read_text(encoding="utf-8").split())
    assert "1 of 1 reports were made in 61 seconds, 2 at a time" in said
    assert "together held at most 987 MB of memory" in said
    size = sum(p.stat().st_size for p in (tmp_path / "out" / "data").rglob("*") if p.is_file())
    assert f"`data/` takes {size / 1e6:.1f} MB" in said
