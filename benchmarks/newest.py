"""Tests with the newest versions of all dependencies, deprecations of ours as errors.

`make test-newest`. Makes `.venv-newest` from `pyproject.toml` without the lock file.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv-newest"
KINDS = ("DeprecationWarning", "PendingDeprecationWarning", "FutureWarning")
OURS = r"smartlib\..*"  # what other projects deprecate among themselves is theirs to mend


def main(arguments: list[str]) -> int:
    """Make the environment, then run pytest in it; its exit code."""
    venv.create(VENV, with_pip=True, clear=True)
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    install: tuple[str, ...] = (str(python), "-m", "pip", "install", "--quiet")
    if uv := shutil.which("uv"):
        install = (uv, "pip", "install", "--quiet", "--python", str(python))
    subprocess.run([*install, "--upgrade", "-e", f"{ROOT}[dev]"], cwd=ROOT, check=True)
    # -W on the command line would escape the module; the setting takes an expression.
    lines = "\n".join(f"error::{kind}:{OURS}" for kind in KINDS)
    options = ("-o", f"filterwarnings={lines}")
    return subprocess.call([str(python), "-m", "pytest", *options, *arguments], cwd=ROOT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
