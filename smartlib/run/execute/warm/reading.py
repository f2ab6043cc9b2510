"""What IPython reads from a cell's text, kept: the same cells come in fork after fork."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

KEPT = 256  # cells


def keep_readings(shell: Any) -> None:
    """Have a shell read each text once: its transformations, and whether it ends in `;`.

    Parameters
    ----------
    shell : InteractiveShell
        As soon as a cell registers a transformer, texts are read anew.
    """
    manager, hook = shell.input_transformer_manager, shell.displayhook
    transform, before = manager.transform_cell, _steps(manager)
    keep = lru_cache(maxsize=KEPT)
    kept = keep(transform)

    def transformed(cell: str) -> str:
        return (kept if _steps(manager) == before else transform)(cell)

    manager.transform_cell = transformed
    hook.semicolon_at_end_of_expression = keep(hook.semicolon_at_end_of_expression)


def read_ahead(shell: Any, notebooks: Iterable[Path]) -> None:
    """Read cells that forks will run; nothing of them is run here.

    Parameters
    ----------
    shell : InteractiveShell
        After `keep_readings`.
    notebooks : iterable of Path
        Files whose code cells are read.
    """
    for path in notebooks:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        for source in ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"):
            read = shell.input_transformer_manager.transform_cell(source)
            shell.displayhook.semicolon_at_end_of_expression(read.rstrip("\n"))  # as history has it


def _steps(manager: Any) -> tuple[object, ...]:
    return *manager.cleanup_transforms, *manager.line_transforms, *manager.token_transformers
