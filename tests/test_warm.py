"""What happens to warm kernels: kills, signals, time-outs, and what they leave behind."""

from __future__ import annotations

import gc
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest.mock import MagicMock

import ipykernel_launcher
import nbformat
import papermill
import pytest
from conftest import ROOT
from jupyter_client.manager import start_new_kernel
from jupyter_client.provisioning import KernelProvisionerFactory
from notebook_maker import code, write

from smartlib.present import rehearsal
from smartlib.run.execute import engine
from smartlib.run.execute.engine import (
    STOCK,
    WARM,
    Execution,
    StoppedError,
    end_kernels,
    run_notebook,
)
from smartlib.run.execute.pool import run_all
from smartlib.run.execute.report import Order, make_report
from smartlib.run.execute.warm import client
from smartlib.run.execute.warm import engine as warm_engine
from smartlib.run.execute.warm import manager as client_side
from smartlib.run.execute.warm.client import WarmServer, warm_server
from smartlib.run.execute.warm.inheritance import ending_with
from smartlib.run.execute.warm.server import Server
from smartlib.run.execute.warm.startup import Startup
from smartlib.run.execute.warm.wire import REQUEST
from smartlib.run.site.frame import Page

pytestmark = pytest.mark.skipif(bool(client.cannot_fork()), reason=client.cannot_fork())

PATIENCE = 60  # seconds for what takes a fraction of one on a machine with nothing else to do
RUNS = 50
REPORT = ROOT / "notebooks" / "region_report.ipynb"


def wait_for(fact: Callable[[], object], seconds: float = PATIENCE) -> bool:
    """Whether something becomes true in time."""
    deadline = time.monotonic() + seconds
    while not fact():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def is_running(pid: int) -> bool:
    """Whether a process exists, and is not dead and forgotten."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):  # the latter if it ends while it is read
        return False
    return state != "Z"


def are_gone(pids: list[int]) -> bool:
    """Whether none of some processes is there, now or soon."""
    return wait_for(lambda: not any(map(is_running, pids)))


def shown(run: Execution) -> str:
    """Streams and plain texts of all cells."""
    outputs = [o for cell in run.notebook.cells for o in cell.get("outputs", [])]
    return "".join(o.get("text") or o.get("data", {}).get("text/plain", "") for o in outputs)


def pids(path: Path) -> list[int]:
    """Numbers that a cell wrote into a file; waits for them."""
    assert wait_for(lambda: path.is_file() and path.read_text().endswith("."))
    return [int(word) for word in path.read_text().rstrip(".").split()]


# Writes its own number and a child's, then waits until the file `go` is there.
WAITING = """
import os, subprocess, time
child = subprocess.Popen(["sleep", "300"])
with open("pids", "w") as file:
    file.write(f"{os.getpid()} {child.pid}.")
for _ in range(60_000):
    if os.path.exists("go"):
        break
    time.sleep(0.01)
else:
    raise TimeoutError("nobody said go")
print("went on")
"""


@pytest.fixture
def waiting(tmp_path: Path) -> Path:
    """A notebook that waits for a file beside it."""
    return write(tmp_path / "waiting.ipynb", code(WAITING))


@pytest.fixture
def quick(tmp_path: Path) -> Path:
    """A notebook that takes no time."""
    return write(tmp_path / "quick.ipynb", code("print('quick')"))


@pytest.fixture
def own_servers(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[Startup, WarmServer]]:
    """No server runs yet, and none that a test starts is left."""
    servers: dict[Startup, WarmServer] = {}
    monkeypatch.setattr(client, "_SERVERS", servers)
    yield servers
    for server in servers.values():
        server.close()


def status(pid: int, field: str) -> str:
    """A line of what Linux tells of a process."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(line.split()[1] for line in lines if line.startswith(f"{field}:"))


def test_the_server_has_one_thread(quick: Path) -> None:
    """Only then may it fork; also after a run, with everything imported and figures drawn."""
    run_notebook(quick, {}, cwd=ROOT)
    assert status(warm_server(ROOT).process.pid, "Threads") == "1"


def test_a_report_imports_nothing_that_the_server_has_not(tmp_path: Path) -> None:
    """A module that every report needs is imported once, before the fork."""
    node = nbformat.read(REPORT, as_version=4)
    node.cells.insert(0, code("import sys\nknown = set(sys.modules)"))
    node.cells.append(code("print(*sorted(set(sys.modules) - known))"))
    nbformat.write(node, tmp_path / "a.ipynb")
    run = run_notebook(tmp_path / "a.ipynb", {}, cwd=ROOT)
    assert run.error == ""
    assert run.notebook.cells[-1].outputs[0].text == "\n"


def test_a_killed_kernel_is_told_and_the_server_stays(tmp_path: Path, quick: Path) -> None:
    """Cause and last words are those of a dead kernel; the same server forks the next one."""
    death = "import os, sys\nprint('farewell', file=sys.__stderr__)\nos.kill(os.getpid(), 9)"
    server = warm_server(tmp_path).process.pid
    run = run_notebook(write(tmp_path / "a.ipynb", code(death)), {}, cwd=tmp_path)
    assert (run.cause, run.error) == ("kernel", "farewell\nThe kernel died in cell 1.")
    assert run_notebook(quick, {}, cwd=tmp_path).error == ""
    assert warm_server(tmp_path).process.pid == server


def test_a_run_outlives_its_server(waiting: Path, tmp_path: Path) -> None:
    """Killed in the middle: forks and their children go with it; a new one repeats the run."""
    with ThreadPoolExecutor(1) as pool:
        run = pool.submit(run_notebook, waiting, {}, cwd=tmp_path)
        former = pids(tmp_path / "pids")
        server = warm_server(tmp_path)
        (tmp_path / "pids").unlink()
        server.process.kill()
        assert are_gone([server.process.pid, *former])
        (tmp_path / "go").touch()
        assert (run.result().error, shown(run.result())) == ("", "went on\n")
    assert warm_server(tmp_path) is not server
    assert not set(former) & set(pids(tmp_path / "pids"))


def test_a_fork_dies_with_its_server_though_nobody_looks(tmp_path: Path) -> None:
    """Linux sees to it (PR_GET_PDEATHSIG is 2), be the client stopped or dead as well."""
    cell = "import ctypes\nn = ctypes.c_int()\nctypes.CDLL(None).prctl(2, ctypes.byref(n)); n.value"
    run = run_notebook(write(tmp_path / "a.ipynb", code(cell)), {}, cwd=tmp_path)
    assert int(shown(run)) == signal.SIGKILL


CLIENT = """
import os, sys, threading
from pathlib import Path
from smartlib.run.execute.engine import run_notebook
from smartlib.run.execute.warm.client import warm_server
notebook = Path(sys.argv[1])
os.environ["PYTHONPATH"] = sys.argv[2]  # the server's, not this process's
Path("server").write_text(f"{warm_server(notebook.parent).process.pid}.")
run = threading.Thread(target=run_notebook, args=(notebook, {}), kwargs={"cwd": notebook.parent})
run.daemon = True
run.start()
sys.stdin.readline()
"""


def begun(notebook: Path, path: str = "") -> subprocess.Popen[bytes]:
    """A command that runs a notebook, in its folder; its server looks for modules in a path."""
    command = [sys.executable, "-c", CLIENT, str(notebook), path]
    return subprocess.Popen(command, cwd=notebook.parent, stdin=subprocess.PIPE)


@pytest.fixture(scope="module", autouse=True)
def clients(tmp_path_factory: pytest.TempPathFactory) -> dict[str, subprocess.Popen[bytes]]:
    """Commands that run a notebook which waits; they start while other tests run."""
    folders = {way: tmp_path_factory.mktemp(way) for way in ("kill", "exit")}
    return {way: begun(write(f / "a.ipynb", code(WAITING))) for way, f in folders.items()}


@pytest.mark.parametrize("loop", ["while True: pass", "while True: time.sleep(1)"])
def test_a_cell_that_ignores_signals_is_ended_by_the_time_out(
    loop: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither handlers nor a blocked mask keep a loop alive, nor what it has started."""
    for module in (warm_engine, client_side):
        monkeypatch.setattr(module, "GRACE", 0.2)
    cell = (
        "import os, signal, subprocess, time\n"
        "signals = {signal.SIGINT, signal.SIGTERM, signal.SIGALRM, signal.SIGHUP}\n"
        "for number in signals: signal.signal(number, signal.SIG_IGN)\n"
        "signal.pthread_sigmask(signal.SIG_BLOCK, signals)\n"
        "child = subprocess.Popen(['sleep', '300'])\n"
        "with open('pids', 'w') as file: file.write(f'{os.getpid()} {child.pid}.')\n" + loop
    )
    run = run_notebook(write(tmp_path / "a.ipynb", code(cell)), {}, cwd=tmp_path, timeout=1)
    assert run.cause == "timeout"
    assert are_gone(pids(tmp_path / "pids"))


def test_what_a_cell_leaves_running_ends_with_the_notebook(tmp_path: Path) -> None:
    """Background processes die with the process that started them, its work done or not."""
    cell = "import subprocess\nprint(subprocess.Popen(['sleep', '300']).pid)"
    run = run_notebook(write(tmp_path / "a.ipynb", code(cell)), {}, cwd=tmp_path)
    assert run.error == ""
    assert are_gone([int(shown(run))])


def test_an_exit_handler_that_hangs_is_ended(tmp_path: Path) -> None:
    """A notebook that has come to its end is a success, and its process is not waited for long."""
    cell = "import atexit, os, time\natexit.register(time.sleep, 300)\nprint(os.getpid())"
    run = run_notebook(write(tmp_path / "a.ipynb", code(cell)), {}, cwd=tmp_path)
    assert (run.error, run.seconds < 300) == ("", True)
    assert are_gone([int(shown(run))])


def test_a_server_that_cannot_start_says_why(
    quick: Path,
    own_servers: dict[Startup, WarmServer],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """An import that fails is not of every notebook: it runs cold, and the reason is kept."""
    (tmp_path / "matplotlib.py").write_text("raise ImportError('this matplotlib is broken')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    run = run_notebook(quick, {}, cwd=tmp_path)
    assert (run.engine, run.error, shown(run)) == (STOCK, "", "quick\n")
    words = "ImportError: this matplotlib is broken"
    assert run.cold == f"the warm server could not start: {words}"
    assert capfd.readouterr().err == ""


def test_data_that_cannot_be_held_do_not_stop_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A notebook tells what is wrong with its data; one that reads none runs all the same."""

    def fails(*_: object) -> None:
        raise IndexError("no region of this year")

    called = []
    monkeypatch.setattr(rehearsal, "rehearse", lambda *_: called.append(1) or fails())
    server = Server.__new__(Server)
    server.root, server.held, server.app, server.fitness = ROOT, None, MagicMock(), MagicMock()
    server._hold_tables()
    assert called


@pytest.fixture
def endless(tmp_path: Path) -> Callable[[Path], str]:
    """Makes a package whose loading never ends, and gives the path that a server finds it by."""

    def make(begun: Path) -> str:
        folder = tmp_path / "endless"
        folder.mkdir()
        (folder / "numpy.py").write_text(
            f"import os, time\nwith open({str(begun)!r}, 'w') as file:\n"
            "    file.write(f'{os.getpid()}.')\ntime.sleep(10_000)"
        )
        return str(folder)

    return make


def test_a_signal_is_passed_on_while_the_server_is_busy() -> None:
    """A first cell's time-out is heard though tables are being loaded; a fork is made later."""
    server = Server.__new__(Server)
    server.control, client_s = socket.socketpair()
    with server.control, client_s, subprocess.Popen(["sleep", "300"], process_group=0) as child:
        server.forks = {child.pid: 1}
        client_s.sendall(REQUEST.pack(1, signal.SIGINT) + REQUEST.pack(2, 0))
        with ending_with(server.control, MagicMock(), server._pass_on):
            ended = wait_for(lambda: child.poll() is not None)
        child.kill()
        assert (ended, child.wait()) == (True, -signal.SIGINT)
        assert REQUEST.unpack(server.control.recv(REQUEST.size)) == (2, 0)


def test_nothing_outlives_a_client_killed_early(
    waiting: Path, endless: Callable[[Path], str], tmp_path: Path
) -> None:
    """The server ends though it is still importing its packages, which would never end."""
    started = begun(waiting, endless(tmp_path / "loading"))
    server = pids(tmp_path / "loading")
    assert server == pids(tmp_path / "server")
    started.kill()
    started.communicate()
    assert are_gone(server)


@pytest.mark.parametrize("way", ["kill", "exit"])
def test_nothing_outlives_the_client(way: str, clients: dict[str, subprocess.Popen[bytes]]) -> None:
    """However a command ends in the middle of a cell, server, fork and child end as well."""
    folder = Path(str(clients[way].args[-2])).parent  # type: ignore[index]
    left = pids(folder / "server") + pids(folder / "pids")
    assert len(left) == 3
    assert all(map(is_running, left))
    if way == "kill":
        clients[way].kill()
    clients[way].communicate(b"\n" if way == "exit" else None)
    assert are_gone(left)


def test_where_forking_is_not_possible_the_report_says_so(
    tmp_path: Path, quick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Papermill's own engine makes the report, which is told in what came of it."""
    monkeypatch.setattr(engine, "cannot_fork", lambda: "this system cannot fork processes")
    monkeypatch.setattr(engine, "warm_server", None)
    made = make_report(Order(quick, {}, tmp_path / "out" / "quick", Page(), root=ROOT))
    assert (made.engine, made.error) == (STOCK, "")


def test_a_change_of_the_package_starts_a_new_server(
    quick: Path,
    own_servers: dict[Startup, WarmServer],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Forks of the former would run old code; it ends, since nothing runs in it."""
    former = warm_server(tmp_path)
    assert warm_server(tmp_path) is former
    stamp = client._package_stamp()
    monkeypatch.setattr(client, "_package_stamp", lambda: (*stamp, ("new.py", 1)))
    assert warm_server(tmp_path) is not former
    assert are_gone([former.process.pid])


def test_the_provisioner_s_kernels_do_what_kernels_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A client of Jupyter's starts, interrupts, restarts and ends a fork; nothing is left."""
    monkeypatch.setenv("JUPYTER_DEFAULT_PROVISIONER_NAME", WARM)
    KernelProvisionerFactory.clear_instance()  # it has read the variable, if it was used before
    monkeypatch.chdir(tmp_path)
    look = "import os, sys; print(os.getpid(), os.getppid(), 'smartlib.data' in sys.modules)"
    manager, kernel = start_new_kernel(kernel_name="python3")
    try:
        first = asked(kernel, look)
        sleep = "import time\nprint('sleeps'); time.sleep(300)"
        interrupted = asked(kernel, sleep, manager.interrupt_kernel)
        manager.restart_kernel()
        kernel.wait_for_ready(timeout=PATIENCE)
        second = asked(kernel, look)
        command = asked(kernel, "print(*sys.argv)").split()
    finally:
        kernel.stop_channels()
        manager.shutdown_kernel()
        KernelProvisionerFactory.clear_instance()
    server = str(warm_server(tmp_path).process.pid)
    assert [seen.split()[1:] for seen in (first, second)] == [[server, "True"]] * 2
    assert interrupted.endswith("KeyboardInterrupt")
    assert command == [ipykernel_launcher.__file__, "-f", manager.connection_file]
    numbers = {int(seen.split()[0]) for seen in (first, second)}
    assert len(numbers) == 2
    assert are_gone(list(numbers))
    assert not warm_server(tmp_path).forks


def asked(kernel: object, source: str, then: Callable[[], object] = bool) -> str:
    """What a cell prints, or the name of its error, by a client of Jupyter's.

    Once it has printed something, the client does what it is to do then.
    """
    said: list[str] = []

    def note(message: dict[str, dict[str, str]]) -> None:
        if "text" in message["content"]:
            then()
        said.append(message["content"].get("text") or message["content"].get("ename", ""))

    kernel.execute_interactive(source, timeout=PATIENCE, output_hook=note)  # type: ignore[attr-defined]
    return "".join(said)


def test_two_notebooks_at_once_do_not_mix_their_outputs(tmp_path: Path) -> None:
    """Prints, what subprocesses write, and figures stay with the notebook that made them."""
    cell = (
        "import os, time\nfor i in range(20):\n"
        "    print(name, i); os.system(f'echo {name} sub'); time.sleep(0.005)"
    )
    path = write(tmp_path / "a.ipynb", code("name = ''", "parameters"), code(cell))
    with ThreadPoolExecutor(4) as pool:
        runs = [pool.submit(run_notebook, path, {"name": n}, cwd=tmp_path) for n in "abcd"]
    for name, run in zip("abcd", runs, strict=True):
        lines = "".join(f"{name} {i}\n{name} sub\n" for i in range(20))
        assert shown(run.result()) == lines


def test_after_a_cell_that_fails_none_runs_though_it_was_sent(tmp_path: Path) -> None:
    """Cells are sent ahead; an error that no tag announces is the end, an announced one is not."""
    late = [code(f"open('{n}', 'w').close()") for n in range(9)]
    expected = code("1 / 0", "raises-exception")
    path = write(tmp_path / "a.ipynb", expected, late[0], code("1 / 0"), *late[1:])
    run = run_notebook(path, {}, cwd=tmp_path)
    assert run.cause == "cell"
    assert "Cell 3 raised" in run.error
    assert [p.name for p in tmp_path.iterdir() if not p.suffix] == ["0"]
    assert [c.execution_count for c in run.notebook.cells[3:]] == [None] * 8


def test_a_cell_that_never_stops_talking_is_ended_by_the_time_out(tmp_path: Path) -> None:
    """Messages that keep coming put no end off."""
    cell = "from IPython.display import display\nwhile True: display('much' * 500)"
    run = run_notebook(write(tmp_path / "a.ipynb", code(cell)), {}, cwd=tmp_path, timeout=2)
    assert run.cause == "timeout"


def test_a_client_that_allows_errors_by_name_goes_on(tmp_path: Path) -> None:
    """Then no cell is sent ahead, and none is passed over."""
    path = write(tmp_path / "a.ipynb", code("1 / 0"), code("print('on')"))
    out, kernel = tmp_path / "out.ipynb", {"engine_name": WARM, "kernel_name": "python3"}
    with pytest.raises(papermill.PapermillExecutionError):  # once all has run
        papermill.execute_notebook(
            path, out, **kernel, progress_bar=False, allow_error_names=["ZeroDivisionError"]
        )
    last = nbformat.read(out, as_version=4).cells[-1]
    assert last.outputs[0].text == "on\n"
    assert "shell.execute_reply" in last.metadata["execution"]


def test_long_cells_that_say_much_do_not_block_each_other(tmp_path: Path) -> None:
    """Sources and outputs larger than a socket's room, all at once."""
    sizes = [client_side.SHORT - 1] * 30 + [300_000, 10, 300_000]
    cells = [code(f"print('many words\\n' * 30_000)\n#{'y' * size}") for size in sizes]
    run = run_notebook(write(tmp_path / "a.ipynb", *cells), {}, cwd=tmp_path, timeout=PATIENCE)
    assert run.error == ""
    assert [len(c.outputs[0].text) for c in run.notebook.cells] == [330_001] * len(sizes)


def test_a_cell_s_transformers_change_the_next_ones(tmp_path: Path) -> None:
    """Though the same text was read before."""
    register = (
        "get_ipython().input_transformers_cleanup.append(\n"
        "    lambda lines: [line.replace('dog', 'cat') for line in lines])"
    )
    path = write(tmp_path / "a.ipynb", code("print('dog')"), code(register), code("print('dog')"))
    assert shown(run_notebook(path, {}, cwd=tmp_path)) == "dog\ncat\n"


def test_nothing_piles_up(tmp_path: Path, quick: Path) -> None:
    """Open files and threads of client and server are as many after fifty runs as after one."""

    def count() -> tuple[int, ...]:
        process = warm_server(tmp_path).process.pid
        files = [len(os.listdir(f"/proc/{pid}/fd")) for pid in (os.getpid(), process)]
        return *files, threading.active_count(), len(warm_server(tmp_path).forks)

    run_notebook(quick, {}, cwd=tmp_path)
    gc.collect()  # event loops of other tests' threads
    before = count()
    for _ in range(RUNS):
        assert run_notebook(quick, {}, cwd=tmp_path).error == ""
    assert count() == before


@pytest.fixture
def never_loaded(
    own_servers: dict[Startup, WarmServer],
    endless: Callable[[Path], str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A server that a test starts is still loading when the test ends."""
    monkeypatch.setenv("PYTHONPATH", endless(tmp_path / "loading"))


@pytest.mark.parametrize("when", ["in-a-cell", "at-once", "before-the-server"])
def test_ctrl_c_ends_a_batch(
    when: str, waiting: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """At once, though neither cell nor loading would end; what ran is given up."""
    if when == "before-the-server":
        request.getfixturevalue("never_loaded")
    given_up, finished, begun = [], [], []

    def run(path: Path) -> str:
        try:
            return shown(run_notebook(path, {}, cwd=tmp_path))
        except StoppedError:
            given_up.append(path)
            raise

    def started(path: Path) -> None:
        begun.append(path)
        if len(begun) == 2:
            if when == "in-a-cell":
                pids(tmp_path / "pids")
            if when == "before-the-server":
                pids(tmp_path / "loading")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_all(run, [waiting] * 4, workers=2, started=started, finished=finished.append)
    assert (given_up, finished) == ([waiting], [])


def test_after_ctrl_c_the_next_batch_runs(quick: Path, tmp_path: Path) -> None:
    """What was ended may begin again, and several times."""
    end_kernels()
    with pytest.raises(StoppedError):
        run_notebook(quick, {}, cwd=tmp_path)
    told: list[str | None] = []
    run_all(
        lambda path: shown(run_notebook(path, {}, cwd=tmp_path)),
        [quick] * 3,
        workers=2,
        started=lambda _: None,
        finished=lambda _, outcome, error: told.append(outcome or error),
    )
    assert told == ["quick\n"] * 3
