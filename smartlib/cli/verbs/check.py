"""`smartlib check`: a score table row by row, and whether each total follows (floor 6)."""
# ruff: noqa: PLC0415 help starts at once

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from smartlib.cli.terminal.documents import as_dict, told_of
from smartlib.cli.terminal.failures import FAILED
from smartlib.cli.terminal.options import (
    A_FILE,
    choices_of,
    json_option,
    lang_option,
    reading_options,
    year_option,
)
from smartlib.cli.terminal.printing import print_json, say, some, spoken
from smartlib.vocabulary.errors import SHOWN
from smartlib.vocabulary.folders import Folders
from smartlib.vocabulary.words import scores, screen
from smartlib.vocabulary.words.sentences import joined

if TYPE_CHECKING:
    from smartlib.run.commands.against import Comparison
    from smartlib.run.commands.check import Verdict
    from smartlib.run.commands.ingest import Outcome

ODD = 50  # lines on how the numbers were made: the year's own table has 17
NO_TABLE = (".pdf", ".docx")  # never a table that `check_table` could read
REPORTS = (*NO_TABLE, ".txt", ".md")
READ = (*REPORTS, ".csv", ".xlsx", ".ods")  # of which some may be a questionnaire's export
DIFFERENCES = 50  # from a table that it must agree with


@click.command("check")
@click.argument("table", type=A_FILE, required=False)
@click.option("--scheme", type=A_FILE, metavar="FILE", help="A scheme.toml.")
@click.option(
    "--against",
    type=A_FILE,
    metavar="FILE",
    help="A table that it must agree with; default: the year's own, where there is one.",
)
@reading_options
@year_option
@lang_option
@json_option
def command(
    *,
    table: Path | None,
    scheme: Path | None,
    against: Path | None,
    year: int | None,
    as_json: bool,
    lang: str,
    **chosen: object,
) -> None:
    """Check a score table row by row, and whether each total follows.

    It may be any file that `smartlib read` reads, its headings in any order and wording.

    A report (text, Markdown, PDF, DOCX) is walked from its marks to its means, its finals and
    its lists; nothing is written. Without TABLE, the year's own table is checked, dimension
    means included.

    A table is held against the one of its year. Where at least half of that table's rows are
    the same it claims to be it, and what differs is a mistake; else differences are told only.

    Exit code 0: every row is valid, every total follows, and the other table agrees where it
    must; 1: something is wrong; 2: the command was not understood; 3: the table can be read in two
    ways, and an option decides.
    """
    from smartlib.run.commands.check import check_table, check_year
    from smartlib.run.commands.ingest import look

    if scheme and not table:
        raise click.UsageError(spoken(scores.NEEDS_TABLE()))
    if table and not table.name:
        raise click.UsageError(spoken(scores.NO_FILE()))
    folders = Folders.find()
    suffix = table.suffix.lower() if table else ""
    report = look(table, folders) if table and suffix in READ else None
    of_report = report and suffix in REPORTS and (suffix in NO_TABLE or not report.only_scores)
    if report and (of_report or report.only_marks):
        _print_report(report, as_json)
        return
    if table:
        verdict = check_table(
            table, scheme, year, folders, against=against, choices=choices_of(chosen)
        )
    else:
        verdict = check_year(year, folders, against)
    if as_json:
        print_json(verdict.as_dict())
    else:
        _print_verdict(verdict)
    if not verdict.valid:
        sys.exit(FAILED)


def _print_report(outcome: Outcome, as_json: bool) -> None:
    if as_json:
        print_json(as_dict(outcome))
    else:
        for line in told_of(outcome):
            say(line)
        wrong = len(outcome.refused) + len(outcome.unreadable)
        many = scores.CONTRADICTIONS(n=wrong)
        say(many if wrong else scores.AGREES())
    if outcome.refused or outcome.broken:
        sys.exit(FAILED)


def _print_verdict(verdict: Verdict) -> None:
    notes = some((screen.NOTE(note=note.said) for note in verdict.notes), screen.NOTES_IN_JSON())
    findings = (scores.FINDING(finding=finding.said) for finding in verdict.findings)
    beside = verdict.beside
    told = (
        scores.DIFFERENCE(difference=one.said) for one in (beside.differences if beside else ())
    )
    most = DIFFERENCES if beside and beside.binding else SHOWN
    for line in (
        *notes,
        *some(findings, screen.FINDINGS_IN_JSON()),
        *some(told, screen.DIFFERENCES_IN_JSON(), most=most),
    ):
        say(line)
    for label, counts in ((scores.TOTALS(), verdict.finals), (scores.MEANS(), verdict.means)):
        if sum(counts.values()):
            told_counts = joined(scores.VERDICT[name](n=n) for name, n in counts.items())
            say(scores.COUNTS(label=label, counts=told_counts))
    if verdict.forensics is not None:
        say(scores.HOW_MADE())
        odd = verdict.forensics[verdict.forensics["verdict"] != "expected"].itertuples()
        rows = (f"  {row.check}, {row.subject}: {row.verdict}. {row.detail}" for row in odd)
        for line in some(rows, screen.OF_THEM(), most=ODD):
            say(line.rstrip())
    if beside is not None:
        _print_comparison(beside)
    say(scores.STATE(file=verdict.file, rows=verdict.rows, state=verdict.state))


def _print_comparison(beside: Comparison) -> None:
    say(joined([beside.summary, "."], ""))
    say(scores.CANNOT_SEE())
    for sentence in beside.unseen:
        say(joined(["  ", sentence], ""))
