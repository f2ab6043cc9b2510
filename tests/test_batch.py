"""The batch: failures stay alone, reports are whole, fresh ones are kept."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from notebook_maker import PARAMETERS, code, text, write

from smartlib.data.reading.regions import Register
from smartlib.run.build.batch import Batch, Task, prepare_tasks, run_batch
from smartlib.run.execute.report import Made, Order
from smartlib.run.plan.domain import Domain
from smartlib.run.plan.plan import Job
from smartlib.run.plan.records import Entry
from smartlib.run.state.manifest import (
    JOURNAL,
    Manifest,
    note,
    pathless,
    read_manifest,
    write_manifest,
)
from smartlib.run.state.surroundings import Surroundings
from smartlib.vocabulary.errors import BuildError, FullDiskError, ParameterError
from smartlib.vocabulary.folders import Folders

GOOD, RAISES, DIES = "51.03", "51.71", "51.05"
TROUBLE = f"""
import os
print(os.getcwd())
if region == "{RAISES}": raise ValueError("broken on purpose")
if region == "{DIES}": os._exit(3)
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
    domain = Domain(register, (2024,), folders)
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
    """A raising cell and a dying kernel fail their own report only.

    The earlier report of a failed one stays byte for byte; its half-run notebook lies beside
    it and its traceback in the manifest; after a mend only the failed ones are made again.
    """
    folders, heard = small_checkout(tmp_path), Heard()
    earlier = folders.reports / "regions" / f"{RAISES}-x.html"
    earlier.parent.mkdir(parents=True)
    earlier.write_bytes(b"earlier")
    (earlier.parent / ".left.html.part").write_bytes(b"half")
    result = make(folders, register, GOOD, RAISES, DIES, progress=heard)
    outcomes = {entry.region: entry.outcome for entry in result.entries}
    assert outcomes == {GOOD: "made", RAISES: "failed", DIES: "failed"}
    assert sorted(heard.begun) == sorted(outcomes)
    assert sorted(heard.ended) == sorted(outcomes.items())
    assert earlier.read_bytes() == b"earlier"
    files = sorted(path.name for path in earlier.parent.iterdir())
    half_run = [f"{DIES}-x.failed.ipynb", f"{RAISES}-x.failed.ipynb"]
    assert files == sorted([f"{GOOD}-x.html", f"{GOOD}-x.ipynb", earlier.name, *half_run])

    known = read_manifest(folders.reports).entries
    traces = {entry.region: entry.traceback for entry in known.values()}
    half = json.loads((earlier.parent / half_run[1]).read_text(encoding="utf-8"))
    assert str(tmp_path) not in json.dumps(half)
    assert "./notebooks" in json.dumps(half)
    assert traces[GOOD] == ""
    assert traces[RAISES].endswith("ValueError: broken on purpose")
    assert traces[DIES].endswith("The kernel died in cell 4.")
    assert str(tmp_path) not in (folders.reports / JOURNAL).read_text(encoding="utf-8")

    small_checkout(tmp_path, "print('mended')")
    mended = make(folders, register, RAISES, DIES)
    assert {entry.outcome for entry in mended.entries} == {"made"}
    assert not (earlier.parent / f"{RAISES}-x.failed.ipynb").exists()
    assert earlier.read_bytes() != b"earlier"
    assert read_manifest(folders.reports).entries.keys() == {
        f"regions/{region}-x" for region in (GOOD, RAISES, DIES)
    }


def here(function: Callable[[Order], Made]) -> Callable[..., None]:
    """A runner that does the orders in this process, one after the other."""

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
    return Made(0.1)


def test_only_what_changed_is_made_again(tmp_path: Path, register: Register) -> None:
    """Fresh reports are kept; a changed page, notebook or input, or --force, makes them anew."""
    folders = small_checkout(tmp_path)

    def outcomes(**options: Any) -> list[str]:
        batch = make(folders, register, GOOD, DIES, runner=here(written), **options)
        return [entry.outcome for entry in batch.entries]

    assert outcomes() == ["made", "made"]
    assert outcomes() == ["kept", "kept"]
    assert outcomes(force=True) == ["made", "made"]
    for suffix in (".html", ".ipynb"):
        (folders.reports / "regions" / f"{GOOD}-x{suffix}").write_bytes(b"edited")
        assert outcomes() == ["made", "kept"]
    (folders.reports / "regions" / f"{DIES}-x.ipynb").unlink()
    assert outcomes() == ["kept", "made"]
    folders.processed.mkdir(parents=True)
    (folders.processed / "scores.csv").write_text("new", encoding="utf-8")
    assert outcomes() == ["made", "made"]
    small_checkout(tmp_path, "print('changed')")
    assert outcomes() == ["made", "made"]
    write(folders.notebooks / "another.ipynb", text("# Another"))
    assert outcomes() == ["kept", "kept"]


def test_a_new_version_of_anything_installed_makes_reports_anew(
    tmp_path: Path, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The environment is every distribution on the path of imports, and Python itself."""
    folders, site = small_checkout(tmp_path), tmp_path / "site"
    (site / "tables-1.0.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(site)

    def outcome() -> str:
        return make(folders, register, GOOD, runner=here(written)).entries[0].outcome

    assert [outcome(), outcome()] == ["made", "kept"]
    assert Surroundings.of(folders).environment["tables"] == "1.0"
    (site / "tables-1.0.dist-info").rename(site / "tables-1.1.dist-info")
    assert [outcome(), outcome()] == ["made", "kept"]
    monkeypatch.setattr("platform.python_version", lambda: "3.99.0")
    assert outcome() == "made"


def test_each_report_remembers_what_it_was_made_with(tmp_path: Path, register: Register) -> None:
    """An entry that stands from an earlier build keeps that build's digests."""
    folders = small_checkout(tmp_path)
    make(folders, register, GOOD, runner=here(written))
    folders.processed.mkdir(parents=True)
    (folders.processed / "scores.csv").write_text("new", encoding="utf-8")
    make(folders, register, DIES, runner=here(written))
    entries = read_manifest(folders.reports).entries
    old, new = (entries[f"regions/{region}-x"].made_with for region in (GOOD, DIES))
    assert new == Surroundings.of(folders).digests
    assert set(old) == {"inputs", "code", "environment"}
    assert [name for name in old if old[name] != new[name]] == ["inputs"]


def test_an_interruption_keeps_what_is_done(tmp_path: Path, register: Register) -> None:
    """After Ctrl-C the journal holds what was done; the same command does the rest."""

    def stopped(order: Order) -> Made:
        if order.target.name.startswith(DIES):
            raise KeyboardInterrupt
        return written(order)

    folders = small_checkout(tmp_path)
    result = make(folders, register, GOOD, DIES, runner=here(stopped))
    assert result.interrupted
    assert [entry.region for entry in result.entries] == [GOOD]
    assert read_manifest(folders.reports).interrupted
    again = make(folders, register, GOOD, DIES, runner=here(written))
    assert [entry.outcome for entry in again.entries] == ["kept", "made"]


def entry_of(output: str) -> Entry:
    return Entry(output, "n.ipynb", "Ü\u2028", "id", "", {}, (), "k", "s", 1.0, "made")


def test_a_journal_survives_a_kill_at_any_byte(tmp_path: Path) -> None:
    """Cut anywhere, it gives back every whole entry, and takes new ones after the torn one."""
    note(entry_of("a"), tmp_path)
    first = (tmp_path / JOURNAL).read_bytes()
    note(entry_of("b"), tmp_path)
    both = (tmp_path / JOURNAL).read_bytes()
    for size in range(len(first), len(both) + 1):
        (tmp_path / JOURNAL).write_bytes(both[:size])
        whole = {"a", "b"} if size == len(both) else {"a"}
        assert read_manifest(tmp_path).entries.keys() == whole
        note(entry_of("c"), tmp_path)
        assert read_manifest(tmp_path).entries.keys() == {*whole, "c"}
    assert read_manifest(tmp_path).entries["c"] == entry_of("c")


def test_the_journal_ends_when_the_manifest_has_it(tmp_path: Path) -> None:
    """A noted entry goes before one of the manifest; writing the manifest ends the journal."""
    old, new = entry_of("a"), replace(entry_of("a"), key="new")
    write_manifest(Manifest(entries={"a": old}), tmp_path)
    assert not read_manifest(tmp_path).interrupted
    note(new, tmp_path)
    read = read_manifest(tmp_path)
    assert (read.entries, read.interrupted) == ({"a": new}, True)
    write_manifest(replace(read, interrupted=False), tmp_path)
    assert not (tmp_path / JOURNAL).exists()
    assert read_manifest(tmp_path) == replace(read, interrupted=False)


@pytest.mark.parametrize(
    "error",
    [
        f"Cell 3 raised an error.\nOSError: [Errno 28] {os.strerror(errno.ENOSPC)}",
        "Traceback\nsmartlib.vocabulary.errors.FullDiskError: a.html was not written",
    ],
)
def test_a_full_disk_stops_the_batch(tmp_path: Path, register: Register, error: str) -> None:
    """The report it happened to is not noted as failed, those before it are kept, none follows."""
    folders, asked = small_checkout(tmp_path), []

    def full(order: Order) -> Made:
        asked.append(order)
        return Made(0.1, error=error) if len(asked) == 2 else written(order)

    with pytest.raises(FullDiskError, match=r"No space left|a\.html was not written"):
        make(folders, register, GOOD, DIES, RAISES, runner=here(full))
    assert len(asked) == 2
    assert list(read_manifest(folders.reports).entries) == [f"regions/{GOOD}-x"]
    again = make(folders, register, GOOD, DIES, RAISES, runner=here(written))
    assert [entry.outcome for entry in again.entries] == ["kept", "made", "made"]


def test_parts_of_killed_builds_are_cleared_and_those_of_others_left(
    tmp_path: Path, register: Register
) -> None:
    """Only the folders this build writes to: in others a live one may be at work."""
    folders = small_checkout(tmp_path)
    parts = [folders.reports / name / ".x.html.part" for name in (".", "regions", "runs", "b/c")]
    for part in parts:
        part.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(b"half")
    make(folders, register, GOOD, runner=here(written))
    assert [part.exists() for part in parts] == [False, False, True, True]


def tasks_of(folders: Folders, register: Register, *jobs: Job, **options: Any) -> Sequence[Task]:
    around = Surroundings.of(folders)
    return prepare_tasks(jobs, folders, Domain(register, (2024,), folders), around, **options)


def test_the_time_limit_goes_with_the_order_and_not_into_the_key(
    tmp_path: Path, register: Register
) -> None:
    """Another limit makes no report anew."""
    folders = small_checkout(tmp_path)
    (short,), (long,) = (tasks_of(folders, register, job(GOOD), timeout=n) for n in (1, 60))
    assert (short.order.timeout, long.order.timeout) == (1, 60)
    assert short.key == long.key


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
    (tmp_path / "run.json").write_text("{", encoding="utf-8")
    with pytest.raises(BuildError, match="Delete it"):
        read_manifest(tmp_path)


def test_tracebacks_lose_the_folders_of_this_machine(tmp_path: Path) -> None:
    """The checkout is written as a point."""
    assert pathless(f"File {tmp_path}/a.py", tmp_path) == "File ./a.py"
