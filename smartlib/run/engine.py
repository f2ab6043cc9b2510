"""Running one notebook: the only module that knows papermill and nbclient (floor 5).

`run_notebook` takes a file and checked parameters and always returns the notebook as far
as it came. A failed cell, a dead kernel and a time-out are told apart by what the kernel
did, never by what the notebook's metadata says.
"""

from __future__ import annotations

import copy
import logging
import os
import re
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import nbformat
import papermill
from ipykernel.kernelspec import get_kernel_dict
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.engines import papermill_engines

from smartlib.run.parameters import Value, read_notebook

KERNEL = "python3"
KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": KERNEL}
LANGUAGE = {"name": "python", "pygments_lexer": "ipython3"}  # without the interpreter's version
INJECTED = "injected-parameters"
START_TIMEOUT = 120  # seconds; a cold disk on a small machine needs more than papermill's 60
# One thread for each kernel: reports run side by side, and sums come out the same everywhere.
KERNEL_ENVIRONMENT = {
    "PYTHONHASHSEED": "0",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "MPLBACKEND": "agg",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}
ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
CHATTER = "[IPKernelApp]"  # a kernel's own notices on its standard error
STDERR_TAIL = 2000  # characters of a dead kernel's last words

logging.getLogger("papermill").setLevel(logging.CRITICAL)  # errors are returned, not logged


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
        Why it stopped: a cell raised, the kernel died or never started, a cell took too
        long; nothing when it ran to its end.
    error : str
        Traceback or reason, free of terminal codes; nothing on success.
    """

    notebook: NotebookNode
    seconds: float
    cause: Literal["", "cell", "kernel", "timeout"] = ""
    error: str = ""


class OwnKernelSpecs(KernelSpecManager):
    """Knows one kernel: that of the running interpreter, whatever the user installed."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """The spec of this interpreter's ipykernel, with the environment of all reports."""
        return KernelSpec(name=kernel_name, env=KERNEL_ENVIRONMENT, **get_kernel_dict())


class OwnKernel(AsyncKernelManager):
    """A kernel that keeps its last words, and reads no start-up files of the user."""

    def _kernel_spec_manager_default(self) -> KernelSpecManager:
        return OwnKernelSpecs(parent=self)

    async def _async_start_kernel(self, **kwargs: Any) -> None:
        settings = {**os.environ, "IPYTHONDIR": _settings_folder()}
        with open(_last_words(), "wb") as stderr:
            await super()._async_start_kernel(stderr=stderr, env=settings, **kwargs)

    start_kernel = _async_start_kernel


_FOLDERS: dict[int, tempfile.TemporaryDirectory[str]] = {}


def _settings_folder() -> str:
    """An empty IPython folder, one a process, removed when the process ends."""
    pid = os.getpid()
    if pid not in _FOLDERS:
        _FOLDERS[pid] = tempfile.TemporaryDirectory(prefix="smartlib-", ignore_cleanup_errors=True)
    return _FOLDERS[pid].name


def _last_words() -> Path:
    return Path(_settings_folder()) / "kernel-stderr.txt"


def run_notebook(
    notebook: Path,
    parameters: Mapping[str, Value],
    *,
    cwd: Path,
    timeout: int | None = None,
    lang: str = "",
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
    timeout : int, optional
        Seconds that any one cell may take; none by default.
    lang : {"", "id", "en"}
        Leave out cells tagged for the other language.

    Returns
    -------
    Execution

    Raises
    ------
    ParameterError
        The file is no notebook.
    """
    began = time.perf_counter()
    node = _prepared(only_language(read_notebook(notebook), lang), parameters)
    cause: Literal["", "cell", "kernel", "timeout"] = ""
    try:
        _run(node, cwd, timeout)
        error = stopped_at(node)
        cause = "cell" if error else ""
    except CellTimeoutError as failure:
        cause, error = "timeout", f"{failure}\nA cell took longer than {timeout} s."
    except (DeadKernelError, RuntimeError, OSError) as failure:
        cause, error = "kernel", _obituary(failure, node)
    return Execution(node, time.perf_counter() - began, cause, plain(error))


def only_language(node: NotebookNode, lang: str) -> NotebookNode:
    """The notebook without cells tagged `lang-id` or `lang-en` for another language.

    Parameters
    ----------
    node : NotebookNode
        Not changed.
    lang : str
        Language to keep; nothing keeps all.
    """
    kept = copy.deepcopy(node)
    if lang:
        kept.cells = [
            cell
            for cell in kept.cells
            if not any(
                tag.startswith("lang-") and tag != f"lang-{lang}"
                for tag in cell.metadata.get("tags", [])
            )
        ]
    return kept


def _prepared(node: NotebookNode, parameters: Mapping[str, Value]) -> NotebookNode:
    node.cells = [c for c in node.cells if INJECTED not in c.metadata.get("tags", [])]
    node.metadata.pop("papermill", None)
    prepared: NotebookNode = papermill.execute_notebook(
        node,
        None,
        parameters=dict(parameters),
        prepare_only=True,
        kernel_name=KERNEL,
        language="python",
        progress_bar=False,
    )
    return prepared


def _run(node: NotebookNode, cwd: Path, timeout: int | None) -> None:
    """Papermill's engine on the node itself, which thus holds what was done at any moment."""
    papermill_engines.execute_notebook_with_engine(
        None,
        node,
        kernel_name=KERNEL,
        output_path=None,
        progress_bar=False,
        log_output=False,
        start_timeout=START_TIMEOUT,
        execution_timeout=timeout,
        resources={"metadata": {"path": str(cwd)}},
        kernel_manager_class=OwnKernel,
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,
    )


def stopped_at(node: NotebookNode) -> str:
    """Why an executed notebook is not whole, or nothing.

    Looks at outputs and execution counts: an error output that no `raises-exception` tag
    announces, or a code cell that was never run.
    """
    for number, cell in enumerate(node.cells, start=1):
        tags = cell.metadata.get("tags", [])
        if cell.cell_type != "code" or not cell.source.strip() or "skip-execution" in tags:
            continue
        errors = [output for output in cell.outputs if output.output_type == "error"]
        if errors and "raises-exception" not in tags:
            lines = errors[0].traceback or [f"{errors[0].ename}: {errors[0].evalue}"]
            return f"Cell {number} raised an error.\n" + "\n".join(lines)
        if cell.execution_count is None:
            return f"Cell {number} was never run: the notebook stopped before it."
    return ""


def _obituary(failure: Exception, node: NotebookNode) -> str:
    """Last words of a kernel, then what became of it, on a line of its own."""
    words = _last_words().read_text(encoding="utf-8", errors="replace").splitlines()
    said = "\n".join(line for line in words if not line.startswith(CHATTER))[-STDERR_TAIL:]
    marks = [cell.metadata.get("papermill", {}) for cell in node.cells]  # reset as a run begins
    begun = [n for n, mark in enumerate(marks, start=1) if mark.get("start_time")]
    where = f"in cell {begun[-1]}" if begun else "before the first cell"
    died = isinstance(failure, DeadKernelError)
    reason = f"The kernel died {where}." if died else f"The kernel failed {where}: {failure}"
    return f"{said.strip()}\n{reason}".strip()


def plain(text: str) -> str:
    """Text without terminal colours."""
    return ANSI.sub("", text)


def normalised(node: NotebookNode) -> NotebookNode:
    """The notebook without what differs between two runs of the same thing.

    Leaves out times, paths, widget state and the interpreter's version; the injected cell
    gets a fixed id.
    """
    same = copy.deepcopy(node)
    for key in ("papermill", "widgets", "signature"):
        same.metadata.pop(key, None)
    same.metadata["kernelspec"] = nbformat.from_dict(KERNELSPEC)
    same.metadata["language_info"] = nbformat.from_dict(LANGUAGE)
    for cell in same.cells:
        for key in ("papermill", "execution"):
            cell.metadata.pop(key, None)
        if not cell.metadata.get("tags", [""]):
            del cell.metadata["tags"]
        if INJECTED in cell.metadata.get("tags", []):
            cell["id"] = INJECTED
    return same


def notebook_bytes(node: NotebookNode) -> bytes:
    """A notebook as its file's bytes, one line feed at the end."""
    text: str = nbformat.writes(node, version=nbformat.NO_CONVERT)
    return (text.rstrip("\n") + "\n").encode("utf-8")
