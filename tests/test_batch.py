"""The batch: failures stay alone, reports are whole, fresh ones are kept."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from notebook_maker import PARAMETERS, code, text, write

from smartlib.data.regions import Register
from smartlib.run import batch as batch_module
from smartlib.run.batch import Batch, Task, prepare_tasks, run_batch
from smartlib.run.manifest import Entry, Surroundings, pathless, read_manifest
from smartlib.run.parameters import Domain
from smartlib.run.plan import Job
from smartlib.run.pool import run_all
from smartlib.run.report import Made, Order
from smartlib.vocabulary.errors import BuildError, ParameterError
from smartlib.vocabulary.folders import Folders

GOOD, RAISES, DIES, KILLS = "51.03", "51.71", "51.05", "51.02"
TROUBLE = f"""
import os, signal
print(os.getcwd())
if region == "{RAISES}": raise ValueError("broken on purpose")
if region == "{DIES}": os._exit(3)
if region == "{KILLS}": os.kill(os.getppid(), getattr(signal, "SIGKILL", signal.SIGTERM))
print("whole", region)
"""


def job(region: str, notebook: str = "small") -> Job:
    parameters = {"region": region, "lang": "id"}
    return Job(notebook, f"regions/{region}-x", region, region, "id", region, parameters)


def small_checkout(root: Path, cell: str = TROUBLE) -> Folders:
    write(
        root / "notebooks" / "small.ipynb", text("# S"), code(PARAMETERS, "parameters"), code(cell)
    )
    return Folders(root)


def make(folders: Folders, register: Register, *regions: str, **options: Any) -> Batch:
    around = Surroundings.of(folders)
    domain = Domain(register, (2024,))
    tasks = prepare_tasks([job(region) for region in regions], folders, domain, around)
    return run_batch(tasks, folders, around, **options)


class Heard:
    """Remembers what a batch told."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.ended: list[tuple[str, str]] = []

    def started(self, job: Job) -> None:
        self.begun.append(job.region)

    def finished(self, job: Job, entry: Entry) -> None:
        self.ended.append((job.region, entry.outcome))


def test_failures_stay_alone_and_leave_earlier_reports(tmp_path: Path, register: Register) -> None:
    """A raising cell, a dying kernel and a killed worker fail their own report only.

    The earlier report of a failed one stays byte for byte; its half-run notebook lies beside
    it and its traceback in the manifest; after a mend only the failed ones are made again.
    """
    folders, heard = small_checkout(tmp_path), Heard()
    earlier = folders.reports / "regions" / f"{RAISES}-x.html"
    earlier.parent.mkdir(parents=True)
    earlier.write_bytes(b"earlier")
    (earlier.parent / ".left.html.part").write_bytes(b"half")
    result = make(folders, register, GOOD, RAISES, DIES, KILLS, progress=heard)
    outcomes = {entry.region: entry.outcome for entry in result.entries}
    assert outcomes == {GOOD: "made", RAISES: "failed", DIES: "failed", KILLS: "failed"}
    assert sorted(heard.begun) == sorted(outcomes)
    assert sorted(heard.ended) == sorted(outcomes.items())
    assert earlier.read_bytes() == b"earlier"
    files = sorted(path.name for path in earlier.parent.iterdir())
    half_run = [f"{DIES}-x.failed.ipynb", f"{RAISES}-x.failed.ipynb"]
    assert files == sorted([f"{GOOD}-x.html", f"{GOOD}-x.ipynb", earlier.name, *half_run])

    manifest = json.loads((folders.reports / "manifest.json").read_text(encoding="utf-8"))
    traces = {entry["region"]: entry["traceback"] for entry in manifest["reports"]}
    half = json.loads((earlier.parent / half_run[1]).read_text(encoding="utf-8"))
    assert str(tmp_path) not in json.dumps(half)
    assert "./notebooks" in json.dumps(half)
    assert traces[GOOD] == ""
    assert traces[RAISES].endswith("ValueError: broken on purpose")
    assert traces[DIES].endswith("The kernel died in cell 4.")
    assert "worker process died" in traces[KILLS]
    assert str(tmp_path) not in json.dumps(manifest)

    small_checkout(tmp_path, "print('mended')")
    mended = make(folders, register, RAISES, KILLS)
    assert {entry.outcome for entry in mended.entries} == {"made"}
    assert not (earlier.parent / f"{RAISES}-x.failed.ipynb").exists()
    assert earlier.read_bytes() != b"earlier"
    assert read_manifest(folders.reports).keys() == {
        f"regions/{region}-x" for region in (GOOD, RAISES, DIES, KILLS)
    }


def fake_run_all(function: Callable[[Order], Made]) -> Callable[..., None]:
    """A pool that runs in this process."""

    def run_all(
        _: object, orders: Sequence[Order], *, started: Any, finished: Any, **__: object
    ) -> None:
        for order in orders:
            started(order)
            finished(order, function(order), "")

    return run_all


def written(order: Order) -> Made:
    order.target.parent.mkdir(parents=True, exist_ok=True)
    for suffix in (".html", ".ipynb"):
        order.target.with_name(order.target.name + suffix).write_bytes(b"x")
    empty = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"  # SHA-256 of x
    return Made(0.1, empty)


def test_only_what_changed_is_made_again(
    tmp_path: Path, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fresh reports are kept; a changed page, notebook or input, or --force, makes them anew."""
    monkeypatch.setattr(batch_module, "run_all", fake_run_all(written))
    folders = small_checkout(tmp_path)

    def outcomes(**options: Any) -> list[str]:
        return [entry.outcome for entry in make(folders, register, GOOD, DIES, **options).entries]

    assert outcomes() == ["made", "made"]
    assert outcomes() == ["kept", "kept"]
    assert outcomes(force=True) == ["made", "made"]
    (folders.reports / "regions" / f"{GOOD}-x.html").write_bytes(b"edited")
    assert outcomes() == ["made", "kept"]
    folders.processed.mkdir(parents=True)
    (folders.processed / "scores.csv").write_text("new", encoding="utf-8")
    assert outcomes() == ["made", "made"]
    small_checkout(tmp_path, "print('changed')")
    assert outcomes() == ["made", "made"]


def test_each_report_remembers_what_it_was_made_with(
    tmp_path: Path, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An entry that stands from an earlier build keeps that build's digests."""
    monkeypatch.setattr(batch_module, "run_all", fake_run_all(written))
    folders = small_checkout(tmp_path)
    make(folders, register, GOOD)
    folders.processed.mkdir(parents=True)
    (folders.processed / "scores.csv").write_text("new", encoding="utf-8")
    make(folders, register, DIES)
    old, new = (
        read_manifest(folders.reports)[f"regions/{region}-x"].made_with for region in (GOOD, DIES)
    )
    assert new == Surroundings.of(folders).digests
    assert set(old) == {"inputs", "code", "environment"}
    assert [name for name in old if old[name] != new[name]] == ["inputs"]


def double(number: int) -> tuple[int, int]:
    """Process and result; for the pool."""
    return os.getpid(), 2 * number


def test_a_worker_that_dies_while_idle_is_replaced() -> None:
    """The order after its death is done by a new worker, and none fails."""
    results, errors = [], []

    def finished(order: int, outcome: tuple[int, int] | None, error: str) -> None:
        errors.append(error)
        assert outcome
        results.append(outcome[1])
        if order == 1:
            os.kill(outcome[0], getattr(signal, "SIGKILL", signal.SIGTERM))
            time.sleep(1)  # until the pool has noticed

    run_all(double, [1, 2, 3], workers=1, started=lambda order: None, finished=finished)
    assert results == [2, 4, 6]
    assert errors == ["", "", ""]


def test_an_interruption_keeps_what_is_done(
    tmp_path: Path, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After Ctrl-C the manifest holds what was done; the same command does the rest."""

    def stopped(order: Order) -> Made:
        if order.target.name.startswith(DIES):
            raise KeyboardInterrupt
        return written(order)

    monkeypatch.setattr(batch_module, "run_all", fake_run_all(stopped))
    folders = small_checkout(tmp_path)
    result = make(folders, register, GOOD, DIES)
    assert result.interrupted
    assert [entry.region for entry in result.entries] == [GOOD]
    manifest = json.loads((folders.reports / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["interrupted"]
    monkeypatch.setattr(batch_module, "run_all", fake_run_all(written))
    again = make(folders, register, GOOD, DIES)
    assert [entry.outcome for entry in again.entries] == ["kept", "made"]


def tasks_of(folders: Folders, register: Register, *jobs: Job) -> Sequence[Task]:
    around = Surroundings({}, {}, {})
    return prepare_tasks(jobs, folders, Domain(register, (2024,)), around)


def test_wrong_plans_stop_before_a_kernel_starts(tmp_path: Path, register: Register) -> None:
    """A missing notebook and a parameter that the notebook lacks are errors of the plan."""
    folders = small_checkout(tmp_path)
    with pytest.raises(BuildError, match=r"none\.ipynb"):
        tasks_of(folders, register, job(GOOD), job(GOOD, "none"))
    write(folders.notebooks / "bare.ipynb", code("year: int = 2024", "parameters"))
    with pytest.raises(ParameterError, match="there is no parameter 'region'"):
        tasks_of(folders, register, job(GOOD, "bare"))


def test_a_broken_manifest_is_said_so(tmp_path: Path) -> None:
    """A manifest that is no JSON stops the build with what to do."""
    (tmp_path / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(BuildError, match="Delete it"):
        read_manifest(tmp_path)


def test_tracebacks_lose_the_folders_of_this_machine(tmp_path: Path) -> None:
    """The checkout is written as a point."""
    assert pathless(f"File {tmp_path}/a.py", tmp_path) == "File ./a.py"
