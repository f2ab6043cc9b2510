"""Options that several commands take, said once (floor 6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from smartlib.cli.terminal.printing import speak, spoken
from smartlib.run.plan.records import TIMEOUT, WORKERS
from smartlib.vocabulary.folders import Folders, latest_year
from smartlib.vocabulary.words import screen

if TYPE_CHECKING:
    from smartlib.data.tables.values.questions import Choices

A_FILE = click.Path(path_type=Path)

year_option = click.option("--year", type=int, help="Of the evaluation; default: the latest.")
json_option = click.option(
    "--json", "as_json", is_flag=True, help="One JSON object on standard output."
)
lang_option = click.option(
    "--lang",
    type=click.Choice(["en", "id"]),
    default="en",
    show_default=True,
    is_eager=True,
    callback=lambda context, _, value: speak(context, value),
    help="Of what is said and written.",
)


class Formats(click.ParamType):
    """Formats of figures between commas, such as `png,svg,pdf`."""

    name = "formats"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Each once, in the order given."""
        if not isinstance(value, str):
            return tuple(value)
        found = tuple(dict.fromkeys(filter(None, (part.strip() for part in value.split(",")))))
        unknown = [form for form in found if form not in ("png", "svg", "pdf")]
        if unknown or (value and not found):
            self.fail(f"{value!r}: formats of figures are png, svg, pdf, between commas.")
        return found


figures_option = click.option(
    "--figures",
    type=Formats(),
    default="png",
    show_default=True,
    metavar="FORMATS",
    help="png,svg,pdf: figures at 300 dpi, 190 mm wide.",
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
_READING = (
    click.option("--sheet", default="", metavar="NAME", help="Of a workbook."),
    click.option(
        "--codes",
        type=click.Choice(["bps", "kemendagri"]),
        help="Whose the codes are, where the table does not show it.",
    ),
    click.option(
        "--decimal",
        type=click.Choice(["comma", "point"]),
        help="Decimal mark, where a column does not show its own.",
    ),
    click.option(
        "--bare",
        type=click.Choice(["kabupaten", "kota"]),
        help="What a name without its kind means, where both exist.",
    ),
    click.option(
        "--dash",
        type=click.Choice(["missing", "zero"]),
        default="missing",
        show_default=True,
        help="What a dash means.",
    ),
    click.option(
        "--only",
        multiple=True,
        metavar="COLUMN=VALUE",
        help="Rows of the file that have this value.",
    ),
)


def reading_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options by which a reader decides what a table leaves open.

    Parameters
    ----------
    command : callable
        Of a verb.
    """
    for option in reversed(_READING):
        command = option(command)
    return command


def choices_of(chosen: Mapping[str, Any], take: Sequence[str] = ()) -> Choices:
    """The reader's word, from the options of `reading_options`.

    Parameters
    ----------
    chosen : mapping of str to object
        Values of the options.
    take : sequence of str, optional
        Values of `--take`.

    Raises
    ------
    click.UsageError
        A value of `--only` has no equals sign.
    """
    from smartlib.data.tables.values.questions import Choices  # noqa: PLC0415 help starts at once

    pairs = [text.partition("=") for text in chosen["only"]]
    if any(not mark for _, mark, _ in pairs):
        raise click.UsageError(spoken(screen.COLUMN_VALUE()))
    takes = [text.rpartition("=") if "=" in text else (text, "", "") for text in take]
    return Choices(
        chosen["sheet"],
        chosen["codes"] or "",
        chosen["decimal"] or "",
        chosen["bare"] or "",
        chosen["dash"],
        tuple((column.strip(), value.strip()) for column, _, value in pairs),
        tuple((column.strip(), name.strip()) for column, _, name in takes),
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
