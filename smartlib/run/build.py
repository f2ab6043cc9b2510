"""The main job from raw tables to the index page, as one plan and one run (floor 5)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from smartlib.data.load import Evaluation, load_register, years
from smartlib.data.processed import Tables, write_whole
from smartlib.data.workbook import workbook_bytes
from smartlib.run.batch import WORKERS, Batch, Progress, Task, prepare_tasks, run_batch
from smartlib.run.manifest import Surroundings, read_manifest
from smartlib.run.parameters import Domain
from smartlib.run.plan import Selection, plan
from smartlib.run.prepare import prepare
from smartlib.run.site import INDEX, WORKBOOK, write_index
from smartlib.vocabulary.folders import Folders


@dataclass(frozen=True)
class Ready:
    """A validated build: everything that running it needs.

    Attributes
    ----------
    selection : Selection
        What was asked for.
    folders : Folders
        Where it happens.
    evaluation : Evaluation
        The year as loaded.
    tables : Tables
        Its processed tables, written already.
    around : Surroundings
        Hashes of what reports depend on.
    tasks : tuple of Task
        Reports to make.
    """

    selection: Selection
    folders: Folders
    evaluation: Evaluation
    tables: Tables
    around: Surroundings
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class Built:
    """What came of a build: its batch and its index page."""

    batch: Batch
    index: Path


def domain_of(folders: Folders) -> Domain:
    """What region and year parameters may name."""
    return Domain(load_register(folders), tuple(years(folders)))


def ready(selection: Selection, folders: Folders) -> Ready:
    """Write the processed tables, then plan and validate the reports.

    Raises
    ------
    SmartlibError
        Any reason why a report could not start: raw data, regions, parameters, notebooks.
    """
    evaluation, tables = prepare(selection.year, folders)
    jobs = plan(selection, evaluation.register, tables)
    around = Surroundings.of(folders)
    domain = Domain(evaluation.register, tuple(years(folders)))
    tasks = prepare_tasks(jobs, folders, domain, around)
    return Ready(selection, folders, evaluation, tables, around, tasks)


def build(
    plan: Ready, *, workers: int = WORKERS, force: bool = False, progress: Progress | None = None
) -> Built:
    """Make the reports, then the workbook and the index page.

    The index is written after an interruption too, and links what stands.

    Parameters
    ----------
    plan : Ready
        From `ready`.
    workers : int
        Reports made side by side.
    force : bool
        Make fresh reports too.
    progress : Progress, optional
        Told of every report.

    Returns
    -------
    Built
    """
    reports = plan.folders.reports
    batch = run_batch(
        plan.tasks, plan.folders, plan.around, workers=workers, force=force, progress=progress
    )
    write_whole(reports / WORKBOOK, workbook_bytes(plan.tables))
    entries = read_manifest(reports).values()
    lang = plan.selection.langs[0]
    write_index(entries, plan.tables, plan.evaluation.scheme, reports, lang)
    return Built(batch, reports / INDEX)
