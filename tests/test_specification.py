"""The plan of a specification curve: what is crossed, what is left out and why, its designs."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from multiverse_maker import made, real

from smartlib.inference.core.least_squares import least_squares
from smartlib.inference.curve.designs import focal_design
from smartlib.inference.curve.specification import Specification, plan_specifications
from smartlib.vocabulary.errors import DataError, ParameterError

SAME = 1e-10  # the same decomposition with columns in another order
SIZES = (9, 1, 12, 8, 14)


def test_every_choice_is_crossed_once() -> None:
    """Controls x years x samples x indices x standard errors, each once, in this order."""
    chosen = made(SIZES)
    plan = plan_specifications(chosen, [(), ("z",)], covariances=["hc3", "cr1", "cr3"])
    assert len(plan) == 2 * 2 * 2 * 2 * 3
    assert len(set(plan.specifications)) == len(plan)
    assert plan.specifications[0] == Specification(chosen.recipes[0], (), "one", "all", "hc3")
    assert plan.specifications[-1] == Specification(
        chosen.recipes[1], ("z",), "two", "without last", "cr3"
    )
    assert not plan.excluded
    assert plan.choices.iloc[-1].tolist() == [
        *("harmonised", "as_marked", "geometric", "none", "z", "two", "without last", "cr3")
    ]
    assert [chosen.recipes[place] for place in plan.outcome_columns] == [
        specification.recipe for specification in plan.specifications
    ]


def test_real_choices_that_make_no_regression_are_told(scores, tables, scheme) -> None:
    """A dummy of the track or kind is constant in a sample of it; all else is planned."""
    chosen = real(scores, tables, scheme, purged=((),))
    plan = plan_specifications(chosen, [("kota",), ("kppn_ikn", "log_population")])
    assert {(*key[0], key[2]): reason for key, reason in plan.excluded.items()} == {
        ("kota", "kabupaten"): "kota is the same in every row; leave it out.",
        ("kppn_ikn", "log_population", "regular track"): (
            "kppn_ikn is the same in every row; leave it out."
        ),
    }
    assert len(plan.designs) == 4 * (2 * 5 - 2)
    assert len(plan) == len(plan.designs) * len(chosen.recipes) * 2


def test_a_design_holds_what_controls_leave_of_the_factor() -> None:
    """The focal column is the residual of its own regression on the controls, in its unit; rows
    without a value are counted; clusters are whole.
    """
    chosen = made(SIZES)
    design = focal_design(chosen, ("z",), "two", "without last")
    table = chosen.vintages["two"].iloc[design.rows]
    x = np.column_stack([np.ones(len(table)), table["z"]])
    residuals = least_squares(x, table["x"] / 0.1, ["intercept", "z"]).residuals
    np.testing.assert_allclose(design.focal, residuals, atol=SAME)
    np.testing.assert_allclose(design.basis @ (design.basis.T @ x), x, atol=SAME)
    assert (design.missing, len(design.rows), design.coefficients) == (1, sum(SIZES) - 2, 3)
    outside = chosen.samples.assign(all=chosen.rows != "r1")  # the row without a value
    assert focal_design(made(SIZES, samples=outside), ("z",), "two", "all").missing == 0
    labels = chosen.clusters.iloc[design.rows].to_numpy()
    parts = [set(part) for part in np.split(labels, design.starts[1:])]
    assert [len(part) for part in parts] == [1] * 5
    assert len(set().union(*parts)) == 5


@pytest.mark.parametrize(
    ("column", "message"),
    [
        (lambda t: t["x"] * 2 + 1, "x, w determine each other"),
        (lambda t: pd.Series(1.0, t.index), "w is the same in every row"),
        (lambda t: 1.0 * (t.index == "r3"), "Row r3 alone decides a coefficient"),
        (
            lambda t: t["x"].where(t.index < "r2"),
            "12 complete rows for 3 coefficients; at least 30",
        ),
    ],
)
def test_regressions_that_cannot_be_run_say_why(column, message: str) -> None:
    """Collinear, constant, rows alone, few rows: left out with the reason, or refused."""
    table = made(SIZES).vintages["one"]
    chosen = made(SIZES, vintages={"one": table.assign(w=column(table))})
    plan = plan_specifications(chosen, [(), ("w",)])
    assert len(plan) == 2 * 2 * 2
    (found,) = {reason for key, reason in plan.excluded.items() if key[2] == "all"}
    assert message in found
    with pytest.raises(
        DataError, match=f"(?s)None of the specifications.*w; one; all: .*{message}"
    ):
        plan_specifications(chosen, [("w",)])


def test_a_factor_that_one_cluster_alone_decides_is_left_out() -> None:
    """Where only one cluster differs in the factor, no errors between clusters tell of it."""
    table = made(SIZES).vintages["one"]
    inside = np.arange(len(table)) < SIZES[0]
    chosen = made(SIZES, vintages={"one": table.assign(x=table["x"].where(inside, 0.0))})
    with pytest.raises(DataError, match="One cluster alone decides the focal factor's"):
        plan_specifications(chosen, [()])
    with pytest.raises(DataError, match="All rows are in one cluster"):
        plan_specifications(made([40]), [()])


def test_other_errors_leave_the_regressions_as_they_are() -> None:
    """A plan with other errors is the one that would be planned with them, designs shared."""
    chosen, sets = made(SIZES), [(), ("z",)]
    plan = plan_specifications(chosen, sets).with_errors("cr3", "hc1")
    anew = plan_specifications(chosen, sets, covariances=["cr3", "hc1"])
    assert plan.specifications == anew.specifications
    assert plan.choices.equals(anew.choices)
    with pytest.raises(ParameterError, match="No covariance is called cr9"):
        plan.with_errors("cr9")


@pytest.mark.parametrize(
    ("controls", "covariances", "error", "message"),
    [
        ([], ["hc3"], ParameterError, "Give one or more sets of controls"),
        ([()], [], ParameterError, "Give one or more covariances, each once"),
        ([("z",), ("z",)], ["hc3"], ParameterError, "each once"),
        ([()], ["cr9"], ParameterError, "No covariance is called cr9; there are cr2, hc2bm, hc3"),
        ([("x",)], ["hc3"], ParameterError, "names each column once, and not x"),
        ([("z", "z")], ["hc3"], ParameterError, "names each column once"),
        ([("w",)], ["hc3"], DataError, r"(?s)a year does not have.*one: no column w.*two: no col"),
    ],
)
def test_choices_that_there_are_not_are_refused(controls, covariances, error, message) -> None:
    """Nothing is planned of an empty, doubled or unknown choice."""
    with pytest.raises(error, match=message):
        plan_specifications(made(SIZES), controls, covariances=covariances)
