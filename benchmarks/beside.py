"""Other programs on one notebook, for information: what they take, and what they show."""

from __future__ import annotations

import importlib.util
import statistics
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat

from benchmarks.bench import Bench, scratch
from benchmarks.outputs import differences, write_everyday
from benchmarks.rows import Part, Row
from benchmarks.ways import medians, note, ran

STOCK, OURS = "papermill", "papermill --engine smartlib"
NBCONVERT, PLOOMBER = "nbconvert --execute", "ploomber-engine"
SCRIPT = Path(__file__).with_name("with_ploomber.py")
QUIET = {"PLOOMBER_STATS_ENABLED": "false"}  # it must not tell its makers


def _papermill(source: Path, target: Path) -> list[str]:
    here = ["--cwd", str(source.parent), "--no-progress-bar"]
    return ["-m", "papermill", *here, str(source), str(target)]


def _ours(source: Path, target: Path) -> list[str]:
    return [*_papermill(source, target), "--engine", "smartlib"]


def _nbconvert(source: Path, target: Path) -> list[str]:
    kind = {".ipynb": "notebook", ".html": "html"}[target.suffix]
    place = ["--output-dir", str(target.parent), "--output", target.name]
    return ["-m", "nbconvert", "--execute", "--to", kind, *place, str(source)]


def _ploomber(source: Path, target: Path) -> list[str]:
    return [str(SCRIPT), str(source), str(target)]


Arguments = Callable[[Path, Path], list[str]]
PROGRAMS: dict[str, Arguments] = {
    STOCK: _papermill,
    OURS: _ours,
    NBCONVERT: _nbconvert,
    PLOOMBER: _ploomber,
}


def programs() -> dict[str, Arguments]:
    """Those that are installed."""
    lacking = importlib.util.find_spec("ploomber_engine") is None
    return {k: v for k, v in PROGRAMS.items() if not (lacking and k == PLOOMBER)}


def beside(bench: Bench) -> Part:
    """Every program on the region report with its defaults, since nbconvert takes no others."""
    at_hand = programs()
    with scratch() as folder:
        notes = [f"{name} is not installed." for name in PROGRAMS if name not in at_hand]
        everyday = folder / "everyday.ipynb"
        write_everyday(everyday)
        rows = [*_commands(bench, folder)]
        rows += _ploomber_rows(bench, folder) if PLOOMBER in at_hand else []
        for source in (bench.notebook, everyday):
            notes += _outputs_apart(source, folder)
    return Part("One notebook with its defaults, a process each", rows, notes)


def _commands(bench: Bench, folder: Path) -> Iterator[Row]:
    commands = {
        f"{STOCK}, notebook": _papermill(bench.notebook, folder / "timed.ipynb"),
        f"{OURS}, notebook": _ours(bench.notebook, folder / "timed.ipynb"),
        f"{NBCONVERT}, page": _nbconvert(bench.notebook, folder / "timed.html"),
    }

    def way(arguments: list[str]) -> Callable[[], float]:
        return lambda: ran(arguments, bench.folders.root).seconds

    seconds = medians({name: way(command) for name, command in commands.items()}, bench.rounds)
    return (Row(name, figure, "s") for name, figure in seconds.items())


def _ploomber_rows(bench: Bench, folder: Path) -> list[Row]:
    """A process's first notebook, and a later one: it runs them inside the calling process."""
    program, times = _ploomber(bench.notebook, folder / "timed.ipynb"), []
    for number in range(1, bench.rounds + 1):
        note(f"round {number} of {bench.rounds}: {PLOOMBER}")
        printed = ran(program, bench.folders.root, **QUIET).printed
        times.append([float(line) for line in printed.split()])
    first, later = (statistics.median(column) for column in zip(*times, strict=True))
    return [
        Row(f"{PLOOMBER}, its process's first notebook", first, "s"),
        Row(f"{PLOOMBER}, a later one, imports and state kept", later, "s"),
    ]


def _outputs_apart(source: Path, folder: Path) -> Iterator[str]:
    """How each program's notebook differs from papermill's own."""
    nodes = {}
    for name, arguments in programs().items():
        note(f"{name} on {source.name}")
        target = folder / f"{name}.ipynb"
        ran(arguments(source, target), source.parent, **QUIET)
        nodes[name] = nbformat.read(target, as_version=4)
    for name, node in nodes.items():
        if name != STOCK:
            found = differences(nodes[STOCK], node)
            listed = "; ".join(
                kind + " of " + ", ".join(f"'{cell}'" for cell in cells)
                for kind, cells in found.items()
            )
            yield f"{source.stem} by {name} differs from {STOCK}'s in: {listed or 'nothing'}."
