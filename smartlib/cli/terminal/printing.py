"""Text and tables on the terminal: the one place where something is sent there (floor 6)."""
# ruff: noqa: PLC0415 rich is imported by those who print a table

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from smartlib.vocabulary.errors import SHOWN
from smartlib.vocabulary.words.screen import MORE
from smartlib.vocabulary.words.sentences import in_language

if TYPE_CHECKING:
    from smartlib.present.words.tables import Sheet

SPOKEN = "smartlib.language"  # of a command, among what click keeps of it
LONGEST = 2000  # characters of a line; of a longer one the rest is counted
MOST_LINES = 200  # of a traceback
# Control (C0, C1), format (bidi, zero width, tags), half a pair, line and paragraph separators.
HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    r"""Text with what a terminal would obey, or not show, written out.

    Control characters, line breaks, marks that turn the direction of writing, invisible ones.
    What was read from a file can so neither move the cursor nor forge a line.

    Parameters
    ----------
    text : str
        A line.

    Examples
    --------
    >>> print(visible("9\x1b[2K\n140 rows, valid\u202e"))
    9\x1b[2K\n140 rows, valid\u202e
    """
    if text.isprintable():
        return _capped(text)
    return _capped(HIDDEN.sub(lambda found: found[0].encode("unicode_escape").decode(), text))


def block(text: str) -> str:
    """Text of several lines with each made visible; all but the first are set in.

    Parameters
    ----------
    text : str
        Such as a traceback; from the middle of a very long one lines are left out.
    """
    first, *rest = text.rstrip("\n").split("\n")
    if len(rest) > MOST_LINES:
        half = MOST_LINES // 2
        rest = [*rest[:half], f"... ({len(rest) - 2 * half} lines)", *rest[-half:]]
    return "\n".join([visible(first), *(f"  {visible(line)}".rstrip() for line in rest)])


def speak(context: click.Context, lang: str) -> str:
    """Take a language for all that a command says; the language itself.

    Parameters
    ----------
    context : Context
        Of the command.
    lang : {"en", "id"}
        Language.
    """
    context.meta[SPOKEN] = lang
    return lang


def spoken(text: Any) -> Any:
    """What is said, in the language that the command was asked for.

    Parameters
    ----------
    text : object
        A text, or what JSON holds; of either every `Said` is turned.
    """
    context = click.get_current_context(silent=True)
    lang = context.meta.get(SPOKEN, "en") if context else "en"
    if isinstance(text, dict):
        return {key: spoken(value) for key, value in text.items()}
    if isinstance(text, list | tuple):
        return [spoken(value) for value in text]
    return in_language(text, lang)


def say(line: str) -> None:
    """Print a line of a result, on standard output.

    Parameters
    ----------
    line : str
        Made visible.
    """
    click.echo(visible(spoken(line)))


def some(lines: Iterable[object], more: str, most: int = SHOWN) -> list[str]:
    """The first lines of many, and how many are left.

    Parameters
    ----------
    lines : iterable
        All of them.
    more : str
        What is left and where it is found, such as `findings (--json has all)`.
    most : int
        Lines shown.
    """
    told = [line if isinstance(line, str) else str(line) for line in lines]
    left = [MORE(count=len(told) - most, what=more)] if len(told) > most else []
    return [*told[:most], *left]


def tell(line: str) -> None:
    """Print a line that is not part of a result, on standard error.

    Parameters
    ----------
    line : str
        Made visible.
    """
    click.echo(visible(spoken(line)), err=True)


def tell_block(text: str) -> None:
    """Print text of several lines on standard error.

    Parameters
    ----------
    text : str
        As for `block`.
    """
    click.echo(block(text), err=True)


def print_json(shown: object) -> None:
    """Print one JSON object and nothing else.

    Parameters
    ----------
    shown : object
        Of plain types; a number that is not finite has no place in JSON.

    Raises
    ------
    ValueError
        A number is not finite: a mistake of ours.
    """
    text = json.dumps(spoken(shown), ensure_ascii=False, indent=1, allow_nan=False)
    lines = [
        HIDDEN.sub(lambda found: json.dumps(found[0])[1:-1], line) for line in text.split("\n")
    ]
    click.echo("\n".join(lines))


def _capped(text: str) -> str:
    more = len(text) - LONGEST
    return f"{text[:LONGEST]}... ({more:,} characters more)" if more > 0 else text


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table, as wide as the terminal.

    Parameters
    ----------
    headings : sequence of str
        Of its columns.
    rows : sequence of sequences of str
        Its cells.
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else 200, highlight=False)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        table.add_column(Text(visible(spoken(heading))))
    for row in rows:
        table.add_row(*(Text(visible(spoken(cell))) for cell in row))
    console.print(table)


def show(part: str | Sheet) -> None:
    """Print a line, or a table as wide as the terminal.

    Parameters
    ----------
    part : str or Sheet
    """
    if isinstance(part, str):
        say(part)
    else:
        print_table(list(part.frame), [list(row) for row in part.frame.itertuples(index=False)])


def near(path: Path) -> str:
    """A path as seen from here, if it lies below; with forward slashes.

    Parameters
    ----------
    path : Path
        Absolute.
    """
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()
