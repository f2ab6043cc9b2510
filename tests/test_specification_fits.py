"""Many focal coefficients at once: the estimators checked against R, versions fitted anew."""

from __future__ import annotations

import numpy as np
import pytest
from multiverse_maker import made

from smartlib.inference.core.covariance import KINDS, Kind, covariance, sandwiches
from smartlib.inference.core.least_squares import least_squares
from smartlib.inference.curve.designs import FocalDesign, focal_design
from smartlib.inference.curve.fits import FocalFits, focal_fits

SAME = 1e-10  # another order of the same sums, on numbers near 1
SIZES = (3, 1, 6, 4, 1, 8, 2)


def fitted(versions: int, seed: int = 1) -> tuple[FocalDesign, FocalFits, np.ndarray]:
    """Shuffles of the focal factor of a small design, its own order first."""
    chosen = made(SIZES, slope=0.4)
    design = focal_design(chosen, ("z",), "two", "without last", rows_each=5)
    rng = np.random.default_rng(seed)
    focal = np.array([design.focal, *(rng.permutation(design.focal) for _ in range(versions - 1))])
    return design, focal_fits(design, chosen.standardised, focal), chosen.standardised


@pytest.mark.parametrize("kind", sandwiches())
def test_every_version_is_that_fitted_by_itself(kind: str) -> None:
    """Estimates, standard errors and degrees of freedom, for each outcome and each shuffle, are
    those of a regression with all columns and the covariances that R's packages agree with.
    """
    design, fits, outcomes = fitted(6)
    errors, df = fits.errors(kind)
    labels = np.searchsorted(design.starts, np.arange(len(design.rows)), side="right")
    for version, focal in enumerate(fits.focal):
        for column in range(outcomes.shape[1]):
            x = np.column_stack([design.basis, focal])
            y = outcomes[design.rows, column]
            one = least_squares(x, y, ["a", "b", "focal"])
            usual = covariance(one, kind, labels if KINDS[kind].clustered else None)
            assert fits.estimates[version, column] == pytest.approx(one.beta[-1], abs=SAME)
            assert errors[version, column] == pytest.approx(usual.standard_errors[-1], rel=1e-9)
            assert df[version, 0] == pytest.approx(usual.degrees_of_freedom()[-1], rel=1e-9)


@pytest.mark.parametrize("kind", ["cr2", "cr3"])
def test_a_cluster_that_decides_a_control_changes_nothing_else(kind: str) -> None:
    """With a dummy of one cluster among the controls, errors and degrees of freedom are still
    those of the whole matrix.
    """
    table = made(SIZES).vintages["one"]
    table["z"] = 1.0 * (made(SIZES).clusters == "c2")
    chosen = made(SIZES, vintages={"one": table})
    design = focal_design(chosen, ("z",), "one", "all", rows_each=5)
    fits = focal_fits(design, chosen.standardised, design.focal[None])
    labels = chosen.clusters.iloc[design.rows]
    x = np.column_stack([design.basis, design.focal])
    one = least_squares(x, chosen.standardised[design.rows, 0], ["a", "b", "focal"])
    usual = covariance(one, kind, labels)
    assert "focal" not in usual.alone
    errors, df = fits.errors(kind)
    assert errors[0, 0] == pytest.approx(usual.standard_errors[-1], rel=1e-9)
    assert df[0, 0] == pytest.approx(usual.degrees_of_freedom()[-1], rel=1e-9)


def test_a_new_kind_is_the_same_in_the_curve(monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry of a power that no kind has is its own errors here too, not the nearest kind's."""
    note = ("", "")
    monkeypatch.setitem(KINDS, "cr4", Kind("CR4", "CR4", note, clustered=True, power=0.75))
    monkeypatch.setitem(KINDS, "hc4", Kind("HC4", "HC4", note, clustered=False, power=0.75))
    for kind in ("cr4", "hc4"):
        test_every_version_is_that_fitted_by_itself(kind)


def test_a_version_that_the_controls_explain_has_no_association() -> None:
    """Nothing is left of it: its estimates are 0, with errors of 0, and never significant."""
    design, _, outcomes = fitted(1)
    spent = focal_fits(design, outcomes, design.basis.T[:1])
    assert (spent.estimates == 0).all()
    for kind in sandwiches():
        errors, df = spent.errors(kind)
        assert (errors == 0).all()
        assert (df > 0).all()
