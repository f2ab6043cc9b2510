"""What is read once, when Python or a package starts, is the notebook's own, or it runs cold."""

from __future__ import annotations

import json
import logging
import os
import resource
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import papermill
import pytest
from notebook_maker import code, write

from smartlib.run.execute.engine import STOCK, WARM, run_notebook
from smartlib.run.execute.warm import client, scratch, specification
from smartlib.run.execute.warm.client import Order, UnfitError, warm_server
from smartlib.run.execute.warm.specification import specification_of
from smartlib.run.execute.warm.startup import Startup, interpreter_options

pytestmark = pytest.mark.skipif(bool(client.cannot_fork()), reason=client.cannot_fork())

PATIENCE = 120  # seconds for what takes a few on a machine with nothing else to do
# What a kernel has read at its start, each line of it by another reader.
LOOK = """
import locale, os, resource, sys, time, warnings
import matplotlib.style, numpy, scipy.linalg, threadpoolctl
import beside
warnings.warn("unheard")
print(beside.__file__, sys.path)
print(locale.setlocale(locale.LC_CTYPE), sys.flags, sys.warnoptions)
print(hash("a"), time.tzname, os.environ.get("SITE"))
print(matplotlib.rcParams["lines.linewidth"], matplotlib.matplotlib_fname())
matplotlib.style.use("own")
print(matplotlib.rcParams["lines.markersize"], matplotlib.get_configdir())
print({pool["num_threads"] for pool in threadpoolctl.threadpool_info()})
print(oct(os.umask(0o22)), resource.getrlimit(resource.RLIMIT_NOFILE), os.sched_getaffinity(0))
"""


def said(path: Path, engine: str | None, **options: Any) -> str:
    """What a notebook's cells show by one of papermill's engines, though they fail."""
    target = path.with_name("out.ipynb")
    options |= {"kernel_name": "python3", "start_timeout": PATIENCE, "progress_bar": False}
    node = papermill.execute_notebook(path, target, engine_name=engine, **options)
    return "".join(o.get("text", "") for cell in node.cells for o in cell.get("outputs", []))


@pytest.fixture
def notes(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> Any:
    """What the engine says of cold kernels."""
    logger = logging.getLogger("papermill")
    monkeypatch.setattr(logger, "propagate", True)
    caplog.set_level(logging.WARNING, logger.name)  # a level that is set by hand is not looked at
    monkeypatch.delenv("PYTEST_CURRENT_TEST", raising=False)
    return caplog


@pytest.fixture
def own_limits() -> Iterator[None]:
    """Let a test change what its children inherit."""
    umask, files = os.umask(0o22), resource.getrlimit(resource.RLIMIT_NOFILE)
    os.umask(umask)
    processors = os.sched_getaffinity(0)
    yield
    os.umask(umask)
    resource.setrlimit(resource.RLIMIT_NOFILE, files)
    os.sched_setaffinity(0, processors)


def test_a_fork_has_read_what_a_kernel_of_its_own_would_have(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, notes: Any, own_limits: None
) -> None:
    """Variables, paths, warnings, locale, seed, zone, threads, settings and limits, set late."""
    warm_server(tmp_path)  # another, of which nothing may be left
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "beside.py").touch()
    (tmp_path / "lib" / "sitecustomize.py").write_text("import os; os.environ['SITE'] = 'set'")
    (tmp_path / "matplotlibrc").write_text("lines.linewidth: 7\n")
    (tmp_path / "config" / "stylelib").mkdir(parents=True)
    (tmp_path / "config" / "stylelib" / "own.mplstyle").write_text("lines.markersize: 9\n")
    changes = {"PYTHONPATH": "lib", "PYTHONWARNINGS": "ignore", "PYTHONHASHSEED": "7"}
    changes |= {"LC_ALL": "C", "PYTHONUTF8": "1", "TZ": "Asia/Jayapura"}
    changes |= {"MPLCONFIGDIR": str(tmp_path / "config"), "OPENBLAS_NUM_THREADS": "1"}
    for name, text in changes.items():
        monkeypatch.setenv(name, text)
    os.umask(0o77)
    resource.setrlimit(resource.RLIMIT_NOFILE, (300, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    path = write(tmp_path / "a.ipynb", code(LOOK))
    stock, warm = (said(path, engine, cwd=tmp_path) for engine in (None, WARM))
    assert warm == stock
    assert notes.messages == []
    assert "7.0 matplotlibrc" in warm


def test_what_nothing_sets_is_as_in_a_kernel_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, notes: Any
) -> None:
    """Papermill's user, who sets no number of threads, has as many as without this engine."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "GOTO_NUM_THREADS"):
        monkeypatch.delenv(name, raising=False)
    cell = "import numpy, threadpoolctl\nfor p in threadpoolctl.threadpool_info(): "
    path = write(tmp_path / "a.ipynb", code(cell + "print(p['num_threads'])"))
    stock, warm = (said(path, engine) for engine in (None, WARM))
    assert set(warm.split()) == set(stock.split())
    assert notes.messages == []


def refusal(cwd: Path, **changes: str) -> str:
    """Why a fork of the server that there is cannot be the kernel of a notebook."""
    order = Order(str(cwd), {**os.environ, **client.ENVIRONMENT, "IPYTHONDIR": str(cwd), **changes})
    fork = warm_server(cwd, order).fork(order)
    try:
        fork.await_fitness()
    except UnfitError as reason:
        return str(reason)
    finally:
        fork.kill()
    return ""


REFUSED: Mapping[str, tuple[str, str, dict[str, str], str]] = {  # file, text, variables, reason
    "nothing": ("notes.py", "", {}, ""),
    "package": ("pandas.py", "", {}, "'pandas.py' has the name of a package loaded before"),
    "folder": ("scipy/__init__.py", "", {}, "'scipy/__init__.py' has the name"),
    "namespace": ("scipy/data.txt", "", {}, ""),  # a folder that is no package hides none
    "optional": ("bottleneck.py", "", {}, "'bottleneck.py' has the name"),
    "standard": ("json.py", "", {}, ""),  # the library comes before the folder
    "frozen": ("os.py", "", {}, ""),
    "main": ("__main__.py", "", {}, ""),
    "variable": ("a", "", {"CI": "yes"}, "CI is read when packages are loaded"),
    "own-variable": ("a", "", {"MY_TOKEN": "yes", "PATH": "/bin"}, ""),
    "backend": ("a", "", {"MPLBACKEND": "nosuch"}, "'nosuch' is not a valid value"),
    "threads": ("a", "", {"OMP_NUM_THREADS": "2,1"}, "OMP_NUM_THREADS is no number of threads"),
    "startup": ("a", "", {"PYTHONSTARTUP": "a"}, "PYTHONSTARTUP names a file"),
    "script": ("profile_default/startup/1.ipy", "", {}, "IPython reads"),
    "config": ("profile_default/ipython_kernel_config.json", "{}", {}, "IPython reads"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_fork_says_why_a_kernel_of_its_own_would_differ(name: str, tmp_path: Path) -> None:
    """Local modules, variables read by packages, profiles: no fork pretends to have read them."""
    file, text, variables, reason = REFUSED[name]
    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / file).write_text(text)
    found = refusal(tmp_path, **variables)
    assert (reason in found, bool(found)) == (True, bool(reason)), found


def test_a_notebook_whose_fork_refuses_runs_cold_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, notes: Any
) -> None:
    """Papermill's log and a report's record name the reason; the local module is the one used."""
    (tmp_path / "pandas.py").write_text("V = 'local'")
    path = write(tmp_path / "a.ipynb", code("import pandas\nprint(pandas.V)"))
    assert said(path, WARM, cwd=tmp_path) == "local\n"
    (note,) = notes.messages
    assert note == (
        "Papermill's own engine is used: 'pandas.py' has the name of a package loaded before."
    )
    run = run_notebook(path, {}, cwd=tmp_path)
    assert (run.engine, run.cause) == (STOCK, "")
    assert "'pandas.py'" in run.cold


SPECIFICATIONS: Mapping[str, tuple[Sequence[str], dict[str, Any], str]] = {  # argv, more, reason
    "plain": (["-m", "ipykernel_launcher", "-f", "{connection_file}"], {}, ""),
    "optimised": (["-O", "-m", "ipykernel_launcher", "-f", "{connection_file}"], {}, ""),
    "options": (
        ["-m", "ipykernel_launcher", "-f", "{connection_file}", "--profile=x"],
        {},
        "gives ipykernel options of its own",
    ),
    "program": (["a.py", "-m", "ipykernel_launcher"], {}, "is not a kernel of this Python"),
    "other": (["-m", "other_kernel", "-f", "{connection_file}"], {}, "is not a kernel of this"),
}


@pytest.mark.parametrize("name", SPECIFICATIONS)
def test_a_specification_is_obeyed_or_its_kernel_is_cold(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Options of Python and variables go to the server; what ipykernel is told does not."""
    argv, more, reason = SPECIFICATIONS[name]
    folder = tmp_path / "kernels" / "mine"
    folder.mkdir(parents=True)
    spec = {"argv": [sys.executable, *argv], "display_name": "m", "language": "python", **more}
    spec["env"] = {"FROM_SPEC": "${FOR_SPEC}!"}
    (folder / "kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    monkeypatch.setenv("FOR_SPEC", "yes")
    found = specification_of("mine", {})
    assert (reason in found.reason, bool(found.reason)) == (True, bool(reason))
    if not reason:
        assert found.options == tuple(argv[: argv.index("-m")])
        assert found.environment == {"FROM_SPEC": "yes!"}


def test_a_provisioner_that_is_not_ours_is_left_to_papermill(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It may start kernels elsewhere."""
    monkeypatch.setattr(specification, "_provisioner", lambda spec: "elsewhere")
    found = specification_of("python3", {})
    assert found.reason == "the kernels of 'python3' are started by 'elsewhere'"


@pytest.mark.parametrize("name", specification.STARTS)
def test_an_argument_that_starts_a_kernel_otherwise_is_not_passed_over(name: str) -> None:
    """Papermill's own engine obeys it."""
    assert (
        specification_of("python3", {name: ["--x"]}).reason
        == f"'{name}' is for a kernel of its own"
    )


def test_options_are_those_of_python_alone() -> None:
    """A command that runs something else is no kernel that a fork can be."""
    kernel = ("-m", "ipykernel_launcher", "-f", "x")
    assert interpreter_options(("python", "-X", "utf8", "-Wignore", "-OO", *kernel)) == (
        *("-X", "utf8", "-Wignore", "-OO"),
    )
    for before in (("a.py",), ("-c", "1"), ("-i",), ("--version",)):
        assert interpreter_options(("python", *before, *kernel)) is None
    assert interpreter_options(("python", "ipykernel_launcher")) is None


def test_servers_are_told_apart_by_what_is_read_at_start_alone(tmp_path: Path) -> None:
    """Another token or zone needs no server; another path, seed or settings file does."""

    def startup(**changes: str) -> Startup:
        return Startup.of(tmp_path, {"HOME": str(tmp_path), **changes}, ())

    same = ({"MY_TOKEN": "a"}, {"TZ": "Asia/Jakarta"}, {"OMP_NUM_THREADS": "9"}, {"PATH": "/"})
    other = ({"PYTHONPATH": "a"}, {"PYTHONHASHSEED": "1"}, {"LC_ALL": "C"}, {"HOME": "/"})
    assert {startup(**changes) for changes in same} == {startup()}
    assert len({startup(**changes) for changes in ({}, *other)}) == 1 + len(other)
    assert startup(PYTHONPATH="a:/b") == startup(PYTHONPATH=f"{tmp_path}/a:/b")
    before = startup()
    (tmp_path / "matplotlibrc").write_text("lines.linewidth: 7")
    assert startup() != before


def test_a_server_that_loads_for_ever_is_ended_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system ends it by its processor time, however deep in C it turns; no run waits."""
    endless = "import smartlib.run.execute.warm.inheritance as i; i.LOADING = 1; i.bound()\n"
    monkeypatch.setattr(client, "SERVER", f"{endless}while True: pass")
    monkeypatch.setenv("PYTHONHASHSEED", "11")  # a server of its own
    order = Order(str(tmp_path), dict(os.environ))
    with pytest.raises(UnfitError, match="more than 100 s of processor time"):
        warm_server(tmp_path, order).fork(order).await_fitness()
    with pytest.raises(UnfitError, match="more than 100 s"):  # it is not tried again
        warm_server(tmp_path, order)


def test_a_server_that_cannot_load_is_told_and_the_notebook_runs_cold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For want of memory, for instance; a notebook that needs less is made all the same."""
    monkeypatch.setattr(client, "SERVER", "raise MemoryError('no room for packages')")
    monkeypatch.setattr(client, "_SERVERS", {})
    monkeypatch.setattr(client, "_UNFIT", {})
    run = run_notebook(write(tmp_path / "a.ipynb", code("print(1)")), {}, cwd=tmp_path)
    assert (run.engine, run.error) == (STOCK, "")
    assert run.cold == "the warm server could not start: MemoryError: no room for packages"


LOADING = """
import os, sys
from pathlib import Path
from smartlib.run.execute.warm.client import warm_up
os.environ.pop("PYARROW_IGNORE_TIMEZONE", None)
notebook = Path(sys.argv[1])
warm_up(notebook.parent)
from smartlib.run.execute.engine import run_notebook
import pandera.pandas
print(os.environ["PYARROW_IGNORE_TIMEZONE"])
for value in ("1", "0"):
    os.environ["PYARROW_IGNORE_TIMEZONE"] = value
    run = run_notebook(notebook, {}, cwd=notebook.parent)
    print(run.engine, run.cold)
"""


def test_what_packages_put_into_the_environment_leaves_reports_warm(tmp_path: Path) -> None:
    """The command loads them after its server was started; another value is a reason, told."""
    path = write(tmp_path / "a.ipynb", code("print(1)"))
    command = [sys.executable, "-c", LOADING, str(path)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    reason = "PYARROW_IGNORE_TIMEZONE is read when packages are loaded, and was another then"
    assert ran.stdout.splitlines() == ["1", f"{WARM} ", f"{STOCK} {reason}"], ran.stderr


FORKING = """
import os, sys, threading, time
from pathlib import Path
from smartlib.run.execute.engine import run_notebook
from smartlib.run.execute.warm.client import warm_server
notebook = Path(sys.argv[1])
runs = []
run = lambda: runs.append(run_notebook(notebook, {}, cwd=notebook.parent))
thread = threading.Thread(target=run)
thread.start()
while not (notebook.parent / "begun").exists():
    time.sleep(0.05)
server = warm_server(notebook.parent)
child = os.fork()
if child == 0:
    sys.exit(3)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 3
(notebook.parent / "go").touch()
thread.join()
same = warm_server(notebook.parent) is server and server.settings.is_dir()
print(runs[0].engine, repr(runs[0].error), same, flush=True)
"""
UNTIL_GO = """
import os, time
open("begun", "w").close()
while not os.path.exists("go"):
    time.sleep(0.05)
"""


def test_a_process_forked_from_a_client_ends_nothing_of_its_parent_s(tmp_path: Path) -> None:
    """It exits as Python does, with all handlers, while the parent's notebook runs."""
    path = write(tmp_path / "a.ipynb", code(UNTIL_GO))
    command = [sys.executable, "-c", FORKING, str(path)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert ran.stdout.split() == [WARM, "''", "True"], ran.stderr


LEFT = """
import os, signal
from pathlib import Path
from smartlib.run.execute.warm.scratch import new_folder
from smartlib.run.execute.warm.client import warm_server
server = warm_server(Path.cwd())
print(new_folder(), server.settings, flush=True)
os.kill(server.process.pid, signal.SIGKILL)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_command_and_server_left_is_removed_by_the_next_run(tmp_path: Path) -> None:
    """Folders whose owner is dead go; those of living processes and of others stay."""
    around = {**os.environ, "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-c", LEFT]
    ran = subprocess.run(command, capture_output=True, text=True, env=around, check=False)
    left = [Path(name) for name in ran.stdout.split()]
    space, own = scratch._space(), scratch._started(os.getpid())
    kept = [
        tmp_path / name
        for name in ("smartlib-notes", f"smartlib-{space}-{os.getpid()}-{own}-living")
    ]
    reused = tmp_path / f"smartlib-{space}-{os.getpid()}-{own + 1}-reused"
    for folder in (*kept, reused):
        folder.mkdir()
    assert [folder.is_dir() for folder in left] == [True, True], ran.stderr
    scratch.remove_left(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted(kept)
