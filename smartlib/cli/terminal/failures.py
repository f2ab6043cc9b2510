"""What is said of an error, and the exit codes (floor 6)."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import click

from smartlib.vocabulary.errors import FULL, MAKE_ROOM, SmartlibError

FAILED, INTERRUPTED = 1, 130


@contextmanager
def told() -> Iterator[None]:
    """Turn every error that a user can mend into one message and exit code 1.

    Raises
    ------
    click.ClickException
        Instead of a SmartlibError, or of a file that the system refuses.
    SystemExit
        After Ctrl-C.
    """
    try:
        yield
    except SmartlibError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        named = error.filename2 or error.filename or error.errno in FULL
        if error.errno == errno.EPIPE or not named:
            raise  # click knows what a closed pipe is; the rest is a mistake of ours
        raise click.ClickException(_unusable(error)) from error
    except KeyboardInterrupt:
        leave_interrupted()


def leave_interrupted() -> NoReturn:
    """End after Ctrl-C, and say how to go on.

    Raises
    ------
    SystemExit
        Always.
    """
    click.echo("Interrupted. What is done stays; run the same command to go on.", err=True)
    sys.exit(INTERRUPTED)


def _unusable(error: OSError) -> str:
    """What to say of a file or folder that the system refuses."""
    place = error.filename2 or error.filename or "A temporary file"
    if error.errno in FULL:
        return f"{place} was not written: {error.strerror}. {MAKE_ROOM}"
    return (
        f"{place} cannot be used: {error.strerror}. Close it if another program, such as "
        "Excel, has it open; or choose another folder with --output."
    )
