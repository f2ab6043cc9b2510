"""Figures of ranks as sets, of methods and of weights: the numbers on their axes."""

from __future__ import annotations

import io

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import LineCollection
from PIL import Image
from test_figures import check_edges, check_words, points

from smartlib import index
from smartlib.index.ranks.scenarios import scheme_ranks, weight_scenarios
from smartlib.present.national import robustness_figures as figures
from smartlib.present.words.wording import ENGLISH

SOURCE = "Source: test."
KINDS = ("marginal", "simultaneous")
RANGE = ["method_p05", "method_p50", "method_p95"]


@pytest.fixture(scope="module")
def marks(scores, scheme) -> pd.DataFrame:
    return scores[list(scheme.common.weights)]


@pytest.fixture(scope="module")
def ranks(tables) -> pd.DataFrame:
    """The stored ranks by the internal route."""
    return tables.ranks.query("route == 'internal'").set_index("region_code")


@pytest.fixture(scope="module")
def probabilities(ranks) -> pd.DataFrame:
    return index.rank_probabilities(ranks["index"], ranks["standard_error"], draws=500)


@pytest.fixture(scope="module")
def corners(marks, scheme) -> pd.DataFrame:
    weights = weight_scenarios(index.corner_weights(scheme.common.weights))
    ranges = index.rank_ranges(index.scenario_ranks(marks, weights), marks.index)
    return ranges[["method_best", "method_worst"]]


@pytest.fixture(scope="module")
def reference(marks, scheme) -> pd.Series:
    return scheme_ranks(marks, scheme.common.weights)


@pytest.fixture(scope="module")
def sobol() -> pd.DataFrame:
    """Indices of the four choices, one of them with an interval below 0."""
    first, total = np.array([0.1, 0.2, 0.01, 0.6]), np.array([0.2, 0.3, 0.03, 0.7])
    columns = {"input": list(figures.CHOICES), "first": first, "total": total}
    columns |= {f"{name}_low": columns[name] - 0.05 for name in ("first", "total")}
    columns |= {f"{name}_high": columns[name] + 0.05 for name in ("first", "total")}
    return pd.DataFrame(columns)


@pytest.fixture(scope="module")
def effective(marks, scores, scheme) -> pd.DataFrame:
    return index.effective_weights(marks, scores["harmonised_index"], scheme.common.weights)


def bars(ax, width: float) -> np.ndarray:
    """Ends of the drawn lines of a width, shape (lines, 2 ends, 2 coordinates)."""
    found = [c for c in ax.collections if isinstance(c, LineCollection)]
    return np.vstack([c.get_segments() for c in found if c.get_linewidths()[0] == width])


def check_all(*pictures: figures.DensePicture) -> None:
    for picture in pictures:
        check_words(picture)
        check_edges(picture)


def test_a_line_for_every_region_with_its_own_sets(ranks, scores) -> None:
    """140 names with their ranks, from the best down; beside each its rank and both sets."""
    picture = figures.rank_sets_picture(ranks, scores["region"], SOURCE)
    expected = ranks.join(scores["region"]).sort_values(["rank", "region"])
    shown: list[str] = []
    for number, ax in enumerate(picture.figure.axes[: figures.COLUMNS]):
        part = expected.iloc[number * 70 : (number + 1) * 70]
        assert [x for x, _ in points(ax)] == part["rank"].tolist()
        for kind, style in zip(KINDS, (figures.THICK, figures.THIN), strict=True):
            ends = bars(ax, style["lw"])[:, :, 0]
            assert ends.tolist() == part[[f"{kind}_low", f"{kind}_high"]].to_numpy().tolist()
        shown += [text.get_text() for text in ax.texts if "  " in text.get_text()]
    assert shown == [f"{row.region}  {row.rank}" for row in expected.itertuples(index=False)]


def test_the_sets_name_their_route_and_their_width(tables, scores) -> None:
    """The title says which route; the words give the median number of places in a set."""
    retest = tables.ranks.query("route == 'retest'").set_index("region_code")
    picture = figures.rank_sets_picture(retest, scores["region"], SOURCE)
    assert "by comparison with last year" in picture.caption
    for kind in KINDS:
        width = (retest[f"{kind}_high"] - retest[f"{kind}_low"] + 1).median()
        assert f"{width:.1f}" in picture.alt


def test_an_odd_number_of_regions_fills_the_first_column(ranks, scores) -> None:
    """Seven regions stand as four and three."""
    picture = figures.rank_sets_picture(ranks.head(7), scores["region"], SOURCE)
    assert [len(points(ax)) for ax in picture.figure.axes[: figures.COLUMNS]] == [4, 3]


def test_the_shares_of_draws_are_those_given(probabilities, ranks, scores) -> None:
    """A cell is the share of its region and rank; 95% of each region's draws are on the figure."""
    picture = figures.probabilities_picture(probabilities, ranks["rank"], scores["region"], SOURCE)
    ax = picture.figure.axes[0]
    cells = ax.images[0].get_array()
    order = ranks.join(scores["region"]).sort_values(["rank", "region"]).head(figures.FIRST)
    assert np.array_equal(cells, probabilities.loc[order.index].to_numpy()[:, : cells.shape[1]])
    assert cells.sum(axis=1).min() >= figures.HELD
    assert [x for x, _ in points(ax)] == order["rank"].tolist()
    assert f"{cells[0, 0]:.0%}" in picture.alt


def test_the_classes_of_shares_name_their_ends() -> None:
    """Six classes, and a colour for each."""
    labels = ["under 1%", "1% to 2%", "2% to 5%", "5% to 10%", "10% to 20%", "over 20%"]
    assert figures._classes(ENGLISH) == labels
    assert len(set(map(tuple, figures._colours(len(labels)).colors))) == len(labels)


def test_moves_are_ranks_less_the_scheme_s(ranks, corners, reference) -> None:
    """Each bar runs from the 5% to the 95% rank of its region, less its rank by the scheme."""
    picture = figures.method_moves_picture(ranks[RANGE], corners, reference, SOURCE)
    ax = picture.figure.axes[0]
    wide, narrow = (bars(ax, width) for width in (2.6, figures.THIN["lw"]))
    table = ranks[RANGE].join(corners).loc[reference.index].sub(reference, axis=0)
    assert (wide[:, 0, 0] == reference).all()
    assert (wide[:, :, 1] == table[["method_p05", "method_p95"]]).all(axis=None)
    assert (narrow[:, :, 1] == table[["method_best", "method_worst"]]).all(axis=None)
    assert [y for _, y in points(ax)] == table["method_p50"].tolist()
    low, high = ax.get_ylim()
    assert low <= wide[:, :, 1].min()
    assert high >= wide[:, :, 1].max()


def test_the_eigenvalues_and_their_bounds_are_on_the_axes(marks) -> None:
    """A dot a component, observed and by chance; the eigenvalues sum to five dimensions."""
    analysis = index.parallel_analysis(marks, draws=50)
    picture = figures.eigenvalues_picture(analysis, SOURCE)
    observed, chance = np.split(np.array(points(picture.figure.axes[0]))[:, 1], 2)
    assert observed.sum() == pytest.approx(5)
    assert chance.tolist() == analysis["by_chance"].tolist()
    assert "component 1 4.12" in picture.alt


def test_each_choice_has_its_index_and_interval(sobol) -> None:
    """Dots at the indices, lines over their intervals, the first choice on top."""
    picture = figures.sensitivity_picture(sobol, SOURCE)
    ax = picture.figure.axes[0]
    for kind, label in (("first", "alone (first order)"), ("total", "with others (total)")):
        assert [x for x, _ in points(ax, label)] == sobol[kind].tolist()[::-1]
    low = bars(ax, 1.5)[:, 0, 0]
    assert low == pytest.approx([*sobol["first_low"][::-1], *sobol["total_low"][::-1]])
    assert ax.get_xlim()[0] < low.min()
    assert "Dimension left out 0.60 alone, 0.70 with others" in picture.alt


def test_weights_stand_beside_what_they_are_worth(effective) -> None:
    """Nominal weights and both shares of a dimension are on one line."""
    picture = figures.weights_picture(effective, SOURCE)
    shown = points(picture.figure.axes[0])
    columns = ["nominal", "effective", "covariance_share"]
    assert [x for x, _ in shown] == effective[columns][::-1].to_numpy().T.ravel().tolist()
    assert "Outcome weight 0.30" in picture.alt


def test_no_word_about_ranks_is_cut_or_covered(
    ranks, scores, probabilities, corners, reference
) -> None:
    """All names of the real table: no letter reaches another or the edge."""
    names = scores["region"]
    check_all(
        figures.rank_sets_picture(ranks, names, SOURCE),
        figures.probabilities_picture(probabilities, ranks["rank"], names, SOURCE),
        figures.method_moves_picture(ranks[RANGE], corners, reference, SOURCE),
    )


def test_no_word_about_dimensions_is_cut_or_covered(marks, sobol, effective) -> None:
    """No label of a dimension or of a choice reaches another or the edge."""
    check_all(
        figures.eigenvalues_picture(index.parallel_analysis(marks, draws=20), SOURCE),
        figures.sensitivity_picture(sobol, SOURCE),
        figures.weights_picture(effective, SOURCE),
    )


def test_a_dense_picture_has_the_same_pixels_in_fewer_bytes(effective) -> None:
    """Pressing harder changes no pixel, and gives the same bytes twice."""
    picture = figures.weights_picture(effective, SOURCE)
    dense, plain = picture.png(), super(figures.DensePicture, picture).png()
    assert len(dense) < len(plain)
    assert dense == figures.weights_picture(effective, SOURCE).png()
    pixels = [Image.open(io.BytesIO(png)).convert("RGB").tobytes() for png in (dense, plain)]
    assert pixels[0] == pixels[1]
