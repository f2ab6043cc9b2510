"""Factor tables, circularity, and regions that are alike."""

from __future__ import annotations

import io

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT

from smartlib.data.load import load_factor_dictionary
from smartlib.data.schemas import typed
from smartlib.data.tables.own import UserFactors
from smartlib.inference import (
    DERIVED,
    LIKENESS,
    circularity,
    factor_table,
    factors_by_rule,
    join_user_factors,
    label_of,
    latest_complete_year,
    nearest,
    read_against,
    registry,
    unit_of,
)
from smartlib.present.words.readings import against_words
from smartlib.present.words.regressions import TEXTS
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.tables import FACTOR_DICTIONARY
from smartlib.vocabulary.units import UNITS

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


def test_a_year_with_a_missing_value_is_not_complete(tables) -> None:
    """A row without its value counts as no row."""
    factors = tables.factors.copy()
    codes = tables.scores["region_code"]
    of_one = (factors["year"] == 2022) & (factors["region_code"] == codes.iloc[0])
    factors.loc[of_one & (factors["factor"] == "total_revenue"), "value"] = float("nan")
    assert latest_complete_year(factors, codes, 2024) == 2021


def test_realised_figures_go_before_the_budget_of_the_same_year(tables) -> None:
    """A fiscal year of both kinds has the values of the realised one, and says so."""
    budget = tables.factors.query("year == 2022 and basis == 'realised'")
    both = pd.concat([budget.assign(basis="budgeted", value=2 * budget["value"]), tables.factors])
    found, expected = factor_table(both, 2022, 2024), factor_table(tables.factors, 2022, 2024)
    pd.testing.assert_frame_equal(found.values, expected.values)
    assert found.vintage == expected.vintage


def test_an_unknown_fiscal_year_names_those_at_hand(tables) -> None:
    """The message lists the years."""
    with pytest.raises(DataError, match="No budget figures for 2019; years at hand: 2021, 2022"):
        factor_table(tables.factors, 2019, 2024)


def test_circular_questions_follow_from_data_and_weights(evaluation) -> None:
    """One Outcome question weighs 30% / 33 of the regular and 20% / 33 of the other index."""
    found = circularity(
        ["poverty_rate", "own_source_share", "kota"],
        evaluation.scored,
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
        assert unit in UNITS or unit.startswith("natural logarithm")


def test_a_factor_whose_unit_no_table_can_name_is_refused_when_it_is_read(tmp_path) -> None:
    """The row is named, before any report would miss the unit's Indonesian name."""
    raw = (ROOT / "data" / "raw" / "factor_dictionary.csv").read_text(encoding="utf-8")
    cells = pd.read_csv(io.StringIO(raw), dtype=str, keep_default_na=False)
    cells.loc[2, "unit"] = "furlongs"
    with pytest.raises(DataError) as problem:
        typed(cells, FACTOR_DICTIONARY, "factor_dictionary.csv")
    (finding,) = problem.value.findings
    assert (finding.file, finding.column) == ("factor_dictionary.csv", "unit")
    assert "furlongs" in str(finding)
    assert "percent of population" in str(finding)


def test_every_budget_has_its_words() -> None:
    """A share that is a part can be read against the rest in both languages."""
    for factor in DERIVED:
        assert not factor.is_part or all(TEXTS[factor.denominator])


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


def test_the_registry_describes_every_factor(tables, dictionary, evaluation) -> None:
    """Unit, publisher, year, basis and questions of a published, a derived and a mixed factor."""
    table = factors_by_rule(tables.factors, tables.scores["region_code"], 2024)
    found = registry(table, dictionary, evaluation.scored)
    assert list(found) == list(table.values)
    poverty, share = found["poverty_rate"], found["own_source_share"]
    assert (poverty.unit, poverty.publisher) == ("percent of population", "BPS")
    assert (poverty.vintage, poverty.questions) == ("2024 observed", (28,))
    assert (share.vintage, share.questions) == ("2022 realised", (18,))
    per_person = found["spending_per_person"]
    assert per_person.publisher == "DJPK Kemenkeu, Dukcapil Kemendagri"
    assert per_person.vintage == "2022 realised, 2024 observed"


def test_years_follow_the_rule_or_the_parameter(tables) -> None:
    """2022 for budgets and 2024 for stocks; any other when asked."""
    codes = tables.scores["region_code"]
    by_rule = factors_by_rule(tables.factors, codes, 2024)
    assert by_rule.years_of("own_source_share") == "2022 realised"
    asked = factors_by_rule(tables.factors, codes, 2024, flow_year=2024, stock_year=2023)
    assert asked.years_of("own_source_share") == "2024 budgeted"
    assert asked.years_of("poverty_rate") == "2021 observed"


@pytest.mark.parametrize(
    ("name", "beside", "expected"),
    [
        ("own_source_share", (), "transfers from central government and all other revenue"),
        (
            "own_source_share",
            ("transfer_share", "capital_share"),
            "revenue that is not in the formula, central transfers' share of revenue held fixed",
        ),
        ("capital_share", ("own_source_share",), "personnel spending and all other spending"),
        (
            "capital_share",
            ("capital_share", "personnel_share"),
            "spending that is not in the formula, personnel share of spending held fixed",
        ),
        ("poverty_rate", (), ""),
        ("spending_per_person", ("capital_share",), ""),
    ],
)
def test_a_share_is_read_against_the_rest_of_its_budget(
    dictionary, name: str, beside: tuple[str, ...], expected: str
) -> None:
    """A part that stands in the same formula is held fixed and makes no room; other budgets do
    not matter.
    """
    assert against_words(read_against(name, beside=beside), dictionary) == expected


def test_in_indonesian_a_part_beside_is_held_fixed_too(dictionary) -> None:
    """The same two readings in the other language."""
    assert (
        against_words(read_against("capital_share"), dictionary, "id")
        == "belanja pegawai dan belanja lain"
    )
    assert against_words(
        read_against("capital_share", beside=["personnel_share"]), dictionary, "id"
    ) == ("belanja di luar rumus, dengan porsi belanja pegawai tetap")


def test_a_share_trades_with_what_is_not_in_the_formula_and_with_nothing_else() -> None:
    """Of a budget in three parts, the coefficients beside each other are those of moving money
    from the third part alone: what the words of `against_words` say.
    """
    rng = np.random.default_rng(5)
    parts = pd.DataFrame(rng.dirichlet([2, 4, 6], size=200), columns=["capital", "staff", "rest"])
    points = parts @ [1.0, -2.0, 0.5]  # of index, for a budget that is nothing but this part
    two = np.linalg.lstsq(parts[["capital", "staff"]].assign(one=1.0), points, rcond=None)[0]
    assert two[:2] == pytest.approx([1.0 - 0.5, -2.0 - 0.5])


def test_shares_that_are_parts_are_those_that_cannot_exceed_their_budget() -> None:
    """Exactly the derived shares are declared as parts of a whole."""
    assert {f.name for f in DERIVED if f.is_part} == {
        f.name for f in DERIVED if f.name.endswith("_share")
    }


def test_a_users_factor_joins_for_one_run(tables, dictionary, evaluation) -> None:
    """Its values stand beside the others, its unit and year in the registry; names stay single."""
    table = factor_table(tables.factors, 2022, 2024)
    values = pd.DataFrame({"net": [81.5]}, index=pd.Index(["51.03"], name="region_code"))
    own = UserFactors("own.csv", values, {"net": "percent"}, {"net": "2023"}, {"net": "Net"}, ())
    joined = join_user_factors(table, own)
    assert joined.values["net"].dropna().to_dict() == {"51.03": 81.5}
    assert len(joined.values) == len(table.values)
    assert joined.years_of("net") == "2023"
    described = registry(joined, dictionary, evaluation.scored, own)["net"]
    assert (described.unit, described.publisher, described.label_en) == (
        "percent",
        "own.csv",
        "Net",
    )
    again = UserFactors("own.csv", values.set_axis(["land_area"], axis=1), {}, {}, {}, ())
    with pytest.raises(DataError, match="land_area is a factor already"):
        join_user_factors(table, again)
