"""The table of `make bench`: every way on the project's own notebooks, in one run.

The ways of a part take turns, and medians of the rounds are compared, so that a busy
machine slows all of them: the ratios are the result, the seconds are of this machine.
Everything happens in copies of the checkout; its reports are not touched.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

from benchmarks.bench import ALL, Bench, scratch
from benchmarks.beside import beside
from benchmarks.inference import curve
from benchmarks.numerics import numerics
from benchmarks.parts import everything, floor, growth, memory, nbval, warm
from benchmarks.rows import Part, table

VERSIONS = ("papermill", "nbclient", "nbconvert", "ipykernel", "nbval")
PARTS: dict[str, Callable[[Bench], Part]] = {
    "warm": warm,
    "all": everything,
    "floor": floor,
    "growth": growth,
    "memory": memory,
    "nbval": nbval,
    "beside": beside,
    "numerics": numerics,
    "curve": curve,
}


def options() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--regions", type=int, default=6, help="reports that slow ways make")
    parser.add_argument("--full", action="store_true", help="slow ways make all of them")
    parser.add_argument("--rounds", type=int, default=3, help="turns of each way")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="these parts")
    parser.add_argument("--most", type=int, default=ALL, help="reports of any way, for a trial")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    return parser.parse_args()


def machine() -> dict[str, str]:
    """What the figures depend on, without names or places."""
    facts = {"cores": str(os.cpu_count()), "Python": platform.python_version()}
    return facts | {name: metadata.version(name) for name in VERSIONS}


def main() -> None:
    """Measure, and print the table."""
    asked, facts = options(), machine()
    with scratch() as folder:
        sample = None if asked.full else asked.regions
        bench = Bench.prepared(folder, sample=sample, most=asked.most, rounds=asked.rounds)
        parts = [PARTS[name](bench) for name in asked.only]
    print("\n".join(table(parts)))
    known = ", ".join(f"{name} {value}" for name, value in facts.items())
    print("Ratio: times as long as ours takes, or as what the name says ours is over.")
    print(f"At most {asked.rounds} rounds; {known}.")
    if asked.json:
        figures = {"rounds": asked.rounds, "machine": facts, "parts": [p.as_dict() for p in parts]}
        asked.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
