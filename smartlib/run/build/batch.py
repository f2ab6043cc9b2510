"""The batch: fresh reports are kept, the others made side by side, all noted (floor 5)."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from smartlib.data.writing import clear_parts
from smartlib.run.execute.pool import run_all
from smartlib.run.execute.report import Made, Order, beside, make_report
from smartlib.run.plan.domain import Domain
from smartlib.run.plan.parameters import read_contract
from smartlib.run.plan.plan import Job
from smartlib.run.plan.records import FORMS, INDEX, TIMEOUT, WORKERS, Batch, Entry
from smartlib.run.site.frame import Page
from smartlib.run.state.freshness import fresh
from smartlib.run.state.manifest import error_line, note, pathless, read_manifest
from smartlib.run.state.surroundings import Surroundings, sha256
from smartlib.vocabulary.errors import (
    FULL,
    BuildError,
    FullDiskError,
    ParameterError,
)
from smartlib.vocabulary.folders import Folders
from smartlib.vocabulary.records import Finding
from smartlib.vocabulary.words import screen

# What the traceback of a report says for which a disk had no room, wherever it was made.
NO_ROOM = (FullDiskError.__name__, *map(os.strerror, FULL))


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


def prepare_tasks(
    jobs: Sequence[Job],
    folders: Folders,
    domain: Domain,
    around: Surroundings,
    timeout: int = TIMEOUT,
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
    timeout : int
        Seconds that a report may take.

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
        seen, name = contract.effective(values), "" if job.region else job.notebook
        page = Page(job.title, job.lang, seen, home, domain.years, job.formats, name)
        target = folders.reports / job.output
        order = Order(paths[job.notebook], values, target, page, timeout, folders.root)
        tasks.append(Task(job, order, around.key(job.source, page.parameters, page)))
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
    runner: Callable[..., None] = run_all,
) -> Batch:
    """Make every report that is not fresh, and note each in the journal.

    A report that fails does not stop the others, and leaves an earlier report of its name
    as it was. An interrupted batch keeps what is done; the same command goes on from there.

    Parameters
    ----------
    tasks : sequence of Task
        From `prepare_tasks`.
    folders : Folders
        Where reports go; nobody else may be at work there.
    around : Surroundings
        Noted with each report.
    workers : int
        Reports made side by side.
    force : bool
        Make fresh reports too.
    progress : Progress, optional
        Told of every job.
    runner : callable
        Does the orders, as `run_all` does.

    Raises
    ------
    BuildError
        An earlier manifest cannot be read.
    FullDiskError
        There is no room for a report; those that are done stay, the others are not begun.
    OSError
        The reports folder cannot be made or written to.
    """
    began = time.perf_counter()
    progress = progress or Silent()
    folders.reports.mkdir(parents=True, exist_ok=True)
    for folder in {folders.reports, *(task.order.target.parent for task in tasks)}:
        clear_parts(folder)
    keys = {task.job.output: task.key for task in tasks}
    entries = read_manifest(folders.reports).entries
    done = {} if force else fresh(keys, entries, folders.reports)
    for task in tasks:
        if task.job.output in done:
            progress.finished(task.job, done[task.job.output])
    due = {task.order.target: task for task in tasks if task.job.output not in done}

    def started(order: Order) -> None:
        progress.started(due[order.target].job)

    def finished(order: Order, made: Made | None, error: str) -> None:
        task = due[order.target]
        made = made or Made(0.0, error=error)
        _stop_without_room(task.job, made.error)
        entry = _entry(task, made, folders, around)
        note(entry, folders.reports)
        done[task.job.output] = entry
        progress.finished(task.job, entry)

    interrupted = False
    orders = [task.order for task in due.values()]
    try:
        runner(make_report, orders, workers=workers, started=started, finished=finished)
    except KeyboardInterrupt:
        interrupted = True
    ended = tuple(done[output] for output in keys if output in done)
    return Batch(ended, len(tasks), time.perf_counter() - began, interrupted)


def _stop_without_room(job: Job, error: str) -> None:
    """Raise when a report failed for want of room, since the next ones would fail too."""
    if any(sign in error for sign in NO_ROOM):
        line = error_line(error)
        told = line.partition(f"{FullDiskError.__name__}: ")[2]
        raise FullDiskError(told or f"{job.label} was not made: {line}. {screen.MAKE_ROOM()}")


def _entry(task: Task, made: Made, folders: Folders, around: Surroundings) -> Entry:
    job, target = task.job, task.order.target
    suffixes = (".html", ".ipynb", ".failed.ipynb", *(f".{name}" for name in FORMS))
    files = {suffix: beside(target, suffix) for suffix in suffixes}
    digests = {suffix: sha256(path) for suffix, path in files.items() if path.is_file()}
    return Entry(
        output=job.output,
        notebook=job.source,
        title=job.title,
        lang=job.lang,
        region=job.region,
        parameters=dict(task.order.page.parameters),
        files=tuple(f"{job.output}{suffix}" for suffix in digests),
        key=task.key,
        sha256=digests.get(".html", ""),
        seconds=round(made.seconds, 2),
        outcome="failed" if made.error else "made",
        traceback=pathless(made.error, folders.root),
        made_with=around.digests,
        notebook_sha256=digests.get(".ipynb", ""),
        engine=made.engine,
        cold=made.cold,
        forms={name: digests[f".{name}"] for name in job.formats if f".{name}" in digests},
    )
