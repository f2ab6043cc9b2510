"""`smartlib run`: one notebook with checked parameters (floor 6)."""
# ruff: noqa: PLC0415 help starts at once

from __future__ import annotations

import sys
from pathlib import Path

import click

from smartlib.cli.terminal.failures import FAILED
from smartlib.cli.terminal.options import timeout_option
from smartlib.cli.terminal.printing import near, say, tell, tell_block
from smartlib.vocabulary.folders import Folders


@click.command("run")
@click.argument("notebook")
@click.option(
    "-p", "parameters", nargs=2, multiple=True, metavar="NAME VALUE", help="May be repeated."
)
@timeout_option
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.ipynb")
def command(
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
        tell_block(run.made.error)
        tell(f"Failed; half-run: {near(beside(run.target, '.failed.ipynb'))}")
        sys.exit(FAILED)
    for suffix in (".ipynb", ".html"):
        say(near(beside(run.target, suffix)))
