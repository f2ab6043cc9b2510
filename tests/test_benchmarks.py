"""The benchmarks: a simulated country that loads, and a table that counts right."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import nbformat
import psutil
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output

from benchmarks.floor import compiled, forked, run
from benchmarks.memory import of_tree
from benchmarks.outputs import differences
from benchmarks.rows import Part, Row, Target, table, times_slower
from benchmarks.simulated import YEAR, simulated_country, spread
from benchmarks.ways import medians, ran
from smartlib.data.load import load_factors, load_year
from smartlib.index.audit.arithmetic import audit_totals
from smartlib.inference.factors.nearest import nearest
from smartlib.inference.factors.table import factor_table, latest_complete_year
from smartlib.run.plan.prepare import processed_tables
from smartlib.vocabulary.folders import Folders


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    return simulated_country(tmp_path_factory.mktemp("country"))


def content(folders: Folders) -> dict[str, bytes]:
    files = [path for path in folders.root.rglob("*") if path.is_file()]
    return {path.relative_to(folders.root).as_posix(): path.read_bytes() for path in files}


@pytest.mark.long
def test_every_region_of_the_simulated_country_has_a_valid_row(country: Folders) -> None:
    """All 514 are invited and scored, and every final follows from the year's weights."""
    evaluation = load_year(YEAR, country)
    tables = processed_tables([evaluation], country)
    assert len(evaluation.register.frame) == len(tables.scores) == 514
    assert set(tables.participation["stage2"]) == {"scored"}
    audit = audit_totals(evaluation.scores.valid(), evaluation.scheme)
    assert set(audit["verdict"]) == {"reproduced"}
    assert tables.scores["published_index"].nunique() > 100


def test_every_simulated_region_can_be_compared(country: Folders) -> None:
    """Regions that lack factors have borrowed ones, under a source of that name."""
    codes, factors = load_year(YEAR, country).register.frame.index, load_factors(country)
    values = factor_table(factors, latest_complete_year(factors, codes, YEAR), YEAR).values
    for lacking in ("31.71", "92.02"):  # DKI Jakarta, West Papua
        assert len(nearest(values, lacking, codes)) == 5
    assert set(factors.query("source == 'simulated'")["year"]) == {2021, 2022, 2023, 2024}


def test_nothing_shown_of_the_simulated_country_can_be_taken_for_real(country: Folders) -> None:
    """Folder, names, tracks, citations: each says what it is."""
    evaluation = load_year(YEAR, country)
    shown = [country.root.name, evaluation.scheme.citation, *evaluation.register.frame["region"]]
    shown += [
        label for t in evaluation.scheme.tracks.values() for label in (t.label_en, t.label_id)
    ]
    shown += [record.citation for record in evaluation.sources.values()]
    assert all("simulated" in text.lower() for text in shown)


def test_the_simulated_country_is_the_same_at_each_call(country: Folders, tmp_path: Path) -> None:
    """The same seed gives the same bytes; another gives other rows."""
    assert content(simulated_country(tmp_path)) == content(country)
    other = simulated_country(tmp_path / "other", seed=1)
    scores = f"data/raw/{YEAR}/scores.csv"
    assert content(other)[scores] != content(country)[scores]


def test_a_smaller_simulated_country_has_fewer_rows(tmp_path: Path) -> None:
    """40 regions from the whole register are invited and scored, the others are not."""
    evaluation = load_year(YEAR, simulated_country(tmp_path, 40))
    codes = evaluation.scores.valid()["region_code"]
    assert len(codes) == evaluation.scheme.stages.invited == 40
    assert codes.str[:2].nunique() > 20  # provinces


def test_items_are_spread_evenly() -> None:
    """Never more than there are."""
    assert spread("abcdefgh", 3) == ["a", "c", "f"]
    assert spread("ab", 5) == ["a", "b"]


@pytest.mark.parametrize(
    ("row", "met"),
    [
        (Row("ours", 1.0), None),
        (Row("slow", 8.0, ratio=8.0, target=Target(8, least=True)), True),
        (Row("slow", 8.0, ratio=7.99, target=Target(8, least=True)), False),
        (Row("above", 9.0, ratio=1.3, target=Target(1.3)), True),
        (Row("memory", 701.0, "MB", target=Target(700)), False),
    ],
)
def test_a_target_is_for_the_ratio_or_else_for_the_figure(row: Row, met: bool | None) -> None:
    """Its limit itself is allowed."""
    assert row.met is met


def test_ratios_say_how_many_times_as_long_as_ours() -> None:
    """Ours has none; a way without a target has a ratio alone."""
    rows = times_slower({"slow": 6.0, "other": 1.0, "ours": 0.5}, "ours", {"slow": 10})
    assert [(row.ratio, row.met) for row in rows] == [(12.0, True), (2.0, None), (None, None)]


def test_the_table_prints_every_row_and_then_the_notes() -> None:
    """A target that is missed stands out."""
    rows = times_slower({"slow": 6.0, "ours": 0.125}, "ours", {"slow": 50})
    heading, title, slow, ours, note = table([Part("Warm", rows, ["of 6 regions"])])
    assert heading.split() == ["measured", "ratio", "target", "met"]
    assert slow.split() == ["slow", "6.00", "s", "a", "report", "48.00", ">=", "50", "NO"]
    assert ours.split() == ["ours", "0.125", "s", "a", "report"]
    assert (title, note) == ("Warm", "- of 6 regions")


def test_ways_take_turns() -> None:
    """Each round has every way; the middle of each is reported."""
    turns: list[str] = []
    figures = {"a": iter([3.0, 1.0, 2.0]), "b": iter([5.0, 5.0, 9.0])}

    def way(name: str) -> float:
        turns.append(name)
        return next(figures[name])

    assert medians({"a": lambda: way("a"), "b": lambda: way("b")}, 3) == {"a": 2.0, "b": 5.0}
    assert turns == ["a", "b"] * 3


def test_a_command_that_fails_shows_what_it_said(tmp_path: Path) -> None:
    """A benchmark never times a failure."""
    assert ran(["-c", "print(7)"], tmp_path).printed == "7\n"
    with pytest.raises(SystemExit, match="no such thing"):
        ran(["-c", "raise SystemExit('no such thing')"], tmp_path)


def executed(*outputs: NotebookNode, tags: list[str] | None = None) -> NotebookNode:
    cell = new_code_cell("# a cell\nshow()", outputs=list(outputs), execution_count=1)
    cell.metadata = nbformat.from_dict({"tags": tags or [], "papermill": {"duration": 1.5}})
    return new_notebook(cells=[cell])


def test_differences_are_told_by_kind_and_cell() -> None:
    """Times and empty tags are none."""
    shown = new_output("display_data", {"text/plain": "a"}, metadata={"alt": "b"})
    bare = new_output("display_data", {"text/plain": "a"})
    said = new_output("stream", name="stdout", text="a")
    assert differences(executed(shown), executed(shown)) == {}
    assert differences(executed(shown), executed(bare)) == {"output metadata": ["a cell"]}
    assert differences(executed(said, bare), executed(bare)) == {
        "kinds of output in their order": ["a cell"],
        "stdout": ["a cell"],
    }


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_the_floor_runs_the_cells_and_makes_what_they_show(tmp_path: Path) -> None:
    """Parameters replace their cell; the last expression's HTML is made; a failure is told."""
    source = (
        "class Shown:\n"
        "    def _repr_html_(self):\n"
        "        (folder / region).touch()\n"
        "        return ''\n"
        "import pathlib\n"
        f"folder = pathlib.Path({str(tmp_path)!r})\n"
        "1 / (region != 'bad')\n"
        "Shown()"
    )
    parameters = new_code_cell("region = 'default'", metadata={"tags": ["parameters"]})
    notebook = tmp_path / "cells.ipynb"
    nbformat.write(new_notebook(cells=[parameters, new_code_cell(source)]), notebook)
    cells = list(compiled(notebook))
    forked(lambda region: run(cells, region), ["a", "b", "c"], 2)
    assert {path.name for path in tmp_path.iterdir()} == {"a", "b", "c", notebook.name}
    with pytest.raises(SystemExit, match="failed"):
        forked(lambda region: run(cells, region), ["bad"], 2)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells shared pages")
def test_memory_counts_a_shared_page_once() -> None:
    """The proportional sum is the smaller one."""
    memory = of_tree(psutil.Process())
    assert 0 < memory.proportional <= memory.resident
