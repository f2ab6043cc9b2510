"""What the grader runs in a submission's kernel: limits, and telling values (standard library).

It is called from cells of the grader's own, between those of the student.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from smartlib.teach.checking.values import plain

TOLD = "application/vnd.smartlib.answers+json"
MEMORY = 4 << 30  # bytes of addresses: what is imported takes a quarter of them
WRITTEN = 64 << 20  # bytes of a file


def limit() -> None:
    """Bound what this process may take, where the system knows how."""
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 not on Windows

        for what, wanted in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, WRITTEN)):
            hard = resource.getrlimit(what)[1]
            most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
            resource.setrlimit(what, (most, most))


def answers(space: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, list[str]]:
    """The answers that a namespace holds, made plain.

    Parameters
    ----------
    space : mapping of str to object
        Of the notebook.
    names : mapping of str to str
        Variables by exercise.
    """
    return {name: list(plain(space[var])) for name, var in names.items() if var in space}


def show(exercises: Sequence[str]) -> None:
    """Send the answers to the grader.

    Parameters
    ----------
    exercises : sequence of str
        Their names.
    """
    shell = sys.modules["IPython"].get_ipython()
    found = answers(shell.user_ns, {name: f"answer_{name}" for name in exercises})
    shell.display_pub.publish({TOLD: found})
