"""`smartlib frame`: the analysis frame for SPSS, Stata, R, jamovi or Python (floor 6)."""
# ruff: noqa: PLC0415 help starts at once

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from smartlib.cli.terminal.options import (
    A_FILE,
    asked_year,
    json_option,
    lang_option,
    year_option,
)
from smartlib.cli.terminal.printing import near, print_json, say, some, spoken, tell
from smartlib.vocabulary.folders import Folders
from smartlib.vocabulary.words import screen

COVERAGE = 50  # lines on a table of one's own


@click.command("frame")
@click.argument("names", nargs=-1, metavar="[FORMULA|NAMES]")
@click.option(
    "--to",
    type=A_FILE,
    required=True,
    metavar="FILE",
    help="Ends in .csv, .xlsx, .dta (Stata), .sav (SPSS) or .parquet.",
)
@click.option("--where", default="", metavar="CONDITION", help="Rows of the frame, as in fit.")
@click.option("--factors", type=A_FILE, metavar="FILE", help="Your own table.")
@click.option("--reading", type=A_FILE, metavar="RECORD", help="How to read it.")
@year_option
@lang_option
@json_option
def command(
    *,
    names: tuple[str, ...],
    reading: Path | None,
    year: int | None,
    as_json: bool,
    **chosen: Any,
) -> None:
    """Write the frame that fit uses: one row a scored region, with outcomes and factors.

    NAMES or a FORMULA choose columns; region, kind, track and province are always there. Stata
    and SPSS get labels of variables and values, Excel a second sheet with them.
    """
    from smartlib.run.commands.frame import FrameOrder, write_frame

    if reading and not chosen["factors"]:
        raise click.UsageError(spoken(screen.READING_NEEDS_FACTORS()))
    folders = Folders.find()
    order = FrameOrder(" ".join(names), asked_year(year, folders), reading=reading, **chosen)
    written = write_frame(order, folders)
    for line in some(written.coverage, screen.NOTES_ON_TABLE(), most=COVERAGE):
        tell(line)
    if as_json:
        print_json(written.as_dict())
        return
    table = written.labelled.table
    path = near(written.path.resolve())
    say(screen.WROTE_FRAME(path=path, rows=len(table), columns=len(table.columns)))
