"""The warm server: one process, one thread, everything imported, that forks for each notebook.

It reads requests from its client's socket and answers with the exit status of each fork;
it ends, and its forks with it, when the client does.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import gc
import importlib
import os
import select
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from smartlib.run.execute.warm.client import GRACE
from smartlib.run.execute.warm.fitness import Fitness, take_time_zone
from smartlib.run.execute.warm.inheritance import ending_with, inherit, leave, unbound
from smartlib.run.execute.warm.kernel import be_ipykernel, prepare, serve, take_environment
from smartlib.run.execute.warm.reading import read_ahead
from smartlib.run.execute.warm.startup import Reads
from smartlib.run.execute.warm.wire import HELLO, NOTICE, REQUEST, RUNNING, packed, receive

FORKED = 3  # file descriptors that come with a request: socket, stdout, stderr
ARROW_MEMORY = "JE_ARROW_MALLOC_CONF"  # read once, when the library is loaded
PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux
PRELOADED = (
    "matplotlib.backends.backend_agg",
    "matplotlib.figure",
    "pandera.pandas",
    "PIL.PngImagePlugin",
    "pandas.core.reshape.reshape",
    "scipy.stats",
    "statsmodels.regression.linear_model",
    "smartlib.data",
    "smartlib.index",
    "smartlib.inference",
    "smartlib.present",
    "smartlib.present.words.year",
)


@contextlib.contextmanager
def without_threads() -> Iterator[None]:
    """Arrow, which pandas imports where it is installed, starts no thread to give memory back."""
    old = os.environ.get(ARROW_MEMORY)
    os.environ[ARROW_MEMORY] = ",".join(filter(None, [old, "background_thread:false"]))
    try:
        yield
    finally:
        os.environ.pop(ARROW_MEMORY)
        if old is not None:
            os.environ[ARROW_MEMORY] = old


class Server:
    """Forks on request, and tells of each fork's end.

    Parameters
    ----------
    control : socket
        To the client; its closing ends the server.
    root : Path
        Where to look for a checkout whose tables are held ready.
    reads : Reads
        Ended in each fork.
    """

    def __init__(self, control: socket.socket, root: Path, reads: Reads) -> None:
        self.control, self.root = control, root
        self.forks: dict[int, int] = {}  # number by process
        self.held: object = None  # state of the data whose tables are loaded
        self.has_looked = False
        self.wake, wakes = os.pipe()
        os.set_blocking(wakes, False)
        signal.set_wakeup_fd(wakes)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self.app = prepare()
        with self.app.shell.builtin_trap, without_threads():  # pandas asks for `get_ipython`
            for name in PRELOADED:
                importlib.import_module(name)
        sys.modules.pop("rfc3987_syntax", None)  # left out by `smartlib.run`, not here
        self.fitness = Fitness(reads, said())
        unbound()
        self.app.shell.run_cell("pass", silent=True)  # what runs cells is warm then, too
        if not select.select([control], [], [], 0)[0]:
            self._hold_tables()
        freeze()

    def run(self) -> None:
        """Serve until the client is gone, then end every fork."""
        while True:
            ready, _, _ = select.select([self.control.fileno(), self.wake], [], [])
            if self.wake in ready:
                os.read(self.wake, 4096)
                self._reap()
            if self.control.fileno() in ready and not self._answer():
                break
        self._end()

    def _end(self) -> None:
        for process in self.forks:
            _signal_group(process, signal.SIGKILL)
        leave()

    def _answer(self) -> bool:
        request, descriptors, _, _ = socket.recv_fds(self.control, REQUEST.size, FORKED)
        if not request:
            return False
        number, signum = REQUEST.unpack(request)
        if signum:
            for process in [p for p, n in self.forks.items() if n == number]:
                _signal_group(process, signum)
            return True
        is_awaited = not self.has_looked  # the first fork loads tables itself, not after the server
        if not is_awaited:
            self._hold_tables()
        process = os.fork()
        if process == 0:
            self._become(descriptors)
        self.forks[process] = number
        self._tell(process, RUNNING)
        for descriptor in descriptors:
            os.close(descriptor)
        if is_awaited:
            with ending_with(self.control, self._end, self._pass_on):
                self._hold_tables()
            freeze()
        return True

    def _pass_on(self) -> None:
        """Send the signals that are asked for; a request to fork has to wait."""
        while select.select([self.control], [], [], 0)[0]:
            request = self.control.recv(REQUEST.size, socket.MSG_PEEK)
            if len(request) < REQUEST.size or not REQUEST.unpack(request)[1]:
                return
            self._answer()

    def _hold_tables(self) -> None:
        """Load what reports read, unless it is held and unchanged; a notebook tells of errors."""
        from smartlib.data import held, load, processed  # noqa: PLC0415  # after `prepare`
        from smartlib.present.rehearsal import rehearse  # noqa: PLC0415
        from smartlib.vocabulary.folders import Folders, latest_year  # noqa: PLC0415

        self.has_looked = True
        with contextlib.suppress(Exception):  # whatever is wrong with the data
            folders = Folders.find(self.root)
            now = held.state(folders.raw.parent)
            if now == self.held:
                return
            self.held = now
            year = latest_year(folders)
            evaluation = load.load_year(year, folders)
            load.load_factor_dictionary(folders)
            tables = processed.read_tables(folders)
            rehearse(evaluation, tables, self.app.shell.display_formatter.format)
            read_ahead(self.app.shell, sorted(folders.notebooks.glob("*.ipynb")))
        self.fitness.look()  # what was loaded for that, too

    def _reap(self) -> None:
        """Tell of forks that ended, after ending what they left running."""
        for process in list(self.forks):
            if os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                _signal_group(process, signal.SIGKILL)  # while the number is still taken
                _, status = os.waitpid(process, 0)
                self._tell(process, os.waitstatus_to_exitcode(status))
                del self.forks[process]

    def _tell(self, process: int, code: int) -> None:
        with contextlib.suppress(OSError):
            self.control.sendall(NOTICE.pack(self.forks[process], process, code))

    def _become(self, descriptors: list[int]) -> None:
        """Be a notebook's process, and never return."""
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.setsid()
            die_with_parent()
            self.control.close()
            os.close(self.wake)
            sock = socket.socket(fileno=descriptors[0])
            for descriptor, standard in zip(descriptors[1:], (1, 2), strict=True):
                os.dup2(descriptor, standard)
                os.close(descriptor)
            first = receive(sock)
            if first:
                self._work(sock, first[1])
            code = 0
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, GRACE)
            end_interpreter()
        except BaseException:  # its traceback is the process's last word
            sys.excepthook(*sys.exc_info())
        finally:
            os._exit(code)

    def _work(self, sock: socket.socket, order: dict[str, Any]) -> None:
        os.chdir(order["cwd"])
        unfit = self._fit(order)
        sock.sendall(packed(HELLO, {"unfit": unfit}))
        if unfit:
            return
        if order["argv"]:
            be_ipykernel(self.app, order["argv"])
        else:
            serve(self.app, sock)

    def _fit(self, order: dict[str, Any]) -> str:
        """Be what a kernel started for an order would be; why not, if this cannot be."""
        wanted = order["env"]
        self.fitness.reads.end()
        try:
            inherit(order["inherited"])
            take_environment(self.app, self.fitness.environment(wanted))
            take_time_zone()
            return self.fitness.reason(wanted, bool(order["argv"])) or self.fitness.take_threads(
                wanted
            )
        except (OSError, ValueError) as error:  # a kernel tells of it in its own way
            return f"a fork cannot be prepared: {error}"


def said() -> str:
    """What this process has written to its standard error so far."""
    sys.stdout.flush()
    sys.stderr.flush()
    path = Path(os.environ["IPYTHONDIR"]) / "stderr"
    return path.read_text(errors="replace")


def freeze() -> None:
    """Leave all that there is out of later collections, which would copy every page of a fork."""
    gc.collect()
    gc.freeze()


def end_interpreter() -> None:
    """What Python does at its end, short of tearing down modules: no cell's file stays unwritten.

    Among the exit handlers is IPython's, which empties the notebook's namespace.
    """
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    gc.collect()
    ctypes.CDLL(None).fflush(None)


def die_with_parent() -> None:
    """On Linux, have this process killed when the server dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGKILL)


def _signal_group(process: int, signum: int) -> None:
    try:
        os.killpg(process, signum)
    except ProcessLookupError:  # so young that it has no group yet
        os.kill(process, signum)
