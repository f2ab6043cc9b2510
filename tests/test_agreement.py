"""Agreement of two coders, against statsmodels, brute force and published extremes."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from statsmodels.stats.inter_rater import cohens_kappa as other_kappa

from smartlib.index.trust.agreement import cohens_kappa, krippendorffs_alpha, masi_distance
from smartlib.vocabulary.errors import DataError

THEMES = ("a", "b", "c", "d")


def drawn(seed: int, units: int = 60) -> tuple[list[frozenset[str]], list[frozenset[str]]]:
    rng = np.random.default_rng(seed)
    one = [frozenset(t for t in THEMES if rng.random() < 0.4) for _ in range(units)]
    other = [frozenset(t for t in THEMES if (t in c) ^ (rng.random() < 0.2)) for c in one]
    return one, other


@pytest.mark.parametrize("seed", range(5))
def test_kappa_and_its_interval_are_statsmodels_own(seed: int) -> None:
    """Kappa, standard error and 95% interval of each theme's two-by-two table."""
    one, other = drawn(seed)
    for found in cohens_kappa(one, other):
        table = np.zeros((2, 2))
        for a, b in zip(one, other, strict=True):
            table[int(found.theme in a), int(found.theme in b)] += 1
        known = other_kappa(table)
        expected = (known.kappa, known.kappa_low, known.kappa_upp)
        assert (found.kappa, found.low, found.high) == pytest.approx(expected, abs=1e-4)


def test_a_rare_theme_has_no_kappa() -> None:
    """Four codings by each are too few; five by one are enough."""
    few = [frozenset("a")] * 4 + [frozenset("b")] * 6
    assert [k.theme for k in cohens_kappa(few, few)] == ["b"]
    more = [frozenset("a")] * 5 + [frozenset("b")] * 5
    assert [k.theme for k in cohens_kappa(few, more)] == ["a", "b"]


def test_a_theme_that_both_always_give_has_none() -> None:
    """Nothing varies: no number instead of a division by nothing."""
    same = [frozenset("a")] * 10
    (only,) = cohens_kappa(same, same)
    assert np.isnan(only.kappa)


def test_coders_of_other_units_are_refused() -> None:
    """Ten units and nine cannot be compared."""
    with pytest.raises(DataError, match="10 and 9 units"):
        cohens_kappa([frozenset("a")] * 10, [frozenset("a")] * 9)


def test_masi_is_the_four_steps_of_its_author() -> None:
    """Equal 0, one within the other 2/3, some in common 1/3, none 1, times the Jaccard share."""
    sets = [frozenset(s) for s in ("a", "ab", "abc", "bcd", "d")]
    expected = {
        ("a", "a"): 0.0,
        ("a", "ab"): 1 - 1 / 2 * 2 / 3,
        ("ab", "bcd"): 1 - 1 / 4 * 1 / 3,
        ("abc", "bcd"): 1 - 2 / 4 * 1 / 3,
        ("a", "d"): 1.0,
    }
    for (one, other), distance in expected.items():
        assert masi_distance(frozenset(one), frozenset(other)) == pytest.approx(distance)
    for one, other in product(sets, sets):
        assert masi_distance(one, other) == masi_distance(other, one)


@pytest.mark.parametrize("seed", range(3))
def test_alpha_is_what_its_definition_gives(seed: int) -> None:
    """Observed over expected distance, pair by pair, as the book writes it."""
    one, other = drawn(seed, 25)
    units = [{"x": a, "y": b} for a, b in zip(one, other, strict=True)]
    values = [*one, *other]
    n = len(values)
    observed = sum(masi_distance(a, b) for a, b in zip(one, other, strict=True)) / len(one)
    pairs = [(i, j) for i in range(n) for j in range(n) if i != j]
    expected = sum(masi_distance(values[i], values[j]) for i, j in pairs) / (n * (n - 1))
    assert krippendorffs_alpha(units) == pytest.approx(1 - observed / expected)


def test_alpha_of_chance_is_about_nothing() -> None:
    """Two coders that draw by themselves: alpha near 0; a unit of one coder is left out."""
    rng = np.random.default_rng(1)
    units = [
        {who: frozenset(t for t in THEMES if rng.random() < 0.4) for who in "xy"}
        for _ in range(400)
    ]
    assert abs(krippendorffs_alpha(units)) < 0.08
    assert krippendorffs_alpha([*units, {"x": frozenset("a")}]) == krippendorffs_alpha(units)
