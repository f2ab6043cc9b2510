"""What a report costs in the batch, against papermill and nbconvert in a loop.

Run it with `python tasks.py bench` (options: `--regions 6 --rounds 3 --jobs 2`). Rounds of
both ways are interleaved and medians compared, so that a busy machine slows both; the ratio
is the result, the seconds are of this machine.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import papermill
from nbconvert import HTMLExporter

from smartlib.run.batch import WORKERS, Task, run_batch
from smartlib.run.build import Ready, ready
from smartlib.run.plan import Selection
from smartlib.vocabulary.folders import Folders


def in_the_batch(plan: Ready, tasks: Sequence[Task], folder: Path, jobs: int) -> None:
    """Make the reports as `smartlib build` does."""
    batch = run_batch(
        tasks, Folders(plan.folders.root, folder), plan.around, workers=jobs, force=True
    )
    failed = batch.with_outcome("failed")
    if failed:
        raise SystemExit(failed[0].traceback)


def in_a_loop(tasks: Sequence[Task], folder: Path) -> None:
    """Make them one at a time with papermill, then nbconvert's own template."""
    exporter = HTMLExporter()
    for task in tasks:
        target = folder / f"{task.job.region}.ipynb"
        node = papermill.execute_notebook(
            task.order.notebook,
            target,
            parameters=dict(task.order.parameters),
            cwd=task.order.notebook.parent,
            progress_bar=False,
        )
        page, _ = exporter.from_notebook_node(node)
        target.with_suffix(".html").write_text(page, encoding="utf-8")


def seconds(work: Callable[[Path], None]) -> float:
    """Wall time of a piece of work in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="smartlib-bench-") as name:
        began = time.perf_counter()
        work(Path(name))
        return time.perf_counter() - began


def retargeted(tasks: Sequence[Task], reports: Path, folder: Path) -> list[Task]:
    """The tasks with their reports in another folder."""
    return [
        replace(task, order=replace(task.order, target=folder / target.relative_to(reports)))
        for task in tasks
        for target in [task.order.target]
    ]


def main() -> None:
    """Time both ways and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--regions", type=int, default=6)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=WORKERS)
    options = parser.parse_args()
    plan = ready(Selection(2024, national=False), Folders.find())
    tasks = plan.tasks[: options.regions]
    reports = plan.folders.reports
    batch, loop = [], []
    for number in range(1, options.rounds + 1):
        batch.append(
            seconds(
                lambda folder: in_the_batch(
                    plan, retargeted(tasks, reports, folder), folder, options.jobs
                )
            )
        )
        loop.append(seconds(lambda folder: in_a_loop(tasks, folder)))
        print(f"round {number}: batch {batch[-1]:.1f} s, loop {loop[-1]:.1f} s", flush=True)
    rows = (
        (f"smartlib build, {options.jobs} at a time", batch),
        ("papermill, then nbconvert, one at a time", loop),
    )
    fastest = statistics.median(batch)
    print(f"\n{len(tasks)} reports, {options.rounds} rounds, medians")
    print(f"{'way':<42}{'s a report':>12}{'ratio':>8}")
    for name, times in rows:
        middle = statistics.median(times)
        print(f"{name:<42}{middle / len(tasks):>12.2f}{middle / fastest:>8.2f}")


if __name__ == "__main__":
    main()
