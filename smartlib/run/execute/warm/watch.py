"""The server's first lines: whatever it loads, it ends when its client does.

This module is light, so that a client killed while packages are imported leaves nothing behind.
"""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from smartlib.run.execute.warm.inheritance import bound
from smartlib.run.execute.warm.startup import Reads

LOOK = 0.1  # seconds between looks for a client that ends


def begin() -> None:
    """Load and serve; a file descriptor and a folder stand in the command line."""
    bound()
    reads = Reads()
    reads.begin()  # before anything of this project's is imported
    descriptor, root = sys.argv[1:]
    control = socket.socket(fileno=int(descriptor))
    with ending_with(control, leave):
        from smartlib.run.execute.warm.server import Server  # noqa: PLC0415  # heavy

        server = Server(control, Path(root), reads)
    server.run()


@contextlib.contextmanager
def ending_with(control: socket.socket, end: Callable[[], None]) -> Iterator[None]:
    """End this process if the client does meanwhile, though nothing is read from the socket.

    Parameters
    ----------
    control : socket
        To the client.
    end : callable
        Ends it.
    """
    poll = select.poll()
    poll.register(control, 0)  # only for its being closed
    signal.signal(signal.SIGALRM, lambda *_: end() if poll.poll(0) else None)
    signal.setitimer(signal.ITIMER_REAL, LOOK, LOOK)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)


def leave() -> None:
    """End the server; its folder too, since the client may be dead."""
    shutil.rmtree(os.environ["IPYTHONDIR"], ignore_errors=True)
    os._exit(0)
