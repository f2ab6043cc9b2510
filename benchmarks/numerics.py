"""The parts of the table on ranks, scenarios and the bootstrap, beside what NumPy alone takes."""

from __future__ import annotations

from functools import partial

import numpy as np

from benchmarks.bench import Bench
from benchmarks.inference import timed
from benchmarks.rows import Part, Row, Target
from benchmarks.simulated import YEAR
from benchmarks.ways import medians
from smartlib.data.load import load_year
from smartlib.data.processed import read_tables
from smartlib.index import draw_scenarios, rank_confidence_sets, scenario_ranks
from smartlib.inference.core.least_squares import least_squares
from smartlib.inference.core.wild_bootstrap import wild_bootstrap

ERROR, DRAWS, SCENARIOS, REPLICATES = 0.14, 2000, 10_000, 9999


def numerics(bench: Bench) -> Part:
    """What a build computes once, and what a referee asks for."""
    scores = read_tables(bench.folders).scores.set_index("region_code")
    scheme = load_year(YEAR, bench.folders).scheme
    index, marks = scores["published_index"], scores[list(scheme.common.weights)]
    scenarios = draw_scenarios(scheme.common.weights, SCENARIOS)
    fit = least_squares(
        np.column_stack([np.ones(len(index)), scores["previous_index"].fillna(index.mean())]),
        index.to_numpy(),
        ("intercept", "previous_index"),
    )
    errors = np.full(len(index), ERROR)
    sets = partial(rank_confidence_sets, index, errors, draws=DRAWS)
    ways = {
        "ranks: draws and differences in NumPy": lambda: differences(len(index)),
        "ranks: confidence set of each": sets,
        "ranks: confidence sets of all at once": partial(sets, simultaneous=True),
        "methods: one matrix product and its order": lambda: order(marks.to_numpy()),
        "methods: 10,000 scenarios": partial(scenario_ranks, marks, scenarios),
        "wild cluster bootstrap, 9,999 draws with interval": lambda: wild_bootstrap(
            fit, "previous_index", scores["province"], draws=REPLICATES
        ),
    }
    limits = dict(zip(ways, (None, 3, 3, None, 1, 2), strict=True))
    seconds = medians({name: partial(timed, work) for name, work in ways.items()}, bench.rounds)
    rows = [
        Row(name, value, "s", target=Target(limits[name]) if limits[name] else None)
        for name, value in seconds.items()
    ]
    return Part(f"Numbers behind the reports ({len(index)} regions)", rows)


def differences(regions: int) -> None:
    """Largest standardised difference of all pairs in each draw, and nothing else."""
    rng = np.random.default_rng(0)
    for draw in rng.normal(size=(DRAWS, regions)):
        np.abs(draw[:, None] - draw).max()


def order(marks: np.ndarray) -> None:
    """Ranks of as many weighted sums, without ties."""
    weights = np.random.default_rng(0).dirichlet(np.ones(marks.shape[1]), SCENARIOS)
    np.argsort(weights @ marks.T, axis=1)
