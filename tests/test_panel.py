"""A table with several years: `y ~ x | region_code + year` against R's plm and clubSandwich."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from conftest import ROOT, YEAR

from smartlib import analysis_frame
from smartlib.cli.entry import commands
from smartlib.inference import fit
from smartlib.inference.factors.panel import factors_by_year, shape_of
from smartlib.vocabulary.errors import DataError

REFERENCE = ROOT / "tests" / "reference"
TEXTS = {"region_code": str}
DATA = pd.read_csv(REFERENCE / "panel.data.csv", dtype=TEXTS)
R = pd.read_csv(REFERENCE / "panel.csv")
PROGRAMME = pd.read_csv(REFERENCE / "programme.simulated_panel.csv")
OF_PROGRAMME = pd.read_csv(REFERENCE / "programme.csv").set_index(["model", "name"])
FORMULA = "y ~ x + z | region_code + year"
SAME = 1e-8  # two programs' decompositions
SAME_DF = 1e-6  # the same of degrees of freedom, which are ratios of fourth powers
FIELDS = ("estimate", "standard_error", "degrees_of_freedom", "p_value")


def labelled(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows named by region and year, as the frame of the package names them."""
    return frame.set_axis(frame["region_code"] + " " + frame["year"].astype(str), axis=0)


@pytest.mark.parametrize("panel", ["balanced", "unbalanced"])
@pytest.mark.parametrize("cluster", ["province", "region_code"])
@pytest.mark.parametrize("program", ["dummies", "plm"])
def test_two_way_levels_are_those_of_r(panel: str, cluster: str, program: str) -> None:
    """Estimates, CR2 errors, Satterthwaite's degrees of freedom and p-values are clubSandwich's, of
    lm with dummies and of plm's within estimator, whether or not rows are lost.
    """
    stored = R[(R["panel"] == panel) & (R["fit"] == program) & (R["cluster"] == cluster)]
    if program == "plm" and cluster == "province":
        assert stored.empty  # plm's model has clusters of regions alone
        return
    frame = DATA if panel == "balanced" else DATA[DATA["lost"] == 0]
    found = fit(FORMULA, labelled(frame), cluster=cluster)
    for row in stored.itertuples():
        own = found[row.name]
        assert own.estimate == pytest.approx(row.estimate, rel=SAME)
        assert own.standard_error == pytest.approx(row.standard_error, rel=SAME)
        assert own.degrees_of_freedom == pytest.approx(row.df, rel=SAME_DF)
        assert own.p_value == pytest.approx(row.p, rel=SAME_DF)


def test_the_older_simulated_panel_is_that_of_r_too() -> None:
    """Thirty units of six regions, five rows lost, clustered by region."""
    stored = OF_PROGRAMME.loc[("two-way", "x")]
    found = fit("y ~ x | unit + year", PROGRAMME, cluster="region")["x"]
    assert found.estimate == pytest.approx(stored["estimate"], rel=SAME)
    assert found.standard_error == pytest.approx(stored["error"], rel=SAME)
    assert found.degrees_of_freedom == pytest.approx(stored["df"], rel=SAME_DF)
    plm = OF_PROGRAMME.at[("two-way plm", "x"), "estimate"]
    assert found.estimate == pytest.approx(plm, rel=SAME)


def test_a_region_with_one_year_is_left_out_and_named() -> None:
    """Region 02 keeps one year of the unbalanced panel: it is a singleton, and changes nothing."""
    frame = labelled(DATA[DATA["lost"] == 0])
    found = fit(FORMULA, frame)
    assert found.singletons == ("02 2023",)
    again = fit(FORMULA, frame.drop(index="02 2023"))
    assert found.params.tolist() == again.params.tolist()
    assert found.n == len(frame) - 1


def test_levels_of_regions_and_years_do_not_matter() -> None:
    """Adding any constant to a region or to a year, and shuffling rows, leaves the slopes alone."""
    frame = labelled(DATA)
    level = frame["region_code"].astype(float) ** 2 + 3.0 * (frame["year"] % 3)
    moved = frame.assign(y=frame["y"] + level).sample(frac=1, random_state=1)
    a, b = fit(FORMULA, frame), fit(FORMULA, moved)
    np.testing.assert_allclose(a.params, b.params, rtol=1e-7)  # levels up to 1600 cost digits
    np.testing.assert_allclose(a.bse, b.bse, rtol=1e-7)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"x": DATA["region_code"].astype(float)}, "x never changes inside a region_code"),
        ({"x": DATA["year"].astype(float) ** 2}, "x never changes inside a year"),
        (
            {"x": DATA["region_code"].astype(float) ** 2 + DATA["year"].astype(float) ** 2},
            "x is no more than a level of each region_code and each year",
        ),
        ({"x": DATA["x"].where(DATA["year"] == 2020)}, "Every row that has y, x, z is alone"),
    ],
)
def test_what_does_not_vary_is_one_clear_error(change: dict, message: str) -> None:
    """A constant of regions, one of years, the sum of both, a column that has one year alone."""
    with pytest.raises(DataError, match=message):
        fit(FORMULA, labelled(DATA.assign(**change)))


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table of one's own: 24 scored regions, 2021 to 2024, one row lost."""
    scores = pd.read_csv(ROOT / "data" / "processed" / "scores.csv", dtype=TEXTS)
    rng = np.random.default_rng(20241128)
    chosen = scores.iloc[::5].head(24)
    rows = [
        (region, year, round(rng.normal(50, 9), 2), round(rng.normal(3, 1), 2))
        for region in chosen["region"]
        for year in range(2021, 2025)
    ]
    table = pd.DataFrame(rows, columns=["Kabupaten/Kota", "Tahun", "Akses internet", "Layanan"])
    path = tmp_path_factory.mktemp("panel") / "panel.csv"
    table.drop(index=5).to_csv(path, index=False)
    return path


def test_the_frame_of_a_panel_has_a_row_a_region_and_year(own: Path) -> None:
    """The user's cells, the published factors of the row's own year, outcomes in theirs alone."""
    frame = analysis_frame(YEAR, own, panel=True)
    given = pd.read_csv(own)
    assert len(frame) == len(given) == 95
    merged = frame.merge(
        given, left_on=["region", "year"], right_on=["Kabupaten/Kota", "Tahun"], validate="1:1"
    )
    assert (merged["akses_internet"] == merged["Akses internet"]).all()
    raw = pd.read_csv(ROOT / "data" / "processed" / "factors.csv", dtype=TEXTS)
    revenue = raw[(raw["factor"] == "total_revenue") & (raw["year"] == 2022)]
    revenue = revenue.set_index("region_code")["value"]
    of_2022 = frame[frame["year"] == 2022].set_index("region_code")["total_revenue"]
    assert (of_2022 == revenue.reindex(of_2022.index)).all()
    assert frame.loc[frame["year"] != 2021, "sanitation_access"].isna().all()  # of 2021 alone
    assert frame.loc[frame["year"] == 2021, "sanitation_access"].notna().all()
    assert (frame["published_index"].notna() == (frame["year"] == YEAR)).all()
    share = frame["own_source_revenue"] / frame["total_revenue"]
    pd.testing.assert_series_equal(frame["own_source_share"], share, check_names=False)


def test_the_command_is_the_python_call(own: Path, tmp_path: Path) -> None:
    """`smartlib fit --factors` gives the coefficients of the call, says the panel, names rows."""
    formula = "layanan ~ akses_internet + log(total_revenue) | region_code + year"
    formula = formula.replace("layanan", "Layanan")
    frame = analysis_frame(YEAR, own, panel=True)
    expected = fit(formula, frame)
    args = ["fit", formula, "--factors", str(own), "--json", "--output", str(tmp_path / "fit")]
    done = CliRunner().invoke(commands, args)
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)
    assert [c["estimate"] for c in said["coefficients"]] == expected.params.tolist()
    assert said["absorbed"] == {"region_code": 24, "year": 4}
    notes = " ".join(said["notes"])
    assert "24 regions, 4 years (2021 to 2024), an unbalanced panel (1 row lacking)" in notes
    assert "All years of a region lie in one province" in notes
    assert "Own-source" not in notes
    assert (tmp_path / "fit" / "fit.ipynb").exists()


@pytest.mark.parametrize(
    ("formula", "table", "message"),
    [
        ("harmonised_index ~ kota | region_code + year", "", "needs a table of your own"),
        ("harmonised_index ~ uji | region_code + year", "Kabupaten/Kota,Uji\n", "has no two years"),
        ("harmonised_index ~ Layanan | region_code + year", "own", "is alone in a region_code"),
        ("Layanan ~ kota | region_code + year", "own", "kota never changes inside a region_code"),
    ],
)
def test_panels_that_are_none_are_refused(
    formula: str, table: str, message: str, own: Path, tmp_path: Path
) -> None:
    """No table, one without years, an outcome of one year, a factor that stands still."""
    path = own
    if table and table != "own":
        path = tmp_path / "plain.csv"
        path.write_text(table + "Kab. Badung,1\nKota Denpasar,2\n", encoding="utf-8")
    given = ["--factors", str(path)] if table else []
    done = CliRunner().invoke(commands, ["fit", formula, *given, "--output", str(tmp_path / "fit")])
    assert done.exit_code == 1
    assert message in done.output


def test_shape_tells_balanced_from_unbalanced() -> None:
    """Rows, regions, years; none where rows are regions."""
    shape = shape_of(["a 2020", "a 2021", "b 2020"])
    assert shape is not None
    assert (shape.rows, shape.regions, shape.years) == (3, 2, (2020, 2021))
    assert not shape.is_balanced
    assert shape_of(["51.03", "51.71"]) is None


def test_factors_of_a_year_are_realised_before_budgeted() -> None:
    """Where a year has both, the realised figure stands; other years are not carried over."""
    raw = pd.DataFrame(
        [
            ("51.03", 2023, "budgeted", "total_revenue", 1.0),
            ("51.03", 2023, "realised", "total_revenue", 2.0),
            ("51.03", 2024, "budgeted", "total_revenue", 3.0),
            ("51.03", 2022, "observed", "population", 4.0),
        ],
        columns=["region_code", "year", "basis", "factor", "value"],
    )
    found = factors_by_year(raw, [2023, 2024])
    assert found["total_revenue"].tolist() == [2.0, 3.0]
    assert found["population"].isna().all()
