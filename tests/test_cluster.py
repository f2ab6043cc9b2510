"""Reports on a Dask cluster: the same bytes, whatever happens to workers; clear errors."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import pytest
from conftest import ROOT, YEAR
from notebook_maker import PARAMETERS, code, text, write

from smartlib.run.cluster import cluster as cluster_module
from smartlib.run.cluster import remote
from smartlib.run.cluster.cluster import cluster_runner
from smartlib.run.execute.pool import run_all
from smartlib.run.execute.report import Made, Order, make_report
from smartlib.run.site.frame import Page
from smartlib.run.state.manifest import pathless
from smartlib.vocabulary.errors import BuildError
from smartlib.vocabulary.folders import Folders

pytest.importorskip("distributed", reason="needs smartlib[dask]")

START = 60  # seconds in which a scheduler or a worker must have started, on a busy machine
AT_ONCE = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}  # dask gives up after a death
ENDINGS = (".html", ".ipynb")
BEGINS = """
import os, pathlib, time
import psutil
parents = psutil.Process().parents()
log = pathlib.Path({log!r})
begun = log / f"{{region}}.{{time.time_ns()}}"
_ = begun.write_text(" ".join(str(parent.pid) for parent in parents))
"""


@dataclass
class Cluster:
    """A scheduler and workers on loopback, each a process of its own."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def file(self) -> Path:
        return self.folder / "scheduler.json"

    @property
    def address(self) -> str:
        return str(json.loads(self.file.read_text())["address"])

    @property
    def workers(self) -> list[subprocess.Popen[bytes]]:
        return self.processes[1:]

    def start(self, command: str, *options: str, **settings: str) -> subprocess.Popen[bytes]:
        line = [sys.executable, "-m", f"distributed.cli.dask_{command}", "--host", "127.0.0.1"]
        line += ["--scheduler-file", str(self.file), *options]
        with (self.folder / f"{len(self.processes)}.log").open("wb") as log:
            self.processes.append(
                subprocess.Popen(
                    line,
                    stdout=log,
                    stderr=log,
                    cwd=self.folder,
                    env={**os.environ, **self.settings, **settings},
                )
            )
        return self.processes[-1]

    def scheduler(self) -> None:
        """Start one that has no smartlib, which it needs not."""
        bare = self.folder / "bare"
        (bare / "smartlib").mkdir(parents=True)
        (bare / "smartlib" / "__init__.py").write_text("raise ImportError('no smartlib here')")
        options = ("--port", "0", "--dashboard-address", "127.0.0.1:0")
        self.start("scheduler", *options, PYTHONPATH=str(bare))
        until(self.file.is_file)

    def worker(self, *options: str, **settings: str) -> subprocess.Popen[bytes]:
        place = self.folder / f"worker{len(self.processes)}"
        options = ("--no-dashboard", *(options or ("--no-nanny", "--nthreads", "1")))
        return self.start("worker", "--local-directory", str(place), *options, **settings)

    def close(self) -> None:
        for process in self.processes:
            kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and what it started."""
    try:
        family = [*psutil.Process(process.pid).children(recursive=True)]
    except psutil.NoSuchProcess:
        family = []
    process.kill()
    for member in family:
        try:
            member.kill()
        except psutil.NoSuchProcess:
            continue
    process.wait()


def until(happened: Callable[[], Any]) -> None:
    end = time.monotonic() + START
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


@contextmanager
def started(folder: Path, *options: str, workers: int = 0, **settings: str) -> Iterator[Cluster]:
    cluster = Cluster(folder, settings)
    try:
        cluster.scheduler()
        for _ in range(workers):
            cluster.worker(*options)
        yield cluster
    finally:
        cluster.close()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with started(tmp_path_factory.mktemp("cluster"), workers=2) as cluster:
        yield cluster


@dataclass
class Heard:
    """Remembers what a runner told, and in which thread."""

    begun: list[str] = field(default_factory=list)
    ended: dict[str, tuple[str, str]] = field(default_factory=dict)
    then: Callable[[], None] = lambda: None

    def started(self, order: Order) -> None:
        assert threading.current_thread() is threading.main_thread()
        self.begun.append(order.target.name)

    def finished(self, order: Order, made: Made | None, error: str) -> None:
        assert threading.current_thread() is threading.main_thread()
        assert order.target.name not in self.ended
        self.ended[order.target.name] = (made.error, made.sha256) if made else (error, "")
        self.then()


def run(
    runner: Callable[..., None],
    orders: Sequence[Order],
    heard: Heard | None = None,
    function: Callable[[Order], Made] = make_report,
) -> Heard:
    heard = heard or Heard()
    runner(function, orders, workers=2, started=heard.started, finished=heard.finished)
    return heard


def fake(log: Path, does: Callable[[str], object]) -> Callable[[Order], Made]:
    """Instead of `make_report`, for what has nothing to do with notebooks; sent by value."""

    def make(order: Order) -> Made:
        region = order.target.name
        (log / f"{region}.{time.time_ns()}").touch()
        does(region)
        order.target.with_name(f"{region}.html").write_bytes(b"x")
        return Made(0.1)

    return make


def waits(gate: Path) -> Callable[[str], None]:
    """All reports but the one that is begun first wait until a file is there."""
    first = gate.with_name("first")

    def does(region: str) -> None:
        try:
            first.open("x").close()
        except FileExistsError:
            while not gate.exists():
                time.sleep(0.1)

    return does


def small(folder: Path, cell: str, *regions: str) -> tuple[Folders, list[Order], Path]:
    """A checkout with one notebook, an order for each region, and a folder of beginnings."""
    root, log = folder / "checkout", folder / "log"
    log.mkdir()
    cells = [code(PARAMETERS, "parameters"), code(BEGINS.format(log=str(log))), code(cell)]
    notebook = write(root / "notebooks" / "small.ipynb", text("# S"), *cells)
    folders = Folders(root, folder / "reports")
    folders.reports.mkdir(exist_ok=True)
    orders = [
        Order(
            notebook,
            {"region": region},
            folders.reports / "regions" / region,
            Page(region, "id", {"region": region}),
            START,
            root,
        )
        for region in regions
    ]
    return folders, orders, log


def ancestors(log: Path, region: str) -> list[set[int]]:
    """Processes above each beginning of a region's report, in their order."""
    return [set(map(int, path.read_text().split())) for path in sorted(log.glob(f"{region}.*"))]


def files(folder: Path) -> dict[str, bytes]:
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def real_orders(folders: Folders) -> list[Order]:
    """Two languages of a region's report and a national notebook."""
    values = [{"region": "51.03", "year": YEAR, "lang": lang} for lang in ("id", "en")]
    pages = [Page(value["lang"], str(value["lang"]), value, years=(YEAR,)) for value in values]
    notebooks = folders.notebooks
    orders = [
        Order(
            notebooks / "region_report.ipynb",
            value,
            folders.reports / "regions" / str(value["lang"]),
            page,
            START,
            folders.root,
        )
        for value, page in zip(values, pages, strict=True)
    ]
    audit, asked = folders.reports / "national" / "audit", {"year": YEAR, "lang": "en"}
    return [
        *orders,
        Order(
            notebooks / "01_data_audit.ipynb",
            asked,
            audit,
            Page("", "en", asked),
            START,
            folders.root,
        ),
    ]


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> tuple[Heard, dict[str, bytes]]:
    """What a local run of the real orders tells and writes."""
    folders = Folders(ROOT, tmp_path_factory.mktemp("local"))
    return run(run_all, real_orders(folders)), files(folders.reports)


@pytest.mark.long
@pytest.mark.parametrize("shared", [False, True])
def test_the_output_is_that_of_a_local_run(
    cluster: Cluster, local: tuple[Heard, dict[str, bytes]], tmp_path: Path, shared: bool
) -> None:
    """Pages and notebooks are the same byte for byte, sent back or written by the workers."""
    folders = Folders(ROOT, tmp_path)
    heard = run(cluster_runner(cluster.address, folders, shared=shared), real_orders(folders))
    assert heard.ended == local[0].ended
    assert {error for error, _ in heard.ended.values()} == {""}
    assert sorted(heard.begun) == sorted(heard.ended)
    assert files(tmp_path) == local[1]
    assert len(local[1]) == 6


@pytest.mark.long
def test_a_failed_report_is_told_as_at_home(cluster: Cluster, tmp_path: Path) -> None:
    """Its error and its half-run notebook are the local ones, and name no folder of a worker.

    An earlier report of its name stays, and a success removes an earlier half-run notebook.
    """
    cell = "if region == '51.03': print(os.getcwd()); raise ValueError(os.getcwd())"
    folders, orders, _ = small(tmp_path, cell, "51.03", "51.71")
    heard = run(run_all, orders)
    (folders.reports / "regions" / "51.03.html").write_bytes(b"earlier")
    local = files(folders.reports)
    (folders.reports / "regions" / "51.71.failed.ipynb").write_bytes(b"earlier")
    (folders.reports / "regions" / "51.03.failed.ipynb").unlink()
    there = run(cluster_runner(cluster.address, folders), orders)
    error = pathless(heard.ended["51.03"][0], folders.root)
    assert error.endswith("ValueError: ./notebooks")
    assert there.ended["51.03"] == (error, "")
    assert there.ended["51.71"][0] == ""
    assert files(folders.reports) == local


@pytest.mark.long
def test_a_lost_worker_costs_nothing(cluster: Cluster, tmp_path: Path) -> None:
    """A report whose worker is killed is made by another; a worker that joins late helps."""
    cell = "time.sleep(0.1 if region == 'a' else 1)"
    folders, orders, log = small(tmp_path, cell, *"abcdef")
    killed: list[str] = []

    def kill_the_busy_one() -> None:
        if killed:
            return
        processes = {worker.pid: worker for worker in cluster.workers}
        until(lambda: [region for region in "bcdef" if ancestors(log, region)])
        region = next(region for region in "bcdef" if ancestors(log, region))
        killed.append(region)
        kill(processes[(ancestors(log, region)[0] & processes.keys()).pop()])
        cluster.worker()

    heard = run(cluster_runner(cluster.address, folders), orders, Heard(then=kill_the_busy_one))
    assert {error for error, _ in heard.ended.values()} == {""}
    assert len(ancestors(log, killed[0])) == 2
    assert sorted(heard.begun) == list("abcdef")
    names = sorted(path.name for path in (folders.reports / "regions").iterdir())
    assert names == sorted(f"{region}{suffix}" for region in "abcdef" for suffix in ENDINGS)


@pytest.mark.long
def test_a_report_that_kills_workers_fails_alone(tmp_path: Path) -> None:
    """It fails with a reason after a few tries; those that were beside it do not."""
    folders, orders, log = small(tmp_path, "", *"kabc")

    def does(region: str) -> None:
        if region == "k":
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
        time.sleep(0.2)

    with started(tmp_path, "--nanny", "--nthreads", "2", workers=1, **AT_ONCE) as nannies:
        heard = run(cluster_runner(nannies.address, folders), orders, function=fake(log, does))
    assert len(list(log.glob("k.*"))) == 2
    assert heard.ended.pop("k")[0].startswith("Each worker that made this report died")
    assert heard.ended == dict.fromkeys("abc", ("", ""))


def test_ctrl_c_gives_up_what_is_pending(cluster: Cluster, tmp_path: Path) -> None:
    """It waits for no report, keeps what was done, and the workers begin no more."""
    folders, orders, log = small(tmp_path, "", *"abcdefghij")
    gate = tmp_path / "gate"

    def interrupt() -> None:
        raise KeyboardInterrupt

    try:
        with pytest.raises(KeyboardInterrupt):
            run(
                cluster_runner(cluster.address, folders),
                orders,
                Heard(then=interrupt),
                fake(log, waits(gate)),
            )
        assert len(files(folders.reports)) == 1
    finally:
        gate.touch()
    time.sleep(1)
    assert len(list(log.iterdir())) <= 4


def test_other_versions_are_refused(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is begun; each worker is named with what differs and what to do."""
    folders, orders, _ = small(tmp_path, "", "a")
    wanted = {**remote.software(), "pandas": "0.1"}
    monkeypatch.setattr(remote, "software", lambda: wanted)
    heard = Heard()
    with pytest.raises(BuildError, match=r"pandas is \d.*, not 0\.1\. Install the same") as error:
        run(cluster_runner(cluster.address, folders), orders, heard)
    assert len(error.value.findings) == 2
    assert all(finding.file.startswith("tcp://127.0.0.1:") for finding in error.value.findings)
    assert heard.begun == []


@pytest.mark.long
def test_a_late_worker_with_other_code_is_refused(cluster: Cluster, tmp_path: Path) -> None:
    """The build ends with its address, and what was done stays."""
    shutil.copytree(remote.PACKAGE, tmp_path / "other" / "smartlib")
    with (tmp_path / "other" / "smartlib" / "cli" / "entry.py").open("a") as source:
        source.write("# other\n")
    gate = tmp_path / "gate"
    folders, orders, log = small(tmp_path, "", *"abc")
    late: list[subprocess.Popen[bytes]] = []
    does = waits(gate)

    def join() -> None:
        late.append(cluster.worker(PYTHONPATH=str(tmp_path / "other")))

    try:
        with pytest.raises(BuildError, match=r"smartlib's source is .*, not ") as error:
            run(cluster_runner(cluster.address, folders), orders, Heard(then=join), fake(log, does))
    finally:
        gate.touch()
        kill(late[0])
    assert len(error.value.findings) == 1
    assert "run the same command to go on" in str(error.value)
    assert len(files(folders.reports)) == 1


@pytest.mark.long
def test_a_reports_folder_that_workers_do_not_see_is_said(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--shared` needs the very folder of the build under the same path everywhere."""
    folders, orders, _ = small(tmp_path, "", "a")
    elsewhere = nullcontext(str(tmp_path / "elsewhere" / "mark"))
    monkeypatch.setattr(cluster_module, "_marker", lambda *_: elsewhere)
    with pytest.raises(BuildError, match=r"elsewhere is not the reports folder.*leave out --sha"):
        run(cluster_runner(cluster.address, folders, shared=True), orders)


@pytest.mark.long
def test_an_address_without_a_scheduler_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody there, somebody who is no scheduler, or no address at all: an error in time."""
    monkeypatch.setattr(cluster_module, "CONNECTED", 1)
    folders, orders, _ = small(tmp_path, "", "a")
    with socket.create_server(("127.0.0.1", 0)) as mute:
        port = mute.getsockname()[1]
        mutes = (f"tcp://127.0.0.1:{port}", f"tls://127.0.0.1:{port}")  # the latter uncertified
        for address in (*mutes, "tcp://127.0.0.1:1", "nowhere", "no://way:1"):
            began = time.monotonic()
            with pytest.raises(BuildError, match=f"No Dask scheduler answers at {address}"):
                run(cluster_runner(address, folders), orders)
            assert time.monotonic() - began < 10  # dask itself would wait for 30


@pytest.mark.long
def test_a_cluster_without_workers_and_a_lost_one_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing waits for ever."""
    folders, orders, _ = small(tmp_path, "", "a")
    with started(tmp_path) as empty:
        runner = cluster_runner(empty.address, folders)
        monkeypatch.setattr(cluster_module, "PATIENCE", 1)
        with pytest.raises(BuildError, match=r"no worker for 1 s\. Start some, such as `dask"):
            run(runner, orders)
        monkeypatch.setattr(cluster_module, "PATIENCE", START)
        monkeypatch.setattr(cluster_module, "CONNECTED", 2)
        threading.Timer(1, empty.close).start()
        with pytest.raises(BuildError, match="The Dask cluster was lost"):
            run(runner, orders)


def test_a_missing_package_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to install."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(BuildError, match=r"pip install 'smartlib\[dask\]'"):
        cluster_runner("tcp://127.0.0.1:1", Folders(tmp_path))


def test_a_parcel_is_known_by_its_content(tmp_path: Path) -> None:
    """The same files at other times give the same hash; another byte of data another one."""
    folders, orders, _ = small(tmp_path, "", "a")
    folders.raw.mkdir(parents=True)
    table = folders.raw / "table.csv"
    hashes = []
    for content, moment in (("1", 10), ("1", 10**9), ("2", 10)):
        table.write_text(content)
        os.utime(table, (moment, moment))
        hashes.append(remote.Parcel.of(orders, folders).sha256)
    assert hashes[0] == hashes[1] != hashes[2]


def test_the_docs_name_the_real_limits() -> None:
    """How long an address and a worker are waited for."""
    told = (ROOT / "docs" / "cluster.md").read_text(encoding="utf-8")
    assert f"an error within {cluster_module.CONNECTED} s" in told
    assert f"no worker for {cluster_module.PATIENCE} s" in told
