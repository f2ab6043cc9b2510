"""A cell that takes too long is interrupted, heard, then ended; so is one whose client stops."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from itertools import takewhile
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from jupyter_client.manager import start_new_kernel
from nbclient.exceptions import CellTimeoutError
from nbformat import NotebookNode
from notebook_maker import code, write
from papermill.clientwrap import PapermillNotebookClient
from test_saves import LONG
from test_warm import is_running, pids, wait_for

from smartlib.run.execute.engine import WARM, run_notebook
from smartlib.run.execute.warm import client
from smartlib.run.execute.warm import engine as warm_engine
from smartlib.run.execute.warm.client import warm_server

pytestmark = pytest.mark.skipif(bool(client.cannot_fork()), reason=client.cannot_fork())

# Each listens to an interrupt, if in its own way: the cell, and what is to be seen of it.
LISTENING = {
    "finally": ("try:\n    time.sleep(300)\nfinally:\n    print('let go')", "let go\n"),
    "nested": (
        "try:\n    try:\n        time.sleep(300)\n    finally:\n        time.sleep(0.3)\n"
        "        print('inner')\nfinally:\n    time.sleep(0.3); print('outer')",
        "inner\nouter\n",
    ),
    "child": ("subprocess.run(['sleep', '300'])", ""),
    "loop": ("while True: pass", ""),
    "thread": (
        "t = threading.Thread(target=time.sleep, args=(300,), daemon=True); t.start()\nt.join()",
        "",
    ),
    "with": (
        "with contextlib.closing(open('file', 'w')) as file:\n    file.write('all of it')\n"
        "    time.sleep(300)",
        "",
    ),
}
BEGUN = "open('begun', 'w').close()\n"
IMPORTS = "import contextlib, ctypes, os, signal, subprocess, sys, threading, time"


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cells have time to listen on a machine under load."""
    monkeypatch.setattr(warm_engine, "GRACE", LONG)


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, NotebookNode]:
    """What a kernel of its own shows of each listening cell, interrupted as by nbclient."""
    folder = tmp_path_factory.mktemp("stock")
    manager, kernel = start_new_kernel(kernel_name="python3", cwd=str(folder))
    shown = {}
    try:
        kernel.execute_interactive(IMPORTS, timeout=LONG)
        for name, (source, _) in LISTENING.items():
            kernel.execute(BEGUN + source)
            assert wait_for((folder / "begun").exists, LONG)
            (folder / "begun").unlink()
            time.sleep(1)  # until it is within what is to be interrupted
            manager.interrupt_kernel()
            said = iter(lambda: kernel.get_iopub_msg(timeout=LONG), None)
            busy = takewhile(lambda m: m["content"].get("execution_state") != "idle", said)
            types = ("stream", "error")
            outputs = [nbformat.v4.output_from_msg(m) for m in busy if m["msg_type"] in types]
            shown[name] = nbformat.v4.new_code_cell(outputs=outputs)
    finally:
        kernel.stop_channels()
        manager.shutdown_kernel(now=True)
    return shown


@pytest.fixture
def execute(tmp_path: Path) -> Callable[..., NotebookNode]:
    """Runs cells through papermill, whatever comes of it, and reads the output notebook."""

    def soon(cell: NotebookNode) -> float | None:
        """The time-out of a cell that tells that it has begun."""
        if BEGUN not in cell.source:
            return None
        assert wait_for((tmp_path / "begun").exists, LONG)
        return 0.5

    def run(*sources: str, raises: type[BaseException] | None = None, **options: Any) -> Any:
        path = write(tmp_path / "a.ipynb", *map(code, sources))
        options = {"engine_name": WARM, "kernel_name": "python3", "cwd": tmp_path, **options}
        options.setdefault("timeout_func", soon if BEGUN in "".join(sources) else None)
        arguments = (path, tmp_path / "out.ipynb")
        if raises:
            with pytest.raises(raises):
                papermill.execute_notebook(*arguments, progress_bar=False, **options)
        else:
            papermill.execute_notebook(*arguments, progress_bar=False, **options)
        return nbformat.read(tmp_path / "out.ipynb", as_version=4)

    run("pass")  # a server that has started
    return run


def printed(cell: NotebookNode) -> str:
    """What a cell has printed."""
    return "".join(output.get("text", "") for output in cell.outputs)


def errors(cell: NotebookNode) -> list[NotebookNode]:
    """The errors that a cell shows."""
    return [output for output in cell.outputs if output.output_type == "error"]


def lines(cell: NotebookNode) -> list[str]:
    """The traceback of the error that a cell shows, less colours and the cell's number."""
    (error,) = errors(cell)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(error.traceback))
    return re.sub(r"In\[\d+\]", "In[]", plain).splitlines()


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize("name", LISTENING)
def test_a_cell_that_listens_comes_to_its_end(
    name: str,
    execute: Callable[..., NotebookNode],
    stock: Mapping[str, NotebookNode],
    tmp_path: Path,
) -> None:
    """KeyboardInterrupt and its line as in a stock kernel; `finally` has run, no later cell has."""
    source, said = LISTENING[name]
    node = execute(IMPORTS, BEGUN + source, "open('no', 'w')", raises=CellTimeoutError)
    cell = node.cells[1]
    assert (printed(cell), cell.execution_count) == (said, 2)
    assert lines(cell) == lines(stock[name])
    assert lines(cell)[-1] == "KeyboardInterrupt: "
    assert not (tmp_path / "no").exists()
    if name == "with":
        assert (tmp_path / "file").read_text() == "all of it"


@pytest.mark.usefixtures("patient")
def test_a_notebook_that_takes_too_long_is_interrupted(
    execute: Callable[..., NotebookNode], tmp_path: Path
) -> None:
    """As `smartlib build --timeout` has it: the message is what it was, the line is in the cell."""
    execute("pass")
    cell = "import time\ntry:\n    time.sleep(300)\nfinally:\n    print('let go')"
    run = run_notebook(write(tmp_path / "a.ipynb", code(cell)), {}, cwd=tmp_path, timeout=2)
    assert (run.cause, printed(run.notebook.cells[0])) == ("timeout", "let go\n")
    assert run.error == "The notebook took longer than 2 s; stopped in cell 1."
    assert [e.ename for e in errors(run.notebook.cells[0])] == ["KeyboardInterrupt"]


@pytest.mark.usefixtures("patient")
def test_an_awaiting_cell_is_interrupted(execute: Callable[..., NotebookNode]) -> None:
    """Its coroutine is cancelled, as ipykernel means to do."""
    cell = "import asyncio\ntry:\n    await asyncio.sleep(300)\nfinally:\n    print('let go')"
    node = execute(BEGUN + cell, raises=CellTimeoutError)
    assert printed(node.cells[0]) == "let go\n"
    assert [e.ename for e in errors(node.cells[0])] == ["CancelledError"]


@pytest.mark.parametrize("deaf", ["while True:\n    pass", "sum(range(10**15))"])
def test_what_does_not_listen_is_ended(
    deaf: str,
    execute: Callable[..., NotebookNode],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A loop that catches the interrupt, C code that never looks; what was printed is kept."""
    monkeypatch.setattr(warm_engine, "GRACE", 0.5)
    cell = (
        "import os, signal, subprocess\n"
        "child = subprocess.Popen(['sleep', '300'])\n"
        "with open('pids', 'w') as file: file.write(f'{os.getpid()} {child.pid}.')\n"
        "print('begun', flush=True)\n"
        "signal.signal(signal.SIGINT, lambda *_: print('heard', flush=True))\n" + deaf
    )
    node = execute(BEGUN + cell, raises=CellTimeoutError)
    assert printed(node.cells[0]) in ("begun\n", "begun\nheard\n")
    assert wait_for(lambda: not any(map(is_running, pids(tmp_path / "pids"))))


@pytest.mark.usefixtures("patient")
def test_after_a_time_out_no_later_cell_runs(
    execute: Callable[..., NotebookNode], tmp_path: Path
) -> None:
    """Not even if the cell catches the interrupt and the next was sent ahead."""
    cell = "import time\ntry: time.sleep(300)\nexcept KeyboardInterrupt: print('caught')"
    node = execute(BEGUN + cell, "open('no', 'w')", raises=CellTimeoutError)
    assert printed(node.cells[0]) == "caught\n"
    assert not (tmp_path / "no").exists()


@pytest.mark.usefixtures("patient")
def test_the_output_notebook_shows_where_a_cell_was_interrupted(
    execute: Callable[..., NotebookNode],
) -> None:
    """Papermill's own error is raised, and what the cell said until then is in the file."""
    node = execute(
        "print('before')\nimport time; time.sleep(300)",
        raises=CellTimeoutError,
        execution_timeout=1,
    )
    said, error = node.cells[0].outputs
    assert (said.text, error.ename) == ("before\n", "KeyboardInterrupt")
    assert node.cells[0].execution_count == 1


def test_a_run_that_goes_on_after_interrupts_goes_on(
    execute: Callable[..., NotebookNode],
) -> None:
    """nbclient's `interrupt_on_timeout`: again and again, and no cell but the slow one."""
    cell = "import time\nfor n in range(2):\n    try: time.sleep(300)\n"
    cell += "    except KeyboardInterrupt: print('caught', n)"
    node = execute(BEGUN + cell, "print('on')", interrupt_on_timeout=True)
    assert list(map(printed, node.cells)) == ["caught 0\ncaught 1\n", "on\n"]


def test_an_error_in_the_place_of_a_time_out_is_not_waited_for_long(
    execute: Callable[..., NotebookNode], monkeypatch: pytest.MonkeyPatch
) -> None:
    """nbclient's `error_on_timeout`, and a cell that does not listen: a time-out after all."""
    monkeypatch.setattr(warm_engine, "GRACE", 0.2)
    options = {"interrupt_on_timeout": True, "iopub_timeout": 1}
    error = {"ename": "Slow", "evalue": "too slow", "traceback": ["Slow"]}
    execute(
        BEGUN + "sum(range(10**15))", raises=CellTimeoutError, error_on_timeout=error, **options
    )


@pytest.mark.usefixtures("patient")
def test_a_client_that_is_interrupted_interrupts_its_cell_and_no_other(
    execute: Callable[..., NotebookNode], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C: `finally` runs, and cells that were sent ahead are not begun."""
    output = PapermillNotebookClient.log_output_message

    def interrupted(self: PapermillNotebookClient, message: NotebookNode) -> None:
        if "ready" in message.get("text", ""):
            raise KeyboardInterrupt
        output(self, message)

    monkeypatch.setattr(PapermillNotebookClient, "log_output_message", interrupted)
    cell = "import time\ntry:\n    print('ready', flush=True)\n    time.sleep(300)\n"
    cell += "except KeyboardInterrupt:\n    print('let go')"
    later = [f"open('no{n}', 'w')" for n in range(3)]
    node = execute(cell, *later, raises=KeyboardInterrupt, log_output=True)
    assert printed(node.cells[0]) == "ready\nlet go\n"
    assert not list(tmp_path.glob("no*"))
    assert wait_for(lambda: not warm_server(tmp_path).forks)
