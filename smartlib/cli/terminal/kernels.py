"""Kernels where notebooks are installed (floor 6)."""

from __future__ import annotations

from pathlib import Path

from smartlib.vocabulary.extras import extra_with


def warm_if_installed(root: Path) -> None:
    """Start a warm server for the notebooks to come; nothing where none can be run.

    Parameters
    ----------
    root : Path
        Of the checkout.

    Raises
    ------
    ModuleNotFoundError
        Something lacks that no extra brings.
    """
    try:
        from smartlib.run.execute.warm.client import warm_up  # noqa: PLC0415 help starts at once
    except ModuleNotFoundError as error:
        if not extra_with(error.name):
            raise
        return
    warm_up(root)
