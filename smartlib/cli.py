"""The command line: the only module that prints (floor 6).

Commands import what they do their work with, so that help, and a build that has nothing to
do, start at once.
"""
# ruff: noqa: PLC0415

from __future__ import annotations

import errno
import json
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from smartlib.run.plan.records import FIRST_LANG, TIMEOUT, WORKERS, Batch, Built, Entry, Selection
from smartlib.run.state.freshness import Glance, glance
from smartlib.run.state.lock import require_free
from smartlib.run.state.manifest import MANIFEST, error_line
from smartlib.vocabulary.errors import FULL, MAKE_ROOM, SmartlibError
from smartlib.vocabulary.folders import Folders, latest_year
from smartlib.vocabulary.tables import LANGUAGES

if TYPE_CHECKING:
    from smartlib.run.commands.check import Verdict
    from smartlib.run.plan.plan import Job

FAILED, INTERRUPTED = 1, 130
STEP = 10  # percent between two plain lines of progress
STAGE2 = {
    "scored": "yes",
    "absent": "no: absent",
    "undetermined": "no: undetermined (lost page)",
    "not_invited": "no: not invited",
}


class Commands(click.Group):
    """Turns every error that a user can mend into one message and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command.

        Raises
        ------
        click.ClickException
            Instead of a SmartlibError, or of a file that the system refuses.
        SystemExit
            After Ctrl-C.
        """
        try:
            return super().invoke(ctx)
        except SmartlibError as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            named = error.filename2 or error.filename or error.errno in FULL
            if error.errno == errno.EPIPE or not named:
                raise  # click knows what a closed pipe is; the rest is a mistake of ours
            raise click.ClickException(_unusable(error)) from error
        except KeyboardInterrupt:
            _leave_interrupted()


def _leave_interrupted() -> NoReturn:
    click.echo("Interrupted. What is done stays; run the same command to go on.", err=True)
    sys.exit(INTERRUPTED)


def _unusable(error: OSError) -> str:
    """What to say of a file or folder that the system refuses."""
    place = error.filename2 or error.filename or "A temporary file"
    if error.errno in FULL:
        return f"{place} was not written: {error.strerror}. {MAKE_ROOM}"
    return (
        f"{place} cannot be used: {error.strerror}. Close it if another program, such as "
        "Excel, has it open; or choose another folder with --output."
    )


def main() -> None:
    """Entry point of the console script."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if hasattr(signal, "SIGTERM"):
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    commands(prog_name="smartlib")


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="smartlib", prog_name="smartlib")
def commands() -> None:
    """Smart City evaluation of Indonesia: audit, ranking, and a report for every region."""


_year_option = click.option("--year", type=int, help="Of the evaluation; default: the latest.")
_jobs_option = click.option(
    "--jobs", type=click.IntRange(1), default=WORKERS, show_default=True, metavar="N"
)
_timeout_option = click.option(
    "--timeout",
    type=click.IntRange(1),
    default=TIMEOUT,
    show_default=True,
    metavar="SECONDS",
    help="End a report that takes longer.",
)


@commands.command("build")
@click.option("--region", "regions", multiple=True, metavar="NAME|CODE", help="Only this region.")
@click.option("--province", "provinces", multiple=True, metavar="NAME", help="Only its regions.")
@_year_option
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
@click.option("--format", "kind", type=click.Choice(["html"]), default="html", show_default=True)
@_jobs_option
@_timeout_option
@click.option("--force", is_flag=True, help="Make reports anew that are up to date.")
@click.option("--national", is_flag=True, help="National notebooks too, with --region/--province.")
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER")
@click.option("--dask", metavar="ADDRESS", help="On a Dask cluster, such as tcp://host:8786.")
@click.option(
    "--shared",
    is_flag=True,
    help="With --dask: workers write into the reports folder, which all machines see.",
)
def build_command(
    *,
    regions: tuple[str, ...],
    provinces: tuple[str, ...],
    year: int | None,
    langs: tuple[str, ...],
    kind: str,
    jobs: int,
    timeout: int,
    force: bool,
    national: bool,
    output: Path | None,
    dask: str | None,
    shared: bool,
) -> None:
    """Make the data set, the national notebooks and a report for every region."""
    if shared and not dask:
        raise click.UsageError("--shared needs --dask ADDRESS.")
    folders = Folders(Folders.find().root, output.resolve() if output else None)
    require_free(folders.reports)
    year = latest_year(folders) if year is None else year
    selection = Selection(year, regions, provinces, langs, True if national else None)
    seen = Glance(due=True) if force else glance(selection, folders)
    if seen.due and not dask:
        from smartlib.run.execute.warm.client import warm_up

        warm_up(folders.root)  # while tables are read and the reports planned
    built = seen.built or _build(
        selection, folders, jobs=jobs, timeout=timeout, force=force, dask=dask, shared=shared
    )
    _print_summary(built, folders.reports)
    if built.trouble:
        click.echo(built.trouble, err=True)
    if built.batch.interrupted:
        _leave_interrupted()
    if built.trouble or built.batch.with_outcome("failed"):
        sys.exit(FAILED)


def _runner(dask: str | None, folders: Folders, shared: bool) -> Callable[..., None]:
    if dask:
        from smartlib.run.cluster.cluster import cluster_runner

        return cluster_runner(dask, folders, shared=shared)
    from smartlib.run.execute.pool import run_all

    return run_all


def _build(
    selection: Selection,
    folders: Folders,
    *,
    jobs: int,
    timeout: int,
    force: bool,
    dask: str | None,
    shared: bool,
) -> Built:
    from smartlib.run.build.build import build, ready

    plan = ready(selection, folders, timeout)
    if not selection.with_national:
        click.echo("National notebooks left out (add --national to run them).", err=True)
    runner = _runner(dask, folders, shared)
    with _Bar(len(plan.tasks)) as bar:
        return build(plan, workers=jobs, force=force, progress=bar, runner=runner)


class _Bar:
    """Progress on standard error: a bar on a terminal, else a line every ten percent."""

    def __init__(self, total: int) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )

        self.total, self.done = total, 0
        self.running: list[str] = []
        self.console = Console(stderr=True)
        self.bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            console=self.console,
            disable=not self.console.is_terminal,
        )
        self.task = self.bar.add_task("reports", total=total)

    def __enter__(self) -> _Bar:
        self.bar.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.bar.stop()

    def started(self, job: Job) -> None:
        """Show a report as running."""
        self.running.append(job.label)
        self._describe()

    def finished(self, job: Job, entry: Entry) -> None:
        """Count a report."""
        if job.label in self.running:
            self.running.remove(job.label)
        before, self.done = self.done, self.done + 1
        self.bar.advance(self.task)
        self._describe()
        steps = 100 // STEP
        if self.bar.disable and before * steps // self.total < self.done * steps // self.total:
            percent = 100 * self.done // self.total
            click.echo(f"{percent:3d}% {self.done}/{self.total} {job.label}", err=True)
        if entry.outcome == "failed":
            line = f"failed: {job.label}: {error_line(entry.traceback)}"
            self.console.print(line, markup=False, highlight=False, soft_wrap=True)

    def _describe(self) -> None:
        self.bar.update(self.task, description=", ".join(self.running) or "reports")


def _print_summary(built: Built, reports: Path) -> None:
    batch = built.batch
    counts = [f"{len(batch.with_outcome(name))} {name}" for name in ("made", "kept", "failed")]
    counts += [f"{batch.asked - len(batch.entries)} not begun or given up"] * batch.interrupted
    asked = f"{batch.asked} report{'s' * (batch.asked != 1)}"
    click.echo(f"{asked}: {', '.join(counts)}, in {batch.seconds:.1f} s{_pace(batch)}")
    if any(entry.engine == "papermill" for entry in batch.with_outcome("made")):
        click.echo(
            "Made by papermill's own engine, which starts every notebook cold: this system "
            "cannot fork, or a notebook is not in Python."
        )
    for entry in batch.with_outcome("failed"):
        half_run = [file for file in entry.files if file.endswith(".failed.ipynb")]
        where = ", ".join(_near(reports / file) for file in half_run)
        place = f"; half-run notebook: {where}" if where else ""
        click.echo(f"  failed: {entry.output}: {error_line(entry.traceback)}{place}")
    if batch.with_outcome("failed"):
        click.echo(f"Tracebacks: {_near(reports / MANIFEST)}")
    click.echo(f"Index: {_near(built.index)}")


def _pace(batch: Batch) -> str:
    made = batch.with_outcome("made")
    return f" ({batch.seconds / len(made):.2f} s a report)" if made else ""


def _near(path: Path) -> str:
    """A path as seen from here, if it lies below; with forward slashes."""
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


@commands.command("check")
@click.argument("table", type=click.Path(path_type=Path), required=False)
@click.option("--scheme", type=click.Path(path_type=Path), metavar="FILE", help="A scheme.toml.")
@_year_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def check_command(table: Path | None, scheme: Path | None, year: int | None, as_json: bool) -> None:
    """Check a score table (CSV, XLSX) row by row, and whether each total follows.

    Without TABLE, the year's own table is checked, dimension means included.
    """
    from smartlib.run.commands.check import check_table, check_year

    if scheme and not table:
        raise click.UsageError("--scheme needs a TABLE.")
    if table and not table.name:
        raise click.UsageError(
            "TABLE names no file. Give the path of a CSV or XLSX file, or nothing for the "
            "year's own table."
        )
    folders = Folders.find()
    year = latest_year(folders) if year is None else year
    verdict = check_table(table, scheme, year, folders) if table else check_year(year, folders)
    if as_json:
        click.echo(json.dumps(verdict.as_dict(), ensure_ascii=False, indent=1))
    else:
        _print_verdict(verdict)
    if not verdict.valid:
        sys.exit(FAILED)


def _print_verdict(verdict: Verdict) -> None:
    for note in verdict.notes:
        click.echo(f"note: {note}")
    for finding in verdict.findings:
        click.echo(f"finding: {finding}")
    for label, counts in (("Totals", verdict.finals), ("Dimension means", verdict.means)):
        if sum(counts.values()):
            text = ", ".join(f"{n} {name.replace('_', ' ')}" for name, n in counts.items())
            click.echo(f"{label}: {text}")
    if verdict.forensics is not None:
        click.echo("How the numbers were made; it describes and accuses nobody (--json has all):")
        for row in verdict.forensics[verdict.forensics["verdict"] != "expected"].itertuples():
            click.echo(f"  {row.check}, {row.subject}: {row.verdict}. {row.detail}")
    state = "valid" if verdict.valid else f"{len(verdict.findings)} findings"
    click.echo(f"{verdict.file}: {verdict.rows} rows, {state}")


class ErrorKind(click.ParamType):
    """A kind of errors, of those in the registry.

    Asked for when a kind is converted or help is shown: the registry takes a second to import,
    which no other command should wait for.
    """

    name = "kind"

    def choice(self) -> click.Choice[str]:
        """The kinds at hand."""
        from smartlib.inference.core.covariance import KINDS

        return click.Choice(list(KINDS))

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The kind itself, if there is one of this name."""
        return self.choice().convert(value, param, ctx)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        """As of a choice."""
        return self.choice().get_metavar(param, ctx)


@commands.command("fit")
@click.argument("formula")
@click.option("--factors", type=click.Path(path_type=Path), metavar="FILE", help="Your own table.")
@click.option("--cluster", default="province", show_default=True, metavar="COLUMN")
@click.option(
    "--se",
    type=ErrorKind(),
    default="cr2",
    show_default=True,
    help="Errors; the hc kinds take regions as independent.",
)
@_year_option
@click.option("--allow-small", is_flag=True, help="Fit fewer than 10 rows a coefficient.")
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def fit_command(
    *,
    formula: str,
    factors: Path | None,
    cluster: str,
    se: str,
    year: int | None,
    allow_small: bool,
    output: Path | None,
    as_json: bool,
) -> None:
    """Fit FORMULA, such as "harmonised_index ~ own_source_share + log(population) + kota".

    It may name outcomes, factors, kota and kppn_ikn (1 or 0), province, and the columns of
    --factors FILE (CSV, XLSX, Stata, SPSS; region_code or region, factor, value, or a column for
    each factor). Table and notebook are written to reports/fits.
    """
    from smartlib.run.execute.warm.client import warm_up

    folders = Folders.find()
    year = latest_year(folders) if year is None else year
    warm_up(folders.root)  # for the notebook, while the rest is imported and loaded

    from smartlib.run.commands.fit import FitOrder, fit_and_write, gather

    materials = gather(FitOrder(formula, year, se, cluster, allow_small, factors), folders)
    for line in materials.coverage:
        click.echo(line, err=True)
    fitting = fit_and_write(materials, folders, output)
    if as_json:
        click.echo(json.dumps(fitting.as_dict(), ensure_ascii=False, indent=1, allow_nan=False))
        return
    sheet = fitting.sheet
    click.echo(fitting.table.title)
    _print_table(list(sheet.frame), [list(row) for row in sheet.frame.itertuples(index=False)])
    for line in (*fitting.table.notes, *map(_near, fitting.files)):
        click.echo(line)


@commands.command("regions")
@click.argument("query", nargs=-1)
def regions_command(query: tuple[str, ...]) -> None:
    """Find regions by name, code or province: code, name, province, kind, row."""
    from smartlib.data.load import load_register
    from smartlib.data.processed import read_tables

    folders, text = Folders.find(), " ".join(query)
    register = load_register(folders)
    found = register.search(text)
    hit = not found.empty
    if not hit:
        codes = register.nearest_codes(text)
        hint = " The nearest names:" if codes else " `smartlib regions` lists them all."
        click.echo(f"No region matches '{text}'.{hint}", err=True)
        found = register.frame.loc[codes]
    stage2 = read_tables(folders).participation.set_index("region_code")["stage2"]
    rows = [
        (code, row["region"], row["province"], row["kind"], STAGE2[stage2[code]])
        for code, row in found.iterrows()
    ]
    if rows:
        _print_table(("code", "name", "province", "kind", "row in scores"), rows)
    if not hit:
        sys.exit(FAILED)


def _print_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else 200, highlight=False)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        table.add_column(heading)
    for row in rows:
        table.add_row(*row)
    console.print(table, markup=False)


@commands.command("run")
@click.argument("notebook")
@click.option(
    "-p", "parameters", nargs=2, multiple=True, metavar="NAME VALUE", help="May be repeated."
)
@_timeout_option
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.ipynb")
def run_command(
    notebook: str, parameters: tuple[tuple[str, str], ...], timeout: int, output: Path | None
) -> None:
    """Run one notebook, by path or by its name in notebooks/, with checked parameters."""
    from smartlib.run.commands.single import run_single
    from smartlib.run.execute.report import beside

    names = [name for name, _ in parameters]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise click.UsageError(f"-p {', '.join(twice)} was given more than once.")
    run = run_single(notebook, dict(parameters), Folders.find(), output, timeout=timeout)
    if run.made.error:
        click.echo(run.made.error, err=True)
        click.echo(f"Failed; half-run: {_near(beside(run.target, '.failed.ipynb'))}", err=True)
        sys.exit(FAILED)
    for suffix in (".ipynb", ".html"):
        click.echo(_near(beside(run.target, suffix)))


@commands.command("notebooks")
@_jobs_option
def notebooks_command(jobs: int) -> None:
    """Re-run the notebooks of the checkout in place, with their defaults."""
    from smartlib.run.commands.single import rerun_notebooks
    from smartlib.run.plan.plan import NOTEBOOKS

    def watch(name: str, error: str) -> None:
        click.echo(f"{'failed' if error else 'ran'}: {name}")
        if error:
            click.echo(error, err=True)

    if not rerun_notebooks(Folders.find(), jobs, watch):
        sys.exit(FAILED)
    click.echo(f"{len(NOTEBOOKS)} notebooks re-run; `git diff` shows what changed.")
