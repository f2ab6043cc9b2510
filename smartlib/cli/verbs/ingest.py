"""`smartlib ingest`: documents of the ministry, and press items, to raw tables (floor 6)."""
# ruff: noqa: PLC0415 help starts at once

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from smartlib.cli.terminal.documents import as_dict, reading_bar, told_of
from smartlib.cli.terminal.failures import FAILED
from smartlib.cli.terminal.options import A_FILE, folder_option, json_option
from smartlib.cli.terminal.printing import print_json, say, some, tell
from smartlib.vocabulary.folders import Folders
from smartlib.vocabulary.tables import COHORT

if TYPE_CHECKING:
    from smartlib.run.commands.ingest import Outcome

QUESTION = 3  # exit code: an option answers it


def _years(ctx: click.Context, param: click.Parameter, value: str | None) -> str:
    if value and not re.fullmatch(COHORT.pattern, value):
        raise click.BadParameter(f"'{value}' is no cohort such as 2017-2022.", ctx, param)
    return value or ""


@click.command("ingest")
@click.argument("files", type=A_FILE, nargs=-1, required=True, metavar="FILE...")
@folder_option
@click.option("--accept", multiple=True, metavar="PLACE", help="Take a contradiction as printed.")
@click.option("--replace", "replacing", is_flag=True, help="Replace rows that differ.")
@click.option("--year", type=int, help="Of a table that does not say its own.")
@click.option(
    "--cohort",
    metavar="YEARS",
    callback=_years,
    help="When its regions were selected, such as 2017-2022.",
)
@click.option("--region", default="", help="Of an export or press item that names none.")
@click.option(
    "--texts",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="For the remarks' texts and assessors' names; default: data/texts.",
)
@json_option
def command(
    *,
    files: tuple[Path, ...],
    output: Path | None,
    accept: tuple[str, ...],
    replacing: bool,
    year: int | None,
    cohort: str,
    region: str,
    texts: Path | None,
    as_json: bool,
) -> None:
    """Read reports, score tables, questionnaires and press items into the tables of data/raw.

    Says what each document is, what it holds, what could not be read and what contradicts
    itself. Tables are written with their source records all together, and only if everything
    agrees: a contradiction that is the document's own is taken with `--accept PLACE`.

    Exit code 0: written; 1: something cannot be read; 2: the command was not understood;
    3: a contradiction, or rows that are there and differ: `--accept` or `--replace` decides.
    """
    from smartlib.run.commands.ingest import ingest

    folders = Folders.find(to_write="" if output else "tables")
    with reading_bar(len(files), as_json) as done:
        outcome = ingest(
            files,
            folders,
            output,
            accept=accept,
            replacing=replacing,
            year=year,
            cohort=cohort,
            region=region,
            texts=texts,
            done=done,
        )
    if as_json:
        print_json(as_dict(outcome))
    else:
        _print(outcome)
    if outcome.broken:
        sys.exit(FAILED)
    if not outcome.written:
        sys.exit(QUESTION)


def _print(outcome: Outcome) -> None:
    for line in told_of(outcome):
        say(line)
    if outcome.written:
        for file in outcome.merged:
            replaced = f", {len(file.differences)} replaced" if file.differences else ""
            say(f"{file.file}: {file.added} rows added, {file.same} there already{replaced}")
        return
    for line in some((f"differs: {one}" for one in outcome.differences), "(--json has all)"):
        say(line)
    reasons = [
        (outcome.broken, "some rows cannot be read; mend the file, or convert it again"),
        (bool(outcome.refused), "--accept PLACE takes a contradiction as printed"),
        (bool(outcome.differences), "--replace puts what was read in place of what is there"),
    ]
    tell("Nothing was written: " + "; ".join(text for holds, text in reasons if holds) + ".")
