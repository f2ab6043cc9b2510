"""Memory of a command and all its descendants, while it runs."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

EVERY = 0.2  # seconds between two samples
MEGABYTE = 1e6


@dataclass(frozen=True)
class Memory:
    """Of a process tree, in megabytes.

    Attributes
    ----------
    proportional : float
        Sum of PSS: a page that several processes share is counted once among them.
    resident : float
        Sum of RSS: such a page is counted once for each of them.
    """

    proportional: float
    resident: float


def peak(arguments: Sequence[str], cwd: Path) -> Memory:
    """The largest sums while this interpreter runs with some arguments.

    Library pages that processes outside the tree use too are counted in part.

    Raises
    ------
    SystemExit
        The command failed.
    """
    samples = [Memory(0, 0)]
    with subprocess.Popen(
        [sys.executable, *arguments], cwd=cwd, stdout=subprocess.DEVNULL
    ) as command:
        while command.poll() is None:
            samples.append(of_tree(psutil.Process(command.pid)))
            time.sleep(EVERY)
    if command.returncode:
        raise SystemExit("The build whose memory was measured failed.")
    return Memory(
        max(sample.proportional for sample in samples), max(sample.resident for sample in samples)
    )


def of_tree(root: psutil.Process) -> Memory:
    """The present sums over a process and its descendants."""
    proportional = resident = 0
    for process in [root, *root.children(recursive=True)]:
        with contextlib.suppress(psutil.NoSuchProcess):  # it ended meanwhile
            own = process.memory_full_info()
            proportional += own.pss
            resident += own.rss
    return Memory(proportional / MEGABYTE, resident / MEGABYTE)
