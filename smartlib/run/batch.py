"""The batch: fresh reports are kept, the others made side by side, all recorded (floor 5)."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from smartlib.run.manifest import (
    Entry,
    Surroundings,
    is_fresh,
    kept,
    pathless,
    read_manifest,
    sha256,
    write_manifest,
)
from smartlib.run.pages import Page
from smartlib.run.parameters import Domain, read_contract
from smartlib.run.plan import Job
from smartlib.run.pool import run_all
from smartlib.run.report import Made, Order, beside, make_report
from smartlib.vocabulary.errors import BuildError, ParameterError
from smartlib.vocabulary.folders import Folders
from smartlib.vocabulary.records import Finding

INDEX = "index.html"
CELL_TIMEOUT = 600  # seconds; no cell of a report comes near, and a hanging one must end
WORKERS = 2  # papermill's kernels are heavy; two fill the two cores of a small machine


class Progress(Protocol):
    """Told what happens; the command line draws it."""

    def started(self, job: Job) -> None:
        """A job was begun."""

    def finished(self, job: Job, entry: Entry) -> None:
        """A job came to its end, or was found fresh."""


class Silent:
    """A progress that says nothing."""

    def started(self, job: Job) -> None:
        """Say nothing."""

    def finished(self, job: Job, entry: Entry) -> None:
        """Say nothing."""


@dataclass(frozen=True)
class Task:
    """A job ready to run: its order for a worker, and what it depends on."""

    job: Job
    order: Order
    key: str


@dataclass(frozen=True)
class Batch:
    """What came of a batch.

    Attributes
    ----------
    entries : tuple of Entry
        Of this batch's jobs that came to an end, in their order.
    asked : int
        Jobs in all.
    seconds : float
        Wall time.
    interrupted : bool
        Whether it was stopped before its end.
    """

    entries: tuple[Entry, ...]
    asked: int
    seconds: float
    interrupted: bool

    def with_outcome(self, outcome: str) -> tuple[Entry, ...]:
        """Entries of one outcome: made, kept or failed."""
        return tuple(entry for entry in self.entries if entry.outcome == outcome)


def prepare_tasks(
    jobs: Sequence[Job], folders: Folders, domain: Domain, around: Surroundings
) -> tuple[Task, ...]:
    """Jobs with checked parameters and keys; nothing is run.

    Parameters
    ----------
    jobs : sequence of Job
        The plan.
    folders : Folders
        Of the checkout.
    domain : Domain
        What regions and years parameters may name.
    around : Surroundings
        Hashes of inputs, code and environment.

    Raises
    ------
    BuildError
        Notebooks are missing.
    ParameterError
        A job does not fit its notebook's contract.
    """
    names = dict.fromkeys(job.notebook for job in jobs)
    paths = {name: folders.notebooks / f"{name}.ipynb" for name in names}
    missing = [Finding("not there", path.name) for path in paths.values() if not path.is_file()]
    if missing:
        raise BuildError("notebooks/ lacks what the build runs.", missing)
    contracts = {name: read_contract(path) for name, path in paths.items()}
    findings: list[Finding] = []
    tasks = []
    for job in jobs:
        try:
            contract = contracts[job.notebook]
            values = contract.checked(job.parameters, domain)
        except ParameterError as error:
            findings += [finding for finding in error.findings if finding not in findings]
            continue
        home = "../" * job.output.count("/") + INDEX
        page = Page(job.title, job.lang, contract.effective(values), home, domain.years)
        target = folders.reports / job.output
        order = Order(paths[job.notebook], values, target, page, CELL_TIMEOUT, folders.root)
        tasks.append(Task(job, order, around.key(order.notebook, page.parameters, page)))
    if findings:
        raise ParameterError("Parameters do not fit; no notebook was started.", findings)
    return tuple(tasks)


def run_batch(
    tasks: Sequence[Task],
    folders: Folders,
    around: Surroundings,
    *,
    workers: int = WORKERS,
    force: bool = False,
    progress: Progress | None = None,
) -> Batch:
    """Make every report that is not fresh, and write the manifest.

    A report that fails does not stop the others, and leaves an earlier report of its name
    as it was. An interrupted batch keeps what is done; the same command goes on from there.

    Parameters
    ----------
    tasks : sequence of Task
        From `prepare_tasks`.
    folders : Folders
        Where reports go.
    around : Surroundings
        Written into the manifest.
    workers : int
        Reports made side by side.
    force : bool
        Make fresh reports too.
    progress : Progress, optional
        Told of every job.

    Raises
    ------
    BuildError
        An earlier manifest cannot be read.
    OSError
        The reports folder cannot be made or written to.
    """
    began = time.perf_counter()
    progress = progress or Silent()
    folders.reports.mkdir(parents=True, exist_ok=True)
    earlier = read_manifest(folders.reports)
    _clear_parts(folders.reports)
    done: dict[str, Entry] = {}
    due = []
    for task in tasks:
        entry = earlier.get(task.job.output)
        if entry and not force and is_fresh(entry, task.key, folders.reports):
            done[task.job.output] = kept(entry)
            progress.finished(task.job, done[task.job.output])
        else:
            due.append(task)
    by_order = {task.order.target: task for task in due}

    def started(order: Order) -> None:
        progress.started(by_order[order.target].job)

    def finished(order: Order, made: Made | None, error: str) -> None:
        task = by_order[order.target]
        entry = _entry(task, made or Made(0.0, error=error), folders, around)
        done[task.job.output] = entry
        progress.finished(task.job, entry)

    interrupted = False
    try:
        run_all(
            make_report,
            [task.order for task in due],
            workers=workers,
            started=started,
            finished=finished,
        )
    except KeyboardInterrupt:
        interrupted = True
    finally:
        standing = _standing(earlier, folders.reports) | done
        complete = not interrupted and len(done) == len(tasks)
        write_manifest(standing.values(), around, folders, interrupted=not complete)
    entries = tuple(done[task.job.output] for task in tasks if task.job.output in done)
    return Batch(entries, len(tasks), time.perf_counter() - began, interrupted)


def _entry(task: Task, made: Made, folders: Folders, around: Surroundings) -> Entry:
    job, target = task.job, task.order.target
    suffixes = (".html", ".ipynb", ".failed.ipynb")
    page = beside(target, ".html")
    return Entry(
        output=job.output,
        notebook=f"notebooks/{job.notebook}.ipynb",
        title=job.title,
        lang=job.lang,
        region=job.region,
        parameters=dict(task.order.page.parameters),
        files=tuple(
            f"{job.output}{suffix}" for suffix in suffixes if beside(target, suffix).is_file()
        ),
        key=task.key,
        sha256=made.sha256 or (sha256(page) if page.is_file() else ""),
        seconds=round(made.seconds, 2),
        outcome="failed" if made.error else "made",
        traceback=pathless(made.error, folders.root),
        made_with=around.digests,
    )


def _standing(earlier: Mapping[str, Entry], reports: Path) -> dict[str, Entry]:
    """Entries of earlier builds whose page, or whose failure, still stands."""
    return {
        output: entry
        for output, entry in earlier.items()
        if entry.outcome == "failed" or (reports / f"{output}.html").is_file()
    }


def _clear_parts(reports: Path) -> None:
    """Remove temporary files that a killed build left."""
    for part in reports.rglob(".*.part"):
        part.unlink(missing_ok=True)
