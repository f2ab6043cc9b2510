"""`smartlib build`: the data set, the national notebooks, a report for every region (floor 6)."""
# ruff: noqa: PLC0415 a build that has nothing to do starts at once

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import click

from smartlib.cli.terminal.failures import FAILED, leave_interrupted
from smartlib.cli.terminal.options import (
    asked_year,
    folder_option,
    jobs_option,
    timeout_option,
    year_option,
)
from smartlib.cli.terminal.printing import near, say, some, tell, tell_block
from smartlib.run.plan.records import FIRST_LANG, FORMATS, Batch, Built, Entry, Selection
from smartlib.run.state.freshness import Glance, glance
from smartlib.run.state.manifest import RECORD, error_line
from smartlib.vocabulary.folders import Folders
from smartlib.vocabulary.tables import LANGUAGES


@click.command("build")
@click.option("--region", "regions", multiple=True, metavar="NAME|CODE", help="Only this region.")
@click.option("--province", "provinces", multiple=True, metavar="NAME", help="Only its regions.")
@year_option
@click.option(
    "--lang",
    "langs",
    multiple=True,
    type=click.Choice(LANGUAGES),
    default=(FIRST_LANG,),
    show_default=True,
    help="Language of the region reports; for both: --lang id --lang en. The index page takes "
    "the first.",
)
@click.option(
    "--format",
    "formats",
    default="html",
    show_default=True,
    metavar="html|pdf|html,pdf",
    callback=lambda context, option, given: _formats(given),
    help="Of the region reports; the page is always made, a PDF beside it if asked for.",
)
@click.option(
    "--bundle",
    type=click.Choice(["province"]),
    default=None,
    help="One PDF a province too, with a cover and a table, in reports/provinces.",
)
@jobs_option
@timeout_option
@click.option("--force", is_flag=True, help="Make reports anew that are up to date.")
@click.option("--national", is_flag=True, help="National notebooks too, with --region/--province.")
@folder_option
@click.option("--times", "timed", is_flag=True, help="Have the crate say when; no two are alike.")
@click.option("--dask", metavar="ADDRESS", help="On a Dask cluster, such as tcp://host:8786.")
@click.option(
    "--shared",
    is_flag=True,
    help="With --dask: workers write into the reports folder, which all machines see.",
)
def command(
    *,
    regions: tuple[str, ...],
    provinces: tuple[str, ...],
    year: int | None,
    langs: tuple[str, ...],
    formats: tuple[str, ...],
    bundle: str | None,
    jobs: int,
    timeout: int,
    force: bool,
    national: bool,
    output: Path | None,
    timed: bool,
    dask: str | None,
    shared: bool,
) -> None:
    """Make the data set, the national notebooks and a report for every region."""
    began = time.perf_counter()
    if shared and not dask:
        raise click.UsageError("--shared needs --dask ADDRESS.")
    if "pdf" in formats or bundle:
        from smartlib.run.site.pdf import require_typesetter

        require_typesetter()
    from smartlib.run.state.lock import require_free

    folders = Folders(Folders.find(to_write="reports").root, output.resolve() if output else None)
    require_free(folders.reports)
    year = asked_year(year, folders)
    national_too = True if national else None
    selection = Selection(year, regions, provinces, langs, national_too, formats, bundle or "")
    seen = Glance(due=True) if force else glance(selection, folders)
    if seen.due and not dask:
        from smartlib.run.execute.warm.client import warm_up

        warm_up(folders.root)  # while tables are read and the reports planned
    runner = partial(_runner, dask, folders, shared)
    how = {"workers": jobs, "force": force, "timed": timed}
    built = seen.built or _build(selection, folders, timeout, runner, how)
    batch = replace(built.batch, seconds=time.perf_counter() - began)
    _print_summary(replace(built, batch=batch), folders.reports)
    if built.trouble:
        tell_block(built.trouble)
    if built.batch.interrupted:
        leave_interrupted()
    if built.trouble or built.batch.with_outcome("failed"):
        sys.exit(FAILED)


def _formats(given: str) -> tuple[str, ...]:
    """Formats as typed, in the order of `FORMATS`; the page is one of them always."""
    asked = {name.strip().lower() for name in given.split(",")}
    if not asked <= set(FORMATS):
        wrong = ", ".join(sorted(asked - set(FORMATS)))
        raise click.BadParameter(f"'{wrong}' is not one of {', '.join(FORMATS)}.")
    return tuple(name for name in FORMATS if name in asked | {"html"})


def _runner(dask: str | None, folders: Folders, shared: bool) -> Callable[..., None]:
    if dask:
        from smartlib.run.cluster.cluster import cluster_runner

        return cluster_runner(dask, folders, shared=shared)
    from smartlib.run.execute.pool import run_all

    return run_all


def _build(
    selection: Selection,
    folders: Folders,
    timeout: int,
    runner: Callable[[], Callable[..., None]],
    how: Mapping[str, Any],
) -> Built:
    from smartlib.cli.terminal.progress import Bar
    from smartlib.run.build.build import build, ready

    plan = ready(selection, folders, timeout)
    if not selection.with_national:
        tell("National notebooks left out (add --national to run them).")
    with Bar(len(plan.tasks)) as bar:
        return build(plan, progress=bar, runner=runner(), **how)


def _print_summary(built: Built, reports: Path) -> None:
    batch = built.batch
    counts = [f"{len(batch.with_outcome(name))} {name}" for name in ("made", "kept", "failed")]
    counts += [f"{batch.asked - len(batch.entries)} not begun or given up"] * batch.interrupted
    asked = f"{batch.asked} report{'s' * (batch.asked != 1)}"
    say(f"{asked}: {', '.join(counts)}, in {batch.seconds:.1f} s{_pace(batch)}")
    for reason in sorted({entry.cold for entry in batch.with_outcome("made") if entry.cold}):
        say(f"Made by papermill's own engine, which starts every notebook cold: {reason}.")
    failed = (_failure(entry, reports) for entry in batch.with_outcome("failed"))
    for line in some(failed, f"failed ({near(reports / RECORD)} has all)"):
        say(line)
    if batch.with_outcome("failed"):
        say(f"Tracebacks: {near(reports / RECORD)}")
    say(f"Index: {near(built.index)}")


def _failure(entry: Entry, reports: Path) -> str:
    half_run = [file for file in entry.files if file.endswith(".failed.ipynb")]
    where = ", ".join(near(reports / file) for file in half_run)
    place = f"; half-run notebook: {where}" if where else ""
    return f"  failed: {entry.output}: {error_line(entry.traceback)}{place}"


def _pace(batch: Batch) -> str:
    made = batch.with_outcome("made")
    return f" ({batch.seconds / len(made):.2f} s a report)" if made else ""
