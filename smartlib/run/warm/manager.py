"""A kernel manager and client, as nbclient uses them, for forks of the warm server."""

from __future__ import annotations

import asyncio
import contextlib
import os
from pathlib import Path
from queue import Empty
from typing import Any

from jupyter_client.client import KernelClient
from jupyter_client.manager import KernelManager
from nbclient.exceptions import DeadKernelError
from traitlets import Dict, Unicode

from smartlib.run.warm.client import GRACE, Fork, Order, warm_server
from smartlib.run.warm.wire import HEAD, IOPUB, SHELL, PipeSession, packed, unpacked

READ_AHEAD = 1 << 20  # bytes


class Incoming:
    """Messages of one channel, in the place of jupyter_client's channels.

    Parameters
    ----------
    client : WarmClient
        Whose requests it sends.
    """

    def __init__(self, client: WarmClient) -> None:
        self.client = client
        self.queue: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """The next message.

        Parameters
        ----------
        timeout : float, optional
            Seconds to wait.

        Raises
        ------
        Empty
            None came in time.
        """
        try:
            message = await asyncio.wait_for(self.queue.get(), timeout)
        except TimeoutError as error:
            raise Empty from error
        if message is None:
            raise asyncio.CancelledError
        return message

    def close(self) -> None:
        """Let a task of nbclient's that still waits for more come to its end."""
        self.queue.put_nowait(None)

    def send(self, message: dict[str, Any]) -> None:
        """Send a request."""
        self.client.send(message)


class WarmClient(KernelClient):
    """A client that speaks with a fork through its socket.

    Parameters
    ----------
    fork : Fork
        To speak with.
    """

    shell_channel: Any = None  # properties of the class that create ZeroMQ sockets
    iopub_channel: Any = None

    def __init__(self, fork: Fork) -> None:
        super().__init__(session=PipeSession())
        self.fork = fork
        self.shell_channel, self.iopub_channel = Incoming(self), Incoming(self)
        self.is_waiting = False

    def start_channels(self, *_: object, **__: object) -> None:
        """Nothing: `wait_for_ready` begins to read."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait for the fork's first message.

        Parameters
        ----------
        timeout : float, optional
            Seconds.

        Raises
        ------
        RuntimeError
            It did not come in time.
        DeadKernelError
            The fork, or the server, died before.
        """
        self.greeted = asyncio.get_running_loop().create_future()
        self.reader, self.writer = await asyncio.open_connection(
            sock=self.fork.sock, limit=READ_AHEAD
        )
        self.reading = asyncio.ensure_future(self._read())
        try:
            await asyncio.wait_for(self.greeted, timeout)
        except TimeoutError as error:
            raise RuntimeError(f"it did not start within {timeout} s") from error

    async def is_alive(self) -> bool:
        """Whether messages may come; a dead fork's last ones are read first."""
        return not self.reading.done()

    async def stop_channels(self) -> None:  # type: ignore[override]  # nbclient takes both
        """Close the socket, upon which the fork ends by itself; wait for what it does then."""
        self.reading.cancel()
        self.iopub_channel.close()
        self.writer.close()
        with contextlib.suppress(OSError):
            await self.writer.wait_closed()
        self.fork.wait(GRACE)
        self.fork.kill()

    def send(self, message: dict[str, Any]) -> None:
        """Send a request."""
        self.is_waiting = True
        self.writer.write(packed(SHELL, message))

    async def _read(self) -> None:
        """Hand messages to their channels until the fork closes its end."""
        channels = {SHELL: self.shell_channel, IOPUB: self.iopub_channel}
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            await self._next()
            self.greeted.set_result(True)
            while True:
                name, message = await self._next()
                self.is_waiting &= name != SHELL
                channels[name].queue.put_nowait(message)
        if not self.greeted.done():
            self.greeted.set_exception(self._stillborn())

    def _stillborn(self) -> Exception:
        server = self.fork.server
        words = server.last_words() if server.has_died() else ""
        if words:
            return RuntimeError(f"the warm server could not start:\n{words}")
        return DeadKernelError("Kernel died")

    async def _next(self) -> tuple[bytes, dict[str, Any]]:
        name, size = HEAD.unpack(await self.reader.readexactly(HEAD.size))
        return name, unpacked(await self.reader.readexactly(size))


class WarmKernel(KernelManager):
    """A kernel manager whose kernels are forks of the warm server."""

    environment = Dict(help="Added to the environment of the kernel.").tag(config=True)
    stderr_path = Unicode(help="New file for its standard error.").tag(config=True)
    fork: Fork | None = None

    @property
    def has_kernel(self) -> bool:
        """Whether one was started."""
        return self.fork is not None

    def start_kernel(self, cwd: str | None = None, **_: object) -> None:
        """Fork.

        Parameters
        ----------
        cwd : str, optional
            Working directory; default: this process's own.
        """
        folder = Path(cwd or Path.cwd())
        order = Order(str(folder), {**os.environ, **self.environment})
        stderr = Path(self.stderr_path) if self.stderr_path else None
        self.fork = warm_server(folder).fork(order, stderr)

    def client(self, **_: object) -> WarmClient:  # type: ignore[override]
        """A client for the fork."""
        assert self.fork
        self.warm_client = WarmClient(self.fork)
        return self.warm_client

    def is_alive(self, **_: object) -> bool:
        """Whether the fork runs."""
        return self.fork is not None and self.fork.poll() is None

    def shutdown_kernel(self, now: bool = False, restart: bool = False) -> None:
        """End the fork at once if a cell still runs; else the closing socket ends it."""
        if self.fork and (now or self.warm_client.is_waiting):
            self.fork.kill()

    def cleanup_resources(self, restart: bool = False) -> None:
        """Nothing is left to clean."""
