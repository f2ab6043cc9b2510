"""What a specification curve chooses from: years of the real factors, tables that match."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from multiverse_maker import YEARS, made, real

from smartlib.inference.curve.multiverse import factor_vintages
from smartlib.vocabulary.errors import DataError, ParameterError


@pytest.fixture(scope="module")
def dummies(scores) -> pd.DataFrame:
    return pd.DataFrame({"kota": 1.0 * (scores["kind"] == "kota")})


def test_years_are_named_with_their_basis(tables, dummies, register) -> None:
    """Three realised years and a budget; each has all 140 rows, and 2023 lacks Mimika only."""
    found = factor_vintages(
        tables.factors, dummies, focal="own_source_share", years=YEARS, stock_year=2024
    )
    assert list(found) == ["2021 realised", "2022 realised", "2023 realised", "2024 budgeted"]
    lacking = {
        name: [*table.index[table["own_source_share"].isna()]] for name, table in found.items()
    }
    assert lacking["2023 realised"] == [register.resolve("Kab. Mimika")]
    assert lacking["2022 realised"] == []
    for table in found.values():
        pd.testing.assert_frame_equal(table[["kota"]], dummies)


def test_a_factor_without_fiscal_years_is_refused(tables, dummies) -> None:
    """Population is the same whatever the budget's year, which would be counted as agreement."""
    with pytest.raises(DataError, match="poverty_rate is from 2024 observed whatever"):
        factor_vintages(
            tables.factors, dummies, focal="poverty_rate", years=[2022, 2023], stock_year=2024
        )
    with pytest.raises(DataError, match="No nothing in 2022; leave the year out"):
        factor_vintages(tables.factors, dummies, focal="nothing", years=[2022], stock_year=2024)


def test_outcomes_are_in_standard_deviations_of_all_rows(scores, tables, scheme) -> None:
    """So that indices on marks, ranks and z-scores are on one scale."""
    found = real(scores, tables, scheme).standardised
    assert found.shape == (140, 51)
    np.testing.assert_allclose(found.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(found.std(axis=0, ddof=1), 1, rtol=1e-12)


@pytest.mark.parametrize(
    ("part", "change", "error", "message"),
    [
        ("unit", lambda _: 0, ParameterError, "A unit of 0 of x; it is a number above 0"),
        ("clusters", lambda c: c.iloc[::-1], DataError, "The rows of clusters are not those"),
        ("samples", lambda s: s * 1.0, DataError, "Samples are columns of true and false"),
        ("outcomes", lambda o: o.iloc[:, ::-1], DataError, "not named as the recipes"),
        ("outcomes", lambda o: o * [1, 0], DataError, "constant: harmonised, as_marked, geom"),
        ("outcomes", lambda o: o.where(o > 0), DataError, "Missing, infinite or constant"),
        ("vintages", lambda v: {"one": v["one"][["z"]]}, DataError, "No x in the years one"),
        ("vintages", lambda _: {}, DataError, r"No x in the years \(none given\)"),
        ("clusters", lambda c: c.where(c != "c1"), DataError, "No cluster for row r4, r5"),
    ],
)
def test_tables_that_do_not_belong_together_are_refused(part, change, error, message) -> None:
    """Other rows, other names, values missing or constant: each says what and where."""
    whole = made([4, 2, 3])
    value = getattr(whole, part)
    with pytest.raises(error, match=message):
        made([4, 2, 3], **{part: change(value)})
