"""`smartlib notebooks`: those of the checkout re-run in place (floor 6)."""
# ruff: noqa: PLC0415 help starts at once

from __future__ import annotations

import sys

import click

from smartlib.cli.terminal.failures import FAILED
from smartlib.cli.terminal.options import jobs_option
from smartlib.cli.terminal.printing import say, tell_block
from smartlib.vocabulary.folders import Folders


@click.command("notebooks")
@jobs_option
def command(jobs: int) -> None:
    """Re-run the notebooks of the checkout in place, with their defaults."""
    from smartlib.run.commands.single import rerun_notebooks
    from smartlib.run.plan.plan import NOTEBOOKS

    def watch(name: str, error: str) -> None:
        say(f"{'failed' if error else 'ran'}: {name}")
        if error:
            tell_block(error)

    if not rerun_notebooks(Folders.find(to_write="notebooks"), jobs, watch):
        sys.exit(FAILED)
    say(f"{len(NOTEBOOKS)} notebooks re-run; `git diff` shows what changed.")
