"""`smartlib describe`: Table 1, correlations, and a figure of each (floor 6)."""
# ruff: noqa: PLC0415 help starts at once

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from smartlib.cli.terminal.options import (
    A_FILE,
    asked_year,
    figures_option,
    folder_option,
    json_option,
    lang_option,
    year_option,
)
from smartlib.cli.terminal.printing import near, print_json, say, show, some, spoken, tell
from smartlib.vocabulary.folders import Folders
from smartlib.vocabulary.words import screen

COVERAGE = 50  # lines on a table of one's own


@click.command("describe")
@click.argument("names", nargs=-1, required=True, metavar="FORMULA|NAMES")
@click.option("--by", default="", metavar="COLUMN", help="Groups: track, kind, province, ...")
@click.option("--where", default="", metavar="CONDITION", help="Rows of the frame, as in fit.")
@click.option("--factors", type=A_FILE, metavar="FILE", help="Your own table.")
@click.option("--reading", type=A_FILE, metavar="RECORD", help="How to read it.")
@click.option("--stars", is_flag=True, help="Stars on correlations with small p-values.")
@figures_option
@year_option
@lang_option
@folder_option
@json_option
def command(
    *,
    names: tuple[str, ...],
    reading: Path | None,
    year: int | None,
    output: Path | None,
    as_json: bool,
    **chosen: Any,
) -> None:
    """Describe columns: n, mean, SD, quartiles, lowest and highest with their regions.

    FORMULA describes the rows that a fit of it would use; NAMES are columns between spaces. With
    --by each group stands beside all rows, with its standardised difference from the others.
    Correlations follow. Tables (CSV, LaTeX, HTML for Word) and figures are written to
    reports/descriptions.
    """
    from smartlib.run.commands.describe import DescribeOrder, describe_and_write

    if reading and not chosen["factors"]:
        raise click.UsageError(spoken(screen.READING_NEEDS_FACTORS()))
    folders = Folders.find()
    order = DescribeOrder(" ".join(names), asked_year(year, folders), reading=reading, **chosen)
    found = describe_and_write(order, folders, output)
    for line in some(found.coverage, screen.NOTES_ON_TABLE(), most=COVERAGE):
        tell(line)
    if found.undrawn:
        tell(found.undrawn)
    if as_json:
        print_json(found.as_dict())
        return
    for part in found.lines():
        show(part)
    for line in map(near, found.files):
        say(line)
