"""Orders done side by side in threads, each of which drives kernels of its own (floor 5)."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TypeVar

from smartlib.run.execute.engine import allow_kernels, end_kernels

Order = TypeVar("Order")
Outcome = TypeVar("Outcome")

AGAIN = 0.1  # seconds between two tries to end all kernels
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
        Runs in a thread; its kernels are processes, so threads are enough.
    orders : sequence
        Taken in order.
    workers : int
        Threads side by side.
    started, finished : callable
        Told of each order in the calling thread; `finished` gets the outcome, or None and
        an error.

    Raises
    ------
    KeyboardInterrupt
        Ctrl-C; orders under way are given up, `finished` has been told of the others.
    """
    allow_kernels()
    waiting = iter(orders)
    running: dict[Future[Outcome], Order] = {}
    with ThreadPoolExecutor(workers) as pool:
        try:
            while True:
                for order in waiting:
                    started(order)
                    running[pool.submit(function, order)] = order
                    if len(running) == workers:
                        break
                if not running:
                    return
                done, _ = wait(running, timeout=TICK, return_when=FIRST_COMPLETED)
                for future in done:
                    order, failure = running.pop(future), future.exception()
                    reason = "".join(traceback.format_exception(failure)) if failure else ""
                    finished(order, None if failure else future.result(), reason)
        except BaseException:
            end_kernels()
            while wait(running, timeout=AGAIN).not_done:  # one may just have been starting
                end_kernels()
            raise
