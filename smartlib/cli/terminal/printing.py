"""Text and tables on the terminal (floor 6)."""
# ruff: noqa: PLC0415 rich is imported by those who print a table

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click


def say(text: str) -> None:
    """Print a result, on standard output.

    Parameters
    ----------
    text : str
        A line.
    """
    click.echo(text)


def tell(text: str) -> None:
    """Print what is not part of a result, on standard error.

    Parameters
    ----------
    text : str
        A line.
    """
    click.echo(text, err=True)


def print_json(shown: object) -> None:
    """Print one JSON object and nothing else.

    Parameters
    ----------
    shown : object
        Of plain types; a number that is not finite has no place in JSON.

    Raises
    ------
    ValueError
        A number is not finite: a mistake of ours.
    """
    click.echo(json.dumps(shown, ensure_ascii=False, indent=1, allow_nan=False))


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table, as wide as the terminal.

    Parameters
    ----------
    headings : sequence of str
        Of its columns.
    rows : sequence of sequences of str
        Its cells.
    """
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else 200, highlight=False)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        table.add_column(heading)
    for row in rows:
        table.add_row(*row)
    console.print(table, markup=False)


def near(path: Path) -> str:
    """A path as seen from here, if it lies below; with forward slashes.

    Parameters
    ----------
    path : Path
        Absolute.
    """
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()
