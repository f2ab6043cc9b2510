"""The same bytes from another folder, Python, locale, time zone, hash seed, umask, number of jobs.

`make reproduce`. Clones the commit into two folders and builds in each. Another Python, with
smartlib and what it needs installed for it, makes the second where it is named:
`make reproduce ARGS="--python PYTHON"`; its code is the clone's all the same. `--keep FOLDER`
leaves both there. Other arguments go to `smartlib build`.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Once: the checkout may move on while the first is built.
COMMIT = subprocess.run(
    ["git", "-C", str(ROOT), "rev-parse", "HEAD"], capture_output=True, text=True, check=True
).stdout.strip()
OF_ONE_RUN = {"run.json", ".lock"}  # differ by what they are
ONE = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0"}
OTHER = {"LC_ALL": "POSIX", "TZ": "Asia/Jayapura", "PYTHONHASHSEED": "4242"}


def built(folder: Path, how: tuple[str, int, int], around: dict[str, str], words: list[str]):
    """Clone, build with a Python, jobs and an umask, and hash all that the build left."""
    python, jobs, mask = how
    former = os.umask(mask)
    subprocess.run(["git", "clone", "--quiet", "--no-checkout", str(ROOT), str(folder)], check=True)
    subprocess.run(["git", "-C", str(folder), "checkout", "--quiet", COMMIT], check=True)
    settings = {**os.environ, **around, "PYTHONPATH": str(folder)}
    settings.pop("SMARTLIB_HOME", None)
    command = [python, "-m", "smartlib", "build", "--jobs", str(jobs), *words]
    subprocess.run(command, cwd=folder, env=settings, check=True)
    os.umask(former)
    rooms = (folder / "reports", folder / "data" / "processed")
    files = [p for room in rooms for p in sorted(room.rglob("*")) if p.is_file()]
    kept = [path for path in files if path.name not in OF_ONE_RUN]
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in kept
    }


def main(arguments: list[str]) -> int:
    """Build twice and compare; 1 if anything differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python", default=sys.executable, help="of the second build")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="leave both builds there")
    own, words = parser.parse_known_args(arguments)
    if own.keep:
        own.keep.mkdir(parents=True)
    scratch = tempfile.TemporaryDirectory(prefix="smartlib-reproduce-")
    with nullcontext(own.keep) if own.keep else scratch as place:
        one = built(Path(place, "one"), (sys.executable, 1, 0o022), ONE, words)
        second = Path(place, "another folder, with spaces")
        other = built(second, (own.python, 2, 0o077), OTHER, words)
    names = sorted(one.keys() | other.keys())
    differing = [name for name in names if one.get(name) != other.get(name)]
    for name in differing:
        print(f"differs: {name}")
    print(f"Commit {COMMIT}; Python {version_of(sys.executable)} and {version_of(own.python)}.")
    ran = os.times()
    print(f"{ran.children_user + ran.children_system:.0f} processor seconds.")
    print(f"{len(names)} files compared, manifest and crate among them: {len(differing)} differ")
    return 1 if differing else 0


def version_of(python: str) -> str:
    """Of an interpreter."""
    code = "import platform; print(platform.python_version())"
    ran = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True)
    return ran.stdout.strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
