"""A kernel manager and client, as nbclient uses them, for forks of the warm server."""

from __future__ import annotations

import contextlib
import math
import os
import select
import signal
import socket
import time
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path
from queue import Empty
from typing import Any

from jupyter_client.client import KernelClient
from jupyter_client.manager import KernelManager
from nbclient.exceptions import DeadKernelError
from traitlets import Dict, List, Unicode

from smartlib.run.execute.warm.client import GRACE, Fork, Order, warm_server
from smartlib.run.execute.warm.wire import ANSWERED, SHELL, PipeSession, packed, receive

AHEAD = 4  # cells
SHORT = 8000  # characters
LONGEST_POLL = 2**31 - 1  # milliseconds


def nothing() -> float | None:
    """Nothing is to be done meanwhile."""
    return None


class WarmClient(KernelClient):
    """A client that speaks with a fork through its socket, and waits for what it says.

    Messages of all channels come in the order in which the fork sent them.

    Parameters
    ----------
    fork : Fork
        To speak with.

    Attributes
    ----------
    cells : deque of (str, bool)
        Sources of the cells that are still to be sent, and whether a failure is the end.
    sent : deque of str
        Numbers of the requests that nbclient has not asked for yet.
    later : list of dict
        What a widget has to say: a fork at work reads nothing. From then on no cell goes ahead.
    meanwhile : callable
        What is to be done at times while a message is awaited: does it if it is due, and gives
        the seconds until it is to be asked again, if ever.
    """

    shell_channel: Any = None  # properties of the class that create ZeroMQ sockets
    iopub_channel: Any = None

    def __init__(self, fork: Fork) -> None:
        super().__init__(session=PipeSession())
        self.fork = fork
        self.shell_channel = self
        self.cells: deque[tuple[str, bool]] = deque()
        self.sent: deque[str] = deque()
        self.later: list[dict[str, Any]] = []
        self.meanwhile: Callable[[], float | None] = nothing
        self.has_widgets = False
        self.is_waiting, self.has_ended = False, False
        self.poll = select.poll()
        self.poll.register(fork.sock, select.POLLIN)

    def start_channels(self, *_: object, **__: object) -> None:
        """Nothing: the socket is open."""

    def wait_for_ready(self, timeout: float | None = None) -> None:
        """Nothing: the manager has waited."""

    def take(self, timeout: float | None = None) -> tuple[bytes, dict[str, Any]]:
        """The next message, and the channel that it is of.

        Parameters
        ----------
        timeout : float, optional
            Seconds to wait.

        Raises
        ------
        Empty
            None came in time.
        DeadKernelError
            The fork has closed its end.
        """
        self._await(timeout)
        taken = receive(self.fork.sock)
        if taken is None:
            self.has_ended = True
            raise DeadKernelError("Kernel died")
        if taken[0] == SHELL:
            self.is_waiting = bool(self.sent)
        return taken

    def _await(self, timeout: float | None) -> None:
        """Wait until there is a message, and do meanwhile what is to be done."""
        until = math.inf if timeout is None else time.monotonic() + timeout
        while (asked := self.meanwhile()) is not None or timeout is not None:
            left = min(until - time.monotonic(), math.inf if asked is None else asked)
            if self.poll.poll(min(1000 * max(left, 0), LONGEST_POLL)):
                return
            if time.monotonic() >= until:
                raise Empty

    def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """The next reply; what else comes before it is of no cell.

        Parameters
        ----------
        timeout : float, optional
            Seconds to wait for each message.
        """
        while True:
            channel, message = self.take(timeout)
            if channel == SHELL:
                return message

    def execute(self, code: str, **options: Any) -> str:  # type: ignore[override]
        """Send the next cell; short ones that follow it go with it, so that the fork need not wait.

        Few enough to find room in the socket while the fork is at work.
        """
        if not self.cells and not self.sent:
            return super().execute(code, **options)
        while self.cells and (not self.sent or self._goes_ahead()):
            source, is_last_if_failed = self.cells.popleft()
            self.sent.append(super().execute(source, stop_on_error=is_last_if_failed))
        self.is_waiting = True
        return self.sent.popleft()

    def _goes_ahead(self) -> bool:
        is_short = len(self.cells[0][0]) < SHORT
        return is_short and len(self.sent) <= AHEAD and not self.has_widgets

    def send(self, message: dict[str, Any]) -> None:
        """Send a request; a fork that is dead is noticed when its answer is awaited."""
        kind = message["header"]["msg_type"]
        if kind not in ANSWERED:
            self.later.append(message)
            self.has_widgets = True
            return
        if kind != "execute_request":  # the cells are done, or passed over
            self.cells.clear()
            self.sent.clear()
        message["metadata"]["ahead"] = bool(self.sent)
        self.is_waiting = True
        ready = [] if self.sent else self.later
        with contextlib.suppress(ConnectionError):
            for one in (*ready, message):
                self.fork.sock.sendall(packed(SHELL, one))
        ready.clear()

    def send_no_more(self) -> None:
        """Close this way of the socket: cells that went ahead are not begun, then the fork ends."""
        self.cells.clear()
        self.sent.clear()
        with contextlib.suppress(OSError):  # the fork is dead
            self.fork.sock.shutdown(socket.SHUT_WR)

    def is_alive(self) -> bool:
        """Whether messages may come; a dead fork's last ones are read first."""
        return not self.has_ended

    def stop_channels(self) -> None:
        """Close the socket, upon which the fork ends by itself; wait for what it does then."""
        self.fork.sock.close()
        self.fork.wait(GRACE)
        self.fork.kill()


class WarmKernel(KernelManager):
    """A kernel manager whose kernels are forks of the warm server."""

    environment = Dict(help="Added to the environment of the kernel.").tag(config=True)
    options: Any = List(help="Of the interpreter.").tag(config=True)
    stderr_path = Unicode(help="New file for its standard error.").tag(config=True)
    fork: Fork | None = None

    @property
    def has_kernel(self) -> bool:
        """Whether one was started."""
        return self.fork is not None

    def start_kernel(
        self, cwd: str | None = None, env: Mapping[str, str] | None = None, **_: object
    ) -> None:
        """Fork.

        Parameters
        ----------
        cwd : str, optional
            Working directory; default: this process's own.
        env : mapping of str to str, optional
            Environment; default: this process's own.
        """
        folder = Path(cwd or Path.cwd())
        variables = {**(os.environ if env is None else env), **self.environment}
        order = Order(str(folder), variables, options=self.options)
        stderr = Path(self.stderr_path) if self.stderr_path else None
        self.fork = warm_server(folder, order).fork(order, stderr)

    def wait_until_fit(self, timeout: float | None = None) -> None:
        """Wait until the fork says that it is what a kernel would be.

        Parameters
        ----------
        timeout : float, optional
            Seconds.

        Raises
        ------
        RuntimeError
            It said nothing in time.
        DeadKernelError
            The fork, or the server, was killed before.
        UnfitError
            It is not, or its server could not start.
        """
        assert self.fork
        try:
            if not select.select([self.fork.sock], [], [], timeout)[0]:
                raise RuntimeError(f"it did not start within {timeout} s")
            self.fork.await_fitness()
        except ConnectionError:
            raise DeadKernelError("Kernel died") from None
        except RuntimeError:
            self.fork.kill()
            raise

    def client(self, **_: object) -> WarmClient:  # type: ignore[override]
        """A client for the fork."""
        assert self.fork
        self.warm_client = WarmClient(self.fork)
        return self.warm_client

    def is_alive(self, **_: object) -> bool:
        """Whether the fork runs."""
        return self.fork is not None and self.fork.poll() is None

    def interrupt_kernel(self) -> None:
        """Interrupt the cell that runs."""
        self.signal_kernel(signal.SIGINT)

    def signal_kernel(self, signum: int) -> None:
        """Send a signal to the fork and all that it started."""
        if self.fork:
            self.fork.send_signal(signum)

    def shutdown_kernel(self, now: bool = False, restart: bool = False) -> None:
        """End the fork at once if a cell still runs; else the closing socket ends it."""
        if self.fork and (now or self.warm_client.is_waiting):
            self.fork.kill()

    def cleanup_resources(self, restart: bool = False) -> None:
        """Nothing is left to clean."""
