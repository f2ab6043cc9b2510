"""A notebook's own process: ipykernel's kernel and shell, speaking over a socket pair.

`prepare` builds the kernel once, in the server, before anything else is imported: pandas
asks for the shell when it is imported. `serve` runs in the forked process.
"""

from __future__ import annotations

import asyncio
import codecs
import contextlib
import fcntl
import inspect
import os
import select
import signal
import socket
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import ipykernel.ipkernel
import ipykernel_launcher
import numpy as np
from ipykernel.displayhook import ZMQDisplayHook
from ipykernel.iostream import BackgroundSocket, IOPubThread, OutStream
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from tornado.ioloop import IOLoop

from smartlib.run.execute.warm.reading import keep_readings
from smartlib.run.execute.warm.wire import (
    ANSWERED,
    IOPUB,
    SHELL,
    PipeSession,
    packed,
    receive,
)

STREAMS = {"stdout": 1, "stderr": 2}
PIECE = 1 << 16
TURNS = 10  # of the loop between two cells: tasks that a cell has begun go on
FOLLOWED = ("execute_result", "execute_reply")  # messages after which another comes at once
INLINE = "module://matplotlib_inline.backend_inline"


class Line:
    """The way to the client, which all channels share.

    Parameters
    ----------
    sock : socket
        To the client.
    guard : int
        File whose lock keeps messages whole when a cell's own forks print too.
    """

    def __init__(self, sock: socket.socket, guard: int) -> None:
        self.sock, self.guard = sock, guard
        self.threads = threading.Lock()
        self.waiting = b""

    def send(self, content: bytes, is_followed: bool) -> None:
        """Send a message whole, or with the next if that is about to come."""
        with self.threads:
            self.waiting += content
            if is_followed:
                return
            content, self.waiting = self.waiting, b""
            fcntl.lockf(self.guard, fcntl.LOCK_EX)
            try:
                with contextlib.suppress(ConnectionError):  # the client needs no more
                    self.sock.sendall(content)
            finally:
                fcntl.lockf(self.guard, fcntl.LOCK_UN)


@dataclass(frozen=True)
class Channel:
    """One direction of a line, in the place of a ZeroMQ socket.

    Attributes
    ----------
    line : Line
        To the client.
    name : bytes
        SHELL or IOPUB.
    """

    line: Line
    name: bytes

    def send_multipart(self, message: Mapping[str, Any]) -> None:
        """Send one message whole; called by the session."""
        kind = message["header"]["msg_type"]
        busy = kind == "status" and message["content"]["execution_state"] == "busy"
        self.line.send(packed(self.name, message), busy or kind in FOLLOWED)


class Publisher(IOPubThread):
    """ipykernel's publisher without its thread: what is published is sent at once."""

    def __init__(self) -> None:
        self.socket: Any = None
        self.thread = threading.Thread()  # never started; its being so means "send now"
        self.background_socket = BackgroundSocket(self)
        self.io_loop: Any = self

    def send_multipart(self, message: Mapping[str, Any]) -> None:
        """Send one message."""
        self.socket.send_multipart(message)

    def call_later(self, delay: float, flush: Callable[[], None]) -> None:
        """What a stream asks for after a write, so that a hanging cell's prints are known."""
        timer = threading.Timer(delay, flush)
        timer.daemon = True
        timer.start()


class Stream(OutStream):
    """ipykernel's stream; what C code and subprocesses write comes from a file, in order.

    Parameters
    ----------
    session, publisher : Session, Publisher
        As for an OutStream.
    name : str
        stdout or stderr.
    """

    def __init__(self, session: Any, publisher: Publisher, name: str) -> None:
        super().__init__(session, publisher, name, watchfd=False)
        self.file, self.taken = os.dup(STREAMS[name]), 0
        self.decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")

    def fileno(self) -> int:
        """Where C code and subprocesses write."""
        return STREAMS[self.name]

    def write(self, string: str) -> int | None:  # type: ignore[override]  # as in OutStream
        """Write after what C code wrote before."""
        self._take_file()
        return super().write(string)

    def _flush(self) -> None:
        with self._buffer_lock:  # also around sending: a timer must not overtake a display
            self._take_file()
            try:
                super()._flush()
            except (
                UnicodeEncodeError
            ):  # half a character: what ipykernel does, which loses the text
                traceback.print_exc(file=sys.__stderr__)

    def _take_file(self) -> None:
        if not self._is_master_process():
            return
        with self._buffer_lock:
            while piece := os.pread(self.file, PIECE, self.taken):
                self.taken += len(piece)
                super().write(self.decoder.decode(piece))


class ForkedKernel(IPythonKernel):
    """An IPython kernel whose client sends cells ahead."""

    shell: Any
    is_aborting = False
    _execute_sleep = 0.0  # ZeroMQ's sockets are given time before each reply; ours need none

    def _abort_queues(self, subshell_id: str | None = None) -> None:
        """Pass over the cells that were sent ahead, after one that failed."""
        self.is_aborting = True

    @contextlib.contextmanager
    def _cancel_on_sigint(self, future: asyncio.Future[Any]) -> Iterator[None]:
        """Have an interrupt wake the loop too: ipykernel waits for a message to do so."""
        loop = asyncio.get_running_loop()
        with super()._cancel_on_sigint(future):
            cancel: Any = signal.getsignal(signal.SIGINT)

            def interrupted(*received: Any) -> None:
                cancel(*received)
                loop.call_soon_threadsafe(lambda: None)

            signal.signal(signal.SIGINT, interrupted)
            yield


class ForkedApp(IPKernelApp):
    """ipykernel's application less sockets, threads and connection file."""

    kernel_class = ForkedKernel
    shell: Any

    def _nothing(self, *_: object, **__: object) -> None:
        """In the place of what only ZeroMQ needs."""

    init_blackhole = init_connection_file = init_poller = init_sockets = _nothing
    init_heartbeat = write_connection_file = log_connection_info = _nothing

    def init_io(self) -> None:
        """Leave the streams to each fork; install the display hook."""
        self.session, self.publisher = PipeSession(parent=self), Publisher()
        self.displayhook = ZMQDisplayHook(self.session, self.publisher.background_socket)
        sys.displayhook = self.displayhook
        self.patch_io()

    def init_kernel(self) -> None:
        """Create kernel and shell."""
        self.kernel = self.kernel_class.instance(
            parent=self,
            session=self.session,
            shell_channel_thread=SimpleNamespace(parent_thread=threading.main_thread()),
            iopub_thread=self.publisher,
            iopub_socket=self.publisher.background_socket,
            log=self.log,
            profile_dir=self.profile_dir,
            user_ns=self.user_ns,
        )
        self.displayhook.get_execution_count = lambda: self.kernel.execution_count


def prepare() -> ForkedApp:
    """The kernel that every fork begins with; to be called before pandas is imported."""
    if sys.path[0] == "":
        del sys.path[0]  # IPython puts it behind the standard library
    sys.argv = [
        ipykernel_launcher.__file__,
        "-f",
        "kernel.json",
        "--HistoryManager.hist_file=:memory:",
    ]
    app: ForkedApp = ForkedApp.instance()
    app.initialize([*sys.argv[1:], "--IPKernelApp.ip=127.0.0.1"])  # tqdm looks for this section
    assert app.shell.logger  # made when it is first asked for, which every fork would do
    keep_readings(app.shell)
    return app


def take_environment(app: ForkedApp, environment: Mapping[str, str]) -> None:
    """Have the environment that an ipykernel makes of the one it is started with.

    Parameters
    ----------
    app : ForkedApp
        From `prepare`, in a process forked since.
    environment : mapping of str to str
        The whole of it.
    """
    os.environ.clear()
    os.environ.update(environment)
    os.environ["MPLBACKEND"] = environment.get("MPLBACKEND") or INLINE
    app.shell.init_environment()
    sys.modules["matplotlib"].rcParams["backend"] = os.environ["MPLBACKEND"]


def serve(app: ForkedApp, sock: socket.socket) -> None:
    """Answer requests until the client closes its end.

    Parameters
    ----------
    app : ForkedApp
        From `prepare`, in a process forked since.
    sock : socket
        To the client; file descriptors 1 and 2 are files that the client can read.
    """
    app.session.pid = os.getpid()
    line = Line(sock, os.dup(STREAMS["stdout"]))
    app.publisher.socket = Channel(line, IOPUB)
    for name in STREAMS:
        setattr(sys, name, Stream(app.session, app.publisher, name))
    np.random.seed()  # each fork has the server's state
    asyncio.run(_serve(app.kernel, sock, Channel(line, SHELL)))


def be_ipykernel(app: ForkedApp, command: Sequence[str]) -> None:
    """Be an ordinary ipykernel, with sockets of its own.

    Parameters
    ----------
    app : ForkedApp
        From `prepare`, in a process forked since; given up.
    command : sequence of str
        That would start it: `python -m ipykernel_launcher` and its options.
    """
    options = command[command.index(ipykernel_launcher.__name__) + 1 :]
    sys.argv = [ipykernel_launcher.__file__, *options]
    for single in (app.kernel.shell, app.kernel, app):
        type(single).clear_instance()
    ipykernel.ipkernel._comm_manager = None
    IPKernelApp.launch_instance()


async def _serve(kernel: ForkedKernel, sock: socket.socket, shell: Channel) -> None:
    requests: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()
    kernel.io_loop = IOLoop.current()
    closed = select.poll()  # whether the client sends no more, though there are requests to be read
    closed.register(sock, getattr(select, "POLLRDHUP", 0))

    def take() -> None:
        received = receive(sock)
        if received is None:
            loop.remove_reader(sock)
        requests.put_nowait(received and received[1])

    loop.add_reader(sock, take)
    while (request := await requests.get()) is not None:
        is_cell = request["msg_type"] == "execute_request"
        if kernel.shell.exit_now and is_cell:
            break  # a cell has said exit()
        is_passed_over = kernel.is_aborting and request["metadata"].get("ahead")
        if is_cell and (is_passed_over or closed.poll(0)):
            continue
        kernel.is_aborting &= request["msg_type"] not in ANSWERED
        await _answer(kernel, shell, request)
        for _ in range(TURNS):
            await asyncio.sleep(0)


async def _answer(kernel: ForkedKernel, shell: Channel, request: dict[str, Any]) -> None:
    """What `Kernel.dispatch_shell` does with a request from a ZeroMQ socket."""
    kernel.set_parent([], request, channel="shell")
    kernel._publish_status("busy", "shell")
    kernel.pre_handler_hook()
    try:
        answer = kernel.shell_handlers[request["msg_type"]](shell, [], request)
        if inspect.isawaitable(answer):
            await answer
    finally:
        kernel.post_handler_hook()
    sys.stdout.flush()
    sys.stderr.flush()
    kernel._publish_status("idle", "shell")
