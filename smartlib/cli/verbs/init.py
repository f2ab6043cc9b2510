"""`smartlib init`: a workbook of one's own in a new folder (floor 6)."""
# ruff: noqa: PLC0415 help starts at once

from __future__ import annotations

from pathlib import Path

import click

from smartlib.cli.terminal.printing import near, say
from smartlib.vocabulary.folders import Folders


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--minimal", is_flag=True, help="Only a table, a notebook and two commands.")
def command(*, folder: Path, minimal: bool) -> None:
    """Lay a workbook of your own in FOLDER: notebooks, data, README, environment.

    `smartlib build` runs it. With --minimal: what a study of your own table needs.

    Exit code 0: laid; 1: the folder is not empty, or cannot be written to.
    """
    from smartlib.run.commands.init import lay_study, lay_workbook

    lay = lay_study if minimal else lay_workbook
    files = lay(folder.resolve(), Folders.find())
    say(f"{near(folder.resolve())}: {len(files)} files")
    say("Read its README.md" if minimal else "Now: smartlib build, in that folder")
