"""Errors of the project (floor 0).

One base, one subclass for each cause, each also the nearest builtin. An error
carries its findings: every failing place at once, so that a table is mended in
one go. Errors pickle, since reports are made in other processes.
"""

from __future__ import annotations

import errno
from collections.abc import Sequence

from smartlib.vocabulary.messages import SHOWN
from smartlib.vocabulary.records import Finding
from smartlib.vocabulary.words.sentences import Sentence, joined

# Of a disk, of a user's share of it, or of what one file may hold (`ulimit -f`).
FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG}
MORE = Sentence("  ... dan {hidden} lagi", "  ... and {hidden} more")


class SmartlibError(Exception):
    """Base of every error that a user can mend.

    Parameters
    ----------
    message : str
        What was wrong and what to do.
    findings : sequence of Finding, optional
        The failing places, all of them.
    """

    shown = SHOWN  # findings that `lines` names; the rest are counted

    def __init__(self, message: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(message, tuple(findings))
        self.message = message
        self.findings = tuple(findings)

    @property
    def lines(self) -> tuple[str, ...]:
        """The message, the first findings, and how many are left."""
        shown = [joined(["  - ", finding.said], "") for finding in self.findings[: self.shown]]
        hidden = len(self.findings) - self.shown
        return (self.message, *shown, *([MORE(hidden=hidden)] if hidden > 0 else []))

    def __str__(self) -> str:
        return "\n".join(self.lines)


class DataError(SmartlibError, ValueError):
    """A table's content cannot be used."""


class SourceError(SmartlibError, ValueError):
    """A raw file is missing or differs from its source record."""


class SchemeError(SmartlibError, ValueError):
    """A weighting scheme is not one."""


class UnknownRegionError(SmartlibError, LookupError):
    """A name or code is not in the register."""


class ParameterError(SmartlibError, ValueError):
    """A notebook parameter has the wrong name, type or value."""


class BuildError(SmartlibError, RuntimeError):
    """The batch could not start or a report failed."""


class CarriedCopyWarning(UserWarning):
    """The tables in the wheel stand in for a checkout's."""


class FullDiskError(SmartlibError, OSError):
    """A disk has no room for a file.

    Parameters
    ----------
    message : str
        What was not written, and what to do.
    findings : sequence of Finding, optional
        As in every error.
    filename : str, optional
        The file that was meant.
    """

    def __init__(self, message: str, findings: Sequence[Finding] = (), filename: str = "") -> None:
        super().__init__(message, findings)
        self.errno, self.strerror, self.filename = errno.ENOSPC, message, filename
