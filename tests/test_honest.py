"""Years before selection, and bounds for trends that were not parallel, against published ones."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT

from smartlib.inference.outcomes.contrast import compare
from smartlib.inference.outcomes.honest import relative, smooth
from smartlib.inference.outcomes.paths import Path, path, pre_trend
from smartlib.vocabulary.errors import DataError

FIRST = np.array([1.0, 0.0])  # the first year after, as the published example takes it


@pytest.fixture(scope="module")
def medicaid() -> Path:
    """Medicaid expansions of 2014, the example of R's HonestDiD: clustered by state, fixest's
    factor for a small sample.
    """
    table = pd.read_csv(ROOT / "tests/reference/medicaid.csv", index_col="stfips")
    group = table.pop("expanded")
    wide = table.rename(columns=int)
    moved = wide.drop(columns=2013).sub(wide[2013], axis=0)
    means = moved.groupby(group).mean()
    centred = moved - means.loc[group].to_numpy()
    parts = [centred[group == g].to_numpy() / (group == g).sum() for g in (0, 1)]
    states, rows = len(table), 8 * len(table)
    small = states / (states - 1) * (rows - 1) / (rows - 15)
    matrix = small * sum(part.T @ part for part in parts)
    estimates = (means.loc[1] - means.loc[0]).to_numpy()
    return Path(tuple(moved), 2013, estimates, matrix, float(states - 1), states)


@pytest.mark.parametrize(
    ("m", "low", "high"),
    [(0.5, 0.0240, 0.0672), (1, 0.0170, 0.0720), (1.5, 0.00824, 0.0797), (2, -0.000916, 0.0881)],
)
def test_published_bounds_by_relative_magnitudes(
    medicaid: Path, m: float, low: float, high: float
) -> None:
    """R's HonestDiD, README, C-LF: to the steps of the two grids (0.0005 together)."""
    found = relative(medicaid, m, weights=FIRST)
    assert [found.low, found.high] == pytest.approx([low, high], abs=5e-4)


@pytest.mark.parametrize(
    ("m", "low", "high"),
    [(0, 0.0259, 0.0607), (0.01, 0.0132, 0.0787), (0.02, 0.00286, 0.0907), (0.05, -0.0271, 0.121)],
)
def test_published_bounds_by_smoothness(medicaid: Path, m: float, low: float, high: float) -> None:
    """R's HonestDiD, README, FLCI: the library's agree to what is printed."""
    pytest.importorskip("diff_diff")
    found = smooth(medicaid, m, weights=FIRST)
    assert [found.low, found.high] == pytest.approx([low, high], abs=4e-4)


def test_the_librarys_relative_magnitudes_are_too_narrow(medicaid: Path) -> None:
    """Why they are made here: at twice the largest step the library leaves out 0, R does not."""
    diff_diff = pytest.importorskip("diff_diff")
    from smartlib.inference.outcomes.honest import _as_library

    its = diff_diff.HonestDiD(method="relative_magnitude", l_vec=FIRST)
    assert its.fit(_as_library(medicaid), M=2).ci_lb > 0.01
    assert relative(medicaid, 2, weights=FIRST).low < 0


def test_bounds_grow_with_what_is_allowed(medicaid: Path) -> None:
    """Each interval of a larger m holds that of a smaller."""
    found = [relative(medicaid, m) for m in (0, 0.5, 1, 2)]
    assert all(a.low >= b.low and a.high <= b.high for a, b in pairwise(found))


def made(rng: np.random.Generator, slope: float, step: float = 0.0) -> pd.DataFrame:
    """A simulated panel: 200 regions, 60 diverge by `slope` a year and `step` after."""
    years = np.arange(2010, 2020)
    noise = rng.normal(scale=0.02, size=(200, 10))
    wide = rng.normal(size=(200, 1)) + 0.05 * (years - 2010) + noise
    wide[:60] += slope * (years - 2016) + step * (years > 2016)
    return pd.DataFrame(wide, [f"s{i:03d}" for i in range(200)], years)


def of(wide: pd.DataFrame) -> Path:
    province = pd.Series([f"p{i % 20}" for i in range(200)], wide.index)
    groups = (wide.index[:60], wide.index[60:])
    return path(wide, 2016, range(2010, 2020), groups, province)


def test_a_path_is_the_difference_of_means_by_year() -> None:
    """Estimates by hand; the covariance's diagonal is that of each year by itself, and a sum's
    variance is that of the sum.
    """
    wide = made(np.random.default_rng(2), 0.0, 0.05)
    found = of(wide)
    moved = wide.sub(wide[2016], axis=0)
    by_hand = moved.iloc[:60].mean() - moved.iloc[60:].mean()
    assert found.estimates == pytest.approx(by_hand.drop(2016).to_numpy())
    assert found.before == 6
    province = pd.Series([f"p{i % 20}" for i in range(200)], wide.index)
    one, both = (
        compare(change, wide.index[:60], wide.index[60:], province).estimate()
        for change in (moved[2018], moved[2018] + moved[2012])
    )
    errors, i, j = found.standard_errors, found.years.index(2018), found.years.index(2012)
    assert errors[i] == pytest.approx(one.standard_error)
    assert found.degrees_of_freedom == pytest.approx(one.degrees_of_freedom)
    together = errors[i] ** 2 + errors[j] ** 2 + 2 * found.covariance[i, j]
    assert together == pytest.approx(both.standard_error**2)
    assert np.linalg.eigvalsh(found.covariance).min() > 0
    table = found.table().set_index("year")
    assert table.loc[2016].tolist() == [0, 0, 0]
    assert table.loc[2018, "estimate"] == pytest.approx(0.05, abs=0.01)


def test_non_parallel_trends_are_caught() -> None:
    """Simulated: without divergence the test is silent, with one beyond the detectable slope it
    rejects, and the bounds hold the truth (0) where the plain interval does not.
    """
    flat, steep = (of(made(np.random.default_rng(3), slope)) for slope in (0.0, 0.01))
    assert pre_trend(flat).p_value > 0.05
    told = pre_trend(steep)
    assert told.p_value < 0.01
    assert 0 < told.slopes[0] < told.slopes[1] < 0.01
    assert told.biases[1] == pytest.approx(2 * told.slopes[1])
    plain, honest = relative(steep, 0), relative(steep, 2)
    assert plain.low > 0 > honest.low


def test_the_detectable_slope_is_detected_as_often_as_it_says() -> None:
    """Drawn about a line of the slope of 80% with the path's own errors: four in five reject."""
    found, rng = of(made(np.random.default_rng(4), 0.0)), np.random.default_rng(5)
    line = pre_trend(found).slopes[1] * (np.array(found.years) - found.base)
    noise = rng.multivariate_normal(np.zeros(len(line)), found.covariance, 200)
    scale = np.sqrt(rng.chisquare(found.degrees_of_freedom, 200) / found.degrees_of_freedom)
    rejected = [
        pre_trend(
            replace(found, estimates=line + draw, covariance=found.covariance * size**2),
            powers=(),
        ).p_value
        < 0.05
        for draw, size in zip(noise, scale, strict=True)
    ]
    assert np.mean(rejected) == pytest.approx(0.8, abs=0.09)  # three standard errors of 200 draws


def test_years_with_a_gap_are_refused() -> None:
    """The bounds are built on consecutive years."""
    wide = made(np.random.default_rng(5), 0.0).drop(columns=2014)
    province = pd.Series([f"p{i % 20}" for i in range(200)], wide.index)
    years = [year for year in range(2010, 2020) if year != 2014]
    found = path(wide, 2016, years, (wide.index[:60], wide.index[60:]), province)
    with pytest.raises(DataError, match="consecutive years on both sides of 2016"):
        relative(found, 1)
