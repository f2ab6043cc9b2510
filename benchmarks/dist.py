"""Wheel and sdist, checked as an index would, then installed in a clean environment and used.

`make dist`. The environment gets the base alone, from the wheel; it asks the registry that pip is
set up with for what the base needs.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "dist"
FORMULA = "harmonised_index ~ own_source_share + kota"
USES = (("regions", "badung"), ("check",), ("fit", FORMULA), ("init", "mine"))


def run(*command: str, cwd: Path = ROOT) -> None:
    """Run a command and show it; what fails ends all."""
    print("$", " ".join(command), flush=True)
    subprocess.run(command, cwd=cwd, check=True)


def main() -> int:
    """Build, check, install, use; the exit code."""
    shutil.rmtree(DIST, ignore_errors=True)
    run(sys.executable, "-m", "hatchling", "build", "-d", str(DIST))
    made = sorted(DIST.iterdir())
    run(sys.executable, "-m", "twine", "check", "--strict", *map(str, made))
    (wheel,) = DIST.glob("*.whl")
    with tempfile.TemporaryDirectory(prefix="smartlib-dist-") as scratch:
        place = Path(scratch)
        venv.create(place / "env", with_pip=True)
        room = place / "env" / ("Scripts" if sys.platform == "win32" else "bin")
        run(str(room / "python"), "-m", "pip", "install", "--quiet", str(wheel))
        for words in USES:
            run(str(room / "smartlib"), *words, cwd=place)
    for path in made:
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1e6:.2f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
