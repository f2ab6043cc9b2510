"""A kernel provisioner on the warm server, for JupyterLab, nbval and every other client.

Chosen by the environment variable `JUPYTER_DEFAULT_PROVISIONER_NAME=smartlib`, or by a
kernel specification's metadata.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner

from smartlib.run.execute.warm.client import (
    Order,
    UnfitError,
    cannot_fork,
    interpreter_options,
    is_this_python,
    warm_server,
)

STREAMS = ("stdin", "stdout", "stderr", "preexec_fn")  # of `subprocess.Popen`; a fork has its own


class SmartlibProvisioner(LocalProvisioner):
    """Forks an ipykernel of this Python from the warm server; starts any other as usual."""

    process: Any = None

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel.

        Parameters
        ----------
        cmd : list of str
            Command line that would start it.
        **kwargs
            As for `subprocess.Popen`.
        """
        if cannot_fork() or not is_this_python(cmd) or any(map(kwargs.get, STREAMS)):
            return await super().launch_kernel(cmd, **kwargs)
        self.cwd = kwargs.get("cwd") or Path.cwd()
        variables = dict(kwargs.get("env") or os.environ)
        order = Order(str(self.cwd), variables, cmd, interpreter_options(cmd) or ())
        try:
            self.process = warm_server(Path(self.cwd), order).fork(order)
            await asyncio.to_thread(self.process.await_fitness)
        except (UnfitError, OSError) as reason:
            self.log.warning("A kernel starts cold: %s.", reason)
            return await super().launch_kernel(cmd, **kwargs)
        return self.connection_info
