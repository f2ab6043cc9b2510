"""Starts the warm server when imported: `pytest -p smartlib.run.warm.early --nbval notebooks`.

The server then loads while pytest does, and the first notebook does not wait for it.
"""

from pathlib import Path

from smartlib.run.warm.client import warm_up

warm_up(Path.cwd())
