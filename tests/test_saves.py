"""What of a run is on disk while it goes on, and what becomes of it when it cannot be written."""

from __future__ import annotations

import datetime
import errno
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import nbformat
import papermill
import pytest
from nbformat import NotebookNode
from notebook_maker import code, write
from papermill import engines
from papermill.engines import NotebookExecutionManager
from test_warm import PATIENCE, wait_for

from smartlib.run.execute.engine import WARM
from smartlib.run.execute.warm import client, saves
from smartlib.run.execute.warm.saves import BETWEEN_SAVES, Saves

pytestmark = pytest.mark.skipif(bool(client.cannot_fork()), reason=client.cannot_fork())

LONG = 6 * PATIENCE  # seconds: a whole run, server included, on a machine under load
UNTIL_GO = "import os, time\nwhile not os.path.exists('go'): time.sleep(0.01)"
TALKING = "import os, time\nwhile not os.path.exists('go'): print('talk', flush=True)"


class Record(NotebookExecutionManager):
    """Papermill's record of a run, which counts its saves and has a clock of its own."""

    def __init__(self, clock: SimpleNamespace, autosave_cell_every: float) -> None:
        self.clock, self.written, self.fails = clock, 0, False
        super().__init__(None, progress_bar=False, autosave_cell_every=autosave_cell_every)

    def now(self) -> datetime.datetime:
        return datetime.datetime.fromtimestamp(self.clock.monotonic(), datetime.UTC)

    def save(self, **_: object) -> None:
        if self.fails:
            raise OSError(errno.ENOSPC, "No space left on device")
        self.written += 1
        self.last_save_time = self.now()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A clock that stands still until a test moves it."""
    clock = SimpleNamespace(seconds=1000.0)
    clock.monotonic = lambda: clock.seconds
    monkeypatch.setattr(saves, "time", clock)
    return clock


def spared(clock: SimpleNamespace, autosave_cell_every: float) -> tuple[Record, Saves]:
    """A record whose saves are spared, and what spares them."""
    record = Record(clock, autosave_cell_every)
    return record, Saves(record).__enter__()


def test_of_many_saves_one_is_made_at_once_and_one_is_made_up_for(clock: SimpleNamespace) -> None:
    """Quick cells cost one write in two seconds; the last of them is not forgotten."""
    record, kept = spared(clock, 30)
    for _ in range(20):
        record.save()
        clock.seconds += 0.01
    assert record.written == 1
    assert kept.catch_up() == pytest.approx(BETWEEN_SAVES - 0.2)
    clock.seconds += 1.79
    assert (kept.catch_up() > 0, record.written) == (True, 1)
    clock.seconds += 0.02
    assert (kept.catch_up(), record.written) == (0, 2)
    assert (kept.catch_up(), record.written) == (None, 2)


def test_an_autosave_is_made_though_no_more_is_said(clock: SimpleNamespace) -> None:
    """Half a minute after the last save, as papermill's option has it; then once only."""
    record, kept = spared(clock, 30)
    record.save()
    clock.seconds += 5
    record.autosave_cell()
    assert (kept.catch_up(), record.written) == (25, 1)
    clock.seconds += 25
    assert (kept.catch_up(), record.written) == (0, 2)
    assert kept.catch_up() is None


@pytest.mark.parametrize(("every", "written"), [(0, 1), (0.5, 5), (1, 3), (30, 1)])
def test_an_explicit_autosave_is_obeyed(every: float, written: int, clock: SimpleNamespace) -> None:
    """A cell that talks for 2.4 s is saved as often as asked for, two seconds or not."""
    record, kept = spared(clock, every)
    record.save()
    for _ in range(19):
        clock.seconds += 0.125
        record.autosave_cell()
        kept.catch_up()
    assert record.written == written


def test_a_save_that_fails_is_still_owed(clock: SimpleNamespace) -> None:
    """The error is told, and the next try is made at once."""
    record, kept = spared(clock, 30)
    record.fails = True
    with pytest.raises(OSError, match="No space"):
        record.save()
    record.fails = False
    assert (kept.catch_up(), record.written) == (0, 1)


def test_afterwards_a_record_saves_as_ever(clock: SimpleNamespace) -> None:
    """Papermill's last save is never left out."""
    record = Record(clock, 30)
    with Saves(record):
        record.save()
        record.save()
    record.save()
    assert record.written == 2


@pytest.fixture
def begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Begins runs of notebooks through papermill, in one folder; lets them go on at the end."""
    monkeypatch.chdir(tmp_path)
    with ThreadPoolExecutor(2) as pool:

        def begun(name: str, *sources: str, **options: Any) -> Future[NotebookNode]:
            path = write(tmp_path / f"{name}.ipynb", *map(code, sources))
            options = {"engine_name": WARM, "kernel_name": "python3", **options}
            out = tmp_path / f"{name}.out.ipynb"
            run = papermill.execute_notebook
            return pool.submit(run, path, out, progress_bar=False, cwd=tmp_path, **options)

        yield begun
        (tmp_path / "go").touch()


def on_disk(path: Path) -> list[tuple[str, str]]:
    """What the cells of an output notebook show, and how far they are; nothing of half a file."""
    try:
        cells = nbformat.read(path, as_version=4).cells
    except (OSError, ValueError):
        return []
    return [
        ("".join(o.get("text", o.get("ename")) for o in c.outputs), c.metadata.papermill.status)
        for c in cells
        if c.cell_type == "code"
    ]


@pytest.mark.parametrize("last", [UNTIL_GO, TALKING])
def test_what_is_finished_is_on_disk_while_a_long_cell_runs(
    last: str, begin: Callable[..., Future[NotebookNode]], tmp_path: Path
) -> None:
    """Silent or talking, whatever then happens to the process: two notebooks at once."""
    cells = ("print('one')", "print('two')", last)
    runs = [begin(name, *cells, autosave_cell_every=0) for name in "ab"]
    done = [("one\n", "completed"), ("two\n", "completed")]
    for name in "ab":
        out = tmp_path / f"{name}.out.ipynb"
        assert wait_for(lambda out=out: on_disk(out)[:2] == done, LONG), on_disk(out)
        assert on_disk(out)[2][1] == "running"
    (tmp_path / "go").touch()
    for run in runs:
        run.result(LONG)


def test_what_a_running_cell_has_said_is_on_disk(
    begin: Callable[..., Future[NotebookNode]], tmp_path: Path
) -> None:
    """A second later, as asked for, though the cell says no more."""
    out = tmp_path / "a.out.ipynb"
    run = begin("a", "print('once', flush=True)\n" + UNTIL_GO, autosave_cell_every=1)
    assert wait_for(lambda: on_disk(out) == [("once\n", "running")], LONG), on_disk(out)
    (tmp_path / "go").touch()
    run.result(LONG)


def test_results_are_on_disk_though_the_kernel_is_busy_after_its_last_cell(
    begin: Callable[..., Future[NotebookNode]], tmp_path: Path
) -> None:
    """A task that a cell has begun blocks the kernel's last answer."""
    out = tmp_path / "a.out.ipynb"
    task = f"async def busy():\n    for _ in range(20): await asyncio.sleep(0)\n    {UNTIL_GO}"
    cell = "import asyncio\n" + task.replace("\nwhile", "\n    while")
    run = begin("a", "print('one')", cell + "\nt = asyncio.ensure_future(busy())")
    done = [("one\n", "completed"), ("", "completed")]
    assert wait_for(lambda: on_disk(out) == done, LONG), on_disk(out)
    (tmp_path / "go").touch()
    run.result(LONG)


def test_a_full_disk_ends_the_run_and_the_cell(
    begin: Callable[..., Future[NotebookNode]], tmp_path: Path
) -> None:
    """A save that is made up for fails: papermill's error, and the cell's `finally` runs."""
    write_ipynb = engines.write_ipynb

    def full(*args: Any) -> None:
        if (tmp_path / "begun").exists():
            raise OSError(errno.ENOSPC, "No space left on device")
        write_ipynb(*args)

    cell = "open('begun', 'w').close()\ntry:\n    time.sleep(300)\n"
    cell += "finally:\n    open('cleaned', 'w').close()"
    with patch.object(engines, "write_ipynb", full):
        run = begin("a", "import time", cell)
        with pytest.raises(OSError, match="No space"):
            run.result(LONG)
    assert (tmp_path / "cleaned").exists()


def test_a_failing_cell_is_on_disk_with_what_was_before_it(
    begin: Callable[..., Future[NotebookNode]], tmp_path: Path
) -> None:
    """Quick cells and a quick failure; no later cell is shown as run."""
    run = begin("a", "print('one')", "1 / 0", "print('never')")
    with pytest.raises(papermill.PapermillExecutionError):
        run.result(LONG)
    shown = [text for text, _ in on_disk(tmp_path / "a.out.ipynb")]
    assert shown == ["one\n", "ZeroDivisionError", ""]
