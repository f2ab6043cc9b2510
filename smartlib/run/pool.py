"""Orders done side by side in worker processes (floor 5).

Each slot is a pool of one process, so that a worker which dies is known to have died on
one order, and only that order fails. Processes are spawned, the same on every system.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

Order = TypeVar("Order")
Outcome = TypeVar("Outcome")

TICK = 0.5  # seconds between looks for Ctrl-C, which Windows does not deliver during a wait


def run_all(
    function: Callable[[Order], Outcome],
    orders: Sequence[Order],
    *,
    workers: int,
    started: Callable[[Order], None],
    finished: Callable[[Order, Outcome | None, str], None],
) -> None:
    """Do every order, `workers` at a time.

    Parameters
    ----------
    function : callable
        Importable; runs in a worker.
    orders : sequence
        Picklable; taken in order.
    workers : int
        Processes side by side.
    started, finished : callable
        Told of each order; `finished` gets the outcome, or None and an error.

    Raises
    ------
    KeyboardInterrupt
        Ctrl-C; orders under way are given up, `finished` has been told of the others.
    """
    elders = set(multiprocessing.active_children())
    waiting = deque(orders)
    free = [_slot() for _ in range(max(1, min(workers, len(orders))))]
    slots = list(free)
    running: dict[Future[Outcome], tuple[ProcessPoolExecutor, Order]] = {}
    try:
        while waiting or running:
            while waiting and free:
                slot, order = free.pop(), waiting.popleft()
                started(order)
                try:
                    future = slot.submit(function, order)
                except BrokenProcessPool:  # its worker died while it had nothing to do
                    slot = _slot()
                    slots.append(slot)
                    future = slot.submit(function, order)
                running[future] = (slot, order)
            done, _ = wait(running, timeout=TICK, return_when=FIRST_COMPLETED)
            for future in done:
                slot, order = running.pop(future)
                failure = future.exception()
                if isinstance(failure, BrokenProcessPool):
                    slot = _slot()
                    slots.append(slot)
                free.append(slot)
                finished(order, None if failure else future.result(), _reason(failure))
    except BaseException:
        for process in set(multiprocessing.active_children()) - elders:
            process.terminate()
        raise
    finally:
        for slot in slots:
            slot.shutdown(wait=True, cancel_futures=True)


def _slot() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        max_workers=1, mp_context=multiprocessing.get_context("spawn"), initializer=_begin
    )


def _reason(failure: BaseException | None) -> str:
    if isinstance(failure, BrokenProcessPool):
        return "The worker process died (killed, or out of memory)."
    return "".join(traceback.format_exception(failure)) if failure else ""


def _begin() -> None:
    """In a worker: leave Ctrl-C to the parent, and do not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent,), daemon=True).start()


def _follow(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(1)
