"""`smartlib fit`: one regression, its table, and the notebook that runs it again (floor 6)."""
# ruff: noqa: PLC0415 help starts at once

from __future__ import annotations

from pathlib import Path

import click

from smartlib.cli.terminal.kernels import warm_if_installed
from smartlib.cli.terminal.options import (
    A_FILE,
    asked_year,
    folder_option,
    json_option,
    year_option,
)
from smartlib.cli.terminal.printing import near, print_json, print_table, say, some, tell
from smartlib.vocabulary.folders import Folders

COVERAGE = 50  # lines on a table of one's own: notes, and one for each factor


class ErrorKind(click.ParamType):
    """A kind of errors, of those in the registry.

    The registry is read when a kind is converted or help is shown: it takes a second to import,
    which the start of a command should not wait for.
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


@click.command("fit")
@click.argument("formula")
@click.option("--factors", type=A_FILE, metavar="FILE", help="Your own table.")
@click.option(
    "--reading", type=A_FILE, metavar="RECORD", help="How to read it; default: the one beside it."
)
@click.option("--cluster", default="province", show_default=True, metavar="COLUMN")
@click.option(
    "--se",
    type=ErrorKind(),
    default="cr2",
    show_default=True,
    help="Errors; the hc kinds take regions as independent.",
)
@year_option
@click.option("--allow-small", is_flag=True, help="Fit fewer than 10 rows a coefficient.")
@folder_option
@json_option
def command(
    *,
    formula: str,
    factors: Path | None,
    reading: Path | None,
    cluster: str,
    se: str,
    year: int | None,
    allow_small: bool,
    output: Path | None,
    as_json: bool,
) -> None:
    """Fit FORMULA, such as "harmonised_index ~ own_source_share + log(population) + kota".

    It may name outcomes, factors, kota and the tracks (1 or 0), province, and the columns of
    --factors FILE, a table of regions in any form; `smartlib read FILE` shows how it is read and
    what its columns are called. Table and notebook are written to reports/fits.
    """
    if reading and not factors:
        raise click.UsageError("--reading needs --factors.")
    folders = Folders.find()
    year = asked_year(year, folders)
    warm_if_installed(folders.root)  # for the notebook, while the rest is imported and loaded

    from smartlib.run.commands.fit import FitOrder, fit_and_write, gather

    materials = gather(FitOrder(formula, year, se, cluster, allow_small, factors, reading), folders)
    for line in some(materials.coverage, "notes on your table", most=COVERAGE):
        tell(line)
    fitting = fit_and_write(materials, folders, output)
    if fitting.unexecuted:
        tell(fitting.unexecuted)
    if as_json:
        print_json(fitting.as_dict())
        return
    sheet = fitting.sheet
    say(fitting.table.title)
    print_table(list(sheet.frame), [list(row) for row in sheet.frame.itertuples(index=False)])
    for line in (*fitting.table.notes, *map(near, fitting.files)):
        say(line)
