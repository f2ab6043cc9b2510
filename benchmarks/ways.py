"""The ways of making reports: papermill and nbconvert as anyone would, and our own."""

from __future__ import annotations

import multiprocessing
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from multiprocessing.synchronize import Barrier
from pathlib import Path

import papermill
from nbconvert import HTMLExporter
from nbformat import NotebookNode

from smartlib.run.build.batch import Task
from smartlib.run.execute.engine import run_notebook
from smartlib.run.execute.pool import run_all

LONGEST_START = 120  # seconds; a pool makes workers that fail anew for ever
OUTPUT_SHOWN = 2000  # characters of what a failed command printed
PROVISIONER = "JUPYTER_DEFAULT_PROVISIONER_NAME"


def note(text: str) -> None:
    """A line of progress."""
    print(text, file=sys.stderr, flush=True)


def medians(ways: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """What each way takes; they take turns, so that a busy machine slows all of them.

    Parameters
    ----------
    ways : mapping of str to callable
        Each returns its own figure, so that preparing is not counted.
    rounds : int
        Turns of each.
    """
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(1, rounds + 1):
        for name, way in ways.items():
            note(f"round {number} of {rounds}: {name}")
            taken[name].append(way())
            note(f"  {taken[name][-1]:.3f} s")
    return {name: statistics.median(times) for name, times in taken.items()}


def seconds_each(work: Callable[[Task], object], tasks: Sequence[Task]) -> float:
    """Seconds a report of some work on each task in turn."""
    began = time.perf_counter()
    for task in tasks:
        work(task)
    return (time.perf_counter() - began) / len(tasks)


def by_papermill(task: Task, folder: Path, engine: str | None = None) -> NotebookNode:
    """The notebook through papermill's own function."""
    return papermill.execute_notebook(
        task.order.notebook,
        folder / f"{task.job.region}.ipynb",
        parameters=dict(task.order.parameters),
        cwd=task.order.notebook.parent,
        engine_name=engine,
        progress_bar=False,
    )


def by_papermill_and_nbconvert(task: Task, folder: Path) -> None:
    """The notebook by papermill, the page by nbconvert's own template."""
    page, _ = _exporter().from_notebook_node(by_papermill(task, folder))
    (folder / f"{task.job.region}.html").write_text(page, encoding="utf-8")


@cache
def _exporter() -> HTMLExporter:
    return HTMLExporter()


def pooled(tasks: Sequence[Task], folder: Path, jobs: int) -> float:
    """Seconds a report of papermill and nbconvert in a pool whose workers stand ready."""
    context = multiprocessing.get_context("spawn")
    everybody = context.Barrier(jobs + 1, timeout=LONGEST_START)
    with context.Pool(jobs, _ready, (everybody,)) as pool:
        everybody.wait()
        began = time.perf_counter()
        pool.starmap(by_papermill_and_nbconvert, [(t, folder) for t in tasks], chunksize=1)
        return (time.perf_counter() - began) / len(tasks)


def _ready(everybody: Barrier) -> None:
    """In a worker: this module, and with it papermill and nbconvert, has been imported."""
    _exporter()
    everybody.wait()


def by_our_engine(tasks: Sequence[Task], jobs: int) -> float:
    """Seconds a notebook of our engine, without pages, `jobs` at a time."""
    errors: list[str] = []

    def finished(task: Task, error: str | None, failure: str) -> None:
        errors.extend(filter(None, [error, failure]))

    began = time.perf_counter()
    run_all(_by_our_engine, tasks, workers=jobs, started=lambda task: None, finished=finished)
    seconds = time.perf_counter() - began
    if errors:
        raise SystemExit(errors[0])
    return seconds / len(tasks)


def _by_our_engine(task: Task) -> str:
    order = task.order
    run = run_notebook(order.notebook, order.parameters, cwd=order.notebook.parent, lang="id")
    return run.error


@dataclass(frozen=True)
class Ran:
    """A command that succeeded: its wall time, and what it printed."""

    seconds: float
    printed: str


def ran(arguments: Sequence[str], cwd: Path, **environment: str) -> Ran:
    """Run this interpreter with some arguments.

    Raises
    ------
    SystemExit
        It failed; the message has the end of what it printed.
    """
    settings = {k: v for k, v in os.environ.items() if k != PROVISIONER} | environment
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=settings,
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.perf_counter() - began
    if done.returncode:
        shown = " ".join(arguments[:6])
        said = (done.stdout + done.stderr)[-OUTPUT_SHOWN:]
        raise SystemExit(f"Failed: python {shown}\n{said}")
    return Ran(seconds, done.stdout)


def build_arguments(codes: Sequence[str], output: Path, *options: str) -> list[str]:
    """Of the interpreter, to build the reports of some regions as a user does."""
    regions = [word for code in codes for word in ("--region", code)]
    return ["-m", "smartlib", "build", "--output", str(output), *options, *regions]
