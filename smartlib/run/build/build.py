"""The main job from raw tables to the index page, as one plan and one run (floor 5)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from smartlib.data.load import Evaluation, load_year
from smartlib.data.processed import Tables, read_tables
from smartlib.data.sources import last_day
from smartlib.data.workbook import fingerprint, made_from, workbook_bytes
from smartlib.data.writing import write_whole
from smartlib.run.build.batch import Progress, Task, prepare_tasks, run_batch
from smartlib.run.execute.pool import run_all
from smartlib.run.plan.domain import Domain
from smartlib.run.plan.plan import plan
from smartlib.run.plan.prepare import prepare
from smartlib.run.plan.records import INDEX, TIMEOUT, WORKERS, Batch, Built, Entry, Selection
from smartlib.run.site.index import WORKBOOK, write_index
from smartlib.run.site.method_page import write_method
from smartlib.run.state.lock import alone
from smartlib.run.state.manifest import (
    Manifest,
    Measured,
    Site,
    read_manifest,
    write_manifest,
)
from smartlib.run.state.memory import watched
from smartlib.run.state.provenance import write_provenance
from smartlib.run.state.surroundings import Surroundings, sha256
from smartlib.vocabulary.errors import SHOWN, FullDiskError
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


def ready(selection: Selection, folders: Folders, timeout: int = TIMEOUT) -> Ready:
    """Write the processed tables, then plan and validate the reports.

    Parameters
    ----------
    selection : Selection
        What was asked for.
    folders : Folders
        Where it happens.
    timeout : int
        Seconds that a report may take.

    Raises
    ------
    SmartlibError
        Any reason why a report could not start: raw data, regions, parameters, notebooks.
    """
    evaluation, tables = _loaded(selection.year, folders)
    jobs = plan(selection, evaluation.register, tables, evaluation.scheme)
    around = Surroundings.of(folders)
    domain = Domain.of(folders, evaluation.register)
    tasks = prepare_tasks(jobs, folders, domain, around, timeout)
    return Ready(selection, folders, evaluation, tables, around, tasks)


def _loaded(year: int, folders: Folders) -> tuple[Evaluation, Tables]:
    """A year and the tables, computed unless those that stand are what the last build wrote.

    Same raw files, same tables, same code, same libraries: to compute them again gives the same.
    """
    if Surroundings.of(folders).digests == read_manifest(folders.reports).around.digests:
        return load_year(year, folders), read_tables(folders)
    return prepare(year, folders)


def build(
    plan: Ready,
    *,
    workers: int = WORKERS,
    force: bool = False,
    progress: Progress | None = None,
    runner: Callable[..., None] = run_all,
    timed: bool = False,
) -> Built:
    """Make the reports, then the workbook, the index page and the manifest.

    Index and manifest are written after an interruption too, and link what stands. A workbook
    that cannot be replaced, being open in Excel, stops nothing and is told of.

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
    runner : callable
        Does the orders, as `run_all` does.
    timed : bool
        Have the crate say when this build was; equal builds then differ.

    Returns
    -------
    Built

    Raises
    ------
    BuildError
        An earlier manifest cannot be read, or another build is at work in the folder.
    FullDiskError
        There is no room; what is done stays.
    OSError
        The reports folder cannot be written to.
    """
    reports = plan.folders.reports
    with alone(reports):
        with watched() as peak:
            batch = run_batch(
                plan.tasks,
                plan.folders,
                plan.around,
                workers=workers,
                force=force,
                progress=progress,
                runner=runner,
            )
        earlier = read_manifest(reports)
        changed = plan.around.differing(Surroundings.of(plan.folders))
        entries = _standing({**earlier.entries, **_by_output(batch, changed)}, reports)
        site, trouble = _write_site(plan, entries, batch.interrupted)
        if plan.selection.bundle and not batch.interrupted:
            _bundle(plan, entries)
        manifest = Manifest(
            plan.around,
            entries,
            _plans(earlier, plan),
            site,
            batch.interrupted,
            _measured(batch, workers, peak.megabytes) or earlier.measured,
        )
        day = last_day(plan.evaluation.sources)
        times = _times(batch) if timed else {}
        write_manifest(_with_provenance(manifest, plan.folders, day, times), reports)
    troubles = [trouble, _told(changed)] if changed else [trouble]
    return Built(batch, reports / INDEX, "\n".join(filter(None, troubles)))


def _bundle(plan: Ready, entries: Mapping[str, Entry]) -> None:
    """One PDF a province of this build's reports."""
    from smartlib.run.build.bundle import write_bundles  # noqa: PLC0415  # most builds need none

    asked = (entries.get(task.job.output) for task in plan.tasks)
    write_bundles([e for e in asked if e and e.outcome != "failed"], plan.folders.reports)


def _by_output(batch: Batch, changed: Collection[str]) -> dict[str, Entry]:
    """The batch's entries; no key fits a report if files changed while it was made."""
    return {
        entry.output: replace(entry, key="") if changed and entry.outcome == "made" else entry
        for entry in batch.entries
    }


def _told(changed: Collection[str]) -> str:
    some = ", ".join(sorted(changed)[:SHOWN])
    return (
        f"Changed while reports were made: {some}. Build again: reports of this run may mix old "
        "and new, and will be made anew."
    )


def _write_site(plan: Ready, entries: Mapping[str, Entry], interrupted: bool) -> tuple[Site, str]:
    """Write workbook and index page; what stands there, and any trouble with the workbook.

    After an interruption the workbook, which takes seconds, is left to the next build.
    """
    reports, year, lang = plan.folders.reports, plan.selection.year, plan.selection.langs[0]
    trouble = "" if interrupted else renew_workbook(reports / WORKBOOK, plan.tables)
    # Last, since it links the workbook if that stands.
    index = write_index(entries.values(), plan.tables, plan.evaluation, reports, lang)
    workbook = "" if trouble or interrupted else sha256(reports / WORKBOOK)
    made = {INDEX: sha256(index), WORKBOOK: workbook}
    for path in write_method(plan.evaluation.scheme, reports):
        made[path.name] = sha256(path)
    return Site(year, lang, made), trouble


def _with_provenance(
    manifest: Manifest, folders: Folders, day: str, times: Mapping[str, str]
) -> Manifest:
    """Write what tells where the reports come from; the record of the run holds its hashes."""
    hashes = write_provenance(manifest, folders, day, times=times)
    site = manifest.site and replace(manifest.site, files={**manifest.site.files, **hashes})
    return replace(manifest, site=site)


def _measured(batch: Batch, jobs: int, megabytes: float) -> Measured | None:
    """What this build took; nothing if it made nothing."""
    made = len(batch.with_outcome("made"))
    return Measured(made, jobs, round(batch.seconds, 2), round(megabytes)) if made else None


def _times(batch: Batch) -> dict[str, str]:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return {entry.output: now for entry in batch.entries}


def _plans(earlier: Manifest, plan: Ready) -> dict[Selection, Mapping[str, str]]:
    """Keys of this build's reports, and of those of others in the same surroundings."""
    still = {} if plan.around.differing(earlier.around) else earlier.plans
    return {**still, plan.selection: {task.job.output: task.key for task in plan.tasks}}


def _standing(entries: Mapping[str, Entry], reports: Path) -> dict[str, Entry]:
    """Entries whose page, or whose failure, still stands."""
    return {
        output: entry
        for output, entry in entries.items()
        if entry.outcome == "failed" or (reports / f"{output}.html").is_file()
    }


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
    except FullDiskError:
        raise
    except OSError as error:
        return (
            f"{path.name} was not replaced: {error.strerror}. Close it if another program, such "
            "as Excel, has it open, and build again; the reports are made."
        )
    return ""
