"""Options that several commands take, said once (floor 6)."""

from __future__ import annotations

from pathlib import Path

import click

from smartlib.run.plan.records import TIMEOUT, WORKERS
from smartlib.vocabulary.folders import Folders, latest_year

A_FILE = click.Path(path_type=Path)

year_option = click.option("--year", type=int, help="Of the evaluation; default: the latest.")
json_option = click.option(
    "--json", "as_json", is_flag=True, help="One JSON object on standard output."
)
folder_option = click.option(
    "--output", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER"
)
jobs_option = click.option(
    "--jobs", type=click.IntRange(1), default=WORKERS, show_default=True, metavar="N"
)
timeout_option = click.option(
    "--timeout",
    type=click.IntRange(1),
    default=TIMEOUT,
    show_default=True,
    metavar="SECONDS",
    help="End a report that takes longer.",
)


def asked_year(year: int | None, folders: Folders) -> int:
    """The year that was asked for, or the latest.

    Parameters
    ----------
    year : int, optional
        From `--year`.
    folders : Folders
        Of the checkout.

    Raises
    ------
    DataError
        No year was asked for, and there is none.
    """
    return latest_year(folders) if year is None else year
