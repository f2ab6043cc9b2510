"""`smartlib factors`: what formulas can name (floor 6)."""
# ruff: noqa: PLC0415 help starts at once

from __future__ import annotations

import sys
from pathlib import Path

import click

from smartlib.cli.terminal.failures import FAILED
from smartlib.cli.terminal.options import A_FILE, asked_year, json_option, lang_option, year_option
from smartlib.cli.terminal.printing import print_json, print_table, some, spoken, tell
from smartlib.vocabulary.folders import Folders
from smartlib.vocabulary.words import screen

COVERAGE = 50  # lines on a table of one's own


@click.command("factors")
@click.argument("word", nargs=-1)
@click.option("--factors", type=A_FILE, metavar="FILE", help="Your own table, to list it too.")
@click.option("--reading", type=A_FILE, metavar="RECORD", help="How to read it.")
@year_option
@lang_option
@json_option
def command(
    *,
    word: tuple[str, ...],
    factors: Path | None,
    reading: Path | None,
    year: int | None,
    lang: str,
    as_json: bool,
) -> None:
    """List what formulas can name: outcomes, factors, indicators; or find it by WORD.

    WORD is Indonesian or English: ipm, penduduk, kemiskinan, revenue. `scored` and `all` count
    the regions that have a value, of those scored and of all kabupaten and kota.

    Exit code 0: found; 1: nothing has the word, and the nearest are shown.
    """
    from smartlib.run.commands.factors import list_factors

    if reading and not factors:
        raise click.UsageError(spoken(screen.READING_NEEDS_FACTORS()))
    folders = Folders.find()
    listed = list_factors(word, asked_year(year, folders), folders, factors, reading=reading)
    for line in some(listed.coverage, screen.NOTES_ON_TABLE(), most=COVERAGE):
        tell(line)
    if not listed.is_hit:
        hint = screen.THE_NEAREST() if listed.found else screen.LISTS_ALL()
        tell(screen.NOTHING_FOUND(word=listed.word, hint=hint))
    if as_json:
        print_json({"word": listed.word, "found": [one.as_dict() for one in listed.found]})
    elif listed.found:
        rows = [
            (
                one.name,
                one.label(lang),
                one.label("en" if lang == "id" else "id"),
                one.unit_id if lang == "id" else one.unit_en,
                one.years,
                screen.OF(known=one.known, all=one.regions),
                screen.OF(known=one.of_all, all=one.all_regions) if one.all_regions else "",
                one.source,
            )
            for one in listed.found
        ]
        print_table([heading() for heading in screen.FACTOR_HEADINGS], rows)
    if not listed.is_hit:
        sys.exit(FAILED)
