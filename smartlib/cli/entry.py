"""Entry point, and the table of commands (floor 6)."""

from __future__ import annotations

import signal
import sys
from importlib import import_module
from typing import Any

import click

from smartlib.cli.terminal.failures import copy_told, told

COMMANDS = {
    "build": "build",
    "check": "check",
    "describe": "analysis.describe",
    "factors": "analysis.factors",
    "fit": "analysis.fit",
    "frame": "analysis.frame",
    "ingest": "ingest",
    "init": "init",
    "notebooks": "notebooks",
    "package": "package",
    "read": "analysis.read",
    "regions": "regions",
    "remarks": "remarks",
    "run": "run",
    "teach": "teach",
}  # module of `verbs/` by command


class Commands(click.Group):
    """Imports a command's module when it is asked for, and tells what went wrong."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, from the module of that name; none if it is not in the table."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"smartlib.cli.verbs.{COMMANDS[cmd_name]}").command
        return command

    def make_context(self, *args: Any, **more: Any) -> click.Context:
        """Read what was typed.

        Raises
        ------
        click.ClickException
            It cannot be understood.
        """
        with told():
            return super().make_context(*args, **more)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command.

        Raises
        ------
        click.ClickException
            Instead of an error that a user can mend.
        SystemExit
            After Ctrl-C.
        """
        with told(), copy_told():
            return super().invoke(ctx)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="smartlib", prog_name="smartlib")
def commands() -> None:
    """Smart City evaluation of Indonesia: audit, ranking, and a report for every region."""


def main() -> None:
    """Entry point of the console script."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if hasattr(signal, "SIGTERM"):
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    commands(prog_name="smartlib")
