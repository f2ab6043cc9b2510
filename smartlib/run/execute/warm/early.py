"""Starts the warm server when imported, as a plugin: `pytest -p smartlib.run.execute.warm.early`.

The server then loads while pytest does, and the first notebook does not wait for it.
"""

from pathlib import Path

from smartlib.run.execute.warm.client import warm_up

warm_up(Path.cwd())
