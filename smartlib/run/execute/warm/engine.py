"""The papermill engine `smartlib`: papermill's own, with kernels forked from the warm server.

Papermill's client, which runs the cells and gathers their outputs, is used as it is, but for
how it waits: a fork's messages come in order, through one socket. Papermill imports this module
through its entry point; whoever else needs it must have imported papermill first.
"""

from __future__ import annotations

import signal
import time
from asyncio import Future
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty
from typing import Any

from nbclient.client import timestamp
from nbclient.exceptions import CellExecutionComplete, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode, from_dict
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine
from papermill.log import logger
from traitlets.config import Config

from smartlib.run.execute.warm.client import GRACE, UnfitError
from smartlib.run.execute.warm.manager import WarmClient, WarmKernel, nothing
from smartlib.run.execute.warm.saves import Saves
from smartlib.run.execute.warm.specification import STARTS, Specification, specification_of
from smartlib.run.execute.warm.wire import SHELL

FIELDS = {  # of outputs that a fork sends, by kind
    "stream": ("name", "text"),
    "display_data": ("data", "metadata"),
    "execute_result": ("data", "metadata", "execution_count"),
}
NOT_THE_CLIENTS = ("input_path", "timeout", "startup_timeout")  # arguments of papermill's engine


@dataclass
class Running:
    """The cell that runs, its request, its place, and the reply once there is one."""

    cell: NotebookNode
    request: str
    place: int
    reply: dict[str, Any] = field(default_factory=dict)


class WarmNotebookClient(PapermillNotebookClient):
    """Papermill's client, which reads a fork's messages one by one and watches nothing else."""

    kc: WarmClient
    km: WarmKernel
    meanwhile = staticmethod(nothing)  # see `WarmClient`
    running: Running | None = None

    def start_new_kernel(self, **kwargs: Any) -> None:
        """Fork, and wait until the fork is known to be what a kernel would be."""
        super().start_new_kernel(**kwargs)
        self.km.wait_until_fit(self.startup_timeout)

    def papermill_execute_cells(self) -> None:
        """Run the cells; one that still runs when that ends, as by a time-out, is interrupted."""
        self.kc.meanwhile = self.meanwhile
        self._queue_cells()
        try:
            super().papermill_execute_cells()
        except BaseException:
            if self.shutdown_kernel == "graceful":
                self._interrupt()
            raise

    def _queue_cells(self) -> None:
        """Give the fork the next cells before it has answered, where they are known by then.

        Where the notebook goes on after a time-out, each cell is sent alone, lest an interrupt
        hits the next one.
        """
        decides = self.allow_error_names or self.on_cell_start or self.on_cell_execute
        decides = decides or self.interrupt_on_timeout or self.error_on_timeout
        for cell in [] if decides else self.nb.cells:
            tags = cell.metadata.get("tags", [])
            is_run = cell.cell_type == "code" and cell.source.strip()
            if is_run and self.skip_cells_with_tag not in tags:
                may_fail = self.allow_errors or "raises-exception" in tags
                self.kc.cells.append((cell.source, self.force_raise_errors or not may_fail))

    def execute_cell(
        self, cell: NotebookNode, cell_index: int, *args: Any, **kwargs: Any
    ) -> NotebookNode:
        """Run a cell, if it is one that is run: text needs no event loop."""
        if cell.cell_type != "code" and not self.on_cell_start:
            return cell
        return super().execute_cell(cell, cell_index, *args, **kwargs)

    async def _async_poll_kernel_alive(self) -> None:
        """Nothing: a dead fork's socket is closed."""

    async def _async_poll_output_msg(
        self, parent_msg_id: str, cell: NotebookNode, cell_index: int
    ) -> int:
        """The cell's place: its outputs are read while the reply is awaited."""
        return cell_index

    async def _async_poll_for_reply(
        self,
        msg_id: str,
        cell: NotebookNode,
        timeout: float | None,
        task_poll_output_msg: Future[int],
        task_poll_kernel_alive: Future[None],
    ) -> dict[str, Any]:
        """The reply to a cell, after all that the cell says."""
        self.running = running = Running(cell, msg_id, await task_poll_output_msg)
        left = timeout
        while True:
            try:
                self._read(running, left)
            except Empty:
                if running.reply:  # `error_on_timeout`, of a cell that does not listen
                    raise CellTimeoutError.error_from_timeout_and_cell(
                        "Timeout waiting for IOPub output", int(self.iopub_timeout), cell
                    ) from None
                running.reply = await self._async_handle_timeout(timeout, cell) or {}
                left = self.iopub_timeout if running.reply else timeout
            else:
                self.running = None
                return running.reply

    def _read(self, running: Running, seconds: float | None) -> None:
        """Take all that a cell says; Empty when it has not come to its end in time."""
        until = None if seconds is None else time.monotonic() + seconds
        with suppress(CellExecutionComplete):
            while True:
                left = None if until is None else until - time.monotonic()
                if left is not None and left <= 0:  # though the fork may have more to say
                    raise Empty
                channel, message = self.kc.take(left)
                if message["parent_header"].get("msg_id") != running.request:
                    continue
                if channel != SHELL:
                    self.process_message(message, running.cell, running.place)
                    continue
                running.reply = running.reply or message
                if self.record_timing:
                    running.cell.metadata["execution"]["shell.execute_reply"] = timestamp(message)

    def _interrupt(self) -> None:
        """End the cell that runs as jupyter_client ends a kernel; what it has to say is taken."""
        if self.running is None:
            return
        self.kc.meanwhile, self.nb_man.autosave_cell_every = nothing, 0  # a save may have failed
        self.kc.send_no_more()
        with suppress(DeadKernelError):
            for signum in (signal.SIGINT, signal.SIGTERM):
                self.km.signal_kernel(signum)
                with suppress(Empty):
                    self._read(self.running, GRACE)
                    break

    def output(
        self,
        outs: list[NotebookNode],
        msg: dict[str, Any],
        display_id: str | None,
        cell_index: int,
    ) -> NotebookNode | None:
        """Take an output; one of text alone is as a notebook's has to be, and is not checked."""
        content, fields = msg["content"], FIELDS.get(msg["msg_type"], ())
        hooks = self.output_hook_stack.get(msg["parent_header"].get("msg_id"))
        is_special = hooks or display_id or self.clear_before_next_output or not fields
        if is_special or not _is_text(content.get("data", content)):
            return super().output(outs, msg, display_id, cell_index)
        taken = {name: content[name] for name in fields}
        outs.append(from_dict({"output_type": msg["msg_type"], **taken}))
        return outs[-1]


class SmartlibEngine(NBClientEngine):
    """Papermill's engine on warm kernels where they can be had, else papermill's own."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **kwargs: Any) -> NotebookNode:
        """Run the cells; see `papermill.engines.NBClientEngine`.

        Parameters
        ----------
        nb_man : NotebookExecutionManager
            Holds the notebook.
        kernel_name : str
            As papermill found it; only kernels of this very interpreter can be warm.
        **kwargs
            Of papermill's engine.
        """
        wanted = specification_of(kernel_name, kwargs)
        try:
            if wanted.reason:
                raise UnfitError(wanted.reason)
            return cls.execute_warm(nb_man, kernel_name, wanted, **kwargs)
        except UnfitError as reason:
            logger.warning("Papermill's own engine is used: %s.", reason)
            return super().execute_managed_notebook(nb_man, kernel_name, **kwargs)

    @classmethod
    def execute_warm(
        cls, nb_man: Any, kernel_name: str, wanted: Specification, **kwargs: Any
    ) -> NotebookNode:
        """Run the cells in a fork.

        Parameters
        ----------
        nb_man : NotebookExecutionManager
            Holds the notebook.
        kernel_name : str
            As papermill found it.
        wanted : Specification
            What the fork is to be.
        **kwargs
            Of papermill's engine.

        Raises
        ------
        UnfitError
            A fork cannot be it; nothing was run.
        """
        start = {"options": list(wanted.options), "environment": wanted.environment}
        settings = {name: value for name, value in kwargs.items() if name not in NOT_THE_CLIENTS}
        for name in STARTS:
            settings.pop(name, None)
        timeout = settings.pop("execution_timeout", None) or kwargs.get("timeout")
        start_timeout = settings.pop("start_timeout", 60)
        with Saves(nb_man) as saves:
            client = WarmNotebookClient(
                nb_man,
                **settings,
                kernel_name=kernel_name,
                kernel_manager_class=WarmKernel,
                config=Config({"WarmKernel": start}),
                timeout=timeout,
                startup_timeout=start_timeout,
                log=logger,
            )
            client.meanwhile = saves.catch_up
            return client.execute()


def _is_text(parts: Mapping[str, Any]) -> bool:
    return all(isinstance(part, str) for part in parts.values())
