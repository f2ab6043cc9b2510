"""The parts of the table that have a target."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from benchmarks.bench import ALL, JOBS, REPORTS, SOME, Bench, codes_of, scratch
from benchmarks.memory import peak
from benchmarks.rows import Part, Row, Target, times_slower
from benchmarks.simulated import simulated_country, spread
from benchmarks.ways import (
    PROVISIONER,
    build_arguments,
    by_our_engine,
    by_papermill,
    by_papermill_and_nbconvert,
    medians,
    note,
    pooled,
    ran,
    seconds_each,
)
from smartlib.run.build.build import ready
from smartlib.run.execute.engine import KERNEL_ENVIRONMENT
from smartlib.run.plan.plan import NOTEBOOKS

FLOOR = Path(__file__).with_name("floor.py")
EARLY = ("-p", "smartlib.run.execute.early")  # as `make test` does
LONG = 2  # rounds of builds whose figure is itself a mean over hundreds of reports


def warm(bench: Bench) -> Part:
    """One notebook at a time, both engines called through papermill."""
    tasks = bench.some(bench.sample)
    stock, ours = "papermill", "papermill --engine smartlib"
    with scratch() as folder:
        by_papermill(tasks[0], folder, "smartlib")  # starts the server
        seconds = medians(
            {
                stock: lambda: seconds_each(lambda t: by_papermill(t, folder), tasks),
                ours: lambda: seconds_each(lambda t: by_papermill(t, folder, "smartlib"), tasks),
            },
            bench.rounds,
        )
    title = f"One notebook at a time, warm, no pages ({len(tasks)} regions)"
    return Part(title, times_slower(seconds, ours, {stock: 8}))


def everything(bench: Bench) -> Part:
    """All regions, notebooks and pages."""
    tasks, every = bench.some(bench.sample), bench.some(len(bench.tasks))
    loop, pool = (f"papermill and nbconvert, {how}" for how in ("one at a time", f"pool of {JOBS}"))
    ours = f"smartlib build --jobs {JOBS}, its start-up included"
    with scratch() as folder:
        seconds = medians(
            {
                loop: lambda: seconds_each(lambda t: by_papermill_and_nbconvert(t, folder), tasks),
                pool: lambda: pooled(tasks, folder, JOBS),
                ours: lambda: built(bench.folders.root, codes_of(every), folder),
            },
            bench.rounds,
        )
    title = f"All {len(every)} regions, notebooks and pages"
    sampled = len(tasks) < len(every)
    notes = [f"papermill and nbconvert made {len(tasks)} of the reports."] if sampled else []
    return Part(title, times_slower(seconds, ours, {loop: 12, pool: 6}), notes)


def built(root: Path, codes: Sequence[str], folder: Path) -> float:
    """Seconds a report of the command, from its start to its end."""
    arguments = build_arguments(codes, folder / "reports", "--force", "--jobs", str(JOBS))
    return ran(arguments, root).seconds / len(codes)


def floor(bench: Bench) -> Part:
    """The cells alone, and our engine around them."""
    tasks = bench.some(SOME)
    program = [str(FLOOR), str(bench.notebook), str(JOBS), *codes_of(tasks)]
    bare, ours = "the cells as a plain function, preloaded forks", "our engine, over that floor"
    alone = partial(ran, program, bench.folders.root, **KERNEL_ENVIRONMENT)
    by_our_engine(tasks[:1], 1)  # starts the server
    seconds = medians(
        {
            bare: lambda: float(alone().printed) / len(tasks),
            ours: lambda: by_our_engine(tasks, JOBS),
        },
        bench.rounds,
    )
    ratio = seconds[ours] / seconds[bare]
    rows = [Row(bare, seconds[bare]), Row(ours, seconds[ours], ratio=ratio, target=Target(1.3))]
    return Part(f"Above the floor, no pages, {JOBS} at a time ({len(tasks)} regions)", rows)


def growth(bench: Bench) -> Part:
    """Builds of simulated countries, and a second build of the larger."""
    with scratch() as folder:
        countries = [simulated_country(folder, count) for count in (SOME, ALL)]
        few, many = (spread(codes_of(ready(REPORTS, made).tasks), bench.most) for made in countries)
        small, large = (f"smartlib build, country of {count} regions" for count in (SOME, ALL))
        large += ", over the former"
        seconds = medians(
            {
                small: lambda: built(countries[0].root, few, folder / "few"),
                large: lambda: built(countries[1].root, many, folder / "many"),
            },
            min(bench.rounds, LONG),
        )
        again = second_build(countries[1].root, many, folder / "many" / "reports", bench.rounds)
    ratio = seconds[large] / seconds[small]
    rows = [
        Row(small, seconds[small]),
        Row(large, seconds[large], ratio=ratio, target=Target(1.15)),
        Row(f"nothing due of {len(many)}, less Python's start-up", again, "s", target=Target(1)),
    ]
    return Part(f"Growth of a simulated country, {JOBS} at a time", rows)


def second_build(root: Path, codes: Sequence[str], reports: Path, rounds: int) -> float:
    """Seconds of a build that finds every report fresh, beyond an empty program's.

    Raises
    ------
    SystemExit
        It made a report.
    """
    arguments = build_arguments(codes, reports, "--jobs", str(JOBS))

    def again() -> float:
        build = ran(arguments, root)
        if f" 0 made, {len(codes)} kept" not in build.printed:
            raise SystemExit(f"A second build was to make nothing:\n{build.printed}")
        return build.seconds

    second, empty = "a second build", "an empty program"
    seconds = medians({second: again, empty: lambda: ran(["-c", "pass"], root).seconds}, rounds)
    return seconds[second] - seconds[empty]


def memory(bench: Bench) -> Part:
    """The process tree of a build."""
    codes = codes_of(bench.some(SOME))
    note(f"memory of a build of {len(codes)} regions")
    with scratch() as folder:
        arguments = build_arguments(codes, folder, "--force", "--jobs", str(JOBS))
        most = peak(arguments, bench.folders.root)
    rows = [
        Row("peak, shared pages counted once (PSS)", most.proportional, "MB", target=Target(700)),
        Row("peak, shared pages counted for each process (RSS)", most.resident, "MB"),
    ]
    return Part(f"smartlib build --jobs {JOBS} and all its processes", rows)


def nbval(bench: Bench) -> Part:
    """The notebooks against their saved outputs."""
    arguments = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbval", "notebooks"]
    root, stock, ours = bench.folders.root, "stock kernels", "warm kernels"
    seconds = medians(
        {
            stock: lambda: ran(arguments, root).seconds,
            ours: lambda: ran([*arguments, *EARLY], root, **{PROVISIONER: "smartlib"}).seconds,
        },
        bench.rounds,
    )
    rows = times_slower(seconds, ours, {stock: 2}, unit="s")
    return Part(f"pytest --nbval, {len(NOTEBOOKS)} notebooks, start-up included", rows)
