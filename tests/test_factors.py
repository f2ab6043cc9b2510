"""Factor tables, circularity, and regions that are alike."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from smartlib.data.load import load_factor_dictionary
from smartlib.inference import (
    DERIVED,
    LIKENESS,
    circularity,
    factor_table,
    label_of,
    latest_complete_year,
    nearest,
    unit_of,
)
from smartlib.present.wording import UNITS_ID
from smartlib.vocabulary.errors import DataError

EXACT = 1e-12  # one division


@pytest.fixture(scope="module")
def dictionary(folders) -> pd.DataFrame:
    return load_factor_dictionary(folders)


def test_own_source_share_is_the_published_ratio(tables) -> None:
    """A derived share is one published figure over the other, of the chosen fiscal year."""
    raw = tables.factors.query("region_code == '51.03' and year == 2021").set_index("factor")
    expected = raw.at["own_source_revenue", "value"] / raw.at["total_revenue", "value"]
    found = factor_table(tables.factors, 2021, 2024).values.at["51.03", "own_source_share"]
    assert found == pytest.approx(expected, rel=EXACT)


def test_shares_lie_between_zero_and_one(tables) -> None:
    """Parts of a budget are no larger than the budget, in every year."""
    for year in (2021, 2022, 2023, 2024):
        values = factor_table(tables.factors, year, 2024).values
        shares = values[[f.name for f in DERIVED if f.name.endswith("_share")]].stack().dropna()
        assert shares.between(0, 1).all()


def test_stocks_are_of_the_latest_year_allowed(tables) -> None:
    """A stock is never younger than the evaluation, a flow always of the asked year."""
    table = factor_table(tables.factors, 2023, 2022)
    assert table.years_of("poverty_rate") == "2021 observed"
    assert table.years_of("capital_share") == "2023 realised"
    later = factor_table(tables.factors, 2024, 2024)
    assert later.years_of("spending_per_person") == "2024 budgeted, 2024 observed"


def test_the_latest_complete_fiscal_year_is_2022(tables) -> None:
    """2023 lacks Mimika; 2024 is a budget and not a realisation."""
    assert latest_complete_year(tables.factors, tables.scores["region_code"], 2024) == 2022


def test_without_mimika_2023_is_complete(tables) -> None:
    """The rule follows the regions that are asked for."""
    codes = tables.scores["region_code"]
    assert latest_complete_year(tables.factors, codes[codes != "94.04"], 2024) == 2023
    assert latest_complete_year(tables.factors, codes, 2021) == 2021


def test_an_unknown_fiscal_year_names_those_at_hand(tables) -> None:
    """The message lists the years."""
    with pytest.raises(DataError, match="No budget figures for 2019; years at hand: 2021, 2022"):
        factor_table(tables.factors, 2019, 2024)


def test_circular_questions_follow_from_dictionary_and_weights(dictionary, evaluation) -> None:
    """One Outcome question weighs 30% / 33 of the regular and 20% / 33 of the other index."""
    found = circularity(
        ["poverty_rate", "own_source_share", "kota"],
        dictionary,
        evaluation.instrument,
        evaluation.scheme,
    )
    assert found["question"].tolist() == [28, 18]
    assert found["regular"].tolist() == pytest.approx([0.3 / 33] * 2)
    assert found["kppn_ikn"].tolist() == pytest.approx([0.2 / 33] * 2)


def test_every_factor_has_labels_and_a_unit_in_both_languages(dictionary) -> None:
    """A derived or published factor can be printed in either report."""
    for name in [*dictionary.index, *(factor.name for factor in DERIVED)]:
        assert label_of(name, dictionary, "id")
        assert label_of(name, dictionary, "en")
        unit = unit_of(name, dictionary)
        assert unit in UNITS_ID or unit.startswith("natural logarithm")


def test_a_misspelt_factor_gets_the_nearest_name(dictionary) -> None:
    """The message offers the factor that was meant."""
    with pytest.raises(DataError, match=r"No factor is called 'own_sorce_share'.*own_source_share"):
        label_of("own_sorce_share", dictionary, "en")


def test_nearest_agrees_with_a_search_by_hand(tables) -> None:
    """Distances equal the root mean square of standardised differences, computed in a loop."""
    values = factor_table(tables.factors, 2022, 2024).values
    codes = tables.scores["region_code"].tolist()
    pool = values.loc[codes, list(LIKENESS)].to_numpy()
    spread = pool.std(axis=0, ddof=1)
    own = pool[codes.index("51.03")]
    by_hand = {}
    for code, row in zip(codes, pool, strict=True):
        if code != "51.03":
            total = 0.0
            for a, b, s in zip(row, own, spread, strict=True):
                total += ((a - b) / s) ** 2
            by_hand[code] = np.sqrt(total / len(LIKENESS))
    closest = sorted(by_hand, key=lambda code: (by_hand[code], code))[:5]
    found = nearest(values, "51.03", codes)
    assert found.index.tolist() == closest
    assert found.tolist() == pytest.approx([by_hand[code] for code in closest])


def test_nearest_does_not_depend_on_the_order_of_rows(tables) -> None:
    """A shuffled table gives the same neighbours."""
    values = factor_table(tables.factors, 2022, 2024).values
    codes = tables.scores["region_code"]
    shuffled = values.sample(frac=1, random_state=1)
    pd.testing.assert_series_equal(
        nearest(values, "33.10", codes), nearest(shuffled, "33.10", codes[::-1])
    )


def test_a_region_without_a_budget_says_so(tables) -> None:
    """DKI Jakarta's cities have no APBD of their own, and the message names what is missing."""
    values = factor_table(tables.factors, 2022, 2024).values
    with pytest.raises(DataError, match=r"31\.71 has no value for own_source_share"):
        nearest(values, "31.71", tables.scores["region_code"])
