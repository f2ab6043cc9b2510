"""Multiverses for tests: a simulated one of any size, and that of the real rows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from smartlib.data.processed import Tables
from smartlib.inference.curve.multiverse import Multiverse, factor_vintages
from smartlib.inference.curve.recipes import Recipe, build_indices, recipes
from smartlib.vocabulary.records import Scheme

JAVA = ("31", "32", "33", "34", "35", "36")  # provinces, as codes of regions start
YEARS = (2021, 2022, 2023, 2024)
PURGED = ((), ("outcome",), ("output", "outcome"))


def made(sizes: Sequence[int], *, slope: float = 0.0, seed: int = 0, **changes) -> Multiverse:
    """Simulated: clusters of these sizes, two outcomes, two years, a missing value, two samples."""
    rng = np.random.default_rng(seed)
    n = sum(sizes)
    rows = pd.Index([f"r{number}" for number in range(n)])
    clusters = pd.Series(np.repeat([f"c{g}" for g in range(len(sizes))], sizes), index=rows)
    z, shared = rng.normal(size=n), rng.normal(size=(n, 2))
    vintages = {
        year: pd.DataFrame({"x": 0.5 * z + shared[:, 0] + noise, "z": z}, index=rows)
        for year, noise in (("one", 0.0), ("two", 0.2 * rng.normal(size=n)))
    }
    vintages["two"].loc[rows[1], "x"] = np.nan
    y = slope * vintages["one"]["x"].to_numpy() + z + shared[:, 1]
    chosen = tuple(Recipe("harmonised", aggregation=a) for a in ("arithmetic", "geometric"))
    values = np.column_stack([y, y + 0.3 * rng.normal(size=n)])
    parts = {
        "focal": "x",
        "recipes": chosen,
        "outcomes": pd.DataFrame(values, index=rows, columns=[r.name for r in chosen]),
        "vintages": vintages,
        "samples": pd.DataFrame({"all": True, "without last": [True] * (n - 1) + [False]}, rows),
        "clusters": clusters,
    }
    return Multiverse(**(parts | changes))


def real(scores: pd.DataFrame, tables: Tables, scheme: Scheme, purged=PURGED) -> Multiverse:
    """The known rows of 2024, own-source share from four fiscal years, five samples."""
    dummies = pd.DataFrame(
        {"kota": 1.0 * (scores["kind"] == "kota"), "kppn_ikn": 1.0 * (scores["track"] != "regular")}
    )
    samples = pd.DataFrame(
        {
            "all": True,
            "without Java": ~scores.index.str[:2].isin(JAVA),
            "without Bali": scores["province"] != "Bali",
            "regular track": scores["track"] == "regular",
            "kabupaten": scores["kind"] == "kabupaten",
        },
        index=scores.index,
    )
    chosen = recipes(purged)
    return Multiverse(
        focal="own_source_share",
        recipes=chosen,
        outcomes=build_indices(scores, scheme, chosen),
        vintages=factor_vintages(
            tables.factors, dummies, focal="own_source_share", years=YEARS, stock_year=2024
        ),
        samples=samples,
        clusters=scores["province"],
    )
