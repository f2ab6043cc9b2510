"""Kill a build a hundred times at random, then compare its reports with an undisturbed one's.

Run it with `python tasks.py soak` (options: `--kills 100 --seed 1`). A kill is SIGKILL to the
command, to its warm server or to a notebook's process, at a random moment. After the command
itself is killed, nothing of it may be left a second later, and nothing may block the next run.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import psutil

BUILD = ("-m", "smartlib", "build", "--province", "Bali", "--province", "Banten")
COMMAND, SERVER, NOTEBOOK = "the command", "its server", "a notebook"
LONGEST_WAIT = 2.5  # seconds from the moment that there is a process to kill
POLL = 0.02  # seconds
GONE_WITHIN = 1.0  # seconds after the command's death
ENDS_WITHIN = 120.0  # seconds for a build that nobody disturbs
VOLATILE = ("run.json",)  # holds seconds


def start(folder: Path) -> psutil.Popen:
    """A build into a folder, saying nothing."""
    return psutil.Popen(
        [sys.executable, *BUILD, "--output", str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def victims(build: psutil.Popen) -> dict[str, list[psutil.Process]]:
    """Processes of a build by what they are."""
    try:
        servers = build.children()
        notebooks = [fork for server in servers for fork in server.children()]
    except psutil.NoSuchProcess:
        return {}
    kinds = {COMMAND: [build], SERVER: servers, NOTEBOOK: notebooks}
    return {kind: processes for kind, processes in kinds.items() if processes}


def dead(process: psutil.Process) -> bool:
    """Whether a process has ended; its zombie may wait for a slow init to take its exit code."""
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def kill_one(build: psutil.Popen, chance: random.Random) -> str:
    """Wait for a process of some kind, then a moment, and kill it; which kind, if it was there."""
    kind = chance.choice((COMMAND, SERVER, NOTEBOOK))
    while build.poll() is None and kind not in victims(build):
        time.sleep(POLL)
    time.sleep(chance.uniform(0, LONGEST_WAIT))
    found = victims(build).get(kind)
    if build.poll() is not None or not found:
        return ""
    family = build.children(recursive=True)
    with suppress(psutil.NoSuchProcess):  # it may have ended meanwhile
        chance.choice(found).kill()
    if kind == COMMAND:
        build.wait()
        _, left = psutil.wait_procs(family, timeout=GONE_WITHIN)
        left = [process for process in left if not dead(process)]
        if left:
            raise SystemExit(f"Left behind {GONE_WITHIN} s after the command's death: {left}")
    return kind


def contents(folder: Path) -> dict[str, bytes]:
    """All files of a reports folder that two builds have in common."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.name not in VOLATILE]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def disturbed(folder: Path, kills: int, chance: random.Random) -> Counter[str]:
    """Builds into a folder, each disturbed until it ends, with so many kills in all."""
    counts: Counter[str] = Counter()
    build = start(folder)
    while counts.total() < kills:
        kind = kill_one(build, chance)
        counts.update([kind] if kind else [])
        if build.poll() is not None:
            if not kind:  # it came to its end: take work away, so that the next has some
                shutil.rmtree(folder / "regions", ignore_errors=True)
            build = start(folder)
            print(f"\r{counts.total()} of {kills} kills", end="", file=sys.stderr, flush=True)
    build.kill()
    build.wait()
    return counts


def main() -> None:
    """Disturb, finish, compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="smartlib-soak-") as name:
        calm, stormy = Path(name) / "calm", Path(name) / "stormy"
        if start(calm).wait(ENDS_WITHIN):
            raise SystemExit("The undisturbed build failed.")
        counts = disturbed(stormy, options.kills, random.Random(options.seed))
        if start(stormy).wait(ENDS_WITHIN):
            raise SystemExit("The build after the last kill failed.")
        expected, found = contents(calm), contents(stormy)
        wrong = sorted(name for name in expected | found if expected.get(name) != found.get(name))
        print("\nkilled: " + ", ".join(f"{kind} {n}" for kind, n in sorted(counts.items())))
        if wrong:
            raise SystemExit(f"{len(wrong)} files differ: {', '.join(wrong[:10])}")
        print(f"{len(found)} files, the same bytes as those of an undisturbed build")


if __name__ == "__main__":
    main()
