"""What a kernel specification and papermill's arguments ask for, as far as a fork can be it.

Everything else is a reason for papermill's own engine (floor 5).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from string import Template
from typing import Any

from jupyter_client.kernelspec import KernelSpec, NoSuchKernel
from jupyter_client.manager import KernelManager

from smartlib.run.execute.warm.client import cannot_fork, interpreter_options, is_this_python

OURS = ("", "local-provisioner", "smartlib")  # provisioners whose kernels a fork can stand for
STARTS: Mapping[
    str, tuple[object, ...]
] = {  # arguments of papermill's that say how a kernel is started, and what leaves it as it is
    "extra_arguments": ([], None),
    "ipython_hist_file": (":memory:", None),
    "kernel_manager_class": (None,),
    "config": (None, {}),
    "km": (None,),
}


@dataclass(frozen=True)
class Specification:
    """How a fork is to be started.

    Attributes
    ----------
    reason : str
        Why it cannot be a fork; nothing when it can.
    options : tuple of str
        Of the interpreter.
    environment : dict of str to str
        Added to the client's.
    """

    reason: str = ""
    options: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)


def specification_of(kernel_name: str, arguments: Mapping[str, Any]) -> Specification:
    """What a kernel is to be.

    Parameters
    ----------
    kernel_name : str
        Of an installed kernel.
    arguments : mapping of str to Any
        Of papermill's engine.
    """
    odd = [name for name, plain in STARTS.items() if arguments.get(name, plain[0]) not in plain]
    if cannot_fork() or odd:
        return Specification(cannot_fork() or f"'{odd[0]}' is for a kernel of its own")
    manager = KernelManager(kernel_name=kernel_name)
    try:
        command, spec = manager.format_kernel_cmd(), manager.kernel_spec
    except NoSuchKernel:
        return Specification(f"there is no kernel '{kernel_name}'")
    if spec is None or not is_this_python(command):
        return Specification(f"'{kernel_name}' is not a kernel of this Python")
    options = interpreter_options(command) or ()
    reason = ""
    if spec.argv[len(options) + 3 :] != ["-f", "{connection_file}"]:
        reason = f"'{kernel_name}' gives ipykernel options of its own"
    elif (provisioner := _provisioner(spec)) not in OURS:
        reason = f"the kernels of '{kernel_name}' are started by '{provisioner}'"
    return Specification(reason, options, _environment(spec))


def _provisioner(spec: KernelSpec) -> str:
    stanza = spec.metadata.get("kernel_provisioner") or {}
    default = os.environ.get("JUPYTER_DEFAULT_PROVISIONER_NAME", "")
    return str(stanza.get("provisioner_name", default))


def _environment(spec: KernelSpec) -> dict[str, str]:
    """As `jupyter_client` makes it, which has no public door to it."""
    return {name: Template(text).safe_substitute(os.environ) for name, text in spec.env.items()}
