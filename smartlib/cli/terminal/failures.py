"""What is said of an error, and the exit codes (floor 6)."""

from __future__ import annotations

import errno
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import gettempdir
from typing import IO, Any, NoReturn

import click

from smartlib.cli.terminal.printing import block, spoken, tell, visible
from smartlib.vocabulary.errors import (
    FULL,
    BuildError,
    CarriedCopyWarning,
    SmartlibError,
)
from smartlib.vocabulary.extras import extra_with, how_to_install
from smartlib.vocabulary.words import files, screen

FAILED, ASKED, INTERRUPTED = 1, 3, 130
NO_PLACE = "No usable temporary directory"  # Python's words; the error names no file


class Failure(click.ClickException):
    """An error that a user can mend, in the language of the command."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.said = spoken(screen.ERROR(message=message))  # while the command is still known

    def show(self, file: IO[Any] | None = None) -> None:
        """Print it on standard error."""
        click.echo(self.said, file=file, err=True)


@contextmanager
def told() -> Iterator[None]:
    """Turn every error that a user can mend into one message and exit code 1, or 3 for a question.

    Raises
    ------
    click.ClickException
        Instead of a SmartlibError, or of a file that the system refuses.
    SystemExit
        After Ctrl-C.
    """
    try:
        yield
    except click.ClickException as error:
        # It may name files, or repeat what was typed; declared final, but this is the last place.
        vars(error)["message"] = block(error.message)
        raise
    except ModuleNotFoundError as error:
        extra = extra_with(error.name)
        if not extra:
            raise
        lacking = screen.NOT_INSTALLED(name=error.name, extra=extra, how=how_to_install(extra))
        raise Failure(spoken(lacking)) from error
    except SmartlibError as error:
        failure = Failure(_shown(error))
        vars(failure)["exit_code"] = getattr(error, "exit_code", FAILED)
        raise failure from error
    except OSError as error:
        told_of = error.filename2 or error.filename or error.errno in FULL or NO_PLACE in str(error)
        if error.errno == errno.EPIPE or not told_of:
            raise  # click knows what a closed pipe is; the rest is a mistake of ours
        raise Failure(visible(spoken(_unusable(error)))) from error
    except KeyboardInterrupt:
        leave_interrupted()


@contextmanager
def copy_told() -> Iterator[None]:
    """Say on standard error that the wheel's tables are used, instead of a Python warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("always", CarriedCopyWarning)
        shown = warnings.showwarning

        def show(message: Warning | str, category: type[Warning], *rest: Any, **more: Any) -> None:
            if issubclass(category, CarriedCopyWarning):
                tell(str(message))
            else:
                shown(message, category, *rest, **more)

        warnings.showwarning = show
        yield


def _shown(error: SmartlibError) -> str:
    """Message, which may end with a notebook's traceback, and findings, a line each."""
    message, *findings = error.lines
    said = block if isinstance(error, BuildError) else visible
    return "\n".join([said(spoken(message)), *(visible(spoken(line)) for line in findings)])


def leave_interrupted() -> NoReturn:
    """End after Ctrl-C, and say how to go on.

    Raises
    ------
    SystemExit
        Always.
    """
    tell("Interrupted. What is done stays; run the same command to go on.")
    sys.exit(INTERRUPTED)


def _unusable(error: OSError) -> str:
    """What to say of a file or folder that the system refuses."""
    place = error.filename2 or error.filename
    if NO_PLACE in str(error):
        return screen.NO_PLACE(why=error.strerror)
    if error.errno in FULL:
        where = place or screen.A_FILE(folder=gettempdir())
        return screen.NOT_WRITTEN(where=where, why=files.why(error), fix=screen.MAKE_ROOM())
    return screen.UNUSABLE(place=place, why=files.why(error))
