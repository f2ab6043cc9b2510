"""`smartlib fit`: regressions, their table, checks, and the notebook of it all (floor 6)."""
# ruff: noqa: PLC0415 help starts at once

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from smartlib.cli.terminal.kernels import warm_if_installed
from smartlib.cli.terminal.options import (
    A_FILE,
    Formats,
    asked_year,
    folder_option,
    json_option,
    lang_option,
    year_option,
)
from smartlib.cli.terminal.printing import near, print_json, say, show, some, spoken, tell
from smartlib.vocabulary.folders import Folders
from smartlib.vocabulary.words import screen

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
@click.argument("formulas", nargs=-1, required=True, metavar="FORMULA...")
@click.option("--factors", type=A_FILE, metavar="FILE", help="Your own table.")
@click.option(
    "--reading", type=A_FILE, metavar="RECORD", help="How to read it; default: the one beside it."
)
@click.option(
    "--where",
    default="",
    metavar="CONDITION",
    help="Rows of the frame that are fitted, such as \"kota == 0 and province != 'Bali'\" "
    "(`smartlib read --only` picks rows of a file).",
)
@click.option("--weights", default="", metavar="COLUMN", help="Weights of the rows.")
@click.option(
    "--family",
    type=click.Choice(["ols", "logit"]),
    default="ols",
    show_default=True,
    help="logit: average marginal associations of an outcome that is 0 or 1.",
)
@click.option("--cluster", default="province", show_default=True, metavar="COLUMN")
@click.option(
    "--se",
    type=ErrorKind(),
    default="cr2",
    show_default=True,
    help="Errors; the hc kinds take regions as independent.",
)
@click.option(
    "--scheme",
    "own_scheme",
    type=A_FILE,
    metavar="TOML",
    help="Weights of an index of your own: the outcome custom_index.",
)
@click.option("--checks", is_flag=True, help="Show the classical assumption tests too.")
@click.option(
    "--figures",
    type=Formats(),
    default="",
    metavar="FORMATS",
    help="png,svg,pdf: figures at 300 dpi, 190 mm wide.",
)
@year_option
@click.option("--allow-small", is_flag=True, help="Fit fewer than 10 rows a coefficient.")
@lang_option
@folder_option
@json_option
def command(
    *,
    formulas: tuple[str, ...],
    factors: Path | None,
    reading: Path | None,
    year: int | None,
    checks: bool,
    output: Path | None,
    as_json: bool,
    **chosen: Any,
) -> None:
    """Fit FORMULA, such as "harmonised_index ~ own_source_share + log(population) + kota".

    It may name outcomes, factors, kota and the tracks (1 or 0), province, and the columns of
    --factors FILE, a table of regions in any form; `smartlib factors` lists what there is,
    `smartlib read FILE` shows how a file is read and what its columns are called. Beside + - * :
    it may hold log(), C(), I(), poly(x, 2), standardize(), and | province to give each province
    a level of its own. Several formulas make one table, side by side. Tables, checks and a
    notebook that runs it all again are written to reports/fits.
    """
    if reading and not factors:
        raise click.UsageError(spoken(screen.READING_NEEDS_FACTORS()))
    folders = Folders.find()
    year = asked_year(year, folders)
    warm_if_installed(folders.root)  # for the notebook, while the rest is imported and loaded

    from smartlib.run.commands.fit import FitOrder, fit_and_write, gather

    order = FitOrder(formulas, year, factors=factors, reading=reading, **chosen)
    materials = gather(order, folders)
    for line in some(materials.coverage, screen.NOTES_ON_TABLE(), most=COVERAGE):
        tell(line)
    fitting = fit_and_write(order, materials, folders, output)
    if fitting.unexecuted:
        tell(fitting.unexecuted)
    if as_json:
        print_json(fitting.as_dict())
        return
    for part in fitting.lines(checks):
        show(part)
    for line in map(near, fitting.files):
        say(line)
