"""The client's side of the warm server: starting it, asking for forks, ending them."""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import IO, NamedTuple

from smartlib.run.execute.warm.scratch import new_folder
from smartlib.run.execute.warm.startup import Startup, interpreter_options
from smartlib.run.execute.warm.wire import NOTICE, REQUEST, RUNNING, SHELL, packed, receive

ENVIRONMENT = {  # of the project's own notebooks: sums come out the same everywhere
    "PYTHONHASHSEED": "0",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "PYTHONSTARTUP": "",
}
GRACE = 2.5  # seconds that a notebook's exit handlers may take, as with jupyter_client
Stamp = tuple[tuple[str, int], ...]
AFTER_FORK = 0.5  # seconds between the end of a server's fork and its own, seen from here
SERVER = """
from smartlib.run.execute.warm.inheritance import bound, ending_with, leave
bound()
from smartlib.run.execute.warm.startup import Reads
reads = Reads()
reads.begin()
import pathlib, socket, sys
control = socket.socket(fileno=int(sys.argv[1]))
with ending_with(control, leave):  # a client killed while packages are loaded leaves nothing
    from smartlib.run.execute.warm.server import Server
    server = Server(control, pathlib.Path(sys.argv[2]), reads)
server.run()
"""
TOO_LONG = (
    "the warm server was ended, since loading the packages took it more than 100 s of "
    "processor time; numerical libraries may try for ever where memory is limited (ulimit -v)"
)
KEPT = 3  # servers that stay though nothing runs in them
PACKAGE = Path(__file__).resolve().parents[3]


def cannot_fork() -> str:
    """Why this platform has no warm server; nothing when it can have one."""
    if not hasattr(os, "fork") or sys.platform == "emscripten":  # where it exists, and fails
        return "this system cannot fork processes"
    if sys.platform == "darwin":
        return "forking is not safe on macOS"
    return "this Python is frozen into a program" if getattr(sys, "frozen", False) else ""


def is_this_python(command: Sequence[str]) -> bool:
    """Whether a command line starts an ipykernel of the running interpreter.

    Parameters
    ----------
    command : sequence of str
        Of a kernel specification, formatted.
    """
    python = Path(shutil.which(command[0]) or command[0]).absolute()
    is_ours = python == Path(sys.executable).absolute()
    return is_ours and interpreter_options(command) is not None


class UnfitError(RuntimeError):
    """A fork would not be what a kernel of its own is; the message says why."""


class Order(NamedTuple):
    """What a fork is to be.

    Attributes
    ----------
    cwd : str
        Working directory.
    env : mapping of str to str
        Its whole environment.
    argv : sequence of str
        Command line of an ordinary ipykernel; nothing to be driven through `Fork.sock`.
    options : sequence of str
        Of the interpreter.
    """

    cwd: str
    env: Mapping[str, str]
    argv: Sequence[str] = ()
    options: Sequence[str] = ()

    @property
    def startup(self) -> Startup:
        """What its server has to have read."""
        return Startup.of(Path(self.cwd), self.env, self.options)


class Fork:
    """A forked process; poll, wait, send_signal and kill are those of `subprocess.Popen`.

    Parameters
    ----------
    server : WarmServer
        That forked it.
    number : int
        By which the server knows it.
    sock : socket
        To the process; closing it asks the process to end by itself.
    """

    stdin = stdout = stderr = None

    def __init__(self, server: WarmServer, number: int, sock: socket.socket) -> None:
        self.server, self.number, self.sock = server, number, sock
        self.pid: int | None = None
        self.returncode: int | None = None
        self.ended = threading.Event()

    def await_fitness(self) -> None:
        """Wait for its first message.

        Raises
        ------
        UnfitError
            It is not what was ordered, or its server could not start.
        ConnectionError
            It, or its server, was killed.
        """
        hello = receive(self.sock)
        if hello is None:
            if reason := self.server.obituary():
                raise UnfitError(reason)
            raise ConnectionError("the fork was killed before it began")
        if hello[1]["unfit"]:
            raise UnfitError(hello[1]["unfit"])

    def poll(self) -> int | None:
        """Exit code; None while it runs."""
        return self.returncode

    def wait(self, timeout: float | None = None) -> int | None:
        """Exit code, waiting for it."""
        self.ended.wait(timeout)
        return self.returncode

    def send_signal(self, signum: int) -> None:
        """Send a signal to the process and all that it started."""
        if self.returncode is None:
            self.server.request(self.number, signum)

    def kill(self) -> None:
        """End it and all that it started, at once."""
        self.send_signal(signal.SIGKILL)


class WarmServer:
    """The server process of this process, and its forks.

    Parameters
    ----------
    root : Path
        Checkout whose tables it holds ready, if it is one.
    order : Order
        The first; forks that would read something else at their start are not for it.
    """

    def __init__(self, root: Path, order: Order) -> None:
        self.stamp, self.startup = _package_stamp(), order.startup
        self.owner = os.getpid()
        self.lock = threading.Lock()
        self.forks: dict[int, Fork] = {}
        self.count = 0
        self.has_loaded = False  # known from its first fork
        self.gone = threading.Event()
        self.settings = new_folder()
        self.stderr = self.settings / "stderr"
        self.control, theirs = socket.socketpair()
        command = [sys.executable, *order.options, "-c", SERVER, str(theirs.fileno()), str(root)]
        with theirs, self.stderr.open("wb") as stderr:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=stderr,
                stderr=stderr,
                cwd=self.settings,
                env=self.startup.environment(str(self.settings), order.env),
                pass_fds=[theirs.fileno()],
                start_new_session=True,  # Ctrl-C is the client's matter
            )
        threading.Thread(target=self._listen, daemon=True).start()

    def fork(self, order: Order, stderr: Path | None = None) -> Fork:
        """A new process; it answers as soon as the server has loaded everything.

        Parameters
        ----------
        order : Order
            What it is to be.
        stderr : Path, optional
            New file for what it writes past Python's own standard error.

        Raises
        ------
        OSError
            The server is gone.
        """
        from smartlib.run.execute.warm.inheritance import inherited  # noqa: PLC0415  # POSIX

        ours, theirs = socket.socketpair()
        with self.lock, theirs, _appended() as out, _appended(stderr) as err:
            self.count += 1
            fork = self.forks[self.count] = Fork(self, self.count, ours)
            descriptors = [theirs.fileno(), out.fileno(), err.fileno()]
            socket.send_fds(self.control, [REQUEST.pack(fork.number, 0)], descriptors)
        fork.sock.sendall(packed(SHELL, {**order._asdict(), "inherited": inherited()}))
        return fork

    def request(self, number: int, signum: int) -> None:
        """Have a signal sent to a fork and all that it started."""
        with self.lock, contextlib.suppress(OSError):  # with the server, its forks are gone
            self.control.sendall(REQUEST.pack(number, signum))

    def has_died(self) -> bool:
        """Whether it is gone; waits a moment, since its forks may be seen to end first."""
        return self.gone.wait(AFTER_FORK)

    def obituary(self) -> str:
        """Why it could not start; nothing when it could, or was killed."""
        if self.has_loaded or not self.has_died():
            return ""
        if self.process.wait() == -signal.SIGXCPU:
            return TOO_LONG
        words = self.stderr.read_text(errors="replace").strip() if self.stderr.is_file() else ""
        return f"the warm server could not start: {words.splitlines()[-1]}" if words else ""

    @property
    def is_usable(self) -> bool:
        """Whether it runs, and the package's source is what it imported."""
        return not self.gone.is_set() and self.stamp == _package_stamp()

    def close(self) -> None:
        """End the server and every fork, if it is this process's."""
        if os.getpid() != self.owner:
            return
        with contextlib.suppress(OSError):
            self.control.shutdown(socket.SHUT_RDWR)
        self.process.wait()
        shutil.rmtree(self.settings, ignore_errors=True)

    def leave(self) -> None:
        """Let go of it, in a process forked from its owner: it must not live for this one."""
        self.gone.set()
        self.control.close()
        for fork in self.forks.values():
            fork.sock.close()
            fork.ended = threading.Event()  # a lock may be held that nobody here will release
            self._ended(fork, -signal.SIGKILL)

    def _listen(self) -> None:
        """Note the ends of forks, until the server itself ends."""
        while notice := _notice(self.control):
            number, process, code = NOTICE.unpack(notice)
            if code == RUNNING:
                self.has_loaded = True
                self.forks[number].pid = process
            else:
                self._ended(self.forks.pop(number), code)
        self.gone.set()
        for number in list(self.forks):
            fork = self.forks.pop(number)
            if fork.pid:
                with contextlib.suppress(OSError):  # it dies with the server, not what it started
                    os.killpg(fork.pid, signal.SIGKILL)
            self._ended(fork, -signal.SIGKILL)

    def _ended(self, fork: Fork, code: int) -> None:
        fork.returncode = code
        fork.ended.set()


_SERVERS: dict[Startup, WarmServer] = {}  # the last used one last
_UNFIT: dict[tuple[Startup, Stamp], str] = {}  # servers that could not start, and why
_STARTING = threading.Lock()


def warm_server(root: Path, order: Order | None = None) -> WarmServer:
    """The server of this process for an order, started now unless it runs already.

    Parameters
    ----------
    root : Path
        Checkout whose tables a new server holds ready, if it is one.
    order : Order, optional
        Default: one of this project's notebooks there.

    Raises
    ------
    UnfitError
        Such a server could not start before.
    """
    order = order or Order(str(root), {**os.environ, **ENVIRONMENT})
    startup = order.startup
    with _STARTING:
        server = _SERVERS.pop(startup, None)
        if server and not server.is_usable:
            _bury(server)
            server = None
        if server is None:
            if reason := _UNFIT.get((startup, _package_stamp())):
                raise UnfitError(reason)
            server = WarmServer(root, order)
            atexit.register(server.close)
        _SERVERS[startup] = server
        idle = [key for key, other in _SERVERS.items() if not other.forks and other is not server]
        for key in idle[: max(0, len(_SERVERS) - KEPT)]:
            _SERVERS.pop(key).close()
        return server


def warm_up(root: Path) -> None:
    """Start the server in the background, if this platform can have one.

    Parameters
    ----------
    root : Path
        Checkout whose tables it holds ready.
    """
    if not cannot_fork():
        warm_server(root)


def end_forks() -> None:
    """End every fork of this process at once, with their servers, which may yet be loading."""
    for server in list(_SERVERS.values()):
        server.close()


def _bury(server: WarmServer) -> None:
    """Have a server that is of no use end, once nothing runs in it."""
    if reason := server.obituary():
        _UNFIT[server.startup, server.stamp] = reason
    if not server.forks:
        server.close()


def _after_fork() -> None:
    """A forked process has no server."""
    global _STARTING  # noqa: PLW0603  # a thread that is not here may hold it
    _STARTING = threading.Lock()
    for server in _SERVERS.values():
        server.leave()
    _SERVERS.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


def _appended(path: Path | None = None) -> IO[bytes]:
    """A new file to which several processes may write; without a path it has no name."""
    if path:
        return path.open("a+b")
    with tempfile.NamedTemporaryFile() as named:
        return open(named.name, "a+b")


def _notice(control: socket.socket) -> bytes:
    try:
        return control.recv(NOTICE.size, socket.MSG_WAITALL)
    except OSError:
        return b""


def _package_stamp() -> Stamp:
    """What tells two states of the package's source apart, without reading it."""
    return _stamp_at(int(time.monotonic()))


@lru_cache(maxsize=1)  # a look each second is enough
def _stamp_at(second: int) -> Stamp:
    return tuple(sorted((str(p), p.stat().st_mtime_ns) for p in PACKAGE.rglob("*.py")))
