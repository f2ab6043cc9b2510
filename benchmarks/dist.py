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
TABLE, FACTOR = "my_table.csv", "my_factor"  # of `init --minimal`
USES = (
    ("regions", "badung"),
    ("check",),
    ("factors", "budget"),
    ("fit", FORMULA),
    ("frame", "own_source_share population", "--to", "frame.csv"),
    ("describe", "own_source_share population"),
    ("init", "mine"),
    ("init", "--minimal", "study"),
)
# What the README that `init --minimal` lays says, and a table of scores of one's own.
STUDY = (
    ("read", TABLE),
    ("fit", f"harmonised_index ~ {FACTOR} + kota", "--factors", TABLE),
    ("check", "../mine/data/raw/2024/scores.csv"),
)
READS = "from smartlib import read_tables as r; assert len(r().scores) > 100"


def run(*command: str, cwd: Path = ROOT) -> None:
    """Run a command and show it; what fails ends all."""
    print("$", " ".join(command), flush=True)
    subprocess.run(command, cwd=cwd, check=True)


def fill(table: Path) -> None:
    """Give each row of the table that was laid a number of its own."""
    head, *rows = table.read_text(encoding="utf-8").splitlines()
    numbered = [f"{row}{place * 7 % 31}" for place, row in enumerate(rows)]
    table.write_text("\n".join([head, *numbered]) + "\n", encoding="utf-8")


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
        python, smartlib = str(room / "python"), str(room / "smartlib")
        for words in USES:
            run(smartlib, *words, cwd=place)
        run(python, "-c", READS, cwd=place)
        fill(place / "study" / TABLE)
        for words in STUDY:
            run(smartlib, *words, cwd=place / "study")
    for path in made:
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1e6:.2f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
