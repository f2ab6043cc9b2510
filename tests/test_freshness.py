"""A build with nothing to do: seen by hashes alone, at once; and whatever is due is made."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from notebook_maker import PARAMETERS, code, text, write
from test_batch import here, written

from smartlib.run.build.build import Ready, build, ready
from smartlib.run.execute.report import Made, Order, beside
from smartlib.run.plan.plan import NATIONAL
from smartlib.run.plan.records import Built, Selection
from smartlib.run.state.freshness import glance
from smartlib.run.state.manifest import JOURNAL, read_manifest
from smartlib.vocabulary.folders import Folders

# What takes a while to import, and has no part in finding that nothing is due.
HEAVY = {
    "IPython",
    "jupyter_client",
    "matplotlib",
    "nbclient",
    "nbconvert",
    "nbformat",
    "numpy",
    "openpyxl",
    "pandas",
    "pandera",
    "papermill",
    "rapidfuzz",
    "rich",
    "scipy",
    "statsmodels",
}
ASKED = Selection(2024, ("Badung", "Bantul"))
BADUNG, BANTUL = "regions/51.03-kab-badung", "regions/34.02-kab-bantul"
MANY = 514  # kabupaten and kota
PAGE, NOTEBOOK = 110_000, 150_000  # bytes, as those of a region


@pytest.fixture
def small(light: Folders, monkeypatch: pytest.MonkeyPatch) -> Folders:
    """A checkout with notebooks that nobody runs, and a workbook that takes no time."""
    national = code("year: int = 2024\nlang: str = 'en'", "parameters")
    for name in NATIONAL:
        write(light.notebooks / f"{name}.ipynb", national)
    write(light.notebooks / "region_report.ipynb", text("# R"), code(PARAMETERS, "parameters"))
    monkeypatch.setattr("smartlib.run.build.build.workbook_bytes", lambda tables: b"a workbook")
    return light


def made(
    folders: Folders, asked: Selection = ASKED, function: Callable[[Order], Made] = written
) -> Built:
    return build(ready(asked, folders), runner=here(function))


def outcomes(built: Built) -> dict[str, str]:
    return {entry.output: entry.outcome for entry in built.batch.entries}


def add(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n")


def remove(path: Path) -> None:
    path.unlink()


def test_a_finished_build_is_known_to_need_nothing(small: Folders) -> None:
    """A look finds its reports kept, and writes nothing."""
    assert glance(ASKED, small).due
    made(small)
    before = {path: path.stat().st_mtime_ns for path in small.reports.rglob("*")}
    seen = glance(ASKED, small)
    assert seen.built
    assert outcomes(seen.built) == {BADUNG: "kept", BANTUL: "kept"}
    assert seen.built.batch.asked == 2
    assert {path: path.stat().st_mtime_ns for path in small.reports.rglob("*")} == before


@pytest.mark.parametrize("change", [add, remove])
@pytest.mark.parametrize(
    ("file", "due", "again"),
    [
        (f"reports/{BADUNG}.html", True, {BADUNG}),
        (f"reports/{BANTUL}.ipynb", True, {BANTUL}),
        ("reports/index.html", False, set()),
        ("reports/tables.xlsx", False, set()),
        ("data/processed/scores.csv", False, set()),
    ],
)
def test_what_was_spoilt_is_seen_and_mended(
    small: Folders, change: Callable[[Path], None], file: str, due: bool, again: set[str]
) -> None:
    """A page, a notebook, the index, the workbook, a table: each comes back, and no more is made.

    That a report is due is known at once; of the others it is only known that something is.
    """
    made(small)
    whole = (small.root / file).read_bytes()
    change(small.root / file)
    seen = glance(ASKED, small)
    assert (seen.built, seen.due) == (None, due)
    built = made(small)
    assert {output for output, outcome in outcomes(built).items() if outcome == "made"} == again
    assert (small.root / file).read_bytes() == whole
    assert glance(ASKED, small).built


def test_every_source_of_a_report_is_looked_at(
    small: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Raw data, lock file, its notebook: due at once. Another notebook: nothing to do."""
    sources = (small.raw / "2024" / "notes.txt", small.root / "requirements.lock")
    for source in sources:
        source.write_bytes(b"1")
    notebook = small.notebooks / "region_report.ipynb"
    for source in (*sources, notebook):
        made(small)
        assert glance(ASKED, small).built
        add(source)
        seen = glance(ASKED, small)
        assert (seen.built, seen.due) == (None, True)
        assert set(outcomes(made(small)).values()) == {"made"}
    add(small.notebooks / "03_factors.ipynb")
    assert glance(ASKED, small).built
    monkeypatch.setattr("smartlib.run.state.surroundings.PACKAGE", small.root)  # another package
    assert glance(ASKED, small).due


def test_what_was_not_finished_is_not_taken_for_whole(small: Folders) -> None:
    """After a kill, a failure, or without the manifest, the build is gone through again."""
    made(small)
    (small.reports / "run.json").unlink()
    assert glance(ASKED, small).due
    made(small, function=lambda order: Made(0.1, error="broken on purpose"))
    assert glance(ASKED, small).due
    assert set(outcomes(made(small)).values()) == {"made"}
    (small.reports / JOURNAL).write_bytes(b'\n{"output": "torn')
    assert not glance(ASKED, small).built
    made(small)
    assert glance(ASKED, small).built


def test_selections_are_told_apart(small: Folders) -> None:
    """Builds of others leave this one finished, unless the index speaks another language."""
    made(small)
    bali = Selection(2024, provinces=("Bali",))
    assert not glance(bali, small).built
    assert outcomes(made(small, bali))[BADUNG] == "kept"
    assert glance(ASKED, small).built
    assert glance(bali, small).built
    english = replace(ASKED, langs=("en", "id"))
    assert set(outcomes(made(small, english)).values()) == {"made", "kept"}
    seen = glance(ASKED, small)
    assert (seen.built, seen.due) == (None, False)
    made(small)
    assert glance(ASKED, small).built


def test_a_plan_for_other_data_is_forgotten(small: Folders) -> None:
    """Reports that stand as an old plan wants them are due when others were built on new data."""
    made(small)
    (small.raw / "new.txt").write_bytes(b"1")
    made(small, Selection(2024, ("Tabanan",)))
    assert not glance(ASKED, small).built
    assert set(outcomes(made(small)).values()) == {"made"}


def test_a_page_gone_from_the_index_is_missed(small: Folders) -> None:
    """The index links the reports of every selection: one of another that is gone is seen."""
    made(small, Selection(2024, ("Badung",)))
    made(small, Selection(2024, ("Bantul",)))
    (small.reports / f"{BANTUL}.html").unlink()
    asked = Selection(2024, ("Badung",))
    assert not glance(asked, small).built
    made(small, asked)
    assert BANTUL not in (small.reports / "index.html").read_text(encoding="utf-8")
    assert glance(asked, small).built


def test_files_that_change_during_a_build_are_told_and_made_again(small: Folders) -> None:
    """No key fits a report that may mix old and new, even when the change is taken back."""
    notebook = small.notebooks / "region_report.ipynb"
    before = notebook.read_bytes()

    def edited(order: Order) -> Made:
        notebook.write_bytes(before + b"\n")
        return written(order)

    built = made(small, function=edited)
    assert "Changed while reports were made: notebooks/region_report.ipynb. Build" in built.trouble
    notebook.write_bytes(before)
    assert glance(ASKED, small).due
    assert set(outcomes(made(small)).values()) == {"made"}
    assert glance(ASKED, small).built


def imported(*command: str, cwd: Path) -> tuple[str, set[str]]:
    """Standard output of a command, and the packages that it imported."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "smartlib", *command],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    return done.stdout, set(re.findall(r"^import time:.*\| +(\w+)", done.stderr, re.MULTILINE))


def test_what_needs_no_tables_imports_none(small: Folders) -> None:
    """A finished build and the help import neither pandas nor anything of Jupyter."""
    made(small)
    asked = [part for name in ASKED.regions for part in ("--region", name)]
    text, packages = imported("build", *asked, cwd=small.root)
    assert text.startswith("2 reports: 0 made, 2 kept, 0 failed")
    assert {"smartlib", "click"} <= packages
    assert packages & HEAVY == set()
    assert imported("build", "--help", cwd=small.root)[1] & HEAVY == set()
    _, packages = imported("build", "--region", "Tabanan", "--help", cwd=small.root)
    assert packages & HEAVY == set()


def in_hundreds(plan: Ready, count: int) -> Ready:
    """The plan with its last report many times, each under another name."""
    last = plan.tasks[-1]
    target = last.order.target
    more = tuple(
        replace(
            last,
            job=replace(last.job, output=f"{last.job.output}{n}"),
            order=replace(last.order, target=beside(target, str(n))),
        )
        for n in range(count - len(plan.tasks))
    )
    return replace(plan, tasks=plan.tasks + more)


def seconds(*command: str, cwd: Path) -> float:
    """Of the processor, the fewest of three runs."""
    times = []
    for _ in range(3):
        before = os.times()
        subprocess.run([sys.executable, *command], cwd=cwd, check=True, capture_output=True)
        after = os.times()
        times.append(sum(after[2:4]) - sum(before[2:4]))  # of children: user's and system's
    return min(times)


def test_hundreds_of_reports_are_looked_at_within_a_second(small: Folders, tmp_path: Path) -> None:
    """Python's start-up and one second, for a page and a notebook of each of 514 regions."""
    for suffix, size in ((".html", PAGE), (".ipynb", NOTEBOOK)):
        (tmp_path / f"one{suffix}").write_bytes(os.urandom(size))

    def linked(order: Order) -> Made:
        order.target.parent.mkdir(parents=True, exist_ok=True)
        for suffix in (".html", ".ipynb"):
            os.link(tmp_path / f"one{suffix}", beside(order.target, suffix))
        return Made(0.1)

    build(in_hundreds(ready(Selection(2024), small), MANY), runner=here(linked))
    assert len(read_manifest(small.reports).entries) == MANY
    seen = glance(Selection(2024), small)
    assert seen.built
    assert seen.built.batch.asked == MANY
    taken = seconds("-m", "smartlib", "build", cwd=small.root)
    assert taken - seconds("-c", "pass", cwd=small.root) < 1
