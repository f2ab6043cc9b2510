"""The main job from raw tables to the index page, as one plan and one run (floor 5)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from smartlib.data.load import Evaluation, load_register, years
from smartlib.data.processed import Tables
from smartlib.data.regions import Register
from smartlib.data.workbook import fingerprint, made_from, workbook_bytes
from smartlib.data.writing import write_whole
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
    """What came of a build.

    Attributes
    ----------
    batch : Batch
        Its reports.
    index : Path
        Its index page.
    trouble : str
        Why the workbook could not be replaced; nothing when it is the tables' own.
    """

    batch: Batch
    index: Path
    trouble: str = ""


def domain_of(folders: Folders, register: Register | None = None) -> Domain:
    """What region and year parameters may name.

    Parameters
    ----------
    folders : Folders
        Of the checkout.
    register : Register, optional
        If it has been loaded already.

    Raises
    ------
    SourceError
        The register differs from its source record.
    """
    return Domain(register or load_register(folders), tuple(years(folders)))


def ready(selection: Selection, folders: Folders) -> Ready:
    """Write the processed tables, then plan and validate the reports.

    Parameters
    ----------
    selection : Selection
        What was asked for.
    folders : Folders
        Where it happens.

    Raises
    ------
    SmartlibError
        Any reason why a report could not start: raw data, regions, parameters, notebooks.
    """
    evaluation, tables = prepare(selection.year, folders)
    jobs = plan(selection, evaluation.register, tables)
    around = Surroundings.of(folders)
    domain = domain_of(folders, evaluation.register)
    tasks = prepare_tasks(jobs, folders, domain, around)
    return Ready(selection, folders, evaluation, tables, around, tasks)


def build(
    plan: Ready, *, workers: int = WORKERS, force: bool = False, progress: Progress | None = None
) -> Built:
    """Make the reports, then the workbook and the index page.

    The index is written after an interruption too, and links what stands. A workbook that
    cannot be replaced, being open in Excel, stops nothing and is told of.

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

    Raises
    ------
    BuildError
        An earlier manifest cannot be read.
    OSError
        The reports folder cannot be written to.
    """
    reports = plan.folders.reports
    batch = run_batch(
        plan.tasks, plan.folders, plan.around, workers=workers, force=force, progress=progress
    )
    entries = read_manifest(reports).values()
    lang = plan.selection.langs[0]
    try:
        trouble = renew_workbook(reports / WORKBOOK, plan.tables)
    finally:  # last, since it links the workbook if that stands
        write_index(entries, plan.tables, plan.evaluation.scheme, reports, lang)
    return Built(batch, reports / INDEX, trouble)


def renew_workbook(path: Path, tables: Tables) -> str:
    """Write the tables' workbook, unless the one that stands was made from them.

    Parameters
    ----------
    path : Path
        Of the workbook.
    tables : Tables
        What it holds.

    Returns
    -------
    str
        Why it could not be replaced; nothing on success.
    """
    if made_from(path) == fingerprint(tables):
        return ""
    content = workbook_bytes(tables)
    try:
        write_whole(path, content)
    except OSError as error:
        return (
            f"{path.name} was not replaced: {error.strerror}. Close it if another program, such "
            "as Excel, has it open, and build again; the reports are made."
        )
    return ""
