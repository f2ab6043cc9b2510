"""ploomber-engine on one notebook: seconds of the first run in a process, and of a second.

A program of its own, since ploomber-engine runs the cells inside the calling process; the
second run finds what the first imported. `python with_ploomber.py NOTEBOOK OUTPUT`.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from ploomber_engine import execute_notebook


def main(notebook: Path, output: Path) -> None:
    """Run the notebook twice and print the wall times."""
    os.chdir(notebook.parent)  # its `cwd` is only put on the import path
    for _ in range(2):
        began = time.perf_counter()
        execute_notebook(notebook, output, progress_bar=False)
        print(time.perf_counter() - began)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
