"""Running one notebook: the only module that knows papermill and nbclient (floor 5).

`run_notebook` takes a file and checked parameters and always returns the notebook as far
as it came. A failed cell, a dead kernel and a time-out are told apart by what the kernel
did, never by what the notebook's metadata says.
"""

from __future__ import annotations

import logging
import math
import os
import pickle
import signal
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple
from weakref import WeakSet

from ipykernel.kernelspec import get_kernel_dict
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager, NoSuchKernel
from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NotebookExecutionManager
from papermill.execute import remove_error_markers
from papermill.log import logger
from papermill.parameterize import parameterize_notebook
from traitlets import Dict, Unicode
from traitlets.config import Config

from smartlib.run.execute.nodes import (
    INJECTED,
    KERNEL,
    LANGUAGE,
    language_of,
    only_language,
    place_of,
    plain,
    stopped_at,
)
from smartlib.run.execute.warm.client import (
    ENVIRONMENT,
    UnfitError,
    cannot_fork,
    end_forks,
    warm_server,
)
from smartlib.run.execute.warm.engine import WarmNotebookClient
from smartlib.run.execute.warm.manager import WarmKernel
from smartlib.run.execute.warm.scratch import scratch
from smartlib.run.plan.parameters import read_notebook
from smartlib.run.plan.values import Value
from smartlib.vocabulary.folders import HOME

LOCAL = {"kernel_provisioner": {"provisioner_name": "local-provisioner"}}  # whatever is default
START_TIMEOUT = 120  # seconds; a cold disk on a small machine needs more than papermill's 60
KERNEL_ENVIRONMENT = {**ENVIRONMENT, "MPLBACKEND": "agg"}
CHATTER = "[IPKernelApp]"  # a kernel's own notices on its standard error
STDERR_TAIL = 2000  # characters of a dead kernel's last words
KEPT = 16  # notebooks ready for parameters
SERVERS = 3  # warm servers that a report may outlive before it is given up
WARM, STOCK = "smartlib", "papermill"

logging.getLogger("papermill").setLevel(logging.CRITICAL)  # errors are returned, not logged

Cause = Literal["", "cell", "kernel", "timeout"]


@dataclass(frozen=True)
class Bounds:
    """What a run may take.

    Attributes
    ----------
    whole : float
        Seconds that all cells together may take.
    cell : float
        Seconds after which a cell is interrupted and the run goes on; one that does not listen
        ends it.
    said : float
        Bytes of outputs that are kept of a cell; errors are kept always.
    """

    whole: float = math.inf
    cell: float = math.inf
    said: float = math.inf


class StoppedError(Exception):
    """The run was ended from outside, by `end_kernels`; nothing is to be written of it."""


@dataclass(frozen=True)
class Execution:
    """What came of running a notebook.

    Attributes
    ----------
    notebook : NotebookNode
        As far as it came, outputs included.
    seconds : float
        Wall time, kernel start included.
    cause : {"", "cell", "kernel", "timeout"}
        Why it stopped: a cell raised, the kernel died or never started, the notebook took
        too long; nothing when it ran to its end.
    error : str
        Traceback or reason, free of terminal codes; nothing on success.
    engine : {"smartlib", "papermill"}
        Whether a warm kernel was used, or one that papermill's own engine starts.
    cold : str
        Why the latter, unless it was asked for.
    """

    notebook: NotebookNode
    seconds: float
    cause: Cause = ""
    error: str = ""
    engine: str = WARM
    cold: str = ""


class OwnKernelSpecs(KernelSpecManager):
    """Knows Python as the running interpreter, whatever the user installed."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """The spec of this interpreter's ipykernel, or that of another language."""
        if kernel_name == KERNEL:
            return KernelSpec(name=kernel_name, **{**get_kernel_dict(), "metadata": LOCAL})
        return super().get_kernel_spec(kernel_name)


class OwnKernel(AsyncKernelManager):
    """A kernel that keeps its last words, and reads no start-up files of the user."""

    environment = Dict(help="Added to the environment of the kernel.").tag(config=True)
    stderr_path = Unicode(help="New file for its standard error.").tag(config=True)

    def _kernel_spec_manager_default(self) -> KernelSpecManager:
        return OwnKernelSpecs(parent=self)

    async def _async_start_kernel(self, **kwargs: Any) -> None:
        settings = {**os.environ, **self.environment}
        with open(self.stderr_path, "wb") as stderr:
            await super()._async_start_kernel(stderr=stderr, env=settings, **kwargs)
        _OWN_KERNELS.add(self)

    start_kernel = _async_start_kernel


class Reticent(PapermillNotebookClient):
    """A client that keeps so much of what a cell says, and no more."""

    most: float = math.inf
    kept: tuple[int, int] = (-1, 0)

    def output(
        self,
        outs: list[NotebookNode],
        msg: dict[str, Any],
        display_id: str | None,
        cell_index: int,
    ) -> NotebookNode | None:
        """Take an output, if there is room for it; an error always has."""
        if self.most < math.inf and msg["msg_type"] != "error":
            place, said = self.kept
            said = said * (place == cell_index) + len(str(msg["content"]))
            self.kept = cell_index, said
            if said > self.most:
                return None
        return super().output(outs, msg, display_id, cell_index)


class WarmReticent(Reticent, WarmNotebookClient):
    """The same, on a fork."""


class Untimed(NotebookExecutionManager):
    """Papermill's record of a run, without the times at which cells ended: none is kept."""

    def cell_complete(self, *_: object, **__: object) -> None:
        """Nothing is noted."""


_OWN_KERNELS: WeakSet[OwnKernel] = WeakSet()
_stopping = threading.Event()


def end_kernels() -> None:
    """End every kernel at once; the runs raise `StoppedError`. Until `allow_kernels`."""
    _stopping.set()
    end_forks()
    for kernel in list(_OWN_KERNELS):
        with suppress(OSError):  # it has ended already
            process = getattr(kernel.provisioner, "pid", None)
            if process:
                os.kill(process, getattr(signal, "SIGKILL", signal.SIGTERM))


def allow_kernels() -> None:
    """Take runs again after `end_kernels`."""
    _stopping.clear()


def run_notebook(
    notebook: Path,
    parameters: Mapping[str, Value],
    *,
    cwd: Path,
    timeout: float | None = None,
    lang: str = "",
    stock: bool = False,
    bounds: Bounds | None = None,
    home: Path | None = None,
) -> Execution:
    """Run a notebook from its first cell to its last.

    Parameters
    ----------
    notebook : Path
        An `.ipynb`; the file is not changed.
    parameters : mapping of str to Value
        Checked values; they go into a cell right after the `parameters` cell.
    cwd : Path
        Working directory of the kernel.
    timeout : float, optional
        Seconds that all cells together may take; none by default.
    lang : {"", "id", "en"}
        Leave out cells tagged for the other language.
    stock : bool
        Use papermill's own engine though a warm kernel could be had.
    bounds : Bounds, optional
        Of each cell too, in place of `timeout`; a cell that is interrupted does not end the run
        if its tags say that it may raise.
    home : Path, optional
        Checkout or workbook whose tables the notebook reads; default: what it finds from `cwd`.

    Returns
    -------
    Execution

    Raises
    ------
    ParameterError
        The file is no notebook.
    StoppedError
        `end_kernels` ended it.
    """
    began = time.perf_counter()
    cold, limits = "", bounds or Bounds(timeout or math.inf)
    for _ in range(SERVERS):
        node = _source(notebook, lang)
        kernel = _kernel(node, stock, cold)
        if parameters:
            node = parameterize_notebook(
                node, dict(parameters), kernel_name=kernel.name, language=kernel.language
            )
        try:
            server = warm_server(cwd) if kernel.manager is WarmKernel else None
            cause, error = _outcome(node, Place(cwd, home), kernel, limits)
        except UnfitError as reason:
            cause, error, cold = "kernel", str(reason), str(reason)
            continue
        finally:
            if _stopping.is_set():
                raise StoppedError
        if not (cause == "kernel" and server and server.has_died()):
            break
    seconds = time.perf_counter() - began
    engine = WARM if kernel.manager is WarmKernel else STOCK
    return Execution(node, seconds, cause, plain(error), engine, kernel.cold)


class Place(NamedTuple):
    """Where a kernel starts, and whose tables it reads."""

    cwd: Path
    home: Path | None

    @property
    def variables(self) -> dict[str, str]:
        """What tells the kernel so."""
        return {HOME: str(self.home)} if self.home else {}


class Kernel(NamedTuple):
    """The kernel that a notebook needs, what manages it, and why that is not a warm one."""

    name: str
    language: str
    manager: type[WarmKernel | OwnKernel]
    cold: str = ""


def _kernel(node: NotebookNode, stock: bool, unfit: str) -> Kernel:
    """Python is always that of the running interpreter, warm where that can be had."""
    language = language_of(node)
    if language.lower() != LANGUAGE:
        name = node.metadata["kernelspec"].get("name", language)
        return Kernel(name, language, OwnKernel, "it is not in Python")
    cold = "" if stock else cannot_fork() or unfit
    return Kernel(KERNEL, LANGUAGE, OwnKernel if stock or cold else WarmKernel, cold)


def _outcome(node: NotebookNode, place: Place, kernel: Kernel, bounds: Bounds) -> tuple[Cause, str]:
    """Run the cells of a node, which holds what was done at any moment; what stopped it."""
    with scratch() as folder:
        stderr = folder / "stderr"
        try:
            _run(node, place, kernel, stderr, bounds)
        except CellTimeoutError:
            whose = "A cell" if bounds.cell < bounds.whole else "The notebook"
            most = min(bounds.cell, bounds.whole)
            return "timeout", f"{whose} took longer than {most:g} s; stopped {place_of(node)}."
        except UnfitError:
            raise
        except NoSuchKernel:
            return "kernel", f"No kernel '{kernel.name}' is installed; the notebook asks for it."
        except (DeadKernelError, RuntimeError, OSError) as failure:
            return "kernel", _obituary(failure, node, stderr)
    error = stopped_at(node)
    return ("cell" if error else ""), error


def _source(notebook: Path, lang: str) -> NotebookNode:
    """A notebook ready for parameters: a copy of its own for every run."""
    stat = notebook.stat() if notebook.is_file() else None
    state = (stat.st_mtime_ns, stat.st_size) if stat else None
    node: NotebookNode = pickle.loads(_pickled(notebook, state, lang))
    return node


@lru_cache(maxsize=KEPT)
def _pickled(notebook: Path, state: object, lang: str) -> bytes:
    """Pickled, since that is copied many times faster than a notebook's file is read."""
    node = only_language(read_notebook(notebook), lang)
    node.cells = [c for c in node.cells if INJECTED not in c.metadata.get("tags", [])]
    node.metadata["papermill"] = {}
    for cell in node.cells:  # what papermill's own loading adds
        cell.metadata.setdefault("tags", [])
        cell.metadata["papermill"] = {}
        if cell.cell_type == "code":  # what a run begins with
            cell.outputs, cell.execution_count = [], None
    return pickle.dumps(remove_error_markers(node))


def _run(node: NotebookNode, place: Place, kernel: Kernel, stderr: Path, bounds: Bounds) -> None:
    """Papermill's client on the node itself, with one of our kernel managers."""
    profile = {"IPYTHONDIR": str(stderr.parent)}  # with nothing in it
    variables = {**KERNEL_ENVIRONMENT, **profile, **place.variables}
    settings = {"environment": variables, "stderr_path": str(stderr)}
    client = WarmReticent if kernel.manager is WarmKernel else Reticent
    record = Untimed(node, progress_bar=False, autosave_cell_every=0)
    record.notebook_start()
    made = client(
        record,
        kernel_name=kernel.name,
        log=logger,
        startup_timeout=START_TIMEOUT,
        resources={"metadata": {"path": str(place.cwd)}},
        kernel_manager_class=kernel.manager,
        config=Config({kernel.manager.__name__: settings}),
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,
        **_waits(bounds),
    )
    made.most = bounds.said
    made.execute()


def _waits(bounds: Bounds) -> dict[str, Any]:
    """How long the client waits for a cell, and what it does then."""
    deadline, each = time.monotonic() + bounds.whole, bounds.cell
    waits: dict[str, Any] = {}
    if min(bounds.whole, each) < math.inf:
        waits["timeout_func"] = lambda cell: max(0.01, min(each, deadline - time.monotonic()))
    if each < math.inf:
        late = {"ename": "TimeoutError", "evalue": f"longer than {each:g} s", "traceback": []}
        waits |= {"interrupt_on_timeout": True, "error_on_timeout": late}
    return waits


def _obituary(failure: Exception, node: NotebookNode, stderr: Path) -> str:
    """Last words of a kernel, then what became of it, on a line of its own."""
    words = stderr.read_text(encoding="utf-8", errors="replace") if stderr.is_file() else ""
    lines = [line for line in words.splitlines() if not line.startswith(CHATTER)]
    said = "\n".join(lines)[-STDERR_TAIL:]
    reason = f"The kernel died {place_of(node)}."
    if not isinstance(failure, DeadKernelError):
        reason = f"The kernel failed {place_of(node)}: {failure}"
    return f"{said.strip()}\n{reason}".strip()
