"""Orders done on an existing Dask cluster (floor 5).

Tasks depend on nothing that a lost worker could take along. Every worker is checked and
given the notebooks and data when it is first seen, at the start or having joined late.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
import pickle
import time
import traceback
import uuid
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from smartlib.run.cluster.remote import (
    INSTALL,
    Delivery,
    Parcel,
    prepare_worker,
    remote_report,
    write_report,
)
from smartlib.run.execute.report import Made, Order
from smartlib.vocabulary.errors import BuildError
from smartlib.vocabulary.folders import Folders
from smartlib.vocabulary.records import Finding

CONNECTED = 10  # seconds in which a scheduler answers
PATIENCE = 30  # seconds without a worker before the build is given up
TICK = 0.5  # seconds between looks at the cluster while nothing comes back
GO_ON = "What is finished stays; run the same command to go on."


def cluster_runner(address: str, folders: Folders, *, shared: bool = False) -> Callable[..., None]:
    """A runner for `run_batch` that makes the reports on a Dask cluster.

    Parameters
    ----------
    address : str
        Of the scheduler, such as `tcp://host:8786`.
    folders : Folders
        Of the checkout, and where reports go.
    shared : bool
        Whether the workers write into the reports folder themselves; it must have the same
        path on every machine.

    Returns
    -------
    callable
        Used as `run_all` is; the cluster's threads count, not its `workers`. It raises
        BuildError when there is no scheduler or no worker, a worker is not fit, or the
        cluster is lost.

    Raises
    ------
    BuildError
        The package distributed is not installed.
    """
    dask = _dask()

    def run(
        function: Callable[[Order], Made],
        orders: Sequence[Order],
        *,
        workers: int,
        started: Callable[[Order], None],
        finished: Callable[[Order, Made | None, str], None],
    ) -> None:
        if not orders:
            return
        with _marker(folders.reports, shared) as marker, _client(dask, address) as client:
            parcel = Parcel.of(orders, folders, marker)
            _Flow(client, function, parcel, folders.root, started, finished).run(orders)

    return run


def _dask() -> Any:
    try:
        return importlib.import_module("distributed")
    except ImportError as error:
        raise BuildError("--dask needs more packages: pip install 'smartlib[dask]'.") from error


@contextmanager
def _marker(reports: Path, shared: bool) -> Iterator[str]:
    """A file that tells the reports folder from another; named as a part, which is cleared."""
    if not shared:
        yield ""
        return
    path = reports.resolve() / f".{uuid.uuid4().hex}.part"
    path.touch()
    try:
        yield str(path)
    finally:
        path.unlink(missing_ok=True)


@contextmanager
def _client(dask: Any, address: str) -> Iterator[Any]:
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # errors are raised, not logged
    try:
        asyncio.run(asyncio.wait_for(_answered(dask, address), CONNECTED))
        client = dask.Client(address, timeout=CONNECTED, set_as_default=False, name="smartlib")
    except (OSError, ValueError, TypeError) as error:
        reason = str(error) or f"nothing in {CONNECTED} s"
        raise BuildError(
            f"No Dask scheduler answers at {address} ({reason}). Give the address that it prints "
            "when it starts, such as tcp://host:8786."
        ) from error
    with client:
        yield client


async def _answered(dask: Any, address: str) -> None:
    """Shake hands once: dask's client waits without end for what is no scheduler."""
    security = dask.Security().get_connection_args("client")
    comm = await dask.comm.connect(address, timeout=CONNECTED, **security)
    await comm.close()


@dataclass
class _Flow:
    """Orders on their way through the cluster; runs in the main thread.

    No more are under way than the threads can take, and one waiting at each worker, so that
    few are blamed for a worker's death: dask counts it against all that are there. Those that
    dask gives up are tried once more, one by one, when all others are done.
    """

    client: Any
    function: Callable[[Order], Made]
    parcel: Parcel
    root: Path
    started: Callable[[Order], None]
    finished: Callable[[Order, Made | None, str], None]
    waiting: deque[Order] = field(default_factory=deque)
    suspects: deque[Order] = field(default_factory=deque)
    running: dict[str, tuple[Any, Order, bool]] = field(default_factory=dict)
    ended: SimpleQueue[Any] = field(default_factory=SimpleQueue)
    fit: set[str] = field(default_factory=set)
    begun: set[Path] = field(default_factory=set)
    seen: float = field(default_factory=time.monotonic)

    def run(self, orders: Sequence[Order]) -> None:
        """Do every order."""
        self.waiting.extend(orders)
        while self.waiting or self.running or self.suspects:
            room = self._room()
            while self.waiting and len(self.running) < room:
                self._submit(self.waiting.popleft())
            if self.suspects and room and not self.running:
                self._submit(self.suspects.popleft(), alone=True)
            for future in self._back():
                self._settle(*self.running.pop(future.key))

    def _room(self) -> int:
        """Orders that can be under way; workers that were not here before are prepared."""
        with _in_touch():
            threads: dict[str, int] = self.client.nthreads()
        if threads:
            self.seen = time.monotonic()
        elif time.monotonic() - self.seen > PATIENCE:
            raise BuildError(
                f"The Dask cluster has had no worker for {PATIENCE} s. Start some, such as "
                f"`dask worker {self.client.scheduler.address}`. {GO_ON}"
            )
        if new := sorted(threads.keys() - self.fit):
            self._prepare(new)
        return sum(threads.values()) + len(threads)

    def _prepare(self, workers: list[str]) -> None:
        """Check workers and give them the parcel; one that is gone meanwhile is passed over."""
        with _in_touch():
            answers = self.client.run(
                prepare_worker, self.parcel, workers=workers, on_error="return"
            )
        findings = []
        for worker, answer in answers.items():
            if answer is None:
                self.fit.add(worker)
            elif isinstance(answer, Finding):
                findings.append(replace(answer, file=worker))
            elif not isinstance(answer, OSError):
                problem = f"smartlib does not run there ({type(answer).__name__}: {answer})"
                findings.append(Finding(problem, worker, fix=INSTALL))
        if findings:
            raise BuildError(f"Not every worker can make these reports. {GO_ON}", findings)

    def _submit(self, order: Order, alone: bool = False) -> None:
        sent = replace(order, notebook=order.notebook.relative_to(self.root))
        parcel, shared = self.parcel.sha256, bool(self.parcel.marker)
        packed = _dask().protocol.pickle.dumps((remote_report, self.function, sent, parcel, shared))
        future = self.client.submit(_caller(), packed, key=f"smartlib-report-{uuid.uuid4()}")
        self.running[future.key] = (future, order, alone)
        future.add_done_callback(self.ended.put)
        if order.target not in self.begun:
            self.begun.add(order.target)
            self.started(order)

    def _back(self) -> Iterator[Any]:
        """Futures that came to an end; waits a little for the first."""
        with suppress(Empty):
            yield self.ended.get(timeout=TICK)
            while True:
                yield self.ended.get_nowait()

    def _settle(self, future: Any, order: Order, alone: bool) -> None:
        with _in_touch():
            failure = future.exception()
            delivery = Delivery(error=_reason(failure)) if failure else future.result()
        if delivery.stranger:
            self.fit.discard(delivery.stranger)
            self.waiting.appendleft(order)
        elif _killed(failure) and not alone:
            self.suspects.append(order)
        else:
            self.finished(order, *_written(order.target, delivery))


def _caller() -> Callable[[bytes], Any]:
    """A task that travels by value: the scheduler, which unpickles tasks, may lack smartlib."""

    def call(packed: bytes) -> Any:
        function, *arguments = pickle.loads(packed)
        return function(*arguments)

    return call


@contextmanager
def _in_touch() -> Iterator[None]:
    """Say what a broken connection means."""
    try:
        yield
    except (OSError, CancelledError) as error:
        raise BuildError(
            f"The Dask cluster was lost: its scheduler ended, or cannot be reached. {GO_ON}"
        ) from error


def _killed(failure: BaseException | None) -> bool:
    return isinstance(failure, _dask().KilledWorker)


def _reason(failure: Any) -> str:
    if _killed(failure):
        last = failure.last_worker.address
        return f"Each worker that made this report died, the last one ({last}) with no other."
    return "".join(traceback.format_exception(failure))


def _written(target: Path, delivery: Delivery) -> tuple[Made | None, str]:
    """Write what came back; the outcome, or None and an error."""
    try:
        write_report(target, delivery.files)
    except OSError:
        return None, traceback.format_exc()
    return delivery.made, delivery.error
