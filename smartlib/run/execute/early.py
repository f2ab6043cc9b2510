"""A plugin that starts the warm server: `pytest -p smartlib.run.execute.early`.

The server then loads while pytest does, and the first notebook does not wait for it.
"""

from pathlib import Path

from smartlib.run.execute.warm.client import warm_up


def pytest_addoption() -> None:
    """Start it in the first of pytest's hooks, which is called as soon as the plugin is known."""
    warm_up(Path.cwd())
