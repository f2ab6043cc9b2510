"""The part of the table on specification curves: as many fits at once as a loop does in turn."""

from __future__ import annotations

import time
from itertools import combinations

import numpy as np
import pandas as pd

from benchmarks.bench import Bench
from benchmarks.rows import Part, Row, Target, times_slower
from benchmarks.simulated import YEAR, spread
from benchmarks.ways import medians
from smartlib.data.load import load_year
from smartlib.inference.curve.curve import run_specifications
from smartlib.inference.curve.multiverse import Multiverse, factor_vintages
from smartlib.inference.curve.null import permutation_test
from smartlib.inference.curve.recipes import build_indices, recipes
from smartlib.inference.curve.specification import Plan, Specification, plan_specifications
from smartlib.run.plan.prepare import processed_tables

FOCAL, CONTROLS = "own_source_share", ("kota", "log_population", "log_grdp_per_capita")
YEARS = (2021, 2022, 2023, 2024)
KINDS = ("hc3", "cr1")  # which statsmodels has too
LOOPED = 200  # specifications that the loop fits
DRAWS = 500


def curve(bench: Bench) -> Part:
    """Specification curves of the real rows, and their null."""
    multiverse = real_multiverse(bench)
    sets = [chosen for size in range(4) for chosen in combinations(CONTROLS, size)]
    plan = plan_specifications(multiverse, sets, covariances=KINDS)
    sample = spread(plan.specifications, LOOPED)
    loop, ours = "statsmodels in a loop", "one decomposition for all indices, its plan included"
    seconds = medians(
        {
            loop: lambda: 1000 * timed(lambda: [by_statsmodels(plan, s) for s in sample]) / LOOPED,
            ours: lambda: 1000 * timed(lambda: planned_and_run(multiverse, sets)) / len(plan),
        },
        bench.rounds,
    )
    drawn = timed(lambda: permutation_test(plan, draws=DRAWS))
    rows = [
        *times_slower(seconds, ours, {loop: 10}, "ms a fit"),
        Row("5,000 of them", 5 * seconds[ours], "s", target=Target(5)),
        Row(f"{DRAWS} shuffles of all {len(plan)}", drawn, "s"),
    ]
    return Part(f"Specification curve ({len(plan)} specifications)", rows)


def planned_and_run(multiverse: Multiverse, sets: list[tuple[str, ...]]) -> None:
    """Plan and run."""
    run_specifications(plan_specifications(multiverse, sets, covariances=KINDS))


def real_multiverse(bench: Bench) -> Multiverse:
    """Own-source share in four fiscal years, 51 indices, three samples."""
    evaluation = load_year(YEAR, bench.folders)
    tables = processed_tables([evaluation], bench.folders)
    scores = tables.scores.set_index("region_code")
    chosen = recipes([(), ("outcome",), ("output", "outcome")])
    kota = pd.DataFrame({"kota": 1.0 * (scores["kind"] == "kota")})
    samples = {"all": True, "without Bali": scores["province"] != "Bali"}
    return Multiverse(
        focal=FOCAL,
        recipes=chosen,
        outcomes=build_indices(scores, evaluation.scheme, chosen),
        vintages=factor_vintages(tables.factors, kota, focal=FOCAL, years=YEARS, stock_year=YEAR),
        samples=pd.DataFrame(samples | {"regular": scores["track"] == "regular"}, scores.index),
        clusters=scores["province"],
    )


def by_statsmodels(plan: Plan, chosen: Specification) -> float:
    """One fit as one would write it; returns the standard error."""
    from statsmodels.regression.linear_model import OLS  # noqa: PLC0415

    source = plan.multiverse
    table = source.vintages[chosen.vintage][[FOCAL, *chosen.controls]]
    rows = table[source.samples[chosen.sample]].dropna()
    model = OLS(source.outcomes.loc[rows.index, chosen.recipe.name], rows.assign(one=1.0))
    if chosen.covariance == "cr1":
        groups = np.unique(source.clusters[rows.index], return_inverse=True)[1]
        fit = model.fit(cov_type="cluster", cov_kwds={"groups": groups})
    else:
        fit = model.fit(cov_type="HC3")
    return float(fit.bse[FOCAL])


def timed(work) -> float:
    """Seconds of some work."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
