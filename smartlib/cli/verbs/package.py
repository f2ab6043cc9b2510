"""`smartlib package`: a replication package of the reports that stand (floor 6)."""
# ruff: noqa: PLC0415 help starts at once

from __future__ import annotations

from pathlib import Path

import click

from smartlib.cli.terminal.options import folder_option
from smartlib.cli.terminal.printing import near, say
from smartlib.vocabulary.folders import Folders


@click.command("package")
@folder_option
def command(*, output: Path | None) -> None:
    """Lay a replication package: README, data, notebooks as run, environment, exhibit map.

    Made from the last build's records, into --output FOLDER (default: replication).

    Exit code 0: laid; 1: reports are missing, failed or changed, or the folder is not empty.
    """
    from smartlib.run.commands.package import package

    folder = (output or Path("replication")).resolve()
    files = package(folder, Folders.find(to_write="reports"))
    say(f"{near(folder)}: {len(files)} files; begin with its README.md")
