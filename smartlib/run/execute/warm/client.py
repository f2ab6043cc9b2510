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

from smartlib.run.execute.warm.wire import NOTICE, REQUEST, RUNNING, SHELL, packed

ENVIRONMENT = {  # one thread: only such a process may fork, and sums come out the same everywhere
    "PYTHONHASHSEED": "0",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}
GRACE = 2.5  # seconds that a notebook's exit handlers may take, as with jupyter_client
Stamp = tuple[tuple[str, int], ...]
AFTER_FORK = 0.5  # seconds between the end of a server's fork and its own, seen from here
SERVER = "from smartlib.run.execute.warm.server import main; main()"
PACKAGE = Path(__file__).resolve().parents[3]


def cannot_fork() -> str:
    """Why this platform has no warm server; nothing when it can have one."""
    if not hasattr(os, "fork"):
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
    return "ipykernel_launcher" in command and python == Path(sys.executable).absolute()


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
    """

    cwd: str
    env: Mapping[str, str]
    argv: Sequence[str] = ()


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
    """

    def __init__(self, root: Path) -> None:
        self.stamp = _package_stamp()
        self.lock = threading.Lock()
        self.forks: dict[int, Fork] = {}
        self.count = 0
        self.gone = threading.Event()
        self.settings = tempfile.TemporaryDirectory(prefix="smartlib-", ignore_cleanup_errors=True)
        self.stderr = Path(self.settings.name) / "stderr"
        self.control, theirs = socket.socketpair()
        with theirs, self.stderr.open("wb") as stderr:
            self.process = subprocess.Popen(
                [sys.executable, "-c", SERVER, str(theirs.fileno()), str(root)],
                stdin=subprocess.DEVNULL,
                stderr=stderr,
                cwd=self.settings.name,
                env={**os.environ, **ENVIRONMENT, "IPYTHONDIR": self.settings.name},
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
        ours, theirs = socket.socketpair()
        with self.lock, theirs, _appended() as out, _appended(stderr) as err:
            self.count += 1
            fork = self.forks[self.count] = Fork(self, self.count, ours)
            descriptors = [theirs.fileno(), out.fileno(), err.fileno()]
            socket.send_fds(self.control, [REQUEST.pack(fork.number, 0)], descriptors)
        fork.sock.sendall(packed(SHELL, order._asdict()))
        return fork

    def request(self, number: int, signum: int) -> None:
        """Have a signal sent to a fork and all that it started."""
        with self.lock, contextlib.suppress(OSError):  # with the server, its forks are gone
            self.control.sendall(REQUEST.pack(number, signum))

    def has_died(self) -> bool:
        """Whether it is gone; waits a moment, since its forks may be seen to end first."""
        return self.gone.wait(AFTER_FORK)

    def last_words(self) -> str:
        """What it wrote to its standard error, which is why it ended if nobody killed it."""
        return self.stderr.read_text(errors="replace") if self.stderr.is_file() else ""

    @property
    def is_usable(self) -> bool:
        """Whether it runs, and the package's source is what it imported."""
        return not self.gone.is_set() and self.stamp == _package_stamp()

    def close(self) -> None:
        """End the server and every fork."""
        with contextlib.suppress(OSError):
            self.control.shutdown(socket.SHUT_RDWR)
        self.process.wait()
        self.settings.cleanup()

    def _listen(self) -> None:
        """Note the ends of forks, until the server itself ends."""
        while notice := _notice(self.control):
            number, process, code = NOTICE.unpack(notice)
            if code == RUNNING:
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


_SERVERS: dict[int, WarmServer] = {}  # by process: a fork has no server
_STARTING = threading.Lock()


def warm_server(root: Path) -> WarmServer:
    """The server of this process, started now unless it runs already.

    Parameters
    ----------
    root : Path
        Checkout whose tables a new server holds ready, if it is one.
    """
    with _STARTING:
        server = _SERVERS.get(os.getpid())
        if server and not server.is_usable:
            if not server.forks:
                server.close()
            server = None
        if server is None:
            server = _SERVERS[os.getpid()] = WarmServer(root)
            atexit.register(server.close)
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
    """End every fork of this process at once, with their server, which may yet be loading."""
    server = _SERVERS.get(os.getpid())
    if server:
        server.close()


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
