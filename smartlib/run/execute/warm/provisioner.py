"""A kernel provisioner on the warm server, for JupyterLab, nbval and every other client.

Chosen by the environment variable `JUPYTER_DEFAULT_PROVISIONER_NAME=smartlib`, or by a
kernel specification's metadata.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner

from smartlib.run.execute.warm.client import Order, cannot_fork, is_this_python, warm_server


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
        if cannot_fork() or not is_this_python(cmd):
            return await super().launch_kernel(cmd, **kwargs)
        self.cwd = kwargs.get("cwd") or Path.cwd()
        order = Order(str(self.cwd), dict(kwargs.get("env") or os.environ), cmd)
        self.process = warm_server(Path(self.cwd)).fork(order)
        return self.connection_info
