"""What a process has from the one that starts it, and when it ends by itself (floor 5).

A fork has it from its server, the server from its client. This module is light: a server is bound
by it before it loads anything. POSIX alone knows these things, so that it is imported where
something is forked.
"""

from __future__ import annotations

import contextlib
import os
import resource
import select
import shutil
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

LOADING = 100  # seconds of the processor; a server takes 5, or 30 where nothing is compiled yet
LOOK = 0.1  # seconds between looks for a client that ends


def bound() -> None:
    """Have the system end this process if it works too long, be it deep in a library's C code."""
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (LOADING if most < 0 else min(LOADING, most), most))


def unbound() -> None:
    """Have no such end; each fork has what its client has."""
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (most, most))


@contextlib.contextmanager
def ending_with(
    control: socket.socket, end: Callable[[], None], meanwhile: Callable[[], object] = bool
) -> Iterator[None]:
    """End this process if the client does meanwhile, though nothing is read from the socket.

    Parameters
    ----------
    control : socket
        To the client.
    end : callable
        Ends it.
    meanwhile : callable, optional
        Called at each look, ten times a second.
    """
    poll = select.poll()
    poll.register(control, 0)  # only for its being closed
    signal.signal(signal.SIGALRM, lambda *_: end() if poll.poll(0) else meanwhile())
    signal.setitimer(signal.ITIMER_REAL, LOOK, LOOK)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)


def leave() -> None:
    """End the server; its folder too, since the client may be dead."""
    shutil.rmtree(os.environ["IPYTHONDIR"], ignore_errors=True)
    os._exit(0)


def inherited() -> dict[str, Any]:
    """What a process has from the one that starts it, and a fork has from its server."""
    return {
        "umask": _umask(),
        "limits": [[one, *resource.getrlimit(one)] for one in _limits()],
        "niceness": os.getpriority(os.PRIO_PROCESS, 0),
        "processors": sorted(os.sched_getaffinity(0)) if sys.platform == "linux" else [],
    }


def inherit(wanted: Mapping[str, Any]) -> None:
    """Have what another process has.

    Parameters
    ----------
    wanted : mapping
        Of `inherited`.

    Raises
    ------
    OSError, ValueError
        It is not allowed.
    """
    has = inherited()
    if wanted["umask"] != has["umask"]:
        os.umask(wanted["umask"])
    for limit, known in zip(wanted["limits"], has["limits"], strict=True):
        if limit != known:
            resource.setrlimit(limit[0], (limit[1], limit[2]))
    if wanted["niceness"] != has["niceness"]:
        os.setpriority(os.PRIO_PROCESS, 0, wanted["niceness"])
    if wanted["processors"] != has["processors"]:
        os.sched_setaffinity(0, wanted["processors"])


def _limits() -> list[int]:
    names = sorted(name for name in dir(resource) if name.startswith("RLIMIT_"))
    return sorted({getattr(resource, name) for name in names})


def _umask() -> int:
    """Read where it can be read without changing it, which other threads would notice."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return 0o22
    return next((int(line.split()[1], 8) for line in lines if line.startswith("Umask:")), 0o22)
