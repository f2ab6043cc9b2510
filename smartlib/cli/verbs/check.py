"""`smartlib check`: a score table row by row, and whether each total follows (floor 6)."""
# ruff: noqa: PLC0415 help starts at once

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from smartlib.cli.terminal.failures import FAILED
from smartlib.cli.terminal.options import A_FILE, asked_year, json_option, year_option
from smartlib.cli.terminal.printing import print_json, say
from smartlib.vocabulary.folders import Folders

if TYPE_CHECKING:
    from smartlib.run.commands.check import Verdict


@click.command("check")
@click.argument("table", type=A_FILE, required=False)
@click.option("--scheme", type=A_FILE, metavar="FILE", help="A scheme.toml.")
@year_option
@json_option
def command(table: Path | None, scheme: Path | None, year: int | None, as_json: bool) -> None:
    """Check a score table (CSV, XLSX) row by row, and whether each total follows.

    Without TABLE, the year's own table is checked, dimension means included.
    """
    from smartlib.run.commands.check import check_table, check_year

    if scheme and not table:
        raise click.UsageError("--scheme needs a TABLE.")
    if table and not table.name:
        raise click.UsageError(
            "TABLE names no file. Give the path of a CSV or XLSX file, or nothing for the "
            "year's own table."
        )
    folders = Folders.find()
    year = asked_year(year, folders)
    verdict = check_table(table, scheme, year, folders) if table else check_year(year, folders)
    if as_json:
        print_json(verdict.as_dict())
    else:
        _print_verdict(verdict)
    if not verdict.valid:
        sys.exit(FAILED)


def _print_verdict(verdict: Verdict) -> None:
    for note in verdict.notes:
        say(f"note: {note}")
    for finding in verdict.findings:
        say(f"finding: {finding}")
    for label, counts in (("Totals", verdict.finals), ("Dimension means", verdict.means)):
        if sum(counts.values()):
            text = ", ".join(f"{n} {name.replace('_', ' ')}" for name, n in counts.items())
            say(f"{label}: {text}")
    if verdict.forensics is not None:
        say("How the numbers were made; it describes and accuses nobody (--json has all):")
        for row in verdict.forensics[verdict.forensics["verdict"] != "expected"].itertuples():
            say(f"  {row.check}, {row.subject}: {row.verdict}. {row.detail}")
    state = "valid" if verdict.valid else f"{len(verdict.findings)} findings"
    say(f"{verdict.file}: {verdict.rows} rows, {state}")
