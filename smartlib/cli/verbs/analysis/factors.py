"""`smartlib factors`: what formulas can name (floor 6)."""
# ruff: noqa: PLC0415 help starts at once

from __future__ import annotations

import sys
from pathlib import Path

import click

from smartlib.cli.terminal.failures import FAILED
from smartlib.cli.terminal.options import A_FILE, asked_year, json_option, year_option
from smartlib.cli.terminal.printing import print_json, print_table, some, tell
from smartlib.vocabulary.folders import Folders

HEADINGS = ("name", "Bahasa Indonesia", "English", "unit", "years", "scored", "all", "source")
COVERAGE = 50  # lines on a table of one's own


@click.command("factors")
@click.argument("word", nargs=-1)
@click.option("--factors", type=A_FILE, metavar="FILE", help="Your own table, to list it too.")
@click.option("--reading", type=A_FILE, metavar="RECORD", help="How to read it.")
@year_option
@json_option
def command(
    *,
    word: tuple[str, ...],
    factors: Path | None,
    reading: Path | None,
    year: int | None,
    as_json: bool,
) -> None:
    """List what formulas can name: outcomes, factors, indicators; or find it by WORD.

    WORD is Indonesian or English: ipm, penduduk, kemiskinan, revenue. `scored` and `all` count
    the regions that have a value, of those scored and of all kabupaten and kota.

    Exit code 0: found; 1: nothing has the word, and the nearest are shown.
    """
    from smartlib.run.commands.factors import list_factors

    if reading and not factors:
        raise click.UsageError("--reading needs --factors.")
    folders = Folders.find()
    listed = list_factors(word, asked_year(year, folders), folders, factors, reading=reading)
    for line in some(listed.coverage, "notes on your table", most=COVERAGE):
        tell(line)
    if not listed.is_hit:
        hint = "The nearest:" if listed.found else "`smartlib factors` lists them all."
        tell(f"Nothing has '{listed.word}' in its name or label. {hint}")
    if as_json:
        print_json({"word": listed.word, "found": [one.as_dict() for one in listed.found]})
    elif listed.found:
        rows = [
            (
                one.name,
                one.label_id,
                one.label_en,
                one.unit_en,
                one.years,
                f"{one.known} of {one.regions}",
                f"{one.of_all} of {one.all_regions}" if one.all_regions else "",
                one.source,
            )
            for one in listed.found
        ]
        print_table(HEADINGS, rows)
    if not listed.is_hit:
        sys.exit(FAILED)
