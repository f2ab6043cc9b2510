"""`smartlib read`: what is understood of a table of one's own (floor 6)."""
# ruff: noqa: PLC0415 help starts at once

from __future__ import annotations

import sys
from pathlib import Path

import click

from smartlib.cli.terminal.failures import ASKED, FAILED
from smartlib.cli.terminal.options import A_FILE, json_option, lang_option, reading_options
from smartlib.cli.terminal.printing import near, print_json, print_table, say, tell
from smartlib.vocabulary.folders import Folders
from smartlib.vocabulary.words import screen


@click.command("read")
@click.argument("table", type=A_FILE)
@reading_options
@click.option(
    "--take",
    multiple=True,
    metavar="COLUMN[=NAME]",
    help="Only these columns, and the names that they get.",
)
@lang_option
@click.option("--to", type=A_FILE, metavar="OUT.csv", help="Write the tidy table there.")
@json_option
def command(
    *, table: Path, take: tuple[str, ...], to: Path | None, as_json: bool, **chosen: object
) -> None:
    """Show what is understood of TABLE, a table of kabupaten and kota in any form.

    CSV, XLSX, XLS, ODS, HTML, JSON, Stata, SPSS, Parquet, or - for standard input: which column
    is the region and by which system, which rows are none, and for each column its name in
    formulas, unit, decimal mark, and its lowest, median and highest value. What was decided is
    written to TABLE.reading.toml, so that `smartlib fit --factors TABLE` reads it alike.

    Exit code 0: it was read, and what a formula does not use never stops it; 1: it cannot be, or no
    column of it can be used; 3: it can be read in two ways, and an option
    decides.
    """
    from smartlib.cli.terminal.options import choices_of
    from smartlib.run.commands.read import understand

    read = understand(table, choices_of(chosen, take), Folders.find(), to)
    questions = read.reading.all_questions
    if as_json:
        print_json(read.as_dict())
    else:
        for line in read.lines():
            say(line)
        if read.reading.columns:
            print_table(*read.table())
        for line in read.unusable():
            say(line)
        for line in dict.fromkeys(line for question in questions for line in question.lines):
            say(line)
        if read.record:
            say(screen.KEEPS(path=near(read.record.resolve())))
        if read.problem:
            tell(read.problem)
    if questions:
        sys.exit(ASKED)
    if not read.is_usable:
        sys.exit(FAILED)
