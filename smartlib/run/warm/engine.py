"""The papermill engine `smartlib`: papermill's own, with kernels forked from the warm server.

Papermill's client, which runs the cells and gathers their outputs, is used as it is; what
changes is the kernel manager that it is given. Papermill imports this module through its
entry point; nothing else does, since papermill must come first.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from jupyter_client.kernelspec import NoSuchKernel
from jupyter_client.manager import KernelManager
from nbformat import NotebookNode
from papermill.engines import NBClientEngine
from papermill.log import logger

from smartlib.run.warm.client import cannot_fork, is_this_python
from smartlib.run.warm.manager import WarmKernel

BETWEEN_SAVES = 2.0  # seconds


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
        reason = cannot_fork() or not_this_python(kernel_name)
        if reason:
            logger.warning("Papermill's own engine is used: %s.", reason)
        else:
            kwargs["kernel_manager_class"] = WarmKernel
        save = nb_man.save
        nb_man.save = sparing(save)
        try:
            return super().execute_managed_notebook(nb_man, kernel_name, **kwargs)
        finally:
            nb_man.save = save  # papermill saves once more at the end


def sparing(save: Callable[..., None]) -> Callable[..., None]:
    """A notebook's saving, done again only after some seconds.

    Papermill saves before and after every cell, which costs more than most warm cells do.

    Parameters
    ----------
    save : callable
        Of papermill's manager.
    """
    last = 0.0

    def spared(**kwargs: Any) -> None:
        nonlocal last
        if time.monotonic() - last > BETWEEN_SAVES:
            save(**kwargs)
            last = time.monotonic()

    return spared


def not_this_python(kernel_name: str) -> str:
    """Why a kernel is not an ipykernel of the running interpreter; nothing when it is.

    Parameters
    ----------
    kernel_name : str
        Of an installed kernel.
    """
    try:
        command = KernelManager(kernel_name=kernel_name).format_kernel_cmd()
    except NoSuchKernel:
        return f"there is no kernel '{kernel_name}'"
    return "" if is_this_python(command) else f"'{kernel_name}' is not a kernel of this Python"
